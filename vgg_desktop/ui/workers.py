"""The threads of the window, each with its own queue: networks and files; `inference_worker` has the third.

Only these two modules of the window call the core's slow functions. Their signals are declared on the QThread objects,
which live in the window's thread, so every receiver runs there.

Numpy, Pillow and onnxruntime are imported by the threads that use them, when they do: before the first paint they
would keep the window waiting.
"""

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QThread, Signal
from PySide6.QtGui import QImage

from vgg_desktop import export
from vgg_desktop.errors import Cancelled, ImageUnreadable, VggDesktopError
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.models.store import Fetch, ModelStore
from vgg_desktop.ui.requests import (
    Exported,
    ExportRequest,
    Failure,
    FindRequest,
    Found,
    ImportRequest,
    InstallProgress,
    InstallRequest,
    MoveRequest,
    Preview,
    PreviewRequest,
    RemoveRequest,
    Thumbnail,
    ThumbnailRequest,
    Ticket,
    VerifyRequest,
)

if TYPE_CHECKING:
    from vgg_desktop.images.reading import Picture

logger = logging.getLogger(__name__)

THUMBNAIL = 128  # pixels of the longer side
PREVIEW = 2400
FOUND_AT_ONCE = 1000  # pictures in one answer, so that a long list begins to fill at once
PART_PAUSE = 0.01  # seconds


def to_qimage(picture: "Picture", side: int) -> QImage:
    """Copy a picture, shrunk to fit `side` pixels, into an image of Qt. Thread: any."""
    image = picture.image
    if max(image.size) > side:
        # `reducing_gap` first shrinks by whole numbers: far faster on large photos, and no worse to the eye.
        scale = side / max(image.size)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, reducing_gap=2.0)
    data = image.tobytes()
    # The copy owns its pixels; without it Qt would read memory that Python has freed.
    return QImage(data, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888).copy()


def _request(waiting: Any) -> Any:  # noqa: ANN401 - each worker has its requests
    return waiting.request if isinstance(waiting, Ticket) else waiting


def _ticket(waiting: Any) -> Ticket:  # noqa: ANN401 - each worker has its requests
    return waiting if isinstance(waiting, Ticket) else Ticket(waiting, threading.Event())


class Worker(QThread):
    """A thread that works off requests one by one; each ends as done, cancelled, failed, or a bug.

    Latency of a cancel: at once while queued; between chunks of a download; one picture while classifying.
    """

    failed = Signal(object)  # Failure
    cancelled = Signal(object)  # the request

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._waiting: deque[Any] = deque()  # tickets, and of many at once the bare requests
        self._urgent: deque[Any] = deque()
        self._running: list[Ticket] = []
        self._changed = threading.Condition()
        self._paused = False
        self._stopping = False

    def submit(self, request: Any, *, urgent: bool = False) -> Ticket:  # noqa: ANN401 - each worker has its requests
        """Queue a request; an urgent one goes before those that wait, also during a pause. Thread: any."""
        ticket = Ticket(request, threading.Event())
        with self._changed:
            if self._stopping:
                ticket.cancel.set()
                return ticket
            (self._urgent if urgent else self._waiting).append(ticket)
            self._changed.notify()
        return ticket

    def submit_all(self, requests: Iterable[Any]) -> None:
        """Queue many requests at once. Thread: any."""
        # Nobody keeps their tickets, whose events take a kilobyte each: they are made when their turn comes.
        waiting = list(requests)
        with self._changed:
            if not self._stopping:
                self._waiting.extend(waiting)
                self._changed.notify()

    def take_back(self, which: Callable[[Any], bool] = lambda _request: True) -> None:
        """Forget requests that wait, without a signal, and cancel those that run. Thread: any."""
        with self._changed:
            for queue in (self._urgent, self._waiting):
                kept = [each for each in queue if not which(_request(each))]
                queue.clear()
                queue.extend(kept)
            for ticket in self._running:
                if which(ticket.request):
                    ticket.cancel.set()

    def hasten(self, which: Callable[[Any], bool]) -> None:
        """Move the first such request that waits to the front of those that wait. Thread: any."""
        with self._changed:
            for place, each in enumerate(self._waiting):
                if which(_request(each)):
                    del self._waiting[place]
                    self._waiting.appendleft(each)
                    return

    def set_paused(self, paused: bool) -> None:
        """Let what is not urgent wait, or go on; what runs is finished. Thread: any."""
        with self._changed:
            self._paused = paused
            self._changed.notify()

    def request_stop(self) -> None:
        """Refuse new requests, take back all, and let the thread end; `wait` for it afterwards. Thread: any."""
        self.take_back()
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def _next(self) -> Ticket | None:
        """Wait for the next request and return it; None at the end. Thread: this one."""
        with self._changed:
            self._running.clear()
            while not self._stopping:
                if self._urgent:
                    self._running.append(_ticket(self._urgent.popleft()))
                elif self._waiting and not self._paused:
                    self._running.append(_ticket(self._waiting.popleft()))
                if self._running:
                    return self._running[0]
                self._changed.wait()
            return None

    def also_next(self, which: Callable[[Any], bool]) -> Ticket | None:
        """Return the next request too, if its turn has come and it is one of these. Thread: this one."""
        with self._changed:
            if self._urgent or self._paused or not self._waiting or not which(_request(self._waiting[0])):
                return None
            ticket = _ticket(self._waiting.popleft())
            self._running.append(ticket)
            return ticket

    def run(self) -> None:
        """Work off the queue until asked to stop. Thread: this one."""
        while (ticket := self._next()) is not None:
            try:
                if ticket.cancel.is_set():
                    raise Cancelled
                self.handle(ticket.request, ticket.cancel)
            except Cancelled:
                self.cancelled.emit(ticket.request)
            except VggDesktopError as error:
                logger.info("%s: %s", self.objectName(), error)
                self.failed.emit(Failure(ticket.request, error.without_traceback()))
            except Exception as error:  # noqa: BLE001 - a bug: reported, and the row must not stay "running"
                sys.excepthook(type(error), error, error.__traceback__)
                self.failed.emit(Failure(ticket.request, error))

    def handle(self, request: Any, cancel: threading.Event) -> None:  # noqa: ANN401 - each worker has its requests
        """Do one request and emit its result. Thread: this one."""
        raise NotImplementedError


class DownloadWorker(Worker):
    """Downloads, imports, verifies and removes networks."""

    progressed = Signal(object)  # InstallProgress
    installed = Signal(object)  # ModelSpec
    imported = Signal(object)  # ModelSpec
    verified = Signal(object)  # ModelSpec
    removed = Signal(object)  # ModelSpec
    moved = Signal(object)  # MoveRequest

    def __init__(
        self, store: ModelStore, catalog: tuple[ModelSpec, ...], load_fetch: Callable[[], Fetch]
    ) -> None:
        super().__init__("downloads")
        self._store = store
        self._catalog = catalog
        self._load_fetch = load_fetch

    def handle(
        self,
        request: InstallRequest | ImportRequest | VerifyRequest | RemoveRequest | MoveRequest,
        cancel: threading.Event,
    ) -> None:
        """Do one thing to one network. Thread: this one."""
        from vgg_desktop.inference.installation import import_model, install

        match request:
            case InstallRequest(spec):

                def report(progress: DownloadProgress) -> None:
                    self.progressed.emit(InstallProgress(spec, progress))

                install(self._store, spec, self._load_fetch(), report, cancel)
                self.installed.emit(spec)
            case ImportRequest(path, labels, preprocessing):
                made = import_model(
                    self._store,
                    self._catalog,
                    path,
                    labels=labels,
                    preprocessing=preprocessing,
                    cancel=cancel,
                )
                self.imported.emit(made.spec)
            case VerifyRequest(spec):
                self._store.verify(spec, cancel)
                self.verified.emit(spec)
            case RemoveRequest(spec):
                self._store.remove(spec)
                self.removed.emit(spec)
            case MoveRequest(folder):
                self._store.move(folder, cancel)
                self.moved.emit(request)


class FilesWorker(Worker):
    """Finds pictures in folders, reads them for the view and the list, and saves results."""

    found = Signal(object)  # Found
    preview_ready = Signal(object)  # Preview
    thumbnail_ready = Signal(object)  # Thumbnail
    exported = Signal(object)  # Exported

    def __init__(self) -> None:
        super().__init__("files")

    def handle(
        self,
        request: FindRequest | PreviewRequest | ThumbnailRequest | ExportRequest,
        cancel: threading.Event,
    ) -> None:
        """Read or write files. Thread: this one."""
        from vgg_desktop.images.reading import read

        match request:
            case FindRequest():
                self._find(request, cancel)
            case PreviewRequest():
                self._preview(request)
            case ThumbnailRequest(job_id, path):
                picture = read(path, draft=2 * THUMBNAIL)
                self.thumbnail_ready.emit(Thumbnail(job_id, to_qimage(picture, THUMBNAIL)))
            case ExportRequest():
                self.exported.emit(Exported(request, save(request, cancel)))

    def _find(self, request: FindRequest, cancel: threading.Event) -> None:
        from vgg_desktop.images.finding import find_pictures

        waiting: list[Path] = []
        for path in request.paths:
            try:
                waiting += find_pictures(Path(path), recursive=True, cancel=cancel)
            except ImageUnreadable as error:  # a folder that may not be read costs only itself
                self.failed.emit(Failure(request, error))
            if cancel.is_set():
                raise Cancelled
            while len(waiting) > FOUND_AT_ONCE:
                self.found.emit(Found(request, tuple(waiting[:FOUND_AT_ONCE]), last=False))
                del waiting[:FOUND_AT_ONCE]
                # Parts that come faster than the window takes them would keep it from everything else.
                cancel.wait(PART_PAUSE)
        self.found.emit(Found(request, tuple(waiting), last=True))

    def _preview(self, request: PreviewRequest) -> None:
        from vgg_desktop.images.preprocessing import crop_box
        from vgg_desktop.images.reading import read

        picture = read(request.path)
        width, height = picture.width, picture.height
        left, top, right, bottom = crop_box(width, height, request.spec.preprocessing)
        square = (left / width, top / height, right / width, bottom / height)
        image = to_qimage(picture, PREVIEW)
        self.preview_ready.emit(Preview(request.job_id, image, square, width, height))


def save(request: ExportRequest, cancel: threading.Event) -> int:
    """Save results as asked and return how many. Raises `StorageError`, `NotEnoughSpace`, `Cancelled`."""
    if request.kind == "folders":
        return export.sort_into_folders(request.outcomes, request.target, cancel=cancel)
    write = export.write_csv if request.kind == "csv" else export.write_json_lines
    write(request.target, request.outcomes)
    return len(request.outcomes)
