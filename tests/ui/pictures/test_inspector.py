"""One picture in the inspector: its tabs, a previous answer, and stepping through the pictures."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drop, wait_until_done
from tests.ui.conftest import MakePicture, StartApp
from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.inference.results import Classification
from vgg_desktop.models.catalog import Preprocessing
from vgg_desktop.ui.app import App
from vgg_desktop.ui.pictures.facts_panel import BREAK, VALUE, breakable
from vgg_desktop.ui.pictures.inspector import Inspector
from vgg_desktop.ui.pictures.provenance import about_answer
from vgg_desktop.ui.pictures.rows import RowState
from vgg_desktop.why import Why

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
CLICK = Qt.MouseButton.LeftButton


def photograph(path: Path) -> Path:
    """Write a photograph as a camera does, lying on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Canon", "Canon EOS 5D", 6
    exif.get_ifd(0x8769)[0x9003] = "2024:05:31 18:02:11"
    Image.new("RGB", (400, 300), "teal").save(path, exif=exif)
    return path


@pytest.fixture
def inspector(app: App, qtbot: QtBot, make_picture: MakePicture) -> Inspector:
    """Return the inspector of a window with three pictures, the first of which is shown."""
    drop(app, *(make_picture(f"{number}.png", number) for number in range(3)))
    wait_until_done(app, qtbot, 3)
    panel = app.window.result_panel
    qtbot.waitUntil(lambda: panel.row is not None and panel.row.path.name == "0.png", timeout=WAIT)
    return panel


def facts_of(panel: Inspector) -> dict[str, str]:
    """Return captions and values as the clipboard gets them."""
    lines = (line.partition("\t") for line in panel.facts.text().splitlines() if "\t" in line)
    return {caption: value for caption, _, value in lines}


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


# Tabs


def test_keys_switch_tabs(inspector: Inspector, qtbot: QtBot) -> None:
    QTest.keyClick(inspector.window(), Qt.Key.Key_C, ALT)
    assert inspector.facts.isVisible()
    QTest.keyClick(inspector.window(), Qt.Key.Key_A, ALT)
    assert inspector.answer.isVisible()
    for start in (inspector.view, inspector.bars):
        start.setFocus()
        QTest.keyClick(start, Qt.Key.Key_Tab, CONTROL)
        assert inspector.facts.isVisible()
        QTest.keyClick(QApplication.focusWidget() or start, Qt.Key.Key_Tab, CONTROL)
        assert inspector.answer.isVisible()
    inspector.tabs.setCurrentIndex(1)
    inspector.facts.setFocus()
    QTest.keyClick(inspector.facts, Qt.Key.Key_Tab, CONTROL)
    assert inspector.answer.isVisible()


def test_tab_goes_from_the_picture_down(inspector: Inspector, app: App, make_picture: MakePicture) -> None:
    def after(start: QWidget) -> list[QWidget | None]:
        start.setFocus()
        found = []
        for _ in range(3):
            QTest.keyClick(QApplication.focusWidget() or start, Qt.Key.Key_Tab)
            found.append(QApplication.focusWidget())
        return found

    tabs, copy, stepping = inspector.tabs.tabBar(), inspector.copy_button, inspector.stepping
    assert after(inspector.view) == [stepping.next, tabs, copy]
    assert after(tabs)[:2] == [copy, inspector.bars]
    inspector.tabs.setCurrentIndex(1)
    assert after(tabs)[:2] == [copy, inspector.facts]
    inspector.tabs.setCurrentIndex(0)
    row = app.session.pictures.model.rows()[0]
    app.session.pictures.model.set_state(row, RowState.FAILED, ImageUnreadable(row.path, Why.FILE_EMPTY()))
    error = inspector.error
    assert after(copy) == [error.retry, error.copy, error.remove]


def test_the_chosen_tab_is_kept(start_app: StartApp, qtbot: QtBot) -> None:
    first = start_app()
    first.window.result_panel.tabs.setCurrentIndex(1)
    first.frame.close()
    assert start_app().window.result_panel.tabs.currentIndex() == 1


def test_the_facts_of_a_photograph(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    path = photograph(tmp_path / "beach.jpg")
    drop(app, path)
    wait_until_done(app, qtbot, 1)
    panel = app.window.result_panel
    qtbot.waitUntil(lambda: "Camera" in facts_of(panel), timeout=WAIT)
    found, result = facts_of(panel), panel.classification
    assert result is not None
    spec = app.session.choice.spec
    assert found["File"] == "beach.jpg"
    assert found["Folder"] == str(tmp_path)
    assert found["Dimensions"] == "300 × 400 pixels"
    assert found["Camera"] == "Canon EOS 5D"
    assert found["Taken"].startswith("5/31/2")  # with two or four digits of the year
    assert found["Size"].endswith(("kB", "bytes"))
    assert found["Network"] == f"{spec.title} ({spec.id})"
    assert found["SHA-256"] == spec.sha256
    assert found["Device"] == "CPU"
    assert found["Execution provider"] == "CPUExecutionProvider"
    assert found["Precision"] == "Exact"
    assert found["Versions"].startswith("vgg-desktop ")
    assert found["Time"].count(" ms") == 4
    assert len(found) >= 16


def test_preprocessing_in_words(inspector: Inspector, app: App) -> None:
    result = inspector.classification
    assert result is not None

    def words(made: Preprocessing) -> list[str]:
        facts = dict(about_answer(replace(result, preprocessing=made), app.session))
        return facts["Preprocessing"].splitlines()

    assert words(Preprocessing(256, 224, "bicubic", mean=(0.5, 0.25, 0), std=(2, 2, 2))) == [
        "Shorter side resized to 256 pixels (bicubic)",
        "Cropped to the middle 224 × 224 pixels",
        "RGB, values / 255",
        "Mean 0.5, 0.25, 0; standard deviation 2, 2, 2",
    ]
    assert words(Preprocessing((40, 60), (40, 60), "lanczos", False, "grey", 1.0, (0.0,), (1.0,))) == [
        "Squashed to 60 × 40 pixels (Lanczos)",
        "Grey, values / 1",
        "Mean 0; standard deviation 1",
    ]
    assert words(Preprocessing((40, 60), 40))[:2] == [
        "Resized to cover 60 × 40 pixels (bilinear)",
        "Cropped to the middle 40 × 40 pixels",
    ]


def test_facts_are_selected_and_copied(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.tabs.setCurrentIndex(1)
    table, result = inspector.facts, inspector.classification
    assert result is not None
    (caption,) = table.findItems("SHA-256", Qt.MatchFlag.MatchExactly)
    index = table.model().index(caption.row(), VALUE)
    assert BREAK in index.data()  # it can be broken into lines
    table.scrollTo(index)
    QTest.mouseClick(table.viewport(), CLICK, pos=table.visualRect(index).topLeft() + QPoint(5, 5))
    QTest.keyClick(table, Qt.Key.Key_C, CONTROL)
    assert clipboard() == result.sha256
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, CONTROL)
    assert clipboard() == f"SHA-256\t{result.sha256}\nDevice\tCPU"
    QTest.mouseClick(inspector.copy_button, CLICK)
    assert clipboard() == table.text()
    assert clipboard().startswith("Picture\nFile\t0.png\n")
    assert BREAK not in clipboard()


def test_screen_readers_hear_caption_and_value(inspector: Inspector) -> None:
    inspector.tabs.setCurrentIndex(1)
    table = QAccessible.queryAccessibleInterface(inspector.facts)
    assert table.role() is QAccessible.Role.Table
    names = [table.child(each).text(QAccessible.Text.Name) for each in range(table.childCount())]
    assert "File: 0.png" in names
    assert "Device: CPU" in names


def test_only_long_words_are_broken() -> None:
    assert breakable("a short text") == "a short text"
    assert breakable("a" * 20 + " b") == "a" * 16 + BREAK + "aaaa b"


def test_the_copy_button_copies_the_answer(inspector: Inspector) -> None:
    QTest.mouseClick(inspector.copy_button, CLICK)
    assert clipboard() == inspector.bars.text() != ""


def test_a_broken_picture_has_facts_too(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    broken = make_picture("broken.jpg")
    broken.write_bytes(broken.read_bytes()[:300])
    drop(app, broken)
    wait_until_done(app, qtbot, 1)
    panel = app.window.result_panel
    qtbot.waitUntil(lambda: "Size" in facts_of(panel), timeout=WAIT)
    assert facts_of(panel).keys() == {"File", "Folder", "Size", "Modified"}
    assert panel.error.isVisible()
    QTest.mouseClick(panel.copy_button, CLICK)
    assert clipboard().startswith("image-unreadable")


# A previous answer


@pytest.fixture
def waiting(inspector: Inspector, app: App) -> Callable[[str], Classification]:
    """Return what lets all pictures wait again, the first one with the answer of another network."""

    def wait(model: str) -> Classification:
        row, pictures = app.session.pictures.model.rows()[0], app.session.pictures
        assert row.classification is not None
        old = replace(row.classification, model=model)
        pictures.model.set_result(row, old)
        pictures.model.wait_again([row])
        return old

    return wait


def test_a_previous_answer_is_named(
    waiting: Callable[[str], Classification], inspector: Inspector, app: App
) -> None:
    others = [each for each in app.downloads.specs() if each.id != app.session.choice.spec.id]
    title = app.session.choice.spec.title
    waiting(others[0].id)
    line = f"{others[0].title}'s answer; {title} is computing…"
    assert inspector.answer.previous.text() == line
    assert inspector.answer.previous.isVisible()
    assert inspector.bars.predictions
    assert not inspector.bars.isEnabled()
    assert QAccessible.queryAccessibleInterface(inspector.bars).text(QAccessible.Text.Name) == line
    assert f"\n{line}\nNetwork\t{others[0].title}" in inspector.facts.text()
    assert inspector.announcement() == ""
    assert not inspector.copy_button.isEnabled()
    assert inspector.answer.text() == ""
    app.session.pictures.pause(True)
    assert inspector.answer.previous.text() == f"{others[0].title}'s answer; {title} is paused"
    waiting("gone")
    assert inspector.answer.previous.text() == f"gone's answer; {title} is paused"
    app.session.pictures.stop()
    assert inspector.answer.previous.text() == f"gone's answer; {title} was stopped"
    waiting(app.session.choice.spec.id)
    assert inspector.answer.previous.text() == f"Previous answer; {title} is computing…"


def test_a_previous_answer_is_dimmed_in_the_facts(
    waiting: Callable[[str], Classification], inspector: Inspector
) -> None:
    inspector.tabs.setCurrentIndex(1)

    def ink(caption: str) -> QColor:
        (item,) = inspector.facts.findItems(caption, Qt.MatchFlag.MatchExactly)
        value = inspector.facts.item(item.row(), VALUE)
        assert value is not None
        return value.foreground().color()

    usual = ink("File")
    assert ink("Device") == usual
    waiting("gone")
    assert ink("File") == usual
    assert ink("Device") != usual


def test_a_current_answer_has_no_such_line(
    waiting: Callable[[str], Classification], inspector: Inspector, app: App, qtbot: QtBot
) -> None:
    waiting("gone")
    row = app.session.pictures.model.rows()[0]
    app.session.pictures.stop()
    app.session.pictures.retry([row])
    qtbot.waitUntil(lambda: row.state is RowState.DONE, timeout=WAIT)
    assert not inspector.answer.previous.isVisible()
    assert inspector.bars.isEnabled()
    assert inspector.bars.accessibleName() == "Most probable classes"
    assert "\nAnswer\n" in inspector.facts.text()


# Stepping


def test_keys_and_buttons_step(inspector: Inspector, app: App, qtbot: QtBot) -> None:
    def name() -> str:
        return inspector.row.path.name if inspector.row is not None else ""

    stepping = inspector.stepping
    assert not stepping.next.isVisible()
    inspector.view.setFocus()
    qtbot.waitUntil(stepping.next.isVisible)
    assert stepping.position.text() == "1 of 3"
    assert not stepping.previous.isEnabled()
    QTest.keyClick(inspector.view, Qt.Key.Key_Right)
    assert (name(), stepping.position.text()) == ("1.png", "2 of 3")
    QTest.mouseClick(stepping.next, CLICK)
    assert (name(), stepping.position.text()) == ("2.png", "3 of 3")
    assert not stepping.next.isEnabled()
    QTest.keyClick(inspector.view, Qt.Key.Key_PageUp)
    assert name() == "1.png"
    QTest.mouseClick(stepping.previous, CLICK)
    assert name() == "0.png"
    app.window.list_panel.filter.setText("1.png")
    qtbot.waitUntil(lambda: stepping.position.text() == "1 of 1", timeout=WAIT)
    assert not stepping.next.isVisible()


def test_the_keyboard_stays_on_the_picture_at_the_last_one(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.view.setFocus()
    qtbot.waitUntil(inspector.stepping.next.isVisible)
    QTest.keyClick(inspector.view, Qt.Key.Key_Tab)
    assert inspector.stepping.next.hasFocus()
    assert inspector.stepping.next.isVisible()
    QTest.keyClick(inspector.stepping.next, Qt.Key.Key_Space)
    QTest.keyClick(inspector.stepping.next, Qt.Key.Key_Space)
    assert inspector.row is not None
    assert inspector.row.path.name == "2.png"
    assert inspector.view.hasFocus()


def test_buttons_appear_with_the_pointer(inspector: Inspector) -> None:
    place = QPointF(50, 50)
    inspector.view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QApplication.sendEvent(inspector.view, QEnterEvent(place, place, place))
    assert inspector.stepping.next.isVisible()
    inspector.view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QApplication.sendEvent(inspector.view, QEvent(QEvent.Type.Leave))
    assert not inspector.stepping.next.isVisible()
