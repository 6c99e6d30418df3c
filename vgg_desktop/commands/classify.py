"""`vgg-desktop classify`: classify pictures."""

import argparse
import contextlib
import csv
import math
import os
import sys
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vgg_desktop.commands import OK, SOME_FAILED, USAGE, print_error, print_json
from vgg_desktop.commands.opening import add_network_to, open_classifier
from vgg_desktop.errors import Cancelled, ImageUnreadable, VggDesktopError, stop_if_cancelled
from vgg_desktop.formatting import visible

if TYPE_CHECKING:
    from vgg_desktop.export import Outcome
    from vgg_desktop.inference.results import Classification


def add_to(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="pictures, or folders of pictures"
    )
    command.add_argument("--top-k", type=int, metavar="K", help="classes per picture (default: 5)")
    add_network_to(command)
    command.add_argument(
        "--form",
        choices=("auto", "published", "mapped", "winograd", "int8", "half"),
        default="auto",
        help="what runs: the published file, a graph over its weights, or one that is made from them, int8 and half "
        "in the precision fast (default: auto, the fastest)",
    )
    command.add_argument(
        "--decode",
        choices=("draft", "full"),
        default="draft",
        help="full: decode JPEGs at full resolution; draft is faster (default: draft)",
    )
    command.add_argument(
        "--language",
        choices=("en", "de", "ja"),
        default="en",
        help="of the names of classes in the text; JSON and CSV keep the published ones (default: en)",
    )
    command.add_argument("--recursive", action="store_true", help="also the pictures in sub-folders")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON Lines")
    form.add_argument("--csv", action="store_true", help="print comma-separated values")
    command.add_argument("--wide", action="store_true", help="with --csv: one row per picture")
    command.add_argument(
        "--threshold",
        type=_probability,
        metavar="P",
        help="mark pictures whose best class is less probable as not sure (0 to 1)",
    )
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="write to a file once all is done, in the form that --csv, --json or its extension says",
    )


def _probability(text: str) -> float:
    """Return a number from 0 to 1. Raises `ArgumentTypeError`."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 1")
    return value


class _Lines:
    """A file for `csv.writer` that prints each row, ended with CR LF on every system (RFC 4180)."""

    def write(self, row: str) -> int:
        # On Windows the stream itself makes CR LF of LF.
        print(row, end="\n" if os.linesep == "\r\n" else "\r\n")
        return len(row)


def run(options: argparse.Namespace, cancel: threading.Event) -> int:
    """Classify pictures and print line by line, or write a file; 1 where some could not be read."""
    from vgg_desktop.export import Failed
    from vgg_desktop.inference.batch import classify_many
    from vgg_desktop.inference.devices.listing import CPU
    from vgg_desktop.inference.forms.registry import improve
    from vgg_desktop.terminal import search_bar

    top_k = 5 if options.top_k is None else options.top_k
    if options.output is not None and not options.json and not options.csv:
        options.csv = options.output.suffix.lower() == ".csv"
        options.json = options.output.suffix.lower() in (".json", ".jsonl", ".ndjson")
    if top_k < 1 or (options.wide and not options.csv):
        print("--top-k must be at least 1" if top_k < 1 else "--wide needs --csv", file=sys.stderr)
        return USAGE
    classifier = open_classifier(options, cancel, None if options.form == "auto" else options.form)
    search = _Search(options, cancel)
    is_shown = options.output is None and sys.stdout is not None and sys.stdout.isatty()

    def outcomes() -> "Iterator[Outcome]":
        answers = classify_many(
            classifier, search.pictures(), lambda path: path, top_k, decode=options.decode, cancel=cancel
        )
        with contextlib.ExitStack() as stack:
            # Lines on a terminal are progress themselves.
            progress = None if is_shown else stack.enter_context(search_bar(classifier.spec.title))
            for done, answer in enumerate(answers, 1):
                stop_if_cancelled(cancel)
                yield from search.failures()
                if isinstance(answer.outcome, VggDesktopError):
                    search.is_complete = False
                    yield Failed(answer.item, answer.outcome)
                else:
                    if answer.outcome.note is not None:
                        print_error(f"{answer.item}: {answer.outcome.note}.")
                    yield answer.outcome
                if progress is not None:
                    progress(done, search.total)
            yield from search.failures()

    try:
        _put(options, top_k, outcomes(), cancel, one_line=is_shown and options.top_k is None)
    except (Cancelled, KeyboardInterrupt):
        if options.output is not None:  # half a table would look like a whole one
            print_error(f"{options.output} was not written, since not all pictures are classified.")
        raise
    if options.form == "auto" and classifier.precision == "exact" and classifier.device == CPU:
        # Here and not before: the first picture should not wait for what only the next command gains from.
        installed = classifier.installed
        del classifier  # two networks would need twice the memory
        improve(installed, cancel)
    return OK if search.is_complete else SOME_FAILED


class _Search:
    """The pictures that a command is for, found while others are classified, and what could not be searched."""

    def __init__(self, options: argparse.Namespace, cancel: threading.Event) -> None:
        self._options = options
        self._cancel = cancel
        self._failed: deque[ImageUnreadable] = deque()
        self.is_complete = True
        self.total: int | None = None  # known at the end of the search

    def pictures(self) -> Iterator[Path]:
        """Yield the pictures."""
        from vgg_desktop.images.finding import find_pictures

        recursive, total = self._options.recursive, 0
        for path in self._options.paths:
            before = total
            try:
                for picture in find_pictures(
                    path, recursive=recursive, cancel=self._cancel, failed=self._fail
                ):
                    total += 1
                    yield picture
            except ImageUnreadable as error:
                self._fail(error)
            else:
                if total == before:
                    hint = "" if recursive else " --recursive also looks into its sub-folders."
                    print_error(f"{path} contains no pictures.{hint}")
                    self.is_complete = False
        self.total = total

    def _fail(self, error: ImageUnreadable) -> None:
        self.is_complete = False
        self._failed.append(error)

    def failures(self) -> "Iterator[Outcome]":
        """Yield the folders that could not be read since the last call."""
        from vgg_desktop.export import Failed

        while self._failed:
            error = self._failed.popleft()
            yield Failed(error.path, error)


def _put(
    options: argparse.Namespace,
    top_k: int,
    outcomes: "Iterator[Outcome]",
    cancel: threading.Event,
    *,
    one_line: bool,
) -> None:
    """Print outcomes as they come, or write them into a file. Raises `StorageError`, `Cancelled`."""
    from vgg_desktop import export
    from vgg_desktop.files import replacing, storage_errors

    columns = export.Table(top_k if options.wide else 0, options.threshold)
    told = _tell_failed(outcomes) if options.csv or options.output is not None else outcomes
    if options.output is not None and options.csv:
        export.write_csv(options.output, told, cancel=cancel, progress=lambda _: None, columns=columns)
    elif options.output is not None and options.json:
        export.write_json_lines(
            options.output, told, cancel=cancel, progress=lambda _: None, threshold=options.threshold
        )
    elif options.output is not None:
        with storage_errors(options.output), replacing(options.output) as file:
            for outcome in told:
                if not isinstance(outcome, export.Failed):
                    file.write(_text(outcome, options) + "\n")
    elif options.csv:
        table = csv.writer(_Lines(), lineterminator="")
        table.writerow(columns.header())
        for outcome in told:
            table.writerows(columns.rows(outcome))
    else:
        for outcome in outcomes:
            if options.json:
                print_json(export.as_json(outcome, options.threshold))
            elif isinstance(outcome, export.Failed):
                print_error(outcome.error)
            else:
                print(_text(outcome, options, one_line=one_line), flush=True)


def _tell_failed(outcomes: "Iterator[Outcome]") -> "Iterator[Outcome]":
    """Yield outcomes, and print why some are failures."""
    from vgg_desktop.export import Failed

    for outcome in outcomes:
        if isinstance(outcome, Failed):
            print_error(outcome.error)
        yield outcome


def _text(outcome: "Classification", options: argparse.Namespace, *, one_line: bool = False) -> str:
    """Return the path and a line for each class, or all in one line with the best class alone."""
    from vgg_desktop.export import is_sure
    from vgg_desktop.models.class_names import full_name

    is_unsure = options.threshold is not None and not is_sure(outcome, options.threshold)
    path = visible(str(outcome.path))
    names = [visible(full_name(each.id, each.label, options.language)) for each in outcome.predictions]
    shares = [f"{each.probability * 100:5.1f} %" for each in outcome.predictions]
    if one_line:
        doubt = "not sure: perhaps " if is_unsure else ""
        return f"{shares[0]}  {doubt}{names[0]}  {path}"
    labels = map("  ".join, zip(shares, names, strict=True))
    return "\n".join((path, *(["  not sure"] if is_unsure else []), *(f"  {each}" for each in labels)))
