"""The throughput in pictures per second, and the time the rest will take."""

import time
from collections import deque
from collections.abc import Callable

WINDOW = 10.0  # seconds looked back


class Pace:
    """Counts what was done over the last seconds; a pause or a fresh start begins again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque()

    def restart(self) -> None:
        """Reset the counts, so that idle time is not counted."""
        self._times.clear()

    def note(self) -> None:
        """Count one picture."""
        now = self._clock()
        self._times.append(now)
        while self._times[0] < now - WINDOW:
            self._times.popleft()

    @property
    def per_second(self) -> float | None:
        """Pictures per second, or None before there are enough to estimate it."""
        if len(self._times) < 3:
            return None
        span = self._times[-1] - self._times[0]
        return (len(self._times) - 1) / span if span > 0 else None

    def seconds_left(self, pictures: int) -> float | None:
        """The estimated seconds for so many pictures, or None before that can be estimated."""
        speed = self.per_second
        return None if speed is None else pictures / speed
