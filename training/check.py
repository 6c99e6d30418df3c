"""Measure an exported starter network with onnxruntime, on the test JPEGs and on photographs.

This shares no code with the training on purpose: pictures are decoded again and prepared as the app does it.
"""

from __future__ import annotations

import argparse
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

# onnxruntime reports to its maker from the moment it is imported, unless this is set before.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

Array = NDArray[np.float32]

CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
MEAN = np.array([0.4914, 0.4822, 0.4465], np.float32)
STD = np.array([0.2470, 0.2435, 0.2616], np.float32)
SIDE = 32
PHOTO_SIZE = (500, 400)


def prepare(picture: Image.Image) -> Array:
    """Shorter side to 32 by PIL's antialiased bilinear filter, centre crop, normalised: [3, 32, 32]."""
    picture = picture.convert("RGB")
    short = min(picture.size)
    width, height = (int(SIDE * side / short) for side in picture.size)
    picture = picture.resize((width, height), Image.Resampling.BILINEAR)
    left, top = round((width - SIDE) / 2), round((height - SIDE) / 2)
    pixels = np.asarray(picture.crop((left, top, left + SIDE, top + SIDE)), np.float32) / 255
    return np.ascontiguousarray(((pixels - MEAN) / STD).transpose(2, 0, 1))


def as_photograph(picture: Image.Image, quality: int = 90) -> Image.Image:
    """A picture enlarged to 500 x 400 by bicubic interpolation and stored as JPEG: a photograph, nearly."""
    stored = io.BytesIO()
    picture.convert("RGB").resize(PHOTO_SIZE, Image.Resampling.BICUBIC).save(stored, "JPEG", quality=quality)
    return Image.open(stored)


def pictures_in(path: Path) -> Iterator[tuple[Image.Image, int]]:
    """Each JPEG of a zip file with its class number, in the order of their names."""
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".jpg"):
                yield Image.open(io.BytesIO(archive.read(name))), CLASSES.index(name.split("/")[-2])


def logits_of(session: onnxruntime.InferenceSession, prepared: Array, batch: int = 250) -> Array:
    """Logits [N, 10] of prepared pictures [N, 3, 32, 32]."""
    name = session.get_inputs()[0].name
    parts = [session.run(None, {name: prepared[at : at + batch]})[0] for at in range(0, len(prepared), batch)]
    return np.concatenate(parts)


def report(title: str, logits: Array, labels: NDArray[np.int64]) -> None:
    """Print top-1, top-5 and the accuracy of each class for logits [N, 10] and labels [N]."""
    order = np.argsort(-logits, axis=1, kind="stable")
    right = order[:, 0] == labels
    top5 = (order[:, :5] == labels[:, None]).any(1)
    print(f"{title}: {len(labels)} pictures, top-1 {right.mean():.2%}, top-5 {top5.mean():.2%}")
    print("  " + ", ".join(f"{name} {right[labels == at].mean():.1%}" for at, name in enumerate(CLASSES)))


def main() -> None:
    """Measure, and fail when onnxruntime and torch disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--test", type=Path, help="zip of the test JPEGs")
    parser.add_argument("--torch-logits", type=Path, help="test-logits.npy from the training's cache folder")
    parser.add_argument("photos", type=Path, nargs="*", help="photographs to classify")
    options = parser.parse_args()
    session = onnxruntime.InferenceSession(str(options.model), providers=["CPUExecutionProvider"])
    if options.test:
        pictures, labels = zip(*pictures_in(options.test), strict=True)
        numbers = np.array(labels)
        logits = logits_of(session, np.stack([prepare(picture) for picture in pictures]))
        report("test JPEGs", logits, numbers)
        if options.torch_logits:
            difference = np.abs(logits - np.load(options.torch_logits)).max()
            print(f"  largest difference from torch's logits: {difference:.2e}")
            assert difference < 1e-3
        photographs = np.stack([prepare(as_photograph(picture)) for picture in pictures])
        report("enlarged to 500 x 400 and shrunk again", logits_of(session, photographs), numbers)
    for path in options.photos:
        with Image.open(path) as photo:
            logits = logits_of(session, prepare(ImageOps.exif_transpose(photo))[None])[0].astype(np.float64)
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        best = np.argsort(-shares)[:3]
        print(f"{path.name}: " + ", ".join(f"{CLASSES[at]} {shares[at]:.1%}" for at in best))


if __name__ == "__main__":
    main()
