"""What runs is in the strip at the bottom of the window, with its buttons, until it has ended."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.http_server import HttpServer, drips
from tests.support.waiting import WAIT, drop, lines, states, wait_for_line, wait_until_done
from tests.ui.conftest import MakePicture, ManyPictures, StartApp
from tests.ui.test_accessibility import nameless, unreachable_buttons
from vgg_desktop.settings import Settings
from vgg_desktop.ui import job_lines
from vgg_desktop.ui.app import App
from vgg_desktop.ui.job_strip import MOST_LINES, JobLineWidget, JobStrip
from vgg_desktop.ui.jobs import JobQueue
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.pictures.rows import RowState

CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def strip(app: App) -> JobStrip:
    return app.window.job_strip


def press(line: JobLineWidget, text: str) -> None:
    """Click on a button of a line."""
    (button,) = (each for each in line.buttons if each.isVisible() and each.text() == text)
    QTest.mouseClick(button, CLICK)


class Held:
    """A queue that is kept at work, so that what is asked of it waits."""

    def __init__(self, queue: JobQueue) -> None:
        self._job = queue.submit(lambda cancel, _report: cancel.wait(WAIT / 1000))

    def release(self) -> None:
        self._job.stop()


def test_nothing_runs_and_short_work_is_not_shown(
    app: App, strip: JobStrip, qtbot: QtBot, make_picture: MakePicture
) -> None:
    assert strip.isHidden()
    shown: list[int] = []
    strip.jobs.changed.connect(lambda: shown.append(len(strip.jobs.lines)))
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    drop(app, make_picture("b.png", 1))
    wait_until_done(app, qtbot, 2)
    if not shown:  # else the machine was so busy that it took a second
        assert strip.isHidden()


def test_classifying_is_paused_resumed_and_stopped(
    app: App, strip: JobStrip, qtbot: QtBot, many_pictures: ManyPictures, make_picture: MakePicture
) -> None:
    drop(app, make_picture("first.png"))
    wait_until_done(app, qtbot, 1)
    app.session.pictures.pause(True)
    drop(app, *many_pictures(4))
    line = wait_for_line(app, "Classifying", qtbot)
    # What was done before does not count.
    qtbot.waitUntil(lambda: line.details.text() == "0 of 4 · paused", timeout=WAIT)
    assert line.bar.maximum() > 0
    assert line.bar.value() == 0
    press(line, "Resume")
    assert not app.session.pictures.paused
    wait_until_done(app, qtbot, 5)
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)
    app.session.pictures.pause(True)
    drop(app, make_picture("last.png", 7))
    press(wait_for_line(app, "Classifying", qtbot), "Stop")
    assert states(app)[-1] is RowState.CANCELLED
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)


def test_a_download_shows_bytes_and_is_paused_resumed_and_forgotten(
    app: App, strip: JobStrip, server: HttpServer, qtbot: QtBot
) -> None:
    server.otherwise = drips(20_000)
    app.downloads.start("tiny-vgg16")
    line = wait_for_line(app, "Tiny vgg16", qtbot)
    qtbot.waitUntil(lambda: "kB of" in line.details.text() and "kB/s" in line.details.text(), timeout=WAIT)
    press(line, "Pause")
    assert app.downloads.state("tiny-vgg16").phase is Phase.PARTIAL
    assert line.details.text().endswith("Paused")
    press(line, "Resume")
    qtbot.waitUntil(lambda: app.downloads.state("tiny-vgg16").phase is Phase.DOWNLOADING, timeout=WAIT)
    qtbot.waitUntil(lambda: line.buttons[0].text() == "Pause", timeout=WAIT)
    assert lines(app)["Tiny vgg16"] is line
    press(line, "Pause")
    press(line, "Close")
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)
    assert app.downloads.state("tiny-vgg16").phase is Phase.PARTIAL  # it is resumed on its page


def test_an_import_is_cancelled_from_the_strip(
    app: App, strip: JobStrip, qtbot: QtBot, tiny_networks: Path, tmp_path: Path
) -> None:
    from vgg_desktop.ui.networks.networks_page import NetworksPage

    file = tmp_path / "mine.onnx"
    file.write_bytes((tiny_networks / "vgg16-7.onnx").read_bytes() + b" " * 10)
    page = app.window.show_page("networks")
    assert isinstance(page, NetworksPage)
    held = Held(app.downloads._changing)
    asked = app.downloads.import_file(file)
    line = wait_for_line(app, "mine.onnx", qtbot)
    assert page.strip.running.isVisible()
    press(line, "Cancel")
    held.release()
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)
    assert page.strip.running.isHidden()
    assert asked not in [each for _, each, _ in app.downloads.running()]


def test_an_export_is_cancelled(
    app: App, strip: JobStrip, qtbot: QtBot, make_picture: MakePicture, tmp_path: Path
) -> None:
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    held = Held(app.queues.saving)
    app.session.pictures.export("csv", tmp_path / "out.csv", app.session.pictures.model.rows())
    line = wait_for_line(app, "Saving in out.csv", qtbot)
    assert line.details.text() == "0 of 1"
    press(line, "Cancel")
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)
    held.release()
    assert not (tmp_path / "out.csv").exists()


def test_a_click_goes_to_the_page(app: App, strip: JobStrip, server: HttpServer, qtbot: QtBot) -> None:
    server.otherwise = drips(5_000)
    app.downloads.start("tiny-vgg16")
    line = wait_for_line(app, "Tiny vgg16", qtbot)
    pages: list[str] = []
    strip.pageRequested.connect(pages.append)
    QTest.mouseClick(line, CLICK, pos=line.details.geometry().center())
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert pages == ["networks", "networks"]


def test_a_line_under_the_pointer_stays_until_it_leaves(
    app: App, strip: JobStrip, server: HttpServer, qtbot: QtBot, make_picture: MakePicture
) -> None:
    server.otherwise = drips(5_000)
    app.downloads.start("tiny-vgg16")
    download = wait_for_line(app, "Tiny vgg16", qtbot)
    app.session.pictures.pause(True)
    drop(app, make_picture("a.png"))
    classifying = wait_for_line(app, "Classifying", qtbot)
    assert strip.lines() == [classifying, download]  # the newest on top
    qtbot.wait(100)  # until it is laid out
    place = download.mapToGlobal(QPoint(0, 0))
    enter = QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5))
    QApplication.sendEvent(strip, enter)
    strip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    app.session.pictures.stop()
    qtbot.waitUntil(lambda: not classifying.isEnabled(), timeout=WAIT)
    qtbot.wait(300)
    assert strip.lines() == [classifying, download]
    assert download.mapToGlobal(QPoint(0, 0)) == place
    assert classifying.details.text() == "ended"
    strip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QTest.mouseMove(app.window.welcome)
    qtbot.waitUntil(lambda: strip.lines() == [download], timeout=WAIT)


def test_more_lines_than_fit_are_scrolled_to(
    app: App, strip: JobStrip, server: HttpServer, qtbot: QtBot
) -> None:
    server.otherwise = drips(5_000)
    ids = [spec.id for spec in app.downloads.specs() if spec.id.startswith("tiny-")]
    for id in ids:
        app.downloads.start(id)
    qtbot.waitUntil(lambda: len(strip.lines()) == len(ids) == 4, timeout=WAIT)
    height = strip.lines()[0].height()
    assert strip._area.height() == MOST_LINES * height
    assert [each.visibleRegion().isEmpty() for each in strip.lines()] == [False, False, False, True]
    # The keyboard goes from top to bottom, and what it is on is scrolled to.
    strip.lines()[0].setFocus()
    passed: list[QWidget] = []
    for _ in range(8):
        passed += [each for each in strip.lines() if each.hasFocus() and not each.visibleRegion().isEmpty()]
        QTest.keyClick(strip.window().focusWidget() or strip, Qt.Key.Key_Tab)
    assert passed == strip.lines()


def test_a_screen_reader_is_told_of_all_of_it(
    app: App, strip: JobStrip, server: HttpServer, qtbot: QtBot
) -> None:
    server.otherwise = drips(5_000)
    app.downloads.start("tiny-vgg16")
    line = wait_for_line(app, "Tiny vgg16", qtbot)
    qtbot.waitUntil(lambda: line.buttons[0].isVisible() and bool(line.bar.value()), timeout=WAIT)
    assert nameless(app.window) == []
    assert unreachable_buttons(app.window) == []
    assert line.buttons[0].accessibleName() == "Tiny vgg16: Pause"
    told = QAccessible.queryAccessibleInterface(line.bar)
    assert told.text(QAccessible.Text.Name) == "Progress: Tiny vgg16"
    assert "kB of" in told.text(QAccessible.Text.Description)
    assert told.valueInterface().currentValue() == line.bar.value()


@pytest.mark.parametrize(("width", "words"), [(1100, True), (640, False)])
def test_narrow_windows_leave_out_the_words_of_buttons(
    start_app: StartApp, server: HttpServer, qtbot: QtBot, width: int, words: bool
) -> None:
    app = start_app(Settings())
    app.frame.resize(width, 480)
    server.otherwise = drips(5_000)
    app.downloads.start("tiny-vgg16")
    line = wait_for_line(app, "Tiny vgg16", qtbot)
    qtbot.waitUntil(lambda: line.buttons[0].isVisible(), timeout=WAIT)
    style = line.buttons[0].toolButtonStyle()
    assert (style is Qt.ToolButtonStyle.ToolButtonTextBesideIcon) is words
    assert app.frame.width() == width


def test_networks_that_are_moved_stay_when_that_is_cancelled(
    app: App, strip: JobStrip, qtbot: QtBot, tmp_path: Path
) -> None:
    held = Held(app.downloads._downloading)
    app.downloads.move(tmp_path / "elsewhere")
    line = wait_for_line(app, "Moving the networks", qtbot)
    press(line, "Cancel")
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)
    held.release()
    assert not app.downloads.is_moving
    assert app.store.chosen is None


def test_the_search_for_a_preprocessing_is_cancelled(app: App, strip: JobStrip, qtbot: QtBot) -> None:
    held = Held(app.downloads.trying)
    app.downloads.fits.search(app.session.choice.spec)
    line = wait_for_line(app, "Everyday", qtbot)
    assert line.details.text() == "Looking for the preprocessing that fits…"
    press(line, "Cancel")
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)
    held.release()
    assert app.downloads.fits.searching() == ()


def test_links_that_are_fetched_are_cancelled(
    app: App, strip: JobStrip, qtbot: QtBot, make_picture: MakePicture
) -> None:
    data = make_picture("a.png").read_bytes()
    with HttpServer({"a.png": data, "b.png": data}) as pictures:
        pictures.otherwise = drips(5_000)
        app.session.settings.change(fetch_links=True)
        app.intake.take_paths([pictures.url("a.png"), pictures.url("b.png")])
        line = wait_for_line(app, "Fetching pictures", qtbot)
        assert line.details.text() == "2 to go"
        press(line, "Cancel")
        qtbot.waitUntil(strip.isHidden, timeout=WAIT)
        assert app.intake.fetching == 0


def test_measuring_is_cancelled_and_pictures_wait_meanwhile(
    app: App, strip: JobStrip, qtbot: QtBot, make_picture: MakePicture
) -> None:
    app.session.measurements.measure([app.session.choice.spec])
    drop(app, make_picture("a.png"))
    line = wait_for_line(app, "Measuring", qtbot)
    waiting = wait_for_line(app, "Classifying", qtbot)
    assert waiting.details.text() == "0 of 1 · waiting"
    press(line, "Cancel")
    wait_until_done(app, qtbot, 1)
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)


def test_fast_is_shown_while_it_is_made(
    app: App, strip: JobStrip, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_lines, "PATIENCE", 0.0)
    with qtbot.waitSignal(app.downloads.installed, timeout=WAIT):
        app.downloads.start("tiny-vgg16")
    spec = app.downloads.spec("tiny-vgg16")
    assert spec is not None
    app.session.choice.use(spec)
    app.session.choice.choose_precision("fast")
    line = wait_for_line(app, "Preparing Fast", qtbot)
    assert line.details.text().endswith(" %")
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)
    assert app.session.fast.fraction is None


def test_the_window_in_another_language_shows_what_runs(app: App, server: HttpServer, qtbot: QtBot) -> None:
    server.otherwise = drips(5_000)
    app.downloads.start("tiny-vgg16")
    wait_for_line(app, "Tiny vgg16", qtbot)
    old = app.window
    with qtbot.waitSignal(old.destroyed, timeout=WAIT):
        app.session.settings.change(language="de")
    line = wait_for_line(app, "Tiny vgg16", qtbot)
    assert line.window() is app.frame
