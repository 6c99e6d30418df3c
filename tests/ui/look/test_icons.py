"""The line icons: each is there and is drawn in the palette's colour, at any size, also after a change."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from vgg_desktop import paths
from vgg_desktop.ui.look.appearance import palette
from vgg_desktop.ui.look.icons import app_icon, draw, icon

# fmt: off
NAMES = (
    "open", "folder", "device", "paste", "clear", "copy", "save", "search", "pause", "play", "stop", "retry",
    "settings", "network", "download", "check", "warning", "error", "info", "close", "menu", "zoom-in",
    "zoom-out", "fit", "picture", "drop", "link", "trash", "previous", "next", "shield", "sort", "down",
    "list", "grid",
)
# fmt: on
TINTED_BY_STYLE_SHEET = {"app", "arrow-down", "arrow-up", "tick"}


@pytest.fixture(autouse=True)
def _own_palette(qapp: QApplication) -> Iterator[None]:
    before = qapp.palette()
    qapp.setPalette(palette(False))
    yield
    qapp.setPalette(before)


def strongest(image: QImage) -> QColor:
    """Return the colour of the pixel that hides most of the ground."""
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return max((image.pixelColor(x, y) for x, y in places), key=QColor.alpha)


def ink(found: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    return strongest(found.pixmap(QSize(48, 48), mode).toImage())


def near(one: QColor, other: QColor) -> bool:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) <= 3 for a, b in pairs)


def test_no_icon_is_left_out() -> None:
    there = {path.stem for path in paths.resource("icons").glob("*.svg")}
    assert there == set(NAMES) | TINTED_BY_STYLE_SHEET


@pytest.mark.parametrize("name", NAMES)
def test_icon_is_drawn_within_its_square(name: str) -> None:
    image = icon(name).pixmap(QSize(48, 48)).toImage()
    drawn = [(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 128]
    assert len(drawn) > 60
    assert not any(x in (0, 47) or y in (0, 47) for x, y in drawn)
    assert near(strongest(image), palette(False).color(QPalette.ColorRole.ButtonText))


def test_icon_follows_palette_and_state(qapp: QApplication) -> None:
    found = icon("open")
    for dark in (True, False):
        colours = palette(dark)
        qapp.setPalette(colours)
        assert near(ink(found), colours.color(QPalette.ColorRole.ButtonText))
        faint = colours.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        assert near(ink(found, QIcon.Mode.Disabled), faint)
        on_primary = icon("open", QPalette.ColorRole.HighlightedText)
        assert near(ink(on_primary), colours.color(QPalette.ColorRole.HighlightedText))


def test_icon_is_sharp_on_dense_screens() -> None:
    pixmap = icon("check").pixmap(QSize(24, 24), 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (48, 2.0)


def test_copies_of_an_icon_and_buttons_live_on(qtbot: QtBot) -> None:
    button = QPushButton(QIcon(icon("folder")), "Open")
    qtbot.addWidget(button)
    button.show()
    copy = QIcon(button.icon())
    copy.addPixmap(copy.pixmap(16, 16))  # detaches: the engine is cloned
    assert not button.grab().isNull()
    assert not copy.isNull()


def test_unknown_icon_is_a_mistake_at_once() -> None:
    with pytest.raises(OSError, match="no-such"):
        icon("no-such")


def test_draw_takes_any_colour() -> None:
    image = QImage(32, 48, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter, "stop", QRectF(0, 0, 32, 48), QColor("#b3261e"))
    painter.end()
    assert near(strongest(image), QColor("#b3261e"))
    assert all(image.pixelColor(x, 2).alpha() == 0 for x in range(32))  # square, in the middle


def test_app_icon_has_the_desktops_sizes() -> None:
    assert {size.width() for size in app_icon().availableSizes()} >= {16, 32, 48, 256}
