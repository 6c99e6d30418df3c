"""The two threads: one downloads networks, one reads and classifies pictures; each works off its own queue.

Only this module of the window calls the core's functions. Its signals are declared on the QThread objects, which
live in the window's thread, so every receiver runs there.
"""

import itertools
import logging
import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QThread, Signal
from PySide6.QtGui import QImage

from vgg_desktop.errors import Cancelled, VggDesktopError
from vgg_desktop.images.preprocessing import crop_box
from vgg_desktop.images.reading import Picture, read
from vgg_desktop.inference.classifier import Classification, Classifier
from vgg_desktop.inference.installation import install, prepare
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.models.store import Fetch, ModelStore

logger = logging.getLogger(__name__)

THUMBNAIL = 96  # pixels of the longer side, before the screen's scale
PREVIEW = 1600


@dataclass(frozen=True, slots=True)
class InstallRequest:
    """Download a network."""

    spec: ModelSpec


@dataclass(frozen=True, slots=True)
class InstallProgress:
    """How far the download of a network is."""

    spec: ModelSpec
    progress: DownloadProgress


@dataclass(frozen=True, slots=True)
class ClassifyRequest:
    """Classify one picture with one network; the answer carries the job's id."""

    job_id: int
    path: Path
    spec: ModelSpec
    top_k: int


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """Read one picture for the view, ahead of the pictures that wait to be classified."""

    job_id: int
    path: Path
    spec: ModelSpec


@dataclass(frozen=True, slots=True)
class JobResult:
    """One classified picture with its thumbnail."""

    job_id: int
    classification: Classification
    thumbnail: QImage
    device: str
    fallback: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture for the view, and the square that the network sees as fractions of its width and height."""

    job_id: int
    image: QImage
    square: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that failed, and why."""

    request: Any
    error: Exception


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request in a queue; setting `cancel` takes it back."""

    request: Any
    cancel: threading.Event


def to_qimage(picture: Picture, side: int) -> QImage:
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


class Worker(QThread):
    """A thread that works off requests one by one; each ends as done, cancelled, failed, or a bug.

    Latency of a cancel: at once while queued; between chunks of a download; one picture while classifying.
    """

    failed = Signal(object)  # Failure
    cancelled = Signal(object)  # the request

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._queue: queue.PriorityQueue[tuple[int, int, Ticket | None]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._tickets: set[threading.Event] = set()
        self._lock = threading.Lock()
        self._stopping = False

    def submit(self, request: Any, *, urgent: bool = False) -> Ticket:  # noqa: ANN401 - each worker has its requests
        """Queue a request; an urgent one goes before those that wait. Thread: any."""
        ticket = Ticket(request, threading.Event())
        with self._lock:
            if self._stopping:
                ticket.cancel.set()
                return ticket
            self._tickets.add(ticket.cancel)
        self._queue.put((0 if urgent else 1, next(self._order), ticket))
        return ticket

    def cancel_all(self) -> None:
        """Take back everything that waits or runs. Thread: any."""
        with self._lock:
            for event in self._tickets:
                event.set()

    def request_stop(self) -> None:
        """Refuse new requests, cancel all, and let the thread end; `wait` for it afterwards. Thread: any."""
        with self._lock:
            self._stopping = True
        self.cancel_all()
        self._queue.put((2, next(self._order), None))

    def run(self) -> None:
        """Work off the queue until asked to stop. Thread: this one."""
        while (ticket := self._queue.get()[2]) is not None:
            try:
                if ticket.cancel.is_set():
                    raise Cancelled
                self.handle(ticket.request, ticket.cancel)
            except Cancelled:
                self.cancelled.emit(ticket.request)
            except VggDesktopError as error:
                logger.info("%s: %s", self.objectName(), error)
                self.failed.emit(Failure(ticket.request, error))
            except Exception as error:  # noqa: BLE001 - a bug: reported, and the row must not stay "running"
                sys.excepthook(type(error), error, error.__traceback__)
                self.failed.emit(Failure(ticket.request, error))
            finally:
                with self._lock:
                    self._tickets.discard(ticket.cancel)

    def handle(self, request: Any, cancel: threading.Event) -> None:  # noqa: ANN401 - each worker has its requests
        """Do one request and emit its result. Thread: this one."""
        raise NotImplementedError


class DownloadWorker(Worker):
    """Downloads, verifies and self-tests networks."""

    progressed = Signal(object)  # InstallProgress
    installed = Signal(object)  # ModelSpec

    def __init__(self, store: ModelStore, load_fetch: Callable[[], Fetch]) -> None:
        super().__init__("downloads")
        self._store = store
        self._load_fetch = load_fetch

    def handle(self, request: InstallRequest, cancel: threading.Event) -> None:
        """Install one network. Thread: this one."""

        def report(progress: DownloadProgress) -> None:
            self.progressed.emit(InstallProgress(request.spec, progress))

        install(self._store, request.spec, self._load_fetch(), report, cancel)
        self.installed.emit(request.spec)


class InferenceWorker(Worker):
    """Reads and classifies pictures; the session is made, used and dropped in this thread."""

    started_job = Signal(object)  # ClassifyRequest
    classified = Signal(object)  # JobResult
    preview_ready = Signal(object)  # Preview

    def __init__(self, store: ModelStore) -> None:
        super().__init__("inference")
        self._store = store
        self._classifier: Classifier | None = None

    def handle(self, request: ClassifyRequest | PreviewRequest, cancel: threading.Event) -> None:
        """Classify or read one picture. Thread: this one."""
        if isinstance(request, PreviewRequest):
            picture = read(request.path)
            left, top, right, bottom = crop_box(picture.width, picture.height, request.spec.preprocessing)
            width, height = picture.width, picture.height
            square = (left / width, top / height, right / width, bottom / height)
            self.preview_ready.emit(Preview(request.job_id, to_qimage(picture, PREVIEW), square))
            return
        self.started_job.emit(request)
        classifier = self._load(request.spec)
        result, picture = classifier.classify_file(request.path, request.top_k)
        name = classifier.device.name
        thumbnail = to_qimage(picture, 2 * THUMBNAIL)
        self.classified.emit(JobResult(request.job_id, result, thumbnail, name, classifier.fallback))

    def _load(self, spec: ModelSpec) -> Classifier:
        """Give the classifier, loaded anew when the network changed; the old one's memory is given back first."""
        if self._classifier is None or self._classifier.spec != spec:
            self._classifier = None
            self._classifier = Classifier(prepare(self._store, self._store.get(spec)))
        return self._classifier
