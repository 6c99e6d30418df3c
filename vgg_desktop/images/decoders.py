"""The decoder of each kind of picture, and why it failed."""

import contextlib
import io
import logging
import os
import re
import struct
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TextIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from vgg_desktop.images import kinds
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

_OWN = r"(PIL|pi_heif)\b"
_IGNORE_OWN = ("ignore", None, Warning, re.compile(_OWN), 0)
_START_OF_SCAN = b"\xff\xda"
_STDERR = 2
# The standard error stream belongs to the whole process, so one decoder at a time may have it silenced.
_STDERR_LOCK = threading.Lock()


class MissingDecoder(Exception):
    """The kind is known, but this installation cannot decode it."""


def _open_heif(stream: IO[bytes]) -> ImageFile.ImageFile:
    """Read a HEIC header with pi_heif, which has no wheel for Windows on Arm. Raises `MissingDecoder`."""
    try:
        from pi_heif import HeifImageFile

        image: ImageFile.ImageFile = HeifImageFile(stream)  # tells here that its library cannot be loaded
    except ImportError as error:
        raise MissingDecoder from error
    return image


class _Jpeg(JpegImagePlugin.JpegImageFile):
    """A JPEG whose decoder gets one scan at a time: in a progressive one a few bytes cost a pass over all pixels."""

    def load_read(self, read_bytes: int) -> bytes:
        """Read up to the next start of scan (ITU T.81, B.1.1.3)."""
        data: bytes = super().load_read(read_bytes)
        if "progressive" not in self.info or (end := data.find(_START_OF_SCAN, len(_START_OF_SCAN))) < 0:
            return data
        assert self.fp is not None
        self.fp.seek(end - len(data), io.SEEK_CUR)
        return data[:end]


# The classes are called directly: `Image.open` would apply Pillow's own limit on pixels, which lies below
# ours and can only be moved for the whole process, and it hides which decoder refused the file and why.
_DECODERS: dict[kinds.Kind, Callable[[IO[bytes]], ImageFile.ImageFile]] = {
    kinds.JPEG: _Jpeg,
    kinds.PNG: PngImagePlugin.PngImageFile,
    kinds.WEBP: WebPImagePlugin.WebPImageFile,
    kinds.AVIF: AvifImagePlugin.AvifImageFile,
    kinds.HEIC: _open_heif,
    kinds.GIF: GifImagePlugin.GifImageFile,
    kinds.BMP: BmpImagePlugin.BmpImageFile,
    kinds.TIFF: TiffImagePlugin.TiffImageFile,
    kinds.JPEG2000: Jpeg2KImagePlugin.Jpeg2KImageFile,
}
# These ask for their data while they decode. The others do not, or read them at once.
READ_IN_PARTS = frozenset((kinds.JPEG, kinds.PNG, kinds.GIF, kinds.BMP))


def open_header(kind: kinds.Kind, stream: IO[bytes]) -> ImageFile.ImageFile:
    """Read a picture's header; `load_pixels` decodes it. Raises `MissingDecoder`, and whatever decoders raise.

    Warnings from within the decoders are ignored, in every thread and from now on. They speak of metadata or of limits
    that are checked elsewhere. `warnings.catch_warnings` would be the obvious means, but before Python 3.14 two threads
    in it can leave the process with wrong filters; a filter by module needs no undoing.
    """
    if tuple(warnings.filters[:1]) != (_IGNORE_OWN,):  # others may have put theirs before it
        warnings.filterwarnings("ignore", module=_OWN)
    # Pillow logs as an error what it then raises.
    logging.getLogger("PIL").setLevel(logging.CRITICAL)
    return _DECODERS[kind](stream)


def load_pixels(image: ImageFile.ImageFile) -> None:
    """Decode the pixels of an opened picture. Raises whatever decoders raise."""
    # Alone among the decoders, libtiff writes its errors to the standard error stream, and Pillow offers no means to
    # stop it. Python has no `__stderr__` where the process had none at its start: the picture's own file may be
    # number 2.
    if sys.__stderr__ is not None and any(tile[0] == "libtiff" for tile in image.tile):
        with _STDERR_LOCK, _silent_stderr():
            image.load()
    else:
        image.load()


@contextlib.contextmanager
def _silent_stderr() -> Iterator[None]:
    """Point file descriptor 2 nowhere; what other threads write to `sys.stderr` meanwhile goes where it should."""
    try:
        saved = os.dup(_STDERR)
    except OSError:  # it was closed since
        yield
        return
    stream, own = sys.stderr, _stream_beside(sys.stderr)
    try:
        if own is not None:
            sys.stderr = own
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), _STDERR)
        yield
    finally:
        os.dup2(saved, _STDERR)
        os.close(saved)
        if sys.stderr is own and own is not None:
            sys.stderr = stream


def _stream_beside(stream: TextIO | None) -> TextIO | None:
    """Return a stream that ends where standard error does, on a file descriptor of its own; None for another one."""
    try:
        if not isinstance(stream, io.TextIOWrapper) or stream.fileno() != _STDERR:
            return None
        # Never closed here: another thread may be writing to it.
        raw = os.fdopen(os.dup(_STDERR), "wb", buffering=0)
        return io.TextIOWrapper(raw, stream.encoding, stream.errors, write_through=True)
    except (OSError, ValueError):
        return None


def why_undecodable(error: Exception, image: ImageFile.ImageFile | None, stream: IO[bytes]) -> Reason:
    """Return why a picture's bytes could not be decoded; `image` is None where its header could not be read.

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
    # Pillow's message for a truncated header.
    if image is None and isinstance(error.__cause__, struct.error | IndexError | EOFError):
        return _cut_off(0.0)
    if "truncated" in text:
        return _cut_off(0.0 if image is None else _fraction_decoded(image))
    return Why.IMAGE_DAMAGED()


def _cut_off(fraction: float) -> Reason:
    """Return the reason for a file that ends early, with the percentage that is present if that is 1 to 99."""
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
    """Return the length of a file as a share of the length that its header declares; 1 where it declares none.

    0 means that an unknown part is missing.
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
    return size / max(size, declared, 1)  # a program that writes it anew may have emptied it meanwhile


def _fraction_of_boxes(stream: IO[bytes], size: int) -> float:
    """Return the same for a file made of ISO boxes (ISO/IEC 14496-12, 4.2), whose last one has the pixels."""
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


# Of a JPEG 2000 file that is decoded whole. Pillow decodes some 7 MB a second, and no other thread runs meanwhile.
JPEG2000_BYTES = 20_000_000
_HEADERS = 65_536  # bytes in which its marker COD is looked for


def reduce_jpeg2000(image: Jpeg2KImagePlugin.Jpeg2KImageFile) -> bool:
    """Have a very large JPEG 2000 picture decoded at a half, a quarter ... of its size; return whether it will be.

    Each level of its wavelets that is left out holds about three quarters of the bytes. How many there are is in the
    marker COD of the code stream (ISO/IEC 15444-1, A.6.1).
    """
    assert image.fp is not None
    place, size = image.fp.tell(), image.fp.seek(0, io.SEEK_END)
    image.fp.seek(0)
    head = image.fp.read(_HEADERS)
    image.fp.seek(place)
    coding = head.find(b"\xff\x52", max(0, head.find(b"\xff\x4f\xff\x51")))
    levels = head[coding + 9] if 0 <= coding < len(head) - 9 else 0
    left_out = 0
    while left_out < levels and size > JPEG2000_BYTES * 4**left_out:
        left_out += 1
    image.reduce = left_out
    return left_out > 0
