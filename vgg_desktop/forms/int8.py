"""The 8-bit form of a sequential CNN: every result passes through QuantizeLinear and DequantizeLinear.

Weights have one scale per output channel (Jacob et al. 2018, arXiv 1712.05877). onnxruntime joins each layer with the
nodes around it into one operation on 8-bit integers. The graph is written here and not by `onnxruntime.quantization`:
that needs the onnx package, protobuf and ml_dtypes, some 60 MB for one step, and holds the whole network in memory
several times.
"""

from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.forms.graph_writer import GraphWriter
from vgg_desktop.forms.sequential import Block, FoldedWeights, Layer

LARGEST = 255  # of the 8-bit integers of activations
_LARGEST_BIAS = 2**30  # in units of the sums, which are integers of 32 bits
_SILENT = 1e-12  # below any scale that means something


@dataclass(frozen=True, slots=True)
class QuantParams:
    """How a tensor becomes 8-bit integers: `value = (integer - zero_point) * scale`."""

    scale: float
    zero_point: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class QuantizedLayer:
    """A layer in 8 bits: weights (out_channels, fan_in); scales and biases (out_channels,).

    Biases are in units of the product of both scales, the input's and the weights'.
    """

    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    biases: NDArray[np.int32]


def quantize_layer(layer: Layer, weights: FoldedWeights, params: QuantParams, limit: int) -> QuantizedLayer:
    """Round a layer's weights to integers from -`limit` to `limit`; `params` are those of its input.

    Raises `Cancelled`.
    """
    rounded = np.empty((layer.out_channels, layer.fan_in), np.int8)
    scales = np.empty(layer.out_channels, np.float32)
    biases = np.empty(layer.out_channels, np.int32)
    for block in weights.blocks(layer):
        scales[block.channels] = _scales(block, params, limit)
        used = scales[block.channels].astype(np.float64)
        rounded[block.channels] = np.rint(block.weights / used[:, None])
        biases[block.channels] = np.rint(block.biases / (used * params.scale))
    return QuantizedLayer(rounded, scales, biases)


def _scales(block: Block, params: QuantParams, limit: int) -> NDArray[np.float32]:
    """Return the scale of each channel: the largest weight becomes `limit`, and the bias fits into its integer."""
    largest = np.maximum(block.weights.max(axis=1), -block.weights.min(axis=1))
    needed = np.maximum(largest / limit, np.abs(block.biases) / (params.scale * _LARGEST_BIAS))
    # Rounding to float32 must not make a scale smaller than needed.
    scales: NDArray[np.float32] = np.maximum(needed, _SILENT).astype(np.float32)
    return np.nextafter(scales, np.float32(np.inf), dtype=np.float32)


class Int8Graph:
    """Collects the layers of a network in 8 bits; their weights go to a file at once."""

    def __init__(self, weights: BinaryIO, location: str, side: int, params: QuantParams) -> None:
        """Begin with pictures (N, 3, side, side), quantized by `params`; `location` is what `weights` becomes."""
        self._graph, self._out_channels = GraphWriter(location, weights, "picture", 3, side, side), 0
        self._quantize("picture", params)

    def add(self, layer: Layer, quantized: QuantizedLayer, params: QuantParams | None) -> None:
        """Append a layer; `params` are those of its result, None for the scores, which stay floating-point numbers.

        The ReLU needs no operation: with a `zero_point` of 0, what is negative becomes 0. Raises `OSError`.
        """
        graph, name = self._graph, self._graph.next_layer()
        self._out_channels = layer.out_channels
        dims = layer.weight.dims if layer.window is not None else quantized.weights.shape
        graph.store(f"{name}_weights", dims, "int8", [quantized.weights])
        graph.constant(f"{name}_scales", quantized.scales)
        graph.constant(f"{name}_zeros", np.zeros(layer.out_channels, np.int8))
        graph.constant(f"{name}_biases", quantized.biases)
        graph.constant(f"{name}_bias_scales", quantized.scales * np.float32(self._params.scale))
        graph.constant(f"{name}_bias_zeros", np.zeros(layer.out_channels, np.int32))
        graph.then("DequantizeLinear", f"{name}_input", *self._names)
        constants = (
            graph.node(
                "DequantizeLinear", [f"{name}_{each}" for each in ("weights", "scales", "zeros")],
                f"{name}_real_weights", axis=0,
            ),
            graph.node(
                "DequantizeLinear", [f"{name}_{each}" for each in ("biases", "bias_scales", "bias_zeros")],
                f"{name}_real_biases", axis=0,
            ),
        )  # fmt: skip
        graph.sums(layer, name, *constants)
        if params is not None:
            self._quantize(name, params)
            # The largest of 8-bit integers is that of the numbers they stand for.
            graph.pools(layer, name)

    def model(self) -> bytes:
        """Return the finished model; the last layer's result is its output."""
        return self._graph.model("int8", self._out_channels)

    def _quantize(self, name: str, params: QuantParams) -> None:
        self._params = params
        self._names = (f"{name}_scale", f"{name}_zero")
        self._graph.constant(self._names[0], np.array(params.scale, np.float32))
        self._graph.constant(self._names[1], np.array(params.zero_point, np.uint8))
        self._graph.then("QuantizeLinear", f"{name}_8bit", *self._names)


def overflow_graph(side: int, weight: int) -> bytes:
    """Return a graph that multiplies 8-bit integers (N, side) by a matrix full of `weight`, to 32-bit sums."""
    graph = GraphWriter("", None, "values", side, kind="uint8")
    graph.constant("weights", np.full((side, side), weight, np.int8))
    graph.then("MatMulInteger", "sums", "weights")
    return graph.model("overflow", side, kind="int32")
