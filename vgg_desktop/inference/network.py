"""A network as one function: prepared images to scores, on one device."""

import copy
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
from vgg_desktop.models.catalog import MAX_SIDE, Interface
from vgg_desktop.reasons import Bytes
from vgg_desktop.why import Why

_MAX_INPUT = 1_000_000_000  # bytes: a file may declare any size
_TIMED_RUNS, _TIMED_MS = 7, 2000.0
TOLERANCE = 1e-3  # of the largest score; two kernels for the same sums differ by about 1e-5
NOT_FINITE = Why.NETWORK_NOT_FINITE()
_INPUT_TYPES: dict[str, Any] = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(double)": np.float64,
    "tensor(uint8)": np.uint8,
}


def probe(shape: Sequence[int]) -> NDArray[np.float32]:
    """Return a random input tensor, (1, *shape), always the same one."""
    return np.random.default_rng(0).standard_normal((1, *shape), dtype=np.float32)


class Scorer(Protocol):
    """Protocol of what computes the scores of pictures."""

    @property
    def provider(self) -> str:
        """Return the execution provider in use."""

    @property
    def form(self) -> FormId:
        """Return which form of the network runs."""

    def scores(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run images (N, C, H, W) and return the scores of the classes (N, K). Raises `ModelUnusable`."""


class Network:
    """A session that accepts batches of any size, whatever the file's layout, batch size, number type or output."""

    def __init__(
        self,
        path: Path,
        device: Device = CPU,
        *,
        interface: Interface = Interface(),  # noqa: B008 - a constant
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
        self.interface = interface

    @property
    def input(self) -> Port:
        """Return the input that takes the pictures."""
        return self._input

    @property
    def outputs(self) -> tuple[Port, ...]:
        """Return everything that the network returns."""
        return self._session.outputs

    def used_as(self, interface: Interface) -> "Network":
        """Return the same loaded network, used in another way."""
        network = copy.copy(self)
        network.interface = interface
        return network

    def scores(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run images (N, C, H, W) and return the scores of the classes (N, K). Raises `ModelUnusable`."""
        fixed = self._input.shape[0] or self.interface.batch
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
        output = self._session.run({self._input.name: self._feed(images)}, [self._output()])[0]
        scores = _as_rows(output, len(images))
        if scores is None:
            raise ModelUnusable(self._path, Why.NETWORK_OUTPUT_SHAPE(shape=str(list(output.shape))))
        return _finite(self._path, scores[:count].astype(np.float32, copy=False))

    def _output(self) -> str:
        if self.interface.output:
            return self.interface.output
        if len(self.outputs) != 1:
            raise ModelUnusable(self._path, Why.NETWORK_OUTPUTS(count=len(self.outputs)))
        return self.outputs[0].name

    def _feed(self, images: NDArray[np.float32]) -> NDArray[Any]:
        """Return images (N, C, H, W) as the file takes them."""
        if self.interface.layout != "channels-first":
            images = images.transpose(0, 2, 3, 1)
        if len(self._input.shape) < 4:  # rows of numbers, or grey pictures without a dimension for channels
            shape = images.shape[1:3] if self.interface.layout != "channels-first" else images.shape[2:]
            rest = (-1,) if len(self._input.shape) == 2 else shape
            images = images.reshape(len(images), *rest)
        kind = _INPUT_TYPES[self._input.type]
        if kind is np.uint8:
            images = np.clip(np.rint(images), 0, 255)
        return np.ascontiguousarray(images, kind)


def _as_rows(output: NDArray[Any], rows: int) -> NDArray[Any] | None:
    """Return one row of scores for each picture, or None for what is something else.

    Dimensions of one do not matter: [N, C], [N, C, 1, 1], [N, 1, 1, C]; [C] for one picture, [N] with one score each.
    """
    if output.dtype.kind != "f" or output.ndim == 0 or output.size == 0:
        return None
    if output.ndim == 1:
        return output.reshape(rows, -1) if rows in (1, len(output)) else None
    if output.shape[0] != rows or output.size != rows * max(output.shape[1:]):
        return None
    return output.reshape(rows, -1)


def _finite(path: Path, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scores unchanged. Raises `ModelUnusable` where some are not finite."""
    if not np.isfinite(scores).all():
        raise ModelUnusable(path, NOT_FINITE)
    return scores


def _image_input(path: Path, inputs: tuple[Port, ...]) -> Port:
    """Return the input that takes the pictures. Raises `ModelUnusable`."""
    if len(inputs) != 1:
        raise ModelUnusable(path, Why.NETWORK_INPUTS(count=len(inputs)))
    port = inputs[0]
    if port.type not in _INPUT_TYPES:
        raise ModelUnusable(path, Why.NETWORK_INPUT_TYPE(type=port.type))
    if not 2 <= len(port.shape) <= 4:
        raise ModelUnusable(path, Why.NETWORK_INPUT_DIMENSIONS(count=len(port.shape)))
    sides = port.shape[1:]
    if len(sides) > 1 and (side := max(each or 0 for each in sides)) > MAX_SIDE:
        raise ModelUnusable(path, Why.NETWORK_WIDTH(side=side, limit=MAX_SIDE))
    return port


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
        """Run images (N, C, H, W) and return the scores of the classes (N, K). Raises `ModelUnusable`."""
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
