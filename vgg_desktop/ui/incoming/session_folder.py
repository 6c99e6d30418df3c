"""Pasted and fetched pictures as real files: a temporary folder that is gone when the program ends."""

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from vgg_desktop.files import numbered, require_space, safe_name, storage_errors
from vgg_desktop.images.kinds import EXTENSIONS, HEAD_SIZE, recognise

_NAMELESS = "picture"


@dataclass(frozen=True, slots=True)
class PictureData:
    """A pasted or fetched picture: a name for its file, and the file's bytes."""

    name: str
    data: bytes


def picture_name(name: str, data: bytes) -> str:
    """Return a safe name with the extension of the picture's format; unknown formats keep their name."""
    kind = recognise(data[:HEAD_SIZE])
    name = name.strip(" .")
    stem, extension = os.path.splitext(name)  # noqa: PTH122 - a name is not a path yet
    if kind is not None and extension.lower() not in kind.extensions:
        name = f"{(stem if extension.lower() in EXTENSIONS else name) or _NAMELESS}{kind.extensions[0]}"
    return safe_name(name) or _NAMELESS


class SessionFolder:
    """A folder in `parent`, or the system's temporary folder: made with the first picture, removed by `close`."""

    def __init__(self, parent: Path | None = None) -> None:
        self._parent = parent
        self.path: Path | None = None  # before the first picture and after `close`

    def write(self, name: str, data: bytes) -> Path:
        """Write a picture under `name`, made safe and unique, and return its path.

        Raises `NotEnoughSpace` and `StorageError`; nothing is left of the file then.
        """
        folder = self._ensure()
        wanted = folder / (safe_name(name) or _NAMELESS)
        with storage_errors(wanted, len(data)):
            require_space(wanted, len(data))
            return _write_new(wanted, data)

    def holds(self, path: Path) -> bool:
        """Return whether a file is in the folder, and so will be gone."""
        return self.path is not None and path.parent == self.path

    def close(self) -> None:
        """Remove the folder and what is in it; what the system will not let go stays for its own tidying."""
        if self.path is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            self.path = None

    def _ensure(self) -> Path:
        """Return the folder; made again where the system's tidying took it away meanwhile."""
        if self.path is None or not self.path.is_dir():
            with storage_errors(Path(tempfile.tempdir or "")):
                self.path = Path(tempfile.mkdtemp(prefix="vgg-desktop-", dir=self._parent))
        return self.path


def _write_new(wanted: Path, data: bytes) -> Path:
    """Write to the first free of `cat.jpg`, `cat (2).jpg`...; raises `OSError` and leaves no half file."""
    for path in numbered(wanted):
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
