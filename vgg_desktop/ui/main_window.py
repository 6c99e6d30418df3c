"""The window: arranges its parts, takes drops, and keeps what it shows in line with the session."""

import functools
import sys

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop import paths
from vgg_desktop.ui.actions import Actions, ToolBar, build_menus, fill_menu, page_action, plain_text
from vgg_desktop.ui.areas import go_to_next
from vgg_desktop.ui.device_chip import DeviceChip
from vgg_desktop.ui.dialogs import Dialogs
from vgg_desktop.ui.drop_overlay import DropOverlay
from vgg_desktop.ui.incoming.intake import Intake
from vgg_desktop.ui.incoming.mime import describe, summary
from vgg_desktop.ui.info_bar import InfoBar
from vgg_desktop.ui.job_strip import JobStrip
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import ElidedLabel, fill
from vgg_desktop.ui.menu_commands import MenuCommands, RecentMenu
from vgg_desktop.ui.network_button import NetworkButton
from vgg_desktop.ui.notices import Notices, UpdateNotices
from vgg_desktop.ui.pages import PICTURES, Pages, page_plans
from vgg_desktop.ui.pictures.browser_and_inspector import BrowserAndInspector
from vgg_desktop.ui.pictures.inspector import Inspector
from vgg_desktop.ui.pictures.list_panel import ListPanel
from vgg_desktop.ui.pictures.rows import ResultRow, RowState
from vgg_desktop.ui.precision_switch import PrecisionSwitch
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.updates import UpdateCheck
from vgg_desktop.ui.welcome import Welcome
from vgg_desktop.ui.win32 import Progress, TaskBar
from vgg_desktop.ui.words.formats import as_sentence, percent_done
from vgg_desktop.ui.words.reasons import reason_text

WELCOME_ACTIONS = ("open", "folder", "paste", "networks")
EXAMPLES = ("running-shoes", "jeans", "sandals")
# What can be done only while the Pictures page is in view: with its pictures, and with the one that is looked at.
ON_PICTURES = ("save", "sort_folders", "select_all", "clear", "find", "next", "previous")
WORDS_FROM = 1000  # width of the window in logical pixels from which the rail has words
ON_ONE = ("copy", "remove", "show_folder", "zoom_in", "zoom_out", "fit", "full_screen")
IN_FULL_SCREEN = ("full_screen", "previous", "next", "square", "copy", "quit")


class MainWindow(QMainWindow):
    """A page at a time, chosen on the rail at the left; the first has the pictures, or is a place to drop them.

    Fills the `Frame`, which has the place on the screen and shows this one's title.
    """

    def __init__(self, session: Session, intake: Intake, places: QSettings, updates: UpdateCheck) -> None:
        super().__init__()
        self._updates = updates
        self._session = session
        self._intake = intake
        self._places = places
        self.task_bar = TaskBar()
        self.setWindowTitle(self.tr("VGG Desktop"))
        self.setAcceptDrops(True)
        self.plans = page_plans()
        self.actions_ = Actions(self, self.plans)
        self._build()
        self._connect()
        self._restore()
        self._show_network()
        self._show_last_list()
        self._follow_page(PICTURES)
        self.welcome.open_button.setFocus()

    # Building

    def _build(self) -> None:
        self.list_panel = ListPanel(self._session)
        self.result_panel = Inspector(self._session)
        examples = [paths.resource(f"examples/{name}.jpg") for name in EXAMPLES]
        self.welcome = Welcome([self.actions_[name] for name in WELCOME_ACTIONS], examples)
        self.splitter = BrowserAndInspector(self.list_panel, self.result_panel)
        self.pictures = QStackedWidget()
        self.pictures.addWidget(self.welcome)
        self.pictures.addWidget(self.splitter)
        plans = [(plan, self.actions_[page_action(plan.name)]) for plan in self.plans]
        self.pages = Pages(self._session, plans, self.pictures, can_check_updates=self._updates.is_possible)
        self.dialogs = Dialogs(self, self._session, self.pages)
        middle, right = QWidget(), QWidget()
        self.info_bar = InfoBar(right)
        self.job_strip = JobStrip(self._session, self._intake)
        fill(QVBoxLayout(right), self.info_bar.room, (self.pages, 1), self.job_strip)
        fill(QHBoxLayout(middle), self.pages.rail, (right, 1), spacing=0, margins=(0, 0, 0, 0))
        self.setCentralWidget(middle)
        self.overlay = DropOverlay(middle)
        self.notices = Notices(
            self._session, self._intake, self.info_bar, self.show_networks, self.dialogs.change_details
        )
        self.update_notices = UpdateNotices(self._updates, self.notices)
        self.actions_["updates"].setVisible(self._updates.is_possible)
        if self._updates.is_off:
            text = plain_text(self.actions_["updates"])
            self.actions_["updates"].setText(self.tr("{0} (switched off by your administrator)").format(text))
            self.actions_.enable(False, "updates")
        panels = (self.list_panel, self.result_panel)
        self.commands = MenuCommands(
            self, self._session, self._intake, *panels, self.notices, self.show_networks
        )
        self.network_button = NetworkButton(self._session)
        self.network_button.networksWanted.connect(self.show_networks)
        self.recent = RecentMenu(self._session.settings, self.commands.open_paths, self)
        self.precision_switch = PrecisionSwitch(self._session)
        self.device_chip = DeviceChip(self._session)
        build_menus(self, self.actions_, self.recent, self.device_chip.menu())
        at_the_end = (self.network_button, self.precision_switch, self.device_chip)
        self.tool_bar = ToolBar(self.actions_, self.plans, at_the_end)
        self.addToolBar(self.tool_bar)
        self.status = ElidedLabel()  # a long name does not make the window wider
        self.status.setContentsMargins(self.fontMetrics().height() // 2, 0, 0, 0)
        self.statusBar().addWidget(self.status, 1)
        self.context = QMenu(self)
        fill_menu(self.context, self.actions_, ("copy", "show_folder", None, "retry", "remove"))

    def _connect(self) -> None:
        session, commands, view = self._session, self.commands, self.result_panel.view
        self.actions_["square"].setCheckable(True)
        self.actions_["square"].setChecked(True)
        self.actions_.connect(
            open=commands.open_files,
            folder=commands.open_folder,
            save=commands.save,
            sort_folders=commands.sort_into_folders,
            quit=lambda: self.window().close(),
            copy=commands.copy,
            paste=commands.paste,
            select_all=self.list_panel.list.selectAll,
            remove=commands.remove,
            clear=commands.clear,
            find=self.list_panel.filter.setFocus,
            next=lambda: self.list_panel.step(1),
            previous=lambda: self.list_panel.step(-1),
            zoom_in=view.zoom_in,
            zoom_out=view.zoom_out,
            fit=view.fit,
            full_screen=lambda: self.result_panel.toggle_full_screen(
                [self.actions_[name] for name in IN_FULL_SCREEN]
            ),
            square=lambda: self.result_panel.crop.set_shown(self.actions_["square"].isChecked()),
            pause=lambda: session.pictures.pause(not session.pictures.paused),
            stop=session.pictures.stop,
            retry=commands.retry,
            show_folder=commands.show_folder,
            logs=commands.show_logs,
            updates=self.update_notices.ask,
            **{"import": commands.import_network},
            next_area=lambda: go_to_next(self.areas(), 1),
            previous_area=lambda: go_to_next(self.areas(), -1),
            **{name: functools.partial(self.show_page, name) for name in ("networks", "devices", "settings")},
            **{page_action(each.name): functools.partial(self.show_page, each.name) for each in self.plans},
            **{name: functools.partial(self.dialogs.show, name) for name in self.dialogs.names},
        )
        self.pages.pageChanged.connect(self._follow_page)
        self.welcome.openRequested.connect(commands.open_files)
        self.welcome.folderRequested.connect(commands.open_folder)
        self.welcome.resumeRequested.connect(self._resume)
        session.pictures.restored.connect(self._look_at_restored)
        session.history.lastListChanged.connect(self._show_last_list)
        self.welcome.exampleChosen.connect(lambda path: self._intake.take_paths([path]))
        self.list_panel.currentChanged.connect(self.result_panel.show_row)
        self.list_panel.menuRequested.connect(self.context.popup)
        self.list_panel.retryRequested.connect(commands.retry_shown)
        self.list_panel.scopeChanged.connect(lambda: commands.show_scope(self.actions_))
        self.result_panel.rowShown.connect(self._show_status)
        self.result_panel.stepRequested.connect(self.list_panel.step)
        session.pictures.model.countsChanged.connect(self._show_counts)
        session.pictures.added.connect(self._look_at_new)
        session.choice.specChanged.connect(self._show_network)
        session.devices.changed.connect(self._show_status)
        self.job_strip.pageRequested.connect(self.show_page)
        self.device_chip.devicesWanted.connect(lambda: self.show_page("devices"))
        for changed in (session.devices.changed, session.fast.changed, session.settings.changed):
            changed.connect(self._fit_tool_bar)
        session.downloads.changed.connect(self._show_title)
        self._intake.picturesOffered.connect(self.show_pictures)
        self._intake.networksOffered.connect(commands.import_networks)

    # Drops and keys

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show at once whether what is dragged will be taken."""
        counted = summary(event.mimeData())
        self.overlay.show_over(describe(counted), not counted.is_empty)
        # Accepted either way: otherwise no leave event comes, and no reason could be shown.
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Take the announcement back."""
        self.overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self.overlay.hide()
        event.acceptProposedAction()
        if not self._intake.take_mime(event.mimeData()):
            self.notices.nothing_to_take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a page for the pictures, and the filter for the list."""
        if event.key() == Qt.Key.Key_Escape and self.pages.current != PICTURES:
            self.show_page(PICTURES)
            return
        if event.key() == Qt.Key.Key_Escape and self.list_panel.filter.text():
            self.list_panel.filter.clear()
            self.list_panel.list.setFocus()
            return
        super().keyPressEvent(event)

    # Pages

    def show_page(self, name: str) -> QWidget:
        """Bring a page into view, and return it. Raises `ValueError`."""
        return self.pages.show_page(name)

    @Slot()
    def show_pictures(self) -> None:
        """Show the pictures."""
        self.show_page(PICTURES)

    @Slot()
    def show_networks(self) -> None:
        """Show the networks, from which one is chosen."""
        self.show_page("networks")

    @Slot(str)
    def _follow_page(self, name: str) -> None:
        self.actions_[page_action(name)].setChecked(True)
        self.tool_bar.show_page(name)
        self._fit_tool_bar()
        self._show_counts()
        self._show_status()

    def areas(self) -> tuple[QWidget, ...]:
        """Return the areas between which F6 goes, in its order."""
        page = self.pages.currentWidget()
        shown = self.pictures.currentWidget() if page is self.pictures else page
        parts = (self.list_panel, self.result_panel) if shown is self.splitter else (shown,)
        return (self.pages.rail, self.info_bar, *parts, self.job_strip, self.tool_bar)

    # What is shown

    @Slot(object)
    def _look_at_new(self, rows: tuple[ResultRow, ...]) -> None:
        current = self.list_panel.current()
        is_busy = current is not None and current.state in (RowState.WAITING, RowState.RUNNING)
        if not is_busy or not self.list_panel.selected():
            self.list_panel.select(rows[0])

    @Slot()
    def _show_counts(self) -> None:
        counts, session = self._session.pictures.model.counts, self._session
        page = self.splitter if counts.total else self.welcome
        if self.pictures.currentWidget() is not page:
            self.pictures.setCurrentWidget(page)
            if page is self.splitter:
                self.list_panel.list.setFocus()
        # One picture alone needs no list beside it.
        self.list_panel.setVisible(counts.total > 1)
        enable = self.actions_.enable
        is_in_view = self.pages.current == PICTURES
        enable(is_in_view, "square")
        enable(is_in_view and counts.total > 0, *ON_PICTURES)
        enable(counts.open > 0 or session.pictures.paused, "pause", "stop")
        enable(is_in_view and counts.total > counts.open + counts.done, "retry")
        pause = self.actions_["pause"]
        pause.setText(self.tr("&Resume") if session.pictures.paused else self.tr("&Pause"))
        pause.setIconText(plain_text(pause))
        pause.setIcon(icon("play" if session.pictures.paused else "pause"))
        self._show_title()

    @Slot()
    def _resume(self) -> None:
        """Go on with the pictures of the last start, shown as they were."""
        if (last := self._session.history.last_list) is not None:
            self.list_panel.restore_view_state(last.view)
        self._session.pictures.restore()

    @Slot()
    def _look_at_restored(self) -> None:
        shown = self._session.pictures.model.shown()
        if self.list_panel.current() is None and shown:
            self.list_panel.select(shown[0])

    @Slot()
    def _show_last_list(self) -> None:
        history = self._session.history
        self.welcome.show_last_list(history.last_list)
        self.welcome.show_remembering(history.is_on and not history.history.exists())

    @Slot()
    def _show_title(self) -> None:
        """Show the progress in the title and the task bar."""
        counts, overall = self._session.pictures.model.counts, self._session.downloads.overall()
        title, state, fraction = self.tr("VGG Desktop"), Progress.NONE, 0.0
        if overall is not None:
            title = f"{percent_done(overall.fraction)} – {title}"
            state, fraction = Progress.NORMAL, overall.fraction
        elif counts.open > 1:
            title = f"{counts.ended} / {counts.total} – {title}"
            failed = Progress.ERROR if counts.failed else Progress.NORMAL
            state = Progress.PAUSED if self._session.pictures.paused else failed
            fraction = counts.ended / counts.total
        self.setWindowTitle(title)
        if (handle := self.window().windowHandle()) is not None:  # the frame is on the screen
            self.task_bar.show(int(handle.winId()), state, fraction)
        # On Linux Qt makes an invalid D-Bus path of the application's name, and complains at each number.
        if sys.platform != "linux" and isinstance(application := QGuiApplication.instance(), QGuiApplication):
            application.setBadgeNumber(counts.open if counts.open > 1 else 0)

    @Slot()
    def _show_network(self) -> None:
        self._fit_tool_bar()
        self._show_status()

    @Slot()
    def _show_status(self) -> None:
        """Show the provenance of the result that is shown: network, device, precision, milliseconds."""
        is_in_view, loaded = self.pages.current == PICTURES, self._session.devices.loaded
        row = self.result_panel.row if is_in_view else None
        result = row.classification if row is not None else None
        is_current = row is not None and self.result_panel.classification is not None
        self.actions_.enable(row is not None, *ON_ONE)
        self.actions_.enable(is_current, "copy")
        spec = self._session.downloads.spec(result.model) if result is not None else self._session.choice.spec
        parts = [spec.title if spec is not None else ""]
        devices, details = self._session.devices, ""
        if result is not None:
            parts.append(devices.name_of(result.device))
            parts.append(self.tr("Exact") if result.precision == "exact" else self.tr("Fast"))
            stages = [result.milliseconds.get(stage, 0) for stage in ("read", "prepare", "run")]
            parts.append(self.tr("{0} ms").format(f"{sum(stages):.0f}"))
            details = self.tr("Decode {0} ms, resize {1} ms, network {2} ms").format(
                *(f"{each:.0f}" for each in stages)
            )
            if result.note is not None:
                parts.append(as_sentence(reason_text(result.note)))
            if not is_current:
                parts.insert(0, self.tr("Previous result"))
        elif loaded is not None:
            parts.append(loaded.device)
        if devices.testing is not None:
            tested = devices.testing
            parts = [self.tr("Testing {0} with {1}…").format(tested.device, tested.spec.title)]
        self.status.setText("   ·   ".join(part for part in parts if part))
        self.status.details = details
        self.status.setAccessibleDescription(details)
        self.status.update()

    # Its size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.pages.rail.set_compact(self.width() < WORDS_FROM)
        self.splitter.fit(self.width())
        self._fit_tool_bar()

    @Slot()
    def _fit_tool_bar(self) -> None:
        self.tool_bar.fit(self.width())

    def _restore(self) -> None:
        self.splitter.restore_state(self._places)
        self.result_panel.restore_state(self._places)

    @Slot()
    def save_places(self) -> None:
        """Save the window's geometry and its splitters."""
        self.splitter.save_state(self._places)
        self.result_panel.save_state(self._places)
        self._session.history.keep_view(self.list_panel.view_state())
