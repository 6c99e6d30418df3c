"""How Fast was chosen: ways to find the ranges of 8-bit numbers, compared on the starter network and real pictures.

    python -m benchmarks.fast_choices cifar10-train.zip cifar10-test.zip

The archives hold CIFAR-10 as pictures, one folder a class. The starter network is the one trained network that is at
hand; every way makes its 8-bit form again and classifies all test pictures with it.
"""

import argparse
import io
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from PIL import Image

from vgg_desktop.forms.graph_writer import more_outputs
from vgg_desktop.forms.int8 import LARGEST, Int8Graph, QuantizedLayer, QuantParams
from vgg_desktop.forms.sequential import Block, SequentialNet, folded_weights, read_sequential
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.forms.comparison import measure_agreement
from vgg_desktop.inference.forms.make_int8 import MARGIN, input_params
from vgg_desktop.inference.network import Network
from vgg_desktop.inference.outputs import softmax
from vgg_desktop.inference.runtime import Session
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.catalog import ModelSpec, find, load_catalog
from vgg_desktop.models.store import InstalledModel, ModelStore

Floats = NDArray[np.float32]
_BINS, _BATCH = 2048, 100


def minimum_maximum(values: Floats) -> float:
    """Everything fits."""
    return float(values.max())


def percentile(share: float) -> Callable[[Floats], float]:
    """All but the largest share fit."""
    return lambda values: float(np.quantile(values, share / 100))


def least_error(values: Floats) -> float:
    """The range with the least mean squared error of what is rounded and cut off."""
    counts, edges = np.histogram(values, _BINS, (0, values.max()))
    centres = (edges[:-1] + edges[1:]) / 2
    ranges = np.linspace(0.2, 1, 81) * values.max()
    errors = [
        (((np.clip(np.rint(centres / step), 0, LARGEST) * step - centres) ** 2) * counts).sum()
        for step in ranges / LARGEST
    ]
    return float(ranges[int(np.argmin(errors))])


def entropy(values: Floats) -> float:
    """The range whose 8-bit distribution diverges least from the real one (Migacz 2017)."""
    counts = np.histogram(values[values > 0], _BINS, (0, values.max()))[0].astype(float)
    best = (np.inf, float(values.max()))
    for kept in range(256, _BINS + 1, 32):
        reference = counts[:kept].copy()
        reference[-1] += counts[kept:].sum()
        places = np.arange(kept) * 256 // kept
        sums = np.bincount(places, counts[:kept], 256)
        filled = np.bincount(places, (counts[:kept] > 0).astype(float), 256)
        rough = np.where(counts[:kept] > 0, (sums / np.maximum(filled, 1))[places], 0)
        p, q = reference / reference.sum(), rough / rough.sum()
        there = p > 0
        divergence = float((p[there] * np.log(p[there] / np.maximum(q[there], 1e-12))).sum())
        best = min(best, (divergence, kept * float(values.max()) / _BINS))
    return best[1]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to make the 8-bit form."""

    pictures: str
    range_of: Callable[[Floats], float]
    called: str
    margin: float = 1.0
    limit: int = 127
    fitted_weights: bool = False
    corrected_biases: bool = False
    floating: tuple[int, ...] = ()


RANGES: tuple[tuple[str, Callable[[Floats], float]], ...] = (
    ("largest value", minimum_maximum),
    ("percentile 99.99", percentile(99.99)),
    ("percentile 99.9", percentile(99.9)),
    ("least squared error", least_error),
    ("entropy", entropy),
)


def ways() -> list[Way]:
    """Return all that is tried."""
    found = [Way(each, method, name) for each in ("CIFAR", "made") for name, method in RANGES]
    for pictures in ("CIFAR", "made"):
        found += [
            Way(pictures, minimum_maximum, f"largest value x {margin}", margin)
            for margin in (1.25, 1.5, 2, 3)
        ]
    chosen = f"largest value x {MARGIN:g}"
    found += [
        Way("made", minimum_maximum, f"{chosen}, weights of least error", MARGIN, fitted_weights=True),
        Way("made", minimum_maximum, f"{chosen}, biases corrected", MARGIN, corrected_biases=True),
        Way("made", minimum_maximum, f"{chosen}, first layer in float", MARGIN, floating=(0,)),
        Way("made", minimum_maximum, f"{chosen}, last layer in float", MARGIN, floating=(-1,)),
        Way("made", minimum_maximum, f"{chosen}, both in float", MARGIN, floating=(0, -1)),
        Way("made", minimum_maximum, f"{chosen}, weights of 7 bits", MARGIN, limit=63),
    ]
    return found


class Maker:
    """Makes the 8-bit form of the starter network in every way."""

    def __init__(self, installed: InstalledModel, chain: SequentialNet, folder: Path) -> None:
        self._spec, self._chain, self._folder = installed.spec, chain, folder
        self._names = [layer.name for layer in chain.layers]
        graph = folder / "float.onnx"
        graph.write_bytes(installed.path.read_bytes() + more_outputs(self._names[:-1]))
        self._session = Session(graph, CPU.provider)

    def results(self, images: Floats) -> list[Floats]:
        """Return the result of every layer."""
        found = self._session.run({"data": images})
        by_name = dict(zip((each.name for each in self._session.outputs), found, strict=True))
        return [by_name[name] for name in self._names]

    def make(self, way: Way, images: Floats, results: list[Floats]) -> Path:
        """Write the graph of one way."""
        path = self._folder / "fast.onnx"
        params = input_params(self._spec.preprocessing)
        means = [_channel_means(each) for each in (images, *results)]
        layers = self._chain.layers
        with folded_weights(self._chain) as weights, path.with_suffix(".weights").open("wb") as file:
            writer = Int8Graph(file, "fast.weights", self._spec.preprocessing.shape[1], params)
            for number, layer in enumerate(layers):
                (block,) = weights.blocks(layer)
                following = None
                if number + 1 < len(layers):
                    following = QuantParams(way.range_of(results[number]) * way.margin / LARGEST)
                writer.add(layer, _quantize(way, block, params, means[number]), following)
                params = following or params
        path.write_bytes(writer.model())
        if way.floating:
            self._keep_floating(path, [number % len(layers) for number in way.floating])
        return path

    def _keep_floating(self, path: Path, numbers: Sequence[int]) -> None:
        model = onnx.load(path)
        nodes = {node.output[0]: node for node in model.graph.node}
        with folded_weights(self._chain) as weights:
            for number in numbers:
                layer = self._chain.layers[number]
                (block,) = weights.blocks(layer)
                shape = layer.weight.dims if layer.window is not None else block.weights.shape
                own = (f"float_weights{number}", f"float_biases{number}")
                for name, values in zip(own, (block.weights.reshape(shape), block.biases), strict=True):
                    model.graph.initializer.append(numpy_helper.from_array(values.astype(np.float32), name))
                node = nodes[f"layer{number}_sums"]
                node.input[1], node.input[2] = own
                if number == 0:
                    node.input[0] = "picture"
        onnx.save(model, path)


def _channel_means(values: Floats) -> NDArray[np.float64]:
    others = tuple(each for each in range(values.ndim) if each != 1)
    return np.asarray(values.mean(axis=others, dtype=np.float64))


def _quantize(way: Way, block: Block, params: QuantParams, means: NDArray[np.float64]) -> QuantizedLayer:
    largest = np.maximum(np.abs(block.weights).max(axis=1), 1e-12)
    scales, least = largest / way.limit, np.full(len(largest), np.inf)
    for share in np.linspace(0.5, 1, 26) if way.fitted_weights else ():
        tried = largest * share / way.limit
        rounded = np.clip(np.rint(block.weights / tried[:, None]), -way.limit, way.limit)
        error = ((rounded * tried[:, None] - block.weights) ** 2).sum(axis=1)
        scales, least = np.where(error < least, tried, scales), np.minimum(error, least)
    rounded = np.clip(np.rint(block.weights / scales[:, None]), -way.limit, way.limit)
    biases = block.biases
    if way.corrected_biases:  # what rounding the weights adds on average (Nagel et al. 2019)
        inputs = np.repeat(means, block.weights.shape[1] // len(means))
        biases = biases - (rounded * scales[:, None] - block.weights) @ inputs
    return QuantizedLayer(
        rounded.astype(np.int8),
        scales.astype(np.float32),
        np.rint(biases / (scales * params.scale)).astype(np.int32),
    )


def read_archive(path: Path, spec: ModelSpec, count: int | None = None) -> tuple[Floats, NDArray[np.int64]]:
    """Return pictures as the network takes them, and their classes; `count` of them, evenly spread."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".jpg"))
        classes = sorted({name.split("/")[0] for name in names})
        names = names[:: len(names) // count] if count else names
        images = [
            preprocess(Image.open(io.BytesIO(archive.read(name))).convert("RGB"), spec.preprocessing)
            for name in names
        ]
    return np.stack(images), np.array([classes.index(name.split("/")[0]) for name in names])


def scores_of(path: Path, images: Floats) -> Floats:
    """Run a graph on all pictures."""
    network = Network(path)
    parts = [network.scores(images[at : at + _BATCH]) for at in range(0, len(images), _BATCH)]
    return np.concatenate(parts)


def main() -> None:
    """Try all ways and print a table in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path, help="pictures to calibrate on")
    parser.add_argument("test", type=Path, help="pictures to compare on")
    parser.add_argument("--pictures", type=int, default=32, help="how many to calibrate on (default: 32)")
    options = parser.parse_args()
    spec = find(load_catalog(), "starter")
    installed = ModelStore().get(spec)
    chain = read_sequential(installed.path)
    assert isinstance(chain, SequentialNet)
    images, classes = read_archive(options.test, spec)
    exact = scores_of(installed.path, images)
    made = np.stack([preprocess(each, spec.preprocessing) for each in sample_pictures(1, options.pictures)])
    sources = {"CIFAR": read_archive(options.train, spec, options.pictures)[0], "made": made}
    print(f"Exact: {(exact.argmax(axis=1) == classes).mean() * 100:.2f} % right\n")
    print(
        "| calibrated on | range | right | same top-1 | same top-5 | largest difference | error of the logits |"
    )
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        maker = Maker(installed, chain, Path(folder))
        results = {name: maker.results(each) for name, each in sources.items()}
        for way in ways():
            path = maker.make(way, sources[way.pictures], results[way.pictures])
            ours = scores_of(path, images)
            found = measure_agreement(softmax(exact), softmax(ours))
            error = float(np.sqrt(((ours - exact) ** 2).mean()))
            print(
                f"| {way.pictures} | {way.called} | {(ours.argmax(axis=1) == classes).mean() * 100:.2f} % "
                f"| {found.same_top1 * 100:.2f} % | {found.same_top5 * 100:.2f} % "
                f"| {found.largest_difference * 100:.1f} % | {error:.4f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
