"""Within the child process of `isolation`: does what it is asked to, and answers."""

import base64
import contextlib
import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import Cancelled, ModelUnusable, VggDesktopError
from vgg_desktop.forms.mapped import classify_graph, write_aligned_weights
from vgg_desktop.forms.onnx_file import read_source
from vgg_desktop.forms.outputs import zip_maps
from vgg_desktop.forms.single import is_double
from vgg_desktop.inference.isolation import error_as_json
from vgg_desktop.inference.network import Network
from vgg_desktop.inference.processes import end_with_parent
from vgg_desktop.inference.results import FormId
from vgg_desktop.inference.runtime import load_onnxruntime
from vgg_desktop.inference.trial import try_out
from vgg_desktop.models.catalog import Interface, parse_preprocessing
from vgg_desktop.models.descriptions import parse_description
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.why import Why

_MOST_CLASSES = 1_000_000


def serve() -> int:
    """Answer requests until the pipe they come from is closed; then the process ends, whatever it does."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # libraries may print; the pipe is for answers
    tasks = _Tasks()
    with os.fdopen(answers, "wb", buffering=0) as pipe:

        def answer(task: str, values: dict[str, Any]) -> None:
            pipe.write(json.dumps(_attempt(tasks, task, values)).encode() + b"\n")

        answer("ready", {})
        for line in _requests():
            request = json.loads(line)
            answer(request.pop("task"), request)
    return 0


def _requests() -> Iterator[bytes]:
    """Return one request after the other; once there are no more, the process ends even in the middle of one."""
    pipe = os.fdopen(0, "rb", closefd=False)
    if sys.platform == "win32":
        # A thread that waits for input there blocks the loading of libraries; the Job Object ends the process.
        yield from pipe
        return
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def listen() -> None:
        for line in pipe:
            waiting.put(line)
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        yield waiting.get()


def _attempt(tasks: "_Tasks", name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Do a task and return the answer, an object as JSON has it."""
    try:
        return {"result": getattr(tasks, name)(**values)}
    except MemoryError:
        error: VggDesktopError | Cancelled = ModelUnusable(tasks.path, Why.NETWORK_NO_MEMORY())
    except (VggDesktopError, Cancelled) as raised:
        error = raised
    except Exception:  # noqa: BLE001 - a bug: the parent raises it
        return {"bug": traceback.format_exc()}
    return {"error": error_as_json(error)}


class _Tasks:
    """What the methods of `Isolation` ask for, by the same names."""

    path = Path()
    network: Network | None = None

    def __init__(self) -> None:
        self._inner: dict[
            str, Network
        ] = {}  # by the tensor that each returns, which the file itself does not
        self._folder = Path()

    def ready(self) -> None:
        """Load onnxruntime."""
        load_onnxruntime()

    def external_files(self, path: str) -> list[str]:
        self.path = Path(path)
        return sorted(read_source(self.path).external_files)

    def load(self, path: str, folder: str) -> dict[str, Any]:
        self.path, self._folder = Path(path), Path(folder)
        is_single = False
        try:
            self.network = Network(self.path)
        except ModelUnusable:  # onnxruntime has no convolution in double precision
            with contextlib.suppress(ModelUnusable):
                is_single = is_double(self.path)
            if not is_single:
                raise
            self.network = self._converted("", single=True)
        return {
            "input": asdict(self.network.input),
            "outputs": list(map(asdict, self.network.outputs)),
            "metadata": dict(read_source(self.path).metadata),
            "zip_maps": list(map(asdict, zip_maps(self.path))),
            "single": is_single,
        }

    def _converted(self, output: str, *, single: bool) -> Network:
        """Load a copy of the network that returns one tensor, or computes in single precision."""
        graph = self._folder / f"{len(self._inner)}.onnx"
        weights = graph.with_suffix(".weights")
        write_aligned_weights(self.path, weights, single=single)
        graph.write_bytes(
            classify_graph(self.path, aligned=weights.name, output=output or None, single=single)
        )
        return Network(graph)

    def _used_as(self, interface: Interface) -> Network:
        assert self.network is not None, "load it first"
        if interface.output in ("", *(each.name for each in self.network.outputs)):
            return self.network.used_as(interface)
        if interface.output not in self._inner:
            self._inner[interface.output] = self._converted(interface.output, single=interface.single)
        return self._inner[interface.output].used_as(interface)

    def try_out(
        self, interface: dict[str, Any], shape: list[int], preprocessing: dict[str, Any] | None
    ) -> dict[str, Any]:
        described = parse_preprocessing(preprocessing, "")[0] if preprocessing is not None else None
        batch, scores, extremes = try_out(self._used_as(Interface(**interface)), shape, described)
        if (columns := scores.shape[1]) > _MOST_CLASSES:
            raise ModelUnusable(self.path, Why.NETWORK_OUTPUT_SHAPE(shape=str(list(scores.shape))))
        return {
            "batch": batch,
            "columns": columns,
            "scores": _as_text(scores),
            "extremes": _as_text(extremes),
        }

    def scores(
        self, size: list[int], pixels: str, preprocessing: dict[str, Any], interface: dict[str, Any]
    ) -> dict[str, Any]:
        # Only here: most networks are never asked.
        from PIL import Image

        from vgg_desktop.images.preprocessing import preprocess

        image = Image.frombytes("RGB", (size[0], size[1]), base64.b64decode(pixels))
        prepared = preprocess(image, parse_preprocessing(preprocessing, "")[0])
        scores = self._used_as(Interface(**interface)).scores(prepared[None])
        return {"scores": _as_text(scores), "columns": scores.shape[1]}

    def make(self, spec: dict[str, Any], path: str, derived: str, form: FormId) -> None:
        # Only here: it takes a quarter of a second, and most networks that are refused are refused before.
        from vgg_desktop.inference.forms.registry import make_form

        self.path, self.network = Path(path), None  # two of them would take twice the memory
        described = parse_description(spec, Path(spec["id"]))
        make_form(InstalledModel(described, self.path, Path(derived)), form)


def _as_text(scores: NDArray[np.float32]) -> str:
    return base64.b64encode(np.ascontiguousarray(scores, np.float32).tobytes()).decode()
