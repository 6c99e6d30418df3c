"""Our graphs against onnxruntime on the unchanged file, and against an independent PyTorch network."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

from tests.inference.make_inputs import SEED, images
from tests.support import networks
from tests.support.classifiers import bring_in, files_below, runtime_graph
from vgg_desktop import paths
from vgg_desktop.errors import ModelUnusable, NotEnoughSpace
from vgg_desktop.forms.mapped import classify_graph, write_aligned_weights
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.forms import make_mapped
from vgg_desktop.inference.forms.registry import (
    ensure_runtime_graph,
    find_form,
    graph_path,
    make_form,
    open_form,
)
from vgg_desktop.inference.network import TOLERANCE, Network, agrees
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.why import Why

IDS = sorted(networks.FILENAMES)
EXAMPLE = paths.resource("examples") / "ship.jpg"
PARITY = 1e-4  # of the largest logit


def assert_equal_logits(actual: NDArray[np.float32], expected: NDArray[np.float32]) -> None:
    assert actual.shape == expected.shape
    assert np.abs(actual - expected).max() <= PARITY * np.abs(expected).max()


@pytest.fixture
def folder(tiny_networks: Path, tmp_path: Path) -> Path:
    for file in tiny_networks.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("aligned", [False, True], ids=["mapped", "aligned"])
def test_graph_equals_the_unchanged_file_and_pytorch(id: str, aligned: bool, folder: Path) -> None:
    published = folder / networks.FILENAMES[id]
    before = published.read_bytes()
    if aligned:
        write_aligned_weights(published, folder / "weights.bin")
    graph = folder / "classify.onnx"
    graph.write_bytes(classify_graph(published, aligned="weights.bin" if aligned else None))
    batch = images(2, SEED)
    unchanged = Network(published).scores(batch)
    ours = Network(graph, map_weights=True).scores(batch)
    assert_equal_logits(ours, unchanged)
    with np.load(Path(__file__).parents[1] / "torch_logits.npz") as stored:
        assert_equal_logits(ours, stored[id])
    assert published.read_bytes() == before


@pytest.mark.parametrize("id", IDS)
def test_graph_is_small_and_plain(id: str, folder: Path) -> None:
    graph = classify_graph(folder / networks.FILENAMES[id])
    model = onnx.load_model_from_string(graph)
    assert [each.name for each in model.graph.input] == ["data"]
    assert model.graph.input[0].type.tensor_type.shape.dim[0].dim_param == "N"
    assert not any(each.name == "spatial" for node in model.graph.node for each in node.attribute)
    assert len(graph) < 20_000


def test_weights_stored_as_float_data_are_addressed_too(folder: Path) -> None:
    path = folder / "vgg16-7.onnx"
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        values = np.frombuffer(tensor.raw_data, "<f4")
        tensor.ClearField("raw_data")
        tensor.float_data.extend(values.tolist())
    other = folder / "float-data.onnx"
    other.write_bytes(model.SerializeToString())
    graph = folder / "classify.onnx"
    graph.write_bytes(classify_graph(other))
    batch = images(1, SEED)
    assert_equal_logits(Network(graph).scores(batch), Network(path).scores(batch))


def test_self_test_rejects_other_weights(folder: Path) -> None:
    image = images(1, SEED)
    path, graph = folder / "vgg16-7.onnx", folder / "classify.onnx"
    graph.write_bytes(classify_graph(path))
    expected = Network(path).scores(image)
    assert agrees(lambda: Network(graph, map_weights=True), image, expected)
    assert not agrees(lambda: Network(graph, map_weights=True), image, expected * (1 + 3 * TOLERANCE))
    assert not agrees(lambda: Network(folder / "missing.onnx"), image, expected)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_refused_or_read(seed: int, folder: Path) -> None:
    random = np.random.default_rng(seed)
    path = folder / "vgg16-7.onnx"
    data = bytearray(path.read_bytes())
    for place in random.integers(0, len(data), 50):
        data[place] = random.integers(0, 256)
    path.write_bytes(data)
    try:
        graph = classify_graph(path)
    except ModelUnusable:
        return
    assert graph


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no file that is always full")
def test_a_full_disk_is_no_fault_of_the_published_file(folder: Path) -> None:
    with pytest.raises(NotEnoughSpace) as caught:
        write_aligned_weights(folder / "vgg16-7.onnx", Path("/dev/full"))
    assert caught.value.path == Path("/dev/full")


@pytest.mark.parametrize("damage", [b"", b"no graph", None])
def test_a_damaged_graph_is_made_again(damage: bytes | None, folder: Path) -> None:
    installed = bring_in(folder / "vgg16-7.onnx")
    graph = graph_path(installed, "mapped")
    content = graph.read_bytes()
    if damage is None:
        graph.unlink()
    else:
        graph.write_bytes(damage)
    assert runtime_graph(installed) == "published"
    assert open_classifier(installed).classify_file(EXAMPLE, 1).form == "published"
    assert runtime_graph(ensure_runtime_graph(installed)) == "mapped"
    assert graph.read_bytes() == content
    assert open_classifier(installed).classify_file(EXAMPLE, 1).form == "mapped"


def test_the_published_file_is_used_where_no_graph_is_right(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = bring_in(folder / "vgg16-7.onnx")
    graph_path(installed, "mapped").unlink()
    monkeypatch.setattr(make_mapped, "agrees", lambda *_arguments: False)
    assert make_form(installed, "mapped").reason == Why.FORM_NOT_SAME()
    assert runtime_graph(ensure_runtime_graph(installed)) == "published"
    assert files_below(installed.path.parent) & {"classify.onnx", "classify.weights"} == set()


def test_the_aligned_copy_is_used_where_only_that_is_right(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = bring_in(folder / "vgg16-7.onnx")
    answers = iter([False, True])
    monkeypatch.setattr(make_mapped, "agrees", lambda *_arguments: next(answers))
    made = make_form(installed, "mapped")
    assert set(made.files) == {"classify.onnx", "classify.weights"}
    assert find_form(installed, "mapped") == made
    batch = images(1, SEED)
    scores = open_form(installed, CPU, "exact").scores(batch)
    assert_equal_logits(scores, Network(installed.path).scores(batch))


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
def test_full_size_networks(id: str, tmp_path: Path) -> None:
    published = tmp_path / networks.FILENAMES[id]
    published.write_bytes(networks.zoo_vgg(id, networks.FULL).SerializeToString())
    assert published.stat().st_size == networks.FULL_SIZES[id]
    graph = tmp_path / "classify.onnx"
    graph.write_bytes(classify_graph(published))
    batch = images(1, SEED)
    assert_equal_logits(Network(graph, map_weights=True).scores(batch), Network(published).scores(batch))
