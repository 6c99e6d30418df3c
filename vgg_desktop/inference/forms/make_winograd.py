"""Winograd's convolutions for a network on the CPU: used where they are right and faster on this computer."""

import platform
from typing import Any

from vgg_desktop.forms.sequential import read_sequential
from vgg_desktop.forms.winograd import dense_graph, transforms, write_features
from vgg_desktop.inference import activity
from vgg_desktop.inference.devices.listing import Device
from vgg_desktop.inference.forms.form import Form, FormRecord, Making
from vgg_desktop.inference.network import SplitNetwork, agrees, medians_ms, probe
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

_WORTHWHILE = 1.03  # times as fast as without


class Winograd(Form):
    """The convolutions in one graph, with kernels of their own; the dense layers in another, over the file's."""

    id = "winograd"
    files = ("features.onnx", "dense.onnx", "winograd.weights")
    record = "winograd.json"
    devices = "CPU"

    def why_impossible(self, installed: InstalledModel) -> Reason | None:
        """Return why not, None for a sequential CNN with layers that gain. Raises `ModelUnusable`, `StorageError`."""
        net = super().why_impossible(installed) or read_sequential(installed.path)
        if isinstance(net, Reason):
            return net
        return None if transforms(net, installed.spec.preprocessing.shape[1]) else Why.FORM_NOT_FASTER()

    def depends_on(self, installed: InstalledModel) -> dict[str, Any]:
        """Return the machine and the size of pictures."""
        return {"machine": platform.machine(), "side": installed.spec.preprocessing.crop}

    def make(self, making: Making) -> FormRecord:
        """Write both graphs and the kernels, and time them against Exact. Some seconds for a VGG network.

        Raises `Cancelled`, `ModelUnusable` for the network itself, `StorageError`, `OSError`.
        """
        net, shape = making.net(), making.installed.spec.preprocessing.shape
        side = shape[1]
        chosen = transforms(net, side) or ()
        features, dense, weights = (making.folder / name for name in self.files)
        with weights.open("wb") as file:
            features.write_bytes(write_features(net, side, chosen, file, weights.name, making.cancel))
        dense.write_bytes(dense_graph(net))
        image, whole = probe(shape), making.exact()
        if not agrees(lambda: SplitNetwork(features, dense), image, whole.scores(image)):
            return FormRecord(Why.FORM_NOT_SAME())

        def stop_if_disturbed() -> None:
            making.stop_if_cancelled()
            if activity.is_disturbed():
                raise _Disturbed

        try:
            split = SplitNetwork(features, dense)
            exact_ms, milliseconds = medians_ms([whole, split], image, stop_if_disturbed)
        except _Disturbed:
            return FormRecord(Why.FORM_BUSY())
        is_faster = exact_ms >= _WORTHWHILE * milliseconds
        reason = None if is_faster else Why.FORM_NOT_FASTER()
        return FormRecord(reason, milliseconds=round(milliseconds, 1), exact_ms=round(exact_ms, 1))

    def open(self, installed: InstalledModel, device: Device, threads: int) -> SplitNetwork:
        """Load both graphs. Raises `ModelUnusable`."""
        features, dense = (self.place(installed) / name for name in self.files[:2])
        return SplitNetwork(features, dense, threads=threads)


class _Disturbed(Exception):
    """Something else runs, so that a time means nothing."""
