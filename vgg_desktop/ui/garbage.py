"""Garbage collection in the window's thread only, and what it leaves alone: the only place that collects and freezes.

Python collects in whichever thread allocates at that moment, and objects of Qt that are part of a reference cycle would
be destroyed there, which crashes. So the collector is disabled, and a timer of the window collects.

Looking through hundreds of thousands of objects stops every thread for up to a fifth of a second, a dozen times while
that many rows are added. So what lives as long as the program or the list is frozen, each time after a collection: what
is garbage by then would be kept too. While rows are added only the young are collected, since a whole collection takes
0.1 s; what of the old is garbage goes with `release`.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 100


class Collector(QObject):
    """Collects what has become due, by Python's own thresholds, in the thread that made it."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Collect from now on here, and nowhere else."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Let Python collect again, once the other threads have ended."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, and with it the younger ones."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [number for number in range(3) if 0 < thresholds[number] < counts[number]]
        if due:
            gc.collect(due[-1])


def freeze(oldest: int = 2) -> None:
    """Collect the generations up to `oldest`, then leave alone all objects that exist now, until `release`."""
    gc.collect(oldest)
    gc.freeze()


def release() -> None:
    """Collect everything again, because much of what was frozen is gone."""
    gc.unfreeze()
