"""A button of a tool bar that says the name of something, which may be long."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QToolButton

ROOMS = (30, 16, 9, 5)  # characters


class ElidedButton(QToolButton):
    """Leaves out the middle of a name that takes more than some characters; whoever uses it has a tool tip say it."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._characters = ROOMS[0]
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def set_name(self, name: str) -> None:
        """Show another name."""
        self._name = name
        self._elide()

    def set_room(self, characters: int) -> None:
        """Leave room for so many characters of average width."""
        self._characters = characters
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._elide()

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        room = metrics.averageCharWidth() * self._characters
        text = metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        self.setText(text.replace("&", "&&"))
