"""The decoder of each kind of picture."""

from collections.abc import Callable
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
    """Read a picture's header; `load` decodes its pixels. Raises `MissingDecoder`, and whatever decoders raise."""
    return _DECODERS[kind](stream)
