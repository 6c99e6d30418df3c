"""The windows beside the main one, by name."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.frame import fit_on_screen
from vgg_desktop.ui.session import Session


class Dialogs(QObject):
    """Imports and makes each when it is first shown, so that the first paint need not wait for it, and keeps it."""

    folderChosen = Signal(object)  # noqa: N815 - where networks are to be stored: Path, or None for the default folder

    def __init__(self, window: QWidget, session: Session, can_check_updates: bool) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._can_check_updates = can_check_updates
        self._makers = {
            "networks": self._make_networks,
            "devices": self._make_devices,
            "settings": self._make_settings,
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
        from vgg_desktop.ui.networks.networks_dialog import NetworksDialog

        dialog = self.show("networks")
        assert isinstance(dialog, NetworksDialog)
        dialog.strip.change_details(spec)

    def _make_networks(self) -> QDialog:
        from vgg_desktop.ui.networks.networks_dialog import NetworksDialog

        choice, settings = self._session.choice, self._session.settings
        dialog = NetworksDialog(self._session.downloads, self._window)
        dialog.take_spec(choice.spec)
        dialog.take_settings(settings.value)
        dialog.useRequested.connect(choice.use)
        choice.specChanged.connect(dialog.take_spec)
        settings.changed.connect(dialog.take_settings)
        return dialog

    def _make_devices(self) -> QDialog:
        from vgg_desktop.ui.devices.devices_dialog import DevicesDialog

        return DevicesDialog(self._session, self._window)

    def _make_settings(self) -> QDialog:
        from vgg_desktop.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(
            self._session.settings, self._window, can_check_updates=self._can_check_updates
        )
        dialog.folderChangeRequested.connect(self.folderChosen)
        return dialog

    def _make_about(self) -> QDialog:
        from vgg_desktop.ui.about_dialog import AboutDialog

        return AboutDialog(self._window)
