"""Make `everyday.onnx` from the published weights of EfficientNet-Lite0, and record how the two agree.

    python -m training.everyday efficientnet-lite0-57934424.pth PHOTOGRAPHS... --output resources/models/everyday.onnx

The network: Tan and Le, EfficientNet (2019); its Lite variants (Google, 2020) have no squeeze and excitation, ReLU6
instead of Swish, and a stem and a head that are not scaled.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper
from PIL import Image, ImageOps
from torch import nn

# onnxruntime reports to its maker from the moment it is imported, unless this is set before.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
# Expansion, channels, blocks, stride of the first, side of the depthwise convolution.
STAGES = (
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 40, 2, 2, 5),
    (6, 80, 3, 2, 3),
    (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5),
    (6, 320, 1, 1, 3),
)
STEM, HEAD, CLASSES, SIDE, RESIZE = 32, 1280, 1000, 224, 256
EPSILON = 1e-3  # of TensorFlow's batch normalisation
NOISE = 64  # pictures of noise beside the photographs
LOADS = 9  # of which the median is recorded
MOST_BYTES = 10_000_000

Array = NDArray[np.float32]


def same_padding(kernel: int, stride: int) -> tuple[int, int]:
    """Return what TensorFlow's `SAME` adds before and after an even side: the odd one comes after."""
    total = kernel - stride
    return total // 2, total - total // 2


class Unit(nn.Module):
    """A convolution without bias, batch normalisation, and ReLU6 unless it projects."""

    def __init__(
        self,
        inside: int,
        outside: int,
        kernel: int = 1,
        stride: int = 1,
        *,
        groups: int = 1,
        act: bool = True,
    ) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(inside, outside, kernel, stride, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outside, eps=EPSILON)
        self.pads, self.act = same_padding(kernel, stride), act

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return (N, outside, side / stride, side / stride)."""
        before, after = self.pads
        padded = nn.functional.pad(images, (before, after, before, after))
        result: torch.Tensor = self.norm(self.convolution(padded))
        return nn.functional.relu6(result) if self.act else result

    def folded(self) -> tuple[Array, Array]:
        """Return weights and bias of the convolution that does the same as both, computed in 64 bits."""
        norm = self.norm
        assert norm.running_mean is not None
        assert norm.running_var is not None
        factor = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
        weights = self.convolution.weight.double() * factor[:, None, None, None]
        bias = norm.bias.double() - norm.running_mean.double() * factor
        return weights.detach().float().numpy(), bias.detach().float().numpy()


class Block(nn.Module):
    """Expand, convolve each channel by itself, project; what came in is added where it has the same shape."""

    def __init__(self, inside: int, outside: int, expansion: int, kernel: int, stride: int) -> None:
        super().__init__()
        wide = inside * expansion
        units = [Unit(inside, wide)] if expansion > 1 else []
        units += [Unit(wide, wide, kernel, stride, groups=wide), Unit(wide, outside, act=False)]
        self.units = nn.Sequential(*units)
        self.adds = stride == 1 and inside == outside

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return (N, outside, side / stride, side / stride)."""
        result: torch.Tensor = self.units(images)
        return result + images if self.adds else result


class EfficientNetLite0(nn.Module):
    """Takes (N, 3, 224, 224), pixels of 0 to 255 less 127 and divided by 128; returns (N, 1000) logits."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = Unit(3, STEM, 3, 2)
        blocks, inside = [], STEM
        for expansion, outside, count, stride, kernel in STAGES:
            for number in range(count):
                blocks.append(Block(inside, outside, expansion, kernel, stride if number == 0 else 1))
                inside = outside
        self.blocks = nn.Sequential(*blocks)
        self.head = Unit(inside, HEAD)
        self.dense = nn.Linear(HEAD, CLASSES)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return logits (N, 1000)."""
        features = self.head(self.blocks(self.stem(images))).mean((2, 3))
        logits: torch.Tensor = self.dense(features)
        return logits

    def units(self) -> list[Unit]:
        """Return every convolution in order."""
        return [each for each in self.modules() if isinstance(each, Unit)]


def published_names() -> list[tuple[str, str]]:
    """Return the names, in the published file, of each convolution and its batch normalisation, in order."""
    names = [("_conv_stem", "_bn0")]
    block = 0
    for expansion, _, count, _, _ in STAGES:
        for _ in range(count):
            parts = [("_depthwise_conv", "_bn1"), ("_project_conv", "_bn2")]
            parts = [("_expand_conv", "_bn0"), *parts] if expansion > 1 else parts
            names += [(f"_blocks.{block}.{conv}", f"_blocks.{block}.{norm}") for conv, norm in parts]
            block += 1
    return [*names, ("_conv_head", "_bn1")]


def read_published(path: Path) -> EfficientNetLite0:
    """Return the network with the published weights. Raises `ValueError` where it is another file."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise ValueError(f"{path} has the SHA-256 {digest}, not {WEIGHTS_SHA256}")
    values = torch.load(path, map_location="cpu", weights_only=True)
    network = EfficientNetLite0()
    for unit, (convolution, norm) in zip(network.units(), published_names(), strict=True):
        unit.convolution.load_state_dict({"weight": values.pop(f"{convolution}.weight")})
        unit.norm.load_state_dict({key: values.pop(f"{norm}.{key}") for key in unit.norm.state_dict()})
    network.dense.load_state_dict({key: values.pop(f"_fc.{key}") for key in ("weight", "bias")})
    if values:
        raise ValueError(f"{path} has weights of something else: {', '.join(values)}")
    return network.eval()


class Writer:
    """Collects nodes and constants; weights are stored as float16 and cast, which onnxruntime does once, at load."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        for name, value in (("zero", 0.0), ("six", 6.0)):
            self.constants.append(helper.make_tensor(name, TensorProto.FLOAT, [], [value]))

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:  # noqa: ANN401 - as ONNX
        """Append a node and return the name of its output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def weights(self, name: str, values: Array, bias: Array) -> list[str]:
        """Append weights and bias and return their names."""
        half = values.astype(np.float16)
        stored, added = f"{name}_weight_half", f"{name}_bias"
        self.constants += [
            helper.make_tensor(stored, TensorProto.FLOAT16, half.shape, half.tobytes(), raw=True),
            helper.make_tensor(added, TensorProto.FLOAT, bias.shape, bias.tobytes(), raw=True),
        ]
        return [self.node("Cast", [stored], f"{name}_weight", to=TensorProto.FLOAT), added]

    def unit(self, unit: Unit, value: str, name: str) -> str:
        """Append a convolution with its batch normalisation folded in."""
        convolution, (before, after) = unit.convolution, unit.pads
        value = self.node(
            "Conv", [value, *self.weights(name, *unit.folded())], name,
            dilations=[1, 1], group=convolution.groups, kernel_shape=list(convolution.kernel_size),
            pads=[before, before, after, after], strides=list(convolution.stride),
        )  # fmt: skip
        return self.node("Clip", [value, "zero", "six"], f"{name}_relu6") if unit.act else value


def export(network: EfficientNetLite0, path: Path) -> None:
    """Write the network as ONNX: opset 13, any batch N, input `images`, output `logits`."""
    write = Writer()
    value = write.unit(network.stem, "images", "stem")
    for number, block in enumerate(network.blocks):
        assert isinstance(block, Block)
        before = value
        for step, unit in enumerate(block.units):
            assert isinstance(unit, Unit)
            value = write.unit(unit, value, f"block{number}_conv{step}")
        value = write.node("Add", [value, before], f"block{number}_sum") if block.adds else value
    value = write.unit(network.head, value, "head")
    value = write.node("GlobalAveragePool", [value], "pool")
    value = write.node("Flatten", [value], "features")
    dense = network.dense
    constants = write.weights("dense", dense.weight.detach().numpy(), dense.bias.detach().numpy())
    value = write.node("Gemm", [value, *constants], "logits", transB=1)
    images = helper.make_tensor_value_info("images", TensorProto.FLOAT, ["N", 3, SIDE, SIDE])
    logits = helper.make_tensor_value_info(value, TensorProto.FLOAT, ["N", CLASSES])
    graph = helper.make_graph(
        write.nodes, "efficientnet_lite0", [images], [logits], initializer=write.constants
    )
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)])
    properties = {
        "source": f"efficientnet-lite0-57934424.pth, SHA-256 {WEIGHTS_SHA256}",
        "license": "Apache-2.0",
    }
    helper.set_model_props(model, properties)
    onnx.checker.check_model(model, full_check=True)
    data = model.SerializeToString()
    if len(data) > MOST_BYTES:
        raise ValueError(f"it has {len(data)} bytes, more than {MOST_BYTES}")
    path.write_bytes(data)


def prepare(path: Path) -> Array:
    """Return a photograph as the network takes it: shorter side to 256 (bicubic), 224 x 224 in the centre."""
    with Image.open(path) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    scale = RESIZE / min(picture.size)
    width, height = (round(side * scale) for side in picture.size)
    picture = picture.resize((width, height), Image.Resampling.BICUBIC)
    left, top = (width - SIDE) // 2, (height - SIDE) // 2
    pixels = np.asarray(picture.crop((left, top, left + SIDE, top + SIDE)), np.float32)
    return np.ascontiguousarray(((pixels - 127) / 128).transpose(2, 0, 1))


def softmax(logits: Array) -> NDArray[np.float64]:
    """Return the probabilities of logits (N, 1000)."""
    powers = np.exp(logits.astype(np.float64) - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def agreement(network: EfficientNetLite0, path: Path, photographs: list[Path]) -> dict[str, object]:
    """Compare the exported file with the published weights in PyTorch, on photographs and on noise."""
    times = []
    for _ in range(LOADS):
        began = time.perf_counter()
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        times.append(time.perf_counter() - began)
    random = np.random.default_rng(0)
    noise = random.uniform(-1, 1, (NOISE, 3, SIDE, SIDE)).astype(np.float32)
    report: dict[str, object] = {
        "published": {"sha256": WEIGHTS_SHA256},
        "exported": {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size},
        "versions": {
            "torch": torch.__version__, "onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__,
        },
        "load_milliseconds": round(statistics.median(times) * 1000, 1),
    }  # fmt: skip
    for name, images in (("photographs", [prepare(each) for each in photographs]), ("noise", list(noise))):
        same, largest, top5 = 0, 0.0, 0
        for image in images:
            with torch.inference_mode():
                expected = softmax(network(torch.from_numpy(image[None])).numpy())[0]
            actual = softmax(session.run(None, {"images": image[None]})[0])[0]
            same += int(expected.argmax() == actual.argmax())
            top5 += int(set(np.argsort(-expected)[:5]) == set(np.argsort(-actual)[:5]))
            largest = max(largest, float(np.abs(expected - actual).max()))
        report[name] = {
            "pictures": len(images),
            "same_first_class": same,
            "same_first_five": top5,
            "largest_difference_of_probability": round(largest, 6),
        }
    return report


def main() -> None:
    """Export, compare, and write what came out beside the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path, help="efficientnet-lite0-57934424.pth")
    parser.add_argument("photographs", type=Path, nargs="+", help="files or folders")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    files = [
        file
        for each in options.photographs
        for file in (sorted(each.rglob("*.jpg")) if each.is_dir() else [each])
    ]
    network = read_published(options.weights)
    export(network, options.output)
    report = agreement(network, options.output, files)
    text = json.dumps(report, indent=1)
    options.output.with_suffix(".json").write_text(text + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
