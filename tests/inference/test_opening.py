"""What was requested, as far as it can be had: the device and the precision, each with a true reason where not."""

import threading
from dataclasses import replace

import pytest

from tests.support.devices import GPU, OTHER_GPU, Devices, Scores, zeros
from vgg_desktop.errors import Cancelled
from vgg_desktop.inference.devices.listing import CPU, Device, DeviceStatus
from vgg_desktop.inference.devices.records import keep_record
from vgg_desktop.inference.devices.self_test import Verdict, find_verdict
from vgg_desktop.inference.forms import make_half, make_int8
from vgg_desktop.inference.forms.registry import find_form, make_form
from vgg_desktop.inference.opening import open_classifier, resolve_device, should_warn
from vgg_desktop.inference.results import Fallback, Precision, Skipped, format_fallback
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import InstalledModel, ModelStore
from vgg_desktop.why import Why

ON_CPU = Device("openvino:cpu", "CPU (OpenVINO)", "OtherExecutionProvider", kind="cpu")
NO_CUDNN = Why.DEVICE_NO_CUDNN(version="9")
HERE = (DeviceStatus(GPU), DeviceStatus(OTHER_GPU, NO_CUDNN), DeviceStatus(CPU))


@pytest.fixture
def starter(monkeypatch: pytest.MonkeyPatch) -> InstalledModel:
    monkeypatch.setattr(make_half, "COMPARED_ON", 4)
    monkeypatch.setattr(make_int8, "CALIBRATED_ON", 4)
    monkeypatch.setattr(make_int8, "COMPARED_ON", 8)
    return ModelStore().get(find(load_catalog(), "starter"))


def test_a_requested_device_is_found_or_auto_answers_with_the_reason() -> None:
    assert resolve_device("auto", HERE) == (None, ())
    assert resolve_device("cpu", HERE) == (CPU, ())
    assert resolve_device(GPU.id, HERE) == (GPU, ())
    assert resolve_device(OTHER_GPU.id, HERE) == (None, (Skipped(OTHER_GPU, NO_CUDNN),))
    device, fallback = resolve_device("directml:0", HERE)
    assert device is None
    assert format_fallback(fallback) == "directml:0: it was not found on this computer"


def opened(
    starter: InstalledModel, requested: Device | None, devices: Devices, precision: Precision = "fast"
) -> tuple[str, str, Fallback]:
    made = open_classifier(starter, requested, precision, devices.statuses, may_fall_back=True)
    return made.device.id, made.precision, made.fallback


def test_fast_is_whatever_was_made_for_the_device(starter: InstalledModel, devices: Devices) -> None:
    assert opened(starter, GPU, devices) == (GPU.id, "exact", ())
    assert opened(starter, CPU, devices) == ("cpu", "exact", ())
    make_form(starter, "half")
    assert opened(starter, GPU, devices) == (GPU.id, "fast", ())
    assert opened(starter, CPU, devices) == ("cpu", "exact", ())
    assert opened(starter, ON_CPU, devices) == (ON_CPU.id, "exact", ())
    assert opened(starter, GPU, devices, "exact") == (GPU.id, "exact", ())


def test_where_half_precision_fails_and_8_bits_were_not_made_exact_answers(
    starter: InstalledModel, devices: Devices
) -> None:
    make_form(starter, "half")
    devices.faults[GPU.provider] = zeros
    device, precision, fallback = opened(starter, GPU, devices)
    assert (device, precision) == ("cpu", "exact")
    assert fallback == (Skipped(GPU, Why.DEVICE_SAME_NUMBER()),)
    assert opened(starter, None, devices)[:2] == ("cpu", "exact")


def test_8_bits_answer_where_the_graphics_card_does_not(starter: InstalledModel, devices: Devices) -> None:
    make_form(starter, "int8")
    made = find_form(starter, "int8")
    if made is None or not made.is_faster:
        pytest.skip("on this computer it is not faster, and so it is not offered")
    devices.faults[GPU.provider] = zeros
    device, precision, fallback = opened(starter, None, devices)
    assert (device, precision) == ("cpu", "fast")
    # And not that there is no half precision.
    assert fallback == (Skipped(GPU, Why.DEVICE_SAME_NUMBER()),)
    devices.statuses = [DeviceStatus(CPU)]
    assert opened(starter, None, devices) == ("cpu", "fast", ())


def test_8_bits_go_before_a_graphics_card_that_is_slower(starter: InstalledModel, devices: Devices) -> None:
    make_form(starter, "int8")
    made = find_form(starter, "int8")
    if made is None or not made.is_faster:
        pytest.skip("on this computer it is not faster, and so it is not offered")
    for device, milliseconds in ((CPU, 2e6), (GPU, 1e6)):
        keep_record(starter, "self-test", device, "exact", Verdict(None, milliseconds).as_json())
    assert opened(starter, None, devices) == ("cpu", "fast", (Skipped(GPU, Why.DEVICE_SLOWER()),))
    assert opened(starter, GPU, devices) == (GPU.id, "exact", ())  # requested, slower or not
    keep_record(starter, "self-test", GPU, "exact", Verdict(None, (made.milliseconds or 0) / 2).as_json())
    assert opened(starter, None, devices) == (GPU.id, "exact", ())


def test_a_user_is_warned_of_what_should_have_worked() -> None:
    installed = replace(OTHER_GPU, driver="580.1")
    here = (DeviceStatus(GPU), DeviceStatus(installed, NO_CUDNN), DeviceStatus(CPU))
    slower, missing = Skipped(GPU, Why.DEVICE_SLOWER()), Skipped(OTHER_GPU, NO_CUDNN)
    assert not should_warn((), "auto", here)
    assert not should_warn((slower,), "auto", here)
    assert not should_warn((Skipped(GPU, Why.FORM_NOT_MADE()),), "auto", here)
    assert should_warn((Skipped(GPU, Why.DEVICE_DIFFERS(percent=5)),), "auto", here)
    assert should_warn((slower, missing), "auto", here)
    # Without a driver there is no card that could be missed.
    assert not should_warn((missing,), "auto", HERE)
    conflict = Why.RUNTIME_CONFLICT(names="onnxruntime, onnxruntime-gpu")
    assert should_warn((Skipped(None, conflict),), "auto", here)
    assert should_warn((slower,), GPU.id, here)


def test_a_device_that_is_missing_for_two_reasons_is_told_once(
    starter: InstalledModel, devices: Devices
) -> None:
    devices.statuses = list(HERE[1:])
    device, skipped = resolve_device(OTHER_GPU.id, devices.statuses)
    made = open_classifier(starter, device, "exact", devices.statuses, may_fall_back=True, skipped=skipped)
    assert made.fallback == (Skipped(OTHER_GPU, NO_CUDNN),)


def test_opening_stops_when_asked(starter: InstalledModel, devices: Devices) -> None:
    cancel = threading.Event()

    def stop(scores: Scores, _run: int) -> Scores:
        cancel.set()
        return scores

    devices.faults[GPU.provider] = stop
    with pytest.raises(Cancelled):
        open_classifier(starter, GPU, cancel=cancel)
    assert devices.tests_of(GPU) == 1
    assert find_verdict(starter, GPU, "exact") is None  # it did nothing wrong
