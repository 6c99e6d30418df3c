"""One picture with its overlays and zoom, and below it tabs with what is known of it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSplitter, QTabWidget, QToolButton, QVBoxLayout, QWidget

from vgg_desktop.inference.results import Classification
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import fill, set_tab_order
from vgg_desktop.ui.pictures.answer_panel import AnswerPanel, ErrorPanel
from vgg_desktop.ui.pictures.overlays import CropOverlay
from vgg_desktop.ui.pictures.picture_view import PictureView
from vgg_desktop.ui.pictures.rows import ResultRow, RowState
from vgg_desktop.ui.pictures.stepping import Stepping
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.class_names import full_name_of
from vgg_desktop.ui.words.formats import percent
from vgg_desktop.ui.work.pictures import FileFacts, Preview

if TYPE_CHECKING:
    from vgg_desktop.ui.pictures.facts_panel import FactsPanel
    from vgg_desktop.ui.pictures.full_screen import FullScreen


class Panel(Protocol):
    """What a tab holds, made when it is first shown."""

    def show_row(self, row: ResultRow | None, file: FileFacts | None, /) -> None:
        """Show what the panel knows of a picture; `file` is None until its file was read."""

    def text(self) -> str:
        """Return what is shown as text for the clipboard; "" where nothing is to be copied."""


# A preview that is there sooner than this replaces the picture before it without an empty moment in between.
PATIENCE_MS = 150


class Inspector(QWidget):
    """One picture of the list in large; its answer and the facts about it in tabs."""

    rowShown = Signal()  # noqa: N815 - Qt's way of naming; another picture, or its answer has come
    stepRequested = Signal(int)  # noqa: N815 - to the next picture, or with -1 to the one before

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.row: ResultRow | None = None
        self._file: FileFacts | None = None  # of the row, once it was read
        self._is_paused = False
        self.full_screen: FullScreen | None = None
        self.crop = CropOverlay()
        self.view = PictureView([self.crop])
        self.stepping = Stepping(self.view)
        self.view.stepRequested.connect(self.stepRequested)
        self.stepping.stepRequested.connect(self.stepRequested)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.answer = AnswerPanel(session)
        self.bars = self.answer.bars
        self.answer.retryRequested.connect(self._retry)
        self.answer.removeRequested.connect(self._remove)
        self.tabs.addTab(self.answer, self.tr("&Answer"))
        self._panels: dict[int, Panel] = {0: self.answer}
        self._pages: dict[int, tuple[QWidget, Callable[[], QWidget]]] = {}  # what is not made yet
        self._add_tab(self.tr("Fa&cts"), self._make_facts)
        self.copy_button = QToolButton()
        self.copy_button.setIcon(icon("copy"))
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy what this tab shows"))
        self.copy_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.copy_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.copy_button.clicked.connect(self.copy_tab)
        self.tabs.setCornerWidget(self.copy_button)
        set_tab_order([self.tabs.tabBar(), self.copy_button, self.bars])
        self.tabs.currentChanged.connect(self._follow_tab)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self.tabs)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setChildrenCollapsible(False)
        fill(QVBoxLayout(self), self._splitter, margins=(0, 0, 0, 0))
        self._clearing = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._clearing.timeout.connect(self._show_reading)
        session.pictures.previewReady.connect(self._take_preview)
        session.choice.specChanged.connect(self._look_again)
        model = session.pictures.model
        model.rowUpdated.connect(self._refresh_if_shown)
        model.countsChanged.connect(self._follow_pause)
        for moved in (model.rowsInserted, model.rowsRemoved, model.layoutChanged, model.modelReset):
            moved.connect(self._show_position)
        self._follow_tab()

    def _add_tab(self, title: str, make: Callable[[], QWidget]) -> None:
        page = QWidget()
        self._pages[self.tabs.addTab(page, title)] = page, make

    def _make_facts(self) -> "FactsPanel":
        from vgg_desktop.ui.pictures.facts_panel import FactsPanel

        return FactsPanel(self._session)

    def _panel(self, place: int) -> Panel:
        """Return what is in a tab, made when it is first asked for: the window is painted sooner."""
        if place not in self._panels:
            page, make = self._pages.pop(place)
            panel = make()
            fill(QVBoxLayout(page), panel, margins=(0, 0, 0, 0))
            QWidget.setTabOrder(self.copy_button, panel)
            panel.show()  # at once; the layout would do it later
            self._panels[place] = cast(Panel, panel)
            self._panels[place].show_row(self.row, self._file)
        return self._panels[place]

    @property
    def facts(self) -> "FactsPanel":
        """The panel of the tab Facts."""
        return cast("FactsPanel", self._panel(1))

    @property
    def error(self) -> ErrorPanel:
        """What went wrong with the picture."""
        return self.answer.error

    def show_row(self, row: ResultRow | None) -> None:
        """Show another picture."""
        self.row, self._file = row, None
        self._show_position()
        if row is None:
            self._clearing.stop()
            self.view.show_image(None)
            self._refresh()
            return
        self._look_again()
        self._refresh()
        focused = QApplication.focusWidget()
        if self.full_screen is not None or (focused is not None and self.isAncestorOf(focused)):
            self._announce()  # elsewhere the list reads it

    @property
    def classification(self) -> Classification | None:
        """Return the result that is shown, unless it is a previous one."""
        return self.row.classification if self.row is not None and self.row.state is RowState.DONE else None

    def save_state(self, store: QSettings) -> None:
        """Save the state of the splitter, and the chosen tab."""
        store.setValue("result_splitter", self._splitter.saveState())
        store.setValue("inspector_tab", self.tabs.currentIndex())

    def restore_state(self, store: QSettings) -> None:
        """Restore the state of the splitter, and the chosen tab."""
        if (state := store.value("result_splitter")) is not None:
            self._splitter.restoreState(state)
        if str(place := store.value("inspector_tab")).isdecimal():
            self.tabs.setCurrentIndex(int(str(place)))

    # What is shown

    @Slot()
    def _show_reading(self) -> None:
        """Show that a large picture is being read, instead of leaving the previous one beside the new answer."""
        if self.row is not None:
            self.view.show_waiting(self.tr("Reading {0}…").format(self.row.path.name))

    @Slot()
    def _look_again(self) -> None:
        if self.row is not None:
            self._clearing.start()
            self._session.pictures.look_at(self.row)

    @Slot(object)
    def _refresh_if_shown(self, row: ResultRow | None) -> None:
        if self.row is not None and row in (None, self.row):
            self._refresh()
            if row is not None:
                self._announce()

    @Slot()
    def _follow_pause(self) -> None:
        """Show that a previous answer is not being replaced; counts change hundreds of times per second."""
        if self._is_paused != self._session.pictures.paused:
            self._is_paused = not self._is_paused
            self._refresh()

    def _refresh(self) -> None:
        for panel in self._panels.values():
            panel.show_row(self.row, self._file)
        self.tabs.setTabIcon(0, icon("warning") if self.answer.is_failed else QIcon())
        self._give_room()
        self._follow_tab()
        self.rowShown.emit()

    @Slot()
    def _show_position(self) -> None:
        """Show which picture of those on the list it is."""
        model = self._session.pictures.model
        place = model.index_of(self.row).row() if self.row is not None else -1
        self.stepping.show_position(place, model.rowCount())

    def _announce(self) -> None:
        """Announce the answer for the current picture to screen readers."""
        if text := self.announcement():
            event = QAccessibleAnnouncementEvent(self.full_screen or self, text)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)

    def announcement(self) -> str:
        """Return what screen readers say of the current picture; "" while it has no answer."""
        row, result = self.row, self.classification
        if row is None or (result is None and row.error is None):
            return ""
        if result is None:
            return f"{row.path.name}: {self.error.title.text()}"
        best = result.predictions[0]
        name = self.bars.headline() if self.bars.is_unsure else full_name_of(best)
        return self.tr("{0}: {1}, {2}").format(row.path.name, name, percent(best.probability))

    @Slot(object)
    def _take_preview(self, preview: Preview | None) -> None:
        row = self.row
        if row is None:
            return
        self._clearing.stop()
        if preview is None or preview.image.isNull():
            self.view.show_missing()
            self.view.setAccessibleDescription(row.path.name)
        else:
            self.view.show_image(preview.image)
            self.crop.set_square(preview.square)
            self.view.setAccessibleDescription(
                self.tr("{0}, {1} × {2} pixels; the network saw what is inside the frame").format(
                    row.path.name, preview.file.width, preview.file.height
                )
            )
        if preview is not None:
            self._file = preview.file
            for panel in self._panels.values():
                panel.show_row(row, self._file)
        self._give_room()

    # Full screen

    def toggle_full_screen(self, actions: Sequence[QAction] = ()) -> None:
        """Fill the screen with the picture, or show it in the window again; `actions` keep their keys meanwhile."""
        if self.full_screen is not None:
            self.full_screen.close()
            return
        if self.row is None:
            return
        from vgg_desktop.ui.pictures.full_screen import FullScreen  # the first paint does not wait for it

        self.full_screen = FullScreen(self, self._session)
        self.full_screen.addActions(actions)
        self.full_screen.closed.connect(self._leave_full_screen)
        self.full_screen.start()

    @Slot()
    def _leave_full_screen(self) -> None:
        self.full_screen = None
        self.window().activateWindow()
        self.view.setFocus()

    # What is done

    @Slot()
    def _retry(self) -> None:
        if self.row is not None:
            self._session.pictures.retry([self.row])
            self.show_row(self.row)

    @Slot()
    def _remove(self) -> None:
        if self.row is not None:
            self._session.pictures.remove([self.row])

    def copy(self) -> None:
        """Copy the text of the bars to the clipboard."""
        QGuiApplication.clipboard().setText(self.bars.text())

    @Slot()
    def copy_tab(self) -> None:
        """Copy the text of the tab that is shown to the clipboard."""
        QGuiApplication.clipboard().setText(self._panel(self.tabs.currentIndex()).text())

    @Slot()
    def _follow_tab(self) -> None:
        has_text = self.row is not None and bool(self._panel(self.tabs.currentIndex()).text())
        self.copy_button.setEnabled(has_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Switch tabs with the usual keys from the picture too."""
        for key, by in (
            (QKeySequence.StandardKey.NextChild, 1),
            (QKeySequence.StandardKey.PreviousChild, -1),
        ):
            if event.matches(key):
                self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
                return
        super().keyPressEvent(event)

    # Sizes

    def _around(self) -> int:
        """Return the height of the tabs without what is in one."""
        return self.tabs.tabBar().sizeHint().height() + 4

    def _give_room(self) -> None:
        """Let the tabs have what five bars need, but no more than leaves the picture recognisable."""
        around, answer = self._around(), self.answer
        spare = self.height() - self.view.minimumSizeHint().height() - self._splitter.handleWidth()
        self.tabs.setMinimumHeight(
            around + max(answer.least_height(), min(answer.needed_height(), spare - around))
        )

    def minimumSizeHint(self) -> QSize:
        """Leave a small picture and the first class; more of the tabs is then scrolled."""
        tabs = self._around() + self.answer.least_height()
        height = self.view.minimumSizeHint().height() + self._splitter.handleWidth() + tabs
        return QSize(super().minimumSizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        self._give_room()
