"""What the store does on the disk: hash, copy and move."""

import contextlib
import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vgg_desktop.errors import ChecksumMismatch, StorageError, StoreBusy, stop_if_cancelled
from vgg_desktop.files import (
    LONGEST_NAME,
    NEW,
    exclusive_lock,
    finish_changes,
    remove_folder,
    rename,
    replace_mapped,
    require_space,
    storage_errors,
    sync,
    unfinished_changes,
    write_json,
)
from vgg_desktop.models.descriptions import RECORD
from vgg_desktop.paths import extended
from vgg_desktop.why import Why

# Stands for a network's folder, none of which has capitals, in names of what is being moved.
MOVING = "MOVING"
MOVE = ".moving.json"  # what is being moved, in the old place and in the new one
_LOCKS = ".locks"  # beside the networks' folders and not in them, which are renamed and deleted
CHUNK = 1 << 20
COPY = ".copy"  # never `.part`, which is a download's


def networks_folder(folder: Path) -> Path:
    """Return the folder of networks in another, however long its path is."""
    return extended(folder / "models", LONGEST_NAME)


def sha256_of(path: Path, cancel: threading.Event | None = None) -> str:
    """Return a file's SHA-256 as hexadecimal. Raises `Cancelled`, `StorageError`."""
    digest = hashlib.sha256()
    with storage_errors(path), path.open("rb") as file:
        while chunk := file.read(CHUNK):
            stop_if_cancelled(cancel)
            digest.update(chunk)
    return digest.hexdigest()


def file_facts(path: Path, sha256: str) -> dict[str, Any]:
    """Return the SHA-256 of a network's file with that by which it is known again. Raises `OSError`."""
    status = path.stat()
    return {"sha256": sha256, "size": status.st_size, "mtime_ns": status.st_mtime_ns}


def known_digest(path: Path, folder: Path) -> str | None:
    """Return the SHA-256 that was recorded of a network's file; None where it was changed or copied since.

    The record is in `folder`. Raises `OSError` where there is no such file.
    """
    facts = file_facts(path, "")
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
        return str(record["sha256"]) if {**record, "sha256": ""}.items() >= facts.items() else None
    except (OSError, ValueError, RecursionError, TypeError, KeyError):
        return None


def copy_file(source: Path, target: Path, sha256: str) -> None:
    """Copy a file whose SHA-256 is known; the target appears, or is replaced, in one step and only when right.

    Raises `NotEnoughSpace`, `ChecksumMismatch`, `StorageError`, `OSError`.
    """
    require_space(target, source.stat().st_size)
    temporary = target.with_name(target.name + COPY)
    try:
        shutil.copyfile(source, temporary)
        if sha256_of(temporary) != sha256:
            raise ChecksumMismatch(str(source), Why.CONTENT_SHA256(digest=sha256), Why.CONTENT_CHANGED())
        sync(temporary)
        replace_mapped(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def folder_lock(folder: Path, timeout: float = 0.0) -> Iterator[None]:
    """Hold the lock of a network's folder, which need not exist yet. Raises `StoreBusy`, `StorageError`."""
    with storage_errors(folder):
        locks = folder.parent / _LOCKS
        locks.mkdir(parents=True, exist_ok=True)
        with exclusive_lock(locks / folder.name, folder, timeout=timeout):
            finish_changes(folder)
            yield


def tidy_folder(parent: Path) -> None:
    """Mend what killed processes left in the folder of all networks. Raises `StorageError`."""
    with storage_errors(parent):
        for each in unfinished_changes(parent):
            with contextlib.suppress(StoreBusy, StorageError), folder_lock(each):
                pass  # having its lock mends it
        for network in parent.glob("[!.]*/"):
            if changed := list(unfinished_changes(network)):  # a form in a folder of its own
                with contextlib.suppress(StoreBusy, StorageError, OSError), folder_lock(network):
                    for each in changed:
                        finish_changes(each)
        for copy in parent.glob(f"[!.]*/*{COPY}"):
            with contextlib.suppress(StoreBusy, StorageError, OSError), folder_lock(copy.parent):
                copy.unlink()


def rename_all(sources: list[Path], target: Path) -> None:
    """Move folders within one disk; when one cannot be moved, the others go back. Raises `OSError`."""
    moved: list[Path] = []
    try:
        for source in sources:
            rename(source, target / source.name)
            moved.append(source)
    except OSError:
        for source in moved:
            rename(target / source.name, source)
        raise


def copy_all(sources: list[Path], target: Path, cancel: threading.Event) -> None:
    """Copy folders to another disk; they get their names there when all of them are whole.

    The caller holds the lock of `MOVING` in the target. Raises `NotEnoughSpace`, `Cancelled`, `OSError`; then none was
    copied.
    """
    files = [(source, file) for source in sources for file in sorted(source.rglob("*")) if file.is_file()]
    require_space(target, sum(file.stat().st_size for _, file in files))
    staging = target / f".{MOVING}{NEW}"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        for source, file in files:
            stop_if_cancelled(cancel)
            copied = staging / source.name / file.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copied)
            sync(copied)
            shutil.copystat(file, copied)  # with its time, by which the record knows it
        rename_all([staging / source.name for source in sources if (staging / source.name).exists()], target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def is_copy(folder: Path, copy: Path) -> bool:
    """Return whether every file of a folder is in another too, as large and as old. Raises `OSError`."""

    def facts(root: Path) -> dict[Path, tuple[int, int]]:
        found = {file.relative_to(root): file.stat() for file in root.rglob("*") if file.is_file()}
        return {name: (status.st_size, status.st_mtime_ns) for name, status in found.items()}

    return copy.is_dir() and facts(folder).items() <= facts(copy).items()


@dataclass(frozen=True, slots=True)
class Move:
    """A move of networks, which are folders of these names, as it is written in both places while it lasts."""

    source: Path
    target: Path
    names: tuple[str, ...]

    def begin(self) -> None:
        """Write it down, first where the next start looks. Raises `OSError`."""
        values = {"source": str(self.source), "target": str(self.target), "names": self.names}
        for place in (self.source, self.target):
            write_json(place / MOVE, values)

    def end(self, in_use: Path) -> None:
        """Forget it, last in the place that is in use."""
        for place in sorted((self.source, self.target), key=in_use.__eq__):
            with contextlib.suppress(OSError):
                (place / MOVE).unlink(missing_ok=True)

    def finish(self) -> None:
        """Move what was not moved, and delete what was copied; the target is in use. The caller holds the locks."""
        for old, new in self._folders():
            with contextlib.suppress(OSError):  # then both places have it, or the old one
                if not new.exists() and old.exists():
                    rename(old, new)
                elif is_copy(old, new):
                    remove_folder(old)
        self.end(self.target)

    def undo(self) -> None:
        """Move back what was moved, and delete the copies; the source is in use. The caller holds the locks."""
        for old, new in self._folders():
            with contextlib.suppress(OSError):
                if not old.exists() and new.exists():
                    rename(new, old)
                elif is_copy(old, new):
                    remove_folder(new)
        self.end(self.source)

    def _folders(self) -> list[tuple[Path, Path]]:
        return [(self.source / name, self.target / name) for name in self.names]


def read_move(place: Path) -> Move | None:
    """Return the move of networks to or from a folder that a killed process began, or None."""
    try:
        values = json.loads((place / MOVE).read_text("utf-8"))
        names = [each for each in values["names"] if not each.startswith(".") and Path(each).name == each]
        found = Move(Path(values["source"]), Path(values["target"]), tuple(names))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return found if place in (found.source, found.target) else None
