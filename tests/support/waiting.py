"""What tests of the window do again and again: drop, wait, end."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.support.platforms import WINE
from vgg_desktop.ui.app import App
from vgg_desktop.ui.job_strip import JobLineWidget
from vgg_desktop.ui.jobs import JobQueue
from vgg_desktop.ui.pictures.rows import OPEN, RowState

WAIT = 90_000 if WINE else 30_000  # a process takes many times as long to start there


def urls(paths: Iterable[Path]) -> QMimeData:
    """Return what a file manager drags."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag_over(target: QWidget, data: QMimeData) -> None:
    """Drag something into a window and hold it there."""
    enter = QDragEnterEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()


def let_go(target: QWidget, data: QMimeData) -> None:
    """Drop what is held over a window."""
    QApplication.sendEvent(
        target,
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )


def drop(app: App, *paths: Path) -> None:
    """Drop files on the window."""
    data = urls(paths)
    drag_over(app.window, data)
    let_go(app.window, data)


def states(app: App) -> list[RowState]:
    """Return how far each picture is."""
    return [row.state for row in app.session.pictures.model.rows()]


def wait_until_done(app: App, qtbot: QtBot, count: int) -> None:
    """Wait until so many pictures are there and none waits."""

    def done() -> bool:
        found = states(app)
        return len(found) == count and not set(OPEN) & set(found)

    qtbot.waitUntil(done, timeout=WAIT)


def wait_until_idle(queue: JobQueue, qtbot: QtBot) -> None:
    """Wait until a thread has done what it has been given so far."""
    done: list[None] = []
    queue.submit(lambda _cancel, _report: None, done=done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)


def lines(app: App) -> dict[str, JobLineWidget]:
    """Return the lines of the jobs that run, by their names."""
    return {each.name.text(): each for each in app.window.job_strip.lines() if each.isEnabled()}


def wait_for_line(app: App, name: str, qtbot: QtBot) -> JobLineWidget:
    """Wait until a job is shown, and return its line."""
    qtbot.waitUntil(lambda: name in lines(app), timeout=WAIT)
    return lines(app)[name]


def end_workers(app: App) -> None:
    """End the threads, as the end of the program does."""
    # A graphics card in software takes longer to load a network than the end of the program waits.
    assert any(app.stop() for _ in range(6 if WINE else 1)), "a thread did not end"


def answer_question(name: str) -> list[str]:
    """Press a button of the question that will be asked, once it is there; its text is then in the list returned."""
    asked: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
        asked.append(box.text())
        (button,) = (each for each in box.buttons() if each.text().replace("&", "") == name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(100, press)
    return asked
