"""An automatic run of the window: opened, a picture dropped on it, closed. Part of `--self-test`."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtNetwork import QSslSocket
from PySide6.QtWidgets import QApplication, QWidget

from vgg_desktop import settings
from vgg_desktop.inference.results import Classification
from vgg_desktop.models.labels import short_name
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.pictures.results_model import ResultsModel
from vgg_desktop.ui.start import make_application, route_qt_messages

TIMEOUT_MS = 60_000


@dataclass(frozen=True, slots=True)
class UiCheckResult:
    """What the window showed: the published best class, Qt's platform, and whether Qt can fetch from secure addresses.

    `without_picture` are the names of examples in the empty window that have no picture.
    """

    label: str
    platform: str
    can_download: bool
    without_picture: tuple[str, ...]


def run_ui_check(picture: Path) -> UiCheckResult:
    """Open the window, drop a picture on it, wait for the result, and close it.

    Raises `TimeoutError`, the error of the picture, and any other error meanwhile.
    """
    errors: list[BaseException] = []
    before = sys.excepthook
    # The threads report theirs there.
    sys.excepthook = lambda _type, error, _traceback: errors.append(error)
    try:
        result = _run(picture)
    finally:
        sys.excepthook = before
    if errors:
        raise errors[0]
    return result


def _run(picture: Path) -> UiCheckResult:
    application = make_application()
    restore_messages = route_qt_messages()
    # An administrator may have chosen a network that knows other classes.
    chosen = replace(settings.load(), model=Settings().model)
    frame = Frame(application, chosen)
    app = App(frame, chosen)
    try:
        app.start()
        frame.show()
        buttons = app.window.welcome.example_buttons
        without = tuple(each.accessibleName() for each in buttons if each.icon().isNull())
        _drop(app.window, picture)
        answer = _wait_for_result(app.session.pictures.model)
        application.processEvents()  # the result is painted too
        frame.grab()
        label = short_name(answer.predictions[0].label)
        return UiCheckResult(label, QGuiApplication.platformName(), QSslSocket.supportsSsl(), without)
    finally:
        frame.close_at_once()
        app.stop()
        frame.places.sync()  # it would write later, into a folder that is gone by then
        restore_messages()


def _drop(window: QWidget, picture: Path) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(picture))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), copy, dragged, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, dragged, left, none))


def _wait_for_result(model: ResultsModel) -> Classification:
    loop, deadline = QEventLoop(), QTimer(singleShot=True, interval=TIMEOUT_MS)

    def check() -> None:
        if model.counts.ended:
            loop.quit()

    model.countsChanged.connect(check)
    deadline.timeout.connect(loop.quit)
    deadline.start()
    loop.exec()
    row = next(iter(model.rows()), None)
    if row is not None and row.error is not None:
        raise row.error
    if row is None or row.classification is None:
        raise TimeoutError("the window gave no answer")
    return row.classification
