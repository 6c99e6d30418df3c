"""The window has one network loaded, two only while they are compared, whatever is chosen."""

import gc

import pytest
from pytestqt.qtbot import QtBot

from tests.support.devices import GPU, Devices, after, raising
from tests.support.sessions import Sessions
from tests.support.waiting import WAIT, drop, wait_until_done, wait_until_idle
from tests.ui.conftest import MakePicture, StartApp
from vgg_desktop.inference.devices import measuring
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.forms import make_half, make_int8
from vgg_desktop.settings import Settings


@pytest.fixture
def sessions(devices: Devices, monkeypatch: pytest.MonkeyPatch) -> Sessions:
    """Return the counted sessions of a computer with a graphics card."""
    monkeypatch.setattr(make_half, "COMPARED_ON", 4)
    monkeypatch.setattr(make_int8, "CALIBRATED_ON", 4)
    monkeypatch.setattr(make_int8, "COMPARED_ON", 8)
    monkeypatch.setattr(measuring, "_MOST_RUNS", 3)
    return Sessions(monkeypatch)


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Devices:
    return Devices(monkeypatch)


def test_every_change_frees_what_was_loaded(
    sessions: Sessions, devices: Devices, start_app: StartApp, qtbot: QtBot, make_picture: MakePicture
) -> None:
    app = start_app(Settings(model="starter", device=GPU.id))
    choice, queue = app.session.choice, app.queues.inference

    def settle(most: int = 1) -> None:
        wait_until_done(app, qtbot, 2)
        wait_until_idle(queue, qtbot)
        assert app.session.devices.loaded is not None
        assert (sessions.most <= most, sessions.count) == (True, 1), (sessions.most, sessions.count)
        sessions.begin()

    def named() -> str:
        assert app.session.devices.loaded is not None
        return app.session.devices.loaded.device

    drop(app, make_picture("a.png"), make_picture("b.png", 1))
    settle()
    assert named() == GPU.name
    choice.choose_device(CPU.id)
    settle()
    choice.choose_device(GPU.id)
    settle()
    choice.choose_precision("fast")  # made, and compared with Exact
    qtbot.waitUntil(lambda: choice.precision == "fast", timeout=WAIT)
    settle(2)
    assert {row.classification.form for row in app.session.pictures.model.rows() if row.classification} == {
        "half"
    }
    choice.choose_precision("exact")
    settle()
    app.session.settings.change(threads=1)
    settle()
    other = next(each for each in app.downloads.specs() if each.id == "everyday")
    choice.use(other)
    settle(2)
    choice.use(next(each for each in app.downloads.specs() if each.id == "starter"))
    settle()
    devices.faults[GPU.provider] = after(2, raising("CUDA failure 700"))
    choice.test_devices_again()
    settle()
    choice.choose_precision("exact")
    assert sessions.count == 1


def test_measuring_and_the_networks_page_leave_one(
    sessions: Sessions, start_app: StartApp, qtbot: QtBot, make_picture: MakePicture
) -> None:
    app = start_app(Settings(model="starter", device=GPU.id))
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    sessions.begin()
    app.session.measurements.measure([app.session.choice.spec])
    qtbot.waitUntil(lambda: not app.session.measurements.activity, timeout=WAIT)
    wait_until_idle(app.queues.inference, qtbot)
    assert (sessions.most <= 2, sessions.count) == (True, 1), (sessions.most, sessions.count)
    gc.collect()
    assert sessions.count == 1
