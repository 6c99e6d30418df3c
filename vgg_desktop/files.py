"""Files: atomic writes, locks, portable names, and their errors."""

import contextlib
import errno
import glob
import itertools
import json
import logging
import os
import shutil
import stat
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from vgg_desktop import paths
from vgg_desktop.errors import DiskFull, NotEnoughSpace, StorageError, StoreBusy
from vgg_desktop.reasons import Bytes
from vgg_desktop.system_errors import system_reason

logger = logging.getLogger(__name__)
_RETRY = 0.01  # seconds between two attempts to take a lock
NEW = ".new"  # at the end of a name: it is about to take the place of another
_OLD, _REMOVED = ".old", ".removed"
_UNFINISHED = "unfinished"  # the folder of notes of temporary files
# The byte that is locked: on Windows what is locked cannot be read, and the text must be.
LOCKED_BYTE = 1 << 30
# Windows' errors where a file is open or mapped somewhere; the first also where a permission lacks.
_DENIED, _SHARING, _LOCKED = 5, 32, 33
_PAUSES = (0.01, 0.05, 0.1, 0.3, 0.5)  # seconds, of what a virus scanner or an indexer has open for a moment
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
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

    About `path` where the system names no file itself; `needed` is how many bytes were to be written, 0 if unknown.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            kind = NotEnoughSpace if needed else DiskFull
            raise kind(paths.plain(path), Bytes(needed), free_bytes(path)) from error
        raise StorageError(paths.plain(error.filename or path), system_reason(error)) from error


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
        raise NotEnoughSpace(paths.plain(path), Bytes(needed), free)


@contextmanager
def replacing(
    path: Path, *, encoding: str = "utf-8", newline: str = "\n", private: bool = False
) -> Iterator[IO[str]]:
    """Open a text file that takes the place of `path` in one step once it is whole. Raises `OSError`.

    It is flushed to the disk first. A link's target is replaced, not the link. Names of files that are no Unicode
    are written with escapes. A `private` file can be read by the user alone.
    """
    target = paths.extended(paths.target_of(path), LONGEST_NAME)
    with temporary_file(target) as temporary:
        try:
            opener = open_private if private else None
            with open(temporary, "x", -1, encoding, "backslashreplace", newline, opener=opener) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            rename(temporary, target, replace=True)
        except OSError as error:
            if error.filename in (str(temporary), str(target)):  # names that the user may not know
                error.filename = str(path)
            raise
    sync_folder(target.parent)


def open_private(path: str, flags: int) -> int:
    """Open a file for the function `open`; a new one can be read by the user alone. Raises `OSError`."""
    return os.open(path, flags, 0o600)


def make_private(path: Path) -> None:
    """Let nobody but the user read a file, as far as the system has such rights; it need not exist."""
    with contextlib.suppress(OSError):
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)


def sync(path: Path) -> None:
    """Flush a file to the disk. Raises `OSError`."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system does that."""
    if os.name != "posix":
        return  # elsewhere a folder cannot be opened
    with contextlib.suppress(OSError):  # some network file systems refuse
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


@contextmanager
def temporary_file(target: Path) -> Iterator[Path]:
    """Yield a free name beside `target` for what is not whole yet; what is left of it at the end is deleted.

    The name is noted meanwhile, so that `remove_unfinished` deletes what a killed process left. Where that is not
    possible, nothing else is lost.
    """
    temporary, note = temporary_name(target), None
    with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: the user has no folder
        folder = paths.cache_folder() / _UNFINISHED
        folder.mkdir(parents=True, exist_ok=True)
        note = (folder / temporary.name).open("xb")
        take_lock(note, LOCKED_BYTE)
        note.write(os.fsencode(temporary))
        note.flush()
    try:
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if note is not None:
            with contextlib.suppress(OSError):
                note.close()
                Path(note.name).unlink(missing_ok=True)


def remove_unfinished() -> None:
    """Delete the temporary files of killed processes, wherever they are."""
    with contextlib.suppress(OSError, RuntimeError):
        for note in (paths.cache_folder() / _UNFINISHED).iterdir():
            with contextlib.suppress(OSError):
                with note.open("rb+") as file:
                    if not _is_locked_now(file, LOCKED_BYTE):
                        continue
                    temporary = Path(os.fsdecode(file.read()))
                if temporary.name == note.name and note.suffix == NEW:
                    temporary.unlink(missing_ok=True)
                note.unlink()


def temporary_name(target: Path) -> Path:
    """Return a free name beside `target` for what is not whole yet: hidden, random, and never too long."""
    return target.with_name(f".vgg-desktop-{os.urandom(4).hex()}{NEW}")


def write_json(path: Path, values: dict[str, Any], *, private: bool = False) -> None:
    """Write an object to a file in one step, as `replacing` does. Raises `OSError`."""
    with replacing(path, private=private) as file:
        json.dump(values, file, indent=1, ensure_ascii=False)


def numbered(path: Path) -> Iterator[Path]:
    """Yield `cat.jpg`, `cat (2).jpg`, `cat (3).jpg` and so on."""
    yield path
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def rename(source: Path, target: Path, *, replace: bool = False) -> None:
    """Rename a file or folder; with `replace`, a file may take the place of another. Raises `OSError`.

    Windows refuses that while a program has it open, which is waited for a moment. The error names the file that was to
    be replaced, or else the source.
    """
    for pause in (*_PAUSES, None) if sys.platform == "win32" else (None,):
        try:
            source.replace(target) if replace else source.rename(target)
            return
        except OSError as error:
            subject = target if replace else source
            error.filename = str(subject)
            windows = getattr(error, "winerror", None)
            if pause is None and windows == _DENIED and subject.exists() and _may_write(subject):
                # Windows calls it a lacking permission where what is replaced or moved is in use.
                raise OSError(error.errno, error.strerror, str(subject), _SHARING) from error
            if pause is None or windows not in (_DENIED, _SHARING, _LOCKED):
                raise
            time.sleep(pause)


def _may_write(path: Path) -> bool:
    """Return whether the system does not deny writing to a file, or to any of those in a folder."""
    for each in filter(Path.is_file, (path, *path.glob("*"))):
        try:
            each.open("rb+").close()
        except OSError as error:
            if getattr(error, "winerror", None) == _DENIED:
                return False
    return os.access(path, os.W_OK)  # there whether it is marked as read-only


def remove_file(path: Path) -> None:
    """Delete a file, which need not exist. Raises `OSError`.

    Windows deletes no file that is mapped into memory, or only when it no longer is, but lets it be renamed:
    `finish_changes` then deletes it.
    """
    if sys.platform == "win32":
        _set_aside(path)
    else:
        path.unlink(missing_ok=True)


def replace_mapped(source: Path, target: Path) -> None:
    """Rename a file in place of another that may be mapped into memory. Raises `OSError`."""
    if sys.platform == "win32":
        remove_file(target)
    rename(source, target, replace=True)


def rename_new(source: Path, target: Path) -> None:
    """Rename a file unless the new name is taken. Raises `FileExistsError`, `OSError`."""
    if sys.platform == "win32":
        rename(source, target)  # there it never replaces a file
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
            rename(folder, old)
        rename(staging, folder)
        sync_folder(folder.parent)
    finally:
        finish_changes(folder)


def remove_folder(folder: Path) -> None:
    """Delete a folder, renaming it first so that half of it is never taken for the whole. Raises `OSError`."""
    _set_aside(folder)


def finish_changes(path: Path) -> None:
    """Undo or finish what was begun with a folder, or the removal of a file; the caller holds its lock.

    Raises `OSError` where the folder itself was renamed aside and cannot be renamed back.
    """
    old = _beside(path, _OLD)
    if old.exists() and not path.exists():
        rename(old, path)
    for each in (_beside(path, NEW), old, _beside(path, _REMOVED)):
        with contextlib.suppress(OSError):
            _set_aside(each)
    for each in path.parent.glob(f".{glob.escape(path.name)}.*{_REMOVED}"):
        _delete(each)


def _set_aside(path: Path) -> None:
    """Rename a file or folder aside and delete it there; what is in use goes with a later change. Raises `OSError`."""
    if path.exists():
        aside = _beside(path, f".{os.urandom(4).hex()}{_REMOVED}")
        rename(path, aside)
        _delete(aside)


def _delete(path: Path) -> None:
    """Delete a file or folder as far as that is possible."""
    for each in (path, *path.rglob("*")) if sys.platform == "win32" else ():
        with contextlib.suppress(OSError):
            each.chmod(stat.S_IWRITE)  # there nothing that is read-only can be deleted
    shutil.rmtree(path, ignore_errors=True)
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)  # a file


def unfinished_changes(parent: Path) -> Iterator[Path]:
    """Yield the files and folders in `parent` that `finish_changes` would do something about. Raises `OSError`."""
    for each in parent.glob(".?*.*"):
        if each.suffix in (NEW, _OLD, _REMOVED):
            name = each.stem[1:]
            numberless = name.rpartition(".")[0] if each.suffix == _REMOVED else ""
            yield each.with_name(numberless or name)


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

    On Windows the byte at `position` is locked, and cannot be read or written by others. Where the file system knows
    no locks, as some of other computers, it is taken as locked, with a warning in the log. Raises `OSError`.
    """
    try:
        return _is_locked_now(file, position)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        logger.warning("%s knows no locks: start no second VGG Desktop", Path(file.name).parent)
        return True


def _is_locked_now(file: IO[Any], position: int) -> bool:
    """Lock an open file as `take_lock` does. Raises `OSError`, also where the file system knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(position)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
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
