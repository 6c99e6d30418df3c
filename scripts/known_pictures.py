"""Make the pictures that the right preprocessing of a network is found with; `pictures.tsv` beside them says of what.

Each is a photograph that shows one thing of ImageNet's classes beyond doubt: its file, the WordNet ids of the classes
that are right, and its path in the folder with the Clothing Dataset's classes (small, CC0) or in that with the package
scikit-image. `resources/licences/NOTICE.txt` has where they are from.

python scripts/known_pictures.py CLOTHING_DATASET SITE_PACKAGES
"""

import sys
from pathlib import Path

from PIL import Image, ImageOps

KNOWN = Path(__file__).parents[1] / "resources/known"
SIDE = 256  # pixels of the shorter side: what the usual preprocessing resizes to
LONGEST = 342  # pixels of the longer side, its middle: the crop and the squash must differ


def make(source: Path, target: Path) -> None:
    """Write a smaller copy of a photograph, without metadata."""
    with Image.open(source) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    scale = SIDE / min(image.size)
    width, height = (round(side * scale) for side in image.size)
    image = image.resize((width, height), Image.Resampling.LANCZOS)
    size = min(width, LONGEST), min(height, LONGEST)
    image = ImageOps.fit(image, size, Image.Resampling.LANCZOS)
    image.save(target, quality=82, optimize=True, progressive=False)


def main(clothes: Path, packages: Path) -> None:
    """Make every picture that has a source."""
    for line in (KNOWN / "pictures.tsv").read_text("utf-8").splitlines():
        name, _, source = (*line.split("\t"), "")[:3]
        if source:
            make((packages if source.startswith("skimage/") else clothes) / source, KNOWN / name)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
