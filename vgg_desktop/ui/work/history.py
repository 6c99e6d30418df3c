"""Looking up what was computed before. Thread: that of a job."""

import contextlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vgg_desktop.errors import CatalogInvalid
from vgg_desktop.history.history import CHUNK, History
from vgg_desktop.inference.results import FORMS_OF
from vgg_desktop.ui.jobs import Report
from vgg_desktop.ui.pictures.rows import ResultRow
from vgg_desktop.ui.work.engine import Setup

if TYPE_CHECKING:
    from vgg_desktop.history.answers import Producer
    from vgg_desktop.inference.results import Classification

VIEW = "browser"  # the name under which it is kept how the list is shown


@dataclass(frozen=True, slots=True)
class Found:
    """Some pictures that were looked up: the answers of those that are known, and the others."""

    known: "tuple[tuple[ResultRow, Classification], ...]"
    missing: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class LastList:
    """How many pictures were open when the program ended, how many of them have an answer, and how they were shown."""

    pictures: int
    known: int
    view: dict[str, object] = field(default_factory=dict)


def find_answers(
    history: History,
    setup: Setup,
    top_k: int,
    rows: Sequence[ResultRow],
    cancel: threading.Event,
    report: Report,
) -> None:
    """Look up the answers of some pictures; reports `Found`, in the order of the rows. Raises `Cancelled`."""
    producer = _producer(history, setup)
    looked_up = 0
    # Without labels there is no answer: computing one tells the user why.
    with contextlib.suppress(CatalogInvalid):
        if producer is not None:
            for answers in history.find(producer, [row.path for row in rows], top_k, cancel):
                part = rows[looked_up : looked_up + CHUNK]
                looked_up += len(part)
                known: dict[Path, Classification] = dict(answers)
                found = tuple((row, known[row.path]) for row in part if row.path in known)
                report(Found(found, tuple(row for row in part if row.path not in known)))
    if looked_up < len(rows):
        report(Found((), tuple(rows[looked_up:])))


def find_last_list(history: History, setup: Setup, _cancel: threading.Event, _report: Report) -> LastList:
    """Return what is known of the list that was open when the program ended."""
    producer = _producer(history, setup)
    known = history.count_known(producer) if producer is not None else 0
    view = history.view(VIEW)
    return LastList(history.count_listed(), known, view if isinstance(view, dict) else {})


def _producer(history: History, setup: Setup) -> "Producer | None":
    """Return what answers where this is requested; `None` where that is not known yet."""
    from vgg_desktop.history.answers import Producer

    form = history.fast_form(setup.spec, setup.device) if setup.precision == "fast" else "published"
    if form is None:
        return None
    forms = FORMS_OF["exact"] if form in FORMS_OF["exact"] else (form,)
    return Producer(setup.spec, forms, "draft")
