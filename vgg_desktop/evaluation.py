"""How often a network is right on pictures whose class is known: one folder per class."""

import math
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from vgg_desktop.errors import FolderNotLabelled, VggDesktopError, stop_if_cancelled
from vgg_desktop.images.labelled import labelled_pictures
from vgg_desktop.inference.batch import classify_many
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.why import Why

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

    pictures = labelled_pictures(folder, classifier.labels, fail, cancel)
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
