"""Export of results: JSON, CSV and text for the clipboard.

What goes to a terminal or a pipe (`as_json`, `Table`) is a contract for scripts: columns are only added, at the end.
Loads neither numpy nor Pillow.
"""

import csv
import functools
import itertools
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from vgg_desktop.errors import VggDesktopError, stop_if_cancelled
from vgg_desktop.files import replacing, storage_errors
from vgg_desktop.formatting import format_percent
from vgg_desktop.inference.results import format_fallback
from vgg_desktop.models.catalog import Preprocessing
from vgg_desktop.models.class_names import full_name

if TYPE_CHECKING:
    from vgg_desktop.inference.results import Classification

CSV_HEADER = ("path", "rank", "index", "id", "label", "probability", "error")
# The provenance of the result.
_PROVENANCE_HEADER = (
    "model", "sha256", "device", "precision", "read_ms", "prepare_ms", "run_ms",
    "form", "decode", "preprocessing", "versions",
)  # fmt: skip
_STAGES = ("read", "prepare", "run")

# What makes a spreadsheet take a cell for a formula, which may then run programs or send data away.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Texts that come from file names and from the label files of imported networks.
_FOREIGN_COLUMNS = ("path", "id", "label", "error")


@dataclass(frozen=True, slots=True)
class Failed:
    """A picture that has no result, and why."""

    path: Path
    error: Exception

    @property
    def message(self) -> str:
        """The text of the error, or the name of one without a text."""
        return str(self.error) or type(self.error).__name__


Outcome: TypeAlias = "Classification | Failed"
Progress: TypeAlias = Callable[[int], None]  # gets how many pictures are done
_Item = TypeVar("_Item")


def as_json(outcome: Outcome, threshold: float | None = None) -> dict[str, Any]:
    """Return the JSON object of one picture; milliseconds by stage.

    `fallback`, `note` and `independent` are there only where they say something. With a threshold, `sure` tells
    whether the best class is at least as probable.
    """
    if isinstance(outcome, Failed):
        kind = outcome.error.kind if isinstance(outcome.error, VggDesktopError) else "internal"
        return {"path": str(outcome.path), "error": {"kind": kind, "message": outcome.message}}
    values: dict[str, Any] = {
        "path": str(outcome.path),
        "model": outcome.model,
        "sha256": outcome.sha256,
        "device": outcome.device,
        "precision": outcome.precision,
        "predictions": [
            {"index": each.index, "id": each.id, "label": each.label, "probability": each.probability}
            for each in outcome.predictions
        ],
        "milliseconds": {stage: round(value, 3) for stage, value in outcome.milliseconds.items()},
        "form": outcome.form,
        "decode": outcome.decode,
        "preprocessing": preprocessing_as_json(outcome.preprocessing),
        "versions": dict(outcome.versions),
    }
    if outcome.fallback:
        values["fallback"] = format_fallback(outcome.fallback)
    if outcome.note is not None:
        values["note"] = str(outcome.note)
    if outcome.independent:
        values["independent"] = True
    if threshold is not None:
        values["sure"] = is_sure(outcome, threshold)
    return values


def is_sure(outcome: "Classification", threshold: float) -> bool:
    """Return whether the best class has at least this probability."""
    return bool(outcome.predictions) and outcome.predictions[0].probability >= threshold


@functools.cache
def preprocessing_as_json(preprocessing: Preprocessing) -> dict[str, Any]:
    """Return the JSON object of how pictures were prepared: `models.toml` has the same keys. Not to be changed."""
    return asdict(preprocessing)


def csv_rows(outcome: Outcome) -> list[list[str]]:
    """Return one row per prediction, or the row of the failure, in the columns of `CSV_HEADER`; ranks count from 1."""
    path = str(outcome.path)
    if isinstance(outcome, Failed):
        return [[path, "", "", "", "", "", outcome.message]]
    return [
        [path, str(rank), str(each.index), each.id, each.label, f"{each.probability:.6f}", ""]
        for rank, each in enumerate(outcome.predictions, 1)
    ]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table of results: those of `CSV_HEADER`, the provenance, and with a threshold `sure`.

    With `wide`, there is one row per picture, with the labels and probabilities of this many classes in it.
    """

    wide: int = 0
    threshold: float | None = None

    def header(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (*self._classes(), *_PROVENANCE_HEADER, *(() if self.threshold is None else ("sure",)))

    def rows(self, outcome: Outcome, *, for_spreadsheet: bool = False) -> Iterator[list[str]]:
        """Return the rows of one picture; `for_spreadsheet` keeps texts from being taken for formulas."""
        provenance = _provenance(outcome)
        if self.threshold is not None:
            sure = None if isinstance(outcome, Failed) else is_sure(outcome, self.threshold)
            provenance.append("" if sure is None else "yes" if sure else "no")
        for row in self._wide_rows(outcome) if self.wide else csv_rows(outcome):
            for column, name in enumerate(self._classes()):
                # Not in what goes to a pipe: a script would look for a file of that name.
                if for_spreadsheet and name.partition("_")[0] in _FOREIGN_COLUMNS:
                    row[column] = f"'{row[column]}" if row[column].startswith(_FORMULA_SIGNS) else row[column]
            yield row + provenance

    def _classes(self) -> tuple[str, ...]:
        if not self.wide:
            return CSV_HEADER
        pairs = ((f"label_{rank}", f"probability_{rank}") for rank in range(1, self.wide + 1))
        return ("path", *itertools.chain.from_iterable(pairs), "error")

    def _wide_rows(self, outcome: Outcome) -> list[list[str]]:
        if isinstance(outcome, Failed):
            return [[str(outcome.path), *[""] * 2 * self.wide, outcome.message]]
        pairs = [(each.label, f"{each.probability:.6f}") for each in outcome.predictions[: self.wide]]
        pairs += [("", "")] * (self.wide - len(pairs))
        return [[str(outcome.path), *itertools.chain.from_iterable(pairs), ""]]


def as_text(outcomes: Iterable[Outcome], language: str = "en") -> str:
    """Return one line per picture for the clipboard: file, best class in a language and percent, or why not."""
    return "\n".join(
        "\t".join(" ".join(cell.split()) for cell in _summary(each, language)) for each in outcomes
    )


def write_csv(
    path: Path,
    outcomes: Iterable[Outcome],
    *,
    cancel: threading.Event,
    progress: Progress,
    columns: Table = Table(),
) -> None:
    """Write a table for spreadsheets, in place of any older file.

    Beside the columns of `CSV_HEADER` it has the result's network, device and milliseconds, and all that is needed
    to get the same numbers again. Raises `StorageError`, `NotEnoughSpace`, `Cancelled`.
    """
    # Without the byte order mark Excel takes the file for one in the system's old code page.
    with storage_errors(path), replacing(path, encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns.header())
        for outcome in counted(outcomes, cancel, progress):
            table.writerows(columns.rows(outcome, for_spreadsheet=True))


def write_json_lines(
    path: Path,
    outcomes: Iterable[Outcome],
    *,
    cancel: threading.Event,
    progress: Progress,
    threshold: float | None = None,
) -> None:
    """Write one JSON object per line, like `write_csv`."""
    with storage_errors(path), replacing(path) as file:
        for outcome in counted(outcomes, cancel, progress):
            file.write(json.dumps(as_json(outcome, threshold), ensure_ascii=False) + "\n")


def counted(items: Iterable[_Item], cancel: threading.Event, progress: Progress) -> Iterator[_Item]:
    """Yield items, counting those that are done. Raises `Cancelled`."""
    for done, item in enumerate(items, 1):
        stop_if_cancelled(cancel)
        yield item
        progress(done)


def _summary(outcome: Outcome, language: str) -> tuple[str, ...]:
    if isinstance(outcome, Failed):
        return outcome.path.name, outcome.message
    if not outcome.predictions:
        return (outcome.path.name,)
    best = outcome.predictions[0]
    return outcome.path.name, full_name(best.id, best.label, language), format_percent(best.probability)


def _provenance(outcome: Outcome) -> list[str]:
    """Return the cells of `_PROVENANCE_HEADER`."""
    if isinstance(outcome, Failed):
        return [""] * len(_PROVENANCE_HEADER)
    times = outcome.milliseconds
    milliseconds = [f"{times[stage]:.3f}" if stage in times else "" for stage in _STAGES]
    versions = " ".join(f"{name}={version}" for name, version in outcome.versions.items())
    preprocessing = json.dumps(preprocessing_as_json(outcome.preprocessing))
    how = [outcome.form, outcome.decode, preprocessing, versions]
    return [outcome.model, outcome.sha256, outcome.device, outcome.precision, *milliseconds, *how]
