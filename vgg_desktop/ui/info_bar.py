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


class _Words(QLabel):
    """Text that wraps and is never cut off, however small the window is."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 22)

    def require_room(self) -> None:
        """Ask for the height that the text needs at this width; a window's own minimum does not count it."""
        self.setMinimumHeight(0)  # which the height for a width would contain
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.require_room()


class InfoBar(QFrame):
    """Shows the newest notice; closing it shows the one before. What went well is removed after some seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._fading = QTimer(self, singleShot=True)
        self._fading.timeout.connect(self._fade)
        self.setProperty("card", True)
        self._notices: list[Notice] = []
        self._symbol = Symbol("info", Tone.ACCENT)
        self.text = _Words()
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.clicked.connect(self._dismiss)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self._close)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """Return what is shown."""
        return self._notices[-1] if self._notices else None

    def show_notice(self, notice: Notice) -> None:
        """Show a notice above those that are there; one with the same key is replaced."""
        self._notices = [*(each for each in self._notices if each.key != notice.key), notice]
        self._refresh()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def change_text(self, key: str, text: str) -> None:
        """Say how far it is in a notice that may be shown; its buttons keep the keyboard, and it is not announced."""
        self._notices = [replace(each, text=text) if each.key == key else each for each in self._notices]
        if self._notices:
            self._show_text()

    def withdraw(self, key: str) -> None:
        """Remove a notice that no longer applies."""
        if any(each.key == key for each in self._notices):
            self._notices = [each for each in self._notices if each.key != key]
            self._refresh()

    def _dismiss(self) -> None:
        self._notices.pop()
        self._refresh()

    def _refresh(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        notice = self.notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._show_text()
        for text, act in notice.actions:
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)
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
        text = self._notices[-1].text
        self.text.setText(text)
        self.text.require_room()
        self.setAccessibleName(text)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons of the notice shown."""
        return tuple(self._buttons)
