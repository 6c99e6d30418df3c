"""The child process for what a foreign network does for the first time: its answers, its limits and its end."""

import ctypes
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import onnx
import pytest

from tests.support.classifiers import classifier
from tests.support.hostile import endless, gigabytes
from tests.support.platforms import needs_usage
from vgg_desktop.errors import (
    Cancelled,
    ModelUnusable,
    NotEnoughSpace,
    OnnxruntimeUnusable,
    StoreBusy,
    VggDesktopError,
)
from vgg_desktop.inference import isolation
from vgg_desktop.inference.isolation import Isolation, error_as_json, error_from_json
from vgg_desktop.inference.network import Network, probe
from vgg_desktop.inference.processes import usage
from vgg_desktop.models.catalog import Interface
from vgg_desktop.reasons import Bytes
from vgg_desktop.why import Why


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    return path


SHAPE = (3, 32, 32)


def scripted(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Have another program be the child: it says that it is ready, reads a request, and goes on as `lines` say."""
    start = ["import os, sys, time", "print('{\"result\": null}', flush=True)", "sys.stdin.readline()"]
    monkeypatch.setattr(isolation, "_command", lambda: [sys.executable, "-c", "\n".join([*start, *lines])])


def load_and_run(child: Isolation) -> None:
    child.load()
    child.try_out(Interface(), SHAPE, None)


def test_a_child_answers_as_this_process_would(path: Path) -> None:
    network, image = Network(path), probe(SHAPE)
    with Isolation(path, 1000) as child:
        assert child.external_files() == ()
        assert child.load()["input"]["shape"] == [None, *SHAPE]
        trial = child.try_out(Interface(), SHAPE, None)
        np.testing.assert_array_equal(
            trial.scores, np.concatenate([network.scores(image), network.scores(-image)])
        )
        assert len(trial.extremes) == 4


def test_its_errors_are_those_of_this_process(path: Path) -> None:
    path.write_bytes(b"this is no network at all")
    for act in (Isolation.external_files, Isolation.load):
        with Isolation(path, 1000) as child, pytest.raises(ModelUnusable) as caught:
            act(child)
        assert caught.value.path == path
    assert caught.value.reason.why == Why.NETWORK_ONNXRUNTIME


@pytest.mark.parametrize(
    "error",
    [
        ModelUnusable(Path("a\udcff.onnx"), Why.NETWORK_OUTPUTS(count=3)),
        ModelUnusable(Path("a"), Why.NETWORK_INPUT_BYTES(size=Bytes(3), limit=Bytes(2))),
        NotEnoughSpace(Path("/somewhere"), Bytes(3), Bytes(2)),
        StoreBusy(Path("/somewhere")),
        OnnxruntimeUnusable(Why.LIBRARY(text="no such file")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_come_through_the_pipe(error: VggDesktopError) -> None:
    found = error_from_json(error_as_json(error))
    assert (type(found), vars(found), str(found)) == (type(error), vars(error), str(error))
    assert isinstance(error_from_json(error_as_json(Cancelled())), Cancelled)


def test_a_bug_in_a_child_is_one_here(path: Path) -> None:
    with Isolation(path, 1000) as child, pytest.raises(RuntimeError, match="load it first"):
        child.try_out(Interface(), SHAPE, None)  # nothing is loaded


@pytest.mark.parametrize("end", ["os.abort()", "os._exit(0)", "os.kill(os.getpid(), 9)", "print('no JSON')"])
def test_a_crash_is_a_sentence(end: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, end)
    with Isolation(path, 1000) as child, pytest.raises(ModelUnusable) as caught:
        child.load()
    assert caught.value.reason == Why.NETWORK_CRASH()


def test_a_child_that_does_not_start_is_not_the_networks_fault(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "_command", lambda: [sys.executable, "-c", "import os; os.abort()"])
    with Isolation(path, 1000) as child, pytest.raises(OnnxruntimeUnusable) as caught:
        child.load()
    assert caught.value.reason == Why.RUNTIME_CRASH()


@needs_usage
@pytest.mark.parametrize("when_run", [False, True], ids=["loaded", "run"])
def test_a_network_without_end_is_ended(when_run: bool, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    onnx.save(endless(when_run=when_run), path)
    monkeypatch.setattr(isolation, "SECONDS", 3.0)
    started = time.monotonic()
    with Isolation(path, 1000) as child, pytest.raises(ModelUnusable) as caught:
        load_and_run(child)
    assert caught.value.reason == Why.NETWORK_TIME(seconds=3)
    assert time.monotonic() - started < 3 * isolation._STARVED


def test_a_busy_computer_ends_no_network(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is the time of the processor, as far as the system tells it: sleeping stands for waiting."""
    scripted(monkeypatch, "time.sleep(3)", 'print(\'{"result": ["net.data"]}\', flush=True)')
    monkeypatch.setattr(isolation, "SECONDS", 1.0)
    with Isolation(path, 1000) as child:
        assert child.external_files() == ("net.data",)
    monkeypatch.setattr(isolation, "_STARVED", 2)
    with Isolation(path, 1000) as child, pytest.raises(ModelUnusable) as caught:
        child.load()
    assert caught.value.reason == Why.NETWORK_TIME(seconds=1)


@needs_usage
def test_a_network_that_takes_gigabytes_is_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    onnx.save(gigabytes(250_000_000), path)
    monkeypatch.setattr(isolation, "MEMORY", 500_000_000)
    with Isolation(path, 1000) as child, pytest.raises(ModelUnusable) as caught:
        load_and_run(child)
    assert caught.value.reason == Why.NETWORK_MEMORY(limit=Bytes(500_004_000))


def test_limits_grow_with_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, "kept = b'x' * 300_000_000", "print('{\"result\": []}', flush=True)")
    monkeypatch.setattr(isolation, "MEMORY", 100_000_000)
    with Isolation(path, 100_000_000) as child:
        assert child.external_files() == ()


def test_stopping_ends_a_child_at_once(path: Path) -> None:
    onnx.save(endless(), path)
    stop = threading.Event()
    with Isolation(path, 1000, stop.is_set) as child:
        child.load()
        threading.Timer(0.5, stop.set).start()
        with pytest.raises(Cancelled):
            child.try_out(Interface(), SHAPE, None)
        assert child._process.poll() is not None


def test_a_child_ends_with_the_block_whatever_it_does(path: Path) -> None:
    onnx.save(endless(), path)
    with Isolation(path, 1000) as child:
        process = child._process
    assert process.poll() is not None
    threads = [each.name for each in threading.enumerate()]
    deadline = time.monotonic() + 10
    while "answers of a child" in threads and time.monotonic() < deadline:
        time.sleep(0.01)
        threads = [each.name for each in threading.enumerate()]
    assert "answers of a child" not in threads


@needs_usage
def test_usage_tells_of_time_and_memory() -> None:
    code = "kept = b'x' * 200_000_000\nwhile True: pass"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        deadline, found = time.monotonic() + 60, None
        while found is None or found.seconds < 0.5 or found.memory < 200_000_000:
            assert time.monotonic() < deadline
            time.sleep(0.05)
            found = usage(process)
        process.kill()
    assert found.seconds < 60
    assert found.memory < 400_000_000
    assert usage(process) is None


def test_a_child_does_not_load_qt(path: Path) -> None:
    code = "import sys, vgg_desktop.inference.isolated; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_modules_in_the_working_folder_are_not_taken(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("numpy.py", "json.py", "vgg_desktop.py"):
        (tmp_path / name).write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    with Isolation(path, 1000) as child:
        child.load()


def test_a_killed_parent_leaves_no_child(path: Path, tmp_path: Path) -> None:
    onnx.save(endless(), path)
    code = (
        "import sys; from pathlib import Path; from vgg_desktop.inference.isolation import Isolation\n"
        "child = Isolation(Path(sys.argv[1]), 1000); child.load(); print(child._process.pid, flush=True)\n"
        "from vgg_desktop.models.catalog import Interface; child.try_out(Interface(), (3, 32, 32), None)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        time.sleep(0.5)
        parent.kill()
    deadline = time.monotonic() + 10
    while _is_running(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_running(pid: int) -> bool:
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        process = kernel.OpenProcess(0x100000, False, pid)  # SYNCHRONIZE
        is_running = bool(process) and kernel.WaitForSingleObject(process, 0) == 258  # WAIT_TIMEOUT
        kernel.CloseHandle(process)
        return is_running
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or ") Z " not in status.read_text()
