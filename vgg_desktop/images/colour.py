"""Any mode of picture that a decoder returns, made 8-bit sRGB on white."""

import io
import math
from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageCms, TiffImagePlugin

# Modes of one channel with more than eight bits.
_DEEP = ("I", "I;16", "I;16L", "I;16B", "I;16N", "F")
_PROFILED = ("L", "RGB", "CMYK", "LAB")
# Large pictures are converted in blocks of about this many pixels, so that it can be ended.
_BLOCK = 8_000_000
# Deep ones in smaller blocks, whose temporary arrays stay in the processor's cache.
_DEEP_BLOCK = 65536
# Where no channel of any pixel is darker, there is nothing to see.
_WHITE = 250
# How far a profile may be from sRGB, of 255, to be taken for one of its many roundings.
_SRGB_TOLERANCE = 2
# Tags of TIFF: how many bits a value has; what the values mean, 0 saying that white is zero.
_BITS_PER_SAMPLE = 258
_PHOTOMETRIC = 262


def to_srgb(image: Image.Image, check: Callable[[], None] = lambda: None) -> Image.Image:
    """Return a decoded picture as mode RGB in the sRGB colour space, its transparent parts on white.

    On grey where nothing can be seen on white; a picture that is transparent everywhere is taken to be opaque.
    `check` is called at least for each `_BLOCK` of pixels, and may raise.

    16-bit, integer and float grey is scaled to eight bits, not clipped. An embedded ICC profile that is
    broken or made for another kind of pixels is ignored.
    """
    profile = image.info.get("icc_profile")
    alpha: Image.Image | None = None
    if image.mode in _DEEP:
        image, alpha = _deep_to_grey(image, check)
    elif image.has_transparency_data:
        # Through RGBA or LA because these know palettes, single transparent colours and premultiplied alpha.
        grey = image.mode in ("1", "L", "LA", "La")
        mode = "LA" if grey else "RGBA"
        image = image if image.mode == mode else image.convert(mode)  # which would copy all of it
        alpha = image.getchannel("A")
        image = image.convert("L" if grey else "RGB")
    elif image.mode == "1":
        image = image.convert("L")
    if image.mode not in _PROFILED:
        image = image.convert("RGB")
    if isinstance(profile, bytes) and profile:
        image = _apply_profile(image, profile, check)
    if image.mode != "RGB":
        image = image.convert("RGB")
    return image if alpha is None else _without_alpha(image, alpha, check)


def _without_alpha(image: Image.Image, alpha: Image.Image, check: Callable[[], None]) -> Image.Image:
    """Put a picture on white, or on grey where nothing of it would be seen."""
    if alpha.getextrema() in ((255, 255), (0, 0)):  # programs that know no alpha leave it at nought
        return image

    def on(background: str, box: tuple[int, int, int, int]) -> Image.Image:
        check()
        part = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), background)
        part.paste(image.crop(box), mask=alpha.crop(box))
        return part

    boxes = list(_blocks(image.size, _BLOCK))
    is_seen = any(low < _WHITE for box in boxes for low, _ in on("white", box).getextrema())  # type: ignore[misc]  # pairs, for three channels
    # In place: a whole copy would be half as much again of the memory.
    for box in boxes:
        image.paste(on("white" if is_seen else "grey", box), box)
    return image


def _apply_profile(image: Image.Image, profile: bytes, check: Callable[[], None]) -> Image.Image:
    """Convert from an embedded ICC profile to sRGB, unless the profile is sRGB or cannot be used."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), image.mode, "RGB")
        if image.mode == "RGB" and _changes_nothing(transform):
            return image
        if image.width * image.height <= _BLOCK:
            return ImageCms.applyTransform(image, transform) or image
        converted = Image.new("RGB", image.size)
        for box in _blocks(image.size, _BLOCK):
            check()
            part = image.crop(box)
            converted.paste(ImageCms.applyTransform(part, transform) or part, box)
        return converted
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Return whether a transform leaves a lattice of 9 x 9 x 9 colours as they are.

    Names are no guide: sRGB goes by dozens, and "linear sRGB" is something else.
    """
    steps = np.linspace(0, 255, 9).astype(np.uint8)
    lattice = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    converted = ImageCms.applyTransform(Image.fromarray(lattice), transform)
    difference = np.asarray(converted).astype(int) - lattice
    return bool(np.abs(difference).max() <= _SRGB_TOLERANCE)


def _blocks(size: tuple[int, int], pixels: int) -> Iterator[tuple[int, int, int, int]]:
    """Return the boxes of a picture's rows from the top down, each of about this many pixels."""
    width, height = size
    rows = max(1, pixels // width)
    for top in range(0, height, rows):
        yield 0, top, width, min(height, top + rows)


def _deep_to_grey(image: Image.Image, check: Callable[[], None]) -> tuple[Image.Image, Image.Image | None]:
    """Scale grey of more than eight bits to mode L, with its alpha where one value stands for transparent."""
    black, white = _range_of(image, check)
    transparent = image.info.get("transparency")
    grey = Image.new("L", image.size)
    alpha = Image.new("L", image.size, 255) if isinstance(transparent, int) else None
    # Pillow itself inverts up to eight bits only.
    white_is_zero = isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PHOTOMETRIC) == 0
    for box in _blocks(image.size, _DEEP_BLOCK):
        check()
        block = np.asarray(image.crop(box))
        with np.errstate(all="ignore"):  # signalling NaNs
            values = block.astype(np.float64)
            if block.dtype.kind == "f":
                np.nan_to_num(values, copy=False, nan=black, posinf=white, neginf=black)
            # Divided first: the largest float's span times 255 would overflow.
            values /= white - black
            values -= black / (white - black)
            values *= 255
            scaled = np.clip(np.rint(values, out=values), 0, 255, out=values).astype(np.uint8)
        if white_is_zero and block.dtype.kind == "u":
            np.subtract(255, scaled, out=scaled)
        grey.paste(Image.fromarray(scaled), box)
        if alpha is not None:
            alpha.paste(Image.fromarray(np.where(block == transparent, 0, 255).astype(np.uint8)), box)
    return grey, alpha


def _bits_of(image: Image.Image) -> int:
    """Return how many of the 16 bits of a value are used: cameras and scanners make TIFFs of 12 bits."""
    bits = image.tag_v2.get(_BITS_PER_SAMPLE) if isinstance(image, TiffImagePlugin.TiffImageFile) else None
    first = bits[0] if isinstance(bits, tuple) and bits else bits
    return first if isinstance(first, int) and 8 < first < 16 else 16


def _range_of(image: Image.Image, check: Callable[[], None]) -> tuple[float, float]:
    """Return the values that become black and white.

    16-bit pictures use the whole range of their bits. 32-bit and float ones do not declare theirs: it is assumed to
    be the smallest usual one (1 for floats, 255, 65535) that holds all values, or else what the values span.
    """
    if image.mode not in ("I", "F"):
        return 0.0, float(2 ** _bits_of(image) - 1)
    lowest, highest = math.inf, -math.inf
    for box in _blocks(image.size, _DEEP_BLOCK):
        check()
        values = np.asarray(image.crop(box))
        with np.errstate(all="ignore"):  # signalling NaNs
            finite = values[np.isfinite(values)] if image.mode == "F" else values
        if finite.size:
            lowest, highest = min(lowest, float(finite.min())), max(highest, float(finite.max()))
    if lowest > highest:  # not one is finite
        return 0.0, 1.0
    usual = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0)
    for top in usual:
        if lowest >= 0 and highest <= top:
            return 0.0, top
    return lowest, highest if highest > lowest else lowest + 1
