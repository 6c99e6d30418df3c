"""What is known of the networks on the devices of this computer, and the measuring of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.inference_worker import InferenceWorker
from vgg_desktop.ui.requests import (
    DevicesRequest,
    DiagnoseRequest,
    FactsRequest,
    Failure,
    MeasurementsKnown,
    MeasureRequest,
    RetestRequest,
    Ticket,
)

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.listing import DeviceStatus
    from vgg_desktop.inference.devices.measuring import FormFacts, Measurement, MeasuringProgress


class Measurements(QObject):
    """Asks the thread of the networks, and remembers what it answered. Thread: the window's."""

    changed = Signal()  # something of what is below
    progressed = Signal()  # only how far the measuring is
    ended = Signal()  # measuring or testing again, however it ended
    failed = Signal(object)  # the exception
    diagnosed = Signal(str)  # the text

    def __init__(self, worker: InferenceWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._ticket: Ticket | None = None
        self.statuses: tuple[DeviceStatus, ...] = ()  # empty while they are not known
        self.facts: tuple[FormFacts, ...] = ()
        self.progress: MeasuringProgress | None = None
        worker.measuring.connect(self._take_progress)
        worker.measured.connect(self._take_measured)
        worker.measurements_known.connect(self._take_known)
        worker.diagnosed.connect(self.diagnosed)
        worker.failed.connect(self._take_failure)
        worker.cancelled.connect(self._take_cancelled)

    @property
    def request(self) -> MeasureRequest | RetestRequest | None:
        """Return what is being done now, if it keeps pictures waiting."""
        return self._ticket.request if self._ticket is not None else None

    @property
    def is_stopping(self) -> bool:
        """Return whether `cancel` has not come through yet."""
        return self._ticket is not None and self._ticket.cancel.is_set()

    def look(self, specs: Iterable[ModelSpec]) -> None:
        """Find out which devices there are and what was kept."""
        self._worker.submit(FactsRequest(tuple(specs)), urgent=True)

    def measure(self, specs: Iterable[ModelSpec]) -> None:
        """Measure networks on every device; each is kept when it is done."""
        self._begin(MeasureRequest(tuple(specs)))

    def test_again(self, specs: Iterable[ModelSpec], device: str) -> None:
        """Repeat the self-tests that a device did not pass."""
        self._begin(RetestRequest(tuple(specs), device))

    def diagnose(self, specs: Iterable[ModelSpec]) -> None:
        """Have the text for who is asked for help written; `diagnosed` brings it."""
        self._worker.submit(DiagnoseRequest(tuple(specs)), urgent=True)

    def cancel(self) -> None:
        """Stop; what is done stays."""
        if self._ticket is not None:
            self._ticket.cancel.set()
            self.changed.emit()

    def _begin(self, request: MeasureRequest | RetestRequest) -> None:
        if self._ticket is None and request.specs:
            self._ticket = self._worker.submit(request, urgent=True)
            self.changed.emit()

    def _end(self, request: object) -> None:
        if self._ticket is not None and request is self._ticket.request:
            self._ticket, self.progress = None, None
            self.changed.emit()
            self.ended.emit()

    @Slot(object)
    def _take_progress(self, progress: "MeasuringProgress") -> None:
        before, self.progress = self.progress, progress
        if before is not None and replace(before, fraction=progress.fraction) == progress:
            self.progressed.emit()
        else:
            self.changed.emit()

    @Slot(object)
    def _take_measured(self, found: "Measurement") -> None:
        key = (found.model, found.device, found.precision)
        self.facts = tuple(
            replace(each, measurement=found) if (each.model, each.device.id, each.precision) == key else each
            for each in self.facts
        )
        self.changed.emit()

    @Slot(object)
    def _take_known(self, known: MeasurementsKnown) -> None:
        asked = {spec.id for spec in known.request.specs}
        others = tuple(each for each in self.facts if each.model not in asked)
        self.statuses, self.facts = known.statuses, others + known.facts
        self.changed.emit()
        self._end(known.request)

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        if isinstance(failure.request, DevicesRequest):
            self.failed.emit(failure.error)
            self._break_off(failure.request)

    @Slot(object)
    def _take_cancelled(self, request: object) -> None:
        self._break_off(request)

    def _break_off(self, request: object) -> None:
        if isinstance(request, MeasureRequest | RetestRequest):
            self.look(request.specs)  # self-tests may have been done on the way
            self._end(request)
