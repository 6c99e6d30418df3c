"""Paints one picture of the list: thumbnail, name, and what it shows or why it failed."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.icons import draw
from vgg_desktop.ui.look.widgets import draw_bar
from vgg_desktop.ui.pictures.results_model import Role
from vgg_desktop.ui.pictures.rows import ResultRow, RowState
from vgg_desktop.ui.words.formats import percent

RADIUS = 6.0
LINES = 3.4  # of text, in a row without its margins
_SYMBOLS = {RowState.FAILED: "warning", RowState.CANCELLED: "stop"}


class ResultDelegate(QStyledItemDelegate):
    """A thumbnail, and beside it the name, the best class with its share, and a thin bar."""

    is_compact = False  # the thumbnail alone

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the same size for every row, so that long lists stay quick."""
        metrics: QFontMetrics = option.fontMetrics
        height = round(metrics.height() * LINES) + 4 * _gap(metrics)
        return QSize(height if self.is_compact else metrics.averageCharWidth() * 24, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row: ResultRow | None = index.data(Role.ROW)
        if row is None:
            return
        metrics: QFontMetrics = option.fontMetrics
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        gap = _gap(metrics)
        area: QRect = option.rect.adjusted(gap // 2, gap // 2, -gap // 2, -gap // 2)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        inks = _inks(palette, selected=bool(state & QStyle.StateFlag.State_Selected))
        _paint_ground(painter, area, palette, state)
        inner = area.adjusted(gap, gap, -gap, -gap)
        width = inner.width() if self.is_compact else inner.height() * 5 // 4
        square = QRect(inner.left(), inner.top(), width, inner.height())
        _paint_thumbnail(painter, square, index.data(Role.THUMBNAIL), row, inks)
        if not self.is_compact:
            text = inner.adjusted(square.width() + 2 * gap, 0, 0, 0)
            role = Role.HEADLINE if row.state is RowState.DONE else Role.SUMMARY
            _paint_text(painter, text, metrics, row, str(index.data(role)), inks)
        painter.restore()


class _Inks(NamedTuple):
    """The colours of one row."""

    strong: QColor
    quiet: QColor
    bad: QColor
    bar: QColor


def _inks(palette: QPalette, *, selected: bool) -> _Inks:
    if selected:
        ink = palette.color(QPalette.ColorRole.HighlightedText)
        return _Inks(ink, ink, ink, ink)
    strong, bar = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Highlight)
    return _Inks(strong, tone(palette, Tone.QUIET), tone(palette, Tone.BAD), bar)


def _gap(metrics: QFontMetrics) -> int:
    return max(4, metrics.height() // 3)


def _paint_ground(painter: QPainter, area: QRect, palette: QPalette, state: QStyle.StateFlag) -> None:
    ground = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(ground, RADIUS, RADIUS)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(ground, RADIUS, RADIUS)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1.5))
        painter.drawRoundedRect(ground, RADIUS, RADIUS)


def _paint_thumbnail(
    painter: QPainter, square: QRect, image: QImage | None, row: ResultRow, inks: _Inks
) -> None:
    if image is None or image.isNull():
        side = min(square.height(), square.width()) / 2
        symbol = QRectF(0, 0, side, side)
        symbol.moveCenter(QRectF(square).center())
        draw(painter, _SYMBOLS.get(row.state, "picture"), symbol, inks.quiet)
        return
    size = image.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, max(1, size.width()), max(1, size.height()))
    place.moveCenter(square.center())
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(place), RADIUS / 2, RADIUS / 2)
    painter.save()
    painter.setClipPath(outline)
    painter.drawImage(place, image)
    painter.restore()


def _paint_text(
    painter: QPainter, area: QRect, metrics: QFontMetrics, row: ResultRow, words: str, inks: _Inks
) -> None:
    line, bar = metrics.height(), max(3, metrics.height() // 5)
    done = row.state is RowState.DONE
    height = 2 * line + (bar + line // 3 if done else line // 6)
    top = area.top() + (area.height() - height) // 2
    first = QRect(area.left(), top, area.width(), line)
    second = first.translated(0, line + line // 6)
    left, middle = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
    painter.setPen(inks.quiet if done else inks.strong)
    name = metrics.elidedText(row.path.name, Qt.TextElideMode.ElideMiddle, first.width())
    painter.drawText(first, left | middle, name)
    if not done:
        painter.setPen(inks.bad if row.state is RowState.FAILED else inks.quiet)
        text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, left | middle, text)
        return
    share = percent(row.probability)
    painter.setPen(inks.strong)
    painter.drawText(second, Qt.AlignmentFlag.AlignRight | middle, share)
    room = second.width() - metrics.horizontalAdvance(share) - line // 2
    painter.drawText(second, left | middle, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
    track = QRectF(area.left(), second.bottom() + line // 4, area.width(), bar)
    faint = QColor(inks.bar)
    faint.setAlphaF(0.22)
    width = max(float(bar), track.width() * row.probability)
    draw_bar(painter, track, QRectF(track.topLeft(), QSizeF(width, bar)), (faint, inks.bar))
