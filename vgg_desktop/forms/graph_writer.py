"""ONNX graphs written field by field; the one writer of every graph that is made from a published file."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.forms import onnx_file as onnx
from vgg_desktop.forms.onnx_file import FLOAT, FLOAT16, Tensor
from vgg_desktop.forms.sequential import Layer, Window

ALIGNMENT = 65_536  # the coarsest granularity at which any supported system maps files
_IR, _OPSET = 8, 13
_TYPES = {"float32": FLOAT, "uint8": 2, "int8": 3, "int32": 6, "int64": 7, "float16": FLOAT16}
_TYPE_INT, _TYPE_INTS = 2, 7  # of an attribute


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number_field(number: int, value: int) -> bytes:
    """Encode one varint field of a non-negative value."""
    return _varint(number << 3 | onnx.VARINT) + _varint(value)


def bytes_field(number: int, payload: bytes | str) -> bytes:
    """Encode one length-delimited field: a string, bytes, or a message."""
    data = payload.encode() if isinstance(payload, str) else payload
    return _varint(number << 3 | onnx.BYTES) + _varint(len(data)) + data


def align(offset: int) -> int:
    """Return the first multiple of `ALIGNMENT` from an offset on."""
    return -(-offset // ALIGNMENT) * ALIGNMENT


def external_tensor(
    name: str, dims: Sequence[int], data_type: int, location: str, offset: int, length: int
) -> bytes:
    """Encode a tensor whose values are `length` bytes of the file `location`, beside the graph, from `offset` on."""
    message = _tensor(name, dims, data_type)
    for key, text in (("location", location), ("offset", str(offset)), ("length", str(length))):
        message += bytes_field(onnx.TENSOR_EXTERNAL, bytes_field(1, key) + bytes_field(2, text))
    return message + number_field(onnx.TENSOR_LOCATION, 1)


def raw_tensor(name: str, dims: Sequence[int], data_type: int, data: bytes) -> bytes:
    """Encode a tensor with its values, `data` in little-endian order, inside."""
    return _tensor(name, dims, data_type) + bytes_field(onnx.TENSOR_RAW, data)


def _tensor(name: str, dims: Sequence[int], data_type: int) -> bytes:
    message = b"".join(number_field(onnx.TENSOR_DIMS, dim) for dim in dims)
    return message + number_field(onnx.TENSOR_TYPE, data_type) + bytes_field(onnx.TENSOR_NAME, name)


def _attribute(name: str, value: int | tuple[int, ...]) -> bytes:
    head = bytes_field(onnx.ATTRIBUTE_NAME, name)
    if isinstance(value, int):
        return head + number_field(onnx.ATTRIBUTE_INT, value) + number_field(onnx.ATTRIBUTE_TYPE, _TYPE_INT)
    numbers = b"".join(number_field(onnx.ATTRIBUTE_INTS, each) for each in value)
    return head + numbers + number_field(onnx.ATTRIBUTE_TYPE, _TYPE_INTS)


def _value(name: str, kind: str, *dims: int, batch: int | None = None) -> bytes:
    """Encode an input or output (N, *dims), any N unless `batch` is given; of any shape without `dims`."""
    body = number_field(1, _TYPES[kind])
    if dims:
        first = bytes_field(onnx.DIM_PARAM, "N") if batch is None else number_field(onnx.DIM_VALUE, batch)
        shape = bytes_field(onnx.SHAPE_DIM, first)
        shape += b"".join(bytes_field(onnx.SHAPE_DIM, number_field(onnx.DIM_VALUE, dim)) for dim in dims)
        body += bytes_field(onnx.TENSOR_SHAPE, shape)
    return bytes_field(onnx.VALUE_NAME, name) + bytes_field(
        onnx.VALUE_TYPE, bytes_field(onnx.TYPE_TENSOR, body)
    )


class GraphWriter:
    """Collects the nodes and constants of a graph with one input and one output.

    `current` names the last result, which goes into the next node. Large constants go to a file at once, beside which
    the graph must lie.
    """

    def __init__(
        self,
        location: str,
        weights: BinaryIO | None,
        name: str,
        *dims: int,
        kind: str = "float32",
        batch: int | None = None,
    ) -> None:
        """Begin with the input `name` of NumPy's type `kind`, (N, *dims), any N unless `batch` is given.

        `location` is the name of the file of large constants: the one that `weights` becomes, or a published one.
        """
        self._location, self._file, self._batch = location, weights, batch
        self._input = _value(name, kind, *dims, batch=batch)
        self._nodes, self._initializers, self._layers = bytearray(), bytearray(), 0
        self.current = name

    def next_layer(self) -> str:
        """Return a name for the next layer, which those of its nodes and constants begin with."""
        self._layers += 1
        return f"layer{self._layers - 1}"

    def node(self, kind: str, inputs: Sequence[str], output: str, **attributes: int | tuple[int, ...]) -> str:
        """Append a node and return the name of its output; a `kind` that is not ONNX's own begins with its domain."""
        domain, _, operation = kind.rpartition(".")
        body = b"".join(bytes_field(onnx.NODE_INPUT, each) for each in inputs)
        body += bytes_field(onnx.NODE_OUTPUT, output) + bytes_field(onnx.NODE_OP_TYPE, operation)
        for key, value in attributes.items():
            body += bytes_field(onnx.NODE_ATTRIBUTE, _attribute(key, value))
        if domain:
            body += bytes_field(onnx.NODE_DOMAIN, domain)
        self._nodes += bytes_field(onnx.GRAPH_NODE, body)
        return output

    def then(self, kind: str, output: str, *others: str, **attributes: int | tuple[int, ...]) -> None:
        """Append a node whose first input is the last result, and whose output becomes that."""
        self.current = self.node(kind, [self.current, *others], output, **attributes)

    def sums(self, layer: Layer, name: str, *constants: str) -> None:
        """Append the convolution or the matrix product of a layer, whose rows are one output channel each."""
        if layer.window is not None:
            self.then("Conv", f"{name}_sums", *constants, **window_attributes(layer.window))
        else:
            self.then("Gemm", f"{name}_sums", *constants, transB=1)

    def pools(self, layer: Layer, name: str) -> None:
        """Append what happens to a layer's result before the next one."""
        for number, pool in enumerate(layer.pools):
            self.then("MaxPool", f"{name}_pool{number}", **window_attributes(pool))
        if layer.flat:
            self.then("Flatten", f"{name}_flat", axis=1)

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """Append a constant that stays in the graph, and return its name."""
        data = values.astype(values.dtype.newbyteorder("<")).tobytes()
        body = raw_tensor(name, values.shape, _TYPES[values.dtype.name], data)
        self._initializers += bytes_field(onnx.GRAPH_INITIALIZER, body)
        return name

    def store(self, name: str, dims: tuple[int, ...], kind: str, parts: Iterable[NDArray[np.generic]]) -> str:
        """Append a constant whose values, of NumPy's type `kind`, go to the file in parts, and return its name.

        `parts` are contiguous arrays of that type, in the constant's order. Raises `OSError`.
        """
        assert self._file is not None
        offset = align(self._file.tell())
        self._file.seek(offset)
        for part in parts:
            self._file.write(part.data)
        length = math.prod(dims) * np.dtype(kind).itemsize
        message = external_tensor(name, dims, _TYPES[kind], self._location, offset, length)
        self._initializers += bytes_field(onnx.GRAPH_INITIALIZER, message)
        return name

    def point_at(self, tensor: Tensor) -> str:
        """Append a constant whose values stay in the published file, and return its name."""
        assert tensor.data is not None
        start, end = tensor.data
        message = external_tensor(
            tensor.name, tensor.dims, tensor.data_type, self._location, start, end - start
        )
        self._initializers += bytes_field(onnx.GRAPH_INITIALIZER, message)
        return tensor.name

    def model(self, name: str, *dims: int, kind: str = "float32", domains: Sequence[str] = ()) -> bytes:
        """Return the finished model; the last result, (N, *dims), is its output.

        `domains` are those of its operations beside ONNX's own, in their first version.
        """
        body = bytes(self._nodes) + bytes_field(onnx.GRAPH_NAME, name) + bytes(self._initializers)
        output = _value(self.current, kind, *dims, batch=self._batch)
        body += bytes_field(onnx.GRAPH_INPUT, self._input) + bytes_field(onnx.GRAPH_OUTPUT, output)
        opset = bytes_field(onnx.MODEL_OPSET, number_field(2, _OPSET))
        for domain in domains:
            opset += bytes_field(onnx.MODEL_OPSET, bytes_field(1, domain) + number_field(2, 1))
        return number_field(1, _IR) + opset + bytes_field(onnx.MODEL_GRAPH, body)


def window_attributes(window: Window) -> dict[str, tuple[int, ...]]:
    """Return a window as the attributes of a node."""
    return {"kernel_shape": window.kernel, "strides": window.strides, "pads": window.pads}


def more_outputs(names: Sequence[str]) -> bytes:
    """Encode what, put at the end of a model, adds floating-point results inside it to its outputs.

    Readers join a message that comes twice, field by field (protobuf's rule), so the model stays untouched.
    """
    outputs = b"".join(bytes_field(onnx.GRAPH_OUTPUT, _value(each, "float32")) for each in names)
    return bytes_field(onnx.MODEL_GRAPH, outputs)
