"""The commands of the command line, which `cli.py` registers; their exit codes, and how they print."""

import argparse
import json
from typing import Any

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
