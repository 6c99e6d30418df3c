"""What all forms have in common: which one answers, records that are read again, one lock, nothing that comes back."""

import json
import shutil
from pathlib import Path
from typing import get_args

import pytest

from tests.support.classifiers import bring_in, files_below
from tests.support.devices import GPU
from vgg_desktop.errors import FormUnavailable, StoreBusy
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.devices.records import keep_record
from vgg_desktop.inference.forms import make_half, make_int8
from vgg_desktop.inference.forms.registry import (
    FORMS,
    available,
    ensure_runtime_graph,
    fast_form,
    find_form,
    graph_path,
    make_form,
    open_form,
    reserved_names,
    resolve,
    why_not,
)
from vgg_desktop.inference.results import FormId
from vgg_desktop.models.store import InstalledModel, network_lock
from vgg_desktop.why import Why

OPENVINO = Device("openvino:cpu", "CPU (OpenVINO)", "OtherExecutionProvider", kind="cpu")


@pytest.fixture(autouse=True)
def _few_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (make_half, make_int8):
        monkeypatch.setattr(module, "COMPARED_ON", 4)
    monkeypatch.setattr(make_int8, "CALIBRATED_ON", 4)


@pytest.fixture
def imported(tiny_networks: Path) -> InstalledModel:
    return bring_in(tiny_networks / "vgg16-7.onnx", id="mine")


def test_every_form_is_there_and_its_names_are_reserved() -> None:
    assert set(FORMS) == set(get_args(FormId))
    names = [name for form in FORMS.values() for name in (form.folder or form.record, *form.files) if name]
    assert len(set(names)) == len(names)
    assert reserved_names() >= {form.folder for form in FORMS.values() if form.folder}


def test_which_form_answers(starter: InstalledModel) -> None:
    assert resolve(starter, CPU, "exact") == "published"
    assert available(starter, CPU) == ("exact",)
    assert why_not(starter, CPU, "fast") == Why.FORM_NOT_MADE()
    assert why_not(starter, OPENVINO, "fast") == Why.FORM_CPU_ONLY()
    assert [fast_form(each) for each in (CPU, GPU, OPENVINO)] == ["int8", "half", None]
    make_form(starter, "int8")
    assert resolve(starter, CPU, "fast") == "int8"
    assert why_not(starter, GPU, "fast") == Why.FORM_NOT_MADE()
    assert open_form(starter, CPU, "fast").form == "int8"
    make_form(starter, "half")
    assert resolve(starter, GPU, "fast") == "half"


def test_one_form_and_no_other(starter: InstalledModel, imported: InstalledModel) -> None:
    assert open_form(imported, CPU, "exact").form == "mapped"
    assert open_form(imported, CPU, "exact", form="published").form == "published"
    assert why_not(imported, GPU, "exact", "winograd") == Why.FORM_CPU_ONLY()
    assert why_not(imported, CPU, "fast", "half") == Why.FORM_NOT_ON_CPU()
    with pytest.raises(FormUnavailable, match="not been prepared"):
        open_form(imported, CPU, "exact", form="winograd")
    with pytest.raises(FormUnavailable, match="part of the app"):
        make_form(starter, "mapped")


@pytest.mark.parametrize("form", ["int8", "half"])
def test_records_of_the_first_version_are_read(form: FormId, starter: InstalledModel) -> None:
    made = make_form(starter, form)
    path = graph_path(starter, form).with_suffix(".json")
    now = json.loads(path.read_text())
    graph, weights = FORMS[form].files
    old = {
        "made_for": now["fingerprint"],
        "files": {"graph": now["files"][graph], "weights": now["files"][weights]},
        "agreement": now["agreement"],
    }
    if form == "int8":
        times = {"exact_ms": now["exact_ms"], "fast_ms": now["milliseconds"]}
        old |= {**times, "own_pictures": now["own_pictures"]}
    path.write_text(json.dumps(old))
    assert find_form(starter, form) == made


def test_one_lock_for_all_that_is_done_with_a_network(imported: InstalledModel) -> None:
    with network_lock(imported):
        with pytest.raises(StoreBusy):
            make_form(imported, "half")
        with pytest.raises(StoreBusy), network_lock(imported):
            pass
    make_form(imported, "half")


def test_a_removed_network_does_not_come_back(imported: InstalledModel, tiny_networks: Path) -> None:
    shutil.rmtree(imported.path.parent)
    with network_lock(imported):
        pass
    keep_record(imported, "self-test", CPU, "exact", {"median_ms": 1.0})
    assert not imported.derived.exists()
    assert bring_in(tiny_networks / "vgg16-7.onnx", id="mine").spec.id == "mine"
    assert "devices.json" not in files_below(imported.derived)


def test_what_a_killed_process_left_of_a_form_goes(imported: InstalledModel) -> None:
    before = files_below(imported.derived)
    for name in ("features.onnx", "winograd.weights", make_int8.FLOAT_GRAPH):
        (imported.derived / name).write_bytes(b"half")
    with network_lock(imported):  # perhaps they are being made
        ensure_runtime_graph(imported)
    assert len(files_below(imported.derived)) == len(before) + 3
    ensure_runtime_graph(imported)
    assert files_below(imported.derived) == before
