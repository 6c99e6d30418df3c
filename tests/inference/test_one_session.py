"""One network is loaded at a time, two only while they are compared, and none is left behind.

Without the garbage collector, which the window keeps from looking while a long list is shown.
"""

import contextlib
import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import pytest

from tests.support.classifiers import bring_in, write_details
from tests.support.classifiers import classifier as model
from tests.support.devices import GPU, Devices, after, raising
from tests.support.sessions import Sessions
from vgg_desktop.errors import DeviceFailed
from vgg_desktop.inference.devices import measuring
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.devices.measuring import measure
from vgg_desktop.inference.devices.self_test import ensure_tested
from vgg_desktop.inference.forms import make_half, make_int8
from vgg_desktop.inference.forms.registry import improve, make_form
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.models.store import InstalledModel

IMAGE = np.zeros((1, 3, 32, 32), np.float32)


@pytest.fixture
def sessions(devices: Devices, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sessions]:
    """Return the counted sessions of a computer with a graphics card, in short measurements."""
    monkeypatch.setattr(make_half, "COMPARED_ON", 4)
    monkeypatch.setattr(make_int8, "CALIBRATED_ON", 4)
    monkeypatch.setattr(make_int8, "COMPARED_ON", 8)
    monkeypatch.setattr(measuring, "_MOST_RUNS", 3)
    gc.collect()
    gc.disable()
    yield Sessions(monkeypatch)
    gc.enable()


def test_a_device_is_tested_and_used_with_one_network_loaded(
    sessions: Sessions, starter: InstalledModel
) -> None:
    classifier = open_classifier(starter, GPU)
    assert classifier.device == GPU
    assert sessions.made == 3  # on the CPU and on the device for the test, and then for use
    assert (sessions.most, sessions.count) == (1, 1)
    del classifier
    assert sessions.count == 0


def test_a_device_that_fails_leaves_nothing(
    sessions: Sessions, starter: InstalledModel, devices: Devices
) -> None:
    devices.faults[GPU.provider] = raising("out of memory")
    with contextlib.suppress(DeviceFailed):
        open_classifier(starter, GPU)
    assert (sessions.most, sessions.count) == (1, 0)
    classifier = open_classifier(starter, GPU, may_fall_back=True)
    assert classifier.device == CPU
    assert (sessions.most, sessions.count) == (1, 1)


def test_the_cpu_takes_over_after_the_device_was_freed(
    sessions: Sessions, starter: InstalledModel, devices: Devices
) -> None:
    ensure_tested(starter, GPU, "exact")
    devices.faults[GPU.provider] = after(1, raising("CUDA failure 700"))
    classifier = open_classifier(starter, GPU)
    classifier.probabilities(IMAGE)
    assert classifier.device == CPU
    assert (sessions.most, sessions.count) == (1, 1)


@pytest.mark.parametrize("form", ["half", "int8"])
def test_fast_is_compared_with_exact_and_replaces_it(
    form: str, sessions: Sessions, starter: InstalledModel
) -> None:
    make_form(starter, form)  # type: ignore[arg-type] # one of two
    assert (sessions.most, sessions.count) == (2, 0)
    sessions.begin()
    classifier = open_classifier(starter, GPU if form == "half" else CPU, "fast", may_fall_back=True)
    assert (sessions.most, sessions.count) == (1, 1)
    assert classifier.probabilities(IMAGE).shape == (1, 10)


def test_measuring_loads_one_at_a_time(sessions: Sessions, starter: InstalledModel) -> None:
    improve(starter, threading.Event())
    assert (sessions.most <= 2, sessions.count) == (True, 0)
    make_form(starter, "half")
    sessions.begin()
    for device in (GPU, CPU):
        assert measure(starter, device, "exact").agreement is not None
    assert measure(starter, GPU, "fast").agreement is not None
    assert (sessions.most, sessions.count) == (1, 0)


def test_an_import_is_examined_with_one_network_loaded(sessions: Sessions, tmp_path: Path) -> None:
    onnx.save(model(), tmp_path / "net.onnx")
    bring_in(tmp_path / "net.onnx", **write_details(tmp_path))
    assert (sessions.most <= 1, sessions.count) == (True, 0)
