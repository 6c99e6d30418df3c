"""What does not wait for what, what can be cancelled, and how soon everything ends."""

import gc
import os
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from tests.support.http_server import HttpServer, drips
from tests.support.images import many_scans, slow_tiff
from tests.support.waiting import WAIT, drop, states, wait_for_line, wait_until_done
from tests.ui.conftest import MakePicture, ManyPictures
from tests.ui.networks.test_downloads import own_network
from vgg_desktop.models.details import read_details
from vgg_desktop.paths import plain
from vgg_desktop.ui import garbage, job_lines
from vgg_desktop.ui.app import App
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.notification import Notification
from vgg_desktop.ui.pictures.rows import RowState

END = 2.0  # seconds after which the window is gone whatever goes on


class SlowToTell(Exception):
    """An error that takes a moment to be written."""

    def __str__(self) -> str:
        time.sleep(0.02)
        return "slow"


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with many others in it, each slow to look into, as on a network drive."""
    share = tmp_path / "share"
    for number in range(60):
        (share / f"{number:02}").mkdir(parents=True)
    scandir: Callable[..., Any] = os.scandir

    def slow(path: Any = ".") -> Any:  # noqa: ANN401 - as the original
        if plain(path).is_relative_to(share):
            time.sleep(0.2)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", slow)
    return share


def failed_rows(app: App, qtbot: QtBot, paths: list[Path]) -> None:
    """Fill the list with pictures whose errors take long to write."""
    app.session.pictures.pause(True)
    app.session.pictures.open(paths)
    model = app.session.pictures.model
    qtbot.waitUntil(lambda: model.counts.total == len(paths), timeout=WAIT)
    for row in model.rows():
        model.set_state(row, RowState.FAILED, SlowToTell())


def test_a_slow_search_keeps_no_preview_waiting_and_can_be_cancelled(
    app: App, qtbot: QtBot, make_picture: MakePicture, share: Path
) -> None:
    drop(app, make_picture("a.png", 1), make_picture("b.png", 2))
    wait_until_done(app, qtbot, 2)
    drop(app, share)
    line = wait_for_line(app, "Searching for pictures", qtbot)
    with qtbot.waitSignal(app.session.pictures.previewReady, timeout=1000):
        app.window.list_panel.select(app.session.pictures.model.rows()[1])
    with qtbot.waitSignal(app.session.pictures.activities.changed, timeout=1000):
        line.buttons[0].click()
    assert app.session.pictures.activities.running == []
    qtbot.waitUntil(app.window.job_strip.isHidden, timeout=WAIT)


def test_a_long_export_tells_how_far_it_is_and_can_be_cancelled(
    app: App, qtbot: QtBot, tmp_path: Path, many_pictures: ManyPictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_lines, "PATIENCE", 0.1)
    failed_rows(app, qtbot, many_pictures(2000))
    target = tmp_path / "out.csv"
    app.session.pictures.export("csv", target, app.session.pictures.model.rows())
    line = wait_for_line(app, "Saving in out.csv", qtbot)
    qtbot.waitUntil(lambda: "of 2,000" in line.details.text(), timeout=WAIT)
    button = line.buttons[0]
    first = line.details.text()
    qtbot.waitUntil(lambda: line.details.text() != first, timeout=WAIT)
    assert line.buttons == [button]  # it keeps the keyboard
    with qtbot.waitSignal(app.session.pictures.activities.changed, timeout=4000):
        button.click()
    qtbot.waitUntil(app.window.job_strip.isHidden, timeout=WAIT)
    assert not target.exists()


def test_an_import_does_not_wait_for_a_download(
    app: App, server: HttpServer, qtbot: QtBot, tmp_path: Path
) -> None:
    server.script.append(drips(5_000))
    app.downloads.start("tiny-vgg16")
    qtbot.waitUntil(lambda: app.downloads.state("tiny-vgg16").progress is not None, timeout=WAIT)
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    with qtbot.waitSignal(app.downloads.imported, timeout=WAIT):
        app.downloads.import_file(own_network(tmp_path / "flowers.onnx"), read_details(labels, how))
    assert app.downloads.state("tiny-vgg16").phase is Phase.DOWNLOADING


@pytest.mark.parametrize("what", ["search", "export", "download", "import"])
def test_the_end_does_not_wait(
    app: App,
    server: HttpServer,
    qtbot: QtBot,
    tmp_path: Path,
    many_pictures: ManyPictures,
    share: Path,
    what: str,
) -> None:
    if what == "search":
        app.session.pictures.open([share])
    elif what == "export":
        failed_rows(app, qtbot, many_pictures(2000))
        app.session.pictures.export("csv", tmp_path / "out.csv", app.session.pictures.model.rows())
    elif what == "download":
        server.script.append(drips(1_000))
        app.downloads.start("tiny-vgg16")
    else:
        large = tmp_path / "large.onnx"
        with large.open("wb") as file:
            file.write(b"\x08\x07")
            file.truncate(8_000_000_000)
        app.downloads.import_file(large)
    qtbot.wait(500)
    begin = time.monotonic()
    app.frame.close_at_once()
    assert app.stop()
    assert time.monotonic() - begin < END


def test_the_end_leaves_a_network_drive_that_hangs(
    app: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, released = threading.Event(), threading.Event()
    scandir: Callable[..., Any] = os.scandir

    def hang(path: Any = ".") -> Any:  # noqa: ANN401 - as the original
        if plain(path) == tmp_path:
            hangs.set()
            released.wait(60)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", hang)
    drop(app, tmp_path)
    qtbot.waitUntil(hangs.is_set, timeout=WAIT)
    begin = time.monotonic()
    app.frame.close_at_once()
    assert not app.stop()
    assert time.monotonic() - begin < 6
    released.set()


@pytest.mark.parametrize("name", ["scans.jpg", "scans.tif"])  # the second cannot be ended in its decoder
def test_neither_stop_nor_the_end_waits_for_a_decoder(
    app: App, qtbot: QtBot, tmp_path: Path, make_picture: MakePicture, name: str
) -> None:
    slow = tmp_path / name
    slow.write_bytes(many_scans(4000, 10_000) if name.endswith("jpg") else slow_tiff(12_000, 90))
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)  # the network is there
    drop(app, slow)
    qtbot.waitUntil(lambda: states(app)[1:] == [RowState.RUNNING], timeout=WAIT)
    qtbot.wait(500)
    app.window.actions_["stop"].trigger()
    assert states(app) == [RowState.DONE, RowState.CANCELLED]
    drop(app, make_picture("b.png", 1))
    begin = time.monotonic()
    qtbot.waitUntil(lambda: states(app)[2:] == [RowState.DONE], timeout=WAIT)
    assert time.monotonic() - begin < END
    drop(app, slow)  # which is classified again
    qtbot.waitUntil(lambda: states(app)[1] is RowState.RUNNING, timeout=WAIT)
    qtbot.wait(300)
    begin = time.monotonic()
    app.frame.close_at_once()
    assert app.stop()
    assert time.monotonic() - begin < END


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # offscreen there is none
def test_notifications_leave_no_icon_behind(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    parent = QObject()
    notification = Notification(parent)
    notification._over.setInterval(50)

    def icons() -> list[QSystemTrayIcon]:
        return [each for each in notification.findChildren(QSystemTrayIcon) if each.isVisible()]

    for text in ("one", "two", "three"):
        notification.show(text)
        assert len(icons()) == 1
    qtbot.waitUntil(lambda: not icons(), timeout=WAIT)
    notification.show("four")
    icons()[0].messageClicked.emit()
    assert not icons()


def test_pages_in_turn(app: App, qtbot: QtBot) -> None:
    for _ in range(int(os.environ.get("VGG_DESKTOP_TEST_TURNS", "15"))):
        for name in ("settings", "networks", "pictures"):
            app.window.show_page(name)
            qtbot.wait(1)
            QApplication.processEvents()
    assert sum(type(each).__name__ == "SettingsPage" for each in QApplication.allWidgets()) == 1
    assert all(
        isinstance(each, type(app.window)) or each.isWidgetType() for each in QApplication.topLevelWidgets()
    )


def test_links_are_asked_about_again_in_another_language(app: App, qtbot: QtBot) -> None:
    app.intake.waiting = ("http://127.0.0.1:1/a.png",)
    old = app.window
    with qtbot.waitSignal(old.destroyed, timeout=WAIT):
        app.session.settings.change(language="de")
    assert "127.0.0.1" in app.window.info_bar.text.text()


def test_what_is_garbage_is_not_kept_from_the_collector() -> None:
    class Circle:
        pass

    circle = Circle()
    circle.itself = circle  # type: ignore[attr-defined]
    there = weakref.ref(circle)
    del circle
    garbage.freeze(1)
    assert there() is None
    assert gc.get_freeze_count() > 0
    garbage.release()


def test_objects_of_qt_are_collected_in_the_windows_thread_only(app: App, qtbot: QtBot) -> None:
    ended: list[threading.Thread] = []

    class Circular(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.itself = self

        def __del__(self) -> None:
            ended.append(threading.current_thread())

    def work(cancel: threading.Event, _report: object) -> None:
        while not cancel.is_set() and not ended:
            rubbish: list[object] = [[] for _ in range(5000)]  # would make Python collect here
            rubbish.append(rubbish)
            cancel.wait(0.001)

    job = app.queues.saving.submit(work)
    for _ in range(100):
        Circular()
    qtbot.waitUntil(lambda: len(ended) == 100, timeout=WAIT)
    job.stop()
    assert set(ended) == {threading.main_thread()}
