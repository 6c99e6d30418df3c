"""The navigation rail at the left of the window: its pages, one of which is in view."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionTab, QTabBar

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.widgets import draw_ring, scaled

RADIUS = 7.0
_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Right)


class Rail(QTabBar):
    """Tabs below each other, each a symbol over a word; to screen readers a list of tabs with the current one."""

    entered = Signal()  # the keyboard is to go on into the page

    def __init__(self) -> None:
        super().__init__()
        self._symbols: list[tuple[QIcon, QIcon]] = []  # as a page, and as the current one
        self._is_compact = False
        self.setShape(QTabBar.Shape.RoundedWest)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def add_page(self, text: str, hint: str, symbol: QIcon, current: QIcon) -> None:
        """Add a page below the others, with its word, its tool tip and its symbols."""
        self._symbols.append((symbol, current))
        self.setTabToolTip(self.addTab(text), hint)

    def set_compact(self, compact: bool) -> None:
        """Show only the symbols, or the words too."""
        if compact != self._is_compact:
            self._is_compact = compact
            # Qt asks for the sizes of its tabs again only when something about them has changed.
            self.setIconSize(QSize(self._side(), self._side()) + QSize(int(compact), 0))
            self.updateGeometry()

    # Sizes

    def _unit(self) -> int:
        return self.fontMetrics().height() // 2

    def _side(self) -> int:
        return round(self.fontMetrics().height() * 1.3)

    def _word_font(self, *, bold: bool) -> QFont:
        return scaled(self.font(), 0.9, bold=bold)

    def tabSizeHint(self, _index: int) -> QSize:  # noqa: N802 - Qt's name
        """Return the same size for all: what the longest word needs when it is bold."""
        unit, side = self._unit(), self._side()
        if self._is_compact:
            return QSize(side + 4 * unit, side + 3 * unit)
        metrics = QFontMetrics(self._word_font(bold=True))
        widest = max(metrics.horizontalAdvance(self.tabText(each)) for each in range(self.count()))
        return QSize(max(widest, 2 * side) + 3 * unit, side + metrics.height() + 3 * unit)

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """Return the only size of a tab."""
        return self.tabSizeHint(index)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the symbols and words, and a line between the rail and the page."""
        painter = QPainter(self)
        # Not `fillRect`, at whose first call PySide6 builds an enumeration of hundreds of gradients.
        painter.setPen(tone(self.palette(), Tone.LINE))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            self._paint_tab(painter, index)
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        option = QStyleOptionTab()
        self.initStyleOption(option, index)
        is_current = index == self.currentIndex()
        unit, side = self._unit(), self._side()
        area = QRectF(self.tabRect(index)).adjusted(unit / 2, unit / 4, -unit / 2 - 1, -unit / 4)
        accent, palette = tone(self.palette(), Tone.ACCENT), self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        if is_current:
            ground = QColor(accent)
            ground.setAlphaF(0.14)
            painter.setBrush(ground)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
            painter.setBrush(accent)  # not by its colour alone
            painter.drawRoundedRect(
                QRectF(area.left(), area.top() + unit, 3, area.height() - 2 * unit), 1.5, 1.5
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(palette.color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        font = self._word_font(bold=is_current)
        word = 0 if self._is_compact else QFontMetrics(font).height()
        top = area.center().y() - (side + word) / 2
        symbol = QRect(round(area.center().x() - side / 2), round(top), side, side)
        self._symbols[index][is_current].paint(painter, symbol)
        if word:
            painter.setFont(font)
            painter.setPen(accent if is_current else palette.color(QPalette.ColorRole.WindowText))
            place = QRectF(area.left(), symbol.bottom() + 1, area.width(), word)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
        if is_current and self.hasFocus():
            draw_ring(painter, self, 2, RADIUS, area)

    # Gestures

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from page to page by the arrow keys, and into the page by Enter."""
        key, last = event.key(), self.count() - 1
        if key in _STEPS:
            self.setCurrentIndex(min(max(0, self.currentIndex() + _STEPS[key]), last))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.setCurrentIndex(0 if key == Qt.Key.Key_Home else last)
        elif key in _ENTER:
            self.entered.emit()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Stay on the page."""
        event.ignore()
