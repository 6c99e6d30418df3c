"""What is known of the devices: found again, forgotten where it is to be tried again, and told."""

from threading import Event

import pytest

from tests.support.devices import GPU, Devices, nan
from vgg_desktop.errors import Cancelled, OnnxruntimeUnusable
from vgg_desktop.inference.devices import diagnostics, measuring
from vgg_desktop.inference.devices import facts as device_facts
from vgg_desktop.inference.devices.facts import (
    as_lines,
    diagnose_networks,
    find_facts,
    forget_tests,
    repeat_tests,
)
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.devices.measuring import measure, measure_all
from vgg_desktop.inference.forms.form import changing
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import InstalledModel, ModelStore


@pytest.fixture
def starter() -> InstalledModel:
    return ModelStore().get(find(load_catalog(), "starter"))


def test_found_told_and_tried_again(starter: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "_MOST_RUNS", 3)
    devices = Devices(monkeypatch)
    gpu, cpu = find_facts([starter], [GPU, CPU])
    assert (gpu.verdict, gpu.measurement, cpu.precision) == (None, None, "exact")  # there is no Fast
    assert as_lines([gpu, cpu]) == []
    devices.faults[GPU.provider] = nan
    assert [each.precision for each in measure_all([starter], [GPU, CPU])] == ["exact", "exact"]
    gpu, cpu = find_facts([starter], [GPU, CPU])
    assert "not finite" in gpu.reason
    assert cpu.measurement is not None
    failed, passed = as_lines([gpu, cpu])
    assert failed == f"starter on {GPU.id}, exact: not used, its results are not finite numbers"
    assert "pictures/s at" in passed
    block = diagnose_networks([starter])
    assert f"Self-tests:\n  {failed}\n  {passed}" in block
    del devices.faults[GPU.provider]
    repeat_tests([starter], CPU, Event())  # which passed: nothing to repeat
    assert find_facts([starter], [CPU]) == (cpu,)
    repeat_tests([starter], GPU, Event())
    (gpu,) = find_facts([starter], [GPU])
    assert gpu.reason == ""
    assert gpu.verdict is not None
    assert gpu.measurement is None


def test_repeating_can_be_stopped(starter: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    devices = Devices(monkeypatch)
    devices.faults[GPU.provider] = nan
    measure(starter, GPU, "exact")
    stopped = Event()
    stopped.set()
    with pytest.raises(Cancelled):
        repeat_tests([starter], GPU, stopped)
    (gpu,) = find_facts([starter], [GPU])
    assert "not finite" in gpu.reason  # as it was


def test_testing_anew_takes_back_why_it_could_not_be_measured(
    starter: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices = Devices(monkeypatch)
    devices.faults[GPU.provider] = nan
    measure(starter, GPU, "exact")
    forget_tests(starter, [GPU, CPU])
    (gpu,) = find_facts([starter], [GPU])
    assert (gpu.verdict, gpu.reason) == (None, "")


def test_that_another_program_tests_a_device_is_not_held_against_it(
    starter: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    Devices(monkeypatch)
    with changing(starter):
        assert "another VGG Desktop" in measure(starter, GPU, "exact").reason
    (gpu,) = find_facts([starter], [GPU])
    assert (gpu.measurement, gpu.reason) == (None, "")


def test_diagnosed_without_devices(starter: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OnnxruntimeUnusable("its files are gone")

    for module in (device_facts, diagnostics):
        monkeypatch.setattr(module, "device_statuses", fail)
    assert "its files are gone" in diagnose_networks([starter])
