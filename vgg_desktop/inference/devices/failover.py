"""A network on a device that may fail while it runs: it retries with smaller batches, then fails over to the CPU."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import ModelUnusable
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.devices.self_test import (
    TOLERANCES,
    is_saturated,
    relative_difference,
    why_constant,
)
from vgg_desktop.inference.network import Scorer, probe
from vgg_desktop.inference.results import Fallback, FormId, Precision, Skipped
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

logger = logging.getLogger(__name__)
# Wrong numbers do not become right with fewer pictures, nor does a device come back.
_NOT_BY_FEWER = (Why.NETWORK_NOT_FINITE, Why.DEVICE_REMOVED, Why.DEVICE_RESTART)


@dataclass(frozen=True, slots=True)
class Provenance:
    """How one answer came about."""

    device: Device
    provider: str
    precision: Precision
    form: FormId = "published"


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A device that failed, and why; the CPU answers from then on."""

    device: Device
    reason: Reason


class FailoverNetwork:
    """Runs batches on a device as long as it can, and then on the CPU. Thread: one."""

    def __init__(
        self,
        network: Scorer,
        provenance: Provenance,
        fallback: Fallback,
        open_fallback: Callable[[], tuple[Scorer, Provenance]],
        on_lost: Callable[[DeviceLost], None],
    ) -> None:
        """Begin with `network`; `open_fallback` loads it on the CPU; `on_lost` is called once, after it was needed.

        `fallback` lists the devices that were skipped.
        """
        self._network: Scorer | None = network  # None while the fallback is not loaded yet
        self.provenance, self.fallback = provenance, fallback
        self._open_fallback, self._on_lost = open_fallback, on_lost
        self._max_batch: int | None = None  # after more pictures at once have failed
        self._noise_tells = True  # whether noise has another answer than pictures of which it is certain
        self._last: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None  # a picture and its scores

    def scores(self, images: NDArray[np.float32]) -> tuple[NDArray[np.float32], list[Provenance]]:
        """Return the scores (N, C) of images (N, 3, H, W), and the provenance of each. Raises `ModelUnusable`."""
        parts: list[NDArray[np.float32]] = []
        provenances: list[Provenance] = []
        while len(provenances) < len(images):
            part = images[len(provenances) :][: self._max_batch]
            found = self._run(part)
            if found is not None:
                parts.append(found)
                provenances += [self.provenance] * len(part)
        return np.concatenate(parts), provenances

    def _run(self, images: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Run a batch, or return None after making the next attempt smaller or on the CPU."""
        network = self._current()
        is_cpu = self.provenance.device == CPU
        try:
            if not is_cpu and self._last is None:
                # Warms the device up, and its answer must not be that of the first picture.
                image = probe(images.shape[1:])
                self._last = image, network.scores(image)
            scores = network.scores(images)
            wrong = self._why_wrong(network, images, scores)
        except ModelUnusable as error:
            if is_cpu:
                raise
            wrong = error.reason
            # Without a last picture not even one went through.
            if len(images) > 1 and self._last is not None and wrong.why not in _NOT_BY_FEWER:
                self._max_batch = len(images) // 2
                name = self.provenance.device.name
                logger.warning("%s: %d pictures at once failed: %s", name, len(images), error)
                return None
        if wrong is not None:
            del network  # the CPU's needs its memory; nor must the error above refer to it
            self._fail_over(wrong)
            return None
        if not is_cpu:
            self._last = images[-1:], scores[-1:]
        return scores

    def _current(self) -> Scorer:
        """Return the network in use, loaded on the CPU after a device failed. Raises `ModelUnusable`."""
        if self._network is None:
            self._network, self.provenance = self._open_fallback()
        return self._network

    def _why_wrong(
        self, network: Scorer, images: NDArray[np.float32], scores: NDArray[np.float32]
    ) -> Reason | None:
        """Return why the scores (N, C) cannot be those of images (N, 3, H, W), or None. Raises `ModelUnusable`."""
        if self._last is None:
            return None
        last_image, last_row = self._last
        rows = np.concatenate([last_row, scores])
        if (reason := why_constant(np.concatenate([last_image, images]), rows)) is not None:
            return reason
        # The one before may still have been right.
        rows = rows if len(scores) == 1 else scores
        row = scores[-1:]
        if self._noise_tells and is_saturated(row[0]) and bool((rows == row).all()):
            # Many pictures of one class may really get the same saturated probabilities; noise hardly does.
            noise = probe(images.shape[1:])
            if bool((network.scores(noise) == row).all()):
                reference, provenance = self._open_fallback()
                difference = relative_difference(row, reference.scores(noise))
                if not difference <= TOLERANCES[provenance.precision]:
                    return Why.DEVICE_SAME_ANSWER()
                self._noise_tells = False
        return None

    def _fail_over(self, reason: Reason) -> None:
        lost = DeviceLost(self.provenance.device, reason)
        logger.warning("%s is lost: %s", lost.device.name, reason)
        self._network = self._max_batch = self._last = None
        self._current()
        self.fallback = (Skipped(lost.device, reason),)
        self._on_lost(lost)
