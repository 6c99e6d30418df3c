"""Kept since it takes a picture of VGG 16 from 156 to 122 ms (measured): convolutions with fewer multiplications.

Winograd's minimal filtering (Lavin & Gray 2016, arXiv 1509.09308): an output tile of m x m needs (m + 2)^2 products per
channel instead of 9 m^2. Input tiles and kernels are transformed, multiplied as matrices, and transformed back, all in
32-bit floats: the same sums in another order. The kernels are transformed once, and onnxruntime runs the rest with its
own operations.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.forms.graph_writer import GraphWriter, window_attributes
from vgg_desktop.forms.onnx_file import FLOAT
from vgg_desktop.forms.sequential import FoldedWeights, Layer, SequentialNet, Window, folded_weights

# onnxruntime's own product of matrices, whose batch need not be the outermost dimension.
_MICROSOFT = "com.microsoft"
_PRODUCTS = f"{_MICROSOFT}.FusedMatMul"
_PLAIN = Window((3, 3), (1, 1), (1, 1, 1, 1))
# Where it gains, measured with onnxruntime 1.32: fewer channels leave the transforms more work than they save.
_CHANNELS, _SIDES = 128, range(28, 113)


@dataclass(frozen=True, slots=True, eq=False)
class Transform:
    """The matrices of an output tile of m x m, m being `size`, in the paper's names.

    `tile` is B^T (m + 2, m + 2), for input tiles; `kernel` is G (m + 2, 3); `output` is A^T (m, m + 2).
    """

    size: int
    tile: NDArray[np.float64]
    kernel: NDArray[np.float64]
    output: NDArray[np.float64]


F2 = Transform(
    2,
    np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]], np.float64),
    np.array([[1, 0, 0], [1 / 2, 1 / 2, 1 / 2], [1 / 2, -1 / 2, 1 / 2], [0, 0, 1]]),
    np.array([[1, 1, 1, 0], [0, 1, -1, -1]], np.float64),
)
F4 = Transform(
    4,
    np.array(
        [
            [4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0],
            [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1],
        ],
        np.float64,
    ),
    np.array(
        [
            [1 / 4, 0, 0], [-1 / 6, -1 / 6, -1 / 6], [-1 / 6, 1 / 6, -1 / 6],
            [1 / 24, 1 / 12, 1 / 6], [1 / 24, -1 / 12, 1 / 6], [0, 0, 1],
        ]
    ),
    np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]], np.float64),
)  # fmt: skip


def transforms(net: SequentialNet, side: int) -> tuple[Transform | None, ...] | None:
    """Return how each convolution of a network is computed, pictures being `side` pixels wide; None is the usual way.

    Returns None when no layer gains, or its weights are not 32-bit floats.
    """
    chosen: list[Transform | None] = []
    for layer in net.layers:
        if layer.weight.data_type != FLOAT:
            return None
        if layer.window is None:
            break
        chosen.append(_choose(layer, side))
        for window in (layer.window, *layer.pools):
            side = _side_after(side, window)
    return tuple(chosen) if any(chosen) else None


def _choose(layer: Layer, side: int) -> Transform | None:
    if layer.window != _PLAIN or layer.weight.dims[1] < _CHANNELS or side not in _SIDES:
        return None
    # Kernels of the larger tile take four times their room instead of 1.8 times: only where there are few.
    transform = F4 if side >= 56 else F2
    return transform if side % transform.size == 0 else None


def _side_after(side: int, window: Window) -> int:
    return (side + window.pads[0] + window.pads[2] - window.kernel[0]) // window.strides[0] + 1


def write_features(
    net: SequentialNet,
    side: int,
    chosen: Sequence[Transform | None],
    target: BinaryIO,
    location: str,
    cancel: threading.Event,
) -> bytes:
    """Write the kernels to `target` and return the graph, one picture (1, 3, side, side) to the dense layers' input.

    The graph must lie beside the file `location`, which `target` becomes. Raises `Cancelled`, `StorageError`,
    `OSError`.
    """
    features = _Features(target, location, side)
    with folded_weights(net, cancel) as weights:
        for layer, transform in zip(net.layers, chosen, strict=False):
            features.add(layer, transform, weights)
    return features.model()


class _Features:
    """Collects the convolutions of a network; their weights go to a file at once."""

    def __init__(self, weights: BinaryIO, location: str, side: int) -> None:
        self._graph = GraphWriter(location, weights, "picture", 3, side, side, batch=1)
        self._side, self._channels = side, 3
        self._known: set[int] = set()  # sizes of tiles whose matrices are stored

    def add(self, layer: Layer, transform: Transform | None, weights: FoldedWeights) -> None:
        """Append a convolution with its ReLU and what comes before the next layer."""
        assert layer.window is not None
        name = self._graph.next_layer()
        if transform is None:
            self._direct(name, layer, weights)
        else:
            self._transformed(name, layer, transform, weights)
        self._graph.then("Relu", f"{name}_relu")
        self._graph.pools(replace(layer, flat=False), name)
        self._channels = layer.out_channels
        for window in (layer.window, *layer.pools):
            self._side = _side_after(self._side, window)

    def model(self) -> bytes:
        """Return the finished model; its output is (1, inputs of the dense layers)."""
        self._graph.then("Flatten", "features", axis=1)
        return self._graph.model("features", self._channels * self._side**2, domains=(_MICROSOFT,))

    def _direct(self, name: str, layer: Layer, weights: FoldedWeights) -> None:
        kernels = np.empty((layer.out_channels, layer.fan_in), np.float32)
        biases = np.empty(layer.out_channels, np.float32)
        for block in weights.blocks(layer):
            kernels[block.channels], biases[block.channels] = block.weights, block.biases
        self._graph.store(f"{name}_weights", layer.weight.dims, "float32", [kernels])
        self._graph.constant(f"{name}_biases", biases)
        self._graph.sums(layer, name, f"{name}_weights", f"{name}_biases")

    def _transformed(self, name: str, layer: Layer, transform: Transform, weights: FoldedWeights) -> None:
        graph, size, side, channels = self._graph, transform.size, self._side, self._channels
        products, tiles, out = (size + 2) ** 2, (side // size) ** 2, layer.out_channels
        kernels, biases = _transformed_kernels(layer, transform, weights)
        graph.store(f"{name}_kernels", kernels.shape, "float32", [kernels])
        graph.constant(f"{name}_biases", biases.reshape(1, out, 1, 1))
        self._matrices(transform)
        # Each channel is a picture of its own here, and each product of a tile one of its channels.
        window = Window((size + 2, size + 2), (size, size), (1, 1, 1, 1))
        self._reshape(f"{name}_planes", channels, 1, side, side)
        graph.then("Conv", f"{name}_tiled", f"tile{size}", **window_attributes(window))
        self._reshape(f"{name}_tiles", channels, products, tiles)
        # For each product (out, channels) x (channels, tiles).
        inputs = [f"{name}_kernels", graph.current]
        graph.current = graph.node(_PRODUCTS, inputs, f"{name}_products", transBatchB=1)
        self._reshape(f"{name}_rows", products, out * tiles)
        graph.current = graph.node("MatMul", [f"output{size}", graph.current], f"{name}_outputs")
        self._reshape(f"{name}_spread", 1, size**2 * out, side // size, side // size)
        graph.then("DepthToSpace", f"{name}_joined", blocksize=size)
        graph.then("Add", f"{name}_sums", f"{name}_biases")

    def _matrices(self, transform: Transform) -> None:
        """Store the two matrices of a transform, for tiles as rows of numbers, once."""
        size = transform.size
        if size not in self._known:
            self._known.add(size)
            tile = np.kron(transform.tile, transform.tile).reshape(-1, 1, size + 2, size + 2)
            self._graph.constant(f"tile{size}", tile.astype(np.float32))
            output = np.kron(transform.output, transform.output)
            self._graph.constant(f"output{size}", output.astype(np.float32))

    def _reshape(self, name: str, *dims: int) -> None:
        self._graph.then("Reshape", name, self._graph.constant(f"{name}_shape", np.array(dims, np.int64)))


def _transformed_kernels(
    layer: Layer, transform: Transform, weights: FoldedWeights
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the kernels as (products, out_channels, channels), and the biases (out_channels,)."""
    channels = layer.weight.dims[1]
    matrix = np.kron(transform.kernel, transform.kernel)
    kernels = np.empty((len(matrix), layer.out_channels, channels), np.float32)
    biases = np.empty(layer.out_channels, np.float32)
    for block in weights.blocks(layer):
        rows = block.weights.reshape(-1, 9) @ matrix.T
        kernels[:, block.channels] = rows.reshape(-1, channels, len(matrix)).transpose(2, 0, 1)
        biases[block.channels] = block.biases
    return kernels, biases


def dense_graph(net: SequentialNet) -> bytes:
    """Return the graph of a network's dense layers, (N, fan_in) to scores (N, classes), weights in the published file.

    It must lie beside that file, `net.path`.
    """
    layers = [layer for layer in net.layers if layer.window is None]
    graph = GraphWriter(net.path.name, None, "features", layers[0].fan_in)
    for layer in layers:
        name = graph.next_layer()
        constants = [graph.point_at(each) for each in (layer.weight, layer.bias) if each is not None]
        graph.then("Gemm", f"{name}_sums", *constants, transB=0 if layer.outputs_last else 1)
        if layer.relu:
            graph.then("Relu", f"{name}_relu")
    return graph.model("dense", layers[-1].out_channels)
