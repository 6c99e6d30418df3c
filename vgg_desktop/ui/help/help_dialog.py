"""What the dialogs of the Help menu have in common."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import fill, push_button

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
NARROW = 52  # characters of the least width


class HelpDialog(QDialog):
    """Something to read beside the window, that can be copied as text."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.copy_button = push_button("", self._copy, "copy")
        self.close_button = push_button(self.tr("Close"), self.reject)
        self.close_button.setDefault(True)
        self._show_uncopied()

    def lay_out(self, *parts: QWidget | tuple[QWidget, int], wide: int = 72, lines: int = 30) -> None:
        """Lay out the parts above the buttons; the size is in characters and lines."""
        gap = self.fontMetrics().height()
        column = QVBoxLayout(self)
        buttons = fill(QHBoxLayout(), None, self.copy_button, self.close_button)
        fill(column, *parts, buttons, spacing=gap * 3 // 4, margins=(gap, gap, gap, gap))
        needed = column.totalMinimumSize()
        narrow = max(self.fontMetrics().averageCharWidth() * NARROW, needed.width())
        self.setMinimumSize(narrow, max(column.totalMinimumHeightForWidth(narrow), needed.height()))
        self.resize(self.fontMetrics().averageCharWidth() * wide, gap * lines)
        self.close_button.setFocus()

    def text(self) -> str:
        """Return what is copied."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Offer to copy it again."""
        super().showEvent(event)
        self._show_uncopied()

    def _show_uncopied(self) -> None:
        self.copy_button.setText(self.tr("Copy to clipboard"))
        self.copy_button.setIcon(icon("copy"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy_button.setText(self.tr("Copied"))
        self.copy_button.setIcon(icon("check"))
