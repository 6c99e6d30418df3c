"""The thumbnails of the list: the ones used last, as many as fit into a limit."""

from collections import OrderedDict
from pathlib import Path

from PySide6.QtGui import QImage

MOST_BYTES = 48 << 20  # 1,300 of 128 pixels, 190 of the grid's at twice the scale


class Thumbnails:
    """Thumbnails by file with the side that they were made for; the ones unused for longest are forgotten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Path, tuple[QImage, int]] = OrderedDict()
        self.bytes = 0

    def find(self, path: Path) -> tuple[QImage | None, int]:
        """Return a thumbnail and the side that it was made for, or None and 0."""
        if path not in self._kept:
            return None, 0
        self._kept.move_to_end(path)
        return self._kept[path]

    def keep(self, path: Path, image: QImage, side: int) -> None:
        """Keep a thumbnail unless there is one that was made for a larger side."""
        if path in self._kept:
            if self._kept[path][1] > side:
                return
            self.bytes -= self._kept.pop(path)[0].sizeInBytes()
        self._kept[path] = image, side
        self.bytes += image.sizeInBytes()
        while self.bytes > MOST_BYTES and len(self._kept) > 1:
            self.bytes -= self._kept.popitem(last=False)[1][0].sizeInBytes()

    def forget(self, path: Path) -> None:
        """Forget the thumbnail of a picture that was removed."""
        if path in self._kept:
            self.bytes -= self._kept.pop(path)[0].sizeInBytes()

    def clear(self) -> None:
        """Forget every thumbnail."""
        self._kept.clear()
        self.bytes = 0
