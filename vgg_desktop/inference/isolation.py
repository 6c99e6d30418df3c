"""Runs what a foreign network makes onnxruntime do for the first time in a child process, within limits.

The child is this program again, started with a private first argument (`isolated.serve`). Requests and answers are
lines of JSON through its pipes. A crash, a hang or too much memory ends the child and becomes one `ModelUnusable`.
"""

import base64
import contextlib
import dataclasses
import json
import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from vgg_desktop import errors
from vgg_desktop.errors import Cancelled, ModelUnusable, OnnxruntimeUnusable, VggDesktopError
from vgg_desktop.files import storage_errors
from vgg_desktop.inference import ISOLATED
from vgg_desktop.inference.processes import Guard, start, usage
from vgg_desktop.models.catalog import Interface, Preprocessing
from vgg_desktop.models.descriptions import describe
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Bytes, Reason
from vgg_desktop.why import Why, reason_from_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from vgg_desktop.inference.trial import Trial

# Of everything that one child does: 30 s and 1 s for each 20 MB; memory for four copies of the file, and 2 GB.
SECONDS, BYTES_PER_SECOND = 30.0, 20_000_000
MEMORY, MEMORY_PER_BYTE = 2_000_000_000, 4
_STARVED = 10  # times as long by the clock, on a computer that is too busy to let the child run
_PATIENCE = 0.02  # seconds between two looks at the child
_LONGEST = 64_000_000  # characters of an answer


class Isolation:
    """One child process for one network; as a context manager, it is there until the end of the block.

    Each method raises what the same work in this process would, `Cancelled` as soon as `stop` returns true, and
    `ModelUnusable` where the child crashes or exceeds its limits; after these the child has ended.
    """

    def __init__(self, path: Path, size: int, stop: Callable[[], bool] = lambda: False) -> None:
        """Start the child, which takes half a second; `path` is what errors are about. Raises `StorageError`.

        `size` in bytes, of the network with its external data, sets the limits.
        """
        self.path, self.size, self._stop = path, size, stop
        self._used = 0.0
        self._folder = tempfile.TemporaryDirectory(prefix="vgg-desktop-", ignore_cleanup_errors=True)
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        with storage_errors(Path(sys.executable)):
            self._process = start(_command(), _environment())
        self._guard = Guard(self._process)
        self._is_ready = False
        assert self._process.stdout is not None
        threading.Thread(
            target=_read, args=(self._process.stdout, self._answers), name="answers of a child", daemon=True
        ).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the child, whatever it does."""
        self._process.kill()
        self._guard.close()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # a request that was not read
                    pipe.close()
        self._folder.cleanup()

    def external_files(self) -> tuple[str, ...]:
        """Return the names of the files that the network refers to."""
        return tuple(self._ask("external_files", path=str(self.path)))

    @property
    def is_running(self) -> bool:
        """Return whether the child has not ended."""
        return self._process.returncode is None

    def load(self) -> dict[str, Any]:
        """Load the network and return what its header says: input, outputs, metadata, `single`, `zip_maps`."""
        header: dict[str, Any] = self._ask("load", path=str(self.path), folder=self._folder.name)
        return header

    def try_out(
        self, interface: Interface, shape: tuple[int, int, int], preprocessing: Preprocessing | None
    ) -> "Trial":
        """Return what `trial.try_out` does for the loaded network."""
        from vgg_desktop.inference.trial import Trial  # not above, as for numpy

        prepared = dataclasses.asdict(preprocessing) if preprocessing is not None else None
        values = self._ask(
            "try_out", interface=dataclasses.asdict(interface), shape=shape, preprocessing=prepared
        )
        scores, extremes = (_array(values[name], values["columns"]) for name in ("scores", "extremes"))
        return Trial(values["batch"], scores, extremes)

    def scores(
        self, image: "Image", preprocessing: Preprocessing, interface: Interface
    ) -> "NDArray[np.float32]":
        """Return the scores (1, K) of a picture of mode RGB; the limit of time is each picture's own."""
        self._used = 0.0
        values = self._ask(
            "scores",
            size=image.size,
            pixels=base64.b64encode(image.tobytes()).decode(),
            preprocessing=dataclasses.asdict(preprocessing),
            interface=dataclasses.asdict(interface),
        )
        return _array(values["scores"], values["columns"])

    def make(self, installed: InstalledModel, form: str) -> None:
        """Make a form of an imported network, as `registry.make_form` does."""
        self._ask(
            "make",
            spec=describe(installed.spec),
            path=str(installed.path),
            derived=str(installed.derived),
            form=form,
        )

    def _ask(self, task: str, **values: Any) -> Any:  # noqa: ANN401 - JSON
        """Have the child do a task and return its answer."""
        assert self._process.stdin is not None
        self._guard.limit_memory(self._memory)
        before, started = usage(self._process), time.monotonic()
        with contextlib.suppress(OSError):  # it has ended; so has its output
            self._process.stdin.write(json.dumps({"task": task, **values}).encode() + b"\n")
            self._process.stdin.flush()
        used = 0.0
        try:
            while True:
                try:
                    answer = self._answers.get(timeout=_PATIENCE)
                except queue.Empty:
                    wall = time.monotonic() - started
                    now = usage(self._process)
                    # The smaller one: threads use more time than passes, and a busy computer lets more pass.
                    used = wall if now is None or before is None else min(wall, now.seconds - before.seconds)
                    self._check(self._used + used, wall, now.memory if now is not None else 0)
                    continue
                if answer is None:
                    raise self._crash()
                if "error" in answer:
                    error = error_from_json(answer["error"])
                    # About the file that the user knows, and not its copy in a folder that is not in place yet.
                    raise (
                        ModelUnusable(self.path, error.reason) if isinstance(error, ModelUnusable) else error
                    )
                if "bug" in answer:
                    raise RuntimeError(answer["bug"])
                if self._is_ready:
                    return answer["result"]
                self._is_ready = True  # the first answer tells that
        finally:
            self._used += used

    @property
    def _memory(self) -> int:
        return MEMORY + MEMORY_PER_BYTE * self.size

    def _check(self, used: float, wall: float, memory: int) -> None:
        """End the child where it is to stop or exceeds a limit."""
        seconds = SECONDS + self.size / BYTES_PER_SECOND
        error: Exception
        if self._stop():
            error = Cancelled()
        elif used > seconds or wall > _STARVED * seconds:
            error = ModelUnusable(self.path, Why.NETWORK_TIME(seconds=round(seconds)))
        elif memory > self._memory:
            error = ModelUnusable(self.path, Why.NETWORK_MEMORY(limit=Bytes(self._memory)))
        else:
            return
        self.end()
        raise error

    def _crash(self) -> VggDesktopError:
        self.end()
        if not self._is_ready:
            return OnnxruntimeUnusable(Why.RUNTIME_CRASH())
        return ModelUnusable(self.path, Why.NETWORK_CRASH())


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, ISOLATED]
    # Without -P the folder that the program was started in would come first, with whatever modules lie there.
    return [sys.executable, "-P", "-m", "vgg_desktop", ISOLATED]


def _environment() -> dict[str, str]:
    """Return the environment of a child that is to find the modules that this process has."""
    if getattr(sys, "frozen", False):
        return dict(os.environ)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _read(pipe: IO[bytes], answers: "queue.SimpleQueue[dict[str, Any] | None]") -> None:
    """Pass on the answers of a child, and None at its end or for what is no answer."""
    with contextlib.suppress(OSError, ValueError):  # ValueError: not JSON, too long, or closed meanwhile
        while line := pipe.readline(_LONGEST):
            answer = json.loads(line)
            if not isinstance(answer, dict):
                break
            answers.put(answer)
    answers.put(None)


def _array(values: str, columns: int) -> "NDArray[np.float32]":
    """Return rows of scores that the child sent."""
    import numpy as np  # not above: this module is loaded to start the child before what takes long

    return np.frombuffer(base64.b64decode(values), np.float32).reshape(-1, columns)


def error_as_json(error: VggDesktopError | Cancelled) -> dict[str, Any]:
    """Return an object that `error_from_json` reads."""
    names: list[str] = (
        [each.name for each in dataclasses.fields(error)] if dataclasses.is_dataclass(error) else []
    )
    values = {name: getattr(error, name) for name in names}
    return {
        "type": type(error).__name__,
        "values": {
            name: {"reason": value.as_json()}
            if isinstance(value, Reason)
            else {"path": str(value)}
            if isinstance(value, Path)
            else value
            for name, value in values.items()
        },
    }


def error_from_json(given: Mapping[str, Any]) -> VggDesktopError | Cancelled:
    """Return the error that `error_as_json` described."""
    if given["type"] == Cancelled.__name__:
        return Cancelled()
    values = {}
    for name, value in given["values"].items():
        if isinstance(value, dict):
            value = reason_from_json(value["reason"]) if "reason" in value else Path(value["path"])
        values[name] = value
    error: VggDesktopError = getattr(errors, given["type"])(**values)
    return error
