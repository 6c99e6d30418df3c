"""The selected picture, with the square that the network saw drawn on it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget


class PictureView(QWidget):
    """Shows an image as large as it fits; what the network did not see is dimmed."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._square = (0.0, 0.0, 1.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture"))

    def show_image(
        self, image: QImage | None, square: tuple[float, float, float, float] = (0, 0, 1, 1)
    ) -> None:
        """Show an image; `square` is the part the network sees, as fractions: left, top, right, bottom."""
        self._image, self._square = image, square
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a good part of the window."""
        return QSize(480, 360)

    def minimumSizeHint(self) -> QSize:
        """Leave the picture recognisable."""
        return QSize(160, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the image, the dimming and the square's outline."""
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        frame = QRectF(
            (self.width() - size.width()) / 2,
            (self.height() - size.height()) / 2,
            size.width(),
            size.height(),
        )
        painter.drawImage(frame, self._image)
        left, top, right, bottom = self._square
        seen = QRectF(
            frame.left() + left * frame.width(),
            frame.top() + top * frame.height(),
            (right - left) * frame.width(),
            (bottom - top) * frame.height(),
        )
        shade = QColor(0, 0, 0, 110)
        for part in (
            QRectF(frame.left(), frame.top(), frame.width(), seen.top() - frame.top()),
            QRectF(frame.left(), seen.bottom(), frame.width(), frame.bottom() - seen.bottom()),
            QRectF(frame.left(), seen.top(), seen.left() - frame.left(), seen.height()),
            QRectF(seen.right(), seen.top(), frame.right() - seen.right(), seen.height()),
        ):
            painter.fillRect(part, shade)
        # White over black shows on any picture.
        for colour, width in ((QColor(0, 0, 0, 160), 3.0), (QColor("white"), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(seen.adjusted(1, 1, -1, -1))
