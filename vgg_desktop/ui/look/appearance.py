"""How the window looks: our own light and dark palettes, the tones beside them, and a short style sheet."""

import enum
import sys
from typing import Literal

from PySide6.QtCore import QDir, QObject, Slot
from PySide6.QtGui import QColor, QPalette, QWindow
from PySide6.QtWidgets import QApplication

from vgg_desktop import paths

Choice = Literal["system", "light", "dark"]


class Tone(enum.Enum):
    """A colour that palettes have no role for; the value is its light and its dark form."""

    ACCENT = ("#1f57c8", "#83b1ff")
    GOOD = ("#1a7034", "#56c876")
    WARNING = ("#8a5600", "#e6b450")
    BAD = ("#b3261e", "#ff938a")
    QUIET = ("#55606d", "#a6afbb")  # secondary text
    LINE = ("#d3d8df", "#3a414b")  # hairlines
    CARD = ("#ffffff", "#23272e")  # the background of cards


_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup
_COLOURS = {
    _Role.Window: ("#f4f6f9", "#191c21"),
    _Role.WindowText: ("#1a1f26", "#e7eaef"),
    _Role.Base: ("#ffffff", "#14161a"),
    _Role.AlternateBase: ("#f0f3f7", "#1d2026"),
    _Role.Text: ("#1a1f26", "#e7eaef"),
    _Role.PlaceholderText: ("#5d6875", "#98a2af"),
    _Role.Button: ("#ffffff", "#2a2f37"),
    _Role.ButtonText: ("#1a1f26", "#e7eaef"),
    _Role.BrightText: ("#b3261e", "#ff938a"),
    _Role.ToolTipBase: ("#262b33", "#e7eaef"),
    _Role.ToolTipText: ("#ffffff", "#14161a"),
    _Role.Light: ("#ffffff", "#23272e"),
    _Role.Midlight: ("#e9edf2", "#333a43"),
    _Role.Mid: ("#c3cad3", "#474f5b"),
    _Role.Dark: ("#8d97a3", "#0f1114"),
    _Role.Shadow: ("#5d6875", "#000000"),
    _Role.Highlight: ("#1f57c8", "#2f66d8"),
    _Role.HighlightedText: ("#ffffff", "#ffffff"),
    _Role.Accent: ("#1f57c8", "#2f66d8"),
    _Role.Link: ("#1f57c8", "#83b1ff"),
    _Role.LinkVisited: ("#6a3fb5", "#c0a3ff"),
}
# The values of Qt.ColorScheme. Accessing Qt makes PySide6 build all of Qt's enumerations, which takes 15 ms.
_SCHEMES = {"system": 0, "light": 1, "dark": 2}
_FAINT = ("#7b8592", "#828c99")  # disabled text
_TEXT_ROLES = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText, _Role.HighlightedText)
_DISABLED = dict.fromkeys(_TEXT_ROLES, _FAINT) | dict.fromkeys(
    (_Role.Highlight, _Role.Accent), ("#e9edf2", "#333a43")
)


def palette(dark: bool) -> QPalette:
    """Return the palette of one scheme with every role in every group set, so that no system colour remains."""
    result = QPalette()
    for role, colours in _COLOURS.items():
        for group in (_Group.Active, _Group.Inactive):
            result.setColor(group, role, QColor(colours[dark]))
        result.setColor(_Group.Disabled, role, QColor(_DISABLED.get(role, colours)[dark]))
    return result


def is_dark(palette: QPalette) -> bool:
    """Return whether a palette writes light on dark."""
    # Not from the background: a style sheet's transparent one is black to the widget's palette.
    return palette.color(_Group.Active, _Role.WindowText).lightness() > 128


def tone(palette: QPalette, tone: Tone) -> QColor:
    """Return a tone's colour that goes with a palette."""
    return QColor(tone.value[is_dark(palette)])


def style_sheet(palette: QPalette) -> str:
    """Return what Fusion cannot know from a palette: roundness, space, and a ring around what has the keyboard."""
    values = {role.name.lower(): palette.color(role).name() for role in _COLOURS}
    values |= {each.name.lower(): tone(palette, each).name() for each in Tone}
    values["faint"] = _FAINT[is_dark(palette)]
    values["pressed"] = palette.color(_Role.Highlight).darker(118).name()
    sheet = _SHEET
    for name, value in values.items():
        sheet = sheet.replace(f"@{name};", f"{value};")
    return sheet


class Appearance(QObject):
    """Shows the application in the scheme that was chosen, and follows the system's when that was chosen."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice: Choice = "system"
        self._shown: bool | None = None
        QDir.setSearchPaths("icons", [str(paths.resource("icons"))])
        application.styleHints().colorSchemeChanged.connect(self._show)
        if sys.platform == "win32":
            application.focusWindowChanged.connect(self.fit_frame)

    def apply(self, choice: Choice) -> None:
        """Show the light or the dark scheme, or the system's from now on."""
        self._choice = choice
        # Title bars and native dialogs follow this where the platform can; some platforms ignore it.
        self._application.styleHints().setProperty("colorScheme", _SCHEMES[choice])
        self._show()

    @Slot(QWindow)
    def fit_frame(self, window: QWindow | None) -> None:
        """Draw the title bar of a window of Windows in our scheme: Qt draws that of the first in the system's."""
        if sys.platform == "win32" and window is not None:
            from vgg_desktop.ui import win32

            win32.set_dark_frame(int(window.winId()), bool(self._shown))

    def _system_is_dark(self) -> bool:
        if self._shown is None:  # the palette is the system's yet, and the window waits: see _SCHEMES
            return is_dark(self._application.palette())
        from PySide6.QtCore import Qt

        return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark

    @Slot()
    def _show(self) -> None:
        dark = self._choice == "dark" or (self._choice == "system" and self._system_is_dark())
        if dark == self._shown:
            return
        self._shown = dark
        colours = palette(dark)
        self._application.setPalette(colours)
        self._application.setStyleSheet(style_sheet(colours))


_SHEET = """
QPushButton { background: @button; border: 1px solid @mid; border-radius: 7px; padding: 6px 14px; }
QPushButton:hover { background: @midlight; }
QPushButton:pressed, QPushButton:checked { background: @line; }
QPushButton:disabled { color: @faint; border-color: @line; background: @window; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 13px; }
QPushButton:default { border-color: @accent; }
QPushButton[primary="true"] { background: @highlight; border-color: @highlight; color: @highlightedtext;
    font-weight: 600; }
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:pressed { background: @pressed; }
QPushButton[primary="true"]:disabled { background: @midlight; border-color: @midlight; color: @faint; }
QPushButton[primary="true"]:focus { border: 2px solid @windowtext; }
QLineEdit, QComboBox, QAbstractSpinBox { background: @base; border: 1px solid @mid; border-radius: 7px;
    padding: 5px 9px; }
QComboBox { background: @button; combobox-popup: 0; }
QComboBox QAbstractItemView { border: 1px solid @mid; border-radius: 0; padding: 3px; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; }
QComboBox QAbstractItemView::item:selected { background: @highlight; color: @highlightedtext; border-radius: 5px; }
QLineEdit:focus, QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus { border: 2px solid @accent; padding: 4px 8px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: @faint; border-color: @line;
    background: @window; }
QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0; margin-left: 4px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; }
QAbstractSpinBox::up-arrow { image: url(icons:arrow-up.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(icons:arrow-down.svg); width: 10px; height: 10px; }
QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::down-arrow:off { image: none; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(icons:arrow-down.svg); width: 12px; height: 12px; }
QAbstractItemView, QPlainTextEdit, QTextEdit { background: @base; border: 1px solid @line; border-radius: 7px;
    padding: 1px; }
QAbstractItemView:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; padding: 0; }
QAbstractItemView[plain="true"] { background: transparent; border: 2px solid transparent; padding: 0; }
QAbstractItemView[plain="true"]:focus { border-color: @accent; }
QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: 6px; padding: 2px; spacing: 8px; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }
QCheckBox:disabled, QRadioButton:disabled { color: @faint; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @quiet;
    background: @base; }
QCheckBox::indicator { border-radius: 4px; }
QCheckBox::indicator:checked { background: @highlight; border-color: @highlight; image: url(icons:tick.svg); }
QRadioButton::indicator { border-radius: 8px; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @highlight; background: @highlightedtext; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: @faint; background: @window; }
QCheckBox::indicator:checked:disabled { background: @faint; }
QToolBar { border: none; border-bottom: 1px solid @line; padding: 6px; spacing: 4px; }
QToolButton { background: transparent; border: 2px solid transparent; border-radius: 7px; padding: 4px 7px; }
QToolButton:hover { background: @midlight; }
QToolButton:pressed, QToolButton:checked { background: @line; }
QToolButton[chip="true"] { border: 1px solid @line; border-radius: 10px; padding: 2px 5px; }
QToolButton:focus, QToolButton[chip="true"]:focus { border-color: @accent; }
QToolButton:disabled { color: @faint; }
QToolButton[popupMode="2"] { padding-right: 18px; }
QToolButton::menu-indicator { image: url(icons:arrow-down.svg); width: 10px; height: 10px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 4px; }
QTabWidget::pane { background: @card; border: 1px solid @line; border-radius: 7px; }
QTabBar::tab { padding: 7px 12px; border: 2px solid transparent; border-bottom: 3px solid transparent; }
QTabBar::tab:selected { border-bottom-color: @accent; }
QTabBar::tab:focus { border-color: @accent; border-radius: 6px; }
QProgressBar { background: @line; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
    qproperty-textVisible: false; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @mid; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: @quiet; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: @card; border: 1px solid @mid; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 10px; border: 1px solid transparent; border-radius: 5px; }
QMenu::item:selected { background: @midlight; border-color: @accent; }
QMenu::item:disabled { color: @faint; background: transparent; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QToolTip { background: @tooltipbase; color: @tooltiptext; border: none; padding: 5px 8px; }
QLabel[keycap="true"] { background: @card; border: 1px solid @mid; border-radius: 5px; padding: 1px 7px; }
QFrame[card="true"] { background: @card; border: 1px solid @line; border-radius: 8px; }
"""
