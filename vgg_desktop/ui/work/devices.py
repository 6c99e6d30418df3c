"""What is known of the networks on the devices, and the measuring of it. Thread: that of the engine's jobs."""

import threading
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import qVersion

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.jobs import Report
from vgg_desktop.ui.work.engine import Engine

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.measuring import FormFacts
    from vgg_desktop.models.store import InstalledModel

Facts: TypeAlias = "tuple[FormFacts, ...]"


def look(engine: Engine, specs: tuple[ModelSpec, ...], _cancel: threading.Event, _report: Report) -> Facts:
    """Find out which devices there are, and return what was kept of these networks on them."""
    from vgg_desktop.inference.devices.listing import usable_devices
    from vgg_desktop.inference.devices.measuring import find_facts

    return find_facts(_installed(engine, specs), usable_devices(engine.devices(again=True)))


def measure(engine: Engine, specs: tuple[ModelSpec, ...], cancel: threading.Event, report: Report) -> Facts:
    """Measure these networks on every device, and return what is known then.

    Reports pairs of which one is None: `MeasuringProgress`, and each `Measurement`. Raises `ModelError`, `Cancelled`.
    """
    from vgg_desktop.inference.devices.listing import usable_devices
    from vgg_desktop.inference.devices.measuring import measure_all

    networks = _prepared(engine, specs, cancel)
    devices = usable_devices(engine.devices(again=True))
    for found in measure_all(
        networks, devices, progress=lambda progress: report((progress, None)), cancel=cancel
    ):
        report((None, found))
    return look(engine, specs, cancel, report)


def test_again(
    engine: Engine, specs: tuple[ModelSpec, ...], id: str, cancel: threading.Event, report: Report
) -> Facts:
    """Repeat the self-tests of these networks that a device did not pass. Raises `ModelError`, `Cancelled`."""
    from vgg_desktop.inference.devices.measuring import repeat_tests

    networks = _prepared(engine, specs, cancel)
    for each in engine.devices(again=True):
        if each.usable and each.device.id == id:
            repeat_tests(networks, each.device, cancel)
    return look(engine, specs, cancel, report)


def diagnose(engine: Engine, specs: tuple[ModelSpec, ...], _cancel: threading.Event, _report: Report) -> str:
    """Return what somebody who is asked for help needs to know."""
    from vgg_desktop.inference.devices import diagnostics

    return diagnostics.diagnose(_installed(engine, specs), qt=qVersion())


def _installed(engine: Engine, specs: tuple[ModelSpec, ...]) -> "list[InstalledModel]":
    return engine.store.get_all(specs)


def _prepared(
    engine: Engine, specs: tuple[ModelSpec, ...], cancel: threading.Event
) -> "list[InstalledModel]":
    from vgg_desktop.inference.forms.registry import ensure_runtime_graph, improve

    # Its memory is needed, and what is found may lead to another device. The next picture loads it again.
    engine.unload()
    networks = [ensure_runtime_graph(each) for each in _installed(engine, specs)]
    for network in networks:
        improve(network, cancel)
    return networks
