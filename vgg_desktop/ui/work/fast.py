"""Fast: the form of a network that suits the device in use. Thread: that of the engine's jobs."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.reasons import Reason
from vgg_desktop.ui.jobs import Report
from vgg_desktop.ui.work.engine import Engine
from vgg_desktop.why import Why

if TYPE_CHECKING:
    from vgg_desktop.inference.forms.form import Agreement


@dataclass(frozen=True, slots=True)
class FastForm:
    """What Fast is worth; `speedup` over Exact was measured for 8 bits only."""

    agreement: "Agreement"
    speedup: float | None = None


@dataclass(frozen=True, slots=True)
class FastKnown:
    """Fast, if it was made for the device in use; `reason` says why there can be none, or None.

    `device` is its name where Fast is half precision there, else "".
    """

    spec: ModelSpec
    made: FastForm | None
    reason: Reason | None
    device: str = ""


def find_fast(engine: Engine, spec: ModelSpec, _cancel: threading.Event, _report: Report) -> FastKnown:
    """Look for the form of a network that is Fast on the device in use. Raises `ModelError`."""
    from vgg_desktop.inference.forms.registry import (
        ensure_runtime_graph,
        fast_form,
        find_form,
        why_not_offered,
    )

    installed = ensure_runtime_graph(engine.store.get(spec))
    device = engine.device_of(spec)
    form, made = fast_form(device), None
    reason = Why.FORM_CPU_ONLY() if form is None else why_not_offered(installed, form)
    if form is not None and reason is None:
        made = find_form(installed, form)
    known = (
        FastForm(made.agreement, made.speedup) if made is not None and made.agreement is not None else None
    )
    return FastKnown(spec, known, reason, device.name if form == "half" else "")


def make_fast(
    engine: Engine, spec: ModelSpec, pictures: tuple[Path, ...], cancel: threading.Event, report: Report
) -> FastKnown:
    """Look for it, and make it where it is not there, with the user's own pictures to calibrate on.

    Reports how far that is, 0 to 1. Raises `ModelError`, `Cancelled`.
    """
    from vgg_desktop.inference.forms.registry import fast_form, make_form

    known, form = find_fast(engine, spec, cancel, report), fast_form(engine.device_of(spec))
    if form is not None and known.made is None and known.reason is None:
        engine.unload()  # two others are compared; afterwards it is loaded again in any case
        make_form(
            engine.store.get(spec),
            form,
            pictures,
            progress=lambda progress: report(progress.fraction),
            cancel=cancel,
        )
        engine.history.forget(spec, form)  # what was calibrated on other pictures answers otherwise
        known = find_fast(engine, spec, cancel, report)
    engine.outdate()  # where Fast was requested before, Exact was loaded
    return known
