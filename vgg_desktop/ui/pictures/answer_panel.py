"""The tab Answer of the inspector: the bars, or what is waited for, or what went wrong with what to do next."""

import functools

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import TonedLabel, VerticalArea, fill, plain_label, scaled, set_tab_order
from vgg_desktop.ui.pictures.bars import MARGIN, Bars
from vgg_desktop.ui.pictures.provenance import previous
from vgg_desktop.ui.pictures.rows import ResultRow, RowState
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.work.pictures import FileFacts


class ErrorPanel(VerticalArea):
    """A heading, a sentence or two, and buttons for the next step; scrolled where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self._details = ""
        self.title, self.text = plain_label(), plain_label()
        self.title.setFont(scaled(self.title.font(), 1.4))
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.retry = QPushButton(icon("retry"), self.tr("Try again"))
        self.copy = QPushButton(icon("copy"), self.tr("Copy details"))
        self.remove = QPushButton(icon("trash"), self.tr("Remove from list"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        buttons = FlowLayout(centred=True)
        for button in (self.retry, self.copy, self.remove):
            buttons.addWidget(button)
        page, gap = QWidget(), self.fontMetrics().height()
        column = fill(QVBoxLayout(page), None, spacing=gap // 2, margins=(gap, gap // 4, gap, gap // 4))
        fill(column, self.title, self.text, buttons)
        column.addStretch(2)
        self._page = page
        self.setWidget(page)

    def show_error(self, error: Exception) -> None:
        """Show what happened."""
        message = describe(error)
        self.title.setText(message.title)
        self.text.setText(message.text)
        self._details = message.details
        self.setAccessibleName(message.title)
        self.setAccessibleDescription(message.text)

    def minimumSizeHint(self) -> QSize:
        """Ask for the height of all of it, up to some lines."""
        size = super().minimumSizeHint()
        width = self.viewport().width()
        return QSize(size.width(), min(size.height(), self._page.heightForWidth(width)))

    def details(self) -> str:
        """Return what happened as text, for a report."""
        return self._details


class AnswerPanel(QStackedWidget):
    """The answer of one picture; a previous one is dimmed, below a line that says whose it is."""

    retryRequested = Signal()  # noqa: N815 - Qt's way of naming
    removeRequested = Signal()  # noqa: N815

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._is_current = self._is_failed = False
        self.bars = Bars()
        self._name = self.bars.accessibleName()
        self.previous = TonedLabel()
        self.independent = TonedLabel(
            text=self.tr("These classes do not exclude each other: each has a probability of its own.")
        )
        for label in (self.previous, self.independent):
            label.setContentsMargins(MARGIN + 2, 0, MARGIN + 2, 0)  # in line with the texts of the bars
            label.hide()
        self.waiting = QLabel()
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._answer = QWidget()
        column = QVBoxLayout(self._answer)
        fill(column, self.previous, (self.bars, 1), self.independent, spacing=2, margins=(0, 2, 0, 2))
        for page in (self._answer, self.waiting):
            self.addWidget(page)

    @functools.cached_property
    def error(self) -> ErrorPanel:
        """What went wrong; made when something first does."""
        error = ErrorPanel()
        error.retry.clicked.connect(self.retryRequested)
        error.remove.clicked.connect(self.removeRequested)
        self.addWidget(error)
        set_tab_order([self.bars, error.retry, error.copy, error.remove])
        return error

    def show_row(self, row: ResultRow | None, _file: FileFacts | None) -> None:
        """Show the answer of a picture, or why there is none."""
        if row is None:
            self._is_current = self._is_failed = False
            self.bars.show_predictions(())
            return
        model, result = self._session.pictures.model, row.classification
        self._is_current = row.state is RowState.DONE
        self.bars.show_predictions(
            result.predictions if result is not None else (), is_unsure=model.filter.is_unsure(row)
        )
        self.bars.setEnabled(self._is_current)
        self.previous.setText(previous(row, self._session))
        self.previous.setVisible(bool(self.previous.text()))
        self.bars.setAccessibleName(self.previous.text() or self._name)
        self.independent.setVisible(result is not None and result.independent)
        self._is_failed = row.state is RowState.FAILED and row.error is not None
        if row.error is not None and self._is_failed:
            self.error.show_error(row.error)
            self.setCurrentWidget(self.error)
            return
        self.waiting.setText(model.summary(row))
        self.setCurrentWidget(self._answer if result is not None else self.waiting)

    def text(self) -> str:
        """Return the answer as text, or what went wrong; "" while there is no current one."""
        if self._is_failed:
            return self.error.details()
        return self.bars.text() if self._is_current else ""

    @property
    def is_failed(self) -> bool:
        """Whether it shows what went wrong."""
        return self._is_failed

    def needed_height(self) -> int:
        """Return the height that shows the first five classes, or any other page."""
        if self._is_failed:
            return self.error.minimumSizeHint().height()
        return self._answer.minimumSizeHint().height()

    def least_height(self) -> int:
        """Return the height that shows at least the first class; the others are scrolled."""
        return self.bars.head_height() + self.fontMetrics().height()
