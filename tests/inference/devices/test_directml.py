"""The real DirectML, where there is a device for it: right answers, real faults of Direct3D, and memory."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.support import direct3d
from tests.support.direct3d import Direct3D, needs_directml
from tests.support.images import noise_on_gradient
from vgg_desktop.inference import runtime
from vgg_desktop.inference.devices import dxgi
from vgg_desktop.inference.devices.failover import DeviceLost
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.devices.self_test import ensure_tested
from vgg_desktop.inference.forms import make_half
from vgg_desktop.inference.forms.registry import make_form
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.results import Precision
from vgg_desktop.models.store import InstalledModel

pytestmark = needs_directml


@pytest.fixture
def device() -> Device:
    found = direct3d.directml()
    assert found is not None
    return found


@pytest.fixture
def faults() -> Iterator[Direct3D]:
    made = Direct3D()
    yield made
    made.close()


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    found = [tmp_path / f"{seed}.png" for seed in range(8)]
    for seed, path in enumerate(found):
        Image.fromarray(noise_on_gradient(60, 40, seed)).save(path)
    return found


def images(count: int) -> NDArray[np.float32]:
    return np.random.default_rng(0).standard_normal((count, 3, 32, 32), np.float32)


def test_the_cards_and_their_numbers_are_those_of_onnxruntime() -> None:
    """onnxruntime's own list is made once for a process, and knows no versions of drivers."""
    listed = {
        int(each.options["device_id"]): each.metadata["Description"]
        for each in runtime.listed_devices()
        if each.provider == "DmlExecutionProvider"
    }
    assert {each.index: each.name for each in dxgi.adapters()} == listed


@pytest.mark.parametrize("precision", ["exact", "fast"])
def test_batches_of_every_size_get_the_answers_of_the_cpu(
    precision: Precision, starter: InstalledModel, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_half, "COMPARED_ON", 4)
    make_form(starter, "half")
    verdict = ensure_tested(starter, device, precision)
    assert verdict.reason is None
    classifier = open_classifier(starter, device, precision)
    assert (classifier.device, classifier.precision) == (device, precision)
    expected = open_classifier(starter, CPU).probabilities(images(16))
    for count in (1, 2, 5, 16, 3):
        found = classifier.probabilities(images(16)[:count])
        np.testing.assert_allclose(found, expected[:count], atol=1e-4 if precision == "exact" else 0.02)


@pytest.mark.parametrize("code", ["887A0005", "887A0006"])
def test_a_removed_device_costs_no_picture_and_is_tested_again(code: str, pictures: list[Path]) -> None:
    """In a process of its own, in which DirectML is of no use afterwards: `removed_device` asserts it."""
    program = [sys.executable, "-m", "tests.inference.devices.removed_device", code, *map(str, pictures)]
    done = subprocess.run(program, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "all right"


def test_too_little_memory_makes_batches_smaller(
    faults: Direct3D, starter: InstalledModel, device: Device
) -> None:
    told: list[DeviceLost] = []
    classifier = open_classifier(starter, device, on_lost=told.append)
    classifier.probabilities(images(1))
    faults.limit = 1_500_000  # 8 pictures need 2 MiB between two layers
    found = classifier.probabilities(images(8))
    assert faults.calls["CreateCommittedResource"] > 0
    assert told == []
    assert classifier.device == device
    np.testing.assert_allclose(found, open_classifier(starter, CPU).probabilities(images(8)), atol=1e-4)


def test_the_memory_of_the_card_is_freed_with_the_last_use_of_a_network(
    faults: Direct3D, starter: InstalledModel, device: Device
) -> None:
    """onnxruntime keeps what belongs to the device itself, and Windows has one of it; here only the buffers count."""
    ensure_tested(starter, device, "exact")
    left = []
    for _ in range(3):
        classifier = open_classifier(starter, device)
        classifier.probabilities(images(4))
        assert sum(faults.buffers.values()) > starter.path.stat().st_size
        del classifier
        left.append(sum(faults.buffers.values()))
    assert left == [0, 0, 0]
