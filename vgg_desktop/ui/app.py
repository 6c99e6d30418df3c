"""Builds every object of the window, passes them on, and shuts them down."""

import logging
import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from vgg_desktop import __version__, logs, settings
from vgg_desktop.errors import NoDisplay
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.store import Fetch, ModelStore, all_models
from vgg_desktop.ui.main_window import MainWindow
from vgg_desktop.ui.workers import DownloadWorker, InferenceWorker

logger = logging.getLogger(__name__)
HUNG = 71
PATIENCE_MS = 15_000


def require_display() -> None:
    """Raise `NoDisplay` where Qt would abort: on Linux without a screen and without another platform chosen."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise NoDisplay


def load_fetch() -> Fetch:
    """Give `download.fetch`; its module is loaded with the first download only."""
    from vgg_desktop.models.download import fetch

    return fetch


def run(files: list[Path]) -> int:
    """Open the window, classify the files given, and give the exit code when it was closed.

    Raises `NoDisplay`, `CatalogInvalid`.
    """
    require_display()
    logs.set_up()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    QGuiApplication.setApplicationDisplayName("VGG Desktop")
    QApplication.setApplicationName("vgg-desktop")
    QApplication.setApplicationVersion(__version__)
    store = ModelStore()
    specs = all_models(store, load_catalog())
    downloads = DownloadWorker(store, load_fetch)
    inference = InferenceWorker(store)
    window = MainWindow(specs, store, downloads, inference, settings.load())
    workers = (downloads, inference)
    for worker in workers:
        worker.start()
    # Python sees Ctrl+C between two of Qt's events only; the idle timer makes some.
    signal.signal(signal.SIGINT, lambda *_: QApplication.quit())
    idle = QTimer()
    idle.start(250)
    idle.timeout.connect(lambda: None)
    window.show()
    window.add_paths(files)
    code = application.exec()
    for worker in workers:
        worker.request_stop()
    for worker in workers:
        if not worker.wait(PATIENCE_MS):
            logger.critical("%s did not stop", worker.objectName())
            logging.shutdown()
            os._exit(HUNG)  # returning would abort the process: a QThread may not be alive at exit
    return code
