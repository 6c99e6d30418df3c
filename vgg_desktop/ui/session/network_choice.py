"""The choice of network, precision and device with which pictures are classified."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from vgg_desktop.errors import ModelError
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.settings import Settings
from vgg_desktop.ui.fast import Fast
from vgg_desktop.ui.jobs import JobQueue
from vgg_desktop.ui.networks.downloads import Downloads
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.ui.work.engine import Engine, Setup

if TYPE_CHECKING:
    from vgg_desktop.inference.results import Precision


class NetworkChoice(QObject):
    """Follows the settings and the networks on this computer, and loads what is chosen."""

    specChanged = Signal(object)  # noqa: N815 - Qt's way of naming; the ModelSpec now in use
    answersOutdated = Signal()  # noqa: N815 - another setup would answer otherwise
    testingAgain = Signal()  # noqa: N815 - the devices are about to be tested again
    networkFailed = Signal(object)  # noqa: N815 - the exception that keeps the network from working

    def __init__(
        self, settings: SettingsKeeper, downloads: Downloads, engine: Engine, queue: JobQueue, fast: Fast
    ) -> None:
        super().__init__()
        self._settings = settings
        self._downloads = downloads
        self._engine = engine
        self._queue = queue
        self._fast = fast
        self.spec = self._installed(settings.value.model) or downloads.specs()[0]
        settings.changed.connect(self._follow)
        downloads.installed.connect(self._use_if_better)
        downloads.imported.connect(self.use)
        downloads.revised.connect(self._use_revised)
        downloads.removed.connect(self._leave_removed)
        downloads.moved.connect(lambda _folder: self.load())  # nothing was in use meanwhile
        fast.made.connect(self._use_fast)
        engine.device_lost.connect(self._look_for_fast)

    @property
    def precision(self) -> "Precision":
        """The precision the user chose; where Fast was not made, the results are Exact and say so."""
        return "fast" if self._settings.value.precision == "fast" else "exact"

    @property
    def setup(self) -> Setup:
        """Return with what pictures are classified now."""
        return Setup(self.spec, self.precision, self._settings.value.device)

    @Slot(object)
    def use(self, spec: ModelSpec) -> None:
        """Classify with this network from now on, also the pictures that are there."""
        if spec == self.spec:
            return
        self.spec = spec
        self._settings.change(model=spec.id)
        self.specChanged.emit(spec)
        self.load()
        self.answersOutdated.emit()

    @Slot()
    def load(self, *, test_again: bool = False) -> None:
        """Load the network while the user looks for a picture, and try the devices out again if asked to."""
        setup = self.setup
        self._queue.submit(
            lambda _cancel, _report: self._engine.load(setup, test_again=test_again),
            failed=lambda error: self.take_failure(setup, error),
            urgent=True,
        )
        self._look_for_fast()

    @Slot()
    def test_devices_again(self) -> None:
        """Detect the devices and repeat their self-tests; existing answers stay."""
        self.testingAgain.emit()
        self.load(test_again=True)

    def choose_device(self, id: str) -> None:
        """Classify on this device from now on, also the pictures that are there; "auto" is the best."""
        self._settings.change(device=id)

    def choose_precision(self, precision: str, pictures: Sequence[Path] = ()) -> None:
        """Use Exact or Fast; Fast is made first where it was not, calibrated on pictures of the user's own."""
        if precision == "fast" and self._fast.model is None:
            self._fast.make(self.spec, pictures)
            return
        self._fast.cancel()
        self._settings.change(precision=precision)

    def take_failure(self, setup: Setup, error: Exception) -> None:
        """Tell what keeps the network from working."""
        # Errors of a network that is no longer in use do not matter.
        if setup.spec.id == self.spec.id and isinstance(error, ModelError):
            self._downloads.refresh()  # its file may have turned out to be damaged
            self.networkFailed.emit(error)

    @Slot(object, object)
    def _follow(self, chosen: Settings, before: Settings) -> None:
        if chosen.threads != before.threads:
            self._engine.threads = chosen.threads
        if chosen.model != self.spec.id and (spec := self._installed(chosen.model)) is not None:
            self.use(spec)
        elif chosen.device != before.device:
            self.load()
            self.answersOutdated.emit()
        elif chosen.top_k != before.top_k or chosen.precision != before.precision:
            self.answersOutdated.emit()

    def _installed(self, id: str) -> ModelSpec | None:
        spec = self._downloads.spec(id)
        return spec if spec and self._downloads.state(id).phase is Phase.INSTALLED else None

    @Slot()
    def _look_for_fast(self, _lost: object = None) -> None:
        self._fast.request(self.spec)  # on another device it is another form

    @Slot(object)
    def _use_fast(self, _known: object) -> None:
        if self.precision == "fast":  # it was requested before it was available
            self.answersOutdated.emit()
        self._settings.change(precision="fast")

    @Slot(object)
    def _use_if_better(self, spec: ModelSpec) -> None:
        # A finished download does not replace a network that the user chose.
        if self.spec.origin == "bundled":
            self.use(spec)

    @Slot(object)
    def _use_revised(self, spec: ModelSpec) -> None:
        if spec.id == self.spec.id:
            self.use(spec)

    @Slot(object)
    def _leave_removed(self, spec: ModelSpec) -> None:
        if spec.id == self.spec.id:
            self.use(self._downloads.specs()[0])
