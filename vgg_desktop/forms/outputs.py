"""What a network's outputs are made from: the nodes that one of them needs, and the tensor behind a ZipMap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vgg_desktop.forms import onnx_file as onnx
from vgg_desktop.forms.onnx_file import (
    BYTES,
    TENSORS_WITHIN,
    Buffer,
    SourceGraph,
    Span,
    fields,
    open_mapped,
    read_graph,
    read_text,
    value_name,
    varints,
)


@dataclass(frozen=True, slots=True)
class ZipMap:
    """The graph output that a ZipMap makes, a sequence of maps from `labels` to the columns of `tensor`, (N, C)."""

    output: str
    tensor: str
    labels: tuple[str, ...]


def zip_maps(path: Path) -> tuple[ZipMap, ...]:
    """Return the ZipMap nodes whose results are outputs of a network, in the order of the outputs.

    Networks of scikit-learn end in one (https://onnx.ai/onnx/operators/onnx_aionnxml_ZipMap.html). Raises
    `ModelUnusable`, `StorageError`.
    """
    with open_mapped(path) as buffer:
        source = read_graph(buffer)
        found = {each.output: each for span in source.nodes for each in _zip_map(buffer, span)}
        outputs = [value_name(buffer, span) for span in source.outputs]
        return tuple(found[name] for name in outputs if name in found)


def _zip_map(buffer: Buffer, span: Span) -> Iterator[ZipMap]:
    texts, labels = dict[int, str](), list[str]()
    for part in fields(buffer, *span):
        if part.number in (onnx.NODE_INPUT, onnx.NODE_OUTPUT, onnx.NODE_OP_TYPE, onnx.NODE_DOMAIN):
            texts[part.number] = read_text(buffer, part.start, part.end)
        elif part.number == onnx.NODE_ATTRIBUTE:
            labels += _texts(buffer, part.start, part.end)
    if (texts.get(onnx.NODE_DOMAIN), texts.get(onnx.NODE_OP_TYPE)) == ("ai.onnx.ml", "ZipMap"):
        yield ZipMap(texts.get(onnx.NODE_OUTPUT, ""), texts.get(onnx.NODE_INPUT, ""), tuple(labels))


def _texts(buffer: Buffer, start: int, end: int) -> Iterator[str]:
    """Return the values of an attribute, texts or whole numbers: a ZipMap has one, of either kind."""
    for field in fields(buffer, start, end):
        if field.number == onnx.ATTRIBUTE_TEXTS and field.wire_type == BYTES:
            yield read_text(buffer, field.start, field.end)
        elif field.number == onnx.ATTRIBUTE_INTS:
            is_packed = field.wire_type == BYTES
            for value in varints(buffer, field.start, field.end) if is_packed else [field.value]:
                yield str(value - (value >> 63 << 64))


def needed_for(
    buffer: Buffer, source: SourceGraph, outputs: Iterable[str]
) -> tuple[tuple[Span, ...], set[str]]:
    """Return the nodes that some tensors need, in their order, and the names of all tensors that take part.

    Raises `Malformed`.
    """
    makers = {
        read_text(buffer, field.start, field.end): number
        for number, span in enumerate(source.nodes)
        for field in fields(buffer, *span)
        if field.number == onnx.NODE_OUTPUT
    }
    names, nodes = set(outputs), set[int]()
    left = list(names)
    while left:
        number = makers.get(left.pop())
        if number is not None and number not in nodes:
            nodes.add(number)
            more = set(_references(buffer, "node", *source.nodes[number])) - names
            names |= more
            left += more
    return tuple(source.nodes[number] for number in sorted(nodes)), names


def _references(buffer: Buffer, kind: str, start: int, end: int) -> Iterator[str]:
    """Return the names of the tensors that a node refers to, those of its sub-graphs included."""
    for field in fields(buffer, start, end):
        if field.wire_type != BYTES:
            continue
        inner = TENSORS_WITHIN[kind].get(field.number)
        if (kind, field.number) == ("node", onnx.NODE_INPUT):
            yield read_text(buffer, field.start, field.end)
        elif (kind, field.number) == ("graph", onnx.GRAPH_OUTPUT):
            yield value_name(buffer, (field.start, field.end))
        elif inner in ("node", "attribute", "graph"):
            yield from _references(buffer, inner, field.start, field.end)
