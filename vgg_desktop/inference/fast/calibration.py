"""How large the results of each layer become: the network run in floating-point numbers on pictures."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.runtime import Session
from vgg_desktop.models.catalog import Preprocessing
from vgg_desktop.models.chain import Chain
from vgg_desktop.models.descriptions import CLASSIFY_GRAPH, FLOAT_GRAPH
from vgg_desktop.models.onnx_writing import more_outputs
from vgg_desktop.models.quantized_graph import Step
from vgg_desktop.models.store import InstalledModel

# What other pictures reach beyond those seen. Measured (benchmarks/README.md): room above the largest value does
# better than any way of cutting the largest off.
MARGIN = 1.5
LEVELS = 255  # the largest of 8-bit integers


def input_step(preprocessing: Preprocessing) -> Step:
    """Return the step of a network's input: from the blackest to the whitest that pictures can be."""
    ends = [
        ((level / preprocessing.scale) - mean) / std
        for level in (0, 255)
        for mean, std in zip(preprocessing.mean, preprocessing.std, strict=True)
    ]
    low, high = min(0.0, *ends), max(0.0, *ends)
    scale = (high - low) / LEVELS
    return Step(scale, round(-low / scale))


def layer_steps(
    installed: InstalledModel, chain: Chain, images: Iterable[NDArray[np.float32]]
) -> tuple[Step, ...]:
    """Run images (1, 3, H, W) and return the step of each layer's result but the last's.

    Raises `ModelUnusable`, `OSError`.
    """
    names = [layer.name for layer in chain.layers[:-1]]
    largest = np.zeros(len(names))
    with _float_session(installed, names) as session:
        port = session.inputs[0].name
        places = [each.name for each in session.outputs]
        for image in images:
            results = dict(zip(places, session.run({port: image}), strict=True))
            largest = np.maximum(largest, [float(results[name].max()) for name in names])
    # A layer that is silent on every picture still needs a step.
    return tuple(Step(max(float(each), 1e-6) * MARGIN / LEVELS) for each in largest)


@contextmanager
def _float_session(installed: InstalledModel, names: list[str]) -> Iterator[Session]:
    """Load the network with the results of its layers as further outputs."""
    has_graph = installed.graph in ("mapped", "aligned")
    path = (installed.path.parent if has_graph else installed.derived) / FLOAT_GRAPH
    try:
        shutil.copyfile(installed.path.with_name(CLASSIFY_GRAPH) if has_graph else installed.path, path)
        with path.open("ab") as file:
            file.write(more_outputs(names))
        yield Session(path, CPU.provider, map_weights=has_graph)
    finally:
        path.unlink(missing_ok=True)
