"""From a picture to a network's input, one implementation for every caller.

With the catalog's ImageNet preset this is torchvision's classification preset on PIL pictures, bit for bit:
`resize` of the shorter side, `center_crop`, `pil_to_tensor`, `convert_image_dtype`, `normalize`
(torchvision/transforms/_presets.py and functional.py).
"""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vgg_desktop.models.catalog import Preprocessing, height_and_width

_FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
# Above this many pixels (of four bytes each) the resized picture is not made as a whole: one of 1 x 5000
# would become 256 x 1280000, for the 224 x 224 in its middle. Only enlarging goes that far: the reader's limit
# on pixels is the same.
_LARGEST_RESIZED = 200_000_000
_RADIUS = 3  # pixels of the picture that the widest filter, "lanczos", looks at on either side when enlarging


def preprocess(image: Image.Image, preprocessing: Preprocessing) -> NDArray[np.float32]:
    """Return a picture of mode RGB as a contiguous array (C, H, W), channels in the preset's order.

    Grey is made of the three colours as ITU-R BT.601 weighs them, after the resize.
    """
    pixels = _resize_and_crop(image, preprocessing)
    if preprocessing.channels == "grey":
        pixels = np.asarray(Image.fromarray(pixels).convert("L"))[:, :, None]
    elif preprocessing.channels == "BGR":
        pixels = pixels[:, :, ::-1]
    values = np.ascontiguousarray(pixels.transpose(2, 0, 1)).astype(np.float32)
    # Step by step, in float32 and in torchvision's order: any other way rounds differently.
    values /= np.float32(preprocessing.scale)
    values -= np.array(preprocessing.mean, np.float32)[:, None, None]
    values /= np.array(preprocessing.std, np.float32)[:, None, None]
    return values


def draft_side(preprocessing: Preprocessing) -> int:
    """Return the size in pixels to which a JPEG may be decoded, at least, for this preprocessing.

    Three times the size that is needed keeps the difference to a full decode under 2/255.
    """
    return 3 * max(height_and_width(preprocessing.resize))


def resized_size(width: int, height: int, preprocessing: Preprocessing) -> tuple[int, int]:
    """Return width and height in pixels after the resize, before the crop; the side that sticks out is rounded down."""
    down, across = height_and_width(preprocessing.resize)
    if not preprocessing.keep_aspect:
        return across, down
    if width * down <= height * across:
        return across, max(down, int(across * height / width))
    return max(across, int(down * width / height)), down


def crop_box(width: int, height: int, preprocessing: Preprocessing) -> tuple[float, float, float, float]:
    """Return what the network sees of a picture: left, top, right, bottom in the picture's own pixels.

    These are the edges of the crop; antialiasing includes a little of the surroundings.
    """
    new_width, new_height = resized_size(width, height, preprocessing)
    across, down = width / new_width, height / new_height
    left, top, right, bottom = _crop_of_resized((new_width, new_height), preprocessing)
    return left * across, top * down, right * across, bottom * down


def _crop_of_resized(size: tuple[int, int], preprocessing: Preprocessing) -> tuple[int, int, int, int]:
    """Return the centre crop's left, top, right, bottom; halves are rounded to even, as torchvision does."""
    height, width = height_and_width(preprocessing.crop)
    left, top = round((size[0] - width) / 2.0), round((size[1] - height) / 2.0)
    return left, top, left + width, top + height


def _resize_and_crop(image: Image.Image, preprocessing: Preprocessing) -> NDArray[np.uint8]:
    """Return the resized picture's middle: (H, W, 3)."""
    size = resized_size(*image.size, preprocessing)
    method = _FILTERS[preprocessing.interpolation]
    if size[0] * size[1] > _LARGEST_RESIZED:
        return _enlarged_crop(image, preprocessing, method)
    resized = image if image.size == size else image.resize(size, method)
    # Catalogs have crop <= resize; beyond the picture's edges `crop` would give zeros, as torchvision does.
    return np.asarray(resized.crop(_crop_of_resized(size, preprocessing)))


def _enlarged_crop(
    image: Image.Image, preprocessing: Preprocessing, method: Image.Resampling
) -> NDArray[np.uint8]:
    """Return the middle of a picture that is much too long to be enlarged as a whole: (H, W, 3).

    Pillow rounds the box that it resizes to single precision. The part around the crop is cut out first, where that
    costs nothing: no value differs by more than 1 from that of the whole.
    """
    left, top, right, bottom = crop_box(*image.size, preprocessing)
    first, upper = max(0, math.floor(left) - _RADIUS), max(0, math.floor(top) - _RADIUS)
    last, lower = (
        min(side, math.ceil(edge) + _RADIUS) for side, edge in zip(image.size, (right, bottom), strict=True)
    )
    part = image.crop((first, upper, last, lower))
    height, width = height_and_width(preprocessing.crop)
    box = left - first, top - upper, right - first, bottom - upper
    return np.asarray(part.resize((width, height), method, box))
