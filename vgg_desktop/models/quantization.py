"""From a layer's weights to 8-bit integers, one scale a unit (Jacob et al. 2018)."""

import threading

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import Cancelled
from vgg_desktop.models.chain import Layer
from vgg_desktop.models.folding import Block, FoldedWeights
from vgg_desktop.models.quantized_graph import QuantizedLayer, Step

_LARGEST_BIAS = 2**30  # in units of the sums, which are integers of 32 bits
_SILENT = 1e-12  # below any scale that means something


def quantize_layer(
    layer: Layer, weights: FoldedWeights, step: Step, limit: int, cancel: threading.Event
) -> QuantizedLayer:
    """Round a layer's weights to integers up to `limit`; `step` is that of its input. Raises `Cancelled`."""
    rounded = np.empty((layer.units, layer.inputs), np.int8)
    scales = np.empty(layer.units, np.float32)
    biases = np.empty(layer.units, np.int32)
    for block in weights.blocks(layer):
        if cancel.is_set():
            raise Cancelled
        units = slice(block.first, block.first + len(block.biases))
        scales[units] = _scales(block, step, limit)
        used = scales[units].astype(np.float64)
        rounded[units] = np.rint(block.weights / used[:, None])
        biases[units] = np.rint(block.biases / (used * step.scale))
    return QuantizedLayer(rounded, scales, biases)


def _scales(block: Block, step: Step, limit: int) -> NDArray[np.float32]:
    """Return the scale of each unit: the largest weight becomes `limit`, and the bias fits into its integer."""
    largest = np.maximum(block.weights.max(axis=1), -block.weights.min(axis=1))
    needed = np.maximum(largest / limit, np.abs(block.biases) / (step.scale * _LARGEST_BIAS))
    # Rounding to float32 must not make a scale smaller than needed.
    scales: NDArray[np.float32] = np.maximum(needed, _SILENT).astype(np.float32)
    return np.nextafter(scales, np.float32(np.inf), dtype=np.float32)
