"""The networks on this computer: install, verify, import, remove.

A network lives in a folder of its own, `<cache>/models/<id>` when it can be downloaded again and
`<data>/models/<id>` when it was imported: the file as published, `record.json` with what was verified, and what
is derived from it.
"""

import hashlib
import json
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from vgg_desktop import paths
from vgg_desktop.errors import (
    Cancelled,
    CatalogInvalid,
    ChecksumMismatch,
    ModelNotInstalled,
    NotEnoughSpace,
    StorageError,
    StoreBusy,
)
from vgg_desktop.models.catalog import ModelSpec, Preprocessing, download_addresses
from vgg_desktop.models.progress import DownloadProgress

CHUNK = 1 << 20
RECORD = "record.json"
SPEC = "spec.json"
LABELS = "labels.txt"
Fetch = Callable[..., None]


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A network whose file is here and was verified; `graph` says which graph the self-test chose, if it ran."""

    spec: ModelSpec
    path: Path
    graph: str | None


def sha256_of(path: Path, cancel: threading.Event | None = None) -> str:
    """Give a file's SHA-256 as hexadecimal. Raises `Cancelled`, `StorageError`."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if cancel is not None and cancel.is_set():
                    raise Cancelled
                digest.update(chunk)
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    return digest.hexdigest()


def _write_json(path: Path, values: dict[str, Any]) -> None:
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(json.dumps(values, indent=1, ensure_ascii=False), "utf-8")
    temporary.replace(path)


class ModelStore:
    """Finds and changes the networks under two folders; one process changes them at a time."""

    def __init__(self, cache: Path | None = None, data: Path | None = None) -> None:
        self._cache = (cache or paths.cache_folder()) / "models"
        self._data = (data or paths.data_folder()) / "models"

    def folder(self, spec: ModelSpec) -> Path:
        """Give the folder of a network's files."""
        if spec.origin == "bundled":
            return paths.resource("models")
        return (self._data if spec.origin == "imported" else self._cache) / spec.id

    def find(self, spec: ModelSpec) -> InstalledModel | None:
        """Give the network if its file is here and has not changed since it was verified."""
        path = self.folder(spec) / spec.filename
        try:
            status = path.stat()
            if spec.origin == "bundled":
                return InstalledModel(spec, path, "published")
            record = json.loads((path.parent / RECORD).read_text("utf-8"))
            if not isinstance(record, dict):
                return None
        except (OSError, ValueError):
            return None
        if record.get("sha256") != spec.sha256 or record.get("mtime_ns") != status.st_mtime_ns:
            return None
        return (
            InstalledModel(spec, path, record.get("graph")) if record.get("size") == status.st_size else None
        )

    def get(self, spec: ModelSpec) -> InstalledModel:
        """Give the network. Raises `ModelNotInstalled`."""
        installed = self.find(spec)
        if installed is None:
            raise ModelNotInstalled(spec.id, spec.title)
        return installed

    @contextmanager
    def _writing(self, root: Path) -> Iterator[None]:
        """Hold the store's lock. Raises `StoreBusy`, `StorageError`."""
        try:
            root.mkdir(parents=True, exist_ok=True)
            with (root / ".lock").open("a+b") as file:
                _lock(file.fileno(), root)
                yield
        except OSError as error:
            raise StorageError(Path(error.filename or root), error.strerror or str(error)) from error

    def record(self, spec: ModelSpec, graph: str | None) -> InstalledModel:
        """Note that the file is the verified one, and which graph the self-test chose."""
        path = self.folder(spec) / spec.filename
        if spec.origin != "bundled":
            status = path.stat()
            values = {"sha256": spec.sha256, "size": status.st_size, "mtime_ns": status.st_mtime_ns}
            _write_json(path.parent / RECORD, {**values, "graph": graph})
        return InstalledModel(spec, path, graph)

    def install(
        self,
        spec: ModelSpec,
        fetch: Fetch,
        progress: Callable[[DownloadProgress], None],
        cancel: threading.Event,
    ) -> InstalledModel:
        """Download a network unless it is here; `fetch` is `download.fetch`.

        Raises `Cancelled`, `StoreBusy`, and whatever `fetch` raises; the partial file stays for resuming.
        """
        installed = self.find(spec)
        if installed is not None:
            return installed
        with self._writing(self._cache):
            folder = self.folder(spec)
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / spec.filename
            if (
                not target.exists()
                or target.stat().st_size != spec.size
                or sha256_of(target, cancel) != spec.sha256
            ):
                addresses = download_addresses(spec)
                fetch(addresses, target, size=spec.size, sha256=spec.sha256, progress=progress, cancel=cancel)
            return self.record(spec, None)

    def adopt(self, spec: ModelSpec, path: Path) -> InstalledModel:
        """Install a network of the catalog from a file that has its SHA-256. Raises `StorageError`, `StoreBusy`."""
        with self._writing(self._cache):
            folder = self.folder(spec)
            folder.mkdir(parents=True, exist_ok=True)
            _copy(path, folder / spec.filename, spec.sha256)
            return self.record(spec, None)

    def import_files(self, spec: ModelSpec, path: Path, external: Iterable[str]) -> InstalledModel:
        """Install an imported network: its file, its external data, its labels, its description.

        Raises `StorageError`, `StoreBusy`; nothing is left behind.
        """
        with self._writing(self._data):
            staging = self._data / f".{spec.id}.new"
            shutil.rmtree(staging, ignore_errors=True)
            try:
                staging.mkdir()
                _copy(path, staging / spec.filename, spec.sha256)
                for name in external:
                    (staging / name).parent.mkdir(parents=True, exist_ok=True)
                    _copy(path.parent / name, staging / name, None)
                shutil.copyfile(spec.labels, staging / LABELS)
                values = asdict(spec)
                del values["labels"], values["origin"]
                _write_json(staging / SPEC, values)
                staging.replace(self.folder(spec))
                spec = replace(spec, labels=self.folder(spec) / LABELS)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
            return self.record(spec, None)

    def imported(self) -> tuple[ModelSpec, ...]:
        """Give the imported networks, by id; folders that cannot be read are passed over."""
        specs = []
        for file in sorted(self._data.glob(f"[!.]*/{SPEC}")):
            try:
                values = json.loads(file.read_text("utf-8"))
                preprocessing = values.pop("preprocessing")
                for key in ("mean", "std"):
                    preprocessing[key] = tuple(preprocessing[key])
                values["addresses"] = tuple(values["addresses"])
                spec = ModelSpec(
                    **values,
                    preprocessing=Preprocessing(**preprocessing),
                    labels=file.parent / LABELS,
                    origin="imported",
                )
            except (OSError, ValueError, TypeError, KeyError, AttributeError):
                continue
            if spec.id == file.parent.name:
                specs.append(spec)
        return tuple(specs)

    def verify(self, spec: ModelSpec, cancel: threading.Event) -> None:
        """Compare the file's SHA-256 with the published one.

        Raises `ModelNotInstalled`, `ChecksumMismatch` (the network then counts as not installed), `Cancelled`.
        """
        path = self.folder(spec) / spec.filename
        if not path.exists():
            raise ModelNotInstalled(spec.id, spec.title)
        actual = sha256_of(path, cancel)
        if actual != spec.sha256:
            (path.parent / RECORD).unlink(missing_ok=True)
            raise ChecksumMismatch(str(path), f"SHA-256 {spec.sha256}", actual)
        if self.find(spec) is None:
            self.record(spec, None)

    def remove(self, spec: ModelSpec) -> bool:
        """Delete a network's folder; the bundled one stays. Gives whether there was anything to delete."""
        folder = self.folder(spec)
        if spec.origin == "bundled" or not folder.exists():
            return False
        with self._writing(folder.parent):
            shutil.rmtree(folder)
        return True


def _copy(source: Path, target: Path, sha256: str | None) -> None:
    size, free = source.stat().st_size, shutil.disk_usage(target.parent).free
    if size > free:
        raise NotEnoughSpace(target, size, free)
    temporary = target.with_name(f"{target.name}.part")
    try:
        shutil.copyfile(source, temporary)
        if sha256 is not None and sha256_of(temporary) != sha256:
            raise ChecksumMismatch(str(source), f"SHA-256 {sha256}", "another (the file changed meanwhile)")
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _lock(descriptor: int, root: Path) -> None:
    """Take the advisory lock, which the system releases with the file or the process."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise StoreBusy(root) from error


def all_models(store: ModelStore, catalog: tuple[ModelSpec, ...]) -> tuple[ModelSpec, ...]:
    """Give the catalog's networks, then the imported ones. Raises `CatalogInvalid` when an id is taken twice."""
    specs = catalog + store.imported()
    if len({spec.id for spec in specs}) != len(specs):
        raise CatalogInvalid(
            paths.config_folder() / "models.toml", "one of its ids is taken by an imported network"
        )
    return specs
