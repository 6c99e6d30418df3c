"""The half-precision form of a chain as ONNX: 16-bit numbers inside, 32-bit ones at the borders."""

import threading
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import Cancelled
from vgg_desktop.models.chain import FLOAT16, Chain, Layer, window_attributes
from vgg_desktop.models.folding import FoldedWeights
from vgg_desktop.models.graphs import ALIGNMENT, FLOAT
from vgg_desktop.models.onnx_writing import GraphParts, model, value

_LARGEST = float(np.finfo(np.float16).max)


class HalfGraph:
    """Collects the layers of a chain; their weights go to a file at once, beside which the graph must lie."""

    def __init__(self, file: BinaryIO, location: str, side: int) -> None:
        """Begin with pictures (N, 3, side, side)."""
        self._parts = GraphParts(file, location)
        self._picture = value("picture", "float32", 3, side, side)
        self._value, self._units, self._count = "picture", 0, 0
        self._node("Cast", "half_picture", to=FLOAT16)

    def add(self, layer: Layer, weights: FoldedWeights, cancel: threading.Event) -> None:
        """Append a layer; no more than one block of its weights is in memory. Raises `Cancelled`."""
        name = f"layer{self._count}"
        self._count += 1
        self._units = layer.units
        biases = np.empty(layer.units, np.float16)

        def blocks() -> Iterator[NDArray[Any]]:
            for block in weights.blocks(layer):
                if cancel.is_set():
                    raise Cancelled
                biases[block.first : block.first + len(block.biases)] = _half(block.biases)
                yield _half(block.weights)

        dims = layer.weight.dims if layer.window is not None else (layer.units, layer.inputs)
        self._parts.store(f"{name}_weights", dims, "float16", blocks())
        self._parts.constant(f"{name}_biases", biases)
        parts = (f"{name}_weights", f"{name}_biases")
        if layer.window is not None:
            self._node("Conv", f"{name}_sums", *parts, **window_attributes(layer.window))
        else:
            self._node("Gemm", f"{name}_sums", *parts, transB=1)
        if layer.relu:
            self._node("Relu", f"{name}_positive")
        for number, pool in enumerate(layer.pools):
            self._node("MaxPool", f"{name}_pool{number}", **window_attributes(pool))
        if layer.flat:
            self._node("Flatten", f"{name}_flat", axis=1)

    def graph(self) -> bytes:
        """Return the finished graph; the last layer's result is its output."""
        self._node("Cast", "scores", to=FLOAT)
        return model(
            "half",
            nodes=bytes(self._parts.nodes),
            initializers=bytes(self._parts.initializers),
            picture=self._picture,
            scores=value("scores", "float32", self._units),
        )

    def _node(self, kind: str, output: str, *weights: str, **attributes: int | tuple[int, ...]) -> None:
        self._value = self._parts.node(kind, [self._value, *weights], output, **attributes)


def _half(values: NDArray[np.float64]) -> NDArray[Any]:
    """Round to 16 bits; what is too large becomes the largest number, not infinity."""
    return np.clip(values, -_LARGEST, _LARGEST).astype("<f2")


def half_bytes(chain: Chain) -> int:
    """Return how many bytes the weights of a chain's half-precision form take."""
    return sum(2 * layer.units * layer.inputs + ALIGNMENT for layer in chain.layers)
