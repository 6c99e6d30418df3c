"""What an ONNX file is made of, read where it lies: nodes and weights by their byte positions.

An ONNX file is one protobuf message (https://protobuf.dev/programming-guides/encoding, onnx.proto), and each weight's
bytes lie in it in one piece. The official library does not tell where, and the graphs made from a published file need
that to point at weights inside it.
"""

import math
import mmap
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple, TypeAlias

from vgg_desktop.errors import ModelUnusable
from vgg_desktop.files import storage_errors
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5  # wire types
# Field numbers of onnx.proto.
MODEL_IR, MODEL_GRAPH, MODEL_OPSET, MODEL_METADATA, MODEL_FUNCTION = 1, 7, 8, 14, 25
FUNCTION_NAME, FUNCTION_DOMAIN = 1, 10
GRAPH_NODE, GRAPH_NAME, GRAPH_INITIALIZER, GRAPH_SPARSE = 1, 2, 5, 15
GRAPH_INPUT, GRAPH_OUTPUT, GRAPH_VALUE = 11, 12, 13
NODE_INPUT, NODE_OUTPUT, NODE_OP_TYPE, NODE_ATTRIBUTE, NODE_DOMAIN = 1, 2, 4, 5, 7
ATTRIBUTE_NAME, ATTRIBUTE_FLOAT, ATTRIBUTE_INT, ATTRIBUTE_TEXT, ATTRIBUTE_INTS, ATTRIBUTE_TEXTS = (
    1,
    2,
    3,
    4,
    8,
    9,
)
ATTRIBUTE_TYPE, ATTRIBUTE_REFERENCE = 20, 21
TENSOR_DIMS, TENSOR_TYPE, TENSOR_FLOATS, TENSOR_NAME, TENSOR_RAW, TENSOR_DOUBLES = 1, 2, 4, 8, 9, 10
TENSOR_EXTERNAL, TENSOR_LOCATION = 13, 14
VALUE_NAME, VALUE_TYPE, TYPE_TENSOR, TENSOR_SHAPE, SHAPE_DIM = 1, 2, 1, 2, 1
DIM_VALUE, DIM_PARAM = 1, 2
FLOAT, FLOAT16, DOUBLE = 1, 10, 11
# Wherever a message may hold a tensor, by the kind of message and the number of the field.
TENSORS_WITHIN = {
    "model": {MODEL_GRAPH: "graph", 20: "training", MODEL_FUNCTION: "function"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "graph": {GRAPH_NODE: "node", GRAPH_INITIALIZER: "tensor", GRAPH_SPARSE: "sparse tensor"},
    "node": {NODE_ATTRIBUTE: "attribute"},
    "attribute": {
        5: "tensor", 10: "tensor", 22: "sparse tensor", 23: "sparse tensor", 6: "graph", 11: "graph",
    },
    "sparse tensor": {1: "tensor", 2: "tensor"},
}  # fmt: skip
_ITEM_BYTES = {FLOAT: 4, DOUBLE: 8, FLOAT16: 2, 7: 8, 6: 4, 2: 1, 3: 1, 9: 1, 16: 2}

MAX_DEPTH = 50  # messages in messages: some 16 sub-graphs of sub-graphs; real classifiers have none
_MAX_PARTS = 200_000
_MAX_METADATA = 1_000_000  # bytes

Buffer: TypeAlias = bytes | mmap.mmap
Span: TypeAlias = tuple[int, int]


class Malformed(Exception):
    """The bytes are not an ONNX file; `open_mapped` translates it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Field(NamedTuple):
    """One field: its number, wire type, value of a varint, and where its payload lies in the buffer."""

    number: int
    wire_type: int
    value: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """One initializer: `start:end` is its message in the file; `data` its values' bytes, if in one piece.

    Or they are in the file `location`, from `offset` on.
    """

    name: str
    dims: tuple[int, ...]
    data_type: int
    start: int
    end: int
    data: Span | None
    location: str | None = None
    offset: int = 0

    @property
    def items(self) -> int:
        """Return how many values it has."""
        return math.prod(self.dims)


@dataclass(frozen=True, slots=True)
class SourceGraph:
    """What of an ONNX file other graphs are made from; spans are byte positions in the file.

    `metadata` are the texts that the exporter wrote beside the network, the first megabyte of them.
    """

    ir_version: int
    opsets: tuple[Span, ...]
    nodes: tuple[Span, ...]
    initializers: tuple[Tensor, ...]
    inputs: tuple[Span, ...]
    outputs: tuple[Span, ...]
    functions: tuple[Span, ...]
    metadata: Mapping[str, str]
    external_files: frozenset[str]


@contextmanager
def open_mapped(path: Path) -> Iterator[mmap.mmap]:
    """Map a file for reading. Raises `StorageError`, and `ModelUnusable` where it, or what is read, is `Malformed`."""
    with ExitStack() as stack:
        with storage_errors(path):
            file = stack.enter_context(path.open("rb"))
            if os.fstat(file.fileno()).st_size == 0:
                raise ModelUnusable(path, Why.FILE_EMPTY())
            buffer = stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        try:
            yield buffer
        except Malformed as error:
            raise ModelUnusable(path, error.reason) from error


def _read_varint(buffer: Buffer, position: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while position < end and shift < 70:
        byte = buffer[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, position
        shift += 7
    raise Malformed(Why.ONNX_CUT_OFF())


def fields(buffer: Buffer, start: int, end: int) -> Iterator[Field]:
    """Return the fields of the message at `start:end`. Raises `Malformed`."""
    position = start
    while position < end:
        key, position = _read_varint(buffer, position, end)
        if key >> 32:
            # Other readers cut such a number off, and would see another field.
            raise Malformed(Why.ONNX_DAMAGED())
        number, wire_type, value = key >> 3, key & 7, 0
        payload = position
        if wire_type == VARINT:
            value, position = _read_varint(buffer, position, end)
        elif wire_type == FIXED64:
            position += 8
        elif wire_type == FIXED32:
            position += 4
        elif wire_type == BYTES:
            length, payload = _read_varint(buffer, position, end)
            position = payload + length
        else:
            raise Malformed(Why.ONNX_DAMAGED())
        if position > end or number == 0:
            raise Malformed(Why.ONNX_CUT_OFF())
        yield Field(number, wire_type, value, payload, position)


def read_text(buffer: Buffer, start: int, end: int) -> str:
    """Return the text of a field. Raises `Malformed`."""
    try:
        return buffer[start:end].decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(Why.ONNX_NO_TEXT()) from error


def value_name(buffer: Buffer, span: Span) -> str:
    """Return the name of an input or output. Raises `Malformed`."""
    for field in fields(buffer, *span):
        if field.number == VALUE_NAME:
            return read_text(buffer, field.start, field.end)
    return ""


def varints(buffer: Buffer, start: int, end: int) -> Iterator[int]:
    """Return the numbers of a packed field, not negative. Raises `Malformed`."""
    while start < end:
        value, start = _read_varint(buffer, start, end)
        yield value


def read_tensor(buffer: Buffer, start: int, end: int) -> Tensor:
    """Return a tensor without its values. Raises `Malformed`."""
    name, dims, data_type, location, offset = "", list[int](), 0, None, 0
    data: Span | None = None
    for field in fields(buffer, start, end):
        if field.number == TENSOR_DIMS and field.wire_type == BYTES:
            dims += varints(buffer, field.start, field.end)
        elif field.number == TENSOR_DIMS:
            dims.append(field.value)
        elif field.number == TENSOR_TYPE:
            data_type = field.value
        elif field.number == TENSOR_NAME:
            name = read_text(buffer, field.start, field.end)
        elif field.number in (TENSOR_RAW, TENSOR_FLOATS, TENSOR_DOUBLES) and field.wire_type == BYTES:
            data = (field.start, field.end)
        elif field.number == TENSOR_EXTERNAL:
            entry = {
                each.number: read_text(buffer, each.start, each.end)
                for each in fields(buffer, field.start, field.end)
            }
            if entry.get(1) == "location":
                # Of two, another reader might take the one that was not checked.
                if location not in (None, entry.get(2, "")):
                    raise Malformed(Why.ONNX_DAMAGED())
                location = entry.get(2, "")
            elif entry.get(1) == "offset":
                offset = _read_number(entry.get(2, ""))
    item = _ITEM_BYTES.get(data_type)
    size = item * math.prod(dims) if item is not None else None
    if data is not None and size is not None and data[1] - data[0] != size:
        raise Malformed(Why.ONNX_WEIGHTS_CUT_OFF(name=name))
    return Tensor(
        name, tuple(dims), data_type, start, end, data if size is not None else None, location, offset
    )


def _read_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 19:
        raise Malformed(Why.ONNX_DAMAGED())
    return int(text)


def _external_files(
    buffer: Buffer, start: int, end: int, kind: str = "model", depth: int = 0
) -> Iterator[str]:
    """Return the files that tensors anywhere in a message name: in sub-graphs, functions and sparse tensors too."""
    if depth > MAX_DEPTH:
        raise Malformed(Why.ONNX_NESTED())
    within = TENSORS_WITHIN[kind]
    for field in fields(buffer, start, end):
        if (
            kind == "node"
            and field.number == NODE_OP_TYPE
            and buffer[field.start : field.end] == b"EPContext"
        ):
            raise Malformed(Why.ONNX_COMPILED())  # its attributes name files
        inner = within.get(field.number) if field.wire_type == BYTES else None
        if inner == "tensor":
            location = read_tensor(buffer, field.start, field.end).location
            if location is not None:
                yield location
        elif inner is not None:
            yield from _external_files(buffer, field.start, field.end, inner, depth + 1)


def _nodes(buffer: Buffer, kind: str, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Return domain and operator of the nodes anywhere in a message, without those of the model's functions."""
    if kind == "node":
        names = {each.number: buffer[each.start : each.end] for each in fields(buffer, start, end)}
        yield names.get(NODE_DOMAIN, b""), names.get(NODE_OP_TYPE, b"")
    for field in fields(buffer, start, end):
        inner = TENSORS_WITHIN[kind].get(field.number) if field.wire_type == BYTES else None
        if inner not in (None, "tensor", "sparse tensor") and (kind, inner) != ("model", "function"):
            yield from _nodes(buffer, inner, field.start, field.end)


def _check_functions(buffer: Buffer) -> None:
    """Raise `Malformed` where the network has too many nodes once its functions stand in place of their calls.

    Functions that call functions can double the nodes at each step.
    """
    calls: dict[tuple[bytes, bytes], Counter[tuple[bytes, bytes]]] = {}
    for field in fields(buffer, 0, len(buffer)):
        if field.number == MODEL_FUNCTION and field.wire_type == BYTES:
            span = (field.start, field.end)
            names = {each.number: buffer[each.start : each.end] for each in fields(buffer, *span)}
            name = (names.get(FUNCTION_DOMAIN, b""), names.get(FUNCTION_NAME, b""))
            # Of several of one name, which differ in the field `overload`, all are counted.
            calls.setdefault(name, Counter()).update(_nodes(buffer, "function", *span))
    if not calls:
        return
    sizes: dict[tuple[bytes, bytes], int] = {}

    def size(called: Counter[tuple[bytes, bytes]]) -> int:
        return sum(count * sizes.get(name, 1) for name, count in called.items())

    try:
        for name in TopologicalSorter(calls).static_order():
            if name in calls:
                sizes[name] = size(calls[name])
    except CycleError as error:
        raise Malformed(Why.ONNX_FUNCTIONS()) from error
    if size(Counter(_nodes(buffer, "model", 0, len(buffer)))) > _MAX_PARTS:
        raise Malformed(Why.ONNX_FUNCTIONS())


def read_graph(buffer: Buffer) -> SourceGraph:
    """Read the structure of an ONNX file without its weights. Raises `Malformed`."""
    opsets, nodes, inputs, outputs, functions = (list[Span]() for _ in range(5))
    initializers: list[Tensor] = []
    metadata: dict[str, str] = {}
    graphs = ir_version = 0
    metadata_left = _MAX_METADATA
    for field in fields(buffer, 0, len(buffer)):
        span = (field.start, field.end)
        if field.number == MODEL_IR:
            ir_version = field.value
        elif field.number == MODEL_OPSET:
            opsets.append(span)
        elif field.number == MODEL_FUNCTION:
            functions.append(span)
        elif field.number == MODEL_METADATA and field.end - field.start <= metadata_left:
            metadata_left -= field.end - field.start
            # Unlike a name, it may be in any encoding without harm.
            texts = {
                each.number: buffer[each.start : each.end].decode("utf-8", "replace")
                for each in fields(buffer, *span)
            }
            metadata[texts.get(1, "")] = texts.get(2, "")
        elif field.number == MODEL_GRAPH:
            graphs += 1
            for part in fields(buffer, *span):
                place = (part.start, part.end)
                if part.number == GRAPH_NODE:
                    nodes.append(place)
                elif part.number == GRAPH_INITIALIZER:
                    initializers.append(read_tensor(buffer, *place))
                elif part.number == GRAPH_INPUT:
                    inputs.append(place)
                elif part.number == GRAPH_OUTPUT:
                    outputs.append(place)
                elif part.number == GRAPH_SPARSE:
                    raise Malformed(Why.ONNX_SPARSE())
                if len(nodes) + len(initializers) > _MAX_PARTS:
                    raise Malformed(Why.ONNX_TOO_MANY_PARTS())
    if graphs != 1 or not nodes or not opsets:
        raise Malformed(Why.ONNX_CUT_OFF())
    external = frozenset(_external_files(buffer, 0, len(buffer)))
    _check_functions(buffer)
    return SourceGraph(
        ir_version,
        tuple(opsets),
        tuple(nodes),
        tuple(initializers),
        tuple(inputs),
        tuple(outputs),
        tuple(functions),
        metadata,
        external,
    )


def read_source(path: Path) -> SourceGraph:
    """Read the structure of an ONNX file without its weights.

    Raises `ModelUnusable` when it is no ONNX file, cut off, or nested without end; `StorageError`.
    """
    with open_mapped(path) as buffer:
        return read_graph(buffer)
