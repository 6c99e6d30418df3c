"""Routes Qt's own messages into the log, with their category."""

import contextlib
import logging
from collections import Counter
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

logger = logging.getLogger("qt")

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

REPEATS = 5  # of the same message are logged, so that it does not push everything else out of the log
MESSAGES = 1000  # of which it is remembered how often they came
_seen: Counter[str] = Counter()


def _log(level: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Log one message of Qt. Thread: any; Qt must never get an exception back."""
    with contextlib.suppress(Exception):
        if len(_seen) > MESSAGES:
            _seen.clear()
        _seen[text] += 1
        if _seen[text] > REPEATS:
            return
        logger.log(_LEVELS.get(level, logging.WARNING), "%s: %s", context.category or "default", text)


def route_qt_messages() -> Callable[[], None]:
    """Route Qt's messages to the logger `qt`, and return a function that restores the previous handler."""
    previous = qInstallMessageHandler(_log)

    def restore() -> None:
        qInstallMessageHandler(previous)

    return restore
