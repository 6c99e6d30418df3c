"""`devices` and `diagnostics` on the command line."""

import json
import signal
from pathlib import Path

import pytest

from tests.support.devices import GPU, Devices, Scores
from vgg_desktop.cli import main
from vgg_desktop.inference import opening
from vgg_desktop.inference.devices import listing, measuring
from vgg_desktop.inference.runtime import available_providers
from vgg_desktop.why import Why


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
    out, err = capfd.readouterr()
    assert out.splitlines()[-1].startswith("cpu")
    told = "No other device: the installed onnxruntime runs networks on the CPU only.\n"
    assert err == (told if len(out.splitlines()) == 1 else "")


@pytest.mark.parametrize("command", ["classify --json", "benchmark --json --model starter"])
def test_devices_are_found_once_per_command(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "_MOST_RUNS", 3)
    found = 0

    def statuses() -> tuple[listing.DeviceStatus, ...]:
        nonlocal found
        found += 1
        return (listing.DeviceStatus(listing.CPU),)

    for module in (listing, opening):
        monkeypatch.setattr(module, "device_statuses", statuses)
    paths = ["resources/examples"] if command.startswith("classify") else []
    assert main([*command.split(), *paths]) == 0
    assert found == 1


def test_a_card_that_no_computer_has_is_no_news(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    devices = Devices(
        monkeypatch, listing.Device("directml:0", "GPU (DirectML)", "DmlExecutionProvider", kind="gpu")
    )
    devices.statuses[0] = listing.DeviceStatus(devices.statuses[0].device, Why.DEVICE_NO_DIRECTX())
    picture = "resources/examples/ship.jpg"
    assert main(["classify", "--model", "starter", "--json", picture]) == 0
    out, err = capfd.readouterr()
    assert "no graphics card" in str(json.loads(out)["fallback"])
    assert err == ""


def test_one_interrupt_stops_the_opening_of_a_network(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    devices = Devices(monkeypatch)

    def interrupt(scores: Scores, _run: int) -> Scores:
        signal.raise_signal(signal.SIGINT)
        return scores

    devices.faults[GPU.provider] = interrupt
    assert main(["classify", "resources/examples"]) == 130
    assert capfd.readouterr().err == "Testing Test GPU\nStopped.\n"
    assert devices.tests_of(GPU) == 1


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
