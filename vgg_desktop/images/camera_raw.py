"""Recognises camera raw files, whose pixels are those of the sensor; most are TIFFs with a small preview in front."""

from typing import IO

from vgg_desktop.images.tiff import SUBFILE_TYPE, directories

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
_COMPRESSION, _PHOTOMETRIC, _SUB_DIRECTORIES, _DNG_VERSION = 259, 262, 330, 50706
_SENSOR = (32803, 34892)  # photometric: colour filter array, linear raw
_OF_CAMERAS = (
    32767,
    32769,
    32770,
    34713,
    65000,
    65535,
)  # compressions of Sony, Epson, Samsung, Nikon, Kodak, Pentax


def is_camera_raw(stream: IO[bytes]) -> bool:
    """Return whether an open file is a camera raw file; its position is moved."""
    stream.seek(0)
    head = stream.read(16)
    if head.startswith(_SIGNATURES):
        return True
    tags = next(directories(stream), None)
    return tags is not None and (
        head[8:10] == b"CR"
        or _DNG_VERSION in tags
        or tags.get(_PHOTOMETRIC) in _SENSOR
        or tags.get(_COMPRESSION) in _OF_CAMERAS
        # A preview comes first, and what it is a preview of in a directory below.
        or (tags.get(SUBFILE_TYPE) == 1 and _SUB_DIRECTORIES in tags)
    )
