"""The published file as it is, and the small graph over its weights that loads in a tenth of the time."""

from typing import Any

from vgg_desktop.forms.mapped import classify_graph, write_aligned_weights
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.forms.form import Form, FormRecord, Making
from vgg_desktop.inference.network import Network, agrees, probe
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Why


class Published(Form):
    """The published file itself, with which nothing can be wrong."""

    id = "published"

    def make(self, making: Making) -> FormRecord:
        """Do nothing."""
        return FormRecord()

    def open(self, installed: InstalledModel, device: Device, threads: int) -> Network:
        """Load the published file. Raises `ModelUnusable`."""
        return Network(installed.path, device, threads=threads)


class Mapped(Form):
    """A graph that points into the published file, or into a copy of its weights that can be mapped everywhere."""

    id = "mapped"
    files = ("classify.onnx", "classify.weights")
    record = "classify.json"

    def depends_on(self, installed: InstalledModel) -> dict[str, Any]:
        """Return the size of the picture that it was tried with."""
        return {"side": installed.spec.preprocessing.crop}

    def make(self, making: Making) -> FormRecord:
        """Keep the first graph that returns the scores of the unchanged file.

        Raises `ModelUnusable` where the file itself does not run.
        """
        published = making.installed.path
        graph, weights = (making.folder / name for name in self.files)
        image = probe(making.installed.spec.preprocessing.shape)
        expected = Network(published).scores(image)
        for aligned in (None, weights.name):
            if aligned is not None:
                write_aligned_weights(published, weights)
            graph.write_bytes(classify_graph(published, aligned=aligned))
            if agrees(lambda: Network(graph, map_weights=True), image, expected):
                return FormRecord()
        return FormRecord(Why.FORM_NOT_SAME())

    def open(self, installed: InstalledModel, device: Device, threads: int) -> Network:
        """Load the graph; the CPU maps the weights. Raises `ModelUnusable`."""
        graph = self.place(installed) / self.files[0]
        return Network(graph, device, map_weights=device == CPU, threads=threads, form=self.id)
