"""Files: atomic writes, locks, portable names, and their errors."""

import contextlib
import errno
import itertools
import json
import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from vgg_desktop.errors import NotEnoughSpace, StorageError, StoreBusy
from vgg_desktop.reasons import Bytes, system_reason

_RETRY = 0.01  # seconds between two attempts to take a lock
NEW = ".new"  # at the end of a name: it is about to take the place of another
_OLD, _REMOVED = ".old", ".removed"
_FORBIDDEN = frozenset('<>:"/\\|?*')
# Marks that change the direction of text, by which a name can be made to look like another.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
# Windows keeps these names, with whatever comes after a dot, for devices.
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    port + number for port in ("com", "lpt") for number in "0123456789¹²³"
}
# Bytes of a name: file systems allow 255, some encrypted folders 143, and Windows wants the path below 260.
LONGEST_NAME = 120


@contextmanager
def storage_errors(path: Path, needed: int = 0) -> Iterator[None]:
    """Raise `NotEnoughSpace` for a full disk and `StorageError` for any other error of the system inside.

    About `path` where the system names no file itself; `needed` is how many bytes were to be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NotEnoughSpace(path, Bytes(needed), free_bytes(path)) from error
        raise StorageError(Path(error.filename or path), system_reason(error)) from error


def free_bytes(path: Path) -> Bytes:
    """Return how many bytes are free on the disk of a path that need not exist yet; 0 where that is unknown."""
    for folder in (path, *path.parents):
        with contextlib.suppress(OSError):
            return Bytes(shutil.disk_usage(folder).free)
    return Bytes(0)


def require_space(path: Path, needed: int) -> None:
    """Raise `NotEnoughSpace` where fewer than `needed` bytes are free on the disk of a path."""
    free = free_bytes(path)
    if needed > free:
        raise NotEnoughSpace(path, Bytes(needed), free)


@contextmanager
def replacing(path: Path, *, encoding: str = "utf-8", newline: str = "\n") -> Iterator[IO[str]]:
    """Open a text file that takes the place of `path` in one step once it is whole. Raises `OSError`.

    It is flushed to the disk first. A link's target is replaced, not the link. Names of files that are no Unicode
    are written with escapes.
    """
    target = path.resolve()
    temporary = temporary_name(target)
    try:
        with temporary.open("x", encoding=encoding, newline=newline, errors="backslashreplace") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        if error.filename == str(temporary):  # a name that means nothing to a user
            error.filename = str(path)
        raise
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def temporary_name(target: Path) -> Path:
    """Return a free name beside `target` for what is not whole yet: hidden, random, and never too long."""
    return target.with_name(f".vgg-desktop-{os.urandom(4).hex()}{NEW}")


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Write an object to a file in one step. Raises `OSError`."""
    with replacing(path) as file:
        json.dump(values, file, indent=1, ensure_ascii=False)


def numbered(path: Path) -> Iterator[Path]:
    """Yield `cat.jpg`, `cat (2).jpg`, `cat (3).jpg` and so on."""
    yield path
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def rename_new(source: Path, target: Path) -> None:
    """Rename a file unless the new name is taken. Raises `FileExistsError`, `OSError`."""
    if sys.platform == "win32":
        source.rename(target)  # there it never replaces a file
        return
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        source.rename(target)
    else:
        source.unlink()


@contextmanager
def staged_folder(folder: Path, needed: int = 0) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `folder` at the end; `needed` is its size in bytes.

    The caller holds the lock. Raises `NotEnoughSpace`, `OSError`; then, or if the body raises, `folder` is unchanged.
    `finish_changes` repairs what a process leaves that is killed in the middle.
    """
    staging, old = _beside(folder, NEW), _beside(folder, _OLD)
    finish_changes(folder)
    try:
        staging.mkdir()
        require_space(staging, needed)
        yield staging
        if folder.exists():
            folder.rename(old)
        staging.rename(folder)
    finally:
        finish_changes(folder)


def remove_folder(folder: Path) -> None:
    """Delete a folder, renaming it first so that half of it is never taken for the whole. Raises `OSError`."""
    removed = _beside(folder, _REMOVED)
    shutil.rmtree(removed, ignore_errors=True)
    folder.rename(removed)
    shutil.rmtree(removed, ignore_errors=True)  # what remains goes with the next change


def finish_changes(folder: Path) -> None:
    """Undo or finish what a process that was killed began with a folder; the caller holds its lock.

    Raises `OSError` where the folder itself was renamed aside and cannot be renamed back.
    """
    old = _beside(folder, _OLD)
    if old.exists() and not folder.exists():
        old.rename(folder)
    for suffix in (NEW, _OLD, _REMOVED):
        shutil.rmtree(_beside(folder, suffix), ignore_errors=True)


def unfinished_changes(parent: Path) -> Iterator[Path]:
    """Yield the folders in `parent` that `finish_changes` would do something about. Raises `OSError`."""
    for each in parent.glob(".?*.*"):
        if each.suffix in (NEW, _OLD, _REMOVED):
            yield each.with_name(each.stem[1:])


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f".{folder.name}{suffix}")


@contextmanager
def exclusive_lock(path: Path, subject: Path | None = None, *, timeout: float = 0.0) -> Iterator[None]:
    """Hold the advisory lock of the file `path`, which is made if needed. Raises `StoreBusy`, `OSError`.

    Two threads of one process exclude each other too. `subject` is what the error is about, the lock's folder if not
    given; it is raised after `timeout` seconds. The system releases the lock when the process ends, however it ends.
    """
    deadline = time.monotonic() + timeout
    with path.open("a+b") as file:
        while not take_lock(file):
            if time.monotonic() >= deadline:
                raise StoreBusy(subject or path.parent)
            time.sleep(_RETRY)
        yield


def take_lock(file: IO[Any], position: int = 0) -> bool:
    """Lock an open file until it is closed or the process ends; return whether that was possible.

    On Windows the byte at `position` is locked, and cannot be read or written by others. Raises `OSError`.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(position)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def safe_name(text: str, longest: int = LONGEST_NAME) -> str:
    """Return a name close to `text` that a file or folder may have on Windows, macOS and Linux; "" if nothing is left.

    Never a path, hidden or a device. `longest` is in bytes of UTF-8; the extension is cut off last.
    """
    kept = "".join(
        each if each.isprintable() and each not in _FORBIDDEN else " "
        for each in unicodedata.normalize("NFC", text)
        if each not in _DIRECTIONS
    )
    # A dot at the front hides the file; Windows drops dots and spaces at the end.
    name = " ".join(kept.split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > 12 or not extension.isalnum():
        stem, dot, extension = name, "", ""
    room = longest - len((dot + extension).encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ")
    name = stem + dot + extension if stem else ""
    return f"_{name}" if name.split(".")[0].rstrip().casefold() in _DEVICES else name
