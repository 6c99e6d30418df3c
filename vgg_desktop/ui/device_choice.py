"""What is known of the devices, and which of them answers, for whatever of the window shows it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from vgg_desktop.ui.inference_worker import InferenceWorker
from vgg_desktop.ui.requests import DeviceTest, Loaded
from vgg_desktop.ui.words.reasons import reason_text

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.failover import DeviceLost
    from vgg_desktop.inference.devices.listing import DeviceStatus

AUTO, CPU = "auto", "cpu"


class DeviceChoice(QObject):
    """Remembers what the thread of the networks tells about devices. Thread: the window's."""

    changed = Signal()  # something of what is below
    lost = Signal(object)  # DeviceLost

    def __init__(self, worker: InferenceWorker, parent: QObject) -> None:
        super().__init__(parent)
        self.statuses: tuple[DeviceStatus, ...] = ()  # none before they were found
        self.loaded: Loaded | None = None
        self.testing: DeviceTest | None = None
        worker.devices_known.connect(self._take_known)
        worker.testing.connect(self._take_testing)
        worker.loaded.connect(self._take_loaded)
        worker.device_lost.connect(self._take_lost)
        worker.failed.connect(self._end_testing)
        worker.cancelled.connect(self._end_testing)

    def name_of(self, id: str) -> str:
        """Return the name of a device by its id; the id itself while it is not known."""
        if id == CPU:
            return self.tr("CPU")
        return next((each.device.name for each in self.statuses if each.device.id == id), id)

    def others_usable(self) -> bool:
        """Return whether there is something to choose from."""
        return any(each.usable and each.device.id != CPU for each in self.statuses)

    def why_not(self, status: "DeviceStatus") -> str:
        """Return why a device does not answer, as far as it was found out for the network in use, translated; or ""."""
        if status.reason is not None:
            return reason_text(status.reason)
        fallback = self.loaded.fallback if self.loaded is not None else ()
        return next((reason_text(each.reason) for each in fallback if each.device == status.device), "")

    @Slot(object)
    def _take_known(self, statuses: "tuple[DeviceStatus, ...]") -> None:
        self.statuses = statuses
        self.changed.emit()

    @Slot(object)
    def _take_testing(self, testing: DeviceTest) -> None:
        self.testing = testing
        self.changed.emit()

    @Slot(object)
    def _take_loaded(self, loaded: Loaded) -> None:
        self.loaded, self.testing = loaded, None
        self.changed.emit()

    @Slot(object)
    def _take_lost(self, lost: "DeviceLost") -> None:
        self.lost.emit(lost)

    @Slot(object)
    def _end_testing(self, _what: object) -> None:
        if self.testing is not None:
            self.testing = None
            self.changed.emit()
