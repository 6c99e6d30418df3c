"""The list of pictures: one row a job, updated by job id in constant time."""

import enum
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from vgg_desktop.inference.classifier import Classification

Index = QModelIndex | QPersistentModelIndex


class RowState(enum.Enum):
    """How far one picture is."""

    WAITING = enum.auto()
    RUNNING = enum.auto()
    DONE = enum.auto()
    FAILED = enum.auto()
    CANCELLED = enum.auto()


@dataclass(slots=True)
class ResultRow:
    """One picture of the list; changed by the model only."""

    job_id: int
    path: Path
    state: RowState = RowState.WAITING
    classification: Classification | None = None
    thumbnail: QImage | None = None
    error: Exception | None = None


class Role(enum.IntEnum):
    """What the delegate asks for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1


class ResultsModel(QAbstractListModel):
    """Rows in the order in which the pictures came; ids are never used again."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ResultRow] = []
        self._places: dict[int, int] = {}
        self._next_id = 0

    def rowCount(self, parent: Index | None = None) -> int:
        """Give the number of pictures."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what a view shows of a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.path) if row.error is None else str(row.error)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.path.name}: {self.summary(row)}"
        return None

    def summary(self, row: ResultRow) -> str:
        """Say in a line how far a picture is or what it shows."""
        if row.state is RowState.DONE and row.classification is not None:
            best = row.classification.predictions[0]
            return f"{best.label.split(',')[0]}, {best.probability:.0%}"
        if row.state is RowState.FAILED:
            # The row says which file it is; what is left to say is why.
            reason = str(getattr(row.error, "reason", row.error))
            return reason[:1].upper() + reason[1:]
        names = {
            RowState.WAITING: self.tr("Waiting"),
            RowState.RUNNING: self.tr("Working…"),
            RowState.CANCELLED: self.tr("Cancelled"),
        }
        return names.get(row.state, "")

    def rows(self) -> tuple[ResultRow, ...]:
        """Give every row."""
        return tuple(self._rows)

    def row_of(self, job_id: int) -> ResultRow | None:
        """Give the row of a job, or None when it was cleared."""
        place = self._places.get(job_id)
        return None if place is None else self._rows[place]

    def add(self, files: list[Path]) -> list[ResultRow]:
        """Append pictures and give their rows."""
        first = len(self._rows)
        rows = [ResultRow(self._next_id + offset, path) for offset, path in enumerate(files)]
        if not rows:
            return rows
        self._next_id += len(rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self._places.update({row.job_id: first + offset for offset, row in enumerate(rows)})
        self.endInsertRows()
        return rows

    def renew(self) -> list[ResultRow]:
        """Give every row a new id and let it wait again, as when another network is chosen."""
        self._places.clear()
        for place, row in enumerate(self._rows):
            row.job_id, row.state, row.error = self._next_id, RowState.WAITING, None
            self._next_id += 1
            self._places[row.job_id] = place
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        return list(self._rows)

    def clear(self) -> None:
        """Forget every row."""
        self.beginResetModel()
        self._rows.clear()
        self._places.clear()
        self.endResetModel()

    def set_state(self, job_id: int, state: RowState, error: Exception | None = None) -> None:
        """Note how far a job is; an unknown id is one that was cleared."""
        row = self.row_of(job_id)
        if row is not None:
            row.state, row.error = state, error
            self._changed(job_id)

    def set_result(self, job_id: int, classification: Classification, thumbnail: QImage) -> None:
        """Note what a picture shows."""
        row = self.row_of(job_id)
        if row is not None:
            row.state, row.classification, row.thumbnail = RowState.DONE, classification, thumbnail
            self._changed(job_id)

    def _changed(self, job_id: int) -> None:
        index = self.index(self._places[job_id])
        self.dataChanged.emit(index, index)
