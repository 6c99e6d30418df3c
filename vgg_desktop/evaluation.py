"""How often a network is right on pictures whose class is known: one folder per class."""

import math
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from vgg_desktop.errors import FolderNotLabelled, ImageUnreadable, VggDesktopError, stop_if_cancelled
from vgg_desktop.images.finding import find_pictures, is_junk
from vgg_desktop.inference.batch import classify_many
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.models.labels import Label, comparable, folder_name
from vgg_desktop.reasons import Why, system_reason

Protocol = Literal["centre", "squash"]
_TOP = 5
_Z = 1.959963984540054  # standard deviations on either side of which 95 % of a normal distribution lie


@dataclass(frozen=True, slots=True)
class Share:
    """A share of pictures in percent, with its 95 % confidence interval."""

    percent: float
    interval95: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an evaluation: `images` were classified, `failed` pictures and folders could not be read.

    `top1` counts the pictures whose most probable class is theirs, `top5` those whose class is among the five most
    probable.
    """

    images: int
    failed: int
    top1: Share
    top5: Share


def share(count: int, total: int) -> Share:
    """Return `count` of `total` as a share with its Wilson score interval (Wilson 1927)."""
    found, spread = count / total, _Z**2 / total
    middle = (found + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(found * (1 - found) / total + spread / (4 * total))
    return Share(100 * found, (100 * max(0.0, middle - half), 100 * min(1.0, middle + half)))


def evaluate(
    classifier: Classifier,
    folder: Path,
    protocol: Protocol = "centre",
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    failed: Callable[[VggDesktopError], None] = lambda _error: None,
    cancel: threading.Event | None = None,
) -> Report:
    """Classify a folder with one sub-folder per class, fully decoded, and return the accuracy.

    Sub-folders are named by WordNet id, by one of the class's names, or by its index. `centre` prepares pictures as
    `classify` does; `squash` ignores their proportions, as was done for the accuracies that the zoo publishes.
    `progress` gets the number done and the total, `failed` the error of each picture or folder that cannot be read.
    Raises `FolderNotLabelled`, `ModelUnusable`, `Cancelled`.
    """
    unread: list[VggDesktopError] = []

    def fail(error: VggDesktopError) -> None:
        unread.append(error)
        failed(error)

    pictures = _labelled(folder, classifier.labels, fail, cancel)
    preprocessing = (
        replace(classifier.spec.preprocessing, keep_aspect=False) if protocol == "squash" else None
    )
    images = first = among = 0
    answers = classify_many(
        classifier,
        pictures,
        lambda each: each[0],
        _TOP,
        decode="full",
        preprocessing=preprocessing,
        cancel=cancel,
    )
    with closing(answers):
        for done, answer in enumerate(answers, 1):
            stop_if_cancelled(cancel)
            if isinstance(answer.outcome, VggDesktopError):
                fail(answer.outcome)
            else:
                found = [each.index for each in answer.outcome.predictions]
                _, expected = answer.item
                images += 1
                first += found[0] == expected
                among += expected in found
            progress(done, len(pictures))
    if not images:
        raise FolderNotLabelled(folder, Why.FOLDER_UNREADABLE())
    return Report(images, len(unread), share(first, images), share(among, images))


def _labelled(
    folder: Path,
    labels: tuple[Label, ...],
    failed: Callable[[VggDesktopError], None],
    cancel: threading.Event | None,
) -> list[tuple[Path, int]]:
    """Return the pictures of a folder with the index of their class.

    `failed` gets the error of each folder within that cannot be read. Raises `FolderNotLabelled`, `Cancelled`.
    """
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
