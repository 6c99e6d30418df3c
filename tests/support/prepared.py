"""The usual ways to prepare pictures, networks that want them prepared so, and a labelled folder."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from PIL import Image, ImageOps

from vgg_desktop import paths
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING as USUAL
from vgg_desktop.models.catalog import Preprocessing, find, load_catalog

HALF = (0.5, 0.5, 0.5)
CAFFE = replace(USUAL, scale=1.0, channels="BGR", mean=(103.939, 116.779, 123.68), std=(1.0, 1.0, 1.0))
SYMMETRIC = replace(USUAL, mean=HALF, std=HALF)
PREPARATIONS = {
    "ImageNet": USUAL,
    "-1 to 1": SYMMETRIC,
    "0 to 1": replace(USUAL, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0)),
    "0 to 255": replace(USUAL, scale=1.0, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0)),
    "Caffe": CAFFE,
    "Caffe, RGB": replace(CAFFE, channels="RGB", mean=CAFFE.mean[::-1]),
    "ImageNet, BGR": replace(USUAL, channels="BGR", mean=USUAL.mean[::-1], std=USUAL.std[::-1]),
    "-1 to 1, BGR": replace(SYMMETRIC, channels="BGR"),
}


def made_for(wanted: Preprocessing, id: str, folder: Path) -> Path:
    """Write a copy of a bundled network that wants its pictures prepared otherwise: it first undoes that."""
    spec = find(load_catalog(), id)
    own = spec.preprocessing
    model = onnx.load(paths.resource(f"models/{spec.filename}"))
    (image,) = model.graph.input
    name = image.name
    # From values as they are wanted to the bytes of pixels, and from these to the values as they were trained.
    order = slice(None, None, -1) if wanted.channels == "BGR" else slice(None)
    slope = (np.array(wanted.std) * wanted.scale)[order] / (np.array(own.std) * own.scale)
    offset = ((np.array(wanted.mean) * wanted.scale)[order] - np.array(own.mean) * own.scale) / (
        np.array(own.std) * own.scale
    )
    for node in model.graph.node:
        node.input[:] = ["trained" if each == name else each for each in node.input]
    for key, values in (("slope", slope), ("offset", offset)):
        array = values.astype(np.float32).reshape(1, 3, 1, 1)
        model.graph.initializer.append(numpy_helper.from_array(array, key))
    channels = np.arange(3)[order].astype(np.int64)
    model.graph.initializer.append(numpy_helper.from_array(channels, "channels"))
    before = [
        helper.make_node("Gather", [name, "channels"], ["rgb"], axis=1),
        helper.make_node("Mul", ["rgb", "slope"], ["scaled"]),
        helper.make_node("Add", ["scaled", "offset"], ["trained"]),
    ]
    for place, node in enumerate(before):
        model.graph.node.insert(place, node)
    path = folder / f"{spec.id}-otherwise.onnx"
    onnx.save(model, path)
    return path


def drawn(folder: Path) -> Path:
    """Make a labelled folder for the starter: the drawn examples, whole, mirrored and in parts."""
    for name in ("airplane", "ship", "truck"):
        (folder / name).mkdir(parents=True)
        with Image.open(paths.resource(f"examples/{name}.jpg")) as image:
            for number, picture in enumerate((image, ImageOps.mirror(image), image.crop((40, 20, 460, 340)))):
                picture.save(folder / name / f"{number}.png")
    return folder
