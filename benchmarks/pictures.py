"""Pictures to classify: seeded, and as hard to decode as photos are, since detail of every size is in them."""

from pathlib import Path

import numpy as np
from PIL import Image

TWELVE_MEGAPIXELS = (4000, 3000)
SMALL = (500, 375)  # the usual size of ImageNet's
_MARGIN = 256


def _texture(size: tuple[int, int], seed: int) -> Image.Image:
    """Add up noise of ever finer grain, its strength falling with its size as it does in photos."""
    random = np.random.default_rng(seed)
    width, height = size
    total = np.full((height, width, 3), 128, np.float32)
    grain, strength = max(size), 60.0
    while grain >= 2:
        cells = (max(2, width // grain), max(2, height // grain))
        noise = random.integers(0, 256, (cells[1], cells[0], 3), dtype=np.uint8)
        layer = Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)
        total += (np.asarray(layer, np.float32) - 128) * (strength / 128)
        grain, strength = grain // 2, strength * 0.86
    return Image.fromarray(np.clip(total, 0, 255).astype(np.uint8))


def make_pictures(folder: Path, count: int, size: tuple[int, int], *, seed: int = 0) -> list[Path]:
    """Write JPEGs of quality 90, each another part of one large texture in other colours, and return their paths."""
    random = np.random.default_rng(seed)
    width, height = size
    large = _texture((width + _MARGIN, height + _MARGIN), seed)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        left, top = (int(each) for each in random.integers(0, _MARGIN, 2))
        part = large.crop((left, top, left + width, top + height))
        channels = [part.getchannel(int(each)) for each in random.permutation(3)]
        path = folder / f"picture {number:05}.jpg"
        Image.merge("RGB", channels).save(path, quality=90)
        paths.append(path)
    return paths
