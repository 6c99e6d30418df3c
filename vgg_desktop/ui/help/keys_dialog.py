"""The list of all keys: of the menus, from the actions themselves, and of the parts of the window."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QItemSelectionModel, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHeaderView, QMainWindow, QMenu, QTableWidget, QTableWidgetItem

from vgg_desktop.ui.actions import plain_text
from vgg_desktop.ui.help.help_dialog import HelpDialog
from vgg_desktop.ui.look.widgets import scaled

MOST_KEYS = 2  # for one command


@dataclass(frozen=True, slots=True)
class Keys:
    """What some keys do, and in which menu or part of the window."""

    group: str
    text: str
    keys: str


def _native(*keys: str) -> str:
    texts = (QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in keys)
    return ", ".join(texts)


def _is_extra(keys: QKeySequence) -> bool:
    """Return whether a key is only on keyboards with keys of their own for copying, opening and the like."""
    pressed: QKeyCombination = cast(Any, keys)[0]  # the annotations of PySide6 leave it out
    none = Qt.KeyboardModifier.NoModifier
    return pressed.keyboardModifiers() == none and pressed.key() > Qt.Key.Key_F12


class KeysDialog(HelpDialog):
    """A table of all keys, grouped as the menus are; read from the window each time it is shown."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(self.tr("Keys"), window)
        self._window = window
        self.keys: tuple[Keys, ...] = ()
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.table.setAccessibleName(self.tr("All keys"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() * 3 // 2)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.lay_out((self.table, 1), wide=90, lines=36)
        self.table.setFocus()

    def text(self) -> str:
        """Return the table as text: one line per command, below its group."""
        lines: list[str] = []
        for group, keys in self._groups():
            lines += ["", group, *(f"{each.keys}\t{each.text}" for each in keys)]
        return "\n".join(lines[1:])

    def showEvent(self, event: QShowEvent) -> None:
        """Read what the actions are called now."""
        super().showEvent(event)
        if not event.spontaneous():
            self.keys = (*self._of_menus(), *self._of_parts())
            self._fill()

    def _groups(self) -> Iterator[tuple[str, list[Keys]]]:
        for group in dict.fromkeys(each.group for each in self.keys):
            yield group, [each for each in self.keys if each.group == group]

    def _fill(self) -> None:
        self.table.clearSpans()
        self.table.setRowCount(0)
        for group, keys in self._groups():
            (heading,) = self._add_row(group)
            heading.setFont(scaled(self.table.font()))
            self.table.setSpan(heading.row(), 0, 1, 2)
            for each in keys:
                self._add_row(each.text, each.keys)
        flag = QItemSelectionModel.SelectionFlag.NoUpdate
        self.table.setCurrentCell(0, 0, flag)

    def _add_row(self, *texts: str) -> list[QTableWidgetItem]:
        row = self.table.rowCount()
        self.table.insertRow(row)
        items = [QTableWidgetItem(text) for text in texts]
        for column, item in enumerate(items):
            self.table.setItem(row, column, item)
        return items

    def _of_menus(self) -> Iterator[Keys]:
        listed: list[QAction] = []
        for title in self._window.menuBar().actions():
            menu = title.menu()
            for action in menu.actions() if isinstance(menu, QMenu) else ():
                listed.append(action)
                yield from self._of_action(plain_text(title), action)
        for action in self._window.actions():
            if action not in listed:
                yield from self._of_action(self.tr("Window"), action)

    def _of_action(self, group: str, action: QAction) -> Iterator[Keys]:
        keys = [each.toString() for each in action.shortcuts() if not _is_extra(each)]
        if keys and action.isVisible():
            yield Keys(group, action.iconText(), _native(*keys[:MOST_KEYS]))

    def _of_parts(self) -> Iterator[Keys]:
        """Yield the keys that parts of the window take themselves."""
        parts = (
            (
                self.tr("List of pictures"),
                (
                    (self.tr("Picture above or below"), _native("Up", "Down")),
                    (self.tr("First or last picture"), _native("Home", "End")),
                    (self.tr("A page up or down"), _native("PgUp", "PgDown")),
                    (self.tr("Select several"), _native("Shift+Up", "Shift+Down")),
                    (self.tr("Add one to the selection, or take it away"), _native("Ctrl+Space")),
                    (self.tr("Fold or unfold a group"), _native("Left", "Right")),
                    (self.tr("Select a group, or show only it"), _native("Space", "Return")),
                    (self.tr("Clear the filter"), _native("Esc")),
                ),
            ),
            (
                self.tr("Picture"),
                (
                    (self.tr("Previous or next picture"), _native("Left", "Right")),
                    (self.tr("The same in full screen"), _native("Backspace", "Space")),
                    (self.tr("Answer or Facts"), _native("Ctrl+Tab")),
                    (self.tr("Zoom in or out"), _native("+", "-")),
                    (self.tr("Fit to view"), _native("0")),
                    (self.tr("Actual size"), _native("1")),
                    (self.tr("Move the zoomed picture"), _native("Left", "Right", "Up", "Down")),
                ),
            ),
            (
                self.tr("Bars"),
                (
                    (self.tr("Class above or below"), _native("Up", "Down")),
                    (self.tr("Copy all classes"), _native("Ctrl+C")),
                ),
            ),
            (
                self.tr("Everywhere"),
                (
                    (self.tr("Next or previous control"), _native("Tab", "Shift+Tab")),
                    (self.tr("Press a button"), _native("Space")),
                    (self.tr("Open the menu of a button"), _native("Space", "Down")),
                    (self.tr("Close a dialog"), _native("Esc")),
                ),
            ),
        )
        for group, keys in parts:
            for text, shown in keys:
                yield Keys(group, text, shown)
