"""The empty window's invitation, and what a drag says over it and over pictures."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vgg_desktop.images.kinds import FORMAT_NAMES
from vgg_desktop.ui.drop_overlay import DropOverlay
from vgg_desktop.ui.look.appearance import palette
from vgg_desktop.ui.welcome import Welcome

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def actions() -> list[QAction]:
    found = []
    for text, keys in (("&Open pictures…", "Ctrl+O"), ("Rock && &roll", "F5"), ("No key", "")):
        action = QAction(text)
        action.setShortcut(QKeySequence(keys))
        found.append(action)
    return found


@pytest.fixture
def welcome(qtbot: QtBot, actions: list[QAction]) -> Welcome:
    made = Welcome(actions)
    qtbot.addWidget(made)
    made.resize(800, 560)
    made.show()
    qtbot.waitExposed(made)
    return made


def texts(welcome: Welcome) -> list[str]:
    return [label.text() for label in welcome.findChildren(QLabel) if label.isVisible()]


def test_says_what_can_be_dropped(welcome: Welcome) -> None:
    said = " ".join(texts(welcome))
    assert "Drop pictures here" in said
    assert all(name in said for name in FORMAT_NAMES)
    assert ".onnx" in said


def test_shortcuts_are_those_of_the_actions_also_later(welcome: Welcome, actions: list[QAction]) -> None:
    keys = actions[0].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    assert {keys, "Open pictures…", "Rock & roll", "F5"} <= set(texts(welcome))
    assert "No key" not in texts(welcome)
    actions[1].setShortcut(QKeySequence("F8"))
    actions[2].setShortcut(QKeySequence("F9"))
    assert {"F8", "No key", "F9"} <= set(texts(welcome))
    assert "F5" not in texts(welcome)


def test_buttons_ask_for_pictures_and_folders(welcome: Welcome, qtbot: QtBot) -> None:
    with qtbot.waitSignal(welcome.openRequested), qtbot.assertNotEmitted(welcome.folderRequested):
        QTest.mouseClick(welcome.open_button, LEFT)
    with qtbot.waitSignal(welcome.folderRequested), qtbot.assertNotEmitted(welcome.openRequested):
        QTest.mouseClick(welcome.folder_button, LEFT)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_buttons_are_pressed_with_keys(welcome: Welcome, qtbot: QtBot, key: Qt.Key) -> None:
    welcome.open_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(welcome.open_button.hasFocus)
    with qtbot.waitSignal(welcome.openRequested):
        QTest.keyClick(welcome.open_button, key)
    QTest.keyClick(welcome.open_button, Qt.Key.Key_Tab)
    assert welcome.folder_button.hasFocus()
    with qtbot.waitSignal(welcome.folderRequested):
        QTest.keyClick(welcome.folder_button, key)


def test_click_anywhere_opens_pictures(welcome: Welcome, qtbot: QtBot) -> None:
    for place in (QPoint(30, 30), QPoint(400, 150), QPoint(770, 530)):
        target = welcome.childAt(place) or welcome
        assert target.cursor().shape() is Qt.CursorShape.PointingHandCursor
        with qtbot.waitSignal(welcome.openRequested):
            QTest.mouseClick(target, LEFT, pos=target.mapFrom(welcome, place))
    with qtbot.assertNotEmitted(welcome.openRequested):
        QTest.mouseClick(welcome, Qt.MouseButton.RightButton, pos=QPoint(30, 30))
        QTest.mousePress(welcome, LEFT, pos=QPoint(30, 30))
        QTest.mouseRelease(welcome, LEFT, pos=QPoint(-30, 30))


def test_little_room_leaves_out_the_shortcuts_first(welcome: Welcome, qtbot: QtBot) -> None:
    welcome.resize(420, 240)
    qtbot.waitUntil(lambda: "F5" not in texts(welcome))
    assert "Drop pictures here" in texts(welcome)
    assert welcome.open_button.isVisible()
    welcome.resize(800, 560)
    qtbot.waitUntil(lambda: "F5" in texts(welcome))
    assert welcome.minimumSizeHint().height() <= 300


def test_examples_are_offered_when_there_are_some(qtbot: QtBot, tmp_path: Path) -> None:
    paths = []
    for name in ("a", "b", "c", "d"):
        paths.append(tmp_path / f"{name}.png")
        Image.new("RGB", (300, 200), "teal").save(paths[-1])
    welcome = Welcome([], paths)
    qtbot.addWidget(welcome)
    welcome.show()
    buttons = welcome.findChildren(QToolButton)
    assert [button.accessibleName() for button in buttons] == ["a", "b", "c"]
    assert not any(button.icon().isNull() for button in buttons)
    with qtbot.waitSignal(welcome.exampleChosen) as chosen, qtbot.assertNotEmitted(welcome.openRequested):
        QTest.mouseClick(buttons[1], LEFT)
    assert chosen.args == [paths[1]]


def test_no_row_of_examples_without_any(welcome: Welcome) -> None:
    assert welcome.findChildren(QToolButton) == []
    assert not any("try one" in text for text in texts(welcome))


def test_palette_is_followed(welcome: Welcome) -> None:
    for dark in (True, False):
        welcome.setPalette(palette(dark))
        image = welcome.grab().toImage()
        assert (image.pixelColor(3, 3).lightness() < 128) is dark
        assert (image.pixelColor(40, 280).lightness() < 128) is dark


def test_overlay_covers_its_parent_and_lets_the_mouse_through(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    button = QPushButton("below")
    QVBoxLayout(parent).addWidget(button)
    overlay = DropOverlay(parent)
    parent.resize(400, 300)
    parent.show()
    assert not overlay.isVisible()
    before = parent.grab().toImage()
    overlay.show_over("This cannot be opened: text", False)
    assert overlay.geometry() == parent.rect()
    assert parent.grab().toImage() != before
    assert overlay.accessibleDescription() == "This cannot be opened: text"
    parent.resize(500, 200)
    assert overlay.geometry() == parent.rect()
    assert parent.childAt(button.geometry().center()) is button
    overlay.hide()
    parent.resize(400, 300)
    assert parent.grab().toImage() == before


@pytest.mark.parametrize("size", [(40, 30), (200, 60), (1600, 1000)])
def test_overlay_takes_any_size_and_long_reasons(qtbot: QtBot, size: tuple[int, int]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(*size)
    parent.show()
    overlay = DropOverlay(parent)
    overlay.show_over("A long reason why this is not possible. " * 10, False)
    assert not parent.grab().isNull()
