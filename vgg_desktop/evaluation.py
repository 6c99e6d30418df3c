"""How often a network is right on pictures whose class is known: one folder a class."""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from vgg_desktop.errors import Cancelled, FolderNotLabelled, ImageUnreadable, VggDesktopError
from vgg_desktop.images.reading import find_pictures
from vgg_desktop.inference.batch import classify_many
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.models.labels import Label

Protocol = Literal["centre", "squash"]
PROTOCOLS: tuple[str, ...] = get_args(Protocol)
_TOP = 5
_Z = 1.959963984540054  # standard deviations on either side of which 95 % of a normal distribution lie


@dataclass(frozen=True, slots=True)
class Share:
    """A share of pictures in percent, with the interval in which it lies with 95 % certainty."""

    percent: float
    interval95: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: `images` were classified, `failed` could not be read.

    `top1` counts the pictures whose most probable class is theirs, `top5` those whose class is among the five most
    probable.
    """

    images: int
    failed: int
    top1: Share
    top5: Share


@dataclass(frozen=True, slots=True)
class _Labelled:
    path: Path
    index: int


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
    """Classify a folder with one sub-folder a class, every picture decoded in full, and count what is right.

    Sub-folders are named by WordNet id, by the class's index, or by one of its names. `centre` prepares pictures as
    `classify` does; `squash` ignores their proportions, as was done for the accuracies that the zoo publishes.
    `progress` gets how many of how many are done, `failed` each picture's error. Raises `FolderNotLabelled`,
    `ModelUnusable`, `Cancelled`.
    """
    pictures = _labelled(folder, classifier.labels)
    spec = classifier.spec
    try:
        if protocol == "squash":
            classifier.spec = replace(spec, preprocessing=replace(spec.preprocessing, keep_aspect=False))
        return _count(classifier, folder, pictures, progress, failed, cancel or threading.Event())
    finally:
        classifier.spec = spec


def _count(
    classifier: Classifier,
    folder: Path,
    pictures: list[_Labelled],
    progress: Callable[[int, int], None],
    failed: Callable[[VggDesktopError], None],
    cancel: threading.Event,
) -> Report:
    images = first = among = 0
    answers = classify_many(classifier, pictures, lambda each: each.path, _TOP, decode="full")
    with closing(answers):
        for done, answer in enumerate(answers, 1):
            if cancel.is_set():
                raise Cancelled
            if isinstance(answer.outcome, VggDesktopError):
                failed(answer.outcome)
            else:
                found = [each.index for each in answer.outcome.predictions]
                images += 1
                first += found[0] == answer.item.index
                among += answer.item.index in found
            progress(done, len(pictures))
    if not images:
        raise FolderNotLabelled(folder, "none of its pictures could be read")
    return Report(images, len(pictures) - images, share(first, images), share(among, images))


def _labelled(folder: Path, labels: tuple[Label, ...]) -> list[_Labelled]:
    """Return the pictures of a folder with the index of their class. Raises `FolderNotLabelled`."""
    try:
        folders = sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    except OSError as error:
        raise FolderNotLabelled(folder, error.strerror or str(error)) from error
    known = _names(labels)
    unknown = [each.name for each in folders if known.get(each.name.casefold()) is None]
    if not folders or unknown:
        reason = f"{unknown[0]} is no class of this network" if unknown else "it has no sub-folders"
        raise FolderNotLabelled(folder, reason)
    found = [
        _Labelled(path, known[each.name.casefold()] or 0) for each in folders for path in _pictures(each)
    ]
    if not found:
        raise FolderNotLabelled(folder, "its sub-folders hold no pictures")
    return found


def _pictures(folder: Path) -> list[Path]:
    try:
        return find_pictures(folder, recursive=True)
    except ImageUnreadable as error:
        raise FolderNotLabelled(folder, error.reason) from error


def _names(labels: tuple[Label, ...]) -> dict[str, int | None]:
    """Return what a class may be called; None for names that two classes share ("crane" is a bird and a machine)."""
    known: dict[str, int | None] = {}
    for label in labels:
        for name in dict.fromkeys(_called(label)):
            known[name] = label.index if name not in known else None
    # These are never shared, whatever another class is called.
    for label in labels:
        known |= {label.id.casefold(): label.index}
    return known


def _called(label: Label) -> Iterator[str]:
    yield str(label.index)
    yield label.name.casefold()
    for name in label.name.split(","):
        yield name.strip().casefold()
        yield name.strip().casefold().replace(" ", "_")
