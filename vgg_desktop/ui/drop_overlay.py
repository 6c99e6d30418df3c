"""The overlay that shows what a drop would do while something is dragged over the window."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.icons import draw
from vgg_desktop.ui.look.widgets import scaled

RADIUS = 14.0
INSET = 14


def paint_dashes(painter: QPainter, area: QRectF, line: QColor, width: float, fill: QColor) -> None:
    """Paint the dashed, rounded border of a place to drop things, and its ground."""
    pen = QPen(line, width)
    pen.setDashPattern([4, 3])
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(fill)
    painter.drawRoundedRect(area, RADIUS, RADIUS)


class DropOverlay(QWidget):
    """Covers its parent while something is dragged over it; transparent for mouse and drag events."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.accepted = True  # whether a drop would be taken
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("What a drop would do"))
        parent.installEventFilter(self)
        self.hide()

    def show_over(self, text: str, accepted: bool) -> None:
        """Cover the parent and show what a drop would do, or why it would do nothing."""
        self.text, self.accepted = text, accepted
        self.setAccessibleDescription(text)
        if (parent := self.parentWidget()) is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay as large as the parent."""
        # Not a field of its own: while Python clears both away, the parent still sends events.
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dashed area with a symbol and the text."""
        painter, palette = QPainter(self), self.palette()
        ground = palette.color(QPalette.ColorRole.Window)
        ground.setAlphaF(0.94)
        painter.fillRect(self.rect(), ground)
        colour = tone(palette, Tone.ACCENT if self.accepted else Tone.BAD)
        fill = QColor(colour)
        fill.setAlphaF(0.08)
        area = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        paint_dashes(painter, area, colour, 3, fill)
        painter.setFont(scaled(self.font(), 1.6))
        inner = area.adjusted(INSET, INSET, -INSET, -INSET)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        needed = painter.boundingRect(inner, flags, self.text)
        side = max(24.0, min(72.0, inner.height() - needed.height() - INSET))
        top = max(inner.top(), inner.center().y() - (side + INSET + needed.height()) / 2)
        symbol = QRectF(inner.left(), top, inner.width(), side)
        draw(painter, "drop" if self.accepted else "error", symbol, colour)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        below = QRectF(inner.left(), symbol.bottom() + INSET, inner.width(), inner.bottom() - symbol.bottom())
        painter.drawText(below, flags, self.text)
