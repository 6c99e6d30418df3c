"""What is open and what was chosen: the one model behind the window, which may be built again meanwhile."""

from dataclasses import dataclass

from vgg_desktop.ui.device_choice import DeviceChoice
from vgg_desktop.ui.devices.measurements import Measurements
from vgg_desktop.ui.fast import Fast
from vgg_desktop.ui.networks.downloads import Downloads
from vgg_desktop.ui.session.history_keeper import HistoryKeeper
from vgg_desktop.ui.session.network_choice import NetworkChoice
from vgg_desktop.ui.session.picture_list import PictureList
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper


@dataclass(frozen=True, slots=True)
class Session:
    """The parts of the model, for whatever of the window shows them."""

    settings: SettingsKeeper
    downloads: Downloads
    devices: DeviceChoice
    fast: Fast
    choice: NetworkChoice
    history: HistoryKeeper
    measurements: Measurements
    pictures: PictureList
