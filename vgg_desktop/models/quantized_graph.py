"""The 8-bit form of a chain as ONNX: every result passes through QuantizeLinear and DequantizeLinear.

onnxruntime joins each layer with the steps around it into one operation on 8-bit integers. The graph is
written here and not by `onnxruntime.quantization`: that needs the onnx package, protobuf and ml_dtypes, some
60 MB for one step, and holds the whole network in memory several times.
"""

from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.models.chain import Layer, window_attributes
from vgg_desktop.models.onnx_writing import GraphParts, model, value


@dataclass(frozen=True, slots=True)
class Step:
    """How a tensor becomes 8-bit integers: `value = (integer - zero) * scale`."""

    scale: float
    zero: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class QuantizedLayer:
    """A layer's weights in 8 bits: one row a unit, one scale a unit; biases in units of both scales."""

    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    biases: NDArray[np.int32]


class QuantizedGraph:
    """Collects the layers of a chain; their weights go to a file at once, beside which the graph must lie."""

    def __init__(self, weights: BinaryIO, location: str, side: int, step: Step) -> None:
        """Begin with pictures (N, 3, side, side) and the step of their numbers."""
        self._parts = GraphParts(weights, location)
        self._picture = value("picture", "float32", 3, side, side)
        self._value, self._units, self._count = "picture", 0, 0
        self._quantize("picture", step)

    def add(self, layer: Layer, quantized: QuantizedLayer, step: Step | None) -> None:
        """Append a layer; `step` is that of its result, None for the scores, which stay floating-point numbers.

        The ReLU needs no operation: with the step's `zero` at 0, what is negative becomes 0.
        """
        name = f"layer{self._count}"
        self._count += 1
        self._units = layer.units
        dims = layer.weight.dims if layer.window is not None else quantized.weights.shape
        self._parts.store(f"{name}_weights", dims, "int8", [quantized.weights])
        self._parts.constant(f"{name}_scales", quantized.scales)
        self._parts.constant(f"{name}_zeros", np.zeros(layer.units, np.int8))
        self._parts.constant(f"{name}_biases", quantized.biases)
        self._parts.constant(f"{name}_bias_scales", quantized.scales * np.float32(self._step.scale))
        self._parts.constant(f"{name}_bias_zeros", np.zeros(layer.units, np.int32))
        inputs = [
            self._parts.node("DequantizeLinear", [self._value, *self._pair], f"{name}_input"),
            self._parts.node(
                "DequantizeLinear", [f"{name}_{each}" for each in ("weights", "scales", "zeros")],
                f"{name}_real_weights", axis=0,
            ),
            self._parts.node(
                "DequantizeLinear", [f"{name}_{each}" for each in ("biases", "bias_scales", "bias_zeros")],
                f"{name}_real_biases", axis=0,
            ),
        ]  # fmt: skip
        if layer.window is not None:
            self._value = self._parts.node("Conv", inputs, f"{name}_sums", **window_attributes(layer.window))
        else:
            self._value = self._parts.node("Gemm", inputs, f"{name}_sums", transB=1)
        if step is None:
            return
        self._quantize(name, step)
        # The largest of 8-bit integers is that of the numbers they stand for.
        for number, pool in enumerate(layer.pools):
            self._value = self._parts.node(
                "MaxPool", [self._value], f"{name}_pool{number}", **window_attributes(pool)
            )
        if layer.flat:
            self._value = self._parts.node("Flatten", [self._value], f"{name}_flat", axis=1)

    def graph(self) -> bytes:
        """Return the finished graph; the last layer's result is its output."""
        return model(
            "fast",
            nodes=bytes(self._parts.nodes),
            initializers=bytes(self._parts.initializers),
            picture=self._picture,
            scores=value(self._value, "float32", self._units),
        )

    def _quantize(self, name: str, step: Step) -> None:
        self._step = step
        self._pair = (f"{name}_scale", f"{name}_zero")
        self._parts.constant(self._pair[0], np.array(step.scale, np.float32))
        self._parts.constant(self._pair[1], np.array(step.zero, np.uint8))
        self._value = self._parts.node("QuantizeLinear", [self._value, *self._pair], f"{name}_8bit")
