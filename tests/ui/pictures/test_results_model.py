"""The list's model: what views see of it, and that it stays right while it changes."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.inference.results import Classification, Prediction
from vgg_desktop.ui.pictures import results_model, thumbnails
from vgg_desktop.ui.pictures.results_model import ResultsModel, Role
from vgg_desktop.ui.pictures.rows import Grouping, Kind, Order, ResultRow, RowState
from vgg_desktop.ui.words.languages import Languages
from vgg_desktop.why import Why


def classification(path: Path, label: str, probability: float) -> Classification:
    predictions = (Prediction(0, "0", label, probability), Prediction(1, "1", "other", 1 - probability))
    return Classification(path, "starter", "0", "cpu", "CPU", "exact", predictions, 4, 3, {})


@pytest.fixture
def model(qtmodeltester: ModelTester) -> ResultsModel:
    model = ResultsModel()
    qtmodeltester.check(model)  # type: ignore[no-untyped-call] # pytest-qt types only a part of itself
    return model


def names(model: ResultsModel) -> list[str]:
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def fill(model: ResultsModel) -> list[ResultRow]:
    rows = model.add(Path(name) for name in ("b.jpg", "a.jpg", "d.jpg", "c.jpg"))
    for row, (label, probability) in zip(
        rows, (("dog, hound", 0.5), ("cat", 0.9), ("cat", 0.7)), strict=False
    ):
        model.set_result(row, classification(row.path, label, probability))
    return rows


def test_orders(model: ResultsModel) -> None:
    fill(model)
    model.set_order(Order.NAME)
    assert names(model) == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]
    model.set_order(Order.CLASS)
    assert names(model) == ["a.jpg", "d.jpg", "b.jpg", "c.jpg"]
    model.set_order(Order.SUREST)
    assert names(model) == ["a.jpg", "d.jpg", "b.jpg", "c.jpg"]
    model.set_order(Order.LEAST_SURE)
    assert names(model) == ["b.jpg", "d.jpg", "a.jpg", "c.jpg"]
    model.set_order(Order.ADDED)
    assert names(model) == ["b.jpg", "a.jpg", "d.jpg", "c.jpg"]


def test_selection_survives_sorting_and_ends_with_the_filter(model: ResultsModel) -> None:
    fill(model)
    selected = QPersistentModelIndex(model.index(0, 0))
    model.set_order(Order.NAME)
    assert selected.data() == "b.jpg"
    model.set_filter("cat")
    assert not selected.isValid()
    assert names(model) == ["a.jpg", "d.jpg"]


def test_rows_can_be_selected_and_not_edited(model: ResultsModel) -> None:
    fill(model)
    flag = Qt.ItemFlag
    assert model.flags(model.index(0, 0)) == flag.ItemIsSelectable | flag.ItemIsEnabled


def test_a_narrower_and_a_wider_filter_keep_what_is_selected(model: ResultsModel) -> None:
    fill(model)
    selected = [QPersistentModelIndex(model.index(place, 0)) for place in range(4)]
    model.set_filter("d.jpg")
    assert [index.isValid() for index in selected] == [False, False, True, False]
    assert (selected[2].row(), model.rowCount()) == (0, 1)
    model.set_filter("")
    assert (selected[2].row(), model.rowCount()) == (2, 4)
    assert [row.path.name for row in model.shown()] == names(model)


def test_filter_looks_into_all_classes_shown(model: ResultsModel) -> None:
    fill(model)
    model.set_filter("HOUND")
    assert names(model) == ["b.jpg"]
    model.set_filter("other")
    assert len(names(model)) == 3
    model.set_filter("")
    assert len(names(model)) == 4


def test_filter_finds_the_german_and_the_published_name(model: ResultsModel, languages: Languages) -> None:
    languages.apply("de")
    row, other = model.add([Path("1.jpg"), Path("2.jpg")])
    goldfish = Prediction(1, "n01443537", "goldfish, Carassius auratus", 0.2)
    dog = Prediction(250, "n02110185", "Siberian husky", 0.8)
    model.set_result(row, replace(classification(row.path, "", 0.8), predictions=(dog, goldfish)))
    model.set_result(other, classification(other.path, "ship", 0.9))
    for text, summary in (
        ("goldfisch", "Sibirischer Husky (Goldfisch 20,0 %), 80,0 %"),
        ("Auratus", "Sibirischer Husky (Goldfisch 20,0 %), 80,0 %"),
        ("HUSKY", "Sibirischer Husky, 80,0 %"),
        ("siberian", "Sibirischer Husky, 80,0 %"),
    ):
        model.set_filter(text)
        assert model.shown() == (row,), text
        assert model.texts.summary(row) == summary
    languages.apply("en")
    model.set_filter("goldfisch")
    assert model.shown() == ()


def test_umlauts_are_sorted_beside_their_vowels(model: ResultsModel, languages: Languages) -> None:
    languages.apply("de")
    # Zebra, Ähre, Ameise
    ids = ("n02391049", "n13133613", "n02219486")
    for row, id in zip(model.add(Path(f"{id}.jpg") for id in ids), ids, strict=True):
        model.set_result(
            row, replace(classification(row.path, "", 1), predictions=(Prediction(0, id, "x", 1.0),))
        )
    model.set_order(Order.CLASS)
    assert [row.label for row in model.shown()][-1] == "Zebra"
    assert {row.label for row in model.shown()} == {"Ähre", "Ameise", "Zebra"}


def test_results_that_arrive_move_their_rows(model: ResultsModel, qtbot: QtBot) -> None:
    rows = fill(model)
    model.set_order(Order.SUREST)
    model.set_result(rows[3], classification(Path("c.jpg"), "ship", 0.99))
    qtbot.waitUntil(lambda: names(model)[0] == "c.jpg", timeout=5000)


def test_many_results_are_set_at_once(model: ResultsModel, qtbot: QtBot) -> None:
    model.set_unsure_below(0.5)
    rows = model.add(Path(f"{number}.jpg") for number in range(1000))
    removed = rows.pop()
    model.remove([removed])
    updated: list[object] = []
    changes: list[tuple[int, int]] = []
    counted: list[None] = []
    model.rowUpdated.connect(updated.append)
    model.dataChanged.connect(lambda first, last: changes.append((first.row(), last.row())))
    model.countsChanged.connect(lambda: counted.append(None))
    model.set_results(
        (row, classification(row.path, "cat", 0.4 if place < 10 else 0.9))
        for place, row in enumerate([*rows, removed])
    )
    assert (updated, changes, counted) == ([None], [(0, 998)], [None])
    assert (model.counts.done, model.counts.unsure, model.counts.open) == (999, 10, 0)
    assert removed.classification is None
    model.set_results([(removed, classification(removed.path, "cat", 0.9))])
    assert updated == [None]


def test_counts_and_removed_rows(model: ResultsModel) -> None:
    rows = fill(model)
    model.set_state(rows[3], RowState.FAILED, ImageUnreadable(Path("c.jpg"), Why.FILE_EMPTY()))
    counts = model.counts
    assert (counts.total, counts.open, counts.done, counts.failed, counts.ended) == (4, 0, 3, 1, 4)
    model.remove([rows[0]])
    assert (model.counts.total, model.counts.done) == (3, 2)
    model.set_state(rows[0], RowState.RUNNING)
    model.set_thumbnail(rows[0], QImage())
    assert (model.counts.total, model.counts.open, model.counts.done) == (3, 0, 2)
    model.clear()
    assert model.counts.total == model.counts.done == model.rowCount() == 0


def test_rows_that_wait_again_keep_their_place_and_their_former_answer(model: ResultsModel) -> None:
    rows = fill(model)
    assert model.wait_again([rows[2], rows[0]]) == [rows[0], rows[2]]
    assert rows[0].classification is not None
    assert names(model) == ["b.jpg", "a.jpg", "d.jpg", "c.jpg"]
    model.set_filter("jpg")  # another arrangement; what waits again stays where it was added
    assert names(model) == ["b.jpg", "a.jpg", "d.jpg", "c.jpg"]
    model.set_state(rows[0], RowState.RUNNING)
    assert model.index_of(rows[0]).row() == 0
    assert model.counts.open == 3


def test_what_waits_is_stopped(model: ResultsModel) -> None:
    fill(model)
    model.stop_open()
    assert model.counts.open == 0
    assert model.index(3, 0).data(Role.SUMMARY) == "Stopped"


def test_a_failed_row_tells_its_file_and_reason(model: ResultsModel) -> None:
    rows = fill(model)
    model.set_state(rows[0], RowState.FAILED, ImageUnreadable(Path("b.jpg"), Why.FILE_EMPTY()))
    tip = str(model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "b.jpg" in tip
    assert "empty" in tip
    assert "b.jpg" in str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_thumbnails_are_asked_for_once_and_few_are_kept(
    model: ResultsModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "MOST_BYTES", 2 * 4 * 4 * 3)
    rows = fill(model)
    with qtbot.waitSignal(model.thumbnailsWanted, timeout=5000) as asked:
        for place in (0, 1, 2, 0, 1):
            assert model.index(place, 0).data(Role.THUMBNAIL) is None
    assert list(asked.args[0]) == rows[:3]
    for row in rows[:3]:
        model.set_thumbnail(row, QImage(4, 3, QImage.Format.Format_RGB32))
    kept = [model.index(place, 0).data(Role.THUMBNAIL) is not None for place in range(3)]
    assert kept == [False, True, True]


def lines(model: ResultsModel) -> list[str]:
    return [
        str(model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)).split(":")[0]
        if model.index(place, 0).data(Role.GROUP) is None
        else f"[{model.index(place, 0).data()} {len(model.index(place, 0).data(Role.GROUP).rows)}]"
        for place in range(model.rowCount())
    ]


def test_groups_by_class_with_those_without_one_last(model: ResultsModel) -> None:
    rows = fill(model)  # a dog, two cats, and one that waits
    model.set_unsure_below(0.3)
    failed, unsure, stopped, bird = model.add(Path(f"{name}.jpg") for name in "efgh")
    model.set_state(failed, RowState.FAILED, ImageUnreadable(failed.path, Why.FILE_EMPTY()))
    model.set_result(unsure, classification(unsure.path, "cat", 0.2))
    model.set_state(stopped, RowState.CANCELLED)
    model.set_result(bird, classification(bird.path, "ant", 0.9))
    model.set_grouping(Grouping.LARGEST)
    rest = [
        "[Unsure 1]",
        "f.jpg",
        "[Failed 1]",
        "e.jpg",
        "[Stopped 1]",
        "g.jpg",
        "[Not classified yet 1]",
        "c.jpg",
    ]
    dogs, cats, ants = ["[dog 1]", "b.jpg"], ["[cat 2]", "a.jpg", "d.jpg"], ["[ant 1]", "h.jpg"]
    assert lines(model) == [*cats, *ants, *dogs, *rest]
    model.set_grouping(Grouping.NAME)
    assert lines(model) == [*ants, *cats, *dogs, *rest]
    model.set_order(Order.LEAST_SURE)  # within each group
    assert lines(model)[2:5] == ["[cat 2]", "d.jpg", "a.jpg"]
    assert model.shown_count == 8
    assert [row.path.name for row in model.shown()][:3] == ["h.jpg", "d.jpg", "a.jpg"]
    assert model.index_of(rows[2]).row() == 3
    assert model.arrangement.headers() == [0, 2, 5, 7, 9, 11, 13]


def test_a_group_is_no_picture_and_reads_as_one_line(model: ResultsModel) -> None:
    fill(model)
    model.set_grouping(Grouping.LARGEST)
    header, picture = model.index(0, 0), model.index(1, 0)
    assert model.flags(header) == Qt.ItemFlag.ItemIsEnabled
    assert header.data(Role.ROW) is None
    assert header.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Group cat: 2 picture")
    assert picture.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Group cat"
    model.fold(header.data(Role.GROUP).key, True)
    assert lines(model)[:2] == ["[cat 2]", "[dog 1]"]
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith(", folded")
    assert model.shown_count == 4  # those of a folded group too: saving takes them


def test_what_is_added_to_groups_waits_in_the_last_one(model: ResultsModel) -> None:
    model.set_grouping(Grouping.LARGEST)
    fill(model)
    assert lines(model) == ["[Not classified yet 4]", "b.jpg", "a.jpg", "d.jpg", "c.jpg"]
    model.arrange()
    model.add([Path("x.jpg")])
    assert lines(model)[-3:] == ["[Not classified yet 2]", "c.jpg", "x.jpg"]
    model.fold(Kind.OPEN, True)
    model.add([Path("y.jpg")])
    assert lines(model)[-1] == "[Not classified yet 3]"
    assert model.index_of(model.rows()[-1]).isValid() is False


def test_the_filter_shows_one_class_or_kind(model: ResultsModel) -> None:
    rows = fill(model)
    model.set_class(("0", "cat"))
    assert names(model) == ["a.jpg", "d.jpg"]
    model.set_unsure_below(0.8)
    model.arrange()
    assert names(model) == ["a.jpg"]  # the other is unsure, as its group says
    model.set_class(None)
    model.set_kind(Kind.DONE)
    assert names(model) == ["b.jpg", "a.jpg", "d.jpg"]
    model.set_kind(Kind.OPEN)
    assert model.shown() == (rows[3],)


def test_an_earlier_answer_is_shown_and_counts_for_nothing(model: ResultsModel) -> None:
    rows = fill(model)
    model.texts.title_of = {"starter": "Starter"}.__getitem__
    model.set_unsure_below(0.6)
    assert model.counts.unsure == 1
    model.wait_again(rows)
    assert (model.counts.done, model.counts.unsure) == (0, 0)
    cat = model.index_of(rows[1])
    assert cat.data(Role.SUMMARY) == "Starter: cat 90.0 %"
    assert cat.data(Qt.ItemDataRole.AccessibleTextRole) == "a.jpg: Waiting, Starter: cat 90.0 %"
    assert "Waiting, Starter: cat 90.0 %" in str(cat.data(Qt.ItemDataRole.ToolTipRole))
    model.set_state(rows[1], RowState.RUNNING)
    assert model.index_of(rows[1]).data(Role.SUMMARY) == "Starter: cat 90.0 %"
    model.set_state(rows[2], RowState.CANCELLED)
    assert model.index_of(rows[2]).data(Role.SUMMARY) == "Stopped · Starter: cat 70.0 %"
    model.set_grouping(Grouping.LARGEST)
    assert lines(model) == [
        "[Stopped 1]", "d.jpg", "[Not classified yet 3]", "b.jpg", "a.jpg", "c.jpg",
    ]  # fmt: skip
    model.set_grouping(Grouping.NONE)
    model.set_order(Order.SUREST)
    assert names(model) == ["b.jpg", "a.jpg", "d.jpg", "c.jpg"]
    model.set_filter("cat")
    assert model.shown() == ()
    model.set_filter("")
    model.set_kind(Kind.UNSURE)
    assert model.shown() == ()
    model.set_kind(Kind.ALL)
    model.set_result(rows[1], classification(rows[1].path, "dog", 0.8))
    assert model.index_of(rows[1]).data(Role.SUMMARY) == "dog, 80.0 %"


def test_what_is_classified_again_stays_until_all_of_it_is(model: ResultsModel, qtbot: QtBot) -> None:
    rows = fill(model)
    model.remove([rows[3]])
    model.set_order(Order.SUREST)
    before = names(model)
    model.wait_again(rows[:3])
    model.set_result(rows[0], classification(rows[0].path, "dog", 0.99))
    model.set_result(rows[1], classification(rows[1].path, "cat", 0.1))
    qtbot.wait(2 * results_model.REARRANGE_MS)
    assert names(model) == before == ["a.jpg", "d.jpg", "b.jpg"]
    assert model.stale == set(rows[:2])
    model.set_result(rows[2], classification(rows[2].path, "cat", 0.5))
    qtbot.waitUntil(lambda: names(model) == ["b.jpg", "d.jpg", "a.jpg"], timeout=5000)
    assert model.stale == set()


def test_thumbnails_for_a_larger_side_replace_smaller_ones(model: ResultsModel, qtbot: QtBot) -> None:
    rows = fill(model)
    small, large = (QImage(side, side, QImage.Format.Format_RGB32) for side in (128, 256))
    model.set_thumbnail(rows[0], small)
    model.thumbnail_side = 256
    with qtbot.waitSignal(model.thumbnailsWanted, timeout=5000) as asked:
        assert model.index_of(rows[0]).data(Role.THUMBNAIL).width() == 128
    assert list(asked.args[0]) == [rows[0]]
    model.set_thumbnail(rows[0], large, 256)
    model.set_thumbnail(rows[0], small)  # comes with the result
    assert model.index_of(rows[0]).data(Role.THUMBNAIL).width() == 256
    with qtbot.assertNotEmitted(model.thumbnailsWanted, wait=100):
        model.index_of(rows[0]).data(Role.THUMBNAIL)
    assert model.thumbnails.bytes == large.sizeInBytes()
    model.remove([rows[0]])
    assert model.thumbnails.bytes == 0


@pytest.mark.parametrize("grouping", [Grouping.LARGEST, Grouping.NAME])
def test_to_move_what_has_changed_is_to_arrange_everything(
    model: ResultsModel, qtbot: QtBot, grouping: Grouping
) -> None:
    choose = random.Random(2)
    model.set_unsure_below(0.2)
    model.set_grouping(grouping)
    for turn in range(40):
        rows = model.add(Path(f"{turn} {number}.jpg") for number in range(choose.randrange(6)))
        if turn % 10 == 0:
            model.set_order(choose.choice(list(Order)))
            model.fold((("0", "x")), folded=bool(turn % 20))
        for row in choose.sample(model.rows(), min(5, len(model.rows()))):
            if choose.random() < 0.2:
                model.set_state(row, RowState.FAILED, ImageUnreadable(row.path, Why.FILE_EMPTY()))
            elif choose.random() < 0.2:
                model.wait_again([row])
                model.set_state(row, RowState.CANCELLED)
            else:
                model.set_result(row, classification(row.path, choose.choice("wxyz"), choose.random()))
        if turn % 7 == 0:
            model.remove(rows[:1])
        model._arrange_unless_held()
        moved = lines(model)
        assert model.stale == set()
        model.arrange()
        assert lines(model) == moved, turn


def test_many_changes_in_any_order_keep_it_consistent(model: ResultsModel) -> None:
    choose = random.Random(1)
    for _ in range(300):
        rows = model.rows()
        match choose.randrange(9):
            case 0 | 1:
                model.add(Path(f"{choose.randrange(50)}.jpg") for _ in range(choose.randrange(5)))
            case 2 if rows:
                model.remove(choose.sample(rows, min(2, len(rows))))
            case 3 if rows:
                row = choose.choice(rows)
                model.set_result(row, classification(row.path, choose.choice("xyz"), choose.random()))
            case 4:
                model.set_order(choose.choice(list(Order)))
            case 5:
                model.set_filter(choose.choice(("", "", "1", "x")))
            case 6 if rows:
                model.wait_again(choose.sample(rows, min(3, len(rows))))
            case 7:
                model.set_grouping(choose.choice(list(Grouping)))
            case 8 if headers := model.arrangement.headers():
                group = model.index(choose.choice(headers), 0).data(Role.GROUP)
                model.fold(group.key, choose.random() < 0.3)
        shown = [model.index(place, 0).data(Role.ROW) for place in range(model.rowCount())]
        assert all(row is None or model.index_of(row).row() == place for place, row in enumerate(shown))
        assert [place for place, row in enumerate(shown) if row is None] == model.arrangement.headers()
        assert {row for row in shown if row is not None} <= set(model.shown()) <= set(model.rows())
        assert len(model.shown()) == model.shown_count == len(set(model.shown()))
        total = model.counts
        assert total.total == len(model.rows())
        assert total.open == sum(row.state in (RowState.WAITING, RowState.RUNNING) for row in model.rows())
