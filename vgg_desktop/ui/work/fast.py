"""Fast: the form of a network that suits the device in use. Thread: that of the engine's jobs."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.jobs import Report
from vgg_desktop.ui.work.engine import Engine

if TYPE_CHECKING:
    from vgg_desktop.inference.fast.making import FastProgress
    from vgg_desktop.inference.fast.model import Agreement
    from vgg_desktop.models.store import InstalledModel


@dataclass(frozen=True, slots=True)
class FastForm:
    """What Fast is worth; `speedup` over Exact was measured for 8 bits only."""

    agreement: "Agreement"
    speedup: float | None = None


@dataclass(frozen=True, slots=True)
class FastKnown:
    """Fast, if it was made for the device in use; `reason` says why there can be none (or ""), in English.

    `device` is its name where Fast is half precision there, else "".
    """

    spec: ModelSpec
    made: FastForm | None
    reason: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class _Making:
    """What making a form takes; 8 bits are calibrated on `pictures`."""

    pictures: tuple[Path, ...]
    cancel: threading.Event
    report: Report

    def show(self, progress: "FastProgress") -> None:
        self.report(progress.fraction)


def find_fast(engine: Engine, spec: ModelSpec, _cancel: threading.Event, _report: Report) -> FastKnown:
    """Look for the form of a network that is Fast on the device in use. Raises `ModelError`."""
    return _find(engine, spec, None)


def make_fast(
    engine: Engine, spec: ModelSpec, pictures: tuple[Path, ...], cancel: threading.Event, report: Report
) -> FastKnown:
    """Look for it, and make it where it is not there, with the user's own pictures to calibrate on.

    Reports how far that is, 0 to 1. Raises `ModelError`, `Cancelled`.
    """
    known = _find(engine, spec, _Making(pictures, cancel, report))
    engine.outdate()  # whoever asked for Fast before had to be content with Exact
    return known


def _find(engine: Engine, spec: ModelSpec, making: _Making | None) -> FastKnown:
    from vgg_desktop.inference.devices.listing import CPU
    from vgg_desktop.inference.fast.model import CPU_ONLY
    from vgg_desktop.inference.installation import prepare

    installed = prepare(engine.store, engine.store.get(spec))
    device = engine.device_of(spec)
    if device == CPU:
        return FastKnown(spec, *_eight_bits(installed, making))
    if device.kind == "cpu":
        return FastKnown(spec, None, CPU_ONLY)
    return FastKnown(spec, *_half(installed, making), device.name)


def _eight_bits(installed: "InstalledModel", making: _Making | None) -> tuple[FastForm | None, str]:
    from vgg_desktop.inference.fast.making import make_fast
    from vgg_desktop.inference.fast.model import NOT_FASTER, find_fast, why_no_fast

    if (why := why_no_fast(installed)) is not None:
        return None, why.reason
    made = find_fast(installed)
    if made is None and making is not None:
        made = make_fast(installed, making.pictures, progress=making.show, cancel=making.cancel)
    if made is None:
        return None, ""
    return (FastForm(made.agreement, made.speedup), "") if made.is_faster else (None, NOT_FASTER)


def _half(installed: "InstalledModel", making: _Making | None) -> tuple[FastForm | None, str]:
    from vgg_desktop.inference.fast.half import find_half, make_half
    from vgg_desktop.models.chain import Unsupported, read_chain

    chain = read_chain(installed.path)
    if isinstance(chain, Unsupported):
        return None, chain.reason
    made = find_half(installed)
    if made is None and making is not None:
        made = make_half(installed, progress=making.show, cancel=making.cancel)
    return (FastForm(made.agreement) if made is not None else None), ""
