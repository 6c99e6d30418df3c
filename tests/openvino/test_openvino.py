"""A second provider that really runs: found, chosen, read back, and right, through the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from tests.support.catalogs import write_own_catalog
from tests.support.classifiers import classifier
from tests.support.http_server import HttpServer
from tests.support.networks import FILENAMES
from vgg_desktop.cli import main
from vgg_desktop.errors import DeviceUnavailable
from vgg_desktop.inference.devices import listing as devices
from vgg_desktop.inference.devices.choosing import choose
from vgg_desktop.inference.devices.listing import Device, device_statuses, find_device, usable_devices
from vgg_desktop.inference.devices.records import keep_record
from vgg_desktop.inference.devices.self_test import Verdict, ensure_tested
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.results import Skipped
from vgg_desktop.inference.runtime import Session
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import ModelStore
from vgg_desktop.paths import resource
from vgg_desktop.why import Why

OPENVINO, CPU = "OpenVINOExecutionProvider", "CPUExecutionProvider"


@pytest.fixture
def _tiny_zoo(tiny_networks: Path, app_home: Path) -> Iterator[None]:
    with HttpServer(tiny_networks) as server:
        write_own_catalog(tiny_networks, server.url(""), home=app_home)
        assert main(["download", *(f"tiny-{id}" for id in FILENAMES)]) == 0
        yield


def examples() -> list[str]:
    return [str(path) for path in sorted(resource("examples").iterdir()) if path.suffix in (".png", ".jpg")]


def classify(capfd: pytest.CaptureFixture[str], model: str, *options: str) -> list[dict[str, Any]]:
    capfd.readouterr()
    assert main(["classify", "--json", "--model", model, *options, *examples()]) == 0
    out, err = capfd.readouterr()
    assert "Using the CPU" not in err
    return [json.loads(line) for line in out.splitlines()]


def test_it_is_listed_and_found_by_its_short_forms() -> None:
    statuses = device_statuses()
    assert statuses[0].device.id.startswith("openvino:")
    device = find_device("openvino:cpu", statuses)
    assert (device.provider, device.kind) == (OPENVINO, "cpu")
    assert find_device("openvino", statuses) in usable_devices(statuses)
    with pytest.raises(DeviceUnavailable, match="openvino:cpu, cpu"):
        find_device("openvino:gpu.7", statuses)


@pytest.mark.usefixtures("_tiny_zoo")
@pytest.mark.parametrize("model", ["starter", *(f"tiny-{id}" for id in FILENAMES)])
def test_its_answers_are_the_cpus(model: str, capfd: pytest.CaptureFixture[str]) -> None:
    there = classify(capfd, model, "--device", "openvino:cpu", "--top-k", "3")
    here = classify(capfd, model, "--device", "cpu", "--top-k", "3")
    assert len(there) == len(examples()) > 0
    assert {each["device"] for each in there} == {"openvino:cpu"}
    assert {each["device"] for each in here} == {"cpu"}
    for own, expected in zip(there, here, strict=True):
        assert own["predictions"][0]["index"] == expected["predictions"][0]["index"]
        assert [each["probability"] for each in own["predictions"]] == pytest.approx(
            [each["probability"] for each in expected["predictions"]], abs=1e-3
        )


@pytest.mark.parametrize("is_faster", [True, False])
def test_auto_takes_what_is_faster_and_the_answer_names_the_provider_that_was_used(is_faster: bool) -> None:
    installed = ModelStore().get(find(load_catalog(), "starter"))
    device = find_device("openvino:cpu", device_statuses())
    assert ensure_tested(installed, device, "exact").reason is None
    # Which of the two is faster on a busy machine is left to no chance.
    cpu = Verdict(None, 1e6 if is_faster else 1e-6)
    keep_record(installed, "self-test", devices.CPU, "exact", cpu.as_json())
    made = open_classifier(installed)
    answer = made.classify_file(Path(examples()[0]), 1)
    if is_faster:
        assert (answer.provider, answer.device, made.fallback) == (OPENVINO, "openvino:cpu", ())
    else:
        assert (answer.provider, answer.device) == (CPU, "cpu")
        assert made.fallback == (Skipped(device, Why.DEVICE_SLOWER()),)


@pytest.mark.parametrize("type", ["GPU.7", "nothing"])
def test_a_device_that_is_not_there_is_not_believed(type: str) -> None:
    """It raises nothing: a card that is missing leaves the CPU alone, an unknown type takes no part of the network."""
    requested = Device("openvino:gpu.7", "Intel GPU.7 (OpenVINO)", OPENVINO, {"device_type": type}, "gpu")
    installed = ModelStore().get(find(load_catalog(), "starter"))
    chosen = choose(installed, requested, "exact", (), may_fall_back=True)
    assert (chosen.device, chosen.network.provider) == (devices.CPU, CPU)
    assert chosen.fallback == (Skipped(requested, Why.DEVICE_NOT_ACTIVATED()),)
    assert chosen.network.scores(np.ones((1, 3, 32, 32), np.float32)).shape == (1, 10)


def test_it_keeps_to_the_number_of_threads(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    assert Session(path, OPENVINO, {"device_type": "CPU"}, threads=1).provider == OPENVINO


def test_diagnostics_tell_of_it(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnostics"]) == 0
    out = capfd.readouterr().out
    assert "(onnxruntime-openvino " in out
    assert "openvino:cpu: " in out
