"""Stands where the system's file manager is: notes which files and folders are opened."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QDir, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices


class FileManager(QObject):
    """A handler of Qt's own for addresses of files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Note what is opened."""
        self.opened.append(QDir.toNativeSeparators(url.toLocalFile()))


@contextmanager
def file_manager() -> Iterator[FileManager]:
    """Take the place of the system's file manager."""
    manager = FileManager()
    QDesktopServices.setUrlHandler("file", manager, "open")  # type: ignore[arg-type] # the stub says bytes
    try:
        yield manager
    finally:
        QDesktopServices.unsetUrlHandler("file")
