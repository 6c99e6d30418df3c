"""The left side: the list of pictures, its filter, and the progress."""

import functools
import itertools

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import fill
from vgg_desktop.ui.pictures.result_delegate import ResultDelegate
from vgg_desktop.ui.pictures.results_model import Role
from vgg_desktop.ui.pictures.rows import Counts, Kind, Order, ResultRow
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import number, time_left

QWIDGETSIZE_MAX = (1 << 24) - 1  # Qt's name for no limit, which PySide6 lacks


class _ListView(QListView):
    """The list itself; Enter and Space stay with the window's actions."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave what the list has no use for to the window: typed letters would only jump about by name."""
        if event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)


def _tool_button(symbol: str, text: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(symbol))
    button.setToolTip(text)
    button.setAccessibleName(name)
    return button


class ListPanel(QWidget):
    """Filter, sorting, the list, and a row with the progress and its buttons."""

    retryRequested = Signal()  # noqa: N815 - the pictures shown that failed or were stopped
    currentChanged = Signal(object)  # noqa: N815 - Qt's way of naming; the ResultRow, or None
    menuRequested = Signal(object)  # noqa: N815 - where on the screen

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._last: ResultRow | None = None  # that was looked at
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter by name or class"))
        self.filter.setAccessibleName(self.tr("Filter by name or class"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setText(session.pictures.model.filter.text)  # the window may be built in another language
        self.filter.textChanged.connect(self._filter_by)
        self.sort = self._sort_button()
        self.list = self._list()
        self.nothing = QLabel(self.tr("No picture matches the filter."))
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        top = fill(QHBoxLayout(), (self.filter, 1), self.sort)
        self._state = self._progress_row()
        parts = (top, self.nothing, (self.list, 1), self._state)
        fill(QVBoxLayout(self), *parts, margins=(0, 0, 0, 0))
        # Hundreds of pictures per second would otherwise lay out the same line hundreds of times.
        self._counting = QTimer(self, interval=80, singleShot=True)
        self._counting.timeout.connect(self._show_counts)
        session.pictures.model.countsChanged.connect(self._count_soon)
        self._selecting = QTimer(self, singleShot=True, interval=0)
        self._selecting.timeout.connect(self._select_first)
        session.pictures.model.layoutChanged.connect(self._rearranged)
        # A view that is reset tells nobody that there is no current picture any more.
        session.pictures.model.modelReset.connect(lambda: self.currentChanged.emit(None))
        self.set_compact(False)
        self._show_counts()

    def set_compact(self, is_compact: bool) -> None:
        """Show the thumbnails alone, in one row, as in a narrow window; a filter that hides pictures stays."""
        self._delegate.is_compact = is_compact
        # Narrower, neither names nor classes could be read beside the thumbnails.
        self.setMinimumWidth(0 if is_compact else self.fontMetrics().averageCharWidth() * 30)
        needed, never = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        view = self.list
        view.setHorizontalScrollBarPolicy(needed if is_compact else never)
        view.setVerticalScrollBarPolicy(never if is_compact else needed)
        view.setFlow(QListView.Flow.LeftToRight if is_compact else QListView.Flow.TopToBottom)
        row = view.sizeHintForRow(0) if is_compact else 0
        height = row + view.horizontalScrollBar().sizeHint().height() + 2 * view.frameWidth() + 4
        view.setMinimumHeight(height if is_compact else 0)
        view.setMaximumHeight(height if is_compact else QWIDGETSIZE_MAX)
        is_filtered = bool(self.filter.text())
        for part in (self.filter, self.sort):
            part.setVisible(not is_compact or is_filtered)
        self.setMaximumHeight(height if is_compact and not is_filtered else QWIDGETSIZE_MAX)
        self._state.setVisible(not is_compact)
        view.scrollTo(view.currentIndex())

    def _list(self) -> _ListView:
        view = _ListView()
        view.setModel(self._session.pictures.model)
        self._delegate = ResultDelegate(view)
        view.setItemDelegate(self._delegate)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName(self.tr("Pictures"))
        view.selectionModel().currentChanged.connect(self._emit_current)
        view.customContextMenuRequested.connect(
            lambda place: self.menuRequested.emit(view.viewport().mapToGlobal(place))
        )
        return view

    def _sort_button(self) -> QToolButton:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for text, order in (
            (self.tr("Order added"), Order.ADDED),
            (self.tr("By name"), Order.NAME),
            (self.tr("By class"), Order.CLASS),
            (self.tr("Most certain first"), Order.SUREST),
            (self.tr("Least certain first"), Order.LEAST_SURE),
        ):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(order is self._session.pictures.model.order)
            action.setActionGroup(group)
            action.triggered.connect(
                lambda _checked=False, order=order: self._session.pictures.model.set_order(order)
            )
        button = _tool_button("sort", self.tr("Sort"), self.tr("Sort the pictures"))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _progress_row(self) -> QWidget:
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Pictures classified"))
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.pause = QToolButton()
        self.pause.clicked.connect(lambda: self._session.pictures.pause(not self._session.pictures.paused))
        words_beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.stop = _tool_button("stop", self.tr("Stop"), self.tr("Stop classifying"))
        self.stop.setText(self.tr("Stop"))
        self.stop.clicked.connect(self._session.pictures.stop)
        again = self.tr("Retry the pictures that failed or were stopped")
        self.retry = _tool_button("retry", self.tr("Retry"), again)
        self.retry.setText(self.tr("Retry"))
        self.retry.clicked.connect(self.retryRequested)
        self.kinds = {kind: QToolButton() for kind in (Kind.FAILED, Kind.UNSURE, Kind.STOPPED)}
        for kind, button in self.kinds.items():
            button.setCheckable(True)
            button.setProperty("chip", True)
            button.clicked.connect(functools.partial(self._show_kind, kind))
        chips = FlowLayout()
        for button in (self.pause, self.stop, *self.kinds.values(), self.retry):
            button.setToolButtonStyle(words_beside)
            chips.addWidget(button)
        row = QWidget()
        fill(QVBoxLayout(row), self.progress, self.counts, chips, margins=(0, 0, 0, 0))
        return row

    # What is selected

    def current(self) -> ResultRow | None:
        """Return the picture that is looked at."""
        row: ResultRow | None = self.list.currentIndex().data(Role.ROW)
        return row

    def selected(self) -> list[ResultRow]:
        """Return the pictures selected, from top to bottom."""
        shown = self._session.pictures.model.shown()
        # By ranges: of a hundred thousand selected rows to make each one's index takes a third of a second.
        ranges = [
            range(each.top(), each.bottom() + 1) for each in self.list.selectionModel().selection().toList()
        ]
        return [shown[place] for place in sorted(itertools.chain(*ranges))]

    def select(self, row: ResultRow) -> None:
        """Look at this picture, and select nothing else."""
        index = self._session.pictures.model.index_of(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flag)

    def step(self, by: int) -> None:
        """Look at the next picture, or with -1 at the one before."""
        place = self.list.currentIndex().row() + by
        row = self._session.pictures.model.index(place, 0).data(Role.ROW) if place >= 0 else None
        if row is not None:
            self.select(row)

    @Slot(QModelIndex, QModelIndex)
    def _emit_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._last = current.data(Role.ROW) or self._last
        self.currentChanged.emit(current.data(Role.ROW))

    @Slot()
    def _rearranged(self) -> None:
        self._show_emptiness()
        self._selecting.start()

    @Slot()
    def _select_first(self) -> None:
        """Look at the first picture when the filter left out the one that was looked at, or at that one again."""
        model = self._session.pictures.model
        if self.list.currentIndex().isValid():
            return
        if shown := model.shown():
            is_back = self._last is not None and model.index_of(self._last).isValid()
            self.select(self._last if self._last is not None and is_back else shown[0])
        else:
            self.currentChanged.emit(None)

    @Slot(str)
    def _filter_by(self, text: str) -> None:
        self._session.pictures.model.set_filter(text)
        self._show_filtered()

    def _show_kind(self, kind: Kind) -> None:
        """Show only this kind of pictures, or all again."""
        model = self._session.pictures.model
        model.set_kind(Kind.ALL if model.filter.kind is kind else kind)
        self._show_filtered()

    def _show_filtered(self) -> None:
        self._select_first()
        self.list.scrollTo(self.list.currentIndex())
        self._show_counts()

    # Progress

    @Slot()
    def _count_soon(self) -> None:
        if not self._counting.isActive():
            self._counting.start()

    @Slot()
    def _show_counts(self) -> None:
        pictures = self._session.pictures
        counts = pictures.model.counts
        self.progress.setRange(0, max(1, counts.total))
        self.progress.setValue(counts.ended)
        model = pictures.model
        parts = []
        if model.filter.is_active:
            shown = self.tr("{0} of {1} shown")
            parts.append(shown.format(number(model.rowCount(), 1), number(counts.total, 1)))
        if counts.open or not model.filter.is_active:
            classified = counts.ended - counts.stopped
            parts.append(self.tr("{0} of {1}").format(number(classified, 1), number(counts.total, 1)))
        if pictures.paused:
            parts.append(self.tr("paused"))
        elif counts.open and (speed := pictures.pace.per_second):
            parts.append(self.tr("{0} per second").format(number(speed, 2)))
            parts.append(time_left(counts.open / speed))
        self.counts.setText(" · ".join(parts))
        for part in (self.progress, self.pause, self.stop):
            part.setVisible(counts.open > 0)
        self._show_kinds(counts)
        name = self.tr("Resume") if pictures.paused else self.tr("Pause")
        self.pause.setIcon(icon("play" if pictures.paused else "pause"))
        self.pause.setText(name)
        self.pause.setAccessibleName(name)
        self._show_emptiness()

    def _show_kinds(self, counts: Counts) -> None:
        """Show how many pictures of each kind there are, as buttons that show only these."""
        model = self._session.pictures.model
        if model.filter.kind is not Kind.ALL and not counts.of(model.filter.kind):
            model.set_kind(Kind.ALL)
        texts = {
            Kind.FAILED: self.tr("%n failed", "", counts.failed),
            Kind.UNSURE: self.tr("%n unsure", "", counts.unsure),
            Kind.STOPPED: self.tr("%n stopped", "", counts.stopped),
        }
        for kind, button in self.kinds.items():
            button.setText(texts[kind])
            button.setAccessibleName(self.tr("{0}, show only these").format(texts[kind]))
            button.setToolTip(self.tr("Show only these"))
            button.setChecked(model.filter.kind is kind)
            button.setVisible(counts.of(kind) > 0)
        self.retry.setVisible(counts.failed + counts.stopped > 0)

    @Slot()
    def _show_emptiness(self) -> None:
        model = self._session.pictures.model
        self.nothing.setVisible(model.counts.total > 0 and model.rowCount() == 0)
