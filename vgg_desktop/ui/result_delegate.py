"""Paints one picture of the list: thumbnail, name, and what it shows or why it failed."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vgg_desktop.ui.results_model import ResultRow, ResultsModel, Role
from vgg_desktop.ui.workers import THUMBNAIL

GAP = 8


class ResultDelegate(QStyledItemDelegate):
    """Two lines beside a thumbnail; colours and sizes come from the palette and the font."""

    def __init__(self, model: ResultsModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give the same size for every row, so that long lists stay quick."""
        line = option.fontMetrics.height()
        return QSize(200, max(THUMBNAIL * 2 // 3, 2 * line) + 2 * GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row: ResultRow | None = index.data(Role.ROW)
        if row is None:
            return
        self.initStyleOption(option, index)
        widget: QWidget | None = option.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        area: QRect = option.rect.adjusted(GAP, GAP, -GAP, -GAP)
        state: QStyle.StateFlag = option.state
        palette: QPalette = option.palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ink = palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        painter.save()
        square = QRect(area.left(), area.top(), area.height(), area.height())
        if row.thumbnail is not None:
            size = row.thumbnail.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(square.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, row.thumbnail)
        text = area.adjusted(area.height() + GAP, 0, 0, 0)
        metrics = painter.fontMetrics()
        top = QRect(text.left(), text.center().y() - metrics.height(), text.width(), metrics.height())
        painter.setPen(ink)
        name = metrics.elidedText(row.path.name, Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, name)
        below = top.translated(0, metrics.height() + 2)
        summary = metrics.elidedText(self._model.summary(row), Qt.TextElideMode.ElideRight, text.width())
        ink.setAlphaF(0.75)
        painter.setPen(ink)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, summary)
        painter.restore()
