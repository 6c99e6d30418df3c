"""Unhandled exceptions: logged, and shown to the user in one window that does not block."""

import contextlib
import logging
import sys
import threading
import traceback
from collections import Counter
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from vgg_desktop import paths
from vgg_desktop.errors import VggDesktopError
from vgg_desktop.ui.words.messages import Message, describe, environment

if TYPE_CHECKING:
    from vgg_desktop.ui.crash_dialog import CrashDialog

logger = logging.getLogger(__name__)

_MOST_REMEMBERED: Final = 1000


@dataclass(frozen=True, slots=True)
class Report:
    """One unhandled exception as text: its frames would keep objects of other threads alive.

    `signature` is equal for the same exception at the same place, and empty for faults outside the program.
    """

    message: Message
    signature: str


class CrashReporter(QObject):
    """Catches unhandled exceptions of every thread, logs and shows them. Created in the window's thread."""

    reported = Signal(object)  # Report

    def __init__(self) -> None:
        super().__init__()
        self._dialog: CrashDialog | None = None
        self._shown: set[str] = set()
        self._times: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._inside = threading.local()
        self._previous = sys.excepthook
        self._previous_of_threads = threading.excepthook
        # Queued within one thread too: the exception may have been raised while a widget was painting.
        self.reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over both hooks of Python."""
        self._previous, self._previous_of_threads = sys.excepthook, threading.excepthook
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread

    def uninstall(self) -> None:
        """Restore the hooks, unless they were replaced since."""
        if sys.excepthook == self.catch:
            sys.excepthook = self._previous
        if threading.excepthook == self._catch_in_thread:
            threading.excepthook = self._previous_of_threads

    @property
    def dialog(self) -> "CrashDialog | None":
        """The window that is open, if one is."""
        dialog = self._dialog
        return dialog if dialog is not None and isValid(dialog) and dialog.isVisible() else None

    def catch(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Log one exception and show it; Ctrl+C ends the program. Thread: any. Never raises."""
        if getattr(self._inside, "busy", False):
            return  # an exception raised below must not call this without end
        self._inside.busy = True
        try:
            self._handle(kind() if error is None else error, trace)
        except BaseException:  # noqa: BLE001 - nothing is left that could catch it
            with contextlib.suppress(BaseException):
                sys.__excepthook__(kind, error or kind(), trace)
        finally:
            self._inside.busy = False

    def show_previous(self, text: str) -> None:
        """Show that an earlier run crashed, with the text from `CrashFile.previous_crash`. Thread: the window's."""
        self._open(Report(_previous_message(text), ""))

    def _catch_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_type is not SystemExit:
            self.catch(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _handle(self, error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            if QCoreApplication.instance() is not None:
                QCoreApplication.quit()
            return
        if isinstance(error, VggDesktopError):
            logger.error("not handled where it happened: %s", error.for_log())
            signature = ""
        else:
            signature = _signature(error, trace)
            self._note(error, trace, signature)
        if isinstance(QCoreApplication.instance(), QApplication):
            described = error if isinstance(error, Exception) else RuntimeError(repr(error))
            self.reported.emit(Report(describe(described), signature))

    def _note(self, error: BaseException, trace: TracebackType | None, signature: str) -> None:
        """Write an exception to the log, and to the terminal where there is one."""
        with self._lock:
            if len(self._times) > _MOST_REMEMBERED:
                self._times.clear()
            self._times[signature] += 1
            times = self._times[signature]
        if times == 1:
            logger.critical("a mistake in the program", exc_info=(type(error), error, trace))
            if sys.stderr is not None:
                with contextlib.suppress(OSError, ValueError):
                    traceback.print_exception(type(error), error, trace, file=sys.stderr)
        elif times & (times - 1) == 0:  # 2, 4, 8...: one at each painting would push all else out of the log
            logger.critical("the same mistake for the %dth time: %r", times, error)

    @Slot(object)
    def _show(self, report: Report) -> None:
        """Open the window, or count the exception in the open one. Thread: the window's."""
        dialog = self.dialog
        if dialog is not None:
            dialog.add(report.message, repeated=report.signature in self._shown)
        elif report.signature not in self._shown:
            self._open(report)
        # Faults outside the program are shown each time.
        if report.signature:
            self._shown.add(report.signature)

    def _open(self, report: Report) -> None:
        from vgg_desktop.ui.crash_dialog import CrashDialog  # seldom needed, and never at the start

        self._dialog = CrashDialog(report.message, paths.log_folder(), QApplication.activeWindow())
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.show()


def _signature(error: BaseException, trace: TracebackType | None) -> str:
    """Return what identifies an exception: its type and the lines of its traceback (its text may contain a number)."""
    frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
    return "\n".join([type(error).__qualname__, *frames[-20:]])


def _previous_message(text: str) -> Message:
    translate = QCoreApplication.translate
    return Message(
        translate("CrashReporter", "VGG Desktop closed unexpectedly last time"),
        translate(
            "CrashReporter",
            "It crashed, perhaps in the graphics driver. Your pictures and networks are not affected. Please "
            "send us the details so we can fix it; nothing is sent automatically.",
        ),
        f"{text.rstrip()}\n\n{environment()}",
    )
