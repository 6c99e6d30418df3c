"""Install, verify, import and remove, with real files and real sessions."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from tests.support import networks
from tests.support.catalogs import write_own_catalog
from tests.support.http_server import HttpServer, instead
from vgg_desktop.errors import (
    ChecksumMismatch,
    ImportNeedsDetails,
    ModelNotInstalled,
    ModelUnusable,
    StorageError,
    StoreBusy,
    VggDesktopError,
    WrongContent,
)
from vgg_desktop.inference.classifier import Network
from vgg_desktop.inference.installation import import_model, install
from vgg_desktop.models.catalog import ModelSpec, find, load_catalog
from vgg_desktop.models.download import fetch
from vgg_desktop.models.store import InstalledModel, ModelStore

LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 553437328\n"


@pytest.fixture
def server(tiny_networks: Path, app_home: Path) -> Iterator[HttpServer]:
    with HttpServer(tiny_networks) as server:
        write_own_catalog(tiny_networks, server.url(""), home=app_home)
        yield server


def spec_of(id: str) -> ModelSpec:
    return find(load_catalog(), id)


def get(store: ModelStore, id: str) -> InstalledModel:
    return install(store, spec_of(id), fetch, lambda _: None, threading.Event())


def bring_in(path: Path, **details: Path | str | None) -> InstalledModel:
    return import_model(ModelStore(), load_catalog(), path, **details)  # type: ignore[arg-type] # names checked inside


def files_below(folder: Path) -> set[str]:
    return {
        str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file() and each.name != ".lock"
    }


@pytest.mark.parametrize("id", ["tiny-vgg16", "tiny-vgg16-bn", "tiny-vgg19", "tiny-vgg19-bn"])
def test_install_verify_remove(id: str, server: HttpServer, tiny_networks: Path) -> None:
    store = ModelStore()
    with pytest.raises(ModelNotInstalled):
        store.get(spec_of(id))
    installed = get(store, id)
    assert installed.graph == "mapped"
    assert installed.path.read_bytes() == (tiny_networks / installed.path.name).read_bytes()
    store.verify(installed.spec, threading.Event())
    assert get(store, id) == installed
    assert len(server.requests) == 1
    assert store.remove(installed.spec)
    assert store.find(installed.spec) is None
    assert not store.remove(installed.spec)


def test_changed_file_counts_as_not_installed(server: HttpServer) -> None:
    store = ModelStore()
    installed = get(store, "tiny-vgg16")
    data = bytearray(installed.path.read_bytes())
    data[-5] ^= 1
    installed.path.write_bytes(data)
    assert store.find(installed.spec) is None
    with pytest.raises(ChecksumMismatch):
        store.verify(installed.spec, threading.Event())
    get(store, "tiny-vgg16")
    store.verify(installed.spec, threading.Event())
    assert len(server.requests) == 2


def test_damaged_record_costs_only_a_check(server: HttpServer) -> None:
    store = ModelStore()
    installed = get(store, "tiny-vgg16")
    for junk in ("", "[]", "{", '{"sha256": 5}'):
        installed.path.with_name("record.json").write_text(junk)
        assert store.find(installed.spec) is None
        assert get(store, "tiny-vgg16").graph == "mapped"
    assert len(server.requests) == 1


def test_pointer_instead_of_a_network_is_named(server: HttpServer) -> None:
    server.otherwise = instead(LFS_POINTER)
    store = ModelStore()
    with pytest.raises(WrongContent, match="Git LFS pointer"):
        get(store, "tiny-vgg16")
    assert store.find(spec_of("tiny-vgg16")) is None


def test_one_writer_across_processes(server: HttpServer, app_home: Path) -> None:
    code = (
        "import sys; from vgg_desktop.models.store import ModelStore, _lock\n"
        "root = ModelStore()._cache; root.mkdir(parents=True, exist_ok=True)\n"
        "file = (root / '.lock').open('a+b'); _lock(file.fileno(), root)\n"
        "print('locked', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(StoreBusy):
            get(ModelStore(), "tiny-vgg16")
        other.communicate("")
    assert get(ModelStore(), "tiny-vgg16").graph == "mapped"


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere; Windows has no such mode"
)
def test_folder_that_cannot_be_written(server: HttpServer, app_home: Path) -> None:
    app_home.mkdir(exist_ok=True)
    app_home.chmod(0o500)
    with pytest.raises(StorageError):
        get(ModelStore(), "tiny-vgg16")
    app_home.chmod(0o700)


def test_folder_that_is_a_file(server: HttpServer, app_home: Path) -> None:
    (app_home / "cache").write_text("in the way")
    with pytest.raises(StorageError):
        get(ModelStore(), "tiny-vgg16")


def test_zoo_file_is_recognised_by_its_content(
    server: HttpServer, tiny_networks: Path, tmp_path: Path
) -> None:
    file = tmp_path / "who knows what.bin"
    shutil.copyfile(tiny_networks / "vgg19-bn-7.onnx", file)
    installed = bring_in(file)
    assert installed.spec.id == "tiny-vgg19-bn"
    assert installed.graph == "mapped"
    assert server.requests == []


# Imported networks of other kinds


def classifier(
    batch: int | str = "N",
    classes: int = 4,
    *,
    side: int | str = 32,
    kind: int = TensorProto.FLOAT,
    spatial_output: bool = False,
    softmax: bool = False,
) -> onnx.ModelProto:
    """Make a one-layer network: the mean of the picture's channels, mixed into classes."""
    random = np.random.default_rng(3)
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


@pytest.fixture
def details(tmp_path: Path) -> dict[str, Path]:
    labels, preprocessing = tmp_path / "labels.txt", tmp_path / "preprocessing.toml"
    labels.write_text("Äpfel\nBirnen\n梨\n🍒\n", "utf-8")
    preprocessing.write_text('resize = 36\ncrop = 32\nmean = 0.5\nstd = [0.5, 0.5, 0.5]\nchannels = "BGR"\n')
    return {"labels": labels, "preprocessing": preprocessing}


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
    good = classifier().SerializeToString()
    return {
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
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    with pytest.raises(ImportNeedsDetails, match="labels and its preprocessing"):
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


def test_full_size_table_matches_the_catalog() -> None:
    for id, size in networks.FULL_SIZES.items():
        spec = spec_of(id)
        assert (spec.size, spec.filename) == (size, networks.FILENAMES[id])
