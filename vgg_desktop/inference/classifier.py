"""A network with its labels: pictures to the most probable classes."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import FastUnavailable, ModelUnusable, format_bytes
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.images.reading import Picture, read
from vgg_desktop.inference.devices import CPU, Device, choose_device
from vgg_desktop.inference.fast_model import CPU_ONLY, NOT_MADE, find_fast
from vgg_desktop.inference.results import Classification, Prediction
from vgg_desktop.inference.runtime import Port, Session
from vgg_desktop.models.descriptions import CLASSIFY_GRAPH
from vgg_desktop.models.labels import Label, read_labels
from vgg_desktop.models.store import InstalledModel

# What no classifier of pictures has, and what would take gigabytes: a file may declare any size.
MAX_SIDE = 4096
_MAX_BATCH = 256
_MAX_INPUT = 1_000_000_000  # bytes
Decode = Literal["full", "draft"]
Precision = Literal["exact", "fast"]
_INPUT_TYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16}


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A picture on its way to the network: `tensor` is (3, H, W) float32; times in milliseconds.

    `width` and `height` are the upright picture's. The picture itself is not kept, since many may wait.
    """

    path: Path
    width: int
    height: int
    tensor: NDArray[np.float32]
    read_ms: float
    prepare_ms: float
    kept: Any


def softmax(logits: NDArray[Any]) -> NDArray[np.float64]:
    """Turn logits (N, C) into probabilities (N, C) in float64, the row's maximum subtracted first."""
    shifted = logits.astype(np.float64)
    shifted -= shifted.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def top_k(probabilities: NDArray[np.float64], k: int) -> NDArray[np.intp]:
    """Give the indices of the k largest of (C,), the largest first, the lower index first among equals."""
    return np.argsort(-probabilities, kind="stable")[:k]


class Network:
    """A session that takes batches of any size, whatever the file's own batch, number type or output shape is."""

    def __init__(
        self, path: Path, device: Device = CPU, *, map_weights: bool = False, threads: int = 0
    ) -> None:
        """Load the network; `threads` of the processor, 0 lets onnxruntime choose.

        Raises `ModelUnusable`, also when it is no image classifier.
        """
        self._path = path
        self._session = Session(
            path, device.provider, device.options, map_weights=map_weights, threads=threads
        )
        self.provider = self._session.provider
        self._input = _image_input(path, self._session.inputs)
        if len(self._session.outputs) != 1:
            count = len(self._session.outputs)
            raise ModelUnusable(path, f"a classifier has one output, and this network has {count}")

    @property
    def size(self) -> int | None:
        """Give the side of the square input in pixels, or None when the file leaves it open."""
        return self._input.shape[2] or self._input.shape[3]

    def scores(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run images (N, 3, H, W) and give the scores of the classes (N, C). Raises `ModelUnusable`."""
        fixed = self._input.shape[0]
        step = fixed or len(images)
        parts = [self._run(images[start : start + step], fixed) for start in range(0, len(images), step)]
        return np.concatenate(parts)

    def _run(self, images: NDArray[np.float32], fixed: int | None) -> NDArray[np.float32]:
        count = len(images)
        if fixed is not None and fixed * images[:1].nbytes > _MAX_INPUT:
            size, limit = format_bytes(fixed * images[:1].nbytes), format_bytes(_MAX_INPUT)
            raise ModelUnusable(self._path, f"its input takes {size}; the limit is {limit}")
        if fixed is not None and count < fixed:
            images = np.concatenate([images, np.zeros((fixed - count, *images.shape[1:]), np.float32)])
        feed = images.astype(_INPUT_TYPES[self._input.type], copy=False)
        output = self._session.run({self._input.name: feed})[0]
        rows = len(images)
        if (
            output.dtype.kind != "f"
            or output.shape[0] != rows
            or output.ndim < 2
            or output.size != rows * output.shape[1]
        ):
            raise ModelUnusable(
                self._path, f"it gives {list(output.shape)}, not one row of classes a picture"
            )
        scores = output.reshape(rows, -1)[:count].astype(np.float32, copy=False)
        if scores.shape[1] < 2:
            raise ModelUnusable(self._path, "it knows only one class")
        if not np.isfinite(scores).all():
            raise ModelUnusable(self._path, "its results are not finite numbers")
        return scores


def _image_input(path: Path, inputs: tuple[Port, ...]) -> Port:
    if len(inputs) != 1:
        raise ModelUnusable(
            path, f"a classifier has one input, the picture, and this network has {len(inputs)}"
        )
    port = inputs[0]
    if port.type not in _INPUT_TYPES:
        raise ModelUnusable(path, f"its input is {port.type}, not floating-point numbers")
    if len(port.shape) != 4:
        raise ModelUnusable(
            path, f"its input has {len(port.shape)} dimensions, and a batch of pictures has four"
        )
    batch, channels, height, width = port.shape
    if batch is not None and batch > _MAX_BATCH:
        raise ModelUnusable(path, f"it takes {batch} pictures at once; the limit is {_MAX_BATCH}")
    if max(height or 0, width or 0) > MAX_SIDE:
        side = max(height or 0, width or 0)
        raise ModelUnusable(path, f"its input is {side} pixels wide; the limit is {MAX_SIDE}")
    if channels == 3 or (channels is None and width != 3):
        if height is not None and width is not None and height != width:
            raise ModelUnusable(path, f"its input is {width} x {height} pixels; only squares are supported")
        return port
    if port.shape[3] == 3:
        raise ModelUnusable(path, "its input has the colour channels last; only channels first is supported")
    raise ModelUnusable(path, f"its input has {channels} channels, and a picture has three")


def open_network(installed: InstalledModel, device: Device, *, threads: int = 0) -> Network:
    """Load an installed network through the graph that its self-test chose. Raises `ModelUnusable`."""
    if installed.graph in ("mapped", "aligned"):
        graph = installed.path.with_name(CLASSIFY_GRAPH)
        return Network(graph, device, map_weights=device == CPU, threads=threads)
    return Network(installed.path, device, threads=threads)


def open_fast(graph: Path, *, threads: int = 0) -> Network:
    """Load a network's 8-bit form. Raises `ModelUnusable`."""
    # Not mapped: arranging the weights for the processor at the start makes each picture four times as fast.
    return Network(graph, threads=threads)


def _fast_network(installed: InstalledModel, device: Device | None, threads: int) -> Network:
    """Load an installed network's 8-bit form. Raises `FastUnavailable`, `ModelUnusable`."""
    if device not in (None, CPU):
        raise FastUnavailable(installed.spec.title, CPU_ONLY)
    made = find_fast(installed)
    if made is None:
        raise FastUnavailable(installed.spec.title, NOT_MADE)
    return open_fast(made.graph, threads=threads)


class Classifier:
    """An installed network on the best device, with its labels."""

    def __init__(
        self,
        installed: InstalledModel,
        *,
        device: Device | None = None,
        threads: int = 0,
        precision: Precision = "exact",
    ) -> None:
        """Load the network, on `device` or else the first that takes it, or else the CPU; `fallback` says why.

        `threads` 0 lets onnxruntime choose.

        The precision `fast` takes the 8-bit form that `make_fast` made, on the CPU. Raises `ModelUnusable`,
        `CatalogInvalid`, `FastUnavailable`.
        """
        self.spec = installed.spec
        self.labels: tuple[Label, ...] = read_labels(self.spec.labels)
        self.precision = precision
        if precision == "fast":
            self._network, self.device, self.fallback = _fast_network(installed, device, threads), CPU, ""
        else:
            self._network, self.device, self.fallback = choose_device(
                lambda each: open_network(installed, each, threads=threads),
                lambda network: network.provider,
                wish=device,
            )

    def probabilities(self, images: NDArray[np.float32]) -> NDArray[np.float64]:
        """Give the probabilities (N, C) of prepared images (N, 3, H, W). Raises `ModelUnusable`."""
        scores = self._network.scores(images)
        if scores.shape[1] != len(self.labels):
            reason = f"it gives {scores.shape[1]} classes, and its labels name {len(self.labels)}"
            raise ModelUnusable(self.spec.labels, reason)
        return softmax(scores) if self.spec.outputs == "logits" else scores.astype(np.float64)

    def prepare(
        self,
        path: Path,
        *,
        decode: Decode = "full",
        keep: Callable[[Picture], Any] = lambda _picture: None,
    ) -> Prepared:
        """Read a file and make the network's input of it; `draft` decodes JPEGs at a reduced size. Thread: any.

        What `keep` makes of the picture, a thumbnail say, stays with the result. Raises `ImageUnreadable`,
        `ImageTooLarge`.
        """
        started = time.perf_counter()
        # Three times the size that is needed keeps the difference to a full decode under 2/255.
        picture = read(path, draft=3 * self.spec.preprocessing.resize if decode == "draft" else None)
        done = time.perf_counter()
        tensor = preprocess(picture.image, self.spec.preprocessing)
        prepare_ms = (time.perf_counter() - done) * 1000
        read_ms = (done - started) * 1000
        return Prepared(path, picture.width, picture.height, tensor, read_ms, prepare_ms, keep(picture))

    def classify(self, pictures: Sequence[Prepared], k: int) -> list[Classification]:
        """Classify pictures in one run; `run` is each one's share of its time. Raises `ModelUnusable`."""
        started = time.perf_counter()
        probabilities = self.probabilities(np.stack([each.tensor for each in pictures]))
        run_ms = (time.perf_counter() - started) * 1000 / len(pictures)
        return [
            self._classification(each, row, k, run_ms)
            for each, row in zip(pictures, probabilities, strict=True)
        ]

    def _classification(
        self, prepared: Prepared, probabilities: NDArray[np.float64], k: int, run_ms: float
    ) -> Classification:
        predictions = tuple(
            Prediction(
                int(index), self.labels[index].id, self.labels[index].name, float(probabilities[index])
            )
            for index in top_k(probabilities, k)
        )
        return Classification(
            path=prepared.path,
            model=self.spec.id,
            sha256=self.spec.sha256,
            device=self.device.id,
            provider=self._network.provider,
            precision=self.precision,
            predictions=predictions,
            width=prepared.width,
            height=prepared.height,
            milliseconds={"read": prepared.read_ms, "prepare": prepared.prepare_ms, "run": run_ms},
        )

    def classify_file(self, path: Path, k: int, *, decode: Decode = "full") -> Classification:
        """Read and classify one file. Raises `ImageUnreadable`, `ImageTooLarge`, `ModelUnusable`."""
        return self.classify([self.prepare(path, decode=decode)], k)[0]
