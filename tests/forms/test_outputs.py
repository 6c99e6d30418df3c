"""What a network's outputs are made from: ZipMap as scikit-learn's exporters write it, and one output of several."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper

from tests.support.classifiers import classifier
from vgg_desktop.errors import ModelUnusable
from vgg_desktop.forms.mapped import classify_graph
from vgg_desktop.forms.outputs import ZipMap, zip_maps
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.runtime import Session
from vgg_desktop.why import Why

PICTURES = np.random.default_rng(1).standard_normal((3, 3, 32, 32)).astype(np.float32)
ML = "ai.onnx.ml"


def save(model: onnx.ModelProto, folder: Path) -> Path:
    path = folder / "net.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def run(path: Path, graph: bytes | None = None) -> dict[str, NDArray[Any]]:
    """Return the outputs of a network, or of a graph made from it, by name."""
    if graph is not None:
        path = path.with_name("classify.onnx")
        path.write_bytes(graph)
    session = Session(path, CPU.provider)
    scores = session.run({session.inputs[0].name: PICTURES})
    return {port.name: each for port, each in zip(session.outputs, scores, strict=True)}


def operators(graph: bytes) -> list[str]:
    return [node.op_type for node in onnx.load_model_from_string(graph).graph.node]


def with_zip_map(labels: dict[str, Any]) -> onnx.ModelProto:
    """Make a classifier with the outputs that skl2onnx makes: the class of each picture, and maps of probabilities."""
    model = classifier(softmax=True)
    graph = model.graph
    model.opset_import.append(helper.make_opsetid(ML, 2))
    (values,) = labels.values()
    kind = TensorProto.STRING if isinstance(values[0], str) else TensorProto.INT64
    graph.initializer.append(helper.make_tensor("classes", kind, [len(values)], values))
    graph.node.extend(
        [
            helper.make_node("ArgMax", ["shares"], ["best"], axis=1, keepdims=0),
            helper.make_node("ArrayFeatureExtractor", ["classes", "best"], ["row"], domain=ML),
            helper.make_node("Flatten", ["row"], ["output_label"], axis=0)
            if kind == TensorProto.INT64
            else helper.make_node("Identity", ["row"], ["output_label"]),
            helper.make_node("ZipMap", ["shares"], ["output_probability"], domain=ML, **labels),
        ]
    )
    del graph.output[:]
    key = helper.make_tensor_type_proto(TensorProto.FLOAT, [])
    maps = helper.make_sequence_type_proto(helper.make_map_type_proto(kind, key))
    graph.output.extend(
        [
            helper.make_tensor_value_info("output_label", kind, None),
            helper.make_value_info("output_probability", maps),
        ]
    )
    return model


@pytest.mark.parametrize(
    ("labels", "texts"),
    [
        ({"classlabels_strings": ["Birne", "Apfel", "梨", "🍒"]}, ("Birne", "Apfel", "梨", "🍒")),
        ({"classlabels_int64s": [3, -1, 2**40, 0]}, ("3", "-1", "1099511627776", "0")),
    ],
    ids=["texts", "numbers"],
)
def test_the_tensor_behind_a_zip_map_becomes_the_output(
    labels: dict[str, Any], texts: tuple[str, ...], tmp_path: Path
) -> None:
    path = save(with_zip_map(labels), tmp_path)
    assert zip_maps(path) == (ZipMap("output_probability", "shares", texts),)
    maps = run(path)["output_probability"]
    graph = classify_graph(path, output="shares")
    scores = run(path, graph)
    assert list(scores) == ["shares"]
    keys = next(iter(labels.values()))
    np.testing.assert_allclose(scores["shares"], [[row[key] for key in keys] for row in maps], rtol=1e-6)
    assert operators(graph) == ["GlobalAveragePool", "Conv", "Flatten", "Softmax"]


def test_numbers_in_one_piece_are_read_too(tmp_path: Path) -> None:
    """A `.proto` of version 2 writes each number on its own, other writers all of them in one piece."""
    path = save(with_zip_map({"classlabels_int64s": [3, 1, 2, 70]}), tmp_path)
    single, packed = b"\x40\x03\x40\x01\x40\x02\x40\x46", b"\x42\x04\x03\x01\x02\x46"
    name = bytes([10, 18]) + b"classlabels_int64s"
    # The field `doc_string` takes the two bytes that are left.
    data = path.read_bytes()
    assert data.count(name + single) == 1
    path.write_bytes(data.replace(name + single, name + packed + b"\x6a\x00"))
    assert zip_maps(path)[0].labels == ("3", "1", "2", "70")
    assert set(run(path)["output_probability"][0]) == {3, 1, 2, 70}


def test_a_zip_map_within_is_no_output(tmp_path: Path) -> None:
    model = with_zip_map({"classlabels_int64s": [3, 1, 2, 7]})
    del model.graph.output[1]
    assert zip_maps(save(model, tmp_path)) == ()
    assert zip_maps(save(classifier(), tmp_path)) == ()


def several_outputs() -> onnx.ModelProto:
    """Make a network with features, logits and, from another branch with weights of its own, a second result."""
    model = classifier()
    graph = model.graph
    weights = np.random.default_rng(5).standard_normal((7, 3, 32, 32)).astype(np.float32)
    graph.initializer.append(helper.make_tensor("wide", 1, weights.shape, weights.tobytes(), raw=True))
    graph.input.append(helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["N", 7, 1, 1]))
    graph.node.insert(0, helper.make_node("Conv", ["image", "wide"], ["other"]))
    graph.node.append(helper.make_node("Mul", ["other", "mask"], ["masked"]))
    graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", count, 1, 1])
        for name, count in (("mean", 3), ("masked", 7))
    )
    return model


@pytest.mark.parametrize("output", ["flat", "mean", "map"])
def test_what_only_other_outputs_need_is_left_out(output: str, tmp_path: Path) -> None:
    path = save(several_outputs(), tmp_path)
    graph = classify_graph(path, output=output)
    found = onnx.load_model_from_string(graph).graph
    assert [each.name for each in found.input] == ["image"]
    assert [each.name for each in found.output] == [output]
    assert "wide" not in {each.name for each in found.initializer}
    assert len(found.node) == {"flat": 3, "map": 2, "mean": 1}[output]
    scores = run(path, graph)[output]
    expected = run(save(classifier(), tmp_path))["flat"]
    if output == "mean":
        expected = PICTURES.mean(axis=(2, 3))
    np.testing.assert_allclose(scores.reshape(3, -1), expected, rtol=1e-5, atol=1e-6)


def test_without_a_choice_every_output_stays(tmp_path: Path) -> None:
    path = save(several_outputs(), tmp_path)
    found = onnx.load_model_from_string(classify_graph(path)).graph
    assert [each.name for each in found.output] == ["flat", "mean", "masked"]
    assert [each.name for each in found.input] == ["image", "mask"]


@pytest.mark.parametrize("name", ["missing", "image", "mix", "inner"])
def test_what_no_node_makes_is_refused_as_an_output(name: str, tmp_path: Path) -> None:
    path = save(branching(), tmp_path)
    with pytest.raises(ModelUnusable) as caught:
        classify_graph(path, output=name)
    assert caught.value.reason == Why.ONNX_NO_TENSOR(name=name)


def branching() -> onnx.ModelProto:
    """Make a network that doubles its scores where they are large; both branches refer to tensors outside them."""
    model = classifier()
    graph = model.graph
    graph.initializer.extend(
        [helper.make_tensor("limit", 1, [], [0.0]), helper.make_tensor("factor", 1, [], [2.0])]
    )
    branches = [
        helper.make_graph(
            [helper.make_node(kind, ["flat", "factor"], ["inner"])],
            kind,
            [],
            [helper.make_tensor_value_info("inner", 1, None)],
        )
        for kind in ("Mul", "Add")
    ]
    graph.node.extend(
        [
            helper.make_node("ReduceSum", ["flat"], ["sum"], keepdims=0),
            helper.make_node("Greater", ["sum", "limit"], ["large"]),
            helper.make_node("If", ["large"], ["y"], then_branch=branches[0], else_branch=branches[1]),
            helper.make_node("Neg", ["flat"], ["unused"]),
        ]
    )
    graph.output[0].name = "y"
    return model


def test_what_only_a_sub_graph_needs_stays(tmp_path: Path) -> None:
    path = save(branching(), tmp_path)
    expected = run(path)["y"]
    graph = classify_graph(path, output="y")
    assert "Neg" not in operators(graph)
    np.testing.assert_allclose(run(path, graph)["y"], expected, rtol=1e-6)
