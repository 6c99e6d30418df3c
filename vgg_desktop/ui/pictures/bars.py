"""The most probable classes as bars with percentages, the first readable from across a room."""

from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from vgg_desktop.inference.results import Prediction
from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.widgets import draw_bar, plain_tool_tip, scaled
from vgg_desktop.ui.words.class_names import full_name_of, name_of, other_names_of
from vgg_desktop.ui.words.formats import percent

PREDICTION = Qt.ItemDataRole.UserRole
# The sizes of the first name, as factors of the widget's font.
FACTORS = (4.0, 3.5, 3.0, 2.6, 2.2, 2.0, 1.8, 1.6, 1.4, 1.2, 1.0)  # fmt: skip
COMFORTABLE = 2.6
MARGIN = 8  # pixels left and right of text and bars
HINTED_ROWS = 5
_Align = Qt.AlignmentFlag


@dataclass(frozen=True, slots=True)
class _Plan:
    """The layout of the rows: the font size of the first name, the heights of the first and of the other rows."""

    factor: float
    head: int
    row: int


class _BarDelegate(QStyledItemDelegate):
    """Paints one class: its name and share, and below them its bar on a track that stands for 100 %."""

    def __init__(self, bars: "Bars") -> None:
        super().__init__(bars)
        self._bars = bars

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height that the plan has for the row."""
        plan = self._bars.plan()
        return QSize(1, plan.head if index.row() == 0 else plan.row)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        prediction: Prediction = index.data(PREDICTION)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter, option)
        area = QRectF(option.rect).adjusted(MARGIN, 0, -MARGIN, 0)
        if index.row() == 0:
            self._paint_first(painter, option, area, prediction)
        else:
            self._paint_other(painter, option, area, prediction)
        painter.restore()

    def _paint_marks(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        accent, area = tone(option.palette, Tone.ACCENT), QRectF(option.rect).adjusted(1, 1, -1, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawRoundedRect(QRectF(area.left(), area.top() + 4, 3, area.height() - 8), 1.5, 1.5)
            accent.setAlphaF(0.13)
            painter.setBrush(accent)
            painter.drawRoundedRect(area, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus and self._bars.hasFocus():
            painter.setPen(QPen(tone(option.palette, Tone.ACCENT), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 6, 6)

    def _paint_first(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRectF, prediction: Prediction
    ) -> None:
        large = scaled(self._bars.font(), self._bars.plan().factor)
        line = QRectF(area.left(), area.top() + 2, area.width(), QFontMetrics(large).height())
        ink = (
            tone(option.palette, Tone.QUIET)
            if self._bars.is_unsure
            else option.palette.color(QPalette.ColorRole.WindowText)
        )
        self._paint_texts(painter, ink, line, large, self._bars.headline(), prediction)
        bottom = line.bottom()
        small = QFontMetrics(self._bars.font())
        others = other_names_of(prediction)
        if others:
            painter.setFont(self._bars.font())
            painter.setPen(tone(option.palette, Tone.QUIET))
            line = QRectF(area.left(), bottom, area.width(), small.height())
            text = small.elidedText(others, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(line, _Align.AlignLeft | _Align.AlignVCenter, text)
            bottom = line.bottom()
        track = QRectF(area.left(), bottom + 4, area.width(), 10)
        self._paint_bar(painter, option.palette, track, prediction)

    def _paint_other(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRectF, prediction: Prediction
    ) -> None:
        height = QFontMetrics(self._bars.font()).height()
        tight = area.height() < height + 10
        thickness, gap = (3, 0) if tight else (5, 2)
        top = area.top() + (area.height() - height - gap - thickness) / 2
        line = QRectF(area.left(), top, area.width(), height)
        ink = option.palette.color(QPalette.ColorRole.WindowText)
        self._paint_texts(painter, ink, line, self._bars.font(), name_of(prediction), prediction)
        track = QRectF(area.left(), line.bottom() + gap, area.width(), thickness)
        self._paint_bar(painter, option.palette, track, prediction)

    @staticmethod
    def _paint_texts(
        painter: QPainter, ink: QColor, line: QRectF, font: QFont, name: str, prediction: Prediction
    ) -> None:
        metrics, share = QFontMetrics(font), percent(prediction.probability)
        room = int(line.width()) - metrics.horizontalAdvance(f"  {share}")
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(line, _Align.AlignLeft | _Align.AlignVCenter, name)
        painter.drawText(line, _Align.AlignRight | _Align.AlignVCenter, share)

    @staticmethod
    def _paint_bar(painter: QPainter, palette: QPalette, track: QRectF, prediction: Prediction) -> None:
        bar = QRectF(track)
        share = min(1.0, prediction.probability)
        bar.setWidth(max(2.0, track.width() * share) if share > 0 else 0.0)
        is_stale = palette.currentColorGroup() is QPalette.ColorGroup.Disabled
        colours = tone(palette, Tone.LINE), tone(palette, Tone.QUIET if is_stale else Tone.ACCENT)
        draw_bar(painter, track, bar, colours)


def _spoken(prediction: Prediction) -> str:
    return f"{full_name_of(prediction)} {percent(prediction.probability)}"


def _tool_tip(prediction: Prediction) -> str:
    names = filter(None, (name_of(prediction), other_names_of(prediction)))
    return plain_tool_tip(f"{', '.join(names)} {percent(prediction.probability)}")


class Bars(QListView):
    """One bar per class on a common scale from 0 to 100 %, the first large; a list to keyboard and screen readers.

    Rows beyond the height are first drawn closer, then scrolled.
    """

    classChosen = Signal(int)  # noqa: N815 - Qt's way of naming; the class's index in the network

    def __init__(self, *, largest: float = FACTORS[0]) -> None:
        """`largest` is the size of the first name at most, as a factor of the widget's font."""
        super().__init__()
        self._largest = largest
        self.predictions: tuple[Prediction, ...] = ()  # what is shown
        self.is_unsure = False
        self._usual = HINTED_ROWS
        self._rows = QStandardItemModel(self)
        self.setProperty("plain", True)
        self.setModel(self._rows)
        self.setItemDelegate(_BarDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Most probable classes"))
        self.selectionModel().selectionChanged.connect(self._emit_chosen)

    def show_predictions(self, predictions: tuple[Prediction, ...], *, is_unsure: bool = False) -> None:
        """Show these classes, the most probable first; an empty tuple clears the bars.

        With `is_unsure` the first one is said to be only a guess.
        """
        if predictions == self.predictions and is_unsure == self.is_unsure:
            return
        self.predictions, self.is_unsure = predictions, is_unsure
        self._usual = len(predictions) or self._usual
        self.selectionModel().reset()  # silently: to show something else is not to choose
        self._rows.clear()
        descriptions = [_spoken(each) for each in predictions]
        if predictions and is_unsure:
            descriptions[0] = f"{self.headline()}, {percent(predictions[0].probability)}"
        for each, spoken in zip(predictions, descriptions, strict=True):
            item = QStandardItem(name_of(each))
            item.setData(each, PREDICTION)
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(_tool_tip(each))
            self._rows.appendRow(item)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if predictions else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription("; ".join(descriptions))
        self.scrollToTop()
        self.updateGeometry()

    def headline(self) -> str:
        """Return the first class as it is written large."""
        name = name_of(self.predictions[0])
        return self.tr("Not sure: perhaps {0}").format(name) if self.is_unsure else name

    def text(self) -> str:
        """Return the rows as text: name, tabulator, share; one line per class."""
        return "\n".join(f"{full_name_of(each)}\t{percent(each.probability)}" for each in self.predictions)

    # Sizes

    def _head(self, factor: float) -> int:
        line = QFontMetrics(scaled(self.font(), factor)).height()
        more = any(other_names_of(each) for each in self.predictions[:1])
        return line + (self.fontMetrics().height() if more else 0) + 24

    def _row_heights(self) -> tuple[int, int]:
        line = self.fontMetrics().height()
        return line + 14, line + 5

    def _fits(self, factor: float, width: int) -> bool:
        metrics = QFontMetrics(scaled(self.font(), factor))
        text = f"{self.headline()}   {percent(self.predictions[0].probability)}"
        return metrics.horizontalAdvance(text) + 2 * MARGIN <= width

    def plan(self) -> _Plan:
        """Compute the layout: the largest first name that leaves enough height for the other rows."""
        roomy, tight = self._row_heights()
        if not self.predictions:
            return _Plan(COMFORTABLE, self._head(COMFORTABLE), roomy)
        room, others = self.maximumViewportSize(), len(self.predictions) - 1
        width = room.width() - self.verticalScrollBar().sizeHint().width()
        factors = [each for each in FACTORS if each <= self._largest]
        fitting = [each for each in factors if self._fits(each, width)] or [FACTORS[-1]]
        for row, largest in ((roomy, FACTORS[0]), (tight, COMFORTABLE)):
            for factor in fitting:
                if factor <= largest and self._head(factor) + others * row <= room.height():
                    return _Plan(factor, self._head(factor), row)
        modest = [each for each in fitting if each <= 2 and self._head(each) <= room.height() * 0.6]
        factor = modest[0] if modest else FACTORS[-1]
        return _Plan(factor, self._head(factor), tight)

    def sizeHint(self) -> QSize:
        """Ask for the first class large and a few more in comfort; more than that is drawn closer or scrolled."""
        rows = min(self._usual - 1, HINTED_ROWS)
        height = (
            self._head(min(COMFORTABLE, self._largest))
            + rows * self._row_heights()[0]
            + 2 * self.frameWidth()
            + 4
        )
        return QSize(self.fontMetrics().averageCharWidth() * 48, height)

    def minimumSizeHint(self) -> QSize:
        """Leave the first class and four more readable."""
        rows = min(self._usual, HINTED_ROWS) - 1
        height = self._head(FACTORS[-1]) + rows * self._row_heights()[1] + 2 * self.frameWidth() + 4
        return QSize(self.fontMetrics().averageCharWidth() * 22, height)

    def head_height(self) -> int:
        """Return the height of the first class at its smallest."""
        return self._head(FACTORS[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Compute the layout again."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    # Gestures

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy all rows; the arrows are the list's own."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
            return
        super().keyPressEvent(event)

    @Slot(QItemSelection, QItemSelection)
    def _emit_chosen(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        for index in selected.indexes():
            self.classChosen.emit(index.data(PREDICTION).index)
