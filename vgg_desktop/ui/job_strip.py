"""The strip at the bottom of the window: what runs, how far it is, and the buttons to pause and to cancel it."""

import functools
import itertools
from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop.ui.incoming.intake import Intake
from vgg_desktop.ui.job_lines import JobLine, JobLines
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import (
    ElidedLabel,
    Symbol,
    VerticalArea,
    discard,
    draw_ring,
    fill,
    set_tab_order,
)
from vgg_desktop.ui.session import Session

MOST_LINES = 3  # that are in view; the others are scrolled to
STEPS = 1000
WORDS_FROM = 110  # average characters of width from which on the buttons have words
LINES_FOR_ONE = 13  # lines of text of the window's height for each line of the strip
WIDE, NARROW = (5, 4, 7), (4, 2, 8)  # shares of name, bar and text


class JobLineWidget(QAbstractButton):
    """One job; a click anywhere but on its buttons goes to its page."""

    actRequested = Signal(object)  # noqa: N815 - Qt's way of naming; what a pressed button does

    def __init__(self) -> None:
        super().__init__()
        self._line: JobLine | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.symbol = Symbol("info", Tone.QUIET)
        self.name, self.details = ElidedLabel(), ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.buttons: list[QToolButton] = []
        self.box = QWidget()
        self._box_row = fill(QHBoxLayout(self.box), None, spacing=2, margins=(0, 0, 0, 0))
        ignored = QSizePolicy.Policy.Ignored
        for label in (
            self.name,
            self.details,
        ):  # so that what is in lines below each other stands below each other
            label.setSizePolicy(ignored, QSizePolicy.Policy.Preferred)
        self.bar.setSizePolicy(ignored, QSizePolicy.Policy.Fixed)
        unit = self.fontMetrics().height() // 2
        self._row, margins = QHBoxLayout(self), (unit, unit // 4, unit // 2, unit // 4)
        parts = (self.symbol, self.name, self.bar, self.details, self.box)
        fill(self._row, *parts, spacing=unit, margins=margins)

    def sizeHint(self) -> QSize:
        """Return the size of the layout; a button's own would be that of its text."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least size of the layout."""
        return self._row.minimumSize()

    def show_line(self, line: JobLine) -> None:
        """Show a job."""
        self._line = line
        self.setEnabled(True)
        self.symbol.show_symbol(line.symbol, Tone.QUIET)
        self.name.setText(line.name)
        self.details.setText(line.text)
        self.bar.setRange(0, 0 if line.fraction is None else STEPS)
        if line.fraction is not None:
            self.bar.setValue(round(line.fraction * STEPS))
        self.bar.setAccessibleName(self.tr("Progress: {0}").format(line.name))
        self.bar.setAccessibleDescription(line.text)
        self.setAccessibleName(line.name)
        self.setAccessibleDescription(line.text)
        while len(self.buttons) < len(line.actions):
            button = QToolButton()
            button.clicked.connect(functools.partial(self._press, len(self.buttons)))
            self.buttons.append(button)
            self._box_row.addWidget(button)
        for button, action in itertools.zip_longest(self.buttons, line.actions):
            button.setVisible(action is not None)
            if action is not None and button.text() != action.text:
                button.setIcon(icon(action.symbol))
                button.setText(action.text)
                button.setToolTip(action.text)
                button.setAccessibleName(self.tr("{0}: {1}").format(line.name, action.text))

    def _press(self, place: int) -> None:
        assert self._line is not None
        self.actRequested.emit(self._line.actions[place].act)

    def show_ended(self) -> None:
        """Show that the job has ended, until nobody points at its buttons any more."""
        self.setEnabled(False)
        self.bar.setRange(0, STEPS)
        self.details.setText(self.tr("ended"))

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the words of the buttons, and most of the bar, where there is little room."""
        styles = Qt.ToolButtonStyle
        for widget, share in zip(
            (self.name, self.bar, self.details), NARROW if narrow else WIDE, strict=True
        ):
            self._row.setStretchFactor(widget, share)
        for button in self.buttons:
            button.setToolButtonStyle(
                styles.ToolButtonIconOnly if narrow else styles.ToolButtonTextBesideIcon
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the page on Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a ring while it has the keyboard, and a faint ground under the pointer."""
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().midlight())
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.hasFocus():
            draw_ring(painter, self, 2, 6)
        painter.end()


class JobStrip(QFrame):
    """One line per job, the newest on top, so that no line moves when another comes; hidden while nothing runs."""

    pageRequested = Signal(str)  # noqa: N815 - Qt's way of naming; the name of the page of a job

    def __init__(self, session: Session, intake: Intake) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("What is running"))
        self.jobs = JobLines(session, intake)
        self.jobs.setParent(self)
        self._shown: dict[Hashable, tuple[JobLine, JobLineWidget]] = {}  # the oldest first
        page = QWidget()
        self._column = fill(QVBoxLayout(page), spacing=0, margins=(0, 0, 0, 0))
        self._area = VerticalArea()
        self._area.setWidget(page)
        for each in (page, self._area.viewport()):
            each.setAutoFillBackground(False)
        fill(QVBoxLayout(self), self._area, margins=(3, 3, 3, 3))
        self.jobs.changed.connect(self._show)
        self.hide()
        self._show()

    def lines(self) -> list[JobLineWidget]:
        """Return what is shown, from top to bottom."""
        return [widget for _, widget in reversed(self._shown.values())]

    @Slot()
    def _show(self) -> None:
        """Show the jobs; under the pointer a line stays where it is when its job has ended."""
        lines = {line.key: line for line in self.jobs.lines}
        for key, (shown, widget) in list(self._shown.items()):
            if key not in lines and widget.isEnabled():
                widget.show_ended()
                self._announce(shown.end)
            if key not in lines and not self.underMouse():
                del self._shown[key]
                discard(widget, self._column)
        for key, line in lines.items():
            known = self._shown.get(key)
            self._shown[key] = line, known[1] if known is not None else self._add(line)
            widget = self._shown[key][1]
            widget.show_line(line)
        set_tab_order([part for each in self.lines() for part in (each, *each.buttons)])
        self._fit()
        self.setVisible(bool(self._shown))

    def _add(self, line: JobLine) -> JobLineWidget:
        widget = JobLineWidget()
        widget.clicked.connect(lambda: self.pageRequested.emit(line.page))
        widget.actRequested.connect(self._act)
        self._column.insertWidget(0, widget)
        bar = self._area.verticalScrollBar()
        if self.underMouse() and len(self._shown) >= MOST_LINES:
            bar.setMaximum(bar.maximum() + widget.sizeHint().height())
            bar.setValue(bar.value() + widget.sizeHint().height())
        self._announce(f"{line.name}: {line.text}")
        return widget

    def _announce(self, text: str) -> None:
        if text and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @Slot(object)
    def _act(self, act: Callable[[], object]) -> None:
        act()
        self.jobs.refresh()

    def _fit(self) -> None:
        """Give the buttons of all lines the same room, and the strip the height of a few lines, or of one."""
        widgets = self.lines()
        if not widgets:
            return
        narrow = self.width() < self.fontMetrics().averageCharWidth() * WORDS_FROM
        for each in widgets:
            each.set_narrow(narrow)
        wide = max(each.box.sizeHint().width() for each in widgets)
        height = widgets[0].sizeHint().height()
        for each in widgets:
            each.box.setMinimumWidth(wide)
            each.setFixedHeight(height)
        room = self.window().height() // (self.fontMetrics().height() * LINES_FOR_ONE)
        self._area.setFixedHeight(height * min(len(widgets), MOST_LINES, max(1, room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the lines that ended under the pointer."""
        super().leaveEvent(event)
        self._show()
