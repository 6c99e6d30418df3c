"""A device that is lost in the middle: every picture is answered, and the user is told once and truly."""

import gc
import re
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.support.classifiers import bring_in, write_details
from tests.support.classifiers import classifier as model
from tests.support.devices import (
    GPU,
    MESSAGES,
    OUT_OF_MEMORY,
    Devices,
    Scores,
    after,
    nan,
    raising,
    stuck,
    zeros,
)
from tests.support.images import noise_on_gradient
from vgg_desktop.errors import ModelUnusable
from vgg_desktop.inference.batch import classify_many
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.inference.devices.failover import DeviceLost
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.devices.self_test import ensure_tested, find_verdict
from vgg_desktop.inference.forms import make_half
from vgg_desktop.inference.forms.registry import make_form, open_form
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.results import Classification, Skipped
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.why import Why

COUNT = 20


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    found = []
    for seed in range(COUNT):
        found.append(tmp_path / f"{seed}.png")
        Image.fromarray(noise_on_gradient(60, 40, seed)).save(found[-1])
    return found


def classify(classifier: Classifier, pictures: list[Path]) -> list[Classification]:
    outcomes = [answer.outcome for answer in classify_many(classifier, pictures, lambda path: path, 3)]
    assert all(isinstance(each, Classification) for each in outcomes)
    results = [each for each in outcomes if isinstance(each, Classification)]
    assert [each.path for each in results] == pictures
    return results


def assert_right(results: list[Classification], starter: InstalledModel) -> None:
    """Compare every answer with what the CPU says."""
    exact = open_classifier(starter, device=CPU)
    for each in results:
        expected = exact.classify_file(each.path, 3).predictions
        assert [one.index for one in each.predictions] == [one.index for one in expected]
        np.testing.assert_allclose(
            [one.probability for one in each.predictions], [one.probability for one in expected], atol=1e-4
        )


def told_of(message: str) -> str:
    """Return what the user is told at least: DirectML's code, or how onnxruntime's own words begin."""
    code = re.search("887A....", message)
    return code[0] if code else message.split(" : ", 2)[-1][:30]


LOST = {
    **{name: (raising(message), told_of(message)) for name, message in MESSAGES.items()},
    "not a number": (nan, "not finite"),
    "zeros": (zeros, "same score for every class"),
    "always the same": (stuck, "same scores for different pictures"),
}


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize("runs", [0, 3])
def test_the_cpu_goes_on(
    fault: str, runs: int, starter: InstalledModel, devices: Devices, pictures: list[Path]
) -> None:
    ensure_tested(starter, GPU, "exact")
    broken, reason = LOST[fault]
    devices.faults[GPU.provider] = after(runs, broken)
    told: list[DeviceLost] = []
    classifier = open_classifier(starter, device=GPU, on_lost=told.append)
    assert not classifier.fallback
    results = classify(classifier, pictures)
    assert_right(results, starter)
    assert [each.device for each in told] == [GPU]
    assert reason in str(told[0].reason)
    assert classifier.device == CPU
    assert classifier.fallback == (Skipped(GPU, told[0].reason),)
    by_device = [(each.device, each.provider) for each in results]
    # The first run is no picture's; then come batches of 1 and 2.
    first = 3 if runs else 0
    assert by_device == [(GPU.id, GPU.provider)] * first + [(CPU.id, CPU.provider)] * (COUNT - first)
    assert [each.fallback for each in results] == [()] * first + [classifier.fallback] * (COUNT - first)
    assert find_verdict(starter, GPU, "exact") is None  # tested again before its next use


@pytest.mark.parametrize("message", OUT_OF_MEMORY)
def test_too_little_memory_makes_batches_smaller(
    message: str, starter: InstalledModel, devices: Devices, pictures: list[Path]
) -> None:
    ensure_tested(starter, GPU, "exact")
    failed = 0

    def full(scores: Scores, _run: int) -> Scores:
        nonlocal failed
        if len(scores) > 2:
            failed += 1
            raise RuntimeError(OUT_OF_MEMORY[message])
        return scores

    devices.faults[GPU.provider] = full
    told: list[DeviceLost] = []
    classifier = open_classifier(starter, device=GPU, on_lost=told.append)
    results = classify(classifier, pictures)
    assert_right(results, starter)
    assert {each.device for each in results} == {GPU.id}
    assert told == []
    assert failed == 1  # what does not fit is not tried again and again


def test_a_removed_device_is_not_tried_with_fewer_pictures_and_tells_the_first_reason(
    starter: InstalledModel, devices: Devices, pictures: list[Path]
) -> None:
    """From the second failure on DirectML tells of nothing but "80004005 Call failed"."""
    ensure_tested(starter, GPU, "exact")
    failed: list[int] = []

    def remove(scores: Scores, _run: int) -> Scores:
        if len(scores) > 2 or failed:
            failed.append(len(scores))
            raise RuntimeError(MESSAGES["DirectML removed"] if len(failed) == 1 else "80004005 Call failed")
        return scores

    devices.faults[GPU.provider] = remove
    told: list[DeviceLost] = []
    assert_right(classify(open_classifier(starter, device=GPU, on_lost=told.append), pictures), starter)
    assert failed == [4]
    assert told == [DeviceLost(GPU, Why.DEVICE_REMOVED(code="887A0005"))]


def test_the_lost_network_is_freed_before_the_cpus_is_loaded(
    starter: InstalledModel, devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_tested(starter, GPU, "exact")
    devices.faults[GPU.provider] = after(1, raising(MESSAGES["CUDA 700"]))
    classifier = open_classifier(starter, device=GPU)
    lost = weakref.ref(classifier._network._network)
    alive: list[bool] = []

    def watched(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the real one
        alive.append(lost() is not None)
        return open_form(*arguments, **options)

    monkeypatch.setattr("vgg_desktop.inference.opening.open_form", watched)
    gc.disable()
    try:
        classifier.probabilities(np.zeros((1, 3, 32, 32), np.float32))
    finally:
        gc.enable()
    assert alive == [False]


def test_a_device_that_fails_with_one_picture_is_not_tried_with_fewer(
    starter: InstalledModel, devices: Devices
) -> None:
    ensure_tested(starter, GPU, "exact")
    failed = 0

    def fail(_scores: Scores, _run: int) -> Scores:
        nonlocal failed
        failed += 1
        raise RuntimeError(MESSAGES["CUDA 700"])

    devices.faults[GPU.provider] = fail
    classifier = open_classifier(starter, device=GPU)
    images = np.random.default_rng(0).standard_normal((8, 3, 32, 32), np.float32)
    expected = open_classifier(starter, device=CPU).probabilities(images)
    np.testing.assert_allclose(classifier.probabilities(images), expected, atol=1e-6)
    assert classifier.device == CPU
    assert failed == 1


def test_fast_falls_back_to_what_is_there(
    starter: InstalledModel, devices: Devices, pictures: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_half, "COMPARED_ON", 4)
    make_form(starter, "half")
    ensure_tested(starter, GPU, "fast")
    devices.faults[GPU.provider] = after(3, nan)
    classifier = open_classifier(starter, device=GPU, precision="fast")
    results = classify(classifier, pictures)
    by_picture = [(each.device, each.precision, each.form) for each in results]
    fast, exact = (GPU.id, "fast", "half"), ("cpu", "exact", "published")
    assert by_picture == [fast] * 3 + [exact] * (COUNT - 3)
    assert classifier.precision == "exact"


def test_the_same_picture_many_times_is_no_reason(
    starter: InstalledModel, devices: Devices, pictures: list[Path]
) -> None:
    ensure_tested(starter, GPU, "exact")
    classifier = open_classifier(starter, device=GPU)
    results = [
        answer.outcome for answer in classify_many(classifier, pictures[:1] * 10, lambda path: path, 1)
    ]
    assert {each.device for each in results if isinstance(each, Classification)} == {GPU.id}


@pytest.fixture
def confident(tmp_path: Path) -> InstalledModel:
    """Import a network that ends in a softmax with 16-bit outputs: exactly 1 and 0 for margins above about 17."""
    onnx.save(model(kind=onnx.TensorProto.FLOAT16, softmax=True), tmp_path / "net.onnx")
    return bring_in(tmp_path / "net.onnx", **write_details(tmp_path))


def of_one_class(brightness: float, count: int = 8) -> NDArray[np.float32]:
    """Return different pictures (N, 3, 32, 32) of which the network above is certain."""
    noise = np.random.default_rng(3).standard_normal((count, 3, 32, 32), np.float32)
    return noise + np.linspace(brightness, 2 * brightness, count, dtype=np.float32)[:, None, None, None]


def test_pictures_of_one_class_may_get_the_same_saturated_probabilities(
    confident: InstalledModel, devices: Devices
) -> None:
    told: list[DeviceLost] = []
    classifier = open_classifier(confident, device=GPU, on_lost=told.append)
    for brightness in (50, 50, -50):
        rows = classifier.probabilities(of_one_class(brightness))
        assert set(rows.ravel()) == {0.0, 1.0}
        assert len(np.unique(rows, axis=0)) == 1
    assert told == []
    assert classifier.device == GPU


@pytest.mark.parametrize("runs", [0, 3])
def test_a_device_that_returns_the_same_saturated_probabilities_for_everything_is_lost(
    runs: int, confident: InstalledModel, devices: Devices
) -> None:
    def certain(scores: Scores, _run: int) -> Scores:
        return np.broadcast_to(np.eye(scores.shape[1], dtype=scores.dtype)[0], scores.shape).copy()

    ensure_tested(confident, GPU, "exact")
    devices.faults[GPU.provider] = after(runs, certain)
    told: list[DeviceLost] = []
    classifier = open_classifier(confident, device=GPU, on_lost=told.append)
    expected = open_classifier(confident, device=CPU)
    for brightness in (50, -50, 50):
        images = of_one_class(brightness)
        found = classifier.probabilities(images)
    assert [each.reason for each in told] == [Why.DEVICE_SAME_ANSWER()]
    np.testing.assert_array_equal(found, expected.probabilities(images))


def test_a_network_that_the_cpu_cannot_run_either_ends_it(
    starter: InstalledModel, devices: Devices, pictures: list[Path]
) -> None:
    ensure_tested(starter, GPU, "exact")
    devices.faults = {GPU.provider: nan, CPU.provider: nan}
    classifier = open_classifier(starter, device=GPU)
    with pytest.raises(ModelUnusable):
        list(classify_many(classifier, pictures, lambda path: path, 1))


@pytest.mark.parametrize("lost", [False, True])
def test_memory_is_given_back_with_the_last_use(
    lost: bool, starter: InstalledModel, devices: Devices, pictures: list[Path]
) -> None:
    """Without the garbage collector, which the window keeps from looking at what is there with a long list."""
    ensure_tested(starter, GPU, "exact")
    if lost:
        devices.faults[GPU.provider] = nan
    gc.disable()
    try:
        classifier = open_classifier(starter, device=GPU)
        first = weakref.ref(classifier._network._network)
        classify(classifier, pictures[:2])
        assert (first() is None) == lost
        last = weakref.ref(classifier._network._network)
        del classifier
        assert last() is None
    finally:
        gc.enable()
