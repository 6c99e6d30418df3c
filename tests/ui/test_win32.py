"""What only Windows can do, and what the window asks of it."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.support.platforms import not_on_wine
from tests.support.waiting import WAIT, wait_until_done
from tests.ui.conftest import MakePicture
from vgg_desktop.settings import Settings
from vgg_desktop.ui import win32
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.win32 import Progress, TaskBar

windows = pytest.mark.skipif(sys.platform != "win32", reason="calls of Windows")


class Shown(TaskBar):
    """A task bar that notes what it is to show."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[Progress, float]] = []

    def show(self, window: int, state: Progress, fraction: float = 0.0) -> None:
        """Note it."""
        assert window
        if self.calls[-1:] != [(state, fraction)]:
            self.calls.append((state, fraction))


def test_the_task_bar_follows_the_pictures(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    bar = app.window.task_bar = Shown()
    pictures, model = app.session.pictures, app.session.pictures.model
    broken = make_picture("0.png")
    broken.write_bytes(b"")
    pictures.pause(True)
    pictures.open([broken, *(make_picture(f"{number}.png", number) for number in range(1, 5))])
    qtbot.waitUntil(lambda: model.counts.total == 5, timeout=WAIT)
    assert bar.calls[-1] == (Progress.PAUSED, 0.0)
    pictures.pause(False)
    assert bar.calls[-1] == (Progress.NORMAL, 0.0)
    wait_until_done(app, qtbot, 5)
    assert (Progress.ERROR, 0.2) in bar.calls
    assert bar.calls[-1] == (Progress.NONE, 0.0)
    fractions = [fraction for _, fraction in bar.calls[:-1]]
    assert fractions == sorted(fractions)


def prepare_shell() -> int:
    """Let this thread use the shell, as Qt's platform of Windows does, and return some window."""
    if sys.platform == "win32":
        ctypes.OleDLL("ole32").OleInitialize(None)
        return int(ctypes.WinDLL("user32").GetDesktopWindow())
    return 0


@windows
def test_the_task_bar_of_windows_takes_every_state() -> None:
    window, bar = prepare_shell(), TaskBar()
    for state in (*Progress, Progress.NONE):
        bar.show(window, state, 0.5)
        assert bar._usable
        assert bar._shown == (state, 500 if state else 0)


@windows
def test_without_a_task_bar_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = TaskBar()
    monkeypatch.setattr(win32, "_TASK_BAR", "{00000000-0000-0000-0000-000000000001}")
    bar.show(1, Progress.NORMAL, 0.5)
    assert not bar._usable


@windows
def test_title_bars_are_dark_when_we_are(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[int, bool]] = []
    monkeypatch.setattr(win32, "set_dark_frame", lambda window, dark: drawn.append((window, dark)))
    frame = Frame(qapp, Settings(appearance="dark"))
    qtbot.addWidget(frame)
    frame.show()
    assert drawn[0] == (int(frame.winId()), True)
    dialog = QDialog(frame)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: (int(dialog.winId()), True) in drawn)
    frame.appearance.apply("light")
    dialog.close()
    frame.activateWindow()
    qtbot.waitUntil(lambda: drawn[-1] == (int(frame.winId()), False))


@windows
def test_a_process_is_of_this_user_and_session() -> None:
    own = os.getpid()
    assert win32.session_id(own) == win32.session_id()
    assert win32.is_own_process(own)
    assert win32._user(own)[:1] == b"\x01"  # the version of security identifiers
    assert not win32.is_own_process(0)  # the idle process, which is nobody's


@windows
@not_on_wine("keeps no application's identifier")
def test_the_task_bar_groups_the_windows_of_python_by_a_name_of_their_own() -> None:
    program = (
        "import ctypes; from vgg_desktop.ui import win32; win32.set_app_id('a.name'); text = ctypes.c_wchar_p();"
        "ctypes.OleDLL('shell32').GetCurrentProcessExplicitAppUserModelID(ctypes.byref(text)); print(text.value)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("a.name", "")


@windows
def test_explorer_selects_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a picture, ü & 100%.png"
    assert not win32.select_in_explorer(path)
    path.touch()
    prepare_shell()
    assert win32.select_in_explorer(path)
