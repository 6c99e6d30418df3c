"""The list of pictures: one row per picture, updated in constant time, filtered and sorted in memory."""

import enum
import itertools
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QStandardItemModel

from vgg_desktop.inference.results import Classification
from vgg_desktop.models.labels import short_name
from vgg_desktop.ui.words.formats import as_sentence, percent
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import reason_text

Index = QModelIndex | QPersistentModelIndex

THUMBNAILS = 600  # kept; at 128 pixels about 30 MB
REARRANGE_MS = 300  # results that arrive move rows at most this often


class RowState(enum.Enum):
    """The state of one picture."""

    WAITING = enum.auto()
    RUNNING = enum.auto()
    DONE = enum.auto()
    FAILED = enum.auto()
    CANCELLED = enum.auto()


OPEN = (RowState.WAITING, RowState.RUNNING)


class Order(enum.Enum):
    """What the list is sorted by."""

    ADDED = enum.auto()
    NAME = enum.auto()
    CLASS = enum.auto()
    SUREST = enum.auto()
    LEAST_SURE = enum.auto()


@dataclass(slots=True, eq=False)
class ResultRow:
    """One picture of the list; changed by the model only, and compared by identity."""

    path: Path
    state: RowState = RowState.WAITING
    classification: Classification | None = None
    error: Exception | None = None

    @property
    def label(self) -> str:
        """The most probable class by its first name, or "" before there is one."""
        return short_name(self.classification.predictions[0].label) if self.classification else ""

    @property
    def probability(self) -> float:
        """The probability of the most probable class, or 0 before there is one."""
        return self.classification.predictions[0].probability if self.classification else 0.0


class Role(enum.IntEnum):
    """What the delegate asks for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    SUMMARY = Qt.ItemDataRole.UserRole + 2
    THUMBNAIL = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pictures there are in all, and in which state."""

    total: int
    open: int
    done: int
    failed: int

    @property
    def ended(self) -> int:
        """How many need no more work."""
        return self.total - self.open


def _key(order: Order) -> Callable[[ResultRow], tuple[object, ...]]:
    """Return what rows are compared by; those without a class come last, equals stay as they were added."""
    if order is Order.NAME:
        return lambda row: (row.path.name.casefold(),)
    if order is Order.CLASS:
        return lambda row: (not row.label, row.label.casefold(), -row.probability)
    if order is Order.SUREST:
        return lambda row: (not row.label, -row.probability)
    return lambda row: (not row.label, row.probability)


class ResultsModel(QStandardItemModel):
    """Pictures as rows; what is set for a row that was removed is ignored.

    Qt's own model holds nothing but the number of rows: a list asks for it once a row whenever it lays out its rows,
    and hundreds of thousands of calls into Python would keep the window waiting each time.
    """

    countsChanged = Signal()  # noqa: N815 - Qt's way of naming
    rowUpdated = Signal(object)  # noqa: N815 - carries the row
    thumbnailsWanted = Signal(object)  # noqa: N815 - carries a tuple of rows that were painted without theirs

    def __init__(self) -> None:
        super().__init__(0, 1)
        self._rows: dict[ResultRow, None] = {}  # a set in the order in which they were added
        self._shown: list[ResultRow] = []
        self._places: dict[ResultRow, int] = {}
        self._states: Counter[RowState] = Counter()
        self._filter = ""
        self._order = Order.ADDED
        self._thumbnails: OrderedDict[Path, QImage] = OrderedDict()
        self._wanted: dict[ResultRow, None] = {}
        self._rearranging = self._single_shot(REARRANGE_MS, self._rearrange)
        self._asking = self._single_shot(30, self._ask_for_thumbnails)

    def _single_shot(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    # What views ask

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags of a row: selectable, not editable."""
        flag = Qt.ItemFlag
        return flag.ItemIsSelectable | flag.ItemIsEnabled if index.isValid() else flag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view shows of a row."""
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == Role.ROW:
            return row
        if role == Role.THUMBNAIL:
            return self._thumbnail(row)
        if role == Role.SUMMARY:
            return self.summary(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.path) if row.error is None else f"{row.path}\n{describe(row.error).text}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.path.name}: {self.summary(row)}"
        return None

    def summary(self, row: ResultRow) -> str:
        """Return the state of a picture, or its best class, in a line."""
        if row.state is RowState.DONE and row.classification is not None:
            return f"{row.label}, {percent(row.probability)}"
        if row.state is RowState.FAILED and row.error is not None:
            # The row shows the file's name already; only the reason is added.
            why = getattr(row.error, "reason", None)
            return as_sentence(reason_text(why)) if why else describe(row.error).title
        names = {
            RowState.WAITING: self.tr("Waiting"),
            RowState.RUNNING: self.tr("Working…"),
            RowState.CANCELLED: self.tr("Stopped"),
        }
        return names.get(row.state, "")

    # What the session asks

    @property
    def counts(self) -> Counts:
        """How many pictures are in which state, shown or not."""
        states = self._states
        return Counts(
            total=len(self._rows),
            open=states[RowState.WAITING] + states[RowState.RUNNING],
            done=states[RowState.DONE],
            failed=states[RowState.FAILED],
        )

    def rows(self) -> tuple[ResultRow, ...]:
        """Return every row, shown or not, in the order in which they were added."""
        return tuple(self._rows)

    def shown(self) -> tuple[ResultRow, ...]:
        """Return the rows that are shown, from top to bottom."""
        return tuple(self._shown)

    def index_of(self, row: ResultRow) -> QModelIndex:
        """Return where a row is shown; an invalid index when it is not."""
        place = self._places.get(row)
        return QModelIndex() if place is None else self.index(place, 0)

    # Changes

    def add(self, files: Iterable[Path]) -> list[ResultRow]:
        """Append pictures and return their rows."""
        rows = [ResultRow(path) for path in files]
        if not rows:
            return rows
        self._rows.update(dict.fromkeys(rows))
        self._states[RowState.WAITING] += len(rows)
        shown = [row for row in rows if self._passes(row)]
        if shown:
            first = len(self._shown)
            self._shown += shown
            self._places.update(zip(shown, itertools.count(first)))
            self.setRowCount(len(self._shown))
        self._move_later()
        self.countsChanged.emit()
        return rows

    def wait_again(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """Set rows back to waiting, as when another network is chosen, and return those of the list in its order."""
        chosen = set(rows)
        waiting = [row for row in self._rows if row in chosen]
        for row in waiting:
            self._states[row.state] -= 1
            row.state, row.error = RowState.WAITING, None
        self._states[RowState.WAITING] += len(waiting)
        self._all_changed()
        return waiting

    def stop_open(self) -> None:
        """Mark every waiting or running row as stopped."""
        for row in self._rows:
            if row.state in OPEN:
                row.state = RowState.CANCELLED
        self._states[RowState.CANCELLED] += self._states.pop(RowState.WAITING, 0)
        self._states[RowState.CANCELLED] += self._states.pop(RowState.RUNNING, 0)
        self._all_changed()

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Forget some rows."""
        for row in rows:
            if row in self._rows:
                del self._rows[row]
                self._states[row.state] -= 1
        self._rearrange()
        self.countsChanged.emit()

    def clear(self) -> None:
        """Forget every row."""
        self.beginResetModel()
        for store in (self._rows, self._shown, self._places, self._states, self._thumbnails, self._wanted):
            store.clear()
        with QSignalBlocker(self):
            self.setRowCount(0)
        self.endResetModel()
        self.countsChanged.emit()

    def set_state(self, row: ResultRow, state: RowState, error: Exception | None = None) -> None:
        """Set the state of a picture."""
        if row not in self._rows:
            return
        self._states[row.state] -= 1
        self._states[state] += 1
        row.state, row.error = state, error
        index = self.index_of(row)
        if index.isValid():
            self.dataChanged.emit(index, index)
        self.rowUpdated.emit(row)
        self.countsChanged.emit()

    def set_result(self, row: ResultRow, classification: Classification) -> None:
        """Set the result of a picture."""
        row.classification = classification
        self.set_state(row, RowState.DONE)
        self._move_later()

    def set_thumbnail(self, row: ResultRow, image: QImage) -> None:
        """Keep a picture's thumbnail; of very many the ones unused for longest are forgotten."""
        if row not in self._rows:
            return
        self._thumbnails[row.path] = image
        self._thumbnails.move_to_end(row.path)
        while len(self._thumbnails) > THUMBNAILS:
            self._thumbnails.popitem(last=False)
        index = self.index_of(row)
        if index.isValid():
            self.dataChanged.emit(index, index, [Role.THUMBNAIL])

    # Arrangement

    def set_filter(self, text: str) -> None:
        """Show only pictures whose name, or one of whose most probable classes, contains a text."""
        self._filter = text.strip().casefold()
        self._rearrange()

    def set_order(self, order: Order) -> None:
        """Sort the list; equal rows stay as they were added."""
        self._order = order
        self._rearrange()

    def _passes(self, row: ResultRow) -> bool:
        if not self._filter or self._filter in row.path.name.casefold():
            return True
        best = row.classification.predictions if row.classification is not None else ()
        return any(self._filter in each.label.casefold() for each in best)

    def _move_later(self) -> None:
        """Rearrange soon when what arrived may belong elsewhere."""
        if (self._filter or self._order is not Order.ADDED) and not self._rearranging.isActive():
            self._rearranging.start()

    def _rearrange(self) -> None:
        """Filter and sort again; what is selected stays selected."""
        self._rearranging.stop()
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        moved = [self._shown[index.row()] for index in old]
        self._shown = [row for row in self._rows if self._passes(row)] if self._filter else list(self._rows)
        if self._order is not Order.ADDED:
            self._shown.sort(key=_key(self._order))
        self._places = {row: place for place, row in enumerate(self._shown)}
        with QSignalBlocker(self):  # views hear of it as one new arrangement, not as rows that come or go
            self.setRowCount(max(self.rowCount(), len(self._shown)))
            self.changePersistentIndexList(old, [self.index_of(row) for row in moved])
            self.setRowCount(len(self._shown))
        self.layoutChanged.emit()

    def _all_changed(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))
        self._move_later()
        self.countsChanged.emit()

    # Thumbnails

    def _thumbnail(self, row: ResultRow) -> QImage | None:
        image = self._thumbnails.get(row.path)
        if image is not None:
            self._thumbnails.move_to_end(row.path)
        elif row.state is not RowState.FAILED:
            self._wanted[row] = None
            self._asking.start()  # again at each row, so that it fires when the painting is over
        return image

    def _ask_for_thumbnails(self) -> None:
        wanted, self._wanted = tuple(self._wanted), {}
        self.thumbnailsWanted.emit(wanted)
