"""The decoder of each kind of picture, and what keeps its warnings from the user."""

import contextlib
import logging
import os
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import IO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    ImageFile,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from vgg_desktop.images import kinds

_OWN = r"(PIL|pi_heif)\b"
_IGNORE_OWN = ("ignore", None, Warning, re.compile(_OWN), 0)
_STDERR = 2
# The standard error stream belongs to the whole process, so one decoder at a time may have it silenced.
_STDERR_LOCK = threading.Lock()


class MissingDecoder(Exception):
    """The kind is known, but this installation cannot decode it."""


def _open_heif(stream: IO[bytes]) -> ImageFile.ImageFile:
    """Read a HEIC header with pi_heif, which has no wheel for Windows on Arm. Raises `MissingDecoder`."""
    try:
        from pi_heif import HeifImageFile
    except ImportError as error:
        raise MissingDecoder from error
    image: ImageFile.ImageFile = HeifImageFile(stream)
    return image


# The classes are called directly: `Image.open` would apply Pillow's own limit on pixels, which lies below
# ours and can only be moved for the whole process, and it hides which decoder refused the file and why.
_DECODERS: dict[kinds.Kind, Callable[[IO[bytes]], ImageFile.ImageFile]] = {
    kinds.JPEG: JpegImagePlugin.JpegImageFile,
    kinds.PNG: PngImagePlugin.PngImageFile,
    kinds.WEBP: WebPImagePlugin.WebPImageFile,
    kinds.AVIF: AvifImagePlugin.AvifImageFile,
    kinds.HEIC: _open_heif,
    kinds.GIF: GifImagePlugin.GifImageFile,
    kinds.BMP: BmpImagePlugin.BmpImageFile,
    kinds.TIFF: TiffImagePlugin.TiffImageFile,
    kinds.JPEG2000: Jpeg2KImagePlugin.Jpeg2KImageFile,
}


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
    """Point file descriptor 2 nowhere; what other threads write there meanwhile is lost too."""
    try:
        saved = os.dup(_STDERR)
    except OSError:  # it was closed since
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, _STDERR)
        finally:
            os.close(nowhere)
        yield
    finally:
        os.dup2(saved, _STDERR)
        os.close(saved)
