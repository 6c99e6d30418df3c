"""Whether something runs that would disturb a timing: pictures in this process, or other programs."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_BUSY = 0.75  # processes that want to run, per core, over the last minute
_lock = threading.Lock()
_running = 0


@contextmanager
def running() -> Iterator[None]:
    """Note that pictures are decoded and classified inside."""
    global _running
    with _lock:
        _running += 1
    try:
        yield
    finally:
        with _lock:
            _running -= 1


def is_running() -> bool:
    """Return whether pictures are decoded or classified in this process now."""
    return _running > 0


def is_disturbed() -> bool:
    """Return whether a timing would be disturbed now; of other programs only where the system tells their load."""
    if is_running():
        return True
    try:
        return os.getloadavg()[0] > _BUSY * (os.cpu_count() or 1)
    except (AttributeError, OSError):  # Windows has no such number
        return False
