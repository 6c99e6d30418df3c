"""The line icons, drawn from `resources/icons` in the colour that the palette has when they are painted."""

from functools import lru_cache
from typing import ClassVar

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

from vgg_desktop import paths

SIDES = (16, 24, 32, 48, 64, 128, 256)


@lru_cache(maxsize=64)
def _drawing(name: str) -> bytes:
    return paths.resource(f"icons/{name}.svg").read_bytes()


def draw(painter: QPainter, name: str, area: QRectF, colour: QColor) -> None:
    """Draw an icon in a colour as large as it fits into the middle of an area."""
    side = min(area.width(), area.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(area.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(painter.opacity() * colour.alphaF())
    tinted = _drawing(name).replace(b"currentColor", colour.name().encode("ascii"))
    QSvgRenderer(QByteArray(tinted)).render(painter, square)
    painter.restore()


class _Engine(QIconEngine):
    """Draws one icon; asks the application's palette each time, so that a change of scheme needs no new icons."""

    _clones: ClassVar[list[QIconEngine]] = []

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def _colour(self, mode: QIcon.Mode) -> QColor:
        palette = QGuiApplication.palette()
        if mode is QIcon.Mode.Selected:
            return palette.color(QPalette.ColorRole.HighlightedText)
        groups = QPalette.ColorGroup
        return palette.color(groups.Disabled if mode is QIcon.Mode.Disabled else groups.Active, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Paint the icon."""
        draw(painter, self._name, QRectF(rect), self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a pixmap of a size in device pixels."""
        key = f"vgg icon {self._name} {self._colour(mode).name()} {size.width()} {size.height()}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = QPixmap(size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
            painter.end()
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def clone(self) -> QIconEngine:
        """Return an engine of the same icon; only an icon that pixmaps are added to asks for one."""
        engine = _Engine(self._name, self._role)
        # Qt takes the engine, but Python would delete it with its last reference.
        self._clones.append(engine)
        return engine


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return a line icon such as `open`, in the palette's colour of `role`; primary buttons need HighlightedText.

    It is drawn again at every size and after every change of palette; disabled it is fainter. Raises `OSError` when
    there is no such icon.
    """
    _drawing(name)
    return QIcon(_Engine(name, role))


def app_icon() -> QIcon:
    """Return the program's own icon, in colour, at every size that desktops ask for."""
    drawing = QSvgRenderer(str(paths.resource("icons/app.svg")))
    result = QIcon()
    for side in SIDES:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        drawing.render(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result
