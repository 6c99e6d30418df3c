"""A network with its labels: pictures to the most probable classes."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import FastUnavailable, ModelUnusable
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.images.reading import Picture, read
from vgg_desktop.inference.devices import CPU, Device, choose_device
from vgg_desktop.inference.fast_model import CPU_ONLY, NOT_MADE, find_fast
from vgg_desktop.inference.network import Scorer, open_fast, open_network, softmax
from vgg_desktop.inference.results import Classification, Precision, Prediction
from vgg_desktop.models.labels import Label, read_labels
from vgg_desktop.models.store import InstalledModel

Decode = Literal["full", "draft"]


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


def top_k(probabilities: NDArray[np.float64], k: int) -> NDArray[np.intp]:
    """Give the indices of the k largest of (C,), the largest first, the lower index first among equals."""
    return np.argsort(-probabilities, kind="stable")[:k]


def _fast_network(installed: InstalledModel, device: Device | None, threads: int) -> Scorer:
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
