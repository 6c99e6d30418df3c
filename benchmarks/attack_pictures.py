"""Read pictures that were changed at random, and fail if the program does not survive one.

    python -m benchmarks.attack_pictures --count 5000

Small pictures of every kind are made, changed in their bytes and read by `images.reading` in a child process, as drafts
and whole in turn. Exit code 1 for a crash, a hang, an exception that is no `VggDesktopError`, or a line on the standard
error stream.
"""

import argparse
import functools
import io
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, PngImagePlugin

from benchmarks.attack import BYTES, begin, end, show, tell_peaks, watch
from vgg_desktop.errors import VggDesktopError
from vgg_desktop.images.reading import read
from vgg_desktop.why import Why

ALLOWED = 15.0  # seconds for one picture: its budget, and what a busy computer adds
HUNG = 60.0
OUTCOMES = ("answered", "refused", "given up for its time")


def _save(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@functools.cache
def bases() -> tuple[bytes, ...]:
    """Return one picture of each variant: kinds, modes, compressions, profiles, frames and texts."""
    chance = np.random.default_rng(1)
    noise = Image.fromarray(chance.integers(0, 255, (6, 8, 3), dtype=np.uint8)).resize((96, 72))
    alpha = noise.convert("RGBA")
    alpha.putalpha(noise.convert("L"))
    deep = Image.fromarray(chance.integers(0, 65535, (72, 96), dtype=np.uint16))
    floats = Image.fromarray(chance.standard_normal((72, 96)).astype(np.float32))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "text" * 20
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "text" * 500, zip=True)
    frames = [alpha.rotate(angle) for angle in (10, 20, 30)]
    animated = {"save_all": True, "append_images": frames}
    return (
        _save(noise, "JPEG", exif=exif, icc_profile=profile),
        _save(noise, "JPEG", progressive=True),
        _save(noise.convert("CMYK"), "JPEG"),
        _save(noise, "PNG", pnginfo=text, icc_profile=profile),
        _save(alpha, "PNG", **animated),
        _save(deep, "PNG"),
        _save(noise.quantize(16), "PNG"),
        _save(noise.quantize(64), "GIF"),
        _save(alpha, "GIF", **animated),
        _save(noise, "BMP"),
        _save(noise.quantize(200), "BMP"),
        _save(noise, "WEBP", exif=exif),
        _save(alpha, "WEBP", lossless=True, **animated),
        _save(noise, "AVIF", speed=10),
        _save(noise, "JPEG2000"),
        _save(alpha, "JPEG2000", irreversible=True),
        *(_save(noise, "TIFF", compression=each) for each in (None, "tiff_lzw", "tiff_deflate", "jpeg")),
        _save(deep, "TIFF"),
        _save(floats, "TIFF"),
        _save(floats, "TIFF", compression="tiff_lzw"),
        _save(noise.convert("1"), "TIFF", compression="group4"),
    )


def mutate(number: int) -> bytes:
    """Return one of the pictures, changed in one to eight places; always the same for a number."""
    chance = random.Random(number)
    data = bytearray(bases()[number % len(bases())])
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        # Two thirds near the beginning, where sizes, counts and offsets are.
        end = min(len(data), 400) if chance.random() < 0.66 else len(data)
        place = chance.randrange(end)
        if chance.random() < 0.25:
            data[place : place + 2] = chance.choice((b"\xff\xff", b"\0\0", b"\x7f\xff", b"\x27\x10"))
        else:
            chance.choice(BYTES)(data, place, chance)
    return bytes(data)


def work(first: int, count: int, step: int) -> None:
    """Read the pictures `first`, `first + step` and so on, and tell before and after each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture"
        for number in range(first, first + count, step):
            begin(number)
            path.write_bytes(mutate(number))
            started, outcome, wrong = time.monotonic(), "answered", ""
            try:
                read(path, draft=768 if number % 2 else None)
            except VggDesktopError as error:
                reason = getattr(error, "reason", None)
                outcome = OUTCOMES[2] if getattr(reason, "why", None) is Why.IMAGE_TIME else "refused"
            except Exception as error:  # noqa: BLE001 - what this program looks for
                outcome, wrong = "refused", repr(error)
            took = time.monotonic() - started
            wrong = wrong or ("over time" if took > ALLOWED else "")
            end(outcome, took, wrong)
    tell_peaks(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, 0)


def main() -> int:
    """Measure and print, and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--work", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.first, options.count, options.work)
        return 0
    found = watch("benchmarks.attack_pictures", options.first, options.count, OUTCOMES, patience=HUNG)
    return show("pictures", options.count, found, is_noise_wrong=True)


if __name__ == "__main__":
    sys.exit(main())
