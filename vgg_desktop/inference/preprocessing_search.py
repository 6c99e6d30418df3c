"""Finds by trial how pictures are to be prepared for a network: so that it is right about pictures of known classes.

Tried are the usual values of pixels, with the preprocessing that is in use else, then, for the best, the other order of
the colours, squashing, cropping without a margin, and bicubic interpolation. What counts is the mean probability of the
right classes: with small networks it told the right one from all others in every trial, the number of pictures only
from the very wrong. `_Searching._is_better` says what is clearly better; what is as good as the one in use stays.
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
from vgg_desktop.reasons import Reason, Value
from vgg_desktop.why import Why

# Pictures and a preprocessing to the probabilities (N, C) that the network has for them; None where it fails on them.
Answer: TypeAlias = Callable[[Sequence[Image.Image], Preprocessing], NDArray[Any] | None]

_FEWEST_PICTURES = 15  # however slow the network is
_AT_ONCE = 5  # pictures in one call
_SECONDS = 20.0  # after these nothing else is tried
_SECONDS_EACH = 2.0  # about, for each way to prepare all pictures
_MARGIN, _MARGIN_OF_MANY = 3, 0.05  # pictures, and their share, that another preprocessing must be better by
_MARGIN_OF_PROBABILITY = 0.05  # or by this much, where the number is no smaller
_GOOD, _ANY_GOOD = (
    1 / 2,
    1 / 3,
)  # of the way from guessing to always right: the least to be taken; else nothing fits

Values: TypeAlias = tuple[float, tuple[float, float, float], tuple[float, float, float]]
# Scale, mean and standard deviation in the order RGB, and what they are called. The last is not tried: no picture can
# tell it from values from -1 to 1.
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
    """On how many pictures a network is right with a preprocessing, and its mean probability for what is right."""

    preprocessing: Preprocessing
    right: int
    probability: float


@dataclass(frozen=True, slots=True)
class Search:
    """The outcome of a search on `count` pictures.

    `best` is `usual`, the preprocessing that was in use, unless another one is clearly better. `fits` tells whether
    any is much better than guessing. `trials` are all that were tried to the end, the best first.
    """

    best: Trial
    usual: Trial
    count: int
    fits: bool
    trials: tuple[Trial, ...]

    @property
    def is_better(self) -> bool:
        """Return whether another preprocessing than the one in use should be used."""
        return self.best != self.usual

    def reason(self, *, applied: bool) -> Reason:
        """Return what to tell of it; `applied` where the best is used from now on."""
        best, usual = self.best, self.usual
        if not self.fits:
            return Why.PREPROCESSING_NONE_FITS(right=max(map(_right, self.trials)), count=self.count)
        values: dict[str, Value] = {
            "right": best.right,
            "count": self.count,
            "percent": round(100 * best.probability),
        }
        if not self.is_better:
            return Why.PREPROCESSING_FITS(**values)
        why = Why.PREPROCESSING_FOUND if applied else Why.PREPROCESSING_BETTER
        return why(
            usual=usual.right,
            usual_percent=round(100 * usual.probability),
            preprocessing=describe(best.preprocessing),
            **values,
        )


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


def search(
    answer: Answer,
    pictures: Sequence[KnownPicture],
    usual: Preprocessing,
    classes: int,
    cancel: threading.Event | None = None,
    *,
    takes_bytes: bool = False,
) -> Search:
    """Find the preprocessing with which a network of so many classes is right about pictures.

    `usual` is the one in use; its crop is the size of the network's input. A network that takes bytes has the values of
    pixels settled. It takes some 20 seconds for networks that
    are slow, with fewer than all pictures of a large folder. Raises `Cancelled` and what `answer` does.
    """
    return _Searching(answer, list(pictures), usual, classes, cancel, takes_bytes=takes_bytes).run()


class _Searching:
    """One search."""

    def __init__(
        self,
        answer: Answer,
        pictures: list[KnownPicture],
        usual: Preprocessing,
        classes: int,
        cancel: threading.Event | None,
        *,
        takes_bytes: bool,
    ) -> None:
        self._tried_values = () if takes_bytes else _USUAL_VALUES[:-1]
        self._answer, self._pictures, self._usual = answer, pictures, usual
        self._classes, self._cancel = classes, cancel
        self._trials: list[Trial] = []
        self._end = time.monotonic() + _SECONDS

    def run(self) -> Search:
        self._shorten()
        usual = Trial(self._usual, 0, 0.0)
        tried = self._try(self._usual, usual)
        if tried is None:  # the network fails with it
            self._trials.append(usual)
        usual = tried or usual
        values = self._try_values(usual)
        self._try_geometry(usual, values)
        best = self._choose(usual, values)
        most = max(map(_right, self._trials))
        return Search(
            best=best,
            usual=usual,
            count=len(self._pictures),
            fits=self._above_guessing(most) >= _ANY_GOOD,
            trials=tuple(sorted(self._trials, key=_probability, reverse=True)),
        )

    def _try_values(self, usual: Trial) -> Trial:
        """Try other values of pixels, then the other order of the colours for the best ones; return the best."""
        is_grey = self._usual.channels == "grey"
        for values, why in self._tried_values:
            other = _with_values(self._usual, values)
            if why is Why.VALUES_CAFFE and not is_grey:
                other = _swapped(other)  # Caffe's colours are in the order BGR
            self._try(other, usual)
        if not is_grey:
            for trial in sorted(self._trials, key=_probability, reverse=True)[:2]:
                self._try(_swapped(trial.preprocessing), usual)
        return max(self._trials, key=_probability)

    def _try_geometry(self, usual: Trial, best: Trial) -> None:
        """Try with the best values what else differs between networks."""
        crop = height_and_width(self._usual.crop)
        for keep_aspect, resize in (
            (True, _with_margin(*crop)),
            (False, self._usual.crop),
            (True, self._usual.crop),
        ):
            for interpolation in ("bilinear", "bicubic"):
                other = replace(
                    best.preprocessing, keep_aspect=keep_aspect, resize=resize, interpolation=interpolation
                )
                self._try(other, usual)

    def _choose(self, usual: Trial, values: Trial) -> Trial:
        """Return what is clearly better than the usual one; of what is nearly as good as the best, the simplest change.

        If there is none, it is the usual one.
        """
        most = max(self._trials, key=_probability)
        only_geometry = replace(
            self._usual,
            resize=most.preprocessing.resize,
            keep_aspect=most.preprocessing.keep_aspect,
            interpolation=most.preprocessing.interpolation,
        )
        self._try(only_geometry, usual)
        for wanted in (values.preprocessing, only_geometry, most.preprocessing):
            for trial in self._trials:
                is_good = self._is_better(trial, usual) and self._above_guessing(trial.right) >= _GOOD
                if trial.preprocessing == wanted and is_good and not self._is_better(most, trial):
                    return trial
        return usual

    def _is_better(self, one: Trial, other: Trial) -> bool:
        """Return whether one is clearly better than another.

        It is right on at least three pictures more (5 % of many), or on no fewer with a probability of at least 0.05
        more, and never with a lower one.
        """
        margin = max(_MARGIN, round(_MARGIN_OF_MANY * len(self._pictures)))
        more = one.probability - other.probability
        return more > 0 and (
            one.right >= other.right + margin or (one.right >= other.right and more >= _MARGIN_OF_PROBABILITY)
        )

    def _try(self, preprocessing: Preprocessing, usual: Trial) -> Trial | None:
        """Try a preprocessing unless it was, or time is up; given up, without a trial, once it cannot be as good.

        It may be right a little less often: with its colours in the other order it may still be the best.
        """
        is_known = any(_is_same(each.preprocessing, preprocessing) for each in self._trials)
        if is_known or (self._trials and time.monotonic() > self._end):
            return None
        count = len(self._pictures)
        least = count * (max(map(_probability, self._trials), default=0.0) - _MARGIN_OF_PROBABILITY)
        right, probability, left = 0, 0.0, count
        for start in range(0, count, _AT_ONCE):
            part = self._pictures[start : start + _AT_ONCE]
            rows = self._run(part, preprocessing)
            if rows is None:
                return None
            for picture, row in zip(part, rows, strict=True):
                right += int(np.argmax(row)) in picture.classes
                probability += float(sum(row[each] for each in picture.classes))
            left -= len(part)
            if right + left < usual.right - _MARGIN or probability + left < least:
                return None
        trial = Trial(preprocessing, right, probability / count)
        self._trials.append(trial)
        return trial

    def _run(self, pictures: Sequence[KnownPicture], preprocessing: Preprocessing) -> NDArray[Any] | None:
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

    def _above_guessing(self, right: int) -> float:
        """Return how far the share of right answers is on the way from guessing, 0, to always right, 1."""
        guessing = 1 / self._classes
        return (right / len(self._pictures) - guessing) / (1 - guessing)


def _right(trial: Trial) -> int:
    return trial.right


def _probability(trial: Trial) -> float:
    return trial.probability


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
