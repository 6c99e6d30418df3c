"""The graph that classifies, in onnxruntime itself: what it keeps of the published file."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper

from tests.support.classifiers import classifier
from vgg_desktop.forms.mapped import classify_graph
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.runtime import Session

PICTURES = np.random.default_rng(1).standard_normal((3, 3, 32, 32)).astype(np.float32)


def save(model: onnx.ModelProto, folder: Path) -> Path:
    path = folder / "net.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def run(path: Path, pictures: NDArray[Any] = PICTURES) -> list[NDArray[Any]]:
    """Return the outputs of a network with one input."""
    session = Session(path, CPU.provider)
    return session.run({session.inputs[0].name: pictures})


def run_graph(path: Path, graph: bytes) -> list[NDArray[Any]]:
    """Return the outputs of a graph made from the network at `path`."""
    place = path.with_name("classify.onnx")
    place.write_bytes(graph)
    return run(place)


def test_the_functions_of_a_network_stay(tmp_path: Path) -> None:
    model = classifier()
    opset = [helper.make_opsetid("", 13), helper.make_opsetid("own", 1)]
    half = helper.make_node("Constant", [], ["half"], value_float=0.5)
    halve = helper.make_node("Mul", ["x", "half"], ["y"])
    model.functions.append(helper.make_function("own", "Halve", ["x"], ["y"], [half, halve], opset))
    twice = [
        helper.make_node("Halve", ["x"], ["once"], domain="own"),
        helper.make_node("Halve", ["once"], ["y"], domain="own"),
    ]
    model.functions.append(helper.make_function("own", "Quarter", ["x"], ["y"], twice, opset))
    model.opset_import.append(helper.make_opsetid("own", 1))
    model.graph.node.append(helper.make_node("Quarter", ["flat"], ["last"], domain="own"))
    model.graph.output[0].name = "last"
    path = save(model, tmp_path)
    (scores,) = run_graph(path, classify_graph(path))
    np.testing.assert_allclose(scores, run(path)[0], rtol=1e-6)
    np.testing.assert_allclose(scores, run(save(classifier(), tmp_path))[0] / 4, rtol=1e-6)
