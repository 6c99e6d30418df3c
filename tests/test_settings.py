"""Settings: sparse, and never in the way of the start."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from vgg_desktop import settings
from vgg_desktop.settings import Settings


def test_only_what_differs_is_written(app_home: Path) -> None:
    settings.save(replace(Settings(), model="vgg19"))
    assert json.loads((app_home / "config" / "settings.json").read_text()) == {"model": "vgg19"}
    assert settings.load() == Settings(model="vgg19")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "\x00", '{"model": 5, "top_k": "x"}', '{"top_k": 0, "new": 1}']
)
def test_broken_settings_never_stop_the_start(text: str, app_home: Path) -> None:
    file = app_home / "config" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert settings.load() == Settings()


def test_unwritable_folder_costs_nothing_else(app_home: Path) -> None:
    app_home.mkdir()
    (app_home / "config").write_text("in the way")
    settings.save(Settings(model="vgg19"))
    assert settings.load() == Settings()
