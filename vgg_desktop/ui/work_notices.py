"""Tells of a search and of an export that take long, how far they are, and lets them be cancelled."""

import time

from PySide6.QtCore import QObject, QTimer, Slot

from vgg_desktop.ui.info_bar import Kind
from vgg_desktop.ui.notices import Notices
from vgg_desktop.ui.session.picture_list import Activity, PictureList

PATIENCE = 1.0  # seconds before it is worth a word: most are over by then
LOOK_MS = 500


class WorkNotices(QObject):
    """Looks now and then while something goes on; what is over is withdrawn at once."""

    def __init__(self, pictures: PictureList, notices: Notices) -> None:
        super().__init__(notices)
        self._pictures, self._notices = pictures, notices
        self._told: dict[str, Activity] = {}
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        pictures.activitiesChanged.connect(self._look)
        self._look()

    @Slot()
    def _look(self) -> None:
        for key, is_export in (("search", False), ("saving", True)):
            going_on = [each for each in self._pictures.activities if (each.target is not None) == is_export]
            if going_on and time.monotonic() - going_on[0].since > PATIENCE:
                text = self._saved(going_on[0]) if is_export else self._found(going_on[0])
                if self._told.get(key) is going_on[0]:  # a user may have closed it
                    self._notices.change_text(key, text)
                else:
                    self._told[key] = going_on[0]
                    self._notices.tell(key, Kind.INFO, text, (self.tr("Cancel"), going_on[0].stop))
            elif not going_on and self._told.pop(key, None) is not None:
                self._notices.withdraw(key)
        if not self._pictures.activities:
            self._looking.stop()
        elif not self._looking.isActive():
            self._looking.start()

    def _found(self, search: Activity) -> str:
        return self.tr("Searching for pictures… %n found so far.", "", search.done)

    def _saved(self, export: Activity) -> str:
        return self.tr("Saving results… {0} of {1}").format(export.done, export.total)
