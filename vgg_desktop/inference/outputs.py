"""What the numbers mean that a network returns: found by trial, and turned into probabilities."""

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.models.catalog import Outputs
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

_TOLERANCE = 5e-3  # of a sum of probabilities: 16-bit floats are rounded to 1/2048
_STEPS = (1 / 256, 1 / 255, 1 / 128, 1 / 127, 0.01, 0.001, 1e-4)  # to which exporters round probabilities
_ON_STEP = 1e-3  # of a step
_LEAST_PERCENT = 50.0  # that independent classes in percent reach for some picture or extreme


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Turn logits (N, C) into probabilities (N, C) in float64, the row's maximum subtracted first."""
    shifted = logits.astype(np.float64)
    shifted -= shifted.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def sigmoid(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Turn logits into probabilities of their own, in float64; no value overflows."""
    powers = np.exp(-np.abs(logits.astype(np.float64)))
    return np.where(logits >= 0, 1.0, powers) / (1.0 + powers)


def class_count(columns: int) -> int:
    """Return how many classes a network has by the columns of its scores; one score decides between two classes."""
    return 2 if columns == 1 else columns


def probabilities(scores: NDArray[np.floating], outputs: Outputs) -> NDArray[np.float64]:
    """Turn scores (N, C) into probabilities (N, C), or (N, 2) where C is 1.

    A single score is that of the second class, as for Keras's `binary_crossentropy`. Logarithms of probabilities are
    logits too: softmax returns the probabilities.
    """
    if scores.shape[1] == 1:
        second = sigmoid(scores) if outputs in ("logits", "independent-logits") else scores.astype(np.float64)
        second = second / 100 if outputs in ("percent", "independent-percent") else second
        return np.concatenate([1 - second, second], axis=1)
    if outputs == "logits":
        return softmax(scores)
    if outputs == "independent-logits":
        return sigmoid(scores)
    values = scores.astype(np.float64)
    return values / 100 if outputs in ("percent", "independent-percent") else values


def find_outputs(
    scores: NDArray[np.float32], extremes: NDArray[np.float32], said: Outputs | None
) -> Outputs | Reason:
    """Return what the scores (N, C) of some pictures mean, or why that is not what was `said`.

    Probabilities never leave 0 to 1, or 0 to 100, also not for `extremes` (M, C), the scores of what no picture is;
    logits do. Their sum tells whether the classes exclude each other.
    """
    found = _found(scores, extremes)
    if said is None:
        return found
    if said == "independent" and found in ("logits", "percent", "independent-percent"):
        return "independent-logits" if found == "logits" else "independent-percent"
    if _range(said) != _range(found):
        return Why.IMPORT_OUTPUTS(found=_range(found), said=said)
    return said


def _range(outputs: Outputs) -> str:
    """Return which numbers a meaning allows."""
    kind = outputs.removeprefix("independent-")
    return "probabilities" if kind == "independent" else kind


def _found(scores: NDArray[np.float32], extremes: NDArray[np.float32]) -> Outputs:
    everything = np.concatenate([scores, extremes])
    low, high = float(everything.min()), float(everything.max())
    if low < -_TOLERANCE:
        return "logits"
    if high <= 1 + _TOLERANCE:
        return "probabilities" if scores.shape[1] == 1 or _sum_to_one(scores) else "independent"
    if high <= 100 + 100 * _TOLERANCE:
        if scores.shape[1] > 1 and _sum_to_one(scores / 100):
            return "percent"
        # Logits may be small and positive; only where extremes stay within 100 too, these are percent.
        if len(extremes) and high > _LEAST_PERCENT:
            return "percent" if scores.shape[1] == 1 else "independent-percent"
    return "logits"


def _sum_to_one(shares: NDArray[np.floating]) -> bool:
    """Return whether rows (N, C) are probabilities of classes that exclude each other, perhaps rounded."""
    off = np.abs(shares.sum(axis=1) - 1)
    if (off < _TOLERANCE).all():
        return True
    for step in _STEPS:
        steps = shares / step
        if np.abs(steps - np.rint(steps)).max() < _ON_STEP:
            return bool((off < step * shares.shape[1] / 2 + _TOLERANCE).all())
    return False
