"""`classify --precision fast`: made when first asked for, said on stderr, and named in every result."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.classifiers import bring_in, classifier, write_details
from vgg_desktop.cli import main
from vgg_desktop.inference.forms import make_int8
from vgg_desktop.inference.forms.form import Agreement, FormRecord
from vgg_desktop.inference.forms.registry import find_form, graph_path
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import ModelStore
from vgg_desktop.paths import resource
from vgg_desktop.terminal import agreement_text

SHIP = str(resource("examples") / "ship.jpg")
CLASSIFY = ["classify", "--json", "--model", "starter", "--precision", "fast"]


@pytest.fixture(autouse=True)
def _few_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_int8, "CALIBRATED_ON", 4)
    monkeypatch.setattr(make_int8, "COMPARED_ON", 4)


def results(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_made_once_and_then_used(capfd: pytest.CaptureFixture[str]) -> None:
    assert main([*CLASSIFY, SHIP]) == 0
    out, err = capfd.readouterr()
    (result,) = results(out)
    assert (result["precision"], result["device"]) == ("fast", "cpu")
    assert result["predictions"][0]["label"] == "ship"
    assert "same class as Exact" in err
    assert "\r" not in err  # no bar where nobody watches
    installed = ModelStore().get(find(load_catalog(), "starter"))
    assert find_form(installed, "int8") is not None
    graph = graph_path(installed, "int8")
    before = graph.stat().st_mtime_ns
    assert main([*CLASSIFY, "--device", "cpu", SHIP]) == 0
    assert graph.stat().st_mtime_ns == before
    assert main(["classify", "--json", "--model", "starter", SHIP]) == 0
    assert results(capfd.readouterr().out)[-1]["precision"] == "exact"


def test_networks_without_fast_say_why(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.onnx"
    path.write_bytes(classifier().SerializeToString())
    bring_in(path, **write_details(tmp_path))
    assert main(["classify", "--model", "other", "--precision", "fast", SHIP]) == 3
    out, err = capfd.readouterr()
    assert out == ""
    assert "cannot be used in its fast form" in err


def test_warns_where_fast_is_not_to_be_relied_on() -> None:
    fine = FormRecord(None, Agreement(64, 0.984375, 0.98, 0.05), 45.0, 165.0)
    assert "Warning" not in agreement_text(fine)
    assert "98.4 % of 64 pictures" in agreement_text(fine)
    poor = FormRecord(None, Agreement(64, 0.95, 0.9, 0.5), 160.0, 165.0)
    assert "Warning" in agreement_text(poor)
    assert "not faster" in agreement_text(poor)
