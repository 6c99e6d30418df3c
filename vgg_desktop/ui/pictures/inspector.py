"""The right side: the picture that is looked at, and its most probable classes or what went wrong."""

from PySide6.QtCore import QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop.inference.results import Classification
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import Symbol, TonedLabel, VerticalArea, fill, plain_label, scaled
from vgg_desktop.ui.pictures.bars import MARGIN, Bars
from vgg_desktop.ui.pictures.overlays import CropOverlay
from vgg_desktop.ui.pictures.picture_view import PictureView
from vgg_desktop.ui.pictures.rows import ResultRow, RowState
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.class_names import full_name_of
from vgg_desktop.ui.words.formats import percent
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.work.pictures import Preview


class ErrorPanel(VerticalArea):
    """An icon, a heading, a sentence or two, and buttons for the next step; scrolled where there is little room."""

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
        column = fill(QVBoxLayout(page), None, spacing=gap, margins=(2 * gap, gap, 2 * gap, gap))
        symbol = Symbol("warning", Tone.WARNING, lines=3)
        fill(column, (symbol, Qt.AlignmentFlag.AlignHCenter), self.title, self.text, buttons)
        column.addStretch(2)
        self.setWidget(page)

    def show_error(self, error: Exception) -> None:
        """Show what happened."""
        message = describe(error)
        self.title.setText(message.title)
        self.text.setText(message.text)
        self._details = message.details
        self.setAccessibleName(message.title)
        self.setAccessibleDescription(message.text)


# A preview that is there sooner than this replaces the picture before it without an empty moment in between.
PATIENCE_MS = 150


class ResultPanel(QWidget):
    """One picture of the list in large, with its bars."""

    rowShown = Signal()  # noqa: N815 - Qt's way of naming; another picture, or its answer has come

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.row: ResultRow | None = None
        self.crop = CropOverlay()
        self.view = PictureView([self.crop])
        self.bars = Bars()
        self.waiting = QLabel()
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.error = ErrorPanel()
        self.error.retry.clicked.connect(self._retry)
        self.error.remove.clicked.connect(self._remove)
        self._answers = QStackedWidget()
        self.independent = TonedLabel(
            text=self.tr("These classes do not exclude each other: each has a probability of its own.")
        )
        self.independent.setContentsMargins(MARGIN + 2, 0, MARGIN + 2, 0)  # below the texts of the bars
        self.independent.hide()
        answer, none = QWidget(), (0, 0, 0, 0)
        fill(QVBoxLayout(answer), (self.bars, 1), self.independent, margins=none)
        self._answers.addWidget(answer)
        self._answers.addWidget(self.waiting)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self._answers)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self.error)
        fill(QVBoxLayout(self), self._stack, margins=(0, 0, 0, 0))
        self._clearing = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._clearing.timeout.connect(self._show_reading)
        session.pictures.previewReady.connect(self._take_preview)
        session.choice.specChanged.connect(self._look_again)
        session.pictures.model.rowUpdated.connect(self._refresh_if_shown)

    def show_row(self, row: ResultRow | None) -> None:
        """Show another picture."""
        self.row = row
        if row is None:
            self._clearing.stop()
            self.view.show_image(None)
            self.bars.show_predictions(())
            self.rowShown.emit()
            return
        self._look_again()
        self._refresh()

    @property
    def classification(self) -> Classification | None:
        """Return the result that is shown, unless it is a previous one."""
        return self.row.classification if self.row is not None and self.row.state is RowState.DONE else None

    def save_state(self, store: QSettings) -> None:
        """Save the state of the splitter."""
        store.setValue("result_splitter", self._splitter.saveState())

    def restore_state(self, store: QSettings) -> None:
        """Restore the state of the splitter."""
        if (state := store.value("result_splitter")) is not None:
            self._splitter.restoreState(state)

    @Slot()
    def _show_reading(self) -> None:
        """Show that a large picture is being read, instead of leaving the previous one beside the new answer."""
        if self.row is not None:
            self.view.show_waiting(self.tr("Reading {0}…").format(self.row.path.name))

    @Slot()
    def _look_again(self) -> None:
        if self.row is not None:
            self._clearing.start()
            self._session.pictures.look_at(self.row)

    @Slot(object)
    def _refresh_if_shown(self, row: ResultRow | None) -> None:
        if self.row is not None and row in (None, self.row):
            self._refresh()
            if row is not None:
                self._announce()

    def _refresh(self) -> None:
        row = self.row
        assert row is not None
        failed = row.state is RowState.FAILED and row.error is not None
        if failed and row.error is not None:
            self.error.show_error(row.error)
        self._stack.setCurrentIndex(1 if failed else 0)
        # While another network looks at it, its previous result stays, dimmed.
        previous, model = row.classification, self._session.pictures.model
        self.bars.show_predictions(
            previous.predictions if previous is not None else (), is_unsure=model.filter.is_unsure(row)
        )
        self.independent.setVisible(previous is not None and previous.independent)
        self.bars.setEnabled(self.classification is not None)
        self.waiting.setText("" if failed else model.summary(row))
        self._answers.setCurrentIndex(0 if row.classification is not None else 1)
        self.rowShown.emit()

    def _announce(self) -> None:
        """Announce the answer for the current picture to screen readers."""
        if text := self.announcement():
            event = QAccessibleAnnouncementEvent(self, text)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)

    def announcement(self) -> str:
        """Return what screen readers say of the current picture; "" while it has no answer."""
        row, result = self.row, self.classification
        if row is None or (result is None and row.error is None):
            return ""
        if result is None:
            return f"{row.path.name}: {self.error.title.text()}"
        best = result.predictions[0]
        name = self.bars.headline() if self.bars.is_unsure else full_name_of(best)
        return self.tr("{0}: {1}, {2}").format(row.path.name, name, percent(best.probability))

    @Slot(object)
    def _take_preview(self, preview: Preview | None) -> None:
        row = self.row
        if row is None:
            return
        self._clearing.stop()
        self.view.show_image(preview.image if preview is not None else None)
        if preview is None:
            return
        self.crop.set_square(preview.square)
        self.view.setAccessibleDescription(
            self.tr("{0}, {1} × {2} pixels; the network saw what is inside the frame").format(
                row.path.name, preview.width, preview.height
            )
        )

    @Slot()
    def _retry(self) -> None:
        if self.row is not None:
            self._session.pictures.retry([self.row])
            self.show_row(self.row)

    @Slot()
    def _remove(self) -> None:
        if self.row is not None:
            self._session.pictures.remove([self.row])

    def copy(self) -> None:
        """Copy the text of the bars to the clipboard."""
        QGuiApplication.clipboard().setText(self.bars.text())
