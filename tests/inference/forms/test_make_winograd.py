"""The form with fewer multiplications: the same scores, used only where it is whole, right and faster."""

import errno
import json
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from tests.inference.make_inputs import SEED, images
from tests.support import networks
from tests.support.catalogs import home_of_this_test, write_own_catalog
from tests.support.classifiers import bring_in, files_below
from vgg_desktop import paths
from vgg_desktop.cli import main
from vgg_desktop.errors import FormUnavailable, ModelUnusable, StorageError
from vgg_desktop.forms.mapped import classify_graph
from vgg_desktop.forms.sequential import SequentialNet, read_sequential
from vgg_desktop.forms.winograd import F2, F4, Transform, transforms
from vgg_desktop.inference import activity, isolation
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.forms import form as form_module
from vgg_desktop.inference.forms import make_winograd
from vgg_desktop.inference.forms.registry import (
    find_form,
    graph_path,
    improve,
    make_form,
    open_form,
    resolve,
)
from vgg_desktop.inference.network import NOT_FINITE, Network
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.models.store import InstalledModel, network_lock
from vgg_desktop.why import Why

IDS = sorted(networks.FILENAMES)
# As many channels as make it worthwhile, and no more.
WIDE = networks.Shape(channels=(8, 128, 128, 128, 8), hidden=32)
PARITY = 1e-5  # of the largest score
MADE = {"features.onnx", "dense.onnx", "winograd.weights", "winograd.json"}


def write(folder: Path, id: str, *, seed: int = 0) -> Path:
    path = folder / networks.FILENAMES[id]
    path.write_bytes(networks.zoo_vgg(id, WIDE, seed=seed).SerializeToString())
    return path


def take(path: Path) -> InstalledModel:
    """Install one of the catalog's networks from a file: that of an imported one is made in a child process."""
    write_own_catalog(path.parent, "http://127.0.0.1:9", home=home_of_this_test())
    installed = bring_in(path)
    assert installed.spec.origin == "download"
    return installed


def form_of(installed: InstalledModel) -> object:
    return resolve(installed, CPU, "exact")


def decide(installed: InstalledModel) -> bool:
    return improve(installed, threading.Event())


@pytest.fixture(autouse=True)
def _idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the computer for idle, whatever else runs on it."""
    monkeypatch.setattr(activity, "_BUSY", 1e9)


@pytest.fixture
def always_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is right, however long it took: small networks on a busy machine decide nothing."""
    monkeypatch.setattr(make_winograd, "_WORTHWHILE", 0.0)


@pytest.fixture
def installed(tmp_path: Path) -> InstalledModel:
    return take(write(tmp_path, "vgg16"))


@pytest.mark.parametrize("transform", [F2, F4], ids=["2x2", "4x4"])
def test_transforms_give_the_convolution(transform: Transform) -> None:
    random = np.random.default_rng(SEED)
    size = transform.size
    tile, kernel = random.standard_normal((size + 2, size + 2)), random.standard_normal((3, 3))
    expected = [
        [(tile[row : row + 3, column : column + 3] * kernel).sum() for column in range(size)]
        for row in range(size)
    ]
    products = (transform.kernel @ kernel @ transform.kernel.T) * (transform.tile @ tile @ transform.tile.T)
    np.testing.assert_allclose(transform.output @ products @ transform.output.T, expected, rtol=0, atol=1e-12)


@pytest.mark.usefixtures("always_faster")
@pytest.mark.parametrize("id", IDS)
def test_the_zoos_networks_give_the_same_scores(id: str, tmp_path: Path) -> None:
    published = write(tmp_path, id)
    installed = take(published)
    batch = images(3, SEED)
    expected = Network(published).scores(batch)
    split = open_form(installed, CPU, "exact", form="winograd")
    assert split.form == "winograd"
    scores = split.scores(batch)
    assert scores.shape == expected.shape
    assert np.abs(scores - expected).max() <= PARITY * np.abs(expected).max()
    alone = np.concatenate([split.scores(each[None]) for each in batch])
    assert np.abs(scores - alone).max() <= PARITY * np.abs(expected).max()


@pytest.mark.usefixtures("always_faster")
def test_layers_are_transformed_where_it_gains(installed: InstalledModel) -> None:
    net = read_sequential(installed.path)
    assert isinstance(net, SequentialNet)
    stages = [None, None, None, F4, F4, F4, F4, F2, F2, F2, None, None, None]
    assert transforms(net, 224) == tuple(stages)
    assert transforms(net, 64) is not None  # layers of 32 and 16 pixels, of which the first gains
    assert transforms(net, 32) is None
    nodes = onnx.load(graph_path(installed, "winograd"), load_external_data=False).graph.node
    assert [node.op_type for node in nodes].count("FusedMatMul") == 7


def test_narrow_networks_gain_nothing(tiny_networks: Path) -> None:
    installed = take(tiny_networks / networks.FILENAMES["vgg16"])
    assert not decide(installed)
    assert form_of(installed) == "mapped"
    with pytest.raises(FormUnavailable, match="not faster"):
        make_form(installed, "winograd")
    assert not files_below(installed.path.parent) & MADE


@pytest.mark.usefixtures("always_faster")
def test_an_installed_network_uses_it_on_the_processor(tmp_path: Path) -> None:
    installed = take(write(tmp_path, "vgg16-bn"))
    assert form_of(installed) == "winograd"
    weights = installed.path.with_name("winograd.weights")
    made = weights.stat().st_mtime_ns
    decide(installed)
    assert weights.stat().st_mtime_ns == made
    batch = images(2, SEED)
    classifier = open_classifier(installed)
    np.testing.assert_allclose(
        classifier.probabilities(batch),
        [classifier.probabilities(each[None])[0] for each in batch],
        atol=1e-6,
    )


def test_it_is_thrown_away_where_it_is_not_faster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_winograd, "_WORTHWHILE", 1e9)
    installed = take(write(tmp_path, "vgg16"))
    assert form_of(installed) == "mapped"
    record = json.loads(installed.path.with_name("winograd.json").read_text())
    assert record["reason"] == {"id": "form-not-faster"}
    assert record["milliseconds"] > 0
    assert record["exact_ms"] > 0
    assert files_below(installed.path.parent) & MADE == {"winograd.json"}
    monkeypatch.setattr(make_winograd, "_WORTHWHILE", 0.0)
    assert not decide(installed)  # it is known


@pytest.mark.usefixtures("always_faster")
def test_nothing_is_decided_while_something_else_runs(tmp_path: Path) -> None:
    with activity.running():
        installed = take(write(tmp_path, "vgg16"))
        assert not decide(installed)
        assert make_form(installed, "winograd").reason == Why.FORM_BUSY()
    assert not files_below(installed.path.parent) & MADE
    assert decide(installed)


def test_that_of_an_imported_network_is_made_in_a_child_process(tmp_path: Path) -> None:
    with activity.running():
        installed = bring_in(write(tmp_path, "vgg16"))
    assert not files_below(installed.path.parent) & MADE
    cancel = threading.Event()
    cancel.set()
    assert not improve(installed, cancel)
    assert not files_below(installed.path.parent) & MADE
    # Whether it is faster here, and whether this computer is idle, depends on the computer.
    is_used = decide(installed)
    assert files_below(installed.path.parent) & MADE in ([MADE] if is_used else [set(), {"winograd.json"}])
    assert form_of(installed) == ("winograd" if is_used else "mapped")


def test_a_form_that_takes_too_long_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with activity.running():
        installed = bring_in(write(tmp_path, "vgg16"))
    with monkeypatch.context() as changed:
        changed.setattr(isolation, "SECONDS", 0.0)
        changed.setattr(isolation, "BYTES_PER_SECOND", 1e12)
        assert not decide(installed)
    assert files_below(installed.path.parent) & MADE == {"winograd.json"}
    assert not decide(installed)
    assert form_of(installed) == "mapped"


def test_whoever_chooses_it_gets_it_where_it_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(make_winograd, "_WORTHWHILE", 1e9)
    installed = take(write(tmp_path, "vgg16"))
    picture = str(paths.resource("examples") / "ship.jpg")
    classify = ["classify", "--json", "--model", installed.spec.id, picture]
    for options, form in ((["--form", "winograd"], "winograd"), ([], "mapped")):
        assert main([*classify, *options]) == 0
        assert json.loads(capfd.readouterr().out)["form"] == form
    installed.path.with_name("winograd.json").unlink()
    with activity.running():
        made = make_form(installed, "winograd", chosen=True)
        assert made.reason == Why.FORM_BUSY()
        assert open_form(installed, CPU, "exact", form="winograd").form == "winograd"
        assert form_of(installed) == "mapped"
    monkeypatch.setattr(make_winograd, "_WORTHWHILE", 0.0)
    assert decide(installed)  # once the computer is idle
    assert form_of(installed) == "winograd"


@pytest.mark.usefixtures("always_faster")
def test_a_timing_that_is_disturbed_or_stopped_leaves_nothing(
    installed: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = threading.Event()
    (installed.path.with_name("winograd.json")).unlink()
    answers = iter([False, False, False, True])
    monkeypatch.setattr(activity, "is_disturbed", lambda: next(answers))
    assert not improve(installed, cancel)
    assert not files_below(installed.path.parent) & MADE
    monkeypatch.setattr(activity, "is_disturbed", cancel.set)
    assert not improve(installed, cancel)
    assert not files_below(installed.path.parent) & MADE


@pytest.mark.usefixtures("always_faster")
def test_wrong_scores_are_never_used(installed: InstalledModel) -> None:
    other = installed.path.with_name("other.onnx")
    other.write_bytes(networks.zoo_vgg("vgg16", WIDE, seed=1).SerializeToString())
    mapped = graph_path(installed, "mapped")
    mapped.write_bytes(classify_graph(other))
    record = json.loads(mapped.with_suffix(".json").read_text())
    record["files"] = {"classify.onnx": form_module._state(mapped)}
    mapped.with_suffix(".json").write_text(json.dumps(record))
    assert make_form(installed, "winograd").reason == Why.FORM_NOT_SAME()
    assert form_of(installed) == "mapped"


@pytest.mark.usefixtures("always_faster")
@pytest.mark.parametrize("name", sorted(MADE))
def test_damaged_files_are_not_used_and_made_again(name: str, installed: InstalledModel) -> None:
    file = installed.path.with_name(name)
    content = file.read_bytes()
    file.write_bytes(content[:-1])
    assert form_of(installed) == "mapped"
    assert decide(installed)
    assert form_of(installed) == "winograd"
    assert name == "winograd.json" or file.read_bytes() == content


@pytest.mark.usefixtures("always_faster")
@pytest.mark.parametrize("text", ["", "[]", "{", '{"weights": 3}', '{"made_for": 3}', "[" * 100_000])
def test_a_record_that_cannot_be_read_counts_as_none(text: str, installed: InstalledModel) -> None:
    installed.path.with_name("winograd.json").write_text(text)
    assert find_form(installed, "winograd") is None
    assert decide(installed)


@pytest.mark.usefixtures("always_faster")
def test_what_was_made_for_something_else_is_not_used(
    installed: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while nobody can make it again, because another process has the store or the folder is read-only."""
    other_file = replace(installed, spec=replace(installed.spec, sha256="0" * 64))
    assert form_of(installed) == "winograd"
    assert form_of(other_file) == "published"
    with monkeypatch.context() as changed:
        changed.setattr(form_module, "version", lambda: "1.0")
        assert form_of(installed) == "published"
        with network_lock(installed):
            assert not decide(installed)
            assert form_of(installed) == "published"
    assert form_of(installed) == "winograd"


@pytest.mark.skipif(sys.platform == "win32", reason="Python opens files so that nothing replaces them there")
@pytest.mark.usefixtures("always_faster")
def test_weights_that_somebody_has_open_are_replaced_and_not_overwritten(installed: InstalledModel) -> None:
    weights = installed.path.with_name("winograd.weights")
    content = weights.read_bytes()
    with weights.open("rb") as opened:
        make_form(installed, "winograd")
        assert weights.stat().st_ino != 0
        with weights.open("r+b") as other:
            other.write(b"x" * 100)
        assert opened.read() == content


@pytest.mark.usefixtures("always_faster")
@pytest.mark.parametrize(
    ("error", "raised"), [(OSError(errno.EIO, "I/O error"), StorageError), (KeyboardInterrupt(), None)]
)
def test_a_making_that_breaks_off_leaves_nothing(
    error: BaseException, raised: type | None, installed: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*arguments: Any) -> bytes:  # noqa: ANN401 - whatever is written
        arguments[3].write(b"x" * 1000)
        raise error

    assert files_below(installed.path.parent) >= MADE
    monkeypatch.setattr(make_winograd, "write_features", fill)
    with pytest.raises(raised or type(error)):
        make_form(installed, "winograd")
    assert not MADE & files_below(installed.path.parent)
    if raised is not None:
        assert not decide(installed)
        assert form_of(installed) == "mapped"


@pytest.mark.usefixtures("always_faster")
def test_scores_that_are_no_numbers_do_not_come_through(installed: InstalledModel) -> None:
    net = read_sequential(installed.path)
    assert isinstance(net, SequentialNet)
    place = net.layers[-1].weight.data
    assert place is not None
    with installed.path.open("r+b") as file:
        file.seek(place[0])
        file.write(np.full(16, np.inf, np.float32).tobytes())
    network = open_form(installed, CPU, "exact")
    assert network.form == "winograd"
    with pytest.raises(ModelUnusable) as error:
        network.scores(images(1, SEED))
    assert error.value.reason == NOT_FINITE
