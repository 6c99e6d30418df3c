"""Recognises camera raw files, whose pixels are those of the sensor; most are TIFFs with a small preview in front."""

import struct
from typing import IO

EXTENSIONS = (
    ".dng", ".nef", ".nrw", ".cr2", ".cr3", ".crw", ".arw", ".srf", ".sr2", ".orf", ".rw2", ".raf", ".pef", ".srw",
    ".3fr", ".erf", ".kdc", ".mrw", ".x3f", ".rwl", ".iiq", ".mos", ".mef",
)  # fmt: skip
_SIGNATURES = (
    b"FUJIFILMCCD-RAW",
    b"IIRO",
    b"IIRS",
    b"MMOR",
    b"IIU\0",
    b"FOVb",
    b"\0MRM",
    b"\0\0\0\x18ftypcrx ",
)
# Tags of TIFF, TIFF/EP (ISO 12234-2) and DNG.
_SUBFILE_TYPE, _COMPRESSION, _PHOTOMETRIC, _SUB_DIRECTORIES, _DNG_VERSION = 254, 259, 262, 330, 50706
_SENSOR = (32803, 34892)  # photometric: colour filter array, linear raw
_OF_CAMERAS = (
    32767,
    32769,
    32770,
    34713,
    65000,
    65535,
)  # compressions of Sony, Epson, Samsung, Nikon, Kodak, Pentax
_MAX_ENTRIES = 512


def is_camera_raw(stream: IO[bytes]) -> bool:
    """Return whether an open file is a camera raw file; its position is moved."""
    stream.seek(0)
    head = stream.read(16)
    if head.startswith(_SIGNATURES):
        return True
    if len(head) < 8 or head[:4] not in (b"II*\0", b"MM\0*"):
        return False
    order = "<" if head[:1] == b"I" else ">"
    tags = _first_directory(stream, order, *struct.unpack(f"{order}I", head[4:8]))
    return (
        head[8:10] == b"CR"
        or _DNG_VERSION in tags
        or tags.get(_PHOTOMETRIC) in _SENSOR
        or tags.get(_COMPRESSION) in _OF_CAMERAS
        # A preview comes first, and what it is a preview of in a directory below.
        or (tags.get(_SUBFILE_TYPE) == 1 and _SUB_DIRECTORIES in tags)
    )


def _first_directory(stream: IO[bytes], order: str, position: int) -> dict[int, int]:
    """Return the tags of a TIFF's first directory, with the first value of those that fit into their entry."""
    stream.seek(position)
    count = stream.read(2)
    if len(count) < 2:
        return {}
    number = min(_MAX_ENTRIES, struct.unpack(f"{order}H", count)[0])
    data = stream.read(12 * number)
    tags = {}
    for offset in range(0, len(data) - 11, 12):
        tag, kind = struct.unpack_from(f"{order}HH", data, offset)
        tags[tag] = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", data, offset + 8)[0]
    return tags
