"""The pages of the window: which there are, and the one in view."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QPalette
from PySide6.QtWidgets import QStackedWidget, QWidget

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.areas import keyboard_place
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import Page
from vgg_desktop.ui.rail import Rail
from vgg_desktop.ui.session import Session

if TYPE_CHECKING:
    from vgg_desktop.ui.networks.networks_page import NetworksPage

PICTURES = "pictures"  # the page on which the window starts, and to which Escape returns


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page before it is made; `tools` are the actions that the tool bar has for it."""

    name: str
    text: str  # of its menu entry, with the access key
    symbol: str
    make: "Callable[[Pages], QWidget]"
    tools: tuple[str, ...] = ()


class Pages(QStackedWidget):
    """Imports and makes each page when it is first shown, so that the first paint need not wait for it, and keeps it.

    The rail is a part of the window beside it; `pictures` is the page that is there from the start.
    """

    pageChanged = Signal(str)  # noqa: N815 - Qt's way of naming; the page's name
    folderChosen = Signal(object)  # noqa: N815 - where networks are to be stored: Path, or None for the default folder

    def __init__(
        self,
        session: Session,
        plans: Sequence[tuple[PagePlan, QAction]],
        pictures: QWidget,
        *,
        can_check_updates: bool = False,
    ) -> None:
        """Make the first of the pages, each of which comes with the action that shows it."""
        super().__init__()
        self.pictures = pictures
        self._session = session
        self._can_check_updates = can_check_updates
        self._names = [plan.name for plan, _ in plans]
        self._makers = [plan.make for plan, _ in plans]
        # The name of the page in view. Not asked of the rail, which is the first to go with the window.
        self.current = PICTURES
        self._made: dict[str, QWidget] = {}
        self._entered: set[str] = set()  # the pages that have had the keyboard
        self.rail = Rail()
        self.rail.currentChanged.connect(self._choose)
        self.rail.entered.connect(self._enter)
        for plan, action in plans:
            symbols = (icon(plan.symbol), icon(plan.symbol, QPalette.ColorRole.Link))
            self.rail.add_page(action.iconText(), action.toolTip(), *symbols)

    def show_page(self, name: str) -> QWidget:
        """Bring a page into view with the keyboard on it, and return it. Raises `ValueError`."""
        self.rail.setCurrentIndex(self._names.index(name))
        self._enter()
        return self._made[name]

    def change_details(self, spec: ModelSpec) -> None:
        """Show the form for the labels and the preprocessing of an imported network."""
        cast("NetworksPage", self.show_page("networks")).strip.change_details(spec)

    @Slot(int)
    def _choose(self, place: int) -> None:
        """Show the page that became the current one of the rail, whose keyboard stays there."""
        name = self.current = self._names[place]
        page = self._made.get(name)
        if page is None:
            page = self._made[name] = self._makers[place](self)
            self.addWidget(page)
        stays = self.rail.hasFocus()
        self.setCurrentWidget(page)
        if not stays:
            self._enter()
        self.pageChanged.emit(name)
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.rail.tabText(place)))

    @Slot()
    def _enter(self) -> None:
        """Put the keyboard where it was last on the page."""
        page = self._made[self.current]
        if isinstance(page, Page) and self.current not in self._entered:
            place: QWidget | None = page.first()
        else:
            place = keyboard_place(page)
        self._entered.add(self.current)
        if place is not None:
            place.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_networks(self) -> QWidget:
        """Make the Networks page."""
        from vgg_desktop.ui.networks.networks_page import NetworksPage

        choice, settings = self._session.choice, self._session.settings
        page = NetworksPage(self._session.downloads)
        page.take_spec(choice.spec)
        page.take_settings(settings.value)
        page.useRequested.connect(choice.use)
        choice.specChanged.connect(page.take_spec)
        settings.changed.connect(page.take_settings)
        return page

    def make_devices(self) -> QWidget:
        """Make the Devices page."""
        from vgg_desktop.ui.devices.devices_page import DevicesPage

        return DevicesPage(self._session)

    def make_settings(self) -> QWidget:
        """Make the Settings page."""
        from vgg_desktop.ui.settings_page import SettingsPage

        page = SettingsPage(
            self._session.settings, self._session.history, can_check_updates=self._can_check_updates
        )
        page.folderChangeRequested.connect(self.folderChosen)
        return page


def page_plans() -> tuple[PagePlan, ...]:
    """Return the pages from top to bottom; Ctrl+1 shows the first, Ctrl+2 the second, and so on."""
    translate = QCoreApplication.translate
    tools = ("open", "paste", "save", "clear")
    return (
        PagePlan(PICTURES, translate("Pages", "Pict&ures"), "picture", lambda pages: pages.pictures, tools),
        PagePlan("networks", translate("Pages", "Net&works"), "network", Pages.make_networks),
        PagePlan("devices", translate("Pages", "De&vices"), "device", Pages.make_devices),
        PagePlan("settings", translate("Pages", "Se&ttings"), "settings", Pages.make_settings),
    )
