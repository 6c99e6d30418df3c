"""The settings: each change applies at once."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from vgg_desktop import paths
from vgg_desktop.settings import THREADS, TOP_K, UNSURE, Settings, defaults
from vgg_desktop.ui.file_manager import open_own_folder
from vgg_desktop.ui.history_section import HistorySection
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import Page, confirm, fill, push_button
from vgg_desktop.ui.session.history_keeper import HistoryKeeper
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.ui.settings_form import PathLabel, Section, set_by_administrator

# A language is offered in its own words: so that it can be found by users who cannot read the current one.
_LANGUAGES = (("en", "English"), ("de", "Deutsch"), ("ja", "日本語"))


class SettingsPage(Page):
    """Edits the settings and follows their changes."""

    folderChangeRequested = Signal(object)  # noqa: N815 - Qt's way of naming; Path, or None for the default folder

    def __init__(
        self, keeper: SettingsKeeper, history: HistoryKeeper, *, can_check_updates: bool = False
    ) -> None:
        super().__init__(self.tr("Settings"))
        self._keeper = keeper
        self.history = HistorySection(keeper, history)
        self._locked = keeper.value.locked
        self._make_controls()
        self._make_buttons()
        self._lay_out(can_check_updates)
        self._show_settings(keeper.value)
        keeper.changed.connect(self._show_settings)

    def first(self) -> QWidget:
        """Return the first control."""
        return self.appearance

    @Slot(object)
    def _show_settings(self, chosen: Settings) -> None:
        """Show the choices without emitting a change."""
        blockers = [QSignalBlocker(control) for control in self._controls]
        self.appearance.setCurrentIndex(max(0, self.appearance.findData(chosen.appearance)))
        if self.language.findData(chosen.language) < 0:
            self.language.addItem(chosen.language, chosen.language)
        self.language.setCurrentIndex(self.language.findData(chosen.language))
        self.top_k.setValue(chosen.top_k)
        self.unsure.setValue(chosen.unsure_below)
        self.threads.setValue(chosen.threads)
        self.fetch_links.setChecked(chosen.fetch_links)
        self.check_updates.setChecked(chosen.check_updates)
        self.models_path.set_path(chosen.models_cache or paths.cache_folder())
        self.default_button.setEnabled(bool(chosen.models_folder) and "models_folder" not in self._locked)
        del blockers

    # Building

    def _make_controls(self) -> None:
        self.appearance, self.language = QComboBox(), QComboBox()
        self.language.setObjectName("language")
        self.appearance.addItem(self.tr("Same as system"), "system")
        self.appearance.addItem(self.tr("Light"), "light")
        self.appearance.addItem(self.tr("Dark"), "dark")
        self.language.addItem(self.tr("Same as system"), "")
        for code, name in _LANGUAGES:
            self.language.addItem(name, code)
        self.top_k, self.unsure, self.threads = QSpinBox(), QSpinBox(), QSpinBox()
        self.top_k.setRange(TOP_K[0], TOP_K[-1])
        self.unsure.setRange(UNSURE[0], UNSURE[-1])
        self.unsure.setSingleStep(5)
        self.threads.setRange(THREADS[0], THREADS[-1])
        self.threads.setSpecialValueText(self.tr("Automatic"))
        self.fetch_links = QCheckBox(self.tr("Fetch p&ictures from links"))
        self.check_updates = QCheckBox(self.tr("Check for &updates at every start"))
        self.unsure.setSuffix(" %")
        self.unsure.setSpecialValueText(self.tr("Never"))
        numbers = (self.top_k, self.unsure, self.threads)
        switches = (self.fetch_links, self.check_updates)
        self._controls = (self.appearance, self.language, *numbers, *switches)
        for choice in (self.appearance, self.language):
            choice.currentIndexChanged.connect(self._take)
        for number in numbers:
            number.valueChanged.connect(self._take)
        for switch in switches:
            switch.toggled.connect(self._take)
        self.keep_from_wheel(self.appearance, self.language, *numbers, self.history.limit)
        for field in (each.findChild(QLineEdit) for each in (*numbers, self.history.limit)):
            if field is not None:
                field.setAcceptDrops(False)  # the window takes what is dropped
                field.setTextMargins(field.fontMetrics().averageCharWidth(), 0, 0, 0)  # as in other fields
        by_key = {"appearance": self.appearance, "language": self.language, "top_k": self.top_k}
        by_key |= {"unsure_below": self.unsure, "threads": self.threads, "fetch_links": self.fetch_links}
        by_key |= {"check_updates": self.check_updates}
        for key in by_key.keys() & self._locked:
            self._lock(by_key[key])

    def _lock(self, *controls: QWidget) -> None:
        for control in controls:
            control.setEnabled(False)
            control.setToolTip(set_by_administrator())
            control.setAccessibleDescription(set_by_administrator())

    def _note(self, key: str, text: str = "") -> str:
        """Return the remark below a control: who set it where the user cannot, else `text`."""
        return set_by_administrator() if key in self._locked else text

    def _make_buttons(self) -> None:
        self.models_path, self.settings_path, self.log_path = PathLabel(), PathLabel(), PathLabel()
        self.models_path.setAccessibleName(self.tr("Networks folder"))
        self.settings_path.setAccessibleName(self.tr("Settings file"))
        self.settings_path.set_path(paths.config_folder() / "settings.json")
        self.log_path.setAccessibleName(self.tr("Log folder"))
        self.log_path.set_path(paths.log_folder())
        self.change_button = QPushButton(icon("folder"), self.tr("&Change…"))
        self.change_button.clicked.connect(self._choose_folder)
        self.default_button = QPushButton(self.tr("Use &default folder"))
        self.default_button.clicked.connect(lambda: self.folderChangeRequested.emit(None))
        if "models_folder" in self._locked:
            self._lock(self.change_button, self.default_button)
        self.settings_button = QPushButton(icon("folder"), self.tr("Open folder"))
        self.settings_button.setAccessibleName(self.tr("Open the settings folder"))
        self.settings_button.clicked.connect(lambda: open_own_folder(paths.config_folder()))
        self.log_button = QPushButton(icon("folder"), self.tr("Open folder"))
        self.log_button.setAccessibleName(self.tr("Open the log folder"))
        self.log_button.clicked.connect(lambda: open_own_folder(paths.log_folder()))
        self.reset_button = push_button(self.tr("&Reset all settings…"), self._ask_for_reset)

    def _lay_out(self, can_check_updates: bool) -> None:
        window = Section(self.tr("Window"))
        window.add_row(self.tr("&Appearance:"), self.appearance, self._note("appearance"))
        window.add_row(self.tr("&Language:"), self.language, self._note("language"))
        shown = self.tr("How many classes are shown per picture.")
        window.add_row(self.tr("Results &per picture:"), self.top_k, self._note("top_k", shown))
        unsure = self.tr("A picture whose best class is less probable is shown as “not sure”.")
        window.add_row(self.tr("Not &sure below:"), self.unsure, self._note("unsure_below", unsure))
        networks = Section(self.tr("Networks"))
        faster = self.tr("More threads are not always faster.")
        networks.add_row(self.tr("Processor &threads:"), self.threads, self._note("threads", faster))
        networks.add_path(self.tr("Folder:"), self.models_path, self.change_button, self.default_button)
        networks.add_note(self._note("models_folder"))
        if (shared := self._keeper.value.shared_folder) is not None:
            networks.add_fact(self.tr("Shared networks:"), str(shared), self._note("shared_networks"))
        internet = Section(self.tr("Internet"))
        otherwise = self.tr("Otherwise the internet is used only to download the networks that you choose.")
        internet.add_wide(self.fetch_links, self._note("fetch_links", otherwise))
        if can_check_updates:  # a build without an address to ask has nothing to offer
            contacted = self.tr("One server is contacted; it sees only your IP address.")
            internet.add_wide(self.check_updates, self._note("check_updates", contacted))
        if not self._keeper.value.downloads:
            off = self.tr("Switched off")
            internet.add_fact(self.tr("Downloads of networks:"), off, self._note("downloads"))
        if mirror := self._keeper.value.mirror:
            internet.add_fact(self.tr("Mirror of networks:"), mirror, self._note("mirror"))
        internet.add_fact(self.tr("Network proxy:"), self.tr("The system's proxy is used."))
        places = Section(self.tr("App files"))
        places.add_path(self.tr("Settings:"), self.settings_path, self.settings_button)
        places.add_path(self.tr("Log:"), self.log_path, self.log_button)
        self.column.setSpacing(self.fontMetrics().height() // 2)
        sections = (window, self.history, networks, internet, places)
        width = max(section.label_width() for section in sections)
        for section in sections:
            section.set_label_width(width)
            self.column.addWidget(section)
        fill(self.column, fill(QHBoxLayout(), self.reset_button, None), None)

    # Gestures

    @Slot()
    def _take(self) -> None:
        self._keeper.change(
            appearance=self.appearance.currentData(),
            language=self.language.currentData(),
            top_k=self.top_k.value(),
            unsure_below=self.unsure.value(),
            threads=self.threads.value(),
            fetch_links=self.fetch_links.isChecked(),
            check_updates=self.check_updates.isChecked(),
        )

    @Slot()
    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder for the networks"), str(self.models_path.path)
        )
        if folder and Path(folder) != self.models_path.path:
            self.folderChangeRequested.emit(Path(folder))

    @Slot()
    def _ask_for_reset(self) -> None:
        question = self.tr(
            "Reset all settings to their defaults and clear the list of recent pictures? Installed networks "
            "stay in their folder."
        )
        if confirm(self, self.tr("Reset all settings"), question, self.tr("Reset")):
            # Moving the networks takes time and may fail; speeds are measured, not chosen.
            self._keeper.update(
                lambda now: replace(defaults(), models_folder=now.models_folder, speeds=now.speeds)
            )
