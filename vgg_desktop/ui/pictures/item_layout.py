"""Where the lines of a list or a grid are, without a look at each of them."""

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QSize


@dataclass(frozen=True, slots=True)
class ItemLayout:
    """Items in cells of one size, from left to right and from top to bottom; headers take the whole width.

    `headers` are the numbers of the items that are headers, the first of which is then item 0. To find an item takes a
    search among these only, however many items there are. All lengths are pixels.
    """

    count: int = 0
    headers: Sequence[int] = ()
    width: int = 1
    cell: QSize = field(default_factory=lambda: QSize(1, 1))
    header_height: int = 0
    columns: int = 1
    height: int = field(init=False)
    _starts: Sequence[int] = field(init=False)
    _tops: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        """Add up the heights of the sections: a header with the cells below it."""
        starts = self.headers or (0,)
        ends = (*starts[1:], self.count)
        heights = (
            self._head + -(-(end - start - bool(self.headers)) // self.columns) * self.cell.height()
            for start, end in zip(starts, ends, strict=True)
        )
        tops = tuple(itertools.accumulate(heights, initial=0))
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_tops", tops[:-1])
        object.__setattr__(self, "height", tops[-1])

    @property
    def _head(self) -> int:
        return self.header_height if self.headers else 0

    def is_header(self, item: int) -> bool:
        """Return whether an item is a header."""
        return bool(self.headers) and self._starts[self._section(item)] == item

    def rect(self, item: int) -> QRect:
        """Return where an item is."""
        section = self._section(item)
        top, place = self._tops[section], item - self._starts[section] - bool(self.headers)
        if place < 0:
            return QRect(0, top, self.width, self.header_height)
        line, column = divmod(place, self.columns)
        left, right = (self.width * each // self.columns for each in (column, column + 1))
        return QRect(left, top + self._head + line * self.cell.height(), right - left, self.cell.height())

    def item_at(self, point: QPoint) -> int | None:
        """Return the item at a point, or None where there is none."""
        item = self.item_near(point)
        return item if item is not None and self.rect(item).contains(point) else None

    def item_near(self, point: QPoint) -> int | None:
        """Return the item at a point or left of it; above the first and below the last the one that is nearest."""
        if self.count == 0:
            return None
        y = min(max(0, point.y()), self.height - 1)
        section = bisect_right(self._tops, y) - 1
        start, below = self._starts[section], y - self._tops[section] - self._head
        if below < 0:
            return start
        first = start + bool(self.headers)
        column = min(max(0, point.x() * self.columns // max(1, self.width)), self.columns - 1)
        end = self._starts[section + 1] if section + 1 < len(self._starts) else self.count
        return min(first + below // self.cell.height() * self.columns + column, end - 1)

    def within(self, area: QRect) -> range:
        """Return the items of the lines in an area; of a single line only those in the area."""
        is_one_line = not self.headers and self.columns >= self.count
        left, right = (area.left(), area.right()) if is_one_line else (0, self.width - 1)
        first = self.item_near(QPoint(left, area.top()))
        last = self.item_near(QPoint(right, area.bottom()))
        return range(0) if first is None or last is None else range(first, last + 1)

    def _section(self, item: int) -> int:
        return bisect_right(self._starts, item) - 1
