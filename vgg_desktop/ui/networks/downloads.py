"""How far each network is: the one place that starts what is done with them and remembers how it went."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.details import Details
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.reasons import Reason
from vgg_desktop.ui.jobs import Job, JobQueue
from vgg_desktop.ui.networks.fits import Fits
from vgg_desktop.ui.networks.state import BUSY, NO_DETAILS, Import, NetworkState, Overall, Phase
from vgg_desktop.ui.work.networks import NetworkFiles, OnDisk


@dataclass(slots=True, eq=False)
class _Operation:
    """Something that is done with a network, or "" for an import; `phase` says what once its turn has come."""

    id: str
    phase: Phase
    job: Job | None = None
    progress: DownloadProgress | None = None
    asked: Import | None = None


class Downloads(QObject):
    """Starts and cancels operations on networks, and holds the state of each. Thread: the window's.

    Downloads wait for each other; importing, verifying and removing does not wait for them.
    """

    changed = Signal(str)  # the id of a network whose state has changed
    sizesChanged = Signal()  # noqa: N815 - Qt's way of naming; what networks take on the disk
    added = Signal(object)  # ModelSpec that was not known before
    installed = Signal(object)  # ModelSpec; not for downloads that were cancelled in their last moment
    importing = Signal(object)  # Import that has just been requested
    imported = Signal(object)  # ModelSpec: a new one, or one of the catalog that was given as a file
    revised = Signal(object)  # ModelSpec with other labels or preprocessing
    verified = Signal(object)  # ModelSpec
    removed = Signal(object)  # ModelSpec; an imported one is unknown from now on
    failed = Signal(object)  # the exception, of anything but an import
    importFailed = Signal(object, object)  # noqa: N815 - Import, and the exception
    importCancelled = Signal(object)  # noqa: N815 - Import
    movingChanged = Signal()  # noqa: N815 - networks are being moved, or no longer
    moved = Signal(object)  # the Path where networks are now, None for the default folder
    moveFailed = Signal(object)  # noqa: N815 - the exception

    def __init__(
        self,
        specs: tuple[ModelSpec, ...],
        files: NetworkFiles,
        on_disk: Mapping[str, OnDisk],
        downloading: JobQueue,
        changing: JobQueue,
        trying: JobQueue,
        *,
        may_download: bool = True,
    ) -> None:
        """`trying` is where networks are tried out while their details are being chosen."""
        super().__init__()
        self.may_download = may_download
        self.trying = trying
        self.fits = Fits(files.find_fit, trying)
        self._specs = {spec.id: spec for spec in specs}
        self._files = files
        self._on_disk = dict(on_disk)  # by id, as of the last look
        self._downloading = downloading
        self._changing = changing
        self._operations: list[_Operation] = []
        self._moving: Job | None = None
        self._errors: dict[str, Exception] = {}
        self._notes: dict[str, tuple[Reason, ...]] = {}
        self._turns: dict[str, int] = {}  # by how many addresses a network's list is turned
        self._together: dict[str, int] = {}  # sizes of the downloads since nothing was going on

    # What is known

    def specs(self) -> tuple[ModelSpec, ...]:
        """Return every network that is known: the catalog's, then the imported ones."""
        return tuple(self._specs.values())

    def spec(self, id: str) -> ModelSpec | None:
        """Return a network, or None when it is not known (any more)."""
        return self._specs.get(id)

    def folder(self, id: str) -> Path:
        """Return the folder of a network's files, which need not exist. Raises `KeyError`."""
        return self._files.store.folder(self._specs[id])

    def is_shared(self, id: str) -> bool:
        """Return whether a network is in the shared folder, and cannot be changed. Raises `KeyError`."""
        return self._files.store.is_shared(self._specs[id])

    def state(self, id: str) -> NetworkState:
        """Return the state of a network. Raises `KeyError` for one that is not known."""
        spec = self._specs[id]
        for operation in self._operations:
            if operation.id == id:
                return self._state_of_operation(operation, spec)
        error = self._errors.get(id)
        if self._on_disk[id].is_installed:
            return NetworkState(Phase.INSTALLED, error=error)
        partial = self._partial(spec)
        if error is not None:
            return NetworkState(Phase.FAILED, partial, error)
        return NetworkState(Phase.PARTIAL if partial else Phase.ABSENT, partial)

    def running(self) -> tuple[tuple[ModelSpec | None, Import | None, NetworkState], ...]:
        """Return what is being done: with which network, None where an import has not told yet, and how far it is."""
        found = []
        for each in self._operations:
            spec = self._specs.get(each.id)
            found.append((spec, each.asked, self._state_of_operation(each, spec)))
        return tuple(found)

    @property
    def is_moving(self) -> bool:
        """Return whether the networks are being moved into another folder, or wait for it."""
        return self._moving is not None

    def _state_of_operation(self, operation: _Operation, spec: ModelSpec | None) -> NetworkState:
        progress = operation.progress
        if operation.job is None or not operation.job.started:
            return NetworkState(Phase.WAITING, self._partial(spec) if spec is not None else None)
        if operation.phase is not Phase.DOWNLOADING or spec is None:
            return NetworkState(operation.phase)
        if progress is None:
            return NetworkState(Phase.DOWNLOADING, self._partial(spec))
        if progress.phase == "verifying":
            # What arrives is checked on the way, so with the last byte only the self-test is left.
            complete = progress.received >= progress.total
            return NetworkState(Phase.TESTING if complete else Phase.VERIFYING, progress)
        reconnecting = progress.phase == "waiting"
        return NetworkState(Phase.RECONNECTING if reconnecting else Phase.DOWNLOADING, progress)

    def _partial(self, spec: ModelSpec) -> DownloadProgress | None:
        """Return the progress of an interrupted download."""
        size = self._on_disk[spec.id].partial
        return DownloadProgress("waiting", size, spec.size, None, None) if size else None

    def notes(self, id: str) -> tuple[Reason, ...]:
        """Return what was found out or assumed when a network was imported since the start of the program."""
        return self._notes.get(id, ())

    def bytes_on_disk(self, id: str) -> int:
        """Return how many bytes a network's files took at the last look, partial ones too. Raises `KeyError`."""
        return self._on_disk[id].size

    def disk_use(self) -> int:
        """Return how many bytes all downloaded and imported networks took together at the last look."""
        return sum(each.size for id, each in self._on_disk.items() if id in self._specs)

    def overall(self) -> Overall | None:
        """Return the overall progress of the downloads, including those that ended while others continue, or None."""
        running = [each for each in self._operations if each.phase is Phase.DOWNLOADING]
        if not running:
            return None
        missing = 0.0
        for operation in running:
            spec = self._specs[operation.id]
            progress = operation.progress or self._partial(spec)
            missing += spec.size * (1 - progress.fraction) if progress else spec.size
        whole = sum(self._together.values())
        return Overall(len(running), max(0.0, 1 - missing / whole) if whole else 0.0)

    # What a user wants

    def start(self, id: str, *, other_address: bool = False) -> None:
        """Download a network or resume its download; with `other_address` the next address is tried first.

        Does nothing for a network that is installed, cannot be downloaded, or is busy.
        """
        spec = self._specs[id]
        state = self.state(id)
        is_possible = self.may_download and spec.origin == "download"
        if not is_possible or state.phase in BUSY or state.phase is Phase.INSTALLED:
            return
        turn = self._turns.get(id, 0) + other_address
        self._turns[id] = turn = turn % len(spec.addresses) if spec.addresses else 0
        if self.overall() is None:
            self._together.clear()
        self._together[id] = spec.size
        turned = replace(spec, addresses=spec.addresses[turn:] + spec.addresses[:turn])
        work = functools.partial(self._files.install, turned)
        self._begin(_Operation(id, Phase.DOWNLOADING), self._downloading, work, self.installed)

    def cancel(self, id: str) -> None:
        """Cancel the operation on a network; what has been downloaded is kept."""
        for operation in [each for each in self._operations if each.id == id]:
            if operation.progress is not None:
                arrived = operation.progress.received
                self._on_disk[id] = replace(self._on_disk[id], partial=arrived)
            self._together.pop(id, None)
            self._stop(operation)

    def dismiss(self, id: str) -> None:
        """Dismiss the last error of a network."""
        if self._errors.pop(id, None) is not None:
            self.changed.emit(id)

    def verify(self, id: str) -> None:
        """Compare the file of a network with its published SHA-256."""
        if self.state(id).phase not in BUSY:
            work = functools.partial(self._files.verify, self._specs[id])
            self._begin(_Operation(id, Phase.VERIFYING), self._changing, work, self.verified)

    def remove(self, id: str) -> None:
        """Delete a network's files, partial ones too. Does nothing for a bundled or shared one."""
        stays = self._specs[id].origin == "bundled" or self.is_shared(id)
        if not stays and self.state(id).phase not in BUSY:
            self.fits.stop(id)
            work = functools.partial(self._files.remove, self._specs[id])
            self._begin(_Operation(id, Phase.REMOVING), self._changing, work, self.removed)

    def import_file(
        self, path: Path, details: Details = NO_DETAILS, *, replace: bool | None = None
    ) -> Import:
        """Install a network from a file; `imported`, or `importFailed` with what is returned, says how it ended.

        `replace` says whether it takes the place of the imported one that has its name; None fails if there is one.
        """
        asked = Import(path, details, replace)
        operation = _Operation("", Phase.TESTING, asked=asked)
        work = functools.partial(self._files.import_file, path, details, replace)
        self._begin(operation, self._changing, work, self.imported)
        self.importing.emit(asked)
        return asked

    def change_details(self, spec: ModelSpec, details: Details) -> Import:
        """Give an imported network other labels or preprocessing; `revised` or `importFailed` says how it ended."""
        asked = Import(self.folder(spec.id) / spec.filename, details, known=spec)
        operation = _Operation(spec.id, Phase.TESTING, asked=asked)
        work = functools.partial(self._files.change_details, spec, details)
        self._begin(operation, self._changing, work, self.revised)
        self.importing.emit(asked)
        return asked

    def cancel_import(self, asked: Import | None = None) -> None:
        """Stop one import, or every one."""
        for operation in [each for each in self._operations if each.asked]:
            if asked is None or operation.asked is asked:
                self._stop(operation)
                self.importCancelled.emit(operation.asked)

    def move(self, folder: Path | None) -> None:
        """Move the downloaded networks into another folder, None being the default one, after the downloads."""
        job = self._downloading.submit(
            functools.partial(self._files.move, folder),
            done=lambda _nothing: self._take_moved(folder),
            failed=self._take_move_failure,
            cancelled=lambda: self._set_moving(None),
        )
        if not job.cancel.is_set():  # else the thread is being stopped and will not answer
            self._set_moving(job)

    def cancel_move(self) -> None:
        """Stop moving the networks; they stay where they are."""
        if self._moving is not None:
            self._moving.stop()

    def add(self, spec: ModelSpec) -> None:
        """Make a network known, or known again."""
        is_new = spec.id not in self._specs
        self._specs[spec.id] = spec
        self._on_disk.setdefault(spec.id, OnDisk())
        if is_new:
            self.added.emit(spec)
        self.changed.emit(spec.id)

    def refresh(self) -> None:
        """Look again at what is on the disk."""
        specs = self.specs()
        self._changing.submit(
            lambda _cancel, _report: {spec.id: self._files.look(spec) for spec in specs},
            done=self._take_looks,
            urgent=True,
        )

    # How it goes

    def _begin(
        self, operation: _Operation, queue: JobQueue, work: Callable[..., Any], answer: SignalInstance
    ) -> None:
        self._errors.pop(operation.id, None)
        job = queue.submit(
            work,
            started=lambda: self._emit_changed(operation.id),
            progress=functools.partial(self._take_report, operation),
            done=lambda result: self._take_done(operation, answer, result),
            failed=functools.partial(self._take_failure, operation),
        )
        if not job.cancel.is_set():  # else the thread is being stopped and will not answer
            operation.job = job
            self._operations.append(operation)
            self._emit_changed(operation.id)

    def _stop(self, operation: _Operation) -> None:
        # Forgotten at once, so that the answer to a click is not delayed.
        self._operations.remove(operation)
        if operation.job is not None:
            operation.job.stop()
        self._emit_changed(operation.id)

    def _take_report(self, operation: _Operation, report: "DownloadProgress | OnDisk | ModelSpec") -> None:
        if isinstance(report, ModelSpec):
            operation.id = report.id
            # A network of the catalog keeps its own description.
            self.add(self._specs.get(report.id, report) if report.origin == "download" else report)
        elif isinstance(report, OnDisk):
            self._on_disk[operation.id] = report
            self.sizesChanged.emit()
            self._emit_changed(operation.id)  # where it was cancelled, how much is here is known only now
        elif operation in self._operations:
            operation.progress = report
            self.changed.emit(operation.id)

    def _take_done(self, operation: _Operation, answer: SignalInstance, result: Any) -> None:  # noqa: ANN401 - any job's
        self._operations.remove(operation)
        self._errors.pop(operation.id, None)
        if operation.asked is not None:
            self._notes[operation.id] = result
        known = self._specs[operation.id]
        if operation.phase is Phase.REMOVING and known.origin == "imported":
            del self._specs[operation.id]
        self._emit_changed(operation.id)
        if operation.asked is not None and known.origin == "imported":
            self.fits.search(known)
        answer.emit(known)

    def _take_failure(self, operation: _Operation, error: Exception) -> None:
        self._operations.remove(operation)
        if operation.asked is not None:
            self._emit_changed(operation.id)
            self.importFailed.emit(operation.asked, error)
            return
        self._errors[operation.id] = error
        self._emit_changed(operation.id)
        self.failed.emit(error)

    def _set_moving(self, job: Job | None) -> None:
        self._moving = job
        self.movingChanged.emit()

    def _take_move_failure(self, error: Exception) -> None:
        self._set_moving(None)
        self.moveFailed.emit(error)

    def _take_moved(self, folder: Path | None) -> None:
        self._set_moving(None)
        self.refresh()
        self.moved.emit(folder)

    def _take_looks(self, looks: Mapping[str, OnDisk]) -> None:
        self._on_disk.update(looks)
        self.sizesChanged.emit()
        for id in looks:
            self._emit_changed(id)

    def _emit_changed(self, id: str) -> None:
        if id in self._specs:
            self.changed.emit(id)
