"""The forms that classifiers of other people have: how they take pictures, and what their outputs mean."""

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper
from PIL import Image

from vgg_desktop.cli import main
from vgg_desktop.errors import ImportNeedsDetails
from vgg_desktop.inference.installation import Imported, import_model
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.outputs import find_outputs, probabilities
from vgg_desktop.models.catalog import Interface, Preprocessing, load_catalog
from vgg_desktop.models.details import Details
from vgg_desktop.models.labels import Label
from vgg_desktop.models.store import ModelStore
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

RGB = Preprocessing(resize=32, crop=32)
GREY = Preprocessing(resize=32, crop=32, channels="grey", mean=(0.0,), std=(1.0,))
RAW = replace(RGB, scale=1.0)
MIX = np.array([[6, -1, 0], [0, 5, -2], [-3, 0, 7], [1, 2, 3]], np.float32)  # (4 classes, 3 channels)
NAMES = ("red", "green", "blue", "grey")
LABELS = tuple(Label(index, str(index), name) for index, name in enumerate(NAMES))


def network(
    nodes: list[onnx.NodeProto],
    shape: list[int | str | None],
    outputs: Mapping[str, int],
    *,
    kind: int = TensorProto.FLOAT,
    weights: Mapping[str, NDArray[Any]] | None = None,
) -> onnx.ModelProto:
    """Make a network of the nodes with one input `image`; outputs with their types, of any shape."""
    constants = {"mix": MIX.T, **(weights or {})}
    return helper.make_model(
        helper.make_graph(
            nodes,
            "g",
            [helper.make_tensor_value_info("image", kind, shape)],
            [helper.make_tensor_value_info(name, type, None) for name, type in outputs.items()],
            [onnx.numpy_helper.from_array(values, name) for name, values in constants.items()],
        ),
        ir_version=9,
        opset_imports=[helper.make_opsetid("", 17)],
    )


def mixed(
    *last: onnx.NodeProto, axes: tuple[int, ...] = (2, 3), first: str = "image"
) -> list[onnx.NodeProto]:
    """Return the nodes that mix the mean of each channel into `logits` (N, 4), and what follows."""
    return [
        helper.make_node("ReduceMean", [first], ["mean"], axes=axes, keepdims=0),
        helper.make_node("MatMul", ["mean", "mix"], ["logits"]),
        *last,
    ]


def node(kind: str, *inputs: str, to: str, **attributes: Any) -> onnx.NodeProto:  # noqa: ANN401
    return helper.make_node(kind, list(inputs), [to], **attributes)


def bring_in(model: onnx.ModelProto, folder: Path, details: Details, **more: Any) -> Imported:  # noqa: ANN401
    path = folder / "elsewhere" / "net.onnx"
    path.parent.mkdir(exist_ok=True)
    onnx.save(model, path)
    return import_model(ModelStore(), load_catalog(), path, details=details, **more)


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    paths = []
    for name, colour in (("red", (250, 20, 10)), ("green", (10, 240, 30)), ("blue", (0, 60, 255))):
        paths.append(tmp_path / f"{name}.png")
        Image.new("RGB", (32, 32), colour).save(paths[-1])
    return paths


def means(path: Path) -> NDArray[np.float64]:
    with Image.open(path) as image:
        return np.asarray(np.asarray(image, np.float64).mean(axis=(0, 1)) / 255)


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum())


FIRST: list[int | str | None] = ["N", 3, 32, 32]
AFTER, BETWEEN = {"at": np.array([2, 3])}, {"at": np.array([1, 2])}
WIDE = replace(RGB, resize=(24, 40), crop=(24, 40))
FLOAT, DOUBLE, BYTES, HALF = TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.UINT8, TensorProto.FLOAT16
LOGITS = {"logits": FLOAT}
CASES: dict[str, tuple[onnx.ModelProto, Preprocessing, Interface]] = {
    "channels first": (network(mixed(), FIRST, LOGITS), RGB, Interface()),
    "channels last": (
        network(mixed(axes=(1, 2)), ["N", 32, 32, 3], LOGITS),
        RGB,
        Interface("channels-last"),
    ),
    "every dimension open, channels last": (
        network(
            [node("Transpose", "image", to="t", perm=[0, 3, 1, 2]), *mixed(first="t")],
            ["N", None, None, None],
            LOGITS,
        ),
        RGB,
        Interface("channels-last"),
    ),
    "every dimension open, channels first": (
        network(mixed(), [None, None, None, None], LOGITS),
        RGB,
        Interface(),
    ),
    "bytes": (
        network(
            [
                helper.make_node("Cast", ["image"], ["f"], to=1),
                node("Div", "f", "most", to="d"),
                *mixed(axes=(1, 2), first="d"),
            ],
            ["N", 32, 32, 3],
            LOGITS,
            kind=BYTES,
            weights={"most": np.array(255, np.float32)},
        ),
        RAW,
        Interface("channels-last"),
    ),
    "half precision": (
        network(
            [helper.make_node("Cast", ["image"], ["f"], to=1), *mixed(first="f")], FIRST, LOGITS, kind=HALF
        ),
        RGB,
        Interface(),
    ),
    "double precision with a convolution": (
        network(
            [
                node("Conv", "image", "kernel", to="map"),
                node("GlobalAveragePool", "map", to="pooled"),
                node("Flatten", "pooled", to="logits"),
            ],
            FIRST,
            {"logits": DOUBLE},
            kind=DOUBLE,
            weights={"kernel": MIX.astype(np.float64)[:, :, None, None]},
        ),
        RGB,
        Interface(single=True),
    ),
    "not square": (network(mixed(), ["N", 3, 24, 40], LOGITS), WIDE, Interface()),
    "a batch of three": (network(mixed(), [3, 3, 32, 32], LOGITS), RGB, Interface()),
    "a batch that is open in the header only": (
        network(
            [*mixed(node("Reshape", "logits", "one", to="row"))],
            FIRST,
            {"row": FLOAT},
            weights={"one": np.array([1, 4], np.int64)},
        ),
        RGB,
        Interface(batch=1),
    ),
    "four at a time, whatever the header says": (
        network(
            [*mixed(node("Reshape", "logits", "four", to="row"))],
            FIRST,
            {"row": FLOAT},
            weights={"four": np.array([4, 4], np.int64)},
        ),
        RGB,
        Interface(batch=4),
    ),
    "one row without a batch": (
        network(mixed(node("Squeeze", "logits", to="row")), [1, 3, 32, 32], {"row": FLOAT}),
        RGB,
        Interface(),
    ),
    "[N, C, 1, 1]": (
        network(mixed(node("Unsqueeze", "logits", "at", to="map")), FIRST, {"map": FLOAT}, weights=AFTER),
        RGB,
        Interface(),
    ),
    "[N, 1, 1, C]": (
        network(mixed(node("Unsqueeze", "logits", "at", to="map")), FIRST, {"map": FLOAT}, weights=BETWEEN),
        RGB,
        Interface(),
    ),
    "log-softmax": (
        network(mixed(node("LogSoftmax", "logits", to="logs", axis=1)), FIRST, {"logs": FLOAT}),
        RGB,
        Interface(),
    ),
    "softmax": (
        network(mixed(node("Softmax", "logits", to="shares", axis=1)), FIRST, {"shares": FLOAT}),
        RGB,
        Interface(),
    ),
    "percent": (
        network(
            mixed(node("Softmax", "logits", to="shares", axis=1), node("Mul", "shares", "hundred", to="percent")),
            FIRST,
            {"percent": FLOAT},
            weights={"hundred": np.array(100, np.float32)},
        ),
        RGB,
        Interface(),
    ),
    "several outputs": (
        network(
            mixed(
                node("Identity", "mean", to="features"),
                node("ArgMax", "logits", to="class", axis=1),
            ),
            FIRST,
            {"features": FLOAT, "class": TensorProto.INT64, **LOGITS},
        ),
        RGB,
        Interface(output="logits"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_form_gives_its_own_answers(name: str, pictures: list[Path], tmp_path: Path) -> None:
    model, preprocessing, interface = CASES[name]
    installed = bring_in(model, tmp_path, Details(LABELS, preprocessing)).installed
    assert installed.spec.interface == interface
    assert ModelStore().imported() == (installed.spec,)
    classifier = open_classifier(installed)
    loaded = [classifier.load_input(path) for path in pictures]
    together = classifier.probabilities(np.stack([each.tensor for each in loaded]))
    for path, each, row in zip(pictures, loaded, together, strict=True):
        expected = softmax(MIX.astype(np.float64) @ means(path))
        np.testing.assert_allclose(row, expected, atol=2e-3 if name == "half precision" else 1e-5)
        alone = classifier.probabilities(each.tensor[None])[0]
        np.testing.assert_allclose(alone, expected, atol=2e-3 if name == "half precision" else 1e-5)


def test_grey_pictures_with_and_without_a_dimension_for_the_channel(
    tmp_path: Path, pictures: list[Path]
) -> None:
    first = network(
        [helper.make_node("ReduceMean", ["image"], ["mean"], axes=[1, 2], keepdims=0),
         node("Unsqueeze", "mean", "at", to="m"), node("MatMul", "m", "mix", to="logits")],
        ["N", 32, 32], LOGITS, weights={"mix": MIX[:, :1].T.copy(), "at": np.array([1])},
    )  # fmt: skip
    second = network(mixed(), ["N", 1, 32, 32], LOGITS, weights={"mix": MIX[:, :1].T.copy()})
    for number, model in enumerate((first, second)):
        # Colours of one mean and deviation become grey by themselves.
        found = bring_in(model, tmp_path, Details(LABELS, RGB), id=f"grey-{number}")
        assert found.installed.spec.preprocessing == GREY
        assert Why.FOUND_GREY() in found.notes
        classifier = open_classifier(found.installed)
        row = classifier.probabilities(classifier.load_input(pictures[1]).tensor[None])[0]
        with Image.open(pictures[1]) as image:
            grey = np.asarray(image.convert("L")).mean() / 255
        np.testing.assert_allclose(row, softmax(MIX[:, 0] * grey), atol=1e-5)
    with pytest.raises(ImportNeedsDetails, match="1 channels, and `channels` says RGB"):
        bring_in(second, tmp_path, Details(LABELS, replace(RGB, mean=(0.4, 0.5, 0.6))), id="other")


def test_rows_of_numbers_are_pictures_of_the_size_said(tmp_path: Path, pictures: list[Path]) -> None:
    weights = np.repeat(MIX[None], 32 * 32, axis=0).transpose(0, 2, 1).reshape(-1, 4) / (32 * 32)
    constants = {"mix": weights.astype(np.float32)}
    model = network([node("MatMul", "image", "mix", to="logits")], ["N", 3072], LOGITS, weights=constants)
    with pytest.raises(ImportNeedsDetails, match="a row of 3072 numbers; preprocessing"):
        bring_in(model, tmp_path, Details(LABELS))
    with pytest.raises(ImportNeedsDetails, match="3072 numbers, and preprocessing makes 16 x 16 x 3"):
        bring_in(model, tmp_path, Details(LABELS, replace(RGB, resize=16, crop=16)))
    classifier = open_classifier(bring_in(model, tmp_path, Details(LABELS, RGB)).installed)
    row = classifier.probabilities(classifier.load_input(pictures[0]).tensor[None])[0]
    np.testing.assert_allclose(row, softmax(MIX.astype(np.float64) @ means(pictures[0])), atol=1e-5)


@pytest.mark.parametrize("is_logit", [False, True])
@pytest.mark.parametrize("is_flat", [False, True], ids=["[N, 1]", "[N]"])
def test_one_score_decides_between_two_classes(
    is_logit: bool, is_flat: bool, tmp_path: Path, pictures: list[Path]
) -> None:
    last = [] if is_logit else [node("Sigmoid", "logits", to="p")]
    name = "logits" if is_logit else "p"
    if is_flat:
        last.append(node("Squeeze", name, "axis", to="flat"))
        name = "flat"
    model = network(
        mixed(*last), FIRST, {name: FLOAT}, weights={"mix": MIX[:1].T.copy(), "axis": np.array([1])}
    )
    found = bring_in(model, tmp_path, Details(LABELS[:2], RGB))
    assert Why.FOUND_BINARY() in found.notes
    classifier = open_classifier(found.installed)
    inputs = np.stack([classifier.load_input(path).tensor for path in pictures])
    second = [1 / (1 + np.exp(-MIX[0].astype(np.float64) @ means(path))) for path in pictures]
    np.testing.assert_allclose(classifier.probabilities(inputs)[:, 1], second, atol=1e-5)
    np.testing.assert_allclose(classifier.probabilities(inputs).sum(axis=1), 1)


@pytest.mark.parametrize("unit", [1, 100])
def test_independent_classes_are_found_and_told(
    unit: int, tmp_path: Path, pictures: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    model = network(
        mixed(node("Sigmoid", "logits", to="p"), node("Mul", "p", "unit", to="shares")),
        FIRST, {"shares": FLOAT}, weights={"unit": np.array(unit, np.float32)},
    )  # fmt: skip
    found = bring_in(model, tmp_path, Details(LABELS, RGB))
    assert found.installed.spec.outputs == ("independent" if unit == 1 else "independent-percent")
    assert Why.FOUND_INDEPENDENT() in found.notes
    classifier = open_classifier(found.installed)
    row = classifier.probabilities(classifier.load_input(pictures[2]).tensor[None])[0]
    np.testing.assert_allclose(row, 1 / (1 + np.exp(-MIX.astype(np.float64) @ means(pictures[2]))), atol=1e-5)
    assert main(["classify", "--model", "net", "--json", str(pictures[2])]) == 0
    assert json.loads(capfd.readouterr().out)["independent"] is True


def test_independent_classes_may_be_logits(tmp_path: Path) -> None:
    found = bring_in(network(mixed(), FIRST, LOGITS), tmp_path, Details(LABELS, RGB, "independent"))
    assert found.installed.spec.outputs == "independent-logits"


SHARES = np.random.default_rng(0).dirichlet(np.ones(7), 6)
NONE = np.zeros((0, 7), np.float32)


@pytest.mark.parametrize(
    ("scores", "outputs"),
    [
        (SHARES, "probabilities"),
        (np.round(SHARES, 2), "probabilities"),
        (np.round(SHARES * 255) / 255, "probabilities"),
        (np.floor(SHARES * 256) / 256, "probabilities"),
        (SHARES * 100, "percent"),
        (np.round(SHARES * 100), "percent"),
        (SHARES * 0.5, "independent"),
        (np.log(SHARES), "logits"),
        (SHARES - 0.1, "logits"),
        (SHARES * 6, "logits"),
    ],
)
def test_outputs_are_told_apart(scores: NDArray[np.float64], outputs: str) -> None:
    assert find_outputs(scores.astype(np.float32), NONE, None) == outputs


def test_what_is_said_is_checked() -> None:
    shares, logits = SHARES.astype(np.float32), np.log(SHARES).astype(np.float32)
    assert isinstance(find_outputs(shares, NONE, "logits"), Reason)
    assert isinstance(find_outputs(logits, NONE, "percent"), Reason)
    assert find_outputs(shares, NONE, "independent") == "independent"
    assert find_outputs(logits, NONE, "independent") == "independent-logits"
    np.testing.assert_allclose(probabilities(logits, "logits"), SHARES, rtol=1e-5)


def test_a_thousand_and_one_classes_begin_with_the_background(tmp_path: Path) -> None:
    mix = np.random.default_rng(0).standard_normal((3, 1001)).astype(np.float32)
    found = bring_in(network(mixed(), FIRST, LOGITS, weights={"mix": mix}), tmp_path, Details())
    labels = open_classifier(found.installed).labels
    assert [(each.index, each.id, each.name) for each in labels[:2]] == [
        (0, "background", "background"),
        (1, "n01440764", "tench, Tinca tinca"),
    ]
    assert {Why.FOUND_BACKGROUND(), Why.ASSUMED_LABELS()} <= set(found.notes)


def test_plain_names_of_imagenet_get_their_wordnet_ids(tmp_path: Path) -> None:
    mix = np.random.default_rng(0).standard_normal((3, 1000)).astype(np.float32)
    model = network(mixed(), FIRST, LOGITS, weights={"mix": mix})
    published = open_classifier(bring_in(model, tmp_path, Details()).installed).labels
    plain = tuple(replace(each, id=str(each.index), name=each.name.split(",")[0]) for each in published)
    found = bring_in(model, tmp_path, Details(labels=plain))
    labels = open_classifier(found.installed).labels
    assert [each.id for each in labels] == [each.id for each in published]
    assert labels[0].name == "tench"


def test_labels_and_preprocessing_beside_the_file_are_taken_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "labels.txt").write_text("\n".join(NAMES))
    (folder / "preprocessor_config.json").write_text(
        json.dumps({"size": {"height": 32, "width": 32}, "image_mean": [0.5] * 3, "image_std": [0.5] * 3})
    )
    found = bring_in(network(mixed(), FIRST, LOGITS), tmp_path, Details())
    assert found.installed.spec.preprocessing.mean == (0.5,) * 3
    assert Why.FOUND_LABELS(file="labels.txt") in found.notes
    assert Why.FOUND_PREPROCESSING(file="preprocessor_config.json") in found.notes
    (folder / "labels.txt").write_text("one\ntwo\n")  # of another network
    with pytest.raises(ImportNeedsDetails, match="labels and preprocessing are needed"):
        bring_in(network(mixed(), FIRST, LOGITS), tmp_path, Details(), id="other")


def test_an_archive_is_imported_under_its_own_name(tmp_path: Path, app_home: Path) -> None:
    path = tmp_path / "My flowers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.onnx", network(mixed(), FIRST, LOGITS).SerializeToString())
        archive.writestr("labels.txt", "\n".join(NAMES))
    with pytest.raises(ImportNeedsDetails, match="preprocessing is needed") as caught:
        import_model(ModelStore(), load_catalog(), path)
    assert caught.value.path == path
    found = import_model(ModelStore(), load_catalog(), path, details=Details(preprocessing=RGB))
    assert (found.installed.spec.id, found.installed.spec.title) == ("my-flowers", "My flowers")
    assert [each.name for each in open_classifier(found.installed).labels] == list(NAMES)


def test_a_retrained_network_takes_the_place_of_the_old_one(
    tmp_path: Path, pictures: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    old = bring_in(network(mixed(), FIRST, LOGITS), tmp_path, Details(LABELS, RGB)).installed
    path = tmp_path / "elsewhere" / "net.onnx"
    onnx.save(network(mixed(), FIRST, LOGITS, weights={"mix": -MIX.T}), path)
    assert main(["import", str(path), "--id", "net"]) == 3
    assert "the id net is taken" in capfd.readouterr().err
    assert main(["import", str(path), "--replace"]) == 0  # with the labels and the preprocessing of before
    (spec,) = ModelStore().imported()
    assert (spec.id, spec.revision) == ("net", old.spec.revision + 1)
    assert spec.preprocessing == RGB
    classifier = open_classifier(ModelStore().get(spec))
    row = classifier.probabilities(classifier.load_input(pictures[0]).tensor[None])[0]
    np.testing.assert_allclose(row, softmax(-MIX.astype(np.float64) @ means(pictures[0])), atol=1e-5)


def test_what_a_file_of_the_app_is_given_beside_is_told_as_unused(tmp_path: Path) -> None:
    starter = next(spec for spec in load_catalog() if spec.id == "starter")
    found = import_model(ModelStore(), load_catalog(), ModelStore().get(starter).path, id="other")
    assert found.notes == (Why.IMPORT_KNOWN(title=starter.title),)


REFUSED: dict[str, tuple[Callable[[], onnx.ModelProto], str]] = {
    "four channels": (
        lambda: network(mixed(), ["N", 4, 32, 32], LOGITS, weights={"mix": np.eye(4, dtype=np.float32)}),
        "its input has 4 channels",
    ),
    "texts": (
        lambda: network(
            [node("Identity", "image", to="logits")],
            FIRST,
            {"logits": TensorProto.STRING},
            kind=TensorProto.STRING,
        ),
        "floating-point numbers or bytes",
    ),
    "no scores": (
        lambda: network(mixed(node("ArgMax", "logits", to="class", axis=1)), FIRST, {"class": TensorProto.INT64}),
        "it has 1 outputs, and none of them",
    ),
    "another size": (lambda: network(mixed(), ["N", 3, 48, 64], LOGITS), "64 x 48 pixels, and `crop` says 32"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_what_was_found(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], app_home: Path
) -> None:
    make, message = REFUSED[name]
    path = tmp_path / "net.onnx"
    onnx.save(make(), path)
    (tmp_path / "names.txt").write_text("\n".join(NAMES))
    (tmp_path / "how.toml").write_text("crop = 32\n")
    given = ["--labels", str(tmp_path / "names.txt"), "--preprocessing", str(tmp_path / "how.toml")]
    assert main(["import", str(path), *given]) == 3
    assert message in capfd.readouterr().err


def test_bytes_cannot_be_scaled(tmp_path: Path) -> None:
    model, _, _ = CASES["bytes"]
    with pytest.raises(ImportNeedsDetails, match="`scale` must be 1"):
        bring_in(model, tmp_path, Details(LABELS, RGB))
