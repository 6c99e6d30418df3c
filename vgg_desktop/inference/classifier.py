"""A network with its labels: pictures to the most probable classes."""

import functools
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import PIL
from numpy.typing import NDArray

from vgg_desktop import __version__
from vgg_desktop.errors import ModelUnusable
from vgg_desktop.images.identity import FileIdentity, file_state, identify
from vgg_desktop.images.preprocessing import draft_side, preprocess
from vgg_desktop.images.reading import Picture, read
from vgg_desktop.inference.devices.failover import FailoverNetwork, Provenance
from vgg_desktop.inference.devices.listing import Device
from vgg_desktop.inference.outputs import class_count, probabilities
from vgg_desktop.inference.results import Classification, Decode, Fallback, Precision, Prediction
from vgg_desktop.inference.runtime import version
from vgg_desktop.models.catalog import Preprocessing
from vgg_desktop.models.labels import Label, read_labels
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why


@dataclass(frozen=True, slots=True, eq=False)
class LoadedInput:
    """A picture on its way to the network: `tensor` is (C, H, W) float32; times in milliseconds.

    `decode` and `preprocessing` are how it was made. `width`, `height` and `note` are the upright
    picture's. The picture itself is not kept, since many may wait. `identity` is the file's, where it was asked for and
    the file did not change meanwhile.
    """

    path: Path
    width: int
    height: int
    tensor: NDArray[np.float32]
    read_ms: float
    prepare_ms: float
    decode: Decode
    preprocessing: Preprocessing
    note: Reason | None
    kept: object
    identity: FileIdentity | None = None


@functools.cache
def versions() -> Mapping[str, str]:
    """Return the versions of the app and of the libraries that a result depends on, by name."""
    return MappingProxyType(
        {
            "vgg-desktop": __version__,
            "onnxruntime": version(),
            "numpy": np.__version__,
            "pillow": PIL.__version__,
        }
    )


def top_k(probabilities: NDArray[np.float64], k: int) -> NDArray[np.intp]:
    """Return the indices of the k largest of (C,), the largest first, the lower index first among equals."""
    return np.argsort(-probabilities, kind="stable")[:k]


class Classifier:
    """An opened network with its labels; `opening.open_classifier` makes one."""

    def __init__(self, installed: InstalledModel, network: FailoverNetwork) -> None:
        """Read the labels. Raises `CatalogInvalid`."""
        self.installed, self.spec = installed, installed.spec
        self.labels: tuple[Label, ...] = read_labels(self.spec.labels)
        self._network = network

    @property
    def fallback(self) -> Fallback:
        """Return the devices that were requested or may be faster and are not in use now."""
        return self._network.fallback

    @property
    def device(self) -> Device:
        """Return the device in use now."""
        return self._network.provenance.device

    @property
    def precision(self) -> Precision:
        """Return the precision in use now."""
        return self._network.provenance.precision

    def probabilities(self, images: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probabilities (N, C) of prepared images (N, 3, H, W). Raises `ModelUnusable`."""
        return self._probabilities(images)[0]

    def _probabilities(self, images: NDArray[np.float32]) -> tuple[NDArray[np.float64], list[Provenance]]:
        scores, provenances = self._network.scores(images)
        if (classes := class_count(scores.shape[1])) != len(self.labels):
            raise ModelUnusable(
                self.spec.labels, Why.NETWORK_LABELS(classes=classes, labels=len(self.labels))
            )
        return probabilities(scores, self.spec.outputs), provenances

    def load_input(
        self,
        path: Path,
        *,
        decode: Decode = "full",
        preprocessing: Preprocessing | None = None,
        keep: Callable[[Picture], object] = lambda _picture: None,
        with_identity: bool = False,
        cancel: threading.Event | None = None,
    ) -> LoadedInput:
        """Read a file and make the network's input of it; `draft` decodes JPEGs at a reduced size. Thread: any.

        `preprocessing` takes the place of the network's own. What `keep` returns for the picture, for instance a
        thumbnail, is part of the result, and `with_identity` which file it was. Raises `ImageUnreadable`,
        `ImageTooLarge`, and `Cancelled` once `cancel` is set.
        """
        preprocessing = preprocessing or self.spec.preprocessing
        state = file_state(path) if with_identity else None
        started = time.perf_counter()
        draft = draft_side(preprocessing) if decode == "draft" else None
        picture = read(path, draft=draft, cancel=cancel)
        done = time.perf_counter()
        tensor = preprocess(picture.image, preprocessing)
        prepare_ms = (time.perf_counter() - done) * 1000
        read_ms = (done - started) * 1000
        return LoadedInput(
            path,
            picture.width,
            picture.height,
            tensor,
            read_ms,
            prepare_ms,
            decode,
            preprocessing,
            picture.note,
            keep(picture),
            identify(path, state, cancel) if state is not None else None,
        )

    def classify(self, pictures: Sequence[LoadedInput], k: int) -> list[Classification]:
        """Classify pictures, in one run where the device can; `run` is each one's share. Raises `ModelUnusable`."""
        return [result for result, _ in self.classify_fully(pictures, k)]

    def classify_fully(
        self, pictures: Sequence[LoadedInput], k: int
    ) -> list[tuple[Classification, NDArray[np.float64]]]:
        """Like `classify`, each with the probabilities (C,) of all classes."""
        started = time.perf_counter()
        probabilities, provenances = self._probabilities(np.stack([each.tensor for each in pictures]))
        run_ms = (time.perf_counter() - started) * 1000 / len(pictures)
        return [
            (self._classification(each, row, provenance, k, run_ms), row)
            for each, row, provenance in zip(pictures, probabilities, provenances, strict=True)
        ]

    def _classification(
        self,
        loaded: LoadedInput,
        probabilities: NDArray[np.float64],
        provenance: Provenance,
        k: int,
        run_ms: float,
    ) -> Classification:
        predictions = tuple(
            Prediction(
                int(index), self.labels[index].id, self.labels[index].name, float(probabilities[index])
            )
            for index in top_k(probabilities, k)
        )
        return Classification(
            path=loaded.path,
            model=self.spec.id,
            sha256=self.spec.sha256,
            device=provenance.device.id,
            provider=provenance.provider,
            precision=provenance.precision,
            predictions=predictions,
            width=loaded.width,
            height=loaded.height,
            milliseconds={"read": loaded.read_ms, "prepare": loaded.prepare_ms, "run": run_ms},
            fallback=self.fallback if provenance is self._network.provenance else (),  # else lost since
            form=provenance.form,
            decode=loaded.decode,
            preprocessing=loaded.preprocessing,
            versions=versions(),
            note=loaded.note,
            independent=self.spec.outputs.startswith("independent"),
        )

    def classify_file(self, path: Path, k: int, *, decode: Decode = "full") -> Classification:
        """Read and classify one file. Raises `ImageUnreadable`, `ImageTooLarge`, `ModelUnusable`."""
        return self.classify([self.load_input(path, decode=decode)], k)[0]
