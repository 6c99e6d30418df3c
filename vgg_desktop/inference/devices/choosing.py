"""Chooses the device: the requested one, or the fastest that passes its self-test."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vgg_desktop.errors import DeviceFailed, ModelUnusable
from vgg_desktop.inference.devices.listing import CPU, Device, DeviceStatus, automatic, why_not_used
from vgg_desktop.inference.devices.self_test import ensure_tested, find_verdict
from vgg_desktop.inference.forms.registry import find_form, open_form, why_not
from vgg_desktop.inference.network import Scorer
from vgg_desktop.inference.results import Fallback, FormId, Precision, Skipped
from vgg_desktop.inference.runtime import conflict
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.why import Why


@dataclass(frozen=True, slots=True)
class Chosen:
    """A network on a device in a precision, and the devices that were skipped."""

    network: Scorer
    device: Device
    precision: Precision
    fallback: Fallback


def choose(
    installed: InstalledModel,
    requested: Device | None,
    precision: Precision,
    statuses: Sequence[DeviceStatus],
    *,
    form: FormId | None = None,
    threads: int = 0,
    may_fall_back: bool = False,
    on_test: Callable[[Device], None] = lambda _device: None,
    cancel: threading.Event | None = None,
) -> Chosen:
    """Load a network on the requested device, or where that is None on the fastest that passes its self-test.

    `statuses` are the devices of this computer. Where only the CPU is there, nothing is tested. With `form`, only that
    form of the network is used. Raises `DeviceFailed` when the requested device does not pass and no other may be
    used, `ModelUnusable`, `FastUnavailable`, `FormUnavailable`, `Cancelled`.
    """
    candidates = automatic(statuses) if requested is None else [DeviceStatus(requested)]
    skipped: list[Skipped] = []
    passed: list[tuple[float, Device]] = []
    for status in candidates:
        device, reason = status.device, status.reason
        median_ms = 0.0
        if reason is None and device != CPU:
            reason = why_not(installed, device, precision, form)
            if reason is None:
                verdict = ensure_tested(installed, device, precision, on_test=on_test, cancel=cancel)
                reason, median_ms = verdict.reason, verdict.median_ms
        if reason is None:
            passed.append((median_ms, device))
        else:
            skipped.append(Skipped(device, reason))
    passed.sort(key=lambda each: each[0])
    limit = _cpu_ms(installed, precision) if requested is None else None
    if limit is not None and passed and passed[0][0] >= limit:
        skipped += [Skipped(device, Why.DEVICE_SLOWER()) for _, device in passed]
        passed = []
    for _, device in passed:
        try:
            network = open_form(installed, device, precision, form=form, threads=threads)
        except ModelUnusable as error:
            if device == CPU:
                raise
            skipped.append(Skipped(device, error.reason))
            continue
        if network.provider == device.provider:
            return Chosen(network, device, precision, tuple(skipped))
        del network  # the next one needs its memory
        skipped.append(Skipped(device, why_not_used(device)))
    if requested is not None and requested != CPU and not may_fall_back:
        raise DeviceFailed(requested.name, skipped[-1].reason)
    if requested is None and (reason := conflict()) is not None:
        skipped.append(Skipped(None, reason))
    network = open_form(installed, CPU, precision, form=form, threads=threads)
    return Chosen(network, CPU, precision, tuple(skipped))


def _cpu_ms(installed: InstalledModel, precision: Precision) -> float | None:
    """Return the milliseconds of one picture on the CPU, which the self-tests of the other devices measured."""
    if precision == "fast":
        made = find_form(installed, "int8")
        return made.milliseconds if made is not None else None
    verdict = find_verdict(installed, CPU, "exact")
    return verdict.median_ms if verdict is not None else None
