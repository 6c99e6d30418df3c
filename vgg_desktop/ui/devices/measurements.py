"""What is known of the networks on the devices of this computer, and the measuring of it."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.jobs import Job, JobQueue
from vgg_desktop.ui.work import devices
from vgg_desktop.ui.work.engine import Engine

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.measuring import FormFacts, Measurement, MeasuringProgress

Specs = tuple[ModelSpec, ...]
Activity = Literal["", "measuring", "testing"]


class Measurements(QObject):
    """Remembers what was measured. Thread: the window's."""

    changed = Signal()  # something of what is below
    progressed = Signal()  # only the progress of the measurement
    ended = Signal()  # measuring or testing again, however it ended
    failed = Signal(object)  # the exception
    diagnosed = Signal(str)  # the text

    def __init__(self, engine: Engine, queue: JobQueue) -> None:
        super().__init__()
        self._engine = engine
        self._queue = queue
        self._job: Job | None = None
        self.activity: Activity = ""  # what is being done now and keeps pictures waiting
        self.facts: tuple[FormFacts, ...] = ()
        self.progress: MeasuringProgress | None = None

    @property
    def is_stopping(self) -> bool:
        """Return whether `cancel` has not come through yet."""
        return self._job is not None and self._job.cancel.is_set()

    def look(self, specs: Iterable[ModelSpec]) -> None:
        """Load the list of devices and the recorded measurements."""
        asked = tuple(specs)
        self._queue.submit(
            functools.partial(devices.look, self._engine, asked),
            done=functools.partial(self._take_facts, asked),
            failed=self.failed.emit,
            urgent=True,
        )

    def measure(self, specs: Iterable[ModelSpec]) -> None:
        """Measure networks on every device; each is kept when it is done."""
        asked = tuple(specs)
        self._begin("measuring", asked, functools.partial(devices.measure, self._engine, asked))

    def test_again(self, specs: Iterable[ModelSpec], device: str) -> None:
        """Repeat the self-tests that a device did not pass."""
        asked = tuple(specs)
        self._begin("testing", asked, functools.partial(devices.test_again, self._engine, asked, device))

    def diagnose(self, specs: Iterable[ModelSpec]) -> None:
        """Collect the diagnostics for support; `diagnosed` carries the text."""
        self._queue.submit(
            functools.partial(devices.diagnose, self._engine, tuple(specs)),
            done=self.diagnosed.emit,
            failed=self.failed.emit,
            urgent=True,
        )

    def cancel(self) -> None:
        """Stop; what is done stays."""
        if self._job is not None:
            self._job.stop()
            self.changed.emit()

    def _begin(self, activity: Activity, specs: Specs, work: Callable[..., "devices.Facts"]) -> None:
        if self._job is None and specs:
            self.activity = activity
            self._job = self._queue.submit(
                work,
                progress=self._take_report,
                done=functools.partial(self._finish, specs),
                failed=functools.partial(self._break_off, specs),
                cancelled=functools.partial(self._break_off, specs),
                urgent=True,
            )
            self.changed.emit()

    def _end(self) -> None:
        self._job, self.activity, self.progress = None, "", None
        self.changed.emit()
        self.ended.emit()

    def _take_report(self, report: "tuple[MeasuringProgress | None, Measurement | None]") -> None:
        progress, measured = report
        if measured is not None:
            self._take_measured(measured)
        elif progress is not None:
            before, self.progress = self.progress, progress
            if before is not None and replace(before, fraction=progress.fraction) == progress:
                self.progressed.emit()
            else:
                self.changed.emit()

    def _take_measured(self, found: "Measurement") -> None:
        key = (found.model, found.device, found.precision)
        self.facts = tuple(
            replace(each, measurement=found) if (each.model, each.device.id, each.precision) == key else each
            for each in self.facts
        )
        self.changed.emit()

    def _take_facts(self, specs: Specs, facts: "devices.Facts") -> None:
        asked = {spec.id for spec in specs}
        self.facts = tuple(each for each in self.facts if each.model not in asked) + facts
        self.changed.emit()

    def _finish(self, specs: Specs, facts: "devices.Facts") -> None:
        self._take_facts(specs, facts)
        self._end()

    def _break_off(self, specs: Specs, error: Exception | None = None) -> None:
        if error is not None:
            self.failed.emit(error)
        self.look(specs)  # self-tests may have been done on the way
        self._end()
