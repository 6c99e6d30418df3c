"""ONNX messages written field by field: nodes, constants, inputs and outputs, and the model around them."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.models.graphs import (
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
_TYPES = {"float32": FLOAT, "uint8": 2, "int8": 3, "int32": 6, "float16": 10}
_NODE_INPUT, _NODE_OUTPUT = 1, 2
_ATTRIBUTE_INT, _ATTRIBUTE_INTS, _ATTRIBUTE_KIND = 3, 8, 20
_KIND_INT, _KIND_INTS = 2, 7


def node(kind: str, inputs: Sequence[str], output: str, **attributes: int | tuple[int, ...]) -> bytes:
    """Write a node with one output as a field of a graph."""
    body = b"".join(bytes_field(_NODE_INPUT, each) for each in inputs)
    body += bytes_field(_NODE_OUTPUT, output) + bytes_field(NODE_OP_TYPE, kind)
    for key, value in attributes.items():
        body += bytes_field(NODE_ATTRIBUTE, _attribute(key, value))
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


def value(name: str, kind: str, *dims: int) -> bytes:
    """Describe an input or output (N, *dims); of any shape without `dims`."""
    body = number_field(1, _TYPES[kind])
    if dims:
        shape = bytes_field(SHAPE_DIM, bytes_field(DIM_PARAM, "N"))
        shape += b"".join(bytes_field(SHAPE_DIM, number_field(DIM_VALUE, dim)) for dim in dims)
        body += bytes_field(TENSOR_SHAPE, shape)
    return bytes_field(VALUE_NAME, name) + bytes_field(VALUE_TYPE, bytes_field(TYPE_TENSOR, body))


def model(name: str, *, nodes: bytes, initializers: bytes, picture: bytes, scores: bytes) -> bytes:
    """Write a model of one graph; its input and its output are what `value` gives."""
    body = nodes + bytes_field(GRAPH_NAME, name) + initializers
    body += bytes_field(GRAPH_INPUT, picture) + bytes_field(GRAPH_OUTPUT, scores)
    opset = bytes_field(MODEL_OPSET, number_field(2, _OPSET))
    return number_field(1, _IR) + opset + bytes_field(MODEL_GRAPH, body)


def more_outputs(names: Sequence[str]) -> bytes:
    """Write what, put at the end of a model, adds floating-point results inside it to its outputs.

    Readers join a message that comes twice, field by field (protobuf's rule), so the model stays untouched.
    """
    outputs = b"".join(bytes_field(GRAPH_OUTPUT, value(each, "float32")) for each in names)
    return bytes_field(MODEL_GRAPH, outputs)
