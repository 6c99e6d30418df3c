"""Within the child process of `isolation`: does what it is asked to, and answers."""

import base64
import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from vgg_desktop.errors import Cancelled, ModelUnusable, VggDesktopError
from vgg_desktop.forms.onnx_file import read_source
from vgg_desktop.inference.isolation import error_as_json
from vgg_desktop.inference.network import Network, probe
from vgg_desktop.inference.processes import end_with_parent
from vgg_desktop.inference.results import FormId
from vgg_desktop.inference.runtime import load_onnxruntime
from vgg_desktop.models.descriptions import parse_description
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Why

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

    def ready(self) -> None:
        """Load onnxruntime."""
        load_onnxruntime()

    def external_files(self, path: str) -> list[str]:
        self.path = Path(path)
        return sorted(read_source(self.path).external_files)

    def load(self, path: str) -> int | None:
        self.path = Path(path)
        self.network = network = Network(self.path)
        return network.size

    def probe(self, side: int) -> str:
        assert self.network is not None, "load it first"
        image = probe((3, side, side))
        scores = np.concatenate([self.network.scores(image), self.network.scores(-image)])
        if scores.shape[1] > _MOST_CLASSES:
            raise ModelUnusable(self.path, Why.NETWORK_OUTPUT_SHAPE(shape=str(list(scores.shape))))
        return base64.b64encode(scores.tobytes()).decode()

    def make(self, spec: dict[str, Any], path: str, derived: str, form: FormId) -> None:
        # Only here: it takes a quarter of a second, and most networks that are refused are refused before.
        from vgg_desktop.inference.forms.registry import make_form

        self.path, self.network = Path(path), None  # two of them would take twice the memory
        described = parse_description(spec, Path(spec["id"]))
        make_form(InstalledModel(described, self.path, Path(derived)), form)
