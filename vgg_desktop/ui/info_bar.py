"""The bar for notices above the content, each with its actions."""

import enum
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCursor, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import TOP, Symbol, discard, fill


class Kind(enum.Enum):
    """The kind of a notice; the value is its icon."""

    INFO = "info"
    GOOD = "check"
    WARNING = "warning"


FADE_MS = 6_000  # how long a notice of success stays
LOOK_MS = 200  # between two looks at where the pointer is
REST = 1.5  # seconds after which a pointer that does not move is not on its way to something
_TONES = {Kind.INFO: Tone.ACCENT, Kind.GOOD: Tone.GOOD, Kind.WARNING: Tone.WARNING}


@dataclass(frozen=True, slots=True, eq=False)
class Notice:
    """One notice; `actions` are buttons: their text and function. Only one notice per `key` is kept.

    `closed` is called when the user closes it instead. `since` is when it was said, in seconds.
    """

    key: str
    kind: Kind
    text: str
    actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    closed: Callable[[], object] | None = None
    since: float = field(default_factory=time.monotonic)


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
    """Shows the newest notice at the top of its parent's layout, whose first item must be `room`.

    A success lies above the content and goes by itself. What stays gets its own room, but nothing moves or changes
    under the pointer: until it leaves, a notice lies above the content, or leaves its room empty.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.room = QWidget(parent)
        self.room.hide()
        self._notices: dict[str, Notice] = {}  # the newest comes last
        self.notice: Notice | None = None  # what is shown
        self._pointer, self._rests_since = QPoint(), 0.0
        self._used = 0.0  # when somebody was about to press one of its buttons
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        self.setProperty("card", True)
        self.setAutoFillBackground(True)
        self._symbol = Symbol("info", Tone.ACCENT)
        self.text = _WrappedLabel()
        self.buttons: list[QPushButton] = []  # those of the notice shown
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.clicked.connect(self._dismiss)
        self._box = QWidget()
        self._flow = FlowLayout(self._box)
        self._middle = fill(QBoxLayout(QBoxLayout.Direction.LeftToRight), (self.text, 1), self._box)
        self._row = fill(QHBoxLayout(self), self._symbol, (self._middle, 1), (self._close, TOP))
        parent.installEventFilter(self)
        self.hide()

    def show_notice(
        self,
        key: str,
        kind: Kind,
        text: str,
        *actions: tuple[str, Callable[[], object]],
        closed: Callable[[], object] | None = None,
    ) -> None:
        """Show a notice above the others, in place of one with the same key; each action also removes it."""
        self._notices.pop(key, None)
        self._notices[key] = Notice(key, kind, text, actions, closed)
        self._refresh()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def withdraw(self, key: str) -> None:
        """Remove a notice that no longer applies."""
        if self._notices.pop(key, None) is not None:
            self._refresh()

    @Slot()
    def _dismiss(self) -> None:
        notice = self.notice
        if notice is not None:
            self._leave(notice)
            if notice.closed is not None:
                notice.closed()

    def _act(self, notice: Notice, act: Callable[[], object]) -> None:
        self._leave(notice)
        act()

    def _leave(self, notice: Notice) -> None:
        """Remove a notice at the user's request: what is below it may move at once."""
        if self._notices.get(notice.key) is notice:
            del self._notices[notice.key]
        self._show(self._newest())
        self.room.setVisible(self._needs_room())
        self._place()

    def _newest(self) -> Notice | None:
        return next(reversed(self._notices.values()), None)

    def _is_in_use(self) -> bool:
        """Return whether somebody is about to press one of its buttons."""
        focus = QApplication.focusWidget()
        return self.isVisible() and (self.underMouse() or (focus is not None and self.isAncestorOf(focus)))

    def _needs_room(self) -> bool:
        return any(each.kind is not Kind.GOOD for each in self._notices.values())

    def _refresh(self) -> None:
        """Show the newest notice, unless the one shown is in use: then as soon as it no longer is."""
        self._follow_pointer()
        if not self._is_in_use():
            self._show_newest()
        elif self.notice is not None and self._notices.get(self.notice.key) is not self.notice:
            for button in self.buttons:
                button.setEnabled(False)  # it no longer applies
        self._settle()
        self._looking.start()

    def _follow_pointer(self) -> None:
        if (place := QCursor.pos()) != self._pointer:
            self._pointer, self._rests_since = place, time.monotonic()

    def _rests(self) -> bool:
        return time.monotonic() - self._rests_since > REST

    def _show_newest(self) -> None:
        """Show the newest notice, but not where nothing was before under a pointer on its way."""
        top = QRect(self._page.mapToGlobal(QPoint()), self._page.size())
        top.setHeight(self.fontMetrics().height() * 4)
        comes_under_it = self.notice is None and self._page.underMouse() and top.contains(self._pointer)
        if not comes_under_it or self._rests():
            self._show(self._newest())

    def _show(self, notice: Notice | None) -> None:
        if notice is self.notice:
            return
        self.notice = notice
        for button in self.buttons:
            discard(button, self._flow)
        self.buttons = []
        if notice is not None:
            for text, act in notice.actions:
                button = QPushButton(text)
                button.clicked.connect(lambda _checked=False, act=act: self._act(notice, act))
                self._flow.addWidget(button)
                self.buttons.append(button)
            self._symbol.show_symbol(notice.kind.value, _TONES[notice.kind])
        self._box.setVisible(bool(self.buttons))
        self.text.setText(notice.text if notice is not None else "")
        self.setAccessibleName(self.text.text())
        self.setVisible(notice is not None)
        self.raise_()

    @Slot()
    def _look(self) -> None:
        """End what has been said for long enough, and make up for what was put off because of the pointer."""
        now = time.monotonic()
        self._follow_pointer()
        if self._is_in_use():
            self._used = now
        fading = [each for each in self._notices.values() if each.kind is Kind.GOOD]
        for each in fading:
            begun = max(each.since, self._used) if each is self.notice else each.since
            if now - begun >= FADE_MS / 1000:
                del self._notices[each.key]
        if not self._is_in_use():
            self._show_newest()
        self._settle()
        if not fading and self.notice is self._newest() and self.room.isVisible() == self._needs_room():
            self._looking.stop()

    def _settle(self) -> None:
        """Give the notices room, or take it back, where that moves nothing under the pointer."""
        needed = self._needs_room()
        is_pointed_at = self._page.underMouse() and not self.underMouse()
        # An empty room would look like a mistake after a while.
        if not is_pointed_at or (not needed and self._rests()):
            self.room.setVisible(needed)
        self._place(may_move=not is_pointed_at)

    def _place(self, *, may_move: bool = True) -> None:
        """Cover the room, or as much of the upper right corner as the notice needs."""
        layout = self._page.layout()
        if self.notice is None or layout is None:
            return
        area = self._page.rect().marginsRemoved(layout.contentsMargins())
        beside = self._box.sizeHint().width() + self._middle.spacing() if self.buttons else 0
        around = self._row.sizeHint().width() - self._middle.sizeHint().width()
        is_narrow = area.width() < around + beside + self.text.minimumWidth() * 2
        directions = QBoxLayout.Direction
        self._middle.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        width = area.width()
        if not is_narrow and not self.room.isVisible():
            words = self.text.fontMetrics().horizontalAdvance(self.text.text()) + 4
            width = min(width, around + beside + words)
        height = self._row.totalHeightForWidth(width)
        if may_move:
            self.room.setFixedHeight(height)
        self.setGeometry(QRect(area.right() + 1 - width, area.top(), width, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the size of the parent, and the pointer that leaves it."""
        if watched is self._page:
            if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
                self._place()
            elif event.type() is QEvent.Type.Leave and self.notice is not None:
                self._looking.start()
        return super().eventFilter(watched, event)
