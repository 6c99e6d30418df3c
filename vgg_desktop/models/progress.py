"""How far a download is, reported often enough for a user and not more often."""

import collections
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from vgg_desktop.reasons import Reason

REPORT_EVERY = 0.1  # seconds
SPEED_WINDOW = 5.0  # seconds

Phase = Literal["connecting", "downloading", "waiting", "verifying"]


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """How far a download is: sizes in bytes, `speed` in bytes per second over the last few seconds.

    `received` counts what is on disk, and while verifying what of it was checked. `note` is why it waits,
    connects again or starts over.
    """

    phase: Phase
    received: int
    total: int
    speed: float | None
    seconds_left: float | None
    note: Reason | None = None

    @property
    def fraction(self) -> float:
        """The part that is done, from 0 to 1."""
        return self.received / self.total if self.total else 1.0


class Reporter:
    """Passes progress on, at most every `REPORT_EVERY` seconds unless phase or note changed."""

    def __init__(self, progress: Callable[[DownloadProgress], None], total: int) -> None:
        self._progress = progress
        self._total = total
        self._last: tuple[Phase, Reason | None] | None = None
        self._last_time = 0.0
        self._samples: collections.deque[tuple[float, int]] = collections.deque()

    def __call__(
        self, phase: Phase, received: int, note: Reason | None = None, *, at_once: bool = False
    ) -> None:
        """Report that `received` bytes have arrived; `at_once` even if the last report was only just made."""
        now = time.monotonic()
        state = (phase, note)
        if not at_once and state == self._last and now - self._last_time < REPORT_EVERY:
            return
        self._last, self._last_time = state, now
        speed = self._speed(phase, received, now)
        left = (self._total - received) / speed if speed else None
        self._progress(DownloadProgress(phase, received, self._total, speed, left, note))

    def _speed(self, phase: Phase, received: int, now: float) -> float | None:
        samples = self._samples
        if phase != "downloading" or (samples and received < samples[-1][1]):
            samples.clear()  # time spent waiting does not count for the speed
        if phase != "downloading":
            return None
        samples.append((now, received))
        while now - samples[0][0] > SPEED_WINDOW:
            samples.popleft()
        seconds = now - samples[0][0]
        return (received - samples[0][1]) / seconds if seconds > 0 else None
