"""Small widgets and layouts that Qt does not have."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLayout,
    QLayoutItem,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.icons import draw


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
    text: str = "", interaction: Qt.TextInteractionFlag = Qt.TextInteractionFlag.NoTextInteraction
) -> QLabel:
    """Return a label of plain text that wraps."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(interaction)
    return label


def confirm(parent: QWidget, title: str, question: str) -> bool:
    """Ask the user and return whether the answer is yes; Enter and Escape mean no."""
    buttons = QMessageBox.StandardButton
    answer = QMessageBox.question(parent, title, question, buttons.Yes | buttons.No, buttons.No)
    return answer == buttons.Yes


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
        self.setText(text.replace("&", "&&"))


class TonedLabel(QLabel):
    """A label in one of the tones, in every scheme; plain text that wraps."""

    def __init__(self, tone: Tone = Tone.QUIET, *, text: str = "", smaller: bool = False) -> None:
        super().__init__(text)
        self._tone = tone
        self._smaller = smaller
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
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
        self.setToolTip("\n".join(filter(None, (self.text() if text != self.text() else "", self.details))))
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


class FlowLayout(QLayout):
    """Widgets in wrapped lines, in reading direction."""

    def __init__(self, parent: QWidget | None = None, *, across: int = 8, down: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._across = across
        self._down = down
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Add an item that `addWidget` made."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Return an item, or None beyond the last one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Remove an item and return it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Return no direction: extra space is not used."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Return True: the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:  # noqa: N802 - Qt's name
        """Lay out the items."""
        super().setGeometry(area)
        self._arrange(area, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of one line with everything in it."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(each.width() for each in sizes) + self._across * max(0, len(sizes) - 1)
        return QSize(width, max((each.height() for each in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        """Return the items line by line, each with the width that it gets."""
        lines: list[list[tuple[QLayoutItem, int]]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            own = min(item.sizeHint().width(), max(width, item.minimumSize().width()))
            if not lines or x + own > width:
                lines.append([])
                x = 0
            lines[-1].append((item, own))
            x += own + self._across
        return lines

    def _arrange(self, area: QRect, *, move: bool) -> int:
        """Return the height that the lines need, and move the items there if `move` is set."""
        parent = self.parentWidget()
        backwards = parent is not None and parent.isRightToLeft()
        y = 0
        for line in self._lines(area.width()):
            x = 0
            height = max(item.sizeHint().height() for item, _ in line)
            for item, width in line:
                left = area.right() + 1 - x - width if backwards else area.left() + x
                if move:
                    item.setGeometry(QRect(QPoint(left, area.top() + y), QSize(width, height)))
                x += width + self._across
            y += height + self._down
        return max(0, y - self._down)


class PageDialog(QDialog):
    """A window of its own beside the main one, where a user stays for a while."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the keyboard on Enter, which dialogs would pass to their default button."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
            return
        super().keyPressEvent(event)
