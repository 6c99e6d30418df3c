"""One picture on the whole screen: what is shown, the keys, and the way back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drop, wait_until_done
from tests.ui.conftest import MakePicture
from vgg_desktop.ui.app import App
from vgg_desktop.ui.look.appearance import is_dark
from vgg_desktop.ui.pictures.full_screen import FullScreen
from vgg_desktop.ui.pictures.rows import RowState

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def full(app: App, qtbot: QtBot, make_picture: MakePicture) -> FullScreen:
    """Return three pictures and a broken one on the whole screen, the first one shown."""
    broken = make_picture("3.png")
    broken.write_bytes(b"\x89PNG")
    drop(app, *(make_picture(f"{number}.png", number) for number in range(3)), broken)
    wait_until_done(app, qtbot, 4)
    qtbot.waitUntil(lambda: app.window.result_panel.view.image is not None, timeout=WAIT)
    QTest.keyClick(app.window, Qt.Key.Key_F11)
    shown = app.window.result_panel.full_screen
    assert shown is not None
    qtbot.waitExposed(shown)
    qtbot.waitUntil(shown.view.hasFocus)
    return shown


def name(app: App) -> str:
    row = app.window.result_panel.row
    return row.path.name if row is not None else ""


def test_it_fills_the_screen_where_the_window_is(full: FullScreen, app: App) -> None:
    assert full.isFullScreen()
    assert full.size() == app.frame.screen().size()
    assert full.screen() is app.frame.screen()
    assert full.view.image == app.window.result_panel.view.image
    assert full.crop.square == app.window.result_panel.crop.square
    assert full.view.size() == full.size()


def test_the_first_classes_are_large(full: FullScreen, app: App) -> None:
    result, caption = app.window.result_panel.classification, full.caption
    assert result is not None
    assert caption.bars.predictions == result.predictions[:3]
    assert caption.rect().contains(caption.bars.geometry())
    assert full.rect().contains(caption.geometry())
    last = caption.bars.visualRect(caption.bars.model().index(2, 0))
    assert last.bottom() <= caption.bars.viewport().height(), "the third class is cut off"
    assert caption.bars.font().pixelSize() > app.window.result_panel.bars.fontMetrics().height()
    assert caption.source.text() == f"0.png  ·  {app.session.choice.spec.title}  ·  1 of 4"


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_it_is_dark_in_either_scheme(full: FullScreen, app: App, appearance: str) -> None:
    app.session.settings.change(appearance=appearance)
    for each in (full, full.view, full.caption.bars, full.caption.source, full.caption.state):
        assert is_dark(each.palette())
    corner = full.grab().toImage().pixelColor(full.width() - 2, full.height() - 2)
    assert corner.lightness() < QColor("#303030").lightness()


def test_keys_step_as_in_a_slide_show(full: FullScreen, app: App) -> None:
    for key, there in (
        (Qt.Key.Key_Right, "1.png"),
        (Qt.Key.Key_Space, "2.png"),
        (Qt.Key.Key_Left, "1.png"),
        (Qt.Key.Key_PageDown, "2.png"),
        (Qt.Key.Key_Backspace, "1.png"),
    ):
        QTest.keyClick(full.view, key)
        assert name(app) == there
        assert full.caption.source.text().startswith(there)
    QTest.keyClick(full.view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert name(app) == "0.png"
    QTest.keyClick(full, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)  # as in the window
    assert name(app) == "1.png"


def test_keys_zoom_as_in_the_window(full: FullScreen) -> None:
    fitted = full.view.zoom
    for key in QKeySequence.keyBindings(QKeySequence.StandardKey.ZoomIn)[:1]:
        QTest.keySequence(full.view, key)
    assert full.view.zoom > fitted
    QTest.keyClick(full.view, Qt.Key.Key_0)
    assert full.view.fitted


def test_a_failed_picture_says_why_and_is_stepped_over(full: FullScreen, app: App, qtbot: QtBot) -> None:
    app.window.list_panel.select(app.session.pictures.model.rows()[3])
    qtbot.waitUntil(full.caption.state.isVisible, timeout=WAIT)
    assert full.caption.state.text() == app.window.result_panel.error.title.text() != ""
    qtbot.waitUntil(lambda: full.view.image is None, timeout=WAIT)
    QTest.keyClick(full.view, Qt.Key.Key_Left)
    assert name(app) == "2.png"
    assert full.caption.bars.isVisible()


def test_new_answers_appear(full: FullScreen, app: App) -> None:
    row, model = app.session.pictures.model.rows()[0], app.session.pictures.model
    assert row.classification is not None
    model.wait_again([row])
    assert not full.caption.bars.isEnabled()
    assert "computing" in full.caption.source.text()
    best = replace(row.classification.predictions[0], label="a new one", id="new")
    model.set_result(row, replace(row.classification, predictions=(best,)))
    assert row.state is RowState.DONE
    assert full.caption.bars.isEnabled()
    assert full.caption.bars.headline().endswith("a new one")


def test_screen_readers_hear_the_answer(full: FullScreen, app: App) -> None:
    text = QAccessible.queryAccessibleInterface(full.view).text(QAccessible.Text.Description)
    result = app.window.result_panel.classification
    assert result is not None
    assert result.predictions[0].label in text
    assert "0.png" in text
    assert "1 of 4" in text
    assert full.stepping.corner is not None
    assert full.stepping.corner.accessibleName() == "Leave full screen"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_keys_lead_back(full: FullScreen, app: App, qtbot: QtBot, key: Qt.Key) -> None:
    QTest.keyClick(full.view, Qt.Key.Key_Right)
    QTest.keyClick(full.view, key)
    assert not full.isVisible()
    panel = app.window.result_panel
    assert app.window.result_panel.full_screen is None
    assert name(app) == "1.png"
    qtbot.waitUntil(panel.view.hasFocus)
    QTest.keyClick(app.window, Qt.Key.Key_F11)
    (again,) = (each for each in app.frame.findChildren(FullScreen) if each.isVisible())
    assert again.caption.source.text().startswith("1.png")


def test_pointer_and_buttons_rest(full: FullScreen, qtbot: QtBot) -> None:
    assert full.view.cursor().shape() is Qt.CursorShape.BlankCursor
    assert not full.stepping.next.isVisible()
    place = QPointF(100, 100)
    none = Qt.MouseButton.NoButton
    QApplication.sendEvent(
        full.view,
        QMouseEvent(
            QMouseEvent.Type.MouseMove,
            place,
            full.view.mapToGlobal(place),
            none,
            none,
            Qt.KeyboardModifier(0),
        ),
    )
    assert full.view.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert full.stepping.next.isVisible()
    qtbot.waitUntil(lambda: not full.stepping.next.isVisible(), timeout=WAIT)


def test_the_corner_button_leads_back(full: FullScreen, app: App) -> None:
    corner = full.stepping.corner
    assert corner is not None
    full.stepping.set_idle(False)
    assert corner.isVisible()
    QTest.mouseClick(corner, CLICK, pos=QPoint(5, 5))
    assert app.window.result_panel.full_screen is None


def test_without_a_picture_there_is_nothing_to_fill_the_screen(full: FullScreen, app: App) -> None:
    app.session.pictures.clear()
    assert app.window.result_panel.full_screen is None
    QTest.keyClick(app.window, Qt.Key.Key_F11)
    assert app.window.result_panel.full_screen is None
