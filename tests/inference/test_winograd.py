"""The form with fewer multiplications: the same scores, used only where it is whole, right and faster."""

import errno
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from tests.inference.make_inputs import SEED, images
from tests.support import networks
from tests.support.classifiers import bring_in, files_below
from vgg_desktop.errors import ModelUnusable, StorageError
from vgg_desktop.inference import network as network_module
from vgg_desktop.inference import winograd
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.examination import probe
from vgg_desktop.inference.installation import prepare
from vgg_desktop.inference.network import NOT_FINITE, Network, SplitNetwork, open_network, winograd_conditions
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.models.chain import Chain, read_chain
from vgg_desktop.models.descriptions import CLASSIFY_GRAPH
from vgg_desktop.models.graphs import classify_graph
from vgg_desktop.models.store import InstalledModel, ModelStore
from vgg_desktop.models.winograd import (
    F2,
    F4,
    Transform,
    WinogradFiles,
    find_winograd,
    read_record,
    transforms,
    winograd_files,
)

IDS = sorted(networks.FILENAMES)
# As many channels as make it worthwhile, and no more.
WIDE = networks.Shape(channels=(8, 128, 128, 128, 8), hidden=32)
PARITY = 1e-5  # of the largest score


def write(folder: Path, id: str, *, seed: int = 0) -> Path:
    path = folder / networks.FILENAMES[id]
    path.write_bytes(networks.zoo_vgg(id, WIDE, seed=seed).SerializeToString())
    return path


def found(installed: InstalledModel) -> WinogradFiles | None:
    return find_winograd(installed.path, winograd_conditions(installed))


@pytest.fixture
def installed(tmp_path: Path) -> InstalledModel:
    return bring_in(write(tmp_path, "vgg16"))


@pytest.fixture
def always_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is right, however long it took: small networks on a busy machine decide nothing."""
    monkeypatch.setattr(winograd, "_WORTHWHILE", 0.0)


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


@pytest.mark.parametrize("id", IDS)
def test_the_zoos_networks_give_the_same_scores(id: str, tmp_path: Path) -> None:
    published = write(tmp_path, id)
    assert winograd.make(published, 224)
    batch = images(3, SEED)
    expected = Network(published).scores(batch)
    split = SplitNetwork(winograd_files(published))
    scores = split.scores(batch)
    assert scores.shape == expected.shape
    assert np.abs(scores - expected).max() <= PARITY * np.abs(expected).max()
    alone = np.concatenate([split.scores(each[None]) for each in batch])
    assert np.abs(scores - alone).max() <= PARITY * np.abs(expected).max()


def test_layers_are_transformed_where_it_gains(tmp_path: Path) -> None:
    chain = read_chain(write(tmp_path, "vgg16"))
    assert isinstance(chain, Chain)
    stages = [None, None, None, F4, F4, F4, F4, F2, F2, F2, None, None, None]
    assert transforms(chain, 224) == tuple(stages)
    assert transforms(chain, 64) is not None  # layers of 32 and 16 pixels, of which the first gains
    assert transforms(chain, 32) is None
    winograd.make(chain.path, 224)
    nodes = onnx.load(winograd_files(chain.path).features, load_external_data=False).graph.node
    assert [node.op_type for node in nodes].count("FusedMatMul") == 7


def test_narrow_networks_gain_nothing_and_are_asked_once(tiny_networks: Path) -> None:
    installed = bring_in(tiny_networks / networks.FILENAMES["vgg16"])
    assert found(installed) is None
    assert winograd.is_decided(installed)
    assert not isinstance(open_network(installed, CPU), SplitNetwork)


@pytest.mark.usefixtures("always_faster")
def test_an_installed_network_uses_it_on_the_processor(tmp_path: Path) -> None:
    installed = bring_in(write(tmp_path, "vgg16-bn"))
    assert isinstance(open_network(installed, CPU), SplitNetwork)
    made = winograd_files(installed.path).weights.stat().st_mtime_ns
    assert prepare(ModelStore(), installed) == installed
    assert winograd_files(installed.path).weights.stat().st_mtime_ns == made
    batch = images(2, SEED)
    classifier = open_classifier(installed)
    np.testing.assert_allclose(
        classifier.probabilities(batch),
        [classifier.probabilities(each[None])[0] for each in batch],
        atol=1e-6,
    )


def test_it_is_thrown_away_where_it_is_not_faster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(winograd, "_WORTHWHILE", 1e9)
    installed = bring_in(write(tmp_path, "vgg16"))
    assert found(installed) is None
    assert winograd.is_decided(installed)
    assert len(read_record(installed.path)["milliseconds"]) == 2
    assert not files_below(installed.path.parent) & {"features.onnx", "dense.onnx", "winograd.weights"}


@pytest.mark.usefixtures("always_faster")
def test_wrong_scores_are_never_used(installed: InstalledModel) -> None:
    other = installed.path.with_name("other.onnx")
    other.write_bytes(networks.zoo_vgg("vgg16", WIDE, seed=1).SerializeToString())
    installed.path.with_name(CLASSIFY_GRAPH).write_bytes(classify_graph(other))
    assert found(installed) is not None
    assert not winograd.decide(installed, probe(224))
    assert found(installed) is None


@pytest.mark.usefixtures("always_faster")
@pytest.mark.parametrize("name", ["features", "dense"])
def test_a_graph_that_cannot_be_loaded_is_done_without(name: str, installed: InstalledModel) -> None:
    getattr(winograd_files(installed.path), name).write_bytes(b"no graph")
    network = open_network(installed, CPU)
    assert isinstance(network, Network)
    assert np.isfinite(network.scores(images(1, SEED))).all()


@pytest.mark.usefixtures("always_faster")
def test_changed_weights_are_not_used_and_made_anew(installed: InstalledModel) -> None:
    weights = winograd_files(installed.path).weights
    content = weights.read_bytes()
    weights.write_bytes(content[:-1])
    assert found(installed) is None
    assert isinstance(open_network(installed, CPU), Network)
    prepare(ModelStore(), installed)
    assert found(installed) is not None
    assert weights.read_bytes() == content


@pytest.mark.usefixtures("always_faster")
@pytest.mark.parametrize("text", ["", "[]", "{", '{"weights": 3}', "[" * 100_000])
def test_a_record_that_cannot_be_read_counts_as_none(text: str, installed: InstalledModel) -> None:
    winograd_files(installed.path).record.write_text(text)
    assert found(installed) is None
    assert not winograd.is_decided(installed)


@pytest.mark.usefixtures("always_faster")
def test_what_was_made_for_something_else_is_not_used(
    installed: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while nobody can make it again, because another process has the store or the folder is read-only."""
    other_file = replace(installed, spec=replace(installed.spec, sha256="0" * 64))
    assert isinstance(open_network(installed, CPU), SplitNetwork)
    assert isinstance(open_network(other_file, CPU), Network)
    monkeypatch.setattr(network_module, "version", lambda: "1.0")
    assert isinstance(open_network(installed, CPU), Network)
    with ModelStore().changing(installed.spec):
        assert isinstance(open_network(prepare(ModelStore(), installed), CPU), Network)
    assert isinstance(open_network(prepare(ModelStore(), installed), CPU), SplitNetwork)


@pytest.mark.usefixtures("always_faster")
def test_weights_that_somebody_has_open_are_replaced_and_not_overwritten(installed: InstalledModel) -> None:
    weights = winograd_files(installed.path).weights
    content = weights.read_bytes()
    with weights.open("rb") as opened:
        assert winograd.make(installed.path, 64)
        assert opened.read() == content
    assert weights.read_bytes() != content


@pytest.mark.usefixtures("always_faster")
@pytest.mark.parametrize(
    ("error", "raised"), [(OSError(errno.ENOSPC, "No space"), StorageError), (KeyboardInterrupt(), None)]
)
def test_a_making_that_breaks_off_leaves_nothing(
    error: BaseException, raised: type | None, installed: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*arguments: Any) -> bytes:  # noqa: ANN401 - whatever is written
        arguments[3].write(b"x" * 1000)
        raise error

    made = {"features.onnx", "dense.onnx", "winograd.weights", "winograd.json"}
    assert made <= files_below(installed.path.parent)
    monkeypatch.setattr(winograd, "write_features", fill)
    with pytest.raises(raised or type(error)):
        winograd.decide(installed, probe(224))
    assert not made & files_below(installed.path.parent)
    if raised is not None:
        assert isinstance(open_network(prepare(ModelStore(), installed), CPU), Network)


@pytest.mark.usefixtures("always_faster")
def test_scores_that_are_no_numbers_do_not_come_through(installed: InstalledModel) -> None:
    chain = read_chain(installed.path)
    assert isinstance(chain, Chain)
    place = chain.layers[-1].weight.data
    assert place is not None
    with installed.path.open("r+b") as file:
        file.seek(place[0])
        file.write(np.full(16, np.inf, np.float32).tobytes())
    network = open_network(installed, CPU)
    assert isinstance(network, SplitNetwork)
    with pytest.raises(ModelUnusable) as error:
        network.scores(images(1, SEED))
    assert error.value.reason == NOT_FINITE
