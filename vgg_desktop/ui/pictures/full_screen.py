"""One picture on the whole screen, with its most probable classes large enough for a room."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vgg_desktop.ui.look.appearance import palette, style_sheet
from vgg_desktop.ui.look.widgets import ElidedLabel, fill, plain_label, scaled
from vgg_desktop.ui.pictures.bars import COMFORTABLE, MARGIN, Bars
from vgg_desktop.ui.pictures.overlays import CropOverlay
from vgg_desktop.ui.pictures.picture_view import PictureView
from vgg_desktop.ui.pictures.provenance import previous, title_of
from vgg_desktop.ui.pictures.rows import ResultRow, RowState
from vgg_desktop.ui.pictures.stepping import RoundButton, Stepping
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.messages import describe

if TYPE_CHECKING:
    from vgg_desktop.ui.pictures.inspector import Inspector

CLASSES = 3
LINES = 36  # of text that would fill the height of the screen
IDLE_MS = 2500  # after which a pointer that rests is hidden, with the buttons
GROUND = QColor(12, 14, 18, 205)  # light text is readable on it above any picture
_STEPS = {Qt.Key.Key_Space: 1, Qt.Key.Key_Backspace: -1}


class _Caption(QWidget):
    """The classes, or what is waited for or went wrong; below them where they come from."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.bars = Bars(largest=COMFORTABLE)
        self.state = plain_label()
        self.source = ElidedLabel()
        for label in (self.state, self.source):
            label.setContentsMargins(MARGIN + 2, 0, MARGIN + 2, 0)  # in line with the texts of the bars
        self._pages = QStackedWidget()
        self._pages.addWidget(self.bars)
        self._pages.addWidget(self.state)
        self._column = fill(QVBoxLayout(self), self._pages, self.source, spacing=4)

    def show_row(self, row: ResultRow, position: str) -> None:
        """Show the answer of a picture; `position` is which one of the list it is."""
        model, result = self._session.pictures.model, row.classification
        is_failed = row.state is RowState.FAILED and row.error is not None
        shown = result.predictions[:CLASSES] if result is not None and not is_failed else ()
        self.bars.show_predictions(shown, is_unsure=model.filter.is_unsure(row))
        self.bars.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay with the picture
        self.bars.setEnabled(row.state is RowState.DONE)
        self.state.setText(describe(row.error).title if is_failed and row.error else model.summary(row))
        self._pages.setCurrentWidget(self.bars if shown else self.state)
        network = title_of(result.model, self._session) if result is not None and not is_failed else ""
        whose = previous(row, self._session) or network
        self.source.setText("  ·  ".join(filter(None, (row.path.name, whose, position))))

    def text(self) -> str:
        """Return what is shown, for screen readers: the picture below it has the keyboard."""
        answer = self.bars.accessibleDescription() if self.bars.predictions else self.state.text()
        return f"{answer}; {self.source.text()}"

    def set_size_of_text(self, pixels: int) -> None:
        """Set the height of the text of all but the first class."""
        font = self.font()
        font.setPixelSize(pixels)
        self.bars.setFont(font)
        self.state.setFont(scaled(font, 1.6))
        font.setPixelSize(max(12, round(pixels * 0.6)))
        self.source.setFont(font)
        self._column.setContentsMargins(pixels, pixels // 2, pixels, pixels // 2)

    def height_for(self, width: int) -> int:
        """Return the height that the classes need."""
        margins, line = self._column.contentsMargins(), self.source.sizeHint().height()
        inside = width - margins.left() - margins.right()
        text = self.state.heightForWidth(inside) if self._pages.currentWidget() is self.state else 0
        content = max(text, 0) or self.bars.sizeHint().height()
        return content + line + 4 + margins.top() + margins.bottom()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dark ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        radius = self._column.contentsMargins().left() / 2
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.end()


class FullScreen(QWidget):
    """Shows what an inspector shows, on the screen where it is, dark in either scheme; closed it is deleted."""

    closed = Signal()

    def __init__(self, inspector: "Inspector", session: Session) -> None:
        super().__init__(inspector.window(), Qt.WindowType.Window)
        self._inspector = inspector
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(inspector.window().windowTitle())
        self.crop = CropOverlay()
        self.view = PictureView([self.crop])
        self.view.rings = False
        self.view.setMouseTracking(True)
        self.view.installEventFilter(self)
        self.stepping = Stepping(self.view)
        for part in (self.view, self.stepping):
            part.stepRequested.connect(inspector.stepRequested)
        leave = RoundButton("close", self.tr("Leave full screen"), self.view)
        leave.clicked.connect(self.close)
        self.stepping.add_corner(leave)
        self.caption = _Caption(session, self.view)
        fill(QVBoxLayout(self), self.view, margins=(0, 0, 0, 0))
        colours = palette(dark=True)
        self.setStyleSheet(style_sheet(colours))
        for each in (self, *self.findChildren(QWidget)):
            each.setPalette(colours)  # the application's style sheet keeps them from following their parent
        self._idle = QTimer(self, interval=IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self._rest)
        inspector.view.shown.connect(self._show_picture)
        inspector.crop.changed.connect(self._show_square)
        inspector.rowShown.connect(self._show_answer)
        inspector.stepping.moved.connect(self._show_answer)
        self.setScreen(inspector.screen())
        self.setGeometry(inspector.screen().geometry())

    def start(self) -> None:
        """Show the window on the whole screen."""
        self._show_picture()
        self._show_square()
        self._show_answer()
        self.showFullScreen()
        self.activateWindow()
        self.view.setFocus()
        self._rest()

    @Slot()
    def _show_picture(self) -> None:
        self.view.show_same(self._inspector.view)

    @Slot()
    def _show_square(self) -> None:
        self.crop.set_shown(self._inspector.crop.shown)
        self.crop.set_square(self._inspector.crop.square)

    @Slot()
    def _show_answer(self) -> None:
        row, steps = self._inspector.row, self._inspector.stepping
        if row is None:  # it was removed from the list
            self.close()
            return
        self.stepping.show_position(steps.place, steps.total)
        self.caption.show_row(row, steps.position.text() if steps.total > 1 else "")
        self.view.setAccessibleDescription(self.caption.text())
        self._arrange()

    # Its parts

    def _arrange(self) -> None:
        room, caption = self.view.size(), self.caption
        pixels = max(13, room.height() // LINES)
        caption.set_size_of_text(pixels)
        width = min(room.width() - 2 * pixels, round(1.2 * room.height()))
        size = QSize(width, min(caption.height_for(width), room.height() // 2))
        caption.resize(size)
        caption.move((room.width() - width) // 2, room.height() - size.height() - pixels)

    @Slot()
    def _rest(self) -> None:
        self.stepping.set_idle(True)
        self.view.setCursor(Qt.CursorShape.BlankCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Show pointer and buttons while the pointer moves."""
        if watched is self.view and event.type() is QEvent.Type.MouseMove:
            self._idle.start()
            self.stepping.set_idle(False)
            if self.view.cursor().shape() is Qt.CursorShape.BlankCursor:
                self.view.unsetCursor()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with Space and Backspace as in a slide show, zoom as in the window; Escape leaves."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif event.matches(QKeySequence.StandardKey.ZoomIn):
            self.view.zoom_in()
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.view.zoom_out()
        elif key in _STEPS:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._inspector.stepRequested.emit(-1 if is_back else _STEPS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the size of the screen."""
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the picture is shown in the window again."""
        self.closed.emit()
        super().closeEvent(event)
