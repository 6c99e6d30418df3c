"""One picture: our network against plain onnxruntime, PyTorch, OpenCV DNN and OpenVINO on the same processor.

    python -m benchmarks.peers [--rounds N] [--peers PYTHON ...] [--network vgg16] [--home FOLDER]

`--peers` names interpreters in whose environments the others are installed (onnxruntime, torch, opencv-python-headless,
openvino, each with numpy); what no interpreter has is left out. Every measurement is a process of its own that runs
the network some times and gives the median; the kinds take turns. Only the network runs, except where it says "file":
there, decoding and preparing count too, ours as in the window, the other's as in any script.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

RUNS = 7
Run = Callable[[], object]


# Each function runs in the interpreter that has its library, where neither our package nor Pillow need be.


def onnxruntime(model: Path, tensor: Any) -> Run:  # noqa: ANN401 - arrays of whichever numpy is there
    """Return a run of onnxruntime on the published file."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    session = onnxruntime.InferenceSession(str(model))
    return lambda: session.run(None, {"data": tensor})


def pytorch(model: Path, tensor: Any) -> Run:  # noqa: ANN401 - as above
    """Return a run of the same network in PyTorch; its weights are others, which costs no time."""
    import torch
    from torch import nn

    depths = (2, 2, 4, 4, 4) if "19" in model.name else (2, 2, 3, 3, 3)
    layers: list[nn.Module] = []
    before = 3
    for repeats, channels in zip(depths, (64, 128, 256, 512, 512), strict=True):
        for _ in range(repeats):
            layers += [nn.Conv2d(before, channels, 3, padding=1), nn.ReLU(inplace=True)]
            before = channels
        layers.append(nn.MaxPool2d(2))
    dense = [
        nn.Flatten(),
        nn.Linear(25088, 4096),
        nn.ReLU(),
        nn.Linear(4096, 4096),
        nn.ReLU(),
        nn.Linear(4096, 1000),
    ]
    network = nn.Sequential(*layers, *dense).eval()
    given = torch.from_numpy(tensor)

    def run() -> object:
        with torch.inference_mode():
            return network(given)

    return run


def opencv(model: Path, tensor: Any) -> Run:  # noqa: ANN401 - as above
    """Return a run of OpenCV's DNN module."""
    import cv2

    network = cv2.dnn.readNetFromONNX(str(model))

    def run() -> object:
        network.setInput(tensor)
        return network.forward()

    return run


def openvino(model: Path, tensor: Any, precision: str = "f32") -> Run:  # noqa: ANN401 - as above
    """Return a run of OpenVINO on the processor."""
    import openvino

    hints = {"INFERENCE_PRECISION_HINT": precision, "PERFORMANCE_HINT": "LATENCY"}
    compiled = openvino.Core().compile_model(str(model), "CPU", hints)
    return lambda: compiled([tensor])


def openvino_bf16(model: Path, tensor: Any) -> Run:  # noqa: ANN401 - as above
    """Return a run of OpenVINO in numbers of 16 bits."""
    return openvino(model, tensor, "bf16")


PEERS: dict[str, tuple[str, Callable[[Path, Any], Run]]] = {
    "onnxruntime": ("onnxruntime", onnxruntime),
    "PyTorch": ("torch", pytorch),
    "OpenCV DNN": ("cv2", opencv),
    "OpenVINO fp32": ("openvino", openvino),
    "OpenVINO bf16": ("openvino", openvino_bf16),
}


def from_file(model: Path, picture: Path) -> Run:
    """Return what a script does with a picture's file: decode it in full, prepare it, run onnxruntime."""
    import numpy as np
    from PIL import Image

    from vgg_desktop.images.preprocessing import preprocess
    from vgg_desktop.inference.runtime import load_onnxruntime
    from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING

    session = load_onnxruntime().InferenceSession(str(model))

    def run() -> object:
        tensor = preprocess(Image.open(picture).convert("RGB"), IMAGENET_PREPROCESSING)
        return session.run(None, {"data": tensor[np.newaxis]})

    return run


def ours(kind: str, id: str, picture: Path, tensor: Any) -> Run:  # noqa: ANN401 - as above
    """Return a run of ours, of the network alone or from a picture's file on as in the window."""
    from benchmarks import full_size
    from vgg_desktop.inference.opening import open_classifier

    installed = full_size.find(id)
    classifier = open_classifier(installed, precision="fast" if "Fast" in kind else "exact")
    if "file" in kind:
        return lambda: classifier.classify_file(picture, 5, decode="draft")
    return lambda: classifier.probabilities(tensor)


OURS = ("VGG Desktop, Exact", "VGG Desktop, Fast", "VGG Desktop, Exact, file", "VGG Desktop, Fast, file")
BASE, BASE_FILE = "onnxruntime", "onnxruntime, file"


def measure(kind: str, id: str, model: Path, picture: Path) -> float:
    """Return the median of some runs in milliseconds, after two that are not counted."""
    import numpy as np

    tensor = np.random.default_rng(0).standard_normal((1, 3, 224, 224), dtype=np.float32)
    if kind in PEERS:
        run = PEERS[kind][1](model, tensor)
    else:
        run = from_file(model, picture) if kind == BASE_FILE else ours(kind, id, picture, tensor)
    times = []
    for _ in range(2 + RUNS):
        begun = time.perf_counter()
        run()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[2:])


def has(interpreter: str, module: str) -> bool:
    """Return whether an interpreter's environment has a module."""
    code = f"import sys, importlib.util as u; sys.exit(u.find_spec({module!r}) is None)"
    return subprocess.run([interpreter, "-c", code], check=False).returncode == 0


def commands(interpreters: list[str]) -> dict[str, list[str]]:
    """Return how to measure each kind that is installed."""
    own = [sys.executable, "-m", "benchmarks.peers", "--measure"]
    found = {BASE: [*own, BASE]}
    for name, (module, _) in PEERS.items():
        for interpreter in interpreters:
            if name not in found and has(interpreter, module):
                found[name] = [interpreter, __file__, "--measure", name]
    return found | {name: [*own, name] for name in (BASE_FILE, *OURS)}


def main() -> None:
    """Measure in turn and print two tables: the network alone, and from the file on."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", nargs="*", default=[], metavar="PYTHON")
    parser.add_argument("--network", default="vgg16")
    parser.add_argument("--home", type=Path, help="folder in which the network is kept for the next time")
    parser.add_argument("--measure", metavar="KIND", help="one measurement, as a number")
    parser.add_argument("--model", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--picture", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(measure(options.measure, options.network, options.model, options.picture))
        return

    from benchmarks import full_size
    from benchmarks.table import in_turn, show

    with full_size.home(options.home, options.network) as home:
        model, picture = full_size.find(options.network).path, full_size.one_picture(home)

        def once(command: list[str]) -> float:
            rest = ["--network", options.network, "--model", str(model), "--picture", str(picture)]
            return float(subprocess.run([*command, *rest], capture_output=True, text=True, check=True).stdout)

        measures = {kind: partial(once, command) for kind, command in commands(options.peers).items()}
        results = in_turn(measures, options.rounds, warm_up=0)
    alone = {kind: values for kind, values in results.items() if "file" not in kind}
    show(f"One picture, {options.network} alone", "ms", alone, BASE)
    whole = {kind: values for kind, values in results.items() if "file" in kind}
    show(f"One picture of 500 x 375 from its file, {options.network}", "ms", whole, BASE_FILE)


if __name__ == "__main__":
    main()
