"""The picture browser: a list or a grid of pictures with filter, chips, order and groups; any model may feed it."""

import functools
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import TonedLabel, fill
from vgg_desktop.ui.pictures.arrangement import GroupKey
from vgg_desktop.ui.pictures.browser_view import BrowserView
from vgg_desktop.ui.pictures.chips import Chips
from vgg_desktop.ui.pictures.result_delegate import Mode
from vgg_desktop.ui.pictures.results_model import ResultsModel, Role
from vgg_desktop.ui.pictures.rows import ClassKey, Grouping, Kind, Order, ResultRow
from vgg_desktop.ui.pictures.scope import Scope, Scopes
from vgg_desktop.ui.pictures.sort_button import SortButton
from vgg_desktop.ui.words.formats import number

NO_LIMIT = (1 << 24) - 1  # of a widget's size
FURTHEST = 100_000  # pixels that a picture is remembered to be above or below the view

_Member = TypeVar("_Member", Kind, Order, Grouping, Mode)


def tool_button(symbol: str, text: str, name: str) -> QToolButton:
    """Return a button with an icon, a tool tip, and a name for screen readers."""
    button = QToolButton()
    button.setIcon(icon(symbol))
    button.setToolTip(text)
    button.setAccessibleName(name)
    return button


class Browser(QWidget):
    """Filter, chips, order and groups above a list or a grid, and below it what a command would act on."""

    currentChanged = Signal(object)  # noqa: N815 - Qt's way of naming; the ResultRow, or None
    menuRequested = Signal(object)  # noqa: N815 - where on the screen
    scopeChanged = Signal()  # noqa: N815 - other pictures are shown or selected
    compacted = Signal(bool)  # whether it is a strip of thumbnails now
    counted = Signal()  # the numbers of pictures are shown

    def __init__(self, model: ResultsModel) -> None:
        super().__init__()
        self.model = model
        self._last: ResultRow | None = None  # that was looked at
        self._awaited: tuple[Path, int] | None = (
            None  # to be looked at once it is there, and where in the view
        )
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter by name or class"))
        self.filter.setAccessibleName(self.tr("Filter by name or class"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setText(model.filter.text)  # the window may be built in another language
        self.filter.textChanged.connect(self._filter_by)
        self.sort = SortButton(model)
        self.modes = {
            Mode.LIST: tool_button("list", self.tr("List"), self.tr("Show as a list")),
            Mode.GRID: tool_button("grid", self.tr("Grid"), self.tr("Show as a grid")),
        }
        self.chips = Chips(model)
        self.chips.kindChosen.connect(self._show_kind)
        self.chips.classRemoved.connect(lambda: self._show_class(None))
        self.kinds = self.chips.kinds
        self.list = self._make_list()
        self._connect_modes()
        self._is_compact = False
        self.nothing = QLabel(self.tr("No picture matches the filter."))
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        self.scope = TonedLabel(Tone.QUIET, smaller=True)
        self.scope.hide()
        buttons = fill(QHBoxLayout(), *self.modes.values(), spacing=0)
        top = fill(QHBoxLayout(), (self.filter, 1), self.sort, buttons, spacing=4)
        parts = (top, self.chips, self.nothing, (self.list, 1), self.scope)
        self.column = fill(QVBoxLayout(self), *parts, margins=(0, 0, 0, 0))
        # Hundreds of pictures per second would otherwise lay out the same line hundreds of times.
        self._counting = QTimer(self, interval=80, singleShot=True)
        self._counting.timeout.connect(self.show_counts)
        model.countsChanged.connect(self._count_soon)
        self._selecting = QTimer(self, singleShot=True, interval=0)
        self._selecting.timeout.connect(self._select_first)
        model.arranged.connect(self._rearranged)
        model.rowsInserted.connect(self._look_at_awaited)
        # A view that is reset tells nobody that there is no current picture any more.
        model.modelReset.connect(self._forget)
        self.set_compact(False)
        self.show_counts()

    def _make_list(self) -> BrowserView:
        view = BrowserView(self.model)
        view.setAccessibleName(self.tr("Pictures"))
        view.selectionModel().currentChanged.connect(self._emit_current)
        view.selectionModel().selectionChanged.connect(lambda _now, _before: self._show_scope())
        view.customContextMenuRequested.connect(
            lambda place: self.menuRequested.emit(view.viewport().mapToGlobal(place))
        )
        view.groupChosen.connect(self._show_group)
        return view

    def _connect_modes(self) -> None:
        for mode, button in self.modes.items():
            button.setCheckable(True)
            button.setChecked(mode is self.list.mode)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAutoExclusive(True)
            button.clicked.connect(functools.partial(self.set_mode, mode))

    # What is selected

    def current(self) -> ResultRow | None:
        """Return the picture that is looked at; also while the keyboard is on a group."""
        index = self.list.currentIndex()
        row: ResultRow | None = index.data(Role.ROW)
        if row is None and index.isValid() and self._last is not None and self.model.holds(self._last):
            return self._last
        return row

    def selected(self) -> list[ResultRow]:
        """Return the pictures selected, from top to bottom."""
        return self.list.selected()

    def select(self, row: ResultRow) -> None:
        """Look at this picture, and select nothing else."""
        self.list.select(row)

    def step(self, by: int) -> None:
        """Look at the next picture, or with -1 at the one before."""
        place = self.list.currentIndex().row() + by
        while 0 <= place < self.model.rowCount():
            if rows := self.model.arrangement.rows_at([place]):
                self.select(rows[0])
                return
            place += by  # over the name of a group

    def select_near(self, place: int) -> None:
        """Look at the picture of a line, or at the one that is nearest to it: that of the line has gone."""
        count = self.model.rowCount()
        for each in (*range(max(0, place), count), *range(min(place, count) - 1, -1, -1)):
            if rows := self.model.arrangement.rows_at([each]):
                self.select(rows[0])
                return

    def scopes(self) -> Scopes:
        """Return on how many pictures a command acts: all, those shown, those selected."""
        return {
            Scope.ALL: self.model.counts.total,
            Scope.SHOWN: self.model.shown_count,
            Scope.SELECTED: self.list.selected_count(),
        }

    def rows_of(self, scope: Scope) -> list[ResultRow]:
        """Return the pictures on which a command acts."""
        if scope is Scope.SELECTED:
            return self.selected()
        return list(self.model.rows() if scope is Scope.ALL else self.model.shown())

    @Slot(QModelIndex, QModelIndex)
    def _emit_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row: ResultRow | None = current.data(Role.ROW)
        if row is None and current.isValid():
            return  # the keyboard is on a group: the picture stays
        self._last = row or self._last
        self.currentChanged.emit(row)

    @Slot()
    def _rearranged(self) -> None:
        self._show_emptiness()
        self._show_scope()
        self._look_at_awaited()
        self._selecting.start()

    @Slot()
    def _forget(self) -> None:
        self._last = None
        self.currentChanged.emit(None)

    @Slot()
    def _select_first(self) -> None:
        """Look at the first picture when the filter left out the one that was looked at, or at that one again."""
        model, index = self.model, self.list.currentIndex()
        is_group = index.isValid() and index.data(Role.ROW) is None
        if index.isValid() and not (
            is_group and self._last is not None and not model.filter.passes(self._last)
        ):
            return
        if selected := self.selected():
            self.list.go_to(selected[0])
        elif shown := model.shown():
            is_back = self._last is not None and model.index_of(self._last).isValid()
            row = self._last if self._last is not None and is_back else shown[0]
            if model.index_of(row).isValid():  # its group is not folded
                self.list.look_at(row)
        else:
            self.currentChanged.emit(None)

    # What is shown

    def _mode(self) -> Mode:
        """Return what the user chose, also while there is room for a strip only."""
        return next(mode for mode, button in self.modes.items() if button.isChecked())

    def set_mode(self, mode: Mode, _checked: bool = True) -> None:
        """Show a list or a grid."""
        self.modes[mode].setChecked(True)
        self.list.set_mode(Mode.STRIP if self._is_compact else mode)

    def set_compact(self, is_compact: bool) -> None:
        """Show the thumbnails alone, in one row, as in a narrow window; a filter that hides pictures stays."""
        self._is_compact = is_compact
        # Narrower, neither names nor classes could be read beside the thumbnails.
        self.setMinimumWidth(0 if is_compact else self.fontMetrics().averageCharWidth() * 30)
        self.list.set_mode(Mode.STRIP if is_compact else self._mode())
        never, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.list.setHorizontalScrollBarPolicy(needed if is_compact else never)
        self.list.setVerticalScrollBarPolicy(never if is_compact else needed)
        row = self.list.delegate.strip_size(self.list.fontMetrics()).height() + 2 * self.list.frameWidth()
        row += self.list.horizontalScrollBar().sizeHint().height()
        self.list.setMinimumHeight(row if is_compact else 0)
        self.list.setMaximumHeight(row if is_compact else NO_LIMIT)
        has_tools = not is_compact or self.model.filter.is_active
        for part in (self.filter, self.sort, *self.modes.values(), self.chips):
            part.setVisible(has_tools)
        self.setMaximumHeight(NO_LIMIT if has_tools else row)
        self.list.scrollTo(self.list.currentIndex())
        self._show_scope()
        self.compacted.emit(is_compact)

    @Slot(str)
    def _filter_by(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_filtered()

    def _show_kind(self, kind: Kind, _checked: bool = True) -> None:
        """Show only this kind of pictures, or all again."""
        if kind is Kind.ALL:
            self.model.filter.chosen = None
        self.model.set_kind(Kind.ALL if self.model.filter.kind is kind else kind)
        self._show_filtered()

    def _show_class(self, key: ClassKey | None) -> None:
        """Show only the pictures of a class, or with None of all again."""
        self.model.set_class(key)
        self._show_filtered()

    @Slot(object)
    def _show_group(self, key: GroupKey) -> None:
        if isinstance(key, Kind):
            self._show_kind(key)
        else:
            self._show_class(None if self.model.filter.chosen == key else key)

    def _show_filtered(self) -> None:
        self._select_first()
        self.show_counts()

    @Slot()
    def _count_soon(self) -> None:
        if not self._counting.isActive():
            self._counting.start()

    @Slot()
    def show_counts(self) -> None:
        """Show how many pictures of each kind there are."""
        counts, kind = self.model.counts, self.model.filter.kind
        # While pictures are classified again, there may be none of a kind for a while.
        if kind not in (Kind.ALL, Kind.OPEN) and not counts.of(kind) and not counts.open:
            self.model.set_kind(Kind.ALL)
        self.chips.show_counts(counts)
        self._show_scope()
        self._show_emptiness()
        self.counted.emit()

    @Slot()
    def _show_scope(self) -> None:
        scopes, parts = self.scopes(), []
        if self.model.filter.is_active:
            shown = self.tr("{0} of {1} shown")
            parts.append(shown.format(*(number(scopes[each], 1) for each in (Scope.SHOWN, Scope.ALL))))
        if scopes[Scope.SELECTED] > 1:
            parts.append(self.tr("{0} selected").format(number(scopes[Scope.SELECTED], 1)))
        self.scope.setText(" · ".join(parts))
        self.scope.setVisible(bool(parts) and not self._is_compact)
        self.scopeChanged.emit()

    @Slot()
    def _show_emptiness(self) -> None:
        self.nothing.setVisible(self.model.counts.total > 0 and self.model.shown_count == 0)

    # What is kept over a restart

    def view_state(self) -> dict[str, object]:
        """Return what is shown and how, as JSON: `restore_view_state` shows it again."""
        current, chosen = self.current(), self.model.filter.chosen
        return {
            "filter": self.filter.text(),
            "kind": self.model.filter.kind.name,
            "class": None if chosen is None else list(chosen),
            "order": self.model.order.name,
            "grouping": self.model.grouping.name,
            "mode": self._mode().name,
            "current": None if current is None else str(current.path),
            "scroll": 0 if current is None else self.list.visualRect(self.model.index_of(current)).top(),
        }

    def restore_view_state(self, state: dict[str, object]) -> None:
        """Show what was shown; the picture that was looked at also when it comes to the list later.

        What cannot be read of it is ignored.
        """
        self.set_mode(_member(Mode.LIST, state.get("mode")))
        self.model.set_order(_member(self.model.order, state.get("order")))
        self.model.set_grouping(_member(self.model.grouping, state.get("grouping")))
        self.model.set_kind(_member(Kind.ALL, state.get("kind")))
        match state.get("class"):
            case [str(id), str(label)]:
                self.model.set_class((id, label))
        if isinstance(text := state.get("filter"), str):
            self.filter.setText(text)
        if isinstance(path := state.get("current"), str) and path:
            scroll = state.get("scroll")
            self._awaited = Path(path), scroll if type(scroll) is int and abs(scroll) < FURTHEST else 0
            self._look_at_awaited()
        self.sort.show_choice()
        self.show_counts()

    @Slot()
    def _look_at_awaited(self) -> None:
        if self._awaited is None or (row := self.model.row_of(self._awaited[0])) is None:
            return
        below, self._awaited = self._awaited[1], None
        if self.model.index_of(row).isValid():
            self.list.look_at(row, below)


def _member(default: _Member, name: object) -> _Member:
    """Return the member of an enumeration with this name, or the default."""
    members = type(default).__members__
    return members.get(name, default) if isinstance(name, str) else default
