"""What the program is, what it is made of, and under which licences."""

import importlib.metadata
import platform
import sys
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop import __version__
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.icons import app_icon, icon
from vgg_desktop.ui.look.widgets import Symbol, TonedLabel, plain_label, scaled

LICENCE = "Apache-2.0"
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
# Fusion draws headers as buttons, which these are not.
_TABLE = """
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; border: none; font-weight: 600; padding: 6px 8px; }
QTableWidget::item { padding: 0 8px; }
"""


@dataclass(frozen=True, slots=True)
class Part:
    """Something the program is made of; `version` is empty if it has none or is not installed."""

    name: str
    version: str
    licence: str


def _version(*packages: str) -> str:
    """Return the version of the first of these packages that is installed, or nothing."""
    for package in packages:
        try:
            return importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return ""


def _loaded(module: str) -> str:
    """Return the version a loaded module states: a frozen program carries no metadata."""
    return str(getattr(sys.modules.get(module), "__version__", ""))


def parts() -> tuple[Part, ...]:
    """Return what the program is made of, with the versions of this installation."""
    runtimes = ("onnxruntime", "onnxruntime-directml", "onnxruntime-windowsml", "onnxruntime-gpu")
    return (
        Part("Python", platform.python_version(), "PSF-2.0"),
        Part("Qt", qVersion(), "LGPL-3.0"),
        Part("PySide6", _loaded("PySide6") or _version("PySide6-Essentials"), "LGPL-3.0"),
        Part("onnxruntime", _loaded("onnxruntime") or _version(*runtimes), "MIT"),
        Part("numpy", _loaded("numpy") or _version("numpy"), "BSD-3-Clause"),
        Part("Pillow", _loaded("PIL") or _version("pillow"), "MIT-CMU"),
        Part("platformdirs", _version("platformdirs"), "MIT"),
        Part("pi-heif", _version("pi-heif"), "BSD-3-Clause"),
        Part("libheif, libde265 (in pi-heif)", "", "LGPL-3.0"),
        Part("EfficientNet-Lite0 (Google)", "", "Apache-2.0"),
        Part("VGG networks (ONNX Model Zoo)", "", "Apache-2.0"),
        Part("Example photographs (Clothing Dataset)", "", "CC0-1.0"),
    )


class AboutDialog(QDialog):
    """Shows what the program is; its whole text can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About VGG Desktop"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._parts = parts()
        self._sentence = self.tr(
            "Drop a picture on the window and see what a neural network sees in it, on your own computer."
        )
        self._promise = self.tr("Nothing leaves this computer")
        self._licence = self.tr("VGG Desktop is free software under the licence {licence}.").format(
            licence=LICENCE
        )
        gap = self.fontMetrics().height()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap * 3 // 4)
        layout.addLayout(self._make_head())
        layout.addWidget(self._make_promise())
        layout.addWidget(self._make_table(), 1)
        layout.addWidget(plain_label(self._licence, _SELECTABLE))
        layout.addWidget(self._make_buttons())
        self.close_button.setDefault(True)
        self.close_button.setFocus()
        narrow, wide = (self.fontMetrics().averageCharWidth() * count for count in (52, 80))
        self.setMinimumSize(narrow, layout.totalMinimumHeightForWidth(narrow))
        self.resize(wide, max(layout.totalHeightForWidth(wide), gap * 38))

    def text(self) -> str:
        """Return everything as plain text."""
        lines = [f"VGG Desktop {__version__}", self._sentence, f"{self._promise}.", ""]
        lines += [f"{part.name} {part.version}".rstrip() + f" ({part.licence})" for part in self._parts]
        return "\n".join([*lines, "", self._licence, platform.platform()])

    def _make_head(self) -> QHBoxLayout:
        gap = self.fontMetrics().height()
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(QSize(gap * 4, gap * 4), self.devicePixelRatioF()))
        picture.setAccessibleName(self.tr("The icon of VGG Desktop"))
        name = plain_label("VGG Desktop", _SELECTABLE)
        name.setFont(scaled(name.font(), 1.7))
        column = QVBoxLayout()
        column.setSpacing(gap // 4)
        column.addWidget(name)
        version = self.tr("Version {version}").format(version=__version__)
        column.addWidget(TonedLabel(text=version))
        column.addWidget(plain_label(self._sentence, _SELECTABLE))
        head = QHBoxLayout()
        head.setSpacing(gap)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(column, 1)
        return head

    def _make_promise(self) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        promise = plain_label(self._promise, _SELECTABLE)
        promise.setFont(scaled(promise.font()))
        explanation = self.tr(
            "Pictures are read and classified here. The app connects to the internet only for what you "
            "start: the download of a network, or of a picture from a link."
        )
        column = QVBoxLayout()
        column.setSpacing(self.fontMetrics().height() // 4)
        column.addWidget(promise)
        column.addWidget(TonedLabel(text=explanation))
        row = QHBoxLayout(card)
        row.setSpacing(self.fontMetrics().height() * 3 // 4)
        row.addWidget(Symbol("shield", Tone.GOOD, lines=2), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        return card

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(self._parts), 3)
        table.setHorizontalHeaderLabels([self.tr("Made with"), self.tr("Version"), self.tr("Licence")])
        table.setAccessibleName(self.tr("What VGG Desktop is made with"))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() * 3 // 2)
        table.setStyleSheet(_TABLE)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, part in enumerate(self._parts):
            for column, text in enumerate((part.name, part.version or "–", part.licence)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, column, item)
        self.table = table
        return table

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.copy_button = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setIcon(icon("copy"))
        self.copy_button.clicked.connect(self._copy)
        self.close_button = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        return buttons

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy_button.setText(self.tr("Copied"))
        self.copy_button.setIcon(icon("check"))
