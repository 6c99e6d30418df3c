"""Finds by trial how pictures are to be prepared for a network: as it is right on most pictures of known classes.

Tried are the usual values of pixels, with the preprocessing that is in use else, then, for what is right most often,
the other order of colours, squashing, cropping without a margin, and bicubic interpolation. Another preprocessing is a
better one only if it is right on at least three pictures more (on 5 % more of many), and more than half as far above
guessing as is possible; so what is right already, or as good, stays.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vgg_desktop.errors import stop_if_cancelled
from vgg_desktop.inference.known_pictures import KnownPicture
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, MAX_SIDE, Preprocessing, height_and_width
from vgg_desktop.reasons import Reason, Value, Why

# Pictures and a preprocessing to the probabilities (N, C) that the network has for them.
Answer: TypeAlias = Callable[[Sequence[Image.Image], Preprocessing], NDArray[Any]]

_FEWEST_PICTURES = 15  # however slow the network is
_AT_ONCE = 5  # pictures in one call
_SECONDS = 20.0  # after these nothing that is only fine tuning is begun
_SECONDS_EACH = 2.0  # about, for each way to prepare all pictures
_MARGIN, _MARGIN_OF_MANY = 3, 0.05  # pictures and their share, by which another preprocessing must be better
_GOOD, _ANY_GOOD = (
    1 / 2,
    1 / 3,
)  # of the way from guessing to always right: the least to be taken; else nothing fits

Values: TypeAlias = tuple[float, tuple[float, float, float], tuple[float, float, float]]
# Scale, mean and standard deviation in the order RGB, and what they are called.
_USUAL_VALUES: tuple[tuple[Values, Why], ...] = (
    ((255.0, IMAGENET_PREPROCESSING.mean, IMAGENET_PREPROCESSING.std), Why.VALUES_IMAGENET),  # type: ignore[assignment]
    ((255.0, (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)), Why.VALUES_SYMMETRIC),
    ((255.0, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)), Why.VALUES_UNIT),
    ((1.0, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)), Why.VALUES_BYTES),
    ((1.0, (123.68, 116.779, 103.939), (1.0, 1.0, 1.0)), Why.VALUES_CAFFE),
    ((1.0, (127.0, 127.0, 127.0), (128.0, 128.0, 128.0)), Why.VALUES_LITE),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """How often a network is right with a preprocessing, and its mean probability for what is right."""

    preprocessing: Preprocessing
    right: int
    probability: float


@dataclass(frozen=True, slots=True)
class Search:
    """The outcome of a search: `best` is right on `right` of `count` pictures, `usual` on `usual_right`.

    `best` is `usual`, the preprocessing that was in use, unless another one is clearly better. `fits` tells whether
    the best is much better than guessing. `trials` are all that were tried to the end, the best first.
    """

    best: Preprocessing
    right: int
    usual: Preprocessing
    usual_right: int
    count: int
    fits: bool
    trials: tuple[Trial, ...]

    @property
    def is_better(self) -> bool:
        """Return whether another preprocessing than the one in use should be used."""
        return self.best != self.usual

    def reason(self, *, applied: bool) -> Reason:
        """Return what to tell of it; `applied` where the best is used from now on."""
        if not self.fits:
            return Why.PREPROCESSING_NONE_FITS(right=self.right, count=self.count)
        values: dict[str, Value] = {
            "right": self.right,
            "count": self.count,
            "preprocessing": describe(self.best),
        }
        if not self.is_better:
            return Why.PREPROCESSING_FITS(**values)
        why = Why.PREPROCESSING_FOUND if applied else Why.PREPROCESSING_BETTER
        return why(usual=self.usual_right, **values)


def describe(preprocessing: Preprocessing) -> Reason:
    """Return a preprocessing in a few words: the values of pixels, the colours, and what is cut off."""
    in_order = _swapped(preprocessing) if preprocessing.channels == "BGR" else preprocessing
    values = next(
        (why() for each, why in _USUAL_VALUES if _is_same(_with_values(in_order, each), in_order)),
        Why.VALUES_OTHER(
            scale=f"{in_order.scale:g}",
            mean=", ".join(f"{each:g}" for each in in_order.mean),
            std=", ".join(f"{each:g}" for each in in_order.std),
        ),
    )
    resize, crop = (
        str(size) if isinstance(size, int) else f"{size[1]} x {size[0]}"
        for size in (preprocessing.resize, preprocessing.crop)
    )
    geometry = Why.PREPARED_CROPPED if preprocessing.keep_aspect else Why.PREPARED_SQUASHED
    return Why.PREPARED(
        values=values,
        channels=preprocessing.channels,
        geometry=geometry(resize=resize, crop=crop),
        interpolation=preprocessing.interpolation,
    )


def usual_preprocessing(shape: tuple[int, int, int]) -> Preprocessing:
    """Return how pictures are mostly prepared for a network with an input of this shape (C, H, W)."""
    channels, height, width = shape
    crop = height if height == width else (height, width)
    base = replace(IMAGENET_PREPROCESSING, crop=crop, resize=_with_margin(height, width))
    if channels == 3:
        return base
    return replace(base, channels="grey", mean=(0.0,), std=(1.0,))


def search(
    answer: Answer,
    pictures: Sequence[KnownPicture],
    usual: Preprocessing,
    classes: int,
    cancel: threading.Event | None = None,
) -> Search:
    """Find the preprocessing with which a network of so many classes is right on most pictures.

    `usual` is the one in use; its crop is the size of the network's input. It takes the longer the more is in doubt:
    for what is right already a run of each picture, at most some 20 seconds. Raises `Cancelled` and what `answer` does.
    """
    return _Searching(answer, list(pictures), usual, classes, cancel).run()


class _Searching:
    """One search."""

    def __init__(
        self,
        answer: Answer,
        pictures: list[KnownPicture],
        usual: Preprocessing,
        classes: int,
        cancel: threading.Event | None,
    ) -> None:
        self._answer, self._pictures, self._usual = answer, pictures, usual
        self._classes, self._cancel = classes, cancel
        self._trials: list[Trial] = []
        self._end = time.monotonic() + _SECONDS

    def run(self) -> Search:
        self._shorten()
        usual = self._try(self._usual)
        assert usual is not None
        count = len(self._pictures)
        margin = max(_MARGIN, round(_MARGIN_OF_MANY * count))
        values = self._try_values(usual, margin)
        self._try_geometry(values, margin)
        best = self._choose(usual, values, margin)
        most = max(self._trials, key=_rank)
        return Search(
            best=best.preprocessing,
            right=best.right,
            usual=self._usual,
            usual_right=usual.right,
            count=count,
            fits=self._above_guessing(most) >= _ANY_GOOD,
            trials=tuple(sorted(self._trials, key=_rank, reverse=True)),
        )

    def _try_values(self, usual: Trial, margin: int) -> Trial:
        """Try other values of pixels, then the other order of the colours for the best ones; return the best."""
        if usual.right > len(self._pictures) - margin:
            return usual  # none can be better by the margin
        is_grey = self._usual.channels == "grey"
        for values, why in _USUAL_VALUES:
            other = _with_values(self._usual, values)
            if why is Why.VALUES_CAFFE and not is_grey:
                other = _swapped(other)  # Caffe's colours are in the order BGR
            self._try(other, least=max(map(_right, self._trials)))
        if not is_grey:
            for trial in sorted(self._trials, key=_rank, reverse=True)[:2]:
                self._try(_swapped(trial.preprocessing), least=max(map(_right, self._trials)))
        return max(self._trials, key=_rank)

    def _try_geometry(self, best: Trial, margin: int) -> None:
        """Try with the best values what else differs between networks."""
        if best.right > len(self._pictures) - margin:
            return
        crop = height_and_width(self._usual.crop)
        for keep_aspect, resize in (
            (True, _with_margin(*crop)),
            (False, self._usual.crop),
            (True, self._usual.crop),
        ):
            for interpolation in ("bilinear", "bicubic"):
                if time.monotonic() < self._end:
                    other = replace(
                        best.preprocessing,
                        keep_aspect=keep_aspect,
                        resize=resize,
                        interpolation=interpolation,
                    )
                    self._try(other, least=best.right + 1)

    def _choose(self, usual: Trial, values: Trial, margin: int) -> Trial:
        """Return what is clearly better than the usual one, of what is nearly as good as the best the simplest change.

        If there is none, it is the usual one.
        """
        most = max(self._trials, key=_rank)
        only_geometry = replace(
            self._usual,
            resize=most.preprocessing.resize,
            keep_aspect=most.preprocessing.keep_aspect,
            interpolation=most.preprocessing.interpolation,
        )
        least = max(usual.right + margin, most.right - margin + 1)
        self._try(only_geometry, least)
        for wanted in (values.preprocessing, only_geometry, most.preprocessing):
            for trial in self._trials:
                is_enough = trial.right >= least and self._above_guessing(trial) >= _GOOD
                if trial.preprocessing == wanted and is_enough:
                    return trial
        return usual

    def _try(self, preprocessing: Preprocessing, least: int = 0) -> Trial | None:
        """Try a preprocessing unless it was; given up, without a trial, once it cannot be right `least` times."""
        if any(_is_same(each.preprocessing, preprocessing) for each in self._trials):
            return None
        right, probability, left = 0, 0.0, len(self._pictures)
        for start in range(0, left, _AT_ONCE):
            part = self._pictures[start : start + _AT_ONCE]
            for picture, row in zip(part, self._run(part, preprocessing), strict=True):
                right += int(np.argmax(row)) in picture.classes
                probability += float(sum(row[each] for each in picture.classes))
            left -= len(part)
            if right + left < least:
                return None
        trial = Trial(preprocessing, right, probability / len(self._pictures))
        self._trials.append(trial)
        return trial

    def _run(self, pictures: Sequence[KnownPicture], preprocessing: Preprocessing) -> NDArray[Any]:
        stop_if_cancelled(self._cancel)
        return self._answer([each.image for each in pictures], preprocessing)

    def _shorten(self) -> None:
        """Leave only as many pictures as can be tried soon."""
        if len(self._pictures) > _FEWEST_PICTURES:
            self._run(self._pictures[:_AT_ONCE], self._usual)  # the first run takes longer than any other
            started = time.monotonic()
            self._run(self._pictures[:_AT_ONCE], self._usual)
            each = max(1e-6, (time.monotonic() - started) / _AT_ONCE)
            del self._pictures[max(_FEWEST_PICTURES, int(_SECONDS_EACH / each)) :]

    def _above_guessing(self, trial: Trial) -> float:
        """Return how far the share of right answers is on the way from guessing, 0, to always right, 1."""
        guessing = 1 / self._classes
        return (trial.right / len(self._pictures) - guessing) / (1 - guessing)


def _right(trial: Trial) -> int:
    return trial.right


def _rank(trial: Trial) -> tuple[int, float]:
    return trial.right, trial.probability


def _with_margin(height: int, width: int) -> int | tuple[int, int]:
    """Return the usual size to resize to before the crop: in the ratio of 256 to 224."""
    down, across = (min(side * 256 // 224, MAX_SIDE) for side in (height, width))
    return down if height == width else (down, across)


def _with_values(preprocessing: Preprocessing, values: Values) -> Preprocessing:
    """Return a preprocessing with other values of pixels, in the order RGB or of grey."""
    scale, mean, std = values
    if preprocessing.channels == "grey":
        return replace(preprocessing, scale=scale, mean=(sum(mean) / 3,), std=(sum(std) / 3,))
    return replace(preprocessing, channels="RGB", scale=scale, mean=mean, std=std)


def _swapped(preprocessing: Preprocessing) -> Preprocessing:
    """Return the same with the colours in the other order."""
    return replace(
        preprocessing,
        channels="RGB" if preprocessing.channels == "BGR" else "BGR",
        mean=preprocessing.mean[::-1],
        std=preprocessing.std[::-1],
    )


def _is_same(one: Preprocessing, other: Preprocessing) -> bool:
    """Return whether two are the same, however their values are written."""

    def values(each: Preprocessing) -> NDArray[np.float64]:
        return each.scale * np.array([each.mean, each.std])

    blank = partial(replace, scale=1.0, mean=one.mean, std=one.std)
    return blank(one) == blank(other) and np.allclose(values(one), values(other), rtol=1e-5, atol=1e-3)
