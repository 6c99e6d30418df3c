"""The pictures in a folder, found while it is searched. Loads no decoder."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

from vgg_desktop.errors import ImageUnreadable, stop_if_cancelled
from vgg_desktop.images import camera_raw, kinds
from vgg_desktop.reasons import system_reason

# Raw files cannot be read, but who has a folder of them should be told so.
_EXTENSIONS = frozenset((*kinds.EXTENSIONS, *camera_raw.EXTENSIONS))
# What systems, network drives and archives keep beside pictures, in small letters: thumbnails, deleted files, indexes.
_JUNK = frozenset(
    (
        "__macosx", "@eadir", "@tmp", "@__thumb", "@recycle", "@recently-snapshot", "#recycle", "#snapshot",
        "$recycle.bin", "recycler", "system volume information", "thumbs.db", "ehthumbs.db", "desktop.ini",
        "lost+found", "network trash folder", "temporary items", "icon\r",
    )
)  # fmt: skip


def is_junk(name: str) -> bool:
    """Return whether a file or folder of this name holds nothing that a user put there; hidden ones count too."""
    return name.startswith(".") or name.casefold() in _JUNK


def find_pictures(path: Path, *, recursive: bool, cancel: threading.Event | None = None) -> Iterator[Path]:
    """Yield the files to read for a dropped or typed path: itself, or a folder's pictures while it is searched.

    Each folder's pictures come sorted by name, then those of its sub-folders. In folders only the extensions count;
    junk is skipped, and so are links to folders and sub-folders that cannot be read. A path that cannot be examined is
    returned unchanged: `read` reports why. Raises `Cancelled`, and `ImageUnreadable` when the folder itself cannot be
    read.
    """
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        yield path
        return
    waiting = [path]
    while waiting:
        stop_if_cancelled(cancel)
        folder = waiting.pop()
        try:
            pictures, folders = _list_folder(folder, cancel)
        except OSError as error:
            if folder is path:
                raise ImageUnreadable(path, system_reason(error)) from error
            continue
        yield from pictures
        if recursive:
            waiting += reversed(folders)


def _list_folder(folder: Path, cancel: threading.Event | None) -> tuple[list[Path], list[Path]]:
    """Return the pictures and the sub-folders of a folder, both sorted. Raises `OSError`, `Cancelled`."""
    pictures, folders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            stop_if_cancelled(cancel)
            if is_junk(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not getattr(entry, "is_junction", bool)():  # Windows; needs Python 3.12
                    folders.append(entry.name)
            elif os.path.splitext(entry.name)[1].lower() in _EXTENSIONS and _may_be_file(entry):  # noqa: PTH122 - a name
                pictures.append(entry.name)
    return [folder / name for name in sorted(pictures)], [folder / name for name in sorted(folders)]


def _may_be_file(entry: "os.DirEntry[str]") -> bool:
    """Return whether there is an ordinary file, or one that only `read` can examine; no link that leads nowhere."""
    try:
        return entry.is_file()
    except OSError:
        return True
