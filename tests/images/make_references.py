"""Writes references.json: what torchvision's own transforms make of pictures that the tests can make again.

Run it once, from the repository's root, where torch 2.14.1, torchvision 0.29.1 and Pillow 13.0.0 (the version
in constraints.txt: torchvision resizes with Pillow) are installed:

    python -m tests.images.make_references
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import PIL
import torch  # type: ignore[import-not-found, unused-ignore]  # tests run without
import torchvision  # type: ignore[import-not-found, unused-ignore]  # tests run without
from PIL import Image
from torchvision.transforms import (  # type: ignore[import-not-found, unused-ignore]  # tests run without
    InterpolationMode,
    functional,
)
from torchvision.transforms._presets import (  # type: ignore[import-not-found, unused-ignore]  # as above
    ImageClassification,
)

from tests.support.images import noise_on_gradient

SIZES = [
    *[(1, 1), (1, 5000), (5000, 1), (2, 3), (223, 224), (224, 223), (224, 224), (225, 300), (4000, 3000)],
    *[(256, 256), (300, 257), (255, 256), (256, 255), (257, 257), (640, 427), (427, 640), (1000, 333)],
    *[(513, 512), (31, 47), (1920, 1080), (3, 4000), (349, 256), (256, 351), (3000, 257)],
]
INTERPOLATIONS = ["nearest", "bilinear", "bicubic", "lanczos"]


def describe(width: int, height: int, seed: int, kind: str, tensor: torch.Tensor) -> dict[str, object]:
    """Return one reference: how to make the picture again, the result's digest, and some of its numbers."""
    array = tensor.numpy().astype("<f4")
    return {
        "width": width,
        "height": height,
        "seed": seed,
        "kind": kind,
        "sha256": hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest(),
        "sample": array[:, 100:102, 111:113].tobytes().hex(),
    }


def main() -> None:
    """Make all references."""
    preset = ImageClassification(crop_size=224)
    references = []
    for seed, (width, height) in enumerate(SIZES):
        image = Image.fromarray(noise_on_gradient(width, height, seed))
        references.append(describe(width, height, seed, "preset", preset(image)))
    image = Image.fromarray(noise_on_gradient(500, 375, 99))
    for name in INTERPOLATIONS:
        mode = InterpolationMode(name)
        resized = functional.resize(image, [256], interpolation=mode)
        kept = functional.to_tensor(functional.center_crop(resized, [224]))
        references.append(describe(500, 375, 99, f"aspect-{name}", kept))
        squashed = functional.resize(image, [256, 256], interpolation=mode)
        cropped = functional.to_tensor(functional.center_crop(squashed, [224]))
        references.append(describe(500, 375, 99, f"squash-{name}", cropped))
    document = {
        "made_with": {
            "torch": torch.__version__.split("+")[0],
            "torchvision": torchvision.__version__.split("+")[0],
            "pillow": PIL.__version__,
        },
        "references": references,
    }
    path = Path(__file__).with_name("references.json")
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
