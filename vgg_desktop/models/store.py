"""The store of installed networks: install, verify, import, remove.

A network lives in a folder of its own, `<cache>/models/<id>` when it can be downloaded again and
`<data>/models/<id>` when it was imported: the file as published, `record.json` with what was verified, and what
is derived from it. Of networks in a shared folder, which is only read, record and derived files are in the cache.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from vgg_desktop import paths, settings
from vgg_desktop.errors import (
    ChecksumMismatch,
    DownloadsOff,
    ImportNeedsDetails,
    ModelError,
    ModelNotInstalled,
    ModelUnusable,
    StorageError,
    StoreBusy,
)
from vgg_desktop.files import (
    remove_folder,
    remove_unfinished,
    staged_folder,
    storage_errors,
    write_json,
)
from vgg_desktop.models.catalog import ModelSpec, download_addresses
from vgg_desktop.models.descriptions import LABELS, RECORD, SPEC, read_description, write_description
from vgg_desktop.models.labels import Label
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.models.shared import Shared
from vgg_desktop.models.storage import (
    MOVING,
    Move,
    copy_all,
    copy_file,
    file_facts,
    folder_lock,
    is_copy,
    known_digest,
    networks_folder,
    read_move,
    rename_all,
    sha256_of,
    tidy_folder,
)
from vgg_desktop.why import Why

logger = logging.getLogger(__name__)
Fetch = Callable[..., None]


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A network whose file is installed and was verified.

    `derived` is the folder for what is made from it and can be made again.
    """

    spec: ModelSpec
    path: Path
    derived: Path


@contextmanager
def network_lock(installed: InstalledModel, *, timeout: float = 0.0) -> Iterator[None]:
    """Hold the lock under which what belongs to a network is changed.

    It is that of `ModelStore.lock`, and cannot be taken twice, not even by one thread. The folder of a network that
    was removed is not made again. Raises `StoreBusy` after `timeout` seconds, `StorageError`.
    """
    with folder_lock(installed.derived, timeout):
        if installed.derived != installed.path.parent:  # of a bundled or a shared network
            with storage_errors(installed.derived):
                installed.derived.mkdir(parents=True, exist_ok=True)
        yield


class ModelStore:
    """Finds and changes the networks under two folders; one thread of one process changes a network at a time.

    `chosen` is the folder of the downloaded ones, None for the user's cache; `shared` has those that are only read.
    """

    def __init__(self, cache: Path | None = None, shared: Shared | None = None) -> None:
        self.chosen = cache
        self.shared = shared or Shared()
        self._cache = networks_folder(cache or paths.cache_folder())
        self._data = networks_folder(paths.data_folder())

    def folder(self, spec: ModelSpec) -> Path:
        """Return the folder of a network's files: the user's own, unless only the shared one has them."""
        own, shared = self._own(spec), self.shared.find(spec)
        return own if shared is None or (own / spec.filename).exists() else shared

    def is_shared(self, spec: ModelSpec) -> bool:
        """Return whether a network is used from the shared folder, and so cannot be changed."""
        return self.folder(spec) != self._own(spec)

    def _own(self, spec: ModelSpec) -> Path:
        if spec.origin == "bundled":
            return paths.resource("models")
        return (self._data if spec.origin == "imported" else self._cache) / spec.id

    def is_free_id(self, id: str) -> bool:
        """Return whether no imported network, not even one that cannot be read, has this id. Raises `StorageError`."""
        with storage_errors(self._data / id):
            return not (self._data / id).exists()

    def find(self, spec: ModelSpec) -> InstalledModel | None:
        """Return the network if its files are installed and have not changed since they were verified.

        Of external data only the size is looked at; `verify` reads it.
        """
        return self._installed(spec) if self._has_files(spec, (spec.sha256,)) else None

    def is_present(self, spec: ModelSpec) -> bool:
        """Return whether `get` may return the network: its files are there, and not known to be damaged."""
        return self._has_files(spec, (spec.sha256, None))

    def _has_files(self, spec: ModelSpec, digests: tuple[str | None, ...]) -> bool:
        path = self.folder(spec) / spec.filename
        try:
            if spec.origin == "bundled":
                return path.is_file()
            sizes = all((path.parent / each.name).stat().st_size == each.size for each in spec.external)
            return sizes and known_digest(path, self.derived(spec)) in digests
        except OSError:
            return False

    def derived(self, spec: ModelSpec) -> Path:
        """Return the folder for what is made from a network; that of a bundled or shared one may not be writable."""
        is_apart = spec.origin == "bundled" or self.is_shared(spec)
        return self._cache / spec.id if is_apart else self.folder(spec)

    def _installed(self, spec: ModelSpec) -> InstalledModel:
        return InstalledModel(spec, self.folder(spec) / spec.filename, self.derived(spec))

    def get(self, spec: ModelSpec) -> InstalledModel:
        """Return the network; where its file has another time than when it was verified, the SHA-256 decides.

        Raises `ModelNotInstalled`, `ModelUnusable` for an imported one that is damaged, `ChecksumMismatch`,
        `StoreBusy`, `StorageError`.
        """
        installed = self.find(spec)
        if installed is None and self.is_present(spec):
            self.verify(spec, threading.Event())
            installed = self.find(spec)
        if installed is not None:
            return installed
        if spec.origin == "imported":
            raise ModelUnusable(self.folder(spec) / spec.filename, Why.NETWORK_DAMAGED())
        raise ModelNotInstalled(spec.id, spec.title)

    def get_all(self, specs: Iterable[ModelSpec]) -> list[InstalledModel]:
        """Return those of the networks that are installed and intact."""
        found = []
        for spec in filter(self.is_present, specs):
            try:
                found.append(self.get(spec))
            except (ModelError, StorageError) as error:
                logger.warning("%s", error)
        return found

    @contextmanager
    def lock(self, spec: ModelSpec) -> Iterator[None]:
        """Hold a network's lock, and repair what killed processes left. Raises `StoreBusy`, `StorageError`."""
        folder = self.derived(spec)
        tidy_folder(folder.parent)
        with folder_lock(folder):
            yield

    def tidy(self) -> None:
        """Finish or undo what killed processes began, as far as nobody works on it. For the start of the program."""
        remove_unfinished()
        if (moving := read_move(self._cache)) is not None:
            with contextlib.suppress(StoreBusy, StorageError, OSError), ExitStack() as locks:
                _lock_all(moving.source, moving.target, moving.names, locks)
                moving.finish() if self._cache == moving.target else moving.undo()
        for parent in (self._cache, self._data):
            try:
                tidy_folder(parent)
            except StorageError as error:
                logger.warning("%s", error)

    def write_record(self, spec: ModelSpec) -> InstalledModel:
        """Record that the file is the verified one; the caller holds the network's lock. Raises `StorageError`."""
        if spec.origin != "bundled":
            self._record(spec, spec.sha256)
        return self._installed(spec)

    def _record(self, spec: ModelSpec, sha256: str) -> None:
        path = self.folder(spec) / spec.filename
        with storage_errors(path):
            self.derived(spec).mkdir(parents=True, exist_ok=True)  # of a shared network
            write_json(self.derived(spec) / RECORD, file_facts(path, sha256))

    def install(
        self,
        spec: ModelSpec,
        fetch: Fetch,
        progress: Callable[[DownloadProgress], None],
        cancel: threading.Event,
    ) -> InstalledModel:
        """Download a network unless it is installed; `fetch` is `download.fetch`.

        An imported or shared one is only checked.

        Raises `Cancelled`, `StoreBusy`, `StorageError`, `ModelUnusable` for a damaged imported network, `DownloadsOff`
        where the settings forbid it, and whatever `fetch` raises; the partial file stays for resuming.
        """
        installed = self.find(spec)
        if installed is not None:
            return installed
        if spec.origin == "imported" or (self.is_shared(spec) and self.is_present(spec)):
            self.verify(spec, cancel)
            return self.get(spec)
        if not settings.load().downloads:
            raise DownloadsOff(spec.title)
        with self.lock(spec):
            installed = self.find(spec)
            if installed is not None:  # since, by another process
                return installed
            folder = self._own(spec)
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / spec.filename
            is_whole = target.exists() and target.stat().st_size == spec.size
            if not is_whole or sha256_of(target, cancel) != spec.sha256:
                addresses = download_addresses(spec)
                fetch(addresses, target, size=spec.size, sha256=spec.sha256, progress=progress, cancel=cancel)
            return self.write_record(spec)

    def install_file(self, spec: ModelSpec, path: Path) -> InstalledModel:
        """Install a network of the catalog from a file that has its SHA-256. Raises `StorageError`, `StoreBusy`."""
        with self.lock(spec):
            folder = self._own(spec)
            folder.mkdir(parents=True, exist_ok=True)
            copy_file(path, folder / spec.filename, spec.sha256)
            return self.write_record(spec)

    def import_files(
        self,
        spec: ModelSpec,
        labels: Sequence[Label],
        path: Path,
        check: Callable[[InstalledModel], object],
        *,
        replacing: bool = False,
    ) -> InstalledModel:
        """Install an imported network: its file, its external data, its labels, its description.

        `replacing` puts it in the place of the one that has its id. `check` is called with it before, and what that
        raises prevents the installation. Raises `StorageError`, `StoreBusy`, `ChecksumMismatch`,
        `ImportNeedsDetails` for an id that is taken; then nothing has changed.
        """
        folder = self._own(spec)
        tidy_folder(folder.parent)
        with folder_lock(folder):  # the user's own, also where a shared network has the id
            if folder.exists() and not replacing:
                raise ImportNeedsDetails(path, Why.IMPORT_ID_TAKEN(id=spec.id))
            with staged_folder(folder) as staging:
                copy_file(path, staging / spec.filename, spec.sha256)
                for each in spec.external:
                    (staging / each.name).parent.mkdir(parents=True, exist_ok=True)
                    copy_file(path.parent / each.name, staging / each.name, each.sha256)
                write_description(staging, spec, labels)
                check(InstalledModel(spec, staging / spec.filename, staging))
            return self.write_record(replace(spec, labels=folder / LABELS))

    def describe(self, spec: ModelSpec, labels: Sequence[Label]) -> ModelSpec:
        """Replace the labels and the description of an installed imported network.

        Raises `StorageError`, `StoreBusy`.
        """
        folder = self.folder(spec)
        with self.lock(spec):
            write_description(folder, spec, labels)
        return replace(spec, labels=folder / LABELS)

    def imported(self) -> tuple[ModelSpec, ...]:
        """Return the imported networks, by id, then the shared ones; folders that cannot be read are skipped."""
        try:
            folders = sorted(file.parent for file in self._data.glob(f"[!.]*/{SPEC}"))
        except OSError as error:
            logger.warning("imported networks not found: %s", error)
            folders = []
        own = [spec for spec in map(read_description, folders) if spec is not None]
        known = {each.id for each in own} | {each.sha256 for each in own}
        return (*own, *(each for each in self.shared.imported if not known & {each.id, each.sha256}))

    def verify(self, spec: ModelSpec, cancel: threading.Event) -> None:
        """Compare the SHA-256 of the file, and of its external data, with the known one.

        Raises `ModelNotInstalled`, `ChecksumMismatch`, or for an imported network `ModelUnusable` (it then counts as
        not installed), `StorageError`, `StoreBusy`, `Cancelled`.
        """
        folder = self.folder(spec)
        path = folder / spec.filename
        # A bundled network has nothing that could be changed, and perhaps no folder that can be written.
        with storage_errors(path) if spec.origin == "bundled" else self.lock(spec):
            files = [(path, spec.sha256), *((folder / each.name, each.sha256) for each in spec.external)]
            if spec.origin != "imported" and not path.exists():
                raise ModelNotInstalled(spec.id, spec.title)
            for file, expected in files:
                actual = sha256_of(file, cancel) if file.exists() else ""
                if actual != expected:
                    if path.exists():
                        self._record(spec, actual if file == path else "")
                    if spec.origin == "imported":
                        raise ModelUnusable(file, Why.NETWORK_DAMAGED())
                    digests = Why.CONTENT_SHA256(digest=expected), Why.CONTENT_SHA256(digest=actual)
                    raise ChecksumMismatch(str(path), *digests)
            if self.find(spec) is None:
                self.write_record(spec)

    def remove(self, spec: ModelSpec) -> bool:
        """Delete a network's folder; a bundled or shared one stays. Return whether there was anything to delete.

        Raises `StorageError`, `StoreBusy`.
        """
        folder = self.folder(spec)
        with storage_errors(folder):
            if spec.origin == "bundled" or self.is_shared(spec) or not folder.exists():
                return False
        with self.lock(spec):
            if not folder.exists():  # since, by another process
                return False
            remove_folder(folder)
        return True

    def move(
        self, folder: Path | None, cancel: threading.Event, commit: Callable[[], object] = lambda: None
    ) -> None:
        """Move the downloaded networks to `<folder>/models`, None being the user's cache, and use that from then on.

        All or nothing: after a failure they are where they were, and if the program is killed, the next `tidy` brings
        them to where the settings say, which `commit` writes. What is already there is kept. Raises `StorageError`,
        `NotEnoughSpace`, `Cancelled`, and `StoreBusy` where one of them is being changed.
        """
        target = networks_folder(folder or paths.cache_folder())
        if target == self._cache:
            return
        with storage_errors(target), ExitStack() as locks:
            self._cache.mkdir(parents=True, exist_ok=True)
            target.mkdir(parents=True, exist_ok=True)
            found = [each for each in sorted(self._cache.glob("[!.]*")) if each.is_dir()]
            _lock_all(self._cache, target, [each.name for each in found], locks)
            # Copies that a killed move had finished already are only removed from the old place.
            copied = [each for each in found if is_copy(each, target / each.name)]
            sources = [each for each in found if each.is_dir() and not (target / each.name).exists()]
            moving = Move(self._cache, target, tuple(each.name for each in (*copied, *sources)))
            moving.begin()
            try:
                if self._cache.stat().st_dev == target.stat().st_dev:
                    rename_all(sources, target)
                else:
                    copy_all(sources, target, cancel)
            except BaseException:
                moving.end(self._cache)
                raise
            commit()
            moving.finish()
            self._cache, self.chosen = target, folder


def _lock_all(source: Path, target: Path, names: Iterable[str], locks: ExitStack) -> None:
    """Take the locks of networks in both places, and that of moves to the target. Raises as `_lock` does."""
    for each in [target / MOVING, *(place / name for name in names for place in (source, target))]:
        locks.enter_context(folder_lock(each))


def all_models(store: ModelStore, catalog: tuple[ModelSpec, ...]) -> tuple[ModelSpec, ...]:
    """Return the catalog's networks, then the imported ones; one whose id is in the catalog is skipped."""
    ids = {spec.id for spec in catalog}
    imported = store.imported()
    for spec in imported:
        if spec.id in ids:
            logger.warning("the imported network %s is hidden by one of the catalog", store.folder(spec))
    return catalog + tuple(spec for spec in imported if spec.id not in ids)
