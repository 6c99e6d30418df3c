"""The line above the pictures: which network would be worth having, and how far its download is."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from vgg_desktop.errors import format_bytes
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.workers import InstallProgress


class DownloadBar(QWidget):
    """A sentence, a progress bar while something is downloading, and one button."""

    downloadRequested = Signal(object)  # noqa: N815 - Qt's way of naming; carries the ModelSpec
    cancelRequested = Signal()  # noqa: N815 - Qt's way of naming

    def __init__(self) -> None:
        super().__init__()
        self._offered: ModelSpec | None = None
        self._running = False
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.notice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setFormat("%p %")
        self.progress.setMaximumWidth(220)
        self.progress.setAccessibleName(self.tr("Download"))
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.addWidget(self.notice, 1)
        row.addWidget(self.progress)
        row.addWidget(self.button)
        self.offer(None, "")

    def offer(self, spec: ModelSpec | None, text: str) -> None:
        """Say a sentence, with a button to download a network unless that is None."""
        self._offered, self._running = spec, False
        self.notice.setText(text)
        self.progress.hide()
        self.button.setVisible(spec is not None)
        if spec is not None:
            self.button.setText(self.tr("Get {0} ({1})").format(spec.title, format_bytes(spec.size)))
        self.setVisible(bool(text) or spec is not None)

    def start(self, spec: ModelSpec) -> None:
        """Show that a download begins; the button now cancels it."""
        self._running = True
        self.notice.setText(self.tr("Downloading {0}…").format(spec.title))
        self.button.setText(self.tr("Cancel"))
        self.button.show()
        self.progress.setValue(0)
        self.progress.show()
        self.show()

    def report(self, report: InstallProgress) -> None:
        """Show how far the download is: bytes, speed, time left."""
        progress = report.progress
        self.progress.setValue(round(progress.fraction * 1000))
        parts = [report.spec.title, f"{format_bytes(progress.received)} / {format_bytes(progress.total)}"]
        if progress.phase == "verifying":
            parts.append(self.tr("verifying…"))
        elif progress.phase == "waiting":
            parts.append(progress.note)
        elif progress.speed:
            parts.append(f"{format_bytes(progress.speed)}/s")
            if progress.seconds_left is not None:
                minutes, seconds = divmod(round(progress.seconds_left), 60)
                parts.append(self.tr("{0}:{1:02} left").format(minutes, seconds))
        self.notice.setText(", ".join(parts))

    @Slot()
    def _press(self) -> None:
        if self._running:
            self.cancelRequested.emit()
        elif self._offered is not None:
            self.downloadRequested.emit(self._offered)
