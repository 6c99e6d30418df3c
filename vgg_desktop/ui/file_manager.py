"""Files and folders shown in the system's file manager."""

import contextlib
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def show_in_folder(path: Path) -> None:
    """Open a folder, or the one that a file is in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))


def open_own_folder(folder: Path) -> None:
    """Open a folder of the app's own, which is made if nothing was saved in it yet."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    show_in_folder(folder)
