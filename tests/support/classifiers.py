"""Small image classifiers to import, what importing them needs, and what is then kept."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper

from vgg_desktop import paths
from vgg_desktop.inference.forms.registry import find_form
from vgg_desktop.inference.installation import import_model
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.details import read_details
from vgg_desktop.models.labels import read_labels
from vgg_desktop.models.store import InstalledModel, ModelStore

LABELS = "Äpfel\nBirnen\n梨\n🍒\n"
PREPROCESSING = 'resize = 36\ncrop = 32\nmean = 0.5\nstd = [0.5, 0.5, 0.5]\nchannels = "BGR"\n'


def bring_in(path: Path, **given: Any) -> InstalledModel:  # noqa: ANN401 - a path or a text
    """Import a file as the command line does, with `id`, `labels` and `preprocessing`."""
    details = read_details(given.get("labels"), given.get("preprocessing"))
    return import_model(ModelStore(), load_catalog(), path, id=given.get("id"), details=details).installed


def runtime_graph(installed: InstalledModel) -> str:
    """Return what a network runs through on other devices than the CPU: "mapped" or "published"."""
    return "mapped" if find_form(installed, "mapped") is not None else "published"


def write_details(folder: Path) -> dict[str, Path]:
    """Write labels of four classes and a preprocessing of 32 pixels, and give them as `import_model` takes them."""
    labels, preprocessing = folder / "labels.txt", folder / "preprocessing.toml"
    labels.write_text(LABELS, "utf-8")
    preprocessing.write_text(PREPROCESSING)
    return {"labels": labels, "preprocessing": preprocessing}


def files_below(folder: Path) -> set[str]:
    """Return the files of the app below a folder, by their names from there on."""
    return {
        each.relative_to(folder).as_posix()
        for each in folder.rglob("*")
        if each.is_file() and each.name != ".lock" and each.parent.name != ".locks"
    }


def classifier(
    batch: int | str = "N",
    classes: int = 4,
    *,
    side: int | str = 32,
    kind: int = TensorProto.FLOAT,
    spatial_output: bool = False,
    softmax: bool = False,
    seed: int = 3,
) -> onnx.ModelProto:
    """Make a one-layer network: the mean of the picture's channels, mixed into classes."""
    random = np.random.default_rng(seed)
    weights = random.standard_normal((classes, 3, 1, 1)).astype(helper.tensor_dtype_to_np_dtype(kind))
    nodes = [
        helper.make_node("GlobalAveragePool", ["image"], ["mean"]),
        helper.make_node("Conv", ["mean", "mix"], ["map"]),
    ]
    last = "map"
    if not spatial_output:
        nodes.append(helper.make_node("Flatten", [last], ["flat"]))
        last = "flat"
    if softmax:
        nodes.append(helper.make_node("Softmax", [last], ["shares"], axis=1))
        last = "shares"
    shape = [batch, classes, 1, 1] if spatial_output else [batch, classes]
    return helper.make_model(
        helper.make_graph(
            nodes,
            "g",
            [helper.make_tensor_value_info("image", kind, [batch, 3, side, side])],
            [helper.make_tensor_value_info(last, kind, shape)],
            [helper.make_tensor("mix", kind, weights.shape, weights.tobytes(), raw=True)],
        ),
        ir_version=8,
        opset_imports=[helper.make_opsetid("", 13)],
    )


def save_split(model: onnx.ModelProto, path: Path, weights: str = "net.data") -> None:
    """Save a network with its weights in another file beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # The library appends to a file that is there.
    (path.parent / weights).unlink(missing_ok=True)
    onnx.save(model, path, save_as_external_data=True, location=weights, size_threshold=0)


def own_everyday(path: Path) -> Path:
    """Write the everyday network as a file that the catalog does not know."""
    model = onnx.load(paths.resource("models/everyday.onnx"))
    model.producer_name = "somebody"
    onnx.save(model, path)
    return path


def own_starter(path: Path, *, names: bool = False) -> Path:
    """Write the starter network as a file that the catalog does not know, with the names of its classes or without."""
    model = onnx.load(paths.resource("models/starter.onnx"))
    del model.metadata_props[:]
    if names:
        labels = read_labels(paths.resource("labels/cifar10.tsv"))
        helper.set_model_props(model, {"names": str({label.index: label.name for label in labels})})
    onnx.save(model, path)
    return path
