"""A network with its labels: pictures to the most probable classes."""

import functools
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
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.images.reading import Picture, read
from vgg_desktop.inference.devices.choosing import choose
from vgg_desktop.inference.devices.guarded import DeviceLost, GuardedNetwork, Origin
from vgg_desktop.inference.devices.listing import CPU, Device, DeviceStatus
from vgg_desktop.inference.devices.self_test import forget_verdict
from vgg_desktop.inference.forms.registry import open_form, why_not
from vgg_desktop.inference.network import Scorer, softmax
from vgg_desktop.inference.results import Classification, Decode, FormId, Precision, Prediction
from vgg_desktop.inference.runtime import version
from vgg_desktop.models.catalog import Preprocessing
from vgg_desktop.models.labels import Label, read_labels
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Why


@dataclass(frozen=True, slots=True, eq=False)
class LoadedInput:
    """A picture on its way to the network: `tensor` is (3, H, W) float32; times in milliseconds.

    `decode` and `preprocessing` are how it was made. `width` and `height` are the upright picture's. The picture
    itself is not kept, since many may wait.
    """

    path: Path
    width: int
    height: int
    tensor: NDArray[np.float32]
    read_ms: float
    prepare_ms: float
    decode: Decode
    preprocessing: Preprocessing
    kept: object


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
    """An installed network on the best device, with its labels."""

    def __init__(
        self,
        installed: InstalledModel,
        *,
        device: Device | None = None,
        threads: int = 0,
        precision: Precision = "exact",
        form: FormId | None = None,
        may_fall_back: bool = False,
        on_test: Callable[[Device], None] = lambda _device: None,
        on_lost: Callable[[DeviceLost], None] = lambda _lost: None,
        statuses: Sequence[DeviceStatus] | None = None,
    ) -> None:
        """Load the network, on `device` or else the fastest that passes; `threads` 0 lets onnxruntime choose.

        With `form`, which belongs to `precision`, only that form of the network may answer.

        A device is tested before its first use, of which `on_test` is told. `fallback` says why another one answers
        than was wanted, or than would be faster. `on_lost` is called once, in the thread that classifies, when the
        device can go on no longer and the CPU does. `statuses` are the devices, where they are known. Raises
        `ModelUnusable`, `CatalogInvalid`, `FastUnavailable`, `FormUnavailable`; `DeviceFailed` for a device that does
        not pass, unless another `may_fall_back` on.
        """
        self.installed, self.spec = installed, installed.spec
        self.labels: tuple[Label, ...] = read_labels(self.spec.labels)
        chosen = choose(
            installed,
            device,
            precision,
            form=form,
            threads=threads,
            may_fall_back=may_fall_back,
            on_test=on_test,
            statuses=statuses,
        )

        def spare() -> tuple[Scorer, Origin]:
            has_fast = precision == "fast" and why_not(installed, CPU, "fast") is None
            same: Precision = "fast" if has_fast else "exact"
            network = open_form(installed, CPU, same, threads=threads)
            return network, Origin(CPU, network.provider, same, network.form)

        def tell(lost: DeviceLost) -> None:
            forget_verdict(installed, lost.device, precision)
            on_lost(lost)

        origin = Origin(chosen.device, chosen.network.provider, precision, chosen.network.form)
        # Nothing that it holds may refer to this object: a circle would keep hundreds of megabytes after the last use,
        # until the garbage collector came by, which is kept from looking while a long list is shown.
        self._network = GuardedNetwork(chosen.network, origin, chosen.fallback, spare, tell)

    @property
    def fallback(self) -> str:
        """Return why no better device answers now, or ""."""
        return self._network.fallback

    @fallback.setter
    def fallback(self, why: str) -> None:
        self._network.fallback = why

    @property
    def device(self) -> Device:
        """Return the device that answers now."""
        return self._network.origin.device

    @property
    def precision(self) -> Precision:
        """Return the precision in which it answers now."""
        return self._network.origin.precision

    def probabilities(self, images: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probabilities (N, C) of prepared images (N, 3, H, W). Raises `ModelUnusable`."""
        return self._probabilities(images)[0]

    def _probabilities(self, images: NDArray[np.float32]) -> tuple[NDArray[np.float64], list[Origin]]:
        scores, origins = self._network.scores(images)
        if scores.shape[1] != len(self.labels):
            reason = Why.NETWORK_LABELS(classes=scores.shape[1], labels=len(self.labels))
            raise ModelUnusable(self.spec.labels, reason)
        is_logits = self.spec.outputs == "logits"
        return softmax(scores) if is_logits else scores.astype(np.float64), origins

    def load_input(
        self,
        path: Path,
        *,
        decode: Decode = "full",
        preprocessing: Preprocessing | None = None,
        keep: Callable[[Picture], object] = lambda _picture: None,
    ) -> LoadedInput:
        """Read a file and make the network's input of it; `draft` decodes JPEGs at a reduced size. Thread: any.

        `preprocessing` takes the place of the network's own. What `keep` makes of the picture, a thumbnail say, stays
        with the result. Raises `ImageUnreadable`, `ImageTooLarge`.
        """
        preprocessing = preprocessing or self.spec.preprocessing
        started = time.perf_counter()
        # Three times the size that is needed keeps the difference to a full decode under 2/255.
        picture = read(path, draft=3 * preprocessing.resize if decode == "draft" else None)
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
            keep(picture),
        )

    def classify(self, pictures: Sequence[LoadedInput], k: int) -> list[Classification]:
        """Classify pictures, in one run where the device can; `run` is each one's share. Raises `ModelUnusable`."""
        started = time.perf_counter()
        probabilities, origins = self._probabilities(np.stack([each.tensor for each in pictures]))
        run_ms = (time.perf_counter() - started) * 1000 / len(pictures)
        return [
            self._classification(each, row, origin, k, run_ms)
            for each, row, origin in zip(pictures, probabilities, origins, strict=True)
        ]

    def _classification(
        self,
        loaded: LoadedInput,
        probabilities: NDArray[np.float64],
        origin: Origin,
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
            device=origin.device.id,
            provider=origin.provider,
            precision=origin.precision,
            predictions=predictions,
            width=loaded.width,
            height=loaded.height,
            milliseconds={"read": loaded.read_ms, "prepare": loaded.prepare_ms, "run": run_ms},
            fallback=self.fallback if origin is self._network.origin else "",  # else lost since
            form=origin.form,
            decode=loaded.decode,
            preprocessing=loaded.preprocessing,
            versions=versions(),
        )

    def classify_file(self, path: Path, k: int, *, decode: Decode = "full") -> Classification:
        """Read and classify one file. Raises `ImageUnreadable`, `ImageTooLarge`, `ModelUnusable`."""
        return self.classify([self.load_input(path, decode=decode)], k)[0]
