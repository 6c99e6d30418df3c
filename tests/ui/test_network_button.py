"""The network is chosen in the tool bar, where downloads show how far they are and that they failed."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAction, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.http_server import Fault, HttpServer, drips, status
from tests.support.waiting import WAIT
from tests.ui.conftest import StartApp
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.network_button import NetworkButton


@pytest.fixture
def app(start_app: StartApp, qtbot: QtBot) -> App:
    app = start_app(Settings(speeds=(("everyday", 12.5),)))
    qtbot.waitExposed(app.window)
    return app


@pytest.fixture
def button(app: App) -> NetworkButton:
    return app.window.network_button


def actions(button: NetworkButton) -> list[QAction]:
    button.menu().aboutToShow.emit()
    return button.menu().actions()


def texts(button: NetworkButton) -> list[str]:
    return [each.text() for each in actions(button)]


def press_in_menu(button: NetworkButton, *keys: Qt.Key) -> None:
    """Press keys in the menu once it is open."""

    def press() -> None:
        for key in keys:
            QTest.keyClick(button.menu(), key)

    QTimer.singleShot(200, press)


def test_installed_networks_with_their_speed(app: App, button: NetworkButton, qtbot: QtBot) -> None:
    assert texts(button) == ["Everyday\t80 per second", "Starter", "", "More &networks…"]
    assert [each.text() for each in actions(button) if each.isChecked()] == ["Everyday\t80 per second"]
    with qtbot.waitSignal(app.downloads.installed, timeout=WAIT):
        app.downloads.start("tiny-vgg16")
    assert texts(button)[2:4] == ["", "Tiny vgg16"]  # a group of its own
    app.session.settings.update(lambda value: value.with_speed("tiny-vgg16", 300.0))
    assert "Tiny vgg16\t3.3 per second" in texts(button)


def test_a_network_is_chosen_by_keyboard(app: App, button: NetworkButton, qtbot: QtBot) -> None:
    button.setFocus()
    press_in_menu(button, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: app.session.choice.spec.id == "starter", timeout=WAIT)
    assert button.text() == button.accessibleName().removeprefix("Network: ") == "Starter"
    assert [each.data() for each in actions(button) if each.isChecked()] == ["starter"]


def test_the_last_entry_goes_to_the_networks(app: App, button: NetworkButton) -> None:
    actions(button)[-1].trigger()
    assert app.window.pages.current == "networks"


def accent_pixels(button: NetworkButton) -> int:
    """Return how much of the lowest line of the button is in the accent colour."""
    image = button.grab().toImage()
    wanted = tone(button.palette(), Tone.ACCENT).rgb()
    line = image.height() - round(4 * image.devicePixelRatio())
    return sum(image.pixel(x, line) == wanted for x in range(image.width()))


def test_a_download_is_a_bar_on_the_button(
    app: App, button: NetworkButton, server: HttpServer, qtbot: QtBot
) -> None:
    assert accent_pixels(button) == 0
    server.otherwise = drips(60_000)
    app.downloads.start("tiny-vgg16")
    qtbot.waitUntil(lambda: "Downloading: 3" in button.toolTip(), timeout=WAIT)
    assert button.toolTip().startswith("Network in use: Everyday")
    first = accent_pixels(button)
    assert first > 0
    told = QAccessible.queryAccessibleInterface(button)
    assert told.text(QAccessible.Text.Description).startswith("Downloading: ")
    qtbot.waitUntil(lambda: accent_pixels(button) > first, timeout=WAIT)
    app.downloads.cancel("tiny-vgg16")
    assert accent_pixels(button) == 0
    assert "Downloading" not in button.toolTip()


def picture(button: NetworkButton) -> QImage:
    """Return the icon of the button as it is painted."""
    return button.icon().pixmap(24, 24).toImage()


def test_a_failed_download_is_a_warning_until_it_is_tried_again(
    app: App, button: NetworkButton, server: HttpServer, qtbot: QtBot
) -> None:
    plain = picture(button)
    server.otherwise = status(404)
    with qtbot.waitSignal(app.downloads.failed, timeout=WAIT):
        app.downloads.start("tiny-vgg16")
    assert button.accessibleDescription() == "Warning: the download of Tiny vgg16 failed."
    assert picture(button) != plain
    server.otherwise = Fault()
    with qtbot.waitSignal(app.downloads.installed, timeout=WAIT):
        app.downloads.start("tiny-vgg16")
    assert button.accessibleDescription() == ""
    assert picture(button) == plain
