"""The preprocessing by gesture: a preset is enough, and every number can be changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from vgg_desktop import paths
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, Preprocessing, find, load_catalog
from vgg_desktop.ui.look.appearance import style_sheet
from vgg_desktop.ui.networks.preprocessing_fields import parse_number
from vgg_desktop.ui.networks.preprocessing_form import PreprocessingForm
from vgg_desktop.ui.networks.presets import PRESETS, preset_of

LEFT = Qt.MouseButton.LeftButton
DOWN, RETURN = Qt.Key.Key_Down, Qt.Key.Key_Return


@pytest.fixture
def form(qtbot: QtBot) -> PreprocessingForm:
    form = PreprocessingForm()
    qtbot.addWidget(form)
    form.show()
    qtbot.waitExposed(form)
    return form


def choose(box: QComboBox, value: object) -> None:
    """Go to an item with the arrow keys."""
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.count()):
        if box.currentData() == value:
            return
        QTest.keyClick(box, DOWN)
    raise AssertionError(value)


def retype(field: object, text: str) -> None:
    QTest.keyClick(field, "a", Qt.KeyboardModifier.ControlModifier)  # type: ignore[call-overload]
    QTest.keyClicks(field, text)  # type: ignore[arg-type]


def test_nothing_is_chosen_until_a_preset_is(form: PreprocessingForm, qtbot: QtBot) -> None:
    assert form.preprocessing() is None
    assert form.is_valid()
    assert not form.fields.isVisible()
    with qtbot.waitSignal(form.changed):
        QTest.keyClick(form.preset, DOWN)
    assert form.preset.currentData() == "imagenet"
    assert form.preprocessing() == IMAGENET_PREPROCESSING
    assert "PyTorch" in form.hint.text()
    choose(form.preset, "caffe")
    assert form.preprocessing() == Preprocessing(
        256, 224, channels="BGR", scale=1, mean=(103.939, 116.779, 123.68)
    )


@pytest.mark.parametrize("id", PRESETS)
def test_each_preset_is_known_again(id: str, form: PreprocessingForm) -> None:
    choose(form.preset, id)
    chosen = form.preprocessing()
    assert chosen is not None
    assert preset_of(chosen) == id
    form.show_preprocessing(replace(chosen, crop=160, resize=160), "probabilities")
    assert form.preset.currentData() == id
    assert form.preprocessing() == replace(chosen, crop=160, resize=160)
    assert form.output_meaning() == "probabilities"


@pytest.mark.parametrize("id", ["everyday", "starter", "vgg16"])
def test_what_is_shown_and_not_changed_stays_exact(id: str, form: PreprocessingForm) -> None:
    preprocessing = find(load_catalog(), id).preprocessing
    form.show_preprocessing(preprocessing)
    assert form.preprocessing() == preprocessing
    assert form.preset.currentData() == ("imagenet" if id == "vgg16" else "custom")
    QTest.mouseClick(form.toggle, LEFT)
    choose(form.interpolation, "lanczos")
    assert form.preprocessing() == replace(preprocessing, interpolation="lanczos")


def test_every_field_counts(form: PreprocessingForm) -> None:
    choose(form.preset, "imagenet")
    QTest.mouseClick(form.toggle, LEFT)
    assert form.fields.isVisible()
    retype(form.size_field.width_box, "320")
    retype(form.size_field.height_box, "160")
    choose(form.keep_aspect, False)
    choose(form.interpolation, "bicubic")
    retype(form.scale, "127.5")
    retype(form.mean.edits[0], "1")
    retype(form.std.edits[2], "0.5")
    choose(form.outputs, "independent")
    found = form.preprocessing()
    assert found == Preprocessing(
        resize=(183, 366),
        crop=(160, 320),
        interpolation="bicubic",
        keep_aspect=False,
        scale=127.5,
        mean=(1, 0.456, 0.406),
        std=(0.229, 0.224, 0.5),
    )
    assert form.output_meaning() == "independent"
    assert form.preset.currentData() == "custom"


def test_numbers_stay_with_their_colours(form: PreprocessingForm) -> None:
    choose(form.preset, "imagenet")
    QTest.mouseClick(form.toggle, LEFT)
    choose(form.channels, "BGR")
    found = form.preprocessing()
    assert found is not None
    assert found.mean == IMAGENET_PREPROCESSING.mean[::-1]
    assert form.mean.edits[0].accessibleName() == "Mean, blue"
    choose(form.channels, "grey")
    found = form.preprocessing()
    assert found is not None
    assert (len(found.mean), found.channels) == (1, "grey")
    assert not form.mean.edits[1].isVisible()
    choose(form.preset, "symmetric")
    found = form.preprocessing()
    assert found is not None
    assert (found.mean, found.std, found.channels) == ((0.5,), (0.5,), "grey")


@pytest.mark.parametrize(
    ("text", "said"), [("", "not a number"), ("abc", "abc"), ("0", "above 0"), ("-1", "above 0")]
)
def test_a_wrong_number_is_told_beside_the_field(text: str, said: str, form: PreprocessingForm) -> None:
    choose(form.preset, "imagenet")
    QTest.mouseClick(form.toggle, LEFT)
    retype(form.std.edits[1], text or "\b")
    if not text:
        form.std.edits[1].clear()
        form.std.edits[1].textEdited.emit("")
    assert said in form.problem.text()
    assert form.problem.isVisible()
    assert form.preprocessing() is None
    assert not form.is_valid()
    retype(form.std.edits[1], "0.25")
    assert form.is_valid()
    assert not form.problem.isVisible()


def test_what_the_network_fixes_cannot_be_changed(form: PreprocessingForm, qtbot: QtBot) -> None:
    choose(form.preset, "imagenet")
    with qtbot.waitSignal(form.changed):
        form.set_input(3, 96, 96)
    found = form.preprocessing()
    assert found is not None
    assert (found.crop, found.resize) == (96, 110)
    assert form.size_field.width_box.isReadOnly()
    form.set_input(1, None, None)
    found = form.preprocessing()
    assert found is not None
    assert found.channels == "grey"
    assert not form.channels.isEnabled()


def test_a_file_is_chosen_and_its_failure_told(
    form: PreprocessingForm, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "how.toml"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(form.fileChosen) as chosen:
        QTest.mouseClick(form.choose, LEFT)
    assert chosen.args == [path]
    form.show_preprocessing(IMAGENET_PREPROCESSING, source="how.toml")
    assert form.hint.text() == "From how.toml."
    form.show_failure("It is empty.", "how.toml")
    assert form.problem.text() == "how.toml: It is empty."
    choose(form.preset, "unit")
    assert form.is_valid()


def test_numbers_are_read_with_point_and_comma() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    try:
        assert parse_number("0,485") == parse_number(" 0.485 ") == 0.485
        assert parse_number("1,2,3") is None
        assert parse_number("1e999") is None
        assert parse_number("nan") is None
    finally:
        QLocale.setDefault(before)


def test_a_size_that_the_network_fixes_can_be_read(form: PreprocessingForm, qtbot: QtBot) -> None:
    QDir.setSearchPaths("icons", [str(paths.resource("icons"))])
    form.setStyleSheet(style_sheet(form.palette()))
    form.set_input(3, 224, None)
    QTest.mouseClick(form.toggle, LEFT)
    qtbot.waitExposed(form)
    box = form.size_field.height_box
    assert box.isReadOnly()
    edit = box.lineEdit()
    assert edit.width() > edit.fontMetrics().horizontalAdvance("224")
