"""The devices page over scripted devices, with short measurements."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.support.devices import Devices
from tests.support.waiting import WAIT, wait_until_idle
from vgg_desktop.inference.devices import measuring
from vgg_desktop.ui.app import App
from vgg_desktop.ui.devices.devices_page import DevicesPage

OpenPage = Callable[[App], DevicesPage]


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "_MOST_RUNS", 3)
    monkeypatch.setattr(measuring, "BATCHES", (1, 4))


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Devices:
    return Devices(monkeypatch)


@pytest.fixture
def open_page(qtbot: QtBot) -> OpenPage:
    """Return what opens the page and waits until it knows the devices."""

    def open_it(app: App) -> DevicesPage:
        app.window.actions_["devices"].trigger()
        wait_until_idle(app.queues.inference, qtbot)
        page = app.window.findChild(DevicesPage)
        assert page is not None
        qtbot.waitExposed(page)
        page.activateWindow()
        return page

    return open_it


def end_of_measuring(app: App, qtbot: QtBot) -> None:
    """Wait until nothing is measured any more, and what is in use is loaded again."""
    qtbot.waitUntil(lambda: not app.session.measurements.activity, timeout=WAIT)
