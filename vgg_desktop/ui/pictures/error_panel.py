"""Why a picture has no answer, where the answer would be: what happened, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.symbol import Symbol
from vgg_desktop.ui.look.vertical_area import VerticalArea
from vgg_desktop.ui.words.messages import describe


class ErrorPanel(VerticalArea):
    """An icon, a heading, a sentence or two, and buttons for the next step; scrolled where there is little room."""

    retryRequested = Signal()  # noqa: N815 - Qt's way of naming
    removeRequested = Signal()  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self._details = ""
        self.title = QLabel()
        self.text = QLabel()
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(True)
        self.title.setFont(font)
        for label in (self.title, self.text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.retry = QPushButton(icon("retry"), self.tr("Try again"))
        self.copy = QPushButton(icon("copy"), self.tr("Copy details"))
        self.remove = QPushButton(icon("trash"), self.tr("Take off the list"))
        self.retry.clicked.connect(self.retryRequested)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        self.remove.clicked.connect(self.removeRequested)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.retry, self.copy, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        gap = self.fontMetrics().height()
        column.setContentsMargins(2 * gap, gap, 2 * gap, gap)
        column.setSpacing(gap)
        column.addStretch(1)
        column.addWidget(Symbol("warning", Tone.WARNING, lines=3), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addLayout(buttons)
        column.addStretch(2)
        self.setWidget(self._page)

    def show_error(self, error: Exception) -> None:
        """Show what happened."""
        message = describe(error)
        self.title.setText(message.title)
        self.text.setText(message.text)
        self._details = message.details
        self.setAccessibleName(message.title)
        self.setAccessibleDescription(message.text)
