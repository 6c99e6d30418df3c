"""The Help menu: first steps, all keys, and a report without anything private."""

import os
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drop, wait_until_done
from tests.ui.conftest import MakePicture, StartApp
from vgg_desktop import __version__, logs, paths
from vgg_desktop.errors import StorageError
from vgg_desktop.settings import Settings
from vgg_desktop.ui.actions import plain_text
from vgg_desktop.ui.app import App
from vgg_desktop.ui.help.first_steps import FirstSteps
from vgg_desktop.ui.help.keys_dialog import KeysDialog
from vgg_desktop.ui.help.report import make_report, without_private
from vgg_desktop.ui.help.report_dialog import ReportDialog
from vgg_desktop.why import Why


def open_keys(app: App) -> KeysDialog:
    QTest.keyClick(app.window, Qt.Key.Key_F1)
    dialog = app.window.findChild(KeysDialog)
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_f1_lists_every_key_of_the_menus(app: App) -> None:
    dialog = open_keys(app)
    listed = {(each.text, keys) for each in dialog.keys for keys in each.keys.split(", ")}
    for action in app.window.actions():
        if action.shortcut().isEmpty() or not action.isVisible():
            continue
        native = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert (plain_text(action).removesuffix("…"), native) in listed
    groups = list(dict.fromkeys(each.group for each in dialog.keys))
    assert groups[:4] == ["File", "Edit", "View", "Network"]
    assert {"List of pictures", "Picture", "Bars", "Everywhere"} <= set(groups)


def test_the_table_is_read_by_row_and_copied(app: App) -> None:
    dialog = open_keys(app)
    model = dialog.table.model()
    rows = [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]
    assert rows[0] == ("File", None)
    assert ("Filter", "Ctrl+F") in rows
    assert dialog.focusWidget() is dialog.table
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert "Ctrl+F\tFilter" in QGuiApplication.clipboard().text()
    assert dialog.copy_button.text() == "Copied"


def test_keys_follow_what_actions_are_called_and_keys_of_media_are_left_out(app: App) -> None:
    extra = QAction("Next page", app.window)
    extra.setShortcuts([QKeySequence("Ctrl+2"), QKeySequence(Qt.Key.Key_Forward)])
    app.window.addAction(extra)
    app.session.pictures.pause(True)
    dialog = open_keys(app)
    listed = {each.text: each for each in dialog.keys}
    assert listed["Resume"].keys == "Ctrl+P"
    assert (listed["Next page"].group, listed["Next page"].keys) == ("Window", "Ctrl+2")


def test_first_steps_are_five_points_with_the_keys_that_work(app: App) -> None:
    app.window.actions_["first_steps"].trigger()
    dialog = app.window.findChild(FirstSteps)
    assert dialog is not None
    assert len(dialog.points) == 5
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for name in ("paste", "folder", "save", "import"):
        keys = app.window.actions_[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert f"({keys})" in shown
    for _, title, text in dialog.points:
        assert title in dialog.text()
        assert text in dialog.text()


# The report


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home folder with the name of its user."""
    home = tmp_path / "home" / "adalovelace"
    home.mkdir(parents=True)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("USER", "adalovelace")
    return home


def test_the_report_has_what_helps_and_nothing_private(
    start_app: StartApp, qtbot: QtBot, make_picture: MakePicture, home: Path
) -> None:
    app = start_app(Settings(models_folder=str(home / "nets"), recent=(str(home / "secret folder"),)))
    picture = make_picture("my holiday.png")
    drop(app, picture)
    wait_until_done(app, qtbot, 1)
    crash = paths.log_folder() / "crash-previous.log"
    crash.parent.mkdir(parents=True, exist_ok=True)
    crash.write_text(f'Fatal Python error\n  File "{home}/app/vgg.py", line 3 in run\n', "utf-8")
    os.utime(crash, (0, time.mktime((2026, 3, 1, 12, 0, 0, 0, 0, -1))))
    app.window.actions_["report"].trigger()
    dialog = app.window.findChild(ReportDialog)
    assert dialog is not None
    assert "models_folder: set" in dialog.text()  # at once, before the devices are known
    qtbot.waitUntil(dialog.waiting.isHidden, timeout=WAIT)
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    for part in (
        *(f"VGG Desktop {__version__}", "Devices:", "onnxruntime: ", "Self-tests:"),
        *("model: everyday", "recent: 2 entries", "Last crash:\n2026-03-01 12:00\nFatal Python error"),
        'File "~/app/vgg.py", line 3',
    ):
        assert part in text
    for private in ("adalovelace", "my holiday", "secret folder", str(home), str(paths.config_folder())):
        assert private not in text


def test_the_diagnostics_of_the_devices_page_are_its_own(app: App, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("mine")
    app.window.show_page("devices")
    app.window.actions_["report"].trigger()
    dialog = app.window.findChild(ReportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.waiting.isHidden, timeout=WAIT)
    assert QGuiApplication.clipboard().text() == "mine"  # nothing is copied that was not asked for


def test_what_keeps_the_devices_from_being_listed_is_in_the_report(app: App, home: Path) -> None:
    app.window.actions_["report"].trigger()
    dialog = app.window.findChild(ReportDialog)
    assert dialog is not None
    app.session.measurements.failed.emit(StorageError(home / "x", Why.SYSTEM_PERMISSION()))
    assert dialog.waiting.isHidden()
    assert f"~{os.sep}x" in dialog.text()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{home}/nets/x.onnx", "~/nets/x.onnx"),
        ("{home}2/nets", "adalovelace2/nets"),
        ("/media/adalovelace/stick", "/media/user/stick"),
        ("adalovelace is a word here", "adalovelace is a word here"),
    ],
)
def test_private_parts_of_paths(text: str, shown: str, home: Path) -> None:
    assert without_private(text.format(home=home)).endswith(shown)


def test_without_a_crash_it_says_so(app_home: Path) -> None:
    assert logs.last_crash() == ""
    assert make_report(Settings(), "").endswith("Last crash: none")
