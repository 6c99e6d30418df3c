"""The directories of a TIFF file, read without decoding any picture in it."""

import itertools
import struct
from collections.abc import Iterator
from typing import IO

SUBFILE_TYPE, OLD_SUBFILE_TYPE = 254, 255  # TIFF 6.0, section 8
_MAX_ENTRIES = 512
_MAX_DIRECTORIES = 16
_OF_A_PAGE = 0b101  # bits of the subfile type: a reduced copy of another picture, a mask of one
_OLD_REDUCED = 2


def has_pages(stream: IO[bytes]) -> bool:
    """Return whether a TIFF has more than one page, reduced copies and masks apart; its position is moved."""
    pages = (
        tags
        for tags in directories(stream)
        if not tags.get(SUBFILE_TYPE, 0) & _OF_A_PAGE and tags.get(OLD_SUBFILE_TYPE) != _OLD_REDUCED
    )
    return len(list(itertools.islice(pages, 2))) > 1


def directories(stream: IO[bytes]) -> Iterator[dict[int, int]]:
    """Yield the tags of each of the first directories, with the first value of those that fit into their entry."""
    stream.seek(0)
    head = stream.read(16)
    order = "<" if head[:1] == b"I" else ">"
    if head[:4] in (b"II*\0", b"MM\0*"):
        count_kind, offset_kind, entry, start = "H", "I", 12, 4
    elif head[:4] in (b"II+\0", b"MM\0+"):  # BigTIFF
        count_kind, offset_kind, entry, start = "Q", "Q", 20, 8
    else:
        return
    count_size, offset_size = (
        struct.calcsize(f"{order}{count_kind}"),
        struct.calcsize(f"{order}{offset_kind}"),
    )
    seen: set[int] = set()
    position = head[start : start + offset_size]
    while len(position) == offset_size and len(seen) < _MAX_DIRECTORIES:
        (place,) = struct.unpack(f"{order}{offset_kind}", position)
        if not place or place in seen or place > 1 << 62:
            return
        seen.add(place)
        stream.seek(place)
        count = stream.read(count_size)
        if len(count) < count_size:
            return
        number = struct.unpack(f"{order}{count_kind}", count)[0]
        data = stream.read(entry * min(_MAX_ENTRIES, number))
        tags = {}
        for offset in range(0, len(data) - entry + 1, entry):
            tag, kind = struct.unpack_from(f"{order}HH", data, offset)
            value = f"{order}{'H' if kind == 3 else 'I'}"
            tags[tag] = struct.unpack_from(value, data, offset + entry - offset_size)[0]
        yield tags
        if number > _MAX_ENTRIES:
            return
        position = stream.read(offset_size)
