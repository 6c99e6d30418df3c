"""Opens a network for classifying: what a user requested, device and precision, as far as it can be had."""

import threading
from collections.abc import Callable, Sequence
from functools import partial

from vgg_desktop.errors import Cancelled, DeviceUnavailable, FastUnavailable
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.inference.devices.choosing import Chosen, choose
from vgg_desktop.inference.devices.failover import DeviceLost, FailoverNetwork, Provenance
from vgg_desktop.inference.devices.listing import (
    CPU,
    Device,
    DeviceStatus,
    automatic,
    device_statuses,
    find_device,
)
from vgg_desktop.inference.devices.self_test import find_verdict, forget_verdict
from vgg_desktop.inference.forms.registry import find_form, open_form, why_not
from vgg_desktop.inference.network import Scorer
from vgg_desktop.inference.results import Fallback, FormId, Precision, Skipped
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.why import Why

AUTO = "auto"
_NO_WARNING = (Why.DEVICE_SLOWER, Why.FORM_NOT_MADE, Why.FORM_CPU_ONLY)


def resolve_device(id: str, statuses: Sequence[DeviceStatus]) -> tuple[Device | None, Fallback]:
    """Return the requested device, or None for Auto; where it cannot be had, Auto, and why."""
    if id == AUTO:
        return None, ()
    try:
        return find_device(id, statuses), ()
    except DeviceUnavailable as error:
        device = next((each.device for each in statuses if each.device.id == id), Device(id, id, ""))
        return None, (Skipped(device, error.reason),)


def open_classifier(
    installed: InstalledModel,
    device: Device | None = None,
    precision: Precision = "exact",
    statuses: Sequence[DeviceStatus] | None = None,
    *,
    form: FormId | None = None,
    threads: int = 0,
    may_fall_back: bool = False,
    skipped: Fallback = (),
    on_test: Callable[[Device], None] = lambda _device: None,
    on_lost: Callable[[DeviceLost], None] = lambda _lost: None,
    cancel: threading.Event | None = None,
) -> Classifier:
    """Load a network on the requested device, or where that is None on the fastest that passes its self-test.

    `statuses` are the devices of this computer, found here if not given; `threads` 0 lets onnxruntime choose. A device
    is tested before its first use, after a call of `on_test`. `on_lost` is called once, in the thread that classifies,
    when the device fails and the CPU takes over. With `form`, which belongs to `precision`, only that form of the
    network is used. `skipped` devices come first in the classifier's `fallback`.

    Raises `ModelUnusable`, `CatalogInvalid`, `Cancelled`. Raises `DeviceFailed` where the requested device does not
    pass, and `FastUnavailable` or `FormUnavailable` where there is no such form, unless it `may_fall_back` to another
    device or to Exact.
    """
    if statuses is None:
        statuses = device_statuses() if device is None else ()
    start = partial(
        choose,
        installed,
        statuses=statuses,
        form=form,
        threads=threads,
        may_fall_back=may_fall_back,
        on_test=on_test,
        cancel=cancel,
    )
    if precision == "fast" and may_fall_back:
        chosen = _choose_fast(start, installed, device, statuses)
    else:
        chosen = start(device, precision)
    if cancel is not None and cancel.is_set():
        raise Cancelled
    used = chosen.precision

    def open_fallback() -> tuple[Scorer, Provenance]:
        has_fast = used == "fast" and why_not(installed, CPU, "fast") is None
        on_cpu: Precision = "fast" if has_fast else "exact"
        network = open_form(installed, CPU, on_cpu, threads=threads)
        return network, Provenance(CPU, network.provider, on_cpu, network.form)

    def note_lost(lost: DeviceLost) -> None:
        forget_verdict(installed, lost.device, used)
        on_lost(lost)

    provenance = Provenance(chosen.device, chosen.network.provider, used, chosen.network.form)
    fallback = tuple(dict.fromkeys((*skipped, *chosen.fallback)))
    # Nothing that it holds may refer to the classifier or to `chosen`: a circle would keep hundreds of megabytes after
    # the last use, until the garbage collector came by, which is kept from looking while a long list is shown.
    network = FailoverNetwork(chosen.network, provenance, fallback, open_fallback, note_lost)
    return Classifier(installed, network)


def _choose_fast(
    start: Callable[[Device | None, Precision], Chosen],
    installed: InstalledModel,
    device: Device | None,
    statuses: Sequence[DeviceStatus],
) -> Chosen:
    """Load the Fast form of a network, or Exact where there is none; `start` loads it on a device in a precision.

    A graphics card without the half-precision form answers in Exact, unless Auto knows the 8-bit form on the CPU to be
    faster. Raises `ModelUnusable`, `Cancelled`.
    """
    candidates = automatic(statuses) if device is None else [DeviceStatus(device)]
    others = [
        each.device
        for each in candidates
        if each.usable and each.device != CPU and (device is not None or each.device.kind != "cpu")
    ]
    made = find_form(installed, "int8")
    is_worthwhile = made is not None and made.is_faster
    if others and why_not(installed, others[0], "fast") is not None:
        exact = start(device, "exact")
        if made is None or not is_worthwhile:
            return exact
        fallback = exact.fallback
        if exact.device != CPU:
            tested = find_verdict(installed, exact.device, "exact")
            if device is not None or tested is None or tested.median_ms <= (made.milliseconds or 0.0):
                return exact
            fallback += (Skipped(exact.device, Why.DEVICE_SLOWER()),)
        del exact  # two of them would need twice the memory
        on_cpu = start(CPU, "fast")
        return Chosen(on_cpu.network, CPU, "fast", fallback)
    if not others and not is_worthwhile:
        return start(device, "exact")
    try:
        return start(device, "fast")
    except FastUnavailable:
        return start(device, "exact")


def should_warn(fallback: Fallback, requested: str, statuses: Sequence[DeviceStatus]) -> bool:
    """Return whether a user should be warned of why no other device answers than the one in use.

    Not of a device that Auto found slower, nor of a kind of device that is not in this computer.
    """
    if requested != AUTO:
        return bool(fallback)
    known = {each.device: each for each in statuses}
    for each in fallback:
        status = known.get(each.device) if each.device is not None else None
        # The driver of a card is known only where there is one.
        if status is None or (each.reason.why not in _NO_WARNING and (status.usable or status.device.driver)):
            return True
    return False
