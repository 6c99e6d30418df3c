"""The thread that reads and classifies pictures.

Numpy, Pillow and onnxruntime are imported in it, when they are needed: before the first paint they would keep the
window waiting.
"""

import logging
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, qVersion

from vgg_desktop.errors import VggDesktopError
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.store import ModelStore
from vgg_desktop.ui.requests import (
    ClassifyRequest,
    DevicesRequest,
    DiagnoseRequest,
    Failure,
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
    from vgg_desktop.inference.results import Precision

logger = logging.getLogger(__name__)


class InferenceWorker(Worker):
    """Reads and classifies pictures; the session is made, used and dropped in this thread."""

    started_job = Signal(object)  # ClassifyRequest
    classified = Signal(object)  # JobResult
    loaded = Signal(object)  # Loaded
    fast_known = Signal(object)  # FastKnown
    fast_progressed = Signal(object)  # FastProgressed
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

    def set_threads(self, threads: int) -> None:
        """Use this many processor threads from the next picture on; 0 lets onnxruntime choose. Thread: any."""
        self._threads = threads

    def handle(
        self, request: ClassifyRequest | LoadRequest | FastRequest | DevicesRequest, cancel: threading.Event
    ) -> None:
        """Load a network, classify with it, see to its 8-bit form, or to the devices. Thread: this one."""
        if isinstance(request, FastRequest):
            self._see_to_fast(request, cancel)
            return
        if isinstance(request, DevicesRequest):
            self._see_to_devices(request, cancel)
            return
        classifier = self._load(request.spec, request.precision)
        if isinstance(request, ClassifyRequest):
            self._classify(classifier, Ticket(request, cancel))

    def _see_to_fast(self, request: FastRequest, cancel: threading.Event) -> None:
        """Look for the 8-bit form of a network, and make it when asked to."""
        from vgg_desktop.inference.fast import FastProgress, make_fast
        from vgg_desktop.inference.fast_model import NOT_FASTER, find_fast, why_no_fast
        from vgg_desktop.inference.installation import prepare

        installed = prepare(self._store, self._store.get(request.spec))
        why = why_no_fast(installed)
        reason = why.reason if why is not None else ""
        made = find_fast(installed)
        if request.make and made is None and why is None:

            def show(progress: FastProgress) -> None:
                self.fast_progressed.emit(FastProgressed(request.spec, progress.fraction))

            made = make_fast(installed, request.pictures, progress=show, cancel=cancel)
            reason = "" if made.is_faster else NOT_FASTER
            self._loaded = ()  # whoever asked for Fast before had to be content with Exact
        self.fast_known.emit(FastKnown(request.spec, made if not reason else None, reason, request.make))

    def _see_to_devices(self, request: DevicesRequest, cancel: threading.Event) -> None:
        """Measure or test again when asked to, and tell what is known then."""
        from vgg_desktop.inference.device_facts import diagnose_networks, find_facts, repeat_tests
        from vgg_desktop.inference.devices import device_statuses
        from vgg_desktop.inference.installation import prepare
        from vgg_desktop.inference.measuring import measure_all

        networks = [each for each in map(self._store.find, request.specs) if each is not None]
        if isinstance(request, DiagnoseRequest):
            self.diagnosed.emit(diagnose_networks(networks, qVersion()))
            return
        statuses = device_statuses()
        devices = [each.device for each in statuses if each.usable]
        if isinstance(request, MeasureRequest | RetestRequest):
            # Its memory is needed, and what is found may lead to another device. The next picture loads it anew.
            self._classifier = None
            networks = [prepare(self._store, each) for each in networks]
        if isinstance(request, MeasureRequest):
            for found in measure_all(networks, devices, progress=self.measuring.emit, cancel=cancel):
                self.measured.emit(found)
        elif isinstance(request, RetestRequest):
            for device in devices:
                if device.id == request.device:
                    repeat_tests(networks, device)
        facts = find_facts(networks, devices)
        self.measurements_known.emit(MeasurementsKnown(request, statuses, facts))

    def _classify(self, classifier: "Classifier", first: Ticket) -> None:
        """Classify one picture, and on the way all that follow with the same network."""
        from vgg_desktop.inference.batch import classify_many

        alike = (first.request.spec, first.request.top_k, first.request.precision)
        unanswered: dict[int, ClassifyRequest] = {}

        def tickets() -> Iterator[Ticket]:
            ticket: Ticket | None = first
            while ticket is not None:
                unanswered[ticket.request.job_id] = ticket.request
                self.started_job.emit(ticket.request)
                yield ticket
                ticket = self.also_next(
                    lambda each: (
                        isinstance(each, ClassifyRequest) and (each.spec, each.top_k, each.precision) == alike
                    )
                )

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
                    self.classified.emit(JobResult(request.job_id, answer.outcome, answer.kept))
        except Exception as error:
            # The first of them is told by `run`, which also knows a bug from a failure.
            for request in list(unanswered.values()):
                if request is not first.request:
                    self.failed.emit(Failure(request, error))
            raise

    def _load(self, spec: ModelSpec, precision: "Precision") -> "Classifier":
        """Give the classifier, loaded anew when the choice changed; the old one's memory is given back first.

        Where Fast was not made (yet), Exact answers, and its results say so.
        """
        from vgg_desktop.inference.classifier import Classifier
        from vgg_desktop.inference.fast_model import find_fast
        from vgg_desktop.inference.installation import prepare

        wanted = (spec, precision, self._threads)
        if self._classifier is None or self._loaded != wanted:
            self._classifier = None
            installed = prepare(self._store, self._store.get(spec))
            made = find_fast(installed) if precision == "fast" else None
            if made is None or not made.is_faster:
                precision = "exact"
            self._classifier = Classifier(installed, threads=self._threads, precision=precision)
            self._loaded = wanted
            self.loaded.emit(Loaded(spec, self._classifier.device.name, self._classifier.fallback))
        return self._classifier
