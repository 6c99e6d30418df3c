"""The parts of the settings: a card with labelled rows, and a path that fits where there is little space."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.widgets import ElidedLabel, TonedLabel, scaled


def set_by_administrator() -> str:
    """Return why a control is switched off."""
    return QCoreApplication.translate("Settings", "Set by your administrator.")


class PathLabel(ElidedLabel):
    """A path, read as a whole by screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.path = Path()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_path(self, path: Path) -> None:
        """Show a path."""
        self.path = path
        self.setText(str(path))
        self.setAccessibleDescription(str(path))


class Section(QFrame):
    """A card with a heading and rows: what is set on the left, the control on the right, a remark below it."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(heading)
        title = QLabel(heading)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setFont(scaled(title.font()))
        self._labels: list[QLabel] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        gap = self.fontMetrics().height()
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(gap // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap * 2 // 3, gap, gap * 2 // 3)
        column.setSpacing(gap // 2)
        column.addWidget(title)
        column.addLayout(self._grid)

    def add_row(self, text: str, control: QWidget, note: str = "") -> None:
        """Add a row; a click or the letter of its label goes to the control."""
        row = self._grid.rowCount()
        self._add_label(row, text).setBuddy(control)
        self._grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignVCenter)
        self._add_note(row + 1, 1, note)

    def add_wide(self, control: QWidget, note: str) -> None:
        """Add a row whose control has its own label."""
        row = self._grid.rowCount()
        self._grid.addWidget(control, row, 0, 1, 2)
        self._add_note(row + 1, 0, note)

    def add_path(self, text: str, path: PathLabel, *buttons: QPushButton) -> None:
        """Add a row that shows a path, with what can be done about it below."""
        row = self._grid.rowCount()
        self._add_label(row, text)
        self._grid.addWidget(path, row, 1)
        line = FlowLayout()
        for button in buttons:
            button.setAutoDefault(False)
            line.addWidget(button)
        self._grid.addLayout(line, row + 1, 1)

    def add_fact(self, text: str, value: str, note: str = "") -> None:
        """Add a row that only tells something."""
        fact = QLabel(value)
        fact.setTextFormat(Qt.TextFormat.PlainText)
        fact.setWordWrap(True)
        self.add_row(text, fact, note)

    def add_note(self, text: str) -> None:
        """Add a remark to the row above."""
        self._add_note(self._grid.rowCount(), 1, text)

    def label_width(self) -> int:
        """Return the width that the labels need, in pixels."""
        return max(label.sizeHint().width() for label in self._labels)

    def set_label_width(self, width: int) -> None:
        """Make the labels at least so wide, so that the controls of several cards stand below each other."""
        self._grid.setColumnMinimumWidth(0, width)

    def _add_label(self, row: int, text: str) -> QLabel:
        label = QLabel(text)
        self._labels.append(label)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        return label

    def _add_note(self, row: int, column: int, text: str) -> None:
        if text:
            note = TonedLabel(text=text, smaller=True)
            self._grid.addWidget(note, row, column, 1, 2 - column)
