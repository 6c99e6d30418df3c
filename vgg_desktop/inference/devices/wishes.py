"""What a user requested, device and precision, as far as it can be had."""

from collections.abc import Callable, Sequence

from vgg_desktop.errors import DeviceUnavailable, FastUnavailable
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.inference.devices.choosing import SLOWER
from vgg_desktop.inference.devices.guarded import DeviceLost
from vgg_desktop.inference.devices.listing import CPU, Device, DeviceStatus, automatic, find_device
from vgg_desktop.inference.devices.self_test import find_verdict
from vgg_desktop.inference.forms.registry import find_form, why_not
from vgg_desktop.inference.results import Precision
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Why

AUTO = "auto"
GONE = "it was not found on this computer"
_EXPECTED = (SLOWER, str(Why.FORM_NOT_MADE()), str(Why.FORM_CPU_ONLY()))


def find_wish(id: str, statuses: Sequence[DeviceStatus]) -> tuple[Device | None, str]:
    """Return the device that was chosen, or None for Auto; and why Auto answers instead, `NAME: reason`, or ""."""
    if id == AUTO:
        return None, ""
    if id == CPU.id:
        return CPU, ""
    try:
        return find_device(id, statuses), ""
    except DeviceUnavailable as error:
        name = next((each.device.name for each in statuses if each.device.id == id), id)
        return None, f"{name}: {error.reason or GONE}"


def open_wished(
    installed: InstalledModel,
    wish: Device | None,
    precision: Precision,
    statuses: Sequence[DeviceStatus],
    *,
    threads: int = 0,
    on_test: Callable[[Device], None] = lambda _device: None,
    on_lost: Callable[[DeviceLost], None] = lambda _lost: None,
) -> Classifier:
    """Load a network on a device, or where that is None on the best; Exact where there is no Fast.

    A graphics card without the half-precision form answers in Exact, unless Auto knows the 8-bit form on the CPU to be
    faster. Raises `ModelUnusable`, `CatalogInvalid`.
    """

    def load(precision: Precision, device: Device | None = wish) -> Classifier:
        return Classifier(
            installed,
            device=device,
            threads=threads,
            precision=precision,
            may_fall_back=True,
            on_test=on_test,
            on_lost=on_lost,
            statuses=statuses,
        )

    if precision == "exact":
        return load("exact")
    candidates = automatic(statuses) if wish is None else [DeviceStatus(wish)]
    others = [
        each.device
        for each in candidates
        if each.usable and each.device != CPU and (wish is not None or each.device.kind != "cpu")
    ]
    made = find_form(installed, "int8")
    has_8_bit = made is not None and made.is_faster
    if others and why_not(installed, others[0], "fast"):
        exact = load("exact")
        tested = find_verdict(installed, exact.device, "exact")
        if made is None or not has_8_bit:
            return exact
        if exact.device != CPU:
            if wish is not None or tested is None or tested.median_ms <= (made.milliseconds or 0.0):
                return exact
            exact.fallback = f"{exact.device.name}: {SLOWER}"
        why = exact.fallback
        del exact  # two of them would need twice the memory
        on_cpu = load("fast", CPU)
        on_cpu.fallback = why
        return on_cpu
    if not others and not has_8_bit:
        return load("exact")
    try:
        return load("fast")
    except FastUnavailable:
        return load("exact")


def is_disappointing(fallback: str, wish: str, statuses: Sequence[DeviceStatus]) -> bool:
    """Return whether a user should be warned of why no other device answers.

    Not of a device that Auto found slower, nor of a kind of device that is not in this computer.
    """
    if wish != AUTO:
        return bool(fallback)
    by_name = {each.device.name: each for each in statuses}
    for part in fallback.split("; ") if fallback else ():
        name, _, why = part.partition(": ")
        status = by_name.get(name)
        # The driver of a card is known only where there is one.
        if status is None or (why not in _EXPECTED and (status.usable or status.device.driver)):
            return True
    return False
