"""The position of a picture in its view: fitted, or zoomed around a point."""

from PySide6.QtCore import QPointF, QRectF, QSize

STEP = 1.25
LARGEST = 16.0
SMALLEST = 0.001


class Lens:
    """The geometry of one picture in one view; points are the view's, a zoom of 1 is one pixel of the screen."""

    def __init__(self) -> None:
        self.size = QSize()
        self.area = QRectF()
        self.ratio = 1.0  # screen pixels for one of the view's coordinates
        self._zoom: float | None = None  # None: as large as it fits
        self._middle = QPointF()  # the picture's point in the middle of the area, in its pixels

    def start(self, size: QSize) -> None:
        """Set another picture, with its size in pixels, and fit it."""
        self.size, self._zoom, self._middle = size, None, QPointF()

    @property
    def fitting(self) -> float:
        """Return the zoom that just shows the whole picture."""
        if self.size.isEmpty():
            return 1.0
        ratio = min(self.area.width() / self.size.width(), self.area.height() / self.size.height())
        return max(ratio, SMALLEST) * self.ratio

    @property
    def zoom(self) -> float:
        """Return the zoom: screen pixels for one of the picture's."""
        return self.fitting if self._zoom is None else self._zoom

    @property
    def fitted(self) -> bool:
        """Return whether the picture stays as large as it fits."""
        return self._zoom is None

    @property
    def _scale(self) -> float:
        return self.zoom / self.ratio

    def frame(self) -> QRectF:
        """Return the rectangle of the whole picture; parts may be outside the area; it leaves no avoidable gap."""
        frame = QRectF(0, 0, self.size.width() * self._scale, self.size.height() * self._scale)
        middle, area = self.area.center(), self.area
        frame.moveCenter(middle)
        if self._zoom is not None and frame.width() > area.width():
            left = middle.x() - self._middle.x() * self._scale
            frame.moveLeft(min(area.left(), max(area.right() - frame.width(), left)))
        if self._zoom is not None and frame.height() > area.height():
            top = middle.y() - self._middle.y() * self._scale
            frame.moveTop(min(area.top(), max(area.bottom() - frame.height(), top)))
        return frame

    def movable(self) -> bool:
        """Return whether parts of the picture are outside."""
        frame = self.frame()
        wider, higher = frame.width() - self.area.width(), frame.height() - self.area.height()
        return self._zoom is not None and max(wider, higher) > 0.5

    def fit(self) -> None:
        """Show the whole picture, from now on."""
        self._zoom = None

    def zoom_to(self, zoom: float, place: QPointF, *, at_least_fit: bool = True) -> None:
        """Zoom around `place`, within the limits."""
        fitting, point = self.fitting, (place - self.frame().topLeft()) / self._scale
        zoom = min(zoom, max(LARGEST, fitting))
        self._zoom = None if at_least_fit and zoom <= fitting * 1.001 else zoom
        self._middle = point + (self.area.center() - place) / self._scale
        self._settle()

    def pan(self, by: QPointF) -> None:
        """Move the view by an offset, within the picture."""
        self._middle += by / self._scale
        self._settle()

    def _settle(self) -> None:
        # At a border the middle stays where it could be moved to; else the way back would begin with nothing.
        self._middle = (self.area.center() - self.frame().topLeft()) / self._scale
