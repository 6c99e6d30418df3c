"""What is drawn over the picture in the view."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen

Square = tuple[float, float, float, float]  # left, top, right, bottom as fractions of the picture
WHOLE: Square = (0.0, 0.0, 1.0, 1.0)


class CropOverlay(QObject):
    """The square that the network sees, the rest of the picture being dimmed; `changed` has the view painted again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown = True
        self.square = WHOLE  # the part of the picture that the network sees

    @Slot(bool)
    def set_shown(self, shown: bool) -> None:
        """Draw it or not; for a checkable action."""
        self.shown = shown
        self.changed.emit()

    def set_square(self, square: Square) -> None:
        """Show what the network sees of the picture."""
        self.square = square
        self.changed.emit()

    def reset(self) -> None:
        """Show no square until the next one is known."""
        self.square = WHOLE

    def paint(self, painter: QPainter, frame: QRectF) -> None:
        """Paint the dimming and the square's outline over the picture that fills `frame`."""
        if self.square == WHOLE:
            return
        left, top, right, bottom = self.square
        seen = QRectF(
            frame.left() + left * frame.width(),
            frame.top() + top * frame.height(),
            (right - left) * frame.width(),
            (bottom - top) * frame.height(),
        )
        shade = QColor(0, 0, 0, 120)
        for part in (
            QRectF(frame.left(), frame.top(), frame.width(), seen.top() - frame.top()),
            QRectF(frame.left(), seen.bottom(), frame.width(), frame.bottom() - seen.bottom()),
            QRectF(frame.left(), seen.top(), seen.left() - frame.left(), seen.height()),
            QRectF(seen.right(), seen.top(), frame.right() - seen.right(), seen.height()),
        ):
            painter.fillRect(part, shade)
        # White over black shows on any picture.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 160), 3.0), (QColor("white"), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(seen.adjusted(1, 1, -1, -1))
