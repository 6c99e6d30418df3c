"""The dialog that asks for what an imported network lacks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.support.waiting import drag_over, let_go, urls
from vgg_desktop.errors import CatalogInvalid, ImportNeedsDetails
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, read_preprocessing
from vgg_desktop.reasons import Why
from vgg_desktop.ui.networks.import_dialog import ImportDialog

LEFT = Qt.MouseButton.LeftButton
NEEDED = Why.IMPORT_NEEDS_BOTH(classes=3)


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ImportDialog:
    path = tmp_path / "flowers.onnx"
    dialog = ImportDialog(path, ImportNeedsDetails(path, NEEDED))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_says_what_is_needed_and_waits_for_it(dialog: ImportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    assert "flowers.onnx" in dialog.heading.text()
    assert "3 classes" in dialog.reason.text()
    assert not dialog.failure.isVisible()
    assert not dialog.import_button.isEnabled()
    labels = tmp_path / "names.txt"
    QTest.keyClicks(dialog.labels_field.edit, str(labels))
    assert dialog.labels_field.missing.isVisible()
    assert not dialog.import_button.isEnabled()
    labels.write_text("a\nb\nc\n")
    dialog.labels_field.edit.clear()
    QTest.keyClicks(dialog.labels_field.edit, f'"{labels}"')
    assert not dialog.labels_field.missing.isVisible()
    assert dialog.labels_field.path == labels
    assert dialog.preprocessing_field.path is None
    with qtbot.waitSignal(dialog.importRequested):
        QTest.keyClick(dialog.labels_field.edit, Qt.Key.Key_Return)
    assert dialog.busy.isVisible()
    assert not dialog.import_button.isEnabled()


def test_second_failure_is_shown_in_place(dialog: ImportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    labels = tmp_path / "names.txt"
    labels.write_text("a\nb\nc\n")
    dialog.labels_field.set_path(labels)
    before = dialog.height()
    QTest.mouseClick(dialog.import_button, LEFT)
    dialog.show_error(
        CatalogInvalid(tmp_path / "how.toml", Why.TABLE_UNKNOWN_KEY(where="how.toml", key="rezise"))
    )
    assert dialog.failure.isVisible()
    assert "rezise" in dialog.failure.text.text()
    assert not dialog.reason.isVisible()
    assert not dialog.busy.isVisible()
    assert dialog.import_button.isEnabled()
    qtbot.waitUntil(lambda: dialog.height() > before)


def test_example_is_saved_chosen_and_right(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "how.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "how"), ""))
    QTest.mouseClick(dialog.example, LEFT)
    assert dialog.preprocessing_field.path == target
    assert dialog.saved.isVisible()
    assert read_preprocessing(target) == (IMAGENET_PREPROCESSING, "logits")
    readme = Path(__file__).parents[3].joinpath("README.md").read_text("utf-8")
    documented = readme.split("```toml\n")[1].split("```")[0]
    keys = [line.split(" = ")[0] for line in documented.splitlines()]
    assert [line.split(" = ")[0] for line in target.read_text("utf-8").splitlines()] == keys


def test_example_that_cannot_be_saved_says_why(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "nowhere" / "how.toml"), "")
    )
    QTest.mouseClick(dialog.example, LEFT)
    assert "No such file" in dialog.saved.text()
    assert dialog.preprocessing_field.path is None


def test_files_are_chosen_or_dropped(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("a\nb\n")
    how.write_text("crop = 8\n")
    data = urls([how, labels])
    drag_over(dialog, data)
    let_go(dialog, data)
    assert (dialog.labels_field.path, dialog.preprocessing_field.path) == (labels, how)
    other = tmp_path / "others.txt"
    other.write_text("c\nd\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    QTest.mouseClick(dialog.labels_field.choose, LEFT)
    assert dialog.labels_field.path == other
    assert dialog.import_button.isEnabled()
