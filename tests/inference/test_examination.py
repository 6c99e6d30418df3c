"""What an imported network's outputs are taken for, and the sizes it may declare."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from tests.support.classifiers import bring_in, classifier, files_below, write_details
from vgg_desktop.errors import ImportNeedsDetails, ModelUnusable
from vgg_desktop.inference.opening import open_classifier

IMAGES = np.random.default_rng(1).standard_normal((3, 3, 32, 32), dtype=np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "net.onnx"


def details(folder: Path, outputs: str | None = None) -> dict[str, Path]:
    given = write_details(folder)
    if outputs is not None:
        with given["preprocessing"].open("a") as file:
            file.write(f'outputs = "{outputs}"\n')
    return given


@pytest.mark.parametrize("kind", [TensorProto.FLOAT, TensorProto.FLOAT16], ids=["float32", "float16"])
@pytest.mark.parametrize("outputs", [None, "probabilities"])
def test_softmax_is_not_applied_twice(outputs: str | None, kind: int, path: Path, tmp_path: Path) -> None:
    onnx.save(classifier(softmax=True, kind=kind), path)
    soft = bring_in(path, **details(tmp_path, outputs))
    assert soft.spec.outputs == "probabilities"
    onnx.save(classifier(kind=kind), path)
    plain = bring_in(path, **details(tmp_path))
    assert plain.spec.outputs == "logits"
    found, expected = (open_classifier(each).probabilities(IMAGES) for each in (soft, plain))
    assert np.abs(found - expected).max() < (1e-2 if kind == TensorProto.FLOAT16 else 1e-5)


@pytest.mark.parametrize(("softmax", "outputs"), [(False, "probabilities"), (True, "logits")])
def test_outputs_that_are_not_what_is_said_are_told(
    softmax: bool, outputs: str, path: Path, tmp_path: Path, app_home: Path
) -> None:
    onnx.save(classifier(softmax=softmax), path)
    with pytest.raises(ImportNeedsDetails, match=f"not {outputs} as `outputs` says"):
        bring_in(path, **details(tmp_path, outputs))
    assert files_below(app_home) == set()


def test_classes_that_do_not_exclude_each_other_may_be_probabilities(path: Path, tmp_path: Path) -> None:
    model = classifier()
    model.graph.node.append(onnx.helper.make_node("Sigmoid", ["flat"], ["shares"]))
    model.graph.output[0].name = "shares"
    onnx.save(model, path)
    assert bring_in(path, **details(tmp_path, "probabilities")).spec.outputs == "probabilities"


@pytest.mark.parametrize(
    ("batch", "side", "reason"),
    [
        (1_000_000, 32, "its input takes 12.3 GB"),
        ("N", 100_000, "its input is 100000 pixels wide"),
        (1, 4097, "its input is 4097 pixels wide"),
        (256, 4096, "its input takes 51.5 GB"),
    ],
)
def test_sizes_that_would_exhaust_the_memory_are_refused(
    batch: int | str, side: int, reason: str, path: Path, tmp_path: Path
) -> None:
    onnx.save(classifier(batch, side=side), path)
    with pytest.raises(ModelUnusable, match=reason):
        bring_in(path, **(details(tmp_path) | {"preprocessing": crop_of(side, tmp_path)}))


def crop_of(side: int, folder: Path) -> Path:
    path = folder / "crop.toml"
    path.write_text(f"crop = {min(side, 4096)}\n")
    return path


@pytest.mark.parametrize("batch", [-1, 256, 1000])
def test_open_and_large_batches_are_taken(batch: int, path: Path, tmp_path: Path) -> None:
    onnx.save(classifier(batch), path)
    assert open_classifier(bring_in(path, **details(tmp_path))).probabilities(IMAGES).shape == (3, 4)


def test_very_large_imagenet_network_can_be_read_again(path: Path) -> None:
    onnx.save(classifier(classes=1000, side=4096), path)
    preprocessing = bring_in(path).spec.preprocessing
    assert (preprocessing.crop, preprocessing.resize) == (4096, 4096)
