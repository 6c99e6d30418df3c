"""Layouts that are filled with one call."""

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vgg_desktop.ui.look.widgets import TOP, fill


def test_parts_of_a_layout_have_their_stretch_and_alignment(qtbot: QtBot) -> None:
    window, symbol, text = QWidget(), QLabel("!"), QLabel("text")
    qtbot.addWidget(window)
    inner = fill(QHBoxLayout(), (symbol, TOP), (text, 1), spacing=3)
    column = fill(QVBoxLayout(window), inner, 7, None, margins=(1, 2, 3, 4))
    assert (inner.stretch(0), inner.stretch(1), inner.spacing()) == (0, 1, 3)
    first, second, space = inner.itemAt(0), column.itemAt(0), column.itemAt(1)
    assert first is not None
    assert first.alignment() is TOP
    assert second is not None
    assert second.layout() is inner
    assert space is not None
    assert space.sizeHint().height() == 7
    assert column.stretch(2) == 1
    assert column.contentsMargins() == QMargins(1, 2, 3, 4)
