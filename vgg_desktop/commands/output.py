"""What all commands share: the exit codes, and one line as JSON or as text."""

import argparse
import json
from typing import Any

OK, SOME_FAILED, USAGE, MODEL_FAILED, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, 130


def say(options: argparse.Namespace, values: dict[str, Any], text: str) -> None:
    """Print values as a line of JSON with `--json`, else the text."""
    print(json.dumps(values, ensure_ascii=False) if options.json else text, flush=True)
