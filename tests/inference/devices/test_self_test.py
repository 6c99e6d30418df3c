"""The self-test: right devices pass, wrong ones do not and say why, and what was found out is kept."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.devices import (
    GPU,
    MESSAGES,
    OTHER_GPU,
    Devices,
    Fault,
    nan,
    raising,
    rounded,
    shifted,
    stuck,
    zeros,
)
from vgg_desktop.errors import DeviceFailed
from vgg_desktop.inference.devices import choosing, self_test
from vgg_desktop.inference.devices.listing import CPU, Device, DeviceStatus
from vgg_desktop.inference.devices.self_test import Verdict, ensure_tested, find_verdict, forget_verdict
from vgg_desktop.inference.forms import make_half
from vgg_desktop.inference.forms.registry import make_form
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.results import Skipped
from vgg_desktop.models.store import InstalledModel, network_lock
from vgg_desktop.why import Why


@pytest.fixture
def slow_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every device be faster than the CPU, which they are in truth."""
    monkeypatch.setattr("vgg_desktop.inference.devices.choosing._cpu_ms", lambda *_: 1e9)


FAULTS: dict[str, tuple[Fault, str]] = {
    "not a number": (nan, "not finite"),
    "zeros": (zeros, "same score for every class"),
    "always the same": (stuck, "same scores for different pictures"),
    "12 percent": (rounded(0.12), "differ from the CPU's by 12 %"),
    "a little": (rounded(0.002), "differ from the CPU's by 0.2 %"),
    "mixed up rows": (shifted, "a batch gets different scores"),
    **{
        name: (raising(message), "its driver stopped" if "887A" in message else "onnxruntime says")
        for name, message in MESSAGES.items()
    },
}


@pytest.mark.usefixtures("slow_cpu")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_device_is_caught_and_the_cpu_answers(
    fault: str, starter: InstalledModel, devices: Devices
) -> None:
    devices.faults[GPU.provider], reason = FAULTS[fault]
    classifier = open_classifier(starter)
    assert classifier.device == CPU
    (skipped,) = classifier.fallback
    assert skipped.device == GPU
    assert reason in str(skipped.reason)
    with pytest.raises(DeviceFailed, match=r"^Test GPU is not used: ") as caught:
        open_classifier(starter, device=GPU)
    assert caught.value.reason == skipped.reason
    assert open_classifier(starter, device=GPU, may_fall_back=True).fallback == classifier.fallback
    assert devices.tests_of(GPU) == 1  # what failed is not tried at every start


@pytest.mark.usefixtures("slow_cpu")
def test_a_right_device_is_used_and_tested_once(starter: InstalledModel, devices: Devices) -> None:
    told: list[Device] = []
    classifier = open_classifier(starter, on_test=told.append)
    assert (classifier.device, classifier.fallback, told) == (GPU, (), [GPU])
    verdict = find_verdict(starter, GPU, "exact")
    assert verdict is not None
    assert verdict.reason is None
    assert verdict.difference < 1e-4
    assert verdict.median_ms > 0
    open_classifier(starter, on_test=told.append)
    assert told == [GPU]
    assert devices.tests_of(GPU) == 3  # the test, and twice for use


@pytest.mark.usefixtures("devices")
def test_tested_anew_when_something_changes(starter: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_tested(starter, GPU, "exact")
    assert find_verdict(starter, GPU, "exact") is not None
    for device in (replace(GPU, driver="1.1"), replace(GPU, options={"device_id": "1"})):
        assert find_verdict(starter, device, "exact") is None
    for spec in (replace(starter.spec, sha256="0" * 64), replace(starter.spec, revision=7)):
        assert find_verdict(replace(starter, spec=spec), GPU, "exact") is None
    assert find_verdict(starter, GPU, "fast") is None
    monkeypatch.setattr("vgg_desktop.inference.devices.records.version", lambda: "9.9")
    assert find_verdict(starter, GPU, "exact") is None
    monkeypatch.undo()
    forget_verdict(starter, GPU, "exact")
    assert find_verdict(starter, GPU, "exact") is None


@pytest.mark.usefixtures("devices")
@pytest.mark.parametrize(
    "text", ["", "[1]", '{"self-test cuda:0 exact": 3}', '{"self-test gpu exact": {"found": 1}}']
)
def test_a_damaged_record_is_passed_over(text: str, starter: InstalledModel) -> None:
    ensure_tested(starter, GPU, "exact")
    path = starter.derived / "devices.json"
    path.write_text(text)
    assert find_verdict(starter, GPU, "exact") is None
    assert ensure_tested(starter, GPU, "exact").reason is None
    assert "self-test cuda:0 exact" in json.loads(path.read_text("utf-8"))


def test_a_reason_that_is_not_understood_is_found_out_again(
    starter: InstalledModel, devices: Devices
) -> None:
    devices.faults[GPU.provider] = rounded(0.5)
    reason = ensure_tested(starter, GPU, "exact").reason
    path = starter.derived / "devices.json"
    entries = json.loads(path.read_text("utf-8"))
    verdict = find_verdict(starter, GPU, "exact")
    assert verdict is not None
    assert verdict.reason == reason == Why.DEVICE_DIFFERS(percent=50)
    for changed in ({"id": "of-a-later-version"}, {"id": "device-differs"}, {"values": 3}, "text"):
        entries["self-test cuda:0 exact"]["found"]["reason"] = changed
        path.write_text(json.dumps(entries), "utf-8")
        assert find_verdict(starter, GPU, "exact") is None


def test_a_driver_that_ends_the_program_twice_is_not_tried_again(
    starter: InstalledModel, devices: Devices
) -> None:
    record = starter.derived / "devices.json"
    left: list[str] = []  # what lies on the disk in the middle of a test

    def look(scores: object, _run: int) -> object:
        left.append(record.read_text("utf-8"))
        return scores

    devices.faults[GPU.provider] = look  # type: ignore[assignment] # it gives back what it got
    assert ensure_tested(starter, GPU, "exact").reason is None
    record.write_text(left[0], "utf-8")  # as if the program had ended there
    assert find_verdict(starter, GPU, "exact") is None  # a user may just have closed the window
    left.clear()
    assert ensure_tested(starter, GPU, "exact").reason is None
    record.write_text(left[0], "utf-8")
    found = find_verdict(starter, GPU, "exact")
    assert found is not None
    assert found.reason == Why.DEVICE_UNFINISHED()

    def stop(_scores: object, _run: int) -> object:
        raise KeyboardInterrupt

    forget_verdict(starter, GPU, "exact")
    devices.faults[GPU.provider] = stop  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        ensure_tested(starter, GPU, "exact")
    assert find_verdict(starter, GPU, "exact") is None  # a user stopped it; the device did nothing


@pytest.mark.usefixtures("devices")
def test_another_process_at_work_and_a_folder_that_cannot_be_written(
    starter: InstalledModel, tmp_path: Path
) -> None:
    starter.derived.mkdir(parents=True)
    with network_lock(starter):
        assert ensure_tested(starter, GPU, "exact").reason == Why.DEVICE_BUSY()
    assert find_verdict(starter, GPU, "exact") is None
    blocked = tmp_path / "a file"
    blocked.write_text("")
    assert ensure_tested(replace(starter, derived=blocked / "x"), GPU, "exact").reason is None


def test_a_slow_device_costs_only_seconds(
    starter: InstalledModel, devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []

    def count(scores: object, run: int) -> object:
        runs.append(run)
        return scores

    devices.faults[GPU.provider] = count  # type: ignore[assignment]
    monkeypatch.setattr(self_test, "_SLOWEST", 0.0)
    assert "for one picture" in str(ensure_tested(starter, GPU, "exact").reason)
    assert runs == [1, 2]


def test_auto_takes_the_fastest_that_passes(starter: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    devices = Devices(monkeypatch, GPU, OTHER_GPU)
    speeds = {GPU.id: 20.0, OTHER_GPU.id: 10.0, CPU.id: 15.0}
    monkeypatch.setattr(
        "vgg_desktop.inference.devices.choosing.ensure_tested",
        lambda _installed, device, *_, **__: Verdict(None, speeds[device.id]),
    )
    monkeypatch.setattr("vgg_desktop.inference.devices.choosing._cpu_ms", lambda *_: speeds[CPU.id])
    assert open_classifier(starter).device == OTHER_GPU
    assert open_classifier(starter, device=GPU).device == GPU  # requested, slower or not
    devices.refuse[OTHER_GPU.provider] = CPU.provider
    speeds[GPU.id] = 11.0
    classifier = open_classifier(starter)
    assert classifier.device == GPU
    assert classifier.fallback == (Skipped(OTHER_GPU, Why.DEVICE_NOT_ACTIVATED()),)
    speeds[CPU.id] = 5.0
    classifier = open_classifier(starter)
    assert classifier.device == CPU
    assert classifier.fallback == tuple(Skipped(each, Why.DEVICE_SLOWER()) for each in (OTHER_GPU, GPU))


def test_the_cpu_alone_costs_nothing(starter: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    devices = Devices(monkeypatch, CPU)
    assert open_classifier(starter).device == CPU
    assert open_classifier(starter, device=CPU).device == CPU
    assert [provider for provider, _ in devices.opened] == [CPU.provider] * 2
    assert not (starter.derived / "devices.json").exists()


@pytest.mark.usefixtures("slow_cpu")
def test_fast_on_a_graphics_processor_is_half_precision(
    starter: InstalledModel, devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_half, "COMPARED_ON", 4)
    with pytest.raises(DeviceFailed) as caught:
        open_classifier(starter, device=GPU, precision="fast")
    assert caught.value.reason == Why.FORM_NOT_MADE()
    make_form(starter, "half")
    devices.faults[GPU.provider] = rounded(0.01)  # wrong for Exact, and what 16 bits may cost
    classifier = open_classifier(starter, precision="fast")
    assert (classifier.device, classifier.precision) == (GPU, "fast")
    assert devices.opened[-1] == (GPU.provider, "half.onnx")
    with pytest.raises(DeviceFailed, match="1 %"):
        open_classifier(starter, device=GPU)
    forget_verdict(starter, GPU, "fast")
    devices.faults[GPU.provider] = rounded(0.03)
    with pytest.raises(DeviceFailed, match="3 %"):
        open_classifier(starter, device=GPU, precision="fast")


def test_auto_tells_why_a_known_device_was_passed_over(starter: InstalledModel) -> None:
    reason = Why.DEVICE_NO_CUDNN(version="9")
    chosen = choosing.choose(starter, None, "exact", [DeviceStatus(GPU, reason), DeviceStatus(CPU)])
    assert (chosen.device, chosen.fallback) == (CPU, (Skipped(GPU, reason),))
