"""What the settings say of the history: whether something is remembered, how much, and how to delete it."""

from PySide6.QtCore import QCoreApplication, QLocale, QSignalBlocker, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSpinBox, QWidget

from vgg_desktop.history.history import Usage
from vgg_desktop.settings import HISTORY_LIMIT, Settings
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import TonedLabel, confirm, fill
from vgg_desktop.ui.session.history_keeper import HistoryKeeper
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.ui.settings_form import Section, set_by_administrator
from vgg_desktop.ui.words.formats import data_size


class HistorySection(Section):
    """Follows the settings and the history, and changes both."""

    def __init__(self, keeper: SettingsKeeper, history: HistoryKeeper) -> None:
        super().__init__(QCoreApplication.translate("HistorySection", "History"))
        self._keeper, self._history = keeper, history
        self._pictures = 0  # that are kept
        self.enabled = QCheckBox(self.tr("Re&member pictures and results"))
        self.limit = QSpinBox()
        self.limit.setRange(HISTORY_LIMIT[0], HISTORY_LIMIT[-1])
        self.limit.setSingleStep(100)
        self.limit.setSuffix(" MB")
        self.limit.setGroupSeparatorShown(True)
        self.limit.setLocale(QLocale())  # a parent's may be older than the choice of language
        self.usage = TonedLabel()
        self.clear_button = QPushButton(icon("trash"), self.tr("Clear histor&y…"))
        self.clear_button.setAutoDefault(False)
        locked = keeper.value.locked
        note = self.tr(
            "Nothing is then computed twice, and the next start can go on with the same pictures. Names, dates and "
            "results are kept on this computer only, the pictures themselves are not."
        )
        self.add_wide(self.enabled, set_by_administrator() if "history" in locked else note)
        note = self.tr("The results of pictures that were not opened for longest are deleted first.")
        self.add_row(
            self.tr("At m&ost:"), self.limit, set_by_administrator() if "history_limit" in locked else note
        )
        now = QWidget()
        fill(QHBoxLayout(now), (self.usage, 1), self.clear_button, margins=(0, 0, 0, 0))
        self.add_row(self.tr("Now:"), now)
        for control, key in ((self.enabled, "history"), (self.limit, "history_limit")):
            if key in locked:
                control.setEnabled(False)
                control.setToolTip(set_by_administrator())
                control.setAccessibleDescription(set_by_administrator())
        self.enabled.clicked.connect(self._switch)
        self.limit.valueChanged.connect(lambda value: keeper.change(history_limit=value))
        self.clear_button.clicked.connect(self._ask_to_clear)
        keeper.changed.connect(self._show_settings)
        history.changed.connect(self._show_usage)
        self._show_settings(keeper.value)
        self._show_usage(Usage(0, 0))

    def showEvent(self, event: QShowEvent) -> None:
        """Find out how much is kept now."""
        super().showEvent(event)
        if not event.spontaneous():
            self._history.look()

    @Slot(object)
    def _show_settings(self, chosen: Settings) -> None:
        blockers = [QSignalBlocker(control) for control in (self.enabled, self.limit)]
        self.enabled.setChecked(chosen.history)
        self.limit.setValue(chosen.history_limit)
        self.limit.setEnabled(chosen.history and "history_limit" not in chosen.locked)
        del blockers

    @Slot(object)
    def _show_usage(self, usage: Usage) -> None:
        self._pictures = usage.pictures
        text = self.tr("Nothing")
        if usage.pictures:
            text = self.tr("%n picture(s), {0}", "", usage.pictures).format(data_size(usage.bytes))
        self.usage.setText(text)
        self.usage.setAccessibleName(self.tr("Now: {0}").format(text))
        self.clear_button.setEnabled(usage.bytes > 0)

    @Slot(bool)
    def _switch(self, enabled: bool) -> None:
        """Switch it on or off; what is there is deleted only after a question."""
        if not enabled and self._pictures and not self._confirm():
            self.enabled.setChecked(True)
            return
        self._keeper.change(history=enabled)

    @Slot()
    def _ask_to_clear(self) -> None:
        if self._confirm():
            self._history.clear()
            self._keeper.change(recent=())

    def _confirm(self) -> bool:
        question = self.tr(
            "Delete the results of %n picture(s) and the list of recent files? The pictures themselves stay.",
            "",
            self._pictures,
        )
        return confirm(self, self.tr("Clear history"), question, self.tr("Delete"))
