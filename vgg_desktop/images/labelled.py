"""The pictures of a folder with one sub-folder per class: which class each is of."""

import threading
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection
from pathlib import Path

from vgg_desktop.errors import FolderNotLabelled, ImageUnreadable, VggDesktopError
from vgg_desktop.files import LONGEST_NAME
from vgg_desktop.images.finding import find_pictures, is_junk
from vgg_desktop.models.labels import Label, comparable, folder_name
from vgg_desktop.paths import extended
from vgg_desktop.system_errors import system_reason
from vgg_desktop.why import Why


def labelled_pictures(
    folder: Path,
    labels: tuple[Label, ...],
    failed: Callable[[VggDesktopError], None],
    cancel: threading.Event | None,
) -> list[tuple[Path, int]]:
    """Return the pictures of a folder with the index of their class.

    `failed` gets the error of each folder within that cannot be read. Raises `FolderNotLabelled`, `Cancelled`.
    """
    folder = extended(folder, LONGEST_NAME)
    try:
        folders = sorted(each for each in folder.iterdir() if each.is_dir() and not is_junk(each.name))
    except OSError as error:
        raise FolderNotLabelled(folder, system_reason(error)) from error
    if not folders:
        raise FolderNotLabelled(folder, Why.FOLDER_NO_FOLDERS())
    indices = class_indices(folder, [each.name for each in folders], labels)
    found: list[tuple[Path, int]] = []
    unread = 0
    for each in folders:
        try:
            for path in find_pictures(each, recursive=True, cancel=cancel, failed=failed):
                found.append((path, indices[each.name]))
        except ImageUnreadable as error:
            unread += 1
            failed(error)
    if not found and unread:
        raise FolderNotLabelled(folder, Why.FOLDER_UNREADABLE())
    if not found:
        raise FolderNotLabelled(folder, Why.FOLDER_NO_PICTURES())
    return found


def class_indices(folder: Path, names: Collection[str], labels: tuple[Label, ...]) -> dict[str, int]:
    """Return the index of the class that each sub-folder is for, by the sub-folder's name.

    That may be a WordNet id, a name or an index. Where classes have numbers for names, all sub-folders are taken to
    have names, or else all to have indices, whichever makes sense of them. Raises `FolderNotLabelled` where both do and
    differ, and for what is none of these.
    """
    indices_by_name = _names(labels)
    exact = defaultdict[str, set[int]](set)  # where only case distinguishes "Polish" from "polish"
    for label in labels:
        exact[folder_name(label.id, label.name)].add(label.index)
    named: dict[str, int] = {}
    numbered: dict[str, int] = {}
    for name in names:
        indices = indices_by_name.get(comparable(name), set())
        if len(indices) > 1:
            indices = exact.get(unicodedata.normalize("NFC", name), indices)
        if name.isdecimal() and str(int(name)) == name and int(name) < len(labels):
            numbered[name] = int(name)
        if len(indices) == 1:
            (named[name],) = indices
        elif indices:
            raise FolderNotLabelled(folder, Why.FOLDER_SHARED(name=name))
        elif name not in numbered:
            raise FolderNotLabelled(folder, Why.FOLDER_NO_CLASS(name=name))
    are_names, are_indices = len(named) == len(names), len(numbered) == len(names)
    conflicting = [name for name, index in numbered.items() if named.get(name, index) != index]
    if conflicting and are_names == are_indices:
        raise FolderNotLabelled(folder, Why.FOLDER_AMBIGUOUS(name=conflicting[0]))
    return {**named, **numbered} if are_indices and not are_names else {**numbered, **named}


def _names(labels: tuple[Label, ...]) -> dict[str, set[int]]:
    """Return the names of classes, in small letters, with the indices of those that have them ("crane" is two)."""
    known = defaultdict[str, set[int]](set)
    folders = defaultdict[str, set[int]](set)
    for label in labels:
        for name in (label.name, *label.name.split(",")):
            known[comparable(name.strip())].add(label.index)
            known[comparable(name.strip()).replace(" ", "_")].add(label.index)
        for with_id in (False, True):
            folders[comparable(folder_name(label.id, label.name, with_id=with_id))].add(label.index)
    # What sorting into folders calls a class, its first name, goes before other names of other classes, and an id
    # before everything.
    ids = {comparable(label.id): {label.index} for label in labels if label.id != str(label.index)}
    return {**known, **folders, **ids}
