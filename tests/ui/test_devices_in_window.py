"""Devices from the window's side: chosen in the chip, tried out, failing, lost, gone; always told, never silent."""

import logging

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.devices import GPU, MESSAGES, OTHER_GPU, Devices, after, raising, zeros
from tests.support.waiting import WAIT, drop, states, wait_until_done
from tests.ui.conftest import MakePicture, StartApp
from vgg_desktop import settings
from vgg_desktop.inference.devices.listing import CPU, Device, DeviceStatus
from vgg_desktop.inference.forms import make_half
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.devices.devices_page import DevicesPage
from vgg_desktop.ui.pictures.rows import RowState
from vgg_desktop.ui.work.engine import DeviceTest
from vgg_desktop.why import Why

LONG = Device("dml:0", "NVIDIA GeForce RTX 4070 Laptop GPU (DirectML)", GPU.provider, kind="gpu")


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Devices:
    return Devices(monkeypatch)


def entries(app: App) -> dict[str, QAction]:
    """Return the devices in the chip's menu, as whoever opens it finds them."""
    menu = app.window.device_chip.menu()
    menu.aboutToShow.emit()
    return {each.data(): each for each in menu.actions() if each.data()}


def choose(app: App, id: str) -> None:
    entries(app)[id].trigger()


def answered_by(app: App) -> set[str]:
    return {row.classification.device for row in app.session.pictures.model.rows() if row.classification}


def loaded_on(app: App, qtbot: QtBot, wish: str) -> None:
    qtbot.waitUntil(
        lambda: app.session.devices.loaded is not None and app.session.devices.loaded.requested == wish,
        timeout=WAIT,
    )


def test_a_chosen_device_answers_again_and_is_named(
    devices: Devices, start_app: StartApp, qtbot: QtBot, make_picture: MakePicture
) -> None:
    app = start_app(Settings(device=CPU.id))
    chip, status = app.window.device_chip, app.window.status
    drop(app, make_picture("a.png"), make_picture("b.png", 1))
    wait_until_done(app, qtbot, 2)
    assert answered_by(app) == {"cpu"}
    assert chip.text() == "CPU"
    tested: list[DeviceTest | None] = []
    app.engine.testing.connect(tested.append)
    qtbot.waitUntil(lambda: bool(app.session.devices.statuses), timeout=WAIT)
    choose(app, GPU.id)
    loaded_on(app, qtbot, GPU.id)
    wait_until_done(app, qtbot, 2)
    assert answered_by(app) == {"cpu"}  # these are known, and the same on every device
    drop(app, make_picture("c.png", 2))
    qtbot.waitUntil(lambda: answered_by(app) == {"cpu", GPU.id}, timeout=WAIT)
    assert [each.device for each in tested if each is not None] == [GPU.name]
    assert chip.text() == GPU.name
    qtbot.waitUntil(lambda: GPU.name in status.text(), timeout=WAIT)
    assert status.text().count("·") == 3
    assert entries(app)[GPU.id].isChecked()
    app.session.settings.save()
    assert settings.load().device == GPU.id
    assert devices.tests_of(GPU) > 0


def test_the_test_is_told_while_it_runs(devices: Devices, start_app: StartApp, qtbot: QtBot) -> None:
    app = start_app(Settings(device=CPU.id))
    loaded_on(app, qtbot, CPU.id)
    said: list[tuple[str, str, str]] = []

    def note() -> None:
        chip = app.window.device_chip
        if app.session.devices.testing is not None:
            said.append((chip.text(), chip.accessibleName(), app.window.status.text()))

    app.session.devices.changed.connect(note)
    app.session.choice.choose_device(GPU.id)
    loaded_on(app, qtbot, GPU.id)
    (name, accessible, status) = said[0]
    assert (name, accessible) == ("Testing Test GPU…", "Device: Testing Test GPU…")
    assert status == f"Testing Test GPU with {app.session.choice.spec.title}…"
    assert "Testing" not in app.window.status.text()
    app.session.choice.test_devices_again()
    qtbot.waitUntil(lambda: len(said) > 1, timeout=WAIT)
    qtbot.waitUntil(lambda: app.session.devices.testing is None, timeout=WAIT)


def test_a_device_that_fails_its_test_leaves_the_cpu_and_the_reason(
    devices: Devices, start_app: StartApp, qtbot: QtBot, make_picture: MakePicture
) -> None:
    devices.faults[GPU.provider] = zeros
    app = start_app(Settings(device=GPU.id))
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    chip = app.window.device_chip
    assert answered_by(app) == {"cpu"}
    assert chip.text() == "CPU"
    assert "Test GPU: it returned the same score for every class" in chip.toolTip()
    assert chip.accessibleDescription().startswith("Warning: Running on CPU")
    assert "same score" in entries(app)[GPU.id].text()
    assert entries(app)[GPU.id].isChecked()  # it is still what is requested
    # Auto knows of it too, and whoever wants the CPU is not warned.
    choose(app, "auto")
    loaded_on(app, qtbot, "auto")
    assert chip.text() == "Auto: CPU"
    assert "same score" in chip.toolTip()
    assert chip.accessibleDescription().startswith("Warning: ")
    choose(app, "cpu")
    loaded_on(app, qtbot, "cpu")
    assert chip.accessibleDescription() == "Running on CPU"
    # It works again after a new driver, say.
    del devices.faults[GPU.provider]
    choose(app, GPU.id)
    loaded_on(app, qtbot, GPU.id)
    assert chip.text() == "CPU"
    (again,) = (each for each in chip.menu().actions() if each.text() == "&Test again")
    again.trigger()
    qtbot.waitUntil(lambda: chip.text() == GPU.name, timeout=WAIT)
    assert "Warning" not in chip.accessibleDescription()


def test_a_device_lost_in_the_middle_costs_no_picture_and_is_told_once(
    devices: Devices, start_app: StartApp, qtbot: QtBot, make_picture: MakePicture
) -> None:
    app = start_app(Settings(device=GPU.id))
    loaded_on(app, qtbot, GPU.id)
    told: list[object] = []
    app.session.devices.lost.connect(told.append)
    devices.faults[GPU.provider] = after(4, raising(MESSAGES["CUDA 700"]))
    app.session.settings.change(threads=1)  # another session, with the fault
    drop(app, *(make_picture(f"{number}.png", number) for number in range(12)))
    wait_until_done(app, qtbot, 12)
    assert set(states(app)) == {RowState.DONE}
    assert answered_by(app) == {GPU.id, "cpu"}
    assert len(told) == 1
    bar, chip = app.window.info_bar, app.window.device_chip
    assert bar.text.text().startswith("Test GPU failed: onnxruntime says: ")
    assert "CUDA failure 700" in bar.text.text()
    assert chip.text() == "CPU"
    assert "CUDA failure 700" in chip.toolTip()
    # The line below a result says which of the two answered it.
    for row in app.session.pictures.model.rows():
        app.window.list_panel.select(row)
        assert row.classification is not None
        name = "CPU" if row.classification.device == "cpu" else GPU.name
        assert app.window.status.text().split("   ·   ")[1] == name
    del devices.faults[GPU.provider]
    (again,) = bar.buttons
    again.click()
    qtbot.waitUntil(lambda: chip.text() == GPU.name, timeout=WAIT)


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [
        ((), "cuda:0: it was not found on this computer"),
        ((DeviceStatus(GPU, Why.DEVICE_NO_CUDNN(version="9")),), "Test GPU: cuDNN 9 was not found"),
    ],
)
def test_a_saved_device_that_cannot_be_had_leaves_auto_and_the_reason(
    statuses: tuple[DeviceStatus, ...],
    reason: str,
    devices: Devices,
    start_app: StartApp,
    qtbot: QtBot,
    make_picture: MakePicture,
) -> None:
    devices.statuses = [*statuses, DeviceStatus(CPU)]
    app = start_app(Settings(device=GPU.id))
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    chip = app.window.device_chip
    assert answered_by(app) == {"cpu"}
    assert chip.text() == "CPU"
    assert chip.toolTip().count(reason) == 1
    assert chip.accessibleDescription().startswith("Warning: ")
    assert app.session.settings.value.device == GPU.id  # it may come back
    offered = entries(app)
    if statuses:
        assert not offered[GPU.id].isEnabled()
        assert offered[GPU.id].text() == "Test GPU – cuDNN 9 was not found"
    else:
        assert offered["auto"].isChecked()


def test_a_reason_with_semicolons_is_shown_whole(devices: Devices, start_app: StartApp, qtbot: QtBot) -> None:
    words = "CUDA failure 2: out of memory ; GPU=0 ; hostname=pc ; file=allocator.cc"
    devices.faults[GPU.provider] = raising(f"[ONNXRuntimeError] : 1 : FAIL : {words}")
    app = start_app()
    loaded_on(app, qtbot, "auto")
    assert words in app.window.device_chip.toolTip()
    assert entries(app)[GPU.id].toolTip() == f"Test GPU – onnxruntime says: FAIL : {words}"


def test_the_cpu_alone_is_no_news(
    devices: Devices, start_app: StartApp, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    devices.statuses = [DeviceStatus(CPU)]
    with caplog.at_level(logging.INFO, "vgg_desktop.inference.devices.diagnostics"):
        app = start_app()
        loaded_on(app, qtbot, "auto")
        app.session.choice.choose_device("cpu")
        loaded_on(app, qtbot, "cpu")
    chip = app.window.device_chip
    assert chip.text() == "CPU"
    assert "Warning" not in chip.accessibleDescription()
    entries(app)
    assert any("No other device" in each.text() and not each.isEnabled() for each in chip.menu().actions())
    # What a helper asks for is in the log, once.
    assert caplog.text.count("Self-tests:") == 1


def test_a_kind_of_device_that_is_not_there_is_no_warning(
    devices: Devices, start_app: StartApp, qtbot: QtBot
) -> None:
    absent = Device("cuda:0", "GPU (CUDA)", GPU.provider, kind="gpu")
    devices.statuses = [DeviceStatus(absent, Why.DEVICE_NO_DRIVER()), DeviceStatus(CPU)]
    app = start_app()
    loaded_on(app, qtbot, "auto")
    chip = app.window.device_chip
    assert chip.text() == "CPU"
    assert "Warning" not in chip.accessibleDescription()
    assert "the NVIDIA driver was not found" in chip.toolTip()
    # One that is there, with its driver, is.
    devices.statuses[0] = DeviceStatus(GPU, Why.DEVICE_NO_CUDNN(version="9"))
    app.session.choice.test_devices_again()
    qtbot.waitUntil(lambda: "cuDNN 9" in chip.toolTip(), timeout=WAIT)
    assert "Warning" in chip.accessibleDescription()


def test_fast_is_half_precision_on_a_graphics_card(
    devices: Devices,
    start_app: StartApp,
    qtbot: QtBot,
    make_picture: MakePicture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(make_half, "COMPARED_ON", 4)
    app = start_app(Settings(model="starter", device=GPU.id))
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    switch, bar = app.window.precision_switch, app.window.info_bar
    qtbot.waitUntil(lambda: "half precision on Test GPU" in switch.fast.toolTip(), timeout=WAIT)
    switch.fast.click()
    qtbot.waitUntil(lambda: app.session.fast.model is not None, timeout=WAIT)
    assert "in half precision on Test GPU" in bar.text.text()
    assert "of 4 pictures" in bar.text.text()

    def answered() -> tuple[str, str]:
        (row,) = app.session.pictures.model.rows()
        assert row.classification is not None
        return row.classification.device, row.classification.precision

    qtbot.waitUntil(lambda: answered() == (GPU.id, "fast"), timeout=WAIT)
    # On the CPU Fast is another form, which was not made.
    choose(app, "cpu")
    qtbot.waitUntil(lambda: answered() == ("cpu", "exact"), timeout=WAIT)
    qtbot.waitUntil(lambda: "8-bit" in switch.fast.toolTip() or not switch.fast.isEnabled(), timeout=WAIT)
    assert switch.exact.isChecked()


def test_a_device_without_fast_says_so(devices: Devices, start_app: StartApp, qtbot: QtBot) -> None:
    other = Device("openvino:cpu", "CPU (OpenVINO)", GPU.provider, kind="cpu")
    devices.statuses = [DeviceStatus(other), DeviceStatus(CPU)]
    app = start_app(Settings(device=other.id, precision="fast"))
    switch = app.window.precision_switch
    qtbot.waitUntil(lambda: not switch.fast.isEnabled(), timeout=WAIT)
    assert switch.fast.toolTip() == "Not available here: it runs on the CPU only."
    assert app.window.device_chip.text() == other.name


def test_the_chip_by_keyboard(devices: Devices, start_app: StartApp, qtbot: QtBot) -> None:
    devices.statuses = [DeviceStatus(each) for each in (GPU, OTHER_GPU, CPU)]
    app = start_app(Settings(device=CPU.id))
    loaded_on(app, qtbot, CPU.id)
    chip = app.window.device_chip
    qtbot.waitUntil(lambda: len(app.session.devices.statuses) == 3, timeout=WAIT)
    app.frame.activateWindow()
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    assert chip.hasFocus()

    def press() -> None:
        menu = QApplication.activePopupWidget()
        assert menu is chip.menu()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):  # Auto, then the first card
            QTest.keyClick(menu, key)

    QTimer.singleShot(200, press)
    QTest.keyClick(chip, Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: app.session.settings.value.device == GPU.id, timeout=WAIT
    )  # Qt 6.12 does not wait for a menu
    next(each for each in chip.menu().actions() if each.text() == "De&vices").trigger()
    assert isinstance(app.window.pages.currentWidget(), DevicesPage)


@pytest.mark.parametrize("language", ["en", "de", "ja", "xx"])
@pytest.mark.parametrize("width", [640, 760, 1000])
def test_long_names_push_nothing_out(
    language: str, width: int, devices: Devices, start_app: StartApp, qtbot: QtBot
) -> None:
    devices.statuses = [DeviceStatus(LONG), DeviceStatus(CPU)]
    app = start_app(Settings(device=LONG.id, language=language))
    loaded_on(app, qtbot, LONG.id)
    window = app.window
    app.frame.resize(width, 520)
    bar = window.tool_bar
    parts = (window.network_button, window.device_chip, window.precision_switch)
    qtbot.waitUntil(
        lambda: all(part.isVisible() and part.width() >= part.sizeHint().width() for part in parts),
        timeout=WAIT,
    )
    for part in parts:
        where = QRect(part.mapTo(bar, part.rect().topLeft()), part.size())
        assert bar.rect().contains(where), (part, where, bar.rect())
    assert LONG.name in window.device_chip.toolTip()
    assert LONG.name in window.device_chip.accessibleName()
