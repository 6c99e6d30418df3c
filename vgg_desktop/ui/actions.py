"""Every command of the window as an action: its words, its icon, its shortcut; the menus and the tool bar."""

import re
import sys
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import WIDTHS, ElidedButton
from vgg_desktop.ui.pages import PagePlan

Standard = QKeySequence.StandardKey
Role = QAction.MenuRole


def plain_text(action: QAction) -> str:
    """Return an action's text without the mark of its access key, which Japanese puts into brackets behind it."""
    return re.sub(r"\(&\w\)|&(?!&)", "", action.text())


def _tool_tip(action: QAction) -> str:
    """Return a tool tip: what it does, and its keys as this system writes them."""
    text = plain_text(action).removesuffix("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})" if keys else text


def page_action(page: str) -> str:
    """Return the name of the action that shows a page."""
    return f"page {page}"


@dataclass(frozen=True, slots=True)
class _Plan:
    """One action before it is made."""

    name: str
    text: str
    keys: QKeySequence.StandardKey | str | None = None
    icon: str = ""
    otherwise: str = ""
    role: QAction.MenuRole = Role.NoRole


class Actions:
    """The actions by name; `connect` sets their functions.

    Those that show a page are named after it: `page networks`.
    """

    def __init__(self, window: QMainWindow, pages: Sequence[PagePlan]) -> None:
        self._window = window
        self._by_name: dict[str, QAction] = {}
        self.pages = tuple(page_action(page.name) for page in pages)
        plans = (
            *_plans(),
            *(
                _Plan(name, page.text, f"Ctrl+{number}", page.symbol)
                for number, (name, page) in enumerate(zip(self.pages, pages, strict=True), 1)
            ),
        )
        own = {plan.keys for plan in plans if isinstance(plan.keys, str)}
        for plan in plans:
            self._add(plan, own)
        group = QActionGroup(window)
        for name in self.pages:
            self[name].setCheckable(True)
            self[name].setIconVisibleInMenu(False)  # where the mark of the current page stands
            group.addAction(self[name])

    def _add(self, plan: _Plan, own: Container[str]) -> None:
        action = QAction(plan.text, self._window)
        # What buttons, the rail and the list of keys say: the text of a menu may have numbers later.
        action.setIconText(plain_text(action).removesuffix("…"))
        if plan.icon:
            action.setIcon(icon(plan.icon))
        if isinstance(plan.keys, str):
            action.setShortcut(QKeySequence(plan.keys))
        elif plan.keys is not None:
            # Some systems have no keys of their own for quitting and for settings, and Linux has Ctrl+D for deleting:
            # keys that two actions have do nothing.
            known = [each for each in QKeySequence.keyBindings(plan.keys) if each.toString() not in own]
            action.setShortcuts(known or [QKeySequence(plan.otherwise)])
        action.setMenuRole(plan.role)
        action.setToolTip(_tool_tip(action))
        self._window.addAction(action)  # so that its shortcut works wherever it stands
        self._by_name[plan.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def connect(self, **slots: Callable[[], object]) -> None:
        """Connect the actions by name with what they do; every action must be named."""
        assert slots.keys() == self._by_name.keys(), slots.keys() ^ self._by_name.keys()
        for name, slot in slots.items():
            self._by_name[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def enable(self, enabled: bool, *names: str) -> None:
        """Switch actions on or off."""
        for name in names:
            self._by_name[name].setEnabled(enabled)


def _plans() -> tuple[_Plan, ...]:
    translate = QCoreApplication.translate
    return (
        _Plan("open", translate("Actions", "&Open pictures…"), Standard.Open, "open"),
        _Plan("folder", translate("Actions", "Open &folder…"), "Ctrl+Shift+O", "folder"),
        _Plan("save", translate("Actions", "&Save results…"), Standard.Save, "save"),
        _Plan("sort_folders", translate("Actions", "Sort pictures into fol&ders…"), "", "folder"),
        _Plan("quit", translate("Actions", "&Quit"), Standard.Quit, "", "Ctrl+Q", Role.QuitRole),
        _Plan("copy", translate("Actions", "&Copy result"), Standard.Copy, "copy"),
        _Plan("paste", translate("Actions", "&Paste picture"), Standard.Paste, "paste"),
        _Plan("select_all", translate("Actions", "Select &all"), Standard.SelectAll),
        _Plan("remove", translate("Actions", "&Remove from list"), Standard.Delete, "trash"),
        _Plan("clear", translate("Actions", "C&lear list"), "Ctrl+L", "clear"),
        _Plan("find", translate("Actions", "&Filter"), Standard.Find, "search"),
        _Plan(
            "settings",
            translate("Actions", "&Settings"),
            Standard.Preferences,
            "settings",
            "Ctrl+,",
            Role.PreferencesRole,
        ),
        _Plan("next", translate("Actions", "&Next picture"), "Alt+Right", "next"),
        _Plan("previous", translate("Actions", "&Previous picture"), "Alt+Left", "previous"),
        _Plan("zoom_in", translate("Actions", "Zoom &in"), Standard.ZoomIn, "zoom-in"),
        _Plan("zoom_out", translate("Actions", "Zoom &out"), Standard.ZoomOut, "zoom-out"),
        _Plan("fit", translate("Actions", "&Fit to view"), "Ctrl+0", "fit"),
        _Plan(
            "full_screen",
            translate("Actions", "Fu&ll screen"),
            Standard.FullScreen if sys.platform == "darwin" else "F11",  # GNOME's own would be Ctrl+F11
        ),
        _Plan("square", translate("Actions", "Show what the network &saw")),
        _Plan("next_area", translate("Actions", "Next &area"), "F6"),
        _Plan("previous_area", translate("Actions", "P&revious area"), "Shift+F6"),
        _Plan("pause", translate("Actions", "&Pause"), "Ctrl+P", "pause"),
        _Plan("stop", translate("Actions", "S&top"), "Ctrl+.", "stop"),
        _Plan("retry", translate("Actions", "Try &again"), Standard.Refresh, "retry"),
        _Plan("networks", translate("Actions", "&Networks"), "Ctrl+N", "network"),
        _Plan("devices", translate("Actions", "De&vices"), "Ctrl+D", "device"),
        _Plan("import", translate("Actions", "&Import a network…"), "Ctrl+I", "download"),
        _Plan("show_folder", translate("Actions", "Show in &folder"), "", "folder"),
        _Plan("first_steps", translate("Actions", "&First steps"), "", "info"),
        _Plan("keys", translate("Actions", "&Keys"), "F1"),
        _Plan("report", translate("Actions", "&Report a problem…"), "", "warning"),
        _Plan("logs", translate("Actions", "Show the &log folder"), "", "folder"),
        _Plan("updates", translate("Actions", "Check for &updates")),
        _Plan("about", translate("Actions", "&About VGG Desktop"), "", "info", "", Role.AboutRole),
    )


def build_menus(window: QMainWindow, actions: Actions, recent: QMenu, devices: QMenu) -> None:
    """Fill the menu bar."""
    translate = QCoreApplication.translate
    bar = window.menuBar()
    plan: tuple[tuple[str, tuple[str | QMenu | None, ...]], ...] = (
        (
            translate("Actions", "&File"),
            ("open", "folder", recent, None, "save", "sort_folders", None, "quit"),
        ),
        (
            translate("Actions", "&Edit"),
            ("copy", "paste", None, "select_all", "remove", "clear", None, "find", None, "settings"),
        ),
        (
            translate("Actions", "&View"),
            (
                *(*actions.pages, None, "next_area", "previous_area", None),
                *("previous", "next", None, "zoom_in", "zoom_out", "fit", "full_screen", None, "square"),
            ),
        ),
        (
            translate("Actions", "&Network"),
            ("networks", "import", devices, "devices", None, "pause", "stop", "retry"),
        ),
        (
            translate("Actions", "&Help"),
            ("first_steps", "keys", "report", None, "logs", "updates", None, "about"),
        ),
    )
    for title, names in plan:
        fill_menu(bar.addMenu(title), actions, names)


def fill_menu(menu: QMenu, actions: Actions, names: tuple[str | QMenu | None, ...]) -> None:
    """Add actions by name, other menus, and None as a separator."""
    for name in names:
        if name is None:
            menu.addSeparator()
        elif isinstance(name, str):
            menu.addAction(actions[name])
        else:
            menu.addMenu(name)


class ToolBar(QToolBar):
    """What the page in view does, and at the far end widgets that are always there."""

    def __init__(self, actions: Actions, pages: Sequence[PagePlan], last: Sequence[QWidget]) -> None:
        super().__init__(QCoreApplication.translate("Actions", "Tools"))
        self.setObjectName("tools")
        self.setMovable(False)
        self.setContextMenuPolicy(
            Qt.ContextMenuPolicy.PreventContextMenu
        )  # the only tool bar cannot be hidden
        self._buttons: dict[str, list[QAction]] = {}
        for page in pages:
            self._buttons[page.name] = [self._add(actions[name]) for name in page.tools]
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(gap)
        self._names = [each for each in last if isinstance(each, ElidedButton)]
        for widget in last:
            self.addWidget(widget)

    def show_page(self, name: str) -> None:
        """Show what this page does."""
        for page, buttons in self._buttons.items():
            for button in buttons:
                button.setVisible(page == name)

    def fit(self, width: int) -> None:
        """Leave out words, then the middle of names, rather than one of the buttons."""
        styles = Qt.ToolButtonStyle
        icons = [(styles.ToolButtonIconOnly, characters) for characters in WIDTHS]
        for style, characters in ((styles.ToolButtonTextBesideIcon, WIDTHS[0]), *icons):
            self.setToolButtonStyle(style)
            for button in self._names:
                button.set_width_in_characters(characters)
            if (layout := self.layout()) is not None:
                layout.invalidate()  # a button that was pushed out does not do it
            if self.sizeHint().width() <= width:
                break

    def _add(self, action: QAction) -> QAction:
        """Add a button that can be hidden while its action stays in the menus."""
        button = QToolButton()
        button.setDefaultAction(action)
        # Qt leaves these out of the Tab order, where users who use no mouse look for them.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.toolButtonStyleChanged.connect(button.setToolButtonStyle)
        return self.addWidget(button)
