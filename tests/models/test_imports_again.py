"""Networks of the user's own that are imported once more: mended, or described again."""

import json
import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from tests.support.classifiers import (
    bring_in,
    classifier,
    files_below,
    runtime_graph,
    save_split,
    write_details,
)
from vgg_desktop.errors import ImportNeedsDetails, ModelUnusable
from vgg_desktop.inference import importing
from vgg_desktop.inference.installation import install
from vgg_desktop.inference.isolation import Isolation
from vgg_desktop.inference.network import Network
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.models.labels import read_labels
from vgg_desktop.models.store import InstalledModel, ModelStore
from vgg_desktop.why import Why

NEVER = threading.Event()
ADVICE = "remove it and import it again"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a network with its weights in another file."""
    path = tmp_path / "split" / "net.onnx"
    save_split(classifier(), path)
    return path


@pytest.fixture
def installed(path: Path, tmp_path: Path) -> InstalledModel:
    return bring_in(path, **write_details(tmp_path))


def flip(file: Path) -> None:
    """Damage a file so that neither its size nor its time tells."""
    status = file.stat()
    data = bytearray(file.read_bytes())
    data[-3] ^= 0x40
    file.write_bytes(data)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def only() -> InstalledModel:
    store = ModelStore()
    (spec,) = store.imported()
    return store.get(spec)


def test_other_labels_are_used(installed: InstalledModel, path: Path, tmp_path: Path) -> None:
    labels = tmp_path / "other.txt"
    labels.write_text("a\nb\nc\nd\n")
    again = bring_in(path, labels=labels)
    assert again.spec != installed.spec
    assert again == only()
    assert [each.name for each in read_labels(only().spec.labels)] == ["a", "b", "c", "d"]
    assert only().spec.preprocessing == installed.spec.preprocessing
    assert open_classifier(again).labels[3].name == "d"
    labels.write_text("a\nb\nc\n")
    with pytest.raises(ImportNeedsDetails, match="4 classes"):
        bring_in(path, labels=labels)
    assert again == only()
    shutil.copyfile(again.spec.labels, labels)
    assert bring_in(path, labels=labels) == again


def test_other_preprocessing_is_used(installed: InstalledModel, path: Path, tmp_path: Path) -> None:
    details = tmp_path / "other.toml"
    details.write_text('crop = 32\nchannels = "RGB"\n')
    again = bring_in(path, preprocessing=details)
    assert again == only()
    assert (again.spec.preprocessing.channels, again.spec.preprocessing.resize) == ("RGB", 32)
    assert read_labels(again.spec.labels) == read_labels(installed.spec.labels)
    assert (runtime_graph(again), again.spec.revision) == ("mapped", 1)


def test_nothing_is_changed_without_a_reason(installed: InstalledModel, path: Path, tmp_path: Path) -> None:
    before = installed.path.stat().st_mtime_ns
    assert bring_in(path) == installed
    assert bring_in(path, **write_details(tmp_path)) == installed
    assert installed.path.stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["net.onnx", "net.data"])
def test_damage_is_found_told_and_mended(name: str, installed: InstalledModel, path: Path) -> None:
    store = ModelStore()
    flip(installed.path.with_name(name))
    with pytest.raises(ModelUnusable, match=ADVICE) as caught:
        store.verify(installed.spec, NEVER)
    assert caught.value.path.name == name
    assert store.find(installed.spec) is None
    with pytest.raises(ModelUnusable, match=ADVICE):
        store.get(installed.spec)
    with pytest.raises(ModelUnusable, match=ADVICE):
        install(store, installed.spec, pytest.fail, lambda _: None, NEVER)
    assert bring_in(path) == installed
    store.verify(installed.spec, NEVER)
    assert Network(installed.path).scores(np.ones((1, 3, 32, 32), np.float32)).shape == (1, 4)


@pytest.mark.parametrize("name", ["net.onnx", "net.data"])
def test_unnoticed_damage_is_mended_too(name: str, installed: InstalledModel, path: Path) -> None:
    flip(installed.path.with_name(name))
    assert bring_in(path) == installed
    assert installed.path.with_name(name).read_bytes() == path.with_name(name).read_bytes()


@pytest.mark.parametrize("name", ["net.onnx", "net.data"])
def test_missing_file_is_told_and_mended(name: str, installed: InstalledModel, path: Path) -> None:
    installed.path.with_name(name).unlink()
    with pytest.raises(ModelUnusable, match=ADVICE):
        ModelStore().get(installed.spec)
    assert bring_in(path) == installed


def test_a_mending_that_fails_leaves_everything_as_it_was(
    installed: InstalledModel, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flip(installed.path)
    with pytest.raises(ModelUnusable):
        ModelStore().verify(installed.spec, NEVER)

    def fail(tried: InstalledModel, *, isolation: Isolation) -> None:
        raise ModelUnusable(tried.path, Why.NETWORK_NOT_FINITE())

    folder = installed.path.parent
    before = {name: (folder / name).read_bytes() for name in files_below(folder)}
    monkeypatch.setattr(importing, "ensure_runtime_graph", fail)
    with pytest.raises(ModelUnusable, match="finite"):
        bring_in(path, **write_details(tmp_path))
    assert {name: (folder / name).read_bytes() for name in files_below(folder)} == before
    assert ModelStore().imported() == (installed.spec,)
    assert {each.name for each in folder.parent.iterdir() if each.is_dir()} == {folder.name, ".locks"}


def test_missing_labels_are_asked_for(installed: InstalledModel, path: Path, tmp_path: Path) -> None:
    installed.spec.labels.unlink()
    installed.path.unlink()
    with pytest.raises(ImportNeedsDetails, match="labels are needed"):
        bring_in(path)
    labels = tmp_path / "again.txt"
    labels.write_text("a\nb\nc\nd\n")
    assert bring_in(path, labels=labels) == only()


def test_lost_record_costs_only_a_check(installed: InstalledModel) -> None:
    installed.path.with_name("record.json").write_text("{")
    assert install(ModelStore(), installed.spec, pytest.fail, lambda _: None, NEVER) == installed


def test_other_weights_of_the_same_graph_are_another_network(installed: InstalledModel, path: Path) -> None:
    labels = {"labels": installed.spec.labels, "preprocessing": path.parents[1] / "preprocessing.toml"}
    save_split(classifier(seed=9), path)
    again = bring_in(path, **labels)
    assert (again.spec.id, again.spec.sha256) == ("net-2", installed.spec.sha256)
    ModelStore().verify(installed.spec, NEVER)


def test_records_of_an_older_version_stay_valid(installed: InstalledModel, path: Path) -> None:
    file = installed.path.with_name("spec.json")
    values = json.loads(file.read_text("utf-8"))
    del values["external"], values["revision"]
    file.write_text(json.dumps(values), "utf-8")
    old = only()
    assert old.spec.external == ()
    ModelStore().verify(old.spec, NEVER)
    assert bring_in(path).spec.external == installed.spec.external
    assert only() == installed
