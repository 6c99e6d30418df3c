"""The names of the classes: typed, pasted, chosen, and how many are missing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from vgg_desktop.models.labels import Label
from vgg_desktop.ui.networks.labels_form import LabelsForm

LEFT = Qt.MouseButton.LeftButton
WITH_IDS = (Label(0, "n01440764", "tench, Tinca tinca"), Label(1, "n01443537", "goldfish"))


@pytest.fixture
def form(qtbot: QtBot) -> LabelsForm:
    form = LabelsForm()
    qtbot.addWidget(form)
    form.show()
    qtbot.waitExposed(form)
    return form


def type_names(form: LabelsForm, *names: str) -> None:
    """Type names as a user does, Enter after each but the last."""
    for place, name in enumerate(names):
        if place:
            QTest.keyClick(form.text, Qt.Key.Key_Return)
        QTest.keyClicks(form.text, name)


def test_typed_names_are_counted_until_there_are_enough(form: LabelsForm, qtbot: QtBot) -> None:
    assert form.labels() is None
    assert form.is_valid()
    form.set_needed(3)
    assert not form.is_valid()
    assert not form.problem.isVisible()  # nothing was said yet
    type_names(form, "rose", "tulip")
    assert form.count.text() == "2 of 3 names"
    assert form.problem.text().startswith("1 name")
    assert not form.is_valid()
    with qtbot.waitSignal(form.changed):
        type_names(form, "", "daisy")
    assert form.labels() == (Label(0, "0", "rose"), Label(1, "1", "tulip"), Label(2, "2", "daisy"))
    assert form.is_valid()
    assert not form.problem.isVisible()
    type_names(form, "", "aster")
    assert "too many" in form.problem.text()
    assert form.problem.text() in form.text.accessibleDescription()


def test_an_empty_line_between_names_is_told(form: LabelsForm) -> None:
    type_names(form, "rose", "", "tulip")
    assert form.problem.text() == "Line 2 is empty."
    assert not form.is_valid()
    form.text.clear()
    type_names(form, "rose")
    assert not form.is_valid()  # a network distinguishes two classes at least


def test_pasted_lines_are_names(form: LabelsForm) -> None:
    data = QMimeData()
    data.setText("rose\r\ntulip\r\n\r\n")
    form.text.insertFromMimeData(data)
    labels = form.labels()
    assert labels is not None
    assert [label.name for label in labels] == ["rose", "tulip"]


@pytest.mark.parametrize(
    "text",
    ['["rose", "tulip"]', '{"1": "tulip", "0": "rose"}', "0: rose\n1: tulip", "id,label\n1,tulip\n0,rose\n"],
)
def test_a_list_in_another_form_is_pasted_as_names(text: str, form: LabelsForm) -> None:
    data = QMimeData()
    data.setText(text)
    form.text.insertFromMimeData(data)
    assert form.text.toPlainText() == "rose\ntulip"
    form.text.insertFromMimeData(data)  # there is text already
    assert form.text.toPlainText().startswith("rose\ntulip")
    assert len(form.text.toPlainText()) > len("rose\ntulip") + 10


def test_names_of_a_file_keep_their_ids_where_they_are_not_changed(form: LabelsForm) -> None:
    form.show_labels(WITH_IDS, "synset.tsv")
    assert form.labels() == WITH_IDS
    assert form.source.text() == "synset.tsv"
    type_names(form, "My ")
    assert form.labels() == (Label(0, "0", "My tench, Tinca tinca"), WITH_IDS[1])
    form.text.clear()
    assert form.labels() is None
    assert not form.source.isVisible()


def test_what_is_used_without_names_is_said(form: LabelsForm) -> None:
    form.set_needed(2)
    assert not form.is_valid()
    form.set_known(WITH_IDS)
    assert form.is_valid()
    assert form.count.text() == "Left empty: tench, goldfish"
    type_names(form, "a")
    assert form.count.text() == "1 of 2 names"


def test_a_file_is_chosen_and_what_is_wrong_with_it_stands_below(
    form: LabelsForm, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "names.csv"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(form.fileChosen) as chosen:
        QTest.mouseClick(form.choose, LEFT)
    assert chosen.args == [path]
    form.show_failure("It is a picture.", "names.csv")
    assert form.problem.text() == "names.csv: It is a picture."
    assert not form.is_valid()
    type_names(form, "rose")
    assert "picture" not in form.problem.text()


def test_tab_leaves_the_field_and_enter_begins_a_line(form: LabelsForm) -> None:
    assert form.text.tabChangesFocus()
    QTest.keyClick(form.text, Qt.Key.Key_Return)
    assert form.text.toPlainText() == "\n"
    assert form.labels() is None
