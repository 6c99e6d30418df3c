"""Whether a device's numbers are right, and how fast it is: tried out once for each network and precision, and kept."""

import itertools
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import ModelUnusable, StorageError, StoreBusy
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.devices.listing import CPU, Device, why_not_used
from vgg_desktop.inference.devices.records import find_record, forget_record, keep_record
from vgg_desktop.inference.examination import probe
from vgg_desktop.inference.forms.form import changing
from vgg_desktop.inference.forms.registry import open_form
from vgg_desktop.inference.network import Scorer, median_ms
from vgg_desktop.inference.results import Precision
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.store import InstalledModel

# Shares of the largest score. Two kernels for the same sums differ by about 1e-5. Half precision keeps 11 bits: with
# 19 layers that each round their weights and their results, and all errors on the same side, 2 * 19 / 2**11 = 1.9 %.
TOLERANCES: dict[Precision, float] = {"exact": 1e-3, "fast": 0.02}
SAME_NUMBER = "it gave the same number for every class"
BUSY = "another VGG Desktop is testing it"
SAME_ANSWER = "it gave the same answer to different pictures"
_OTHERWISE_TOGETHER = "several pictures at once get other answers than one alone"
_STOPPED = "the program ended while it was tested"
_SECTION = "self-test"
_SEED, _PICTURES = 5, 3
_ALIKE = 0.01  # mean difference of prepared pictures, whose deviation is about 1
_SLOWEST = 5.0  # seconds for one picture


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the self-test found: `reason` says why the device is not used, "" where it may be.

    `median_ms` is of one picture; `difference` is that of a score from the CPU's, as a share of the largest score.
    `unfinished` counts the tests in a row in the middle of which the program ended.
    """

    reason: str
    median_ms: float = 0.0
    difference: float = 0.0
    unfinished: int = 0


def find_verdict(installed: InstalledModel, device: Device, precision: Precision) -> Verdict | None:
    """Return what the self-test found, if it was done and what it depends on has not changed."""
    kept = _find_kept(installed, device, precision)
    # Whoever closes the window at that moment ends the program too: only twice is it the device's doing.
    return None if kept is not None and kept.unfinished == 1 else kept


def _find_kept(installed: InstalledModel, device: Device, precision: Precision) -> Verdict | None:
    found = find_record(installed, _SECTION, device, precision)
    try:
        return None if found is None else Verdict(**found)
    except TypeError:
        return None


def forget_verdict(installed: InstalledModel, device: Device, precision: Precision) -> None:
    """Test a device again before its next use."""
    forget_record(installed, _SECTION, device, precision)


def ensure_tested(
    installed: InstalledModel,
    device: Device,
    precision: Precision,
    *,
    on_test: Callable[[Device], None] = lambda _device: None,
) -> Verdict:
    """Return what the self-test of a device found, tested now unless it was; `on_test` is called before.

    Takes some seconds. A device whose driver ends the program twice is not tried a third time. Raises `ModelUnusable`
    when not even the CPU runs the network, `FastUnavailable`.
    """
    known = find_verdict(installed, device, precision)
    if known is not None:
        return known
    try:
        with changing(installed):
            return _test_and_keep(installed, device, precision, on_test)
    except StoreBusy:
        return Verdict(BUSY)  # for this time
    except StorageError:
        on_test(device)
        return run_self_test(installed, device, precision)


def _test_and_keep(
    installed: InstalledModel, device: Device, precision: Precision, on_test: Callable[[Device], None]
) -> Verdict:
    on_test(device)
    before = _find_kept(installed, device, precision)
    unfinished = 1 + (before.unfinished if before is not None else 0)
    mark = Verdict(_STOPPED, unfinished=unfinished)
    keep_record(installed, _SECTION, device, precision, asdict(mark))
    try:
        verdict = run_self_test(installed, device, precision)
    except BaseException:
        forget_verdict(installed, device, precision)
        raise
    keep_record(installed, _SECTION, device, precision, asdict(verdict))
    return verdict


def run_self_test(installed: InstalledModel, device: Device, precision: Precision) -> Verdict:
    """Run a network on a device and on the CPU, and compare; the CPU's own time is kept on the way.

    Raises `ModelUnusable` when not even the CPU runs it, `FastUnavailable`.
    """
    images = pictures(installed)
    reference = open_form(installed, CPU, "exact")
    expected = np.concatenate([reference.scores(each[None]) for each in images])
    cpu = Verdict("", median_ms(reference, images[:1]))
    keep_record(installed, _SECTION, CPU, "exact", asdict(cpu))
    del reference
    if device == CPU and precision == "exact":
        return cpu
    try:
        network = open_form(installed, device, precision)
        if network.provider != device.provider:
            return Verdict(why_not_used(device))
        return _examine(network, images, expected, TOLERANCES[precision])
    except ModelUnusable as error:
        return Verdict(str(error.reason))


def pictures(installed: InstalledModel) -> NDArray[np.float32]:
    """Return the prepared pictures (N, 3, H, W) of the test: some like photographs, and noise."""
    preprocessing = installed.spec.preprocessing
    made = [preprocess(each, preprocessing)[None] for each in sample_pictures(_SEED, _PICTURES)]
    return np.concatenate([*made, probe(preprocessing.crop)])


def _examine(
    network: Scorer, images: NDArray[np.float32], expected: NDArray[np.float32], tolerance: float
) -> Verdict:
    rows = []
    for number, image in enumerate(images):
        started = time.perf_counter()
        rows.append(network.scores(image[None]))
        seconds = time.perf_counter() - started
        if number > 0 and seconds > _SLOWEST:  # the first run may prepare what the others use
            return Verdict(f"it takes {seconds:.0f} s for one picture")
    found = np.concatenate(rows)
    if found.shape != expected.shape:
        return Verdict(f"it gives {list(found.shape)}, not one row of classes a picture")
    if reason := why_constant(images, found):
        return Verdict(reason)
    difference = _difference(found, expected)
    if not difference <= tolerance:
        percent = min(difference * 100, 999)
        digits = f"{percent:.0f}" if percent >= 10 else f"{percent:.2g}"
        return Verdict(f"its answers differ from the processor's by {digits} %")
    # In the other order, so that no row is right by being left over.
    together = _difference(network.scores(images[::-1])[::-1], expected)
    if not together <= tolerance:
        return Verdict(_OTHERWISE_TOGETHER)
    return Verdict("", median_ms(network, images[:1]), max(difference, together))


def _difference(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """Return the largest difference of a score, as a share of the largest score."""
    return float(np.abs(found - expected).max() / max(float(np.abs(expected).max()), 1e-30))


def why_constant(images: NDArray[np.float32], scores: NDArray[np.float32]) -> str:
    """Return why scores (N, C) cannot be those of images (N, 3, H, W): they do not depend on them; or ""."""
    if bool((scores == scores[:, :1]).all(axis=1).any()):
        return SAME_NUMBER
    # In half precision pictures that are nearly the same may get the same scores.
    for before, after in itertools.pairwise(range(len(scores))):
        same = bool((scores[before] == scores[after]).all())
        if same and float(np.abs(images[before] - images[after]).mean()) > _ALIKE:
            return SAME_ANSWER
    return ""
