"""`vgg-desktop --self-test`: says what works, notices what does not, and leaves the user's files alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.machine import write_machine_settings
from vgg_desktop import paths, self_test
from vgg_desktop.cli import main
from vgg_desktop.inference import isolation


def test_all_is_well_here(app_home: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    # In a process of its own: some things are written when it ends.
    done = subprocess.run(
        [sys.executable, "-m", "vgg_desktop", "--self-test"],
        env={**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"{name:15} ok: " in done.stdout for name in self_test.PARTS)
    assert done.stdout.endswith("All is well.\n")
    assert not app_home.exists()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("damaged", "part"),
    [
        ("models/starter.onnx", "networks"),
        ("models/everyday.onnx", "networks"),
        ("examples/sandals.jpg", "picture"),
        ("i18n/vgg_desktop_de.qm", "resources"),
    ],
)
def test_a_broken_installation_is_noticed(
    damaged: str,
    part: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    copy = tmp_path / "resources"
    shutil.copytree(paths.resource("."), copy)
    if damaged.endswith(".qm"):
        (copy / damaged).unlink()
    else:
        (copy / damaged).write_bytes(b"damaged")
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "vgg_desktop/paths.py"))
    monkeypatch.setattr(
        self_test, "PARTS", {name: each for name, each in self_test.PARTS.items() if name != "window"}
    )
    assert main(["--self-test"]) == 1
    told = capfd.readouterr().out
    assert f"{part:15} FAILED: " in told
    assert told.splitlines()[-1].startswith("Failed: ")


def test_a_program_that_cannot_start_itself_is_noticed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(isolation, "_command", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    monkeypatch.setattr(self_test, "PARTS", {"child process": self_test.PARTS["child process"]})
    assert main(["--self-test"]) == 1
    assert "child process   FAILED: onnxruntime cannot be used" in capfd.readouterr().out


def test_an_example_without_a_picture_is_noticed(app_home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "resources"
    shutil.copytree(paths.resource("."), copy)
    (copy / "examples/jeans.jpg").write_bytes(b"damaged")
    program = (
        "from vgg_desktop import paths, self_test\n"
        f"paths.__file__ = {str(tmp_path / 'vgg_desktop/paths.py')!r}\n"
        "self_test.PARTS = {'window': self_test._window}\n"
        "raise SystemExit(self_test.run())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "window          FAILED: the examples have no picture: jeans" in done.stdout


def test_the_administrators_settings_are_part_of_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    file = write_machine_settings(model="starter", language="de", locked=["downloads"])
    # In a process of its own, as the window changes the look and the language of all of them.
    command = [sys.executable, "-m", "vgg_desktop", "--self-test"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stdout  # though another network would not know the example
    assert f"of the administrator: {file} (used; locked: downloads)" in done.stdout
    parts = self_test.PARTS
    file.write_text("{", "utf-8")
    monkeypatch.setattr(self_test, "PARTS", {"settings": parts["settings"]})
    assert main(["--self-test"]) == 1
    assert f"settings        FAILED: {file} cannot be used" in capfd.readouterr().out
