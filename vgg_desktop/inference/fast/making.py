"""Make Fast, the 8-bit form of a network, from its published file, and measure it before it may be used.

`onnxruntime.quantization` is not used: it needs the onnx package, protobuf and ml_dtypes, some 60 MB more to
download for this one step, and holds the network in memory several times.
"""

import logging
import os
import statistics
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import Cancelled, FastUnavailable, VggDesktopError
from vgg_desktop.files import write_json
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.images.reading import read
from vgg_desktop.inference.derived import making
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.fast.calibration import (
    input_step,
    layer_steps,
)
from vgg_desktop.inference.fast.model import (
    FAST_GRAPH,
    FAST_RECORD,
    FAST_WEIGHTS,
    Agreement,
    FastModel,
    record_of,
)
from vgg_desktop.inference.fast.saturation import weight_limit
from vgg_desktop.inference.network import median_ms, open_fast, open_network, softmax
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.chain import Chain, Unsupported, read_chain
from vgg_desktop.models.descriptions import FAST
from vgg_desktop.models.folding import folded_weights
from vgg_desktop.models.graphs import ALIGNMENT
from vgg_desktop.models.quantization import quantize_layer
from vgg_desktop.models.quantized_graph import QuantizedGraph, Step
from vgg_desktop.models.store import InstalledModel

logger = logging.getLogger(__name__)
CALIBRATED_ON, COMPARED_ON = 32, 64  # pictures
_SEEDS = (1, 2)  # of the pictures made for each of the two
_BATCH = 4  # more takes memory and little less time
_WEIGHTS_AT, _COMPARISON_AT = 0.4, 0.5  # how much of the whole is done when these begin


@dataclass(frozen=True, slots=True)
class FastProgress:
    """How far the making is; `fraction`, 0 to 1, is of the whole."""

    phase: Literal["calibrating", "converting", "comparing"]
    fraction: float


Show = Callable[[FastProgress], None]


def make_fast(
    installed: InstalledModel,
    pictures: Sequence[Path] = (),
    *,
    progress: Show = lambda _progress: None,
    cancel: threading.Event | None = None,
) -> FastModel:
    """Make a network's 8-bit form in place of the one that may be there, and compare it with Exact.

    Half of `pictures`, the user's own, are for calibration and half for the comparison; those that cannot be read
    are skipped, and pictures made by arithmetic stand in for what is missing. About half a minute for a VGG
    network. Nothing may have the old one open on Windows. Raises `FastUnavailable` for a network of another shape,
    `ModelUnusable`, `StorageError`, `NotEnoughSpace`, `StoreBusy`, `Cancelled`; then everything is as it was.
    """
    chain = read_chain(installed.path)
    if isinstance(chain, Unsupported):
        raise FastUnavailable(installed.spec.title, chain.reason)
    folder = installed.derived / FAST
    needed = sum(layer.units * layer.inputs + ALIGNMENT for layer in chain.layers)
    with making(folder, needed) as staging:
        made = _Making(installed, chain, staging, progress, cancel or threading.Event()).run(pictures)
    return replace(made, graph=folder / FAST_GRAPH)


class _Making:
    """One making of a network's 8-bit form, in a folder that is put in place when all is done."""

    def __init__(
        self, installed: InstalledModel, chain: Chain, folder: Path, progress: Show, cancel: threading.Event
    ) -> None:
        self._installed, self._chain, self._folder = installed, chain, folder
        self._progress, self._cancel = progress, cancel
        self._own = 0

    def run(self, pictures: Sequence[Path]) -> FastModel:
        """Do all of it, the record last."""
        own = _spread(pictures, CALIBRATED_ON + COMPARED_ON)
        first = input_step(self._installed.spec.preprocessing)
        steps = layer_steps(self._installed, self._chain, self._calibration(own[::2]))
        own_pictures = self._own
        graph = self._write((first, *steps))
        made = replace(self._compare(graph, own[1::2]), own_pictures=own_pictures)
        write_json(self._folder / FAST_RECORD, record_of(self._installed, made))
        return made

    def _calibration(self, own: Sequence[Path]) -> Iterator[NDArray[np.float32]]:
        for done, image in enumerate(self._images(own, _SEEDS[0], CALIBRATED_ON)):
            self._show("calibrating", _WEIGHTS_AT * done / CALIBRATED_ON)
            yield image[None]

    def _images(self, own: Sequence[Path], seed: int, count: int) -> Iterator[NDArray[np.float32]]:
        """Return prepared pictures: the user's own as far as they can be read and suffice, then made ones."""
        preprocessing = self._installed.spec.preprocessing
        self._own = 0
        for path in own:
            if self._own == count:
                return
            try:
                picture = read(path, draft=3 * preprocessing.resize)
            except VggDesktopError as error:
                logger.info("not used for Fast: %s", error)
                continue
            self._own += 1
            yield preprocess(picture.image, preprocessing)
        for image in sample_pictures(seed, count - self._own):
            yield preprocess(image, preprocessing)

    def _write(self, steps: Sequence[Step]) -> Path:
        """Write graph and weights; `steps` are those of the picture and of each layer's result but the last's."""
        layers, side, limit = self._chain.layers, self._installed.spec.preprocessing.crop, weight_limit()
        graph = self._folder / FAST_GRAPH
        with folded_weights(self._chain) as weights, (self._folder / FAST_WEIGHTS).open("wb") as file:
            writer = QuantizedGraph(file, FAST_WEIGHTS, side, steps[0])
            for number, layer in enumerate(layers):
                part = number / len(layers)
                self._show("converting", _WEIGHTS_AT + (_COMPARISON_AT - _WEIGHTS_AT) * part)
                quantized = quantize_layer(layer, weights, steps[number], limit, self._cancel)
                writer.add(layer, quantized, steps[number + 1] if number + 1 < len(layers) else None)
            file.flush()
            os.fsync(file.fileno())
        graph.write_bytes(writer.graph())
        return graph

    def _compare(self, graph: Path, own: Sequence[Path]) -> FastModel:
        """Run both forms on pictures of their own and measure agreement and time."""
        exact, fast = open_network(self._installed, CPU), open_fast(graph)
        pairs = list[tuple[NDArray[np.float64], NDArray[np.float64]]]()
        images = self._images(own, _SEEDS[1], COMPARED_ON)
        while batch := list(islice(images, _BATCH)):
            self._show("comparing", _COMPARISON_AT + (1 - _COMPARISON_AT) * len(pairs) * _BATCH / COMPARED_ON)
            stacked = np.stack(batch)
            pairs.append((softmax(exact.scores(stacked)), softmax(fast.scores(stacked))))
        agreement = measure_agreement(*(np.concatenate(each) for each in zip(*pairs, strict=True)))
        # One after the other: the threads of a network that has just run keep the processor busy for a while.
        exact_ms, fast_ms = (
            median_ms(each, stacked[:1], lambda: self._show("comparing", 1.0)) for each in (exact, fast)
        )
        return FastModel(graph, agreement, exact_ms, fast_ms, 0)

    def _show(self, phase: Literal["calibrating", "converting", "comparing"], fraction: float) -> None:
        """Tell how far it is. Raises `Cancelled`."""
        if self._cancel.is_set():
            raise Cancelled
        self._progress(FastProgress(phase, fraction))


def _spread(paths: Sequence[Path], count: int) -> list[Path]:
    """Return `count` of the paths, or all if they are fewer, evenly from the first to the last."""
    if len(paths) <= count:
        return list(paths)
    return [paths[place * len(paths) // count] for place in range(count)]


def measure_agreement(exact: NDArray[np.float64], fast: NDArray[np.float64]) -> Agreement:
    """Compare probabilities (N, C) of the same pictures."""
    k = min(5, exact.shape[1])
    best, best_fast = (np.argsort(-each, axis=1, kind="stable")[:, :k] for each in (exact, fast))
    shared = [
        len(set(one) & set(other)) / k for one, other in zip(best.tolist(), best_fast.tolist(), strict=True)
    ]
    return Agreement(
        pictures=len(exact),
        same_top1=float((best[:, 0] == best_fast[:, 0]).mean()),
        same_top5=statistics.fmean(shared),
        largest_difference=float(np.abs(exact - fast).max()),
    )
