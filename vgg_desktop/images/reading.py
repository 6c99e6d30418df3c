"""Any supported picture, upright, in sRGB, within limits of size and memory."""

import contextlib
import errno
import stat
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from PIL import Image, ImageFile
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile

from vgg_desktop.content import HEAD_BYTES, recognise_other
from vgg_desktop.errors import Cancelled, ImageTooLarge, ImageUnreadable, VggDesktopError
from vgg_desktop.formatting import visible
from vgg_desktop.images import decoders, kinds
from vgg_desktop.images.camera_raw import is_camera_raw
from vgg_desktop.images.colour import to_srgb
from vgg_desktop.images.limits import Budget, MemoryBudget, TimedReader, leave_if_slow
from vgg_desktop.images.tiff import has_pages
from vgg_desktop.paths import extended
from vgg_desktop.reasons import Bytes, Reason
from vgg_desktop.system_errors import system_reason
from vgg_desktop.why import Why

# 200-megapixel telephones make pictures of 16320 x 12240. Decoding takes four bytes per pixel, and as many
# again for a moment when the picture is turned or its colours are converted.
MAX_PIXELS = 200_000_000
# Each row costs some bytes beside its pixels: a picture of 1 x 200 million would take 2.4 GB.
MAX_SIDE = 1_000_000
# Some decoders read the whole file into memory. The largest uncompressed picture of `MAX_PIXELS` has 1.6 GB.
MAX_BYTES = 2_000_000_000

# The numbers of `OSError`s that are about the picture's bytes: nothing, or a position that no file can have.
_ERRORS_OF_DATA = (None, errno.EINVAL, errno.EOVERFLOW)
# EXIF tags
_ORIENTATION = 0x0112
_MAKE, _MODEL, _CAMERA_FACTS, _TAKEN = 0x010F, 0x0110, 0x8769, 0x9003
_LONGEST_FACT = 80  # characters
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDES_SWAPPED = range(5, 9)


# The most that one takes while it is decoded (measured: 359 MB for an RGBA PNG of 40 megapixels), in bytes.
BYTES_PER_PIXEL = 9
# More for these, which keep whole planes of wider numbers beside the pixels: 19 bytes for JPEG 2000 and 9 for
# AVIF were measured on 24 megapixels; HEIC, which was not measured, is counted as AVIF.
_WIDER = {kinds.JPEG2000: 28, kinds.AVIF: 16, kinds.HEIC: 16}
# A progressive JPEG keeps two bytes for each coefficient of its full size, of which a draft uses few.
_PROGRESSIVE_BYTES = 6
# What all threads together decode at once: eight photographs of 24 megapixels. A larger picture is decoded alone.
DECODING_MEMORY = MemoryBudget(2_000_000_000)
# What one may take, so that a computer with 4 GB can decode it.
MAX_MEMORY = 2_000_000_000
# Frames that are looked at for one that shows something.
_MAX_FRAMES = 16
_ANIMATED = ("GIF", "PNG", "WEBP")


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded picture: `image` has mode RGB, is upright, in sRGB, and nothing of it is transparent.

    `width` and `height` are those of the picture in its file, upright; `image` is smaller after a draft. Of several
    frames it is the first that shows something, of several pages the first; `note` then says so. `camera` and `taken`
    (`2024:05:31 18:02:11`, the camera's local time) are what a photograph says of itself, or "".
    """

    image: Image.Image
    width: int
    height: int
    note: Reason | None = None
    camera: str = ""
    taken: str = ""


def read(path: Path, *, draft: int | None = None, cancel: threading.Event | None = None) -> Picture:
    """Read a picture from a file, recognised by its content.

    With `draft`, a JPEG is decoded at the smallest of 1/1, 1/2, 1/4 and 1/8 of its size that leaves no side
    below this many pixels: much faster, but not the same pixels. Returns within a moment after `cancel` is set, also
    where a decoder does not. Raises `ImageUnreadable`, `ImageTooLarge`, `Cancelled`.
    """
    try:
        file = extended(path)
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for its other end
            why = Why.SYSTEM_IS_FOLDER if stat.S_ISDIR(status.st_mode) else Why.IMAGE_NOT_FILE
            raise ImageUnreadable(path, why())
        if status.st_size > MAX_BYTES:
            reason = Why.FILE_BYTES(size=Bytes(status.st_size), limit=Bytes(MAX_BYTES))
            raise ImageUnreadable(path, reason)
        budget = Budget(path, cancel)
        stream = TimedReader(file, budget)
        kind = kinds.recognise(stream.peek(kinds.HEAD_SIZE)[: kinds.HEAD_SIZE])
        if kind in decoders.READ_IN_PARTS or kind is None:
            return _read(stream, path, draft, budget)
        return leave_if_slow(lambda: _read(stream, path, draft, budget), path, cancel)
    except (OSError, ValueError) as error:  # ValueError: names that no file can have
        raise ImageUnreadable(path, system_reason(error)) from error


def _read(stream: IO[bytes], path: Path, draft: int | None, budget: Budget) -> Picture:
    budget.begin()
    with stream:
        return decode(stream, path, draft, budget)


def decode(stream: IO[bytes], path: Path, draft: int | None = None, budget: Budget | None = None) -> Picture:
    """Read a picture from an open file, like `read`; `OSError` is raised where that fails."""
    budget = budget or Budget(path)
    head = stream.read(HEAD_BYTES)
    if not head:
        raise ImageUnreadable(path, Why.FILE_EMPTY())
    kind = kinds.recognise(head)
    if kind is None:
        names = ", ".join(kinds.FORMAT_NAMES)
        other = Why.FOUND_CAMERA_RAW() if is_camera_raw(stream) else recognise_other(head)
        reason = Why.IMAGE_OTHER(found=other, kinds=names) if other else Why.IMAGE_UNKNOWN(kinds=names)
        raise ImageUnreadable(path, reason)
    if kind is kinds.TIFF and is_camera_raw(stream):
        names = ", ".join(kinds.FORMAT_NAMES)
        raise ImageUnreadable(path, Why.IMAGE_OTHER(found=Why.FOUND_CAMERA_RAW(), kinds=names))
    image: ImageFile.ImageFile | None = None
    size = kinds.webp_size(head)
    try:
        if size is not None:
            _check_size(size, path)
        stream.seek(0)
        image = decoders.open_header(kind, stream)
        size = image.size
        picture = _finish(image, kind, path, draft, budget)
        return replace(picture, note=_note(image, kind, stream))
    except (VggDesktopError, Cancelled):
        raise
    except decoders.MissingDecoder as error:
        raise ImageUnreadable(path, Why.IMAGE_NO_DECODER(kind=kind.name)) from error
    except Image.DecompressionBombError as error:  # WebP and TIFF always apply Pillow's own, lower limit
        if size is None or Image.MAX_IMAGE_PIXELS is None:
            raise ImageUnreadable(path, Why.IMAGE_UNSAFE_PIXELS()) from error
        raise ImageTooLarge(path, *size, 2 * Image.MAX_IMAGE_PIXELS) from error
    except Exception as error:  # decoders raise everything: SyntaxError, struct.error, KeyError...
        if isinstance(error, OSError) and error.errno not in _ERRORS_OF_DATA:
            raise ImageUnreadable(path, system_reason(error)) from error
        raise ImageUnreadable(path, decoders.why_undecodable(error, image, stream)) from error


def _check_size(size: tuple[int, int], path: Path, limit: int = MAX_PIXELS) -> None:
    """Refuse a picture by the size in its header. Raises `ImageTooLarge` and `ImageUnreadable`."""
    width, height = size
    if width * height > limit:
        raise ImageTooLarge(path, width, height, limit)
    if max(size) > MAX_SIDE:
        raise ImageUnreadable(path, Why.IMAGE_SIDE(width=width, height=height, limit=MAX_SIDE))


def _finish(
    image: ImageFile.ImageFile, kind: kinds.Kind, path: Path, draft: int | None, budget: Budget
) -> Picture:
    """Decode the pixels of an opened picture, turn it upright and convert its colours. Raises anything."""
    width, height = image.size
    bytes_per_pixel = _WIDER.get(kind, BYTES_PER_PIXEL)
    limit = min(MAX_PIXELS, MAX_MEMORY // bytes_per_pixel)
    memory = 0
    if kind is kinds.JPEG and "progressive" in image.info:
        _check_size(image.size, path)
        memory = width * height * _PROGRESSIVE_BYTES
    if draft is not None:
        image.draft(None, (draft, draft))
    is_draft = image.size != (width, height) or (
        isinstance(image, Jpeg2KImageFile) and decoders.reduce_jpeg2000(image)
    )
    try:
        _check_size(image.size, path, limit)
    except ImageTooLarge:
        raise ImageTooLarge(path, width, height, limit) from None
    memory += image.width * image.height * bytes_per_pixel
    with DECODING_MEMORY.hold(memory, budget.check):
        decoders.load_pixels(image)
        if not is_draft:
            width, height = image.size  # some decoders know better by now
        # After decoding, which resets it where it turned the picture itself.
        orientation, camera, taken = _orientation(image), _camera(image), _taken(image)
        if orientation in _SIDES_SWAPPED:
            width, height = height, width
        _find_visible_frame(image)
        budget.check()
        pixels = to_srgb(image, budget.check)
        if orientation in _UPRIGHT:
            pixels = pixels.transpose(_UPRIGHT[orientation])
    return Picture(pixels, width, height, camera=camera, taken=taken)


def _note(image: ImageFile.ImageFile, kind: kinds.Kind, stream: IO[bytes]) -> Reason | None:
    """Return what is told of a picture: that it is reduced, or one of several, of which there may be millions."""
    with contextlib.suppress(Exception):  # the others may be damaged
        if isinstance(image, Jpeg2KImageFile):
            return Why.IMAGE_REDUCED() if isinstance(image.reduce, int) else None
        if kind is kinds.TIFF:
            return Why.IMAGE_FIRST_PAGE() if has_pages(stream) else None
        if getattr(image, "is_animated", False):
            return Why.IMAGE_ONE_OF_SEVERAL() if kind is kinds.HEIC else Why.IMAGE_ONE_FRAME()
    return None


def _find_visible_frame(image: ImageFile.ImageFile) -> None:
    """Go to the first frame that shows something, where the first of several is transparent everywhere."""
    if image.format not in _ANIMATED or not getattr(image, "is_animated", False):
        return  # the usual transparent picture is not looked through for nothing
    for frame in range(1, _MAX_FRAMES):
        if not image.has_transparency_data or image.convert("RGBA").getchannel("A").getextrema() != (0, 0):
            return
        try:
            image.seek(frame)
            decoders.load_pixels(image)
        except EOFError:  # there are no more
            return


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 where there is none or it is broken."""
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - broken metadata raises everything, and must not fail the picture
        return 1
    return orientation if isinstance(orientation, int) else 1


def _camera(image: Image.Image) -> str:
    """Return make and model of the camera; "" where they are unknown."""
    with contextlib.suppress(Exception):  # broken metadata, as above
        exif = image.getexif()
        make, model = _fact(exif.get(_MAKE)), _fact(exif.get(_MODEL))
        # Most models begin with the make: "Canon", "Canon EOS 5D".
        return model if model.casefold().startswith(make.casefold()) else f"{make} {model}".strip()
    return ""


def _taken(image: Image.Image) -> str:
    """Return when a photograph was taken, as its camera wrote it; "" where that is unknown."""
    with contextlib.suppress(Exception):
        return _fact(image.getexif().get_ifd(_CAMERA_FACTS).get(_TAKEN))
    return ""


def _fact(value: object) -> str:
    return visible(value.strip("\0 \t\r\n"))[:_LONGEST_FACT] if isinstance(value, str) else ""
