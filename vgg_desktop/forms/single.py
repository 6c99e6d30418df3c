"""A network that computes in double precision, turned to single precision: onnxruntime has no convolution in double."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vgg_desktop.forms import onnx_file as onnx
from vgg_desktop.forms.graph_writer import bytes_field, number_field, raw_tensor
from vgg_desktop.forms.onnx_file import (
    BYTES,
    DOUBLE,
    FIXED64,
    FLOAT,
    MAX_DEPTH,
    TENSORS_WITHIN,
    VARINT,
    Buffer,
    Field,
    Malformed,
    Span,
    Tensor,
    fields,
    open_mapped,
    read_graph,
    read_tensor,
    read_text,
    value_name,
)
from vgg_desktop.forms.outputs import needed_for
from vgg_desktop.why import Why

_CHUNK = 8_388_608  # bytes of weights that are converted at once
# Wherever a message may hold a tensor or the type of one, as `TENSORS_WITHIN` has it.
_WITHIN = {
    **TENSORS_WITHIN,
    "graph": TENSORS_WITHIN["graph"] | {onnx.GRAPH_INPUT: "value", onnx.GRAPH_OUTPUT: "value"},
    "attribute": TENSORS_WITHIN["attribute"] | {14: "type", 15: "type"},
    "value": {onnx.VALUE_TYPE: "type"},
    "type": {onnx.TYPE_TENSOR: "tensor type", 8: "tensor type", 4: "list", 9: "list", 5: "map"},
    "list": {1: "type"},
    "map": {2: "type"},
    "tensor type": {},
    "tensor": {},
}
# What is said of the tensors in between, which follows from the rest.
_LEFT_OUT = {("graph", onnx.GRAPH_VALUE), ("function", 12)}
# The attributes of operators that name a type (Cast, RandomNormal, HannWindow, QuantizeLinear, LayerNormalization...).
_TYPE_ATTRIBUTES = frozenset(
    {"to", "dtype", "output_datatype", "output_dtype", "precision", "softmax_precision", "stash_type"}
)


def is_double(path: Path, output: str | None = None) -> bool:
    """Return whether a network computes in double precision, or what one output needs of it.

    Reads no weights. Raises `ModelUnusable`, `StorageError`.
    """
    with open_mapped(path) as buffer:
        source = read_graph(buffer)
        outputs = [span for span in source.outputs if output in (None, value_name(buffer, span))]
        names = {value_name(buffer, span) for span in outputs} | ({output} if output else set())
        nodes, names = needed_for(buffer, source, names)
        inputs = [span for span in source.inputs if value_name(buffer, span) in names]
        convert = ToSingle.of(buffer, source.functions, path.parent)
        return any(each.data_type == DOUBLE and each.name in names for each in source.initializers) or any(
            convert.applies_to(kind, *span)
            for kind, spans in (
                ("value", (*inputs, *outputs)),
                ("node", nodes),
                ("function", source.functions),
            )
            for span in spans
        )


@dataclass(frozen=True, slots=True)
class ToSingle:
    """Rewrites the messages of one file; what they say of double precision, single takes the place of.

    `type_attributes` are the names of attributes that name a type, `folder` is that of files with weights.
    """

    buffer: Buffer
    type_attributes: frozenset[str]
    folder: Path

    @classmethod
    def of(cls, buffer: Buffer, functions: tuple[Span, ...], folder: Path) -> "ToSingle":
        """Return what rewrites a file with these functions, which may have names of their own for a type."""
        names = _TYPE_ATTRIBUTES
        while True:
            more = names.union(*(_passed_on(buffer, "function", *function, names) for function in functions))
            if more == names:
                return cls(buffer, names, folder)
            names = more

    def applies_to(self, kind: str, start: int, end: int, depth: int = 0) -> bool:
        """Return whether a message says anything of double precision. Raises `Malformed`."""
        return any(
            is_double or (inner is not None and self.applies_to(inner, field.start, field.end, depth + 1))
            for field, inner, is_double in self._parts(kind, start, end, depth)
        )

    def rewrite(self, kind: str, start: int, end: int, depth: int = 0) -> bytes:
        """Return a message in single precision. Raises `Malformed` where that is impossible, `StorageError`."""
        if kind == "tensor":
            return self._tensor(start, end)
        out, position = bytearray(), start
        for field, inner, is_double in self._parts(kind, start, end, depth):
            if (kind, field.number) == ("node", onnx.NODE_OP_TYPE):
                _check_operator(read_text(self.buffer, field.start, field.end))
            if is_double:
                out += number_field(field.number, FLOAT)
            elif inner is not None:
                out += bytes_field(field.number, self.rewrite(inner, field.start, field.end, depth + 1))
            elif (kind, field.number) not in _LEFT_OUT:
                out += self.buffer[position : field.end]
            position = field.end
        return bytes(out)

    def _parts(self, kind: str, start: int, end: int, depth: int) -> Iterator[tuple[Field, str | None, bool]]:
        """Return the fields of a message with the kind of message in each, and whether it is the number of double."""
        if depth > MAX_DEPTH:
            raise Malformed(Why.ONNX_NESTED())
        within, parts = _WITHIN[kind], list(fields(self.buffer, start, end))
        numbers = {"tensor type": 1, "tensor": onnx.TENSOR_TYPE}
        number = numbers.get(kind)
        if kind == "attribute" and self.type_attributes & set(
            _texts(self.buffer, parts, onnx.ATTRIBUTE_NAME)
        ):
            number = onnx.ATTRIBUTE_INT
        for field in parts:
            inner = within.get(field.number) if field.wire_type == BYTES else None
            is_double = (field.number, field.wire_type, field.value) == (number, VARINT, DOUBLE)
            yield field, inner, is_double

    def _tensor(self, start: int, end: int) -> bytes:
        tensor = read_tensor(self.buffer, start, end)
        if tensor.data_type != DOUBLE:
            return self.buffer[start:end]
        return raw_tensor(tensor.name, tensor.dims, FLOAT, b"".join(self.values(tensor)))

    def values(self, tensor: Tensor) -> Iterator[bytes]:
        """Return the values of a double tensor as float32, in parts. Raises `Malformed`, `StorageError`."""
        if tensor.data is not None:
            yield from _as_single(self.buffer, *tensor.data)
            return
        size = tensor.items * 8
        if tensor.location is None:
            values = b"".join(
                self.buffer[each.start : each.end]
                for each in fields(self.buffer, tensor.start, tensor.end)
                if (each.number, each.wire_type) == (onnx.TENSOR_DOUBLES, FIXED64)
            )
            if len(values) != size:
                raise Malformed(Why.ONNX_WEIGHTS_CUT_OFF(name=tensor.name))
            yield from _as_single(values, 0, size)
            return
        # The same rule as for an import, which has checked it: nothing outside the network's own folder is read.
        folder = Path(os.path.realpath(self.folder))
        place = Path(os.path.realpath(folder / tensor.location))
        if not place.is_relative_to(folder):
            raise Malformed(Why.IMPORT_OUTSIDE(name=tensor.location))
        with open_mapped(place) as other:
            if tensor.offset + size > len(other):
                raise Malformed(Why.ONNX_WEIGHTS_CUT_OFF(name=tensor.name))
            yield from _as_single(other, tensor.offset, tensor.offset + size)


def _texts(buffer: Buffer, parts: list[Field], number: int) -> list[str]:
    return [read_text(buffer, each.start, each.end) for each in parts if each.number == number]


def _check_operator(name: str) -> None:
    if name == "BitCast":  # the bits of other numbers would be other values
        raise Malformed(Why.ONNX_DOUBLE_ONLY(name=name))


def _passed_on(buffer: Buffer, kind: str, start: int, end: int, names: frozenset[str]) -> Iterator[str]:
    """Return the attributes of a function that are passed on as attributes with one of some names."""
    parts = list(fields(buffer, start, end))
    if kind == "attribute" and names & set(_texts(buffer, parts, onnx.ATTRIBUTE_NAME)):
        yield from _texts(buffer, parts, onnx.ATTRIBUTE_REFERENCE)
    for field in parts:
        inner = TENSORS_WITHIN[kind].get(field.number) if field.wire_type == BYTES else None
        if inner in ("node", "attribute", "graph"):
            yield from _passed_on(buffer, inner, field.start, field.end, names)


def _as_single(buffer: Buffer, start: int, end: int) -> Iterator[bytes]:
    for position in range(start, end, _CHUNK):
        double = np.frombuffer(buffer[position : min(position + _CHUNK, end)], "<f8")
        with np.errstate(over="ignore"):
            single = double.astype("<f4")
        if (np.isinf(single) & np.isfinite(double)).any():
            raise Malformed(Why.ONNX_BEYOND_SINGLE())
        yield single.tobytes()
