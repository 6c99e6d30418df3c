"""Fast on a graphics processor: a network in half precision."""

from typing import Any

from vgg_desktop.forms.half import write_half
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.devices.listing import Device
from vgg_desktop.inference.forms.comparison import compare
from vgg_desktop.inference.forms.form import Form, FormRecord, Making
from vgg_desktop.inference.network import Network
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.store import InstalledModel

COMPARED_ON = 32  # pictures
_SEED = 2
_WRITTEN_AT = 0.3  # how much of the whole is done when the weights are written


class Half(Form):
    """16-bit weights and activations, for devices other than the CPU."""

    id = "half"
    precision = "fast"
    files = ("half.onnx", "half.weights")
    record = "half.json"
    folder = "half"
    devices = "others"
    sequential = True
    weight_bytes = 2

    def depends_on(self, installed: InstalledModel) -> dict[str, Any]:
        """Return the size of pictures."""
        return {"side": installed.spec.preprocessing.crop}

    def make(self, making: Making) -> FormRecord:
        """Write weights and graph, and compare them with Exact on pictures made by arithmetic.

        The comparison is on the CPU, where onnxruntime rounds the weights and the picture but not what passes between
        the layers; so each device has a self-test of its own. About a quarter of a minute for a VGG network. Raises
        `Cancelled`, `ModelUnusable`, `StorageError`, `OSError`.
        """
        preprocessing = making.installed.spec.preprocessing
        graph, weights = (making.folder / name for name in self.files)

        def converting(part: float) -> None:
            making.show("converting", _WRITTEN_AT * part)

        with weights.open("wb") as file:
            graph.write_bytes(
                write_half(
                    making.net(), preprocessing.shape[1], file, weights.name, converting, making.cancel
                )
            )
        agreement = compare(
            making.exact(),
            Network(graph),
            (preprocess(each, preprocessing) for each in sample_pictures(_SEED, COMPARED_ON)),
            COMPARED_ON,
            lambda part: making.show("comparing", _WRITTEN_AT + (1 - _WRITTEN_AT) * part),
        )
        return FormRecord(agreement=agreement)

    def open(self, installed: InstalledModel, device: Device, threads: int) -> Network:
        """Load the graph. Raises `ModelUnusable`."""
        return Network(self.place(installed) / self.files[0], device, threads=threads, form=self.id)
