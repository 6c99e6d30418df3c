"""The selected picture, zoomable, with what is drawn over it."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.icons import draw
from vgg_desktop.ui.look.widgets import draw_ring
from vgg_desktop.ui.pictures.lens import STEP, Lens
from vgg_desktop.ui.pictures.overlays import CropOverlay

CRISP = 2.0  # beyond this pixels are shown as squares
MARGIN = 4  # pixels around the picture, where the focus ring is
SPINNER_MS = 60
PATIENCE = 3  # ticks before a wait is shown: most are shorter
COMMANDS = (
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
)
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
}


class PictureView(QWidget):
    """Shows an image as large as it fits, or zoomed, and its overlays, the last one on top.

    A zoom of 1 shows one pixel of the image as one pixel of the screen.
    """

    zoomChanged = Signal(float)  # noqa: N815 - Qt's way of naming
    shown = Signal()  # another picture, or another reason why there is none
    stepRequested = Signal(int)  # noqa: N815 - to the next picture, or with -1 to the one before

    def __init__(self, overlays: Sequence[CropOverlay] = ()) -> None:
        super().__init__()
        self.overlays = list(overlays)
        for overlay in self.overlays:
            overlay.setParent(self)
            overlay.changed.connect(self.update)
        self.image: QImage | None = None  # what is shown
        self.rings = True  # around it while it has the keyboard
        self._pixmap = QPixmap()
        self._shrunk = QPixmap()
        self._lens = Lens()
        self._emitted_zoom = 0.0
        self._grip: QPointF | None = None
        self._waiting = ""
        self._is_missing = False
        self._ticks = 0
        self._spinner = QTimer(self, interval=SPINNER_MS)
        self._spinner.timeout.connect(self._tick)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture"))

    # What is shown

    def show_image(self, image: QImage | None) -> None:
        """Show an image, fitted."""
        self._show(image)

    def show_waiting(self, text: str) -> None:
        """Show that a picture is on its way; an empty text ends that. Shown only when it takes a moment."""
        self._show(None, waiting=text)

    def show_missing(self) -> None:
        """Show that there is a picture that cannot be read."""
        self._show(None, is_missing=True)

    def show_same(self, other: "PictureView") -> None:
        """Show what another view shows, fitted."""
        self._show(other.image, waiting=other._waiting, is_missing=other._is_missing)

    def _show(self, image: QImage | None, *, waiting: str = "", is_missing: bool = False) -> None:
        self.image = None if image is None or image.isNull() else image
        self._is_missing = is_missing
        self._pixmap = QPixmap() if self.image is None else QPixmap.fromImage(self.image)
        self._shrunk, self._grip = QPixmap(), None
        for overlay in self.overlays:
            overlay.reset()
        self._lens.start(QSize() if self.image is None else self.image.size())
        self._wait(waiting)
        self.updateGeometry()
        self._changed()
        self.shown.emit()

    def _wait(self, text: str) -> None:
        self._waiting, self._ticks = text, 0
        if text:
            self._spinner.start()
        else:
            self._spinner.stop()

    @Slot()
    def _tick(self) -> None:
        self._ticks += 1
        self.update()

    # Zoom and pan

    @property
    def zoom(self) -> float:
        """Return the zoom: screen pixels for one of the image's."""
        return self._lens.zoom

    @property
    def fitted(self) -> bool:
        """Return whether the image is shown as large as it fits."""
        return self._lens.fitted

    def frame(self) -> QRectF:
        """Return the rectangle of the whole image in the widget's coordinates; parts may be outside."""
        return self._lens.frame()

    @Slot()
    def zoom_in(self) -> None:
        """Enlarge the middle."""
        self._zoom_to(self.zoom * STEP, self._lens.area.center())

    @Slot()
    def zoom_out(self) -> None:
        """Shrink, down to what fits."""
        self._zoom_to(self.zoom / STEP, self._lens.area.center())

    @Slot()
    def fit(self) -> None:
        """Show the whole image."""
        self._lens.fit()
        self._changed()

    @Slot()
    def actual_size(self) -> None:
        """Show one pixel of the image as one pixel of the screen."""
        self._zoom_to(1.0, self._lens.area.center(), at_least_fit=False)

    def _zoom_to(self, zoom: float, place: QPointF, *, at_least_fit: bool = True) -> None:
        if self.image is not None:
            self._lens.zoom_to(zoom, place, at_least_fit=at_least_fit)
            self._changed()

    def _pan(self, by: QPointF) -> None:
        self._lens.pan(by)
        self.update()

    def _changed(self) -> None:
        self._lens.area = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._lens.ratio = self.devicePixelRatioF()
        hand = Qt.CursorShape.OpenHandCursor
        self.setCursor(hand if self._lens.movable() else Qt.CursorShape.ArrowCursor)
        if self.image is not None and self.zoom != self._emitted_zoom:
            self._emitted_zoom = self.zoom
            self.zoomChanged.emit(self._emitted_zoom)
        self.update()

    # Gestures

    def event(self, event: QEvent) -> bool:
        """Zoom by pinching a touch pad; follow the window to a screen of another density."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._changed()
        if isinstance(event, QNativeGestureEvent) and self.image is not None:
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_to(self.zoom * max(0.1, 1 + event.value()), event.position())
                return True
            if event.gestureType() is Qt.NativeGestureType.SmartZoomNativeGesture:
                self._zoom_to(0.0 if not self.fitted else 2 * self.zoom, event.position())
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom towards the pointer, smoothly on a touch pad."""
        if self.image is None:
            event.ignore()
            return
        exact = event.phase() is not Qt.ScrollPhase.NoScrollPhase and not event.pixelDelta().isNull()
        steps = event.pixelDelta().y() / 50 if exact else event.angleDelta().y() / 120
        self._zoom_to(self.zoom * math.pow(STEP, steps), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with + - 0 1, move a zoomed picture with the arrows, else step; everything else is for others."""
        key = event.key()
        if event.modifiers() & COMMANDS:
            event.ignore()  # Alt and Ctrl with an arrow are the window's
        elif key in STEPS and not (key in ARROWS and self._lens.movable()):
            self.stepRequested.emit(STEPS[Qt.Key(key)])
        elif self.image is None:
            event.ignore()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.actual_size()
        elif key in ARROWS and self._lens.movable():
            right, down = ARROWS[Qt.Key(key)]
            self._pan(QPointF(right * self.width() / 8, down * self.height() / 8))
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start dragging a zoomed picture."""
        if event.button() is Qt.MouseButton.LeftButton and self._lens.movable():
            self._grip = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture along."""
        if self._grip is not None:
            self._pan(self._grip - event.position())
            self._grip = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the drag."""
        if self._grip is not None:
            self._grip = None
            self._changed()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Show the whole image again."""
        self.fit()

    # Painting

    def sizeHint(self) -> QSize:
        """Ask for a good part of the window."""
        return QSize(480, 360)

    def minimumSizeHint(self) -> QSize:
        """Leave the picture recognisable, and what steps over a missing one."""
        return QSize(160, 64 if self._is_missing else 96)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted picture fitted."""
        super().resizeEvent(event)
        self._changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the spinner while hidden."""
        self._spinner.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Resume the spinner."""
        super().showEvent(event)
        self._wait(self._waiting)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the image, what lies over it, and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.image is not None:
            painter.save()
            painter.setClipRect(self._lens.area)
            frame = self.frame()
            self._paint_image(painter, frame)
            for overlay in self.overlays:
                if overlay.shown:
                    overlay.paint(painter, frame)
            painter.setPen(QPen(tone(self.palette(), Tone.LINE), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.restore()
        elif self._waiting and self._ticks >= PATIENCE:
            self._paint_waiting(painter)
        elif self._is_missing:
            side = min(3.0 * self.fontMetrics().height(), self._lens.area.height())
            symbol = QRectF(0, 0, side, side)
            symbol.moveCenter(self._lens.area.center())
            draw(painter, "warning", symbol, tone(self.palette(), Tone.WARNING))
        if self.hasFocus() and self.rings:
            draw_ring(painter, self, 2, 6)

    def _paint_image(self, painter: QPainter, frame: QRectF) -> None:
        if self.zoom < 1:
            size = (frame.size() * self.devicePixelRatioF()).toSize().expandedTo(QSize(1, 1))
            if self._shrunk.size() != size:
                # Shrinking with care takes milliseconds; once for a size, not once for a repaint.
                smooth = Qt.TransformationMode.SmoothTransformation
                self._shrunk = self._pixmap.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            painter.drawPixmap(frame, self._shrunk, QRectF(self._shrunk.rect()))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom <= CRISP)
        painter.drawPixmap(frame, self._pixmap, QRectF(self._pixmap.rect()))

    def _paint_waiting(self, painter: QPainter) -> None:
        line, area = self.fontMetrics().height(), self._lens.area
        circle = QRectF(0, 0, 2 * line, 2 * line)
        circle.moveCenter(area.center() - QPointF(0, 1.5 * line))
        pen = QPen(tone(self.palette(), Tone.ACCENT), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(circle, -self._ticks * 16 * 20, 16 * 270)
        painter.setPen(tone(self.palette(), Tone.QUIET))
        text = QRectF(area.left(), circle.bottom() + line / 2, area.width(), area.bottom() - circle.bottom())
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(text, flags, self._waiting)
