"""The most probable classes as bars with percentages."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgg_desktop.inference.classifier import Prediction


def percent(probability: float) -> str:
    """Say a probability, 0 to 1, in percent with one digit; never 0.0 for what is not zero."""
    return "< 0.1 %" if 0 < probability < 0.0005 else f"{probability * 100:.1f} %"


class Bars(QWidget):
    """One bar a class, the first larger; the length is the probability."""

    def __init__(self) -> None:
        super().__init__()
        self._predictions: tuple[Prediction, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(self.tr("Most probable classes"))

    @property
    def predictions(self) -> tuple[Prediction, ...]:
        """Give what is shown."""
        return self._predictions

    def show_predictions(self, predictions: tuple[Prediction, ...]) -> None:
        """Show these classes, the most probable first; an empty tuple clears the bars."""
        self._predictions = predictions
        spoken = "; ".join(f"{each.label} {percent(each.probability)}" for each in predictions)
        self.setAccessibleDescription(spoken)
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return self.fontMetrics().height() * 2

    def sizeHint(self) -> QSize:
        """Leave room for every class."""
        rows = max(5, len(self._predictions)) + 1
        return QSize(360, rows * self._row_height())

    def minimumSizeHint(self) -> QSize:
        """Never hide a bar."""
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars with the palette's colours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, height, top = self.palette(), float(self._row_height()), 0.0
        for rank, each in enumerate(self._predictions):
            font = self.font()
            row = height * (2 if rank == 0 else 1)
            if rank == 0:
                font.setPointSizeF(font.pointSizeF() * 1.7)
                font.setBold(True)
            painter.setFont(font)
            metrics = painter.fontMetrics()
            share = percent(each.probability)
            room = self.width() - metrics.horizontalAdvance(share) - 12
            text = QRectF(0, top, self.width(), metrics.height() + 4)
            label = (
                each.label
                if rank == 0 and metrics.horizontalAdvance(each.label) < room
                else each.label.split(",")[0]
            )
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            label = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room)
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)
            painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, share)
            thickness = 10.0 if rank == 0 else 6.0
            track = QRectF(0, text.bottom() + 1, self.width(), thickness)
            painter.setPen(Qt.PenStyle.NoPen)
            faint = palette.color(QPalette.ColorRole.WindowText)
            faint.setAlphaF(0.12)
            painter.setBrush(faint)
            painter.drawRoundedRect(track, thickness / 2, thickness / 2)
            track.setWidth(max(thickness, self.width() * each.probability))
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(track, thickness / 2, thickness / 2)
            top += row
