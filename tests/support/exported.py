"""Networks as real exporters wrote them: import one, and compare its answers with those of its own framework."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

STORED = Path(__file__).parents[1] / "exporters" / "stored"
TOLERANCE = 1e-4  # of a probability


def assert_app_agrees(folder: Path, run: Callable[[Sequence[str]], str]) -> None:
    """Import the network of a folder and classify its pictures; `run` runs the command line and returns its output."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    options = [
        argument
        for option in ("labels", "preprocessing")
        if expected[option] is not None
        for argument in (f"--{option}", str(folder / expected[option]))
    ]
    run(["import", str(folder / "network.onnx"), "--id", "exported", *options])
    names, rows = expected["names"], expected["probabilities"]
    pictures = [str(folder / picture) for picture in rows]
    output = run(["classify", "--json", "--model", "exported", "--top-k", str(len(names)), *pictures])
    answers = [json.loads(line) for line in output.splitlines()]
    paths = [answer["path"] for answer in answers]
    assert paths == pictures, f"the answers are for {paths}"
    for answer, row in zip(answers, rows.values(), strict=True):
        by_index = sorted(answer["predictions"], key=lambda each: int(each["index"]))
        labels = [each["label"] for each in by_index]
        assert labels == names, f"the classes are {labels}, not {names}"
        found = np.array([each["probability"] for each in by_index])
        assert np.abs(found - row).max() <= TOLERANCE, f"{answer['path']}: {found.round(6)}, not {row}"
