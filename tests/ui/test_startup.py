"""The start: what the window waits for before it is seen, and what may happen before anything is in it."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLoggingCategory, qCritical, qDebug, qWarning
from pytestqt.logging import _QtMessageCapture as QtLog

from vgg_desktop.ui.start import route_qt_messages

HEAVY = ("numpy", "PIL", "onnxruntime")
# On Windows onnxruntime, which brings numpy, must come before Qt.
ALLOWED = {"numpy", "onnxruntime"} if sys.platform == "win32" else set()

# Each in a process of its own: this one has everything loaded. `at_first_paint` runs when the window was painted
# and before what is in it is imported.
HOOK = """
import os, sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication
from vgg_desktop import cli
from vgg_desktop.ui.frame import Frame

def when_painted(act):
    def paintEvent(frame, event):
        if not seen:
            seen.append(frame)
            QTimer.singleShot(0, lambda: act(frame))
        original(frame, event)
    seen, original = [], Frame.paintEvent
    Frame.paintEvent = paintEvent

def loaded():
    return [name for name in HEAVY if name in sys.modules]
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"{HOOK}\nHEAVY = {HEAVY}\n{code}\nsys.exit(cli.main(['gui']))"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )


def test_the_window_is_there_before_what_is_in_it(app_home: Path) -> None:
    done = run("""
import PySide6.QtCore as core
def look(frame):
    parts = [name for name in ("vgg_desktop.ui.app", "logging.handlers") if name in sys.modules]
    # Naming Qt has PySide6 build all of its enumerations.
    print(*loaded(), *parts, *(["Qt"] if "Qt" in vars(core) else []), "painted", frame.windowTitle(), flush=True)
    os._exit(0)
when_painted(look)
""")
    *found, painted, first, last = done.stdout.split()
    assert (painted, first, last) == ("painted", "VGG", "Desktop"), done.stderr
    assert set(found) <= ALLOWED


def test_nothing_heavy_is_loaded_before_the_window_is_complete(app_home: Path) -> None:
    done = run("""
import vgg_desktop.ui.main_window as main_window
def paintEvent(window, event):
    print(*loaded(), "painted", flush=True)
    os._exit(0)
main_window.MainWindow.paintEvent = paintEvent
""")
    *found, last = done.stdout.split()
    assert last == "painted"
    assert set(found) <= ALLOWED


def test_it_stays_one_window_at_one_place(app_home: Path) -> None:
    done = run("""
facts = []
def note(frame):
    visible = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    pixel = frame.grab().toImage().pixelColor(2, frame.height() - 2).name()
    facts.append((int(frame.winId()), frame.geometry().getRect(), visible == [frame], pixel))
    return frame.focusWidget()
def first(frame):
    note(frame)
    look.start(20)
    look.timeout.connect(lambda: complete(frame))
def complete(frame):
    if frame.focusWidget() is None:
        return
    focused = note(frame)
    print(facts[0] == facts[1], facts, "vgg_desktop.ui.app" in sys.modules, focused.text(), flush=True)
    QApplication.quit()
look = QTimer()
when_painted(first)
""")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("True "), done.stdout
    assert done.stdout.strip().endswith("True Open pictures…")
    assert done.stderr == ""


def test_closed_before_anything_is_in_it(app_home: Path) -> None:
    done = run("when_painted(lambda frame: (frame.resize(777, 555), frame.close()))")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "geometry" in (app_home / "config" / "window.ini").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl+C goes to a whole console")
@pytest.mark.parametrize("moment", ["painted", "building", "filled"])
def test_ctrl_c_closes_it_at_any_moment(moment: str, app_home: Path) -> None:
    """An exception raised in the middle would be lost in Qt, and the window stay for ever."""
    done = run(f"""
import signal
def interrupt(*_):
    os.kill(os.getpid(), signal.SIGINT)
def at_once(frame):
    if {moment!r} == "painted":
        interrupt()
    elif {moment!r} == "building":
        import vgg_desktop.ui.app as app
        build = app.App._make_window
        app.App._make_window = lambda self: (interrupt(), build(self))[1]
    else:
        QTimer.singleShot(1500, interrupt)
when_painted(at_once)
""")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_mistake_while_the_parts_are_built_ends_the_program(app_home: Path) -> None:
    done = run("""
def break_parts(frame):
    import vgg_desktop.ui.app as app
    app.App = None
when_painted(break_parts)
""")
    assert done.returncode == 70
    assert "TypeError" in done.stderr


def test_a_second_start_shows_no_window(app_home: Path) -> None:
    done = run("""
import subprocess
from vgg_desktop.paths import resource
SECOND = '''
import sys
from vgg_desktop import cli
def fail(*_): raise RuntimeError
import vgg_desktop.ui.start as start
start.Frame = fail
sys.exit(cli.main(["gui", sys.argv[1]]))
'''
def start_second(frame):
    # The window is not yet able to answer; the second start waits for it.
    second.append(subprocess.Popen([sys.executable, "-c", SECOND, str(resource("examples/ship.jpg"))]))
    look.start(100)
def ended():
    windows = [each for each in QApplication.allWidgets() if type(each).__name__ == "MainWindow"]
    names = [row.path.name for window in windows for row in window._session.pictures.model.rows()]
    if (code := second[0].poll()) is not None and (names or code):
        print(code, *names, flush=True)
        QApplication.quit()
second = []
look = QTimer()
look.timeout.connect(ended)
when_painted(start_second)
""")
    assert done.stdout.split() == ["0", "ship.jpg"], done.stderr


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
