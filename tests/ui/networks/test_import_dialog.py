"""The form for labels and preprocessing: what it asks for, reads and shows of a real network."""

import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import onnx
import pytest
from PIL import Image
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.support.classifiers import own_starter
from tests.support.hostile import endless
from tests.support.waiting import WAIT, drag_over, let_go, urls
from tests.ui.networks.test_downloads import own_network
from tests.ui.networks.test_labels_form import type_names
from tests.ui.networks.test_preprocessing_form import choose, retype
from vgg_desktop import paths
from vgg_desktop.errors import CatalogInvalid, ImportNeedsDetails
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, read_preprocessing
from vgg_desktop.models.labels import read_labels
from vgg_desktop.ui.jobs import JobQueue
from vgg_desktop.ui.networks.import_dialog import ImportDialog
from vgg_desktop.why import Why

LEFT = Qt.MouseButton.LeftButton
RETURN = Qt.Key.Key_Return
CIFAR = tuple(label.name for label in read_labels(paths.resource("labels/cifar10.tsv")))
MakeDialog = Callable[[Path, int], ImportDialog]


@pytest.fixture
def queue() -> Iterator[JobQueue]:
    queue = JobQueue("trials")
    queue.start()
    yield queue
    queue.request_stop()
    assert queue.wait(20_000)


@pytest.fixture
def make(qtbot: QtBot, queue: JobQueue) -> MakeDialog:
    def make(path: Path, classes: int) -> ImportDialog:
        error = ImportNeedsDetails(path, Why.IMPORT_NEEDS_BOTH(classes=classes))
        dialog = ImportDialog(path, queue, error)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make


@pytest.fixture
def dialog(make: MakeDialog, tmp_path: Path) -> ImportDialog:
    return make(own_network(tmp_path / "flowers.onnx"), 3)


def wait_for_answer(dialog: ImportDialog, qtbot: QtBot) -> None:
    """Wait until the preview shows the answer for what the fields say."""
    qtbot.waitUntil(lambda: dialog.trial.answer is not None and dialog.trial.bars.isEnabled(), timeout=WAIT)


def middle(dialog: ImportDialog) -> QColor:
    """Return the colour that the network sees in the middle."""
    image = dialog.trial.image.image
    assert image is not None
    return image.pixelColor(image.width() // 2, image.height() // 2)


def plain_picture(path: Path, colour: tuple[int, int, int]) -> Path:
    Image.new("RGB", (64, 48), colour).save(path)
    return path


def test_says_what_is_needed_and_waits_for_it(dialog: ImportDialog, qtbot: QtBot) -> None:
    assert "flowers.onnx" in dialog.heading.text()
    assert "3 classes" in dialog.reason.text()
    assert not dialog.failure.isVisible()
    assert not dialog.import_button.isEnabled()
    assert dialog.focusWidget() is dialog.labels.text
    assert dialog.labels.count.text() == "0 of 3 names"
    qtbot.waitUntil(lambda: "Choose the preprocessing" in dialog.trial.message.text(), timeout=WAIT)
    type_names(dialog.labels, "rose", "tulip")
    assert not dialog.import_button.isEnabled()
    type_names(dialog.labels, "", "daisy")
    assert dialog.labels.is_valid()
    assert (
        not dialog.import_button.isEnabled()
    )  # it would only be told again that the preprocessing is missing
    choose(dialog.preprocessing.preset, "unit")
    wait_for_answer(dialog, qtbot)
    assert dialog.import_button.isEnabled()
    with qtbot.waitSignal(dialog.importRequested):
        QTest.keyClick(dialog.preprocessing.preset, RETURN)
    assert dialog.busy.isVisible()
    assert not dialog.import_button.isEnabled()
    details = dialog.details()
    assert details.labels is not None
    assert [label.name for label in details.labels] == ["rose", "tulip", "daisy"]
    assert details.preprocessing is not None
    assert details.preprocessing.shape == (3, 16, 16)


def test_control_and_enter_import_from_the_field_of_names(dialog: ImportDialog, qtbot: QtBot) -> None:
    choose(dialog.preprocessing.preset, "unit")
    type_names(dialog.labels, "rose", "tulip", "daisy")
    wait_for_answer(dialog, qtbot)
    QTest.keyClick(dialog.labels.text, RETURN)
    assert not dialog.busy.isVisible()
    with qtbot.waitSignal(dialog.importRequested):
        QTest.keyClick(dialog.labels.text, RETURN, Qt.KeyboardModifier.ControlModifier)


def test_escape_cancels_and_ends_the_child_process(dialog: ImportDialog, qtbot: QtBot) -> None:
    choose(dialog.preprocessing.preset, "unit")
    wait_for_answer(dialog, qtbot)
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.trial.is_running, timeout=WAIT)


def test_second_failure_is_shown_in_place(dialog: ImportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog.preprocessing.preset, "unit")
    type_names(dialog.labels, "rose", "tulip", "daisy")
    wait_for_answer(dialog, qtbot)
    QTest.mouseClick(dialog.import_button, LEFT)
    dialog.show_error(
        CatalogInvalid(tmp_path / "how.toml", Why.TABLE_UNKNOWN_KEY(where="how.toml", key="rezise"))
    )
    assert dialog.failure.isVisible()
    assert "rezise" in dialog.failure.text.text()
    assert not dialog.reason.isVisible()
    assert not dialog.busy.isVisible()
    assert dialog.import_button.isEnabled()


def test_the_preview_shows_what_a_wrong_preset_does(make: MakeDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = make(own_starter(tmp_path / "things.onnx"), 10)
    choose(dialog.preprocessing.preset, "imagenet")
    wait_for_answer(dialog, qtbot)
    assert dialog.preprocessing.size_field.width_box.value() == 32  # the network fixes it
    assert dialog.preprocessing.size_field.width_box.isReadOnly()
    assert dialog.trial.bars.predictions[0].label == "Class 1"
    type_names(dialog.labels, *CIFAR[:3])
    qtbot.waitUntil(lambda: dialog.trial.bars.predictions[0].label == "airplane", timeout=WAIT)
    type_names(dialog.labels, "", *CIFAR[3:])
    qtbot.waitUntil(lambda: "Class" not in dialog.trial.bars.accessibleDescription(), timeout=WAIT)
    wait_for_answer(dialog, qtbot)
    right = dialog.trial.bars.predictions
    assert right[0].probability > 0.8
    assert dialog.trial.bars.accessibleDescription().startswith("airplane")
    seen = middle(dialog)
    choose(dialog.preprocessing.preset, "bytes")
    qtbot.waitUntil(lambda: dialog.trial.bars.predictions != right, timeout=WAIT)
    wait_for_answer(dialog, qtbot)
    wrong = dialog.trial.bars.predictions
    assert wrong[0].label != "airplane" or wrong[0].probability < right[0].probability
    assert middle(dialog) != seen
    assert "Strange colours" in dialog.trial.facts.text()


def test_names_in_the_file_need_not_be_typed(make: MakeDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = make(own_starter(tmp_path / "things.onnx", names=True), 10)
    choose(dialog.preprocessing.preset, "symmetric")
    wait_for_answer(dialog, qtbot)
    assert dialog.trial.bars.predictions[0].label == "airplane"
    assert dialog.labels.count.text() == "Left empty: airplane, automobile, bird…"
    assert dialog.import_button.isEnabled()
    assert dialog.details().labels is None


def test_a_wrong_order_of_channels_is_seen(dialog: ImportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    red = plain_picture(tmp_path / "red.png", (230, 40, 20))
    data = urls([red])
    drag_over(dialog, data)
    let_go(dialog, data)
    choose(dialog.preprocessing.preset, "imagenet")
    wait_for_answer(dialog, qtbot)
    assert abs(middle(dialog).red() - 230) < 3
    assert middle(dialog).blue() < 40
    QTest.mouseClick(dialog.preprocessing.toggle, LEFT)
    choose(dialog.preprocessing.channels, "BGR")
    qtbot.waitUntil(lambda: middle(dialog).blue() > 180 and middle(dialog).red() < 80, timeout=WAIT)


def test_only_the_last_of_many_changes_is_answered(dialog: ImportDialog, qtbot: QtBot) -> None:
    preset = dialog.preprocessing.preset
    choose(preset, "imagenet")
    wait_for_answer(dialog, qtbot)
    answered: list[QObject] = []
    dialog.trial.seen.connect(answered.append)
    for id in ("symmetric", "unit", "bytes", "caffe"):
        choose(preset, id)
        assert not dialog.trial.bars.isEnabled()  # dimmed: it is of other settings
    wait_for_answer(dialog, qtbot)
    assert len(answered) == 1
    assert dialog.trial.answer is not None
    assert dialog.trial.answer.preprocessing == dialog.preprocessing.preprocessing()


def test_errors_stand_in_the_place_of_the_preview(dialog: ImportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog.preprocessing.preset, "unit")
    wait_for_answer(dialog, qtbot)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    data = urls([broken])
    drag_over(dialog, data)
    let_go(dialog, data)
    qtbot.waitUntil(lambda: "broken.png" in dialog.trial.message.text(), timeout=WAIT)
    assert not dialog.trial.bars.isVisible()
    QTest.mouseClick(dialog.preprocessing.toggle, LEFT)
    retype(dialog.preprocessing.scale, "0")
    assert dialog.trial.message.text() == "The settings are not complete."
    assert not dialog.import_button.isEnabled()


def test_a_network_in_an_archive_answers_with_the_names_beside_it(
    make: MakeDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "flowers.zip", "w") as archive:
        archive.write(own_network(tmp_path / "model.onnx"), "export/model.onnx")
        archive.writestr("export/labels.txt", "rose\ntulip\ndaisy\n")
    dialog = make(tmp_path / "flowers.zip", 3)
    choose(dialog.preprocessing.preset, "unit")
    wait_for_answer(dialog, qtbot)
    assert {each.label for each in dialog.trial.bars.predictions} == {"rose", "tulip", "daisy"}
    assert dialog.labels.count.text() == "Left empty: rose, tulip, daisy"
    assert dialog.import_button.isEnabled()


def test_a_preprocessing_beside_the_network_is_shown(make: MakeDialog, qtbot: QtBot, tmp_path: Path) -> None:
    how = tmp_path / "flowers.toml"
    how.write_text('crop = 16\nscale = 2\nchannels = "BGR"\n')
    dialog = make(own_network(tmp_path / "flowers.onnx"), 3)
    type_names(dialog.labels, "rose", "tulip", "daisy")
    wait_for_answer(dialog, qtbot)
    assert dialog.details().preprocessing == read_preprocessing(how)[0]


def test_a_network_that_cannot_run_is_told(make: MakeDialog, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "page.onnx"
    path.write_text("<!DOCTYPE html>")
    dialog = make(path, 3)
    choose(dialog.preprocessing.preset, "unit")
    qtbot.waitUntil(lambda: "page.onnx" in dialog.trial.message.text(), timeout=WAIT)


def test_a_network_that_hangs_is_left_at_once(make: MakeDialog, qtbot: QtBot, tmp_path: Path) -> None:
    onnx.save(endless(), tmp_path / "bad.onnx")
    dialog = make(tmp_path / "bad.onnx", 4)
    qtbot.waitUntil(lambda: dialog.trial.is_running, timeout=WAIT)
    qtbot.wait(2000)  # until onnxruntime is in the loop
    began = time.monotonic()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.trial.is_running, timeout=WAIT)
    assert time.monotonic() - began < 15  # well before the limit of 30 seconds


def test_another_picture_is_chosen(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(dialog.preprocessing.preset, "imagenet")
    green = plain_picture(tmp_path / "green.png", (10, 200, 30))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(green), ""))
    QTest.mouseClick(dialog.trial.choose, LEFT)
    wait_for_answer(dialog, qtbot)
    assert middle(dialog).green() > 150
    assert dialog.trial.image.accessibleDescription().startswith("16 × 16 pixels")


def test_files_are_dropped(dialog: ImportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n")
    how.write_text('crop = 16\nscale = 2\nchannels = "BGR"\noutputs = "logits"\n')
    data = urls([how, labels])
    drag_over(dialog, data)
    let_go(dialog, data)
    qtbot.waitUntil(lambda: dialog.labels.source.text() == "names.txt", timeout=WAIT)
    assert dialog.labels.text.toPlainText() == "rose\ntulip\ndaisy"
    assert dialog.labels.count.text() == "3 of 3 names"
    details = dialog.details()
    assert (details.preprocessing, details.outputs) == read_preprocessing(how)
    assert dialog.preprocessing.hint.text() == "From how.toml."
    wait_for_answer(dialog, qtbot)
    assert dialog.import_button.isEnabled()
    assert {each.label for each in dialog.trial.bars.predictions} == {"rose", "tulip", "daisy"}


def test_json_goes_to_the_fields_that_it_is_about(dialog: ImportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    names, how = tmp_path / "classes.json", tmp_path / "preprocessor_config.json"
    names.write_text('{"rose": 0, "daisy": 2, "tulip": 1}')
    how.write_text(
        '{"do_normalize": true, "do_resize": true, "size": {"height": 16, "width": 16}, "resample": 3, '
        '"image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "image_processor_type": "ViTImageProcessor"}'
    )
    data = urls([how, names])
    drag_over(dialog, data)
    let_go(dialog, data)
    qtbot.waitUntil(lambda: dialog.labels.source.text() == "classes.json", timeout=WAIT)
    assert dialog.labels.text.toPlainText() == "rose\ntulip\ndaisy"
    assert dialog.preprocessing.hint.text() == "From preprocessor_config.json."
    assert dialog.preprocessing.preset.currentData() == "symmetric"
    assert dialog.labels.problem.isHidden()


def test_what_is_wrong_with_a_file_stands_beside_its_field(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    how = tmp_path / "how.toml"
    how.write_text("rezise = 16\n")
    dialog.read_settings(how)
    qtbot.waitUntil(dialog.preprocessing.problem.isVisible, timeout=WAIT)
    assert "how.toml" in dialog.preprocessing.problem.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "none.txt"), ""))
    QTest.mouseClick(dialog.labels.choose, LEFT)
    qtbot.waitUntil(dialog.labels.problem.isVisible, timeout=WAIT)
    assert "no such file" in dialog.labels.problem.text()
    assert not dialog.import_button.isEnabled()


def test_it_fits_a_small_screen(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.resize(620, 430)
    choose(dialog.preprocessing.preset, "unit")
    wait_for_answer(dialog, qtbot)
    assert dialog.width() <= 620
    assert dialog.height() <= 430
    for widget in (dialog.trial.bars, dialog.import_button, dialog.preprocessing.preset):
        dialog.area.ensureWidgetVisible(widget)
        assert dialog.rect().contains(widget.mapTo(dialog, widget.rect().center()))


def test_the_documented_example_is_right(tmp_path: Path) -> None:
    readme = Path(__file__).parents[3].joinpath("README.md").read_text("utf-8")
    example = tmp_path / "how.toml"
    example.write_text(readme.split("```toml\n")[1].split("```")[0])
    assert read_preprocessing(example) == (IMAGENET_PREPROCESSING, "logits")
