"""How much memory this process takes at its peak, where the system tells: on Linux."""

from collections.abc import Callable
from pathlib import Path

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def watch_peak() -> Callable[[], float | None]:
    """Begin to watch; what is given back tells by how many megabytes the peak has risen above what was in use.

    None where that cannot be told: elsewhere a peak cannot be made to begin again.
    """
    try:
        _CLEAR.write_text("5")  # the peak begins again
        before = _megabytes("VmRSS:")
        return lambda: max(0.0, _megabytes("VmHWM:") - before)
    except (OSError, ValueError):
        return lambda: None


def _megabytes(name: str) -> float:
    """Return a line of this process's status. Raises `OSError`, `ValueError`."""
    for line in _STATUS.read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024 / 1e6
    raise ValueError(name)
