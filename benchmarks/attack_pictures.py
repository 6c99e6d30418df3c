"""Read pictures that were changed at random, and fail if the program does not survive one.

    python -m benchmarks.attack_pictures --count 5000

Small pictures of every kind are made, changed in their bytes and read by `images.reading` in a child process, as drafts
and whole in turn. Exit code 1 for a crash, a hang, an exception that is no `VggDesktopError`, or a line on the standard
error stream.
"""

import argparse
import functools
import io
import json
import queue
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, PngImagePlugin

from benchmarks.attack_networks import BYTES
from vgg_desktop.errors import VggDesktopError
from vgg_desktop.images.reading import read
from vgg_desktop.reasons import Why

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
    """Read the pictures `first`, `first + step` and so on, and print a line of JSON before and after each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture"
        for number in range(first, first + count, step):
            print(json.dumps({"begun": number}), flush=True)
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
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            line = {"done": number, "outcome": outcome, "seconds": took, "wrong": wrong, "peak": peak}
            print(json.dumps(line), flush=True)


def attack(first: int, count: int) -> int:
    """Have a child process read the pictures, watch it, and print a table."""
    times: dict[str, list[float]] = {each: [] for each in OUTCOMES}
    wrong: dict[int, str] = {}
    peak, number = 0, first
    with tempfile.TemporaryFile("w+") as told:
        while number < first + count:
            lines: queue.SimpleQueue[dict[str, object] | None] = queue.SimpleQueue()
            options = ["--work", f"--first={number}", f"--count={first + count - number}"]
            child = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.attack_pictures", *options],
                stdout=subprocess.PIPE,
                stderr=told,
                text=True,
            )

            def hear(child: subprocess.Popen[str] = child, lines: queue.SimpleQueue = lines) -> None:  # type: ignore[type-arg]
                assert child.stdout is not None
                for line in child.stdout:
                    lines.put(json.loads(line))
                lines.put(None)

            threading.Thread(target=hear, daemon=True).start()
            open_number: int | None = None
            while True:
                try:
                    line = lines.get(timeout=HUNG)
                except queue.Empty:
                    child.kill()
                    continue
                if line is None:
                    break
                if "begun" in line:
                    open_number = int(str(line["begun"]))
                    continue
                open_number, number = None, int(str(line["done"])) + 1
                times[str(line["outcome"])].append(float(str(line["seconds"])))
                peak = max(peak, int(str(line["peak"])))
                if line["wrong"]:
                    wrong[number - 1] = str(line["wrong"])
            code = child.wait()
            if open_number is not None or code:
                wrong[number] = f"the process ended with {code}"
                number += 1
        told.seek(0)
        noise = told.read()
    print(f"\n**{count} pictures that were changed at random**\n")
    print("| | pictures | median, s | longest, s |\n|---|---:|---:|---:|")
    for outcome, values in times.items():
        if values:
            print(f"| {outcome} | {len(values)} | {statistics.median(values):.3f} | {max(values):.2f} |")
    print(f"| crash, hang, over time or another exception | {len(wrong)} | | |")
    print(f"\nMost memory: {peak / 1e6:.0f} MB. Standard error: {len(noise.splitlines())} lines.")
    for each, text in list(wrong.items())[:20]:
        print(f"{each}: {text}")
    if noise:
        print(noise[:2000])
    return 1 if wrong or noise else 0


def main() -> int:
    """Measure and print, and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.first, options.count, 1)
        return 0
    return attack(options.first, options.count)


if __name__ == "__main__":
    sys.exit(main())
