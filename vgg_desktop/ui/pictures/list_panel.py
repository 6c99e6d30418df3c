"""The left side: the browser of this session's pictures, and how many of them are classified."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from vgg_desktop.ui.look.widgets import fill
from vgg_desktop.ui.pictures.browser import Browser, tool_button
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import number


class ListPanel(Browser):
    """The pictures of this session, and how many of them are classified."""

    retryRequested = Signal()  # noqa: N815 - the pictures shown that failed or were stopped

    def __init__(self, session: Session) -> None:
        super().__init__(session.pictures.model)
        self._session = session
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        again = self.tr("Retry the pictures that failed or were stopped")
        self.retry = tool_button("retry", self.tr("Retry"), again)
        self.retry.setText(self.tr("Retry"))
        self.retry.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.retry.clicked.connect(self.retryRequested)
        state = QWidget()
        self.column.addWidget(state)
        fill(QHBoxLayout(state), (self.counts, 1), self.retry, margins=(0, 0, 0, 0))
        self.compacted.connect(state.setHidden)
        session.pictures.model.texts.title_of = self._title_of
        self.counted.connect(self._show_progress)
        self._show_progress()

    def _title_of(self, id: str) -> str:
        spec = self._session.downloads.spec(id)
        return id if spec is None else spec.title

    @Slot()
    def _show_progress(self) -> None:
        counts = self._session.pictures.model.counts
        classified = counts.ended - counts.stopped
        parts = [self.tr("{0} of {1}").format(number(classified, 1), number(counts.total, 1))]
        if self._session.pictures.paused:
            parts.append(self.tr("paused"))
        self.counts.setText(" · ".join(parts))
        self.retry.setVisible(counts.failed + counts.stopped > 0)
