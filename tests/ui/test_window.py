"""The window by gesture: real threads, real networks, real files."""

import os
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from tests.support.waiting import (
    WAIT,
    answer_question,
    drag_over,
    drop,
    let_go,
    states,
    urls,
    wait_until_done,
)
from tests.ui.conftest import MakePicture, ManyPictures, StartApp
from vgg_desktop import settings
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.pictures.rows import RowState


def key(app: App, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(app.window, key, modifier)


CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 and no more")
    return path


def test_dropped_picture_gets_its_bars(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    path = make_picture("ein Bild, 一张图 🐱.png")
    drop(app, path)
    wait_until_done(app, qtbot, 1)
    expected = open_classifier(app.store.get(app.session.choice.spec), device=CPU).classify_file(path, 5)
    shown = app.window.result_panel.bars.predictions
    assert [each.index for each in shown] == [each.index for each in expected.predictions]
    assert [each.probability for each in shown] == pytest.approx(
        [each.probability for each in expected.predictions], abs=1e-6
    )
    assert shown[0].label in app.window.result_panel.bars.accessibleDescription()
    assert "CPU" in app.window.status.text()
    # One picture alone needs no list beside it.
    assert not app.window.list_panel.isVisible()


def test_examples_are_one_click_away_and_recognised(app: App, qtbot: QtBot) -> None:
    buttons = [each for each in app.window.welcome.findChildren(QToolButton) if each.isVisible()]
    assert len(buttons) == 3
    for button in buttons:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until_done(app, qtbot, 3)
    rows = app.session.pictures.model.rows()
    assert [row.label.split(",")[0] for row in rows] == ["running shoe", "jean", "sandal"]
    assert all(row.classification and row.classification.predictions[0].probability > 0.5 for row in rows)


def test_failed_picture_says_why_and_costs_only_itself(
    app: App, qtbot: QtBot, make_picture: MakePicture, broken: Path
) -> None:
    drop(app, broken, make_picture("fine.png"))
    wait_until_done(app, qtbot, 2)
    assert states(app) == [RowState.FAILED, RowState.DONE]
    error = app.window.result_panel.error
    assert error.isVisible()
    assert "broken.jpg" in error.text.text()
    QTest.mouseClick(error.copy, Qt.MouseButton.LeftButton)
    assert "broken.jpg" in QGuiApplication.clipboard().text()


def test_mended_picture_is_tried_again(
    app: App, qtbot: QtBot, make_picture: MakePicture, broken: Path
) -> None:
    drop(app, broken)
    wait_until_done(app, qtbot, 1)
    broken.write_bytes(make_picture("fine.jpg").read_bytes())
    QTest.mouseClick(app.window.result_panel.error.retry, Qt.MouseButton.LeftButton)
    wait_until_done(app, qtbot, 1)
    assert states(app) == [RowState.DONE]
    assert app.window.result_panel.bars.isVisible()


def test_folder_is_searched(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    make_picture("a.png")
    make_picture("deeper/b.jpg")
    (make_picture("c.png").parent / "notes.txt").write_text("no picture")
    drop(app, make_picture("a.png").parent)
    wait_until_done(app, qtbot, 3)
    assert [row.path.name for row in app.session.pictures.model.rows()] == ["a.png", "c.png", "b.jpg"]
    assert app.window.list_panel.isVisible()


def test_empty_folder_says_so(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "nothing here").mkdir()
    drop(app, tmp_path / "nothing here")
    qtbot.waitUntil(lambda: "nothing here" in app.window.info_bar.text.text(), timeout=WAIT)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_folder_costs_only_itself(
    app: App, qtbot: QtBot, make_picture: MakePicture, tmp_path: Path
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    drop(app, locked, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    assert "locked" in app.window.info_bar.text.text()


def overlay(app: App) -> tuple[bool, bool]:
    """Return whether it is there, and whether a drop would be taken."""
    return app.window.overlay.isVisible(), app.window.overlay.accepted


def test_dragging_over_says_whether_it_will_be_taken(app: App, make_picture: MakePicture) -> None:
    drag_over(app.window, urls([make_picture("a.png"), make_picture("b.png")]))
    assert overlay(app) == (True, True)
    assert "2" in app.window.overlay.text
    text = QMimeData()
    text.setText("just words")
    drag_over(app.window, text)
    assert overlay(app) == (True, False)
    let_go(app.window, text)
    assert overlay(app) == (False, False)
    assert app.window.info_bar.notice is not None
    assert states(app) == []


def test_pasted_picture_is_classified(app: App, qtbot: QtBot) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    key(app, qtbot, Qt.Key.Key_V, CTRL)
    wait_until_done(app, qtbot, 1)
    assert states(app) == [RowState.DONE]


def test_link_is_fetched_after_a_yes(
    app: App, qtbot: QtBot, make_picture: MakePicture, tiny_networks: Path
) -> None:
    data = make_picture("cat.png").read_bytes()
    (tiny_networks / "cat.png").write_bytes(data)
    address = app.downloads.spec("tiny-vgg16").addresses[0].rsplit("/", 1)[0] + "/cat.png"  # type: ignore[union-attr] # it is there
    mime = QMimeData()
    mime.setUrls([QUrl(address)])
    drag_over(app.window, mime)
    let_go(app.window, mime)
    assert states(app) == []
    assert "127.0.0.1" in app.window.info_bar.text.text()
    fetch, _, _ = app.window.info_bar.buttons
    QTest.mouseClick(fetch, Qt.MouseButton.LeftButton)
    wait_until_done(app, qtbot, 1)
    assert app.session.pictures.model.rows()[0].path.name == "cat.png"
    assert not app.session.settings.value.fetch_links


def test_keys_go_from_picture_to_picture(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    drop(app, *(make_picture(f"{name}.png") for name in "abc"))
    wait_until_done(app, qtbot, 3)
    current = app.window.list_panel.current

    def name() -> str:
        row = current()
        assert row is not None
        return row.path.name

    assert name() == "a.png"
    key(app, qtbot, Qt.Key.Key_Right, ALT)
    assert name() == "b.png"
    key(app, qtbot, Qt.Key.Key_Right, ALT)
    key(app, qtbot, Qt.Key.Key_Right, ALT)
    assert name() == "c.png"
    key(app, qtbot, Qt.Key.Key_Left, ALT)
    assert name() == "b.png"
    QTest.keyClick(app.window.list_panel.list, Qt.Key.Key_Delete)
    assert [row.path.name for row in app.session.pictures.model.rows()] == ["a.png", "c.png"]
    assert name() == "c.png"


def test_filter_by_name_and_by_class(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    drop(app, *(make_picture(f"{name}.png", seed) for seed, name in enumerate(("first", "second"))))
    wait_until_done(app, qtbot, 2)
    key(app, qtbot, Qt.Key.Key_F, CTRL)
    field = app.window.list_panel.filter
    QTest.keyClicks(field, "seco")
    assert app.session.pictures.model.rowCount() == 1
    field.setText("no such thing")
    assert app.window.list_panel.nothing.isVisible()
    label = app.session.pictures.model.rows()[0].label
    field.setText(label.upper())
    assert app.session.pictures.model.rowCount() >= 1
    QTest.keyClick(app.window, Qt.Key.Key_Escape)
    assert app.session.pictures.model.rowCount() == 2


def test_copy_and_save(
    app: App,
    qtbot: QtBot,
    make_picture: MakePicture,
    broken: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drop(app, make_picture("a.png"), broken)
    wait_until_done(app, qtbot, 2)
    key(app, qtbot, Qt.Key.Key_C, CTRL)
    best = app.session.pictures.model.rows()[0].label
    assert best in QGuiApplication.clipboard().text()
    target = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(app.session.pictures.exported, timeout=WAIT):
        key(app, qtbot, Qt.Key.Key_S, CTRL)
    text = target.read_text("utf-8-sig")
    assert best in text
    assert "broken.jpg" in text
    assert "out.csv" in app.window.info_bar.text.text()


def test_saving_where_nothing_can_be_saved_says_so(
    app: App, qtbot: QtBot, make_picture: MakePicture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    missing = tmp_path / "no such folder" / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(missing), ""))
    with qtbot.waitSignal(app.session.pictures.exportFailed, timeout=WAIT):
        key(app, qtbot, Qt.Key.Key_S, CTRL)
    assert "out.csv" in app.window.info_bar.text.text()


def test_clearing_many_asks_first(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    picture = make_picture("a.png")
    drop(app, *[picture.with_name(f"{number}.png") for number in range(30)])
    wait_until_done(app, qtbot, 30)
    answer_question("Cancel")
    key(app, qtbot, Qt.Key.Key_L, CTRL)
    assert len(states(app)) == 30
    app.frame.activateWindow()
    qtbot.waitUntil(app.frame.isActiveWindow, timeout=WAIT)
    answer_question("Remove")
    key(app, qtbot, Qt.Key.Key_L, CTRL)
    assert states(app) == []
    assert app.window.welcome.isVisible()


def test_pause_go_on_and_stop(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    app.session.pictures.pause(True)
    drop(app, *(make_picture(f"{name}.png") for name in "abc"))
    qtbot.waitUntil(lambda: len(states(app)) == 3, timeout=WAIT)
    strip = app.window.job_strip
    qtbot.waitUntil(strip.isVisible, timeout=WAIT)
    assert set(states(app)) == {RowState.WAITING}
    resume, _ = strip.lines()[0].buttons
    QTest.mouseClick(resume, Qt.MouseButton.LeftButton)
    wait_until_done(app, qtbot, 3)
    qtbot.waitUntil(strip.isHidden, timeout=WAIT)
    app.session.pictures.pause(True)
    drop(app, *(make_picture(f"{name}.png", seed=ord(name)) for name in "de"))
    qtbot.waitUntil(lambda: len(states(app)) == 5, timeout=WAIT)
    qtbot.waitUntil(strip.isVisible, timeout=WAIT)
    _, stop = strip.lines()[0].buttons
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert states(app)[3:] == [RowState.CANCELLED] * 2
    # With a picture selected that is done, all that were stopped are tried again.
    app.window.list_panel.select(app.session.pictures.model.rows()[0])
    key(app, qtbot, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    wait_until_done(app, qtbot, 5)
    assert set(states(app)) == {RowState.DONE}


def test_number_of_answers_is_a_setting(start_app: StartApp, qtbot: QtBot, make_picture: MakePicture) -> None:
    app = start_app(Settings(top_k=3))
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    assert len(app.window.result_panel.bars.predictions) == 3
    app.session.settings.change(top_k=7)
    qtbot.waitUntil(lambda: len(app.window.result_panel.bars.predictions) == 7, timeout=WAIT)


def test_opened_files_are_remembered(
    app: App, qtbot: QtBot, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = make_picture("a.png")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(picture)], ""))
    key(app, qtbot, Qt.Key.Key_O, CTRL)
    wait_until_done(app, qtbot, 1)
    app.session.settings.save()
    assert settings.load().recent == (str(picture),)
    app.window.recent.aboutToShow.emit()
    assert app.window.recent.actions()[0].text() == "a.png"


def test_place_on_the_screen_is_remembered(start_app: StartApp) -> None:
    first = start_app()
    first.frame.resize(777, 555)
    first.frame.close()
    assert start_app().frame.size() == first.frame.size()


def test_second_start_hands_its_files_over(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    app.receive((make_picture("a.png"),))
    wait_until_done(app, qtbot, 1)


def test_menu_of_a_picture(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    drop(app, make_picture("a.png"), make_picture("b.png"))
    wait_until_done(app, qtbot, 2)
    app.window.list_panel.menuRequested.emit(QPoint(10, 10))
    assert app.window.context.isVisible()
    assert all(action.text() for action in app.window.context.actions() if not action.isSeparator())
    app.window.context.close()


def test_thousands_of_files_are_listed(app: App, qtbot: QtBot, many_pictures: ManyPictures) -> None:
    app.session.pictures.pause(True)
    app.session.pictures.open(many_pictures(10_000))
    qtbot.waitUntil(lambda: app.session.pictures.model.rowCount() == 10_000, timeout=WAIT)
    app.window.list_panel.list.scrollToBottom()
    app.session.pictures.clear()
    assert states(app) == []


def test_stop_with_work_waiting(app: App, qtbot: QtBot, many_pictures: ManyPictures) -> None:
    app.session.pictures.open(many_pictures(300))
    qtbot.waitUntil(lambda: len(states(app)) == 300, timeout=WAIT)
    app.frame.close_at_once()


def test_the_status_line_sums_up_and_the_tool_tip_has_the_stages(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    drop(app, make_picture("cat.png"))
    wait_until_done(app, qtbot, 1)
    status, shown = app.window.status, app.window.result_panel.classification
    assert shown is not None
    stages = shown.milliseconds
    assert status.text().endswith(f"·   {sum(stages.values()):.0f} ms")
    qtbot.waitUntil(lambda: "Decode" in status.toolTip(), timeout=WAIT)
    assert status.accessibleDescription() == status.details


def test_that_only_the_first_page_counts_is_told(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    pages = make_picture("pages.tif")
    with Image.open(pages) as image:
        image.save(pages, save_all=True, append_images=[image])
    drop(app, pages)
    wait_until_done(app, qtbot, 1)
    note = "It has several pages, and only the first one is used."
    assert app.window.status.text().endswith(f"·   {note}")
    index = app.session.pictures.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == f"{pages}\n{note}"


def test_a_dropped_folder_is_among_the_recent_ones(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    folder = make_picture("R&D pictures/a.png").parent
    drop(app, folder)
    wait_until_done(app, qtbot, 1)
    assert app.session.settings.value.recent == (str(folder),)
    app.window.recent.aboutToShow.emit()
    # Qt would underline the D otherwise.
    assert app.window.recent.actions()[0].text() == "R&&D pictures"


def test_the_file_dialog_starts_in_a_folder_that_exists(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[str] = []

    def choose(_parent: object, _title: str, start: str, *_: object) -> tuple[list[str], str]:
        starts.append(start)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    app.session.settings.change(recent=(str(tmp_path / "gone" / "a.png"),))
    app.window.actions_["open"].trigger()
    assert starts == [str(Path.home())]


def test_after_clearing_the_status_line_names_the_network_in_use(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    assert " ms" in app.window.status.text()
    key(app, qtbot, Qt.Key.Key_L, CTRL)
    assert " ms" not in app.window.status.text()
    assert app.session.choice.spec.title in app.window.status.text()
    assert app.window.result_panel.row is None
