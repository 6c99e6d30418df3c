"""First steps: what each kind of user does first, in five points."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from vgg_desktop.ui.help.help_dialog import SELECTABLE, HelpDialog
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.widgets import TOP, Symbol, VerticalArea, fill, plain_label, scaled


def _keys(keys: str | QKeySequence.StandardKey) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class FirstSteps(HelpDialog):
    """Five points, each an icon, a title and two sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("First steps"), parent)
        self.points = self._points()
        page = QWidget()
        grid = QGridLayout(page)
        unit = self.fontMetrics().height() // 2
        grid.setHorizontalSpacing(unit * 2)
        grid.setVerticalSpacing(unit * 2)
        grid.setColumnStretch(1, 1)
        for row, (symbol, title, text) in enumerate(self.points):
            heading = plain_label(title)
            heading.setFont(scaled(heading.font(), 1.1))
            words = plain_label(text, SELECTABLE)
            grid.addWidget(Symbol(symbol, Tone.ACCENT, lines=1.6), row, 0, TOP)
            grid.addLayout(fill(QVBoxLayout(), heading, words, spacing=unit // 2), row, 1)
        grid.setRowStretch(len(self.points), 1)
        area = VerticalArea()
        area.setWidget(page)
        self.lay_out((area, 1), wide=84, lines=34)

    def text(self) -> str:
        """Return all points as text."""
        return "\n\n".join(f"{title}\n{text}" for _, title, text in self.points)

    def _points(self) -> tuple[tuple[str, str, str], ...]:
        standard = QKeySequence.StandardKey
        return (
            (
                "drop",
                self.tr("See what is in a picture"),
                self.tr(
                    "Drop a picture on the window, paste it ({paste}) or click on an example. The bars are the most "
                    "probable classes; the square on the picture is what the network saw."
                ).format(paste=_keys(standard.Paste)),
            ),
            (
                "folder",
                self.tr("Sort many photographs"),
                self.tr(
                    "Drop a folder or open it ({folder}). Filter by name or class, look at the unsure ones, then save "
                    "a table ({save}) or let the File menu copy the pictures into a folder for each class."
                ).format(folder=_keys("Ctrl+Shift+O"), save=_keys(standard.Save)),
            ),
            (
                "picture",
                self.tr("Teach how networks see"),
                self.tr(
                    "Choose another network in the tool bar and watch the bars change: the small Starter knows only "
                    "ten things. Exact and Fast show what rounding costs, the Devices page what speed is worth."
                ),
            ),
            (
                "network",
                self.tr("Try your own network"),
                self.tr(
                    "Drop an ONNX file on the window or import it ({keys}). Labels and preprocessing are looked for "
                    "beside it and in it; the app asks for what is missing, with a preview on known pictures."
                ).format(keys=_keys("Ctrl+I")),
            ),
            (
                "menu",
                self.tr("Use it in scripts"),
                self.tr(
                    "On the command line, {classify} prints one JSON object per picture, and {evaluate} measures the "
                    "accuracy on a folder with one sub-folder per class."
                ).format(classify="vgg-desktop classify --json", evaluate="vgg-desktop evaluate"),
            ),
        )
