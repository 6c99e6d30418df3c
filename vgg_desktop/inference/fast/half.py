"""Fast on a graphics processor: the network in half precision, made once from its published file."""

import json
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import Cancelled, FastUnavailable
from vgg_desktop.files import write_json
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.derived import making
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.fast.making import FastProgress, measure_agreement
from vgg_desktop.inference.fast.model import Agreement, file_states
from vgg_desktop.inference.network import Network, open_network, softmax
from vgg_desktop.inference.runtime import version
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.chain import Unsupported, read_chain
from vgg_desktop.models.descriptions import HALF
from vgg_desktop.models.folding import folded_weights
from vgg_desktop.models.half_graph import HalfGraph, half_bytes
from vgg_desktop.models.store import InstalledModel

logger = logging.getLogger(__name__)
FORMAT = 1  # of the files; another number makes them again
HALF_GRAPH, HALF_WEIGHTS, HALF_RECORD = "half.onnx", "half.weights", "half.json"
COMPARED_ON = 32  # pictures
_SEED = 2
_BATCH = 4  # more takes memory and little less time
_WRITTEN_AT = 0.3  # how much of the whole is done when the weights are written


@dataclass(frozen=True, slots=True)
class HalfModel:
    """A network's half-precision form that is ready for use, and how it agrees with Exact, both on the CPU."""

    graph: Path
    agreement: Agreement


def find_half(installed: InstalledModel) -> HalfModel | None:
    """Return the half-precision form of a network, if it was made from this file for this onnxruntime and is intact."""
    folder = installed.derived / HALF
    try:
        values = json.loads((folder / HALF_RECORD).read_text("utf-8"))
        files = file_states(folder / HALF_GRAPH, folder / HALF_WEIGHTS)
        if values["made_for"] != _conditions(installed) or values["files"] != files:
            return None
        return HalfModel(folder / HALF_GRAPH, Agreement(**values["agreement"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        logger.info("%s is skipped: %s", folder, error)
        return None


def _conditions(installed: InstalledModel) -> dict[str, str | int]:
    return {
        "format": FORMAT,
        "onnxruntime": version(),
        "sha256": installed.spec.sha256,
        "side": installed.spec.preprocessing.crop,
    }


def make_half(
    installed: InstalledModel,
    *,
    progress: Callable[[FastProgress], None] = lambda _progress: None,
    cancel: threading.Event | None = None,
) -> HalfModel:
    """Make a network's half-precision form in place of the one that may be there, and compare it with Exact.

    The comparison is on the CPU, where onnxruntime rounds the weights and the picture but not what passes between the
    layers; so each device has a self-test of its own. About a quarter of a minute for a VGG network. Raises
    `FastUnavailable` for a network of another shape, `ModelUnusable`, `StorageError`, `NotEnoughSpace`, `StoreBusy`,
    `Cancelled`; then everything is as it was.
    """
    cancel = cancel or threading.Event()
    chain = read_chain(installed.path)
    if isinstance(chain, Unsupported):
        raise FastUnavailable(installed.spec.title, chain.reason)

    def show(progressed: FastProgress) -> None:
        if cancel.is_set():
            raise Cancelled
        progress(progressed)

    folder = installed.derived / HALF
    with making(folder, half_bytes(chain)) as staging:
        graph, weights = staging / HALF_GRAPH, staging / HALF_WEIGHTS
        with folded_weights(chain) as source, weights.open("wb") as file:
            writer = HalfGraph(file, HALF_WEIGHTS, installed.spec.preprocessing.crop)
            for number, layer in enumerate(chain.layers):
                show(FastProgress("converting", _WRITTEN_AT * number / len(chain.layers)))
                writer.add(layer, source, cancel)
            file.flush()
            os.fsync(file.fileno())
        graph.write_bytes(writer.graph())
        made = HalfModel(graph, _compare(installed, graph, show))
        record = {
            "made_for": _conditions(installed),
            "files": file_states(graph, weights),
            "agreement": asdict(made.agreement),
        }
        write_json(staging / HALF_RECORD, record)
    return replace(made, graph=folder / HALF_GRAPH)


def _compare(installed: InstalledModel, graph: Path, show: Callable[[FastProgress], None]) -> Agreement:
    """Run both forms on pictures made by arithmetic."""
    exact, half = open_network(installed, CPU), Network(graph)
    preprocessing = installed.spec.preprocessing
    images = (preprocess(each, preprocessing) for each in sample_pictures(_SEED, COMPARED_ON))
    pairs = list[tuple[NDArray[np.float64], NDArray[np.float64]]]()
    while batch := list(islice(images, _BATCH)):
        done = min(1.0, len(pairs) * _BATCH / COMPARED_ON)
        show(FastProgress("comparing", _WRITTEN_AT + (1 - _WRITTEN_AT) * done))
        stacked = np.stack(batch)
        pairs.append((softmax(exact.scores(stacked)), softmax(half.scores(stacked))))
    show(FastProgress("comparing", 1.0))
    return measure_agreement(*(np.concatenate(each) for each in zip(*pairs, strict=True)))
