"""Measurements: true numbers, kept for the next time, stopped at once, and none for a device that lies."""

import json
import threading
from dataclasses import replace

import pytest

from tests.support.devices import GPU, OUT_OF_MEMORY, Devices, Scores, after, nan, rounded
from vgg_desktop.cli import main
from vgg_desktop.errors import Cancelled
from vgg_desktop.inference.devices import measuring
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.devices.measuring import MeasuringProgress, find_measurement, measure, measure_all
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import InstalledModel, ModelStore
from vgg_desktop.reasons import Why


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "_MOST_RUNS", 3)


@pytest.fixture
def starter() -> InstalledModel:
    return ModelStore().get(find(load_catalog(), "starter"))


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Devices:
    return Devices(monkeypatch)


def test_numbers_and_kept(starter: InstalledModel, devices: Devices) -> None:
    devices.faults[GPU.provider] = rounded(0.0005)
    shown: list[MeasuringProgress] = []
    cpu, gpu = measure_all([starter], [CPU, GPU], precisions=["exact"], progress=shown.append)
    for each in (cpu, gpu):
        assert each.reason == ""
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
    assert measure(starter, CPU, "fast").reason == str(Why.FORM_NOT_MADE())
    devices.faults[GPU.provider] = rounded(0.5)
    assert "differ from the processor's by 50 %" in measure(starter, GPU, "exact").reason
    found = find_measurement(starter, GPU, "exact")
    assert found is not None
    assert found.median_ms == 0


def test_lost_on_the_way(starter: InstalledModel, devices: Devices) -> None:
    measure(starter, GPU, "exact")
    devices.faults[GPU.provider] = after(2, nan)
    assert "not finite" in measure(starter, GPU, "exact").reason

    def full(scores: Scores, _run: int) -> Scores:
        if len(scores) > 4:
            raise RuntimeError(OUT_OF_MEMORY["CUDA"])
        return scores

    devices.faults[GPU.provider] = full
    found = measure(starter, GPU, "exact")
    assert found.reason == ""
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
    (values,) = [json.loads(line) for line in out.splitlines()]
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
