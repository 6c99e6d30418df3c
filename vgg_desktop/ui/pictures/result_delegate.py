"""Paints one picture of the list or the grid, thumbnail, name, and what it shows or why it failed, or a group."""

import enum
from typing import NamedTuple

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.icons import draw
from vgg_desktop.ui.look.widgets import draw_bar, scaled
from vgg_desktop.ui.pictures.arrangement import Group
from vgg_desktop.ui.pictures.results_model import Role
from vgg_desktop.ui.pictures.rows import ResultRow, RowState
from vgg_desktop.ui.words.formats import number, percent

RADIUS = 6.0
LINES = 3.4  # of text, in a row without its margins
TILE = 8.5  # lines of text: the width of the grid's cells at least
PICTURE = 6.5  # lines of text: the height of a picture in the grid
_SYMBOLS = {RowState.FAILED: "warning", RowState.CANCELLED: "stop"}


class Mode(enum.Enum):
    """How the pictures are shown."""

    LIST = enum.auto()
    GRID = enum.auto()
    STRIP = enum.auto()  # thumbnails alone, where there is room for one row of them


class HeaderPart(enum.Enum):
    """What of a group's line was pressed."""

    ARROW = enum.auto()
    NAME = enum.auto()
    COUNT = enum.auto()


class ResultDelegate(QStyledItemDelegate):
    """A thumbnail, and beside or below it the name, the best class with its share, and a thin bar."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.mode = Mode.LIST

    def line_size(self, metrics: QFontMetrics) -> QSize:
        """Return the least size of a picture in the list."""
        return QSize(metrics.averageCharWidth() * 24, round(metrics.height() * LINES) + 4 * _gap(metrics))

    def tile_size(self, metrics: QFontMetrics) -> QSize:
        """Return the least size of a picture in the grid."""
        text = _text_height(metrics)
        height = round(metrics.height() * PICTURE) + text + 4 * _gap(metrics)
        return QSize(round(metrics.height() * TILE), height)

    def strip_size(self, metrics: QFontMetrics) -> QSize:
        """Return the least size of a picture in the strip: as high as in the list."""
        return QSize(*[self.line_size(metrics).height()] * 2)

    def header_height(self, metrics: QFontMetrics) -> int:
        """Return the height of a group's line; the strip has no room for them."""
        return 0 if self.mode is Mode.STRIP else round(metrics.height() * 1.9)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        row: ResultRow | None = index.data(Role.ROW)
        metrics: QFontMetrics = option.fontMetrics
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        gap = _gap(metrics)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if row is None:
            _paint_header(painter, option, index.data(Role.GROUP), str(index.data()))
            painter.restore()
            return
        area: QRect = option.rect.adjusted(gap // 2, gap // 2, -gap // 2, -gap // 2)
        inks = _inks(palette, selected=bool(state & QStyle.StateFlag.State_Selected))
        _paint_ground(painter, area, palette, state)
        inner = area.adjusted(gap, gap, -gap, -gap)
        if self.mode is Mode.STRIP:
            picture, text = inner, QRect()
        elif self.mode is Mode.GRID:
            picture = inner.adjusted(0, 0, 0, -_text_height(metrics) - gap // 2)
            text = QRect(inner.left(), inner.bottom() + 1 - _text_height(metrics), inner.width(), 0)
            text.setHeight(_text_height(metrics))
        else:
            picture = QRect(inner.left(), inner.top(), inner.height() * 5 // 4, inner.height())
            text = inner.adjusted(picture.width() + 2 * gap, 0, 0, 0)
        _paint_thumbnail(painter, picture, index.data(Role.THUMBNAIL), row, inks)
        if not text.isEmpty():
            role = Role.SUMMARY if row.answer is None and row.previous is None else Role.HEADLINE
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


def _text_height(metrics: QFontMetrics) -> int:
    """Return the height of two lines of text with a bar below."""
    line = metrics.height()
    return 2 * line + line // 6 + line // 4 + max(3, line // 5)


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
    done, has_share = row.answer is not None, row.answer is not None or row.previous is not None
    height = _text_height(metrics) if done else 2 * line + line // 6
    top = area.top() + (area.height() - height) // 2
    first = QRect(area.left(), top, area.width(), line)
    second = first.translated(0, line + line // 6)
    left, middle = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
    painter.setPen(inks.quiet if done else inks.strong)
    name = metrics.elidedText(row.path.name, Qt.TextElideMode.ElideMiddle, first.width())
    painter.drawText(first, left | middle, name)
    painter.setPen(inks.strong if done else inks.bad if row.state is RowState.FAILED else inks.quiet)
    room = second.width()
    if has_share:
        share = percent(row.probability)
        painter.drawText(second, Qt.AlignmentFlag.AlignRight | middle, share)
        room -= metrics.horizontalAdvance(share) + line // 2
    painter.drawText(second, left | middle, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
    if not done:  # an earlier answer has no bar: it is not to be compared with the others
        return
    track = QRectF(area.left(), second.bottom() + line // 4, area.width(), bar)
    faint = QColor(inks.bar)
    faint.setAlphaF(0.22)
    width = max(float(bar), track.width() * row.probability)
    draw_bar(painter, track, QRectF(track.topLeft(), QSizeF(width, bar)), (faint, inks.bar))


# Groups


class _HeaderPlaces(NamedTuple):
    """Where the parts of a group's line are."""

    arrow: QRect
    name: QRect
    pill: QRect  # with the number of pictures


def _header_places(metrics: QFontMetrics, line: QRect, count: str, name: str) -> _HeaderPlaces:
    gap, height = _gap(metrics), metrics.height()
    arrow = QRect(line.left() + gap // 2, line.top(), height + gap, line.height())
    pill = metrics.horizontalAdvance(count) + 2 * gap
    room = line.right() - arrow.right() - pill - 3 * gap
    # Bold letters are wider than those that the metrics are of.
    width = min(room, round(metrics.horizontalAdvance(name) * 1.15) + gap)
    text = QRect(arrow.right() + 1, line.top(), max(1, width), line.height())
    number = QRect(text.right() + gap, line.top() + (line.height() - height - 4) // 2, pill, height + 4)
    return _HeaderPlaces(arrow, text, number)


def header_part(metrics: QFontMetrics, line: QRect, group: Group, name: str, point: QPoint) -> HeaderPart:
    """Return which part of a group's line is at a point."""
    places = _header_places(metrics, line, number(len(group.rows), 1), name)
    if places.arrow.contains(point):
        return HeaderPart.ARROW
    return HeaderPart.COUNT if places.pill.contains(point) else HeaderPart.NAME


def _paint_header(painter: QPainter, option: QStyleOptionViewItem, group: Group, name: str) -> None:
    metrics: QFontMetrics = option.fontMetrics
    palette: QPalette = option.palette
    count = number(len(group.rows), 1)
    places = _header_places(metrics, option.rect, count, name)
    quiet, strong = tone(palette, Tone.QUIET), palette.color(QPalette.ColorRole.Text)
    arrow = QRectF(places.arrow)
    arrow.adjust(_gap(metrics) / 2, 0, -_gap(metrics) / 2, 0)
    draw(painter, "next" if group.is_folded else "down", arrow, quiet)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(scaled(option.font))
    painter.setPen(strong)
    text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, places.name.width())
    painter.drawText(places.name, Qt.AlignmentFlag.AlignLeft | middle, text)
    painter.setFont(option.font)
    pill = QRectF(places.pill)
    is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(QPen(tone(palette, Tone.ACCENT if is_hovered else Tone.LINE), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(strong if is_hovered else quiet)
    painter.drawText(places.pill, Qt.AlignmentFlag.AlignCenter, count)
    painter.setPen(QPen(tone(palette, Tone.LINE), 1))
    y = pill.center().y()
    painter.drawLine(
        QPoint(places.pill.right() + _gap(metrics), round(y)), QPoint(option.rect.right(), round(y))
    )
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(strong, 1.5))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
