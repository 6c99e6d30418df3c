"""The menu of a network's card: verify, show in folder, delete, licence, address."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop import paths
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.file_manager import show_in_folder
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import fill, plain_label
from vgg_desktop.ui.networks.downloads import Downloads
from vgg_desktop.ui.networks.state import BUSY, Phase
from vgg_desktop.ui.words.formats import data_size

ADDRESSES = {
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "MIT": "https://opensource.org/license/mit",
    "BSD-3-Clause": "https://opensource.org/license/bsd-3-clause",
}


def licence_text(name: str) -> str:
    """Return the text of a licence that comes with the app, or nothing."""
    try:
        return paths.resource(f"licences/{name}.txt").read_text("utf-8")
    except (OSError, ValueError):
        return ""


class LicenceDialog(QDialog):
    """Shows the licence of a network."""

    def __init__(self, spec: ModelSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Licence of {name}").format(name=spec.title))
        sentence = self.tr("{name} was published under the licence {licence}.")
        self.sentence = plain_label(sentence.format(name=spec.title, licence=spec.license))
        text = licence_text(spec.license)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self.text.setVisible(bool(text))
        address = ADDRESSES.get(spec.license, "")
        link = QLabel(f'<a href="{address}">{address}</a>')
        link.setOpenExternalLinks(True)
        link.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        link.setVisible(bool(address))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        fill(QVBoxLayout(self), self.sentence, (self.text, 1), link, buttons)
        if text:
            metrics = self.fontMetrics()
            self.resize(metrics.averageCharWidth() * 90, metrics.height() * 30)


class NetworkMenu(QMenu):
    """The menu of one network's card; what is impossible now is greyed when it opens."""

    detailsRequested = Signal(object)  # noqa: N815 - Qt's way of naming; the ModelSpec whose details are to be changed

    def __init__(self, spec: ModelSpec, downloads: Downloads, parent: QWidget) -> None:
        super().__init__(parent)
        self.spec = spec
        self._downloads = downloads
        self.current = False  # whether the network is in use, and so cannot be deleted
        self._host = parent  # a menu is a window of its own
        self.setToolTipsVisible(True)
        self.verify = self._add("shield", self.tr("Verify"), self._verify)
        self.verify.setToolTip(self.tr("Compare its file with the published checksum"))
        self.change_details = self._add("network", self.tr("Labels and preprocessing…"), self._change_details)
        self.change_details.setVisible(spec.origin == "imported")
        self.show_folder = self._add("folder", self.tr("Show in folder"), self._show_in_folder)
        self.copy_address = self._add("link", self.tr("Copy address"), self._copy_address)
        self.copy_address.setVisible(bool(spec.addresses))
        self.licence = self._add("info", self.tr("Licence"), self._show_licence)
        self.licence.setVisible(bool(spec.license))
        self.addSeparator()
        self.delete = self._add("trash", self.tr("Delete…"), self._ask_to_delete)
        self.aboutToShow.connect(self._refresh)

    def _add(self, symbol: str, text: str, slot: Callable[[], None]) -> QAction:
        action = QAction(icon(symbol), text, self)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    @Slot()
    def _refresh(self) -> None:
        id = self.spec.id
        phase = self._downloads.state(id).phase
        may_delete = phase not in BUSY and self.spec.origin != "bundled"
        is_shared = self._downloads.is_shared(id)
        may_delete = may_delete and not is_shared and self._downloads.bytes_on_disk(id) > 0
        self.verify.setEnabled(phase is Phase.INSTALLED)
        self.change_details.setEnabled(phase is Phase.INSTALLED and not is_shared)
        # A share is not asked: it may take long to answer.
        self.show_folder.setEnabled(is_shared or self._downloads.folder(id).is_dir())
        self.delete.setEnabled(may_delete and not self.current)
        hint = self.tr("Use another network first") if may_delete and self.current else self.delete.text()
        self.delete.setToolTip(self.tr("It is in a shared folder, which is only read") if is_shared else hint)

    @Slot()
    def _verify(self) -> None:
        self._downloads.verify(self.spec.id)

    @Slot()
    def _change_details(self) -> None:
        self.detailsRequested.emit(self.spec)

    @Slot()
    def _show_in_folder(self) -> None:
        show_in_folder(self._downloads.folder(self.spec.id))

    @Slot()
    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self.spec.addresses[0])

    @Slot()
    def _show_licence(self) -> None:
        dialog = LicenceDialog(self.spec, self._host.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def _ask_to_delete(self) -> None:
        size = data_size(self._downloads.bytes_on_disk(self.spec.id))
        if self.spec.origin == "imported":
            text = self.tr(
                "It was imported from a file and cannot be downloaded again. {size} will be freed."
            )
        else:
            text = self.tr("It can be downloaded again at any time. {size} will be freed.")
        box = QMessageBox(self._host.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Delete a network"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Delete {name} from this computer?").format(name=self.spec.title))
        box.setInformativeText(text.format(size=size))
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        box.setDefaultButton(QMessageBox.StandardButton.No)
        box.setEscapeButton(QMessageBox.StandardButton.No)
        box.button(QMessageBox.StandardButton.Yes).setText(self.tr("Delete"))
        box.finished.connect(self._answer)
        box.open()

    @Slot(int)
    def _answer(self, answer: int) -> None:
        if answer == QMessageBox.StandardButton.Yes.value:
            self._downloads.remove(self.spec.id)
