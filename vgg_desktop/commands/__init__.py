"""The commands of the command line, which `cli.py` registers; their exit codes, and how they print."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from vgg_desktop.formatting import visible

OK, SOME_FAILED, USAGE, MODEL_FAILED, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, 130


def print_json(values: dict[str, Any]) -> None:
    """Print a line of JSON."""
    print(json.dumps(values, ensure_ascii=False), flush=True)


def print_result(options: argparse.Namespace, values: dict[str, Any], text: str) -> None:
    """Print values as a line of JSON with `--json`, else the text."""
    if options.json:
        print_json(values)
    else:
        print(text, flush=True)


def print_error(error: object) -> None:
    """Print an error to stderr; names in it may come from anywhere, so that nothing in it controls the terminal."""
    # On a terminal the line may hold a progress bar.
    start = "\r\x1b[K" if sys.stderr is not None and sys.stderr.isatty() else ""
    print(start + visible(str(error)), file=sys.stderr)


def is_pattern(word: str) -> bool:
    """Return whether a word may stand for several files, as in `*.jpg`."""
    return "*" in word or "?" in word


def word_for_window(text: str) -> Path | str:
    """Return what a word of the window's command line names: a path, or an address as it is."""
    if sys.platform == "win32" and text.endswith('"'):
        text = f"{text[:-1]}\\"  # "C:\": the backslash made the quote after it a part of the word
    return text if is_address(text) and not os.path.lexists(text) else Path(text)


def is_address(word: str) -> bool:
    """Return whether a word looks like an address: a link, `file:`, or a picture written into it."""
    return "://" in word or word.startswith("data:")


def split_quotes(arguments: Iterable[str]) -> Iterator[str]:
    """Yield arguments as they were meant on Windows, where `"C:\\pics\\" --json` is one that has a quote in it.

    Before a quote, a backslash is no part of the path; no path there has quotes.
    """
    for each in arguments:
        path, quote, rest = each.partition('"')
        yield path
        if quote:
            yield from rest.split()


def expand_patterns(paths: Iterable[Path | str]) -> list[Path | str]:
    """Return paths with patterns such as `*.jpg` replaced by the files they stand for, sorted.

    `**` stands for all sub-folders. A pattern that no file matches stays, so that it is told as missing. Brackets are
    part of names on Windows.
    """
    import glob  # only here, since the help needs no patterns

    expanded: list[Path | str] = []
    for path in paths:
        text = str(path).replace("[", "[[]")
        matches = sorted(glob.glob(text, recursive=True)) if is_pattern(text) else []  # noqa: PTH207 - keeps relative paths
        expanded += [Path(each) for each in matches] or [path]
    return expanded
