"""Asks for the labels and the preprocessing of an imported network."""

from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop.errors import ImportNeedsDetails
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.widgets import (
    TOP,
    ElidedLabel,
    Symbol,
    TonedLabel,
    fill,
    plain_label,
    push_button,
    scaled,
)
from vgg_desktop.ui.networks.card_panels import FailurePanel
from vgg_desktop.ui.words.formats import as_sentence
from vgg_desktop.ui.words.reasons import reason_text


class FileField(QWidget):
    """A heading, an explanation, a path that can be typed or pasted, and a button that chooses one."""

    changed = Signal()

    def __init__(self, heading: str, explanation: str, filter: str) -> None:
        super().__init__()
        self._heading = heading
        self._filter = filter
        title = QLabel(heading)
        title.setFont(scaled(title.font()))
        hint = TonedLabel(text=explanation)
        self.edit = QLineEdit()
        self.edit.setClearButtonEnabled(True)
        self.edit.setPlaceholderText(self.tr("No file chosen"))
        self.edit.setAccessibleName(heading)
        self.edit.setAccessibleDescription(explanation)
        self.edit.textChanged.connect(self.changed)
        title.setBuddy(self.edit)
        self.choose = push_button(self.tr("Choose…"), self._choose, "open")
        self.choose.setAccessibleName(f"{heading}: {self.choose.text()}")
        self.missing = TonedLabel(Tone.BAD, self.tr("There is no such file."))
        self.missing.hide()
        unit = self.fontMetrics().height() // 2
        row = fill(QHBoxLayout(), (self.edit, 1), self.choose, spacing=unit)
        column = QVBoxLayout(self)
        fill(column, title, hint, row, self.missing, spacing=unit // 2, margins=(0, 0, 0, 0))

    @property
    def path(self) -> Path | None:
        """The file, or None where nothing is given."""
        text = self.edit.text().strip().strip('"')  # Windows copies paths in quotation marks
        return Path(text) if text else None

    def set_path(self, path: Path) -> None:
        """Show a path."""
        self.edit.setText(str(path))

    def check(self) -> bool:
        """Show an error below the field if the file does not exist; return whether the field is valid."""
        path = self.path
        is_valid = path is None or path.is_file()
        self.missing.setVisible(not is_valid)
        return is_valid

    @Slot()
    def _choose(self) -> None:
        start = str(self.path.parent) if self.path is not None else ""
        name, _ = QFileDialog.getOpenFileName(self, self._heading, start, self._filter)
        if name:
            self.set_path(Path(name))


class ImportDialog(QDialog):
    """Shows why a network needs more details, and takes the files that it needs.

    Pressing Import only emits `importRequested`; the receiver calls `show_error` or, when done, `accept`.
    """

    importRequested = Signal()  # noqa: N815 - Qt's way of naming

    def __init__(self, path: Path, error: Exception, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._attempts = 0
        self.setWindowTitle(self.tr("Import a network"))
        self.setAcceptDrops(True)
        # After the layouts inside have heard of a change, which takes a turn of the event loop.
        self._fit_soon = QTimer(self, singleShot=True)
        self._fit_soon.timeout.connect(self._fit)
        self._make_widgets()
        self._lay_out()
        self._update()
        self.show_error(error)

    def _make_widgets(self) -> None:
        self.heading = ElidedLabel(self.tr("{file} needs more information").format(file=self.path.name))
        self.heading.setFont(scaled(self.heading.font(), 1.2))
        self.reason = plain_label()
        self.failure = FailurePanel()
        self.failure.show_error(None)
        text_files, all_files = self.tr("Text files"), self.tr("All files")
        self.labels_field = FileField(
            self.tr("Names of the classes"),
            self.tr("A text file with one class per line, in the order of the network's outputs."),
            f"{text_files} (*.txt *.tsv);;{all_files} (*)",
        )
        toml_files = self.tr("TOML files")
        self.preprocessing_field = FileField(
            self.tr("Preprocessing"),
            self.tr(
                "A short TOML file that says how pictures are resized and how their colours are scaled. It must "
                "match the network's training. An example explains each line."
            ),
            f"{toml_files} (*.toml);;{all_files} (*)",
        )
        self.example = push_button(self.tr("Save an example…"), self._save_example, "save")
        self.saved = TonedLabel(wrap=False)
        self.saved.hide()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(self.tr("The network is being tested"))
        self.busy.hide()
        self.import_button = QPushButton(self.tr("Import"))
        self.import_button.setProperty("primary", True)
        self.import_button.setDefault(True)
        self.import_button.clicked.connect(self._import)
        self.cancel_button = push_button(self.tr("Cancel"), self.reject)
        self.labels_field.changed.connect(self._update)
        self.preprocessing_field.changed.connect(self._update)

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height() // 2
        self._info = Symbol("info", Tone.ACCENT)
        reason = fill(QHBoxLayout(), (self._info, TOP), (self.reason, 1), spacing=unit)
        example = fill(QHBoxLayout(), self.example, self.saved, None)
        buttons = fill(QHBoxLayout(), None, self.cancel_button, self.import_button, spacing=unit)
        column = fill(QVBoxLayout(self), spacing=unit, margins=(unit * 2,) * 4)
        fill(column, self.heading, reason, self.failure, unit, self.labels_field, unit)
        fill(column, self.preprocessing_field, example, None, self.busy, unit, buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 72)

    def show_error(self, error: Exception) -> None:
        """Show why the network could not be imported: at first as what is needed, later as a failure."""
        self._set_busy(False)
        self._fit_soon.start()
        if self._attempts == 0 and isinstance(error, ImportNeedsDetails):
            self.reason.setText(as_sentence(reason_text(error.reason)))
            return
        self.reason.hide()
        self._info.hide()
        self.failure.show_error(error)
        self.labels_field.edit.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        for widget in (self.labels_field, self.preprocessing_field, self.example):
            widget.setEnabled(not busy)
        self.import_button.setEnabled(not busy)
        if not busy:
            self._update()

    @Slot()
    def _update(self) -> None:
        """Allow the import once a file is chosen and none is missing."""
        fields = (self.labels_field, self.preprocessing_field)
        valid = [field.check() for field in fields]
        self.import_button.setEnabled(all(valid) and any(field.path is not None for field in fields))
        self._fit_soon.start()

    @Slot()
    def _import(self) -> None:
        self._attempts += 1
        self.failure.show_error(None)
        self._set_busy(True)
        self.importRequested.emit()

    @Slot()
    def _save_example(self) -> None:
        start = str(self.path.with_suffix(".toml"))
        toml_files = self.tr("TOML files")
        name, _ = QFileDialog.getSaveFileName(self, self.example.text(), start, f"{toml_files} (*.toml)")
        if not name:
            return
        path = Path(name if Path(name).suffix else f"{name}.toml")
        try:
            path.write_text(self.example_text(), "utf-8")
        except OSError as error:
            self.saved.setText(
                self.tr("It could not be saved: {reason}").format(reason=error.strerror or str(error))
            )
        else:
            self.saved.setText(self.tr("Saved. Edit it to match the network."))
            self.preprocessing_field.set_path(path)
        self.saved.show()

    def example_text(self) -> str:
        """Return a preprocessing file with every key, its usual value and what it means."""
        lines = (
            ("resize = 256", self.tr("pixels of the shorter side; default: the same as crop")),
            ("crop = 224", self.tr("pixels of the square cropped from the centre")),
            ('interpolation = "bilinear"', self.tr("nearest, bilinear, bicubic or lanczos")),
            ("keep_aspect = true", self.tr("false ignores the aspect ratio")),
            ('channels = "RGB"', self.tr('the order of the colour channels, or "BGR"')),
            ("scale = 255", self.tr("pixels are divided by this, then (value - mean) / std")),
            ("mean = [0.485, 0.456, 0.406]", self.tr("one number per channel, in the order of channels")),
            ("std = [0.229, 0.224, 0.225]", self.tr("likewise")),
            ('outputs = "logits"', self.tr('or "probabilities" if the network ends in a softmax')),
        )
        width = max(len(line) for line, _ in lines)
        # A translation with a line break must not end the comment.
        rows = [f"{line:{width}}  # {' '.join(comment.split())}" for line, comment in lines]
        return "\n".join(rows) + "\n"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the height follow the width, as the lines of the texts do."""
        super().resizeEvent(event)
        self._fit_soon.start()

    @Slot()
    def _fit(self) -> None:
        """Grow with the text: a window does not do so by itself when a text in it needs more lines."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a file of labels or of preprocessing."""
        if _details_in(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the files that were dropped in their fields."""
        event.acceptProposedAction()
        for path in _details_in(event.mimeData().urls()):
            field = self.preprocessing_field if path.suffix.lower() == ".toml" else self.labels_field
            field.set_path(path)


def _details_in(urls: list[QUrl]) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in (".txt", ".tsv", ".toml")]
