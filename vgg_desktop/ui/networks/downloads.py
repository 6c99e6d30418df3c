"""How far each network is: the one place that asks the downloads' thread and remembers what it answered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.ui.networks.state import BUSY, NetworkState, Overall, Phase
from vgg_desktop.ui.requests import (
    Failure,
    ImportRequest,
    InstallProgress,
    InstallRequest,
    RemoveRequest,
    Ticket,
    VerifyRequest,
)
from vgg_desktop.ui.workers import DownloadWorker

__all__ = ["BUSY", "Downloads", "NetworkState", "Overall", "Phase"]

Request = InstallRequest | ImportRequest | VerifyRequest | RemoveRequest


@dataclass(slots=True, eq=False)
class _Job:
    """A request that the worker has; `id` is the network's, or empty for an import."""

    ticket: Ticket
    id: str
    urgent: bool
    progress: DownloadProgress | None = None


class Downloads(QObject):
    """Starts and stops what is done with networks, and says how far each one is. Thread: the window's."""

    changed = Signal(str)  # the id of a network whose state is another now
    added = Signal(object)  # ModelSpec that was not known before
    installed = Signal(object)  # ModelSpec; not for downloads that were cancelled in their last moment
    importing = Signal(object)  # ImportRequest that was made just now
    imported = Signal(object)  # ModelSpec: a new one, or one of the catalog that was given as a file
    verified = Signal(object)  # ModelSpec
    removed = Signal(object)  # ModelSpec; an imported one is unknown from now on
    failed = Signal(object)  # Failure

    def __init__(
        self,
        specs: tuple[ModelSpec, ...],
        find: Callable[[ModelSpec], InstalledModel | None],
        worker: DownloadWorker,
        folder: Callable[[ModelSpec], Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in specs}
        self._find = find
        self._folder = folder
        self._worker = worker
        self._jobs: list[_Job] = []  # in the order in which the worker does them; the first one runs
        self._errors: dict[str, Exception] = {}
        self._turns: dict[str, int] = {}  # by how many addresses a network's list is turned
        self._together: dict[str, int] = {}  # sizes of the downloads since nothing was going on
        worker.progressed.connect(self._take_progress)
        worker.installed.connect(self._take_installed)
        worker.imported.connect(self._take_imported)
        worker.verified.connect(self._take_verified)
        worker.removed.connect(self._take_removed)
        worker.failed.connect(self._take_failure)
        worker.cancelled.connect(self._take_cancelled)

    # What is known

    def specs(self) -> tuple[ModelSpec, ...]:
        """Return every network that is known: the catalog's, then the imported ones."""
        return tuple(self._specs.values())

    def spec(self, id: str) -> ModelSpec | None:
        """Return a network, or None when it is not known (any more)."""
        return self._specs.get(id)

    def folder(self, id: str) -> Path:
        """Return the folder of a network's files, which need not exist. Raises `KeyError`."""
        return self._folder(self._specs[id])

    def state(self, id: str) -> NetworkState:
        """Return how far a network is. Raises `KeyError` for one that is not known."""
        spec = self._specs[id]
        for place, job in enumerate(self._jobs):
            if job.id == id:
                return self._state_of_job(job, place, spec)
        error = self._errors.get(id)
        if self._find(spec) is not None:
            return NetworkState(Phase.INSTALLED, error=error)
        partial = self._partial(spec)
        if error is not None:
            return NetworkState(Phase.FAILED, partial, error)
        return NetworkState(Phase.PARTIAL if partial else Phase.ABSENT, partial)

    def _state_of_job(self, job: _Job, place: int, spec: ModelSpec) -> NetworkState:
        request, progress = job.ticket.request, job.progress
        if progress is None and place:
            return NetworkState(Phase.WAITING, self._partial(spec))
        if isinstance(request, VerifyRequest):
            return NetworkState(Phase.VERIFYING)
        if isinstance(request, RemoveRequest):
            return NetworkState(Phase.REMOVING)
        if progress is None:
            return NetworkState(Phase.DOWNLOADING, self._partial(spec))
        if progress.phase == "verifying":
            # What arrives is checked on the way, so with the last byte only the self-test is left.
            complete = progress.received >= progress.total
            return NetworkState(Phase.TESTING if complete else Phase.VERIFYING, progress)
        reconnecting = progress.phase == "waiting"
        return NetworkState(Phase.RECONNECTING if reconnecting else Phase.DOWNLOADING, progress)

    def _partial(self, spec: ModelSpec) -> DownloadProgress | None:
        """Return what an earlier download left, as a progress that waits."""
        if spec.origin != "download":
            return None
        path = self._folder(spec) / f"{spec.filename}.part"
        try:
            size = path.stat().st_size
        except OSError:
            return None
        if not 0 < size <= spec.size:
            return None
        return DownloadProgress("waiting", size, spec.size, None, None, "")

    def bytes_on_disk(self, id: str) -> int:
        """Return how many bytes a network's files take, partial ones too. Raises `KeyError`."""
        total = 0
        try:
            for path in self._folder(self._specs[id]).rglob("*"):
                total += path.stat().st_size if path.is_file() else 0
        except OSError:
            pass  # files come and go while a download runs; the next look counts right
        return total

    def disk_use(self) -> int:
        """Return how many bytes all downloaded and imported networks take together."""
        return sum(self.bytes_on_disk(spec.id) for spec in self.specs() if spec.origin != "bundled")

    def overall(self) -> Overall | None:
        """Return how far all downloads together are, those included that ended while others go on; or None."""
        jobs = [job for job in self._jobs if isinstance(job.ticket.request, InstallRequest)]
        if not jobs:
            return None
        missing = 0.0
        for job in jobs:
            spec = self._specs[job.id]
            progress = job.progress or self._partial(spec)
            missing += spec.size * (1 - progress.fraction) if progress else spec.size
        whole = sum(self._together.values())
        return Overall(len(jobs), max(0.0, 1 - missing / whole) if whole else 0.0)

    # What a user wants

    def start(self, id: str, *, other_address: bool = False) -> None:
        """Download a network or go on with it; `other_address` asks the next of its addresses first.

        Does nothing for a network that is here, cannot be downloaded, or is being worked on.
        """
        spec = self._specs[id]
        state = self.state(id)
        if spec.origin != "download" or state.phase in BUSY or state.phase is Phase.INSTALLED:
            return
        turn = self._turns.get(id, 0) + other_address
        self._turns[id] = turn = turn % len(spec.addresses) if spec.addresses else 0
        if not self._jobs:
            self._together.clear()
        self._together[id] = spec.size
        turned = replace(spec, addresses=spec.addresses[turn:] + spec.addresses[:turn])
        self._submit(id, InstallRequest(turned))

    def cancel(self, id: str) -> None:
        """Stop whatever is going on with a network; what has arrived of it is kept."""
        if any(job.id == id for job in self._jobs):
            self._take_back(lambda job: job.id == id)
            self._together.pop(id, None)
            self._say_changed(id)

    def dismiss(self, id: str) -> None:
        """Forget why the last attempt with a network failed."""
        if self._errors.pop(id, None) is not None:
            self.changed.emit(id)

    def verify(self, id: str) -> None:
        """Compare the file of a network with its published SHA-256."""
        if self.state(id).phase not in BUSY:
            self._submit(id, VerifyRequest(self._specs[id]), urgent=True)

    def remove(self, id: str) -> None:
        """Delete a network's files, partial ones too. Does nothing for the bundled one."""
        if self.state(id).phase not in BUSY and self._specs[id].origin != "bundled":
            self._submit(id, RemoveRequest(self._specs[id]), urgent=True)

    def import_file(
        self, path: Path, labels: Path | None = None, preprocessing: Path | None = None
    ) -> ImportRequest:
        """Install a network from a file; `imported`, or `failed` with the request given here, says how it ended."""
        request = ImportRequest(path, labels, preprocessing)
        self._submit("", request, urgent=True)
        self.importing.emit(request)
        return request

    def cancel_import(self, request: ImportRequest | None = None) -> None:
        """Stop one import, or every one."""
        self._take_back(lambda job: not job.id and (request is None or job.ticket.request is request))

    def add(self, spec: ModelSpec) -> None:
        """Make a network known, or known again."""
        is_new = spec.id not in self._specs
        self._specs[spec.id] = spec
        if is_new:
            self.added.emit(spec)
        self.changed.emit(spec.id)

    def refresh(self) -> None:
        """Let everybody look again, after the networks were moved into another folder say."""
        for id in tuple(self._specs):
            self.changed.emit(id)

    def _submit(self, id: str, request: Request, *, urgent: bool = False) -> None:
        self._errors.pop(id, None)
        ticket = self._worker.submit(request, urgent=urgent)
        if ticket.cancel.is_set():
            return  # the worker is being stopped and will not answer
        behind = (place for place, job in enumerate(self._jobs) if place and not job.urgent)
        place = next(behind, len(self._jobs)) if urgent else len(self._jobs)
        self._jobs.insert(place, _Job(ticket, id, urgent))
        self._say_changed(id)

    def _take_back(self, which: Callable[[_Job], bool]) -> None:
        # Forgotten at once, so that the answer to a click is not delayed; late answers find no job.
        taken = [job.ticket.request for job in self._jobs if which(job)]
        self._jobs = [job for job in self._jobs if not which(job)]
        self._worker.take_back(lambda request: any(request is each for each in taken))

    # What the worker answers

    @Slot(object)
    def _take_progress(self, report: InstallProgress) -> None:
        for job in self._jobs:
            if job.id == report.spec.id and isinstance(job.ticket.request, InstallRequest):
                job.progress = report.progress
                self.changed.emit(job.id)

    @Slot(object)
    def _take_installed(self, spec: ModelSpec) -> None:
        wanted = self._end(lambda job: job.id == spec.id and isinstance(job.ticket.request, InstallRequest))
        self._errors.pop(spec.id, None)
        self._say_changed(spec.id)
        if wanted:
            self.installed.emit(self._specs[spec.id])

    @Slot(object)
    def _take_imported(self, spec: ModelSpec) -> None:
        self._end(lambda job: isinstance(job.ticket.request, ImportRequest))
        self._errors.pop(spec.id, None)
        # A network of the catalog keeps its own description.
        self.add(self._specs.get(spec.id, spec) if spec.origin == "download" else spec)
        self._say_changed(spec.id)
        self.imported.emit(self._specs[spec.id])

    @Slot(object)
    def _take_verified(self, spec: ModelSpec) -> None:
        self._end(lambda job: job.id == spec.id and isinstance(job.ticket.request, VerifyRequest))
        self._say_changed(spec.id)
        self.verified.emit(self._specs[spec.id])

    @Slot(object)
    def _take_removed(self, spec: ModelSpec) -> None:
        self._end(lambda job: job.id == spec.id and isinstance(job.ticket.request, RemoveRequest))
        known = self._specs[spec.id]
        if known.origin == "imported":
            del self._specs[spec.id]
        self._say_changed(spec.id)
        self.removed.emit(known)

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        request = failure.request
        wanted = self._end(lambda job: job.ticket.request is request)
        if wanted and isinstance(request, InstallRequest | VerifyRequest | RemoveRequest):
            self._errors[request.spec.id] = failure.error
            self._say_changed(request.spec.id)
        if wanted:
            self.failed.emit(failure)

    @Slot(object)
    def _take_cancelled(self, request: Request) -> None:
        self._end(lambda job: job.ticket.request is request)
        if isinstance(request, InstallRequest | VerifyRequest | RemoveRequest):
            self._say_changed(request.spec.id)  # how much of it is here is known only now

    def _end(self, which: Callable[[_Job], bool]) -> bool:
        """Forget the first such job, and return whether there was one."""
        for job in self._jobs:
            if which(job):
                self._jobs.remove(job)
                return True
        return False

    def _say_changed(self, id: str) -> None:
        """Tell of a network, and of the one whose turn it is now."""
        if id in self._specs:
            self.changed.emit(id)
        if self._jobs and self._jobs[0].id in self._specs and self._jobs[0].id != id:
            self.changed.emit(self._jobs[0].id)
