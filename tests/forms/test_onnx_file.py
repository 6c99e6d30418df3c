"""What is read from an ONNX file: refused where it is damaged, and no file that it refers to stays unseen."""

import itertools
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from tests.support.classifiers import classifier
from vgg_desktop.errors import ModelUnusable, StorageError
from vgg_desktop.forms.onnx_file import open_mapped, read_source
from vgg_desktop.why import Why


def save(model: onnx.ModelProto, folder: Path) -> Path:
    path = folder / "net.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def external(location: str, *, kind: int = TensorProto.FLOAT) -> TensorProto:
    tensor = TensorProto(name="secret", data_type=kind, dims=[1], data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value=location)
    return tensor


def in_sparse_values(model: onnx.ModelProto) -> None:
    indices = helper.make_tensor("i", TensorProto.INT64, [1], [0])
    sparse = helper.make_sparse_tensor(external("outside.bin"), indices, [4])
    model.graph.node.append(helper.make_node("Constant", [], ["c"], sparse_value=sparse))


def in_sparse_indices(model: onnx.ModelProto) -> None:
    values = helper.make_tensor("v", TensorProto.FLOAT, [1], [0.0])
    sparse = helper.make_sparse_tensor(values, external("outside.bin", kind=TensorProto.INT64), [4])
    model.graph.node.append(helper.make_node("Constant", [], ["c"], sparse_value=sparse))


def in_a_function(model: onnx.ModelProto) -> None:
    node = helper.make_node("Constant", [], ["c"], value=external("outside.bin"))
    opset = [helper.make_opsetid("", 13)]
    model.functions.append(helper.make_function("own", "F", [], ["c"], [node], opset))


def in_a_sub_graph(model: onnx.ModelProto) -> None:
    value = helper.make_tensor_value_info("c", TensorProto.FLOAT, [1])
    node = helper.make_node("Constant", [], ["c"], value=external("outside.bin"))
    inner = helper.make_graph([node], "inner", [], [value])
    model.graph.node.append(helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner))


def in_sparse_weights_of_a_sub_graph(model: onnx.ModelProto) -> None:
    indices = helper.make_tensor("i", TensorProto.INT64, [1], [0])
    sparse = helper.make_sparse_tensor(external("outside.bin"), indices, [4])
    inner = helper.make_graph([], "inner", [], [], sparse_initializer=[sparse])
    model.graph.node.append(helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner))


def in_sparse_lists(model: onnx.ModelProto) -> None:
    indices = helper.make_tensor("i", TensorProto.INT64, [1], [0])
    attribute = onnx.AttributeProto(name="many", type=onnx.AttributeProto.SPARSE_TENSORS)
    attribute.sparse_tensors.append(helper.make_sparse_tensor(external("outside.bin"), indices, [4]))
    model.graph.node[0].attribute.append(attribute)


def in_training(model: onnx.ModelProto) -> None:
    graph = helper.make_graph([], "first", [], [], [external("outside.bin")])
    model.training_info.add().initialization.CopyFrom(graph)


def in_a_default_of_a_function(model: onnx.ModelProto) -> None:
    attribute = helper.make_attribute("value", external("outside.bin"))
    opset = [helper.make_opsetid("", 13)]
    model.functions.append(helper.make_function("own", "F", [], [], [], opset, attribute_protos=[attribute]))


def in_weights(model: onnx.ModelProto) -> None:
    model.graph.initializer.append(external("outside.bin"))


@pytest.mark.parametrize(
    "hide",
    [
        in_weights,
        in_sparse_values,
        in_sparse_indices,
        in_a_function,
        in_a_sub_graph,
        in_sparse_weights_of_a_sub_graph,
        in_sparse_lists,
        in_training,
        in_a_default_of_a_function,
    ],
)
def test_every_file_that_is_referred_to_is_found(hide: object, tmp_path: Path) -> None:
    model = classifier()
    assert callable(hide)
    hide(model)
    assert read_source(save(model, tmp_path)).external_files == {"outside.bin"}


def test_two_places_for_one_tensor_are_refused(tmp_path: Path) -> None:
    model = classifier()
    tensor = external("fine.bin")
    tensor.external_data.add(key="location", value="../other.bin")
    model.graph.initializer.append(tensor)
    with pytest.raises(ModelUnusable) as caught:
        read_source(save(model, tmp_path))
    assert caught.value.reason == Why.ONNX_DAMAGED()


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    data = classifier().SerializeToString()
    path = tmp_path / "net.onnx"
    path.write_bytes(data.replace(b"mix", b"m\xffx"))
    with pytest.raises(ModelUnusable) as caught:
        read_source(path)
    assert caught.value.reason == Why.ONNX_NO_TEXT()


@pytest.mark.parametrize("keep", [0, 1, 10, 100, 5_000, 100_000])
def test_cut_off_files_are_refused(keep: int, tiny_networks: Path, tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes((tiny_networks / "vgg19-bn-7.onnx").read_bytes()[:keep])
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


def test_a_field_whose_number_others_cut_off_is_refused(tmp_path: Path) -> None:
    """The readers of most libraries take 32 bits of a number, and would find weights here."""
    model = classifier()
    hidden = external("outside.bin").SerializeToString()
    # The number of field 5, the weights of a graph, with the 33rd bit set.
    hidden = b"\xaa\x80\x80\x80\x10" + bytes([len(hidden)]) + hidden
    graph = model.graph.SerializeToString() + hidden
    model.ClearField("graph")
    length = bytes([len(graph) & 0x7F | 0x80, len(graph) >> 7])
    path = tmp_path / "net.onnx"
    path.write_bytes(model.SerializeToString() + b"\x3a" + length + graph)
    with pytest.raises(ModelUnusable) as caught:
        read_source(path)
    assert caught.value.reason == Why.ONNX_DAMAGED()


def test_a_part_that_was_compiled_for_a_device_is_refused(tmp_path: Path) -> None:
    """Its attributes name files, in a way of each device's own."""
    model = classifier()
    node = helper.make_node("EPContext", ["x"], ["y"], domain="com.microsoft", ep_cache_context="/etc/passwd")
    value = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    inner = helper.make_graph([node], "inner", [], [value])
    model.graph.node.append(helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner))
    with pytest.raises(ModelUnusable) as caught:
        read_source(save(model, tmp_path))
    assert caught.value.reason == Why.ONNX_COMPILED()


def chained_functions(model: onnx.ModelProto, depth: int, calls: int) -> None:
    """Add functions that each call the one before `calls` times; the network calls the last."""
    opset = [helper.make_opsetid("", 13), helper.make_opsetid("own", 1)]
    for level in range(depth):
        name, domain = ("Neg", "") if level == 0 else (f"F{level - 1}", "own")
        names = ["x", *(f"v{number}" for number in range(calls - 1)), "y"]
        nodes = [
            helper.make_node(name, [before], [after], domain=domain)
            for before, after in itertools.pairwise(names)
        ]
        model.functions.append(helper.make_function("own", f"F{level}", ["x"], ["y"], nodes, opset))
    model.graph.node.append(helper.make_node(f"F{depth - 1}", ["flat"], ["last"], domain="own"))


@pytest.mark.parametrize(("depth", "calls"), [(28, 2), (4, 60), (3000, 2)])
def test_functions_that_double_are_refused_at_once(depth: int, calls: int, tmp_path: Path) -> None:
    model = classifier()
    chained_functions(model, depth, calls)
    with pytest.raises(ModelUnusable) as caught:
        read_source(save(model, tmp_path))
    assert caught.value.reason == Why.ONNX_FUNCTIONS()


def test_functions_that_call_themselves_are_refused(tmp_path: Path) -> None:
    model = classifier()
    chained_functions(model, 3, 1)
    model.functions[0].node[0].op_type, model.functions[0].node[0].domain = "F2", "own"
    with pytest.raises(ModelUnusable) as caught:
        read_source(save(model, tmp_path))
    assert caught.value.reason == Why.ONNX_FUNCTIONS()


@pytest.mark.parametrize(("depth", "calls"), [(1, 1), (5, 2), (500, 1)])
def test_functions_within_reason_are_read(depth: int, calls: int, tmp_path: Path) -> None:
    model = classifier()
    chained_functions(model, depth, calls)
    assert read_source(save(model, tmp_path)).external_files == set()


def test_metadata_is_read_and_the_last_value_of_a_key_counts(tmp_path: Path) -> None:
    model = classifier()
    for key, value in (("names", "{0: 'cat'}"), ("empty", ""), ("names", "{0: '猫'}")):
        model.metadata_props.add(key=key, value=value)
    assert read_source(save(model, tmp_path)).metadata == {"names": "{0: '猫'}", "empty": ""}


def test_metadata_that_is_no_text_is_replaced(tmp_path: Path) -> None:
    model = classifier()
    model.metadata_props.add(key="author", value="QQQQ")
    path = tmp_path / "net.onnx"
    path.write_bytes(model.SerializeToString().replace(b"QQQQ", b"J\xf6rg"))
    assert read_source(path).metadata == {"author": "J\ufffdrg"}


def test_metadata_without_end_is_passed_over(tmp_path: Path) -> None:
    model = classifier()
    for key, size in (("first", 400_000), ("huge", 700_000), ("small", 3), ("large", 600_000)):
        model.metadata_props.add(key=key, value="x" * size)
    found = read_source(save(model, tmp_path)).metadata
    assert {key: len(value) for key, value in found.items()} == {"first": 400_000, "small": 3}


def test_a_bug_is_no_fault_of_the_file(tmp_path: Path) -> None:
    path = save(classifier(), tmp_path)
    with pytest.raises(ValueError, match="reshape"), open_mapped(path):
        np.zeros(3).reshape(2, 2)
    with pytest.raises(OSError, match="full"), open_mapped(path):
        raise OSError("full")
    with pytest.raises(StorageError), open_mapped(tmp_path / "missing.onnx"):
        pass
