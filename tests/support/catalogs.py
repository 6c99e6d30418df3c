"""A user's own `models.toml` that names the tiny networks, served by a local server."""

import hashlib
import os
from pathlib import Path

from tests.support import networks

ENTRY = """
[[model]]
id = "tiny-{id}"
title = "Tiny {id}"
file = "{name}"
bytes = {size}
sha256 = "{sha256}"
labels = "imagenet.tsv"
preprocessing = "imagenet"
license = "Apache-2.0"
addresses = ["{address}"]
"""

PREPROCESSING = """
[preprocessing.imagenet]
resize = 256
crop = 224
mean = [0.485, 0.456, 0.406]
std = [0.229, 0.224, 0.225]
"""


def write_own_catalog(folder: Path, address: str, *, home: Path) -> None:
    """Add those of the tiny networks that are in `folder` to the catalog of the app at `home`, as `tiny-vgg16`."""
    config = home / "config"
    config.mkdir(parents=True, exist_ok=True)
    labels = Path(__file__).parents[2] / "resources" / "labels" / "imagenet.tsv"
    (config / "imagenet.tsv").write_bytes(labels.read_bytes())
    entries = [PREPROCESSING]
    for id, name in networks.FILENAMES.items():
        if not (folder / name).exists():
            continue
        data = (folder / name).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        entries.append(
            ENTRY.format(
                id=id, name=name, size=len(data), sha256=digest, address=f"{address.rstrip('/')}/{name}"
            )
        )
    (config / "models.toml").write_text("".join(entries), "utf-8")


def home_of_this_test() -> Path:
    """Return the app's home folder that the tests' set-up made."""
    return Path(os.environ["VGG_DESKTOP_HOME"])
