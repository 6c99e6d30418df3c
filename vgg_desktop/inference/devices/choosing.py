"""Which device answers: the fastest that passes its self-test, or the one a user chose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vgg_desktop.errors import DeviceFailed, ModelUnusable
from vgg_desktop.inference.devices.distributions import conflict
from vgg_desktop.inference.devices.listing import (
    CPU,
    Device,
    DeviceStatus,
    automatic,
    device_statuses,
    why_not_used,
)
from vgg_desktop.inference.devices.self_test import ensure_tested, find_verdict
from vgg_desktop.inference.forms.registry import find_form, open_form, why_not
from vgg_desktop.inference.network import Scorer
from vgg_desktop.inference.results import FormId, Precision
from vgg_desktop.models.store import InstalledModel

SLOWER = "it is slower here than the processor"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A network on a device, and why better ones were skipped: `NAME: reason`, joined by semicolons, or ""."""

    network: Scorer
    device: Device
    fallback: str


def choose(
    installed: InstalledModel,
    wanted: Device | None,
    precision: Precision,
    *,
    form: FormId | None = None,
    threads: int = 0,
    may_fall_back: bool = False,
    on_test: Callable[[Device], None] = lambda _device: None,
    statuses: Sequence[DeviceStatus] | None = None,
) -> Chosen:
    """Load a network on the device `wanted`, or where that is None on the fastest that passes its self-test.

    Where only the CPU is there, nothing is tested. With `form`, only
    that form of the network may answer. `statuses` are the devices of this computer. Raises `DeviceFailed`
    when the device wanted does not pass and nothing else may answer, `ModelUnusable`, `FastUnavailable`,
    `FormUnavailable`.
    """
    known = [DeviceStatus(wanted)] if wanted is not None else automatic(statuses or device_statuses())
    candidates = tuple(each.device for each in known if each.usable)
    reasons = [_told(each.device, each.reason) for each in known if not each.usable]
    for device in _fastest_first(installed, candidates, precision, form, reasons, on_test, wanted is None):
        try:
            network = open_form(installed, device, precision, form=form, threads=threads)
        except ModelUnusable as error:
            if device == CPU:
                raise
            reasons.append(_told(device, str(error.reason)))
            continue
        if network.provider == device.provider:
            return Chosen(network, device, "; ".join(reasons))
        del network  # the next one needs its memory
        reasons.append(_told(device, why_not_used(device)))
    if wanted is not None and wanted != CPU and not may_fall_back:
        raise DeviceFailed(wanted.name, reasons[-1].removeprefix(_told(wanted, "")))
    if wanted is None and (sentence := conflict()):
        reasons.append(sentence)
    return Chosen(open_form(installed, CPU, precision, form=form, threads=threads), CPU, "; ".join(reasons))


def _fastest_first(
    installed: InstalledModel,
    candidates: tuple[Device, ...],
    precision: Precision,
    form: FormId | None,
    reasons: list[str],
    on_test: Callable[[Device], None],
    is_auto: bool,
) -> list[Device]:
    """Return the candidates that pass, the fastest first; those that do not leave their reasons."""
    passed: list[tuple[float, Device]] = []
    for device in candidates:
        if device == CPU:
            passed.append((0.0, device))
            continue
        reason = str(why_not(installed, device, precision, form) or "")
        if not reason:
            verdict = ensure_tested(installed, device, precision, on_test=on_test)
            reason = verdict.reason
            if not reason:
                passed.append((verdict.median_ms, device))
                continue
        reasons.append(_told(device, reason))
    passed.sort(key=lambda each: each[0])
    limit = _cpu_ms(installed, precision) if is_auto else None
    if limit is not None and passed and passed[0][0] >= limit:
        reasons += [_told(device, SLOWER) for _, device in passed]
        return []
    return [device for _, device in passed]


def _cpu_ms(installed: InstalledModel, precision: Precision) -> float | None:
    """Return how long one picture takes on the CPU, which the self-tests of the other devices found out."""
    if precision == "fast":
        made = find_form(installed, "int8")
        return made.milliseconds if made is not None else None
    verdict = find_verdict(installed, CPU, "exact")
    return verdict.median_ms if verdict is not None else None


def _told(device: Device, reason: str) -> str:
    return f"{device.name}: {reason}"
