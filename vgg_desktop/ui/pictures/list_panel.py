"""The left side: the browser of this session's pictures, and the progress."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import fill
from vgg_desktop.ui.pictures.browser import Browser, tool_button
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import number, time_left


class ListPanel(Browser):
    """The pictures of this session, and a row with the progress and its buttons."""

    retryRequested = Signal()  # noqa: N815 - the pictures shown that failed or were stopped

    def __init__(self, session: Session) -> None:
        super().__init__(session.pictures.model)
        self._session = session
        self._progress = self._progress_row()
        self.column.addWidget(self._progress)
        session.pictures.model.texts.title_of = self._title_of
        self.counted.connect(self._show_progress)
        self._show_progress()

    def set_compact(self, is_compact: bool) -> None:
        """Show the thumbnails alone, in one row; the progress has no room then."""
        super().set_compact(is_compact)
        if hasattr(self, "_progress"):
            self._progress.setVisible(not is_compact)

    def _title_of(self, id: str) -> str:
        spec = self._session.downloads.spec(id)
        return id if spec is None else spec.title

    def _progress_row(self) -> QWidget:
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Pictures classified"))
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.pause = QToolButton()
        self.pause.clicked.connect(lambda: self._session.pictures.pause(not self._session.pictures.paused))
        words_beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.stop = tool_button("stop", self.tr("Stop"), self.tr("Stop classifying"))
        self.stop.setText(self.tr("Stop"))
        self.stop.clicked.connect(self._session.pictures.stop)
        again = self.tr("Retry the pictures that failed or were stopped")
        self.retry = tool_button("retry", self.tr("Retry"), again)
        self.retry.setText(self.tr("Retry"))
        self.retry.clicked.connect(self.retryRequested)
        chips = FlowLayout()
        for button in (self.pause, self.stop, self.retry):
            button.setToolButtonStyle(words_beside)
            chips.addWidget(button)
        row = QWidget()
        fill(QVBoxLayout(row), self.progress, self.counts, chips, margins=(0, 0, 0, 0))
        return row

    # Progress

    @Slot()
    def _show_progress(self) -> None:
        pictures = self._session.pictures
        counts = pictures.model.counts
        self.progress.setRange(0, max(1, counts.total))
        self.progress.setValue(counts.ended)
        classified = counts.ended - counts.stopped
        parts = [self.tr("{0} of {1}").format(number(classified, 1), number(counts.total, 1))]
        if pictures.paused:
            parts.append(self.tr("paused"))
        elif counts.open and (speed := pictures.pace.per_second):
            parts.append(self.tr("{0} per second").format(number(speed, 2)))
            parts.append(time_left(counts.open / speed))
        self.counts.setText(" · ".join(parts))
        for part in (self.progress, self.pause, self.stop):
            part.setVisible(counts.open > 0)
        name = self.tr("Resume") if pictures.paused else self.tr("Pause")
        self.pause.setIcon(icon("play" if pictures.paused else "pause"))
        self.pause.setText(name)
        self.pause.setAccessibleName(name)
        self.retry.setVisible(counts.failed + counts.stopped > 0)
