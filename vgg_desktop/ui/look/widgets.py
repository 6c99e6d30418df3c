"""Small widgets and layouts that Qt does not have."""

import html
import itertools
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QFrame,
    QLabel,
    QLayout,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.icons import draw, icon


def without_mnemonic(text: str) -> str:
    """Return a text from outside for a button or a menu, where Qt underlines what follows an ampersand."""
    return text.replace("&", "&&")


def plain_tool_tip(text: str) -> str:
    """Return a text from outside for a tool tip, which Qt shows as HTML where it looks like that."""
    if "<" not in text and "&lt;" not in text:
        return text
    return f"<qt>{html.escape(text)}</qt>".replace("\n", "<br>")


def scaled(font: QFont, factor: float = 1.0, *, bold: bool = True) -> QFont:
    """Return a font of another size, bold by default."""
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * factor)
    else:
        result.setPixelSize(round(font.pixelSize() * factor))
    result.setBold(bold)
    return result


def plain_label(
    text: str = "",
    interaction: Qt.TextInteractionFlag = Qt.TextInteractionFlag.NoTextInteraction,
    *,
    wrap: bool = True,
) -> QLabel:
    """Return a label of plain text."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setTextInteractionFlags(interaction)
    return label


def confirm(parent: QWidget, title: str, question: str, action: str) -> bool:
    """Ask the user before an action and return whether to go ahead; Enter and Escape cancel it."""
    box = QMessageBox(QMessageBox.Icon.Question, title, question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    proceed = box.addButton(action, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    return box.clickedButton() is proceed


class Symbol(QWidget):
    """An icon whose height is a number of text lines; its meaning must stand as text beside it."""

    def __init__(self, name: str, colour: Tone, *, lines: float = 1.25) -> None:
        super().__init__()
        self._name, self._tone, self._lines = name, colour, lines
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_symbol(self, name: str, colour: Tone) -> None:
        """Show another icon."""
        self._name, self._tone = name, colour
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the lines of text."""
        side = round(self.fontMetrics().height() * self._lines)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon in its tone."""
        painter = QPainter(self)
        draw(painter, self._name, QRectF(self.rect()), tone(self.palette(), self._tone))
        painter.end()


TOP = Qt.AlignmentFlag.AlignTop
Part = QWidget | QLayout
_Box = TypeVar("_Box", bound=QBoxLayout)


def fill(
    box: _Box,
    *parts: Part | tuple[Part, int | Qt.AlignmentFlag] | int | None,
    spacing: int | None = None,
    margins: tuple[int, int, int, int] | None = None,
) -> _Box:
    """Add parts to a layout and return it: a pair is a part with its stretch or alignment.

    A number is that many pixels of space, and None is space that stretches.
    """
    if spacing is not None:
        box.setSpacing(spacing)
    if margins is not None:
        box.setContentsMargins(*margins)
    for each in parts:
        part, how = each if isinstance(each, tuple) else (each, 0)
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        else:
            # The flags of Qt are numbers too.
            stretch, alignment = (0, how) if isinstance(how, Qt.AlignmentFlag) else (how, Qt.AlignmentFlag(0))
            if isinstance(part, QLayout):
                box.addLayout(part, stretch)
            else:
                box.addWidget(part, stretch, alignment)
    return box


def push_button(text: str, slot: Callable[[], object] | None = None, symbol: str = "") -> QPushButton:
    """Return a button of a page or a dialog that is never its default one."""
    button = QPushButton(icon(symbol), text) if symbol else QPushButton(text)
    button.setAutoDefault(False)
    if slot is not None:
        button.clicked.connect(slot)
    return button


def draw_bar(painter: QPainter, track: QRectF, bar: QRectF, colours: tuple[QColor, QColor]) -> None:
    """Draw a rounded bar on its track, in the colours of the track and of the bar."""
    radius = track.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    for area, colour in zip((track, bar), colours, strict=True):
        painter.setBrush(colour)
        painter.drawRoundedRect(area, min(radius, area.width() / 2), radius)


def draw_ring(
    painter: QPainter, widget: QWidget, width: float, radius: float, area: QRectF | None = None
) -> None:
    """Draw an accent ring inside the border of a widget, or of an area of it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tone(widget.palette(), Tone.ACCENT), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    area = QRectF(widget.rect()) if area is None else area
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius, radius)


WIDTHS = (30, 16, 9, 5)  # characters


class ElidedButton(QToolButton):
    """Elides the middle of a long name; the caller sets a tool tip with the whole name."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._characters = WIDTHS[0]
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def set_name(self, name: str) -> None:
        """Show another name."""
        self._name = name
        self._elide()

    def set_width_in_characters(self, characters: int) -> None:
        """Set the width in characters of average width."""
        self._characters = characters
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._elide()

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        width = metrics.averageCharWidth() * self._characters
        text = metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, width)
        self.setText(without_mnemonic(text))


class TonedLabel(QLabel):
    """A label in one of the tones, in every scheme; plain text that wraps."""

    def __init__(
        self, tone: Tone = Tone.QUIET, text: str = "", *, smaller: bool = False, wrap: bool = True
    ) -> None:
        super().__init__(text)
        self._tone = tone
        self._smaller = smaller
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._apply_style()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.ParentChange):
            self._apply_style()

    def _apply_style(self) -> None:
        colours = self.palette()
        wanted = tone(QGuiApplication.palette(), self._tone)
        if colours.color(QPalette.ColorRole.WindowText) != wanted:  # setting it comes back here as a change
            colours.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(colours)
        if self._smaller:
            parent = self.parentWidget()
            font = QGuiApplication.font() if parent is None else parent.font()
            font.setPointSizeF(font.pointSizeF() * 0.9)
            if self.font().pointSizeF() != font.pointSizeF():
                self.setFont(font)


class ElidedLabel(QLabel):
    """A line of foreign text, such as a path, that loses its middle where it is too long."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.details = ""  # for the tool tip, below the text if that is too long
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def shown(self) -> str:
        """Return what of the text fits."""
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, self.contentsRect().width()
        )

    def minimumSizeHint(self) -> QSize:
        """Return at most the width of a short word."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), self.fontMetrics().averageCharWidth() * 12), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the text as fits; the whole of it is then in the tool tip."""
        text = self.shown()
        details = "\n".join(filter(None, (self.text() if text != self.text() else "", self.details)))
        self.setToolTip(plain_tool_tip(details))
        painter = QPainter(self)
        # The start stays at the left: paths and names of files read that way in every language.
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            alignment,
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
        painter.end()


class VerticalArea(QScrollArea):
    """As wide as what is in it needs, because nothing can be scrolled to sideways; without a frame of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the keyboard, and the area follows

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Update the window when the content needs another width; Qt's own area does not."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the content and the height of a few lines."""
        page = self.widget()
        width = page.minimumSizeHint().width() if page is not None else 0
        return QSize(width + self.verticalScrollBar().sizeHint().width(), self.fontMetrics().height() * 10)


def discard(widget: QWidget, layout: QLayout) -> None:
    """Take a widget out of its layout at once, and delete it in the next turn of the event loop."""
    layout.removeWidget(widget)
    widget.hide()
    widget.deleteLater()


def set_tab_order(order: Sequence[QWidget]) -> None:
    """Let the Tab key go from each widget to the next."""
    for before, after in itertools.pairwise(order):
        QWidget.setTabOrder(before, after)


PAGE_WIDTH = 120  # characters of average width


class Page(VerticalArea):
    """A page of the window: one column, no wider than is good to read, that scrolls where there is little room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        unit = self._unit()
        content = QWidget()
        self.column = fill(QVBoxLayout(content), spacing=unit * 3 // 2)
        self.setWidget(content)
        self._set_side(2 * unit)

    def _unit(self) -> int:
        return self.fontMetrics().height() // 2

    def _set_side(self, side: int) -> None:
        self.column.setContentsMargins(side, self._unit(), side, 2 * self._unit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave what is wider than is good to read empty on both sides."""
        spare = self.viewport().width() - self.fontMetrics().averageCharWidth() * PAGE_WIDTH
        self._set_side(max(2 * self._unit(), spare // 2))
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the column without what is empty beside it."""
        spare = self.column.contentsMargins().left() - 2 * self._unit()
        return super().minimumSizeHint() - QSize(2 * spare, 0)

    def first(self) -> QWidget:
        """Return what has the keyboard when the page is shown for the first time."""
        raise NotImplementedError

    def focus(self, widget: QWidget) -> None:
        """Put the keyboard on a widget of the page, unless another page is in view: Qt would put it there unseen."""
        if self.isVisible():
            widget.setFocus()

    def keep_from_wheel(self, *controls: QWidget) -> None:
        """Let the wheel scroll the page over controls whose value it would change, unless they have the keyboard."""
        for control in controls:
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Pass the wheel on; see `keep_from_wheel`."""
        is_wheel = event.type() is QEvent.Type.Wheel and isinstance(watched, QAbstractSpinBox | QComboBox)
        if is_wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the keyboard on Enter, as dialogs do."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
            return
        super().keyPressEvent(event)
