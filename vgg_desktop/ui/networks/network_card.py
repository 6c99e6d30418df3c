"""One network as a card: its purpose, facts, state and actions."""

import enum

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from vgg_desktop.errors import ChecksumMismatch
from vgg_desktop.models.catalog import ModelSpec, Preprocessing
from vgg_desktop.models.details import Details
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import (
    TOP,
    ElidedLabel,
    Symbol,
    TonedLabel,
    draw_ring,
    fill,
    push_button,
    scaled,
)
from vgg_desktop.ui.networks.card_panels import FactLabel, FailurePanel, ProgressPanel, set_primary
from vgg_desktop.ui.networks.downloads import Downloads
from vgg_desktop.ui.networks.fits import FitPanel
from vgg_desktop.ui.networks.network_facts import facts, purpose
from vgg_desktop.ui.networks.network_menu import NetworkMenu
from vgg_desktop.ui.networks.state import BUSY, NetworkState, Phase
from vgg_desktop.ui.words.formats import as_sentence
from vgg_desktop.ui.words.reasons import reason_text


class Action(enum.Enum):
    """What the card's main button does; the value is its icon."""

    DOWNLOAD = "download"
    RESUME = "play"
    CANCEL = "close"
    USE = "check"


class NetworkCard(QFrame):
    """A card that follows `Downloads` for one network and has exactly one main button."""

    useRequested = Signal(object)  # noqa: N815 - Qt's way of naming; ModelSpec
    importRequested = Signal()  # noqa: N815 - Qt's way of naming; the file of this network is to be chosen

    def __init__(self, spec: ModelSpec, downloads: Downloads) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.spec = spec
        self._downloads = downloads
        self._current = False
        self._primary = False
        self.action: Action | None = None  # what the main button does now
        self._milliseconds: float | None = None
        self.setAccessibleName(spec.title)
        self._make_widgets()
        self._lay_out()
        self._show_facts()
        downloads.changed.connect(self._follow)
        downloads.verified.connect(self._show_verified)
        downloads.fits.found.connect(self._follow)
        self.refresh()

    # Building

    def _make_widgets(self) -> None:
        self.title = ElidedLabel(self.spec.title)
        self.purpose = TonedLabel(text=purpose(self.spec))
        self.in_use = QLabel(self.tr("In use"))
        self._check = Symbol("check", Tone.GOOD)
        self.button = push_button("", self._press)
        self.more = QToolButton()
        self.more.setIcon(icon("menu"))
        self.more.setAutoRaise(True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolTip(self.tr("More about this network"))
        self.more.setAccessibleName(self.tr("More about {name}").format(name=self.spec.title))
        # The dots say that there is a menu; an arrow beside them would say it twice.
        self.more.setStyleSheet(
            "QToolButton { padding-right: 7px; } QToolButton::menu-indicator { image: none; width: 0; }"
        )
        self.menu = NetworkMenu(self.spec, self._downloads, self.more)
        self.more.setMenu(self.menu)
        self.facts = QWidget()
        self.progress = ProgressPanel(self.spec.title)
        self.failure = FailurePanel()
        self.failure.retry.clicked.connect(self._retry)
        self.failure.other.clicked.connect(self._retry_elsewhere)
        self.failure.from_file.clicked.connect(self.importRequested)
        self.failure.dismiss.clicked.connect(self._dismiss)
        self._symbol = Symbol("shield", Tone.GOOD)
        self._info = Symbol("info", Tone.ACCENT)
        self.notes = TonedLabel()
        self.fit = FitPanel()
        self.fit.useRequested.connect(self._use_fit)
        self.note = TonedLabel()
        self._note = ""
        self._set_title_font()

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height() // 2
        gap = unit // 2
        head = fill(
            QHBoxLayout(), (self.title, 1), self._check, self.in_use, self.button, self.more, spacing=unit
        )
        note = fill(QHBoxLayout(), (self._symbol, TOP), (self.note, 1), spacing=unit)
        notes = fill(QHBoxLayout(), (self._info, TOP), (self.notes, 1), spacing=unit)
        FlowLayout(self.facts, across=unit * 3, down=unit)
        column = fill(QVBoxLayout(self), head, self.purpose, gap, self.facts, gap, spacing=unit)
        fill(column, self.progress, notes, self.fit, note, self.failure)
        column.setContentsMargins(unit * 2, unit * 3 // 2, unit * 3 // 2, unit * 2)

    def _set_title_font(self) -> None:
        self.title.setFont(scaled(self.font(), 1.2))

    # State set by others

    def set_current(self, current: bool) -> None:
        """Mark the network as the one in use, or not."""
        self._current = current
        self.menu.current = current
        self.refresh()

    def set_speed(self, milliseconds: float | None) -> None:
        """Show the time that one picture takes on this computer; None while it is not known."""
        if milliseconds != self._milliseconds:
            self._milliseconds = milliseconds
            self._show_facts()

    def set_primary(self, primary: bool) -> None:
        """Make the main button the page's primary one, or a plain one."""
        self._primary = primary
        self._update_button()

    @property
    def offers_something(self) -> bool:
        """Whether the card offers an action other than cancelling."""
        return not self._is_barred and (
            self.action in (Action.DOWNLOAD, Action.RESUME, Action.USE) or self.failure.offers_retry
        )

    @property
    def _is_barred(self) -> bool:
        return self.action in (Action.DOWNLOAD, Action.RESUME) and not self._downloads.may_download

    def tab_order(self) -> tuple[QWidget, ...]:
        """Return what takes the keyboard, from top to bottom."""
        panel = self.failure
        return (
            *(self.button, self.more, self.fit.use),
            *(panel.text, panel.retry, panel.other, panel.from_file, panel.copy, panel.dismiss),
        )

    def refresh(self) -> None:
        """Show the network's current state."""
        if (spec := self._downloads.spec(self.spec.id)) is not None and spec != self.spec:
            self._show_spec(spec)
        state = self._downloads.state(self.spec.id)
        if state.phase in BUSY or state.error is not None:
            self._note = ""
        self.action = self._find_action(state)
        in_use = self._current and self.action is None and state.phase is Phase.INSTALLED
        self._check.setVisible(in_use)
        self.in_use.setVisible(in_use)
        self._update_button()
        self.progress.show_state(state)
        self._show_failure(state)
        self._show_notes()
        note, symbol = self._note, ("shield", Tone.GOOD)
        if not note and state.phase is Phase.ABSENT and self.spec.origin == "imported":
            note = self.tr("Its file is damaged or missing. Delete it and import it again.")
            symbol = ("warning", Tone.WARNING)
        if not note and state.phase is Phase.INSTALLED and self._downloads.is_shared(self.spec.id):
            note, symbol = self.tr("In a shared folder, which is only read."), ("info", Tone.ACCENT)
        if not note and self._is_barred:
            note, symbol = self.tr("Downloads are switched off by your administrator."), ("info", Tone.ACCENT)
        self._symbol.show_symbol(*symbol)
        self._symbol.setVisible(bool(note))
        self.note.setVisible(bool(note))
        self.note.setText(note)
        self.button.setEnabled(not self._is_barred)
        self.button.setAccessibleDescription(note if self._is_barred else "")
        status = self.in_use.text() if in_use else self.progress.left.text() or note
        fit = "" if self.fit.isHidden() else self.fit.text.text()
        spoken = (self.purpose.text(), status, self.notes.text(), fit)
        self.setAccessibleDescription(" ".join(filter(None, spoken)))
        self.update()

    def _show_spec(self, spec: ModelSpec) -> None:
        """Follow a network that was replaced, or got other labels or another preprocessing."""
        self.spec = self.menu.spec = spec
        self.title.setText(spec.title)
        self._show_facts()

    def _show_notes(self) -> None:
        """Show what was found out or assumed when the network was imported."""
        notes = self._downloads.notes(self.spec.id)
        self.notes.setText("\n".join(as_sentence(reason_text(each)) for each in notes))
        for widget in (self.notes, self._info):
            widget.setVisible(bool(notes))
        is_idle = self._downloads.state(self.spec.id).phase is Phase.INSTALLED
        self.fit.show_fit(self._downloads.fits.fit(self.spec) if is_idle else None)

    def _find_action(self, state: NetworkState) -> Action | None:
        match state.phase:
            case Phase.INSTALLED:
                return None if self._current else Action.USE
            case Phase.ABSENT | Phase.PARTIAL if self.spec.origin != "download":
                return None
            case Phase.ABSENT:
                return Action.DOWNLOAD
            case Phase.PARTIAL:
                return Action.RESUME
            case Phase.TESTING | Phase.REMOVING | Phase.FAILED:
                return None  # nothing to stop any more; a failure has buttons of its own
            case _:
                return Action.CANCEL

    def _update_button(self) -> None:
        """Show on the main button what it does."""
        set_primary(self.failure.retry, self._primary, "retry")
        texts = {
            Action.DOWNLOAD: (self.tr("Download"), self.tr("Download {name}")),
            Action.RESUME: (self.tr("Resume"), self.tr("Resume the download of {name}")),
            Action.CANCEL: (self.tr("Cancel"), self.tr("Cancel the operation on {name}")),
            Action.USE: (self.tr("Use"), self.tr("Use {name}")),
        }
        action = self.action
        if action is None:
            had_focus = self.button.hasFocus()
            self.button.hide()
            if had_focus:
                self.more.setFocus(Qt.FocusReason.OtherFocusReason)  # not somewhere at the top of the window
            return
        text, name = texts[action]
        self.button.setText(text)
        self.button.setAccessibleName(name.format(name=self.spec.title))
        set_primary(self.button, self._primary, action.value)
        self.button.show()

    def _show_failure(self, state: NetworkState) -> None:
        spec, error = self.spec, state.error
        retry, is_missing = "", state.phase is Phase.FAILED and spec.origin == "download"
        if is_missing and self._downloads.may_download:
            is_damaged = isinstance(error, ChecksumMismatch)
            retry = self.tr("Download again") if is_damaged else self.tr("Retry")
        self.failure.show_error(
            error,
            retry=retry,
            other_address=bool(retry) and len(spec.addresses) > 1,
            import_file=is_missing,
            dismiss=not retry,
        )

    def _show_facts(self) -> None:
        layout = self.facts.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for fact in facts(self.spec, self._milliseconds):
            layout.addWidget(FactLabel(fact))

    @Slot(str)
    def _follow(self, id: str) -> None:
        if id == self.spec.id:
            self.refresh()

    @Slot(object)
    def _show_verified(self, spec: ModelSpec) -> None:
        if spec.id == self.spec.id:
            self._note = self.tr("Verified: the file is intact.")
            self.refresh()

    # What a user does

    @Slot()
    def _press(self) -> None:
        match self.action:
            case Action.DOWNLOAD | Action.RESUME:
                self._downloads.start(self.spec.id)
            case Action.CANCEL:
                self._downloads.cancel(self.spec.id)
            case Action.USE:
                self.useRequested.emit(self.spec)

    @Slot()
    def _retry(self) -> None:
        self._downloads.start(self.spec.id)

    @Slot()
    def _retry_elsewhere(self) -> None:
        self._downloads.start(self.spec.id, other_address=True)

    @Slot(object)
    def _use_fit(self, preprocessing: Preprocessing) -> None:
        self._downloads.change_details(self.spec, Details(preprocessing=preprocessing))

    @Slot()
    def _dismiss(self) -> None:
        self._downloads.dismiss(self.spec.id)

    # Looks

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_title_font()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card; the one in use has an accent line, beside the words that say so."""
        super().paintEvent(event)
        if not self._current:
            return
        painter = QPainter(self)
        draw_ring(painter, self, 1.5, 7.5)
        painter.end()
