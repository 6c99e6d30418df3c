"""What the store does on the disk: hash, copy and move."""

import hashlib
import os
import shutil
import threading
from pathlib import Path

from vgg_desktop.errors import Cancelled, ChecksumMismatch, NotEnoughSpace
from vgg_desktop.files import storage_errors

CHUNK = 1 << 20
_COPY = ".copy"  # likewise for large ones; never `.part`, which is a download's


def sha256_of(path: Path, cancel: threading.Event | None = None) -> str:
    """Return a file's SHA-256 as hexadecimal. Raises `Cancelled`, `StorageError`."""
    digest = hashlib.sha256()
    with storage_errors(path), path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if cancel is not None and cancel.is_set():
                raise Cancelled
            digest.update(chunk)
    return digest.hexdigest()


def copy_file(source: Path, target: Path, sha256: str) -> None:
    """Copy a file whose SHA-256 is known; the target appears, or is replaced, in one step and only when right.

    Raises `NotEnoughSpace`, `ChecksumMismatch`, `StorageError`, `OSError`.
    """
    size, free = source.stat().st_size, shutil.disk_usage(target.parent).free
    if size > free:
        raise NotEnoughSpace(target, size, free)
    temporary = target.with_name(target.name + _COPY)
    try:
        shutil.copyfile(source, temporary)
        if sha256_of(temporary) != sha256:
            raise ChecksumMismatch(str(source), f"SHA-256 {sha256}", "another (the file changed meanwhile)")
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def rename_all(sources: list[Path], target: Path) -> None:
    """Move folders within one disk; when one cannot be moved, the others go back. Raises `OSError`."""
    moved: list[Path] = []
    try:
        for source in sources:
            source.rename(target / source.name)
            moved.append(source)
    except OSError:
        for source in moved:
            (target / source.name).rename(source)
        raise


def copy_all(sources: list[Path], target: Path, cancel: threading.Event) -> None:
    """Move folders to another disk: copy all of them, and only then delete the old ones.

    Raises `NotEnoughSpace`, `Cancelled`, `OSError`; then nothing was moved.
    """
    files = [(source, file) for source in sources for file in sorted(source.rglob("*")) if file.is_file()]
    needed, free = sum(file.stat().st_size for _, file in files), shutil.disk_usage(target).free
    if needed > free:
        raise NotEnoughSpace(target, needed, free)
    try:
        for source, file in files:
            if cancel.is_set():
                raise Cancelled
            copied = target / source.name / file.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copied)  # with its time, by which the record knows it
    except BaseException:
        for source in sources:
            shutil.rmtree(target / source.name, ignore_errors=True)
        raise
    for source in sources:
        shutil.rmtree(source, ignore_errors=True)
