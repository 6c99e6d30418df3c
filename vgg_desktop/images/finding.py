"""The pictures in a folder, found while it is searched. Loads no decoder."""

import os
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from vgg_desktop.errors import ImageUnreadable, stop_if_cancelled
from vgg_desktop.images import camera_raw, kinds
from vgg_desktop.images.kinds import HEAD_SIZE, recognise
from vgg_desktop.paths import extended
from vgg_desktop.system_errors import system_reason

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

# Extensions of what web sites, phones and back-ups call pictures ("cat", "cat.jpg_large", "cat.jpg~").
_SAYS_NOTHING = re.compile(
    rf"|\.mpo|\.jps|({'|'.join(map(re.escape, kinds.EXTENSIONS))})([^a-z0-9].*)|\.(orig|bak|tmp|download)",
    re.DOTALL,
)


_ROOM = 255  # characters of the names that folders have in them


def is_junk(name: str) -> bool:
    """Return whether a file or folder of this name holds nothing that a user put there; hidden ones count too."""
    return name.startswith(".") or name.casefold() in _JUNK


def find_pictures(
    path: Path,
    *,
    recursive: bool,
    cancel: threading.Event | None = None,
    failed: Callable[[ImageUnreadable], None] = lambda _error: None,
) -> Iterator[Path]:
    """Yield the files to read for a dropped or typed path: itself, or a folder's pictures while it is searched.

    Each folder's pictures come sorted by name, then those of its sub-folders. Junk is skipped. In folders the extension
    decides, and the content where that says nothing. Each folder is searched once: those that only links lead to come
    last. `failed` gets the error of each sub-folder that cannot be read. A path that cannot be examined is returned
    unchanged: `read` reports why. Raises `Cancelled`, and `ImageUnreadable` when the folder itself cannot be read.
    """
    try:
        is_folder = extended(path).is_dir()
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        yield path
        return
    waiting, links = [path], deque[Path]()
    searched = set[tuple[int, int]]()
    while waiting or links:
        stop_if_cancelled(cancel)
        folder = waiting.pop() if waiting else links.popleft()
        try:
            status = extended(folder, _ROOM).stat()
            identity = status.st_dev, status.st_ino
            if identity in searched and any(identity):  # some network drives have none
                continue
            searched.add(identity)
            pictures, folders, linked = _list_folder(folder, cancel)
        except OSError as error:
            unreadable = ImageUnreadable(folder, system_reason(error))
            if folder is path:
                raise unreadable from error
            failed(unreadable)
            continue
        yield from pictures
        if recursive:
            waiting += reversed(folders)
            links += linked


def _list_folder(folder: Path, cancel: threading.Event | None) -> tuple[list[Path], list[Path], list[Path]]:
    """Return the pictures, the sub-folders and the links to folders, all sorted. Raises `OSError`, `Cancelled`."""
    pictures, folders, linked = [], [], []
    with os.scandir(extended(folder, _ROOM)) as entries:
        for entry in entries:
            stop_if_cancelled(cancel)
            if is_junk(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
                folders.append(entry.name)
            elif _leads_to_folder(entry):
                linked.append(entry.name)
            elif _is_picture(entry):
                pictures.append(entry.name)
    found = ([folder / name for name in sorted(names)] for names in (pictures, folders, linked))
    return next(found), next(found), next(found)


def _is_junction(entry: "os.DirEntry[str]") -> bool:
    return bool(getattr(entry, "is_junction", bool)())  # Windows; needs Python 3.12


def _leads_to_folder(entry: "os.DirEntry[str]") -> bool:
    """Return whether there is a link to a folder."""
    try:
        return (entry.is_symlink() or _is_junction(entry)) and entry.is_dir()
    except OSError:
        return False


def _is_picture(entry: "os.DirEntry[str]") -> bool:
    """Return whether a file has a picture's extension, or where that says nothing, a picture's content."""
    extension = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 - a name
    if extension in _EXTENSIONS:
        return _may_be_file(entry)
    try:
        return bool(_SAYS_NOTHING.fullmatch(extension)) and entry.is_file() and _holds_picture(entry.path)
    except OSError:
        return False


def _holds_picture(path: str) -> bool:
    """Return whether a file begins as a picture does. Raises `OSError`."""
    with open(path, "rb") as file:  # noqa: PTH123 - a name
        head = file.read(HEAD_SIZE)
    # Two letters are all that begin a BMP; two reserved words follow.
    return recognise(head) is not None and (head[:2] != b"BM" or head[6:10] == bytes(4))


def _may_be_file(entry: "os.DirEntry[str]") -> bool:
    """Return whether there is an ordinary file, or one that only `read` can examine; no link that leads nowhere."""
    try:
        return entry.is_file()
    except OSError:
        return True
