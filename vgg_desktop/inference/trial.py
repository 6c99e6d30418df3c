"""A network tried on pictures that tell how it is to be used; runs within the child process of `isolation`."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import ModelUnusable
from vgg_desktop.inference.network import TOLERANCE, Network, probe
from vgg_desktop.models.catalog import Preprocessing

_SIZES = (2, 4, 8, 16, 32, 64)  # of batches that a file may need though its header does not say so
_FAR = (30.0, -30.0, 1000.0, -1000.0)  # times the deviation of prepared pictures


class Trial(NamedTuple):
    """What a network returned: the batch that a run needs, its scores (N, C) of pictures, and of extremes."""

    batch: int | None
    scores: NDArray[np.float32]
    extremes: NDArray[np.float32]


def try_out(network: Network, shape: Sequence[int], preprocessing: Preprocessing | None) -> Trial:
    """Run a network on pictures of a shape (C, H, W), one by one and two at a time. Raises `ModelUnusable`.

    A free batch in the header need not be free inside: the rows of two pictures must be those of each alone.
    """
    noise = probe(shape)
    others: Iterator[NDArray[np.float32]] = iter(())
    far: Iterator[NDArray[np.float32]] = iter(())
    if network.input.type == "tensor(uint8)":
        first, second = itertools.islice(_bytes(shape), 2)
        others = itertools.islice(_bytes(shape), 2, None)
    else:
        first, second = noise, -noise
        if preprocessing is not None and len(preprocessing.mean) == shape[0]:
            others = (_normalised(each, preprocessing) for each in _bytes(shape))
        far = (noise * factor for factor in _FAR)
    batch = network.interface.batch
    if network.input.shape[0] is None:
        batch = _batch(network, first, second)
    network = network.used_as(replace(network.interface, batch=batch))
    scores = np.concatenate([network.scores(each) for each in itertools.chain((first, second), others)])
    extremes = [scores[:0]]
    for each in far:
        try:
            extremes.append(network.scores(each))
        except ModelUnusable:  # its numbers overflow
            break
    return Trial(batch, scores, np.concatenate(extremes))


def _bytes(shape: Sequence[int]) -> Iterator[NDArray[np.float32]]:
    """Return pictures of whole numbers from 0 to 255, one after the other as they may be large: noise, black, white."""
    random = np.random.default_rng(1)
    for _ in range(2):
        yield random.integers(0, 256, (1, *shape), np.uint8).astype(np.float32)
    for level in (0, 255):
        yield np.full((1, *shape), level, np.float32)


def _normalised(pixels: NDArray[np.float32], preprocessing: Preprocessing) -> NDArray[np.float32]:
    mean, std = (
        np.array(each, np.float32)[:, None, None] for each in (preprocessing.mean, preprocessing.std)
    )
    return (pixels / np.float32(preprocessing.scale) - mean) / std


def _batch(network: Network, first: NDArray[np.float32], second: NDArray[np.float32]) -> int | None:
    """Return how many pictures one run needs, None for any number. Raises `ModelUnusable` where none works."""
    alone = network.used_as(replace(network.interface, batch=1))
    try:
        expected = np.concatenate([alone.scores(first), alone.scores(second)])
    except ModelUnusable:
        for size in _SIZES:
            try:
                network.used_as(replace(network.interface, batch=size)).scores(first)
            except ModelUnusable:
                continue
            return size
        raise
    try:
        found = network.scores(np.concatenate([first, second]))
    except ModelUnusable:
        return 1
    if found.shape != expected.shape:
        return 1
    tolerance = TOLERANCE * (10 if network.input.type == "tensor(float16)" else 1)
    difference = float(np.abs(found - expected).max())
    return None if difference <= tolerance * float(np.abs(expected).max()) else 1
