"""The dialogs opened and closed in turn, as often as in months of use."""

import gc
import os

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.waiting import drop, wait_until_done
from tests.ui.conftest import MakePicture
from vgg_desktop.ui.app import App

TURNS = int(os.environ.get("VGG_DESKTOP_TEST_TURNS", "100"))


def test_dialogs_in_turn(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    dialogs = app.window.dialogs
    for turn in range(TURNS):
        for name in dialogs.names:
            dialog = dialogs.show(name)
            QApplication.processEvents()
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            QApplication.processEvents()
            assert not dialog.isVisible()
        if turn % 20 == 0:
            gc.collect()
    # A stale wrapper was once seen among them as another type.
    assert all(isinstance(each, QWidget) for each in QApplication.topLevelWidgets())
    assert app.window.result_panel.classification is not None


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_dialog_opens_where_it_did_before(app: App) -> None:
    places: list[QPoint] = []
    for _ in range(3):
        dialog = app.window.dialogs.show("about")
        QApplication.processEvents()
        places.append(dialog.pos())
        dialog.close()
        QApplication.processEvents()
    assert len(set(map(QPoint.toTuple, places))) == 1
