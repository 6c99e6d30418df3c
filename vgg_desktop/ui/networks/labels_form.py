"""The names of a network's classes: typed, pasted, or read from a file."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from vgg_desktop.models.label_files import checked, read_text
from vgg_desktop.models.labels import Label
from vgg_desktop.tables import TableInvalid
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.widgets import ElidedLabel, TonedLabel, fill, push_button, scaled

SUFFIXES = (".txt", ".csv", ".tsv", ".json", ".yaml", ".yml", ".names", ".labels", ".pbtxt")
_EXAMPLES = 3  # names in a summary


class NamesEdit(QPlainTextEdit):
    """A field with one name per line; a list that is pasted in another form, such as JSON, becomes one."""

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste names; into a field with text the text is pasted as it is."""
        if not self.toPlainText().strip() and source.hasText():
            with contextlib.suppress(TableInvalid):
                names = [name for _, name in checked(read_text(source.text()))]
                self.textCursor().insertText("\n".join(names))
                return
        super().insertFromMimeData(source)


class LabelsForm(QWidget):
    """A field with one name per line, filled by hand or from a file, and how many of them the network needs."""

    changed = Signal()
    fileChosen = Signal(object)  # noqa: N815 - Qt's way of naming; the Path of a file to be read

    def __init__(self) -> None:
        super().__init__()
        self._needed: int | None = None
        self._read: tuple[Label, ...] = ()  # with the ids that the text does not show
        self._known: tuple[Label, ...] = ()
        self._failure = ""
        title = QLabel(self.tr("Names of the &classes"))
        title.setFont(scaled(title.font()))
        self.text = NamesEdit()
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Names of the classes"))
        self.text.setPlaceholderText(self.tr("One name per line, in the order of the network's outputs"))
        line = self.text.fontMetrics().lineSpacing()
        self.text.setMinimumHeight(line * 5)
        self.text.setMaximumHeight(line * 8)
        title.setBuddy(self.text)
        self.choose = push_button(self.tr("From a file…"), self._choose, "open")
        self.choose.setAccessibleName(self.tr("Names of the classes from a file…"))
        self.source = ElidedLabel()
        self.source.hide()
        self.count = TonedLabel()
        self.problem = TonedLabel(Tone.BAD)
        self.text.textChanged.connect(self._take_text)
        unit = self.fontMetrics().height() // 2
        head = fill(QHBoxLayout(), (title, 1), (self.source, 1), self.choose, spacing=unit)
        column = QVBoxLayout(self)
        none = (0, 0, 0, 0)
        fill(column, head, self.text, self.count, self.problem, spacing=unit // 2, margins=none)
        self._refresh()

    # What is said

    def labels(self) -> tuple[Label, ...] | None:
        """Return the names of the field, with the ids of those that were read from a file; None if it is empty."""
        names = self._names()
        return (
            tuple(
                self._read[index]
                if index < len(self._read) and self._read[index].name == name
                else Label(index, str(index), name)
                for index, name in enumerate(names)
            )
            or None
        )

    def is_valid(self) -> bool:
        """Return whether there are as many names as the network needs, as far as that is known, or it needs none."""
        return not self._failure and not self._fault(self._names())

    def _names(self) -> list[str]:
        names = [line.strip() for line in self.text.toPlainText().splitlines()]
        while names and not names[-1]:
            names.pop()
        return names

    def _fault(self, names: Sequence[str]) -> str:
        """Return what is wrong with the names as a sentence, or nothing."""
        if "" in names:
            return self.tr("Line {number} is empty.").format(number=names.index("") + 1)
        if not names:
            missing = self._needed is not None and len(self._known) != self._needed
            return self.tr("The names are missing.") if missing else ""
        if self._needed is not None and len(names) < self._needed:
            return self.tr("%n name(s) are missing.", "", self._needed - len(names))
        if self._needed is not None and len(names) > self._needed:
            return self.tr("%n name(s) too many.", "", len(names) - self._needed)
        return self.tr("At least two names are needed.") if len(names) == 1 else ""

    # What is shown

    def set_needed(self, count: int) -> None:
        """Show how many names the network needs."""
        if count != self._needed:
            self._needed = count
            self._refresh()

    def set_known(self, labels: Sequence[Label]) -> None:
        """Show the names that are used while the field is empty, such as those in the network's file."""
        if tuple(labels) != self._known:
            self._known = tuple(labels)
            self._refresh()

    def show_labels(self, labels: Sequence[Label], source: str = "") -> None:
        """Fill the field with names, which have been read from a file called `source`."""
        self._read, self._failure = tuple(labels), ""
        with QSignalBlocker(self.text):
            self.text.setPlainText("\n".join(label.name for label in labels))
        self._show_source(source)
        self._refresh()
        self.changed.emit()

    def show_failure(self, sentence: str, source: str = "") -> None:
        """Show why a file could not be read."""
        self._failure = f"{source}: {sentence}" if source else sentence
        self._show_source("")
        self._refresh()
        self.changed.emit()

    def _show_source(self, source: str) -> None:
        self.source.setText(source)
        self.source.setVisible(bool(source))

    def _refresh(self) -> None:
        names, known = self._names(), self._known
        needed = self._needed
        if not names and known:
            shown = ", ".join(label.name.partition(",")[0] for label in known[:_EXAMPLES])
            more = "…" if len(known) > _EXAMPLES else ""
            text = self.tr("Left empty: {names}").format(names=f"{shown}{more}")
        elif needed is not None:
            text = self.tr("{count} of {needed} names").format(count=len(names), needed=needed)
        else:
            text = self.tr("%n name(s)", "", len(names)) if names else ""
        problem = self._failure or (self._fault(names) if names else "")
        self.count.setText(text)
        self.count.setVisible(bool(text))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.text.setAccessibleDescription(" ".join(filter(None, (text, problem))))

    # What a user does

    @Slot()
    def _take_text(self) -> None:
        self._failure = ""
        if not self.text.toPlainText().strip():
            self._show_source("")
        self._refresh()
        self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        lists, all_files = self.tr("Lists of names"), self.tr("All files")
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            self, self.text.accessibleName(), "", f"{lists} ({patterns});;{all_files} (*)"
        )
        if name:
            self.fileChosen.emit(Path(name))

    def tab_order(self) -> tuple[QWidget, ...]:
        """Return what takes the keyboard, from top to bottom."""
        return self.text, self.choose
