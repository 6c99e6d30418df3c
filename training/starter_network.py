"""The starter network: its layers in PyTorch, and its ONNX file in the manner of the zoo's VGG files."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
STAGES = ((32, 64), (96, 192), (256, 384), (384,))
HIDDEN = 512
# Mean and standard deviation of CIFAR-10's training pictures, per channel, for values from 0 to 1.
MEAN = (0.4914, 0.4822, 0.4465)
STD = (0.2470, 0.2435, 0.2616)


class StarterNetwork(nn.Module):
    """Seven 3 x 3 convolutions with batch normalisation in four stages, then two dense layers.

    Takes (N, 3, 32, 32) normalised RGB, gives (N, 10) logits (Simonyan & Zisserman 2014, made small; batch
    normalisation after Ioffe & Szegedy 2015).
    """

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        channels_in = 3
        for stage in STAGES:
            for channels in stage:
                layers += [
                    nn.Conv2d(channels_in, channels, 3, padding=1),
                    nn.BatchNorm2d(channels),
                    nn.ReLU(inplace=True),
                ]
                channels_in = channels
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers)
        self.head = nn.Sequential(
            nn.Flatten(),
            nn.Linear(channels_in * 2 * 2, HIDDEN),
            nn.ReLU(inplace=True),
            nn.Dropout(0.2),
            nn.Linear(HIDDEN, len(CLASSES)),
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return the logits (N, 10) of images (N, 3, 32, 32)."""
        logits: torch.Tensor = self.head(self.features(images))
        return logits


class _Writer:
    """Collects nodes and initializers; large weights are stored as float16 and cast when loaded."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def node(self, op_type: str, inputs: list[str], output: str, **attributes: Any) -> str:  # noqa: ANN401 - as ONNX
        self.nodes.append(helper.make_node(op_type, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name: str, values: torch.Tensor, *, half: bool = False) -> str:
        array = values.detach().numpy().astype(np.float16 if half else np.float32)
        kind = TensorProto.FLOAT16 if half else TensorProto.FLOAT
        stored = f"{name}_half" if half else name
        self.initializers.append(helper.make_tensor(stored, kind, array.shape, array.tobytes(), raw=True))
        return self.node("Cast", [stored], name, to=TensorProto.FLOAT) if half else name


def export(network: StarterNetwork, path: Path, properties: dict[str, str]) -> None:
    """Write the network as ONNX: opset 13, symbolic batch N, input `data`, output `vgg0_dense1_fwd`."""
    write = _Writer()
    value = "data"
    conv = pool = dense = 0
    for layer in [*network.features, *network.head]:
        match layer:
            case nn.Conv2d():
                name = f"vgg0_conv{conv}"
                weight = write.constant(f"{name}_weight", layer.weight, half=True)
                assert layer.bias is not None
                bias = write.constant(f"{name}_bias", layer.bias)
                value = write.node(
                    "Conv", [value, weight, bias], f"{name}_fwd",
                    dilations=[1, 1], group=1, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[1, 1],
                )  # fmt: skip
            case nn.BatchNorm2d():
                name = f"vgg0_batchnorm{conv}"
                assert layer.running_mean is not None
                assert layer.running_var is not None
                parts = [
                    write.constant(f"{name}_gamma", layer.weight),
                    write.constant(f"{name}_beta", layer.bias),
                    write.constant(f"{name}_running_mean", layer.running_mean),
                    write.constant(f"{name}_running_var", layer.running_var),
                ]
                value = write.node("BatchNormalization", [value, *parts], f"{name}_fwd", epsilon=layer.eps)
            case nn.ReLU():
                name = f"vgg0_dense{dense - 1}_relu" if dense else f"vgg0_relu{conv}"
                value = write.node("Relu", [value], f"{name}_fwd")
                conv += 0 if dense else 1
            case nn.MaxPool2d():
                value = write.node(
                    "MaxPool", [value], f"vgg0_pool{pool}_fwd", kernel_shape=[2, 2], strides=[2, 2]
                )
                pool += 1
            case nn.Linear():
                name = f"vgg0_dense{dense}"
                value = write.node("Flatten", [value], f"{name}_flatten")
                weight = write.constant(f"{name}_weight", layer.weight, half=True)
                bias = write.constant(f"{name}_bias", layer.bias)
                value = write.node("Gemm", [value, weight, bias], f"{name}_fwd", transB=1)
                dense += 1
    data = helper.make_tensor_value_info("data", TensorProto.FLOAT, ["N", 3, 32, 32])
    scores = helper.make_tensor_value_info(value, TensorProto.FLOAT, ["N", len(CLASSES)])
    graph = helper.make_graph(write.nodes, "starter", [data], [scores], initializer=write.initializers)
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)])
    helper.set_model_props(model, properties)
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())
