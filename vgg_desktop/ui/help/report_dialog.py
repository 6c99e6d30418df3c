"""Report a problem: the facts that help, as text that the user reads, copies and sends."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from vgg_desktop.ui.help.help_dialog import SELECTABLE, HelpDialog
from vgg_desktop.ui.help.report import make_report, without_private
from vgg_desktop.ui.look.widgets import plain_label
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.session import Session


class ReportDialog(HelpDialog):
    """Shows the report, collected again each time it is shown. Nothing is sent."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Report a problem"), parent)
        self._session = session
        self._awaits_text = False
        what = plain_label(
            self.tr(
                "Copy this text and send it, with what you did and what happened, to where you got VGG Desktop from. "
                "Nothing is sent automatically. The text has neither your pictures' names nor your folders."
            ),
            SELECTABLE,
        )
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setTextInteractionFlags(SELECTABLE)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setAccessibleName(self.tr("Report"))
        self.waiting = plain_label(self.tr("Still collecting facts about the devices…"))
        self.lay_out(what, (self.details, 1), self.waiting, wide=84)
        self.details.setFocus()
        session.measurements.diagnosed.connect(self._take_diagnosis)
        session.measurements.failed.connect(self._take_failure)

    def text(self) -> str:
        """Return the report."""
        return self.details.toPlainText()

    def showEvent(self, event: QShowEvent) -> None:
        """Show at once what is known, and ask for the rest, which may wait for work in progress."""
        super().showEvent(event)
        if event.spontaneous():
            return
        self._awaits_text = True
        self._show("")
        downloads = self._session.downloads
        installed = (each for each in downloads.specs() if downloads.state(each.id).phase is Phase.INSTALLED)
        self._session.measurements.diagnose(installed)

    def _show(self, diagnosis: str) -> None:
        self.details.setPlainText(make_report(self._session.settings.value, diagnosis))
        self.waiting.setVisible(self._awaits_text)

    @Slot(str)
    def _take_diagnosis(self, text: str) -> None:
        if self._awaits_text:
            self._awaits_text = False
            self._show(text)

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        self._take_diagnosis(without_private(str(error)))
