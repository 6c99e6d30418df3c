"""The window with a second device that really runs: chosen in the chip, tested, answering, named."""

from pathlib import Path

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drop, wait_until_done
from vgg_desktop.inference.devices.listing import device_statuses, find_device
from vgg_desktop.paths import resource
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.start import make_application

OPENVINO = "openvino:cpu"


def device_actions(app: App) -> dict[str, QAction]:
    menu = app.window.device_chip.menu()
    menu.aboutToShow.emit()
    return {each.data(): each for each in menu.actions() if each.data()}


def test_it_is_chosen_in_the_chip_and_its_bars_come(qtbot: QtBot, app_home: Path) -> None:
    chosen = Settings(device="cpu")
    app = App(Frame(make_application(), chosen), chosen)
    try:
        app.start()
        app.frame.show()
        drop(app, resource("examples/sandals.jpg"))
        wait_until_done(app, qtbot, 1)
        (row,) = app.session.pictures.model.rows()
        assert row.classification is not None
        assert row.classification.device == "cpu"
        before = row.classification.predictions
        qtbot.waitUntil(lambda: OPENVINO in device_actions(app), timeout=WAIT)
        tested: list[object] = []
        app.engine.testing.connect(tested.append)
        device_actions(app)[OPENVINO].trigger()
        qtbot.waitUntil(
            lambda: row.classification is not None and row.classification.device == OPENVINO, timeout=WAIT
        )
        assert row.classification.provider == "OpenVINOExecutionProvider"
        assert len([each for each in tested if each is not None]) == 1
        name = find_device(OPENVINO, device_statuses()).name
        assert name.endswith("(OpenVINO)")
        assert name in app.window.device_chip.accessibleName()
        assert "Warning" not in app.window.device_chip.accessibleDescription()
        qtbot.waitUntil(lambda: name in app.window.status.text(), timeout=WAIT)
        assert before[0].label in app.window.result_panel.bars.text()
        assert row.classification.predictions[0].index == before[0].index
        assert not app.window.precision_switch.fast.isEnabled()  # 8 bits are the CPU's own
    finally:
        app.frame.close()
        assert app.stop()
        app.frame.deleteLater()
