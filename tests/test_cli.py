"""The command line's contract: exit codes, what goes to stdout and to stderr, the JSON."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.support.catalogs import write_own_catalog
from tests.support.http_server import HttpServer, drips
from vgg_desktop.cli import main


@pytest.fixture
def server(tiny_networks: Path, app_home: Path) -> Iterator[HttpServer]:
    with HttpServer(tiny_networks) as server:
        write_own_catalog(tiny_networks, server.url(""), home=app_home)
        yield server


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "ein Bild 🐱.jpg"
    pixels = np.random.default_rng(5).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_models(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--json"]) == 0
    models = lines(capfd.readouterr().out)
    assert [each["id"] for each in models] == ["starter", "vgg16", "vgg16-bn", "vgg19", "vgg19-bn"]
    assert [each["installed"] for each in models] == [True, False, False, False, False]
    assert set(models[0]) == {"id", "title", "installed", "bytes", "sha256", "top1", "top5", "license"}
    assert main(["models"]) == 0
    assert "VGG 19_bn" in capfd.readouterr().out


def test_download_classify_verify_remove(
    server: HttpServer, picture: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["classify", "--model", "tiny-vgg16", str(picture)]) == 3
    assert "vgg-desktop download tiny-vgg16" in capfd.readouterr().err
    assert main(["download", "--json", "tiny-vgg16", "tiny-vgg19-bn"]) == 0
    out, err = capfd.readouterr()
    assert lines(out) == [{"id": id, "status": "installed"} for id in ("tiny-vgg16", "tiny-vgg19-bn")]
    assert err == ""
    assert main(["verify", "--json", "tiny-vgg16"]) == 0
    assert lines(capfd.readouterr().out) == [{"id": "tiny-vgg16", "status": "intact"}]
    assert main(["classify", "--json", "--model", "tiny-vgg16", "--top-k", "3", str(picture)]) == 0
    (result,) = lines(capfd.readouterr().out)
    assert result["path"] == str(picture)
    assert (result["model"], result["precision"]) == ("tiny-vgg16", "exact")
    assert len(result["predictions"]) == 3
    assert set(result["predictions"][0]) == {"index", "id", "label", "probability"}
    assert set(result["milliseconds"]) == {"read", "prepare", "run"}
    assert main(["remove", "--json", "tiny-vgg16", "starter"]) == 0
    assert [each["status"] for each in lines(capfd.readouterr().out)] == ["removed", "part of the app, stays"]


def test_failed_picture_does_not_stop_the_others(
    picture: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8 nothing")
    assert main(["classify", "--json", "--model", "starter", str(broken), str(picture)]) == 1
    failed, fine = lines(capfd.readouterr().out)
    assert failed == {
        "path": str(broken),
        "error": {"kind": "image-unreadable", "message": failed["error"]["message"]},
    }
    assert "broken.jpg" in failed["error"]["message"]
    assert fine["path"] == str(picture)
    assert main(["classify", "--model", "starter", str(broken), str(picture)]) == 1
    out, err = capfd.readouterr()
    assert "broken.jpg" in err
    assert "broken.jpg" not in out


def test_csv_and_folders(picture: Path, capfd: pytest.CaptureFixture[str]) -> None:
    deeper = picture.parent / "deeper"
    deeper.mkdir()
    (deeper / "copy.jpg").write_bytes(picture.read_bytes())
    assert (
        main(["classify", "--csv", "--model", "starter", "--top-k", "2", "--recursive", str(picture.parent)])
        == 0
    )
    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert [(Path(row["path"]).name, row["rank"]) for row in rows] == [
        ("copy.jpg", "1"),
        ("copy.jpg", "2"),
        (picture.name, "1"),
        (picture.name, "2"),
    ]
    assert float(rows[0]["probability"]) >= float(rows[1]["probability"])


def test_draft_decoding_stays_close(picture: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    large = tmp_path / "large.jpg"
    with Image.open(picture) as image:
        image.resize((2000, 1500), Image.Resampling.BICUBIC).save(large)
    shares = []
    for decode in ("full", "draft"):
        assert (
            main(
                ["classify", "--json", "--model", "starter", "--top-k", "10", "--decode", decode, str(large)]
            )
            == 0
        )
        (result,) = lines(capfd.readouterr().out)
        shares.append({each["index"]: each["probability"] for each in result["predictions"]})
    assert max(abs(shares[0][index] - shares[1][index]) for index in shares[0]) < 0.1


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (["classify"], 2, "PATH"),
        (["classify", "--top-k", "many", "x.jpg"], 2, "invalid int"),
        (["download"], 2, "ID"),
        (["classify", "--model", "vgg20", "x.jpg"], 3, "vgg19-bn"),
        (["classify", "--model", "starter", "--device", "abacus", "x.jpg"], 3, "cpu"),
        (["classify", "--model", "starter", "--top-k", "0", "x.jpg"], 2, "--top-k"),
        (["classify", "--model", "starter", "missing.jpg"], 1, "there is no such file"),
        (["import", "missing.onnx"], 3, "missing.onnx"),
    ],
)
def test_exit_codes(arguments: list[str], code: int, text: str, capfd: pytest.CaptureFixture[str]) -> None:
    result: int | str | None
    try:
        result = main(arguments)
    except SystemExit as exit:
        result = exit.code
    out, err = capfd.readouterr()
    assert result == code
    assert text in err
    assert out == ""


def test_interrupt_keeps_the_partial_file(server: HttpServer, app_home: Path) -> None:
    server.otherwise = drips(30_000)
    command = [sys.executable, "-m", "vgg_desktop", "download", "tiny-vgg16"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not any(part.stat().st_size for part in app_home.rglob("*.part")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Stopped." in err
    assert any(part.stat().st_size for part in app_home.rglob("*.part"))


def test_closed_pipe_is_no_error(picture: Path) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "vgg_desktop", "classify", "--model", "starter", *[str(picture)] * 20]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_help_starts_little_more_than_python() -> None:
    """No timed test: it counts what is imported, which is what costs the time."""
    code = (
        "import sys\nfrom vgg_desktop.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: print(len(sys.modules))"
    )
    counts = []
    for program in (code, "import sys, argparse, csv, json; print(len(sys.modules))"):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        counts.append(int(done.stdout.splitlines()[-1]))
    assert counts[0] < counts[1] + 60
