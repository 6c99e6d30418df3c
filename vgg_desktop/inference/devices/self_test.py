"""Whether a device's numbers are right, and how fast it is: tested once per network and precision, and kept."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import Cancelled, ModelUnusable, NotEnoughSpace, StorageError, StoreBusy
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.devices.listing import CPU, Device, why_not_used
from vgg_desktop.inference.devices.records import Values, find_record, keep_record, write_record
from vgg_desktop.inference.forms.registry import open_form
from vgg_desktop.inference.network import Scorer, median_ms, probe
from vgg_desktop.inference.results import Precision
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.store import InstalledModel, network_lock
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why, reason_from_json

# Shares of the largest score. Two kernels for the same sums differ by about 1e-5. Half precision keeps 11 bits: with
# 19 layers that each round their weights and their results, and all errors on the same side, 2 * 19 / 2**11 = 1.9 %.
TOLERANCES: dict[Precision, float] = {"exact": 1e-3, "fast": 0.02}
_SECTION = "self-test"
_SEED, _PICTURES = 5, 3
_ALIKE = 0.01  # mean difference of prepared pictures, whose deviation is about 1
_SATURATED = 1 - 2**-11  # a probability that 16-bit floats round to 1
_SLOWEST = 5.0  # seconds for one picture


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the self-test found: `reason` says why the device is not used, None where it may be.

    `median_ms` is of one picture; `difference` is that of a score from the CPU's, as a share of the largest score.
    `unfinished` counts the tests in a row in the middle of which the program ended.
    """

    reason: Reason | None = None
    median_ms: float = 0.0
    difference: float = 0.0
    unfinished: int = 0

    def as_json(self) -> Values:
        """Return an object that `from_json` reads."""
        return {**asdict(self), "reason": self.reason and self.reason.as_json()}

    @classmethod
    def from_json(cls, values: Values) -> "Verdict":
        """Return the verdict that `as_json` described. Raises `ValueError`, `TypeError` for anything else."""
        reason = values.get("reason")
        return cls(**{**values, "reason": reason and reason_from_json(reason)})


def find_verdict(installed: InstalledModel, device: Device, precision: Precision) -> Verdict | None:
    """Return what the self-test found, if it was done and what it depends on has not changed."""
    kept = _find_kept(installed, device, precision)
    # The user may have closed the window at that moment: only a second time is the device blamed.
    return None if kept is not None and kept.unfinished == 1 else kept


def _find_kept(installed: InstalledModel, device: Device, precision: Precision) -> Verdict | None:
    found = find_record(installed, _SECTION, device, precision)
    try:
        return None if found is None else Verdict.from_json(found)
    except (ValueError, TypeError):
        return None


def forget_verdict(installed: InstalledModel, device: Device, precision: Precision) -> None:
    """Test a device again before its next use."""
    keep_record(installed, _SECTION, device, precision, None)


def is_temporary(reason: Reason | None) -> bool:
    """Return whether a reason why a device is not used ends with this process or another; it is not kept."""
    return reason is not None and reason.why in (Why.DEVICE_BUSY, Why.DEVICE_RESTART)


def ensure_tested(
    installed: InstalledModel,
    device: Device,
    precision: Precision,
    *,
    on_test: Callable[[Device], None] = lambda _device: None,
    cancel: threading.Event | None = None,
) -> Verdict:
    """Return what the self-test of a device found, tested now unless it was; `on_test` is called before.

    Takes some seconds. A device whose driver ends the program twice is not tried a third time. Raises `ModelUnusable`
    when not even the CPU runs the network, `FastUnavailable`, `Cancelled`.
    """
    known = find_verdict(installed, device, precision)
    if known is not None:
        return known
    try:
        with network_lock(installed):
            return _test_and_keep(installed, device, precision, on_test, cancel)
    except StoreBusy:
        return Verdict(Why.DEVICE_BUSY())  # for this time
    except (NotEnoughSpace, StorageError):
        on_test(device)
        return run_self_test(installed, device, precision, cancel=cancel)


def _test_and_keep(
    installed: InstalledModel,
    device: Device,
    precision: Precision,
    on_test: Callable[[Device], None],
    cancel: threading.Event | None,
) -> Verdict:
    """Test a device, and keep what was found. The caller holds the network's lock. Raises as `ensure_tested`."""

    def keep(device: Device, precision: Precision, verdict: Verdict | None) -> None:
        values = verdict.as_json() if verdict is not None else None
        write_record(installed, _SECTION, device, precision, values)

    on_test(device)
    before = _find_kept(installed, device, precision)
    unfinished = 1 + (before.unfinished if before is not None else 0)
    keep(device, precision, Verdict(Why.DEVICE_UNFINISHED(), unfinished=unfinished))
    try:
        verdict = run_self_test(
            installed, device, precision, on_cpu=lambda found: keep(CPU, "exact", found), cancel=cancel
        )
    except BaseException:
        keep(device, precision, None)
        raise
    keep(device, precision, None if is_temporary(verdict.reason) else verdict)
    return verdict


def run_self_test(
    installed: InstalledModel,
    device: Device,
    precision: Precision,
    *,
    on_cpu: Callable[[Verdict], None] = lambda _verdict: None,
    cancel: threading.Event | None = None,
) -> Verdict:
    """Run a network on a device and on the CPU, and compare; `on_cpu` gets the CPU's own verdict on the way.

    Raises `ModelUnusable` when not even the CPU runs it, `FastUnavailable`, `Cancelled`.
    """

    def check() -> None:
        if cancel is not None and cancel.is_set():
            raise Cancelled

    check()
    images = pictures(installed)
    reference = open_form(installed, CPU, "exact")
    rows = []
    for image in images:
        check()
        rows.append(reference.scores(image[None]))
    expected = np.concatenate(rows)
    cpu = Verdict(median_ms=median_ms(reference, images[:1], check))
    on_cpu(cpu)
    del reference
    if device == CPU and precision == "exact":
        return cpu
    check()
    try:
        network = open_form(installed, device, precision)
        if network.provider != device.provider:
            return Verdict(why_not_used(device))
        return _examine(network, images, expected, TOLERANCES[precision], check)
    except ModelUnusable as error:
        return Verdict(error.reason)


def pictures(installed: InstalledModel) -> NDArray[np.float32]:
    """Return the prepared pictures (N, 3, H, W) of the test: some like photographs, and noise."""
    preprocessing = installed.spec.preprocessing
    made = [preprocess(each, preprocessing)[None] for each in sample_pictures(_SEED, _PICTURES)]
    return np.concatenate([*made, probe(preprocessing.shape)])


def _examine(
    network: Scorer,
    images: NDArray[np.float32],
    expected: NDArray[np.float32],
    tolerance: float,
    check: Callable[[], None],
) -> Verdict:
    """Compare a device's scores with the expected ones (N, C); `check` may raise, to stop. Raises `ModelUnusable`."""
    rows = []
    for number, image in enumerate(images):
        check()
        started = time.perf_counter()
        rows.append(network.scores(image[None]))
        seconds = time.perf_counter() - started
        if number > 0 and seconds > _SLOWEST:  # the first run may prepare what the others use
            return Verdict(Why.DEVICE_TOO_SLOW(seconds=round(seconds)))
    found = np.concatenate(rows)
    if found.shape != expected.shape:
        return Verdict(Why.NETWORK_OUTPUT_SHAPE(shape=str(list(found.shape))))
    difference = relative_difference(found, expected)
    if not difference <= tolerance:
        # Only then: a network may really have the same answer to all of these.
        return Verdict(why_constant(images, found) or Why.DEVICE_DIFFERS(percent=_percent(difference)))
    check()
    # In the other order, so that no row is right by being left over.
    together = relative_difference(network.scores(images[::-1])[::-1], expected)
    if not together <= tolerance:
        return Verdict(Why.DEVICE_BATCH_DIFFERS())
    return Verdict(None, median_ms(network, images[:1], check), max(difference, together))


def relative_difference(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """Return the largest difference of the scores (N, C) from the expected ones, as a share of the largest score."""
    return float(np.abs(found - expected).max() / max(float(np.abs(expected).max()), 1e-30))


def _percent(share: float) -> float:
    """Return a share in percent with two digits, and a whole number where it is one."""
    percent = min(share * 100, 999)
    rounded = float(f"{percent:.2g}") if percent < 10 else float(round(percent))
    return int(rounded) if rounded.is_integer() else rounded


def why_constant(images: NDArray[np.float32], scores: NDArray[np.float32]) -> Reason | None:
    """Return why scores (N, C) cannot be those of images (N, 3, H, W), since they do not depend on them; or None.

    Saturated probabilities are the same for different pictures of one class, and prove nothing.
    """
    if bool((scores == scores[:, :1]).all(axis=1).any()):
        return Why.DEVICE_SAME_NUMBER()
    # In half precision pictures that are nearly the same may get the same scores.
    for before, after in itertools.pairwise(range(len(scores))):
        same = bool((scores[before] == scores[after]).all()) and not is_saturated(scores[after])
        if same and float(np.abs(images[before] - images[after]).mean()) > _ALIKE:
            return Why.DEVICE_SAME_ANSWER()
    return None


def is_saturated(scores: NDArray[np.float32]) -> bool:
    """Return whether the scores (C,) are probabilities of which one is 1 as far as 16-bit floats can tell."""
    return bool(scores.min() >= 0 and _SATURATED <= scores.max() <= 1 and scores.sum() <= 2 - _SATURATED)
