"""The throughput in pictures per second."""

import time
from collections import deque

WINDOW = 10.0  # seconds looked back


class Pace:
    """Counts what was done over the last seconds; a pause or a fresh start begins again."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def restart(self) -> None:
        """Reset the counts, so that idle time is not counted."""
        self._times.clear()

    def note(self) -> None:
        """Count one picture."""
        now = time.monotonic()
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
