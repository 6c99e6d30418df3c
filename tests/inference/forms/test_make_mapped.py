"""Our graphs against onnxruntime on the unchanged file, and against an independent PyTorch network."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

from tests.inference.make_inputs import SEED, images
from tests.support import networks
from vgg_desktop.errors import ModelUnusable
from vgg_desktop.forms.mapped import classify_graph, write_aligned_weights
from vgg_desktop.forms.onnx_file import read_source
from vgg_desktop.inference.network import TOLERANCE, Network, agrees

IDS = sorted(networks.FILENAMES)
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
    with np.load(Path(__file__).with_name("torch_logits.npz")) as stored:
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


@pytest.mark.parametrize("keep", [0, 1, 10, 100, 5_000, 100_000])
def test_cut_off_files_are_refused(keep: int, folder: Path) -> None:
    path = folder / "vgg19-bn-7.onnx"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ModelUnusable):
        read_source(path)


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    def field(number: int, payload: bytes) -> bytes:
        size, length = len(payload), bytearray()
        while size > 0x7F:
            length.append(size & 0x7F | 0x80)
            size >>= 7
        return bytes([number << 3 | 2, *length, size]) + payload

    node = field(4, b"If")
    for _ in range(40):
        node = field(4, b"If") + field(5, field(6, field(1, node)))
    path = tmp_path / "bomb.onnx"
    path.write_bytes(b"\x08\x08" + field(8, b"\x10\x0d") + field(7, field(1, node)))
    with pytest.raises(ModelUnusable, match="nested"):
        read_source(path)


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
