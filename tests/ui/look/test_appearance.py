"""Our two schemes: contrast by the rule of WCAG, live change, and what must show where the keyboard is."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from vgg_desktop.ui.look.appearance import Appearance, Choice, Tone, is_dark, palette, style_sheet, tone

Role = QPalette.ColorRole
Group = QPalette.ColorGroup
TEXTS = [
    (Role.WindowText, Role.Window),
    (Role.WindowText, Role.Base),
    (Role.Text, Role.Base),
    (Role.Text, Role.AlternateBase),
    (Role.PlaceholderText, Role.Base),
    (Role.ButtonText, Role.Button),
    (Role.ButtonText, Role.Window),
    (Role.ButtonText, Role.Midlight),
    (Role.HighlightedText, Role.Highlight),
    (Role.ToolTipText, Role.ToolTipBase),
    (Role.Link, Role.Window),
    (Role.Link, Role.Base),
    (Role.LinkVisited, Role.Base),
    (Role.BrightText, Role.Window),
]


def luminance(colour: QColor) -> float:
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    colours, style = qapp.palette(), qapp.style().objectName()
    made = Appearance(qapp)
    yield made
    made.apply("system")
    made.setParent(None)
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(colours)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("group", "least"), [(Group.Active, 4.5), (Group.Inactive, 4.5), (Group.Disabled, 3.0)]
)
def test_every_text_can_be_read(dark: bool, group: QPalette.ColorGroup, least: float) -> None:
    colours = palette(dark)
    for text, ground in TEXTS:
        ratio = contrast(colours.color(group, text), colours.color(group, ground))
        assert ratio >= least, f"{text.name} on {ground.name} in {group.name}: {ratio:.2f}"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("each", [Tone.ACCENT, Tone.GOOD, Tone.WARNING, Tone.BAD, Tone.QUIET])
def test_tones_can_be_read_on_every_ground(dark: bool, each: Tone) -> None:
    colours = palette(dark)
    grounds = [colours.color(Role.Window), colours.color(Role.Base), tone(colours, Tone.CARD)]
    assert min(contrast(tone(colours, each), ground) for ground in grounds) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_text_can_be_read_on_cards_and_under_the_mouse(dark: bool) -> None:
    colours = palette(dark)
    text = colours.color(Role.WindowText)
    assert contrast(text, tone(colours, Tone.CARD)) >= 4.5
    assert contrast(text, tone(colours, Tone.LINE)) >= 4.5  # a pressed button
    assert contrast(tone(colours, Tone.ACCENT), colours.color(Role.Window)) >= 3  # the focus ring


@pytest.mark.parametrize("dark", [False, True])
def test_palette_leaves_nothing_to_the_system(dark: bool) -> None:
    colours = palette(dark)
    for group in (Group.Active, Group.Inactive, Group.Disabled):
        for role in Role:
            if role not in (Role.NoRole, Role.NColorRoles):
                assert colours.isBrushSet(group, role), f"{group.name} {role.name}"
    assert is_dark(colours) is dark


@pytest.mark.parametrize("dark", [False, True])
def test_style_sheet_has_every_colour_filled_in(dark: bool) -> None:
    assert "@" not in style_sheet(palette(dark))


def test_choice_changes_open_widgets_at_once(qtbot: QtBot, appearance: Appearance) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    label.show()
    for choice, dark in (("dark", True), ("light", False), ("dark", True)):
        appearance.apply(choice)  # type: ignore[arg-type]
        assert is_dark(label.palette()) is dark
        corner = label.grab().toImage().pixelColor(0, label.height() - 1)
        assert (corner.lightness() < 128) is dark


def test_same_choice_twice_does_not_dress_again(qapp: QApplication, appearance: Appearance) -> None:
    appearance.apply("dark")
    qapp.setStyleSheet("")  # would be set again
    appearance.apply("dark")
    assert qapp.styleSheet() == ""


def test_system_is_followed_only_when_chosen(qapp: QApplication, appearance: Appearance) -> None:
    hints = qapp.styleHints()
    appearance.apply("system")
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        hints.setColorScheme(scheme)
        # The offscreen platform has no scheme of its own: what it reports is what counts.
        assert is_dark(qapp.palette()) is (hints.colorScheme() is Qt.ColorScheme.Dark)
    appearance.apply("dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert is_dark(qapp.palette())


def make_list() -> QListWidget:
    found = QListWidget()
    found.addItems(["one", "two"])
    return found


def make_combo() -> QComboBox:
    found = QComboBox()
    found.addItems(["one", "two"])
    return found


def make_primary() -> QPushButton:
    found = QPushButton("Open")
    found.setProperty("primary", True)
    return found


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize(
    "make",
    [
        lambda: QPushButton("Press"),
        make_primary,
        make_combo,
        make_list,
        lambda: QCheckBox("Check"),
        QLineEdit,
        QSpinBox,
    ],
    ids=["button", "primary", "combo", "list", "check box", "line", "spin box"],
)
def test_focus_is_seen(
    qtbot: QtBot, appearance: Appearance, choice: Choice, make: Callable[[], QWidget]
) -> None:
    appearance.apply(choice)
    window, other, widget = QWidget(), QPushButton("other"), make()
    row = QHBoxLayout(window)
    row.addWidget(other)
    row.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(other.hasFocus)
    before = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)
    after = widget.grab().toImage()
    # Along the middle row the ring is two pixels wide at the left border.
    place = next(x for x in range(8) if before.pixelColor(x, 12) != after.pixelColor(x, 12))
    ground = window.palette().color(Role.Window)
    assert contrast(after.pixelColor(place, 12), ground) >= 3
    assert contrast(before.pixelColor(place, 12), after.pixelColor(place, 12)) >= 1.8


def test_progress_bars_are_slim(qtbot: QtBot, appearance: Appearance) -> None:
    appearance.apply("light")
    bar = QProgressBar()
    qtbot.addWidget(bar)
    bar.setValue(50)
    bar.show()
    assert bar.height() <= 8
