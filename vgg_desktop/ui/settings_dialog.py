"""The settings dialog: each change applies at once."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop import paths
from vgg_desktop.settings import THREADS, TOP_K, UNSURE, Settings
from vgg_desktop.ui.file_manager import open_own_folder
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import VerticalArea
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.ui.settings_form import PathLabel, Section

# A language is offered in its own words: so that it can be found by users who cannot read the current one.
_LANGUAGES = (("en", "English"), ("de", "Deutsch"), ("ja", "日本語"))


class SettingsDialog(QDialog):
    """Edits the settings and follows them, whoever changes them."""

    folderChangeRequested = Signal(object)  # noqa: N815 - Qt's way of naming; Path, or None for the default folder

    def __init__(
        self, keeper: SettingsKeeper, parent: QWidget | None = None, *, can_check_updates: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._keeper = keeper
        self._can_check = can_check_updates
        self._make_controls()
        self._build()
        self._say()
        self._show_settings(keeper.value)
        keeper.changed.connect(self._show_settings)
        self.close_button.setDefault(True)
        self.setMinimumHeight(self.fontMetrics().height() * 20)
        self.resize(self._good_size())

    @Slot(object)
    def _show_settings(self, chosen: Settings) -> None:
        """Show the choices without telling of a change."""
        controls = (
            *(self.appearance, self.language, self.top_k, self.unsure, self.threads),
            *(self.fetch_links, self.check_updates),
        )
        blockers = [QSignalBlocker(control) for control in controls]
        self.appearance.setCurrentIndex(max(0, self.appearance.findData(chosen.appearance)))
        if self.language.findData(chosen.language) < 0:
            self.language.addItem(chosen.language, chosen.language)
        self.language.setCurrentIndex(self.language.findData(chosen.language))
        self.top_k.setValue(chosen.top_k)
        self.unsure.setValue(chosen.unsure_below)
        self.threads.setValue(chosen.threads)
        self.fetch_links.setChecked(chosen.fetch_links)
        self.check_updates.setChecked(chosen.check_updates)
        self.models_path.set_path(
            Path(chosen.models_folder) if chosen.models_folder else paths.cache_folder()
        )
        self.usual_button.setEnabled(bool(chosen.models_folder))
        del blockers

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the language, which may have been made right here."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    # Building

    def _make_controls(self) -> None:
        self.appearance, self.language = QComboBox(), QComboBox()
        self.language.setObjectName("language")
        for value in ("system", "light", "dark"):
            self.appearance.addItem("", value)
        self.language.addItem("", "")
        for code, name in _LANGUAGES:
            self.language.addItem(name, code)
        self.top_k, self.unsure, self.threads = QSpinBox(), QSpinBox(), QSpinBox()
        self.top_k.setRange(TOP_K[0], TOP_K[-1])
        self.unsure.setRange(UNSURE[0], UNSURE[-1])
        self.unsure.setSingleStep(5)
        self.threads.setRange(THREADS[0], THREADS[-1])
        self.fetch_links, self.check_updates = QCheckBox(), QCheckBox()
        self.models_path, self.settings_path, self.log_path = PathLabel(), PathLabel(), PathLabel()
        self.settings_path.set_path(paths.config_folder() / "settings.json")
        self.log_path.set_path(paths.log_folder())
        self.change_button, self.usual_button = QPushButton(), QPushButton()
        self.settings_button, self.log_button = QPushButton(), QPushButton()
        for button in (self.change_button, self.settings_button, self.log_button):
            button.setIcon(icon("folder"))
        self.appearance.currentIndexChanged.connect(self._take)
        self.language.currentIndexChanged.connect(self._take)
        self.top_k.valueChanged.connect(self._take)
        self.unsure.valueChanged.connect(self._take)
        self.threads.valueChanged.connect(self._take)
        self.fetch_links.toggled.connect(self._take)
        self.check_updates.toggled.connect(self._take)
        self.change_button.clicked.connect(self._choose_folder)
        self.usual_button.clicked.connect(self._ask_for_usual_place)
        self.settings_button.clicked.connect(self._open_settings_folder)
        self.log_button.clicked.connect(self._open_log_folder)

    def _build(self) -> None:
        self._looks, self._networks = Section(), Section()
        self._internet, self._places = Section(), Section()
        self._looks.add_row(self.appearance)
        self._looks.add_row(self.language)
        self._looks.add_row(self.top_k)
        self._looks.add_row(self.unsure)
        self._networks.add_row(self.threads)
        self._networks.add_path(self.models_path, self.change_button, self.usual_button)
        self._internet.add_wide(self.fetch_links)
        if self._can_check:  # a build without an address to ask has nothing to offer
            self._internet.add_wide(self.check_updates)
        self._proxy = QLabel()
        self._proxy.setWordWrap(True)
        self._internet.add_row(self._proxy)
        self._places.add_path(self.settings_path, self.settings_button)
        self._places.add_path(self.log_path, self.log_button)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setSpacing(self.fontMetrics().height() // 2)
        self._sections = (self._looks, self._networks, self._internet, self._places)
        for section in self._sections:
            column.addWidget(section)
        column.addStretch(1)
        self._area = VerticalArea()
        self._area.setWidget(self._page)
        buttons = QDialogButtonBox()
        self.reset_button = buttons.addButton("", QDialogButtonBox.ButtonRole.ResetRole)
        self.close_button = buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole)
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self._ask_for_reset)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._area, 1)
        layout.addWidget(buttons)

    def _say(self) -> None:
        """Set every text, in the current language."""
        self.setWindowTitle(self.tr("Settings"))
        self._looks.say(
            self.tr("Window"),
            [
                self.tr("&Appearance:"),
                self.tr("&Language:"),
                self.tr("Results &per picture:"),
                self.tr("Not &sure below:"),
            ],
            [
                "",
                "",
                self.tr("How many classes are shown per picture."),
                self.tr("A picture whose best class is less probable is shown as “not sure”."),
            ],
        )
        self._networks.say(
            self.tr("Networks"),
            [self.tr("Processor &threads:"), self.tr("Folder:")],
            [self.tr("More threads are not always faster."), ""],
        )
        asks = [self.tr("One server is contacted; it sees only your IP address.")]
        self._internet.say(
            self.tr("Internet"),
            ["", *[""][: self._can_check], self.tr("Network proxy:")],
            [
                self.tr("Otherwise the internet is used only to download the networks that you choose."),
                *asks[: self._can_check],
                "",
            ],
        )
        self.check_updates.setText(self.tr("Check for &updates at every start"))
        self._places.say(self.tr("App files"), [self.tr("Settings:"), self.tr("Log:")], ["", ""])
        for index, text in enumerate((self.tr("Same as system"), self.tr("Light"), self.tr("Dark"))):
            self.appearance.setItemText(index, text)
        self.language.setItemText(0, self.tr("Same as system"))
        self.threads.setSpecialValueText(self.tr("Automatic"))
        self.unsure.setSuffix(" %")
        self.unsure.setSpecialValueText(self.tr("Never"))
        self.fetch_links.setText(self.tr("&Fetch pictures from links"))
        self._proxy.setText(self.tr("The system's proxy is used."))
        self.change_button.setText(self.tr("&Change…"))
        self.usual_button.setText(self.tr("Use &default folder"))
        self.settings_button.setText(self.tr("Open folder"))
        self.settings_button.setAccessibleName(self.tr("Open the settings folder"))
        self.log_button.setText(self.tr("Open folder"))
        self.log_button.setAccessibleName(self.tr("Open the log folder"))
        self.reset_button.setText(self.tr("&Reset all settings…"))
        self.close_button.setText(self.tr("Close"))
        self.models_path.setAccessibleName(self.tr("Networks folder"))
        self.settings_path.setAccessibleName(self.tr("Settings file"))
        self.log_path.setAccessibleName(self.tr("Log folder"))

        width = max(section.label_width() for section in self._sections)
        for section in self._sections:
            section.set_label_width(width)

    def _good_size(self) -> QSize:
        """Return a size that shows everything where the screen allows."""
        metrics = self.fontMetrics()
        width = max(self.sizeHint().width(), metrics.averageCharWidth() * 92)
        height = self._page.heightForWidth(width) + metrics.height() * 6
        return QSize(width, min(height, self.screen().availableSize().height() * 9 // 10))

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
        found = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder for the networks"), str(self.models_path.path)
        )
        if found and Path(found) != self.models_path.path:
            self.folderChangeRequested.emit(Path(found))

    @Slot()
    def _ask_for_usual_place(self) -> None:
        self.folderChangeRequested.emit(None)

    @Slot()
    def _open_settings_folder(self) -> None:
        open_own_folder(self.settings_path.path.parent)

    @Slot()
    def _open_log_folder(self) -> None:
        open_own_folder(self.log_path.path)

    @Slot()
    def _ask_for_reset(self) -> None:
        answer = QMessageBox.question(
            self,
            self.tr("Reset all settings"),
            self.tr(
                "Reset all settings to their defaults and clear the list of recent pictures? Installed networks "
                "stay in their folder."
            ),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
            QMessageBox.StandardButton.No,
        )
        if answer == QMessageBox.StandardButton.Yes:
            # Moving the networks takes time and may fail; speeds are measured, not chosen.
            self._keeper.update(lambda now: Settings(models_folder=now.models_folder, speeds=now.speeds))
