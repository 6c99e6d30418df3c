"""A notification of the system, for what is done while the user is elsewhere."""

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from vgg_desktop.ui.look.icons import app_icon

NOTIFICATION_MS = 10_000  # as long as a notification stays


class Notification(QObject):
    """Shows a notification of the system, where it has them; Qt needs an icon in the tray meanwhile."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None
        self._over = QTimer(self, singleShot=True, interval=NOTIFICATION_MS)
        self._over.timeout.connect(self._end)

    def show(self, text: str) -> None:
        """Show a text for some seconds."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(app_icon(), self)
            self._tray.messageClicked.connect(self._end)
            self._tray.activated.connect(self._end)
        self._tray.show()
        self._tray.showMessage(
            QGuiApplication.applicationDisplayName(), text, app_icon(), msecs=NOTIFICATION_MS
        )
        self._over.start()

    @Slot()
    def _end(self, _reason: object = None) -> None:
        self._over.stop()
        if self._tray is not None:
            self._tray.hide()
