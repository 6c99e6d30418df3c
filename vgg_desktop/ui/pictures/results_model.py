"""The list of pictures: one row per picture, updated in constant time, filtered, sorted and grouped in memory."""

import enum
import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QStandardItemModel

from vgg_desktop.inference.results import Classification
from vgg_desktop.ui.look.widgets import plain_tool_tip
from vgg_desktop.ui.pictures.arrangement import Arrangement, Group, GroupKey
from vgg_desktop.ui.pictures.row_texts import RowTexts
from vgg_desktop.ui.pictures.rows import OPEN, ClassKey, Counts, Grouping, Kind, Order, ResultRow, RowState
from vgg_desktop.ui.pictures.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex

THUMBNAIL = 128  # pixels of the longer side, unless a view sets another
REARRANGE_MS = 300  # results that arrive move rows at most this often
REST = 9  # of ten parts of the time, a list that takes long to rearrange is left as it is


class Role(enum.IntEnum):
    """What the delegate asks for beyond Qt's own roles; a line of the list is either a row or a group."""

    ROW = Qt.ItemDataRole.UserRole + 1
    SUMMARY = Qt.ItemDataRole.UserRole + 2
    HEADLINE = Qt.ItemDataRole.UserRole + 3
    THUMBNAIL = Qt.ItemDataRole.UserRole + 4
    GROUP = Qt.ItemDataRole.UserRole + 5


class ResultsModel(QStandardItemModel):
    """Pictures as rows, one per file, with the groups' names between them; ignores what is set for a removed row.

    Qt's own model holds nothing but the number of lines.
    """

    countsChanged = Signal()  # noqa: N815 - Qt's way of naming
    rowUpdated = Signal(object)  # noqa: N815 - carries the row, or None when many have changed
    thumbnailsWanted = Signal(object)  # noqa: N815 - carries a tuple of rows that were painted without theirs
    arranging = Signal()  # the lines are about to be others, and `stale` rows to be elsewhere
    arranged = Signal()

    def __init__(self) -> None:
        super().__init__(0, 1)
        self._rows: dict[Path, ResultRow] = {}  # in the order in which they were added
        self._numbers = itertools.count()
        self._states: Counter[RowState] = Counter()
        self._unsure = 0
        self.arrangement = Arrangement()
        self.filter = self.arrangement.filter
        self.stale: set[ResultRow] = set()  # what would be elsewhere if the list were arranged now
        self._all_stale = False  # any row may belong elsewhere
        self.is_held: Callable[[], bool] = lambda: False  # whether a view needs its rows where they are
        self.texts = RowTexts(self.filter)
        self.thumbnail_side = THUMBNAIL
        self.thumbnails = Thumbnails()
        self._wanted: dict[ResultRow, None] = {}
        self._rearranging = QTimer(self, interval=REARRANGE_MS, singleShot=True)
        self._rearranging.timeout.connect(self._arrange_unless_held)
        self._asking = QTimer(self, interval=30, singleShot=True)
        self._asking.timeout.connect(self._ask_for_thumbnails)

    @property
    def order(self) -> Order:
        """What the list is sorted by."""
        return self.arrangement.order

    @property
    def grouping(self) -> Grouping:
        """How the list is grouped."""
        return self.arrangement.grouping

    # What views ask

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags of a line: not editable, and selectable if it is a picture."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        is_row = isinstance(self.arrangement.lines[index.row()], ResultRow)
        return flag.ItemIsSelectable | flag.ItemIsEnabled if is_row else flag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view shows of a line."""
        if not index.isValid():
            return None
        line = self.arrangement.lines[index.row()]
        return self._group_data(line, role) if isinstance(line, Group) else self._row_data(line, role)

    def _group_data(self, group: Group, role: int) -> object:
        if role == Role.GROUP:
            return group
        if role in (Qt.ItemDataRole.DisplayRole, Role.HEADLINE):
            return self.texts.group_name(group.key)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.texts.group(group)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("Click to select the group, and its number to show nothing else")
        return None

    def _row_data(self, row: ResultRow, role: int) -> object:
        if role == Role.ROW:
            return row
        if role == Role.THUMBNAIL:
            return self._thumbnail(row)
        if role == Role.SUMMARY:
            return self.texts.summary(row)
        if role == Role.HEADLINE:
            return self.texts.headline(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip("\n".join([str(row.path), *self.texts.remarks(row)]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.path.name}: {self.texts.spoken(row)}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and self.grouping is not Grouping.NONE:
            return self.tr("Group {0}").format(self.texts.group_name(self.filter.group_of(row)))
        return None

    def summary(self, row: ResultRow) -> str:
        """Return the best class of a picture, why it has none, or an earlier one with the network that it is from."""
        return self.texts.summary(row)

    # What the session asks

    @property
    def counts(self) -> Counts:
        """How many pictures are in which state, shown or not."""
        return Counts.of_states(self._states, self._unsure)

    def rows(self) -> tuple[ResultRow, ...]:
        """Return every row, shown or not, in the order in which they were added."""
        return tuple(self._rows.values())

    def shown(self) -> tuple[ResultRow, ...]:
        """Return the rows that the filter shows, from top to bottom; those of folded groups are among them."""
        return tuple(self.arrangement.passing)

    @property
    def shown_count(self) -> int:
        """How many rows the filter shows."""
        return len(self.arrangement.passing)

    def row_of(self, path: Path) -> ResultRow | None:
        """Return the row of a file, or None where it is not on the list."""
        return self._rows.get(path)

    def index_of(self, line: ResultRow | GroupKey) -> QModelIndex:
        """Return where a row or a group is shown; an invalid index when it is not."""
        place = self.arrangement.places.get(line)
        return QModelIndex() if place is None else self.index(place, 0)

    # Changes

    def add(self, files: Iterable[Path]) -> list[ResultRow]:
        """Append the pictures that are not on the list yet, and return their rows."""
        new = (path for path in dict.fromkeys(files) if path not in self._rows)
        rows = [ResultRow(path, number=next(self._numbers)) for path in new]
        if not rows:
            return rows
        self._rows.update((row.path, row) for row in rows)
        self._states[RowState.WAITING] += len(rows)
        self.arrangement.append(row for row in rows if self.filter.passes(row))
        self.setRowCount(len(self.arrangement.lines))
        if self.order is not Order.ADDED:
            self._move_later()
        self.countsChanged.emit()
        return rows

    def wait_again(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """Set rows back to waiting, as when another network is chosen, and return those of the list in its order."""
        chosen = set(rows)
        waiting = [row for row in self._rows.values() if row in chosen]
        for row in waiting:
            self._count(row, -1)
            row.state, row.error = RowState.WAITING, None
            self._count(row, 1)
        self._all_changed()  # without moving any: what is looked at stays where it is, and so do earlier answers
        return waiting

    def stop_open(self) -> None:
        """Mark every waiting or running row as stopped."""
        for row in self._rows.values():
            if row.state in OPEN:
                self._count(row, -1)
                row.state = RowState.CANCELLED
                self._count(row, 1)
        self._all_changed()
        self._move_later()

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Forget some rows."""
        for row in rows:
            if self.holds(row):
                del self._rows[row.path]
                self._count(row, -1)
                self.thumbnails.forget(row.path)
        self.arrange()
        self.countsChanged.emit()

    def clear(self) -> None:
        """Forget every row."""
        self.beginResetModel()
        kept = (self._rows, self.arrangement, self._states, self.stale, self.thumbnails, self._wanted)
        for store in kept:
            store.clear()
        with QSignalBlocker(self):
            self.setRowCount(0)
        self._unsure = 0
        self.endResetModel()
        self.countsChanged.emit()

    def set_state(self, row: ResultRow, state: RowState, error: Exception | None = None) -> None:
        """Set the state of a picture."""
        self._set(row, state, row.classification, error)

    def set_result(self, row: ResultRow, classification: Classification) -> None:
        """Set the result of a picture."""
        self._set(row, RowState.DONE, classification, None)

    def set_results(self, pairs: Iterable[tuple[ResultRow, Classification]]) -> None:
        """Set the results of many pictures; views hear of it once, and `rowUpdated` carries None."""
        held = {row: classification for row, classification in pairs if self.holds(row)}
        are_first = any(row.classification is None for row in held)
        for row, classification in held.items():
            self._change(row, RowState.DONE, classification, None)
        if held:
            self._all_changed()
            self._move_answered(held, are_first)

    def _set(
        self,
        row: ResultRow,
        state: RowState,
        classification: Classification | None,
        error: Exception | None,
    ) -> None:
        if not self.holds(row):
            return
        is_first = row.classification is None
        self._change(row, state, classification, error)
        index = self.index_of(row)
        if index.isValid():
            self.dataChanged.emit(index, index)
        if state not in OPEN:
            self._move_answered([row], is_first)
        self.rowUpdated.emit(row)
        self.countsChanged.emit()

    def _change(
        self,
        row: ResultRow,
        state: RowState,
        classification: Classification | None,
        error: Exception | None,
    ) -> None:
        self._count(row, -1)
        row.state, row.classification, row.error = state, classification, error
        self._count(row, 1)

    def holds(self, row: ResultRow) -> bool:
        """Return whether a row is on the list, shown or not."""
        return self._rows.get(row.path) is row

    def _count(self, row: ResultRow, by: int) -> None:
        """Count a picture in its state, or with -1 no longer."""
        self._states[row.state] += by
        if row.state is RowState.DONE and self.filter.is_unsure(row):
            self._unsure += by

    def set_unsure_below(self, probability: float) -> None:
        """Set the threshold below which the best class of a picture is called unsure, 0 to 1."""
        if probability != self.filter.unsure_below:
            self.filter.unsure_below = probability
            done = (row for row in self._rows.values() if row.state is RowState.DONE)
            self._unsure = sum(map(self.filter.is_unsure, done))
            self._all_changed()
            self._move_later()

    def set_thumbnail(self, row: ResultRow, image: QImage, side: int = THUMBNAIL) -> None:
        """Keep a picture's thumbnail that was made to fit a side in pixels."""
        if not self.holds(row):
            return
        self.thumbnails.keep(row.path, image, side)
        index = self.index_of(row)
        if index.isValid():
            self.dataChanged.emit(index, index, [Role.THUMBNAIL])

    # Arrangement

    def set_filter(self, text: str) -> None:
        """Show only pictures whose name, or one of whose probable classes, contains a text."""
        self.filter.text = text.strip().casefold()
        self.arrange()

    def set_kind(self, kind: Kind) -> None:
        """Show only the pictures of one kind, as far as the filter shows them."""
        self.filter.kind = kind
        self.arrange()

    def set_class(self, chosen: ClassKey | None) -> None:
        """Show only the pictures of a class, or with None those of every class."""
        self.filter.chosen = chosen
        self.arrange()

    def set_order(self, order: Order) -> None:
        """Sort the list; equal rows stay as they were added."""
        self.arrangement.order = order
        self.arrange()

    def set_grouping(self, grouping: Grouping) -> None:
        """Put the pictures into groups, or into one list."""
        self.arrangement.grouping = grouping
        self.arrange()

    def fold(self, key: GroupKey, folded: bool) -> None:
        """Hide the pictures of a group below its name, or show them."""
        if folded != (key in self.arrangement.folded):
            (self.arrangement.folded.add if folded else self.arrangement.folded.discard)(key)
            self.arrange()

    def _move_answered(self, rows: Iterable[ResultRow], are_first: bool) -> None:
        """Rearrange soon for pictures that had no answer; those that had one wait until all are classified again.

        The list would otherwise change all over while it is looked at, half of it by earlier answers.
        """
        if not self.arrangement.is_plain:
            self.stale.update(rows)
        if are_first or not (self._states[RowState.WAITING] or self._states[RowState.RUNNING]):
            self._start_moving()

    def _move_later(self) -> None:
        """Rearrange soon when any of the rows may belong elsewhere."""
        self._all_stale = True
        self._start_moving()

    def _start_moving(self) -> None:
        if not self.arrangement.is_plain and not self._rearranging.isActive():
            self._rearranging.start()

    def _arrange_unless_held(self) -> None:
        if self.is_held():
            self._rearranging.start()
        elif self._all_stale or self.grouping is Grouping.NONE or self.filter.is_active:
            self.arrange()
        else:
            self._rearrange(lambda: self.arrangement.move(self.stale))

    def arrange(self) -> None:
        """Filter, sort and group again, as after another language has other names."""
        self._rearrange(lambda: self.arrangement.arrange(self._rows.values()))

    def _rearrange(self, arrange: Callable[[], None]) -> None:
        """Let views follow another arrangement; what is selected stays selected."""
        begun = time.perf_counter()
        self._rearranging.stop()
        self.arranging.emit()
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        moved = [self.arrangement.key_at(index.row()) for index in old]
        arrange()
        lines = len(self.arrangement.lines)
        with QSignalBlocker(self):  # views hear of it as one new arrangement, not as rows that come or go
            self.setRowCount(max(self.rowCount(), lines))
            self.changePersistentIndexList(old, [self.index_of(key) for key in moved])
            self.setRowCount(lines)
        self.stale.clear()
        self._all_stale = False
        self.layoutChanged.emit()
        self.arranged.emit()
        self._rearranging.setInterval(max(REARRANGE_MS, round(REST * (time.perf_counter() - begun) * 1000)))

    def _all_changed(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        self.rowUpdated.emit(None)
        self.countsChanged.emit()

    # Thumbnails

    def _thumbnail(self, row: ResultRow) -> QImage | None:
        image, side = self.thumbnails.find(row.path)
        if side < self.thumbnail_side and row.state is not RowState.FAILED:
            self._wanted[row] = None
            self._asking.start()  # again at each row, so that it fires when the painting is over
        return image

    def _ask_for_thumbnails(self) -> None:
        wanted, self._wanted = tuple(self._wanted), {}
        self.thumbnailsWanted.emit(wanted)
