"""`vgg-desktop --self-test`: says what works, notices what does not, and leaves the person's files alone."""

import shutil
from pathlib import Path

import pytest

from vgg_desktop import paths, self_test
from vgg_desktop.cli import main


def test_all_is_well_here(app_home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-test"]) == 0
    told = capfd.readouterr().out
    assert all(f"{name:15} ok: " in told for name in self_test.PARTS)
    assert told.endswith("All is well.\n")
    assert paths.cache_folder().parent == app_home
    assert not app_home.exists()


@pytest.mark.parametrize(
    ("damaged", "part"),
    [
        ("models/starter.onnx", "starter network"),
        ("examples/ship.jpg", "picture"),
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
