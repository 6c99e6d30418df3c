"""What is known of the networks on the devices, and the measuring of it. Thread: that of the engine's jobs."""

import threading
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import qVersion

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.jobs import Report
from vgg_desktop.ui.work.engine import Engine

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.facts import FormFacts
    from vgg_desktop.models.store import InstalledModel

Facts: TypeAlias = "tuple[FormFacts, ...]"


def look(engine: Engine, specs: tuple[ModelSpec, ...], _cancel: threading.Event, _report: Report) -> Facts:
    """Find out which devices there are, and return what was kept of these networks on them."""
    from vgg_desktop.inference.devices.facts import find_facts

    devices = [each.device for each in engine.devices(again=True) if each.usable]
    return find_facts(_installed(engine, specs), devices)


def measure(engine: Engine, specs: tuple[ModelSpec, ...], cancel: threading.Event, report: Report) -> Facts:
    """Measure these networks on every device, and return what is known then.

    Reports pairs of which one is None: `MeasuringProgress`, and each `Measurement`. Raises `ModelError`, `Cancelled`.
    """
    from vgg_desktop.inference.devices.measuring import measure_all

    networks = _prepared(engine, specs)
    devices = [each.device for each in engine.devices(again=True) if each.usable]
    for found in measure_all(
        networks, devices, progress=lambda progress: report((progress, None)), cancel=cancel
    ):
        report((None, found))
    return look(engine, specs, cancel, report)


def test_again(
    engine: Engine, specs: tuple[ModelSpec, ...], id: str, cancel: threading.Event, report: Report
) -> Facts:
    """Repeat the self-tests of these networks that a device did not pass. Raises `ModelError`, `Cancelled`."""
    from vgg_desktop.inference.devices.facts import repeat_tests

    networks = _prepared(engine, specs)
    for each in engine.devices(again=True):
        if each.usable and each.device.id == id:
            repeat_tests(networks, each.device, cancel)
    return look(engine, specs, cancel, report)


def diagnose(engine: Engine, specs: tuple[ModelSpec, ...], _cancel: threading.Event, _report: Report) -> str:
    """Return what somebody who is asked for help needs to know."""
    from vgg_desktop.inference.devices.facts import diagnose_networks

    return diagnose_networks(_installed(engine, specs), qVersion())


def _installed(engine: Engine, specs: tuple[ModelSpec, ...]) -> "list[InstalledModel]":
    return [each for each in map(engine.store.find, specs) if each is not None]


def _prepared(engine: Engine, specs: tuple[ModelSpec, ...]) -> "list[InstalledModel]":
    from vgg_desktop.inference.installation import prepare

    # Its memory is needed, and what is found may lead to another device. The next picture loads it again.
    engine.unload()
    return [prepare(engine.store, each) for each in _installed(engine, specs)]
