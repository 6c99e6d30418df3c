"""Pictures whose classes are known: those that come with the app, and those of a labelled folder."""

import random
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from vgg_desktop import paths
from vgg_desktop.errors import FolderNotLabelled, VggDesktopError, stop_if_cancelled
from vgg_desktop.images.labelled import labelled_pictures
from vgg_desktop.images.preprocessing import draft_side
from vgg_desktop.images.reading import read
from vgg_desktop.models.catalog import Preprocessing, height_and_width
from vgg_desktop.models.labels import Label, comparable, imagenet_labels, short_name
from vgg_desktop.why import Why

_FEWEST = 12  # of those that come with the app; fewer would tell little
_MOST = 200  # of a labelled folder


@dataclass(frozen=True, slots=True, eq=False)
class KnownPicture:
    """A picture of mode RGB with the indices of the classes that are right for it."""

    image: Image.Image
    classes: frozenset[int]


def known_pictures(labels: tuple[Label, ...]) -> tuple[KnownPicture, ...]:
    """Return the bundled pictures, for a network with ImageNet's classes; for any other there are none.

    Classes are recognised by WordNet id, or by name where there are 1000 or 1001 (with one for the background).
    """
    indices = {label.id: label.index for label in labels}
    imagenet = imagenet_labels()
    if len(labels) in (1000, 1001) and not any(label.id in indices for label in imagenet):
        named = {comparable(short_name(label.name)): label.index for label in labels}
        names = {label.id: comparable(short_name(label.name)) for label in imagenet}
        indices = {id: named[name] for id, name in names.items() if name in named}
    table = paths.resource("known/pictures.tsv")
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()]
    found = {row[0]: frozenset(indices[id] for id in row[1].split() if id in indices) for row in rows}
    known = {name: classes for name, classes in found.items() if classes}
    if len(known) < _FEWEST:
        return ()
    return tuple(KnownPicture(read(table.parent / name).image, classes) for name, classes in known.items())


def pictures_of(
    folder: Path,
    labels: tuple[Label, ...],
    preprocessing: Preprocessing,
    *,
    failed: Callable[[VggDesktopError], None] = lambda _error: None,
    cancel: threading.Event | None = None,
) -> tuple[KnownPicture, ...]:
    """Return pictures of a folder with one sub-folder per class, at most 200, as many of each class as possible.

    They are reduced to what `preprocessing` needs. Which ones is always the same, and the first ones show all classes.
    `failed` gets the error of each picture or folder that cannot be read. Raises `FolderNotLabelled`, `Cancelled`.
    """
    by_class = defaultdict[int, list[Path]](list)
    for path, index in labelled_pictures(folder, labels, failed, cancel):
        by_class[index].append(path)
    chosen = random.Random(0)
    for files in by_class.values():
        chosen.shuffle(files)
    found: list[KnownPicture] = []
    for path, index in _in_turn(by_class):
        stop_if_cancelled(cancel)
        try:
            image = read(path, draft=draft_side(preprocessing), cancel=cancel).image
        except VggDesktopError as error:
            failed(error)
            continue
        # At least twice the size that is needed: hundreds of whole photographs would take gigabytes.
        factor = min(image.size) // (2 * max(height_and_width(preprocessing.resize)))
        found.append(KnownPicture(image.reduce(factor) if factor > 1 else image, frozenset([index])))
        if len(found) == _MOST:
            break
    if not found:
        raise FolderNotLabelled(folder, Why.FOLDER_UNREADABLE())
    return tuple(found)


def _in_turn(by_class: dict[int, list[Path]]) -> Iterator[tuple[Path, int]]:
    """Return pictures with their class: one of each class, then another one of each."""
    for place in range(max(map(len, by_class.values()))):
        for index, files in by_class.items():
            if place < len(files):
                yield files[place], index
