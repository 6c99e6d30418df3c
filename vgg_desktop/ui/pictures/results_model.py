"""The list of pictures: one row per picture, updated in constant time, filtered and sorted in memory."""

import enum
import itertools
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QStandardItemModel

from vgg_desktop.inference.results import Classification
from vgg_desktop.ui.look.widgets import plain_tool_tip
from vgg_desktop.ui.pictures.rows import OPEN, Counts, Filter, Kind, Order, ResultRow, RowState, sort_key
from vgg_desktop.ui.words.class_names import name_of
from vgg_desktop.ui.words.formats import as_sentence, percent
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import reason_text

Index = QModelIndex | QPersistentModelIndex

THUMBNAILS = 600  # kept; at 128 pixels about 30 MB
REARRANGE_MS = 300  # results that arrive move rows at most this often


class Role(enum.IntEnum):
    """What the delegate asks for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    SUMMARY = Qt.ItemDataRole.UserRole + 2
    HEADLINE = Qt.ItemDataRole.UserRole + 3
    THUMBNAIL = Qt.ItemDataRole.UserRole + 4


class ResultsModel(QStandardItemModel):
    """Pictures as rows, one per file; what is set for a row that was removed is ignored.

    Qt's own model holds nothing but the number of rows: a list asks for it once a row whenever it lays out its rows,
    and hundreds of thousands of calls into Python would keep the window waiting each time.
    """

    countsChanged = Signal()  # noqa: N815 - Qt's way of naming
    rowUpdated = Signal(object)  # noqa: N815 - carries the row, or None when many have changed
    thumbnailsWanted = Signal(object)  # noqa: N815 - carries a tuple of rows that were painted without theirs

    def __init__(self) -> None:
        super().__init__(0, 1)
        self._rows: dict[Path, ResultRow] = {}  # in the order in which they were added
        self._shown: list[ResultRow] = []
        self._places: dict[ResultRow, int] = {}
        self._states: Counter[RowState] = Counter()
        self._unsure = 0
        self.filter = Filter()
        self.order = Order.ADDED
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
        if role == Role.HEADLINE:
            return self._headline(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip("\n".join([str(row.path), *self._remarks(row)]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.path.name}: {self.summary(row)}"
        return None

    def summary(self, row: ResultRow) -> str:
        """Return the state of a picture, or its best class, in a line."""
        if row.state is RowState.DONE and row.classification is not None:
            return f"{self._headline(row)}, {percent(row.probability)}"
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

    @staticmethod
    def _remarks(row: ResultRow) -> Iterator[str]:
        """Yield what went wrong with a picture, and what is to be known of its result."""
        if row.error is not None:
            yield describe(row.error).text
        if row.classification is not None and row.classification.note is not None:
            yield as_sentence(reason_text(row.classification.note))

    def _headline(self, row: ResultRow) -> str:
        """Return the best class, and beside it the one that the filter found."""
        name = self.tr("Not sure: {0}").format(row.label) if self.filter.is_unsure(row) else row.label
        found = self.filter.matching_class(row)
        if found is None or found is row.classification.predictions[0]:  # type: ignore[union-attr] # found in it
            return name
        return f"{name} ({name_of(found)} {percent(found.probability)})"

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
            stopped=states[RowState.CANCELLED],
            unsure=self._unsure,
        )

    def rows(self) -> tuple[ResultRow, ...]:
        """Return every row, shown or not, in the order in which they were added."""
        return tuple(self._rows.values())

    def shown(self) -> tuple[ResultRow, ...]:
        """Return the rows that are shown, from top to bottom."""
        return tuple(self._shown)

    def row_of(self, path: Path) -> ResultRow | None:
        """Return the row of a file, or None where it is not on the list."""
        return self._rows.get(path)

    def index_of(self, row: ResultRow) -> QModelIndex:
        """Return where a row is shown; an invalid index when it is not."""
        place = self._places.get(row)
        return QModelIndex() if place is None else self.index(place, 0)

    # Changes

    def add(self, files: Iterable[Path]) -> list[ResultRow]:
        """Append the pictures that are not on the list yet, and return their rows."""
        rows = [ResultRow(path) for path in dict.fromkeys(files) if path not in self._rows]
        if not rows:
            return rows
        self._rows.update((row.path, row) for row in rows)
        self._states[RowState.WAITING] += len(rows)
        shown = [row for row in rows if self.filter.passes(row)]
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
        waiting = [row for row in self._rows.values() if row in chosen]
        for row in waiting:
            self._count(row, -1)
            row.state, row.error = RowState.WAITING, None
            self._count(row, 1)
        self._all_changed()
        return waiting

    def stop_open(self) -> None:
        """Mark every waiting or running row as stopped."""
        for row in self._rows.values():
            if row.state in OPEN:
                self._count(row, -1)
                row.state = RowState.CANCELLED
                self._count(row, 1)
        self._all_changed()

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Forget some rows."""
        for row in rows:
            if self._holds(row):
                del self._rows[row.path]
                self._count(row, -1)
        self._rearrange()
        self.countsChanged.emit()

    def clear(self) -> None:
        """Forget every row."""
        self.beginResetModel()
        for store in (self._rows, self._shown, self._places, self._states, self._thumbnails, self._wanted):
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
        held = [(row, classification) for row, classification in pairs if self._holds(row)]
        for row, classification in held:
            self._change(row, RowState.DONE, classification, None)
        if held:
            self._all_changed()

    def _set(
        self,
        row: ResultRow,
        state: RowState,
        classification: Classification | None,
        error: Exception | None,
    ) -> None:
        if not self._holds(row):
            return
        self._change(row, state, classification, error)
        index = self.index_of(row)
        if index.isValid():
            self.dataChanged.emit(index, index)
        if state not in OPEN:
            self._move_later()
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

    def _holds(self, row: ResultRow) -> bool:
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
            self._unsure = sum(self.filter.is_unsure(row) for row in done)
            self._all_changed()

    def set_thumbnail(self, row: ResultRow, image: QImage) -> None:
        """Keep a picture's thumbnail; of very many the ones unused for longest are forgotten."""
        if not self._holds(row):
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
        """Show only pictures whose name, or one of whose probable classes, contains a text."""
        self.filter.text = text.strip().casefold()
        self._rearrange()

    def set_kind(self, kind: Kind) -> None:
        """Show only the pictures of one kind, as far as the filter shows them."""
        self.filter.kind = kind
        self._rearrange()

    def set_order(self, order: Order) -> None:
        """Sort the list; equal rows stay as they were added."""
        self.order = order
        self._rearrange()

    def arrange(self) -> None:
        """Filter and sort again, as after another language has other names."""
        self._rearrange()

    def _move_later(self) -> None:
        """Rearrange soon when what arrived may belong elsewhere."""
        if (self.filter.is_active or self.order is not Order.ADDED) and not self._rearranging.isActive():
            self._rearranging.start()

    def _rearrange(self) -> None:
        """Filter and sort again; what is selected stays selected."""
        self._rearranging.stop()
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        moved = [self._shown[index.row()] for index in old]
        rows = self._rows.values()
        self._shown = (
            [row for row in rows if self.filter.passes(row)] if self.filter.is_active else list(rows)
        )
        if self.order is not Order.ADDED:
            self._shown.sort(key=sort_key(self.order))
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
        self.rowUpdated.emit(None)
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
