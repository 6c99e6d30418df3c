"""Choosing a network and its first picture: our graph that points into the published file, against onnxruntime on that
file. Time to load, memory at its peak, how much of it the system cannot reclaim, and the first answer to a picture.

    python -m benchmarks.load_and_run [--network vgg16] [--rounds N] [--home FOLDER]

Every measurement is a process of its own, the kinds in turn, so that none finds the other's memory. The published file
is in the page cache for all of them. What comes before is counted by none: the import of onnxruntime and numpy.
"""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import full_size
from benchmarks.table import show

UNITS = {
    "choosing": "ms",
    "peak memory": "MB",
    "not reclaimable": "MB",
    "first picture": "ms",
}
KINDS = ("onnxruntime on the published file", "VGG Desktop, Exact", "VGG Desktop, Fast")


def megabytes(field: str) -> float:
    """Return a line of this process's memory (Linux; `getrusage` would count the parent's from before the start)."""
    found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) / 1000 if found else float("nan")


def measure(kind: str, id: str, picture: Path) -> dict[str, float]:
    """Load the network one way, classify one picture, and return milliseconds and megabytes."""
    import numpy as np

    from vgg_desktop.images.preprocessing import preprocess
    from vgg_desktop.images.reading import read
    from vgg_desktop.inference.opening import open_classifier
    from vgg_desktop.inference.runtime import load_onnxruntime

    onnxruntime = load_onnxruntime()
    installed = full_size.find(id)
    begun = time.perf_counter()
    if kind == KINDS[0]:
        session = onnxruntime.InferenceSession(str(installed.path))
        loaded = time.perf_counter()
        tensor = preprocess(read(picture).image, installed.spec.preprocessing)
        session.run(None, {"data": tensor[np.newaxis]})
    else:
        classifier = open_classifier(installed, precision="fast" if kind == KINDS[2] else "exact")
        loaded = time.perf_counter()
        classifier.classify_file(picture, 5, decode="draft")
    answered = time.perf_counter()
    return {
        "choosing": (loaded - begun) * 1000,
        "first picture": (answered - loaded) * 1000,
        "peak memory": megabytes("VmHWM"),
        "not reclaimable": megabytes("RssAnon"),
    }


def main() -> None:
    """Measure in turn, and print a table for each of the four."""
    parser = full_size.arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--measure", nargs=2, metavar=("KIND", "PICTURE"), help="one measurement, as JSON")
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure[0], options.network, Path(options.measure[1]))))
        return
    results: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    with full_size.home(options.home, options.network) as home:
        picture = full_size.one_picture(home)
        full_size.read_all(options.network)
        for _ in range(options.rounds):
            for kind in KINDS:
                command = [sys.executable, "-m", "benchmarks.load_and_run", "--network", options.network]
                done = subprocess.run(
                    [*command, "--measure", kind, str(picture)], capture_output=True, text=True, check=True
                )
                results[kind].append(json.loads(done.stdout))
    for what, unit in UNITS.items():
        values = {kind: [each[what] for each in found] for kind, found in results.items()}
        show(f"{options.network}: {what}", unit, values, KINDS[0])


if __name__ == "__main__":
    main()
