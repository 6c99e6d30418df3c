"""The windows beside the main one, by name."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from vgg_desktop.ui.frame import fit_on_screen


class Dialogs:
    """Each is made when it is first shown, so that the first paint need not wait for it, and then kept."""

    def __init__(self) -> None:
        self._makers: dict[str, Callable[[], QDialog]] = {}
        self._made: dict[str, QDialog] = {}

    def register(self, name: str, make: Callable[[], QDialog]) -> None:
        """Note how a dialog is made; its name is that of the action that shows it."""
        self._makers[name] = make

    def names(self) -> Iterable[str]:
        """Return the names of all that are registered."""
        return self._makers.keys()

    def show(self, name: str) -> QDialog:
        """Show a dialog in front of the others. Raises `KeyError`."""
        dialog = self._made.get(name)
        if dialog is None:
            dialog = self._made[name] = self._makers[name]()
        if not dialog.isVisible():
            fit_on_screen(dialog)
            # In the middle of the window again: kept, the place would be lower by a title bar each time.
            dialog.setAttribute(Qt.WidgetAttribute.WA_Moved, False)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog
