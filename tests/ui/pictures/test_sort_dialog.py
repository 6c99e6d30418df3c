"""The dialog for sorting into folders: what it says it would do, and what it then does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.support.waiting import WAIT, drop, wait_until_done
from tests.test_export import other_disk
from tests.ui.conftest import MakePicture
from tests.ui.pictures.test_list_panel import answer
from tests.ui.test_accessibility import nameless, unreachable_buttons
from vgg_desktop.ui.app import App
from vgg_desktop.ui.pictures.scope import Scope
from vgg_desktop.ui.pictures.sort_dialog import SortDialog

CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(app: App, qtbot: QtBot, make_picture: MakePicture, tmp_path: Path) -> Iterator[SortDialog]:
    """Return the dialog over two sharks, a dugong and an unsure picture."""
    drop(app, *(make_picture(f"{number}.png", number) for number in range(4)))
    wait_until_done(app, qtbot, 4)
    rows = app.session.pictures.model.rows()
    for row, (label, share) in zip(
        rows, (("shark", 0.9), ("shark", 0.8), ("dugong", 0.7), ("cat", 0.1)), strict=True
    ):
        answer(app, row, (label, share))
    app.window.actions_["sort_folders"].trigger()
    (dialog,) = app.window.findChildren(SortDialog)
    dialog.folder.setText(str(tmp_path / "sorted"))
    yield dialog
    if isValid(dialog):
        dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_for(dialog: SortDialog, qtbot: QtBot, beginning: str) -> str:
    qtbot.waitUntil(lambda: dialog.preview.text().startswith(beginning), timeout=WAIT)
    return dialog.preview.text()


def sort(app: App, dialog: SortDialog, qtbot: QtBot) -> list[str]:
    folder = dialog.target()
    assert folder is not None
    with qtbot.waitSignal(app.session.pictures.sorted, timeout=WAIT):
        QTest.mouseClick(dialog.sort, CLICK)
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*.png"))


def test_it_says_what_it_would_do_and_does_it(app: App, dialog: SortDialog, qtbot: QtBot) -> None:
    text = wait_for(dialog, qtbot, "4 picture")
    assert "into 3 folder" in text
    assert "kB" in text
    assert sort(app, dialog, qtbot) == ["dugong/2.png", "not sure/3.png", "shark/0.png", "shark/1.png"]
    assert app.window.info_bar.text.text().startswith("Copied 4 picture")


def test_unsure_pictures_are_left_out_or_sorted_like_the_others(
    app: App, dialog: SortDialog, qtbot: QtBot
) -> None:
    dialog.unsure.setCurrentIndex(1)
    assert wait_for(dialog, qtbot, "3 picture").endswith("1 left out")
    dialog.percent.setValue(75)
    assert wait_for(dialog, qtbot, "2 picture").endswith("2 left out")
    QTest.mouseClick(dialog.threshold, CLICK, pos=dialog.threshold.rect().center() / 4)
    assert not dialog.percent.isEnabled()
    wait_for(dialog, qtbot, "4 picture")
    assert "cat/3.png" in sort(app, dialog, qtbot)


def test_hard_links_are_offered_on_the_same_disk(app: App, dialog: SortDialog, qtbot: QtBot) -> None:
    wait_for(dialog, qtbot, "4 picture")
    assert dialog.link.isEnabled()
    assert dialog.why_not.isHidden()
    dialog.link.click()
    assert "no extra space" in dialog.preview.text()
    target = dialog.target()
    sort(app, dialog, qtbot)
    assert target is not None
    assert (target / "dugong" / "2.png").samefile(app.session.pictures.model.rows()[2].path)


@pytest.mark.skipif(other_disk() is None, reason="there is only one disk")
def test_hard_links_are_not_offered_on_another_disk(app: App, dialog: SortDialog, qtbot: QtBot) -> None:
    wait_for(dialog, qtbot, "4 picture")
    dialog.link.click()
    dialog.folder.setText(str(other_disk()))
    wait_for(dialog, qtbot, "4 picture")
    qtbot.waitUntil(lambda: not dialog.link.isEnabled(), timeout=WAIT)
    assert dialog.copy.isChecked()
    assert dialog.why_not.isVisible()


def test_the_scope_follows_what_is_selected(
    app: App, dialog: SortDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    assert dialog.scope.scope is Scope.ALL
    assert dialog.scope.buttons[Scope.SHOWN].isHidden()  # the same as all
    dialog.reject()
    panel = app.window.list_panel
    panel.list.select_rows(app.session.pictures.model.rows()[:2])
    app.window.actions_["sort_folders"].trigger()
    dialog = next(each for each in app.window.findChildren(SortDialog) if each.isVisible())
    dialog.folder.setText(str(tmp_path / "sorted"))
    assert dialog.scope.buttons[Scope.SELECTED].text() == "2 selected"
    assert dialog.scope.scope is Scope.SELECTED
    wait_for(dialog, qtbot, "2 picture")
    QTest.mouseClick(dialog.scope.buttons[Scope.ALL], CLICK)
    wait_for(dialog, qtbot, "4 picture")


def test_without_a_folder_nothing_can_be_sorted(
    dialog: SortDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.folder.setText("not a whole path")
    assert dialog.preview.text() == "Choose a folder."
    assert not dialog.sort.isEnabled()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    QTest.mouseClick(dialog.choose, CLICK)
    assert dialog.target() == tmp_path
    wait_for(dialog, qtbot, "4 picture")


def test_it_is_within_reach_of_everybody(dialog: SortDialog, qtbot: QtBot) -> None:
    wait_for(dialog, qtbot, "4 picture")
    dialog.activateWindow()
    assert nameless(dialog) == []
    assert unreachable_buttons(dialog) == []
