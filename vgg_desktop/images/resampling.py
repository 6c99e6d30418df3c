"""A part of an enlarged picture, without making the rest: for pictures thousands of times as long as wide.

Pillow's own `resize(size, box=...)` rounds the box to single precision and gives other pixels. This repeats
the arithmetic of its Resample.c for eight bits, so that the pixels are the same: each pixel of the result has
some weights in 22-bit fixed point, first along the rows, rounded to eight bits, then along the columns. Only
for enlarging: when making smaller, newer Pillows begin with the columns where that is less work.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_PRECISION = 22


def _triangle(x: float) -> float:
    return max(0.0, 1.0 - abs(x))


def _cubic(x: float) -> float:
    """Keys' cubic with a = -0.5."""
    a, x = -0.5, abs(x)
    if x < 1.0:
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1
    if x < 2.0:
        return (((x - 5) * x + 8) * x - 4) * a
    return 0.0


def _sinc(x: float) -> float:
    return 1.0 if x == 0.0 else math.sin(x * math.pi) / (x * math.pi)


def _lanczos(x: float) -> float:
    return _sinc(x) * _sinc(x / 3) if -3.0 <= x < 3.0 else 0.0


_FILTERS: dict[Image.Resampling, tuple[int, Callable[[float], float]]] = {
    Image.Resampling.BILINEAR: (1, _triangle),
    Image.Resampling.BICUBIC: (2, _cubic),
    Image.Resampling.LANCZOS: (3, _lanczos),
}


def enlarge_part(
    image: Image.Image, size: tuple[int, int], box: tuple[int, int, int, int], method: Image.Resampling
) -> NDArray[np.uint8]:
    """Return what `image.resize(size, method).crop(box)` would, as an array (height, width, 3).

    `box` is left, top, right, bottom within `size`, which no side of `image` (of mode RGB) may exceed. With
    the filter "nearest" a pixel may be its neighbour, as Pillow adds up its positions instead.
    """
    left, top, right, bottom = box
    columns, across = _weights(image.width, size[0], range(left, right), method)
    rows, down = _weights(image.height, size[1], range(top, bottom), method)
    corner = int(columns.min()), int(rows.min())
    part = np.asarray(image.crop((*corner, int(columns.max()) + 1, int(rows.max()) + 1)))
    narrowed = _weighted(part, columns - corner[0], across)
    shortened = _weighted(narrowed.swapaxes(0, 1), rows - corner[1], down)
    return np.ascontiguousarray(shortened.swapaxes(0, 1))


def _weights(
    old: int, new: int, wanted: range, method: Image.Resampling
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Return for each wanted pixel of a side enlarged from `old` to `new` which pixels it is made of, and how.

    Both arrays have the shape (wanted, taps); unused taps repeat the last pixel with a weight of zero.
    """
    scale = old / new
    if method is Image.Resampling.NEAREST:
        nearest = np.array([[min(old - 1, int((each + 0.5) * scale))] for each in wanted], np.intp)
        return nearest, np.full(nearest.shape, 1 << _PRECISION, np.int64)
    radius, kernel = _FILTERS[method]
    pixels = np.zeros((len(wanted), 2 * radius + 1), np.intp)
    weights = np.zeros(pixels.shape, np.int64)
    for i, each in enumerate(wanted):
        centre = (each + 0.5) * scale
        first = max(0, int(centre - radius + 0.5))
        last = min(old, int(centre + radius + 0.5)) - 1
        values = [kernel(x - centre + 0.5) for x in range(first, last + 1)]
        total = 0.0
        for value in values:  # not `sum`, which rounds more exactly than C since Python 3.12
            total += value
        pixels[i] = np.minimum(first + np.arange(2 * radius + 1), last)
        for tap, value in enumerate(values):
            fixed = value / total * (1 << _PRECISION)
            weights[i, tap] = int(fixed - 0.5 if fixed < 0 else fixed + 0.5)
    return pixels, weights


def _weighted(
    pixels: NDArray[np.uint8], chosen: NDArray[np.intp], weights: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Sum the chosen pixels of each row: (rows, columns, 3) to (rows, wanted, 3)."""
    rounded: NDArray[np.uint8]
    total = np.full((pixels.shape[0], chosen.shape[0], 3), 1 << (_PRECISION - 1), np.int64)
    for tap in range(chosen.shape[1]):
        total += pixels[:, chosen[:, tap]] * weights[:, tap, None]
    rounded = np.clip(total >> _PRECISION, 0, 255).astype(np.uint8)
    return rounded
