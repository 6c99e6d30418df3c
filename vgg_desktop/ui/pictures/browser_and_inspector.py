"""The arrangement of browser and inspector: side by side, or in a narrow window the browser as a strip below."""

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

from vgg_desktop.ui.pictures.inspector import Inspector
from vgg_desktop.ui.pictures.list_panel import ListPanel

NARROW = 720  # logical pixels of the window, below which names beside thumbnails have no room
FIRST_SIZES = [320, 760]


class BrowserAndInspector(QSplitter):
    """Follows the width of the window; the sizes of the wide arrangement are kept."""

    def __init__(self, browser: ListPanel, inspector: Inspector) -> None:
        super().__init__()
        self._browser, self._inspector = browser, inspector
        self.is_narrow = False
        self._wide: QByteArray | None = None  # the state of the wide arrangement while the window is narrow
        self.addWidget(browser)
        self.addWidget(inspector)
        self.setStretchFactor(1, 1)
        self.setSizes(FIRST_SIZES)
        self.setChildrenCollapsible(False)

    def save_state(self, store: QSettings) -> None:
        """Save the sizes of the wide arrangement."""
        store.setValue("splitter", self._wide if self._wide is not None else self.saveState())

    def restore_state(self, store: QSettings) -> None:
        """Restore the sizes of the wide arrangement."""
        shares = store.value("splitter")
        if isinstance(shares, QByteArray):
            if self.is_narrow:
                self._wide = shares
            else:
                self.restoreState(shares)

    def fit(self, width: int) -> None:
        """Arrange for a width of the window in pixels, also before this is first shown: later, it would grow."""
        is_narrow = width < NARROW
        if is_narrow is not self.is_narrow:
            self._arrange(is_narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width of the window."""
        self.fit(self.window().width())
        super().resizeEvent(event)
        self._share()

    def event(self, event: QEvent) -> bool:
        """Share the height anew when one of the two needs another one."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._share()
        return done

    def _share(self) -> None:
        """Leave the strip what it needs and the picture all the rest; Qt's splitter ignores the largest size."""
        if self.is_narrow:
            strip = min(self._browser.maximumHeight(), self._browser.sizeHint().height())
            self.setSizes([self.height() - self.handleWidth() - strip, strip])

    def _arrange(self, is_narrow: bool) -> None:
        self.is_narrow = is_narrow
        if is_narrow:
            self._wide = self.saveState()
        self._browser.set_compact(is_narrow)
        self.setOrientation(Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal)
        self.insertWidget(0, self._inspector if is_narrow else self._browser)
        self.handle(1).setEnabled(not is_narrow)
        if not is_narrow and self._wide is not None:
            self.restoreState(self._wide)
            self._wide = None
