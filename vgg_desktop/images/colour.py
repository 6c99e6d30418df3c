"""Any mode of picture that a decoder returns, made 8-bit sRGB on white."""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, TiffImagePlugin

# Modes of one channel with more than eight bits.
_DEEP = ("I", "I;16", "I;16L", "I;16B", "I;16N", "F")
_PROFILED = ("L", "RGB", "CMYK", "LAB")
# Deep pictures are scaled in blocks of about this many pixels, to keep the temporary arrays small.
_BLOCK = 4_000_000
# How far a profile may be from sRGB, of 255, to be taken for one of its many roundings.
_SRGB_TOLERANCE = 2
# Tags of TIFF: how many bits a value has; what the values mean, 0 saying that white is zero.
_BITS_PER_SAMPLE = 258
_PHOTOMETRIC = 262


def to_srgb(image: Image.Image) -> Image.Image:
    """Return a decoded picture as mode RGB in the sRGB colour space, its transparent parts on white.

    16-bit, integer and float grey is scaled to eight bits, not clipped. An embedded ICC profile that is
    broken or made for another kind of pixels is ignored.
    """
    profile = image.info.get("icc_profile")
    alpha: Image.Image | None = None
    if image.mode in _DEEP:
        image, alpha = _deep_to_grey(image)
    elif image.has_transparency_data:
        # Through RGBA or LA because these know palettes, single transparent colours and premultiplied alpha.
        grey = image.mode in ("1", "L", "LA", "La")
        image = image.convert("LA" if grey else "RGBA")
        alpha = image.getchannel("A")
        image = image.convert("L" if grey else "RGB")
    elif image.mode == "1":
        image = image.convert("L")
    if image.mode not in _PROFILED:
        image = image.convert("RGB")
    if isinstance(profile, bytes) and profile:
        image = _apply_profile(image, profile)
    if image.mode != "RGB":
        image = image.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        on_white = Image.new("RGB", image.size, "white")
        on_white.paste(image, mask=alpha)
        image = on_white
    return image


def _apply_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert from an embedded ICC profile to sRGB, unless the profile is sRGB or cannot be used."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), image.mode, "RGB")
        if image.mode == "RGB" and _changes_nothing(transform):
            return image
        return ImageCms.applyTransform(image, transform) or image
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


def _deep_to_grey(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Scale grey of more than eight bits to mode L, with its alpha where one value stands for transparent."""
    pixels = np.asarray(image)
    black, white = _range_of(pixels, _bits_of(image))
    transparent = image.info.get("transparency")
    grey = np.empty(pixels.shape, np.uint8)
    alpha = np.full(pixels.shape, 255, np.uint8) if isinstance(transparent, int) else None
    rows = max(1, _BLOCK // pixels.shape[1])
    for top in range(0, pixels.shape[0], rows):
        block = pixels[top : top + rows]
        with np.errstate(invalid="ignore"):  # signalling NaNs
            values = block.astype(np.float64)
        finite = np.nan_to_num(values, nan=black, posinf=white, neginf=black)
        # Divided first: the largest float's span times 255 would overflow.
        scaled = (finite / (white - black) - black / (white - black)) * 255
        grey[top : top + rows] = np.clip(np.rint(scaled), 0, 255)
        if alpha is not None:
            alpha[top : top + rows][block == transparent] = 0
    white_is_zero = isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PHOTOMETRIC) == 0
    if white_is_zero and pixels.dtype.kind == "u":  # Pillow itself inverts up to eight bits only
        np.subtract(255, grey, out=grey)
    return Image.fromarray(grey), None if alpha is None else Image.fromarray(alpha)


def _bits_of(image: Image.Image) -> int:
    """Return how many of the 16 bits of a value are used: cameras and scanners make TIFFs of 12 bits."""
    bits = image.tag_v2.get(_BITS_PER_SAMPLE) if isinstance(image, TiffImagePlugin.TiffImageFile) else None
    first = bits[0] if isinstance(bits, tuple) and bits else bits
    return first if isinstance(first, int) and 8 < first < 16 else 16


def _range_of(pixels: NDArray[Any], bits: int) -> tuple[float, float]:
    """Return the values that become black and white.

    16-bit pictures use the whole range of their `bits`. 32-bit and float ones do not declare theirs: it is assumed to
    be the smallest usual one (1 for floats, 255, 65535) that holds all values, or else what the values span.
    """
    if pixels.dtype.itemsize == 2:
        return 0.0, float(2**bits - 1)
    values = pixels[np.isfinite(pixels)] if pixels.dtype.kind == "f" else pixels
    if values.size == 0:
        return 0.0, 1.0
    lowest, highest = float(values.min()), float(values.max())
    usual = (1.0, 255.0, 65535.0) if pixels.dtype.kind == "f" else (255.0, 65535.0)
    for top in usual:
        if lowest >= 0 and highest <= top:
            return 0.0, top
    return lowest, highest if highest > lowest else lowest + 1
