"""How fast each network is on each device, how much memory it takes, and how its answers agree with the CPU's.

Also what is known of each form of a network on each device, from measurements and self-tests that were kept.
"""

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vgg_desktop import __version__
from vgg_desktop.errors import Cancelled, ModelUnusable
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.devices.listing import CPU, Device, why_not_used
from vgg_desktop.inference.devices.records import Values, find_record, keep_record
from vgg_desktop.inference.devices.self_test import (
    Verdict,
    ensure_tested,
    find_verdict,
    forget_verdict,
    is_temporary,
)
from vgg_desktop.inference.forms.comparison import measure_agreement
from vgg_desktop.inference.forms.form import Agreement
from vgg_desktop.inference.forms.registry import (
    PRECISIONS,
    available,
    fast_form,
    open_form,
    why_not,
    why_not_offered,
)
from vgg_desktop.inference.network import Scorer
from vgg_desktop.inference.outputs import probabilities
from vgg_desktop.inference.results import Precision
from vgg_desktop.inference.runtime import version
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why, reason_from_json

BATCHES = (1, 2, 4, 8, 16)  # pictures
_SEED = 7
_ONE_BY_ONE, _TOGETHER = 4.0, 1.5  # seconds to spend on single pictures, and on each size of batch
_MOST_RUNS, _FEWEST_RUNS = 50, 3
_COMPARED_BY = 4  # pictures at once
_SECTION = "measurement"
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")  # of this process, on Linux


@dataclass(frozen=True, slots=True)
class Measurement:
    """One network on one device in one precision; `reason` says why there are no numbers, if so.

    Times are of one picture; `images_per_second` is reached with `batch` pictures at once; `peak_mb` is by how much the
    process grew, where the system reports it; `agreement` is that with Exact on the CPU. `when` is UTC, in ISO 8601.
    """

    model: str
    device: str
    precision: Precision
    reason: Reason | None = None
    load_ms: float = 0.0
    median_ms: float = 0.0
    p95_ms: float = 0.0
    images_per_second: float = 0.0
    batch: int = 1
    peak_mb: float | None = None
    agreement: Agreement | None = None
    when: str = ""
    app: str = ""
    onnxruntime: str = ""

    def as_json(self) -> Values:
        """Return an object that `from_json` reads."""
        return {**asdict(self), "reason": self.reason and self.reason.as_json()}

    @classmethod
    def from_json(cls, values: Values) -> "Measurement":
        """Return the measurement that `as_json` described. Raises `ValueError`, `TypeError` for anything else."""
        reason, agreement = values.get("reason"), values.get("agreement")
        known = {
            "reason": reason and reason_from_json(reason),
            "agreement": agreement and Agreement(**agreement),
        }
        return cls(**{**values, **known})


@dataclass(frozen=True, slots=True)
class MeasuringProgress:
    """What is being measured, and the overall progress, 0 to 1."""

    model: str
    device: str
    precision: Precision
    fraction: float


def find_measurement(installed: InstalledModel, device: Device, precision: Precision) -> Measurement | None:
    """Return what was measured the last time, if device, driver, onnxruntime and network are still the same."""
    found = find_record(installed, _SECTION, device, precision)
    try:
        return None if found is None else Measurement.from_json(found)
    except (ValueError, TypeError):
        return None


def forget_measurement(installed: InstalledModel, device: Device, precision: Precision) -> None:
    """Delete a measurement."""
    keep_record(installed, _SECTION, device, precision, None)


def measure_all(
    networks: Sequence[InstalledModel],
    devices: Sequence[Device],
    *,
    precisions: Sequence[Precision] | None = None,
    progress: Callable[[MeasuringProgress], None] = lambda _progress: None,
    cancel: threading.Event | None = None,
) -> Iterator[Measurement]:
    """Measure every network on every device; some 20 s for each precision at most, and each is kept.

    Unless `precisions` are given, these are the ones that were made. Raises `Cancelled`, and `ModelUnusable` for a
    network that not even the CPU runs.
    """
    every = [
        (network, device, each)
        for network in networks
        for device in devices
        for each in (available(network, device) if precisions is None else precisions)
    ]
    for number, (installed, device, precision) in enumerate(every):

        def show(
            part: float,
            number: int = number,
            model: str = installed.spec.id,
            device: str = device.id,
            precision: Precision = precision,
        ) -> None:
            progress(MeasuringProgress(model, device, precision, (number + part) / len(every)))

        yield measure(installed, device, precision, progress=show, cancel=cancel)


def measure(
    installed: InstalledModel,
    device: Device,
    precision: Precision,
    *,
    progress: Callable[[float], None] = lambda _part: None,
    cancel: threading.Event | None = None,
) -> Measurement:
    """Measure one network on one device, and keep what was found; `progress` gets 0 to 1.

    A device that does not pass its self-test has no numbers but a reason. Raises `Cancelled`, `ModelUnusable`.
    """
    measuring = _Measuring(installed, device, precision, progress, cancel or threading.Event())
    found = measuring.run()
    if not is_temporary(found.reason):
        keep_record(installed, _SECTION, device, precision, found.as_json())
    return found


class _Measuring:
    """One measurement."""

    def __init__(
        self,
        installed: InstalledModel,
        device: Device,
        precision: Precision,
        progress: Callable[[float], None],
        cancel: threading.Event,
    ) -> None:
        self._installed, self._device, self._precision = installed, device, precision
        self._progress, self._cancel = progress, cancel

    def run(self) -> Measurement:
        """Do all of it; where the device fails on the way, return the reason."""
        self._show(0.0)
        reason = why_not(self._installed, self._device, self._precision)
        if reason is None and self._device != CPU:
            tested = ensure_tested(self._installed, self._device, self._precision, cancel=self._cancel)
            reason = tested.reason
        if reason is not None:
            return self._without(reason)
        preprocessing = self._installed.spec.preprocessing
        images = np.stack([preprocess(each, preprocessing) for each in sample_pictures(_SEED, max(BATCHES))])
        try:
            return self._measure(images)
        except ModelUnusable as error:
            if self._device == CPU:
                raise
            return self._without(error.reason)

    def _measure(self, images: NDArray[np.float32]) -> Measurement:
        risen = _watch_peak()
        started = time.perf_counter()
        network = open_form(self._installed, self._device, self._precision)
        load_ms = (time.perf_counter() - started) * 1000
        if network.provider != self._device.provider:
            return self._without(why_not_used(self._device))
        self._show(0.1)
        times = self._times(network, images[:1], _ONE_BY_ONE)
        self._show(0.4)
        batch, median = self._best_batch(network, images, statistics.median(times))
        peak_mb = risen()
        scores = self._scores(network, images, 0.7)
        del network
        agreement = self._agreement(images, scores)
        self._show(1.0)
        return Measurement(
            self._installed.spec.id,
            self._device.id,
            self._precision,
            load_ms=load_ms,
            median_ms=statistics.median(times),
            p95_ms=float(np.percentile(times, 95)),
            images_per_second=1000 * batch / median,
            batch=batch,
            peak_mb=peak_mb,
            agreement=agreement,
            when=_now(),
            app=__version__,
            onnxruntime=version(),
        )

    def _times(self, network: Scorer, images: NDArray[np.float32], seconds: float) -> list[float]:
        """Return milliseconds of runs after the first, as many as fit into some seconds."""
        network.scores(images)
        times: list[float] = []
        while len(times) < _MOST_RUNS and (sum(times) < seconds * 1000 or len(times) < _FEWEST_RUNS):
            self._stop_if_asked()
            started = time.perf_counter()
            network.scores(images)
            times.append((time.perf_counter() - started) * 1000)
            if times[-1] > seconds * 1000:
                break  # a slow device costs no more than that
        return times

    def _best_batch(self, network: Scorer, images: NDArray[np.float32], alone: float) -> tuple[int, float]:
        """Return the size of batch with the most pictures per second, and its median milliseconds."""
        best = (1, alone)
        for number, size in enumerate(BATCHES[1:], 1):
            self._show(0.4 + 0.3 * number / len(BATCHES))
            try:
                median = statistics.median(self._times(network, images[:size], _TOGETHER))
            except ModelUnusable as error:
                if error.reason.why is Why.DEVICE_REMOVED:
                    raise
                break  # more do not fit into the device's memory
            if size / median > best[0] / best[1]:
                best = (size, median)
            if median > _TOGETHER * 1000:
                break
        return best

    def _agreement(self, images: NDArray[np.float32], scores: NDArray[np.float32]) -> Agreement:
        is_reference = self._device == CPU and self._precision == "exact"
        expected = scores
        if not is_reference:
            expected = self._scores(open_form(self._installed, CPU, "exact"), images, 0.85)
        outputs = self._installed.spec.outputs
        return measure_agreement(probabilities(expected, outputs), probabilities(scores, outputs))

    def _scores(self, network: Scorer, images: NDArray[np.float32], part: float) -> NDArray[np.float32]:
        parts = []
        for start in range(0, len(images), _COMPARED_BY):
            self._show(part)
            parts.append(network.scores(images[start : start + _COMPARED_BY]))
        return np.concatenate(parts)

    def _without(self, reason: Reason) -> Measurement:
        found = Measurement(self._installed.spec.id, self._device.id, self._precision, reason)
        return replace(found, when=_now(), app=__version__, onnxruntime=version())

    def _show(self, part: float) -> None:
        self._stop_if_asked()
        self._progress(part)

    def _stop_if_asked(self) -> None:
        if self._cancel.is_set():
            raise Cancelled


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _watch_peak() -> Callable[[], float | None]:
    """Begin to watch; return a function that returns by how many megabytes the peak rose above what was in use.

    It returns None where the system does not report it: only on Linux a peak can be made to begin again.
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


@dataclass(frozen=True, slots=True)
class FormFacts:
    """One network on one device in one precision; what is not known yet is None.

    `fast_reason` says of Exact why there can be no Fast.
    """

    model: str
    device: Device
    precision: Precision
    verdict: Verdict | None = None
    measurement: Measurement | None = None
    fast_reason: Reason | None = None

    @property
    def reason(self) -> Reason | None:
        """Return why the device does not answer here, if so."""
        found = [each.reason for each in (self.verdict, self.measurement) if each is not None]
        return next(filter(None, found), None)


def find_facts(networks: Sequence[InstalledModel], devices: Sequence[Device]) -> tuple[FormFacts, ...]:
    """Return what was kept of every form that these networks have on these devices."""
    return tuple(
        FormFacts(
            network.spec.id,
            device,
            precision,
            find_verdict(network, device, precision),
            find_measurement(network, device, precision),
            _why_no_fast(network, device) if precisions == ("exact",) else None,
        )
        for network in networks
        for device in devices
        for precisions in (available(network, device),)
        for precision in precisions
    )


def _why_no_fast(network: InstalledModel, device: Device) -> Reason | None:
    form = fast_form(device)
    if form is None:
        return Why.FORM_CPU_ONLY()
    try:
        return why_not_offered(network, form)
    except ModelUnusable as error:
        return error.reason


def forget_tests(network: InstalledModel, devices: Sequence[Device]) -> None:
    """Forget what the self-tests of a network found, and why it could not be measured."""
    for device in devices:
        for precision in PRECISIONS:
            forget_verdict(network, device, precision)
            measured = find_measurement(network, device, precision)
            if measured is not None and measured.reason is not None:
                forget_measurement(network, device, precision)


def repeat_tests(networks: Sequence[InstalledModel], device: Device, cancel: threading.Event) -> None:
    """Forget why a device failed, and repeat those self-tests; takes seconds each.

    Raises `Cancelled`, `ModelUnusable`.
    """
    for network in networks:
        for each in find_facts([network], [device]):
            if each.reason is None:
                continue
            if cancel.is_set():
                raise Cancelled
            forget_verdict(network, device, each.precision)
            forget_measurement(network, device, each.precision)
            ensure_tested(network, device, each.precision, cancel=cancel)
