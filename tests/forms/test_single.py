"""Networks in double precision, which onnxruntime cannot run as published, against NumPy in double precision."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tests.support.classifiers import classifier, save_split
from vgg_desktop.errors import ModelUnusable
from vgg_desktop.forms import single as single_module
from vgg_desktop.forms.mapped import classify_graph, write_aligned_weights
from vgg_desktop.forms.single import is_double
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.runtime import Session
from vgg_desktop.why import Why

DOUBLE, FLOAT = TensorProto.DOUBLE, TensorProto.FLOAT
RANDOM = np.random.default_rng(7)
PICTURES = RANDOM.random((3, 3, 12, 12))
FILTERS = RANDOM.standard_normal((8, 3, 5, 5)) / 5
BIAS = RANDOM.standard_normal(8)
DENSE = RANDOM.standard_normal((8, 4))


def convolutional() -> onnx.ModelProto:
    """Make a small convolutional network, all of it in double precision, as an exporter in double does."""
    nodes = [
        helper.make_node("Conv", ["image", "filters", "bias"], ["features"]),
        helper.make_node("Relu", ["features"], ["active"]),
        helper.make_node("ReduceMean", ["active"], ["mean"], axes=[2, 3], keepdims=0),
        helper.make_node("MatMul", ["mean", "dense"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["scores"], axis=1),
    ]
    weights = {"filters": FILTERS, "bias": BIAS, "dense": DENSE}
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("image", DOUBLE, ["N", 3, 12, 12])],
        [helper.make_tensor_value_info("scores", DOUBLE, ["N", 4])],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
        value_info=[helper.make_tensor_value_info("active", DOUBLE, ["N", 8, 8, 8])],
    )
    return helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)])


def mean_of_features(pictures: NDArray[np.float64] = PICTURES) -> NDArray[np.float64]:
    windows = np.lib.stride_tricks.sliding_window_view(pictures, (5, 5), axis=(2, 3))
    features = np.einsum("nchwij,ocij->nohw", windows, FILTERS) + BIAS[:, None, None]
    return np.asarray(np.maximum(features, 0).mean(axis=(2, 3)))


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


SCORES = softmax(mean_of_features() @ DENSE)


def save(model: onnx.ModelProto, folder: Path) -> Path:
    path = folder / "net.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def in_single(path: Path, *, aligned: bool = False, output: str | None = None) -> NDArray[Any]:
    """Return the scores of the graph in single precision."""
    name = "classify.weights" if aligned else None
    if aligned:
        write_aligned_weights(path, path.with_name("classify.weights"), single=True)
    place = path.with_name("classify.onnx")
    place.write_bytes(classify_graph(path, aligned=name, output=output, single=True))
    assert not is_double(place)
    session = Session(place, CPU.provider, map_weights=aligned)
    (port,) = session.inputs
    assert port.type == "tensor(float)"
    (scores,) = session.run({port.name: PICTURES.astype(np.float32)})
    assert scores.dtype == np.float32
    return scores


@pytest.mark.parametrize("aligned", [False, True], ids=["inside", "aligned"])
@pytest.mark.parametrize("stored", ["raw", "packed", "one by one", "beside"])
def test_a_network_in_double_runs_in_single(
    stored: str, aligned: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_module, "_CHUNK", 1024)  # so that the filters come in several parts
    model = convolutional()
    if stored in ("packed", "one by one"):
        for tensor in model.graph.initializer:
            values = numpy_helper.to_array(tensor).ravel()
            tensor.ClearField("raw_data")
            tensor.double_data.extend(values.tolist())
    path = tmp_path / "net.onnx"
    if stored == "beside":
        save_split(model, path)
        assert len(path.read_bytes()) < 2000
    else:
        path.write_bytes(model.SerializeToString())
    if stored == "one by one":
        path.write_bytes(unpacked(model))
        assert onnx.load(path) == model
    with pytest.raises(ModelUnusable, match="Conv"):
        Session(path, CPU.provider)
    assert is_double(path)
    np.testing.assert_allclose(in_single(path, aligned=aligned), SCORES, atol=1e-5)


def unpacked(model: onnx.ModelProto) -> bytes:
    """Serialize a network with each value of `double_data` as a field of its own, as old writers do."""

    def field(number: int, payload: bytes) -> bytes:
        size, length = len(payload), bytearray()
        while size > 0x7F:
            length.append(size & 0x7F | 0x80)
            size >>= 7
        return bytes([number << 3 | 2, *length, size]) + payload

    graph = onnx.GraphProto.FromString(model.graph.SerializeToString())
    weights = b""
    for tensor in graph.initializer:
        values = np.array(tensor.double_data, "<f8")
        tensor.ClearField("double_data")
        apart = b"".join(b"\x51" + value.tobytes() for value in values)
        weights += field(5, tensor.SerializeToString() + apart)
    graph.ClearField("initializer")
    rest = onnx.ModelProto.FromString(model.SerializeToString())
    rest.ClearField("graph")
    return bytes(rest.SerializeToString()) + field(7, graph.SerializeToString() + weights)


def test_other_weights_stay_where_they_are(tmp_path: Path) -> None:
    """With the aligned file each offset is that of its own weights, whatever is converted."""
    model = convolutional()
    single = numpy_helper.from_array(np.tile(np.float32(0.5), 4_000), "single")
    model.graph.initializer.insert(1, single)
    model.graph.node.insert(4, helper.make_node("ReduceMean", ["single"], ["half"], keepdims=1))
    model.graph.node.insert(5, helper.make_node("Cast", ["half"], ["factor"], to=DOUBLE))
    model.graph.node.insert(6, helper.make_node("Mul", ["logits", "factor"], ["halved"]))
    model.graph.node[-1].input[0] = "halved"
    path = save(model, tmp_path)
    expected = softmax(mean_of_features() @ DENSE / 2)
    for aligned in (False, True):
        np.testing.assert_allclose(in_single(path, aligned=aligned), expected, atol=1e-5)
        stored = onnx.load(path.with_name("classify.onnx"), load_external_data=False)
        places = {
            each.name: [entry.value for entry in each.external_data] for each in stored.graph.initializer
        }
        assert places["single"][0] == ("classify.weights" if aligned else "net.onnx")
    # Nothing else is converted with only one output, and the offsets are the same.
    np.testing.assert_allclose(in_single(path, aligned=True, output="halved"), np.log(expected) + shift(expected),
                               atol=1e-4)  # fmt: skip


def shift(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    logits = mean_of_features() @ DENSE / 2
    return np.asarray((logits - np.log(scores)).mean(axis=1, keepdims=True))


def with_constants(model: onnx.ModelProto) -> NDArray[np.float64]:
    """Divide the logits by constants of several kinds, all in double."""
    graph = model.graph
    eye = numpy_helper.from_array(np.array([1.0]), "one")
    graph.initializer.append(helper.make_tensor("square", TensorProto.INT64, [2], [4, 4]))
    graph.initializer.append(helper.make_tensor("whole", TensorProto.INT64, [1], [2]))
    nodes = [
        helper.make_node("Constant", [], ["third"], value=numpy_helper.from_array(np.array(1 / 3))),
        helper.make_node("Mul", ["logits", "third"], ["a"]),
        helper.make_node("Cast", ["whole"], ["two"], to=DOUBLE),
        helper.make_node("Div", ["a", "two"], ["b"]),
        helper.make_node("ConstantOfShape", ["square"], ["ones"], value=eye),
        helper.make_node("EyeLike", ["square_of_ones"], ["identity"], dtype=DOUBLE),
        helper.make_node("MatMul", ["b", "identity"], ["c"]),
        helper.make_node("MatMul", ["c", "ones"], ["sums"]),
        helper.make_node("Add", ["c", "sums"], ["d"]),
    ]
    nodes.insert(5, helper.make_node("Cast", ["ones"], ["square_of_ones"], to=TensorProto.INT32))
    for number, node in enumerate(nodes):
        graph.node.insert(4 + number, node)
    graph.node[-1].input[0] = "d"
    logits = mean_of_features() @ DENSE / 6
    return softmax(logits + logits.sum(axis=1, keepdims=True))


def with_a_sub_graph(model: onnx.ModelProto) -> NDArray[np.float64]:
    """Shift the logits within an If, whose branches have weights, types and a nested If of their own."""
    graph = model.graph

    def branch(name: str, values: list[float], nodes: list[onnx.NodeProto]) -> onnx.GraphProto:
        weights = numpy_helper.from_array(np.array(values, float), f"{name}_shift")
        out = helper.make_tensor_value_info(f"{name}_out", DOUBLE, ["N", 4])
        nodes = [*nodes, helper.make_node("Add", ["logits", f"{name}_shift"], [f"{name}_out"])]
        info = helper.make_tensor_value_info(f"{name}_out", DOUBLE, ["N", 4])
        return helper.make_graph(nodes, name, [], [out], [weights], value_info=[info])

    inner = helper.make_node(
        "If",
        ["yes"],
        ["nested"],
        then_branch=branch("deep", [0, 0, 0, 5], []),
        else_branch=branch("flat", [0] * 4, []),
    )
    chosen = branch("then", [1, 2, 3, 4], [inner])
    chosen.node.append(helper.make_node("Add", ["then_out", "nested"], ["both"]))
    chosen.output[0].name = "both"
    node = helper.make_node(
        "If", ["yes"], ["shifted"], then_branch=chosen, else_branch=branch("else", [0] * 4, [])
    )
    graph.initializer.append(helper.make_tensor("yes", TensorProto.BOOL, [], [True]))
    graph.node.insert(4, node)
    graph.node[-1].input[0] = "shifted"
    return softmax(2 * (mean_of_features() @ DENSE) + [1, 2, 3, 9])


def with_functions(model: onnx.ModelProto) -> NDArray[np.float64]:
    """Call a function that is told the type to compute in under a name of its own, through another function."""
    opset = [helper.make_opsetid("", 13), helper.make_opsetid("own", 1)]
    cast = helper.make_node("Cast", ["half"], ["kind"])
    reference = onnx.AttributeProto(name="to", type=onnx.AttributeProto.INT, ref_attr_name="element")
    cast.attribute.append(reference)
    nodes = [helper.make_node("Constant", [], ["half"], value_float=0.5), cast]
    nodes.append(helper.make_node("Mul", ["x", "kind"], ["y"]))
    halve = helper.make_function("own", "Halve", ["x"], ["y"], nodes, opset, attributes=["element"])
    call = helper.make_node("Halve", ["x"], ["once"], domain="own")
    call.attribute.append(
        onnx.AttributeProto(name="element", type=onnx.AttributeProto.INT, ref_attr_name="outer")
    )
    constant = helper.make_node("Constant", [], ["one"], value=numpy_helper.from_array(np.array(1.0)))
    add = helper.make_node("Mul", ["once", "one"], ["y"])
    outer = helper.make_function("own", "Outer", ["x"], ["y"], [call, constant, add], opset, ["outer"])
    model.functions.extend([halve, outer])
    model.opset_import.append(helper.make_opsetid("own", 1))
    model.graph.node.insert(4, helper.make_node("Outer", ["logits"], ["halved"], domain="own", outer=DOUBLE))
    model.graph.node[-1].input[0] = "halved"
    return softmax(mean_of_features() @ DENSE / 2)


def with_a_loop(model: onnx.ModelProto) -> NDArray[np.float64]:
    """Double the logits three times in a Loop, whose inputs have the type double."""
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["on"]),
            helper.make_node("Add", ["state", "state"], ["twice"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("number", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("state", DOUBLE, ["N", 4]),
        ],
        [
            helper.make_tensor_value_info("on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("twice", DOUBLE, ["N", 4]),
        ],
    )
    graph = model.graph
    graph.initializer.append(helper.make_tensor("times", TensorProto.INT64, [], [3]))
    graph.initializer.append(helper.make_tensor("yes", TensorProto.BOOL, [], [True]))
    graph.node.insert(4, helper.make_node("Loop", ["times", "yes", "logits"], ["eightfold"], body=body))
    graph.node[-1].input[0] = "eightfold"
    return softmax(8 * (mean_of_features() @ DENSE))


def with_sequences(model: onnx.ModelProto) -> NDArray[np.float64]:
    """Put the logits into a sequence that is made empty, of double, and whose type is an input of an If."""
    graph = model.graph
    sequence = helper.make_sequence_type_proto(helper.make_tensor_type_proto(DOUBLE, None))
    branches = [
        helper.make_graph(
            [helper.make_node("SequenceInsert", ["empty", "logits"], [name])],
            name,
            [],
            [helper.make_value_info(name, sequence)],
        )
        for name in ("a", "b")
    ]
    graph.initializer.append(helper.make_tensor("yes", TensorProto.BOOL, [], [True]))
    graph.initializer.append(helper.make_tensor("first", TensorProto.INT64, [], [0]))
    nodes = [
        helper.make_node("SequenceEmpty", [], ["empty"], dtype=DOUBLE),
        helper.make_node("If", ["yes"], ["list"], then_branch=branches[0], else_branch=branches[1]),
        helper.make_node("SequenceAt", ["list", "first"], ["again"]),
    ]
    for number, node in enumerate(nodes):
        graph.node.insert(4 + number, node)
    graph.node[-1].input[0] = "again"
    return SCORES


def with_trees(model: onnx.ModelProto) -> NDArray[np.float64]:
    """Let two trees decide by the features, with thresholds and weights in double as scikit-learn has them."""
    thresholds = np.array([0.75, 0, 0, 0.5, 0, 0])
    model.opset_import.append(helper.make_opsetid("ai.onnx.ml", 3))
    trees = helper.make_node(
        "TreeEnsembleRegressor",
        ["mean"],
        ["votes"],
        domain="ai.onnx.ml",
        n_targets=4,
        nodes_treeids=[0, 0, 0, 1, 1, 1],
        nodes_nodeids=[0, 1, 2, 0, 1, 2],
        nodes_featureids=[1, 0, 0, 2, 0, 0],
        nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF"] * 2,
        nodes_truenodeids=[1, 0, 0, 1, 0, 0],
        nodes_falsenodeids=[2, 0, 0, 2, 0, 0],
        target_treeids=[0, 0, 1, 1],
        target_nodeids=[1, 2, 1, 2],
        target_ids=[0, 1, 2, 3],
        nodes_values_as_tensor=numpy_helper.from_array(thresholds, "values"),
        target_weights_as_tensor=numpy_helper.from_array(np.array([0.3, 0.4, 0.5, 0.6]), "weights"),
    )
    model.graph.node[3].CopyFrom(trees)
    model.graph.node[-1].input[0] = "votes"
    model.graph.output[0].type.tensor_type.elem_type = FLOAT  # of trees it always is
    means = mean_of_features()
    assert np.abs(means[:, 1:3] - [0.75, 0.5]).min() > 1e-4
    votes = np.zeros((3, 4))
    for row, mean in zip(votes, means, strict=True):
        row[0 if mean[1] <= 0.75 else 1] = 0.3 if mean[1] <= 0.75 else 0.4
        row[2 if mean[2] <= 0.5 else 3] = 0.5 if mean[2] <= 0.5 else 0.6
    return softmax(votes)


@pytest.mark.parametrize("aligned", [False, True], ids=["inside", "aligned"])
@pytest.mark.parametrize(
    "change",
    [with_constants, with_a_sub_graph, with_functions, with_a_loop, with_sequences, with_trees],
)
def test_all_that_is_double_becomes_single(
    change: Callable[[onnx.ModelProto], NDArray[np.float64]], aligned: bool, tmp_path: Path
) -> None:
    model = convolutional()
    expected = change(model)
    onnx.checker.check_model(model)
    path = save(model, tmp_path)
    np.testing.assert_allclose(in_single(path, aligned=aligned), expected, atol=1e-5)


def test_constants_beside_the_network_are_converted(tmp_path: Path) -> None:
    model = convolutional()
    model.graph.node.insert(
        4, helper.make_node("Constant", [], ["third"], value=numpy_helper.from_array(np.full(4, 1 / 3)))
    )
    model.graph.node.insert(5, helper.make_node("Mul", ["logits", "third"], ["less"]))
    model.graph.node[-1].input[0] = "less"
    path = tmp_path / "net.onnx"
    onnx.save(model, path, save_as_external_data=True, location="w", size_threshold=0, convert_attribute=True)
    np.testing.assert_allclose(in_single(path), softmax(mean_of_features() @ DENSE / 3), atol=1e-5)


@pytest.mark.parametrize("cut", ["inside", "beside"])
def test_weights_that_are_cut_off_are_refused(cut: str, tmp_path: Path) -> None:
    model = convolutional()
    path = tmp_path / "net.onnx"
    if cut == "beside":
        save_split(model, path)
        weights = path.with_name("net.data")
        weights.write_bytes(weights.read_bytes()[:4792])
    else:
        model.graph.initializer[0].ClearField("raw_data")
        path.write_bytes(model.SerializeToString())
    for make in (
        lambda: classify_graph(path, single=True),
        lambda: write_aligned_weights(path, tmp_path / "w", single=True),
    ):
        with pytest.raises(ModelUnusable) as caught:
            make()
        assert caught.value.reason == Why.ONNX_WEIGHTS_CUT_OFF(name="filters")


def test_no_weights_outside_the_folder_are_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "net.onnx"
    save_split(convolutional(), path)
    model = onnx.load(path, load_external_data=False)
    path.with_name("net.data").rename(tmp_path / "net.data")
    for tensor in model.graph.initializer:
        tensor.external_data[0].value = "../net.data"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ModelUnusable) as caught:
        classify_graph(path, single=True)
    assert caught.value.reason == Why.IMPORT_OUTSIDE(name="../net.data")


@pytest.mark.parametrize(
    ("value", "is_refused"), [(1e39, True), (-1e300, True), (np.inf, False), (3e38, False)]
)
def test_weights_beyond_the_range_of_single_are_refused(
    value: float, is_refused: bool, tmp_path: Path
) -> None:
    model = convolutional()
    constant = helper.make_node("Constant", [], ["most"], value=numpy_helper.from_array(np.array(abs(value))))
    model.graph.node.insert(4, constant)
    model.graph.node.insert(5, helper.make_node("Min", ["logits", "most"], ["less"]))
    model.graph.node[-1].input[0] = "less"
    path = save(model, tmp_path)
    if not is_refused:
        np.testing.assert_allclose(in_single(path), SCORES, atol=1e-5)
        return
    with pytest.raises(ModelUnusable) as caught:
        classify_graph(path, single=True)
    assert caught.value.reason == Why.ONNX_BEYOND_SINGLE()
    model = convolutional()
    model.graph.initializer[0].CopyFrom(numpy_helper.from_array(FILTERS + value, "filters"))
    path = save(model, tmp_path)
    with pytest.raises(ModelUnusable) as caught:
        write_aligned_weights(path, tmp_path / "w", single=True)
    assert caught.value.reason == Why.ONNX_BEYOND_SINGLE()


def test_an_operation_on_the_bits_of_doubles_is_refused(tmp_path: Path) -> None:
    model = convolutional()
    model.graph.node.append(helper.make_node("BitCast", ["scores"], ["bits"], to=TensorProto.INT64))
    path = save(model, tmp_path)
    assert is_double(path)
    with pytest.raises(ModelUnusable) as caught:
        classify_graph(path, single=True)
    assert caught.value.reason == Why.ONNX_DOUBLE_ONLY(name="BitCast")
    np.testing.assert_allclose(in_single(path, output="scores"), SCORES, atol=1e-5)


def spare_weights(model: onnx.ModelProto) -> None:
    model.graph.initializer.append(numpy_helper.from_array(np.zeros(3), "spare"))


def spare_node(model: onnx.ModelProto) -> None:
    model.graph.node.append(helper.make_node("Cast", ["flat"], ["spare"], to=DOUBLE))


def spare_output(model: onnx.ModelProto) -> None:
    spare_node(model)
    model.graph.output.append(helper.make_tensor_value_info("spare", DOUBLE, None))


def cast_between(model: onnx.ModelProto) -> None:
    model.graph.node.append(helper.make_node("Cast", ["flat"], ["wide"], to=DOUBLE))
    model.graph.node.append(helper.make_node("Cast", ["wide"], ["narrow"], to=FLOAT))
    model.graph.output[0].name = "narrow"


def eleven_groups(model: onnx.ModelProto) -> None:
    """The number of the type double may mean anything elsewhere."""
    model.graph.node.append(helper.make_node("Concat", ["flat", "flat"], ["more"], axis=1))
    model.graph.node.append(helper.make_node("LRN", ["image"], ["even"], size=11))
    model.graph.node[0].input[0] = "even"
    model.graph.output[0].name = "more"


@pytest.mark.parametrize(
    ("change", "all", "flat"),
    [
        (spare_weights, False, False),
        (spare_node, False, False),
        (spare_output, True, False),
        (cast_between, True, False),
        (eleven_groups, False, False),
    ],
)
def test_what_computes_in_double_is_told(
    change: Callable[[onnx.ModelProto], None], all: bool, flat: bool, tmp_path: Path
) -> None:
    model = classifier()
    change(model)
    path = save(model, tmp_path)
    assert is_double(path) is all
    assert is_double(path, "flat") is flat


def test_a_network_in_single_is_not_changed(tmp_path: Path) -> None:
    path = save(classifier(), tmp_path)
    assert not is_double(path)
    assert classify_graph(path, single=True) == classify_graph(path)


def test_types_nested_without_end_are_refused(tmp_path: Path) -> None:
    model = classifier()
    value = helper.make_tensor_type_proto(DOUBLE, None)
    for _ in range(40):
        value = helper.make_sequence_type_proto(value)
    model.graph.output.append(helper.make_value_info("many", value))
    path = save(model, tmp_path)
    for make in (lambda: is_double(path), lambda: classify_graph(path, single=True)):
        with pytest.raises(ModelUnusable) as caught:
            make()
        assert caught.value.reason == Why.ONNX_NESTED()


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_refused_or_read(seed: int, tmp_path: Path) -> None:
    random = np.random.default_rng(seed)
    model = convolutional()
    (with_constants, with_a_sub_graph, with_functions)[seed % 3](model)
    data = bytearray(model.SerializeToString())
    for place in random.integers(0, len(data), 8):
        data[place] = random.integers(0, 256)
    path = tmp_path / "net.onnx"
    path.write_bytes(data)
    try:
        assert isinstance(is_double(path, "scores"), bool)
        graph = classify_graph(path, output="scores", single=True)
    except ModelUnusable:
        return
    assert graph
