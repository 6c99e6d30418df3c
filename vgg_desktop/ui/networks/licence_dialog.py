"""The licence of one network: its name, whose it is, and the whole text where it comes with the app."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from vgg_desktop import paths
from vgg_desktop.models.catalog import ModelSpec

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
    """Says under which licence a network was published."""

    def __init__(self, spec: ModelSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Licence of {name}").format(name=spec.title))
        self.sentence = QLabel(
            self.tr("{name} was published under the licence {licence}.").format(
                name=spec.title, licence=spec.license
            )
        )
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(self.sentence)
        text = licence_text(spec.license)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self.text.setVisible(bool(text))
        column.addWidget(self.text, 1)
        address = ADDRESSES.get(spec.license, "")
        link = QLabel(f'<a href="{address}">{address}</a>')
        link.setOpenExternalLinks(True)
        link.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        link.setVisible(bool(address))
        column.addWidget(link)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        if text:
            metrics = self.fontMetrics()
            self.resize(metrics.averageCharWidth() * 90, metrics.height() * 30)
