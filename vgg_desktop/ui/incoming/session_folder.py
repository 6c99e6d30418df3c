"""Pasted and fetched pictures as real files: a temporary folder that is gone when the program ends."""

import contextlib
import errno
import itertools
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from vgg_desktop.errors import NotEnoughSpace, StorageError
from vgg_desktop.images.kinds import HEAD_SIZE, KINDS, recognise

_LONGEST = 120  # bytes: some encrypted folders take 143, and Windows wants the whole path below 260
_LONGEST_EXTENSION = 12
_NAMELESS = "picture"
_FORBIDDEN = set('"*/:<>?\\|')
_DIRECTIONS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
_EXTENSIONS = {extension for kind in KINDS for extension in kind.extensions}


def safe_name(name: str) -> str:
    """Return a name close to `name` that a file may have on Linux, Windows and macOS; never a path."""
    letters = (letter for letter in unicodedata.normalize("NFC", name) if letter not in _DIRECTIONS)
    text = "".join("_" if _is_unsafe(letter) else letter for letter in letters).strip(" .")
    stem, extension = _split(text)
    if len(extension.encode()) > _LONGEST_EXTENSION or not extension[1:].isalnum():
        stem, extension = text, ""
    room = _LONGEST - len(extension.encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") or _NAMELESS
    if stem.split(".")[0].rstrip().lower() in _DEVICES:
        stem = f"_{stem}"
    return stem + extension


def picture_name(name: str, data: bytes) -> str:
    """Return a safe name whose extension says what the bytes are; unknown kinds keep the name they have."""
    kind = recognise(data[:HEAD_SIZE])
    if kind is None:
        return safe_name(name)
    stem, extension = _split(name.strip(" ."))
    if extension.lower() in kind.extensions:
        return safe_name(name)
    if extension.lower() not in _EXTENSIONS:
        stem = name.strip(" .")
    return safe_name((stem or _NAMELESS) + kind.extensions[0])


def _split(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    return (stem, dot + extension) if stem else (name, "")


def _is_unsafe(letter: str) -> bool:
    return letter in _FORBIDDEN or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")


class SessionFolder:
    """A folder that is made with the first picture and removed, with all of them, by `close`.

    `parent` is where it is made, the system's temporary folder if not given. A context manager.
    """

    def __init__(self, parent: Path | None = None) -> None:
        self._parent = parent
        self._folder: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        """The folder, or None before the first picture and after `close`."""
        return self._folder

    def write(self, name: str, data: bytes) -> Path:
        """Write a picture under `name`, made safe and unique, and return its path.

        Raises `NotEnoughSpace` and `StorageError`; nothing is left of the file then.
        """
        folder = self._ensure()
        wanted = folder / safe_name(name)
        with _storage_errors(wanted, len(data)):
            free = shutil.disk_usage(folder).free
            if free < len(data):
                raise NotEnoughSpace(wanted, len(data), free)
            return _write_new(wanted, data)

    def close(self) -> None:
        """Remove the folder and what is in it; what the system will not let go stays for its own tidying."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _ensure(self) -> Path:
        """Return the folder; made again where the system's tidying took it away meanwhile."""
        if self._folder is None or not self._folder.is_dir():
            try:
                self._folder = Path(tempfile.mkdtemp(prefix="vgg-desktop-", dir=self._parent))
            except OSError as error:
                place = Path(error.filename or tempfile.tempdir or "")
                raise StorageError(place, error.strerror or str(error)) from error
        return self._folder


def _write_new(wanted: Path, data: bytes) -> Path:
    """Write to the first free of `cat.jpg`, `cat 2.jpg`...; raises `OSError` and leaves no half file."""
    for number in itertools.count(1):
        path = wanted if number == 1 else wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
        try:
            file = path.open("xb")
        except FileExistsError:  # the system knows best which names it takes for the same
            continue
        try:
            with file:
                file.write(data)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        return path
    raise AssertionError("there is always a next number")


@contextlib.contextmanager
def _storage_errors(path: Path, needed: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NotEnoughSpace(path, needed, shutil.disk_usage(path.parent).free) from error
        raise StorageError(path, error.strerror or str(error)) from error
