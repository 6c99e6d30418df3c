"""The list by gesture: which pictures are shown, which is looked at, and what its buttons do."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT, drop, wait_until_done
from tests.ui.conftest import MakePicture
from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.inference.results import Classification, Prediction
from vgg_desktop.ui.actions import plain_text
from vgg_desktop.ui.app import App
from vgg_desktop.ui.pictures.list_panel import ListPanel
from vgg_desktop.ui.pictures.rows import Kind, ResultRow, RowState
from vgg_desktop.ui.pictures.scope import Scope, ScopeDialog
from vgg_desktop.ui.pictures.sort_dialog import SortDialog
from vgg_desktop.why import Why

CLICK = Qt.MouseButton.LeftButton


def answer(app: App, row: ResultRow, *classes: tuple[str, float]) -> None:
    """Let the network answer with these classes."""
    assert row.classification is not None
    predictions = tuple(
        Prediction(number, str(number), label, probability)
        for number, (label, probability) in enumerate(classes)
    )
    before = row.classification
    result = Classification(
        **{name: getattr(before, name) for name in before.__dataclass_fields__ if name != "predictions"},
        predictions=predictions,
    )
    app.session.pictures.model.set_result(row, result)


@pytest.fixture
def panel(app: App, qtbot: QtBot, make_picture: MakePicture) -> ListPanel:
    """Return the list with a shark, a dugong with a trace of shark, an unsure picture, and a broken one."""
    drop(app, *(make_picture(f"{number}.png", number) for number in range(3)))
    wait_until_done(app, qtbot, 3)
    rows = app.session.pictures.model.rows()
    answer(app, rows[0], ("tiger shark, Galeocerdo cuvieri", 0.9), ("dugong", 0.1))
    answer(app, rows[1], ("dugong", 0.999), ("tiger shark", 0.001))
    answer(app, rows[2], ("cash machine", 0.08), ("hammerhead, hammerhead shark", 0.06))
    broken = make_picture("broken.png")
    broken.write_bytes(b"\x89PNG")
    drop(app, broken)
    wait_until_done(app, qtbot, 4)
    return app.window.list_panel


def shown(panel: ListPanel) -> list[str]:
    model = panel.list.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def test_the_first_picture_is_selected_however_it_comes(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    paths = [make_picture(f"{number}.png", number) for number in range(3)]
    app.window.commands.open_paths([paths[0].parent])
    wait_until_done(app, qtbot, 3)
    panel = app.window.list_panel
    qtbot.waitUntil(lambda: [row.path.name for row in panel.selected()] == ["0.png"], timeout=WAIT)
    assert panel.current() is app.window.result_panel.row


def test_a_trace_of_a_class_does_not_match_the_filter(panel: ListPanel, qtbot: QtBot) -> None:
    QTest.keyClicks(panel.filter, "shark")
    assert shown(panel) == ["0.png", "2.png"]
    qtbot.waitUntil(lambda: panel.scope.text() == "2 of 4 shown", timeout=WAIT)


def test_a_row_names_the_class_that_the_filter_found(panel: ListPanel) -> None:
    QTest.keyClicks(panel.filter, "hammer")
    assert shown(panel) == ["2.png"]
    text = panel.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == "2.png: Not sure: cash machine (hammerhead 6.0 %), 8.0 %"


def test_the_picture_beside_a_filtered_list_is_one_of_it(app: App, panel: ListPanel, qtbot: QtBot) -> None:
    panel.select(app.session.pictures.model.rows()[1])
    QTest.keyClicks(panel.filter, "cash")
    row = app.window.result_panel.row
    assert row is not None
    assert row.path.name == "2.png"
    assert panel.selected() == [row]
    press(panel.filter, Qt.Key.Key_Escape)  # to the whole list, without moving in it
    assert len(shown(panel)) == 4
    assert panel.current() is row
    assert app.window.result_panel.row is row


def test_where_nothing_matches_nothing_is_shown(app: App, panel: ListPanel) -> None:
    row = app.session.pictures.model.rows()[1]
    panel.select(row)
    QTest.keyClicks(panel.filter, "zebra")
    assert app.window.result_panel.row is None
    assert app.window.result_panel.bars.predictions == ()
    press(panel.filter, Qt.Key.Key_Escape)
    assert panel.current() is row
    assert panel.selected() == [row]


def test_the_buttons_show_only_one_kind(app: App, panel: ListPanel, qtbot: QtBot) -> None:
    failed, unsure, stopped = (panel.kinds[kind] for kind in (Kind.FAILED, Kind.UNSURE, Kind.STOPPED))
    qtbot.waitUntil(lambda: failed.isVisible() and unsure.isVisible(), timeout=WAIT)
    qtbot.wait(50)  # until they are laid out
    assert (failed.text(), unsure.text(), stopped.isVisible()) == ("Failed 1", "Unsure 1", False)
    QTest.mouseClick(unsure, CLICK)
    assert shown(panel) == ["2.png"]
    QTest.mouseClick(failed, CLICK)
    assert shown(panel) == ["broken.png"]
    assert not unsure.isChecked()
    failed.setFocus()
    press(failed, Qt.Key.Key_Space)
    assert len(shown(panel)) == 4


def test_retry_beside_them_takes_all_that_are_shown(
    app: App, panel: ListPanel, qtbot: QtBot, make_picture: MakePicture
) -> None:
    make_picture("broken.png")  # mended meanwhile
    panel.select(app.session.pictures.model.rows()[0])
    qtbot.waitUntil(panel.kinds[Kind.FAILED].isVisible, timeout=WAIT)
    QTest.mouseClick(panel.kinds[Kind.FAILED], CLICK)
    QTest.mouseClick(panel.retry, CLICK)
    wait_until_done(app, qtbot, 4)
    assert app.session.pictures.model.counts.failed == 0
    # Nothing of that kind is left, so that everything is shown.
    qtbot.waitUntil(lambda: len(shown(panel)) == 4, timeout=WAIT)
    qtbot.waitUntil(panel.retry.isHidden, timeout=WAIT)


def test_stopped_pictures_are_not_counted_as_classified(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    panel = app.window.list_panel
    drop(app, make_picture("a.png", 1))
    wait_until_done(app, qtbot, 1)
    app.session.pictures.pause(True)
    drop(app, make_picture("b.png", 2), make_picture("c.png", 3))
    qtbot.waitUntil(lambda: app.session.pictures.model.counts.open == 2, timeout=WAIT)
    app.session.pictures.stop()
    qtbot.waitUntil(lambda: panel.kinds[Kind.STOPPED].text() == "Stopped 2", timeout=WAIT)
    assert panel.counts.text() == "1 of 3"
    QTest.mouseClick(panel.retry, CLICK)
    wait_until_done(app, qtbot, 3)
    qtbot.waitUntil(lambda: panel.counts.text() == "3 of 3", timeout=WAIT)


def test_not_sure_is_said_large_and_follows_the_setting(app: App, panel: ListPanel) -> None:
    row = app.session.pictures.model.rows()[2]
    panel.select(row)
    bars = app.window.result_panel.bars
    assert bars.headline() == "Not sure: perhaps cash machine"
    assert "Not sure: perhaps cash machine, 8.0 %" in bars.accessibleDescription()
    app.session.settings.change(unsure_below=5)
    assert bars.headline() == "cash machine"
    assert app.session.pictures.model.counts.unsure == 0
    app.session.settings.change(unsure_below=95)
    assert app.session.pictures.model.counts.unsure == 2
    app.session.settings.change(unsure_below=0)
    assert app.session.pictures.model.counts.unsure == 0


def test_the_threshold_is_set_in_the_settings(app: App, panel: ListPanel) -> None:
    from vgg_desktop.ui.settings_page import SettingsPage

    app.window.show_page("settings")
    dialog = app.window.findChild(SettingsPage)
    assert dialog is not None
    dialog.unsure.setFocus()
    dialog.unsure.selectAll()
    QTest.keyClicks(dialog.unsure, "95")
    press(dialog.unsure, Qt.Key.Key_Tab)
    assert app.session.settings.value.unsure_below == 95
    assert app.session.pictures.model.counts.unsure == 2


def test_sorting_takes_everything_that_is_shown(
    app: App, panel: ListPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.select(app.session.pictures.model.rows()[0])  # one is always selected
    for folder, text, count in (("one", "", 3), ("two", "shark", 2)):
        panel.filter.setText(text)
        app.window.actions_["sort_folders"].trigger()
        (dialog,) = app.window.findChildren(SortDialog)
        dialog.threshold.setChecked(False)
        dialog.folder.setText(str(tmp_path / folder))
        with qtbot.waitSignal(app.session.pictures.sorted, timeout=WAIT):
            QTest.mouseClick(dialog.sort, CLICK)
        assert len(list((tmp_path / folder).glob("*/*.png"))) == count
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def save_as(app: App, qtbot: QtBot, scope: Scope | None) -> None:
    """Save the results, of the scope that is offered or of another one."""
    app.window.actions_["save"].trigger()
    (dialog,) = app.window.findChildren(ScopeDialog)
    if scope is not None:
        dialog.choice.buttons[scope].click()
    with qtbot.waitSignal(app.session.pictures.exported, timeout=WAIT):
        QTest.mouseClick(dialog.proceed, CLICK)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_saving_asks_what_where_it_makes_a_difference(
    app: App, panel: ListPanel, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "results.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def saved() -> list[str]:
        return [Path(json.loads(line)["path"]).name for line in target.read_text("utf-8").splitlines()]

    with qtbot.waitSignal(app.session.pictures.exported, timeout=WAIT):
        app.window.actions_["save"].trigger()  # everything is shown, and one is selected as nearly always
    assert len(saved()) == 4
    QTest.keyClicks(panel.filter, "shark")
    save_as(app, qtbot, None)
    assert saved() == ["0.png", "2.png"]
    save_as(app, qtbot, Scope.ALL)
    assert len(saved()) == 4
    save_as(app, qtbot, Scope.SELECTED)
    assert saved() == ["0.png"]
    panel.filter.clear()
    panel.list.select_rows(app.session.pictures.model.rows()[1:3])
    save_as(app, qtbot, None)
    assert saved() == ["1.png", "2.png"]


def test_after_removing_the_next_picture_is_looked_at(app: App, panel: ListPanel) -> None:
    rows = app.session.pictures.model.rows()
    panel.list.select_rows(rows[1:3])
    app.window.commands.remove()
    assert app.session.pictures.model.rows() == (rows[0], rows[3])
    assert panel.current() is rows[3]
    assert panel.selected() == [rows[3]]


def test_what_a_command_acts_on_is_said_before(app: App, panel: ListPanel, qtbot: QtBot) -> None:
    actions = app.window.actions_
    rows = app.session.pictures.model.rows()
    panel.select(rows[0])
    assert panel.scope.isHidden()  # it would be all
    assert plain_text(actions["save"]).startswith("Save 4 result")
    panel.list.select_rows(rows[:2])
    assert panel.scope.text() == "2 selected"
    assert plain_text(actions["save"]).startswith("Save 2 result")
    assert plain_text(actions["sort_folders"]).startswith("Sort 2 picture")
    assert plain_text(actions["remove"]).startswith("Remove 2 picture")
    panel.select(rows[0])
    QTest.keyClicks(panel.filter, "shark")
    assert panel.scope.text() == "2 of 4 shown"
    assert plain_text(actions["save"]).startswith("Save 2 result")
    panel.list.selectAll()
    assert panel.scope.text() == "2 of 4 shown · 2 selected"
    assert panel.scopes() == {Scope.ALL: 4, Scope.SHOWN: 2, Scope.SELECTED: 2}


def test_a_stopped_picture_keeps_its_own_previous_result(app: App, panel: ListPanel, qtbot: QtBot) -> None:
    app.session.pictures.pause(True)
    app.session.settings.change(top_k=6)
    app.session.pictures.stop()
    rows = app.session.pictures.model.rows()
    bars = app.window.result_panel.bars
    for row in (*rows[:3], *reversed(rows[:3])):
        panel.select(row)
        assert row.state is RowState.CANCELLED
        assert row.classification is not None
        assert bars.predictions == row.classification.predictions
        assert not bars.isEnabled()
        assert app.window.status.text().startswith("Previous result")
    panel.select(rows[3])  # it never had one
    assert bars.predictions == ()
    app.session.pictures.model.set_state(
        rows[3], RowState.FAILED, ImageUnreadable(rows[3].path, Why.FILE_EMPTY())
    )
    assert app.window.result_panel.error.isVisible()
