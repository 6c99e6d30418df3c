"""Pictures made by arithmetic that resemble photographs to a network: for calibration where there are no others.

Dead leaves (Lee, Mumford & Huang 2001): shapes of all sizes that cover one another, which has the edges and the
spectrum of photographs; each is filled with 1/f noise (Field 1987) of a colour of its own. Some also show one of
the app's example pictures, turned and tinted, so that there is something to recognise.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from vgg_desktop import paths

SIDE = 288  # pixels; more than any network of the catalog looks at
_TEXTURES, _FIELDS = 6, 4
_WITH_EXAMPLE = 0.5  # share of the pictures
EXAMPLES = ("airplane.jpg", "ship.jpg", "truck.jpg")


def sample_pictures(seed: int, count: int) -> Iterator[Image.Image]:
    """Return `count` pictures, the same ones for the same seed and releases of NumPy and Pillow."""
    examples = []
    for name in EXAMPLES:
        with Image.open(paths.resource("examples") / name) as image:
            examples.append(image.convert("RGB"))
    for number in range(count):
        random = np.random.default_rng((seed, number))
        yield _picture(random, examples)


def _picture(random: np.random.Generator, examples: list[Image.Image]) -> Image.Image:
    textures = _textures(random)
    image = textures[0]
    if random.random() < _WITH_EXAMPLE:
        image = _varied(random, examples[random.integers(len(examples))])
        leaves = int(random.integers(0, 7))
    else:
        leaves = int(random.integers(8, 60))
    for number in range(leaves):
        texture = textures[number % _TEXTURES]
        offset = random.integers(0, SIDE, 2)
        fill = Image.fromarray(np.roll(np.asarray(texture), tuple(offset), (0, 1)))
        image.paste(fill, (0, 0), _shape(random))
    if random.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(random.uniform(0, 1.5)))
    pixels = np.asarray(image, np.float32)
    pixels = (pixels - 128) * random.uniform(0.6, 1.2) + 128 + random.uniform(-40, 40)
    pixels += random.standard_normal(pixels.shape, np.float32) * np.float32(random.uniform(0, 6))
    return Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


def _textures(random: np.random.Generator) -> list[Image.Image]:
    """Return fillings, each around a colour of its own; the same few fields of noise mixed in other ways."""
    fields = [_noise(random) for _ in range(_FIELDS)]
    found = []
    for _ in range(_TEXTURES):
        common, other = random.choice(_FIELDS, 2, replace=False)
        planes = []
        for _ in range(3):
            own = 0.8 * fields[common] + random.uniform(-0.5, 0.5) * fields[other]
            planes.append(random.uniform(20, 235) + random.uniform(5, 50) * own)
        found.append(Image.fromarray(np.clip(np.stack(planes, axis=2), 0, 255).astype(np.uint8)))
    return found


def _noise(random: np.random.Generator) -> NDArray[np.float64]:
    """Return noise whose amplitude falls with the frequency, of mean 0 and deviation 1."""
    frequency = np.hypot(np.fft.fftfreq(SIDE)[:, None], np.fft.rfftfreq(SIDE))
    frequency[0, 0] = np.inf
    spectrum = np.fft.rfft2(random.standard_normal((SIDE, SIDE))) * frequency ** -random.uniform(0.8, 1.8)
    noise = np.fft.irfft2(spectrum, (SIDE, SIDE))
    return np.asarray(noise / noise.std())


def _shape(random: np.random.Generator) -> Image.Image:
    """Return the mask of one leaf, its radius drawn from a density that falls with the cube."""
    smallest, largest = SIDE / 32, SIDE / 2
    low, high = largest**-2, smallest**-2
    radius = random.uniform(low, high) ** -0.5
    centre = random.uniform(0, SIDE, 2)
    corners = int(random.integers(3, 8))
    mask = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(mask)
    if random.random() < 0.4:
        across = radius * random.uniform(0.4, 1.0)
        box = (centre[0] - radius, centre[1] - across, centre[0] + radius, centre[1] + across)
        draw.ellipse(box, fill=255)
    else:
        angles = np.sort(random.uniform(0, 2 * np.pi, corners))
        points = centre + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        draw.polygon([(float(x), float(y)) for x, y in points], fill=255)
    return mask


def _varied(random: np.random.Generator, example: Image.Image) -> Image.Image:
    """Cut a square out of an example picture, mirrored, turned and tinted at random."""
    side = int(min(example.size) * random.uniform(0.75, 1.0))
    left = int(random.integers(0, example.width - side + 1))
    top = int(random.integers(0, example.height - side + 1))
    image = example.crop((left, top, left + side, top + side)).resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    if random.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    image = image.rotate(random.uniform(-12, 12), Image.Resampling.BILINEAR, fillcolor=(128, 128, 128))
    tint = random.uniform(0.8, 1.2, 3)
    return Image.fromarray(np.clip(np.asarray(image) * tint, 0, 255).astype(np.uint8))
