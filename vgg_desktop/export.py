"""Results for other programs: JSON, CSV, text for the clipboard, and pictures sorted into folders.

What goes to a terminal or a pipe (`as_json`, `csv_rows`) is a contract for scripts; files may hold more columns.
Loads neither numpy nor Pillow.
"""

import contextlib
import csv
import errno
import itertools
import json
import os
import re
import secrets
import shutil
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from vgg_desktop import paths
from vgg_desktop.errors import Cancelled, NotEnoughSpace, StorageError, VggDesktopError
from vgg_desktop.models.labels import read_labels

if TYPE_CHECKING:
    from vgg_desktop.inference.results import Classification, Prediction

CSV_HEADER = ("path", "rank", "index", "id", "label", "probability", "error")
# How the result came about, in files only.
_ORIGIN_HEADER = ("model", "sha256", "device", "precision", "read_ms", "prepare_ms", "run_ms")
_STAGES = ("read", "prepare", "run")

# What makes a spreadsheet take a cell for a formula, which may then run programs or send data away.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Texts that come from file names and from the label files of imported networks: path, id, label, error.
_FOREIGN_COLUMNS = (0, 3, 4, 6)

_FORBIDDEN = frozenset('<>:"/\\|?*')
# Windows keeps these names, with whatever comes after a dot, for devices.
_DEVICE_NAME = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³])\s*(\..*)?", re.IGNORECASE)
_LONGEST_NAME = 50  # characters of up to four bytes; file systems allow 255 bytes, and an id is added to some
_WORDNET_ID = re.compile(r"n\d{8}")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Failed:
    """A picture that has no result, and why."""

    path: Path
    error: Exception


Outcome: TypeAlias = "Classification | Failed"


def as_json(result: "Classification") -> dict[str, Any]:
    """Return the JSON object of one classified picture; milliseconds by stage, `fallback` only where there is one."""
    values = {
        "path": str(result.path),
        "model": result.model,
        "sha256": result.sha256,
        "device": result.device,
        "precision": result.precision,
        "predictions": [
            {"index": each.index, "id": each.id, "label": each.label, "probability": each.probability}
            for each in result.predictions
        ],
        "milliseconds": {stage: round(value, 3) for stage, value in result.milliseconds.items()},
    }
    return {**values, "fallback": result.fallback} if result.fallback else values


def failure_as_json(path: Path, error: Exception) -> dict[str, Any]:
    """Return the JSON object of a picture without a result."""
    kind = error.kind if isinstance(error, VggDesktopError) else "internal"
    return {"path": str(path), "error": {"kind": kind, "message": _message(error)}}


def csv_rows(result: "Classification") -> list[list[str]]:
    """Return one row per prediction, in the columns of `CSV_HEADER`; ranks count from 1."""
    return [
        [str(result.path), str(rank), str(each.index), each.id, each.label, f"{each.probability:.6f}", ""]
        for rank, each in enumerate(result.predictions, 1)
    ]


def failure_csv_row(path: Path, error: Exception) -> list[str]:
    """Return the row of a picture without a result, in the columns of `CSV_HEADER`."""
    return [str(path), "", "", "", "", "", _message(error)]


def as_text(outcomes: Iterable[Outcome]) -> str:
    """Return one line per picture for the clipboard: name, best label and percent (or why not), between tabs."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in _summary(each)) for each in outcomes)


def write_csv(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write a table that spreadsheets open as it is, in place of any older file; raises `StorageError`.

    Beside the columns of `CSV_HEADER` it has the result's network, device and milliseconds.
    """
    # Without the byte order mark Excel takes the file for one in the system's old code page.
    with _replacing(path, encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow((*CSV_HEADER, *_ORIGIN_HEADER))
        for outcome in outcomes:
            table.writerows(_file_rows(outcome))


def write_json_lines(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write one JSON object a line, in place of any older file; raises `StorageError`."""
    with _replacing(path, encoding="utf-8", newline="\n") as file:
        for outcome in outcomes:
            file.write(json.dumps(_values(outcome), ensure_ascii=False) + "\n")


def sort_into_folders(
    outcomes: Iterable[Outcome],
    folder: Path,
    *,
    cancel: threading.Event,
    progress: Callable[[int], object] = lambda _done: None,
) -> int:
    """Copy each classified picture into the folder of its best class under `folder`, and return how many.

    `progress` gets the number of pictures that are copied already.

    Nothing is overwritten: a name that is taken gets a number, and a picture that lies there already stays.
    What was copied before an error remains. Raises `StorageError`, `NotEnoughSpace`, `Cancelled`.
    """
    results = [each for each in outcomes if not isinstance(each, Failed) and each.predictions]
    names = _folder_names(each.predictions[0] for each in results)
    needed = 0
    try:
        # Before the first copy, so that a picture that is gone leaves nothing half done.
        needed = sum(each.path.stat().st_size for each in results)
        folder.mkdir(parents=True, exist_ok=True)
        if needed > (free := shutil.disk_usage(folder).free):
            raise NotEnoughSpace(folder, needed, free)
        for done, result in enumerate(results):
            progress(done)
            best = result.predictions[0]
            target = folder / names[best.id, best.label]
            target.mkdir(exist_ok=True)
            _copy_beside(result.path, target, cancel)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NotEnoughSpace(folder, needed, shutil.disk_usage(folder).free) from error
        raise StorageError(Path(error.filename or folder), error.strerror or str(error)) from error
    return len(results)


def _message(error: Exception) -> str:
    return str(error) or type(error).__name__


def _values(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Failed):
        return failure_as_json(outcome.path, outcome.error)
    return as_json(outcome)


def _summary(outcome: Outcome) -> tuple[str, ...]:
    if isinstance(outcome, Failed):
        return outcome.path.name, _message(outcome.error)
    if not outcome.predictions:
        return (outcome.path.name,)
    best = outcome.predictions[0]
    return outcome.path.name, best.label, f"{best.probability * 100:.1f} %"


def _file_rows(outcome: Outcome) -> Iterator[list[str]]:
    """Return the rows of one picture for a file, safe to open in a spreadsheet."""
    if isinstance(outcome, Failed):
        rows, origin = [failure_csv_row(outcome.path, outcome.error)], [""] * len(_ORIGIN_HEADER)
    else:
        rows = csv_rows(outcome)
        times = outcome.milliseconds
        milliseconds = [f"{times[stage]:.3f}" if stage in times else "" for stage in _STAGES]
        origin = [outcome.model, outcome.sha256, outcome.device, outcome.precision, *milliseconds]
    for row in rows:
        for column in _FOREIGN_COLUMNS:
            # Not in what goes to a pipe: a script would look for a file of that name.
            if row[column].startswith(_FORMULA_SIGNS):
                row[column] = f"'{row[column]}"
        yield row + origin


def _folder_names(best: Iterable["Prediction"]) -> dict[tuple[str, str], str]:
    """Return the folder's name for each class, by its id and label.

    Classes that would share a name get their ids too: "crane" is a bird and a machine.
    """
    classes = {(each.id, each.label) for each in best}
    known = set(classes)
    if any(_WORDNET_ID.fullmatch(id) for id, _ in classes):
        # So that a folder is called the same whichever classes are there: the next time may bring the other crane.
        known |= {(each.id, each.name) for each in read_labels(paths.resource("labels/imagenet.tsv"))}
    sharing = defaultdict[str, set[str]](set)
    for id, label in known:
        # Most file systems of Windows and macOS do not tell capitals from small letters.
        sharing[_folder_name(id, label).casefold()].add(id)
    names = {}
    for id, label in classes:
        name = _folder_name(id, label)
        names[id, label] = name if len(sharing[name.casefold()]) == 1 else f"{name} ({_safe_name(id)})"
    return names


def _folder_name(id: str, label: str) -> str:
    first = label.split(",")[0] if _WORDNET_ID.fullmatch(id) else label  # the others are its synonyms
    return _safe_name(first) or _safe_name(id) or "class"


def _safe_name(text: str) -> str:
    """Make a text the name of a folder on Windows, macOS and Linux; empty when nothing of it can be."""
    kept = "".join(each if each.isprintable() and each not in _FORBIDDEN else " " for each in text)
    # A dot at the front hides the folder; Windows drops dots and spaces at the end.
    name = " ".join(kept.split())[:_LONGEST_NAME].strip(". ")
    return f"_{name}" if _DEVICE_NAME.fullmatch(name) else name


def _copy_beside(source: Path, folder: Path, cancel: threading.Event) -> None:
    """Copy a picture into a folder, under a name that is free. Raises `Cancelled`, `OSError`."""
    for number in itertools.count(1):
        target = folder / (source.name if number == 1 else f"{source.stem} ({number}){source.suffix}")
        if cancel.is_set():
            raise Cancelled
        try:
            with source.open("rb") as original, target.open("xb") as copy:
                _copy_bytes(original, copy, target, cancel)
        except FileExistsError:
            if target.exists() and target.samefile(source):
                return
            continue
        with contextlib.suppress(OSError):  # some file systems keep no times
            shutil.copystat(source, target)
        return


def _copy_bytes(original: IO[bytes], copy: IO[bytes], target: Path, cancel: threading.Event) -> None:
    """Copy an open file; a copy that was not finished is deleted. Raises `Cancelled`, `OSError`."""
    try:
        while block := original.read(_BLOCK):
            if cancel.is_set():
                raise Cancelled
            copy.write(block)
        copy.flush()  # here, where a full disk still undoes the copy
    except BaseException:
        with contextlib.suppress(OSError):
            copy.close()  # Windows deletes no open file
            target.unlink()
        raise


@contextlib.contextmanager
def _replacing(path: Path, *, encoding: str, newline: str) -> Iterator[IO[str]]:
    """Return a file that takes the place of `path` in one step once it is whole. Raises `StorageError`."""
    try:
        target = path.resolve()  # what a link points at is replaced, not the link
        # Not the file's own name and more, which might be too long or another file's.
        temporary = target.with_name(f".vgg-desktop-{secrets.token_hex(4)}.new")
        try:
            # Names that are no text, possible on Linux, hold lone surrogates: these are written as JSON's \udce9.
            with temporary.open("x", encoding=encoding, newline=newline, errors="backslashreplace") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
