"""A small graph that addresses the weights inside a verified file, so that the file itself stays as published.

A graph of a few kilobytes whose initializers are external data pointing into the published file loads in a tenth of
the time, and onnxruntime maps the weights instead of copying them.
"""

from collections.abc import Callable
from pathlib import Path

from vgg_desktop.files import storage_errors
from vgg_desktop.forms import onnx_file as onnx
from vgg_desktop.forms.graph_writer import align, bytes_field, external_tensor, number_field
from vgg_desktop.forms.onnx_file import Buffer, Span, Tensor, fields, open_mapped, read_graph, value_name

_SMALL = 1024  # bytes up to which a tensor stays inside the graph


def classify_graph(path: Path, *, aligned: str | None = None) -> bytes:
    """Return the graph that classifies, with its weights in the file itself or in the aligned copy named.

    The batch becomes symbolic, initializers stop being inputs, and batch normalisation loses `spatial`. The
    graph must be stored in the same folder as `path`. Raises `ModelUnusable`, `StorageError`.
    """
    with open_mapped(path) as buffer:
        source = read_graph(buffer)
        offset = 0
        body = bytearray()
        for span in source.nodes:
            body += bytes_field(onnx.GRAPH_NODE, _copy_node(buffer, span))
        body += bytes_field(onnx.GRAPH_NAME, "classify")
        for tensor in source.initializers:
            message = buffer[tensor.start : tensor.end] if tensor.data is None or _is_small(tensor) else b""
            if tensor.data is not None and not message:
                start, length = tensor.data[0], tensor.data[1] - tensor.data[0]
                message = external_tensor(
                    tensor.name,
                    tensor.dims,
                    tensor.data_type,
                    aligned or path.name,
                    start if aligned is None else offset,
                    length,
                )
                offset = align(offset + length)
            body += bytes_field(onnx.GRAPH_INITIALIZER, message)
        names = {tensor.name for tensor in source.initializers}
        for span in source.inputs:
            if value_name(buffer, span) not in names:
                body += bytes_field(onnx.GRAPH_INPUT, _symbolic_batch(buffer, span))
        for span in source.outputs:
            body += bytes_field(onnx.GRAPH_OUTPUT, _symbolic_batch(buffer, span))
        # IR version 4 is the first that allows initializers which are no inputs; functions came later.
        model = number_field(onnx.MODEL_IR, source.ir_version if source.functions else 4)
        for start, end in source.opsets:
            model += bytes_field(onnx.MODEL_OPSET, buffer[start:end])
        model += bytes_field(onnx.MODEL_GRAPH, bytes(body))
        for start, end in source.functions:
            model += bytes_field(onnx.MODEL_FUNCTION, buffer[start:end])
        return model


def write_aligned_weights(path: Path, target: Path) -> None:
    """Copy the weights that `classify_graph(aligned=...)` points at, each at a multiple of 64 KiB.

    For systems that cannot map them where they lie. Raises `ModelUnusable`, `StorageError`, `NotEnoughSpace`.
    """
    with open_mapped(path) as buffer, storage_errors(target, path.stat().st_size), target.open("wb") as out:
        for tensor in read_graph(buffer).initializers:
            if tensor.data is not None and not _is_small(tensor):
                out.write(memoryview(buffer)[slice(*tensor.data)])
                out.seek(align(out.tell()))
        out.truncate()


def _is_small(tensor: Tensor) -> bool:
    return tensor.data is not None and tensor.data[1] - tensor.data[0] <= _SMALL


def _rewrite(buffer: Buffer, span: Span, path: tuple[int, ...], leaf: Callable[[bytes], bytes]) -> bytes:
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


def _symbolic_batch(buffer: Buffer, span: Span) -> bytes:
    """Copy a ValueInfoProto with its first dimension named N."""
    path = (onnx.VALUE_TYPE, onnx.TYPE_TENSOR, onnx.TENSOR_SHAPE, onnx.SHAPE_DIM)
    return _rewrite(buffer, span, path, lambda _: bytes_field(onnx.DIM_PARAM, "N"))


def _copy_node(buffer: Buffer, span: Span) -> bytes:
    """Copy a node; a BatchNormalization loses `spatial`, which later operator sets do not know."""
    parts = list(fields(buffer, *span))
    kinds = {buffer[each.start : each.end] for each in parts if each.number == onnx.NODE_OP_TYPE}
    if b"BatchNormalization" not in kinds:
        return buffer[span[0] : span[1]]
    out, position = bytearray(), span[0]
    for field in parts:
        is_spatial = field.number == onnx.NODE_ATTRIBUTE and any(
            each.number == onnx.ATTRIBUTE_NAME and buffer[each.start : each.end] == b"spatial"
            for each in fields(buffer, field.start, field.end)
        )
        if not is_spatial:
            out += buffer[position : field.end]
        position = field.end
    return bytes(out)
