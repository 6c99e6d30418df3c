"""ONNX messages written field by field: nodes, constants, inputs and outputs, and the model around them."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.models.graphs import (
    ALIGNMENT,
    ATTRIBUTE_NAME,
    DIM_PARAM,
    DIM_VALUE,
    FLOAT,
    GRAPH_INITIALIZER,
    GRAPH_INPUT,
    GRAPH_NAME,
    GRAPH_NODE,
    GRAPH_OUTPUT,
    MODEL_GRAPH,
    MODEL_OPSET,
    NODE_ATTRIBUTE,
    NODE_OP_TYPE,
    SHAPE_DIM,
    TENSOR_DIMS,
    TENSOR_EXTERNAL,
    TENSOR_LOCATION,
    TENSOR_NAME,
    TENSOR_RAW,
    TENSOR_SHAPE,
    TENSOR_TYPE,
    TYPE_TENSOR,
    VALUE_NAME,
    VALUE_TYPE,
)
from vgg_desktop.models.protobuf import bytes_field, number_field

_IR, _OPSET = 8, 13
_TYPES = {"float32": FLOAT, "uint8": 2, "int8": 3, "int32": 6, "int64": 7, "float16": 10}
_NODE_INPUT, _NODE_OUTPUT, _NODE_DOMAIN = 1, 2, 7
_ATTRIBUTE_INT, _ATTRIBUTE_INTS, _ATTRIBUTE_KIND = 3, 8, 20
_KIND_INT, _KIND_INTS = 2, 7


def node(kind: str, inputs: Sequence[str], output: str, **attributes: int | tuple[int, ...]) -> bytes:
    """Write a node with one output as a field of a graph; a `kind` that is not ONNX's own begins with its domain."""
    domain, _, operation = kind.rpartition(".")
    body = b"".join(bytes_field(_NODE_INPUT, each) for each in inputs)
    body += bytes_field(_NODE_OUTPUT, output) + bytes_field(NODE_OP_TYPE, operation)
    for key, value in attributes.items():
        body += bytes_field(NODE_ATTRIBUTE, _attribute(key, value))
    if domain:
        body += bytes_field(_NODE_DOMAIN, domain)
    return bytes_field(GRAPH_NODE, body)


def _attribute(name: str, value: int | tuple[int, ...]) -> bytes:
    head = bytes_field(ATTRIBUTE_NAME, name)
    if isinstance(value, int):
        return head + number_field(_ATTRIBUTE_INT, value) + number_field(_ATTRIBUTE_KIND, _KIND_INT)
    numbers = b"".join(number_field(_ATTRIBUTE_INTS, each) for each in value)
    return head + numbers + number_field(_ATTRIBUTE_KIND, _KIND_INTS)


def initializer(name: str, values: NDArray[Any]) -> bytes:
    """Write a constant as a field of a graph."""
    data = values.astype(values.dtype.newbyteorder("<")).tobytes()
    body = _tensor(name, values.shape, values.dtype.name) + bytes_field(TENSOR_RAW, data)
    return bytes_field(GRAPH_INITIALIZER, body)


def external_initializer(name: str, dims: tuple[int, ...], kind: str, location: str, offset: int) -> bytes:
    """Write a constant whose values, of NumPy's type `kind`, lie in the file `location` beside the graph."""
    body = _tensor(name, dims, kind)
    length = math.prod(dims) * np.dtype(kind).itemsize
    for key, text in (("location", location), ("offset", str(offset)), ("length", str(length))):
        body += bytes_field(TENSOR_EXTERNAL, bytes_field(1, key) + bytes_field(2, text))
    return bytes_field(GRAPH_INITIALIZER, body + number_field(TENSOR_LOCATION, 1))


def _tensor(name: str, dims: tuple[int, ...], kind: str) -> bytes:
    message = b"".join(number_field(TENSOR_DIMS, dim) for dim in dims)
    return message + number_field(TENSOR_TYPE, _TYPES[kind]) + bytes_field(TENSOR_NAME, name)


def value(name: str, kind: str, *dims: int, batch: int | None = None) -> bytes:
    """Describe an input or output (N, *dims), any N unless `batch` is given; of any shape without `dims`."""
    body = number_field(1, _TYPES[kind])
    if dims:
        first = bytes_field(DIM_PARAM, "N") if batch is None else number_field(DIM_VALUE, batch)
        shape = bytes_field(SHAPE_DIM, first)
        shape += b"".join(bytes_field(SHAPE_DIM, number_field(DIM_VALUE, dim)) for dim in dims)
        body += bytes_field(TENSOR_SHAPE, shape)
    return bytes_field(VALUE_NAME, name) + bytes_field(VALUE_TYPE, bytes_field(TYPE_TENSOR, body))


def model(
    name: str,
    *,
    nodes: bytes,
    initializers: bytes,
    picture: bytes,
    scores: bytes,
    domains: Sequence[str] = (),
) -> bytes:
    """Write a model of one graph; its input and its output are what `value` gives.

    `domains` are those of its operations beside ONNX's own, in their first version.
    """
    body = nodes + bytes_field(GRAPH_NAME, name) + initializers
    body += bytes_field(GRAPH_INPUT, picture) + bytes_field(GRAPH_OUTPUT, scores)
    opset = bytes_field(MODEL_OPSET, number_field(2, _OPSET))
    for domain in domains:
        opset += bytes_field(MODEL_OPSET, bytes_field(1, domain) + number_field(2, 1))
    return number_field(1, _IR) + opset + bytes_field(MODEL_GRAPH, body)


class GraphParts:
    """Collects nodes and constants of a graph; large constants go to a file at once, beside which it must lie."""

    def __init__(self, weights: BinaryIO, location: str) -> None:
        """Begin a graph whose large constants go to `weights`, which becomes the file named `location`."""
        self._file, self._location = weights, location
        self.nodes, self.initializers = bytearray(), bytearray()

    def node(
        self,
        kind: str,
        inputs: Sequence[str],
        output: str,
        **attributes: int | tuple[int, ...],
    ) -> str:
        """Append a node and return the name of its output."""
        self.nodes += node(kind, inputs, output, **attributes)
        return output

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """Append a constant that stays in the graph, and return its name."""
        self.initializers += initializer(name, values)
        return name

    def store(self, name: str, dims: tuple[int, ...], kind: str, parts: Iterable[NDArray[Any]]) -> str:
        """Append a constant whose values, of NumPy's type `kind`, go to the file in parts, and return its name.

        Raises `OSError`.
        """
        offset = -(-self._file.tell() // ALIGNMENT) * ALIGNMENT
        self._file.seek(offset)
        for part in parts:
            self._file.write(part.data)
        self.initializers += external_initializer(name, dims, kind, self._location, offset)
        return name


def more_outputs(names: Sequence[str]) -> bytes:
    """Write what, put at the end of a model, adds floating-point results inside it to its outputs.

    Readers join a message that comes twice, field by field (protobuf's rule), so the model stays untouched.
    """
    outputs = b"".join(bytes_field(GRAPH_OUTPUT, value(each, "float32")) for each in names)
    return bytes_field(MODEL_GRAPH, outputs)
