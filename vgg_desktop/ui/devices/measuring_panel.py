"""The progress of a measurement, what waits for it, and its Cancel button."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from vgg_desktop.ui.devices.words import activity_text
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.widgets import TOP, Symbol, TonedLabel, fill, push_button
from vgg_desktop.ui.session import Session


class MeasuringPanel(QWidget):
    """Shown while something is measured or tested, and after that failed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._measurements = session.measurements
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(self.tr("Progress of the measurement"))
        self.text = TonedLabel()
        self.waiting = TonedLabel()
        self.error = TonedLabel(Tone.WARNING)
        self._warning = Symbol("warning", Tone.WARNING)
        self.cancel_button = push_button(self.tr("Cancel"), self._measurements.cancel, "close")
        self.cancel_button.setAccessibleName(self.tr("Cancel the measurement"))
        self._lay_out()
        self._measurements.progressed.connect(self.refresh)
        session.pictures.model.countsChanged.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height() // 2
        texts = fill(QVBoxLayout(), self.bar, self.text, self.waiting, spacing=unit // 2)
        self._at_work = QWidget()
        row, none = QHBoxLayout(self._at_work), (0, 0, 0, 0)
        fill(row, (texts, 1), (self.cancel_button, TOP), spacing=unit * 2, margins=none)
        failure = fill(QHBoxLayout(), (self._warning, TOP), (self.error, 1), spacing=unit)
        fill(QVBoxLayout(self), self._at_work, failure, margins=none)

    def show_error(self, text: str) -> None:
        """Show why it failed; "" takes that back."""
        self.error.setText(text)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the progress."""
        is_busy, progress = bool(self._measurements.activity), self._measurements.progress
        text = activity_text(self._session)
        self._at_work.setVisible(is_busy)
        self.bar.setRange(0, 0 if progress is None else 1000)  # without a number it only moves
        if progress is not None:
            self.bar.setValue(round(progress.fraction * 1000))
        self.text.setText(text)
        self.bar.setAccessibleDescription(text)
        waiting = self._session.pictures.model.counts.open
        self.waiting.setText(
            self.tr("%n picture(s) waiting until this finishes.", "", waiting) if waiting else ""
        )
        self.waiting.setVisible(waiting > 0)
        for widget in (self._warning, self.error):
            widget.setVisible(bool(self.error.text()))
        self.setVisible(is_busy or bool(self.error.text()))
