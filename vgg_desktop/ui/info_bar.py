"""The bar for notices above the content, each with its actions."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import Symbol


class Kind(enum.Enum):
    """The kind of a notice; the value is its icon."""

    INFO = "info"
    GOOD = "check"
    WARNING = "warning"


FADE_MS, ACTIONS_MS = 6_000, 20_000  # how long a notice of success stays, without and with buttons
_TONES = {Kind.INFO: Tone.ACCENT, Kind.GOOD: Tone.GOOD, Kind.WARNING: Tone.WARNING}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; `actions` are buttons: their text and function. Only one notice per `key` is shown."""

    key: str
    kind: Kind
    text: str
    actions: tuple[tuple[str, Callable[[], object]], ...] = ()


class _WrappedLabel(QLabel):
    """Text that wraps and is never cut off, however small the window is."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 22)

    def update_minimum_height(self) -> None:
        """Ask for the height that the text needs at this width; a window's own minimum does not count it."""
        self.setMinimumHeight(0)  # which the height for a width would contain
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.update_minimum_height()


class InfoBar(QFrame):
    """Shows the newest notice; closing it shows the one before. What went well is removed after some seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._fading = QTimer(self, singleShot=True)
        self._fading.timeout.connect(self._fade)
        self.setProperty("card", True)
        self._notices: dict[str, Notice] = {}  # the one shown comes last
        self._symbol = Symbol("info", Tone.ACCENT)
        self.text = _WrappedLabel()
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.clicked.connect(self._dismiss)
        self.buttons: list[QPushButton] = []  # those of the notice shown
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self._close)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """Return what is shown."""
        return next(reversed(self._notices.values()), None)

    def show_notice(
        self, key: str, kind: Kind, text: str, *actions: tuple[str, Callable[[], object]]
    ) -> None:
        """Show a notice above the others, in place of one with the same key; each action also removes it."""
        self._notices.pop(key, None)
        self._notices[key] = Notice(key, kind, text, actions)
        self._refresh()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def change_text(self, key: str, text: str) -> None:
        """Change the text of a notice if it is shown; its buttons keep the keyboard, and it is not announced."""
        if key in self._notices:
            self._notices[key] = replace(self._notices[key], text=text)
            self._show_text()

    def withdraw(self, key: str) -> None:
        """Remove a notice that no longer applies."""
        if self._notices.pop(key, None) is not None:
            self._refresh()

    def _dismiss(self) -> None:
        self._notices.popitem()
        self._refresh()

    def _act(self, key: str, act: Callable[[], object]) -> None:
        self.withdraw(key)
        act()

    def _refresh(self) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        notice = self.notice
        self.setVisible(notice is not None)
        self._show_text()
        if notice is None:
            return
        for text, act in notice.actions:
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, act=act: self._act(notice.key, act))
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons.append(button)
        self._symbol.show_symbol(notice.kind.value, _TONES[notice.kind])
        self._fading.stop()
        if notice.kind is Kind.GOOD:
            self._fading.start(ACTIONS_MS if notice.actions else FADE_MS)

    @Slot()
    def _fade(self) -> None:
        """Remove the notice, unless somebody is about to use it."""
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._fading.start(FADE_MS)
        elif self.notice is not None and self.notice.kind is Kind.GOOD:
            self.withdraw(self.notice.key)

    def _show_text(self) -> None:
        text = self.notice.text if self.notice is not None else ""
        self.text.setText(text)
        self.text.update_minimum_height()
        self.setAccessibleName(text)
