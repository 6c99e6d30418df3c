"""What the administrator has locked, on the command line: neither the user's file nor the environment overrides it."""

from pathlib import Path

import pytest

from tests.support.catalogs import write_own_catalog
from tests.support.http_server import HttpServer
from tests.support.machine import write_machine_settings
from vgg_desktop import paths, settings
from vgg_desktop.cli import main
from vgg_desktop.inference.devices import listing
from vgg_desktop.models.catalog import download_addresses, find, load_catalog


def test_downloads_that_are_off_are_off(
    tiny_networks: Path, app_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with HttpServer(tiny_networks) as server:
        write_own_catalog(tiny_networks, server.url(""), home=app_home)
        settings.save(settings.Settings(mirror=server.url("")))
        write_machine_settings(locked=["downloads"])
        assert main(["download", "tiny-vgg16"]) == 3
        assert "your administrator has switched this off" in capfd.readouterr().err
        assert server.requests == []
        assert main(["import", str(tiny_networks / "vgg16-7.onnx")]) == 0  # from a file it may come
        assert main(["download", "tiny-vgg16"]) == 0  # nothing is left to download


def test_a_locked_mirror_is_the_only_address(
    tiny_networks: Path, app_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_own_catalog(tiny_networks, "https://zoo.example/", home=app_home)
    spec = find(load_catalog(), "tiny-vgg16")
    write_machine_settings(mirror="https://mirror.example/networks/")
    at_mirror = "https://mirror.example/networks/vgg16-7.onnx"
    assert download_addresses(spec) == (at_mirror, *spec.addresses)
    monkeypatch.setenv("VGG_DESKTOP_MIRROR", "https://other.example")
    assert download_addresses(spec)[0] == "https://other.example/vgg16-7.onnx"
    write_machine_settings(mirror="https://mirror.example/networks/", locked=["mirror"])
    assert download_addresses(spec) == (at_mirror,)
    write_machine_settings(locked=["mirror"])  # none is allowed
    assert download_addresses(spec) == spec.addresses


def test_another_device_than_the_locked_one_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    example = str(paths.resource("examples/ship.jpg"))
    write_machine_settings(device="cpu", locked=["device"])
    assert main(["classify", "--device", "dml:0", "--model", "starter", example]) == 3
    assert "your administrator has chosen another device" in capfd.readouterr().err
    for device in ("cpu", "auto"):
        assert main(["classify", "--device", device, "--model", "starter", example]) == 0
        assert capfd.readouterr().out


def test_of_a_locked_device_that_is_missing_the_processor_takes_the_place(
    capfd: pytest.CaptureFixture[str],
) -> None:
    example = str(paths.resource("examples/ship.jpg"))
    write_machine_settings(device="cuda:7", locked=["device"])
    assert main(["classify", "--model", "starter", example]) == 0
    assert main(["devices"]) == 0
    listed = capfd.readouterr().out
    assert "cpu" in listed
    others = [each for each in listing.device_statuses() if each.device.id != "cpu"]
    assert [str(each.reason) for each in others] == ["your administrator has chosen another device"] * len(
        others
    )


def test_diagnostics_name_the_file_and_its_locks(capfd: pytest.CaptureFixture[str]) -> None:
    file = write_machine_settings(locked=["history", "downloads"])
    assert main(["diagnostics"]) == 0
    assert f"Administrator's settings: {file} (used; locked: downloads, history)" in capfd.readouterr().out
    file.write_text("{", "utf-8")
    assert main(["diagnostics"]) == 0
    assert f"Administrator's settings: {file} (cannot be used; locked: " in capfd.readouterr().out
