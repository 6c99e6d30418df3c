"""Saving results. Thread: that of a job."""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from vgg_desktop import export
from vgg_desktop.errors import Cancelled
from vgg_desktop.export import Outcome
from vgg_desktop.ui.jobs import Report

ExportKind = Literal["csv", "json", "folders"]  # a table, JSON Lines, or the pictures in a folder per class


def save(
    kind: ExportKind, target: Path, outcomes: tuple[Outcome, ...], cancel: threading.Event, report: Report
) -> int:
    """Save results and return how many; reports how many are done.

    Raises `StorageError`, `NotEnoughSpace`, `Cancelled`; a file that was there before then stays as it was.
    """
    if kind == "folders":
        return export.sort_into_folders(outcomes, target, cancel=cancel, progress=report)
    write = export.write_csv if kind == "csv" else export.write_json_lines
    write(target, _watched(outcomes, cancel, report))
    return len(outcomes)


def _watched(outcomes: Iterable[Outcome], cancel: threading.Event, report: Report) -> Iterator[Outcome]:
    for done, outcome in enumerate(outcomes):
        if cancel.is_set():
            raise Cancelled
        if done % 100 == 0:
            report(done)
        yield outcome
