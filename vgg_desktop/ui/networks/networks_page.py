"""The Networks page: a card per network, in groups, and the import of others."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from vgg_desktop.models.catalog import ModelSpec, Origin
from vgg_desktop.settings import Settings
from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.widgets import (
    Page,
    TonedLabel,
    discard,
    fill,
    plain_label,
    push_button,
    scaled,
    set_tab_order,
)
from vgg_desktop.ui.networks.downloads import Downloads
from vgg_desktop.ui.networks.import_strip import ImportStrip
from vgg_desktop.ui.networks.network_card import NetworkCard
from vgg_desktop.ui.networks.state import SUFFIXES
from vgg_desktop.ui.words.formats import data_size


class NetworksPage(Page):
    """A card for every network, and what imports one above them."""

    useRequested = Signal(object)  # noqa: N815 - Qt's way of naming; ModelSpec

    def __init__(self, downloads: Downloads) -> None:
        super().__init__(self.tr("Networks"))
        self._downloads = downloads
        self._current = ""
        self._speeds: dict[str, float] = {}
        self._arrived: NetworkCard | None = None  # imported last
        self._was_shown = False
        # In the order of the column. Asked back from the layout, the wrappers of cards would not outlive its items.
        self._cards: dict[str, NetworkCard] = {}
        self._make_widgets()
        self._lay_out()
        for spec in downloads.specs():
            self._add_card(spec)
        downloads.added.connect(self._add_card)
        downloads.changed.connect(self._follow)
        downloads.sizesChanged.connect(self._show_disk_use)
        downloads.removed.connect(self._take_removed)
        self._follow()

    def _make_widgets(self) -> None:
        self.intro = TonedLabel(
            text=self.tr(
                "Networks recognise what is in your pictures. All of them run on this computer; no picture ever "
                "leaves it."
            )
        )
        titles: dict[Origin, str] = {
            "bundled": self.tr("Comes with the app"),
            "download": self.tr("To download"),
            "imported": self.tr("Yours"),
        }
        self.headings = {origin: plain_label(title) for origin, title in titles.items()}
        for heading in self.headings.values():
            heading.setFont(scaled(heading.font()))
        self._cards_column = QVBoxLayout()
        self.verticalScrollBar().rangeChanged.connect(self._keep_in_view)
        self.import_button = push_button(self.tr("Import a network…"), self.choose_file, "network")
        self.hint = TonedLabel(text=self.tr("or drop an .onnx or .zip file on the window"), wrap=False)
        self.disk_use = TonedLabel(wrap=False)
        self.strip = ImportStrip(self._downloads)
        self.strip.started.connect(self._show_strip)
        self.strip.finished.connect(self._end_import)
        self.strip.refused.connect(self._show_strip)

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height() // 2
        row = FlowLayout(across=unit * 2, down=unit // 2)
        for widget in (self.import_button, self.hint, self.disk_use):
            row.addWidget(widget)
        self._cards_column.setSpacing(unit * 3 // 2)
        fill(self.column, self.intro, row, self.strip, self._cards_column, None)

    # The cards

    def card(self, id: str) -> NetworkCard:
        """Return the card of a network. Raises `KeyError`."""
        return self._cards[id]

    def cards(self) -> tuple[NetworkCard, ...]:
        """Return the cards from top to bottom."""
        return tuple(self._cards.values())

    @Slot(object)
    def take_spec(self, spec: ModelSpec) -> None:
        """Mark the network that is in use; it is first of its group when the page is shown the next time."""
        self._current = id = spec.id
        for card in self._cards.values():
            card.set_current(card.spec.id == id)
        if not self.isVisible():
            self._sort()
        self._follow()

    @Slot(object)
    def take_settings(self, settings: Settings) -> None:
        """Show how long a picture takes on this computer, by network."""
        self._speeds = dict(settings.speeds)
        for id, card in self._cards.items():
            card.set_speed(self._speeds.get(id))

    @Slot(object)
    def _add_card(self, spec: ModelSpec) -> None:
        card = NetworkCard(spec, self._downloads)
        card.useRequested.connect(self.useRequested)
        card.importRequested.connect(self.choose_file)
        card.menu.detailsRequested.connect(self.strip.change_details)
        card.set_speed(self._speeds.get(spec.id))
        card.set_current(spec.id == self._current)
        self._cards[spec.id] = card
        self._arrange(list(self._cards))

    def _sort(self) -> None:
        """Put the network in use first in its group; a card never moves under the eyes of a user."""
        known = [spec.id for spec in self._downloads.specs()]
        self._arrange(sorted(known, key=lambda id: id != self._current))

    def _arrange(self, ids: list[str]) -> None:
        """Show the cards by group, and in a group in this order."""
        groups = list(self.headings)
        ids.sort(key=lambda id: groups.index(self._cards[id].spec.origin))
        self._cards = {id: self._cards[id] for id in ids}
        widgets: list[QWidget] = []
        for origin, heading in self.headings.items():
            widgets += [heading, *(card for card in self._cards.values() if card.spec.origin == origin)]
        for place, widget in enumerate(widgets):
            if self._cards_column.indexOf(widget) != place:
                self._cards_column.insertWidget(place, widget)
        # Not before: what has no place yet would be shown as a window of its own.
        for origin, heading in self.headings.items():
            heading.setVisible(any(card.spec.origin == origin for card in self._cards.values()))
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        cards = (widget for card in self.cards() for widget in card.tab_order())
        set_tab_order([self.import_button, self.strip.cancel_button, *cards])

    @Slot()
    @Slot(str)
    def _follow(self, _id: str = "") -> None:
        """Make the button of the first card that offers something, beside what comes with the app, the primary one."""
        first = self._first_to_do()
        for card in self._cards.values():
            card.set_primary(card is first)

    @Slot()
    def _show_disk_use(self) -> None:
        used = self._downloads.disk_use()
        self.disk_use.setText(self.tr("{size} on disk").format(size=data_size(used)) if used else "")

    @Slot(object)
    def _take_removed(self, spec: ModelSpec) -> None:
        if self._downloads.spec(spec.id) is None:
            card, self._arrived = self._cards.pop(spec.id), None
            discard(card, self._cards_column)
            self._arrange(list(self._cards))
            self.focus(self.import_button)
        self._follow()

    # Importing

    @Slot()
    def choose_file(self) -> None:
        """Let the user choose a network's file, and import it."""
        networks, all_files = self.tr("ONNX networks"), self.tr("All files")
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import a network"), "", f"{networks} ({patterns});;{all_files} (*)"
        )
        if name:
            self._downloads.import_file(Path(name))

    @Slot(object)
    def _end_import(self, spec: ModelSpec | None) -> None:
        if spec is None:
            self.focus(self.import_button)
            return
        card = self._arrived = self._cards[spec.id]
        self.focus(card.more if card.button.isHidden() else card.button)
        self.ensureWidgetVisible(card)

    @Slot()
    def _show_strip(self) -> None:
        """Scroll to what is imported, or why it was not; both are at the top, and get their places later."""
        if not (self.strip.running.isHidden() and self.strip.failure.isHidden()):
            self.verticalScrollBar().setValue(0)

    @Slot()
    def _keep_in_view(self) -> None:
        """Follow a card that was added, which gets its place and its notes later, while it has the keyboard."""
        card, focused = self._arrived, self.focusWidget()
        if card is not None and focused is not None and card.isAncestorOf(focused):
            self.ensureWidgetVisible(card)

    # Shown

    def first(self) -> QWidget:
        """Return the first thing to do."""
        card = self._first_to_do()
        return card.button if card is not None else self.import_button

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what is new; a network that came into use meanwhile is first in its group, and in view."""
        super().showEvent(event)
        if event.spontaneous():
            return
        self._downloads.refresh()
        before = list(self._cards)
        self._sort()
        self._follow()
        self._show_disk_use()
        if (not self._was_shown or before != list(self._cards)) and self._current in self._cards:
            self.ensureWidgetVisible(self._cards[self._current])
        self._was_shown = True

    def _first_to_do(self) -> NetworkCard | None:
        offers = (card for card in self.cards() if card.offers_something)
        return next((card for card in offers if card.spec.origin != "bundled"), None)
