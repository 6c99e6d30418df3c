"""The half-precision form of a sequential CNN: 16-bit numbers inside, 32-bit ones at the borders."""

import threading
from collections.abc import Callable, Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.forms.graph_writer import GraphWriter
from vgg_desktop.forms.onnx_file import FLOAT, FLOAT16
from vgg_desktop.forms.sequential import FoldedWeights, Layer, SequentialNet, folded_weights

_LARGEST = float(np.finfo(np.float16).max)


def write_half(
    net: SequentialNet,
    side: int,
    file: BinaryIO,
    location: str,
    progress: Callable[[float], None],
    cancel: threading.Event,
) -> bytes:
    """Write the weights to `file`, which becomes `location`, and return the graph, which must lie beside it.

    Pictures are (N, 3, side, side); `progress` gets 0 to 1 before each layer. Raises `Cancelled`, `StorageError`,
    `OSError`.
    """
    graph = GraphWriter(location, file, "picture", 3, side, side)
    graph.then("Cast", "half_picture", to=FLOAT16)
    with folded_weights(net, cancel) as weights:
        for number, layer in enumerate(net.layers):
            progress(number / len(net.layers))
            _add(graph, layer, weights)
    graph.then("Cast", "scores", to=FLOAT)
    return graph.model("half", net.layers[-1].out_channels)


def _add(graph: GraphWriter, layer: Layer, weights: FoldedWeights) -> None:
    """Append a layer; no more than one block of its weights is in memory."""
    name = graph.next_layer()
    biases = np.empty(layer.out_channels, np.float16)

    def blocks() -> Iterator[NDArray[np.float16]]:
        for block in weights.blocks(layer):
            biases[block.channels] = _half(block.biases)
            yield _half(block.weights)

    dims = layer.weight.dims if layer.window is not None else (layer.out_channels, layer.fan_in)
    graph.store(f"{name}_weights", dims, "float16", blocks())
    graph.sums(layer, name, f"{name}_weights", graph.constant(f"{name}_biases", biases))
    if layer.relu:
        graph.then("Relu", f"{name}_positive")
    graph.pools(layer, name)


def _half(values: NDArray[np.float64]) -> NDArray[np.float16]:
    """Round to 16 bits; what is too large becomes the largest number, not infinity."""
    return np.clip(values, -_LARGEST, _LARGEST).astype("<f2")
