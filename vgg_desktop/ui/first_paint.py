"""The moment from which heavy work no longer keeps a person waiting for the window."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

# Until the window's children are painted too, and what that brings about: focus, the mouse's place, a second layout.
SETTLE_MS = 100


class FirstPaint(QObject):
    """Tells once that a window has been painted. Until then every event of the window passes through here."""

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the first event of painting."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(SETTLE_MS, self, self._tell)
        return super().eventFilter(watched, event)

    @Slot()
    def _tell(self) -> None:
        self.painted.emit()
