"""How a network's file may take pictures, by its header."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from vgg_desktop.errors import ImportNeedsDetails, ModelUnusable
from vgg_desktop.inference.runtime import Port
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, Layout, Preprocessing, height_and_width
from vgg_desktop.why import Why

_COLOURS = (1, 3)  # channels: grey, or three
_SMALLEST_GUESSED = 16  # pixels; smaller networks are none of ImageNet's


class Way(NamedTuple):
    """One way to take pictures: the layout, and the shape (C, H, W) of a prepared one."""

    layout: Layout
    shape: tuple[int, int, int]


def ways(path: Path, port: Port, said: Preprocessing | None) -> list[Way]:
    """Return the ways in which an input may take pictures, the most usual first; `said` settles what is left open.

    Raises `ImportNeedsDetails` where `said` does not fit or is needed, `ModelUnusable` for what takes no pictures.
    """
    sides = port.shape[1:]
    if len(sides) == 1:
        return [_flat(path, sides[0], said)]
    if len(sides) == 2:  # grey pictures without a dimension for the channel
        return [Way("channels-first", (1, *_size(path, *sides, said)))]
    layouts: list[tuple[Layout, int | None, int | None, int | None]] = [
        ("channels-first", sides[0], sides[1], sides[2]),
        ("channels-last", sides[2], sides[0], sides[1]),
    ]
    declared = [each for each in layouts if each[1] in _COLOURS]
    possible = declared or [each for each in layouts if each[1] is None]
    if not possible:
        raise ModelUnusable(path, Why.NETWORK_CHANNELS(count=min(sides[0] or 0, sides[2] or 0)))
    wanted = (said.shape[0],) if said is not None else _COLOURS[::-1]
    return [
        Way(layout, (count, *_size(path, height, width, said)))
        for layout, channels, height, width in possible
        for count in (wanted if channels is None else (channels,))
    ]


def _flat(path: Path, count: int | None, said: Preprocessing | None) -> Way:
    if said is None:
        raise ImportNeedsDetails(path, Why.IMPORT_FLAT(count=count or "?"))
    channels, height, width = said.shape
    if count not in (None, channels * height * width):
        shape = f"{width} x {height} x {channels}"
        raise ImportNeedsDetails(path, Why.IMPORT_FLAT_SIZE(count=count, shape=shape))
    return Way("flat", said.shape)


def _size(path: Path, height: int | None, width: int | None, said: Preprocessing | None) -> tuple[int, int]:
    """Return height and width of a prepared picture; one side that is open is as long as the other."""
    if said is None:
        usual = height_and_width(IMAGENET_PREPROCESSING.crop)[0]
        size = height or width or usual, width or height or usual
        if min(size) < _SMALLEST_GUESSED:
            raise ImportNeedsDetails(path, Why.IMPORT_SMALL_INPUT(side=min(size)))
        return size
    size = height_and_width(said.crop)
    needed = height or size[0], width or size[1]
    if needed != size:
        crop = str(list(said.crop) if isinstance(said.crop, tuple) else said.crop)
        raise ImportNeedsDetails(path, Why.IMPORT_CROP(width=needed[1], height=needed[0], crop=crop))
    return size


def fitted(path: Path, said: Preprocessing, channels: int) -> Preprocessing:
    """Return a preprocessing for a network's number of channels: colours become grey where one value stands for all.

    Raises `ImportNeedsDetails`.
    """
    if said.shape[0] == channels:
        return said
    if channels == 1 and len(set(said.mean)) == len(set(said.std)) == 1:
        return replace(said, channels="grey", mean=said.mean[:1], std=said.std[:1])
    raise ImportNeedsDetails(path, Why.IMPORT_CHANNELS(count=channels, channels=said.channels))
