"""The state of the devices and which of them is in use, for every part of the window that shows it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from vgg_desktop.ui.words.reasons import reason_text
from vgg_desktop.ui.work.engine import DeviceTest, Engine, Loaded

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.listing import DeviceStatus

AUTO, CPU = "auto", "cpu"


class DeviceChoice(QObject):
    """Keeps what the engine reports about devices, for menu, chip and page. Thread: the window's."""

    changed = Signal()  # any attribute below
    networkLoaded = Signal()  # noqa: N815 - Qt's way of naming
    lost = Signal(object)  # DeviceLost

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.statuses: tuple[DeviceStatus, ...] = ()  # empty until they are listed
        self.loaded: Loaded | None = None
        self.testing: DeviceTest | None = None
        engine.devices_known.connect(self._take_known)
        engine.testing.connect(self._take_testing)
        engine.loaded.connect(self._take_loaded)
        engine.device_lost.connect(self.lost)

    def forget_loaded(self) -> None:
        """Reset what is known of the network in use, because another is chosen."""
        self.loaded = None

    def name_of(self, id: str) -> str:
        """Return the name of a device by its id; the id itself while it is not known."""
        if id == CPU:
            return self.tr("CPU")
        return next((each.device.name for each in self.statuses if each.device.id == id), id)

    def others_usable(self) -> bool:
        """Return whether there is something to choose from."""
        return any(each.usable and each.device.id != CPU for each in self.statuses)

    def unused_reason(self, status: "DeviceStatus") -> str:
        """Return why a device is not used for the current network, translated, or ""."""
        if status.reason is not None:
            return reason_text(status.reason)
        fallback = self.loaded.fallback if self.loaded is not None else ()
        return next((reason_text(each.reason) for each in fallback if each.device == status.device), "")

    @Slot(object)
    def _take_known(self, statuses: "tuple[DeviceStatus, ...]") -> None:
        self.statuses = statuses
        self.changed.emit()

    @Slot(object)
    def _take_testing(self, testing: DeviceTest | None) -> None:
        if testing != self.testing:
            self.testing = testing
            self.changed.emit()

    @Slot(object)
    def _take_loaded(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.networkLoaded.emit()
        self.changed.emit()
