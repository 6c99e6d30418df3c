"""Winograd's convolutions for a network on the CPU: used where they are right and faster on this computer."""

import platform
import statistics
import threading
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import Cancelled
from vgg_desktop.forms.sequential import SequentialNet, read_sequential
from vgg_desktop.forms.winograd import Transform, dense_graph, transforms, winograd_bytes, write_features
from vgg_desktop.inference import activity
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.examination import probe
from vgg_desktop.inference.forms.form import Form, FormRecord, Making, synced
from vgg_desktop.inference.network import TIMED_RUNS, Scorer, SplitNetwork, agrees
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Reason, Why

_WORTHWHILE = 1.03  # times as fast as without


class Winograd(Form):
    """The convolutions in one graph, with kernels of their own; the dense layers in another, over the file's."""

    id = "winograd"
    files = ("features.onnx", "dense.onnx", "winograd.weights")
    record = "winograd.json"

    def why_not_on(self, device: Device) -> Reason | None:
        """Return why not: on other devices onnxruntime's own convolutions are as good."""
        return Why.FORM_CPU_ONLY() if device != CPU else None

    def why_impossible(self, installed: InstalledModel) -> Reason | None:
        """Return why not, None for a sequential CNN with layers that gain. Raises `ModelUnusable`, `StorageError`."""
        if installed.spec.origin == "bundled":
            return Why.FORM_BUNDLED()
        planned = _plan(installed)
        return planned if isinstance(planned, Reason) else None

    def depends_on(self, installed: InstalledModel) -> dict[str, Any]:
        """Return the machine and the size of pictures."""
        return {"machine": platform.machine(), "side": installed.spec.preprocessing.crop}

    def needed(self, installed: InstalledModel) -> int:
        """Return how many bytes the kernels take."""
        planned = _plan(installed)
        return 0 if isinstance(planned, Reason) else winograd_bytes(*planned)

    def make(self, making: Making) -> FormRecord:
        """Write both graphs and the kernels, and time them against Exact. Some seconds for a VGG network.

        Raises `Cancelled`, `ModelUnusable` for the network itself, `StorageError`, `OSError`.
        """
        planned = _plan(making.installed)
        if isinstance(planned, Reason):
            return FormRecord(planned)
        net, chosen = planned
        side = making.installed.spec.preprocessing.crop
        features, dense, weights = (making.folder / name for name in self.files)
        with synced(weights) as file:
            features.write_bytes(write_features(net, side, chosen, file, weights.name, making.cancel))
        dense.write_bytes(dense_graph(net))
        image, whole = probe(side), making.exact()
        if not agrees(lambda: SplitNetwork(features, dense), image, whole.scores(image)):
            return FormRecord(Why.FORM_NOT_SAME())
        times = _times_in_turn(whole, SplitNetwork(features, dense), image, making.cancel)
        if times is None:
            return FormRecord(Why.FORM_BUSY())
        exact_ms, milliseconds = times
        is_faster = exact_ms >= _WORTHWHILE * milliseconds
        reason = None if is_faster else Why.FORM_NOT_FASTER()
        return FormRecord(reason, milliseconds=round(milliseconds, 1), exact_ms=round(exact_ms, 1))

    def open(self, installed: InstalledModel, device: Device, threads: int) -> SplitNetwork:
        """Load both graphs. Raises `ModelUnusable`."""
        features, dense = (self.place(installed) / name for name in self.files[:2])
        return SplitNetwork(features, dense, threads=threads)


def _plan(installed: InstalledModel) -> tuple[SequentialNet, tuple[Transform | None, ...]] | Reason:
    """Return how each convolution is computed, or why none gains. Raises `ModelUnusable`, `StorageError`."""
    net = read_sequential(installed.path)
    if isinstance(net, Reason):
        return net
    chosen = transforms(net, installed.spec.preprocessing.crop)
    return (net, chosen) if chosen is not None else Why.FORM_NOT_FASTER()


def _times_in_turn(
    one: Scorer, other: Scorer, image: NDArray[np.float32], cancel: threading.Event
) -> tuple[float, float] | None:
    """Return the median milliseconds of two networks that run in turn; None where something else ran meanwhile.

    The first runs are left out. Raises `Cancelled`, `ModelUnusable`.
    """
    times: tuple[list[float], list[float]] = [], []
    for number in range(TIMED_RUNS + 1):
        for network, own in zip((one, other), times, strict=True):
            if cancel.is_set():
                raise Cancelled
            if activity.is_disturbed():
                return None
            started = time.perf_counter()
            network.scores(image)
            if number > 0:
                own.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])
