"""All that is known of the devices: a card for every device, and bars for every network."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.device_choice import DeviceChoice
from vgg_desktop.ui.devices.device_card import DeviceCard
from vgg_desktop.ui.devices.network_group import NetworkGroup
from vgg_desktop.ui.look.widgets import TonedLabel, discard, fill

if TYPE_CHECKING:
    from vgg_desktop.ui.devices.measurements import Measurements


class FactsView(QWidget):
    """Updates its widgets in place: none that has the keyboard is made again."""

    testAgainRequested = Signal(str)  # noqa: N815 - Qt's way of naming; the device's id

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, DeviceCard] = {}
        self.groups: dict[str, NetworkGroup] = {}
        self.note = TonedLabel()
        unit = self.fontMetrics().height() // 2
        self._cards = fill(QVBoxLayout(), spacing=unit)
        self._groups = fill(QVBoxLayout(), spacing=unit)
        column, margins = QVBoxLayout(self), (0, 0, 0, 0)
        fill(column, self._cards, self.note, self._groups, None, spacing=unit * 3 // 2, margins=margins)

    def tab_order(self) -> list[QWidget]:
        """Return what takes the keyboard, from top to bottom."""
        return [*(card.button for card in self.cards.values()), *self.groups.values()]

    def show_networks(self, specs: tuple[ModelSpec, ...], known: "Measurements") -> None:
        """Show the bars of these networks, in this order."""
        wanted = {spec.id: spec.title for spec in specs if any(each.model == spec.id for each in known.facts)}
        if list(wanted) != list(self.groups):
            for gone in self.groups.keys() - wanted.keys():
                discard(self.groups.pop(gone), self._groups)
            self.groups = {id: self.groups.get(id) or NetworkGroup(id, title) for id, title in wanted.items()}
            for place, group in enumerate(self.groups.values()):
                self._groups.insertWidget(place, group)
        for id, group in self.groups.items():
            group.show_facts([each for each in known.facts if each.model == id], known.progress)

    def show_devices(self, known: "Measurements", devices: DeviceChoice, titles: Mapping[str, str]) -> None:
        """Show the devices, and which of them is in use."""
        loaded = devices.loaded
        wanted = [each.device.id for each in devices.statuses]
        if wanted != list(self.cards):
            for gone in self.cards.keys() - set(wanted):
                discard(self.cards.pop(gone), self._cards)
            self.cards = {id: self.cards.get(id) or self._new_card(id) for id in wanted}
            for place, card in enumerate(self.cards.values()):
                self._cards.insertWidget(place, card)
        for status in devices.statuses:
            device = status.device
            card = self.cards[device.id]
            found = [each for each in known.facts if each.device == device]
            # The fallback to the CPU uses its short name.
            in_use = loaded is not None and loaded.device in (device.name, device.id.upper())
            card.show_device(status, found, titles, in_use=in_use)
            card.button.setEnabled(not known.activity)

    def _new_card(self, id: str) -> DeviceCard:
        card = DeviceCard(id)
        card.testAgainRequested.connect(self.testAgainRequested)
        return card
