"""No text is cut off where a language needs twice the room that English does, in windows of any size."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drop, wait_until_done
from tests.ui.conftest import MakePicture, StartApp
from vgg_desktop.errors import ImportNeedsDetails, StorageError
from vgg_desktop.settings import Settings
from vgg_desktop.ui.about_dialog import AboutDialog
from vgg_desktop.ui.app import App
from vgg_desktop.ui.help.first_steps import FirstSteps
from vgg_desktop.ui.help.keys_dialog import KeysDialog
from vgg_desktop.ui.help.report_dialog import ReportDialog
from vgg_desktop.ui.look.widgets import ElidedLabel
from vgg_desktop.ui.networks.import_dialog import ImportDialog
from vgg_desktop.ui.settings_form import PathLabel
from vgg_desktop.ui.words.languages import PSEUDO
from vgg_desktop.why import Why

WITH_TEXT = (QLabel, QPushButton, QToolButton, QCheckBox, QComboBox)


def text_of(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return str(getattr(widget, "text", str)())


def lacks_room(widget: QWidget) -> bool:
    """Whether a widget is too small for the text in it."""
    width, height = widget.width(), widget.height()
    if isinstance(widget, ElidedLabel | PathLabel):
        widget.grab()  # what is not scrolled into view has not been painted yet
        fits = QFontMetrics(widget.font()).horizontalAdvance(widget.text()) <= widget.contentsRect().width()
        return not fits and widget.toolTip() != widget.text()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(width) > height or widget.minimumSizeHint().width() > width
    needed = widget.sizeHint()
    return needed.width() > width or needed.height() > height


def is_clipped(widget: QWidget) -> bool:
    """Whether a part of a widget lies outside one that it is in; what can be scrolled to does not count."""
    inner, outer = widget, widget.parentWidget()
    area = widget.rect()
    while outer is not None and not inner.isWindow():
        area = area.translated(inner.pos())
        scrolled = isinstance(outer.parentWidget(), QAbstractScrollArea)
        room = outer.rect()
        if area.left() < room.left() or area.right() > room.right():
            return True
        if not scrolled and (area.top() < room.top() or area.bottom() > room.bottom()):
            return True
        if scrolled:
            area = room
        inner, outer = outer, outer.parentWidget()
    return False


def overlaps(widget: QWidget, others: Sequence[QWidget]) -> bool:
    """Whether a widget covers another one beside it."""
    return any(
        other is not widget
        and other.parentWidget() is widget.parentWidget()
        and other.geometry().intersects(widget.geometry())
        for other in others
    )


def cut_off(window: QWidget) -> list[str]:
    """Return what cannot be read whole in a window, each with its size and the one that it needs."""
    shown = [
        each
        for each in window.findChildren(QWidget)
        if isinstance(each, WITH_TEXT)
        and each.isVisible()
        and each.window() is window.window()
        and text_of(each)
    ]
    left_out = [
        each for each in window.findChildren(QToolButton, "qt_toolbar_ext_button") if each.isVisible()
    ]
    assert left_out == [], "the tool bar has no room for all of its buttons"
    return [
        f"{type(each).__name__} {text_of(each)!r} has {each.size().toTuple()}, needs {each.sizeHint().toTuple()}"
        for each in shown
        if lacks_room(each) or is_clipped(each) or overlaps(each, shown)
    ]


def settle(window: QWidget, qtbot: QtBot) -> None:
    """Wait until the layouts have come to rest, and paint: some labels see only then what fits."""
    sizes: list[tuple[object, ...]] = []

    def unchanged() -> bool:
        window.grab()
        now = tuple(each.geometry().getRect() for each in window.findChildren(QWidget))
        sizes.append(now)
        return len(sizes) > 3 and sizes[-1] == sizes[-2] == sizes[-3]

    qtbot.waitUntil(unchanged, timeout=WAIT)


def check(window: QWidget, qtbot: QtBot) -> None:
    """Look at a window as it opens and as small as it can be made."""

    def nothing_is_cut_off() -> None:  # a device that is being tested may just have changed its text
        assert cut_off(window) == []

    settle(window, qtbot)
    qtbot.waitUntil(nothing_is_cut_off, timeout=2000)
    window.resize(1, 1)
    settle(window, qtbot)
    qtbot.waitUntil(nothing_is_cut_off, timeout=2000)


@pytest.fixture
def app(start_app: StartApp, qtbot: QtBot) -> App:
    app = start_app(Settings(language=PSEUDO))
    qtbot.waitExposed(app.window)
    return app


def test_the_empty_window(app: App, qtbot: QtBot) -> None:
    assert app.window.welcome.findChildren(QLabel)[0].text().startswith("[")
    check(app.window, qtbot)


@pytest.mark.parametrize("place", [0, 2], ids=["done", "failed"])
def test_the_window_with_pictures(app: App, qtbot: QtBot, make_picture: MakePicture, place: int) -> None:
    broken = make_picture("broken.jpg")
    broken.write_bytes(broken.read_bytes()[:300])
    drop(app, make_picture("a.png"), make_picture("b.png", 1), broken)
    wait_until_done(app, qtbot, 3)
    app.window.list_panel.select(app.session.pictures.model.rows()[place])
    panel = app.window.result_panel
    shown = panel.error if place else panel.bars
    qtbot.waitUntil(shown.isVisible, timeout=WAIT)
    check(app.window, qtbot)


def test_the_window_at_work(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    app.session.pictures.pause(True)
    drop(app, make_picture("a.png"), make_picture("b.png", 1))
    qtbot.waitUntil(app.window.job_strip.isVisible, timeout=WAIT)
    check(app.window, qtbot)


def test_news_above_the_pictures(app: App, qtbot: QtBot) -> None:
    app.intake.permissionWanted.emit(("https://example.org/a.png",))
    assert len(app.window.info_bar.buttons) == 3
    settle(app.window, qtbot)
    size, height = app.frame.size(), app.window.info_bar.height()
    check(app.window, qtbot)
    app.frame.resize(size)
    settle(app.window, qtbot)
    assert app.window.info_bar.height() == height


@pytest.mark.parametrize("name", ["networks", "devices", "settings"])
def test_pages(name: str, app: App, qtbot: QtBot) -> None:
    app.window.show_page(name)
    check(app.window, qtbot)


@pytest.mark.parametrize("name", ["about", "first_steps", "keys", "report", "import", "import failed"])
def test_dialogs(name: str, app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    path = make_picture("a network with quite a long name that nobody can read in one line.png")

    def lacking() -> ImportDialog:
        needed = ImportNeedsDetails(path, Why.IMPORT_NEEDS_LABELS(classes=7))
        return ImportDialog(path, app.downloads.trying, needed)

    def failed() -> ImportDialog:
        dialog = lacking()
        dialog.labels.text.setPlainText("\n".join("abcdefg"))
        dialog.preprocessing.toggle.click()
        dialog.import_button.click()
        dialog.show_error(StorageError(path, Why.SYSTEM_PERMISSION()))
        return dialog

    makers: dict[str, Callable[[], QWidget]] = {
        "about": AboutDialog,
        "first_steps": FirstSteps,
        "keys": lambda: KeysDialog(app.window),
        "report": lambda: ReportDialog(app.session),
        "import": lacking,
        "import failed": failed,
    }
    dialog = makers[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    check(dialog, qtbot)


# The check itself


def test_the_check_finds_what_is_cut_off(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 100)
    words = "quite a number of words that need some room"
    narrow, low, outside = QPushButton(words, window), QLabel(words, window), QPushButton("x", window)
    narrow.resize(50, 40)
    low.setWordWrap(True)
    low.setGeometry(0, 50, 100, 12)
    outside.move(QPoint(290, 0))
    window.show()
    assert len(cut_off(window)) == 3
