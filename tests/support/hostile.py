"""Classifiers that do harm to whoever loads or runs them, built on those of `classifiers`."""

from collections.abc import Callable

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from tests.support.classifiers import classifier
from tests.support.platforms import needs_usage


def _with(nodes: list[onnx.NodeProto], weights: list[onnx.TensorProto], last: str) -> onnx.ModelProto:
    """Return a classifier whose scores depend on `last`, a number that further nodes compute."""
    model = classifier()
    model.graph.node.extend([*nodes, helper.make_node("Add", ["flat", last], ["shifted"])])
    model.graph.initializer.extend(weights)
    model.graph.output[0].name = "shifted"
    return model


def dividing() -> onnx.ModelProto:
    """Divide the smallest integer by -1, for which processors of PCs have an exception (SIGFPE)."""
    smallest = np.array([np.iinfo(np.int64).min]).astype(np.int64)
    weights = [
        helper.make_tensor("smallest", TensorProto.INT64, [1], smallest),
        helper.make_tensor("minus", TensorProto.INT64, [1], [-1]),
    ]
    nodes = [
        helper.make_node("Div", ["smallest", "minus"], ["quotient"]),
        helper.make_node("Cast", ["quotient"], ["harm"], to=TensorProto.FLOAT),
    ]
    return _with(nodes, weights, "harm")


def endless(*, when_run: bool = True) -> onnx.ModelProto:
    """Loop almost for ever: when it is run, or already when constants are folded while it is loaded."""
    value = helper.make_tensor_value_info
    body = helper.make_graph(
        [helper.make_node("Identity", ["go_on"], ["next"]), helper.make_node("Cos", ["before"], ["after"])],
        "body",
        [
            value("step", TensorProto.INT64, []),
            value("go_on", TensorProto.BOOL, []),
            value("before", TensorProto.FLOAT, [1]),
        ],
        [value("next", TensorProto.BOOL, []), value("after", TensorProto.FLOAT, [1])],
    )
    weights = [
        helper.make_tensor("trips", TensorProto.INT64, [], [2**63 - 1]),
        helper.make_tensor("true", TensorProto.BOOL, [], [True]),
        helper.make_tensor("zero", TensorProto.FLOAT, [1], [0.0]),
    ]
    first = "zero"
    nodes = []
    if when_run:
        nodes = [helper.make_node("ReduceMax", ["flat"], ["largest"], keepdims=0)]
        nodes += [helper.make_node("Add", ["largest", "zero"], ["start"])]
        first = "start"
    nodes.append(helper.make_node("Loop", ["trips", "true", first], ["harm"], body=body))
    return _with(nodes, weights, "harm")


def gigabytes(count: int = 2_000_000_000) -> onnx.ModelProto:
    """Fill `count` 32-bit numbers."""
    fill = helper.make_tensor("value", TensorProto.FLOAT, [1], [0.5])
    nodes = [
        helper.make_node("ConstantOfShape", ["count"], ["many"], value=fill),
        helper.make_node("ReduceMax", ["flat"], ["largest"], keepdims=0),
        helper.make_node("Add", ["many", "largest"], ["more"]),
        helper.make_node("ReduceMax", ["more"], ["harm"], keepdims=0),
    ]
    return _with(nodes, [helper.make_tensor("count", TensorProto.INT64, [1], [count])], "harm")


HOSTILE: dict[str, Callable[[], onnx.ModelProto]] = {
    "dividing": dividing,
    "endless": endless,
    "gigabytes": gigabytes,
}
# They are ended for what they use, except the one that crashes.
HOSTILE_NAMES = ["dividing", *(pytest.param(each, marks=needs_usage) for each in ("endless", "gigabytes"))]
