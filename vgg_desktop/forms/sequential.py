"""A sequential CNN, as all VGG networks are: its layers, the places of their weights, and these weights.

Batch normalisation is folded into the convolution before it, so a layer is a convolution or a dense layer, a ReLU,
and the poolings before the next one. Weights are read from the published file block by block.
"""

import math
import mmap
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import Cancelled
from vgg_desktop.forms import onnx_file as onnx
from vgg_desktop.forms.onnx_file import (
    FLOAT,
    FLOAT16,
    Buffer,
    Field,
    SourceGraph,
    Span,
    Tensor,
    fields,
    open_mapped,
    read_graph,
    read_text,
    value_name,
)
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

_BLOCK = 4 << 20  # weights that are worked on at once, in float64 some 32 MB
_Value: TypeAlias = int | float | str | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Normalisation:
    """Batch normalisation after a convolution; one value a channel."""

    gamma: Tensor
    beta: Tensor
    mean: Tensor
    variance: Tensor
    epsilon: float


@dataclass(frozen=True, slots=True)
class Window:
    """How a convolution or a pooling goes over its input, in pixels."""

    kernel: tuple[int, ...]
    strides: tuple[int, ...]
    pads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: `name` is that of its result after the ReLU, in the published graph.

    A dense layer has no `window`; its weights are (out_channels, fan_in), or (fan_in, out_channels) when
    `outputs_last`. `pools` and `flat` say what happens to the result before the next layer.
    """

    name: str
    weight: Tensor
    bias: Tensor | None
    window: Window | None
    outputs_last: bool = False
    normalisation: Normalisation | None = None
    relu: bool = False
    pools: tuple[Window, ...] = ()
    flat: bool = False

    @property
    def out_channels(self) -> int:
        """Return how many channels, or units of a dense layer, the result has."""
        return self.weight.dims[1 if self.outputs_last else 0]

    @property
    def fan_in(self) -> int:
        """Return how many numbers go into one of its sums."""
        return math.prod(self.weight.dims) // self.out_channels


@dataclass(frozen=True, slots=True)
class SequentialNet:
    """A network whose layers follow one another; all but the last end in a ReLU."""

    path: Path
    layers: tuple[Layer, ...]

    @property
    def weights(self) -> int:
        """Return how many weights the layers have, biases not counted."""
        return sum(layer.out_channels * layer.fan_in for layer in self.layers)


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: dict[str, _Value]


class _NotSequential(Exception):
    """The network is not such a CNN."""

    def __init__(self, reason: Reason | None = None) -> None:
        super().__init__()
        self.reason = reason or Why.FORM_NOT_SEQUENTIAL()


def read_sequential(path: Path) -> SequentialNet | Reason:
    """Read the layers of a published file, without their weights, or return why it is no sequential CNN.

    Raises `ModelUnusable`, `StorageError`.
    """
    with open_mapped(path) as buffer:
        source = read_graph(buffer)
        if source.external_files:
            return Why.FORM_EXTERNAL_WEIGHTS()
        try:
            return SequentialNet(path, _Reader(buffer, source).layers())
        except _NotSequential as error:
            return error.reason


def _read_value(buffer: Buffer, span: Field) -> tuple[str, _Value]:
    name, value, numbers = "", 0, list[int]()
    found: _Value | None = None
    for field in fields(buffer, span.start, span.end):
        if field.number == onnx.ATTRIBUTE_NAME:
            name = read_text(buffer, field.start, field.end)
        elif field.number == onnx.ATTRIBUTE_INT:
            found = field.value
        elif field.number == onnx.ATTRIBUTE_FLOAT and field.wire_type == onnx.FIXED32:
            found = float(struct.unpack("<f", buffer[field.start : field.end])[0])
        elif field.number == onnx.ATTRIBUTE_TEXT:
            found = buffer[field.start : field.end].decode("utf-8", "replace")
        elif field.number == onnx.ATTRIBUTE_INTS and field.wire_type == onnx.VARINT:
            numbers.append(field.value)
        elif field.number == onnx.ATTRIBUTE_INTS and field.wire_type == onnx.BYTES:
            for byte in buffer[field.start : field.end]:
                if byte >= 0x80:
                    raise _NotSequential  # no kernel or padding is that large
                numbers.append(byte)
    return name, found if found is not None else tuple(numbers) if numbers else value


def _read_node(buffer: Buffer, span: Span) -> _Node:
    kind, inputs, outputs, attributes = "", list[str](), list[str](), dict[str, _Value]()
    for field in fields(buffer, *span):
        if field.number == onnx.NODE_INPUT:
            inputs.append(read_text(buffer, field.start, field.end))
        elif field.number == onnx.NODE_OUTPUT:
            outputs.append(read_text(buffer, field.start, field.end))
        elif field.number == onnx.NODE_OP_TYPE:
            kind = read_text(buffer, field.start, field.end)
        elif field.number == onnx.NODE_ATTRIBUTE:
            name, value = _read_value(buffer, field)
            attributes[name] = value
    return _Node(kind, tuple(inputs), tuple(outputs), attributes)


class _Reader:
    """Follows the layers from the picture to the scores. Raises `_NotSequential`."""

    def __init__(self, buffer: Buffer, source: SourceGraph) -> None:
        self._tensors = {each.name: each for each in source.initializers}
        self._widened: set[str] = set()
        self._nodes = [_read_node(buffer, span) for span in source.nodes]
        inputs = [name for span in source.inputs if (name := value_name(buffer, span)) not in self._tensors]
        outputs = [value_name(buffer, span) for span in source.outputs]
        if len(inputs) != 1 or len(outputs) != 1:
            raise _NotSequential
        self._current, self._end = inputs[0], outputs[0]
        self._layers: list[Layer] = []

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers in their order."""
        for node in self._nodes:
            if not node.inputs or not node.outputs:
                raise _NotSequential
            if node.kind == "Cast" and node.attributes.get("to") == FLOAT and node.inputs[0] in self._tensors:
                self._tensors[node.outputs[0]] = self._tensors[node.inputs[0]]
                self._widened.add(node.outputs[0])
                continue
            if node.inputs[0] != self._current:
                raise _NotSequential
            self._take(node)
            self._current = node.outputs[0]
        last = self._last()
        if last.relu or last.window is not None or not all(each.relu for each in self._layers[:-1]):
            raise _NotSequential
        if self._current != self._end or last.pools or last.flat:
            raise _NotSequential
        return tuple(self._layers)

    def _take(self, node: _Node) -> None:
        match node.kind:
            case "Conv":
                self._convolution(node)
            case "Gemm":
                self._dense(node)
            case "BatchNormalization":
                self._normalise(node)
            case "Relu":
                self._amend(node, relu=True)
            case "MaxPool":
                self._pool(node)
            case "Flatten" if node.attributes.get("axis", 1) == 1:
                # The result of a dense layer is flat already.
                last = self._last()
                if not last.relu:
                    raise _NotSequential
                if last.window is not None:
                    self._layers[-1] = replace(last, flat=True)
            case "Dropout" | "Identity":
                pass
            case _:
                raise _NotSequential

    def _last(self) -> Layer:
        if not self._layers:
            raise _NotSequential
        return self._layers[-1]

    def _tensor(self, node: _Node, place: int, dimensions: int) -> Tensor:
        tensor = self._tensors.get(node.inputs[place]) if place < len(node.inputs) else None
        if tensor is None or len(tensor.dims) != dimensions or math.prod(tensor.dims) == 0:
            raise _NotSequential
        is_wide = tensor.data_type == FLOAT or node.inputs[place] in self._widened
        if tensor.data_type not in (FLOAT, FLOAT16) or not is_wide or tensor.data is None:
            raise _NotSequential(Why.FORM_WEIGHT_TYPE())
        return tensor

    def _bias(self, node: _Node, units: int) -> Tensor | None:
        if len(node.inputs) < 3 or not node.inputs[2]:
            return None
        bias = self._tensor(node, 2, 1)
        if bias.dims != (units,):
            raise _NotSequential
        return bias

    def _convolution(self, node: _Node) -> None:
        weight = self._tensor(node, 1, 4)
        window = _window(node, weight.dims[2:])
        is_open = self._is_open_for(weight.dims[1]) if self._layers else weight.dims[1] == 3
        if node.attributes.get("group", 1) != 1 or not is_open:
            raise _NotSequential
        self._layers.append(Layer(node.outputs[0], weight, self._bias(node, weight.dims[0]), window))

    def _is_open_for(self, channels: int) -> bool:
        last = self._layers[-1]
        return last.relu and last.window is not None and not last.flat and last.out_channels == channels

    def _dense(self, node: _Node) -> None:
        weight, last = self._tensor(node, 1, 2), self._last()
        known = node.attributes
        plain = known.get("alpha", 1.0) == 1.0 and known.get("beta", 1.0) == 1.0 and not known.get("transA")
        if not plain or not last.relu or (last.window is not None and not last.flat):
            raise _NotSequential
        outputs_last = not known.get("transB")
        bias = self._bias(node, weight.dims[1 if outputs_last else 0])
        self._layers.append(Layer(node.outputs[0], weight, bias, None, outputs_last))

    def _normalise(self, node: _Node) -> None:
        last = self._last()
        gamma, beta, mean, variance = parts = [self._tensor(node, place, 1) for place in range(1, 5)]
        done = last.window is None or last.relu or last.normalisation is not None
        if done or any(each.dims != (last.out_channels,) for each in parts):
            raise _NotSequential
        epsilon = node.attributes.get("epsilon", 1e-5)
        if not isinstance(epsilon, float):
            raise _NotSequential
        self._amend(node, normalisation=Normalisation(gamma, beta, mean, variance, epsilon))

    def _pool(self, node: _Node) -> None:
        last, kernel = self._last(), node.attributes.get("kernel_shape")
        plain = not node.attributes.get("ceil_mode") and not node.attributes.get("storage_order")
        if not plain or last.window is None or not last.relu or last.flat or not isinstance(kernel, tuple):
            raise _NotSequential
        self._layers[-1] = replace(last, pools=(*last.pools, _window(node, kernel)))

    def _amend(self, node: _Node, *, relu: bool = False, normalisation: Normalisation | None = None) -> None:
        """Note what follows on the sums of the layer before, and the name that its result has now."""
        last = self._last()
        if last.relu:
            raise _NotSequential
        self._layers[-1] = replace(
            last, name=node.outputs[0], relu=relu, normalisation=normalisation or last.normalisation
        )


def _window(node: _Node, kernel: tuple[int, ...]) -> Window:
    known = node.attributes
    strides, pads = known.get("strides", (1, 1)), known.get("pads", (0, 0, 0, 0))
    is_plain = known.get("auto_pad", "NOTSET") == "NOTSET" and known.get("dilations", (1, 1)) == (1, 1)
    if not isinstance(strides, tuple) or not isinstance(pads, tuple) or not is_plain:
        raise _NotSequential
    if known.get("kernel_shape", kernel) != kernel or (len(kernel), len(strides), len(pads)) != (2, 2, 4):
        raise _NotSequential
    return Window(kernel, strides, pads)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some output channels: their weights (n, fan_in) and their biases (n,)."""

    channels: slice
    weights: NDArray[np.float64]
    biases: NDArray[np.float64]


class FoldedWeights:
    """The weights of a network's layers, batch normalisation folded in, one block of channels at a time."""

    def __init__(self, buffer: mmap.mmap, cancel: threading.Event) -> None:
        self._buffer, self._cancel = buffer, cancel

    def blocks(self, layer: Layer) -> Iterator[Block]:
        """Return a layer's weights in their order; no more than one block is in memory. Raises `Cancelled`."""
        step = max(1, _BLOCK // layer.fan_in)
        for first in range(0, layer.out_channels, step):
            if self._cancel.is_set():
                raise Cancelled
            channels = slice(first, min(first + step, layer.out_channels))
            weights = self._rows(layer, channels)
            count = len(weights)
            biases = self._vector(layer.bias, channels) if layer.bias is not None else np.zeros(count)
            if layer.normalisation is not None:
                parts = layer.normalisation
                factors = self._vector(parts.gamma, channels) / np.sqrt(
                    self._vector(parts.variance, channels) + parts.epsilon
                )
                weights *= factors[:, None]
                biases = (biases - self._vector(parts.mean, channels)) * factors + self._vector(
                    parts.beta, channels
                )
            yield Block(channels, weights, biases)

    def _rows(self, layer: Layer, channels: slice) -> NDArray[np.float64]:
        """Return the weights of some output channels, (channels, fan_in)."""
        # The view must not outlive this call: a file cannot be closed under it.
        view = _view(self._buffer, layer.weight)
        if layer.outputs_last:
            return np.ascontiguousarray(view[:, channels].T, dtype=np.float64)
        return view[channels].reshape(channels.stop - channels.start, -1).astype(np.float64)

    def _vector(self, tensor: Tensor, channels: slice) -> NDArray[np.float64]:
        return _view(self._buffer, tensor)[channels].astype(np.float64)


def _view(buffer: mmap.mmap, tensor: Tensor) -> NDArray[np.floating]:
    assert tensor.data is not None
    start, end = tensor.data
    kind = np.dtype("<f2" if tensor.data_type == FLOAT16 else "<f4")
    return np.frombuffer(buffer, kind, (end - start) // kind.itemsize, start).reshape(tensor.dims)


@contextmanager
def folded_weights(net: SequentialNet, cancel: threading.Event | None = None) -> Iterator[FoldedWeights]:
    """Open the published file of a network for its weights. Raises `StorageError`."""
    with open_mapped(net.path) as buffer:
        yield FoldedWeights(buffer, cancel or threading.Event())
