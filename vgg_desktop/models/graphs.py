"""Small graphs that address the weights inside a verified file, so that the file itself stays as published.

An ONNX file is one protobuf message (onnx.proto), and each weight's bytes lie in it in one piece. A graph of a
few kilobytes whose initializers are external data pointing at these pieces loads in a tenth of the time, and
onnxruntime maps the weights instead of copying them.
"""

import mmap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from vgg_desktop.errors import ModelUnusable, StorageError
from vgg_desktop.models.protobuf import BYTES, Buffer, bytes_field, fields, number_field

# Field numbers of onnx.proto.
MODEL_GRAPH, MODEL_OPSET = 7, 8
GRAPH_NODE, GRAPH_NAME, GRAPH_INITIALIZER, GRAPH_INPUT, GRAPH_OUTPUT, GRAPH_SPARSE = 1, 2, 5, 11, 12, 15
NODE_OP_TYPE, NODE_ATTRIBUTE = 4, 5
ATTRIBUTE_NAME, ATTRIBUTE_TENSORS, ATTRIBUTE_GRAPHS = 1, (5, 10), (6, 11)
TENSOR_DIMS, TENSOR_TYPE, TENSOR_FLOATS, TENSOR_NAME, TENSOR_RAW, TENSOR_DOUBLES = 1, 2, 4, 8, 9, 10
TENSOR_EXTERNAL, TENSOR_LOCATION = 13, 14
VALUE_NAME, VALUE_TYPE, TYPE_TENSOR, TENSOR_SHAPE, SHAPE_DIM = 1, 2, 1, 2, 1
DIM_VALUE, DIM_PARAM = 1, 2

FLOAT, DOUBLE = 1, 11
ITEM_BYTES = {FLOAT: 4, DOUBLE: 8, 10: 2, 7: 8, 6: 4, 2: 1, 3: 1, 9: 1, 16: 2}

MAX_DEPTH = 16  # sub-graphs of sub-graphs; real classifiers have none
MAX_NODES = 200_000
SMALL = 1024  # bytes up to which a tensor stays inside the graph
ALIGNMENT = 65_536  # the coarsest granularity at which any supported system maps files


@dataclass(frozen=True, slots=True)
class Tensor:
    """One initializer: `start:end` is its message in the file; `data` its values' bytes, if in one piece."""

    name: str
    dims: tuple[int, ...]
    data_type: int
    start: int
    end: int
    data: tuple[int, int] | None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class SourceGraph:
    """What of an ONNX file the small graphs are made from; spans are byte positions in the file."""

    opsets: tuple[tuple[int, int], ...]
    nodes: tuple[tuple[int, int], ...]
    initializers: tuple[Tensor, ...]
    inputs: tuple[tuple[int, int], ...]
    outputs: tuple[tuple[int, int], ...]
    external_files: frozenset[str]


@contextmanager
def mapped(path: Path) -> Iterator[mmap.mmap]:
    """Map a file for reading. Raises `StorageError`, and `ModelUnusable` for bytes that are no message."""
    try:
        file: BinaryIO
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as buffer:
            yield buffer
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    except ValueError as error:  # an empty file, or bytes that are no message
        raise ModelUnusable(path, "it is empty" if "empty" in str(error) else str(error)) from error


def _text(buffer: Buffer, start: int, end: int) -> str:
    return buffer[start:end].decode("utf-8")


def _varints(buffer: Buffer, start: int, end: int) -> Iterator[int]:
    value = shift = 0
    for byte in buffer[start:end]:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0


def _read_tensor(buffer: Buffer, start: int, end: int) -> Tensor:
    name, dims, data_type, location = "", list[int](), 0, None
    data: tuple[int, int] | None = None
    for field in fields(buffer, start, end):
        if field.number == TENSOR_DIMS and field.wire_type == BYTES:
            dims += _varints(buffer, field.start, field.end)
        elif field.number == TENSOR_DIMS:
            dims.append(field.value)
        elif field.number == TENSOR_TYPE:
            data_type = field.value
        elif field.number == TENSOR_NAME:
            name = _text(buffer, field.start, field.end)
        elif field.number in (TENSOR_RAW, TENSOR_FLOATS, TENSOR_DOUBLES) and field.wire_type == BYTES:
            data = (field.start, field.end)
        elif field.number == TENSOR_EXTERNAL:
            entry = {
                each.number: _text(buffer, each.start, each.end)
                for each in fields(buffer, field.start, field.end)
            }
            if entry.get(1) == "location":
                location = entry.get(2, "")
    size = ITEM_BYTES.get(data_type)
    for dim in dims:
        size = size * dim if size is not None else None
    if data is not None and size is not None and data[1] - data[0] != size:
        raise ValueError(f"the weights {name} are cut off")
    return Tensor(name, tuple(dims), data_type, start, end, data if size is not None else None, location)


def _external_files(buffer: Buffer, start: int, end: int, depth: int = 0) -> Iterator[str]:
    """Return the external files that tensors inside a node's attributes name, through all sub-graphs."""
    if depth > MAX_DEPTH:
        raise ValueError("its graph is nested too deeply")
    for attribute in fields(buffer, start, end):
        if attribute.number != NODE_ATTRIBUTE:
            continue
        for field in fields(buffer, attribute.start, attribute.end):
            if field.number in ATTRIBUTE_TENSORS and field.wire_type == BYTES:
                location = _read_tensor(buffer, field.start, field.end).location
                if location is not None:
                    yield location
            elif field.number in ATTRIBUTE_GRAPHS and field.wire_type == BYTES:
                for part in fields(buffer, field.start, field.end):
                    if part.number == GRAPH_NODE:
                        yield from _external_files(buffer, part.start, part.end, depth + 1)
                    elif part.number == GRAPH_INITIALIZER:
                        location = _read_tensor(buffer, part.start, part.end).location
                        if location is not None:
                            yield location


def _read_source(buffer: Buffer) -> SourceGraph:
    opsets, nodes, inputs, outputs = (list[tuple[int, int]]() for _ in range(4))
    initializers: list[Tensor] = []
    external: set[str] = set()
    graphs = 0
    for field in fields(buffer, 0, len(buffer)):
        span = (field.start, field.end)
        if field.number == MODEL_OPSET:
            opsets.append(span)
        elif field.number == MODEL_GRAPH:
            graphs += 1
            for part in fields(buffer, *span):
                place = (part.start, part.end)
                if part.number == GRAPH_NODE:
                    nodes.append(place)
                    external.update(_external_files(buffer, *place))
                elif part.number == GRAPH_INITIALIZER:
                    initializers.append(_read_tensor(buffer, *place))
                elif part.number == GRAPH_INPUT:
                    inputs.append(place)
                elif part.number == GRAPH_OUTPUT:
                    outputs.append(place)
                elif part.number == GRAPH_SPARSE:
                    raise ValueError("it uses sparse weights, which are not supported")
                if len(nodes) + len(initializers) > MAX_NODES:
                    raise ValueError("it has too many parts to be an image classifier")
    if graphs != 1 or not nodes or not opsets:
        raise ValueError("it is cut off or is no ONNX file")
    external.update(each.location for each in initializers if each.location is not None)
    return SourceGraph(
        tuple(opsets), tuple(nodes), tuple(initializers), tuple(inputs), tuple(outputs), frozenset(external)
    )


def read_source(path: Path) -> SourceGraph:
    """Read the structure of an ONNX file without its weights.

    Raises `ModelUnusable` when it is no ONNX file, cut off, or nested without end; `StorageError`.
    """
    with mapped(path) as buffer:
        return _read_source(buffer)


def _value_name(buffer: Buffer, span: tuple[int, int]) -> str:
    for field in fields(buffer, *span):
        if field.number == VALUE_NAME:
            return _text(buffer, field.start, field.end)
    return ""


def _rewrite(
    buffer: Buffer, span: tuple[int, int], path: tuple[int, ...], leaf: Callable[[bytes], bytes]
) -> bytes:
    """Copy the message at `span`, its first sub-message under the field numbers `path` replaced by `leaf`."""
    if not path:
        return leaf(buffer[span[0] : span[1]])
    out, done, position = bytearray(), False, span[0]
    for field in fields(buffer, *span):
        if field.number == path[0] and field.wire_type == BYTES and not done:
            out += bytes_field(path[0], _rewrite(buffer, (field.start, field.end), path[1:], leaf))
            done = True
        else:
            out += buffer[position : field.end]
        position = field.end
    return bytes(out)


def _symbolic_batch(buffer: Buffer, span: tuple[int, int]) -> bytes:
    """Copy a ValueInfoProto with its first dimension named N."""
    path = (VALUE_TYPE, TYPE_TENSOR, TENSOR_SHAPE, SHAPE_DIM)
    return _rewrite(buffer, span, path, lambda _: bytes_field(DIM_PARAM, "N"))


def _copy_node(buffer: Buffer, span: tuple[int, int]) -> bytes:
    """Copy a node; a BatchNormalization loses `spatial`, which later operator sets do not know."""
    parts = list(fields(buffer, *span))
    names = {_text(buffer, each.start, each.end) for each in parts if each.number == NODE_OP_TYPE}
    if "BatchNormalization" not in names:
        return buffer[span[0] : span[1]]
    out, position = bytearray(), span[0]
    for field in parts:
        is_spatial = field.number == NODE_ATTRIBUTE and any(
            each.number == ATTRIBUTE_NAME and buffer[each.start : each.end] == b"spatial"
            for each in fields(buffer, field.start, field.end)
        )
        if not is_spatial:
            out += buffer[position : field.end]
        position = field.end
    return bytes(out)


def point(tensor: Tensor, location: str, offset: int) -> bytes:
    """Write a tensor whose values lie in the file `location`, beside the graph, from `offset` on."""
    assert tensor.data is not None
    message = b"".join(number_field(TENSOR_DIMS, dim) for dim in tensor.dims)
    message += number_field(TENSOR_TYPE, tensor.data_type) + bytes_field(TENSOR_NAME, tensor.name)
    length = tensor.data[1] - tensor.data[0]
    for key, value in (("location", location), ("offset", str(offset)), ("length", str(length))):
        message += bytes_field(TENSOR_EXTERNAL, bytes_field(1, key) + bytes_field(2, value))
    return message + number_field(TENSOR_LOCATION, 1)


def _is_pointed_at(tensor: Tensor) -> bool:
    return tensor.data is not None and tensor.data[1] - tensor.data[0] > SMALL


def classify_graph(path: Path, *, aligned: str | None = None) -> bytes:
    """Make the graph that classifies, with its weights in the file itself or in the aligned copy named.

    The batch becomes symbolic, initializers stop being inputs, and batch normalisation loses `spatial`. The
    graph must be stored in the same folder as `path`. Raises `ModelUnusable`, `StorageError`.
    """
    with mapped(path) as buffer:
        source = _read_source(buffer)
        offset = 0
        body = bytearray()
        for span in source.nodes:
            body += bytes_field(GRAPH_NODE, _copy_node(buffer, span))
        body += bytes_field(GRAPH_NAME, "classify")
        for tensor in source.initializers:
            message = buffer[tensor.start : tensor.end] if not _is_pointed_at(tensor) else b""
            if _is_pointed_at(tensor):
                assert tensor.data is not None
                start = tensor.data[0] if aligned is None else offset
                message = point(tensor, aligned or path.name, start)
                offset = _next_aligned(offset + tensor.data[1] - tensor.data[0])
            body += bytes_field(GRAPH_INITIALIZER, message)
        names = {tensor.name for tensor in source.initializers}
        for span in source.inputs:
            if _value_name(buffer, span) not in names:
                body += bytes_field(GRAPH_INPUT, _symbolic_batch(buffer, span))
        for span in source.outputs:
            body += bytes_field(GRAPH_OUTPUT, _symbolic_batch(buffer, span))
        # IR version 4 is the first that allows initializers which are no inputs.
        opsets = b"".join(bytes_field(MODEL_OPSET, buffer[start:end]) for start, end in source.opsets)
        return number_field(1, 4) + opsets + bytes_field(MODEL_GRAPH, bytes(body))


def _next_aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT


def write_aligned_weights(path: Path, target: Path) -> None:
    """Copy the weights that `classify_graph(aligned=...)` points at, each at a multiple of 64 KiB.

    For systems that cannot map them where they lie. Raises `ModelUnusable`, `StorageError`.
    """
    with mapped(path) as buffer, target.open("wb") as out:
        for tensor in filter(_is_pointed_at, _read_source(buffer).initializers):
            assert tensor.data is not None
            out.write(memoryview(buffer)[slice(*tensor.data)])
            out.seek(_next_aligned(out.tell()))
        out.truncate()
