"""Fast on the CPU: a network in 8 bits, calibrated on pictures and compared with Exact before it may be used."""

import functools
import logging
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import VggDesktopError
from vgg_desktop.forms.graph_writer import more_outputs
from vgg_desktop.forms.int8 import (
    LARGEST,
    Int8Graph,
    QuantParams,
    overflow_graph,
    quantize_layer,
)
from vgg_desktop.forms.sequential import SequentialNet, folded_weights
from vgg_desktop.images.preprocessing import draft_side, preprocess
from vgg_desktop.images.reading import read
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.forms.comparison import compare
from vgg_desktop.inference.forms.form import Form, FormRecord, Making
from vgg_desktop.inference.network import Network, medians_ms, probe
from vgg_desktop.inference.runtime import Session
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.catalog import Preprocessing
from vgg_desktop.models.store import InstalledModel

logger = logging.getLogger(__name__)
CALIBRATED_ON, COMPARED_ON = 32, 64  # pictures
_SEEDS = (1, 2)  # of the pictures made for each of the two
_WEIGHTS_AT, _COMPARISON_AT = 0.4, 0.5  # how much of the whole is done when these begin
# What other pictures reach beyond those seen. Measured (benchmarks/README.md): room above the largest value does
# better than any way of cutting the largest off.
MARGIN = 1.5
_OVERFLOW_SIDE = 64
FLOAT_GRAPH = "fast-float.onnx"  # for the calibration; must lie where the graph does that it is a copy of


class Int8(Form):
    """8-bit weights and activations."""

    id = "int8"
    precision = "fast"
    files = ("fast.onnx", "fast.weights")
    record = "fast.json"
    folder = "fast"
    devices = "CPU"  # only there onnxruntime joins the layers into operations on 8-bit integers
    sequential = True
    weight_bytes = 1

    def depends_on(self, installed: InstalledModel) -> dict[str, Any]:
        """Return the processor and the preprocessing. Raises `ModelUnusable`, `OSError`."""
        return {
            "machine": platform.machine(),
            "weight_limit": weight_limit(),
            "preprocessing": asdict(installed.spec.preprocessing),
        }

    def make(self, making: Making) -> FormRecord:
        """Calibrate, write weights and graph, and compare them with Exact. Half a minute for a VGG network.

        Half of the user's own pictures are for calibration and half for the comparison; those that cannot be read are
        skipped, and pictures made by arithmetic stand in for what is missing. Raises `Cancelled`, `ModelUnusable`,
        `StorageError`, `OSError`.
        """
        net = making.net()
        graph, weights = (making.folder / name for name in self.files)
        own = _spread(making.pictures, CALIBRATED_ON + COMPARED_ON)
        preprocessing = making.installed.spec.preprocessing
        calibration = _Pictures(own[::2], _SEEDS[0], CALIBRATED_ON, preprocessing)

        def calibrated() -> Iterator[NDArray[np.float32]]:
            for done, image in enumerate(calibration):
                making.show("calibrating", _WEIGHTS_AT * done / CALIBRATED_ON)
                yield image[None]

        params = (input_params(preprocessing), *activation_ranges(making, net, calibrated()))
        with weights.open("wb") as file, folded_weights(net, making.cancel) as source:
            writer = Int8Graph(file, weights.name, preprocessing.shape[1], params[0])
            for number, layer in enumerate(net.layers):
                part = (_COMPARISON_AT - _WEIGHTS_AT) * number / len(net.layers)
                making.show("converting", _WEIGHTS_AT + part)
                quantized = quantize_layer(layer, source, params[number], weight_limit())
                writer.add(layer, quantized, params[number + 1] if number + 1 < len(net.layers) else None)
        graph.write_bytes(writer.model())
        exact, fast = making.exact(), Network(graph)
        comparison = _Pictures(own[1::2], _SEEDS[1], COMPARED_ON, preprocessing)
        agreement = compare(
            exact,
            fast,
            comparison,
            COMPARED_ON,
            lambda part: making.show("comparing", _COMPARISON_AT + (1 - _COMPARISON_AT) * part),
        )
        image = probe(preprocessing.shape)
        exact_ms, fast_ms = medians_ms([exact, fast], image, making.stop_if_cancelled)
        return FormRecord(None, agreement, fast_ms, exact_ms, calibration.own)

    def open(self, installed: InstalledModel, device: Device, threads: int) -> Network:
        """Load the graph. Raises `ModelUnusable`."""
        # Not mapped: arranging the weights for the processor at the start makes each picture four times as fast.
        return Network(self.place(installed) / self.files[0], threads=threads, form=self.id)


class _Pictures:
    """Prepared pictures (3, H, W): the user's own as far as they can be read and suffice, then made ones."""

    def __init__(self, paths: Sequence[Path], seed: int, count: int, preprocessing: Preprocessing) -> None:
        self._paths, self._seed, self._count, self._preprocessing = paths, seed, count, preprocessing
        self.own = 0  # how many of the user's own have come

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        for path in self._paths:
            if self.own == self._count:
                return
            try:
                picture = read(path, draft=draft_side(self._preprocessing))
            except VggDesktopError as error:
                logger.info("not used for Fast: %s", error)
                continue
            self.own += 1
            yield preprocess(picture.image, self._preprocessing)
        for image in sample_pictures(self._seed, self._count - self.own):
            yield preprocess(image, self._preprocessing)


def _spread(paths: Sequence[Path], count: int) -> list[Path]:
    """Return `count` of the paths, or all if they are fewer, evenly from the first to the last."""
    if len(paths) <= count:
        return list(paths)
    return [paths[place * len(paths) // count] for place in range(count)]


def input_params(preprocessing: Preprocessing) -> QuantParams:
    """Return the parameters of a network's input: from the blackest to the whitest that pictures can be."""
    ends = [
        ((level / preprocessing.scale) - mean) / std
        for level in (0, 255)
        for mean, std in zip(preprocessing.mean, preprocessing.std, strict=True)
    ]
    low, high = min(0.0, *ends), max(0.0, *ends)
    scale = (high - low) / LARGEST
    return QuantParams(scale, round(-low / scale))


def activation_ranges(
    making: Making, net: SequentialNet, images: Iterable[NDArray[np.float32]]
) -> tuple[QuantParams, ...]:
    """Run images (1, 3, H, W) and return the parameters of each layer's result but the last's.

    Raises `ModelUnusable`, `OSError`.
    """
    names = [layer.name for layer in net.layers[:-1]]
    largest = np.zeros(len(names))
    with _float_session(making, names) as session:
        port = session.inputs[0].name
        places = [each.name for each in session.outputs]
        for image in images:
            results = dict(zip(places, session.run({port: image}), strict=True))
            largest = np.maximum(largest, [float(results[name].max()) for name in names])
    # A layer that is silent on every picture still needs a scale.
    return tuple(QuantParams(max(float(each), 1e-6) * MARGIN / LARGEST) for each in largest)


@contextmanager
def _float_session(making: Making, names: list[str]) -> Iterator[Session]:
    """Load the network with the results of its layers as further outputs."""
    is_mapped = making.graph != making.installed.path
    path = (making.graph.parent if is_mapped else making.folder) / FLOAT_GRAPH
    try:
        shutil.copyfile(making.graph, path)
        with path.open("ab") as file:
            file.write(more_outputs(names))
        yield Session(path, CPU.provider, map_weights=is_mapped)
    finally:
        path.unlink(missing_ok=True)


@functools.cache
def reduce_range() -> bool:
    """Return whether weights must be kept to 7 bits, as on x86 processors without VNNI, for sums to come out right.

    Those add two products of 8-bit integers in 16 bits, and 255 * 127 * 2 is more than fits. Tried out, as no
    library here names the processor's instructions. Raises `ModelUnusable`, `OSError`.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "overflow.onnx"
        path.write_bytes(overflow_graph(_OVERFLOW_SIDE, 127))
        session = Session(path, CPU.provider)
        (sums,) = session.run({"values": np.full((_OVERFLOW_SIDE, _OVERFLOW_SIDE), 255, np.uint8)})
    return not bool((sums == 255 * 127 * _OVERFLOW_SIDE).all())


def weight_limit() -> int:
    """Return the largest 8-bit weight that is used on this processor. Raises `ModelUnusable`, `OSError`."""
    return 63 if reduce_range() else 127
