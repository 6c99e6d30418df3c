"""Shows that a newer version is available, and the result of a check that the user started."""

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from vgg_desktop.errors import UpdateUnknown
from vgg_desktop.ui.info_bar import Kind
from vgg_desktop.ui.notices import Notices
from vgg_desktop.ui.updates import Release, UpdateCheck


class UpdateNotices(QObject):
    """Puts what `UpdateCheck` finds above the pictures; only who asked hears that there is nothing new."""

    def __init__(self, check: UpdateCheck, notices: Notices) -> None:
        super().__init__(notices)
        self._check, self._notices = check, notices
        self._is_asked = False
        check.newer.connect(self._newer)
        check.current.connect(self._current)
        check.failed.connect(self._failed)

    @Slot()
    def ask(self) -> None:
        """Check now, and show the result whatever it is."""
        self._is_asked = True
        self._check.look()

    @Slot(object)
    def _newer(self, release: Release) -> None:
        text = self.tr("VGG Desktop {0} is available.").format(release.version)
        page = QUrl(release.page)
        show = (self.tr("Open web page"), lambda: QDesktopServices.openUrl(page))
        self._notices.tell("update", Kind.INFO, text, show)

    @Slot()
    def _current(self) -> None:
        if self._is_asked:
            self._notices.tell("update", Kind.GOOD, self.tr("VGG Desktop is up to date."))

    @Slot(object)
    def _failed(self, error: UpdateUnknown) -> None:
        if self._is_asked:
            self._notices.tell_error("update", error)
