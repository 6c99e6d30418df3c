"""Half precision: the same classes with 16-bit numbers inside, made once and remade when it no longer fits."""

import json
import threading
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from tests.inference.make_inputs import SEED, images
from tests.support import networks
from tests.support.classifiers import bring_in, classifier, files_below, write_details
from vgg_desktop.errors import Cancelled, FastUnavailable, NotEnoughSpace
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.forms import make_half
from vgg_desktop.inference.forms.form import FormProgress
from vgg_desktop.inference.forms.registry import find_form, graph_path, make_form, open_form
from vgg_desktop.inference.network import Network
from vgg_desktop.inference.sample_pictures import sample_pictures
from vgg_desktop.models.store import InstalledModel

IDS = sorted(networks.FILENAMES)


@pytest.fixture(autouse=True)
def _few_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_half, "COMPARED_ON", 6)


@pytest.mark.parametrize("id", IDS)
def test_the_zoos_networks_give_nearly_the_same_scores(id: str, tiny_networks: Path) -> None:
    installed = bring_in(tiny_networks / networks.FILENAMES[id])
    made = make_form(installed, "half")
    batch = np.stack([preprocess(each, installed.spec.preprocessing) for each in sample_pictures(9, 5)])
    exact, ours = (
        open_form(installed, CPU, "exact").scores(batch),
        Network(graph_path(installed, "half")).scores(batch),
    )
    assert ours.dtype == np.float32
    assert 0 < np.abs(exact - ours).max() < 0.01 * np.abs(exact).max()
    assert made.agreement is not None
    assert made.agreement.same_top1 == 1
    assert made.agreement.largest_difference < 0.01


def test_every_weight_has_16_bits_and_the_borders_32(tiny_networks: Path) -> None:
    installed = bring_in(tiny_networks / "vgg16-bn-7.onnx")
    make_form(installed, "half")
    graph = graph_path(installed, "half")
    assert sum(each.stat().st_size for each in graph.parent.glob("half.w*")) < 70_000 * 16 + 200_000
    model = onnx.load(graph)
    onnx.checker.check_model(str(graph), full_check=True)
    assert {each.data_type for each in model.graph.initializer} == {TensorProto.FLOAT16}
    assert [each.type.tensor_type.elem_type for each in (*model.graph.input, *model.graph.output)] == [
        TensorProto.FLOAT,
        TensorProto.FLOAT,
    ]
    kinds = [node.op_type for node in model.graph.node]
    assert (kinds.count("Conv"), kinds.count("Gemm"), kinds.count("Relu")) == (13, 3, 15)
    assert (kinds[0], kinds[-1], kinds.count("Cast")) == ("Cast", "Cast", 2)
    assert "BatchNormalization" not in kinds


def test_known_again_and_made_anew(starter: InstalledModel) -> None:
    shown: list[FormProgress] = []
    made = make_form(starter, "half", progress=shown.append)
    assert find_form(starter, "half") == made
    assert made.agreement is not None
    assert made.agreement.pictures == 6
    fractions = [each.fraction for each in shown]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)
    record = graph_path(starter, "half").with_name("half.json")
    values = json.loads(record.read_text("utf-8"))
    for key, value in (("onnxruntime", "1.0.0"), ("format", 0), ("sha256", "0" * 64), ("side", 1)):
        record.write_text(json.dumps({**values, "fingerprint": {**values["fingerprint"], key: value}}))
        assert find_form(starter, "half") is None
    for text in ("[1]", "{", json.dumps({**values, "agreement": {"pictures": 3}})):
        record.write_text(text)
        assert find_form(starter, "half") is None
    made = make_form(starter, "half")
    assert find_form(starter, "half") == made
    weights = graph_path(starter, "half").with_name("half.weights")
    weights.write_bytes(weights.read_bytes()[:-2])
    assert find_form(starter, "half") is None


@pytest.mark.parametrize("moment", ["converting", "comparing"])
def test_cancelling_leaves_what_was_there(moment: str, starter: InstalledModel) -> None:
    cancel = threading.Event()

    def stop(progress: FormProgress) -> None:
        if progress.phase == moment and progress.fraction > 0:
            cancel.set()

    with pytest.raises(Cancelled):
        make_form(starter, "half", progress=stop, cancel=cancel)
    assert files_below(starter.derived) == set()


def test_another_shape_and_a_full_disk(
    tmp_path: Path, starter: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "other.onnx"
    path.write_bytes(classifier().SerializeToString())
    with pytest.raises(FastUnavailable, match="VGG"):
        make_form(bring_in(path, **write_details(tmp_path)), "half")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 1000})())
    with pytest.raises(NotEnoughSpace):
        make_form(starter, "half")
    assert files_below(starter.derived) == set()


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
def test_full_size_networks(id: str, tmp_path: Path) -> None:
    published = tmp_path / networks.FILENAMES[id]
    published.write_bytes(networks.zoo_vgg(id, networks.FULL).SerializeToString())
    installed = bring_in(published)
    make_form(installed, "half")
    assert (
        sum(each.stat().st_size for each in graph_path(installed, "half").parent.iterdir())
        < published.stat().st_size / 1.98
    )
    batch = images(2, SEED)
    exact, ours = (
        open_form(installed, CPU, "exact").scores(batch),
        Network(graph_path(installed, "half")).scores(batch),
    )
    assert np.abs(exact - ours).max() < 0.01 * np.abs(exact).max()
