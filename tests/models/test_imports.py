"""Networks of the user's own: what is taken, what is refused, and what is kept of them."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from tests.support.catalogs import write_own_catalog
from tests.support.classifiers import (
    bring_in,
    classifier,
    files_below,
    runtime_graph,
    save_split,
    write_details,
)
from vgg_desktop import paths
from vgg_desktop.cli import main
from vgg_desktop.errors import (
    ImportNeedsDetails,
    ModelUnusable,
    StoreBusy,
    VggDesktopError,
    WrongContent,
)
from vgg_desktop.inference.network import Network
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.labels import read_labels
from vgg_desktop.models.store import ModelStore, all_models

LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 553437328\n"


@pytest.fixture
def details(tmp_path: Path) -> dict[str, Path]:
    return write_details(tmp_path)


@pytest.mark.parametrize("kind", [TensorProto.FLOAT, TensorProto.FLOAT16], ids=["float32", "float16"])
@pytest.mark.parametrize("spatial_output", [False, True], ids=["row", "map"])
@pytest.mark.parametrize("batch", [1, 3, "N"])
def test_classifiers_of_any_batch_type_and_output(
    batch: int | str, kind: int, spatial_output: bool, details: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "Obst (neu).onnx"
    onnx.save(classifier(batch, kind=kind, spatial_output=spatial_output), path)
    installed = bring_in(path, **details)
    assert installed.spec.id == "obst-neu"
    assert ModelStore().imported() == (installed.spec,)
    images = np.random.default_rng(0).standard_normal((5, 3, 32, 32), dtype=np.float32)
    scores = Network(installed.path).scores(images)
    mix = np.random.default_rng(3).standard_normal((4, 3)).astype(np.float32)
    expected = images.mean(axis=(2, 3)) @ mix.T
    assert np.abs(scores - expected).max() < (1e-2 if kind == TensorProto.FLOAT16 else 1e-5)
    assert bring_in(path, **details).spec == installed.spec


def test_thousand_classes_get_imagenets_labels(tmp_path: Path) -> None:
    path = tmp_path / "mine.onnx"
    onnx.save(classifier(classes=1000, side=64, softmax=True), path)
    spec = bring_in(path, id="own").spec
    assert (spec.id, spec.outputs, spec.preprocessing.crop) == ("own", "probabilities", 64)


def broken_networks(folder: Path) -> dict[str, bytes]:
    outside = classifier()
    mix = outside.graph.initializer[0]
    mix.ClearField("raw_data")
    mix.data_location = TensorProto.EXTERNAL
    for key, value in (("location", "../secret.bin"), ("offset", "0"), ("length", "48")):
        mix.external_data.add(key=key, value=value)
    (folder.parent / "secret.bin").write_bytes(bytes(48))
    two = classifier()
    two.graph.input.append(helper.make_tensor_value_info("other", TensorProto.FLOAT, [1]))
    two.graph.node.append(helper.make_node("Identity", ["other"], ["copy"]))
    two.graph.output.append(helper.make_tensor_value_info("copy", TensorProto.FLOAT, [1]))
    text = helper.make_model(
        helper.make_graph(
            [helper.make_node("Identity", ["a"], ["b"])],
            "g",
            [helper.make_tensor_value_info("a", TensorProto.STRING, [1])],
            [helper.make_tensor_value_info("b", TensorProto.STRING, [1])],
        ),
        ir_version=8,
        opset_imports=[helper.make_opsetid("", 13)],
    )
    unknown = classifier()
    unknown.graph.node[0].op_type = "NoSuchOperator"
    scalar = classifier()
    scalar.graph.node.append(helper.make_node("ReduceMean", ["flat"], ["all"], keepdims=0))
    del scalar.graph.output[:]
    scalar.graph.output.append(helper.make_tensor_value_info("all", TensorProto.FLOAT, None))
    good = classifier().SerializeToString()
    return {
        "scalar": scalar.SerializeToString(),
        "name that is no text": good.replace(b"image", b"im\xffge"),
        "dimension that is no text": good.replace(b"N", b"\xff"),
        "empty": b"",
        "text": b"this is no network at all",
        "lfs": LFS_POINTER,
        "html": b"<!DOCTYPE html><html><body>Sign in</body></html>",
        "cut off": good[:-20],
        "outside": outside.SerializeToString(),
        "two inputs": two.SerializeToString(),
        "strings": text.SerializeToString(),
        "unknown operator": unknown.SerializeToString(),
        "endless length": b"\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
    }


@pytest.mark.parametrize(
    "name",
    [
        "empty",
        "text",
        "lfs",
        "html",
        "cut off",
        "outside",
        "two inputs",
        "strings",
        "unknown operator",
        "endless length",
        "scalar",
        "name that is no text",
        "dimension that is no text",
    ],
)
def test_what_is_no_classifier_is_refused(
    name: str, details: dict[str, Path], tmp_path: Path, app_home: Path
) -> None:
    good = tmp_path / "good.onnx"
    onnx.save(classifier(), good)
    kept = bring_in(good, **details)
    before = files_below(app_home)
    folder = tmp_path / "downloads"
    folder.mkdir()
    path = folder / "bad.onnx"
    path.write_bytes(broken_networks(folder)[name])
    with pytest.raises((ModelUnusable, WrongContent)) as caught:
        bring_in(path, **details)
    assert "bad.onnx" in str(caught.value)
    assert files_below(app_home) == before
    assert ModelStore().imported() == (kept.spec,)


def test_external_data_beside_the_network_comes_along(details: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "split" / "net.onnx"
    path.parent.mkdir()
    onnx.save(classifier(), path, save_as_external_data=True, location="net.data", size_threshold=0)
    installed = bring_in(path, **details)
    shutil.rmtree(path.parent)
    assert Network(installed.path).scores(np.ones((1, 3, 32, 32), np.float32)).shape == (1, 4)


def test_missing_details_are_asked_for(details: dict[str, Path], tmp_path: Path, app_home: Path) -> None:
    path = tmp_path / "elsewhere" / "net.onnx"
    path.parent.mkdir()
    onnx.save(classifier(), path)
    with pytest.raises(ImportNeedsDetails, match="labels and preprocessing"):
        bring_in(path)
    details["labels"].write_text("one\ntwo\nthree\n")
    with pytest.raises(ImportNeedsDetails, match="4 classes"):
        bring_in(path, **details)
    with pytest.raises(VggDesktopError):
        bring_in(path, **(details | {"labels": tmp_path / "missing.txt"}))
    assert files_below(app_home) == set()


def test_taken_id_is_refused_and_keeps_the_first(details: dict[str, Path], tmp_path: Path) -> None:
    first, second = tmp_path / "first.onnx", tmp_path / "second.onnx"
    onnx.save(classifier(), first)
    onnx.save(classifier("N", spatial_output=True), second)
    kept = bring_in(first, id="fruit", **details)
    for taken in ("fruit", "vgg16", "starter"):
        with pytest.raises(ImportNeedsDetails, match="taken"):
            bring_in(second, id=taken, **details)
    assert ModelStore().find(kept.spec) == kept


# Names and places


@pytest.mark.parametrize(
    "name",
    ["labels.txt", "classify.onnx", "dense.onnx", "winograd.weights", "record.json", "Labels.TXT", ".lock"],
)
def test_weights_under_a_name_that_the_app_needs_are_refused(
    name: str, details: dict[str, Path], tmp_path: Path, app_home: Path
) -> None:
    path = tmp_path / "split" / "net.onnx"
    save_split(classifier(), path, name)
    before = (path.parent / name).read_bytes()
    with pytest.raises(ModelUnusable, match=name):
        bring_in(path, **details)
    assert (path.parent / name).read_bytes() == before
    assert files_below(app_home) == set()


@pytest.mark.parametrize("batch", [1, "N"])
def test_weights_of_any_other_name_stay(batch: int | str, details: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "split" / "net.onnx"
    save_split(classifier(batch), path, "weights.bin")
    installed = bring_in(path, **details)
    kept = installed.path.with_name("weights.bin")
    assert kept.read_bytes() == (path.parent / "weights.bin").read_bytes()
    assert open_classifier(installed).probabilities(np.ones((2, 3, 32, 32), np.float32)).shape == (2, 4)


def test_weights_at_an_absolute_place_are_refused(details: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    save_split(classifier(), path, "net.data")
    model = onnx.load(path, load_external_data=False)
    for entry in model.graph.initializer[0].external_data:
        if entry.key == "location":
            entry.value = str(tmp_path / "net.data")
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ModelUnusable, match="outside its own folder"):
        bring_in(path, **details)


def test_files_of_the_same_name_get_ids_of_their_own(details: dict[str, Path], tmp_path: Path) -> None:
    ids = []
    for number in range(3):
        path = tmp_path / str(number) / "model.onnx"
        path.parent.mkdir()
        onnx.save(classifier(seed=number), path)
        ids.append(bring_in(path, **details).spec.id)
    assert ids == ["model", "model-2", "model-3"]
    assert [spec.id for spec in ModelStore().imported()] == ids


def test_failed_import_deletes_nothing_of_others(
    details: dict[str, Path], tmp_path: Path, app_home: Path
) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    other = app_home / "data" / "models" / "net"
    other.mkdir(parents=True)
    (other / "spec.json").write_text('{"a newer": "version"}')
    with pytest.raises(ImportNeedsDetails, match="taken"):
        bring_in(path, id="net", **details)
    assert (other / "spec.json").exists()
    assert bring_in(path, **details).spec.id == "net-2"
    store = ModelStore()
    (spec,) = store.imported()
    onnx.save(classifier(seed=4), path)
    with store.lock(replace(spec, id="net-3")), pytest.raises(StoreBusy):
        bring_in(path, **details)
    assert files_below(other) == {"spec.json"}
    assert store.find(spec) is not None


def test_what_a_newer_version_added_is_passed_over(details: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    spec = bring_in(path, **details).spec
    file = ModelStore().folder(spec) / "spec.json"
    values = json.loads(file.read_text("utf-8"))
    values["invented"] = {"later": 1}
    values["preprocessing"]["blur"] = 3
    file.write_text(json.dumps(values), "utf-8")
    assert ModelStore().imported() == (spec,)


@pytest.mark.parametrize(
    "change",
    [
        lambda values: [values],
        lambda values: values | {"title": 5},
        lambda values: values | {"size": "many"},
        lambda values: values | {"outputs": "colours"},
        lambda values: values | {"preprocessing": []},
        lambda values: values | {"preprocessing": values["preprocessing"] | {"crop": -1}},
        lambda values: values | {"external": [1]},
        lambda values: values | {"id": "another"},
        lambda _values: {},
    ],
)
def test_descriptions_that_make_no_sense_are_passed_over(
    change: Callable[[dict[str, Any]], object], details: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    file = ModelStore().folder(bring_in(path, **details).spec) / "spec.json"
    file.write_text(json.dumps(change(json.loads(file.read_text("utf-8")))), "utf-8")
    assert ModelStore().imported() == ()


def test_network_of_the_catalog_hides_an_imported_one(
    details: dict[str, Path], tmp_path: Path, tiny_networks: Path, app_home: Path
) -> None:
    path = tmp_path / "tiny-vgg16.onnx"
    onnx.save(classifier(), path)
    assert bring_in(path, **details).spec.id == "tiny-vgg16"
    write_own_catalog(tiny_networks, "http://127.0.0.1:9", home=app_home)
    specs = all_models(ModelStore(), load_catalog())
    assert [spec.origin for spec in specs if spec.id == "tiny-vgg16"] == ["download"]
    assert bring_in(path, **details).spec.id == "tiny-vgg16-2"


def test_the_starters_own_file_is_recognised(app_home: Path) -> None:
    installed = bring_in(paths.resource("models/starter.onnx"))
    assert (installed.spec.id, runtime_graph(installed)) == ("starter", "published")
    assert files_below(app_home) == set()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file of this name")
def test_names_of_devices_are_kept_under_others(details: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "con.onnx"
    onnx.save(classifier(), path)
    installed = bring_in(path, **details)
    assert (installed.spec.id, installed.path.name) == ("network-con", "_con.onnx")
    with pytest.raises(ImportNeedsDetails, match="`nul` is no"):
        bring_in(path, id="nul", **details)


@pytest.mark.parametrize("top1", ["x", [1], {"a": 1}, True, float("nan")])
def test_a_description_that_was_changed_costs_only_its_network(
    details: dict[str, Path], tmp_path: Path, top1: object, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    description = bring_in(path, **details).path.with_name("spec.json")
    description.write_text(json.dumps({**json.loads(description.read_text("utf-8")), "top1": top1}))
    assert ModelStore().imported() == ()
    assert main(["models"]) == 0
    assert "Starter" in capfd.readouterr().out


def test_an_id_that_another_import_took_meanwhile_is_told(details: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    spec = bring_in(path, **details).spec
    with pytest.raises(ImportNeedsDetails, match="the id net is taken"):
        ModelStore().import_files(spec, read_labels(spec.labels), path, lambda _installed: None)


def test_a_file_that_is_not_there_is_told_as_such(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path / "nosuch.onnx")]) == 3
    said = capfd.readouterr().err
    assert "there is no such file" in said
    assert "permission" not in said
