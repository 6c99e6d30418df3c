"""The picture browser by gesture: groups, chips, keys, and that it keeps its place whatever is rearranged."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.pictures.test_results_model import classification
from tests.ui.test_accessibility import nameless, unreachable_buttons
from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.ui.pictures import results_model
from vgg_desktop.ui.pictures.browser import Browser
from vgg_desktop.ui.pictures.result_delegate import HeaderPart, Mode, header_part
from vgg_desktop.ui.pictures.results_model import ResultsModel, Role
from vgg_desktop.ui.pictures.rows import Grouping, Kind, Order, ResultRow, RowState
from vgg_desktop.ui.pictures.scope import Scope
from vgg_desktop.why import Why

CLICK, Key = Qt.MouseButton.LeftButton, Qt.Key
CLASSES = ("ant", "bee", "cat", "dog", "eel")


@pytest.fixture
def browser(qtbot: QtBot) -> Browser:
    """Return a browser of a hundred pictures in five classes, the later ones with more of them."""
    model = ResultsModel()
    browser = Browser(model)
    qtbot.addWidget(browser)
    model.setParent(browser)
    browser.resize(400, 500)
    with qtbot.waitExposed(browser):
        browser.show()
    rows = model.add(Path(f"/x/{number:03}.jpg") for number in range(100))
    model.set_results((row, classification(row.path, class_of(place), 0.9)) for place, row in enumerate(rows))
    browser.list.setFocus()
    return browser


def class_of(place: int) -> str:
    """Return the class of a picture: 7 are ants, 14 bees, 21 cats, 28 dogs and 30 eels."""
    return CLASSES[next(rank for rank in range(5) if place % 15 < (rank + 1) * (rank + 2) // 2)]


def names(rows: list[ResultRow]) -> list[str]:
    return [row.path.stem for row in rows]


def top_of(browser: Browser, row: ResultRow) -> int:
    return browser.list.visualRect(browser.model.index_of(row)).top()


def header(browser: Browser, name: str) -> QPoint:
    """Return the middle of the left edge of a group's line, where its arrow is."""
    found = [
        index
        for place in browser.model.arrangement.headers()
        if (index := browser.model.index(place, 0)).data() == name
    ]
    browser.list.scrollTo(found[0])
    rect = browser.list.visualRect(found[0])
    return QPoint(rect.left(), rect.center().y())


def group_names(browser: Browser) -> list[str]:
    return [str(browser.model.index(place, 0).data()) for place in browser.model.arrangement.headers()]


def press(browser: Browser, point: QPoint) -> None:
    QTest.mouseClick(browser.list.viewport(), CLICK, Qt.KeyboardModifier.NoModifier, point)


def test_the_keys_go_through_list_and_grid(browser: Browser) -> None:
    rows = browser.model.rows()
    browser.select(rows[0])
    for key, place in (
        (Key.Key_Down, 1),
        (Key.Key_End, 99),
        (Key.Key_Up, 98),
        (Key.Key_Home, 0),
        (Key.Key_Up, 0),
    ):
        QTest.keyClick(browser.list, key)
        assert browser.current() is rows[place]
        assert browser.selected() == [rows[place]]
    QTest.keyClick(browser.list, Key.Key_PageDown)
    page = rows.index(browser.current())
    assert page > 3
    QTest.keyClick(browser.list, Key.Key_PageUp)
    assert browser.current() is rows[0]
    QTest.mouseClick(browser.modes[Mode.GRID], CLICK)
    columns = browser.list._layout.columns
    assert columns > 1
    for key, place in (
        (Key.Key_Right, 1),
        (Key.Key_Down, 1 + columns),
        (Key.Key_Left, columns),
        (Key.Key_Up, 0),
    ):
        QTest.keyClick(browser.list, key)
        assert browser.current() is rows[place]
    QTest.keyClick(browser.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert browser.selected() == list(rows[: columns + 1])


def test_groups_are_folded_selected_and_shown_alone_by_mouse(browser: Browser) -> None:
    model = browser.model
    model.set_grouping(Grouping.LARGEST)
    assert group_names(browser) == ["eel", "dog", "cat", "bee", "ant"]
    point = header(browser, "bee")
    press(browser, point + QPoint(200, 0))  # on the line right of its name
    assert len(browser.selected()) == 14
    assert browser.scopes()[Scope.SELECTED] == 14
    press(browser, header(browser, "bee") + QPoint(8, 0))
    assert model.rowCount() == 105 - 14
    assert [group.is_folded for group in model.arrangement.groups] == [False, False, False, True, False]
    press(browser, header(browser, "bee") + QPoint(8, 0))
    assert model.rowCount() == 105
    place = header(browser, "eel")
    line, eels = browser.list.visualRect(model.index(0, 0)), model.index(0, 0).data(Role.GROUP)
    parts = {
        header_part(browser.list.fontMetrics(), line, eels, "eel", place + QPoint(x, 0)): x
        for x in range(line.width())
    }
    press(browser, place + QPoint(parts[HeaderPart.COUNT] - 2, 0))
    assert model.shown_count == 30
    assert browser.chips.of_class.isVisible()
    assert browser.chips.of_class.text() == "eel"
    QTest.mouseClick(browser.chips.of_class, CLICK)
    assert model.shown_count == 100
    assert not browser.chips.of_class.isVisible()


def test_groups_by_keyboard(browser: Browser) -> None:
    model = browser.model
    model.set_grouping(Grouping.NAME)
    looked: list[object] = []
    browser.select(model.shown()[0])
    browser.currentChanged.connect(looked.append)
    QTest.keyClick(browser.list, Key.Key_Left)  # to the name of the group
    assert browser.list.currentIndex().data() == "ant"
    assert browser.current() is model.shown()[0]  # the picture stays
    assert looked == []
    QTest.keyClick(browser.list, Key.Key_Left)
    assert model.index(1, 0).data() == "bee"
    QTest.keyClick(browser.list, Key.Key_Right)
    QTest.keyClick(browser.list, Key.Key_Space)
    assert len(browser.selected()) == 7
    QTest.keyClick(browser.list, Key.Key_Return)
    assert model.filter.chosen == ("0", "ant")
    assert browser.scope.text().startswith("7 of 100 shown")
    browser.chips.of_class.click()
    model.fold(("0", "bee"), False)
    bee = model.arrangement.places[("0", "bee")]
    browser.list.selectionModel().setCurrentIndex(
        model.index(bee, 0), QItemSelectionModel.SelectionFlag.Clear
    )
    QTest.keyClick(browser.list, Key.Key_Return)
    assert browser.current() is model.shown()[0]  # not an ant, which is not shown
    assert looked == [browser.current()]
    assert model.shown_count == 14
    browser.chips.of_class.setFocus()
    QTest.keyClick(browser.chips.of_class, Key.Key_Space)
    assert model.shown_count == 100


def test_stepping_goes_over_the_names_of_groups(browser: Browser) -> None:
    model = browser.model
    model.set_grouping(Grouping.NAME)
    shown = model.shown()
    browser.select(shown[6])
    browser.step(1)
    assert browser.current() is shown[7]
    browser.step(-1)
    assert browser.current() is shown[6]
    model.fold(("0", "bee"), True)
    browser.step(1)
    assert browser.current() is shown[21]
    browser.select(shown[8])  # in the folded group
    assert browser.current() is shown[8]


@pytest.mark.parametrize("mode", [Mode.LIST, Mode.GRID])
def test_what_is_in_view_stays_there(browser: Browser, mode: Mode) -> None:
    model, rows = browser.model, browser.model.rows()
    browser.set_mode(mode)
    browser.select(rows[50])
    browser.list.scrollTo(model.index_of(rows[50]), browser.list.ScrollHint.PositionAtCenter)
    below = top_of(browser, rows[50])
    changes: list[Callable[[], object]] = [
        lambda: model.set_order(Order.CLASS),
        lambda: model.set_grouping(Grouping.LARGEST),
        lambda: model.set_grouping(Grouping.NAME),
        lambda: model.set_order(Order.ADDED),
        lambda: model.set_grouping(Grouping.NONE),
    ]
    for change in changes:
        change()
        assert browser.current() is rows[50]
        assert browser.selected() == [rows[50]]
        assert top_of(browser, rows[50]) == below
    browser.set_mode(Mode.GRID if mode is Mode.LIST else Mode.LIST)
    assert 0 <= top_of(browser, rows[50]) < browser.list.viewport().height()


def test_what_was_scrolled_away_stays_away(browser: Browser) -> None:
    model, rows = browser.model, browser.model.rows()
    browser.select(rows[0])
    browser.list.scrollTo(model.index_of(rows[60]), browser.list.ScrollHint.PositionAtTop)
    model.remove([rows[30]])
    assert top_of(browser, rows[60]) == 0
    assert browser.current() is rows[0]
    model.set_grouping(Grouping.NAME)
    assert top_of(browser, rows[60]) == 0
    model.set_grouping(Grouping.NONE)
    assert top_of(browser, rows[60]) == 0


def test_selection_and_place_come_back_after_the_filter(browser: Browser, qtbot: QtBot) -> None:
    model, rows = browser.model, browser.model.rows()
    chosen = list(rows[40:43])
    browser.list.select_rows(chosen)
    browser.list.selectionModel().setCurrentIndex(
        model.index_of(chosen[0]), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    browser.list.scrollTo(model.index_of(chosen[0]), browser.list.ScrollHint.PositionAtTop)
    QTest.keyClicks(browser.filter, "09")  # 009, 090 and so on: none of them
    qtbot.wait(20)
    assert not set(chosen) & set(model.shown())
    assert browser.selected() == [model.shown()[0]]
    browser.filter.clear()
    qtbot.wait(20)
    assert browser.selected() == chosen
    assert browser.current() is chosen[0]
    assert top_of(browser, chosen[0]) == 0
    browser.list.selectAll()
    browser.filter.setText("1")
    assert len(browser.selected()) == model.shown_count
    browser.filter.clear()
    assert len(browser.selected()) == 100


def test_the_list_comes_back_to_where_it_was_scrolled(browser: Browser, qtbot: QtBot) -> None:
    model, rows = browser.model, browser.model.rows()
    browser.select(rows[2])
    browser.list.scrollTo(model.index_of(rows[60]), browser.list.ScrollHint.PositionAtTop)
    for text in ("00", "00.", ""):  # none of those in view
        browser.filter.setText(text)
        qtbot.wait(20)
    assert top_of(browser, rows[60]) == 0
    browser.filter.setText("00")
    qtbot.wait(20)
    QTest.keyClick(browser.list, Key.Key_End)  # unless one goes elsewhere meanwhile
    here = browser.current()
    browser.filter.clear()
    assert here is not None
    assert 0 <= top_of(browser, here) < browser.list.viewport().height()


def test_answers_that_arrive_do_not_move_what_is_looked_at(browser: Browser, qtbot: QtBot) -> None:
    model = browser.model
    more = model.add(Path(f"/y/{number}.jpg") for number in range(50))
    model.set_order(Order.SUREST)
    browser.select(more[20])  # waits, below all others
    browser.list.scrollTo(model.index_of(more[20]), browser.list.ScrollHint.PositionAtCenter)
    below, place = top_of(browser, more[20]), model.index_of(more[20]).row()
    for row in more[:10]:
        model.set_result(row, classification(row.path, "cat", 0.99))  # these go to the top
    qtbot.waitUntil(lambda: model.index_of(more[0]).row() < 10, timeout=5000)
    assert model.index_of(more[20]).row() == place
    assert top_of(browser, more[20]) == below


def test_what_is_at_the_pointer_waits_for_its_place(browser: Browser, qtbot: QtBot) -> None:
    model = browser.model
    more = model.add([Path("/y/a.jpg")])
    model.set_order(Order.SUREST)
    row, place = more[0], model.index_of(more[0]).row()
    browser.list.scrollToBottom()
    qtbot.wait(2 * results_model.REARRANGE_MS)
    rect = browser.list.visualRect(model.index_of(row))
    is_there = [True]
    browser.list.under_pointer = (  # type: ignore[method-assign] # the platform has no pointer
        lambda: browser.list.indexAt(rect.center()) if is_there[0] else browser.list.indexAt(QPoint(-1, -1))
    )
    model.set_result(row, classification(row.path, "cat", 0.99))
    qtbot.wait(3 * results_model.REARRANGE_MS)
    assert model.index_of(row).row() == place
    is_there[0] = False
    qtbot.waitUntil(lambda: model.index_of(row).row() == 0, timeout=5000)


def test_a_network_change_keeps_rows_filter_and_view(browser: Browser, qtbot: QtBot) -> None:
    model, rows = browser.model, browser.model.rows()
    model.set_unsure_below(0.5)
    model.set_results((row, classification(row.path, "cat", 0.3)) for row in rows[:20])
    model.set_grouping(Grouping.LARGEST)
    QTest.mouseClick(browser.chips.kinds[Kind.UNSURE], CLICK)
    assert model.shown_count == 20
    browser.select(rows[12])
    below = top_of(browser, rows[12])
    model.wait_again(rows)
    qtbot.wait(2 * results_model.REARRANGE_MS)
    assert model.filter.kind is Kind.UNSURE  # although none is for the moment
    assert (model.shown_count, top_of(browser, rows[12])) == (20, below)
    for row in rows[:19]:
        model.set_result(row, classification(row.path, "dog", 0.9))
    qtbot.wait(2 * results_model.REARRANGE_MS)
    assert (model.shown_count, top_of(browser, rows[12])) == (20, below)
    browser.sort.show_choice()
    assert browser.sort.update_order.isEnabled()
    model.set_results((row, classification(row.path, "dog", 0.4)) for row in rows[19:])
    qtbot.waitUntil(lambda: model.shown_count == 81, timeout=5000)


def test_the_chips_say_and_show_the_kinds(browser: Browser, qtbot: QtBot) -> None:
    model, rows = browser.model, browser.model.rows()
    kinds = browser.chips.kinds
    model.set_state(rows[0], RowState.FAILED, ImageUnreadable(rows[0].path, Why.FILE_EMPTY()))
    model.set_state(rows[1], RowState.CANCELLED)
    qtbot.waitUntil(lambda: kinds[Kind.STOPPED].isVisible(), timeout=5000)
    shown = [button.text() for button in kinds.values() if button.isVisible()]
    assert shown == ["All 100", "Done 98", "Failed 1", "Stopped 1"]
    assert kinds[Kind.FAILED].accessibleName() == "Failed 1, show only these"
    QTest.mouseClick(kinds[Kind.DONE], CLICK)
    assert model.shown_count == 98
    browser.list.groupChosen.emit(("0", "eel"))
    assert model.shown_count == 30
    QTest.mouseClick(kinds[Kind.ALL], CLICK)
    assert browser.chips.of_class.isHidden()
    assert model.shown_count == 100
    kinds[Kind.FAILED].setFocus()
    QTest.keyClick(kinds[Kind.FAILED], Key.Key_Space)
    assert model.shown() == (rows[0],)
    assert kinds[Kind.FAILED].isChecked()
    assert not kinds[Kind.ALL].isChecked()


def test_view_state_comes_back_in_another_window(browser: Browser, qtbot: QtBot) -> None:
    model, rows = browser.model, browser.model.rows()
    browser.filter.setText("jpg")
    model.set_order(Order.LEAST_SURE)
    model.set_grouping(Grouping.NAME)
    model.set_class(("0", "eel"))
    browser.set_mode(Mode.GRID)
    eels = model.shown()
    browser.select(eels[20])
    browser.list.scrollTo(model.index_of(eels[20]), browser.list.ScrollHint.PositionAtTop)
    state = browser.view_state()
    other = Browser(ResultsModel())
    qtbot.addWidget(other)
    other.model.setParent(other)
    other.resize(browser.size())
    with qtbot.waitExposed(other):
        other.show()
    other.restore_view_state(state)  # before its pictures are there
    answered = other.model.add(row.path for row in rows)
    other.model.set_results(
        (row, old.classification) for row, old in zip(answered, rows, strict=True) if old.classification
    )
    qtbot.waitUntil(lambda: other.current() is not None, timeout=5000)
    qtbot.waitUntil(lambda: other.model.shown_count == 30, timeout=5000)
    assert names(list(other.model.shown())) == names(list(eels))
    current = other.current()
    assert current is not None
    assert current.path == eels[20].path
    assert {**other.view_state(), "scroll": 0} == {**state, "scroll": 0}
    again = Browser(model)  # the same pictures, as in another language
    qtbot.addWidget(again)
    again.restore_view_state(state)
    assert again.view_state()["current"] == state["current"]
    again.close()


@pytest.mark.parametrize(
    "state",
    [
        {},
        {
            "filter": 3,
            "kind": "NOBODY",
            "class": "cat",
            "order": None,
            "grouping": [],
            "mode": {},
            "current": 7,
        },
        {"class": ["only one"], "scroll": "far", "current": "\0", "kind": 0},
        {"scroll": 10**12, "current": "/x/050.jpg", "mode": "list"},
    ],
)
def test_nonsense_is_no_view_state(browser: Browser, state: dict[str, object]) -> None:
    browser.restore_view_state(state)
    assert browser.model.shown_count == 100
    assert browser.list.mode is Mode.LIST
    assert browser.model.order is Order.ADDED


@pytest.mark.parametrize("mode", [Mode.LIST, Mode.GRID])
def test_screen_readers_find_a_list_with_its_groups(browser: Browser, mode: Mode) -> None:
    browser.set_mode(mode)
    browser.model.set_grouping(Grouping.LARGEST)
    interface = QAccessible.queryAccessibleInterface(browser.list)
    assert interface is not None
    assert interface.role() is QAccessible.Role.List
    texts = [interface.child(place).text(QAccessible.Text.Name) for place in range(3)]
    assert texts[0].startswith("Group eel: 30 picture")
    assert texts[1].endswith(": eel, 90.0 %")
    assert interface.childCount() == 105
    browser.activateWindow()
    assert nameless(browser) == []
    assert unreachable_buttons(browser) == []


def test_a_hundred_thousand_rows_are_laid_out_without_a_look_at_each(qtbot: QtBot) -> None:
    asked: list[int] = []

    class Counting(ResultsModel):
        def data(
            self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
        ) -> object:
            asked.append(role)
            return super().data(index, role)

    model = Counting()
    browser = Browser(model)
    qtbot.addWidget(browser)
    model.setParent(browser)
    browser.resize(600, 500)
    with qtbot.waitExposed(browser):
        browser.show()
    rows = model.add(Path(f"/x/{number}.jpg") for number in range(100_000))
    model.set_results(
        (row, classification(row.path, str(number % 900), 0.9)) for number, row in enumerate(rows)
    )
    for mode in (Mode.LIST, Mode.GRID):
        browser.set_mode(mode)
        for grouping in Grouping:
            model.set_grouping(grouping)
            browser.list.viewport().repaint()
            browser.list.scrollToBottom()
            browser.list.viewport().repaint()
            browser.list.scrollToTop()
    browser.list.selectAll()
    assert browser.scopes()[Scope.SELECTED] == 100_000
    assert len(asked) < 10_000
    assert Role.THUMBNAIL in asked
