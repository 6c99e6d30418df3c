"""The Networks dialog: a card per network, in groups, and the import of others."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from vgg_desktop.models.catalog import ModelSpec, Origin
from vgg_desktop.settings import Settings
from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.widgets import (
    PageDialog,
    TonedLabel,
    VerticalArea,
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


class NetworksDialog(PageDialog):
    """A window of its own beside the main one, with a card for every network."""

    useRequested = Signal(object)  # noqa: N815 - Qt's way of naming; ModelSpec

    def __init__(self, downloads: Downloads, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._downloads = downloads
        self._current = ""
        self._speeds: dict[str, float] = {}
        self._arrived: NetworkCard | None = None  # imported last
        # In the order of the column. Asked back from the layout, the wrappers of cards would not outlive its items.
        self._cards: dict[str, NetworkCard] = {}
        self.setAcceptDrops(True)
        self.setWindowTitle(self.tr("Networks"))
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
        self._column = QVBoxLayout()
        self.area = VerticalArea()
        self.area.verticalScrollBar().rangeChanged.connect(self._keep_in_view)
        self.import_button = push_button(self.tr("Import a network…"), self.choose_file, "network")
        self.hint = TonedLabel(text=self.tr("or drop an .onnx or .zip file on the window"), wrap=False)
        self.disk_use = TonedLabel(wrap=False)
        self.close_button = push_button(self.tr("Close"), self.reject)
        self.strip = ImportStrip(self._downloads)
        self.strip.finished.connect(self._end_import)

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height() // 2
        content = QWidget()
        content.setLayout(self._column)
        margins = (unit * 2, unit // 2, unit * 2, unit)
        fill(self._column, None, spacing=unit * 3 // 2, margins=margins)
        self.area.setWidget(content)
        left = QWidget()
        flow = FlowLayout(left, across=unit * 2, down=unit // 2)
        for widget in (self.import_button, self.hint, self.disk_use):
            flow.addWidget(widget)
        self.lay_out_page((self.intro,), self.area, (self.strip,), left, self.close_button)
        metrics = self.fontMetrics()
        self.setMinimumHeight(metrics.height() * 20)
        self.resize(metrics.averageCharWidth() * 132, metrics.height() * 42)

    # The cards

    def card(self, id: str) -> NetworkCard:
        """Return the card of a network. Raises `KeyError`."""
        return self._cards[id]

    def cards(self) -> tuple[NetworkCard, ...]:
        """Return the cards from top to bottom."""
        return tuple(self._cards.values())

    @Slot(object)
    def take_spec(self, spec: ModelSpec) -> None:
        """Mark the network that is in use; it is first of its group when the dialog is opened the next time."""
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
            cards = [card for card in self._cards.values() if card.spec.origin == origin]
            heading.setVisible(bool(cards))
            widgets += [heading, *cards]
        for place, widget in enumerate(widgets):
            if self._column.indexOf(widget) != place:
                self._column.insertWidget(place, widget)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        order = [widget for card in self.cards() for widget in card.tab_order()]
        order += [self.import_button, self.close_button]
        set_tab_order(order)

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
            discard(card, self._column)
            self._arrange(list(self._cards))
            self.import_button.setFocus()
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
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Show the dialog and import a network from a file; what it lacks is asked for."""
        self.show()
        self.raise_()
        self.activateWindow()
        self._downloads.import_file(path)

    @Slot(object)
    def _end_import(self, spec: ModelSpec | None) -> None:
        if spec is None:
            self.import_button.setFocus()
            return
        card = self._arrived = self._cards[spec.id]
        (card.more if card.button.isHidden() else card.button).setFocus()
        self.area.ensureWidgetVisible(card)

    @Slot()
    def _keep_in_view(self) -> None:
        """Follow a card that was added, which gets its place and its notes later, while it has the keyboard."""
        card, focused = self._arrived, self.focusWidget()
        if card is not None and focused is not None and card.isAncestorOf(focused):
            self.area.ensureWidgetVisible(card)

    # Gestures

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files of networks."""
        if network_files(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        event.acceptProposedAction()
        for path in network_files(event.mimeData().urls()):
            self.import_file(path)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the network in use first in its group and into view, and the keyboard on the first thing to do."""
        super().showEvent(event)
        if event.spontaneous():
            return
        self._downloads.refresh()
        self._sort()
        self._follow()
        self._show_disk_use()
        self.area.verticalScrollBar().setValue(0)
        first = self._first_to_do()
        (first.button if first is not None else self.import_button).setFocus()
        if self._current in self._cards:
            self.area.ensureWidgetVisible(self._cards[self._current])

    def _first_to_do(self) -> NetworkCard | None:
        offers = (card for card in self.cards() if card.offers_something)
        return next((card for card in offers if card.spec.origin != "bundled"), None)


def network_files(urls: list[QUrl]) -> tuple[Path, ...]:
    """Return the files of networks in what is dragged."""
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return tuple(path for path in paths if path.suffix.lower() in SUFFIXES)
