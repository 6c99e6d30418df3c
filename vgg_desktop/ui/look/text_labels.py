"""Labels for quieter, coloured and foreign text."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel

from vgg_desktop.ui.look.appearance import Tone, tone


class TonedLabel(QLabel):
    """A label in one of the tones, in every scheme; plain text that wraps."""

    def __init__(self, tone: Tone = Tone.QUIET, *, smaller: bool = False) -> None:
        super().__init__()
        self._tone = tone
        self._smaller = smaller
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.ParentChange):
            self._dress()

    def _dress(self) -> None:
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
    """A line of foreign text, such as a path, that leaves out its middle where it is too long for its place."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def shown(self) -> str:
        """Return what of the text fits."""
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, self.contentsRect().width()
        )

    def minimumSizeHint(self) -> QSize:
        """Ask for no more room than a short word takes."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), self.fontMetrics().averageCharWidth() * 12), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the text as there is room for; the whole of it is then in the tool tip."""
        text = self.shown()
        self.setToolTip(self.text() if text != self.text() else "")
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
