"""What was found out about devices: lost to no other writer, and to no network that was removed."""

import json
import subprocess
import sys
from pathlib import Path

import onnx
import pytest

from tests.support.classifiers import bring_in, classifier, write_details
from vgg_desktop.inference.devices import records
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.devices.records import find_record, keep_record
from vgg_desktop.models.store import InstalledModel, ModelStore, network_lock

WRITER = """
import sys
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.devices.records import keep_record
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import ModelStore

installed = ModelStore().get(find(load_catalog(), "starter"))
sys.stdin.readline()
for number in range(60):
    keep_record(installed, f"{sys.argv[1]}-{number}", CPU, "exact", {"number": number})
"""


def test_two_processes_that_write_at_once_lose_nothing(starter: InstalledModel) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, name], stdin=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    for each in writers:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    for each in writers:
        each.communicate(timeout=60)
        assert each.returncode == 0
    assert len(json.loads((starter.derived / "devices.json").read_text("utf-8"))) == 120


def test_whoever_holds_the_lock_for_long_costs_a_record_and_no_more(
    starter: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_TIMEOUT", 0.1)
    keep_record(starter, "a", CPU, "exact", {"number": 1})
    with network_lock(starter):
        keep_record(starter, "a", CPU, "exact", {"number": 2})
    assert find_record(starter, "a", CPU, "exact") == {"number": 1}


def test_what_is_kept_late_does_not_bring_a_removed_network_back(tmp_path: Path) -> None:
    path = tmp_path / "mine.onnx"
    onnx.save(classifier(), path)
    mine = bring_in(path, **write_details(tmp_path))
    ModelStore().remove(mine.spec)
    keep_record(mine, "a", CPU, "exact", {"number": 1})
    assert not mine.derived.exists()
    assert bring_in(path, **write_details(tmp_path)).spec.id == mine.spec.id == "mine"


def test_records_of_an_older_format_are_found_out_again(
    starter: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "FORMAT", records.FORMAT - 1)
    keep_record(starter, "a", CPU, "exact", {"number": 1})
    monkeypatch.undo()
    assert find_record(starter, "a", CPU, "exact") is None
