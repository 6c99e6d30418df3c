"""The network in use, in the tool bar: the menu of those that are installed, and how far downloads are."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QToolButton

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import ElidedButton, draw_bar, plain_tool_tip, without_mnemonic
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import number, percent_done

LONGEST = 48  # characters of a name in the menu; the whole of it is in the tool tip
BAR = 4  # pixels of height
ORIGINS = ("bundled", "download", "imported")  # the groups of the menu, in their order


class NetworkButton(ElidedButton):
    """Shows the network in use, a running download as a thin bar, and one that failed as a warning."""

    networksWanted = Signal()  # noqa: N815 - Qt's way of naming; the page about them

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._fraction: float | None = None  # of all downloads together
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        session.choice.specChanged.connect(self._refresh)
        session.downloads.changed.connect(self._refresh)
        self._refresh()
        self._fill()

    @Slot()
    def _refresh(self) -> None:
        downloads, title = self._session.downloads, self._session.choice.spec.title
        self.set_name(title)
        lines = [self.tr("Network in use: {0}. Choose another").format(title)]
        failed = [spec for spec in downloads.specs() if downloads.state(spec.id).phase is Phase.FAILED]
        lines += [self.tr("Warning: the download of {0} failed.").format(spec.title) for spec in failed]
        overall = downloads.overall()
        self._fraction = overall.fraction if overall is not None else None
        if self._fraction is not None:
            lines.append(self.tr("Downloading: {0}").format(percent_done(self._fraction)))
        self.setIcon(icon("warning" if failed else "network"))
        self.setToolTip(plain_tool_tip("\n".join(lines)))
        self.setAccessibleName(self.tr("Network: {0}").format(title))
        self.setAccessibleDescription(" ".join(lines[1:]))
        self.update()

    @Slot()
    def _fill(self) -> None:
        """List the installed networks with their speed, in groups, and the way to the others."""
        menu, downloads, current = self.menu(), self._session.downloads, self._session.choice.spec
        menu.clear()
        group = QActionGroup(menu)
        for origin in ORIGINS:
            specs = [
                spec
                for spec in downloads.specs()
                if spec.origin == origin
                and (downloads.state(spec.id).phase is Phase.INSTALLED or spec.id == current.id)
            ]
            for spec in specs:
                self._add(group, spec).setChecked(spec.id == current.id)
            if specs:
                menu.addSeparator()
        more = menu.addAction(icon("network"), self.tr("More &networks…"))
        more.triggered.connect(self.networksWanted)

    def _add(self, group: QActionGroup, spec: ModelSpec) -> QAction:
        metrics = self.menu().fontMetrics()
        width = metrics.averageCharWidth() * LONGEST
        name = " ".join(spec.title.split())  # a tab would begin the column of the speeds
        text = without_mnemonic(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width))
        if milliseconds := self._session.settings.value.speed(spec.id):
            rate = self.tr("{0} per second").format(number(1000 / milliseconds, 2))
            text = f"{text}\t{rate}"
        action = self.menu().addAction(text)
        action.setToolTip(plain_tool_tip(spec.title))
        action.setData(spec.id)
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda _checked=False: self._session.choice.use(spec))
        return action

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu with the Down key too, as other lists do."""
        if event.key() == Qt.Key.Key_Down:
            self.showMenu()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and a thin bar for what is being downloaded."""
        super().paintEvent(event)
        if self._fraction is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect()).adjusted(8, 0, -8, -2)
        track.setTop(track.bottom() - BAR)
        done = QRectF(track)
        done.setWidth(max(BAR, track.width() * self._fraction))
        if self.isRightToLeft():
            done.moveRight(track.right())
        draw_bar(painter, track, done, (tone(self.palette(), Tone.LINE), tone(self.palette(), Tone.ACCENT)))
        painter.end()
