"""The window that shows what went wrong, with details to copy."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from vgg_desktop.ui.file_manager import open_own_folder
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import Symbol, plain_label, scaled
from vgg_desktop.ui.words.messages import Message

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class CrashDialog(QDialog):
    """Shows one message; later ones are counted and their details added. Blocks nothing."""

    def __init__(self, message: Message, log_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = message
        self._log_folder = log_folder
        self._later = 0
        self.setWindowTitle(QGuiApplication.applicationDisplayName() or self.tr("VGG Desktop"))
        self.setModal(False)
        self._more = plain_label("", _SELECTABLE)
        self._more.hide()
        self._details = self._make_details(message.details)
        layout = self._layout = QVBoxLayout(self)
        layout.setSpacing(self.fontMetrics().height() * 3 // 4)
        layout.addLayout(self._make_head())
        layout.addWidget(self._more)
        layout.addWidget(self._details, 1)
        log = self.tr("The log is in {folder}").format(folder=log_folder)
        layout.addWidget(plain_label(log, _SELECTABLE))
        layout.addWidget(self._make_buttons())
        self.close_button.setDefault(True)
        self.close_button.setFocus()
        self._update_minimum_size()
        wide = self.fontMetrics().averageCharWidth() * 84
        self.resize(wide, max(layout.totalHeightForWidth(wide), self.fontMetrics().height() * 28))

    def add(self, message: Message, *, repeated: bool) -> None:
        """Count a later exception; its details are added unless it is a repeated one."""
        self._later += 1
        self._more.setText(self.tr("It has happened %n more time(s) since.", "", self._later))
        self._more.show()
        self._update_minimum_size()
        if not repeated:
            self._details.appendPlainText(f"\n{'-' * 40}\n{message.title}\n{message.details}")

    def report(self) -> str:
        """Return everything as text, as "Copy details" does."""
        parts = [self._message.title, self._message.text, self._more.text(), self._details.toPlainText()]
        return "\n\n".join(part for part in parts if part)

    def _update_minimum_size(self) -> None:
        """Set the minimum size, below which text would be cut off."""
        narrow = self.fontMetrics().averageCharWidth() * 60
        self.setMinimumSize(narrow, self._layout.totalHeightForWidth(narrow))

    def _make_head(self) -> QHBoxLayout:
        title = plain_label(self._message.title, _SELECTABLE)
        title.setFont(scaled(title.font(), 1.25))
        column = QVBoxLayout()
        column.addWidget(title)
        column.addWidget(plain_label(self._message.text, _SELECTABLE))
        head = QHBoxLayout()
        head.setSpacing(self.fontMetrics().height())
        head.addWidget(Symbol("error", Tone.BAD, lines=2.4), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(column, 1)
        return head

    def _make_details(self, text: str) -> QPlainTextEdit:
        details = QPlainTextEdit(text)
        details.setReadOnly(True)
        details.setMinimumHeight(self.fontMetrics().height() * 6)
        details.setTabChangesFocus(True)
        details.setTextInteractionFlags(_SELECTABLE)
        details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        details.setAccessibleName(self.tr("Details"))
        return details

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.copy_button = buttons.addButton(self.tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setIcon(icon("copy"))
        self.copy_button.clicked.connect(self._copy)
        self.folder_button = buttons.addButton(
            self.tr("Open log folder"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.folder_button.setIcon(icon("folder"))
        self.folder_button.clicked.connect(lambda: open_own_folder(self._log_folder))
        self.close_button = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        return buttons

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self.copy_button.setText(self.tr("Copied"))
        self.copy_button.setIcon(icon("check"))
