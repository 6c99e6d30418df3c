"""Fast against Exact: the same classes in 8 bits, made once, remade when it no longer fits, and nothing left behind."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from PIL import Image

from tests.inference.make_inputs import SEED, images
from tests.support import networks
from tests.support.classifiers import bring_in, classifier, files_below, save_split, write_details
from tests.support.images import noise_on_gradient
from vgg_desktop.errors import Cancelled, DeviceFailed, FastUnavailable, NotEnoughSpace
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.forms import make_int8
from vgg_desktop.inference.forms.comparison import measure_agreement
from vgg_desktop.inference.forms.form import Agreement, FormProgress, FormRecord
from vgg_desktop.inference.forms.registry import find_form, graph_path, make_form, open_form, why_not_offered
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.why import Why

IDS = sorted(networks.FILENAMES)


@pytest.fixture
def few_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calibrate and compare on few pictures, which is quick and enough for networks of noise."""
    monkeypatch.setattr(make_int8, "CALIBRATED_ON", 4)
    monkeypatch.setattr(make_int8, "COMPARED_ON", 4)


def tiny(folder: Path, id: str) -> InstalledModel:
    return bring_in(folder / networks.FILENAMES[id])


@pytest.mark.usefixtures("few_pictures")
@pytest.mark.parametrize("id", IDS)
def test_the_zoos_networks_give_nearly_the_same_scores(id: str, tiny_networks: Path) -> None:
    installed = tiny(tiny_networks, id)
    assert why_not_offered(installed, "int8") is None
    make_form(installed, "int8")
    batch = np.stack([preprocess(each, installed.spec.preprocessing) for each in sample_pictures(9, 5)])
    exact, ours = (
        open_form(installed, CPU, "exact").scores(batch),
        open_form(installed, CPU, "fast").scores(batch),
    )
    assert ours.shape == exact.shape
    for one, other in zip(exact, ours, strict=True):
        assert np.corrcoef(one, other)[0, 1] > 0.995
    assert np.abs(exact - ours).max() < 0.15 * np.abs(exact).max()
    alone = np.concatenate([open_form(installed, CPU, "fast").scores(each[None]) for each in batch])
    np.testing.assert_array_equal(alone, ours)


@pytest.mark.usefixtures("few_pictures")
def test_every_layer_runs_in_8_bits(tiny_networks: Path, tmp_path: Path) -> None:
    installed = tiny(tiny_networks, "vgg16-bn")
    make_form(installed, "int8")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # it warns that the file is for this processor
    options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
    onnxruntime.InferenceSession(
        str(graph_path(installed, "int8")), options, providers=["CPUExecutionProvider"]
    )
    nodes = onnx.load(tmp_path / "optimised.onnx", load_external_data=False).graph.node
    kinds = [node.op_type for node in nodes if node.op_type not in ("Transpose", "Flatten")]
    assert kinds.count("QLinearConv") == 13
    assert kinds.count("QGemm") == 3
    assert kinds.count("QuantizeLinear") == 1  # the picture
    assert set(kinds) <= {"QLinearConv", "QGemm", "QuantizeLinear", "NhwcMaxPool", "MaxPool"}


def test_starter_agrees_with_exact(starter: InstalledModel) -> None:
    shown: list[FormProgress] = []
    made = make_form(starter, "int8", progress=shown.append)
    assert made.agreement is not None
    assert made.agreement.pictures == make_int8.COMPARED_ON
    # Many of the pictures made by arithmetic are undecided; on CIFAR-10's own pictures the two agree far more often.
    assert made.agreement.same_top1 >= 0.9
    assert made.agreement.same_top5 >= 0.95
    assert made.agreement.largest_difference < 0.2
    assert made.own_pictures == 0
    assert find_form(starter, "int8") == made
    fractions = [each.fraction for each in shown]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)
    assert {each.phase for each in shown} == {"calibrating", "converting", "comparing"}
    assert {each.name for each in starter.derived.rglob("*") if each.is_file()} == {
        "fast.onnx",
        "fast.weights",
        "fast.json",
    }


@pytest.mark.usefixtures("few_pictures")
def test_classifier_says_how_it_came_about(starter: InstalledModel, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    Image.fromarray(noise_on_gradient(60, 40)).save(picture)
    with pytest.raises(FastUnavailable, match="not been prepared"):
        open_classifier(starter, precision="fast")
    make_form(starter, "int8")
    exact, quick = open_classifier(starter), open_classifier(starter, precision="fast")
    assert (exact.precision, quick.precision) == ("exact", "fast")
    one, other = (each.classify_file(picture, 3) for each in (exact, quick))
    assert (one.precision, other.precision) == ("exact", "fast")
    assert other.device == "cpu"
    assert abs(one.predictions[0].probability - other.predictions[0].probability) < 0.2
    with pytest.raises(DeviceFailed, match="CPU only"):
        open_classifier(starter, precision="fast", device=Device("cuda", "GPU", "CUDAExecutionProvider"))


@pytest.mark.usefixtures("few_pictures")
def test_own_pictures_are_used_and_broken_ones_passed_over(starter: InstalledModel, tmp_path: Path) -> None:
    own = []
    for number in range(6):
        own.append(tmp_path / f"{number}.jpg")
        Image.fromarray(noise_on_gradient(50, 40, number)).save(own[-1])
    own[2].write_bytes(b"no picture")
    made = make_form(starter, "int8", own)
    assert made.agreement is not None
    assert made.own_pictures == 2  # the first, the third and the fifth, of which one is broken
    assert made.agreement.pictures == 4
    many = make_form(starter, "int8", own * 20)
    assert many.agreement is not None
    assert many.own_pictures <= 4
    assert many.agreement.pictures == 4


@pytest.mark.usefixtures("few_pictures")
@pytest.mark.parametrize("moment", ["calibrating", "converting", "comparing"])
def test_cancelling_leaves_what_was_there(moment: str, starter: InstalledModel) -> None:
    cancel = threading.Event()

    def stop(progress: FormProgress) -> None:
        if progress.phase == moment and progress.fraction > 0:
            cancel.set()

    with pytest.raises(Cancelled):
        make_form(starter, "int8", progress=stop, cancel=cancel)
    assert files_below(starter.derived) == set()
    assert find_form(starter, "int8") is None
    cancel.clear()
    made = make_form(starter, "int8")
    before = files_below(starter.derived)
    with pytest.raises(Cancelled):
        make_form(starter, "int8", progress=stop, cancel=cancel)
    assert files_below(starter.derived) == before
    assert find_form(starter, "int8") == made


def change_record(key: str, value: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "fast.json"
        record = json.loads(path.read_text("utf-8"))
        record["fingerprint"][key] = value
        path.write_text(json.dumps(record), "utf-8")

    return change


def shorten_weights(folder: Path) -> None:
    path = folder / "fast.weights"
    path.write_bytes(path.read_bytes()[:-100])


def damage_graph(folder: Path) -> None:
    path = folder / "fast.onnx"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


CHANGES = {
    "onnxruntime": change_record("onnxruntime", "1.0.0"),
    "format": change_record("format", 0),
    "another file": change_record("sha256", "0" * 64),
    "another processor": change_record("weight_limit", 63),
    "no record": lambda folder: (folder / "fast.json").unlink(),
    "record cut off": lambda folder: (folder / "fast.json").write_text('{"fingerprint": '),
    "record of something else": lambda folder: (folder / "fast.json").write_text("[1]"),
    "weights": shorten_weights,
    "weights missing": lambda folder: (folder / "fast.weights").unlink(),
    "graph": damage_graph,
}


@pytest.mark.usefixtures("few_pictures")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_no_longer_fits_is_made_anew(change: Callable[[Path], None], starter: InstalledModel) -> None:
    make_form(starter, "int8")
    change(graph_path(starter, "int8").parent)
    assert find_form(starter, "int8") is None
    with pytest.raises(FastUnavailable):
        open_classifier(starter, precision="fast")
    make_form(starter, "int8")
    assert find_form(starter, "int8") is not None
    open_classifier(starter, precision="fast")


@pytest.mark.usefixtures("few_pictures")
def test_processors_that_add_in_narrow_registers_get_smaller_weights(
    starter: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = np.stack([preprocess(each, starter.spec.preprocessing) for each in sample_pictures(9, 8)])
    monkeypatch.setattr(make_int8, "reduce_range", lambda: True)
    make_form(starter, "int8")
    weights = np.fromfile(graph_path(starter, "int8").with_name("fast.weights"), np.int8)
    assert (weights.min(), weights.max()) == (-63, 63)
    exact, ours = (
        open_form(starter, CPU, "exact").scores(batch),
        open_form(starter, CPU, "fast").scores(batch),
    )
    assert np.corrcoef(exact.ravel(), ours.ravel())[0, 1] > 0.995


def test_networks_of_another_shape_are_told_why(tmp_path: Path, tiny_networks: Path) -> None:
    details = write_details(tmp_path)
    path = tmp_path / "other.onnx"
    path.write_bytes(classifier().SerializeToString())
    other = bring_in(path, **details)
    found = why_not_offered(other, "int8")
    assert found is not None
    assert "VGG" in str(found)
    with pytest.raises(FastUnavailable) as caught:
        make_form(other, "int8")
    assert caught.value.reason == found
    assert not (other.derived / "fast").exists()
    split = tmp_path / "split" / "vgg16.onnx"
    save_split(onnx.load(tiny_networks / "vgg16-7.onnx"), split)
    found = why_not_offered(bring_in(split), "int8")
    assert found is not None
    assert "in a separate file" in str(found)


def test_slower_is_not_offered(starter: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = Agreement(64, 0.9, 0.9, 0.4)
    made = FormRecord(agreement=agreement, milliseconds=99.0, exact_ms=100.0)
    assert not made.is_faster
    assert not agreement.is_trusted
    monkeypatch.setattr(make_int8.Int8, "make", lambda _form, _making: made)
    make_form(starter, "int8")
    assert why_not_offered(starter, "int8") == Why.FORM_NOT_FASTER()


def test_a_full_disk_is_noticed_before(starter: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 1000})())
    with pytest.raises(NotEnoughSpace):
        make_form(starter, "int8")
    assert files_below(starter.derived) == set()


def test_agreement_counts_classes() -> None:
    exact = np.array([[0.5, 0.2, 0.1, 0.09, 0.08, 0.03], [0.1, 0.5, 0.2, 0.09, 0.08, 0.03]])
    other = np.array([[0.5, 0.2, 0.1, 0.09, 0.03, 0.08], [0.1, 0.2, 0.5, 0.09, 0.08, 0.03]])
    found = measure_agreement(exact, other)
    assert (found.pictures, found.same_top1) == (2, 0.5)
    assert found.same_top5 == pytest.approx(0.9)
    assert found.largest_difference == pytest.approx(0.3)
    assert measure_agreement(exact[:, :3], exact[:, :3]).same_top5 == 1


def test_sample_pictures_are_the_same_every_time() -> None:
    first, again = (list(sample_pictures(3, 3)) for _ in range(2))
    assert [each.tobytes() for each in first] == [each.tobytes() for each in again]
    assert first[0].tobytes() != first[1].tobytes()
    assert {each.mode for each in first} == {"RGB"}


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
def test_full_size_networks(id: str, tmp_path: Path) -> None:
    published = tmp_path / networks.FILENAMES[id]
    published.write_bytes(networks.zoo_vgg(id, networks.FULL).SerializeToString())
    installed = bring_in(published)
    make_form(installed, "int8")
    folder = graph_path(installed, "int8").parent
    assert sum(each.stat().st_size for each in folder.iterdir()) < published.stat().st_size / 3.9
    batch = images(2, SEED)
    exact, ours = (
        open_form(installed, CPU, "exact").scores(batch),
        open_form(installed, CPU, "fast").scores(batch),
    )
    for one, other in zip(exact, ours, strict=True):
        assert np.corrcoef(one, other)[0, 1] > 0.99
