"""A network on a device that may be lost in the middle: smaller batches, then the CPU, and nothing is lost."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import ModelUnusable
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.devices.self_test import why_constant
from vgg_desktop.inference.examination import probe
from vgg_desktop.inference.network import NOT_FINITE, Scorer
from vgg_desktop.inference.results import FormId, Precision

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Origin:
    """What answered one picture."""

    device: Device
    provider: str
    precision: Precision
    form: FormId = "published"


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A device that could not go on, and why; the CPU answers from there on."""

    device: Device
    reason: str


class GuardedNetwork:
    """Runs batches on a device as long as it can, and then on the CPU. Thread: one."""

    def __init__(
        self,
        network: Scorer,
        origin: Origin,
        fallback: str,
        spare: Callable[[], tuple[Scorer, Origin]],
        on_lost: Callable[[DeviceLost], None],
    ) -> None:
        """Begin with `network`; `spare` loads it on the CPU, and `on_lost` is called once if that was needed.

        `fallback` says why no better device answers, `NAME: reason`, or "".
        """
        self._network, self.origin, self.fallback = network, origin, fallback
        self._spare, self._on_lost = spare, on_lost
        self._most: int | None = None  # pictures at once, after more have failed
        self._last: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None  # a picture and its scores

    def scores(self, images: NDArray[np.float32]) -> tuple[NDArray[np.float32], list[Origin]]:
        """Return the scores (N, C) of images (N, 3, H, W), and what answered each. Raises `ModelUnusable`."""
        parts: list[NDArray[np.float32]] = []
        origins: list[Origin] = []
        while len(origins) < len(images):
            part = images[len(origins) :][: self._most]
            found = self._run(part)
            if found is not None:
                parts.append(found)
                origins += [self.origin] * len(part)
        return np.concatenate(parts), origins

    def _run(self, images: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Run a batch, or return None after making the next attempt smaller or on the CPU."""
        is_cpu = self.origin.device == CPU
        try:
            if not is_cpu and self._last is None:
                # Warms the device up, and its answer must not be that of the first picture.
                image = probe(images.shape[2])
                self._last = image, self._network.scores(image)
            scores = self._network.scores(images)
        except ModelUnusable as error:
            if is_cpu:
                raise
            # Wrong numbers do not become right by being fewer, and without a last picture not even one went through.
            if len(images) > 1 and self._last is not None and error.reason != NOT_FINITE:
                self._most = len(images) // 2
                logger.warning(
                    "%s: %d pictures at once failed: %s", self.origin.device.name, len(images), error
                )
            else:
                self._lose(str(error.reason))
            return None
        if self._last is not None:
            before = zip(self._last, (images, scores), strict=True)
            if reason := why_constant(*(np.concatenate(each) for each in before)):
                self._lose(reason)
                return None
            self._last = images[-1:], scores[-1:]
        return scores

    def _lose(self, reason: str) -> None:
        lost = DeviceLost(self.origin.device, reason)
        logger.warning("%s is lost: %s", lost.device.name, reason)
        self._network, self.origin = self._spare()
        self.fallback = f"{lost.device.name}: {reason}"
        self._most = self._last = None
        self._on_lost(lost)
