"""A folder of pictures: `classify_many` against the loop that a script would have.

    python -m benchmarks.folders [--large 200] [--small 1000] [--network vgg16|everyday|...] [--home FOLDER]

The loop decodes each picture in full with Pillow, prepares it exactly as we do, and runs onnxruntime on the published
file, one picture at a time. The folder is gone through in parts, each part by all in turn, all in one process.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import full_size
from benchmarks.pictures import SMALL, TWELVE_MEGAPIXELS, make_pictures
from benchmarks.table import show
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.batch import classify_many
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.runtime import load_onnxruntime
from vgg_desktop.models.store import InstalledModel

Run = Callable[[list[Path]], None]
LOOP = "plain loop"


def plain_loop(installed: InstalledModel) -> Run:
    """Return what a script would do."""
    session = load_onnxruntime().InferenceSession(str(installed.path))
    name = session.get_inputs()[0].name

    def run(paths: list[Path]) -> None:
        for path in paths:
            tensor = preprocess(Image.open(path).convert("RGB"), installed.spec.preprocessing)
            scores = session.run(None, {name: tensor[np.newaxis]})[0][0]
            np.argsort(-scores)[:5]

    return run


def ours(classifier: Classifier) -> Run:
    """Return what the window and `vgg-desktop classify` do."""

    def run(paths: list[Path]) -> None:
        answers = classify_many(classifier, paths, lambda path: path, 5, decode="draft")
        failed = [answer for answer in answers if isinstance(answer.outcome, Exception)]
        assert not failed, failed

    return run


def measure(runs: dict[str, Run], paths: list[Path], parts: int) -> dict[str, list[float]]:
    """Return milliseconds a picture for each part of the folder."""
    for run in runs.values():
        run(paths[:4])  # the first runs are slower: memory is taken, and threads are made
    results: dict[str, list[float]] = {name: [] for name in runs}
    step = -(-len(paths) // parts)
    for start in range(0, len(paths), step):
        part = paths[start : start + step]
        for name, run in runs.items():
            begun = time.perf_counter()
            run(part)
            results[name].append((time.perf_counter() - begun) * 1000 / len(part))
    return results


def main() -> None:
    """Make the pictures, measure, print."""
    parser = full_size.arguments(__doc__, *full_size.BUNDLED)
    parser.add_argument("--large", type=int, default=200, help="pictures of 12 megapixels")
    parser.add_argument("--small", type=int, default=1000, help="pictures of 500 x 375")
    parser.add_argument("--parts", type=int, default=5)
    options = parser.parse_args()
    with full_size.home(options.home, options.network), tempfile.TemporaryDirectory() as name:
        installed = full_size.find(options.network)
        runs = {
            LOOP: plain_loop(installed),
            "VGG Desktop, Exact": ours(open_classifier(installed)),
        }
        if options.network not in full_size.BUNDLED:
            runs["VGG Desktop, Fast"] = ours(open_classifier(installed, precision="fast"))
        for count, size in ((options.large, TWELVE_MEGAPIXELS), (options.small, SMALL)):
            if count:
                paths = make_pictures(Path(name) / f"{size[0]}", count, size)
                results = measure(runs, paths, options.parts)
                bytes_each = statistics.mean(path.stat().st_size for path in paths) / 1000
                title = (
                    f"{count} JPEGs of {size[0]} x {size[1]} ({bytes_each:.0f} kB each), {options.network}"
                )
                show(title, "ms a picture", results, LOOP)


if __name__ == "__main__":
    main()
