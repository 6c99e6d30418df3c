"""The top-level window, shown before its content is built."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QSettings, QSize, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from vgg_desktop import paths
from vgg_desktop.settings import Settings
from vgg_desktop.ui.look.appearance import Appearance, Choice

COMFORTABLE, LARGEST = QSize(1120, 760), QSize(1280, 860)
TITLE_BAR = QSize(16, 48)  # what window systems draw around a window, which is not known before it is shown


def fit_on_screen(window: QWidget) -> None:
    """Make a window no larger than its screen, whatever it asks for, before it is shown."""
    room = window.screen().availableSize() - TITLE_BAR
    least = window.minimumSize().expandedTo(window.minimumSizeHint())
    if least.boundedTo(room) != least:
        window.setMinimumSize(least.boundedTo(room))
    window.resize(window.size().boundedTo(room))


def place_key() -> str:
    """Return where the place of the window is kept: by the screens, as one at home, at work and on the way."""
    sizes = (each.size() for each in QGuiApplication.screens())
    return "geometry/" + "+".join(f"{each.width()}x{each.height()}" for each in sizes)


class Frame(QWidget):
    """The window with its title, colours and place; empty until `fill`. Its imports are waited for: keep them few."""

    painted = Signal()
    closing = Signal()

    def __init__(self, application: QApplication, chosen: Settings) -> None:
        super().__init__()
        self.application = application
        self.appearance = Appearance(application)
        self.appearance.apply(cast(Choice, chosen.appearance))
        paths.config_folder().mkdir(parents=True, exist_ok=True)
        self.places = QSettings(str(paths.config_folder() / "window.ini"), QSettings.Format.IniFormat)
        self._contents: QWidget | None = None
        self.may_close: Callable[[], bool] | None = None  # asks the user, where that is needed
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setWindowTitle(QApplication.applicationDisplayName())
        self.resize(self._first_size())
        geometry = self.places.value(place_key())
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _first_size(self) -> QSize:
        """Return three quarters of the screen, or what five bars need beside a list, but never more than the screen."""
        room = self.screen().availableSize() - TITLE_BAR
        wanted = (room * 3 / 4).expandedTo(COMFORTABLE).boundedTo(LARGEST)
        return wanted.boundedTo(room)

    def fill(self, contents: QWidget) -> None:
        """Show what belongs into the window, and its title, in the place of what was there before."""
        old, self._contents = self._contents, contents
        if old is not None:
            old.hide()
            old.deleteLater()
        first = contents.focusWidget()  # moving it forgets who has the keyboard
        self._column.addWidget(contents)
        self.setWindowTitle(contents.windowTitle())
        contents.windowTitleChanged.connect(self.setWindowTitle)
        contents.show()
        if first is not None:
            first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the title bar before anyone sees it."""
        self.appearance.fit_frame(self.windowHandle())
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Emit that the window was painted."""
        super().paintEvent(event)
        self.painted.emit()

    def close_at_once(self) -> None:
        """Close without a question."""
        self.may_close = None
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless the user is asked and wants to go on; what runs is stopped by the program's end."""
        # A question would keep the computer from shutting down.
        may_close = None if self.application.isSavingSession() else self.may_close
        if may_close is not None and not may_close():
            event.ignore()
            return
        self.places.setValue(place_key(), self.saveGeometry())
        self.closing.emit()
        event.accept()
