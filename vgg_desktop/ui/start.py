"""The start of the window: shows an empty frame as early as possible; `app` builds its content."""

import contextlib
import functools
import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from vgg_desktop import __version__, logs, paths, settings
from vgg_desktop.errors import NoDisplay
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.incoming.single_instance import SingleInstance, instance_name

_PAINT_TIMEOUT_MS = 500
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
qt_logger = logging.getLogger("qt")
REPEATS = 5  # of the same message are logged, so that it does not push everything else out of the log
MESSAGES = 1000  # of which it is remembered how often they came
_seen: Counter[str] = Counter()


def require_display() -> None:
    """Raise `NoDisplay` where Qt would abort: on Linux without a screen and without another platform chosen."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise NoDisplay


def make_application() -> QApplication:
    """Return the one application with its names; Qt finds its folders by them."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    QGuiApplication.setApplicationDisplayName("VGG Desktop")
    QApplication.setApplicationName("vgg-desktop")
    QApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("vgg-desktop")
    QApplication.setWindowIcon(QIcon(str(paths.resource("icons/app.svg"))))
    return application


def route_qt_messages() -> Callable[[], object]:
    """Route Qt's messages to the logger `qt`, and return a function that restores the previous handler."""
    return functools.partial(qInstallMessageHandler, qInstallMessageHandler(_log))


def _log(level: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Log one message of Qt, with its category. Thread: any; Qt must never get an exception back."""
    with contextlib.suppress(Exception):
        if len(_seen) > MESSAGES:
            _seen.clear()
        _seen[text] += 1
        if _seen[text] > REPEATS:
            return
        qt_logger.log(_LEVELS.get(level, logging.WARNING), "%s: %s", context.category or "default", text)


def run(files: list[Path | str]) -> int:
    """Open the window, classify these files and addresses, and return the exit code when it was closed.

    When a window is already open, it takes the files. Raises `NoDisplay`.
    """
    require_display()
    logs.set_up()
    if sys.platform == "win32":
        from vgg_desktop.ui import win32

        win32.set_app_id(paths.APP_NAME)
    application = make_application()
    restore_messages = route_qt_messages()
    instance = SingleInstance(instance_name())
    try:
        # Of two starts at the same moment one cannot listen, and finds the other then.
        if instance.send_files(files) or (not instance.listen() and instance.send_files(files)):
            return 0
        chosen = settings.load()
        frame = Frame(application, chosen)
        # Ctrl+C closes the window. Python's default, an exception in the running code, would be lost in Qt.
        signal.signal(signal.SIGINT, lambda *_: frame.close_at_once())
        if sys.platform == "win32":  # Ctrl+Break, and the console that is closed
            signal.signal(signal.SIGBREAK, lambda *_: frame.close_at_once())
        frame.show()
        if not _let_appear(frame):
            return 0
        # Importing and building what is in the window takes longer than all of the above.
        from vgg_desktop.ui.app import run_app

        return run_app(frame, instance, chosen, files)
    finally:
        instance.close()
        restore_messages()


def _let_appear(frame: Frame) -> bool:
    """Wait until the window has been painted, and return whether it is still open."""
    loop = QEventLoop()
    # Not from within the painting, whose result is sent to the screen after it.
    painted = QTimer(loop, singleShot=True)
    painted.timeout.connect(loop.quit)
    frame.painted.connect(painted.start)
    # Minimised, or on another desktop, it is not painted.
    QTimer.singleShot(_PAINT_TIMEOUT_MS, loop, loop.quit)
    loop.exec()
    return frame.isVisible()
