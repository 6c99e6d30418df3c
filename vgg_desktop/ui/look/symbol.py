"""An icon in one of the tones, as a widget that follows the palette."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.icons import draw


class Symbol(QWidget):
    """A drawing of so many lines of text in height; what it means must stand beside it in words."""

    def __init__(self, name: str, colour: Tone, *, lines: float = 1.25) -> None:
        super().__init__()
        self._name, self._tone, self._lines = name, colour, lines
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_symbol(self, name: str, colour: Tone) -> None:
        """Show another icon."""
        self._name, self._tone = name, colour
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as the lines of text asked for."""
        side = round(self.fontMetrics().height() * self._lines)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon in its tone."""
        painter = QPainter(self)
        draw(painter, self._name, QRectF(self.rect()), tone(self.palette(), self._tone))
        painter.end()
