"""The about window: versions that are true, and all of it as text."""

import importlib.metadata
import platform
import sys

import numpy
import PIL
import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vgg_desktop import __version__
from vgg_desktop.ui.about_dialog import AboutDialog, parts

RUNTIME = "onnxruntime-directml" if sys.platform == "win32" else "onnxruntime"


@pytest.fixture
def dialog(qtbot: QtBot) -> AboutDialog:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def rows(dialog: AboutDialog) -> dict[str, tuple[str, str]]:
    model = dialog.table.model()
    cells = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    return {name: (version, licence) for name, version, licence in cells}


def test_it_says_what_the_program_is(dialog: AboutDialog) -> None:
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "VGG Desktop" in said
    assert f"Version {__version__}" in said
    assert "Nothing leaves this computer" in said
    assert any("Apache-2.0" in text for text in said)


def test_the_versions_are_those_in_use(dialog: AboutDialog) -> None:
    found = rows(dialog)
    assert found["Python"] == (platform.python_version(), "PSF-2.0")
    assert found["Qt"] == (qVersion(), "LGPL-3.0")
    assert found["onnxruntime"] == (importlib.metadata.version(RUNTIME), "MIT")
    assert found["numpy"] == (numpy.__version__, "BSD-3-Clause")
    assert found["Pillow"] == (PIL.__version__, "MIT-CMU")
    assert found["libheif, libde265 (in pi-heif)"] == ("–", "LGPL-3.0")
    assert found["VGG networks (ONNX Model Zoo)"] == ("–", "Apache-2.0")


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("PySide6", "PySide6-Essentials"),
        ("onnxruntime", RUNTIME),
        ("numpy", "numpy"),
        ("Pillow", "pillow"),
        ("platformdirs", "platformdirs"),
        ("pi-heif", "pi-heif"),
    ],
)
def test_the_licences_are_those_of_the_packages(name: str, package: str) -> None:
    metadata = importlib.metadata.metadata(package)
    stated = " ".join(metadata[key] for key in ("License-Expression", "License") if key in metadata)
    licence = next(part.licence for part in parts() if part.name == name)
    assert licence in stated


def test_all_of_it_can_be_copied(dialog: AboutDialog) -> None:
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == f"VGG Desktop {__version__}"
    assert f"onnxruntime {importlib.metadata.version(RUNTIME)} (MIT)" in lines
    assert "EfficientNet-Lite0 (Google) (Apache-2.0)" in lines
    assert "VGG networks (ONNX Model Zoo) (Apache-2.0)" in lines
    assert platform.platform() in lines
    assert dialog.copy_button.text() == "Copied"


def test_return_and_escape_close_it(dialog: AboutDialog, qtbot: QtBot) -> None:
    assert dialog.close_button.isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isHidden()
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()


def test_tab_reaches_table_and_buttons(dialog: AboutDialog, qtbot: QtBot) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    reached = set()
    for _ in range(12):
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
        reached.add(dialog.focusWidget())
    assert {dialog.table, dialog.copy_button, dialog.close_button} <= reached
