"""Nothing leaves the computer: a classification opens no socket and leaves no trace of telemetry."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image


def classify_command(picture: Path) -> list[str]:
    return [sys.executable, "-m", "vgg_desktop", "classify", "--json", str(picture)]


def test_classifying_sends_and_writes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    picture = tmp_path / "noise.png"
    noise = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    Image.fromarray(noise).save(picture)
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "ORT_", "VGG_DESKTOP"))
    }
    environment |= {"HOME": str(home), "VGG_DESKTOP_HOME": str(tmp_path / "app")}
    trace = tmp_path / "trace"
    strace = shutil.which("strace")
    prefix = [strace, "-f", "-qq", "-e", "trace=socket,connect", "-o", str(trace)] if strace else []
    command = [*prefix, *classify_command(picture)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert '"predictions"' in done.stdout
    assert list(home.rglob("*")) == []
    if strace:
        calls = trace.read_text("utf-8", "replace")
        # Sockets of the local machine (AF_UNIX, for user names) are no network.
        assert re.findall(r"socket\((?!AF_UNIX|AF_LOCAL|AF_NETLINK)\w+", calls) == []


def test_telemetry_is_off_before_the_import(tmp_path: Path) -> None:
    code = (
        "import os, sys; from vgg_desktop.inference import runtime; assert 'onnxruntime' not in sys.modules\n"
        "runtime.load_onnxruntime(); print(os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "ORT_"))}
    environment["HOME"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "1", done.stderr
    assert not (tmp_path / ".cache" / "Microsoft").exists()
