"""Every window told to a screen reader: nothing without a name, and all of it within reach of the keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drop, wait_until_done
from tests.ui.conftest import MakePicture
from vgg_desktop.errors import ImportNeedsDetails
from vgg_desktop.ui.about_dialog import AboutDialog
from vgg_desktop.ui.app import App
from vgg_desktop.why import Why

Roles = QAccessible.Role
# What users act on or read a value from; the rest only groups.
CONTROLS = {
    Roles.Button,
    Roles.ButtonMenu,
    Roles.ButtonDropDown,
    Roles.CheckBox,
    Roles.ComboBox,
    Roles.EditableText,
    Roles.Link,
    Roles.List,
    Roles.ListItem,
    Roles.MenuItem,
    Roles.PageTab,
    Roles.PageTabList,
    Roles.ProgressBar,
    Roles.RadioButton,
    Roles.Slider,
    Roles.SpinBox,
    Roles.Table,
    Roles.Graphic,
}


def walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is not None and child.isValid():
            yield from walk(child)


def nameless(window: QWidget) -> list[str]:
    """Return the visible controls of a window that have no name."""
    found = []
    interface: Any = QAccessible.queryAccessibleInterface(window)
    for each in walk(interface):
        state = each.state()
        hidden = bool(getattr(state, "invisible", 0))
        if each.role() not in CONTROLS or hidden:
            continue
        if not each.text(QAccessible.Text.Name).strip():
            inside = each.parent()
            owner = each.object()
            # Parts of a combo or spin box are read with it.
            if inside is not None and inside.role() in (Roles.ComboBox, Roles.SpinBox):
                continue
            found.append(f"{each.role()} {owner}")
    return found


def reachable(window: QWidget) -> set[QWidget]:
    """Return what gets the keyboard's focus by pressing Tab all the way round."""
    found: set[QWidget] = set()
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is None or focused in found:
            break
        found.add(focused)
    return found


def unreachable_buttons(window: QWidget) -> list[str]:
    """Return the visible buttons that Tab never comes to."""
    by_tab = reachable(window)
    return [
        f"{type(each).__name__} {each.text() or each.accessibleName()}"
        for each in window.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and each not in by_tab and each.window() is window.window()
        # One of a group of radio buttons stands for all: the arrow keys go on from it.
        if not each.autoExclusive()
    ]


def test_the_empty_window(app: App) -> None:
    assert nameless(app.window) == []
    assert unreachable_buttons(app.window) == []


def test_the_window_with_pictures(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    broken = make_picture("broken.jpg")
    broken.write_bytes(broken.read_bytes()[:300])
    drop(app, make_picture("a.png"), make_picture("b.png"), broken)
    wait_until_done(app, qtbot, 3)
    for row in app.session.pictures.model.rows():
        app.window.list_panel.select(row)
        assert nameless(app.window) == []
    qtbot.waitUntil(app.window.result_panel.error.isVisible, timeout=WAIT)
    assert unreachable_buttons(app.window) == []


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_facts_and_the_whole_screen(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    drop(app, make_picture("a.png"), make_picture("b.png"))
    wait_until_done(app, qtbot, 2)
    panel = app.window.result_panel
    panel.tabs.setCurrentIndex(1)
    assert nameless(app.window) == []
    assert panel.facts in reachable(app.window)
    panel.toggle_full_screen()
    assert panel.full_screen is not None
    qtbot.waitExposed(panel.full_screen)
    assert nameless(panel.full_screen) == []
    panel.full_screen.stepping.set_idle(False)
    assert unreachable_buttons(panel.full_screen) == []
    panel.full_screen.close()


def test_no_keys_belong_to_two_actions(app: App) -> None:
    keys = [each.toString() for action in app.window.actions() for each in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_menus_have_words(app: App) -> None:
    for action in app.window.actions():
        assert action.isSeparator() or action.text()


@pytest.mark.parametrize("name", ["networks", "devices", "settings"])
def test_pages(app: App, name: str) -> None:
    page = app.window.show_page(name)
    QApplication.processEvents()
    assert page.accessibleName()
    assert nameless(app.window) == []
    assert unreachable_buttons(app.window) == []


HELP = ("first_steps", "keys", "report")


@pytest.fixture(params=["about", *HELP, "import", "all settings"])
def dialog(request: pytest.FixtureRequest, app: App, qtbot: QtBot, make_picture: MakePicture) -> QWidget:
    def make() -> QWidget:
        from vgg_desktop.ui.networks.import_dialog import ImportDialog

        if request.param == "about":
            return AboutDialog()
        if request.param in HELP:
            return app.window.dialogs.show(request.param)
        path = make_picture("x.png")
        needed = ImportNeedsDetails(path, Why.IMPORT_NEEDS_LABELS(classes=7))
        asking = ImportDialog(path, app.downloads.trying, needed)
        asking.preprocessing.toggle.setChecked(request.param == "all settings")
        return asking

    dialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    return dialog


def test_dialogs(dialog: QWidget) -> None:
    assert nameless(dialog) == []
    assert unreachable_buttons(dialog) == []
    assert dialog.windowTitle()


def test_the_walk_finds_a_control_without_a_name(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QToolButton

    window = QWidget()
    qtbot.addWidget(window)
    button = QToolButton(window)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window.show()
    assert len(nameless(window)) == 1
    assert len(unreachable_buttons(window)) == 1
