"""What Qt says goes into the log, and elsewhere again afterwards."""

import logging

import pytest
from PySide6.QtCore import QLoggingCategory, qCritical, qDebug, qWarning
from pytestqt.logging import _QtMessageCapture as QtLog

from vgg_desktop.ui.qt_messages import route_qt_messages


def test_messages_of_qt_are_logged_with_their_category(
    caplog: pytest.LogCaptureFixture, qtlog: QtLog
) -> None:
    restore = route_qt_messages()
    try:
        with caplog.at_level(logging.INFO, "qt"):
            qDebug("for programmers")
            qWarning("a warning with 100 %s")
            qCritical("bad")
    finally:
        restore()
    assert [(record.name, record.levelname, record.getMessage()) for record in caplog.records] == [
        ("qt", "WARNING", "default: a warning with 100 %s"),
        ("qt", "ERROR", "default: bad"),
    ]
    assert qtlog.records == []
    assert QLoggingCategory.defaultCategory().isWarningEnabled()


def test_the_former_way_comes_back(qtlog: QtLog, caplog: pytest.LogCaptureFixture) -> None:
    route_qt_messages()()
    qDebug("after")
    assert [record.message for record in qtlog.records] == ["after"]
    assert caplog.records == []


def test_a_message_that_comes_again_and_again_does_not_fill_the_log(
    caplog: pytest.LogCaptureFixture, qtlog: QtLog
) -> None:
    restore = route_qt_messages()
    try:
        with caplog.at_level(logging.INFO, "qt"):
            for _ in range(1000):
                qWarning("no such signal path")
            qWarning("another")
    finally:
        restore()
    assert [record.getMessage() for record in caplog.records] == [
        *["default: no such signal path"] * 5,
        "default: another",
    ]
    assert qtlog.records == []
