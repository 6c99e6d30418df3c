"""The windows beside the main one, by name."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMainWindow

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.frame import fit_on_screen
from vgg_desktop.ui.pages import Pages
from vgg_desktop.ui.session import Session


class Dialogs(QObject):
    """Imports and makes each when it is first shown, so that the first paint need not wait for it, and keeps it."""

    def __init__(self, window: QMainWindow, session: Session, pages: Pages) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._pages = pages
        self._makers = {
            "first_steps": self._make_first_steps,
            "keys": self._make_keys,
            "report": self._make_report,
            "about": self._make_about,
        }
        self.names = tuple(self._makers)  # those of the actions that show them
        self._made: dict[str, QDialog] = {}

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

    def change_details(self, spec: ModelSpec) -> None:
        """Show the form for the labels and the preprocessing of an imported network."""
        self._pages.change_details(spec)

    def _make_first_steps(self) -> QDialog:
        from vgg_desktop.ui.help.first_steps import FirstSteps

        return FirstSteps(self._window)

    def _make_keys(self) -> QDialog:
        from vgg_desktop.ui.help.keys_dialog import KeysDialog

        return KeysDialog(self._window)

    def _make_report(self) -> QDialog:
        from vgg_desktop.ui.help.report_dialog import ReportDialog

        return ReportDialog(self._session, self._window)

    def _make_about(self) -> QDialog:
        from vgg_desktop.ui.about_dialog import AboutDialog

        return AboutDialog(self._window)
