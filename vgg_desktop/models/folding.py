"""The weights of a chain, read from the published file block by block, batch normalisation folded in."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.models.chain import FLOAT16, Chain, Layer
from vgg_desktop.models.graphs import Tensor, mapped

BLOCK = 4 << 20  # weights that are worked on at once, in float64 some 32 MB


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The units from `first` on: their weights, one row each, and their biases."""

    first: int
    weights: NDArray[np.float64]
    biases: NDArray[np.float64]


class FoldedWeights:
    """Returns the weights of a chain's layers, one block of units at a time."""

    def __init__(self, buffer: mmap.mmap) -> None:
        self._buffer = buffer

    def blocks(self, layer: Layer) -> Iterator[Block]:
        """Return a layer's weights in their order; no more than one block is in memory."""
        step = max(1, BLOCK // layer.inputs)
        for first in range(0, layer.units, step):
            units = slice(first, min(first + step, layer.units))
            weights = self._rows(layer, units)
            count = len(weights)
            biases = self._vector(layer.bias, units) if layer.bias is not None else np.zeros(count)
            if layer.normalisation is not None:
                parts = layer.normalisation
                factors = self._vector(parts.gamma, units) / np.sqrt(
                    self._vector(parts.variance, units) + parts.epsilon
                )
                weights *= factors[:, None]
                biases = (biases - self._vector(parts.mean, units)) * factors + self._vector(
                    parts.beta, units
                )
            yield Block(first, weights, biases)

    def _rows(self, layer: Layer, units: slice) -> NDArray[np.float64]:
        # The view must not outlive this call: a file cannot be closed under it.
        view = _view(self._buffer, layer.weight)
        if layer.units_last:
            return np.ascontiguousarray(view[:, units].T, dtype=np.float64)
        return view[units].reshape(units.stop - units.start, -1).astype(np.float64)

    def _vector(self, tensor: Tensor, units: slice) -> NDArray[np.float64]:
        return _view(self._buffer, tensor)[units].astype(np.float64)


def _view(buffer: mmap.mmap, tensor: Tensor) -> NDArray[np.floating]:
    assert tensor.data is not None
    start, end = tensor.data
    kind = np.dtype("<f2" if tensor.data_type == FLOAT16 else "<f4")
    return np.frombuffer(buffer, kind, (end - start) // kind.itemsize, start).reshape(tensor.dims)


@contextmanager
def folded_weights(chain: Chain) -> Iterator[FoldedWeights]:
    """Open the published file of a chain for its weights. Raises `StorageError`."""
    with mapped(chain.path) as buffer:
        yield FoldedWeights(buffer)
