"""Exact and Fast from the window's side: made when first asked for, never silently, and told what it is worth."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.classifiers import bring_in, classifier, write_details
from tests.support.waiting import WAIT, drop, wait_until_done, wait_until_idle
from tests.ui.conftest import MakePicture, StartApp
from vgg_desktop import settings
from vgg_desktop.inference.forms import make_int8
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _few_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_int8, "CALIBRATED_ON", 4)
    monkeypatch.setattr(make_int8, "COMPARED_ON", 8)


@pytest.fixture
def app(start_app: StartApp, qtbot: QtBot) -> App:
    """Return the app with the starter network on the CPU, whose 8-bit form is made within seconds."""
    app = start_app(Settings(model="starter", device="cpu"))
    qtbot.waitExposed(app.window)
    return app


def precisions(app: App) -> set[str]:
    return {row.classification.precision for row in app.session.pictures.model.rows() if row.classification}


def make_fast(app: App, qtbot: QtBot) -> None:
    switch = app.window.precision_switch
    qtbot.waitUntil(lambda: app.session.devices.loaded is not None, timeout=WAIT)
    QTest.mouseClick(switch.fast, LEFT)
    assert switch.exact.isChecked()  # it is not in use before it is there
    qtbot.waitUntil(lambda: app.session.fast.fraction is None, timeout=WAIT)


def test_fast_is_made_used_and_left_again(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    drop(app, make_picture("a.png"), make_picture("b.png"))
    wait_until_done(app, qtbot, 2)
    assert precisions(app) == {"exact"}
    make_fast(app, qtbot)
    if app.session.fast.model is None:
        pytest.skip("on this computer it is not faster, and so it is not offered")
    wait_until_done(app, qtbot, 2)
    qtbot.waitUntil(lambda: precisions(app) == {"fast"}, timeout=WAIT)
    switch = app.window.precision_switch
    assert switch.fast.isChecked()
    assert "Fast" in app.window.status.text()
    assert "8" in app.window.info_bar.text.text()  # pictures it was compared on
    app.session.settings.save()
    assert settings.load().precision == "fast"
    QTest.mouseClick(switch.exact, LEFT)
    wait_until_done(app, qtbot, 2)
    qtbot.waitUntil(lambda: precisions(app) == {"exact"}, timeout=WAIT)


def test_next_start_finds_it(app: App, start_app: StartApp, qtbot: QtBot, make_picture: MakePicture) -> None:
    make_fast(app, qtbot)
    if app.session.fast.model is None:
        pytest.skip("on this computer it is not faster, and so it is not offered")
    app.session.settings.save()
    again = start_app(settings.load())
    drop(again, make_picture("a.png"))
    wait_until_done(again, qtbot, 1)
    assert precisions(again) == {"fast"}
    qtbot.waitUntil(again.window.precision_switch.fast.isChecked, timeout=WAIT)


def test_the_making_is_stopped_by_exact(app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_int8, "CALIBRATED_ON", 4000)
    qtbot.waitUntil(lambda: app.session.devices.loaded is not None, timeout=WAIT)
    switch = app.window.precision_switch
    QTest.mouseClick(switch.fast, LEFT)
    qtbot.waitUntil(lambda: "%" in switch.fast.text(), timeout=WAIT)
    assert switch.fast.isEnabled()  # its progress is to be read
    QTest.mouseClick(switch.exact, LEFT)
    wait_until_idle(app.queues.inference, qtbot)
    assert switch.exact.isChecked()
    assert switch.fast.isEnabled()
    assert app.session.choice.precision == "exact"


def test_a_network_of_another_shape_says_why_not(start_app: StartApp, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "other.onnx"
    file.write_bytes(classifier().SerializeToString())
    imported = bring_in(file, **write_details(tmp_path)).spec
    app = start_app(Settings(model=imported.id))
    switch = app.window.precision_switch
    qtbot.waitUntil(lambda: not switch.fast.isEnabled(), timeout=WAIT)
    assert "VGG" in switch.fast.toolTip()
