"""What is done with the files of networks. Thread: that of a job."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from vgg_desktop import settings
from vgg_desktop.errors import Cancelled, ImportNeedsDetails
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.descriptions import id_of
from vgg_desktop.models.details import Details
from vgg_desktop.models.labels import read_labels
from vgg_desktop.models.storage import sha256_of
from vgg_desktop.models.store import Fetch, ModelStore, all_models
from vgg_desktop.reasons import Reason
from vgg_desktop.settings import Settings
from vgg_desktop.ui.jobs import JobQueue, Report
from vgg_desktop.ui.networks.state import Fit
from vgg_desktop.ui.work.engine import Engine
from vgg_desktop.why import Why

_PATIENCE = 0.05  # seconds between two looks at whether a wait was cancelled


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What of a network is on the disk: whether it is installed, bytes of a partial download, and bytes in all."""

    is_installed: bool = False
    partial: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class NetworkFiles:
    """The work on the files of networks; whatever changes them reports an `OnDisk` before it ends.

    `queue` is where `engine` classifies.
    """

    store: ModelStore
    catalog: tuple[ModelSpec, ...]
    load_fetch: Callable[[], Fetch]
    engine: Engine
    queue: JobQueue

    def look(self, spec: ModelSpec, *, count: bool = True) -> OnDisk:
        """Return what of a network is here; without `count` its size is left out, which takes longest."""
        folder = self.store.derived(spec)  # those of a shared network take no place here
        size = partial = 0
        try:
            if spec.origin == "download" and (part := folder / f"{spec.filename}.part").exists():
                partial = part.stat().st_size
            if count and spec.origin != "bundled":
                size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        except OSError:
            pass  # files come and go while a download runs; the next look counts right
        if partial > spec.size:
            partial = 0
        return OnDisk(self.store.is_present(spec), partial, size)

    def install(self, spec: ModelSpec, cancel: threading.Event, report: Report) -> None:
        """Download a network, asking its addresses in their order. Reports `DownloadProgress`."""
        from vgg_desktop.inference.installation import install

        try:
            install(self.store, spec, self.load_fetch(), report, cancel)
        finally:
            report(self.look(spec))

    def import_file(
        self,
        path: Path,
        details: Details,
        replace: bool | None,
        cancel: threading.Event,
        report: Report,
    ) -> tuple[Reason, ...]:
        """Install a network from a file, and return what was found out or assumed.

        Without `replace`, raises `ImportNeedsDetails` where an imported network has its name. Reports its `ModelSpec`
        first.
        """
        if replace is None and (taken := self._namesake(path, cancel)) is not None:
            raise ImportNeedsDetails(path, Why.IMPORT_ID_TAKEN(id=taken.id))
        return self._import(path, details, None, bool(replace), cancel, report)

    def change_details(
        self, spec: ModelSpec, details: Details, cancel: threading.Event, report: Report
    ) -> tuple[Reason, ...]:
        """Give an imported network other labels or preprocessing. Reports its new `ModelSpec` first."""
        return self._import(self.store.folder(spec) / spec.filename, details, spec.id, False, cancel, report)

    def _import(
        self,
        path: Path,
        details: Details,
        id: str | None,
        replace: bool,
        cancel: threading.Event,
        report: Report,
    ) -> tuple[Reason, ...]:
        from vgg_desktop.inference.installation import import_model

        with self._unloaded(cancel) if replace else nullcontext():
            made = import_model(
                self.store, self.catalog, path, id=id, details=details, replace=replace, cancel=cancel
            )
        report(made.installed.spec)
        report(self.look(made.installed.spec))
        return made.notes

    def _namesake(self, path: Path, cancel: threading.Event) -> ModelSpec | None:
        """Return the imported network whose id the name of another network's file gives."""
        specs = all_models(self.store, self.catalog)
        found = next((each for each in specs if each.id == id_of(path) and each.origin == "imported"), None)
        if found is None or sha256_of(path, cancel) in {each.sha256 for each in specs}:
            return None  # one that is known is repaired, or used
        return found

    def find_fit(self, spec: ModelSpec, cancel: threading.Event, _report: Report) -> Fit | None:
        """Return how well an imported network's preprocessing fits; None where no pictures of its classes are known.

        Raises `ModelUnusable`, `StorageError`, `Cancelled`.
        """
        from vgg_desktop.inference.examination import Examination
        from vgg_desktop.inference.isolation import Isolation
        from vgg_desktop.inference.known_pictures import known_pictures

        labels = read_labels(spec.labels)
        pictures = known_pictures(labels)
        if not pictures:
            return None
        path = self.store.folder(spec) / spec.filename
        size = spec.size + sum(each.size for each in spec.external)
        with Isolation(path, size, cancel.is_set) as isolation:
            found = Examination(isolation).search(
                pictures, spec.preprocessing, spec.outputs, spec.interface, len(labels), cancel
            )
        better = found.fits and found.is_better
        return Fit(found.best.preprocessing, found.fits, better, found.reason(applied=False))

    def verify(self, spec: ModelSpec, cancel: threading.Event, report: Report) -> None:
        """Compare a network's file with its published SHA-256."""
        try:
            self.store.verify(spec, cancel)
        finally:
            report(self.look(spec))

    def remove(self, spec: ModelSpec, cancel: threading.Event, report: Report) -> None:
        """Delete a network from this computer."""
        try:
            with self._unloaded(cancel):
                self.store.remove(spec)
        finally:
            report(self.look(spec))

    def move(self, folder: Path | None, cancel: threading.Event, _report: Report) -> None:
        """Move the downloaded networks into another folder, None being the usual one."""
        with self._unloaded(cancel):
            # At once, and not when the window hears of it: it may be killed before.
            self.store.move(folder, cancel, lambda: settings.save(_with_folder(folder)))

    @contextmanager
    def _unloaded(self, cancel: threading.Event) -> Iterator[None]:
        """Have no network in use meanwhile: Windows keeps files that are mapped in their place. Raises `Cancelled`."""
        released, ended = threading.Event(), threading.Event()

        def hold(hold_cancel: threading.Event, _report: Report) -> None:
            self.engine.unload()
            released.set()
            while not (ended.wait(_PATIENCE) or hold_cancel.is_set()):
                pass

        holding = self.queue.submit(hold, urgent=True)
        try:
            while not released.wait(_PATIENCE):
                if cancel.is_set() or holding.cancel.is_set():
                    raise Cancelled
            yield
        finally:
            ended.set()


def _with_folder(folder: Path | None) -> Settings:
    return replace(settings.load(), models_folder=str(folder or ""))
