"""The pages and the rail by gesture: which page is in view, who has the keyboard, what acts where."""

import gc
import os
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drag_over, drop, let_go, states, urls, wait_until_done
from tests.ui.conftest import MakePicture, StartApp
from tests.ui.networks.test_downloads import own_network
from vgg_desktop.models.details import Details, read_details
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.main_window import ON_ONE, ON_PICTURES
from vgg_desktop.ui.networks.networks_page import NetworksPage
from vgg_desktop.ui.settings_page import SettingsPage

CTRL, SHIFT, PLAIN = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
NAMES = ["pictures", "networks", "devices", "settings"]
OTHERS = NAMES[1:]
TURNS = int(os.environ.get("VGG_DESKTOP_TEST_TURNS", "30"))


@pytest.fixture(autouse=True)
def _active(app: App, qtbot: QtBot) -> None:
    """Give the window the keyboard."""
    app.frame.activateWindow()
    qtbot.waitUntil(app.frame.isActiveWindow, timeout=WAIT)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.keyClick(focused(), key, modifier)


def flowers(folder: Path) -> Details:
    """Return what a network lacks that tells three flowers apart."""
    labels, how = folder / "names.txt", folder / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    return read_details(labels, how)


# Going from page to page


@pytest.mark.parametrize(
    ("key", "modifier", "name"),
    [
        (Qt.Key.Key_2, CTRL, "networks"),
        (Qt.Key.Key_3, CTRL, "devices"),
        (Qt.Key.Key_4, CTRL, "settings"),
        (Qt.Key.Key_N, CTRL, "networks"),
        (Qt.Key.Key_D, CTRL, "devices"),
        (Qt.Key.Key_Comma, CTRL, "settings"),
    ],
)
def test_keys_bring_a_page_and_escape_leaves_it(
    app: App, key: Qt.Key, modifier: Qt.KeyboardModifier, name: str
) -> None:
    pages = app.window.pages
    assert pages.current == "pictures"
    press(key, modifier)
    page = pages.currentWidget()
    assert page is not None
    assert pages.current == name
    assert page.isVisible()
    assert not app.window.welcome.isVisible()
    assert page.isAncestorOf(focused())
    press(Qt.Key.Key_Escape)
    assert pages.current == "pictures"
    assert app.window.welcome.isAncestorOf(focused())
    press(key, modifier)
    press(Qt.Key.Key_1, CTRL)
    assert pages.current == "pictures"


def test_the_view_menu_shows_the_pages_and_the_one_in_view(app: App) -> None:
    (view,) = (each.menu() for each in app.window.menuBar().actions() if each.text() == "&View")
    assert isinstance(view, QMenu)
    entries = view.actions()[: len(NAMES)]
    assert [each.shortcut().toString() for each in entries] == [f"Ctrl+{place}" for place in (1, 2, 3, 4)]
    for entry, name in zip(entries, NAMES, strict=True):
        entry.trigger()
        assert app.window.pages.current == name
        assert [each.isChecked() for each in entries] == [each is entry for each in entries]


def test_pages_are_made_when_they_are_first_shown_and_kept(app: App) -> None:
    assert app.window.pages.count() == 1
    made = {name: app.window.show_page(name) for name in NAMES}
    assert made == {name: app.window.show_page(name) for name in NAMES}
    assert app.window.pages.count() == len(NAMES)


def test_a_page_keeps_its_place_and_its_keyboard(app: App, qtbot: QtBot) -> None:
    app.frame.resize(700, 480)
    page = app.window.show_page("settings")
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0, timeout=WAIT)
    page.log_button.setFocus()
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    place = page.verticalScrollBar().value()
    app.window.show_page("pictures")
    app.window.show_page("settings")
    assert page.verticalScrollBar().value() == place
    assert page.log_button.hasFocus()


def test_no_page_appears_as_a_window_of_its_own(app: App, qtbot: QtBot) -> None:
    class Watcher(QObject):
        shown: list[QObject] = []  # noqa: RUF012 - of one test

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.shown.append(watched)
            return False

    watcher, application = Watcher(), QApplication.instance()
    assert application is not None
    application.installEventFilter(watcher)
    for name in OTHERS:
        app.window.show_page(name)
        qtbot.wait(50)
    application.removeEventFilter(watcher)
    assert watcher.shown == []


def test_pages_in_turn(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    for turn in range(TURNS):
        for name in OTHERS:
            page = app.window.show_page(name)
            QApplication.processEvents()
            press(Qt.Key.Key_Escape)
            QApplication.processEvents()
            assert not page.isVisible()
        if turn % 20 == 0:
            gc.collect()
    # A stale wrapper was once seen among them as another type.
    assert all(isinstance(each, QWidget) for each in QApplication.topLevelWidgets())
    assert app.window.result_panel.classification is not None


def test_the_next_start_begins_with_the_pictures(app: App, start_app: StartApp) -> None:
    app.window.show_page("settings")
    app.frame.close()
    assert start_app().window.pages.current == "pictures"


# The rail


def test_arrow_keys_choose_on_the_rail_and_enter_goes_into_the_page(app: App) -> None:
    rail, pages = app.window.pages.rail, app.window.pages
    rail.setFocus(Qt.FocusReason.TabFocusReason)
    for key, name in (
        (Qt.Key.Key_Down, "networks"),
        (Qt.Key.Key_Down, "devices"),
        (Qt.Key.Key_End, "settings"),
        (Qt.Key.Key_Down, "settings"),
        (Qt.Key.Key_Up, "devices"),
        (Qt.Key.Key_Home, "pictures"),
        (Qt.Key.Key_Up, "pictures"),
        (Qt.Key.Key_Down, "networks"),
    ):
        press(key)
        assert pages.current == name
        assert rail.hasFocus()
    press(Qt.Key.Key_Return)
    page = pages.currentWidget()
    assert isinstance(page, NetworksPage)
    assert focused() is page.first()


def test_a_click_on_the_rail_puts_the_keyboard_on_the_page(app: App) -> None:
    rail = app.window.pages.rail
    QTest.mouseClick(rail, Qt.MouseButton.LeftButton, PLAIN, rail.tabRect(3).center())
    page = app.window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    assert page.appearance.hasFocus()


def test_screen_readers_hear_of_tabs_of_which_one_is_selected(app: App) -> None:
    rail = QAccessible.queryAccessibleInterface(app.window.pages.rail)
    assert rail is not None
    assert rail.role() is QAccessible.Role.PageTabList
    children = [rail.child(place) for place in range(rail.childCount())]
    tabs = [each for each in children if each is not None and each.role() is QAccessible.Role.PageTab]
    assert [each.text(QAccessible.Text.Name) for each in tabs] == [
        "Pictures",
        "Networks",
        "Devices",
        "Settings",
    ]
    for place, name in enumerate(NAMES):
        app.window.show_page(name)
        selected = [bool(getattr(each.state(), "selected", 0)) for each in tabs]
        assert selected == [index == place for index in range(len(NAMES))]


def test_words_leave_the_rail_where_the_window_is_narrow(app: App) -> None:
    rail = app.window.pages.rail
    app.frame.resize(1000, 600)
    QApplication.processEvents()
    wide = rail.width()
    app.frame.resize(999, 600)
    QApplication.processEvents()
    assert rail.width() < wide
    assert rail.tabText(1) == "Networks"  # for screen readers
    assert rail.tabToolTip(1) == "Networks (Ctrl+2)"
    app.frame.resize(1000, 600)
    QApplication.processEvents()
    assert rail.width() == wide


def test_the_wheel_over_the_rail_stays_on_the_page(app: App) -> None:
    turn_wheel(app.window.pages.rail)
    assert app.window.pages.current == "pictures"


def turn_wheel(widget: QWidget) -> None:
    """Turn the wheel by one notch over the middle of a widget."""
    top = widget.window()
    QTest.wheelEvent(top.windowHandle(), QPointF(widget.mapTo(top, widget.rect().center())), QPoint(0, -120))
    QApplication.processEvents()


def test_the_wheel_scrolls_the_settings_and_changes_none(app: App, qtbot: QtBot) -> None:
    app.frame.resize(700, 480)
    page = cast("SettingsPage", app.window.show_page("settings"))
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0, timeout=WAIT)
    before = app.session.settings.value
    page.fetch_links.setFocus()
    for control in (page.appearance, page.language, page.top_k, page.unsure, page.threads):
        page.ensureWidgetVisible(control)
        at = page.verticalScrollBar().value()
        turn_wheel(control)
        assert page.verticalScrollBar().value() > at or at == page.verticalScrollBar().maximum()
        page.verticalScrollBar().setValue(0)
    assert app.session.settings.value == before
    page.top_k.setFocus()
    turn_wheel(page.top_k)
    assert app.session.settings.value.top_k == before.top_k - 1


# Areas


def test_f6_goes_round_the_areas(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    drop(app, make_picture("a.png"), make_picture("b.png"))
    wait_until_done(app, qtbot, 2)
    window = app.window
    window.notices.nothing_to_take()
    window.list_panel.list.setFocus()

    def area() -> QWidget:
        (found,) = (each for each in window.areas() if each is focused() or each.isAncestorOf(focused()))
        return found

    forward = [window.result_panel, window.tool_bar, window.pages.rail, window.info_bar, window.list_panel]
    for expected in forward:
        press(Qt.Key.Key_F6)
        assert area() is expected
    assert window.list_panel.list.hasFocus()  # where it was
    for expected in [*forward[-2::-1], window.list_panel]:
        press(Qt.Key.Key_F6, SHIFT)
        assert area() is expected
    page = window.show_page("settings")
    for expected in (window.tool_bar, window.pages.rail, window.info_bar, page):
        press(Qt.Key.Key_F6)
        assert area() is expected


# What acts where


def test_what_is_done_to_pictures_is_done_only_in_their_sight(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    drop(app, make_picture("a.png"), make_picture("b.png"))
    wait_until_done(app, qtbot, 2)
    window = app.window
    only_there = (*ON_PICTURES, *ON_ONE, "square")
    assert all(window.actions_[name].isEnabled() for name in only_there)
    for page in OTHERS:
        window.show_page(page)
        assert not any(window.actions_[name].isEnabled() for name in (*only_there, "retry"))
        for key, modifier in (
            (Qt.Key.Key_Delete, PLAIN),
            (Qt.Key.Key_L, CTRL),
            (Qt.Key.Key_A, CTRL),
            (Qt.Key.Key_F, CTRL),
            (Qt.Key.Key_S, CTRL),
        ):
            press(key, modifier)
        app.session.pictures.model.countsChanged.emit()
        window.result_panel.rowShown.emit()
        assert not any(window.actions_[name].isEnabled() for name in (*only_there, "retry"))
        assert len(states(app)) == 2
        assert window.pages.current == page
    window.show_page("pictures")
    assert all(window.actions_[name].isEnabled() for name in only_there)
    assert window.list_panel.list.hasFocus()
    press(Qt.Key.Key_Delete)
    assert len(states(app)) == 1


def test_the_tool_bar_has_what_the_page_does(app: App) -> None:
    def words() -> list[str]:
        QApplication.processEvents()
        buttons = app.window.tool_bar.findChildren(QToolButton)
        return [each.text() for each in buttons if each.isVisible() and each.defaultAction() is not None]

    app.frame.resize(1200, 700)
    assert words() == ["Open pictures", "Paste picture", "Save results", "Clear list"]
    for name in OTHERS:
        app.window.show_page(name)
        assert words() == []
        assert app.window.network_button.isVisible()
        assert app.window.precision_switch.isVisible()
        assert app.window.device_chip.isVisible()
        assert app.window.actions_["open"].isVisible()  # in the menu, and by its key
    app.window.show_page("pictures")
    assert len(words()) == 4


def test_the_status_line_speaks_of_a_picture_only_beside_it(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    assert " ms" in app.window.status.text()
    app.window.show_page("networks")
    assert " ms" not in app.window.status.text()
    app.window.show_page("pictures")
    assert " ms" in app.window.status.text()


@pytest.mark.parametrize("page", OTHERS)
def test_pictures_that_come_bring_their_page(
    app: App, qtbot: QtBot, make_picture: MakePicture, page: str
) -> None:
    current = app.window.pages
    app.window.show_page(page)
    drop(app, make_picture("a.png"))
    assert current.current == "pictures"
    wait_until_done(app, qtbot, 1)
    app.window.show_page(page)
    app.receive((make_picture("b.png"),))
    assert current.current == "pictures"
    wait_until_done(app, qtbot, 2)
    app.window.show_page(page)
    QGuiApplication.clipboard().setMimeData(urls([make_picture("c.png")]))
    press(Qt.Key.Key_V, CTRL)
    assert current.current == "pictures"
    wait_until_done(app, qtbot, 3)


def test_a_folder_that_is_still_searched_does_not_bring_the_page_again(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    drop(app, make_picture("a.png").parent)
    app.window.show_page("settings")
    wait_until_done(app, qtbot, 1)
    assert app.window.pages.current == "settings"


def test_a_drop_of_nothing_useful_stays_on_the_page(app: App) -> None:
    app.window.show_page("settings")
    data = urls([])
    data.setText("just words")
    drag_over(app.window, data)
    let_go(app.window, data)
    assert app.window.pages.current == "settings"
    assert app.window.info_bar.isVisible()


@pytest.mark.parametrize("page", NAMES)
def test_a_network_that_is_dropped_brings_the_networks(
    app: App, qtbot: QtBot, tmp_path: Path, page: str
) -> None:
    app.window.show_page(page)
    data = urls([own_network(tmp_path / "flowers.onnx")])
    drag_over(app.window, data)
    let_go(app.window, data)
    networks = app.window.pages.currentWidget()
    assert isinstance(networks, NetworksPage)
    qtbot.waitUntil(lambda: networks.strip.details is not None, timeout=WAIT)
    assert networks.strip.details is not None
    QTest.keyClick(networks.strip.details, Qt.Key.Key_Escape)
    assert app.window.pages.current == "networks"


def test_a_refused_network_is_told_in_view(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    app.frame.resize(700, 480)
    page = cast("NetworksPage", app.window.show_page("networks"))
    bar = page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=WAIT)
    bar.setValue(bar.maximum())
    (tmp_path / "page.onnx").write_text("<!DOCTYPE html><html></html>")
    data = urls([tmp_path / "page.onnx"])
    drag_over(app.window, data)
    let_go(app.window, data)
    failure, view = page.strip.failure, page.viewport()
    qtbot.waitUntil(failure.isVisible, timeout=WAIT)
    qtbot.waitUntil(
        lambda: view.rect().contains(failure.dismiss.mapTo(view, failure.dismiss.rect().center())),
        timeout=WAIT,
    )
    assert failure.dismiss.hasFocus()


def test_the_form_of_a_network_opens_on_its_page(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(app.downloads.imported, timeout=WAIT) as imported:
        app.downloads.import_file(own_network(tmp_path / "flowers.onnx"), flowers(tmp_path))
    assert imported.args is not None
    app.window.dialogs.change_details(imported.args[0])
    page = app.window.pages.currentWidget()
    assert isinstance(page, NetworksPage)
    assert page.strip.details is not None
    QTest.keyClick(page.strip.details, Qt.Key.Key_Escape)


def test_an_import_that_ends_out_of_sight_leaves_the_keyboard(
    app: App, qtbot: QtBot, tmp_path: Path, make_picture: MakePicture
) -> None:
    drop(app, make_picture("a.png"), make_picture("b.png"))
    wait_until_done(app, qtbot, 2)
    app.window.show_page("networks")
    app.downloads.import_file(own_network(tmp_path / "flowers.onnx"), flowers(tmp_path))
    app.window.show_page("pictures")
    assert app.window.list_panel.list.hasFocus()
    qtbot.waitUntil(lambda: app.session.choice.spec.id == "flowers", timeout=WAIT)
    assert app.window.list_panel.list.hasFocus()
    assert app.window.pages.current == "pictures"


@pytest.mark.parametrize("name", OTHERS)
def test_a_drop_on_a_field_is_a_drop_on_the_window(app: App, name: str) -> None:
    page = app.window.show_page(name)
    assert [type(each).__name__ for each in page.findChildren(QWidget) if each.acceptDrops()] == []


def test_enter_presses_the_button_that_has_the_keyboard(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    page = cast("SettingsPage", app.window.show_page("settings"))
    opened: list[QUrl] = []
    monkeypatch.setattr("vgg_desktop.ui.settings_page.open_own_folder", opened.append)
    page.log_button.setFocus()
    press(Qt.Key.Key_Return)
    assert len(opened) == 1


# Another language


@pytest.mark.parametrize("name", NAMES)
def test_another_language_keeps_the_page(app: App, qtbot: QtBot, name: str) -> None:
    old = app.window
    old.show_page(name)
    with qtbot.waitSignal(old.destroyed, timeout=WAIT):
        app.session.settings.change(language="de")
    assert app.window.pages.current == name
    page = app.window.pages.currentWidget()
    assert page is not None
    assert page.isVisible()
    if name == "settings":
        assert cast("SettingsPage", page).language.hasFocus()
    assert app.session.settings.value == Settings(language="de")
