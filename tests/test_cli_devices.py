"""`devices` and `diagnostics` on the command line."""

import json
from pathlib import Path

import pytest

from vgg_desktop.cli import main
from vgg_desktop.inference.runtime import available_providers


def test_devices_as_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["devices", "--json"]) == 0
    out, err = capfd.readouterr()
    devices = [json.loads(line) for line in out.splitlines()]
    for each in devices:
        assert list(each)[:5] == ["id", "name", "provider", "usable", "reason"]
        assert each["usable"] == (each["reason"] == "")
        assert each["provider"] in available_providers()
    assert devices[-1]["id"] == "cpu"
    assert err == ""


def test_devices_as_text(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["devices"]) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("cpu")


def test_diagnostics(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnostics"]) == 0
    out, err = capfd.readouterr()
    assert "onnxruntime: " in out
    assert "  cpu: " in out
    assert err == ""


def test_an_unknown_device_is_told_with_those_that_are_there(capfd: pytest.CaptureFixture[str]) -> None:
    picture = Path("resources/examples")
    assert main(["classify", "--model", "starter", "--device", "quantum", str(picture)]) == 3
    err = capfd.readouterr().err
    assert "The device quantum cannot be used: it was not found on this computer." in err
    assert "cpu" in err
