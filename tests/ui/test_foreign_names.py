"""Names from outside are shown as they are, where Qt would read mnemonics or HTML in them."""

import functools
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.support.devices import GPU, Devices
from tests.support.waiting import WAIT, drop, wait_until_done
from tests.ui.conftest import MakePicture, StartApp
from tests.ui.networks.test_downloads import own_network
from vgg_desktop.inference.devices.listing import CPU, Device, DeviceStatus
from vgg_desktop.models.details import read_details
from vgg_desktop.settings import Settings
from vgg_desktop.ui.look.widgets import confirm, plain_tool_tip

BOLD = "[b]" if sys.platform == "win32" else "<b>"  # no name of a file there has angle brackets
NAME = f"R&D {BOLD}&x"


def shown(tip: str) -> str:
    """Return a tool tip as Qt shows it."""
    return QTextDocumentFragment.fromHtml(tip).toPlainText() if "<" in tip or "&lt;" in tip else tip


def check(window: QWidget) -> int:
    """Fail where the name loses a character in a window; return how often it is there."""
    count = 0
    parts: list[QWidget | QAction] = [*window.findChildren(QWidget), *window.findChildren(QAction)]
    for each in parts:
        if isinstance(each, QLabel) and NAME in each.text():
            assert each.textFormat() is Qt.TextFormat.PlainText
            assert each.buddy() is None
            count += 1
        elif isinstance(each, QAbstractButton | QAction) and BOLD in each.text():
            assert NAME in each.text().replace("&&", "&")
            assert "&" not in each.text().replace("&&", "")
            count += 1
        if "D " in each.toolTip():
            assert NAME in shown(each.toolTip()) or "R&" not in shown(each.toolTip())
    return count


def found(window: QWidget) -> bool:
    return check(window) > 0


def test_a_network_and_a_device_with_signs_in_their_names(
    start_app: StartApp,
    qtbot: QtBot,
    tmp_path: Path,
    make_picture: MakePicture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    device = Device("dml:0", NAME, GPU.provider, kind="gpu")
    Devices(monkeypatch).statuses[:] = [DeviceStatus(device), DeviceStatus(CPU)]
    app = start_app(Settings(device=device.id))
    window, choice = app.window, app.session.choice
    labels, how = tmp_path / "labels.txt", tmp_path / "how.toml"
    labels.write_text("tulip\nrose\ndaisy\n")
    how.write_text("crop = 16\nscale = 255\nmean = [0.5, 0.5, 0.5]\nstd = [0.2, 0.2, 0.2]\n")
    with qtbot.waitSignal(app.downloads.imported, timeout=WAIT) as imported:
        app.downloads.import_file(own_network(tmp_path / f"{NAME}.onnx"), read_details(labels, how))
    assert imported.args is not None
    choice.use(imported.args[0])
    folder = make_picture(f"{NAME}/a.png").parent
    drop(app, folder)
    wait_until_done(app, qtbot, 1)
    window.commands.open_paths([folder])
    window.recent.aboutToShow.emit()
    window.device_chip.menu().aboutToShow.emit()
    window.resize(2000, 900)
    qtbot.waitUntil(
        lambda: window.device_chip.text() == window.network_button.text() == NAME.replace("&", "&&"),
        timeout=WAIT,
    )
    assert window.recent.actions()[0].text() == NAME.replace("&", "&&")
    assert check(window) >= 4
    for name in ("networks", "devices"):
        qtbot.waitUntil(functools.partial(found, window.show_page(name)), timeout=WAIT)
    assert NAME in shown(window.network_button.toolTip())
    assert NAME in shown(window.device_chip.toolTip())
    index = app.session.pictures.model.index(0, 0)
    assert shown(index.data(Qt.ItemDataRole.ToolTipRole)) == str(folder / "a.png")


def test_a_question_shows_a_name_as_it_is(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[QMessageBox] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box))
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not confirm(parent, "Move", f"Move to <b>{NAME}</b>?", "Move")
    assert asked[0].textFormat() is Qt.TextFormat.PlainText


def test_tool_tips_are_no_html() -> None:
    assert plain_tool_tip("plain & simple") == "plain & simple"
    text = "a<b>&amp; & </b>\nline"
    assert shown(plain_tool_tip(text)) == text
