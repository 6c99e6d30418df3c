"""Files and folders shown in the system's file manager."""

import contextlib
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from vgg_desktop.ui import win32


def show_in_folder(path: Path) -> None:
    """Open a folder, or the one that a file is in; on Windows with the file selected."""
    is_folder = path.is_dir()
    if is_folder or not win32.select_in_explorer(path):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if is_folder else path.parent)))


def open_own_folder(folder: Path) -> None:
    """Open a folder of the app's own, which is made if nothing was saved in it yet."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    show_in_folder(folder)
