"""The published file as it is, and the small graph over its weights that loads in a tenth of the time."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.forms.mapped import classify_graph, write_aligned_weights
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.forms.form import Form, FormRecord, Making
from vgg_desktop.inference.network import Network, agrees, probe
from vgg_desktop.models.catalog import Interface
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.why import Why


class Published(Form):
    """The published file itself, with which nothing can be wrong."""

    id = "published"

    def make(self, making: Making) -> FormRecord:
        """Do nothing."""
        return FormRecord()

    def open(self, installed: InstalledModel, device: Device, threads: int) -> Network:
        """Load the published file. Raises `ModelUnusable`."""
        return Network(installed.path, device, interface=installed.spec.interface, threads=threads)


class Mapped(Form):
    """A graph that points into the published file, or into a copy of its weights that can be mapped everywhere."""

    id = "mapped"
    files = ("classify.onnx", "classify.weights")
    record = "classify.json"

    def depends_on(self, installed: InstalledModel) -> dict[str, Any]:
        """Return the size of the picture that it was tried with, and what is unusual about the file."""
        spec = installed.spec
        unusual = {"interface": asdict(spec.interface)} if spec.interface != Interface() else {}
        return {"side": spec.preprocessing.crop, **unusual}

    def make(self, making: Making) -> FormRecord:
        """Keep the first graph that returns the scores of the unchanged file.

        What the file itself does not return, a tensor inside it or scores in single precision, is compared with that
        of the graph in a batch. Raises `ModelUnusable` where the file itself does not run.
        """
        published, spec = making.installed.path, making.installed.spec
        interface = spec.interface
        graph, weights = (making.folder / name for name in self.files)
        image = probe(spec.preprocessing.shape)
        expected = _published_scores(published, interface, image)
        for aligned in (None, weights.name):
            if aligned is not None:
                write_aligned_weights(published, weights, single=interface.single)
            elif interface.single:
                continue  # whose weights are others
            graph.write_bytes(
                classify_graph(
                    published, aligned=aligned, output=interface.output or None, single=interface.single
                )
            )
            if expected is None:
                expected = Network(graph, interface=interface).scores(image)
            if agrees(lambda: Network(graph, interface=interface, map_weights=True), image, expected):
                return FormRecord()
        return FormRecord(Why.FORM_NOT_SAME())

    def open(self, installed: InstalledModel, device: Device, threads: int) -> Network:
        """Load the graph; the CPU maps the weights. Raises `ModelUnusable`."""
        graph = self.place(installed) / self.files[0]
        return Network(
            graph,
            device,
            interface=installed.spec.interface,
            map_weights=device == CPU,
            threads=threads,
            form=self.id,
        )


def _published_scores(
    path: Path, interface: Interface, image: NDArray[np.float32]
) -> NDArray[np.float32] | None:
    """Return the scores (1, C) of the unchanged file, or None where only a graph made from it returns them."""
    if interface.single:
        return None
    network = Network(path, interface=interface)
    if interface.output not in ("", *(each.name for each in network.outputs)):
        return None
    return network.scores(image)
