"""What was computed stays: over a change of network, a stop, the end of the program."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.machine import write_machine_settings
from tests.support.waiting import (
    WAIT,
    answer_question,
    drop,
    end_workers,
    states,
    wait_until_done,
    wait_until_idle,
)
from tests.ui.conftest import MakePicture, ManyPictures, StartApp
from vgg_desktop.inference.results import Classification
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.pictures.result_delegate import Mode
from vgg_desktop.ui.pictures.rows import Order, RowState


def quit_app(app: App) -> None:
    """End a program, as its user does."""
    app.frame.close_at_once()
    end_workers(app)


def use(app: App, id: str) -> None:
    app.session.choice.use(next(each for each in app.downloads.specs() if each.id == id))


def answers(app: App) -> list[Classification | None]:
    return [row.classification for row in app.session.pictures.model.rows()]


@pytest.fixture
def pictures(make_picture: MakePicture) -> list[Path]:
    """Return pictures that were made long ago."""
    made = [make_picture(f"{number}.png", number + 1) for number in range(4)]
    for each in made:
        os.utime(each, (1_700_000_000, 1_700_000_000))
    return made


@pytest.fixture
def app(start_app: StartApp, qtbot: QtBot) -> App:
    app = start_app(Settings(model="starter"))
    qtbot.waitExposed(app.window)
    return app


def wait_until_looked_up(app: App, qtbot: QtBot) -> None:
    wait_until_idle(app.queues.history, qtbot)


def test_a_network_that_was_used_before_shows_what_it_found_at_once(
    app: App, qtbot: QtBot, pictures: list[Path]
) -> None:
    drop(app, *pictures[:3])
    wait_until_done(app, qtbot, 3)
    first = answers(app)
    use(app, "everyday")
    wait_until_done(app, qtbot, 3)
    assert {each.model for each in answers(app) if each} == {"everyday"}
    app.session.pictures.pause(True)  # whatever is computed now waits
    use(app, "starter")
    qtbot.waitUntil(lambda: states(app) == [RowState.DONE] * 3, timeout=WAIT)
    for before, now in zip(first, answers(app), strict=True):
        assert before is not None
        assert now is not None
        assert now.model == "starter"
        assert [each.index for each in now.predictions] == [each.index for each in before.predictions]
        assert now.milliseconds == before.milliseconds
    # Only what is missing is computed.
    drop(app, pictures[3])
    qtbot.waitUntil(lambda: len(states(app)) == 4, timeout=WAIT)
    wait_until_looked_up(app, qtbot)
    assert states(app) == [RowState.DONE] * 3 + [RowState.WAITING]
    app.session.pictures.pause(False)
    wait_until_done(app, qtbot, 4)


def test_the_answer_of_the_network_before_stays_until_it_is_replaced(
    app: App, qtbot: QtBot, pictures: list[Path]
) -> None:
    drop(app, pictures[0])
    wait_until_done(app, qtbot, 1)
    app.session.pictures.pause(True)
    use(app, "everyday")
    wait_until_looked_up(app, qtbot)
    (row,) = app.session.pictures.model.rows()
    assert row.state is RowState.WAITING
    assert row.classification is not None
    assert row.classification.model == "starter"
    assert app.session.pictures.outcomes([row]) == ()  # it is not saved as one of the network in use


def test_the_number_of_classes_is_a_view(app: App, qtbot: QtBot, pictures: list[Path]) -> None:
    drop(app, *pictures)
    wait_until_done(app, qtbot, 4)
    app.session.pictures.pause(True)
    app.session.settings.change(top_k=9)
    qtbot.waitUntil(lambda: states(app) == [RowState.DONE] * 4, timeout=WAIT)
    assert [len(each.predictions) for each in answers(app) if each] == [9] * 4


def test_the_next_start_offers_the_list_and_goes_on(
    start_app: StartApp, app: App, qtbot: QtBot, pictures: list[Path]
) -> None:
    drop(app, *pictures[:3])
    wait_until_done(app, qtbot, 3)
    app.session.pictures.pause(True)
    drop(app, pictures[3])
    qtbot.waitUntil(lambda: len(states(app)) == 4, timeout=WAIT)
    quit_app(app)

    again = start_app(Settings(model="starter"))
    button = again.window.welcome.resume_button
    qtbot.waitUntil(button.isVisible, timeout=WAIT)
    assert button.text() == "Continue with the last 4 pictures (3 done)"
    again.session.pictures.pause(True)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: states(again) == [RowState.DONE] * 3 + [RowState.WAITING], timeout=WAIT)
    assert [row.path for row in again.session.pictures.model.rows()] == pictures
    assert again.window.result_panel.row is again.session.pictures.model.rows()[3]  # the one looked at last
    again.session.pictures.pause(False)
    wait_until_done(again, qtbot, 4)
    assert not button.isVisible()


def test_the_list_is_shown_as_it_was(
    start_app: StartApp, app: App, qtbot: QtBot, pictures: list[Path]
) -> None:
    drop(app, *pictures)
    wait_until_done(app, qtbot, 4)
    panel = app.window.list_panel
    panel.set_mode(Mode.GRID)
    panel.model.set_order(Order.NAME)
    panel.select(app.session.pictures.model.rows()[2])
    quit_app(app)
    again = start_app(Settings(model="starter"))
    button = again.window.welcome.resume_button
    qtbot.waitUntil(button.isVisible, timeout=WAIT)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until_done(again, qtbot, 4)
    panel = again.window.list_panel
    assert panel.list.mode is Mode.GRID
    assert panel.model.order is Order.NAME
    assert panel.current() is again.session.pictures.model.rows()[2]


def test_what_was_removed_or_cleared_does_not_come_back(
    start_app: StartApp, app: App, qtbot: QtBot, pictures: list[Path]
) -> None:
    drop(app, *pictures)
    wait_until_done(app, qtbot, 4)
    rows = app.session.pictures.model.rows()
    app.session.pictures.remove(rows[1:3])
    quit_app(app)
    again = start_app(Settings(model="starter"))
    qtbot.waitUntil(lambda: again.session.history.last_list is not None, timeout=WAIT)
    again.session.pictures.restore()
    wait_until_done(again, qtbot, 2)
    assert [row.path for row in again.session.pictures.model.rows()] == [pictures[0], pictures[3]]
    again.session.pictures.clear()
    quit_app(again)
    third = start_app(Settings(model="starter"))
    qtbot.wait(300)
    wait_until_looked_up(third, qtbot)
    assert not third.window.welcome.resume_button.isVisible()
    # The answers are still known.
    third.session.pictures.pause(True)
    drop(third, pictures[1])
    qtbot.waitUntil(lambda: states(third) == [RowState.DONE], timeout=WAIT)


def test_a_new_list_takes_the_place_of_the_last_one(
    start_app: StartApp, app: App, qtbot: QtBot, pictures: list[Path]
) -> None:
    drop(app, *pictures[:2])
    wait_until_done(app, qtbot, 2)
    quit_app(app)
    again = start_app(Settings(model="starter"))
    qtbot.waitUntil(again.window.welcome.resume_button.isVisible, timeout=WAIT)
    drop(again, pictures[3])
    wait_until_done(again, qtbot, 1)
    assert again.session.history.last_list is None
    assert again.history.listed() == (pictures[3],)


def test_a_pasted_picture_is_not_listed_but_known(app: App, qtbot: QtBot, pictures: list[Path]) -> None:
    from vgg_desktop.ui.incoming.session_folder import PictureData

    data = PictureData("pasted.png", pictures[0].read_bytes())
    app.session.pictures.open_data([data])
    wait_until_done(app, qtbot, 1)
    assert app.history.listed() == ()
    app.session.pictures.clear()
    app.session.pictures.pause(True)
    app.session.pictures.open_data([data])
    qtbot.waitUntil(lambda: states(app) == [RowState.DONE], timeout=WAIT)


def test_quitting_in_the_middle_asks_once(
    app: App, qtbot: QtBot, pictures: list[Path], many_pictures: ManyPictures
) -> None:
    drop(app, *pictures[:3])
    wait_until_done(app, qtbot, 3)
    app.session.pictures.pause(True)
    drop(app, *many_pictures(30))
    qtbot.waitUntil(lambda: len(states(app)) == 33, timeout=WAIT)
    asked = answer_question("Cancel")
    app.frame.close()
    assert asked == ["3 of 33 pictures are done; they are kept. Quit now?"]
    assert app.frame.isVisible()
    asked = answer_question("Quit")
    app.frame.close()
    assert len(asked) == 1
    assert not app.frame.isVisible()


def test_quitting_when_all_is_done_asks_nothing(app: App, qtbot: QtBot, pictures: list[Path]) -> None:
    drop(app, *pictures)
    wait_until_done(app, qtbot, 4)
    app.frame.close()
    assert not app.frame.isVisible()


def test_what_is_off_remembers_nothing(
    start_app: StartApp, qtbot: QtBot, pictures: list[Path], many_pictures: ManyPictures
) -> None:
    app = start_app(Settings(model="starter", history=False))
    assert not app.window.welcome.remembering.isVisible()
    drop(app, *pictures)
    wait_until_done(app, qtbot, 4)
    app.session.pictures.pause(True)
    drop(app, pictures[0])  # once more: it is computed again
    drop(app, *many_pictures(30))
    qtbot.waitUntil(lambda: len(states(app)) == 34, timeout=WAIT)
    assert states(app)[0] is RowState.WAITING
    asked = answer_question("Quit")
    app.frame.close()
    assert asked == ["3 of 34 pictures are done; results are not remembered. Quit now?"]
    end_workers(app)
    assert not app.history.path.exists()


def test_switching_it_off_deletes_what_is_there(app: App, qtbot: QtBot, pictures: list[Path]) -> None:
    drop(app, *pictures)
    wait_until_done(app, qtbot, 4)
    app.history.flush()
    assert app.history.path.exists()
    app.session.settings.change(history=False)
    qtbot.waitUntil(lambda: not app.history.path.exists(), timeout=WAIT)
    app.session.settings.change(history=True)
    drop(app, pictures[0])
    qtbot.waitUntil(lambda: app.history.usage().pictures == 1, timeout=WAIT)


def test_what_the_administrator_switches_off_is_deleted_at_the_next_start(
    start_app: StartApp, app: App, qtbot: QtBot, pictures: list[Path]
) -> None:
    drop(app, *pictures)
    wait_until_done(app, qtbot, 4)
    quit_app(app)
    assert app.history.path.exists()
    write_machine_settings(locked=["history"])
    again = start_app()
    qtbot.waitUntil(lambda: not again.history.path.exists(), timeout=WAIT)
    assert not again.window.welcome.resume_button.isVisible()


def test_what_is_remembered_is_said_before_the_first_time(
    start_app: StartApp, app: App, qtbot: QtBot, pictures: list[Path]
) -> None:
    assert app.window.welcome.remembering.isVisible()
    drop(app, *pictures)
    wait_until_done(app, qtbot, 4)
    quit_app(app)
    again = start_app(Settings(model="starter"))
    assert not again.window.welcome.remembering.isVisible()


def test_a_file_that_cannot_be_used_is_told(
    start_app: StartApp, qtbot: QtBot, pictures: list[Path], app_home: Path
) -> None:
    folder = app_home / "data" / "results.sqlite"
    folder.mkdir(parents=True)  # a folder where the file should be
    app = start_app(Settings(model="starter"))
    drop(app, *pictures)
    wait_until_done(app, qtbot, 4)
    assert set(states(app)) == {RowState.DONE}
    qtbot.waitUntil(lambda: app.window.info_bar.notice is not None, timeout=WAIT)
    notice = app.window.info_bar.notice
    assert notice is not None
    assert notice.key == "history"
    assert "not remembered" in notice.text
