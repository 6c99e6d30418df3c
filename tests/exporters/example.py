"""What every exporter's script shares: pictures to learn from, and the folder that it writes for a network.

Runs in the exporters' own environments, so it uses numpy, onnx and Pillow only.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]
# Colours show that the channels are in order, stripes that height and width are.
COLOURED = ("red", "green", "blue", "across", "down")
GREY = ("disc", "across", "down")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def draw(name: str, height: int, width: int, random: np.random.Generator) -> Pixels:
    """Return a noisy picture (height, width, 3) of a class of `COLOURED` or `GREY`."""
    picture = np.full((height, width, 3), random.integers(90, 150), np.float64)
    rows, columns = np.mgrid[:height, :width]
    strength, shift = random.uniform(25, 70), random.integers(0, 6)
    if name in ("across", "down"):
        along = rows if name == "across" else columns
        picture += np.where((along + shift) // 3 % 2 == 0, strength, -strength)[..., None]
    elif name == "disc":
        y, x = random.uniform(0.4, 0.6, 2) * (height, width)
        is_inside = (rows - y) ** 2 + (columns - x) ** 2 < (min(height, width) / 3) ** 2
        picture += np.where(is_inside, strength, -strength)[..., None]
    else:
        picture[..., COLOURED.index(name)] += strength
    # Noise on blocks: it confuses a network as much as noise on pixels, and makes smaller files.
    noise = random.normal(0, 25, (-(-height // 4), -(-width // 4), 3)).repeat(4, 0).repeat(4, 1)
    return np.clip(picture + noise[:height, :width], 0, 255).astype(np.uint8)


def draw_digit(digit: int, random: np.random.Generator) -> Pixels:
    """Return a noisy picture (8, 8) of a digit; its values are multiples of 15, as of sixteen shades of grey."""
    image = Image.new("L", (8, 8))
    font = ImageFont.load_default_imagefont()
    place = (int(random.integers(0, 3)), int(random.integers(-2, 0)))
    ImageDraw.Draw(image).text(place, str(digit), fill=int(random.integers(8, 14)), font=font)
    shades = np.asarray(image) + random.integers(0, 3, (8, 8))
    return (np.clip(shades, 0, 16) * 15).astype(np.uint8)


def training_set(
    names: Sequence[str], height: int, width: int, count: int = 400
) -> tuple[Pixels, NDArray[np.int64]]:
    """Return pictures (N, height, width, 3), always the same ones, and the indices of their classes."""
    random = np.random.default_rng(0)
    targets = np.arange(count) % len(names)
    return np.stack([draw(names[each], height, width, random) for each in targets.tolist()]), targets


def pictures_to_compare(names: Sequence[str], height: int, width: int) -> list[Pixels]:
    """Return four pictures (height, width, 3) that are not in the training set."""
    random = np.random.default_rng(7)
    return [draw(names[each % len(names)], height, width, random) for each in (0, 1, 2, 3)]


def write_example(
    folder: Path,
    pictures: Sequence[Pixels],
    probabilities: NDArray[Any],
    files: dict[str, str],
    exporter: str,
    names: Sequence[str],
    *,
    labels: str = "labels.txt",
    preprocessing: str | None = "preprocessing.toml",
) -> None:
    """Write what belongs to a network: pictures, `files` by name, and the probabilities (N, C) that are expected.

    `names` are those of the classes; `labels` and `preprocessing` the files of them that the import gets.
    Fails where the probabilities could hide a mistake: where they are alike or saturated.
    """
    assert probabilities.shape[0] == len(pictures) == 4
    assert len({int(each) for each in probabilities.argmax(axis=1)}) > 1, probabilities
    assert 0.27 < probabilities.max(axis=1).min() <= probabilities.max() < 0.999, probabilities
    for number, pixels in enumerate(pictures):
        Image.fromarray(pixels).save(folder / f"{number}.png", optimize=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    expected = {
        "exporter": exporter,
        "names": list(names),
        "labels": labels,
        "preprocessing": preprocessing,
        "probabilities": {
            f"{number}.png": [round(float(each), 7) for each in row]
            for number, row in enumerate(probabilities)
        },
    }
    text = json.dumps(expected, indent=1, ensure_ascii=False) + "\n"
    (folder / "expected.json").write_text(text, "utf-8")


def forget_folders(path: Path) -> None:
    """Take the folder that this ran in out of the stack traces that the newer exporter writes at each node."""
    model = onnx.load(path, load_external_data=False)
    for each in (*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output):
        for entry in each.metadata_props:
            entry.value = entry.value.replace(f"{Path.cwd()}/", "")
    path.write_bytes(model.SerializeToString())


def new_folder(name: str) -> Path:
    """Return a new folder for a network below the one that the command line names."""
    folder = Path(sys.argv[1], name)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def lines(names: Sequence[str]) -> str:
    """Return names, each in a line."""
    return "".join(f"{name}\n" for name in names)
