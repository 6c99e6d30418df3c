"""Convolutions of 3 x 3 with fewer multiplications (Winograd's minimal filtering, Lavin & Gray 2016, arXiv 1509.09308).

An output tile of m x m needs (m + 2)^2 products a channel instead of 9 m^2. Input tiles and kernels are transformed,
multiplied as matrices, and transformed back, all in 32-bit floats: the same sums in another order. The kernels are
transformed once, and onnxruntime runs the rest with its own operations.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.models.chain import Chain, Layer, Window, window_attributes
from vgg_desktop.models.descriptions import DENSE_GRAPH, FEATURES_GRAPH, WINOGRAD_RECORD, WINOGRAD_WEIGHTS
from vgg_desktop.models.folding import FoldedWeights, folded_weights
from vgg_desktop.models.graphs import FLOAT, GRAPH_INITIALIZER, point
from vgg_desktop.models.onnx_writing import GraphParts, model, node, value
from vgg_desktop.models.protobuf import bytes_field

# onnxruntime's own product of matrices, whose batch need not be the outermost dimension.
_MICROSOFT = "com.microsoft"
_PRODUCTS = f"{_MICROSOFT}.FusedMatMul"
_PLAIN = Window((3, 3), (1, 1), (1, 1, 1, 1))
# Where it gains, measured with onnxruntime 1.32: fewer channels leave the transforms more work than they save.
_CHANNELS, _SIDES = 128, range(28, 113)


@dataclass(frozen=True, slots=True, eq=False)
class Transform:
    """The matrices of an output tile of `size` x `size`: B^T for input tiles, G for kernels, A^T for output tiles."""

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


def transforms(chain: Chain, side: int) -> tuple[Transform | None, ...] | None:
    """Return how each convolution of a chain is computed, pictures being `side` pixels wide; None is the usual way.

    Returns None when no layer gains, or its weights are not 32-bit floats.
    """
    chosen: list[Transform | None] = []
    for layer in chain.layers:
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
    chain: Chain,
    side: int,
    chosen: Sequence[Transform | None],
    target: BinaryIO,
    location: str,
) -> bytes:
    """Write the kernels to `target` and return the graph, one picture (1, 3, side, side) to the dense layers' input.

    The graph must lie beside the file `location`, which `target` becomes. Raises `StorageError`, `OSError`.
    """
    graph = _Features(target, location, side)
    with folded_weights(chain) as weights:
        for layer, transform in zip(chain.layers, chosen, strict=False):
            graph.add(layer, transform, weights)
    return graph.finish()


class _Features:
    """Collects the convolutions of a chain; their weights go to a file at once."""

    def __init__(self, weights: BinaryIO, location: str, side: int) -> None:
        self._parts = GraphParts(weights, location)
        self._picture = value("picture", "float32", 3, side, side, batch=1)
        self._value, self._side, self._channels, self._count = "picture", side, 3, 0
        self._known: set[str] = set()

    def add(self, layer: Layer, transform: Transform | None, weights: FoldedWeights) -> None:
        """Append a convolution with its ReLU and what comes before the next layer."""
        assert layer.window is not None
        name = f"layer{self._count}"
        self._count += 1
        if transform is None:
            self._direct(name, layer, layer.window, weights)
        else:
            self._transformed(name, layer, transform, weights)
        self._value = self._parts.node("Relu", [self._value], f"{name}_relu")
        self._side, self._channels = _side_after(self._side, layer.window), layer.units
        for number, pool in enumerate(layer.pools):
            self._value = self._parts.node(
                "MaxPool", [self._value], f"{name}_pool{number}", **window_attributes(pool)
            )
            self._side = _side_after(self._side, pool)

    def finish(self) -> bytes:
        """Return the finished graph; its output is (1, units)."""
        self._value = self._parts.node("Flatten", [self._value], "features", axis=1)
        units = self._channels * self._side**2
        return model(
            "features",
            nodes=bytes(self._parts.nodes),
            initializers=bytes(self._parts.initializers),
            picture=self._picture,
            scores=value(self._value, "float32", units, batch=1),
            domains=(_MICROSOFT,),
        )

    def _direct(self, name: str, layer: Layer, window: Window, weights: FoldedWeights) -> None:
        kernels = np.empty((layer.units, layer.inputs), np.float32)
        biases = np.empty(layer.units, np.float32)
        for block in weights.blocks(layer):
            units = slice(block.first, block.first + len(block.biases))
            kernels[units], biases[units] = block.weights, block.biases
        self._parts.store(f"{name}_weights", layer.weight.dims, "float32", [kernels])
        self._parts.constant(f"{name}_biases", biases)
        inputs = [self._value, f"{name}_weights", f"{name}_biases"]
        self._value = self._parts.node("Conv", inputs, f"{name}_sums", **window_attributes(window))

    def _transformed(self, name: str, layer: Layer, transform: Transform, weights: FoldedWeights) -> None:
        size, side, channels, units = transform.size, self._side, self._channels, layer.units
        products, tiles = (size + 2) ** 2, (side // size) ** 2
        kernels, biases = _transformed_kernels(layer, transform, weights)
        self._parts.store(f"{name}_kernels", kernels.shape, "float32", [kernels])
        self._parts.constant(f"{name}_biases", biases.reshape(1, units, 1, 1))
        self._matrices(transform)
        # Each channel is a picture of its own here, and each product of a tile one of its channels.
        window = Window((size + 2, size + 2), (size, size), (1, 1, 1, 1))
        planes = self._reshape(self._value, f"{name}_planes", channels, 1, side, side)
        tiled = self._parts.node(
            "Conv", [planes, f"tile{size}"], f"{name}_tiled", **window_attributes(window)
        )
        tiled = self._reshape(tiled, f"{name}_tiles", channels, products, tiles)
        # For each product (units, channels) x (channels, tiles).
        summed = self._parts.node(_PRODUCTS, [f"{name}_kernels", tiled], f"{name}_products", transBatchB=1)
        summed = self._reshape(summed, f"{name}_rows", products, units * tiles)
        outputs = self._parts.node("MatMul", [f"output{size}", summed], f"{name}_outputs")
        spread = self._reshape(outputs, f"{name}_spread", 1, size**2 * units, side // size, side // size)
        joined = self._parts.node("DepthToSpace", [spread], f"{name}_joined", blocksize=size)
        self._value = self._parts.node("Add", [joined, f"{name}_biases"], f"{name}_sums")

    def _matrices(self, transform: Transform) -> None:
        """Store the two matrices of a transform, for tiles as rows of numbers, once."""
        size = transform.size
        if f"tile{size}" not in self._known:
            self._known.add(f"tile{size}")
            tile = np.kron(transform.tile, transform.tile).reshape(-1, 1, size + 2, size + 2)
            self._parts.constant(f"tile{size}", tile.astype(np.float32))
            output = np.kron(transform.output, transform.output)
            self._parts.constant(f"output{size}", output.astype(np.float32))

    def _reshape(self, given: str, name: str, *dims: int) -> str:
        shape = self._parts.constant(f"{name}_shape", np.array(dims, np.int64))
        return self._parts.node("Reshape", [given, shape], name)


def _transformed_kernels(
    layer: Layer, transform: Transform, weights: FoldedWeights
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the kernels as (products, units, channels), and the biases (units,)."""
    channels = layer.weight.dims[1]
    matrix = np.kron(transform.kernel, transform.kernel)
    kernels = np.empty((len(matrix), layer.units, channels), np.float32)
    biases = np.empty(layer.units, np.float32)
    for block in weights.blocks(layer):
        units = slice(block.first, block.first + len(block.biases))
        rows = block.weights.reshape(-1, 9) @ matrix.T
        kernels[:, units] = rows.reshape(-1, channels, len(matrix)).transpose(2, 0, 1)
        biases[units] = block.biases
    return kernels, biases


def dense_graph(chain: Chain) -> bytes:
    """Return the graph of a chain's dense layers, (N, inputs) to scores (N, classes), weights in the published file.

    It must lie beside that file, `chain.path`.
    """
    layers = [layer for layer in chain.layers if layer.window is None]
    nodes, initializers, current = bytearray(), bytearray(), "features"
    for number, layer in enumerate(layers):
        inputs = [current]
        for tensor in (layer.weight, layer.bias):
            if tensor is not None and tensor.data is not None:
                message = point(tensor, chain.path.name, tensor.data[0])
                initializers += bytes_field(GRAPH_INITIALIZER, message)
                inputs.append(tensor.name)
        nodes += node("Gemm", inputs, f"dense{number}", transB=0 if layer.units_last else 1)
        current = f"dense{number}"
        if layer.relu:
            nodes += node("Relu", [current], f"dense{number}_relu")
            current = f"dense{number}_relu"
    return model(
        "dense",
        nodes=bytes(nodes),
        initializers=bytes(initializers),
        picture=value("features", "float32", layers[0].inputs),
        scores=value(current, "float32", layers[-1].units),
    )


@dataclass(frozen=True, slots=True)
class WinogradFiles:
    """A network's two graphs, its transformed kernels and what is known of them: beside the published file."""

    features: Path
    dense: Path
    weights: Path
    record: Path


def winograd_files(published: Path) -> WinogradFiles:
    """Return where the files of a network are or would be."""
    names = (FEATURES_GRAPH, DENSE_GRAPH, WINOGRAD_WEIGHTS, WINOGRAD_RECORD)
    return WinogradFiles(*(published.with_name(name) for name in names))


def read_record(published: Path) -> dict[str, Any]:
    """Return what was found out about a network's files when they were made, {} where nothing is known."""
    try:
        values = json.loads(winograd_files(published).record.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def weights_mark(published: Path) -> list[int]:
    """Return what tells whether the kernels are those that were made: size and time, as hashing takes long.

    Raises `OSError`.
    """
    status = winograd_files(published).weights.stat()
    return [status.st_size, status.st_mtime_ns]


def find_winograd(published: Path, made_for: Mapping[str, Any]) -> WinogradFiles | None:
    """Return the files of a network if they were made under these conditions, are to be used, and have not changed."""
    record = read_record(published)
    try:
        is_intact = record.get("made_for") == made_for and record.get("weights") == weights_mark(published)
    except OSError:
        return None
    return winograd_files(published) if is_intact else None
