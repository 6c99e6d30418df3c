"""Why a decoder gave up."""

import io
import struct
from typing import IO

from PIL import Image, ImageFile

from vgg_desktop.reasons import Reason, Why


def describe(error: Exception, image: ImageFile.ImageFile | None, stream: IO[bytes]) -> Reason:
    """Return why a picture's bytes could not be decoded; `image` is given when its header could be read.

    Raises `OSError` where the stream cannot be read.
    """
    text = str(error).lower()
    if isinstance(error, MemoryError):
        return Why.IMAGE_MEMORY()
    # Pillow's guards against a few compressed bytes that unpack to gigabytes.
    if "decompressed data too large" in text or "max_text_memory" in text:
        return Why.IMAGE_METADATA()
    present = _fraction_present(stream)
    if present < 1:
        return _cut_off(present)
    # Pillow's way to say that the header ended before it was complete.
    if image is None and isinstance(error.__cause__, struct.error | IndexError | EOFError):
        return _cut_off(0.0)
    if "truncated" in text:
        return _cut_off(0.0 if image is None else _fraction_decoded(image))
    return Why.IMAGE_DAMAGED()


def _cut_off(fraction: float) -> Reason:
    """Return that a file ends too early, and after how much of it unless that is next to nothing or all."""
    percent = round(100 * fraction)
    return Why.IMAGE_CUT_OFF_AT(percent=percent) if 1 <= percent <= 99 else Why.IMAGE_CUT_OFF()


def _fraction_decoded(image: Image.Image) -> float:
    """Return which part of a picture's rows was decoded: the others are still all zero."""
    try:
        _, rows = image.im.getprojection()
    except Exception:  # noqa: BLE001 - there may be no pixels at all
        return 0.0
    return float(rows.count(1) / len(rows))


def _fraction_present(stream: IO[bytes]) -> float:
    """Return how much of a file is there by its own account; 1 where its kind does not tell.

    0 means that something is missing, but nobody knows how much.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    head = stream.read(8)
    declared = 0
    if head[:4] == b"RIFF":
        declared = 8 + int.from_bytes(head[4:8], "little")
    elif head[:2] == b"BM":
        declared = int.from_bytes(head[2:6], "little")
    elif head[:4] in (b"II*\0", b"MM\0*"):  # where the directory is, which usually comes last
        declared = int.from_bytes(head[4:8], "little" if head[:1] == b"I" else "big")
    elif head[4:8] in (b"ftyp", b"jP  "):
        return _fraction_of_boxes(stream, size)
    return size / max(size, declared)


def _fraction_of_boxes(stream: IO[bytes], size: int) -> float:
    """Do the same for a file made of ISO boxes (ISO/IEC 14496-12, 4.2), with one of pixels as the last."""
    position = 0
    while position < size:
        stream.seek(position)
        header = stream.read(16)
        length = int.from_bytes(header[:4], "big")
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        if length < 8:  # 0: up to the end of the file; the others are nonsense
            return 1.0
        position += length
        if position > size:
            return size / position if header[4:8] in (b"mdat", b"jp2c") else 0.0
    return 1.0
