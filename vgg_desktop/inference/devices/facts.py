"""What is known of the networks on each device: the self-tests and measurements that were kept."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from vgg_desktop.errors import Cancelled, VggDesktopError
from vgg_desktop.inference.devices.diagnostics import diagnose
from vgg_desktop.inference.devices.listing import Device, device_statuses
from vgg_desktop.inference.devices.measuring import Measurement, find_measurement, forget_measurement
from vgg_desktop.inference.devices.self_test import Verdict, ensure_tested, find_verdict, forget_verdict
from vgg_desktop.inference.forms.registry import PRECISIONS, available
from vgg_desktop.inference.results import Precision
from vgg_desktop.models.store import InstalledModel


@dataclass(frozen=True, slots=True)
class FormFacts:
    """One network on one device in one precision; what was not found out yet is None."""

    model: str
    device: Device
    precision: Precision
    verdict: Verdict | None = None
    measurement: Measurement | None = None

    @property
    def reason(self) -> str:
        """Return why the device does not answer here, or ""."""
        found = [each.reason for each in (self.verdict, self.measurement) if each is not None]
        return next(filter(None, found), "")


def find_facts(networks: Sequence[InstalledModel], devices: Sequence[Device]) -> tuple[FormFacts, ...]:
    """Return what was kept of every form that these networks have on these devices."""
    return tuple(
        FormFacts(
            network.spec.id,
            device,
            precision,
            find_verdict(network, device, precision),
            find_measurement(network, device, precision),
        )
        for network in networks
        for device in devices
        for precision in available(network, device)
    )


def forget_tests(network: InstalledModel, devices: Sequence[Device]) -> None:
    """Forget what the self-tests of a network found, and why it could not be measured."""
    for device in devices:
        for precision in PRECISIONS:
            forget_verdict(network, device, precision)
            measured = find_measurement(network, device, precision)
            if measured is not None and measured.reason:
                forget_measurement(network, device, precision)


def repeat_tests(networks: Sequence[InstalledModel], device: Device, cancel: threading.Event) -> None:
    """Forget why a device failed, and repeat those self-tests; takes seconds each.

    Raises `Cancelled` between two of them, `ModelUnusable`.
    """
    for network in networks:
        for each in find_facts([network], [device]):
            if not each.reason:
                continue
            if cancel.is_set():
                raise Cancelled
            forget_verdict(network, device, each.precision)
            forget_measurement(network, device, each.precision)
            ensure_tested(network, device, each.precision)


def as_lines(found: Sequence[FormFacts]) -> list[str]:
    """Return in English what the self-tests and measurements found, one line per form; none for what nobody tried."""
    return [line for each in found if (line := _as_line(each))]


def diagnose_networks(networks: Sequence[InstalledModel], qt: str = "") -> str:
    """Return the block to copy with all that is known of these networks; `qt` as in `diagnose`. Raises nothing."""
    try:
        statuses = device_statuses()
        lines = as_lines(find_facts(networks, [each.device for each in statuses if each.usable]))
    except VggDesktopError:
        return diagnose(qt=qt)  # which says what is wrong
    return diagnose(statuses, lines, qt)


def _as_line(facts: FormFacts) -> str:
    head = f"{facts.model} on {facts.device.id}, {facts.precision}"
    if facts.reason:
        return f"{head}: not used, {facts.reason}"
    parts = []
    if facts.verdict is not None:
        parts.append(f"passed, scores within {facts.verdict.difference * 100:.2g} % of the CPU's")
    if (measured := facts.measurement) is not None:
        parts.append(f"{measured.images_per_second:.1f} pictures/s at {measured.batch}, {measured.when}")
    return f"{head}: {'; '.join(parts)}" if parts else ""
