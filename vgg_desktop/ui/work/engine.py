"""The network that is loaded, and the pictures that it classifies. Thread: that of the jobs of its queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vgg_desktop.errors import VggDesktopError
from vgg_desktop.inference.results import Fallback, Precision
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.store import ModelStore
from vgg_desktop.ui.jobs import Job, JobQueue
from vgg_desktop.ui.work.pictures import THUMBNAIL, to_qimage

if TYPE_CHECKING:  # these bring numpy, which the window does not wait for
    from vgg_desktop.history.history import History
    from vgg_desktop.inference.classifier import Classifier
    from vgg_desktop.inference.devices.failover import DeviceLost
    from vgg_desktop.inference.devices.listing import Device, DeviceStatus
    from vgg_desktop.models.store import InstalledModel


@dataclass(frozen=True, slots=True)
class Setup:
    """With what pictures are classified; `device` is an id, or "auto" for the best."""

    spec: ModelSpec
    precision: Precision = "exact"
    device: str = "auto"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A network that is ready, on which device (its name), and the devices that were skipped.

    `requested` is the device that was asked for; `is_warning` tells that the user should see why it is another.
    """

    spec: ModelSpec
    device: str
    fallback: Fallback
    requested: str = "auto"
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class DeviceTest:
    """A device (its name) whose self-test with a network is running, which takes seconds."""

    spec: ModelSpec
    device: str


class Engine(QObject):
    """Holds one classifier, and the list of this computer's devices; its signals are for what comes between answers.

    It lives in the window's thread, and so its signals arrive there.
    """

    devices_known = Signal(object)  # tuple of DeviceStatus
    testing = Signal(object)  # DeviceTest, or None when it is over
    loaded = Signal(object)  # Loaded
    device_lost = Signal(object)  # DeviceLost

    def __init__(self, store: ModelStore, queue: JobQueue, history: "History", *, threads: int = 0) -> None:
        super().__init__()
        self.store = store
        self.history = history
        self.threads = threads  # of the processor, from the next picture on; 0 lets onnxruntime choose
        self._queue = queue
        self._classifier: Classifier | None = None
        self._asked: tuple[object, ...] = ()  # what was asked for when it was loaded
        self._device: Device | None = None  # on which it was loaded, or went on
        self._statuses: tuple[DeviceStatus, ...] = ()
        self._is_outdated = self._is_testing = self._diagnosed = False

    def devices(self, *, again: bool = False) -> "tuple[DeviceStatus, ...]":
        """Return the devices of this computer, found out once, or again."""
        from vgg_desktop.inference.devices.listing import device_statuses

        if again or not self._statuses:
            self._statuses = device_statuses()
            self.devices_known.emit(self._statuses)
        return self._statuses

    def device_of(self, spec: ModelSpec) -> "Device":
        """Return the device on which a network answers, or did when it was loaded last; the CPU for any other."""
        from vgg_desktop.inference.devices.listing import CPU

        return self._device if self._device is not None and self._asked[:1] == (spec,) else CPU

    def load(self, setup: Setup, *, test_again: bool = False) -> None:
        """Load a network ahead of its first picture; `test_again` tries every device out again.

        If the device or Fast is not available, a fallback is used, and the results say so. Raises `ModelError`.
        """
        if test_again:
            from vgg_desktop.inference.devices.measuring import forget_tests

            self.outdate()
            statuses = self.devices(again=True)
            forget_tests(self.store.get(setup.spec), [each.device for each in statuses])
        self._load(setup)

    def outdate(self) -> None:
        """Load again before the next picture, because what is loaded need no longer be the best."""
        self._is_outdated = True

    def unload(self) -> None:
        """Give the memory of the network back; the next picture loads it again."""
        self._classifier = None

    def classify(self, setup: Setup, top_k: int, first: Job) -> None:
        """Classify the picture at a job's `subject.path`, and on the way all that follow in its series.

        The answers are `(Classification, QImage)`, the latter being the thumbnail. Raises `ModelError`.
        """
        from vgg_desktop.inference.batch import classify_many

        queue, history = self._queue, self.history
        classifier = self._load(setup)

        def jobs() -> Iterator[Job]:
            job: Job | None = first
            while job is not None:
                yield job
                # With another number of threads the network is loaded again.
                job = queue.next_of(first.series) if self._key(setup, self.threads) == self._asked else None

        for answer in classify_many(
            classifier,
            jobs(),
            lambda job: job.subject.path,
            top_k,
            decode="draft",
            keep=lambda read: to_qimage(read, THUMBNAIL),
            with_identity=history.enabled,
            wanted=lambda job: not job.cancel.is_set(),
        ):
            if isinstance(answer.outcome, VggDesktopError):
                queue.fail(answer.item, answer.outcome)
                continue
            if answer.identity is not None and answer.probabilities is not None:
                history.put(answer.identity, setup.spec, answer.outcome, answer.probabilities)
                if setup.precision == "fast":
                    history.set_fast_form(setup.spec, setup.device, answer.outcome.form)
            queue.answer(answer.item, (answer.outcome, answer.kept))

    @staticmethod
    def _key(setup: Setup, threads: int) -> tuple[object, ...]:
        """Return the key of the loaded classifier: if it changes, another one must be loaded."""
        return setup.spec, setup.precision, threads, setup.device

    def _load(self, setup: Setup) -> "Classifier":
        """Return the classifier, loaded again when the choice changed; the old one's memory is released first."""
        key = self._key(setup, self.threads)
        if self._classifier is None or self._asked != key or self._is_outdated:
            self.unload()
            try:
                installed = self._open(setup)
            finally:
                if self._is_testing:
                    self._is_testing = False
                    self.testing.emit(None)
            self._asked, self._is_outdated = key, False
            self._report_loaded(setup)
            self._diagnose(installed)
        assert self._classifier is not None
        return self._classifier

    def _open(self, setup: Setup) -> "InstalledModel":
        from vgg_desktop.inference.devices.listing import CPU, DeviceStatus
        from vgg_desktop.inference.forms.registry import ensure_runtime_graph
        from vgg_desktop.inference.opening import open_classifier, resolve_device

        installed = ensure_runtime_graph(self.store.get(setup.spec))
        # The CPU needs none of the libraries of other devices.
        statuses = self.devices() if setup.device != CPU.id else (DeviceStatus(CPU),)
        device, skipped = resolve_device(setup.device, statuses)

        def report_test(tested: "Device") -> None:
            self._is_testing = True
            self.testing.emit(DeviceTest(setup.spec, tested.name))

        def report_lost(lost: "DeviceLost") -> None:
            self.device_lost.emit(lost)
            self._report_loaded(setup)

        self._classifier = open_classifier(
            installed,
            device,
            setup.precision,
            statuses,
            threads=self.threads,
            may_fall_back=True,
            skipped=skipped,
            on_test=report_test,
            on_lost=report_lost,
        )
        return installed

    def _report_loaded(self, setup: Setup) -> None:
        from vgg_desktop.inference.opening import should_warn

        made = self._classifier
        if made is not None:
            self._device = made.device
            is_warning = should_warn(made.fallback, setup.device, self._statuses)
            self.loaded.emit(Loaded(setup.spec, made.device.name, made.fallback, setup.device, is_warning))

    def _diagnose(self, installed: "InstalledModel") -> None:
        """Write the diagnostics to the log once."""
        from vgg_desktop.inference.devices.diagnostics import log_diagnostics

        if not self._diagnosed:
            self._diagnosed = True
            log_diagnostics([installed], self.devices())
