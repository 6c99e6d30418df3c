"""A form against Exact: how often both say the same, and how long each takes."""

import statistics
from collections.abc import Callable, Iterable
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.inference.forms.form import Agreement
from vgg_desktop.inference.network import Scorer
from vgg_desktop.inference.outputs import softmax

_BATCH = 4  # pictures; more takes memory and little less time


def compare(
    exact: Scorer,
    other: Scorer,
    images: Iterable[NDArray[np.float32]],
    count: int,
    report: Callable[[float], None],
) -> Agreement:
    """Run `count` images (3, H, W) through both; `report` gets 0 to 1, and may raise. Raises `ModelUnusable`."""
    source, pairs = iter(images), list[tuple[NDArray[np.float64], NDArray[np.float64]]]()
    while batch := list(islice(source, _BATCH)):
        report(min(1.0, len(pairs) * _BATCH / count))
        stacked = np.stack(batch)
        pairs.append((softmax(exact.scores(stacked)), softmax(other.scores(stacked))))
    report(1.0)
    return measure_agreement(*(np.concatenate(each) for each in zip(*pairs, strict=True)))


def measure_agreement(exact: NDArray[np.float64], other: NDArray[np.float64]) -> Agreement:
    """Compare probabilities (N, C) of the same pictures."""
    k = min(5, exact.shape[1])
    best, best_other = (np.argsort(-each, axis=1, kind="stable")[:, :k] for each in (exact, other))
    shared = [
        len(set(one) & set(two)) / k for one, two in zip(best.tolist(), best_other.tolist(), strict=True)
    ]
    return Agreement(
        pictures=len(exact),
        same_top1=float((best[:, 0] == best_other[:, 0]).mean()),
        same_top5=statistics.fmean(shared),
        largest_difference=float(np.abs(exact - other).max()),
    )
