"""The settings by mouse and keyboard: what is changed holds at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.file_manager import file_manager
from tests.support.waiting import WAIT, answer_question
from vgg_desktop.history.history import History
from vgg_desktop.images.identity import identify
from vgg_desktop.inference.results import Classification
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.settings import Settings
from vgg_desktop.ui.jobs import JobQueue
from vgg_desktop.ui.look.appearance import palette
from vgg_desktop.ui.session.history_keeper import HistoryKeeper
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.ui.settings_page import SettingsPage

Open = Callable[[Settings], SettingsPage]


@pytest.fixture
def told() -> list[Settings]:
    return []


@pytest.fixture
def queue() -> Iterator[JobQueue]:
    """Return a thread for the history."""
    queue = JobQueue("history")
    queue.start()
    yield queue
    queue.request_stop()
    assert queue.wait(10_000)


@pytest.fixture
def open_page(qtbot: QtBot, told: list[Settings], queue: JobQueue) -> Open:
    def open_with(chosen: Settings) -> SettingsPage:
        keeper = SettingsKeeper(chosen)
        page = SettingsPage(keeper, HistoryKeeper(History(), queue, keeper))
        keeper.setParent(page)
        keeper.changed.connect(lambda settings, _before: told.append(settings))
        qtbot.addWidget(page)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return open_with


def press(widget: QWidget, *keys: Qt.Key) -> None:
    widget.setFocus()
    for key in keys:
        QTest.keyClick(widget, key)


def test_it_shows_what_is_chosen(open_page: Open, told: list[Settings], app_home: Path) -> None:
    page = open_page(
        Settings(
            appearance="dark", language="ja", top_k=9, threads=3, fetch_links=True, models_folder="/mnt/nets"
        )
    )
    assert page.appearance.currentText() == "Dark"
    assert page.language.currentText() == "日本語"
    assert page.top_k.value() == 9
    assert page.threads.value() == 3
    assert page.fetch_links.isChecked()
    assert page.models_path.path == Path("/mnt/nets")
    assert page.settings_path.path == app_home / "config" / "settings.json"
    assert page.log_path.path == app_home / "log"
    assert told == []


def test_each_change_is_told_at_once(open_page: Open, told: list[Settings]) -> None:
    start = Settings(model="vgg19", recent=("/a",), speeds=(("vgg19", 9.0),))
    page = open_page(start)
    press(page.appearance, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert [each.appearance for each in told] == ["light", "dark"]
    press(page.language, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert [each.language for each in told[2:]] == ["en", "de"]
    press(page.top_k, Qt.Key.Key_Up)
    press(page.threads, Qt.Key.Key_Up)
    press(page.fetch_links, Qt.Key.Key_Space)
    assert told[-1] == replace(start, appearance="dark", language="de", top_k=6, threads=1, fetch_links=True)
    assert len(told) == 7


def test_zero_threads_are_called_automatic(open_page: Open) -> None:
    page = open_page(Settings())
    assert page.threads.text() == "Automatic"
    press(page.threads, Qt.Key.Key_Up)
    assert page.threads.text() == "1"


def test_numbers_stay_within_their_bounds(open_page: Open, told: list[Settings]) -> None:
    page = open_page(Settings(top_k=20, threads=64))
    press(page.top_k, Qt.Key.Key_Up)
    press(page.threads, Qt.Key.Key_Up)
    assert told == []


def test_letters_of_the_labels_go_to_the_controls(open_page: Open) -> None:
    page = open_page(Settings())
    for label in page.findChildren(QLabel):
        if "&" in label.text():
            buddy = label.buddy()
            assert buddy is not None
            letter = label.text()[label.text().index("&") + 1].upper()
            page.reset_button.setFocus()
            QTest.keyClick(page, getattr(Qt.Key, f"Key_{letter}"), Qt.KeyboardModifier.AltModifier)
            assert buddy.hasFocus(), label.text()


def test_a_language_of_another_version_is_kept(open_page: Open, told: list[Settings]) -> None:
    page = open_page(Settings(language="xx"))
    assert page.language.currentData() == "xx"
    press(page.top_k, Qt.Key.Key_Up)
    assert told[-1].language == "xx"


def test_a_folder_for_the_networks_is_asked_for(
    open_page: Open, told: list[Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(Settings(models_folder=str(tmp_path / "old")))
    asked: list[Any] = []
    page.folderChangeRequested.connect(asked.append)
    answers = ["", str(tmp_path / "old"), str(tmp_path / "new")]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0))
    for _ in range(3):
        QTest.mouseClick(page.change_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.default_button, Qt.MouseButton.LeftButton)
    assert asked == [tmp_path / "new", None]
    # Nothing is said to have changed before the networks have moved.
    assert told == []
    assert page.models_path.path == tmp_path / "old"


def test_after_the_move_it_shows_the_new_place(open_page: Open, told: list[Settings], app_home: Path) -> None:
    page = open_page(Settings())
    assert page.models_path.path == app_home / "cache"
    assert not page.default_button.isEnabled()
    (keeper,) = page.findChildren(SettingsKeeper)
    keeper.change(models_folder="/mnt/nets")
    assert page.models_path.text() == str(Path("/mnt/nets"))
    assert page.default_button.isEnabled()


def test_what_others_change_meanwhile_is_kept(open_page: Open, told: list[Settings]) -> None:
    page = open_page(Settings())
    (keeper,) = page.findChildren(SettingsKeeper)
    keeper.update(lambda settings: settings.with_speed("starter", 12.0))
    press(page.top_k, Qt.Key.Key_Up)
    assert told[-1].speeds == (("starter", 12.0),)
    assert told[-1].top_k == 6


def test_a_long_path_loses_its_middle_not_its_ends(open_page: Open) -> None:
    path = f"/start/{'long' * 60}/end"
    page = open_page(Settings(models_folder=path))
    shown = page.models_path.shown()
    assert shown.startswith(str(Path("/start")))
    assert shown.endswith(str(Path("/end")))
    assert "…" in shown
    assert page.models_path.accessibleDescription() == str(Path(path))
    assert page.width() < page.fontMetrics().averageCharWidth() * 120


def test_the_folders_of_the_app_open(open_page: Open, app_home: Path) -> None:
    page = open_page(Settings())
    with file_manager() as manager:
        QTest.mouseClick(page.settings_button, Qt.MouseButton.LeftButton)
        QTest.mouseClick(page.log_button, Qt.MouseButton.LeftButton)
    assert manager.opened == [str(app_home / "config"), str(app_home / "log")]
    assert all(Path(folder).is_dir() for folder in manager.opened)


@pytest.mark.parametrize("answer", ["Reset", "Cancel"])
def test_resetting_asks_first(
    answer: str,
    open_page: Open,
    told: list[Settings],
) -> None:
    start = Settings(
        model="vgg19",
        top_k=9,
        language="de",
        models_folder="/mnt/nets",
        recent=("/a",),
        speeds=(("vgg19", 9.0),),
    )
    page = open_page(start)
    asked = answer_question(answer)
    QTest.mouseClick(page.reset_button, Qt.MouseButton.LeftButton)
    assert "Reset all settings" in asked[0]
    if answer == "Reset":
        assert told == [Settings(models_folder="/mnt/nets", speeds=(("vgg19", 9.0),))]
        assert page.top_k.value() == 5
    else:
        assert told == []
        assert page.top_k.value() == 9


class Shouting(QTranslator):
    """Every text in capitals."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return text.upper()


def test_another_language_leaves_no_word_out(open_page: Open, told: list[Settings]) -> None:
    translator = Shouting()
    QCoreApplication.installTranslator(translator)
    try:
        page = open_page(Settings())
        paths = (page.models_path, page.settings_path, page.log_path)
        for label in page.findChildren(QLabel):
            assert label.text() == label.text().upper() or label in paths
        assert page.accessibleName() == "SETTINGS"
        assert page.appearance.itemText(1) == "LIGHT"
        assert page.threads.text() == "AUTOMATIC"
        assert page.language.itemText(2) == "Deutsch"
        assert told == []
    finally:
        QCoreApplication.removeTranslator(translator)


def test_it_follows_the_scheme_and_a_larger_font(open_page: Open) -> None:
    page = open_page(Settings())
    for dark in (True, False):
        page.setPalette(palette(dark))
        QApplication.processEvents()
        assert not page.grab().isNull()
    font = page.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    page.setFont(font)
    QApplication.processEvents()
    assert not page.grab().isNull()


def test_every_control_has_a_name_and_can_be_reached(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(Settings(models_folder="/mnt/nets"))
    controls = {
        page.appearance,
        page.language,
        page.top_k,
        page.threads,
        page.change_button,
        page.default_button,
        page.fetch_links,
        page.settings_button,
        page.log_button,
        page.reset_button,
    }
    reached = set()
    for _ in range(2 * len(controls)):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        reached.add(page.focusWidget())
    assert controls <= reached
    assert page.settings_button.accessibleName() != page.log_button.accessibleName()


def put_some(history: History, folder: Path) -> None:
    """Put answers for two pictures into the history."""
    spec = find(load_catalog(), "starter")
    for number in range(2):
        path = folder / f"{number}.png"
        path.write_bytes(b"a picture %d" % number)
        identity = identify(path)
        assert identity is not None
        result = Classification(
            path, spec.id, spec.sha256, "cpu", "CPUExecutionProvider", "exact", (), 9, 9, {}, form="mapped"
        )
        history.put(identity, spec, result, np.full(10, 0.1))
    history.close()  # Windows deletes no file that is open


def test_the_history_is_limited_cleared_and_switched_off(
    open_page: Open, told: list[Settings], qtbot: QtBot, tmp_path: Path
) -> None:
    history = History()
    put_some(history, tmp_path)
    page = open_page(Settings(recent=("a.png",)))
    section = page.history
    qtbot.waitUntil(lambda: section.usage.text().startswith("2 picture"), timeout=WAIT)
    assert section.usage.accessibleName() == f"Now: {section.usage.text()}"
    section.limit.setValue(2000)
    assert told[-1].history_limit == 2000
    asked = answer_question("Cancel")
    section.clear_button.click()
    assert "2 picture" in asked[0]
    assert history.usage().pictures == 2
    asked = answer_question("Delete")
    section.clear_button.click()
    qtbot.waitUntil(lambda: section.usage.text() == "Nothing", timeout=WAIT)
    assert not history.path.exists()
    assert told[-1].recent == ()
    assert not section.clear_button.isEnabled()
    section.enabled.click()  # without a question: there is nothing to lose
    assert not told[-1].history
    assert not section.limit.isEnabled()
    section.enabled.click()
    assert told[-1].history


def test_switching_the_history_off_asks_before_it_deletes(
    open_page: Open, told: list[Settings], qtbot: QtBot, tmp_path: Path
) -> None:
    history = History()
    put_some(history, tmp_path)
    section = open_page(Settings()).history
    qtbot.waitUntil(lambda: section.usage.text().startswith("2 picture"), timeout=WAIT)
    answer_question("Cancel")
    section.enabled.click()
    assert section.enabled.isChecked()
    assert not told
    answer_question("Delete")
    section.enabled.click()
    assert not told[-1].history
    qtbot.waitUntil(lambda: not history.path.exists(), timeout=WAIT)
