"""The top-level window, shown before its content is built."""

from typing import cast

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from vgg_desktop import paths
from vgg_desktop.settings import Settings
from vgg_desktop.ui.look.appearance import Appearance, Choice


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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setWindowTitle(QApplication.applicationDisplayName())
        self.resize(1120, 760)
        geometry = self.places.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Emit that the window was painted."""
        super().paintEvent(event)
        self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once; what runs is stopped by the program's end."""
        self.places.setValue("geometry", self.saveGeometry())
        self.closing.emit()
        event.accept()
