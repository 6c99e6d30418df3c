"""The list beside the picture, or as a strip of thumbnails below it in a narrow window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drop, wait_until_done
from tests.ui.conftest import MakePicture, StartApp
from vgg_desktop.ui.app import App
from vgg_desktop.ui.pictures.browser_and_inspector import NARROW

WIDE = 1000


@pytest.fixture
def narrow(app: App, qtbot: QtBot, make_picture: MakePicture) -> App:
    """Return a window with twelve pictures that was made narrow."""
    drop(app, *(make_picture(f"{number}.png", number) for number in range(12)))
    wait_until_done(app, qtbot, 12)
    app.frame.resize(WIDE, 600)
    app.window.splitter.setSizes([350, 600])
    app.frame.resize(NARROW - 1, 480)
    qtbot.waitUntil(lambda: app.window.splitter.is_narrow, timeout=WAIT)
    return app


def test_the_strip_is_one_row_below_the_picture(narrow: App, qtbot: QtBot) -> None:
    window, view = narrow.window, narrow.window.list_panel.list
    qtbot.waitUntil(lambda: window.list_panel.y() > window.result_panel.geometry().bottom(), timeout=WAIT)
    places = [view.visualRect(view.model().index(each, 0)) for each in range(12)]
    assert len({place.top() for place in places}) == 1
    assert places[0].right() < places[1].left() + 1
    assert places[0].bottom() <= view.viewport().height(), "thumbnails are cut off"
    assert not view.verticalScrollBar().isVisible()
    assert view.height() < 120
    assert not window.list_panel.filter.isVisible()
    assert window.result_panel.height() > view.height()


def test_no_room_is_left_below_the_strip(narrow: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    broken = make_picture("broken.png")
    broken.write_bytes(b"\x89PNG")
    drop(narrow, broken)
    wait_until_done(narrow, qtbot, 13)
    window, rows = narrow.window, narrow.session.pictures.model.rows()
    narrow.frame.resize(NARROW - 1, 432)

    def fills_the_window() -> bool:
        return window.list_panel.geometry().bottom() == window.splitter.rect().bottom()

    for row in (rows[0], rows[-1], rows[1]):
        window.list_panel.select(row)
        qtbot.waitUntil(lambda: window.result_panel.error.isVisible() == (row is rows[-1]), timeout=WAIT)  # noqa: B023
        qtbot.waitUntil(fills_the_window, timeout=WAIT)
    window.list_panel.select(rows[-1])
    error = window.result_panel.error
    qtbot.waitUntil(
        lambda: error.viewport().height() > error.title.height() + error.text.height(), timeout=WAIT
    )


def test_keys_and_clicks_choose_in_the_strip(narrow: App) -> None:
    view, panel = narrow.window.list_panel.list, narrow.window.result_panel
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert panel.row is narrow.session.pictures.model.rows()[1]
    place = view.visualRect(view.model().index(3, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.row is narrow.session.pictures.model.rows()[3]
    QTest.keyClick(view, Qt.Key.Key_End)
    last = view.visualRect(view.model().index(11, 0))
    assert last.left() >= 0
    assert last.right() <= view.viewport().width()


def test_the_wide_arrangement_comes_back_as_it_was(narrow: App, qtbot: QtBot) -> None:
    window = narrow.window
    narrow.frame.resize(WIDE, 600)
    qtbot.waitUntil(lambda: not window.splitter.is_narrow, timeout=WAIT)
    assert window.splitter.widget(0) is window.list_panel
    qtbot.waitUntil(lambda: abs(window.splitter.sizes()[0] - 350) < 20, timeout=WAIT)
    assert window.list_panel.filter.isVisible()
    view = window.list_panel.list
    assert view.visualRect(view.model().index(1, 0)).top() > view.visualRect(view.model().index(0, 0)).top()
    assert view.height() > 200


def test_a_filter_that_hides_pictures_stays_in_sight(narrow: App, qtbot: QtBot) -> None:
    narrow.frame.resize(WIDE, 600)
    qtbot.waitUntil(lambda: not narrow.window.splitter.is_narrow, timeout=WAIT)
    QTest.keyClicks(narrow.window.list_panel.filter, "1")
    narrow.frame.resize(NARROW - 1, 480)
    qtbot.waitUntil(lambda: narrow.window.splitter.is_narrow, timeout=WAIT)
    assert narrow.window.list_panel.filter.isVisible()


def test_a_narrow_window_keeps_the_sizes_for_a_wide_one(
    narrow: App, start_app: StartApp, qtbot: QtBot, make_picture: MakePicture
) -> None:
    narrow.frame.close()
    again = start_app()
    drop(again, make_picture("0.png"), make_picture("1.png"))
    wait_until_done(again, qtbot, 2)
    assert again.window.splitter.is_narrow
    again.frame.resize(WIDE, 600)
    qtbot.waitUntil(lambda: not again.window.splitter.is_narrow, timeout=WAIT)
    qtbot.waitUntil(lambda: abs(again.window.splitter.sizes()[0] - 350) < 20, timeout=WAIT)


def test_below_the_height_of_five_bars_the_tabs_scroll(narrow: App, qtbot: QtBot) -> None:
    panel = narrow.window.result_panel
    qtbot.waitUntil(lambda: bool(panel.bars.predictions), timeout=WAIT)
    narrow.frame.resize(NARROW - 1, 900)
    qtbot.waitUntil(lambda: not panel.bars.verticalScrollBar().isVisible(), timeout=WAIT)
    narrow.frame.resize(NARROW - 1, 1)
    qtbot.waitUntil(panel.bars.verticalScrollBar().isVisible, timeout=WAIT)
    first = panel.bars.visualRect(panel.bars.model().index(0, 0))
    assert first.bottom() <= panel.bars.viewport().height()
    qtbot.waitUntil(lambda: panel.view.height() >= panel.view.minimumSizeHint().height(), timeout=WAIT)
