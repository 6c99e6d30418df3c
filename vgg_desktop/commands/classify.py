"""`vgg-desktop classify`: classify pictures."""

import argparse
import csv
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vgg_desktop.commands import OK, SOME_FAILED, USAGE, print_error, print_json
from vgg_desktop.commands.opening import add_network_to, open_classifier
from vgg_desktop.errors import ImageUnreadable, VggDesktopError, stop_if_cancelled
from vgg_desktop.formatting import visible

if TYPE_CHECKING:
    from vgg_desktop.export import Outcome


def add_to(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="pictures, or folders of pictures"
    )
    command.add_argument("--top-k", type=int, default=5, metavar="K", help="classes per picture (default: 5)")
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
    command.add_argument("--recursive", action="store_true", help="also the pictures in sub-folders")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON Lines")
    form.add_argument("--csv", action="store_true", help="print comma-separated values")


class _Lines:
    """A file for `csv.writer` that prints each row, ended with CR LF on every system (RFC 4180)."""

    def write(self, row: str) -> int:
        # On Windows the stream itself makes CR LF of LF.
        print(row, end="\n" if os.linesep == "\r\n" else "\r\n")
        return len(row)


def run(options: argparse.Namespace, cancel: threading.Event) -> int:
    """Classify pictures and print line by line; 1 where some could not be read."""
    from vgg_desktop.export import Failed
    from vgg_desktop.images.finding import find_pictures
    from vgg_desktop.inference.batch import classify_many
    from vgg_desktop.inference.devices.listing import CPU
    from vgg_desktop.inference.forms.registry import improve

    if options.top_k < 1:
        print("--top-k must be at least 1", file=sys.stderr)
        return USAGE
    classifier = open_classifier(options, cancel, None if options.form == "auto" else options.form)
    show = _printer(options)
    code = OK

    def fail(path: Path, error: VggDesktopError) -> None:
        nonlocal code
        code = SOME_FAILED
        show(Failed(path, error))

    def fail_folder(error: ImageUnreadable) -> None:
        fail(error.path, error)

    def pictures() -> Iterator[Path]:
        nonlocal code
        for path in options.paths:
            is_empty = True
            try:
                found = find_pictures(path, recursive=options.recursive, cancel=cancel, failed=fail_folder)
                for picture in found:
                    is_empty = False
                    yield picture
            except ImageUnreadable as error:
                fail(path, error)
            else:
                if is_empty:
                    hint = "" if options.recursive else " --recursive also looks into its sub-folders."
                    print_error(f"{path} contains no pictures.{hint}")
                    code = SOME_FAILED

    answers = classify_many(
        classifier, pictures(), lambda path: path, options.top_k, decode=options.decode, cancel=cancel
    )
    for answer in answers:
        stop_if_cancelled(cancel)
        if isinstance(answer.outcome, VggDesktopError):
            fail(answer.item, answer.outcome)
        else:
            show(answer.outcome)
    if options.form == "auto" and classifier.precision == "exact" and classifier.device == CPU:
        # Here and not before: the first picture should not wait for what only the next command gains from.
        installed = classifier.installed
        del classifier, answers  # two networks would need twice the memory
        improve(installed, cancel)
    return code


def _printer(options: argparse.Namespace) -> "Callable[[Outcome], None]":
    """Return the function that prints what is known of one picture; the head of a table is printed at once."""
    from vgg_desktop.export import CSV_HEADER, Failed, as_json, csv_rows

    table = csv.writer(_Lines(), lineterminator="")
    if options.csv:
        table.writerow(CSV_HEADER)

    def show(outcome: "Outcome") -> None:
        if options.json:
            print_json(as_json(outcome))
            return
        if options.csv:
            table.writerows(csv_rows(outcome))
        if isinstance(outcome, Failed):
            print_error(outcome.error)
        elif not options.csv:
            lines = (
                f"  {each.probability * 100:5.1f} %  {visible(each.label)}" for each in outcome.predictions
            )
            print(visible(str(outcome.path)), *lines, sep="\n", flush=True)

    return show
