"""Networks that crash, hang or take gigabytes, imported by the command line: a sentence, exit 3, and nothing stays."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import onnx
import pytest

from tests.support.classifiers import bring_in, classifier, files_below, write_details
from tests.support.hostile import HOSTILE, HOSTILE_NAMES, endless
from vgg_desktop.cli import main
from vgg_desktop.inference import isolation
from vgg_desktop.inference.forms.registry import graph_path
from vgg_desktop.models.store import ModelStore


@pytest.fixture(autouse=True)
def _limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 3.0)
    monkeypatch.setattr(isolation, "MEMORY", 1_000_000_000)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_harm_is_a_sentence(
    name: str, tmp_path: Path, app_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.onnx", tmp_path / "bad.onnx"
    onnx.save(classifier(), good)
    details = write_details(tmp_path)
    kept = bring_in(good, **details)
    before = files_below(app_home)
    onnx.save(HOSTILE[name](), bad)
    options = [f"--{key}={value}" for key, value in details.items()]
    code = main(["import", str(bad), *options])
    told = capfd.readouterr().err
    if name == "dividing" and code == 0:  # processors other than those of PCs just return a number
        return
    assert code == 3
    assert "bad.onnx cannot be used as a network: " in told
    assert told.count("\n") == 1
    words = {
        "dividing": "crash",
        "endless": "not finished with it after 3 s",
        "gigabytes": "1.0 GB of memory",
    }
    assert words[name] in told
    assert files_below(app_home) == before
    assert ModelStore().imported() == (kept.spec,)


@pytest.mark.parametrize("found", [b"image", b"mix", b"flat", b"N"])
def test_names_that_are_no_text_are_refused(
    found: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.onnx"
    path.write_bytes(classifier().SerializeToString().replace(found, b"\xff" * len(found)))
    assert main(["import", str(path)]) == 3
    told = capfd.readouterr().err
    assert "cannot be used as a network: " in told
    assert "Traceback" not in told


def test_the_name_of_onnxruntimes_own_memory_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also where a file has this name, so that the network seems to be whole."""
    model = classifier()
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", "*/_ORT_MEM_ADDR_/*"), ("offset", "4096"), ("length", "48")):
        tensor.external_data.add(key=key, value=value)
    path = tmp_path / "bad.onnx"
    path.write_bytes(model.SerializeToString())
    if os.name != "nt":  # there no file has such a name
        file = tmp_path / "*" / "_ORT_MEM_ADDR_" / "*"
        file.parent.mkdir(parents=True)
        file.write_bytes(bytes(5000))
    assert main(["import", str(path)]) == 3
    assert "outside its own folder" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_ctrl_c_stops_an_import_and_a_kill_leaves_what_the_next_start_tidies(
    tmp_path: Path, app_home: Path
) -> None:
    path = tmp_path / "endless.onnx"
    onnx.save(endless(), path)
    details = write_details(tmp_path)
    options = [f"--{key}={value}" for key, value in details.items()]
    command = [sys.executable, "-m", "vgg_desktop", "import", str(path), *options]
    for number, code in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            child = _busy_child(process.pid)
            process.send_signal(number)
            started = time.monotonic()
            assert process.wait(20) == code
            assert time.monotonic() - started < 10
        deadline = time.monotonic() + 10
        while Path(f"/proc/{child}").exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert files_below(app_home) == set()


def _busy_child(parent: int) -> int:
    """Wait for the child of a process to be in the middle of its work, and return its number."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(0.1)
        for each in Path(f"/proc/{parent}/task").glob("*/children"):
            for child in each.read_text().split():
                times = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13]
                if sum(map(int, times)) > 2 * os.sysconf("SC_CLK_TCK"):
                    return int(child)
    raise AssertionError("no child is busy")


@pytest.mark.parametrize("damage", [b"", b"damaged"])
def test_a_damaged_graph_is_made_again_in_a_child(
    damage: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    graph = graph_path(bring_in(path, **write_details(tmp_path)), "mapped")
    whole = graph.read_bytes()
    graph.write_bytes(damage)
    command = ["classify", "--model", "net", "--device", "cpu", "--json"]
    assert main([*command, str(_picture(tmp_path))]) == 0
    assert capfd.readouterr().err == ""
    assert graph.read_bytes() == whole


def _picture(folder: Path) -> Path:
    from PIL import Image

    path = folder / "grey.png"
    Image.new("RGB", (40, 40), (90, 90, 90)).save(path)
    return path
