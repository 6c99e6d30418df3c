"""Imports networks that were changed at random, and shows that the program survives each of them.

    python -m benchmarks.attack_networks [--count N] [--first SEED] [--jobs N] [--seconds S]

Each change is determined by its number. Programs that run the command line's functions import one network after the
other, classify a picture with those that are accepted, and remove them; another program watches them. It is a failure
if one of them dies, does not answer in time or has a bug (exit 70), if anything is left of a network that was refused,
or if a network that was there before has changed; then the exit code is 1.
"""

import argparse
import contextlib
import hashlib
import io
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper
from PIL import Image

from benchmarks.attack import BYTES, begin, end, show, tell_peaks, watch
from tests.support import networks
from tests.support.classifiers import classifier, files_below, write_details
from vgg_desktop.why import Why

SIDE, CLASSES = 32, 4
EXTREMES = (0, -1, 1, 2, -2, 3, 255, 65536, 2**31 - 1, -(2**31), 2**32, 2**62, 2**63 - 1, -(2**63))
PLACES = (
    "/etc/passwd",
    "../../secret",
    "*/_ORT_MEM_ADDR_/*",
    "",
    "\0",
    "net.onnx",
    "C:\\x",
    "/dev/zero",
    ".",
)
OPERATORS = (
    "Abs", "Add", "And", "ArgMax", "AveragePool", "BatchNormalization", "Cast", "Clip", "Compress", "Concat",
    "Constant", "ConstantOfShape", "Conv", "ConvInteger", "ConvTranspose", "CumSum", "DepthToSpace", "DequantizeLinear",
    "Div",
    "Dropout", "Einsum", "Erf", "Expand", "EyeLike", "Flatten", "GRU", "Gather", "GatherND", "Gemm", "GridSample", "If",
    "Identity", "InstanceNormalization", "LRN", "LSTM", "Loop", "MatMul", "MaxPool", "MaxUnpool", "Mod", "NonZero",
    "OneHot", "Pad", "Pow", "QuantizeLinear", "RNN", "RandomNormal", "Range", "ReduceMean", "Reshape", "Resize",
    "RoiAlign", "Scan", "ScatterND", "Shape", "Slice", "Softmax", "SpaceToDepth", "Split", "SplitToSequence", "Squeeze",
    "StringNormalizer", "TfIdfVectorizer", "Tile", "TopK", "Transpose", "Unique", "Unsqueeze", "Upsample", "Where",
)  # fmt: skip
OUTCOMES = ("imported", "refused", "crash survived", "time limit", "memory limit")
_MARKS = {
    "crash survived": Why.NETWORK_CRASH,
    "time limit": Why.NETWORK_TIME,
    "memory limit": Why.NETWORK_MEMORY,
}


def many_operators() -> onnx.ModelProto:
    """Make a classifier with shapes, numbers of steps and divisors among its weights."""

    def numbers(name: str, *values: int) -> onnx.TensorProto:
        return helper.make_tensor(name, TensorProto.INT64, [len(values)], values)

    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["next"]),
            helper.make_node("Add", ["before", "before"], ["after"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("step", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("before", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("next", TensorProto.BOOL, []),
            helper.make_tensor_value_info("after", TensorProto.FLOAT, None),
        ],
    )
    random_state = np.random.default_rng(1)
    kernel = random_state.standard_normal((CLASSES, 3, 3, 3)).astype(np.float32)
    nodes = [
        helper.make_node("Pad", ["image", "pads"], ["padded"]),
        helper.make_node("Slice", ["padded", "starts", "ends", "axes", "steps"], ["part"]),
        helper.make_node(
            "Conv", ["part", "kernel"], ["map"], strides=[2, 2], pads=[1, 1, 1, 1], dilations=[1, 1]
        ),
        helper.make_node("MaxPool", ["map"], ["pooled"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Resize", ["pooled", "", "", "sizes"], ["large"], mode="nearest"),
        helper.make_node("GlobalAveragePool", ["large"], ["mean"]),
        helper.make_node("Reshape", ["mean", "shape"], ["rows"]),
        helper.make_node("Div", ["dividend", "divisor"], ["quotient"]),
        helper.make_node("Cast", ["quotient"], ["factor"], to=TensorProto.FLOAT),
        helper.make_node("ConstantOfShape", ["count"], ["zeros"]),
        helper.make_node("ReduceSum", ["zeros"], ["zero"], keepdims=0),
        helper.make_node("Loop", ["trips", "true", "rows"], ["looped"], body=body),
        helper.make_node("Mul", ["looped", "factor"], ["scaled"]),
        helper.make_node("Add", ["scaled", "zero"], ["scores"]),
    ]
    weights = [
        numbers("pads", 0, 0, 1, 1, 0, 0, 1, 1), numbers("starts", 0, 0), numbers("ends", 30, 30),
        numbers("axes", 2, 3), numbers("steps", 1, 1), numbers("shape", -1, CLASSES), numbers("dividend", 9),
        numbers("divisor", 3), numbers("count", 8), numbers("sizes", 1, CLASSES, 9, 9),
        helper.make_tensor("trips", TensorProto.INT64, [], [3]),
        helper.make_tensor("true", TensorProto.BOOL, [], [True]),
        helper.make_tensor("kernel", TensorProto.FLOAT, kernel.shape, kernel.tobytes(), raw=True),
    ]  # fmt: skip
    return helper.make_model(
        helper.make_graph(
            nodes,
            "g",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, SIDE, SIDE])],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, CLASSES])],
            weights,
        ),
        ir_version=8,
        opset_imports=[helper.make_opsetid("", 17)],
    )


BASES: tuple[Callable[[], onnx.ModelProto], ...] = (
    many_operators,
    many_operators,
    lambda: classifier(classes=CLASSES),
    lambda: classifier(1, kind=TensorProto.FLOAT16, softmax=True),
    lambda: networks.zoo_vgg("vgg16-bn"),
)


def mutate(number: int) -> bytes:
    """Return one of the networks, changed in one to four places; always the same for a number."""
    chance = random.Random(number)
    model = BASES[number % len(BASES)]()
    changes = chance.choice((1, 1, 1, 2, 4))
    if chance.random() < 0.7:
        for _ in range(changes):
            with contextlib.suppress(IndexError):  # an earlier change removed what this one is about
                chance.choice(STRUCTURE)(model, chance)
        return bytes(model.SerializeToString())
    data = bytearray(model.SerializeToString())
    # Half of the bytes that are changed lie at the ends, where the structure is and not the weights.
    for _ in range(changes):
        place = (
            chance.randrange(len(data)) if chance.random() < 0.5 else chance.randrange(-600, 600) % len(data)
        )
        chance.choice(BYTES)(data, place, chance)
    return bytes(data)


def _change_attribute(model: onnx.ModelProto, chance: random.Random) -> None:
    found = [each for node in model.graph.node for each in node.attribute]
    if not found:
        return
    attribute = chance.choice(found)
    if attribute.ints:
        attribute.ints[chance.randrange(len(attribute.ints))] = chance.choice(EXTREMES)
        if chance.random() < 0.3:
            attribute.ints.append(chance.choice(EXTREMES))
    else:
        attribute.i, attribute.f = (
            chance.choice(EXTREMES),
            chance.choice((0.0, float("nan"), float("inf"), -1e30)),
        )


def _change_weights(model: onnx.ModelProto, chance: random.Random) -> None:
    numbers = [each for each in model.graph.initializer if each.int64_data]
    tensor = chance.choice(numbers if numbers and chance.random() < 0.7 else list(model.graph.initializer))
    if tensor.int64_data:
        tensor.int64_data[chance.randrange(len(tensor.int64_data))] = chance.choice(EXTREMES)
    elif tensor.dims and chance.random() < 0.5:
        tensor.dims[chance.randrange(len(tensor.dims))] = chance.choice(EXTREMES)
    else:
        tensor.data_type = chance.randrange(30)


def _change_operator(model: onnx.ModelProto, chance: random.Random) -> None:
    chance.choice(model.graph.node).op_type = chance.choice(OPERATORS)


def _change_wire(model: onnx.ModelProto, chance: random.Random) -> None:
    node = chance.choice([each for each in model.graph.node if each.input])
    names = [name for each in model.graph.node for name in (*each.input, *each.output)]
    node.input[chance.randrange(len(node.input))] = chance.choice(names)


def _add_node(model: onnx.ModelProto, chance: random.Random) -> None:
    place = chance.randrange(len(model.graph.node))
    node = model.graph.node[place]
    weights = [each.name for each in model.graph.initializer]
    inputs = [node.output[0], *(chance.choice(weights) for _ in range(chance.randrange(3)))]
    added = helper.make_node(chance.choice(OPERATORS), inputs, [f"{node.output[0]}_changed"])
    for name in ("axis", "keepdims", "to", "group", "hidden_size"):
        if chance.random() < 0.2:
            added.attribute.append(helper.make_attribute(name, chance.choice(EXTREMES)))
    for later in model.graph.node[place + 1 :]:
        for position, name in enumerate(later.input):
            if name == node.output[0]:
                later.input[position] = added.output[0]
    model.graph.node.insert(place + 1, added)


def _change_shape(model: onnx.ModelProto, chance: random.Random) -> None:
    value = chance.choice([*model.graph.input, *model.graph.output])
    dims = value.type.tensor_type.shape.dim
    if dims:
        chance.choice(dims).dim_value = chance.choice(EXTREMES)


def _move_weights(model: onnx.ModelProto, chance: random.Random) -> None:
    tensor = chance.choice(model.graph.initializer)
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value=chance.choice(PLACES))
    tensor.external_data.add(key="offset", value=str(chance.choice(EXTREMES)))


def _remove(model: onnx.ModelProto, chance: random.Random) -> None:
    parts = chance.choice((model.graph.node, model.graph.initializer, model.graph.input, model.graph.output))
    if parts:
        del parts[chance.randrange(len(parts))]


def _change_version(model: onnx.ModelProto, chance: random.Random) -> None:
    if chance.random() < 0.5:
        model.ir_version = chance.choice(EXTREMES)
    else:
        model.opset_import[0].version = chance.choice((1, 7, 11, 13, 18, 21, 25, 99, *EXTREMES))


# What lets a network load is taken more often than what is refused at once.
STRUCTURE = (
    *[_change_attribute] * 4, *[_change_weights] * 6, *[_add_node] * 2, _change_operator, _change_wire, _change_shape,
    _move_weights, _remove, _change_version,
)  # fmt: skip


def work(first: int, count: int, step: int, seconds: float) -> None:
    """Import the networks `first`, `first + step` and so on, and tell before and after each."""
    from vgg_desktop.cli import main
    from vgg_desktop.inference import isolation

    isolation.SECONDS = seconds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "home"
        os.environ["VGG_DESKTOP_HOME"] = str(home)
        picture = folder / "grey.png"
        Image.new("RGB", (40, 40), (90, 120, 60)).save(picture)
        details = [f"--{key}={value}" for key, value in write_details(folder).items()]

        def call(*arguments: str) -> tuple[int, str]:
            with contextlib.redirect_stderr(io.StringIO()) as told, contextlib.redirect_stdout(io.StringIO()):
                return main(list(arguments)), told.getvalue()

        onnx.save(classifier(classes=CLASSES), folder / "kept.onnx")
        code, told = call("import", str(folder / "kept.onnx"), *details)
        assert code == 0, told
        kept = _digests(home)
        for number in range(first, first + count, step):
            begin(number)
            path = folder / "net.onnx"
            path.write_bytes(mutate(number))
            options = [] if number % len(BASES) == len(BASES) - 1 else details  # that one has 1000 classes
            started = time.monotonic()
            code, told = call("import", str(path), "--id", "changed", *options)
            took = time.monotonic() - started
            outcome = "imported" if code == 0 else "refused"
            for mark, why in _MARKS.items():
                if why.value.partition("{")[0] in told:
                    outcome = mark
            wrong = "" if code in (0, 3) else f"exit {code}: {told.strip()[-600:]}"
            if code == 0:
                classified, said = call("classify", "--model", "changed", str(picture))
                if classified not in (0, 1, 3):
                    wrong = f"classify: exit {classified}: {said.strip()[-600:]}"
                call("remove", "changed")
            if _digests(home) != kept:
                wrong = wrong or f"left behind: {sorted(set(_digests(home)) ^ set(kept))}"
            end(outcome, took, wrong)
    children, own = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
    )
    tell_peaks(own * 1024, children * 1024)


def _digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files_below(folder)}


def main() -> int:
    """Measure and print, and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--work", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.first, options.count, options.work, options.seconds)
        return 0
    found = watch(
        "benchmarks.attack_networks",
        options.first,
        options.count,
        OUTCOMES,
        jobs=options.jobs,
        patience=20 * options.seconds + 60,
        options=[f"--seconds={options.seconds}"],
    )
    return show("networks", options.count, found, is_noise_wrong=False)


if __name__ == "__main__":
    sys.exit(main())
