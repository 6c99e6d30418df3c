"""A list or a grid of many lines in which Qt's own list would lose itself."""

# ruff: noqa: N802 - nearly all of its methods are called by Qt

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QCursor, QPainter, QPaintEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QStyle, QStyleOptionViewItem

from vgg_desktop.ui.pictures.item_layout import ItemLayout
from vgg_desktop.ui.pictures.result_delegate import Mode, ResultDelegate
from vgg_desktop.ui.pictures.results_model import THUMBNAIL, ResultsModel

Index = QModelIndex | QPersistentModelIndex

SIDES = (THUMBNAIL, 192, 256, 384)  # of thumbnails; few, or each width of the grid would read them all again
MANY_RANGES = 100  # of selected rows: more are painted again with everything else
Move = QAbstractItemView.CursorAction


class ItemView(QListView):
    """A list or a grid with headers, laid out in no time with a hundred thousand lines.

    Qt's own list asks each row for its size unless all have the same, which headers have not. To screen readers it
    remains a list; a header is one of its items that cannot be selected.
    """

    def __init__(self, model: ResultsModel) -> None:
        super().__init__()
        self._model = model
        self._layout = ItemLayout()
        self.delegate = ResultDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def mode(self) -> Mode:
        """Whether it is a list or a grid."""
        return self.delegate.mode

    # Where everything is

    def _fit(self) -> None:
        """Lay out the lines for the width that there is."""
        metrics, width = self.fontMetrics(), max(1, self.viewport().width())
        count = self._model.rowCount()
        headers: Sequence[int] = self._model.arrangement.headers()
        if self.mode is Mode.STRIP:
            least, columns, headers = self.delegate.strip_size(metrics), max(1, count), ()
            width = columns * least.width()
            self._model.thumbnail_side = THUMBNAIL
        elif self.mode is Mode.GRID:
            least = self.delegate.tile_size(metrics)
            columns = max(1, width // least.width())
            needed = max(width // columns, least.height()) * self.devicePixelRatioF()
            self._model.thumbnail_side = next((side for side in SIDES if side >= needed), SIDES[-1])
        else:
            least, columns = self.delegate.line_size(metrics), 1
            self._model.thumbnail_side = THUMBNAIL
        head = self.delegate.header_height(metrics)
        self._layout = ItemLayout(count, headers, width, least, head, columns)
        for bar, whole, room, step in (
            (self.verticalScrollBar(), self._layout.height, self.viewport().height(), least.height()),
            (self.horizontalScrollBar(), width, self.viewport().width(), least.width()),
        ):
            bar.setRange(0, max(0, whole - room))
            bar.setPageStep(room)
            bar.setSingleStep(max(1, min(step, room // 4)))

    def doItemsLayout(self) -> None:
        """Lay out all items, without Qt's own look at each."""
        self._fit()
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Follow the size."""
        self._fit()
        QAbstractItemView.updateGeometries(self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def verticalOffset(self) -> int:
        """Return how far the view is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """Return how far the strip is scrolled sideways, in pixels."""
        return self.horizontalScrollBar().value()

    def _origin(self) -> QPoint:
        return QPoint(self.horizontalOffset(), self.verticalOffset())

    def isIndexHidden(self, _index: Index) -> bool:
        """Return False: what is not shown is not in the model's lines."""
        return False

    def visualRect(self, index: Index) -> QRect:
        """Return where an item is in the viewport."""
        if not index.isValid() or index.row() >= self._layout.count:
            return QRect()
        return self._layout.rect(index.row()).translated(-self._origin())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return what is at a point of the viewport."""
        item = self._layout.item_at(point + self._origin())
        return QModelIndex() if item is None else self._model.index(item, 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until an item is in view, no further than needed unless the hint says so."""
        if not index.isValid():
            return
        if index.row() >= self._layout.count:
            self._fit()
        rect, height = self._layout.rect(index.row()), self.viewport().height()
        bar, hints = self.verticalScrollBar(), QAbstractItemView.ScrollHint
        above, below = rect.top(), rect.bottom() + 1 - height
        if hint is hints.PositionAtCenter:
            bar.setValue((above + below) // 2)
        elif hint is hints.PositionAtTop or (hint is hints.EnsureVisible and above < bar.value()):
            bar.setValue(above)
        elif hint is hints.PositionAtBottom or below > bar.value():
            bar.setValue(min(above, below))
        sideways, left, right = self.horizontalScrollBar(), rect.left(), rect.right() + 1
        if not sideways.value() <= left <= right <= sideways.value() + self.viewport().width():
            sideways.setValue(left if left < sideways.value() else right - self.viewport().width())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; the strip sideways."""
        if self.mode is Mode.STRIP:
            QApplication.sendEvent(self.horizontalScrollBar(), event)
        else:
            super().wheelEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted."""
        self.viewport().scroll(dx, dy)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return what has to be painted again when a selection changes."""
        ranges, whole = selection.toList(), self.viewport().rect()
        if len(ranges) > MANY_RANGES:
            return QRegion(whole)
        visible = self._visible()
        region = QRegion()
        for each in ranges:
            for item in range(max(each.top(), visible.start), min(each.bottom() + 1, visible.stop)):
                region += self._layout.rect(item).translated(-self._origin())
        return region

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what is from one corner to the other in reading order."""
        moved = self._origin()
        ends = [self._layout.item_near(corner + moved) for corner in (rect.topLeft(), rect.bottomRight())]
        found = sorted(end for end in ends if end is not None)
        if not found:
            return
        first, last = (self._model.index(found[place], 0) for place in (0, -1))
        self.selectionModel().select(QItemSelection(first, last), command)

    def _visible(self) -> range:
        return self._layout.within(self.viewport().rect().translated(self._origin()))

    def under_pointer(self) -> QModelIndex:
        """Return what the pointer is on."""
        viewport = self.viewport()
        return self.indexAt(viewport.mapFromGlobal(QCursor.pos())) if viewport.underMouse() else QModelIndex()

    def moveCursor(self, action: QAbstractItemView.CursorAction, _keys: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key goes: to the item beside, above or below, the ends, or a page further."""
        count, current = self._layout.count, self.currentIndex().row()
        if not count:
            return QModelIndex()
        if current < 0:
            return self._model.index(0, 0)
        rect = self._layout.rect(current)
        middle, page = rect.center(), max(rect.height(), self.viewport().height() - rect.height())
        sideways = {Move.MoveLeft: -1, Move.MoveRight: 1, Move.MovePrevious: -1, Move.MoveNext: 1}
        heights = {
            Move.MoveUp: rect.top() - 1,
            Move.MoveDown: rect.bottom() + 1,
            Move.MovePageUp: middle.y() - page,
            Move.MovePageDown: middle.y() + page,
        }
        item: int | None = current
        if action in (Move.MoveHome, Move.MoveEnd):
            item = 0 if action is Move.MoveHome else count - 1
        elif action in sideways:
            item = min(max(0, current + sideways[action]), count - 1)
        elif not (action is Move.MoveUp and rect.top() == 0):
            item = self._layout.item_near(QPoint(middle.x(), heights[action]))
        return self._model.index(current if item is None else item, 0)

    # What is shown

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in view."""
        painter, option = QPainter(self.viewport()), QStyleOptionViewItem()
        self.initViewItemOption(option)
        flags = QStyle.StateFlag
        plain = option.state ^ (option.state & flags.State_HasFocus)
        hovered, current = self.under_pointer().row(), self.currentIndex().row()
        selection, origin, area = self.selectionModel(), self._origin(), event.rect()
        for item in self._layout.within(area.translated(origin)):
            option.rect = self._layout.rect(item).translated(-origin)
            if not option.rect.intersects(area):
                continue
            index, state = self._model.index(item, 0), plain
            state |= flags.State_Selected if selection.isSelected(index) else flags.State_None
            state |= flags.State_MouseOver if item == hovered else flags.State_None
            state |= flags.State_HasFocus if item == current and self.hasFocus() else flags.State_None
            option.state = state
            self.delegate.paint(painter, option, index)
        painter.end()

    def dataChanged(self, first: Index, last: Index, roles: Iterable[int] = ()) -> None:
        """Paint what has changed, without laying out everything again."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell screen readers which item is looked at."""
        QAbstractItemView.currentChanged(self, current, previous)
        if current.isValid() and self.hasFocus():
            self.announce(QAccessible.Event.Focus, current.row())

    def announce(self, kind: QAccessible.Event, item: int) -> None:
        """Tell screen readers of an item."""
        if QAccessible.isActive():
            event = QAccessibleEvent(self, kind)
            event.setChild(item)
            QAccessible.updateAccessibility(event)
