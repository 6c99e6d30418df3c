"""The thread that reads and classifies pictures.

Numpy, Pillow and onnxruntime are imported in it, when they are needed: before the first paint they would keep the
window waiting.
"""

import logging
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, qVersion
from PySide6.QtGui import QImage

from vgg_desktop.errors import VggDesktopError
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.store import ModelStore
from vgg_desktop.reasons import Why
from vgg_desktop.ui.requests import (
    ClassifyRequest,
    DevicesRequest,
    DeviceTest,
    DiagnoseRequest,
    Failure,
    FastForm,
    FastKnown,
    FastProgressed,
    FastRequest,
    JobResult,
    Loaded,
    LoadRequest,
    MeasurementsKnown,
    MeasureRequest,
    RetestRequest,
    Ticket,
)
from vgg_desktop.ui.workers import THUMBNAIL, Worker, to_qimage

if TYPE_CHECKING:
    from vgg_desktop.inference.classifier import Classifier
    from vgg_desktop.inference.devices.failover import DeviceLost
    from vgg_desktop.inference.devices.listing import Device, DeviceStatus
    from vgg_desktop.inference.forms.form import FormProgress
    from vgg_desktop.models.store import InstalledModel

logger = logging.getLogger(__name__)


class InferenceWorker(Worker):
    """Reads and classifies pictures; the session is made, used and dropped in this thread."""

    started_job = Signal(object)  # ClassifyRequest
    classified = Signal(object)  # JobResult
    loaded = Signal(object)  # Loaded
    fast_known = Signal(object)  # FastKnown
    fast_progressed = Signal(object)  # FastProgressed
    devices_known = Signal(object)  # tuple of DeviceStatus
    testing = Signal(object)  # DeviceTest
    device_lost = Signal(object)  # DeviceLost
    measuring = Signal(object)  # MeasuringProgress
    measured = Signal(object)  # Measurement
    measurements_known = Signal(object)  # MeasurementsKnown
    diagnosed = Signal(str)

    def __init__(self, store: ModelStore, *, threads: int = 0) -> None:
        super().__init__("inference")
        self._store = store
        self._threads = threads
        self._classifier: Classifier | None = None
        self._loaded: tuple[object, ...] = ()  # what was asked for when it was loaded
        self._statuses: tuple[DeviceStatus, ...] = ()
        self._diagnosed = False

    def set_threads(self, threads: int) -> None:
        """Use this many processor threads from the next picture on; 0 lets onnxruntime choose. Thread: any."""
        self._threads = threads

    def handle(
        self, request: ClassifyRequest | LoadRequest | FastRequest | DevicesRequest, cancel: threading.Event
    ) -> None:
        """Load a network, classify with it, see to Fast, or to the devices. Thread: this one."""
        if isinstance(request, FastRequest):
            self._see_to_fast(request, cancel)
            return
        if isinstance(request, DevicesRequest):
            self._see_to_devices(request, cancel)
            return
        if isinstance(request, LoadRequest) and request.test_again:
            self._forget_tests(request.spec)
        classifier = self._load(request)
        if isinstance(request, ClassifyRequest):
            self._classify(classifier, Ticket(request, cancel))

    def _see_to_fast(self, request: FastRequest, cancel: threading.Event) -> None:
        """Look for the form of a network that is Fast on the device in use, and make it when asked to."""
        from vgg_desktop.inference.devices.listing import CPU
        from vgg_desktop.inference.forms.registry import (
            ensure_runtime_graph,
            fast_form,
            find_form,
            make_form,
            why_not_offered,
        )

        installed = ensure_runtime_graph(self._store.get(request.spec))
        in_use = self._classifier is not None and self._loaded[:1] == (request.spec,)
        device = self._classifier.device if self._classifier is not None and in_use else CPU

        def show(progress: "FormProgress") -> None:
            self.fast_progressed.emit(FastProgressed(request.spec, progress.fraction))

        form, made = fast_form(device), None
        reason = Why.FORM_CPU_ONLY() if form is None else why_not_offered(installed, form)
        if form is not None and reason is None:
            made = find_form(installed, form)
            if made is None and request.make:
                made = make_form(installed, form, request.pictures, progress=show, cancel=cancel)
                self._loaded = ()  # whoever asked for Fast before had to be content with Exact
                reason = None if made.is_faster else Why.FORM_NOT_FASTER()
        fast = None
        if reason is None and made is not None and made.agreement is not None:
            fast = FastForm(made.agreement, made.speedup)
        name = device.name if form == "half" else ""
        self.fast_known.emit(FastKnown(request.spec, fast, str(reason or ""), request.make, name))

    def _see_to_devices(self, request: DevicesRequest, cancel: threading.Event) -> None:
        """Measure or test again when asked to, and tell what is known then."""
        from vgg_desktop.inference.devices.diagnostics import diagnose
        from vgg_desktop.inference.devices.listing import device_statuses, usable_devices
        from vgg_desktop.inference.devices.measuring import find_facts, measure_all, repeat_tests
        from vgg_desktop.inference.forms.registry import ensure_runtime_graph, improve

        networks = [each for each in map(self._store.find, request.specs) if each is not None]
        if isinstance(request, DiagnoseRequest):
            self.diagnosed.emit(diagnose(networks, qt=qVersion()))
            return
        statuses = device_statuses()
        devices = usable_devices(statuses)
        if isinstance(request, MeasureRequest | RetestRequest):
            # Its memory is needed, and what is found may lead to another device. The next picture loads it again.
            self._classifier = None
            networks = [ensure_runtime_graph(each) for each in networks]
            for network in networks:
                improve(network, cancel)
        if isinstance(request, MeasureRequest):
            for found in measure_all(networks, devices, progress=self.measuring.emit, cancel=cancel):
                self.measured.emit(found)
        elif isinstance(request, RetestRequest):
            for device in devices:
                if device.id == request.device:
                    repeat_tests(networks, device, cancel)
        facts = find_facts(networks, devices)
        self.measurements_known.emit(MeasurementsKnown(request, statuses, facts))

    def _classify(self, classifier: "Classifier", first: Ticket) -> None:
        """Classify one picture, and on the way all that follow with the same network."""
        from vgg_desktop.inference.batch import classify_many

        def is_alike(request: object) -> bool:
            return (
                isinstance(request, ClassifyRequest)
                and request.top_k == first.request.top_k
                and self._wanted(request, self._threads) == self._loaded
            )

        unanswered: dict[int, ClassifyRequest] = {}

        def tickets() -> Iterator[Ticket]:
            ticket: Ticket | None = first
            while ticket is not None:
                unanswered[ticket.request.job_id] = ticket.request
                self.started_job.emit(ticket.request)
                yield ticket
                ticket = self.also_next(is_alike)

        answers = classify_many(
            classifier,
            tickets(),
            lambda ticket: ticket.request.path,
            first.request.top_k,
            decode="draft",
            keep=lambda picture: to_qimage(picture, THUMBNAIL),
            wanted=lambda ticket: not ticket.cancel.is_set(),
        )
        try:
            for answer in answers:
                request = unanswered.pop(answer.item.request.job_id)
                if isinstance(answer.outcome, VggDesktopError):
                    logger.info("%s: %s", self.objectName(), answer.outcome)
                    self.failed.emit(Failure(request, answer.outcome))
                else:
                    assert isinstance(answer.kept, QImage)
                    self.classified.emit(JobResult(request.job_id, answer.outcome, answer.kept))
        except Exception as error:
            # The first of them is told by `run`, which also knows a bug from a failure.
            for request in list(unanswered.values()):
                if request is not first.request:
                    self.failed.emit(Failure(request, error))
            raise

    @staticmethod
    def _wanted(request: ClassifyRequest | LoadRequest, threads: int) -> tuple[object, ...]:
        """Return all that another classifier is needed for when it changes."""
        return request.spec, request.precision, threads, request.device

    def _load(self, request: ClassifyRequest | LoadRequest) -> "Classifier":
        """Return the classifier, loaded again when the choice changed; the old one's memory is given back first.

        Where the device or Fast cannot be had, another answers, and its results say so.
        """
        from vgg_desktop.inference.devices.listing import CPU, DeviceStatus
        from vgg_desktop.inference.forms.registry import ensure_runtime_graph
        from vgg_desktop.inference.opening import open_classifier, resolve_device

        spec, threads = request.spec, self._threads
        wanted = self._wanted(request, threads)
        if self._classifier is None or self._loaded != wanted:
            self._classifier = None
            installed = ensure_runtime_graph(self._store.get(spec))
            # The CPU needs none of the libraries of other devices.
            statuses = self._devices() if request.device != CPU.id else (DeviceStatus(CPU),)
            device, skipped = resolve_device(request.device, statuses)

            def test(device: "Device") -> None:
                self.testing.emit(DeviceTest(spec, device.name))

            def lose(lost: "DeviceLost") -> None:
                self.device_lost.emit(lost)
                self._tell_loaded(spec, request.device)

            self._classifier = open_classifier(
                installed,
                device,
                request.precision,
                statuses,
                threads=threads,
                may_fall_back=True,
                skipped=skipped,
                on_test=test,
                on_lost=lose,
            )
            self._loaded = wanted
            self._tell_loaded(spec, request.device)
            self._diagnose(installed)
        return self._classifier

    def _tell_loaded(self, spec: ModelSpec, wish: str) -> None:
        from vgg_desktop.inference.opening import should_warn

        made = self._classifier
        if made is not None:
            is_warning = should_warn(made.fallback, wish, self._statuses)
            self.loaded.emit(Loaded(spec, made.device.name, made.fallback, wish, is_warning))

    def _devices(self) -> "tuple[DeviceStatus, ...]":
        """Return the devices of this computer, found out once."""
        from vgg_desktop.inference.devices.listing import device_statuses

        if not self._statuses:
            self._statuses = device_statuses()
            self.devices_known.emit(self._statuses)
        return self._statuses

    def _forget_tests(self, spec: ModelSpec) -> None:
        """Find the devices, and whether they run a network, out again."""
        from vgg_desktop.inference.devices.measuring import forget_tests

        installed, self._statuses, self._loaded = self._store.get(spec), (), ()
        forget_tests(installed, [each.device for each in self._devices()])

    def _diagnose(self, installed: "InstalledModel") -> None:
        """Write once to the log what somebody who is asked for help needs to know."""
        from vgg_desktop.inference.devices.diagnostics import log_diagnostics

        if self._diagnosed:
            return
        self._diagnosed = True
        log_diagnostics([installed], self._devices())
