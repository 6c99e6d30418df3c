"""Each notice has one life: it goes when it is no longer true, and a success by itself."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.http_server import Fault, HttpServer, drips, status
from tests.support.waiting import WAIT, drag_over, drop, let_go, wait_until_done, wait_until_idle
from tests.ui.conftest import MakePicture, StartApp
from vgg_desktop.errors import ImageUnreadable, NetworkError, StorageError
from vgg_desktop.inference.devices.failover import DeviceLost
from vgg_desktop.inference.devices.listing import Device
from vgg_desktop.sorting import Sorting
from vgg_desktop.ui import info_bar
from vgg_desktop.ui.app import App
from vgg_desktop.ui.info_bar import Kind
from vgg_desktop.why import Why


def keys(app: App) -> set[str]:
    """Return the notices that are there, shown or below the one shown."""
    return set(app.window.info_bar._notices)


def shown_kind(app: App) -> Kind | None:
    """Return the kind of the notice that is shown."""
    notice = app.window.info_bar.notice
    return notice.kind if notice is not None else None


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(info_bar, "FADE_MS", 100)
    monkeypatch.setattr(info_bar, "LOOK_MS", 20)


@pytest.mark.usefixtures("quick")
def test_a_success_goes_by_itself_and_a_failure_stays(app: App, qtbot: QtBot) -> None:
    bar = app.window.info_bar
    bar.show_notice("bad", Kind.WARNING, "It failed.")
    bar.show_notice("good", Kind.GOOD, "It is done.")
    assert bar.text.text() == "It is done."
    qtbot.waitUntil(lambda: bar.text.text() == "It failed.", timeout=WAIT)
    qtbot.wait(300)
    assert bar.text.text() == "It failed."


@pytest.mark.usefixtures("quick")
def test_a_success_stays_while_its_button_has_the_keyboard(app: App, qtbot: QtBot) -> None:
    bar = app.window.info_bar
    bar.show_notice("good", Kind.GOOD, "It is done.", ("Show", lambda: None))
    bar.buttons[0].setFocus()
    qtbot.wait(400)
    assert "good" in keys(app)
    app.window.welcome.open_button.setFocus()
    qtbot.waitUntil(lambda: "good" not in keys(app), timeout=WAIT)


@pytest.mark.usefixtures("quick")
def test_a_success_that_was_covered_does_not_come_back_late(app: App, qtbot: QtBot) -> None:
    bar = app.window.info_bar
    bar.show_notice("good", Kind.GOOD, "It is done.")
    bar.show_notice("bad", Kind.WARNING, "It failed.")
    qtbot.waitUntil(lambda: "good" not in keys(app), timeout=WAIT)
    bar.withdraw("bad")
    assert bar.isHidden()


def point_at(*widgets: QWidget | None) -> None:
    """Let the pointer be on these widgets, of which each is in the next, and on no other."""
    for each in QApplication.allWidgets():
        each.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, each in widgets)


def test_nothing_moves_under_the_pointer(app: App, qtbot: QtBot) -> None:
    bar, page, place = app.window.info_bar, app.window.info_bar.parentWidget(), app.window.pages

    def top() -> int:
        qtbot.wait(50)  # until it is laid out
        return place.mapTo(app.window, QPoint()).y()

    before = top()
    bar.show_notice("good", Kind.GOOD, "It is done.")
    assert bar.isVisible()
    assert top() == before  # it lies above the content
    point_at(page, place)
    bar.show_notice("bad", Kind.WARNING, "It failed.")
    qtbot.wait(500)
    assert bar.text.text() == "It failed."
    assert top() == before
    point_at()
    qtbot.waitUntil(lambda: top() > before, timeout=WAIT)
    assert bar.geometry() == bar.room.geometry()
    lower = top()
    bar._pointer, bar._rests_since = QCursor.pos(), time.monotonic() + WAIT  # it moves
    point_at(page, place)
    bar.withdraw("bad")
    qtbot.wait(500)
    assert bar.isHidden() or bar.text.text() != "It failed."
    assert top() == lower
    point_at()
    bar._looking.start()
    qtbot.waitUntil(lambda: top() == before, timeout=WAIT)


def test_a_notice_is_not_changed_under_the_pointer(app: App, qtbot: QtBot) -> None:
    bar, page = app.window.info_bar, app.window.info_bar.parentWidget()
    pressed: list[str] = []
    bar.show_notice("old", Kind.WARNING, "It failed.", ("Try again", lambda: pressed.append("old")))
    point_at(bar, page)
    bar.show_notice("new", Kind.WARNING, "Another failed.", ("Try", lambda: pressed.append("new")))
    bar.buttons[0].click()
    assert pressed == ["old"]
    assert bar.text.text() == "Another failed."  # the first one was answered
    bar.withdraw("new")
    assert bar.text.text() == "Another failed."
    assert not bar.buttons[0].isEnabled()  # it is no longer true
    point_at()
    qtbot.waitUntil(bar.isHidden, timeout=WAIT)


def test_a_notice_fits_a_narrow_window(app: App, qtbot: QtBot) -> None:
    bar = app.window.info_bar
    app.frame.resize(480, 480)
    app.intake.permissionWanted.emit(("https://example.org/a.png",))
    qtbot.wait(100)
    for each in bar.buttons:
        assert bar.rect().contains(QRect(each.mapTo(bar, QPoint()), each.size()))
    assert bar.buttons[0].mapTo(bar, QPoint()).y() > bar.text.geometry().bottom()
    assert app.frame.width() == 480


def test_a_failed_export_goes_with_the_next_one(
    app: App, qtbot: QtBot, tmp_path: Path, make_picture: MakePicture
) -> None:
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    pictures = app.session.pictures
    with qtbot.waitSignal(pictures.exportFailed, timeout=WAIT):
        pictures.export("csv", tmp_path / "no such folder" / "out.csv", pictures.model.rows())
    assert shown_kind(app) is Kind.WARNING
    pictures.export("csv", tmp_path / "out.csv", pictures.model.rows())
    assert "export" not in keys(app)  # it is tried again
    qtbot.waitUntil(lambda: "export" in keys(app), timeout=WAIT)
    assert shown_kind(app) is Kind.GOOD


def test_a_folder_that_cannot_be_read_is_told_until_the_next_drop(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    picture = make_picture("a.png")
    app.session.pictures.openFailed.emit(ImageUnreadable(picture.parent, Why.SYSTEM_PERMISSION()))
    app.session.pictures.open([picture])  # those of the same search do not take it back
    wait_until_done(app, qtbot, 1)
    assert "unreadable" in keys(app)
    drop(app, picture)
    assert "unreadable" not in keys(app)


def test_clearing_the_list_takes_back_that_nothing_was_found(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    drop(app, tmp_path / "empty")
    qtbot.waitUntil(lambda: "nothing" in keys(app), timeout=WAIT)
    app.session.pictures.clear()
    assert "nothing" not in keys(app)


def test_closing_the_question_about_links_refuses_them(app: App) -> None:
    app.intake.take_paths(["http://127.0.0.1:1/a.png"])
    assert "links" in keys(app)
    QTest.mouseClick(app.window.info_bar._close, Qt.MouseButton.LeftButton)
    assert not app.intake.waiting
    assert "links" not in keys(app)


def lose_device(app: App) -> None:
    """Tell that a device failed."""
    card = Device("gpu", "A card", "CUDAExecutionProvider")
    app.session.devices.lost.emit(DeviceLost(card, Why.SYSTEM_PERMISSION()))
    assert "device" in keys(app)


def test_a_lost_device_is_not_told_once_it_is_tested_again(app: App, qtbot: QtBot) -> None:
    lose_device(app)
    app.session.choice.test_devices_again()
    assert "device" not in keys(app)
    lose_device(app)
    app.session.choice.choose_device("cpu")
    assert "device" not in keys(app)
    lose_device(app)
    app.session.measurements.measure([app.session.choice.spec])
    assert "device" not in keys(app)
    app.session.measurements.cancel()
    qtbot.waitUntil(lambda: not app.session.measurements.activity, timeout=WAIT)


def test_what_was_said_of_a_network_goes_with_another(app: App) -> None:
    spec, other = app.downloads.specs()[:2]
    app.session.choice.networkFailed.emit(NetworkError(spec.title, Why.SYSTEM_PERMISSION()))
    app.session.fast.failed.emit(StorageError(Path("x"), Why.SYSTEM_PERMISSION()))
    assert {"network", "fast"} <= keys(app)
    app.session.choice.use(other)
    assert not {"network", "fast"} & keys(app)


def test_a_network_that_was_imported_is_called_ready(
    app: App, qtbot: QtBot, tmp_path: Path, tiny_networks: Path
) -> None:
    file = tmp_path / "mine.onnx"
    file.write_bytes((tiny_networks / "vgg16-7.onnx").read_bytes())
    with qtbot.waitSignal(app.downloads.imported, timeout=WAIT):
        app.downloads.import_file(file)
    assert "installed" in keys(app)


def test_a_network_that_is_removed_is_not_called_ready(app: App, qtbot: QtBot) -> None:
    app.downloads.start("tiny-vgg16")
    qtbot.waitUntil(lambda: "installed" in keys(app), timeout=WAIT)
    app.downloads.remove("tiny-vgg16")
    qtbot.waitUntil(lambda: "installed" not in keys(app), timeout=WAIT)


def test_each_failed_download_has_its_notice_and_is_tried_again(
    app: App, server: HttpServer, qtbot: QtBot
) -> None:
    server.otherwise = status(404)
    for id in ("tiny-vgg16", "tiny-vgg19"):
        with qtbot.waitSignal(app.downloads.failed, timeout=WAIT):
            app.downloads.start(id)
    assert {"download tiny-vgg16", "download tiny-vgg19"} <= keys(app)
    server.otherwise = Fault()
    retry = app.window.info_bar.buttons[0]
    assert retry.text() == "Try again"
    with qtbot.waitSignal(app.downloads.installed, timeout=WAIT):
        QTest.mouseClick(retry, Qt.MouseButton.LeftButton)
    assert "download tiny-vgg19" not in keys(app)
    app.downloads.dismiss("tiny-vgg16")  # on its card
    assert "download tiny-vgg16" not in keys(app)


def test_a_failed_download_is_not_told_while_the_next_one_runs(
    app: App, server: HttpServer, qtbot: QtBot
) -> None:
    server.otherwise = status(404)
    with qtbot.waitSignal(app.downloads.failed, timeout=WAIT):
        app.downloads.start("tiny-vgg16")
    assert "download tiny-vgg16" in keys(app)
    server.otherwise = Fault()
    server.script.append(drips(60_000))
    app.downloads.start("tiny-vgg16")
    qtbot.waitUntil(lambda: "download tiny-vgg16" not in keys(app), timeout=WAIT)
    app.downloads.cancel("tiny-vgg16")
    qtbot.wait(100)
    assert "download tiny-vgg16" not in keys(app)


def test_a_network_that_works_again_is_not_called_damaged(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    with qtbot.waitSignal(app.downloads.installed, timeout=WAIT):
        app.downloads.start("tiny-vgg16")

    def is_loaded() -> bool:
        loaded = app.session.devices.loaded
        return loaded is not None and loaded.spec.id == "tiny-vgg16"

    qtbot.waitUntil(is_loaded, timeout=WAIT)
    wait_until_idle(app.queues.inference, qtbot)
    file = app.store.get(app.session.choice.spec).path
    # Renamed and not written in place: it may be mapped into memory.
    good = file.rename(file.with_name("good"))
    file.write_bytes(good.read_bytes()[:-100])
    app.engine.outdate()
    drop(app, make_picture("a.png"))
    model = app.session.pictures.model
    qtbot.waitUntil(
        lambda: "network" in keys(app) and model.counts.total == 1 and not model.counts.open, timeout=WAIT
    )
    wait_until_idle(app.queues.inference, qtbot)  # else it may look while there is no file at all
    file.rename(file.with_name("bad"))
    good.rename(file)
    app.session.pictures.retry(app.session.pictures.model.rows())
    qtbot.waitUntil(lambda: app.session.pictures.model.counts.done == 1, timeout=WAIT)
    assert "network" not in keys(app)


def test_nothing_found_goes_with_the_next_picture(
    app: App, qtbot: QtBot, tmp_path: Path, make_picture: MakePicture
) -> None:
    (tmp_path / "empty").mkdir()
    drop(app, tmp_path / "empty")
    qtbot.waitUntil(lambda: "nothing" in keys(app), timeout=WAIT)
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    assert "nothing" not in keys(app)


def test_an_export_says_what_is_not_in_it(
    app: App, qtbot: QtBot, tmp_path: Path, make_picture: MakePicture
) -> None:
    drop(app, make_picture("a.png", 1))
    wait_until_done(app, qtbot, 1)
    app.session.pictures.pause(True)
    drop(app, make_picture("b.png", 2), make_picture("c.png", 3))
    qtbot.waitUntil(lambda: app.session.pictures.model.counts.total == 3, timeout=WAIT)
    rows = app.session.pictures.model.rows()
    with qtbot.waitSignal(app.session.pictures.exported, timeout=WAIT):
        app.session.pictures.export("csv", tmp_path / "out.csv", rows)
    text = app.window.info_bar.text.text()
    assert text == "1 result saved in out.csv. 2 pictures without a result are not among them."
    with qtbot.waitSignal(app.session.pictures.sorted, timeout=WAIT):
        app.session.pictures.sort(tmp_path / "sorted", rows[:1], Sorting())
    assert app.window.info_bar.text.text() == "Copied 1 picture into class folders in sorted."


def test_what_sorting_did_is_said_with_its_reasons(
    app: App, qtbot: QtBot, make_picture: MakePicture, tmp_path: Path
) -> None:
    paths = [make_picture(f"{number}.png", number) for number in range(5)]
    drop(app, *paths)
    wait_until_done(app, qtbot, 5)
    rows = app.session.pictures.model.rows()
    into, how = tmp_path / "sorted", Sorting(link=True)
    with qtbot.waitSignal(app.session.pictures.sorted, timeout=WAIT):
        app.session.pictures.sort(into, rows[:1], how)
    assert len(list(into.glob("*/0.png"))) == 1
    for path in paths[2:]:
        path.unlink()
    with qtbot.waitSignal(app.session.pictures.sorted, timeout=WAIT) as done:
        app.session.pictures.sort(into, rows, how)
    told = done.args[1]
    assert (told.linked, told.kept, len(told.failed)) == (1, 1, 3)
    bar = app.window.info_bar
    assert bar.notice is not None
    assert bar.notice.kind is Kind.WARNING
    assert "2.png could not be read" in bar.text.text()
    assert "4.png" not in bar.text.text()  # the details have it
    QTest.mouseClick(bar.buttons[1], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().count("could not be read") == 3


def test_the_language_box_keeps_the_keyboard(app: App, qtbot: QtBot) -> None:
    from vgg_desktop.ui.settings_page import SettingsPage

    app.window.show_page("settings")
    dialog = app.window.findChild(SettingsPage)
    assert dialog is not None
    dialog.language.setFocus()
    before = app.window
    QTest.keyClick(dialog.language, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: app.window is not before, timeout=WAIT)
    again = app.window.findChild(SettingsPage)
    assert again is not None
    qtbot.waitUntil(lambda: again.focusWidget() is again.language, timeout=WAIT)
    appearance = app.session.settings.value.appearance
    QTest.keyClick(again.focusWidget(), Qt.Key.Key_Down)
    assert app.session.settings.value.appearance == appearance


def test_a_catalog_that_is_broken_is_told_and_costs_only_itself(
    start_app: StartApp, qtbot: QtBot, app_home: Path, make_picture: MakePicture
) -> None:
    (app_home / "config").mkdir(parents=True, exist_ok=True)
    (app_home / "config" / "models.toml").write_text("no catalog", "utf-8")
    app = start_app()
    qtbot.waitExposed(app.window)
    assert "models.toml cannot be used" in app.window.info_bar.text.text()
    drop(app, make_picture("a.png", 1))
    wait_until_done(app, qtbot, 1)
    assert app.session.choice.spec.id == "everyday"


def test_files_elsewhere_are_told_until_the_next_drop(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    data = QMimeData()
    picture = make_picture("a.png")
    data.setUrls([QUrl("smb://me:secret@server/share/x.jpg"), QUrl.fromLocalFile(str(picture))])
    drag_over(app.window, data)
    let_go(app.window, data)
    wait_until_done(app, qtbot, 1)
    text = app.window.info_bar.text.text()
    assert text.startswith(
        "Files on smb://server cannot be opened directly. Copy them to this computer, or mount "
    )
    drop(app, picture)
    assert "elsewhere" not in keys(app)
