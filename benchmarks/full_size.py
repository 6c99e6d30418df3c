"""A VGG network of full size with seeded weights, installed as a user would install it, in a home of its own.

    python -m benchmarks.full_size HOME [vgg16|vgg16-bn|vgg19|vgg19-bn]

Built once in a home; the other programs find it there.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.pictures import SMALL, make_pictures
from tests.support import networks
from vgg_desktop.inference.forms.registry import ensure_runtime_graph, find_form, improve, make_form
from vgg_desktop.inference.installation import import_model
from vgg_desktop.models import catalog
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.store import InstalledModel, ModelStore

BUNDLED = ("everyday", "starter")


def find(id: str) -> InstalledModel:
    """Return a bundled network, or the one that `build` made in the home this process uses.

    Raises `StopIteration`, `ModelUnusable`.
    """
    store = ModelStore()
    if id in BUNDLED:
        return store.get(catalog.find(load_catalog(), id))
    title = Path(networks.FILENAMES[id]).stem
    return store.get(next(each for each in store.imported() if each.title == title))


def build(id: str) -> None:
    """Make the network and its Fast in the home this process uses, unless they are there; bundled ones always are."""
    if id in BUNDLED:
        return
    try:
        find(id)
    except StopIteration:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / networks.FILENAMES[id]
            path.write_bytes(networks.zoo_vgg(id, networks.FULL).SerializeToString())
            import_model(ModelStore(), load_catalog(), path)
    ensure_runtime_graph(find(id))  # what another version of onnxruntime made would be skipped
    improve(find(id), threading.Event())
    if find_form(find(id), "int8") is None:
        make_form(find(id), "int8")


def one_picture(home: Path) -> Path:
    """Return a JPEG of the usual size of ImageNet's pictures."""
    return make_pictures(home / "one picture", 1, SMALL)[0]


def read_all(id: str) -> None:
    """Read the network's files once, so that they are in the page cache."""
    installed = find(id)
    for folder in {installed.path.parent, installed.derived}:
        for path in folder.rglob("*"):
            if path.is_file():
                path.read_bytes()


@contextmanager
def home(chosen: Path | None, id: str) -> Iterator[Path]:
    """Use a home, or one for this time, and see that the network is in it.

    Another process builds it, so that this one does not keep the memory that takes.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = chosen or Path(folder)
        os.environ["VGG_DESKTOP_HOME"] = str(place)
        subprocess.run([sys.executable, "-m", "benchmarks.full_size", str(place), id], check=True)
        yield place


def arguments(about: str | None, *others: str) -> argparse.ArgumentParser:
    """Return a parser with what every program on a full-size network, or on one of `others`, takes."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", default="vgg16", choices=sorted([*networks.FILENAMES, *others]))
    parser.add_argument("--home", type=Path, help="folder in which the network is kept for the next time")
    return parser


if __name__ == "__main__":
    os.environ["VGG_DESKTOP_HOME"] = sys.argv[1]
    build(sys.argv[2] if len(sys.argv) > 2 else "vgg16")
