"""The layers of a network that is one plain chain, as all VGG networks are, with the places of their weights.

Batch normalisation is folded into the convolution before it, so a layer is a convolution or a dense layer, a
ReLU, and what only moves numbers about.
"""

import math
import struct
from dataclasses import dataclass, replace
from pathlib import Path

from vgg_desktop.models.graphs import FLOAT, VALUE_NAME, SourceGraph, Tensor, mapped, read_source
from vgg_desktop.models.protobuf import BYTES, FIXED32, VARINT, Buffer, Field, fields

NODE_INPUT, NODE_OUTPUT, NODE_OP_TYPE, NODE_ATTRIBUTE = 1, 2, 4, 5
ATTRIBUTE_NAME, ATTRIBUTE_FLOAT, ATTRIBUTE_INT, ATTRIBUTE_TEXT, ATTRIBUTE_INTS = 1, 2, 3, 4, 8
FLOAT16 = 10
_OTHER_SHAPE = "its layers do not follow one another as those of a VGG network do"
_OTHER_FILE = "its weights are in a file of their own"
_OTHER_TYPE = "its weights are not floating-point numbers of 32 bits"

Value = int | float | str | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Why a network is no such chain: a clause in English."""

    reason: str


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

    A dense layer has no `window`; its weights are (units, inputs), or (inputs, units) when `units_last`. `pools`
    and `flat` say what happens to the result before the next layer.
    """

    name: str
    weight: Tensor
    bias: Tensor | None
    window: Window | None
    units_last: bool = False
    normalisation: Normalisation | None = None
    relu: bool = False
    pools: tuple[Window, ...] = ()
    flat: bool = False

    @property
    def units(self) -> int:
        """Return how many channels or units the layer has."""
        return self.weight.dims[1 if self.units_last else 0]

    @property
    def inputs(self) -> int:
        """Return how many numbers go into one of its sums."""
        return math.prod(self.weight.dims) // self.units


@dataclass(frozen=True, slots=True)
class Chain:
    """A network whose layers follow one another; all but the last end in a ReLU."""

    path: Path
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: dict[str, Value]


class _OtherShape(Exception):
    """The network is no such chain; its text is the reason."""


def read_chain(path: Path) -> Chain | Unsupported:
    """Read the layers of a published file, without their weights. Raises `ModelUnusable`, `StorageError`."""
    source = read_source(path)
    if source.external_files:
        return Unsupported(_OTHER_FILE)
    try:
        with mapped(path) as buffer:
            return Chain(path, _Reader(buffer, source).layers())
    except _OtherShape as error:
        return Unsupported(str(error))


def _read_value(buffer: Buffer, span: Field) -> tuple[str, Value]:
    name, value, numbers = "", 0, list[int]()
    found: Value | None = None
    for field in fields(buffer, span.start, span.end):
        if field.number == ATTRIBUTE_NAME:
            name = buffer[field.start : field.end].decode()
        elif field.number == ATTRIBUTE_INT:
            found = field.value
        elif field.number == ATTRIBUTE_FLOAT and field.wire_type == FIXED32:
            found = float(struct.unpack("<f", buffer[field.start : field.end])[0])
        elif field.number == ATTRIBUTE_TEXT:
            found = buffer[field.start : field.end].decode("utf-8", "replace")
        elif field.number == ATTRIBUTE_INTS and field.wire_type == VARINT:
            numbers.append(field.value)
        elif field.number == ATTRIBUTE_INTS and field.wire_type == BYTES:
            for byte in buffer[field.start : field.end]:
                if byte >= 0x80:
                    raise _OtherShape(_OTHER_SHAPE)  # no kernel or padding is that large
                numbers.append(byte)
    return name, found if found is not None else tuple(numbers) if numbers else value


def _read_node(buffer: Buffer, span: tuple[int, int]) -> _Node:
    kind, inputs, outputs, attributes = "", list[str](), list[str](), dict[str, Value]()
    for field in fields(buffer, *span):
        if field.number == NODE_INPUT:
            inputs.append(buffer[field.start : field.end].decode())
        elif field.number == NODE_OUTPUT:
            outputs.append(buffer[field.start : field.end].decode())
        elif field.number == NODE_OP_TYPE:
            kind = buffer[field.start : field.end].decode()
        elif field.number == NODE_ATTRIBUTE:
            name, value = _read_value(buffer, field)
            attributes[name] = value
    return _Node(kind, tuple(inputs), tuple(outputs), attributes)


def _name(buffer: Buffer, span: tuple[int, int]) -> str:
    names = [each for each in fields(buffer, *span) if each.number == VALUE_NAME]
    return buffer[names[0].start : names[0].end].decode() if names else ""


class _Reader:
    """Follows the chain from the picture to the scores. Raises `_OtherShape` where it is none."""

    def __init__(self, buffer: Buffer, source: SourceGraph) -> None:
        self._tensors = {each.name: each for each in source.initializers}
        self._widened: set[str] = set()
        self._nodes = [_read_node(buffer, span) for span in source.nodes]
        inputs = [name for span in source.inputs if (name := _name(buffer, span)) not in self._tensors]
        outputs = [_name(buffer, span) for span in source.outputs]
        if len(inputs) != 1 or len(outputs) != 1:
            raise _OtherShape(_OTHER_SHAPE)
        self._current, self._end = inputs[0], outputs[0]
        self._layers: list[Layer] = []

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers in their order."""
        for node in self._nodes:
            if not node.inputs or not node.outputs:
                raise _OtherShape(_OTHER_SHAPE)
            if node.kind == "Cast" and node.attributes.get("to") == FLOAT and node.inputs[0] in self._tensors:
                self._tensors[node.outputs[0]] = self._tensors[node.inputs[0]]
                self._widened.add(node.outputs[0])
                continue
            if node.inputs[0] != self._current:
                raise _OtherShape(_OTHER_SHAPE)
            self._take(node)
            self._current = node.outputs[0]
        last = self._last()
        if last.relu or last.window is not None or not all(each.relu for each in self._layers[:-1]):
            raise _OtherShape(_OTHER_SHAPE)
        if self._current != self._end or last.pools or last.flat:
            raise _OtherShape(_OTHER_SHAPE)
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
                    raise _OtherShape(_OTHER_SHAPE)
                if last.window is not None:
                    self._layers[-1] = replace(last, flat=True)
            case "Dropout" | "Identity":
                pass
            case _:
                raise _OtherShape(_OTHER_SHAPE)

    def _last(self) -> Layer:
        if not self._layers:
            raise _OtherShape(_OTHER_SHAPE)
        return self._layers[-1]

    def _tensor(self, node: _Node, place: int, dimensions: int) -> Tensor:
        tensor = self._tensors.get(node.inputs[place]) if place < len(node.inputs) else None
        if tensor is None or len(tensor.dims) != dimensions or math.prod(tensor.dims) == 0:
            raise _OtherShape(_OTHER_SHAPE)
        is_wide = tensor.data_type == FLOAT or node.inputs[place] in self._widened
        if tensor.data_type not in (FLOAT, FLOAT16) or not is_wide or tensor.data is None:
            raise _OtherShape(_OTHER_TYPE)
        return tensor

    def _bias(self, node: _Node, units: int) -> Tensor | None:
        if len(node.inputs) < 3 or not node.inputs[2]:
            return None
        bias = self._tensor(node, 2, 1)
        if bias.dims != (units,):
            raise _OtherShape(_OTHER_SHAPE)
        return bias

    def _convolution(self, node: _Node) -> None:
        weight = self._tensor(node, 1, 4)
        window = _window(node, weight.dims[2:])
        is_open = self._is_open_for(weight.dims[1]) if self._layers else weight.dims[1] == 3
        if node.attributes.get("group", 1) != 1 or not is_open:
            raise _OtherShape(_OTHER_SHAPE)
        self._layers.append(Layer(node.outputs[0], weight, self._bias(node, weight.dims[0]), window))

    def _is_open_for(self, channels: int) -> bool:
        last = self._layers[-1]
        return last.relu and last.window is not None and not last.flat and last.units == channels

    def _dense(self, node: _Node) -> None:
        weight, last = self._tensor(node, 1, 2), self._last()
        known = node.attributes
        plain = known.get("alpha", 1.0) == 1.0 and known.get("beta", 1.0) == 1.0 and not known.get("transA")
        if not plain or not last.relu or (last.window is not None and not last.flat):
            raise _OtherShape(_OTHER_SHAPE)
        units_last = not known.get("transB")
        bias = self._bias(node, weight.dims[1 if units_last else 0])
        self._layers.append(Layer(node.outputs[0], weight, bias, None, units_last))

    def _normalise(self, node: _Node) -> None:
        last = self._last()
        gamma, beta, mean, variance = parts = [self._tensor(node, place, 1) for place in range(1, 5)]
        done = last.window is None or last.relu or last.normalisation is not None
        if done or any(each.dims != (last.units,) for each in parts):
            raise _OtherShape(_OTHER_SHAPE)
        epsilon = node.attributes.get("epsilon", 1e-5)
        if not isinstance(epsilon, float):
            raise _OtherShape(_OTHER_SHAPE)
        self._amend(node, normalisation=Normalisation(gamma, beta, mean, variance, epsilon))

    def _pool(self, node: _Node) -> None:
        last, kernel = self._last(), node.attributes.get("kernel_shape")
        plain = not node.attributes.get("ceil_mode") and not node.attributes.get("storage_order")
        if not plain or last.window is None or not last.relu or last.flat or not isinstance(kernel, tuple):
            raise _OtherShape(_OTHER_SHAPE)
        self._layers[-1] = replace(last, pools=(*last.pools, _window(node, kernel)))

    def _amend(self, node: _Node, *, relu: bool = False, normalisation: Normalisation | None = None) -> None:
        """Note what follows on the sums of the layer before, and the name that its result has now."""
        last = self._last()
        if last.relu:
            raise _OtherShape(_OTHER_SHAPE)
        self._layers[-1] = replace(
            last, name=node.outputs[0], relu=relu, normalisation=normalisation or last.normalisation
        )


def _window(node: _Node, kernel: tuple[int, ...]) -> Window:
    known = node.attributes
    strides, pads = known.get("strides", (1, 1)), known.get("pads", (0, 0, 0, 0))
    is_plain = known.get("auto_pad", "NOTSET") == "NOTSET" and known.get("dilations", (1, 1)) == (1, 1)
    if not isinstance(strides, tuple) or not isinstance(pads, tuple) or not is_plain:
        raise _OtherShape(_OTHER_SHAPE)
    if known.get("kernel_shape", kernel) != kernel or (len(kernel), len(strides), len(pads)) != (2, 2, 4):
        raise _OtherShape(_OTHER_SHAPE)
    return Window(kernel, strides, pads)


def window_attributes(window: Window) -> dict[str, tuple[int, ...]]:
    """Return a window as the attributes of a node."""
    return {"kernel_shape": window.kernel, "strides": window.strides, "pads": window.pads}
