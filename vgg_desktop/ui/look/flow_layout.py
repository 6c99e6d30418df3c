"""A layout that Qt does not have: widgets in wrapped lines."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets in wrapped lines, in reading direction, from the edge or `centred`."""

    def __init__(
        self, parent: QWidget | None = None, *, across: int = 8, down: int = 8, centred: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._across = across
        self._down = down
        self._centred = centred
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Add an item that `addWidget` made."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Return an item, or None beyond the last one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Remove an item and return it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Return no direction: extra space is not used."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Return True: the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:  # noqa: N802 - Qt's name
        """Lay out the items."""
        super().setGeometry(area)
        self._arrange(area, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of one line with everything in it."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(each.width() for each in sizes) + self._across * max(0, len(sizes) - 1)
        return QSize(width, max((each.height() for each in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        """Return the items line by line, each with the width that it gets."""
        lines: list[list[tuple[QLayoutItem, int]]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            own = min(item.sizeHint().width(), max(width, item.minimumSize().width()))
            if not lines or x + own > width:
                lines.append([])
                x = 0
            lines[-1].append((item, own))
            x += own + self._across
        return lines

    def _arrange(self, area: QRect, *, move: bool) -> int:
        """Return the height that the lines need, and move the items there if `move` is set."""
        parent = self.parentWidget()
        backwards = parent is not None and parent.isRightToLeft()
        y = 0
        for line in self._lines(area.width()):
            x = 0
            if self._centred:
                used = sum(width for _, width in line) + self._across * (len(line) - 1)
                x = max(0, (area.width() - used) // 2)
            height = max(item.sizeHint().height() for item, _ in line)
            for item, width in line:
                left = area.right() + 1 - x - width if backwards else area.left() + x
                if move:
                    item.setGeometry(QRect(QPoint(left, area.top() + y), QSize(width, height)))
                x += width + self._across
            y += height + self._down
        return max(0, y - self._down)
