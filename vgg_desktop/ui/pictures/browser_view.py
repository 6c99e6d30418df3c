"""The pictures as a list or as a grid, with the names of groups between them."""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView
from shiboken6 import isValid

from vgg_desktop.ui.pictures.arrangement import Group, GroupKey
from vgg_desktop.ui.pictures.item_view import ItemView
from vgg_desktop.ui.pictures.result_delegate import HeaderPart, Mode, header_part
from vgg_desktop.ui.pictures.results_model import ResultsModel, Role
from vgg_desktop.ui.pictures.rows import ResultRow

Index = QModelIndex | QPersistentModelIndex
Anchor = tuple[ResultRow, int]  # a row, and how far below the upper edge of the view it is

Flag = QItemSelectionModel.SelectionFlag


class BrowserView(ItemView):
    """A list or a grid that keeps its place when its rows are rearranged."""

    groupChosen = Signal(object)  # noqa: N815 - Qt's way of naming; the GroupKey of which nothing else is to be shown

    def __init__(self, model: ResultsModel) -> None:
        super().__init__(model)
        self._anchors: list[Anchor] = []  # what is to stay where it is, the first of them that is still shown
        self._lost: list[Anchor] = []  # none of them was, and the user has not moved since
        self._selected: list[ResultRow] = []  # while the lines are rearranged
        self._hidden: list[ResultRow] = []  # selected, and not shown at the moment
        self._stand_in: ResultRow | None = None  # is selected instead of them
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self._lost.clear())
        model.arranging.connect(self._keep_place)
        model.arranged.connect(self._restore_place)
        model.modelReset.connect(self._forget_place)
        model.is_held = self._needs_rows

    def set_mode(self, mode: Mode) -> None:
        """Show a list or a grid; what is looked at stays in view."""
        anchors = self._find_anchors()
        self.delegate.mode = mode
        self._fit()
        self._stay_at(anchors)
        self.viewport().update()

    # What is selected

    def selected(self) -> list[ResultRow]:
        """Return the pictures selected, from top to bottom."""
        # By ranges: of a hundred thousand selected rows to make each one's index takes a third of a second.
        ranges = [range(each.top(), each.bottom() + 1) for each in self.selectionModel().selection().toList()]
        return self._model.arrangement.rows_at(sorted(itertools.chain(*ranges)))

    def selected_count(self) -> int:
        """Return how many pictures are selected."""
        ranges = self.selectionModel().selection().toList()
        headers = self._layout.headers
        pairs = ((bisect_left(headers, each.top()), bisect_right(headers, each.bottom())) for each in ranges)
        return sum(each.height() for each in ranges) - sum(last - first for first, last in pairs)

    def select(self, row: ResultRow) -> None:
        """Look at this picture, and select nothing else; if its group is folded, unfold it."""
        if not self._model.index_of(row).isValid():
            self._model.arrange()  # it may be in another group by now
            self._model.fold(self._model.filter.group_of(row), False)
        self.selectionModel().setCurrentIndex(self._model.index_of(row), Flag.ClearAndSelect)
        self._lost = []

    def go_to(self, row: ResultRow) -> None:
        """Look at this picture, and leave the selection as it is."""
        self.selectionModel().setCurrentIndex(self._model.index_of(row), Flag.NoUpdate)

    def look_at(self, row: ResultRow, below: int | None = None) -> None:
        """Look at a picture that the user did not choose, `below` the upper edge of the view; see `select`.

        What was selected comes back with the filter's end.
        """
        hidden, lost = self._hidden, self._lost
        self._fit()
        self.select(row)
        self._hidden, self._stand_in, self._lost = hidden, row, lost
        if below is not None:
            self._stay_at([(row, below)])

    def select_group(self, key: GroupKey) -> None:
        """Select the pictures of a group."""
        self._model.fold(key, False)
        header = self._model.index_of(key)
        group: Group | None = header.data(Role.GROUP)
        if group is None:
            return
        self.selectionModel().setCurrentIndex(header, Flag.NoUpdate)
        first, last = (self._model.index(header.row() + each, 0) for each in (1, len(group.rows)))
        self.selectionModel().select(QItemSelection(first, last), Flag.ClearAndSelect)

    def select_rows(self, rows: Iterable[ResultRow]) -> None:
        """Select these pictures as far as they are shown, and nothing else."""
        places = self._model.arrangement.places_of(rows)
        # Neighbours become one range.
        breaks = [
            number for number, (one, next) in enumerate(itertools.pairwise(places), 1) if next > one + 1
        ]
        selection = QItemSelection()
        for first, end in itertools.pairwise((0, *breaks, len(places))):
            if first < end:
                ends = (self._model.index(places[each], 0) for each in (first, end - 1))
                selection.append(QItemSelectionRange(*ends))
        self.selectionModel().select(selection, Flag.ClearAndSelect)

    # Its place

    def _needs_rows(self) -> bool:
        """Return whether the pointer is on a picture that would go elsewhere, or is selecting."""
        if not isValid(self):
            return False  # the model outlives its view
        if self.state() is not QAbstractItemView.State.NoState:
            return True
        row: ResultRow | None = self.under_pointer().data(Role.ROW)
        return row in self._model.stale

    def _find_anchors(self) -> list[Anchor]:
        """Return the pictures in view: the one at the pointer, the current one, then from top to bottom."""
        visible, stale = self._visible(), self._model.stale
        found = [index.row() for index in (self.under_pointer(), self.currentIndex()) if index.isValid()]
        places = dict.fromkeys([*(place for place in found if place in visible), *visible])
        offset = self.verticalOffset()
        pairs = [
            (row, self._layout.rect(place).top() - offset)
            for place in places
            for row in self._model.arrangement.rows_at([place])
        ]
        staying = [pair for pair in pairs if pair[0] not in stale]
        return staying or pairs

    def _stay_at(self, anchors: Iterable[Anchor]) -> bool:
        """Scroll so that the first of these rows that is still shown is where it was; False where none is."""
        for row, below in anchors:
            if (index := self._model.index_of(row)).isValid():
                self.verticalScrollBar().setValue(self._layout.rect(index.row()).top() - below)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the size; another number of columns does not move what is looked at."""
        anchors = self._find_anchors() if event.oldSize().width() != event.size().width() else []
        QAbstractItemView.resizeEvent(self, event)
        self._stay_at(anchors)

    @Slot()
    def _keep_place(self) -> None:
        self._selected, self._anchors = self.selected(), self._find_anchors()
        # Qt would follow each row of the selection on its own.
        with QSignalBlocker(self.selectionModel()):
            self.selectionModel().clearSelection()

    @Slot()
    def _restore_place(self) -> None:
        self._fit()
        if self._stay_at(self._lost):
            self._lost = []
        elif not self._stay_at(self._anchors):
            self._lost = self._lost or self._anchors
        rows, came_back = [*self._selected, *self._hidden], False
        hidden = self._model.arrangement.not_shown(rows)
        if self._selected == [self._stand_in]:
            hidden = [row for row in hidden if row is not self._stand_in]
            came_back = 1 < len(self._hidden) > len(hidden)
            rows = self._hidden if came_back else self._selected
        with QSignalBlocker(self.selectionModel()):
            if len(rows) == self._model.shown_count and rows:
                self.selectAll()
            else:
                self.select_rows(rows)
        if came_back:
            self.go_to(self._model.arrangement.rows_at(self._model.arrangement.places_of(rows))[0])
            self._stand_in = None
        self._hidden = hidden
        self._selected, self._anchors = [], []
        self.viewport().update()

    @Slot()
    def _forget_place(self) -> None:
        self._hidden, self._lost, self._stand_in = [], [], None
        self._fit()

    # What the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold, select and choose groups; leave what the list has no use for to the window.

        Typed letters would only jump about by name.
        """
        self._lost = []
        group: Group | None = self.currentIndex().data(Role.GROUP)
        keys = Qt.Key
        if group is not None and event.key() in (keys.Key_Left, keys.Key_Right):
            self._model.fold(group.key, event.key() == keys.Key_Left)
        elif group is not None and event.key() == keys.Key_Space:
            self.select_group(group.key)
        elif group is not None and event.key() in (keys.Key_Return, keys.Key_Enter):
            self.groupChosen.emit(group.key)
        elif self.mode is Mode.LIST and event.key() == keys.Key_Left and self._layout.headers:
            self._go_to_header()
        elif event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _go_to_header(self) -> None:
        above = [each for each in self._layout.headers if each <= self.currentIndex().row()]
        if above:
            self.selectionModel().setCurrentIndex(self._model.index(above[-1], 0), Flag.Clear)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold, select or choose a group where its name is pressed."""
        self._lost = []
        if not self._press_header(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second press on a group as another one."""
        if not self._press_header(event):
            super().mouseDoubleClickEvent(event)

    def _press_header(self, event: QMouseEvent) -> bool:
        index = self.indexAt(event.position().toPoint())
        group: Group | None = index.data(Role.GROUP)
        if group is None:
            return False
        place = event.position().toPoint()
        part = header_part(self.fontMetrics(), self.visualRect(index), group, str(index.data()), place)
        if event.button() is not Qt.MouseButton.LeftButton:
            self.select_group(group.key)
        elif part is HeaderPart.ARROW:
            self._model.fold(group.key, not group.is_folded)
        elif part is HeaderPart.COUNT:
            self.groupChosen.emit(group.key)
        else:
            self.select_group(group.key)
        return True

    def selectionChanged(  # noqa: N802 - Qt's name
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        """Tell screen readers what is selected, and forget what was selected before the filter."""
        QAbstractItemView.selectionChanged(self, selected, deselected)
        self._hidden, self._stand_in = [], None
        for changed, event in (
            (selected, QAccessible.Event.SelectionAdd),
            (deselected, QAccessible.Event.SelectionRemove),
        ):
            if not changed.isEmpty():
                self.announce(event, changed.at(0).top())
