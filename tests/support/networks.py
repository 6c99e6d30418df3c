"""Networks with the exact structure of the ONNX Model Zoo's VGG files, at any width, with seeded weights.

The structure is that of MXNet 1.3's exporter: names, opset 7, IR version 3, batch fixed at 1, `spatial=0` on
batch normalisation, every initializer listed as an input. At full width the serialized size equals the
published files' to the byte, which is the proof that nothing is missing.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

# Output channels of the convolutions of each of the five stages (Simonyan & Zisserman 2014, table 1, D and E).
STAGES = {16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
CHANNELS = (64, 128, 256, 512, 512)

FULL_SIZES = {
    "vgg16": 553_437_328,
    "vgg16-bn": 553_512_191,
    "vgg19": 574_677_321,
    "vgg19-bn": 574_774_380,
}
FILENAMES = {
    "vgg16": "vgg16-7.onnx",
    "vgg16-bn": "vgg16-bn-7.onnx",
    "vgg19": "vgg19-7.onnx",
    "vgg19-bn": "vgg19-bn-7.onnx",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The width of a network: channels per stage, units of the hidden dense layers, classes."""

    channels: tuple[int, ...] = CHANNELS
    hidden: int = 4096
    classes: int = 1000


FULL = Shape()
TINY = Shape(channels=(4, 6, 8, 8, 8), hidden=32)


class _Builder:
    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.inputs: list[onnx.ValueInfoProto] = []
        self._flatten_number = 0
        self._step = 0

    def weight(self, name: str, values: NDArray[np.float32]) -> str:
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=values.shape)
        tensor.raw_data = values.astype("<f4").tobytes()
        self.initializers.append(tensor)
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, values.shape))
        return name

    def normal(self, *shape: int, spread: float, centre: float = 0.0) -> NDArray[np.float32]:
        values = self._random.standard_normal(shape, dtype=np.float32)
        values *= np.float32(spread)
        values += np.float32(centre)
        return values

    def uniform(self, size: int, low: float, high: float) -> NDArray[np.float32]:
        return self._random.uniform(low, high, size).astype(np.float32)

    def node(self, op_type: str, inputs: list[str], output: str, **attributes: Any) -> str:  # noqa: ANN401 - whatever ONNX allows
        self.nodes.append(helper.make_node(op_type, inputs, [output], name=output, **attributes))
        return output


def zoo_vgg(id: str, shape: Shape = TINY, *, seed: int = 0) -> onnx.ModelProto:
    """Build the network `vgg16`, `vgg16-bn`, `vgg19` or `vgg19-bn` with seeded weights of sensible size."""
    depth = 16 if "16" in id else 19
    normalised = id.endswith("-bn")
    build = _Builder(seed)
    build.inputs.append(helper.make_tensor_value_info("data", TensorProto.FLOAT, (1, 3, 224, 224)))
    value, channels_in, conv = "data", 3, 0
    for stage, (repeats, channels) in enumerate(zip(STAGES[depth], shape.channels, strict=True)):
        for _ in range(repeats):
            name = f"vgg0_conv{conv}"
            spread = (2 / (9 * channels_in)) ** 0.5  # He et al. 2015: keeps activations of one size
            weight = build.weight(f"{name}_weight", build.normal(channels, channels_in, 3, 3, spread=spread))
            bias = build.weight(f"{name}_bias", build.normal(channels, spread=0.1))
            value = build.node(
                "Conv", [value, weight, bias], f"{name}_fwd",
                dilations=[1, 1], group=1, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[1, 1],
            )  # fmt: skip
            if normalised:
                name = f"vgg0_batchnorm{conv}"
                parts = [
                    build.weight(f"{name}_gamma", build.uniform(channels, 0.5, 1.5)),
                    build.weight(f"{name}_beta", build.normal(channels, spread=0.2)),
                    build.weight(f"{name}_running_mean", build.normal(channels, spread=0.2)),
                    build.weight(f"{name}_running_var", build.uniform(channels, 0.5, 2.0)),
                ]
                value = build.node(
                    "BatchNormalization",
                    [value, *parts],
                    f"{name}_fwd",
                    epsilon=1e-5,
                    momentum=0.9,
                    spatial=0,
                )
            value = build.node("Relu", [value], f"vgg0_relu{conv}_fwd")
            channels_in, conv = channels, conv + 1
        value = build.node(
            "MaxPool",
            [value],
            f"vgg0_pool{stage}_fwd",
            kernel_shape=[2, 2],
            pads=[0, 0, 0, 0],
            strides=[2, 2],
        )
    flatten = {"vgg16": 60, "vgg16-bn": 125, "vgg19": 72, "vgg19-bn": 152}[id]
    size_in = channels_in * 7 * 7
    for dense, units in enumerate((shape.hidden, shape.hidden, shape.classes)):
        name = f"vgg0_dense{dense}"
        value = build.node("Flatten", [value], f"flatten_{flatten}")
        weight = build.weight(f"{name}_weight", build.normal(units, size_in, spread=(2 / size_in) ** 0.5))
        bias = build.weight(f"{name}_bias", build.normal(units, spread=0.1))
        value = build.node(
            "Gemm", [value, weight, bias], f"{name}_fwd", alpha=1.0, beta=1.0, transA=0, transB=1
        )
        if dense < 2:
            value = build.node("Relu", [value], f"{name}_relu_fwd")
            value = build.node("Dropout", [value], f"vgg0_dropout{dense}_fwd", ratio=0.5)
        size_in, flatten = units, flatten + 5
    output = helper.make_tensor_value_info(value, TensorProto.FLOAT, (1, shape.classes))
    graph = helper.make_graph(
        build.nodes, "mxnet_converted_model", build.inputs, [output], initializer=build.initializers
    )
    # `make_opsetid("", 7)` would write the empty domain as two bytes that the published files lack.
    opset = onnx.OperatorSetIdProto(version=7)
    return helper.make_model(graph, ir_version=3, opset_imports=[opset])
