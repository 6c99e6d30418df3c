"""What is known of Fast for the network and the device in use, and its making."""

import functools
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.reasons import Reason
from vgg_desktop.ui.jobs import Job, JobQueue
from vgg_desktop.ui.work import fast
from vgg_desktop.ui.work.engine import Engine
from vgg_desktop.ui.work.fast import FastForm, FastKnown


class Fast(QObject):
    """The state of Fast for the current network. Thread: the window's."""

    changed = Signal()  # any attribute below
    made = Signal(object)  # FastKnown, after it was requested
    unavailable = Signal(object)  # the Reason, after it was requested
    failed = Signal(object)  # the exception, after it was requested

    def __init__(self, engine: Engine, queue: JobQueue) -> None:
        super().__init__()
        self._engine = engine
        self._queue = queue
        self._spec: ModelSpec | None = None
        self._making: Job | None = None
        self.model: FastForm | None = None
        self.device = ""  # the name of the one on which Fast is half precision; "" means 8 bits
        self.reason: Reason | None = None  # why there can be none
        self.fraction: float | None = None  # the progress of making it, or None

    def request(self, spec: ModelSpec) -> None:
        """Determine whether a network has a fast form, or can have one."""
        if self._spec is None or self._spec.id != spec.id:
            self.cancel()
            self._spec, self.model, self.reason, self.device = spec, None, None, ""
            self.changed.emit()
        self._queue.submit(
            functools.partial(fast.find_fast, self._engine, spec), done=self._take_known, urgent=True
        )

    def make(self, spec: ModelSpec, pictures: Sequence[Path]) -> None:
        """Make a network fast, calibrated on some pictures; `made`, `unavailable` or `failed` follows."""
        if self._making is None:
            self._spec, self.fraction = spec, 0.0
            self._making = self._queue.submit(
                functools.partial(fast.make_fast, self._engine, spec, tuple(pictures)),
                progress=self._take_progress,
                done=self._take_made,
                failed=self._take_failure,
                urgent=True,
            )
            self.changed.emit()

    def cancel(self) -> None:
        """Stop the making."""
        if self._making is not None:
            self._making.stop()
            self._end()

    def _end(self) -> None:
        self._making, self.fraction = None, None
        self.changed.emit()

    def _take_known(self, known: FastKnown) -> None:
        if self._spec is not None and known.spec.id == self._spec.id:
            self.model, self.reason, self.device = known.made, known.reason, known.device
            self.changed.emit()

    def _take_made(self, known: FastKnown) -> None:
        self._end()
        self._take_known(known)
        if known.made is not None:
            self.made.emit(known)
        else:
            self.unavailable.emit(known.reason)

    def _take_progress(self, fraction: float) -> None:
        if self._making is not None:
            self.fraction = fraction
            self.changed.emit()

    def _take_failure(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)
