"""Mistakes in the program are logged and told, in one window, and never make things worse."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.file_manager import file_manager
from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.ui.crash import CrashReporter
from vgg_desktop.ui.crash_dialog import CrashDialog
from vgg_desktop.why import Why


@pytest.fixture
def reporter() -> Iterator[CrashReporter]:
    reporter = CrashReporter()
    reporter.install()
    yield reporter
    reporter.uninstall()
    if reporter.dialog is not None:
        reporter.dialog.close()


def fail(what: str = "nothing") -> None:
    raise KeyError(what)


def report(error: BaseException) -> None:
    """Do what Python does with an exception that nobody caught."""
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001 - that is what the hook gets
        sys.excepthook(type(caught), caught, caught.__traceback__)


def words(dialog: CrashDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def opened(qtbot: QtBot, reporter: CrashReporter) -> CrashDialog:
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    dialog = reporter.dialog
    assert dialog is not None
    return dialog


def test_a_mistake_behind_a_button_is_told(
    qtbot: QtBot, reporter: CrashReporter, app_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    button = QPushButton("Go")
    qtbot.addWidget(button)
    button.clicked.connect(lambda: fail())
    button.show()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = opened(qtbot, reporter)
    said = words(dialog)
    assert "Something went wrong inside VGG Desktop" in said
    assert "The window stays usable" in said
    assert str(app_home / "log") in said
    assert not dialog.isModal()
    details = dialog.findChild(QPlainTextEdit)
    assert isinstance(details, QPlainTextEdit)
    assert "KeyError: 'nothing'" in details.toPlainText()
    assert details.isReadOnly()
    record = next(each for each in caplog.records if each.levelno == logging.CRITICAL)
    assert record.exc_info is not None
    assert record.name == "vgg_desktop.ui.crash"
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "Something went wrong inside VGG Desktop" in copied
    assert "test_crash.py" in copied
    assert "Python 3." in copied
    assert dialog.copy_button.text() == "Copied"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert reporter.dialog is None


def test_the_terminal_gets_it_too_where_there_is_one(
    qtbot: QtBot, reporter: CrashReporter, capsys: pytest.CaptureFixture[str]
) -> None:
    report(ValueError("seen"))
    assert "ValueError: seen" in capsys.readouterr().err
    opened(qtbot, reporter)


def test_a_windowed_program_has_no_terminal(
    qtbot: QtBot, reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    report(ValueError("x"))
    opened(qtbot, reporter)


def test_the_folder_of_the_log_opens(qtbot: QtBot, reporter: CrashReporter, app_home: Path) -> None:
    report(ValueError("x"))
    dialog = opened(qtbot, reporter)
    with file_manager() as manager:
        QTest.mouseClick(dialog.folder_button, Qt.MouseButton.LeftButton)
    assert manager.opened == [str(app_home / "log")]


def test_later_ones_are_counted_in_the_one_window(qtbot: QtBot, reporter: CrashReporter) -> None:
    for number in range(3):
        report(ValueError(f"number {number}"))
    dialog = opened(qtbot, reporter)
    report(TypeError("another"))
    qtbot.waitUntil(lambda: "happened 3 more" in words(dialog))
    text = dialog.report()
    assert text.count("number 0") > 0
    assert "number 1" not in text  # the same mistake at the same place
    assert "TypeError: another" in text
    assert len([each for each in QApplication.topLevelWidgets() if isinstance(each, CrashDialog)]) == 1


class Broken(QWidget):
    """Fails at each painting."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self):
            fail("paint")


def test_a_mistake_at_each_painting_is_told_once(
    qtbot: QtBot, reporter: CrashReporter, caplog: pytest.LogCaptureFixture
) -> None:
    widget = Broken()
    qtbot.addWidget(widget)
    widget.show()
    dialog = opened(qtbot, reporter)
    QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    for _ in range(40):
        widget.update()
        QApplication.processEvents()
    assert reporter.dialog is None
    # The whole traceback once, then at the 2nd, 4th, 8th...
    assert sum(record.exc_info is not None for record in caplog.records) == 1
    assert 4 <= len(caplog.records) <= 8


def test_a_failure_with_a_cause_outside_is_told_as_itself(
    qtbot: QtBot, reporter: CrashReporter, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        report(ImageUnreadable(Path("/pictures/a.png"), Why.FILE_EMPTY()))
        dialog = opened(qtbot, reporter)
        assert "The picture could not be read" in words(dialog)
        assert f"{Path('/pictures/a.png')} could not be read: it is empty." in words(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert reporter.dialog is None
    assert capsys.readouterr().err == ""


def test_mistakes_in_threads_are_told_in_the_window(qtbot: QtBot, reporter: CrashReporter) -> None:
    thread = threading.Thread(target=fail, args=("thread",))
    thread.start()
    thread.join()
    dialog = opened(qtbot, reporter)
    assert "KeyError: 'thread'" in dialog.report()
    assert dialog.thread() is QThread.currentThread()
    ends = threading.Thread(target=sys.exit)
    ends.start()
    ends.join()
    QApplication.processEvents()
    assert "more" not in words(dialog).replace("Since then", "")


def test_ctrl_c_ends_the_program(reporter: CrashReporter) -> None:
    QTimer.singleShot(0, lambda: report(KeyboardInterrupt()))
    assert QApplication.exec() == 0
    assert reporter.dialog is None


class Vicious(Exception):
    """Fails when it is spoken of."""

    def __str__(self) -> str:
        raise RuntimeError("no")

    __repr__ = __str__


@pytest.mark.usefixtures("reporter")
def test_nothing_comes_out_of_the_hook(capsys: pytest.CaptureFixture[str]) -> None:
    report(Vicious())
    sys.excepthook(ValueError, None, None)  # type: ignore[arg-type] # C code may pass it
    QApplication.processEvents()


def test_a_mistake_within_the_hook_does_not_call_it_again(
    reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []

    class Logger(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            calls.append(record)
            report(ValueError("within"))

    handler = Logger()
    logging.getLogger("vgg_desktop").addHandler(handler)
    try:
        report(ValueError("outside"))
    finally:
        logging.getLogger("vgg_desktop").removeHandler(handler)
    assert len(calls) == 1


def test_uninstall_gives_the_hooks_back() -> None:
    before = sys.excepthook, threading.excepthook
    reporter = CrashReporter()
    reporter.install()
    assert sys.excepthook != before[0]
    reporter.uninstall()
    assert (sys.excepthook, threading.excepthook) == before
    reporter.install()
    sys.excepthook = sys.__excepthook__
    reporter.uninstall()
    assert sys.excepthook is sys.__excepthook__
    sys.excepthook = before[0]


def test_an_earlier_crash_is_told(qtbot: QtBot, reporter: CrashReporter) -> None:
    reporter.show_previous("# VGG Desktop 0.1.0\nFatal Python error: Segmentation fault\n")
    dialog = opened(qtbot, reporter)
    assert "VGG Desktop closed unexpectedly last time" in words(dialog)
    assert "Segmentation fault" in dialog.report()


def test_without_an_application_it_is_only_logged(tmp_path: Path) -> None:
    code = (
        "import threading\nfrom vgg_desktop.ui.crash import CrashReporter\n"
        "reporter = CrashReporter(); reporter.install()\n"
        "threading.Thread(target=lambda: 1 / 0).start()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "ZeroDivisionError" in done.stderr
