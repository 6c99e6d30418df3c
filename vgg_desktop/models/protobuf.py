"""The protobuf wire format: walk a message's fields where they lie, and write fields.

Only what ONNX files need (https://protobuf.dev/programming-guides/encoding). The official library gives no byte
offsets, and the graphs need them to point at weights inside the published file.
"""

import mmap
from collections.abc import Iterator
from typing import NamedTuple

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
Buffer = bytes | mmap.mmap


class Field(NamedTuple):
    """One field: its number, wire type, value of a varint, and where its payload lies in the buffer."""

    number: int
    wire_type: int
    value: int
    start: int
    end: int


def _read_varint(buffer: Buffer, position: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while position < end and shift < 70:
        byte = buffer[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, position
        shift += 7
    raise ValueError("it is cut off or is no ONNX file")


def fields(buffer: Buffer, start: int, end: int) -> Iterator[Field]:
    """Return the fields of the message at `start:end`. Raises `ValueError` where the bytes are no message."""
    position = start
    while position < end:
        key, position = _read_varint(buffer, position, end)
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
            raise ValueError("it is damaged or is no ONNX file")
        if position > end or number == 0:
            raise ValueError("it is cut off or is no ONNX file")
        yield Field(number, wire_type, value, payload, position)


def varint(value: int) -> bytes:
    """Encode a non-negative number."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number_field(number: int, value: int) -> bytes:
    """Encode one varint field."""
    return varint(number << 3 | VARINT) + varint(value)


def bytes_field(number: int, payload: bytes | str) -> bytes:
    """Encode one length-delimited field: a string, bytes, or a message."""
    data = payload.encode() if isinstance(payload, str) else payload
    return varint(number << 3 | BYTES) + varint(len(data)) + data
