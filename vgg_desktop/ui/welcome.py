"""The empty window: a place to drop pictures, what can be dropped, and the shortcuts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMargins, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QIcon,
    QImageReader,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop.images.kinds import FORMAT_NAMES
from vgg_desktop.ui.actions import plain_text
from vgg_desktop.ui.drop_overlay import INSET, paint_dashes
from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import Symbol, plain_label, scaled
from vgg_desktop.ui.words.formats import number
from vgg_desktop.ui.work.history import LastList

EXAMPLE_SIDE = 96
EXAMPLES = 3
SHORTCUT_COLUMNS = 2


class _Shortcuts(QWidget):
    """A table of what keys do, kept in line with the actions."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self._rows: list[tuple[QAction, QLabel, QLabel]] = []
        each_column = -(-len(actions) // SHORTCUT_COLUMNS)
        for place, action in enumerate(actions):
            column, row = divmod(place, each_column)
            key, text = QLabel(), QLabel()
            key.setProperty("keycap", True)
            key.setTextFormat(Qt.TextFormat.PlainText)
            text.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(key, row, column * 3, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(text, row, column * 3 + 1)
            self._rows.append((action, key, text))
            action.changed.connect(self.refresh)
        if len(actions) > each_column:
            grid.setColumnMinimumWidth(2, 16)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the actions' current texts and shortcuts; those without a shortcut are hidden."""
        for action, key, text in self._rows:
            shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            key.setText(shortcut)
            text.setText(plain_text(action))
            for label in (key, text):
                label.setVisible(bool(shortcut))


def _example_button(path: Path) -> QToolButton:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(
            size.scaled(2 * EXAMPLE_SIDE, 2 * EXAMPLE_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        )
    button = QToolButton()
    button.setIcon(QIcon(QPixmap.fromImage(reader.read())))
    button.setIconSize(QSize(EXAMPLE_SIDE, EXAMPLE_SIDE))
    button.setAccessibleName(path.stem)
    button.setToolTip(path.stem)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


class Welcome(QWidget):
    """Invites to drop pictures or to open some; a click anywhere opens pictures too."""

    openRequested = Signal()  # noqa: N815 - Qt's way of naming
    folderRequested = Signal()  # noqa: N815 - Qt's way of naming
    resumeRequested = Signal()  # noqa: N815 - Qt's way of naming
    exampleChosen = Signal(object)  # noqa: N815 - Qt's way of naming; carries the Path

    def __init__(self, actions: Sequence[QAction], examples: Sequence[Path] = ()) -> None:
        super().__init__()
        self._pressed = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Drop pictures here"))
        self._content = self._build_content(actions, examples)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._content)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The dashed area is painted by this widget, below.
        for each in (scroll, scroll.viewport(), self._content):
            each.setAutoFillBackground(False)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET + 6, INSET + 6, INSET + 6, INSET + 6)
        column.addWidget(scroll)

    # Building

    def _build_content(self, actions: Sequence[QAction], examples: Sequence[Path]) -> QWidget:
        content = QWidget()
        column = self._column = QVBoxLayout(content)
        column.setSpacing(14)
        self._symbol = Symbol("drop", Tone.ACCENT, lines=2)
        self._heading = self._line(self.tr("Drop pictures here"))
        self._what = self._line(
            self.tr(
                "Pictures, folders, links, pictures from the browser or the clipboard, or a network as .onnx or .zip"
            )
        )
        self.remembering = self._line(
            self.tr(
                "Names and results of pictures are remembered on this computer only; the settings can switch that off."
            )
        )
        self.remembering.hide()
        self._formats = self._line(self.tr("Supported: {formats}").format(formats=", ".join(FORMAT_NAMES)))
        self._shortcuts = _Shortcuts(actions)
        column.addStretch(1)
        column.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._heading)
        column.addWidget(self._what)
        column.addLayout(self._build_buttons())
        column.addWidget(self._formats)
        column.addWidget(self.remembering)
        self._examples = QWidget()
        self.example_buttons: list[QToolButton] = []
        if examples:
            self._examples.setLayout(self._build_examples(examples))
        column.addWidget(self._examples)
        column.addSpacing(16)
        column.addWidget(self._shortcuts, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._apply_style()
        return content

    def _line(self, text: str) -> QLabel:
        label = plain_label(text)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _build_buttons(self) -> FlowLayout:
        self.open_button = QPushButton(
            icon("open", QPalette.ColorRole.HighlightedText), self.tr("Open pictures…")
        )
        self.open_button.setProperty("primary", True)
        self.open_button.setAutoDefault(True)  # Enter presses it as Space does
        self.open_button.clicked.connect(self.openRequested)
        self.folder_button = QPushButton(icon("folder"), self.tr("Open folder…"))
        self.folder_button.setAutoDefault(True)
        self.folder_button.clicked.connect(self.folderRequested)
        self.resume_button = QPushButton(icon("play"), "")
        self.resume_button.setAutoDefault(True)
        self.resume_button.clicked.connect(self.resumeRequested)
        self.resume_button.hide()
        row = FlowLayout(centred=True)
        for button in (self.open_button, self.folder_button, self.resume_button):
            row.addWidget(button)
        return row

    def show_last_list(self, last: LastList | None) -> None:
        """Offer the pictures that were open when the program ended, or with None no longer."""
        if last is not None:
            text = self.tr("Continue with the last %n picture(s)", "", last.pictures)
            if last.known < last.pictures:
                text = self.tr("{0} ({1} done)").format(text, number(last.known, 1))
            self.resume_button.setText(text)
        self.resume_button.setVisible(last is not None)

    def show_remembering(self, shown: bool) -> None:
        """Show what is remembered, as before the first time."""
        self.remembering.setVisible(shown)

    def _build_examples(self, examples: Sequence[Path]) -> QVBoxLayout:
        column, row = QVBoxLayout(), QHBoxLayout()
        column.addWidget(self._line(self.tr("or try one of these")))
        row.addStretch()
        for path in examples[:EXAMPLES]:
            button = _example_button(path)
            button.clicked.connect(lambda _checked=False, path=path: self.exampleChosen.emit(path))
            self.example_buttons.append(button)
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        return column

    def _apply_style(self) -> None:
        """Take sizes from the font and the faint tone from the palette."""
        large = max(1.0, min(1.6, self.width() / 800, self.height() / 560))
        heading = scaled(self.font(), 2.0 * large)
        for each in (self._heading, self._symbol):
            each.setFont(heading)
        self._what.setFont(scaled(self.font(), large, bold=False))
        quiet = self.palette()
        quiet.setColor(QPalette.ColorRole.WindowText, tone(self.palette(), Tone.QUIET))
        for label in (self._what, self._formats, self.remembering):
            label.setPalette(quiet)

    # What is seen

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font and the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_content"):
            self._apply_style()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what is not needed, the shortcuts first, before anything must be scrolled."""
        super().resizeEvent(event)
        self._apply_style()
        parts = (self._shortcuts, self._symbol, self._examples)
        for part in parts:
            part.show()
        room = self.size().shrunkBy(QMargins(*(INSET + 6,) * 4))
        for part in parts:
            self._column.invalidate()
            is_too_wide = self._column.totalMinimumSize().width() > room.width()
            if is_too_wide or self._column.totalHeightForWidth(room.width()) > room.height():
                part.hide()

    def sizeHint(self) -> QSize:
        """Return a size that shows everything."""
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        """Return a small size; what does not fit is hidden or scrolled."""
        return QSize(280, 200)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dashed area."""
        painter, palette = QPainter(self), self.palette()
        card = QColor(tone(palette, Tone.CARD))
        area = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        paint_dashes(painter, area, tone(palette, Tone.QUIET), 2, card)

    # Gestures

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note a press anywhere but on a button."""
        self._pressed = event.button() is Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open pictures after a click."""
        if self._pressed and self.rect().contains(event.position().toPoint()):
            self.openRequested.emit()
        self._pressed = False
