"""The window by gesture: real workers, a real server, real networks."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.http_server import Fault, breaks_off, drips, status
from tests.ui.conftest import App
from vgg_desktop import settings
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.inference.devices import CPU
from vgg_desktop.ui.results_model import RowState
from vgg_desktop.ui.workers import PreviewRequest

WAIT = 30_000
MakePicture = Callable[[str], Path]


def drop(app: App, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(app.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        app.window, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    )


def states(app: App) -> list[RowState]:
    return [row.state for row in app.window.model.rows()]


def wait_until_done(app: App, qtbot: QtBot) -> None:
    open_ = {RowState.WAITING, RowState.RUNNING}
    qtbot.waitUntil(lambda: bool(states(app)) and not open_ & set(states(app)), timeout=WAIT)


def choose(app: App, id: str) -> None:
    place = app.window.picker.findData(id)
    app.window.picker.setCurrentIndex(place)
    app.window.picker.activated.emit(place)


def test_dropped_picture_gets_its_bars(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    path = make_picture("ein Bild, 一张图 🐱.png")
    drop(app, path)
    wait_until_done(app, qtbot)
    expected, _ = Classifier(app.store.get(app.window.spec), device=CPU).classify_file(path, 5)
    shown = app.window.bars.predictions
    assert [each.index for each in shown] == [each.index for each in expected.predictions]
    assert [each.probability for each in shown] == pytest.approx(
        [each.probability for each in expected.predictions], abs=1e-6
    )
    assert shown[0].label in app.window.bars.accessibleDescription()


def test_failed_picture_says_why_and_costs_only_itself(
    app: App, qtbot: QtBot, make_picture: MakePicture, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 and no more")
    drop(app, broken, make_picture("fine.png"))
    wait_until_done(app, qtbot)
    assert states(app) == [RowState.FAILED, RowState.DONE]
    assert "broken.jpg" in app.window.message.text()
    assert app.window.message.isVisible()


def test_folder_is_searched_and_clear_empties(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    make_picture("a.png")
    make_picture("deeper/b.jpg")
    (make_picture("c.png").parent / "notes.txt").write_text("no picture")
    drop(app, make_picture("a.png").parent)
    wait_until_done(app, qtbot)
    assert [row.path.name for row in app.window.model.rows()] == ["a.png", "c.png", "b.jpg"]
    app.window.clear()
    assert states(app) == []
    assert app.window.bars.predictions == ()


def test_choosing_a_network_downloads_it_and_classifies_again(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot)
    app.server.script.append(breaks_off(50_000))
    with qtbot.waitSignal(app.downloads.installed, timeout=WAIT):
        choose(app, "tiny-vgg16-bn")
    qtbot.waitUntil(lambda: app.window.spec.id == "tiny-vgg16-bn", timeout=WAIT)
    wait_until_done(app, qtbot)
    (row,) = app.window.model.rows()
    assert row.classification is not None
    assert row.classification.model == "tiny-vgg16-bn"
    installed = app.store.get(app.window.spec)
    assert installed.graph == "mapped"
    assert settings.load().model == "tiny-vgg16-bn"
    assert len(app.server.requests) >= 2  # Qt repeats a request whose answer broke off at the start


def test_download_is_cancelled_and_resumed(app: App, qtbot: QtBot) -> None:
    app.server.script.append(drips(60_000))
    choose(app, "tiny-vgg19")
    bar = app.window.download_bar
    qtbot.waitUntil(lambda: bar.progress.value() > 50, timeout=WAIT)
    with qtbot.waitSignal(app.downloads.cancelled, timeout=WAIT):
        bar.button.click()
    assert app.window.spec.id == "starter"
    with qtbot.waitSignal(app.downloads.installed, timeout=WAIT):
        choose(app, "tiny-vgg19")
    assert app.server.requests[-1].range is not None


def test_failed_download_says_why_and_offers_again(app: App, qtbot: QtBot) -> None:
    app.server.otherwise = status(404)
    with qtbot.waitSignal(app.downloads.failed, timeout=WAIT):
        choose(app, "tiny-vgg16")
    bar = app.window.download_bar
    assert "404" in bar.notice.text()
    assert bar.button.isVisible()
    app.server.otherwise = Fault()
    with qtbot.waitSignal(app.downloads.installed, timeout=WAIT):
        bar.button.click()


def test_bug_in_a_job_is_reported_and_the_thread_lives_on(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    with (
        qtbot.captureExceptions() as bugs,
        qtbot.waitSignal(app.inference.failed, timeout=WAIT),
    ):
        app.inference.submit(PreviewRequest(0, cast("Path", "no path"), app.window.spec))
    assert len(bugs) == 1
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot)
    assert states(app) == [RowState.DONE]


def test_stop_with_work_waiting(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    picture = make_picture("a.png")
    app.window.add_paths([picture] * 300)
    app.window.close()
    app.inference.request_stop()
    assert app.inference.wait(WAIT)
