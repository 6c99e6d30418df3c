"""`vgg-desktop classify`: classify pictures."""

import argparse
import csv
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vgg_desktop.commands.opening import open_classifier
from vgg_desktop.commands.output import OK, SOME_FAILED, USAGE, say
from vgg_desktop.errors import Cancelled, ImageUnreadable, VggDesktopError

if TYPE_CHECKING:
    from vgg_desktop.inference.results import Classification


def add_to(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="pictures, or folders of pictures"
    )
    command.add_argument("--model", metavar="ID", help="the network (default: the one chosen in the window)")
    command.add_argument(
        "--top-k", type=int, default=None, metavar="K", help="classes per picture (default: 5)"
    )
    command.add_argument(
        "--device", default="auto", help="auto, or an id that `devices` prints (default: auto)"
    )
    command.add_argument(
        "--precision",
        choices=("exact", "fast"),
        default="exact",
        help="fast: in 8 bits on the CPU, else half precision; created on first use (default: exact)",
    )
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
    from vgg_desktop import settings
    from vgg_desktop.export import CSV_HEADER
    from vgg_desktop.images.finding import find_pictures
    from vgg_desktop.inference.batch import classify_many
    from vgg_desktop.inference.devices.listing import CPU
    from vgg_desktop.inference.forms.registry import improve

    k = options.top_k if options.top_k is not None else settings.Settings().top_k
    if k < 1:
        print("--top-k must be at least 1", file=sys.stderr)
        return USAGE
    classifier = open_classifier(options, cancel, None if options.form == "auto" else options.form)
    table = csv.writer(_Lines(), lineterminator="") if options.csv else None
    if table is not None:
        table.writerow(CSV_HEADER)
    code = OK

    def pictures() -> Iterator[Path]:
        nonlocal code
        for path in options.paths:
            is_empty = True
            try:
                for picture in find_pictures(path, recursive=options.recursive, cancel=cancel):
                    is_empty = False
                    yield picture
            except ImageUnreadable as error:
                code = SOME_FAILED
                _print_failure(options, table, path, error)
            else:
                if is_empty:
                    print(f"{path} contains no pictures.", file=sys.stderr)
                    code = SOME_FAILED

    answers = classify_many(classifier, pictures(), lambda path: path, k, decode=options.decode)
    for answer in answers:
        if cancel.is_set():
            raise Cancelled
        if isinstance(answer.outcome, VggDesktopError):
            code = SOME_FAILED
            _print_failure(options, table, answer.item, answer.outcome)
        else:
            _print_result(options, table, answer.outcome)
    if options.form == "auto" and classifier.precision == "exact" and classifier.device == CPU:
        # Here and not before: the first picture should not wait for what only the next command gains from.
        installed = classifier.installed
        del classifier, answers  # two networks would need twice the memory
        improve(installed, cancel)
    return code


def _print_failure(options: argparse.Namespace, table: Any, path: Path, error: VggDesktopError) -> None:  # noqa: ANN401 - csv.writer has no public type
    from vgg_desktop.export import failure_as_json, failure_csv_row

    if table is not None:
        table.writerow(failure_csv_row(path, error))
    if options.json:
        print(json.dumps(failure_as_json(path, error), ensure_ascii=False), flush=True)
    else:
        print(error, file=sys.stderr)


def _print_result(options: argparse.Namespace, table: Any, result: "Classification") -> None:  # noqa: ANN401 - csv.writer has no public type
    from vgg_desktop.export import as_json, csv_rows

    if table is not None:
        table.writerows(csv_rows(result))
        return
    lines = [
        str(result.path),
        *(f"  {each.probability * 100:5.1f} %  {each.label}" for each in result.predictions),
    ]
    say(options, as_json(result), "\n".join(lines))
