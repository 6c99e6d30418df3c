"""The bars by gesture, and what they say."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vgg_desktop.inference.results import Prediction
from vgg_desktop.ui.look.appearance import Tone, palette, tone
from vgg_desktop.ui.pictures.bars import Bars
from vgg_desktop.ui.words.languages import Languages

SHEPHERD = "German shepherd, German shepherd dog, German police dog, alsatian"


def predictions(*shares: float, first: str = "Siberian husky") -> tuple[Prediction, ...]:
    return tuple(
        Prediction(200 + place, f"n{place}", first if place == 0 else f"class {place}, other name", share)
        for place, share in enumerate(shares)
    )


@pytest.fixture
def bars(qtbot: QtBot) -> Bars:
    made = Bars()
    made.setPalette(palette(False))
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


def length(bars: Bars, row: int) -> float:
    """Measure a bar: the share of the row's pixels that have the accent's colour, at its widest."""
    image, area = bars.viewport().grab().toImage(), bars.visualRect(bars.model().index(row, 0))
    accent = tone(bars.palette(), Tone.ACCENT)
    lines = [
        sum(image.pixelColor(x, y) == accent for x in range(area.width()))
        for y in range(area.top(), area.bottom())
    ]
    return max(lines) / (area.width() - 16)


def test_bars_share_one_scale(bars: Bars) -> None:
    bars.show_predictions(predictions(0.5, 0.25, 0.1, 0.0))
    assert [length(bars, row) for row in range(4)] == pytest.approx([0.5, 0.25, 0.1, 0.0], abs=0.02)


def test_nothing_is_painted_without_predictions(bars: Bars) -> None:
    bars.show_predictions(predictions(0.9, 0.1))
    bars.show_predictions(())
    image = bars.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, 600, 3) for y in range(0, 300, 3)}) == 1
    assert bars.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_first_name_is_large_and_stays_whole(bars: Bars) -> None:
    bars.show_predictions(predictions(0.5, 0.3, 0.2))
    large = bars.plan()
    bars.resize(260, 300)
    assert 1 <= bars.plan().factor < large.factor
    bars.resize(1400, 600)
    assert bars.plan().factor > 3


def test_twenty_rows_are_drawn_closer_then_scrolled(bars: Bars, qtbot: QtBot) -> None:
    bars.show_predictions(predictions(*[0.05] * 20))
    bars.resize(500, 640)
    roomy = bars.plan().row
    qtbot.waitUntil(lambda: bars.verticalScrollBar().maximum() == 0)
    bars.resize(500, 480)
    assert bars.plan().row < roomy
    bars.resize(500, 200)
    qtbot.waitUntil(lambda: bars.verticalScrollBar().maximum() > 0)


@pytest.mark.parametrize("count", [1, 5, 20])
def test_window_is_not_forced_to_be_large(bars: Bars, count: int) -> None:
    bars.show_predictions(predictions(*[1 / count] * count, first=SHEPHERD))
    assert bars.minimumSizeHint().height() < 12 * bars.fontMetrics().height()
    assert bars.minimumSizeHint().width() < 300
    assert bars.sizeHint().height() <= 22 * bars.fontMetrics().height()


def test_click_chooses_a_class(bars: Bars, qtbot: QtBot) -> None:
    bars.show_predictions(predictions(0.5, 0.3, 0.2))
    place = bars.visualRect(bars.model().index(1, 0)).center()
    with qtbot.waitSignal(bars.classChosen) as chosen:
        QTest.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [201]


def test_keys_choose_a_class_and_keep_it_in_view(bars: Bars, qtbot: QtBot) -> None:
    bars.show_predictions(predictions(*[0.05] * 20))
    bars.resize(500, 160)
    chosen: list[int] = []
    bars.classChosen.connect(chosen.append)
    bars.setFocus()
    qtbot.waitUntil(bars.hasFocus)
    assert chosen == []  # to come by with Tab chooses nothing
    for _ in range(12):
        QTest.keyClick(bars, Qt.Key.Key_Down)
    QTest.keyClick(bars, Qt.Key.Key_Up)
    assert chosen[-2:] == [212, 211]
    assert bars.viewport().rect().contains(bars.visualRect(bars.currentIndex()))


def test_chosen_row_is_marked(bars: Bars) -> None:
    bars.show_predictions(predictions(0.5, 0.3, 0.2))
    area = bars.visualRect(bars.model().index(2, 0))
    before = bars.viewport().grab(area).toImage()
    QTest.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert bars.viewport().grab(area).toImage() != before


def test_new_predictions_choose_nothing(bars: Bars, qtbot: QtBot) -> None:
    bars.show_predictions(predictions(0.5, 0.3, 0.2))
    QTest.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 20))
    with qtbot.assertNotEmitted(bars.classChosen):
        bars.show_predictions(predictions(0.6, 0.4))
    assert not bars.selectionModel().hasSelection()


@pytest.mark.usefixtures("_english")
def test_rows_are_copied_as_text(bars: Bars) -> None:
    bars.show_predictions(predictions(0.931, 0.0001, first=SHEPHERD))
    QTest.keyClick(bars, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"{SHEPHERD}\t93.1 %\nclass 1, other name\t< 0.1 %"


@pytest.mark.usefixtures("_english")
def test_screen_readers_and_tool_tips_get_whole_names(bars: Bars) -> None:
    bars.show_predictions(predictions(0.9, 0.1, first=SHEPHERD))
    assert bars.accessibleName()
    assert bars.accessibleDescription() == f"{SHEPHERD} 90.0 %; class 1, other name 10.0 %"
    index = bars.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"{SHEPHERD} 90.0 %"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == f"{SHEPHERD} 90.0 %"


GOLDFISH = Prediction(1, "n01443537", "goldfish, Carassius auratus", 0.6)
GORILLA = Prediction(366, "n02480855", "gorilla, Gorilla gorilla", 0.3)
DENT = Prediction(3, "3", "dent, scratch", 0.1)  # of an imported network


def test_names_are_german_where_there_are_any(bars: Bars, languages: Languages) -> None:
    languages.apply("de")
    bars.show_predictions((GOLDFISH, GORILLA, DENT))
    assert bars.headline() == "Goldfisch"
    assert [bars.model().index(row, 0).data() for row in range(3)] == ["Goldfisch", "Gorilla", "dent"]
    tips = [bars.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(3)]
    assert tips == [
        "Goldfisch, goldfish, Carassius auratus 60,0 %",
        "Gorilla, Gorilla gorilla 30,0 %",
        "dent, scratch 10,0 %",
    ]
    assert bars.accessibleDescription() == "Goldfisch 60,0 %; Gorilla 30,0 %; dent, scratch 10,0 %"
    assert bars.text() == "Goldfisch\t60,0 %\nGorilla\t30,0 %\ndent, scratch\t10,0 %"
    bars.show_predictions((GOLDFISH,), is_unsure=True)
    assert bars.headline() == "Unsicher: vielleicht Goldfisch"
    bars.grab()


def test_names_that_occur_twice_are_told_apart(bars: Bars, languages: Languages) -> None:
    languages.apply("en")
    bars.show_predictions(
        (Prediction(134, "n02012849", "crane", 0.5), Prediction(517, "n03126707", "crane", 0.4))
    )
    assert [bars.model().index(row, 0).data() for row in range(2)] == ["crane (bird)", "crane (machine)"]
    assert bars.text() == "crane (bird)\t50.0 %\ncrane (machine)\t40.0 %"


def test_palette_change_is_followed(bars: Bars) -> None:
    bars.show_predictions(predictions(0.5, 0.5))
    bars.setPalette(palette(True))
    assert length(bars, 0) == pytest.approx(0.5, abs=0.02)


def test_tones_do_not_mistake_a_transparent_ground_for_black(bars: Bars, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    colours = palette(False)
    colours.setColor(QPalette.ColorRole.Window, QColor(0, 0, 0, 0))
    parent.setPalette(colours)
    assert tone(parent.palette(), Tone.ACCENT) == tone(palette(False), Tone.ACCENT)


def test_disabled_bars_look_like_a_former_answer(bars: Bars) -> None:
    bars.show_predictions(predictions(0.5, 0.5))
    bars.setEnabled(False)
    assert length(bars, 0) == 0  # no longer in the accent
    bars.setEnabled(True)
    assert length(bars, 0) == pytest.approx(0.5, abs=0.02)
