"""A full-size network the whole way: downloaded, killed half-way, resumed after a restart, used."""

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.support import networks
from tests.support.catalogs import write_own_catalog
from tests.support.http_server import Fault, HttpServer


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vgg_desktop", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_download_killed_resumed_and_used(tmp_path: Path, app_home: Path) -> None:
    folder = tmp_path / "zoo"
    folder.mkdir()
    size = networks.FULL_SIZES["vgg16"]
    for id, name in networks.FILENAMES.items():
        shape = networks.FULL if id == "vgg16" else networks.TINY
        (folder / name).write_bytes(networks.zoo_vgg(id, shape).SerializeToString())
    published = folder / "vgg16-7.onnx"
    assert published.stat().st_size == size
    with HttpServer(folder, Fault(speed=150e6)) as server:
        write_own_catalog(folder, server.url(""), home=app_home)
        with subprocess.Popen([sys.executable, "-m", "vgg_desktop", "download", "tiny-vgg16"]) as process:
            deadline = time.monotonic() + 120
            part = app_home / "cache" / "models" / "tiny-vgg16" / "vgg16-7.onnx.part"
            while not part.exists() or part.stat().st_size < size // 2:
                assert time.monotonic() < deadline
                assert process.poll() is None
                time.sleep(0.05)
            process.kill()
        kept = part.stat().st_size
        assert size // 2 <= kept < size
        done = run("download", "--json", "tiny-vgg16")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == {"id": "tiny-vgg16", "status": "installed"}
        assert server.requests[-1].range == f"bytes={kept}-"
    installed = part.with_suffix("")
    assert hashlib.sha256(installed.read_bytes()).digest() == hashlib.sha256(published.read_bytes()).digest()
    assert (installed.parent / "classify.onnx").exists()
    picture = tmp_path / "grey.png"
    Image.new("RGB", (300, 280), "grey").save(picture)
    result = run("classify", "--json", "--model", "tiny-vgg16", str(picture))
    assert result.returncode == 0, result.stderr
    assert len(json.loads(result.stdout)["predictions"]) == 5
    assert not part.exists()
