"""A small graph that addresses the weights inside a verified file, so that the file itself stays as published.

A graph of a few kilobytes whose initializers are external data pointing into the published file loads in a tenth of
the time, and onnxruntime maps the weights instead of copying them.
"""

from collections.abc import Callable
from pathlib import Path

from vgg_desktop.files import storage_errors
from vgg_desktop.forms import onnx_file as onnx
from vgg_desktop.forms.graph_writer import align, bytes_field, external_tensor, number_field
from vgg_desktop.forms.onnx_file import (
    DOUBLE,
    FLOAT,
    Malformed,
    Span,
    Tensor,
    fields,
    open_mapped,
    read_graph,
    value_name,
)
from vgg_desktop.forms.outputs import needed_for
from vgg_desktop.forms.single import ToSingle
from vgg_desktop.why import Why

_SMALL = 1024  # bytes up to which a tensor stays inside the graph


def classify_graph(
    path: Path, *, aligned: str | None = None, output: str | None = None, single: bool = False
) -> bytes:
    """Return the graph that classifies, with its weights in the file itself or in the aligned copy named.

    The batch becomes symbolic, initializers stop being inputs, and batch normalisation loses `spatial`. The tensor
    `output` becomes the only output, and what only others need is left out. With `single` what is double becomes
    float32; without `aligned` those weights are in the graph. It must be stored in the same folder as `path`. Raises
    `ModelUnusable`, `StorageError`.
    """
    with open_mapped(path) as buffer:
        source = read_graph(buffer)
        initializers = {tensor.name for tensor in source.initializers}
        inputs = [span for span in source.inputs if value_name(buffer, span) not in initializers]
        convert = ToSingle.of(buffer, source.functions, path.parent) if single else None

        def copy(kind: str, span: Span) -> bytes:
            return buffer[span[0] : span[1]] if convert is None else convert.rewrite(kind, *span)

        nodes, outputs = source.nodes, [_symbolic_batch(copy("value", span)) for span in source.outputs]
        if output is not None:
            nodes, names = needed_for(buffer, source, [output])
            if not nodes:
                raise Malformed(Why.ONNX_NO_TENSOR(name=output))
            inputs = [span for span in inputs if value_name(buffer, span) in names]
            initializers &= names
            # onnxruntime finds the type of a tensor inside by itself.
            outputs = [each for each in outputs if value_name(each, (0, len(each))) == output] or [
                bytes_field(onnx.VALUE_NAME, output)
            ]
        offset = 0
        body = bytearray()
        for span in nodes:
            body += bytes_field(onnx.GRAPH_NODE, _without_spatial(copy("node", span)))
        body += bytes_field(onnx.GRAPH_NAME, "classify")
        for tensor in source.initializers:
            length = _outside(tensor, single, aligned)
            if tensor.name in initializers:
                message = (
                    copy("tensor", (tensor.start, tensor.end))
                    if length is None
                    else external_tensor(
                        tensor.name,
                        tensor.dims,
                        FLOAT if single and tensor.data_type == DOUBLE else tensor.data_type,
                        aligned or path.name,
                        offset if aligned is not None or tensor.data is None else tensor.data[0],
                        length,
                    )
                )
                body += bytes_field(onnx.GRAPH_INITIALIZER, message)
            offset = align(offset + (length or 0))
        for span in inputs:
            body += bytes_field(onnx.GRAPH_INPUT, _symbolic_batch(copy("value", span)))
        for value in outputs:
            body += bytes_field(onnx.GRAPH_OUTPUT, value)
        # IR version 4 is the first that allows initializers which are no inputs; functions came later.
        model = number_field(onnx.MODEL_IR, source.ir_version if source.functions else 4)
        for start, end in source.opsets:
            model += bytes_field(onnx.MODEL_OPSET, buffer[start:end])
        model += bytes_field(onnx.MODEL_GRAPH, bytes(body))
        for span in source.functions:
            model += bytes_field(onnx.MODEL_FUNCTION, copy("function", span))
        return model


def write_aligned_weights(path: Path, target: Path, *, single: bool = False) -> None:
    """Copy the weights that `classify_graph(aligned=..., single=...)` points at, each at a multiple of 64 KiB.

    For systems that cannot map them where they lie. Raises `ModelUnusable`, `StorageError`, `NotEnoughSpace`.
    """
    with open_mapped(path) as buffer, storage_errors(target, path.stat().st_size), target.open("wb") as out:
        source = read_graph(buffer)
        convert = ToSingle.of(buffer, source.functions, path.parent)
        for tensor in source.initializers:
            if _outside(tensor, single, target.name) is None:
                continue
            if single and tensor.data_type == DOUBLE:
                out.writelines(convert.values(tensor))
            elif tensor.data is not None:
                out.write(memoryview(buffer)[slice(*tensor.data)])
            out.seek(align(out.tell()))
        out.truncate()


def _outside(tensor: Tensor, single: bool, aligned: str | None) -> int | None:
    """Return how many bytes a tensor takes in the file that the graph points at; None if it is not one of those."""
    if single and tensor.data_type == DOUBLE:
        length = tensor.items * 4 if aligned is not None else 0
    else:
        length = tensor.data[1] - tensor.data[0] if tensor.data is not None else 0
    return length if length > _SMALL else None


def _rewrite(buffer: bytes, span: Span, path: tuple[int, ...], leaf: Callable[[bytes], bytes]) -> bytes:
    """Copy the message at `span`, its first sub-message under the field numbers `path` replaced by `leaf`."""
    if not path:
        return leaf(buffer[span[0] : span[1]])
    out, done, position = bytearray(), False, span[0]
    for field in fields(buffer, *span):
        if field.number == path[0] and field.wire_type == onnx.BYTES and not done:
            out += bytes_field(path[0], _rewrite(buffer, (field.start, field.end), path[1:], leaf))
            done = True
        else:
            out += buffer[position : field.end]
        position = field.end
    return bytes(out)


def _symbolic_batch(value: bytes) -> bytes:
    """Copy a ValueInfoProto with its first dimension named N."""
    path = (onnx.VALUE_TYPE, onnx.TYPE_TENSOR, onnx.TENSOR_SHAPE, onnx.SHAPE_DIM)
    return _rewrite(value, (0, len(value)), path, lambda _: bytes_field(onnx.DIM_PARAM, "N"))


def _without_spatial(node: bytes) -> bytes:
    """Copy a node; a BatchNormalization loses `spatial`, which later operator sets do not know."""
    parts = list(fields(node, 0, len(node)))
    kinds = {node[each.start : each.end] for each in parts if each.number == onnx.NODE_OP_TYPE}
    if b"BatchNormalization" not in kinds:
        return node
    out, position = bytearray(), 0
    for field in parts:
        is_spatial = field.number == onnx.NODE_ATTRIBUTE and any(
            each.number == onnx.ATTRIBUTE_NAME and node[each.start : each.end] == b"spatial"
            for each in fields(node, field.start, field.end)
        )
        if not is_spatial:
            out += node[position : field.end]
        position = field.end
    return bytes(out)
