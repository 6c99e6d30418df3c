"""The languages: the catalogues are whole and true to the code, and the window follows the choice."""

import itertools
import os
import re
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from scripts import translations
from tests.support.waiting import WAIT, drop, wait_until_done
from tests.ui.conftest import MakePicture, StartApp
from vgg_desktop import errors
from vgg_desktop.models import class_names
from vgg_desktop.models.labels import short_name
from vgg_desktop.settings import Settings
from vgg_desktop.sorting import Sorting
from vgg_desktop.ui.app import App
from vgg_desktop.ui.pictures.rows import Order
from vgg_desktop.ui.settings_page import SettingsPage
from vgg_desktop.ui.words.class_names import language as shown_language
from vgg_desktop.ui.words.formats import percent
from vgg_desktop.ui.words.languages import CATALOGUES, Languages
from vgg_desktop.why import Why

FORMS = {"en": 2, "de": 2, "ja": 1}
# What a translation must hold as its source does: places, numbers, patterns of files, commands, addresses.
KEPT = re.compile(r"\{[^{}]*\}|%n|\(\*\.\w+\)|\.onnx\b|https?://|--id\b|vgg-desktop classify")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a catalogue; an empty `state` means that it is finished."""

    context: str
    source: str
    comment: str
    plural: bool
    state: str
    forms: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str, bool]:
        return (self.context, self.source, self.comment, self.plural)


def messages(catalogue: Path) -> list[Message]:
    return [
        _message(context.findtext("name", ""), each)
        for context in ET.parse(catalogue).iter("context")
        for each in context.iter("message")
    ]


def _message(context: str, message: ET.Element) -> Message:
    translation = message.find("translation")
    assert translation is not None
    plural = message.get("numerus") == "yes"
    forms = (
        [each.text or "" for each in translation.iter("numerusform")] if plural else [translation.text or ""]
    )
    return Message(
        context,
        message.findtext("source", ""),
        message.findtext("comment", ""),
        plural,
        translation.get("type", ""),
        tuple(forms),
    )


def catalogue(language: str, folder: Path = translations.I18N) -> Path:
    return folder / f"vgg_desktop_{language}.ts"


# The catalogues


@pytest.fixture(scope="session")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the catalogues, brought in line with the code and compiled."""
    folder = tmp_path_factory.mktemp("i18n")
    for language in CATALOGUES:
        catalogue(language, folder).write_bytes(catalogue(language).read_bytes())
    translations.update(folder)
    translations.compile_all(folder)
    return folder


@pytest.mark.parametrize("language", CATALOGUES)
def test_catalogues_are_in_line_with_the_code(language: str, updated: Path) -> None:
    kept, fresh = messages(catalogue(language)), messages(catalogue(language, updated))
    assert {each.key for each in kept} == {each.key for each in fresh}, "run scripts/translations.py"
    assert [each for each in fresh if each.state or not all(each.forms)] == []
    assert [key for key, count in Counter(each.key for each in kept).items() if count > 1] == []


def test_every_text_of_the_code_is_in_the_catalogues() -> None:
    modules = sorted((translations.ROOT / "vgg_desktop" / "ui").rglob("*.py"))
    found = itertools.chain(translations.core_texts(), *map(translations.texts, modules))
    said = {(each.context, each.source, each.comment, each.plural) for each in found}
    assert len(said) > 400
    for language in ("de", "ja"):
        assert said == {each.key for each in messages(catalogue(language))}
    assert {key for key in said if key[3]} == {each.key for each in messages(catalogue("en"))}
    # A text with two kinds of use would be found for one of them only.
    assert {key[:3] for key in said if key[3]} & {key[:3] for key in said if not key[3]} == set()


def test_texts_that_cannot_be_collected_are_told_of(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('class A:\n    def b(self):\n        return self.tr("a" if self else "b")\n')
    with pytest.raises(ValueError, match="only literals"):
        list(translations.texts(module))


@pytest.mark.parametrize("language", CATALOGUES)
def test_compiled_catalogues_are_current(language: str, updated: Path) -> None:
    name = f"vgg_desktop_{language}.qm"
    assert (translations.I18N / name).read_bytes() == (updated / name).read_bytes(), (
        "run scripts/translations.py"
    )


@pytest.mark.parametrize("language", CATALOGUES)
def test_compiled_catalogues_say_what_is_written(language: str) -> None:
    translator = QTranslator()
    assert translator.load(f"vgg_desktop_{language}", str(translations.I18N))
    for each in messages(catalogue(language)):
        found = translator.translate(each.context, each.source, each.comment, 2 if each.plural else -1)
        assert found == each.forms[-1]


@pytest.mark.parametrize("language", CATALOGUES)
def test_translations_keep_what_must_stay(language: str) -> None:
    for each in messages(catalogue(language)):
        assert len(each.forms) == (FORMS[language] if each.plural else 1), each
        for form in each.forms:
            assert Counter(KEPT.findall(form)) == Counter(KEPT.findall(each.source)), each
            assert bool(_mnemonic(form)) == bool(_mnemonic(each.source)), each
            assert form.count("&") == each.source.count("&"), each
            assert form == form.strip()
            assert "..." not in form


@pytest.mark.parametrize("language", ["de", "ja"])
def test_every_error_and_reason_is_translated_with_its_fields(language: str) -> None:
    translated = {
        each.source: each.forms[0] for each in messages(catalogue(language)) if each.context == "Errors"
    }
    core = {each.source for each in translations.core_texts()}
    assert set(translated) == core
    assert {Why.FILE_EMPTY.value, errors.NetworkError.title, errors.NetworkError.text} < core
    assert [text for text in core if sorted(fields(translated[text])) != sorted(fields(text))] == []


def fields(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def test_german_typography() -> None:
    for each in messages(catalogue("de")):
        for form in each.forms:
            assert form.count("„") == form.count("“"), form
            assert not re.search(r"[\w}] %(?!n)|[^e] - |\w …|\bSie\b", form), form


@pytest.mark.parametrize("language", ["de", "ja"])
def test_little_is_left_in_english(language: str) -> None:
    alike = {each.source for each in messages(catalogue(language)) if each.forms == (each.source,)}
    assert len(alike) <= 25, alike  # names and patterns


def test_english_plurals(languages: Languages) -> None:
    languages.apply("en")
    say = QCoreApplication.translate
    assert say("Incoming", "%n file(s)", "", 1) == "1 file"
    assert say("Incoming", "%n file(s)", "", 3) == "3 files"
    languages.apply("de")
    assert say("Incoming", "%n file(s)", "", 1) == "1 Datei"
    assert say("Incoming", "%n file(s)", "", 0) == "0 Dateien"


# The choice


@pytest.mark.parametrize(
    ("system", "language"),
    [
        ("de_AT.UTF-8", "de"),
        ("ja_JP.UTF-8", "ja"),
        ("en_GB.UTF-8", "en"),
        ("pt_BR.UTF-8", "en"),
        ("gsw_CH.UTF-8:de_CH.UTF-8", "de"),
        ("C", "en"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="only there the environment tells the system's language")
def test_the_system_is_followed(system: str, language: str) -> None:
    code = "from vgg_desktop.ui.words.languages import language_of; print(language_of(''))"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    environment |= {"LANG": system.split(":")[0], "LANGUAGE": system if ":" in system else ""}
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == language


def test_a_choice_brings_its_numbers_and_qts_own_words(languages: Languages, qtbot: QtBot) -> None:
    before = QLocale().name()
    assert languages.apply("de") == "de"
    assert percent(0.876) == "87,6 %"
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
    assert {button.text().replace("&", "") for button in box.buttons()} == {"Ja", "Abbrechen"}
    assert languages.apply("en") == "en"
    assert percent(0.876) == "87.6 %"
    assert QCoreApplication.translate("Actions", "&File") == "&File"
    languages.remove()
    assert QLocale().name() == before


def test_classes_have_names_in_every_language_of_the_window(languages: Languages) -> None:
    assert set(CATALOGUES) == set(class_names.LANGUAGES)
    for language in CATALOGUES:
        languages.apply(language)
        assert shown_language() == language


def test_an_unknown_choice_falls_back(languages: Languages) -> None:
    assert languages.apply("tlh") in CATALOGUES


@pytest.mark.parametrize(
    ("language", "menus", "shown"),
    [
        ("de", ["Datei", "Bearbeiten", "Ansicht", "Netz", "Hilfe"], "Bilder hier ablegen"),
        ("ja", ["ファイル", "編集", "表示", "ネットワーク", "ヘルプ"], "ここに画像をドロップ"),
    ],
)
def test_the_window_speaks_the_language(
    start_app: StartApp, qtbot: QtBot, language: str, menus: list[str], shown: str
) -> None:
    app = start_app(Settings(language=language))
    qtbot.waitExposed(app.window)
    titles = [action.text() for action in app.window.menuBar().actions()]
    assert [re.sub(r"\(&\w\)|&", "", title) for title in titles] == menus
    assert shown in [label.text() for label in app.window.findChildren(QLabel) if label.isVisible()]


def test_answers_and_errors_are_german(
    start_app: StartApp, qtbot: QtBot, make_picture: MakePicture, tmp_path: Path
) -> None:
    app = start_app(Settings(language="de", unsure_below=0))
    broken = make_picture("broken.png")
    broken.write_bytes(b"")
    drop(app, make_picture("a.png"), broken)
    wait_until_done(app, qtbot, 2)
    done, failed = app.session.pictures.model.rows()
    assert done.classification is not None
    best = done.classification.predictions[0]
    german = class_names.names_in("de")[best.id]
    assert german != short_name(best.label)
    assert re.fullmatch(rf"{re.escape(german)}, \d+,\d %", app.session.pictures.model.summary(done))
    app.window.list_panel.select(done)
    assert app.window.result_panel.bars.headline() == german
    announced = app.window.result_panel.announcement()
    assert announced == f"a.png: {german}, {percent(best.probability)}"
    table, folders = tmp_path / "table.csv", tmp_path / "sorted"
    with qtbot.waitSignal(app.session.pictures.exported, timeout=WAIT):
        app.session.pictures.export("csv", table, [done])
    with qtbot.waitSignal(app.session.pictures.sorted, timeout=WAIT):
        app.session.pictures.sort(folders, [done], Sorting())
    assert f",{best.id},{best.label}," in table.read_text("utf-8-sig")
    assert german not in table.read_text("utf-8-sig")
    assert [each.name for each in folders.iterdir()] == [short_name(best.label)]
    app.window.list_panel.select(failed)
    qtbot.waitUntil(app.window.result_panel.error.isVisible, timeout=WAIT)
    assert app.window.result_panel.error.title.text() == "Das Bild konnte nicht gelesen werden"
    assert app.window.result_panel.error.text.text().endswith(
        "konnte nicht gelesen werden: Die Datei ist leer."
    )


def choose(app: App, language: str) -> None:
    """Choose a language in the settings, as a user does."""
    dialog = next(each for each in app.window.findChildren(SettingsPage) if each.isVisible())
    dialog.language.setCurrentIndex(dialog.language.findData(language))


def test_another_language_is_there_at_once(app: App, qtbot: QtBot, make_picture: MakePicture) -> None:
    drop(app, make_picture("a.png"), make_picture("b.png", 1))
    wait_until_done(app, qtbot, 2)
    app.window.list_panel.select(app.session.pictures.model.rows()[1])
    answers = [row.classification for row in app.session.pictures.model.rows()]
    threads = app.workers
    app.window.show_page("settings")
    for language, title, settings in (
        ("de", "&Datei", "Einstellungen"),
        ("ja", "ファイル(&F)", "設定"),
        ("en", "&File", "Settings"),
    ):
        old = app.window
        with qtbot.waitSignal(old.destroyed, timeout=WAIT):
            choose(app, language)
        assert app.window is not old
        assert app.window.isVisible()
        assert app.window.menuBar().actions()[0].text() == title
        assert [
            each.accessibleName() for each in app.window.findChildren(SettingsPage) if each.isVisible()
        ] == [settings]
        assert [row.classification for row in app.session.pictures.model.rows()] == answers
        current = app.window.list_panel.current()
        assert current is app.session.pictures.model.rows()[1]
        qtbot.waitUntil(lambda: bool(app.window.result_panel.bars.predictions), timeout=WAIT)
    assert app.workers == threads
    assert all(worker.isRunning() for worker in threads)
    drop(app, make_picture("c.png", 2))
    wait_until_done(app, qtbot, 3)
    assert app.session.settings.value.language == "en"


def test_filter_and_order_stay_and_follow_the_language(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    drop(app, *(make_picture(f"{number}.png", number) for number in range(4)))
    wait_until_done(app, qtbot, 4)
    model = app.session.pictures.model
    model.set_order(Order.CLASS)
    app.window.list_panel.filter.setText(".PNG")
    app.window.show_page("settings")
    with qtbot.waitSignal(app.window.destroyed, timeout=WAIT):
        choose(app, "de")
    assert app.window.list_panel.filter.text() == ".PNG"
    checked = [each.text() for each in app.window.list_panel.sort.menu().actions() if each.isChecked()]
    assert checked == ["Nach Klasse", "Keine Gruppen"]
    labels = [row.label for row in model.shown()]
    assert len(labels) == 4
    assert labels == sorted(labels, key=str.casefold)
    app.window.list_panel.filter.setText(labels[0])
    assert model.shown()
    with qtbot.waitSignal(app.window.destroyed, timeout=WAIT):
        choose(app, "en")
    app.window.show_page("pictures")
    qtbot.waitUntil(lambda: app.window.list_panel.nothing.isVisible() != bool(model.shown()), timeout=WAIT)
    app.window.list_panel.filter.clear()
    assert len(model.shown()) == 4


# The letters of the menus


def _mnemonic(text: str) -> str:
    return QKeySequence.mnemonic(text.replace("&&", "")).toString()


def duplicates(texts: list[str]) -> list[str]:
    letters = Counter(letter for text in texts if (letter := _mnemonic(text)))
    return [text for text in texts if letters[_mnemonic(text)] > 1]


def all_menus(app: App) -> Iterator[tuple[str, list[QAction]]]:
    bar = app.window.menuBar()
    yield "menu bar", bar.actions()
    for menu in (*(each.menu() for each in bar.actions()), app.window.context):
        assert isinstance(menu, QMenu)
        yield menu.title(), [each for each in menu.actions() if not each.isSeparator()]


@pytest.mark.parametrize("language", CATALOGUES)
def test_each_letter_of_a_menu_is_there_once(start_app: StartApp, language: str) -> None:
    app = start_app(Settings(language=language))
    for paused in (False, True):
        app.session.pictures.pause(paused)
        for name, actions in all_menus(app):
            texts = [action.text() for action in actions]
            assert duplicates(texts) == [], name
            assert all(map(_mnemonic, texts)), (name, texts)


@pytest.mark.parametrize("language", CATALOGUES)
def test_each_letter_of_the_settings_is_there_once(start_app: StartApp, language: str) -> None:
    app = start_app(Settings(language=language))
    app.window.show_page("settings")
    page = app.window.findChild(SettingsPage)
    assert page is not None
    texts = [each.text() for each in page.findChildren(QLabel) if each.buddy() is not None]
    texts += [each.text() for each in page.findChildren(QAbstractButton) if not isinstance(each, QToolButton)]
    # The letters of the menu bar are those of the same window.
    assert duplicates([*texts, *(each.text() for each in app.window.menuBar().actions())]) == []
