"""Thousands of pictures at once come in parts, and the window is to be quiet about that."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drop, urls, wait_until_done
from tests.ui.conftest import MakePicture
from vgg_desktop.ui.app import App
from vgg_desktop.ui.incoming.mime import Summary, examine, summary
from vgg_desktop.ui.pictures.rows import RowState
from vgg_desktop.ui.session import picture_list
from vgg_desktop.ui.work import pictures


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is found come in parts of two."""
    monkeypatch.setattr(pictures, "FOUND_AT_ONCE", 2)


@pytest.mark.usefixtures("parts")
def test_only_the_first_of_many_is_looked_at(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    pictures = [make_picture(f"{number}.png", number) for number in range(7)]
    looked: list[str] = []
    app.window.list_panel.currentChanged.connect(lambda row: looked.append(row.path.name))
    drop(app, *pictures)
    wait_until_done(app, qtbot, 7)
    assert looked == ["0.png"]
    drop(app, make_picture("later.png", 9))
    wait_until_done(app, qtbot, 8)
    assert looked == ["0.png", "later.png"]


@pytest.mark.usefixtures("parts")
def test_a_file_is_on_the_list_once(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    pictures = [make_picture(f"{number}.png", number) for number in range(3)]
    drop(app, pictures[2])
    wait_until_done(app, qtbot, 1)
    drop(
        app, pictures[0].parent, pictures[0].parent.parent / "folder"
    )  # with the one that is there already; missing
    qtbot.waitUntil(lambda: app.session.pictures.model.counts.total == 4)
    wait_until_done(app, qtbot, 4)
    assert [row.path.name for row in app.session.pictures.model.rows()] == [
        "2.png",
        "0.png",
        "1.png",
        "folder",
    ]
    assert app.session.pictures.model.counts.failed == 1


def test_a_picture_that_is_opened_again_is_looked_at_and_classified_again(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    first, second = make_picture("a.png", 1), make_picture("b.png", 2)
    drop(app, first, second)
    wait_until_done(app, qtbot, 2)
    row = app.session.pictures.model.rows()[1]
    before = row.classification
    make_picture("b.png", 3)  # edited in another program
    drop(app, second)
    qtbot.waitUntil(lambda: row.classification is not before and row.state is RowState.DONE, timeout=WAIT)
    assert app.session.pictures.model.counts.total == 2
    assert app.window.list_panel.current() is row
    assert row.classification != before


def test_while_many_are_dragged_the_first_tell_for_all(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    files = [tmp_path / f"{number}.jpg" for number in range(2000)]
    assert summary(urls([tmp_path / "folder", *files])) == Summary(files=2000, folders=1)
    assert len(examine(urls([tmp_path / "folder", *files])).paths) == 2001


def test_what_is_selected_comes_from_top_to_bottom(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    panel = app.window.list_panel
    drop(app, *(make_picture(f"{number}.png", number) for number in range(5)))
    wait_until_done(app, qtbot, 5)
    flag = QItemSelectionModel.SelectionFlag
    for number in (4, 0, 2):
        panel.list.selectionModel().select(app.session.pictures.model.index(number, 0), flag.Select)
    assert [row.path.name for row in panel.selected()] == ["0.png", "2.png", "4.png"]
    panel.list.selectAll()
    assert panel.selected() == list(app.session.pictures.model.shown())
    panel.list.clearSelection()
    assert panel.selected() == []


def test_many_rows_are_kept_from_the_garbage_collector(
    app: App, qtbot: QtBot, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_list, "MANY", 2)
    gc.unfreeze()
    drop(app, make_picture("alone.png", 0))
    wait_until_done(app, qtbot, 1)
    assert gc.get_freeze_count() == 0
    drop(app, make_picture("1.png", 1), make_picture("2.png", 2))
    wait_until_done(app, qtbot, 3)
    assert gc.get_freeze_count() > 0
    app.session.pictures.clear()
    assert gc.get_freeze_count() == 0


def test_the_network_is_loaded_once_the_window_is_there(app: App, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: app.session.devices.loaded is not None, timeout=30_000)
    assert app.session.devices.loaded is not None
    assert app.session.devices.loaded.spec == app.session.choice.spec
