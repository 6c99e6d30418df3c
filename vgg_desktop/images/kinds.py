"""Which kinds of pictures can be read, recognised by their first bytes and never by their name.

Loads no decoder: the window asks for the names before its first paint.
"""

from dataclasses import dataclass
from functools import partial

# Enough for every signature below and for a `ftyp` box with a dozen brands.
HEAD_SIZE = 64

_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of picture: its name for users, and its usual extensions."""

    name: str
    extensions: tuple[str, ...]


JPEG = Kind("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = Kind("PNG", (".png", ".apng"))
WEBP = Kind("WebP", (".webp",))
AVIF = Kind("AVIF", (".avif", ".avifs"))
HEIC = Kind("HEIC", (".heic", ".heif", ".hif"))
GIF = Kind("GIF", (".gif",))
BMP = Kind("BMP", (".bmp", ".dib"))
TIFF = Kind("TIFF", (".tif", ".tiff"))
JPEG2000 = Kind("JPEG 2000", (".jp2", ".j2k", ".jpx", ".j2c", ".jpf"))

KINDS = (JPEG, PNG, WEBP, AVIF, HEIC, GIF, BMP, TIFF, JPEG2000)
FORMAT_NAMES = tuple(kind.name for kind in KINDS)
EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)

_SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"BM", BMP),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"\xff\x4f\xff\x51", JPEG2000),
    (b"\0\0\0\x0cjP  \r\n\x87\n", JPEG2000),
)


def recognise(head: bytes) -> Kind | None:
    """Return the kind of a picture from its first `HEAD_SIZE` bytes."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    brands = _brands(head)
    # Both kinds may call themselves by the container's brand (`mif1`), so all compatible brands count.
    if brands[:1] and brands[0] in _HEIF_BRANDS:
        return HEIC
    if _AVIF_BRANDS.intersection(brands):
        return AVIF
    if _HEIF_BRANDS.intersection(brands):
        return HEIC
    return None


def _brands(head: bytes) -> list[bytes]:
    """Return the brands of an ISO base media file (ISO/IEC 14496-12, 4.3), the major one first."""
    if head[4:8] != b"ftyp":
        return []
    brands = head[8 : int.from_bytes(head[:4], "big")]
    return [brands[i : i + 4] for i in range(0, len(brands), 4) if i != 4]  # the second word is a version


def webp_size(head: bytes) -> tuple[int, int] | None:
    """Return a WebP's width and height from its first bytes: its decoder allocates the canvas on opening.

    See the container's specification (RFC 9649, sections 2.5 to 2.7).
    """
    number = partial(int.from_bytes, byteorder="little")
    if len(head) < 30 or head[8:12] != b"WEBP":
        return None
    if head[12:16] == b"VP8X":
        return number(head[24:27]) + 1, number(head[27:30]) + 1
    if head[12:16] == b"VP8L":
        bits = number(head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return number(head[26:28]) & 0x3FFF, number(head[28:30]) & 0x3FFF
