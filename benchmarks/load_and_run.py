"""Our graph that points into the published file, against onnxruntime on that file: time to load, time to run, memory.

    python -m benchmarks.load_and_run [vgg16|vgg16-bn|vgg19|vgg19-bn] [--rounds N]

A full-size network with seeded weights is built first. Each measurement is a process of its own, the two kinds in
turn, so that neither finds the other's memory.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support import networks
from vgg_desktop.models.graphs import classify_graph

RUNS = 5


def peak_megabytes() -> float:
    """Give this process's largest memory so far (Linux; `getrusage` would count the parent's from before the start)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) / 1000 if found else float("nan")


def measure(path: Path, *, map_weights: bool) -> dict[str, float]:
    """Load the network at `path`, run it on one image, and give milliseconds and megabytes."""
    import numpy as np

    from vgg_desktop.inference.classifier import Network
    from vgg_desktop.inference.runtime import load_onnxruntime

    load_onnxruntime()
    image = np.random.default_rng(0).standard_normal((1, 3, 224, 224), dtype=np.float32)
    started = time.perf_counter()
    network = Network(path, map_weights=map_weights)
    loaded = time.perf_counter()
    network.scores(image)
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        network.scores(image)
        times.append(time.perf_counter() - begin)
    return {
        "load ms": (loaded - started) * 1000,
        "run ms": statistics.median(times) * 1000,
        "peak MB": peak_megabytes(),
    }


def main() -> None:
    """Build the network, measure in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("id", nargs="?", default="vgg16", choices=sorted(networks.FILENAMES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--map", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure is not None:
        print(json.dumps(measure(options.measure, map_weights=options.map)))
        return
    with tempfile.TemporaryDirectory() as folder:
        published = Path(folder) / networks.FILENAMES[options.id]
        published.write_bytes(networks.zoo_vgg(options.id, networks.FULL).SerializeToString())
        graph = published.with_name("classify.onnx")
        graph.write_bytes(classify_graph(published))
        results: dict[str, list[dict[str, float]]] = {"published file": [], "our graph": []}
        for _ in range(options.rounds):
            for name, arguments in (("published file", [str(published)]), ("our graph", [str(graph), "--map"])):
                command = [sys.executable, "-m", "benchmarks.load_and_run", "--measure", *arguments]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                results[name].append(json.loads(done.stdout))
    for key in ("load ms", "run ms", "peak MB"):
        theirs, ours = (statistics.median(each[key] for each in results[name]) for name in results)
        print(f"{key:8} published file {theirs:8.1f}   our graph {ours:8.1f}   ratio {theirs / ours:5.2f}")


if __name__ == "__main__":
    main()
