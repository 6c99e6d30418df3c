"""The devices of this computer and how fast the networks are on each; measured when a user asks for it."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.devices.facts_view import FactsView
from vgg_desktop.ui.devices.measuring_panel import MeasuringPanel
from vgg_desktop.ui.devices.words import as_table
from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import Page, TonedLabel, fill, push_button, set_tab_order
from vgg_desktop.ui.networks.card_panels import set_primary
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import as_sentence
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import fallback_text


class DevicesPage(Page):
    """What can be measured, and what is known. Leaving it stops the measuring: pictures would wait unseen."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("Devices"))
        self._session = session
        self._measurements = session.measurements
        self._awaits_text = False
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._show()

    # Building

    def _make_widgets(self) -> None:
        self.intro = TonedLabel(
            text=self.tr(
                "Which devices can run networks on this computer, how fast they are, and whether their results "
                "are correct. Every device is checked against the CPU before its first use."
            )
        )
        self.now = TonedLabel()
        self.view = FactsView()
        self.panel = MeasuringPanel(self._session)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("What to measure"))
        self.measure_button = push_button(self.tr("Measure"), self.measure)
        set_primary(self.measure_button, True, "play")
        self.table_button = push_button(self.tr("Copy as table"), self.copy_table)
        self.text_button = push_button(self.tr("Copy diagnostics"), self.copy_diagnostics)
        self.keep_from_wheel(self.choice)
        self._show_uncopied()

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height() // 2
        row = FlowLayout(across=unit, down=unit)
        for widget in (self.choice, self.measure_button, self.table_button, self.text_button):
            row.addWidget(widget)
        fill(self.column, self.intro, self.now, row, self.panel, self.view)

    def _connect(self) -> None:
        measurements, session = self._measurements, self._session
        measurements.changed.connect(self._show)
        session.devices.changed.connect(self._show)
        measurements.failed.connect(self._show_failure)
        measurements.diagnosed.connect(self._take_text)
        self.view.testAgainRequested.connect(self._test_again)
        session.choice.specChanged.connect(self._show_loaded)
        for signal in (session.downloads.installed, session.downloads.imported, session.downloads.removed):
            signal.connect(self._look)

    # What is shown

    def _specs(self) -> tuple[ModelSpec, ...]:
        """Return the networks that are on this computer, in the order of the Networks page."""
        downloads = self._session.downloads
        return tuple(each for each in downloads.specs() if downloads.state(each.id).phase is Phase.INSTALLED)

    def _titles(self) -> dict[str, str]:
        return {spec.id: spec.title for spec in self._session.downloads.specs()}

    @Slot()
    def _look(self) -> None:
        if self.isVisible():
            self._show()
            self._measurements.look(self._specs())

    @Slot()
    def _show(self) -> None:
        known, specs = self._measurements, self._specs()
        self._fill_choice(specs)
        self.view.show_networks(specs, known)
        self._show_loaded()
        statuses, busy = self._session.devices.statuses, bool(known.activity)
        is_anything_known = any(each.measurement or each.reason for each in known.facts)
        self.measure_button.setEnabled(bool(specs) and bool(statuses) and not busy)
        self.choice.setEnabled(not busy)
        self.text_button.setEnabled(not busy)  # the thread that writes it measures
        self.table_button.setEnabled(is_anything_known)
        note = ""
        if not statuses:
            note = self.tr("Looking for the devices…")
        elif not specs:
            note = self.tr("No network is installed yet. Download or import one to measure it.")
        elif not is_anything_known:
            note = self.tr(
                "Nothing has been measured yet. Measuring takes up to half a minute per line below; no pictures "
                "are classified meanwhile."
            )
        self.view.note.setText(note)
        self.view.note.setVisible(bool(note))
        had_focus = self.panel.cancel_button.hasFocus()
        self.panel.refresh()
        if had_focus and not busy:
            self.measure_button.setFocus()  # not whatever comes next
        order = [
            self.choice,
            self.measure_button,
            self.table_button,
            self.text_button,
            self.panel.cancel_button,
        ]
        set_tab_order([*order, *self.view.tab_order()])

    def _fill_choice(self, specs: tuple[ModelSpec, ...]) -> None:
        wanted = [(self.tr("All installed"), ""), *((spec.title, spec.id) for spec in specs)]
        known = [(self.choice.itemText(i), self.choice.itemData(i)) for i in range(self.choice.count())]
        if wanted != known:
            current = self.choice.currentData()
            self.choice.clear()
            for text, id in wanted:
                self.choice.addItem(text, id)
            self.choice.setCurrentIndex(max(0, self.choice.findData(current)))

    @Slot()
    def _show_loaded(self) -> None:
        loaded = self._session.devices.loaded
        self.now.setVisible(loaded is not None)
        if loaded is not None:
            text = self.tr("{network} is running on {device}.").format(
                network=loaded.spec.title, device=loaded.device
            )
            why = f" {as_sentence(fallback_text(loaded.fallback))}" if loaded.fallback else ""
            self.now.setText(text + why)
        self.view.show_devices(self._measurements, self._session.devices, self._titles())

    @Slot(object)
    def _show_failure(self, error: Exception) -> None:
        self.panel.show_error(describe(error).text)

    # What a user does

    @Slot()
    def measure(self) -> None:
        """Measure what is chosen."""
        id = self.choice.currentData()
        self.panel.show_error("")
        self._measurements.measure(spec for spec in self._specs() if id in ("", spec.id))
        self._show_panel()

    @Slot(str)
    def _test_again(self, device: str) -> None:
        self.panel.show_error("")
        self._measurements.test_again(self._specs(), device)
        self._show_panel()

    def _show_panel(self) -> None:
        """Scroll to the progress, which is at the top and gets its place later."""
        self.panel.cancel_button.setFocus()
        self.verticalScrollBar().setValue(0)

    @Slot()
    def copy_table(self) -> None:
        """Copy everything that is known, for a spreadsheet."""
        known = self._measurements.facts
        found = [each for spec in self._specs() for each in known if each.model == spec.id]
        self._copy(as_table(found, self._titles()), self.table_button)

    @Slot()
    def copy_diagnostics(self) -> None:
        """Collect the diagnostics for support and copy them."""
        self._awaits_text = True
        self._measurements.diagnose(self._specs())

    @Slot(str)
    def _take_text(self, text: str) -> None:
        if self._awaits_text:
            self._awaits_text = False
            self._copy(text, self.text_button)

    def _copy(self, text: str, button: QPushButton) -> None:
        QGuiApplication.clipboard().setText(text)
        self._show_uncopied()
        button.setIcon(icon("check"))
        button.setAccessibleDescription(self.tr("Copied"))

    def _show_uncopied(self) -> None:
        for button in (self.table_button, self.text_button):
            button.setIcon(icon("copy"))
            button.setAccessibleDescription("")

    # Shown and left

    def first(self) -> QWidget:
        """Return the button that measures, or what is before it while it cannot."""
        return self.measure_button if self.measure_button.isEnabled() else self.choice

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what is new."""
        super().showEvent(event)
        if not event.spontaneous():
            self._show_uncopied()
            self._look()
