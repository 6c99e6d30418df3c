"""A network as one function: prepared images to scores, on one device."""

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import ModelUnusable
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.results import FormId
from vgg_desktop.inference.runtime import Port, Session
from vgg_desktop.models.catalog import MAX_SIDE
from vgg_desktop.reasons import Bytes, Why

# What no classifier of pictures has, and what would take gigabytes: a file may declare any size.
_MAX_BATCH = 256
_MAX_INPUT = 1_000_000_000  # bytes
_TIMED_RUNS, _TIMED_MS = 7, 2000.0
TOLERANCE = 1e-3  # of the largest score; two kernels for the same sums differ by about 1e-5
NOT_FINITE = Why.NETWORK_NOT_FINITE()
_INPUT_TYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16}


def probe(shape: Sequence[int]) -> NDArray[np.float32]:
    """Return a random input tensor, (1, *shape), always the same one."""
    return np.random.default_rng(0).standard_normal((1, *shape), dtype=np.float32)


def softmax(logits: NDArray[Any]) -> NDArray[np.float64]:
    """Turn logits (N, C) into probabilities (N, C) in float64, the row's maximum subtracted first."""
    shifted = logits.astype(np.float64)
    shifted -= shifted.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


class Scorer(Protocol):
    """Protocol of what computes the scores of pictures."""

    @property
    def provider(self) -> str:
        """Return the execution provider in use."""

    @property
    def form(self) -> FormId:
        """Return which form of the network runs."""

    def scores(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run images (N, 3, H, W) and return the scores of the classes (N, C). Raises `ModelUnusable`."""


class Network:
    """A session that accepts batches of any size, whatever the file's batch size, number type or output shape."""

    def __init__(
        self,
        path: Path,
        device: Device = CPU,
        *,
        map_weights: bool = False,
        threads: int = 0,
        form: FormId = "published",
    ) -> None:
        """Load the network; `threads` of the processor, 0 lets onnxruntime choose. `form` says what the file is.

        Raises `ModelUnusable`, also when it is no image classifier.
        """
        self._path, self.form = path, form
        self._session = Session(
            path, device.provider, device.options, map_weights=map_weights, threads=threads
        )
        self.provider = self._session.provider
        self._input = _image_input(path, self._session.inputs)
        if len(self._session.outputs) != 1:
            count = len(self._session.outputs)
            raise ModelUnusable(path, Why.NETWORK_OUTPUTS(count=count))

    @property
    def size(self) -> int | None:
        """Return the side of the square input in pixels, or None when the file leaves it open."""
        return self._input.shape[2] or self._input.shape[3]

    def scores(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run images (N, 3, H, W) and return the scores of the classes (N, C). Raises `ModelUnusable`."""
        fixed = self._input.shape[0]
        step = fixed or len(images)
        parts = [self._run(images[start : start + step], fixed) for start in range(0, len(images), step)]
        return np.concatenate(parts)

    def _run(self, images: NDArray[np.float32], fixed: int | None) -> NDArray[np.float32]:
        count = len(images)
        if fixed is not None and fixed * images[:1].nbytes > _MAX_INPUT:
            size = Bytes(fixed * images[:1].nbytes)
            raise ModelUnusable(self._path, Why.NETWORK_INPUT_BYTES(size=size, limit=Bytes(_MAX_INPUT)))
        if fixed is not None and count < fixed:
            images = np.concatenate([images, np.zeros((fixed - count, *images.shape[1:]), np.float32)])
        feed = images.astype(_INPUT_TYPES[self._input.type], copy=False)
        output = self._session.run({self._input.name: feed})[0]
        rows = len(images)
        if (
            output.dtype.kind != "f"
            or output.ndim < 2
            or output.shape[0] != rows
            or output.size != rows * output.shape[1]
        ):
            raise ModelUnusable(self._path, Why.NETWORK_OUTPUT_SHAPE(shape=str(list(output.shape))))
        scores = output.reshape(rows, -1)[:count].astype(np.float32, copy=False)
        if scores.shape[1] < 2:
            raise ModelUnusable(self._path, Why.NETWORK_ONE_CLASS())
        return _finite(self._path, scores)


def _finite(path: Path, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scores unchanged. Raises `ModelUnusable` where some are not finite."""
    if not np.isfinite(scores).all():
        raise ModelUnusable(path, NOT_FINITE)
    return scores


def _image_input(path: Path, inputs: tuple[Port, ...]) -> Port:
    if len(inputs) != 1:
        raise ModelUnusable(path, Why.NETWORK_INPUTS(count=len(inputs)))
    port = inputs[0]
    if port.type not in _INPUT_TYPES:
        raise ModelUnusable(path, Why.NETWORK_INPUT_TYPE(type=port.type))
    if len(port.shape) != 4:
        raise ModelUnusable(path, Why.NETWORK_INPUT_DIMENSIONS(count=len(port.shape)))
    batch, channels, height, width = port.shape
    if batch is not None and batch > _MAX_BATCH:
        raise ModelUnusable(path, Why.NETWORK_BATCH(count=batch, limit=_MAX_BATCH))
    if (side := max(height or 0, width or 0)) > MAX_SIDE:
        raise ModelUnusable(path, Why.NETWORK_WIDTH(side=side, limit=MAX_SIDE))
    if channels == 3 or (channels is None and width != 3):
        if height is not None and width is not None and height != width:
            raise ModelUnusable(path, Why.NETWORK_INPUT_NOT_SQUARE(width=width, height=height))
        return port
    if width == 3:
        raise ModelUnusable(path, Why.NETWORK_CHANNELS_LAST())
    assert channels is not None
    raise ModelUnusable(path, Why.NETWORK_CHANNELS(count=channels))


class SplitNetwork:
    """A network on the processor in two parts: the features of each picture, then the dense layers of all at once.

    The convolutions gain nothing from batches; the dense layers' weights are read once a batch.
    """

    form: FormId = "winograd"

    def __init__(self, features: Path, dense: Path, *, threads: int = 0) -> None:
        """Load both parts, each from its graph. Raises `ModelUnusable`."""
        self._features = Network(features, map_weights=True, threads=threads)
        self._dense = Session(dense, CPU.provider, map_weights=True, threads=threads)
        self._path, self._input = dense, self._dense.inputs[0].name
        self.provider = self._dense.provider

    def scores(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run images (N, 3, H, W) and return the scores of the classes (N, C). Raises `ModelUnusable`."""
        return _finite(self._path, self._dense.run({self._input: self._features.scores(images)})[0])


def agrees(open: Callable[[], Scorer], image: NDArray[np.float32], expected: NDArray[np.float32]) -> bool:
    """Return whether a network returns the expected scores (1, C) for an image (1, 3, H, W), alone and in a batch.

    One that cannot be opened or run does not.
    """
    try:
        network = open()
        scores = np.concatenate([network.scores(image), network.scores(np.concatenate([image, image]))])
    except ModelUnusable:
        return False
    worst = float(np.abs(scores - expected).max())
    return worst <= TOLERANCE * float(np.abs(expected).max())


def median_ms(
    network: Scorer, image: NDArray[np.float32], before_each: Callable[[], None] = lambda: None
) -> float:
    """Return the median milliseconds of one picture (1, 3, H, W), as `medians_ms` does. Raises `ModelUnusable`."""
    return medians_ms([network], image, before_each)[0]


def medians_ms(
    networks: Sequence[Scorer], image: NDArray[np.float32], before_each: Callable[[], None] = lambda: None
) -> list[float]:
    """Return the median milliseconds of one picture (1, 3, H, W) with each of some networks.

    They run in turn, so that what disturbs one disturbs the others; within some seconds, and the first runs are left
    out. `before_each` run may raise, to stop. Raises `ModelUnusable`.
    """
    for network in networks:
        before_each()
        network.scores(image)
    times: list[list[float]] = [[] for _ in networks]
    while len(times[0]) < _TIMED_RUNS and sum(times[0]) < _TIMED_MS:
        for network, own in zip(networks, times, strict=True):
            before_each()
            started = time.perf_counter()
            network.scores(image)
            own.append((time.perf_counter() - started) * 1000)
    return [statistics.median(own) for own in times]
