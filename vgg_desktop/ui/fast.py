"""What is known of Fast for the network and the device in use, and its making."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.inference_worker import InferenceWorker
from vgg_desktop.ui.requests import Failure, FastForm, FastKnown, FastProgressed, FastRequest, Ticket


class Fast(QObject):
    """Asks the thread of the networks, and remembers what it answered. Thread: the window's."""

    changed = Signal()  # something of what is below
    made = Signal(object)  # FastKnown that was asked for and is ready
    unavailable = Signal(str)  # the reason, after it was asked for
    failed = Signal(object)  # the exception, after it was asked for

    def __init__(self, worker: InferenceWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._spec: ModelSpec | None = None
        self._ticket: Ticket | None = None
        self.model: FastForm | None = None
        self.device = ""  # the name of the one on which Fast is half precision; "" means 8 bits
        self.reason = ""  # why there can be none
        self.fraction: float | None = None  # how far the making is, or None
        worker.fast_known.connect(self._take_known)
        worker.fast_progressed.connect(self._take_progress)
        worker.failed.connect(self._take_failure)
        worker.cancelled.connect(self._take_cancelled)

    def look(self, spec: ModelSpec) -> None:
        """Find out whether a network has been made fast, or can be."""
        if self._spec is None or self._spec.id != spec.id:
            self.cancel()
            self._spec, self.model, self.reason, self.device = spec, None, "", ""
            self.changed.emit()
        self._worker.submit(FastRequest(spec), urgent=True)

    def make(self, spec: ModelSpec, pictures: Sequence[Path]) -> None:
        """Make a network fast, calibrated on some pictures; `made`, `unavailable` or `failed` tells how it ended."""
        if self._ticket is None:
            self._spec, self.fraction = spec, 0.0
            self._ticket = self._worker.submit(FastRequest(spec, tuple(pictures), make=True), urgent=True)
            self.changed.emit()

    def cancel(self) -> None:
        """Stop the making."""
        if self._ticket is not None:
            self._ticket.cancel.set()
            self._end()

    def _end(self) -> None:
        self._ticket, self.fraction = None, None
        self.changed.emit()

    def _is_awaited(self, request: object) -> bool:
        return self._ticket is not None and request is self._ticket.request

    @Slot(object)
    def _take_known(self, known: FastKnown) -> None:
        if self._spec is None or known.spec.id != self._spec.id:
            return
        self.model, self.reason, self.device = known.made, known.reason, known.device
        if not known.asked or self._ticket is None:
            self.changed.emit()
            return
        self._end()
        if known.made is not None:
            self.made.emit(known)
        else:
            self.unavailable.emit(known.reason)

    @Slot(object)
    def _take_progress(self, progress: FastProgressed) -> None:
        if self._ticket is not None:
            self.fraction = progress.fraction
            self.changed.emit()

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        if self._is_awaited(failure.request):
            self._end()
            self.failed.emit(failure.error)

    @Slot(object)
    def _take_cancelled(self, request: object) -> None:
        if self._is_awaited(request):
            self._end()
