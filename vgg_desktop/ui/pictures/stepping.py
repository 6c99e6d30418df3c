"""Buttons over a picture that step to the next one, and its position; they appear with the pointer or the keyboard."""

from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.icons import draw

GAP = 12  # pixels to the border of the picture
SIDE = 40  # pixels of a button
GROUND, OVER = QColor(0, 0, 0, 150), QColor(0, 0, 0, 215)  # with white upon it shows on any picture
_APPEAR = {
    QEvent.Type.Enter,
    QEvent.Type.Leave,
    QEvent.Type.FocusIn,
    QEvent.Type.FocusOut,
    QEvent.Type.Resize,
    QEvent.Type.Show,
}


class RoundButton(QToolButton):
    """A dark round button with a white icon, for use over pictures."""

    def __init__(self, symbol: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.resize(self.sizeHint())
        self.hide()

    def sizeHint(self) -> QSize:
        """Return the size that a finger hits."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the disc, the icon, and a ring while it has the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        white = QColor("white")
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():  # two colours, one of which shows on any picture
            painter.setBrush(white)
            painter.setPen(QPen(tone(self.palette(), Tone.ACCENT), 3))
            painter.drawEllipse(disc)
            painter.setPen(Qt.PenStyle.NoPen)
            disc.adjust(3, 3, -3, -3)
        painter.setBrush(OVER if self.underMouse() or self.isDown() or self.hasFocus() else GROUND)
        painter.drawEllipse(disc)
        if not self.isEnabled():
            white.setAlphaF(0.4)
        inset = SIDE / 4
        draw(painter, self._symbol, disc.adjusted(inset, inset, -inset, -inset), white)
        painter.end()


class Chip(QLabel):
    """A short white text on a dark, rounded ground, for use over pictures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(10, 3, 10, 3)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text in white in either scheme."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.setPen(QColor("white"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class Stepping(QObject):
    """Two buttons and the position over a picture; `corner` is one more button at its upper right."""

    stepRequested = Signal(int)  # noqa: N815 - to the next picture, or with -1 to the one before
    moved = Signal(int, int)  # another place, from 0, or another total

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.place, self.total = -1, 0
        self._is_idle = False
        self.previous = RoundButton("previous", self.tr("Previous picture"), view)
        self.next = RoundButton("next", self.tr("Next picture"), view)
        self.corner: RoundButton | None = None
        self.position = Chip(view)
        self.previous.clicked.connect(lambda: self.stepRequested.emit(-1))
        self.next.clicked.connect(lambda: self.stepRequested.emit(1))
        for widget in (view, self.previous, self.next):
            widget.installEventFilter(self)

    def add_corner(self, button: RoundButton) -> None:
        """Show one more button at the upper right."""
        self.corner = button
        button.installEventFilter(self)
        self._arrange()

    def show_position(self, place: int, total: int) -> None:
        """Show that the picture is the one at `place`, from 0, of `total`; -1 where it is none of them."""
        self.place, self.total = place, total
        locale = QLocale()
        text = self.tr("{0} of {1}").format(locale.toString(place + 1), locale.toString(total))
        self.position.setText(text if place >= 0 else "")
        for button, is_possible in ((self.previous, place > 0), (self.next, -1 <= place < total - 1)):
            if button.hasFocus() and not is_possible:
                self._view.setFocus()  # Qt would move the keyboard to the next widget, whatever that is
            button.setEnabled(is_possible)
        self._arrange()
        self.moved.emit(place, total)

    def set_idle(self, is_idle: bool) -> None:
        """Hide all of it until one of the buttons has the keyboard, as after the pointer rested for a while."""
        if is_idle != self._is_idle:
            self._is_idle = is_idle
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Appear and disappear with the pointer and the keyboard."""
        if event.type() in _APPEAR:
            self._arrange()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        view, buttons = self._view, [self.previous, self.next]
        has_keyboard = any(each.hasFocus() for each in (*buttons, *filter(None, [self.corner])))
        is_near = (view.underMouse() or view.hasFocus()) and not self._is_idle
        is_shown = is_near or has_keyboard
        for button in buttons:
            button.setVisible(is_shown and self.total > 1)
        self.position.setVisible(is_shown and self.total > 1 and bool(self.position.text()))
        middle, right = (view.height() - SIDE) // 2, view.width() - SIDE - GAP
        first, last = QPoint(GAP, middle), QPoint(right, middle)
        if view.isRightToLeft():
            first, last = last, first
        self.previous.move(first)
        self.next.move(last)
        self.position.adjustSize()
        self.position.move((view.width() - self.position.width()) // 2, GAP)
        if self.corner is not None:
            self.corner.setVisible(is_shown)
            self.corner.move(right, GAP)
