"""Which networks are plain chains, and that their weights come out with batch normalisation folded in."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from tests.support import networks
from vgg_desktop import paths
from vgg_desktop.errors import ModelUnusable
from vgg_desktop.forms.sequential import SequentialNet, Window, folded_weights, read_sequential
from vgg_desktop.reasons import Reason


def chain_of(path: Path) -> SequentialNet:
    chain = read_sequential(path)
    assert isinstance(chain, SequentialNet)
    return chain


@pytest.mark.parametrize("id", sorted(networks.FILENAMES))
def test_the_zoos_networks(id: str, tiny_networks: Path) -> None:
    chain = chain_of(tiny_networks / networks.FILENAMES[id])
    convolutions = [each for each in chain.layers if each.window is not None]
    assert len(convolutions) == sum(networks.STAGES[16 if "16" in id else 19])
    assert len(chain.layers) == len(convolutions) + 3
    assert all((each.normalisation is not None) == id.endswith("-bn") for each in convolutions)
    assert [len(each.pools) for each in convolutions].count(1) == 5
    assert convolutions[0].window == Window((3, 3), (1, 1), (1, 1, 1, 1))
    assert [each.flat for each in chain.layers].count(True) == 1
    assert [each.relu for each in chain.layers] == [True] * (len(chain.layers) - 1) + [False]
    assert chain.layers[-1].out_channels == 1000


def test_the_starter_has_weights_of_16_bits() -> None:
    path = paths.resource("models") / "starter.onnx"
    chain = chain_of(path)
    model = onnx.load(path)
    tensors = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    layer = chain.layers[0]
    assert layer.normalisation is not None
    parts = layer.normalisation
    gamma, beta, mean, variance = (
        tensors[each.name].astype(np.float64)
        for each in (parts.gamma, parts.beta, parts.mean, parts.variance)
    )
    with folded_weights(chain) as weights:
        (block,) = weights.blocks(layer)
    factors = gamma / np.sqrt(variance + parts.epsilon)
    expected = (
        tensors[layer.weight.name].astype(np.float64).reshape(layer.out_channels, -1) * factors[:, None]
    )
    np.testing.assert_allclose(block.weights, expected, rtol=1e-12)
    assert layer.bias is not None
    bias = tensors[layer.bias.name].astype(np.float64)
    np.testing.assert_allclose(block.biases, (bias - mean) * factors + beta, rtol=1e-12)


def test_large_layers_come_in_blocks(tiny_networks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = chain_of(tiny_networks / "vgg16-7.onnx")
    layer = chain.layers[-1]
    with folded_weights(chain) as weights:
        (whole,) = weights.blocks(layer)
        monkeypatch.setattr("vgg_desktop.forms.sequential._BLOCK", 1000)
        parts = list(weights.blocks(layer))
    assert len(parts) > 10
    np.testing.assert_array_equal(np.concatenate([each.weights for each in parts]), whole.weights)
    np.testing.assert_array_equal(np.concatenate([each.biases for each in parts]), whole.biases)


def test_weights_may_be_stored_the_other_way_round(tiny_networks: Path, tmp_path: Path) -> None:
    model = onnx.load(tiny_networks / "vgg16-7.onnx")
    turned = "vgg0_dense1_weight"
    for tensor in model.graph.initializer:
        if tensor.name == turned:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).T.copy(), turned))
    for node in model.graph.node:
        if turned in node.input:
            del node.attribute[:]
    path = tmp_path / "turned.onnx"
    path.write_bytes(model.SerializeToString())
    chain, original = chain_of(path), chain_of(tiny_networks / "vgg16-7.onnx")
    assert chain.layers[-2].outputs_last
    with folded_weights(chain) as ours, folded_weights(original) as expected:
        (block,), (other,) = ours.blocks(chain.layers[-2]), expected.blocks(original.layers[-2])
    np.testing.assert_array_equal(block.weights, other.weights)


def node_of(model: onnx.ModelProto, kind: str, place: int = 0) -> onnx.NodeProto:
    found: list[onnx.NodeProto] = [each for each in model.graph.node if each.op_type == kind]
    return found[place]


def attribute(kind: str, name: str, value: object, place: int = 0) -> Callable[[onnx.ModelProto], None]:
    def change(model: onnx.ModelProto) -> None:
        node = node_of(model, kind, place)
        kept = [each for each in node.attribute if each.name != name]
        del node.attribute[:]
        node.attribute.extend([*kept, helper.make_attribute(name, value)])

    return change


def rename_operation(kind: str, other: str, place: int = 0) -> Callable[[onnx.ModelProto], None]:
    def change(model: onnx.ModelProto) -> None:
        node_of(model, kind, place).op_type = other

    return change


def skip(model: onnx.ModelProto) -> None:
    node_of(model, "Relu", 3).input[0] = "vgg0_relu0_fwd"


def half(model: onnx.ModelProto) -> None:
    tensor = model.graph.initializer[0]
    values = numpy_helper.to_array(tensor).astype(np.float16)
    tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))


def drop_relu(model: onnx.ModelProto) -> None:
    rename_operation("Relu", "Identity", 2)(model)


OTHERS = {
    "dilated": attribute("Conv", "dilations", [2, 2]),
    "grouped": attribute("Conv", "group", 3),
    "padded by itself": attribute("Conv", "auto_pad", "SAME_UPPER"),
    "other kernel": attribute("Conv", "kernel_shape", [5, 5]),
    "rounded up": attribute("MaxPool", "ceil_mode", 1),
    "scaled": attribute("Gemm", "alpha", 0.5),
    "turned": attribute("Gemm", "transA", 1),
    "flattened elsewhere": attribute("Flatten", "axis", 2),
    "other activation": rename_operation("Relu", "Sigmoid"),
    "no activation": drop_relu,
    "average": rename_operation("MaxPool", "AveragePool"),
    "activation at the end": rename_operation("Dropout", "Relu"),
    "not in a row": skip,
    "weights of 16 bits": half,
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_others_are_told_apart(
    change: Callable[[onnx.ModelProto], None], tiny_networks: Path, tmp_path: Path
) -> None:
    model = onnx.load(tiny_networks / "vgg16-7.onnx")
    change(model)
    path = tmp_path / "other.onnx"
    path.write_bytes(model.SerializeToString())
    found = read_sequential(path)
    assert isinstance(found, Reason)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_refused_or_read(seed: int, tiny_networks: Path, tmp_path: Path) -> None:
    random = np.random.default_rng(seed)
    path = tmp_path / "damaged.onnx"
    data = bytearray((tiny_networks / "vgg16-bn-7.onnx").read_bytes())
    for place in random.integers(0, 4000, 5):  # where the structure is
        data[place] = random.integers(0, 256)
    path.write_bytes(data)
    with contextlib.suppress(ModelUnusable):
        assert isinstance(read_sequential(path), SequentialNet | Reason)
