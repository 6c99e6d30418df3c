"""What was requested, as far as it can be had: the device and the precision, each with a true reason where not."""

from dataclasses import asdict, replace

import pytest

from tests.support.devices import GPU, OTHER_GPU, Devices, zeros
from vgg_desktop.inference.devices.choosing import SLOWER
from vgg_desktop.inference.devices.listing import CPU, Device, DeviceStatus
from vgg_desktop.inference.devices.records import keep_record
from vgg_desktop.inference.devices.self_test import Verdict
from vgg_desktop.inference.devices.wishes import find_wish, is_disappointing, open_wished
from vgg_desktop.inference.forms import make_half, make_int8
from vgg_desktop.inference.forms.registry import find_form, make_form
from vgg_desktop.inference.results import Precision
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import InstalledModel, ModelStore
from vgg_desktop.reasons import Why

ON_CPU = Device("openvino:cpu", "CPU (OpenVINO)", "OtherExecutionProvider", kind="cpu")
HERE = (DeviceStatus(GPU), DeviceStatus(OTHER_GPU, False, "cuDNN 9 was not found"), DeviceStatus(CPU))


@pytest.fixture
def starter(monkeypatch: pytest.MonkeyPatch) -> InstalledModel:
    monkeypatch.setattr(make_half, "COMPARED_ON", 4)
    monkeypatch.setattr(make_int8, "CALIBRATED_ON", 4)
    monkeypatch.setattr(make_int8, "COMPARED_ON", 8)
    return ModelStore().get(find(load_catalog(), "starter"))


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Devices:
    return Devices(monkeypatch)


def test_a_wish_is_found_or_auto_answers_with_the_reason() -> None:
    assert find_wish("auto", HERE) == (None, "")
    assert find_wish("cpu", ()) == (CPU, "")
    assert find_wish(GPU.id, HERE) == (GPU, "")
    assert find_wish(OTHER_GPU.id, HERE) == (None, "Second GPU: cuDNN 9 was not found")
    assert find_wish("directml:0", HERE) == (None, "directml:0: it was not found on this computer")


def opened(
    starter: InstalledModel, wish: Device | None, devices: Devices, precision: Precision = "fast"
) -> tuple[str, str, str]:
    made = open_wished(starter, wish, precision, devices.statuses)
    return made.device.id, made.precision, made.fallback


def test_fast_is_whatever_was_made_for_the_device(starter: InstalledModel, devices: Devices) -> None:
    assert opened(starter, GPU, devices) == (GPU.id, "exact", "")
    assert opened(starter, CPU, devices) == ("cpu", "exact", "")
    make_form(starter, "half")
    assert opened(starter, GPU, devices) == (GPU.id, "fast", "")
    assert opened(starter, CPU, devices) == ("cpu", "exact", "")
    assert opened(starter, ON_CPU, devices) == (ON_CPU.id, "exact", "")
    assert opened(starter, GPU, devices, "exact") == (GPU.id, "exact", "")


def test_where_half_precision_fails_and_8_bits_were_not_made_exact_answers(
    starter: InstalledModel, devices: Devices
) -> None:
    make_form(starter, "half")
    devices.faults[GPU.provider] = zeros
    device, precision, fallback = opened(starter, GPU, devices)
    assert (device, precision) == ("cpu", "exact")
    assert "same number for every class" in fallback
    assert opened(starter, None, devices)[:2] == ("cpu", "exact")


def test_8_bits_answer_where_the_graphics_card_does_not(starter: InstalledModel, devices: Devices) -> None:
    make_form(starter, "int8")
    made = find_form(starter, "int8")
    if made is None or not made.is_faster:
        pytest.skip("on this computer it is not faster, and so it is not offered")
    devices.faults[GPU.provider] = zeros
    device, precision, fallback = opened(starter, None, devices)
    assert (device, precision) == ("cpu", "fast")
    assert (
        fallback == "Test GPU: it gave the same number for every class"
    )  # and not that there is no half precision
    devices.statuses = [DeviceStatus(CPU)]
    assert opened(starter, None, devices) == ("cpu", "fast", "")


def test_8_bits_go_before_a_graphics_card_that_is_slower(starter: InstalledModel, devices: Devices) -> None:
    make_form(starter, "int8")
    made = find_form(starter, "int8")
    if made is None or not made.is_faster:
        pytest.skip("on this computer it is not faster, and so it is not offered")
    for device, milliseconds in ((CPU, 2e6), (GPU, 1e6)):
        keep_record(starter, "self-test", device, "exact", asdict(Verdict("", milliseconds)))
    assert opened(starter, None, devices) == ("cpu", "fast", f"Test GPU: {SLOWER}")
    assert opened(starter, GPU, devices) == (GPU.id, "exact", "")  # a user's wish, slower or not
    keep_record(starter, "self-test", GPU, "exact", asdict(Verdict("", (made.milliseconds or 0) / 2)))
    assert opened(starter, None, devices) == (GPU.id, "exact", "")


def test_a_person_is_warned_of_what_should_have_worked() -> None:
    installed = replace(OTHER_GPU, driver="580.1")
    here = (DeviceStatus(GPU), DeviceStatus(installed, False, "cuDNN 9 was not found"), DeviceStatus(CPU))
    assert not is_disappointing("", "auto", here)
    assert not is_disappointing(f"Test GPU: {SLOWER}", "auto", here)
    assert not is_disappointing(f"Test GPU: {Why.FORM_NOT_MADE()}", "auto", here)
    assert is_disappointing("Test GPU: its answers differ from the processor's by 5 %", "auto", here)
    assert is_disappointing(f"Test GPU: {SLOWER}; Second GPU: cuDNN 9 was not found", "auto", here)
    # Without a driver there is no card that could be missed.
    assert not is_disappointing("Second GPU: cuDNN 9 was not found", "auto", HERE)
    assert is_disappointing("several builds of onnxruntime are installed at once", "auto", here)
    assert is_disappointing(f"Test GPU: {SLOWER}", GPU.id, here)
