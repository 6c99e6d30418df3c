"""Measurements: true numbers, kept for the next time, stopped at once, and none for a device that lies."""

import json
import threading
from dataclasses import replace

import pytest

from tests.support.devices import GPU, OUT_OF_MEMORY, Devices, Scores, after, nan, rounded
from vgg_desktop.cli import main
from vgg_desktop.errors import Cancelled, OnnxruntimeUnusable
from vgg_desktop.inference.devices import diagnostics, measuring
from vgg_desktop.inference.devices.diagnostics import diagnose
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.devices.measuring import (
    MeasuringProgress,
    find_facts,
    find_measurement,
    forget_tests,
    measure,
    measure_all,
    repeat_tests,
)
from vgg_desktop.models.store import InstalledModel, network_lock
from vgg_desktop.why import Why


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "_MOST_RUNS", 3)


def test_numbers_and_kept(starter: InstalledModel, devices: Devices) -> None:
    devices.faults[GPU.provider] = rounded(0.0005)
    shown: list[MeasuringProgress] = []
    cpu, gpu = measure_all([starter], [CPU, GPU], precisions=["exact"], progress=shown.append)
    for each in (cpu, gpu):
        assert each.reason is None
        assert 0 < each.median_ms <= each.p95_ms
        assert each.load_ms > 0
        assert each.images_per_second >= 1000 / each.median_ms * 0.999
        assert each.batch in measuring.BATCHES
        assert each.agreement is not None
        assert each.agreement.same_top1 == 1
        assert each.when
    assert cpu.agreement is not None
    assert cpu.agreement.largest_difference == 0
    assert gpu.agreement is not None
    assert 0 < gpu.agreement.largest_difference < 0.01
    fractions = [each.fraction for each in shown]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)
    assert {each.device for each in shown} == {"cpu", GPU.id}
    assert find_measurement(starter, CPU, "exact") == cpu
    assert find_measurement(starter, GPU, "exact") == gpu
    assert find_measurement(starter, replace(GPU, driver="2"), "exact") is None
    assert find_measurement(starter, GPU, "fast") is None


def test_memory_is_told_where_the_system_tells(starter: InstalledModel) -> None:
    found = measure(starter, CPU, "exact").peak_mb
    assert found is None or 0 <= found < 2000


def test_no_numbers_for_what_lies_or_is_not_there(starter: InstalledModel, devices: Devices) -> None:
    assert measure(starter, CPU, "fast").reason == Why.FORM_NOT_MADE()
    devices.faults[GPU.provider] = rounded(0.5)
    assert "differ from the CPU's by 50 %" in str(measure(starter, GPU, "exact").reason)
    found = find_measurement(starter, GPU, "exact")
    assert found is not None
    assert found.median_ms == 0


def test_lost_on_the_way(starter: InstalledModel, devices: Devices) -> None:
    measure(starter, GPU, "exact")
    devices.faults[GPU.provider] = after(2, nan)
    assert "not finite" in str(measure(starter, GPU, "exact").reason)

    def full(scores: Scores, _run: int) -> Scores:
        if len(scores) > 4:
            raise RuntimeError(OUT_OF_MEMORY["CUDA"])
        return scores

    devices.faults[GPU.provider] = full
    found = measure(starter, GPU, "exact")
    assert found.reason is None
    assert found.batch <= 4


def test_stops_when_asked(starter: InstalledModel) -> None:
    cancel = threading.Event()

    def stop(part: float) -> None:
        if part > 0.3:
            cancel.set()

    with pytest.raises(Cancelled):
        measure(starter, CPU, "exact", progress=stop, cancel=cancel)
    assert find_measurement(starter, CPU, "exact") is None


def test_the_command(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["benchmark", "--json", "--device", "cpu"]) == 0
    out, err = capfd.readouterr()
    first, values = [json.loads(line) for line in out.splitlines()]
    assert first["model"] == "everyday"
    assert set(values) == {
        "model", "device", "precision", "load_ms", "median_ms", "p95_ms", "images_per_second", "batch", "peak_mb",
        "agreement",
    }  # fmt: skip
    assert (values["model"], values["device"], values["precision"]) == ("starter", "cpu", "exact")
    assert values["agreement"] == {"same_top1": 1, "largest_difference": 0}
    assert err == ""
    assert main(["benchmark", "--model", "starter"]) == 0
    assert "same class 100.0 %" in capfd.readouterr().out
    assert main(["benchmark", "--model", "vgg16"]) == 3
    assert main(["benchmark", "--device", "toaster"]) == 3


def test_found_told_and_tried_again(starter: InstalledModel, devices: Devices) -> None:
    statuses = tuple(devices.statuses)
    gpu, cpu = find_facts([starter], [GPU, CPU])
    assert (gpu.verdict, gpu.measurement, cpu.precision) == (None, None, "exact")  # there is no Fast
    assert diagnose([starter], statuses).endswith("Self-tests:\n  none yet")
    devices.faults[GPU.provider] = nan
    assert [each.precision for each in measure_all([starter], [GPU, CPU])] == ["exact", "exact"]
    gpu, cpu = find_facts([starter], [GPU, CPU])
    assert gpu.reason == Why.NETWORK_NOT_FINITE()
    assert cpu.measurement is not None
    title, failed, passed = diagnose([starter], statuses).splitlines()[-3:]
    assert title == "Self-tests:"
    assert failed == f"  starter on {GPU.id}, exact: not used, its results are not finite numbers"
    assert "pictures/s at" in passed
    del devices.faults[GPU.provider]
    repeat_tests([starter], CPU, threading.Event())  # which passed: nothing to repeat
    assert find_facts([starter], [CPU]) == (cpu,)
    repeat_tests([starter], GPU, threading.Event())
    (gpu,) = find_facts([starter], [GPU])
    assert gpu.reason is None
    assert gpu.verdict is not None
    assert gpu.measurement is None


def test_repeating_can_be_stopped(starter: InstalledModel, devices: Devices) -> None:
    devices.faults[GPU.provider] = nan
    measure(starter, GPU, "exact")
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(Cancelled):
        repeat_tests([starter], GPU, stopped)
    (gpu,) = find_facts([starter], [GPU])
    assert gpu.reason == Why.NETWORK_NOT_FINITE()  # as it was


def test_testing_again_takes_back_why_it_could_not_be_measured(
    starter: InstalledModel, devices: Devices
) -> None:
    devices.faults[GPU.provider] = nan
    measure(starter, GPU, "exact")
    forget_tests(starter, [GPU, CPU])
    (gpu,) = find_facts([starter], [GPU])
    assert (gpu.verdict, gpu.reason) == (None, None)


def test_that_another_program_tests_a_device_is_not_held_against_it(
    starter: InstalledModel, devices: Devices
) -> None:
    starter.derived.mkdir(parents=True)
    with network_lock(starter):
        assert measure(starter, GPU, "exact").reason == Why.DEVICE_BUSY()
    (gpu,) = find_facts([starter], [GPU])
    assert (gpu.measurement, gpu.reason) == (None, None)


def test_diagnosed_without_devices(starter: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OnnxruntimeUnusable(Why.RUNTIME_GONE())

    monkeypatch.setattr(diagnostics, "device_statuses", fail)
    assert "its files are missing" in diagnose([starter])
