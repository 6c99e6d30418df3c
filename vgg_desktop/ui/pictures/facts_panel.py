"""The tab Facts of the inspector: the file, and the provenance of the answer, as one table."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.widgets import scaled
from vgg_desktop.ui.pictures.provenance import Fact, about_answer, about_file, previous
from vgg_desktop.ui.pictures.rows import ResultRow
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.work.pictures import FileFacts

PLAIN = Qt.ItemDataRole.UserRole  # a value without marks for line breaks
PIECE = 16  # characters after which a word that is longer than a line may be broken
INDENT = 9  # pixels, in line with the texts of the bars
BREAK = "\N{ZERO WIDTH SPACE}"
CAPTION, VALUE = 0, 1
_CHOSEN = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)


def breakable(text: str) -> str:
    """Return a text whose long words, such as checksums and names of files, can be broken into lines."""
    pieces = (
        BREAK.join(word[start : start + PIECE] for start in range(0, len(word), PIECE))
        for word in text.split(" ")
    )
    return " ".join(pieces)


class FactsPanel(QTableWidget):
    """Captions and values below headings; cells are selected and copied as in a spreadsheet."""

    def __init__(self, session: Session) -> None:
        super().__init__(0, 2)
        self._session = session
        self._sections: list[tuple[str, list[Fact]]] = []
        self._is_previous = False  # what is told of the answer
        self.setProperty("plain", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Facts"))
        self.setShowGrid(False)
        self.setViewportMargins(INDENT, 0, 0, 0)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(CAPTION, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)

    def show_row(self, row: ResultRow | None, file: FileFacts | None) -> None:
        """Show the facts of a picture; `file` is None until its file was read."""
        self._sections = [] if row is None else list(self._facts(row, file))
        self._is_previous = row is not None and bool(previous(row, self._session))
        if self.isVisible():
            self._fill()

    def _facts(self, row: ResultRow, file: FileFacts | None) -> Iterable[tuple[str, list[Fact]]]:
        result = row.classification
        yield self.tr("Picture"), list(about_file(row.path, file, result))
        if result is not None and row.error is None:
            title = previous(row, self._session) or self.tr("Answer")
            yield title, list(about_answer(result, self._session))

    def text(self) -> str:
        """Return everything as text: caption, tabulator, value; an empty line between file and answer."""
        return "\n\n".join("\n".join([title, *map(_line, facts)]) for title, facts in self._sections)

    def selected_text(self) -> str:
        """Return the selected value, or of several rows captions and values."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        facts = [(self._plain(row, CAPTION), self._plain(row, VALUE)) for row in rows]
        if len(facts) == 1:
            return facts[0][VALUE] or facts[0][CAPTION]
        return "\n".join(_line(each) if each[VALUE] else each[CAPTION] for each in facts)

    def _plain(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return str(item.data(PLAIN)) if item is not None else ""

    def _fill(self) -> None:
        place = self.verticalScrollBar().value()
        current = max(1, self.currentRow())  # the first value
        rows = [row for title, facts in self._sections for row in ((title, ""), *facts)]
        self.setUpdatesEnabled(False)
        self.clearSpans()
        self.setRowCount(len(rows))
        about_file = len(self._sections[0][1]) + 1 if self._sections else 0
        for number, (caption, value) in enumerate(rows):
            self._set_row(number, caption, value, dimmed=self._is_previous and number >= about_file)
        self.setUpdatesEnabled(True)
        if rows:
            self.setCurrentCell(min(current, len(rows) - 1), VALUE)
            self.clearSelection()
        self._fit_rows()
        self.verticalScrollBar().setValue(place)

    def _fit_rows(self) -> None:
        self.resizeRowsToContents()
        for number in range(1, self.rowCount()):
            if self.columnSpan(number, CAPTION) > 1:  # some space above a heading
                self.setRowHeight(number, self.rowHeight(number) + self.fontMetrics().height() // 2)

    def _set_row(self, number: int, caption: str, value: str, *, dimmed: bool) -> None:
        first, second = QTableWidgetItem(caption), QTableWidgetItem(breakable(value))
        first.setData(PLAIN, caption)
        second.setData(PLAIN, value)
        # Read alone it says what it is the value of.
        second.setData(Qt.ItemDataRole.AccessibleTextRole, f"{caption}: {value}")
        for item in (first, second):
            vertical = Qt.AlignmentFlag.AlignTop if value else Qt.AlignmentFlag.AlignBottom
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | vertical)
        quiet = tone(self.palette(), Tone.QUIET)
        if value or dimmed:
            first.setForeground(quiet)
        if dimmed:
            second.setForeground(quiet)
        if value:
            first.setFlags(Qt.ItemFlag.ItemIsEnabled)
        else:
            first.setFont(scaled(self.font()))
        self.setItem(number, CAPTION, first)
        self.setItem(number, VALUE, second)
        if not value:
            self.setSpan(number, CAPTION, 1, 2)

    def event(self, event: QEvent) -> bool:
        """Take the keys that copy and select, which are the window's elsewhere."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(any(event.matches(key) for key in _CHOSEN))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the selected cells."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text() or self.text())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the table, which is not kept up to date while it is hidden."""
        super().showEvent(event)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_rows()

    def minimumSizeHint(self) -> QSize:
        """Leave a few lines readable; the rest is scrolled."""
        return QSize(self.fontMetrics().averageCharWidth() * 22, self.fontMetrics().height() * 3)


def _line(fact: Sequence[str]) -> str:
    """Return a fact in one line for the clipboard."""
    caption, value = fact
    return f"{caption}\t{value}".replace("\n", "; ")
