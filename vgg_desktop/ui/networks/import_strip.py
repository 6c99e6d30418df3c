"""The import of a network from a file: what is going on, what the file lacks, why it failed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QProgressBar, QVBoxLayout, QWidget

from vgg_desktop.errors import ImportNeedsDetails
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.descriptions import id_of
from vgg_desktop.ui.frame import fit_on_screen
from vgg_desktop.ui.look.widgets import ElidedLabel, fill, push_button
from vgg_desktop.ui.networks.card_panels import FailurePanel
from vgg_desktop.ui.networks.downloads import Downloads
from vgg_desktop.ui.networks.import_dialog import ImportDialog
from vgg_desktop.ui.networks.state import Import
from vgg_desktop.why import Why


class ImportStrip(QWidget):
    """The strip that shows imports, and asks for the details that a network lacks."""

    started = Signal()
    refused = Signal()  # and why is shown
    finished = Signal(object)  # ModelSpec of the network installed, or None after a failure

    def __init__(self, downloads: Downloads) -> None:
        super().__init__()
        self._downloads = downloads
        self._running: list[Import] = []  # in the order in which they are done
        self._lacking: list[tuple[Import, Exception]] = []  # what the user has not been asked about yet
        self._asked: Import | None = None  # what was made from the answers in the dialog
        self._replace: bool | None = None  # what the user said about the network in the dialog
        self.details: ImportDialog | None = None
        self.question: QMessageBox | None = None
        self._make_widgets()
        downloads.importing.connect(self._take_started)
        downloads.imported.connect(self._take_imported)
        downloads.revised.connect(self._take_imported)
        downloads.importFailed.connect(self._take_failure)
        downloads.importCancelled.connect(self._take_cancelled)

    def _make_widgets(self) -> None:
        self.failure = FailurePanel()
        self.failure.show_error(None)
        self.failure.dismiss.clicked.connect(self.failure.hide)
        self.running = QWidget()
        self.text = ElidedLabel()
        self.cancel_button = push_button(self.tr("Cancel"), self.cancel)
        self.cancel_button.setAccessibleName(self.tr("Cancel the import"))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("The network is being imported"))
        unit = self.fontMetrics().height() // 2
        row, none = QHBoxLayout(self.running), (0, 0, 0, 0)
        fill(row, (self.text, 1), (bar, 1), self.cancel_button, spacing=unit, margins=none)
        self.running.hide()
        fill(QVBoxLayout(self), self.failure, self.running, spacing=unit, margins=none)

    def show_error(self, error: Exception) -> None:
        """Show why a network could not be imported."""
        self.failure.show_error(error, dismiss=True)
        if self.failure.isVisible():  # its page is in view
            self.failure.dismiss.setFocus()
        self.refused.emit()

    @Slot()
    def cancel(self) -> None:
        """Stop everything that is being imported."""
        self._downloads.cancel_import()
        self._lacking.clear()
        self._close_details()
        self._refresh()
        self.finished.emit(None)

    def _refresh(self) -> None:
        # What the dialog or the card shows already is left out.
        waiting = [each for each in self._running if each is not self._asked and each.known is None]
        self.running.setVisible(bool(waiting))
        if waiting:
            self.text.setText(self.tr("Importing {file}…").format(file=waiting[0].path.name))

    @Slot(object)
    def _take_started(self, request: Import) -> None:
        if self.details is None:
            self.failure.show_error(None)
        self._running.append(request)
        self._refresh()
        self.started.emit()

    @Slot(object)
    def _take_imported(self, spec: ModelSpec) -> None:
        request = self._running.pop(0) if self._running else None
        if request is not None and request is self._asked:
            self._close_details()
        self._refresh()
        self.finished.emit(spec)
        self._ask_next()

    @Slot(object, object)
    def _take_failure(self, request: Import, error: Exception) -> None:
        if not any(each is request for each in self._running):
            return
        self._running = [each for each in self._running if each is not request]
        self._refresh()
        if self.details is not None and request is self._asked:
            self.details.show_error(error)
        elif isinstance(error, ImportNeedsDetails):
            self._lacking.append((request, error))
            self._ask_next()
        else:
            self.finished.emit(None)
            self.show_error(error)

    @Slot(object)
    def _take_cancelled(self, request: Import) -> None:
        """Forget an import that was cancelled, here or elsewhere in the window."""
        self._running = [each for each in self._running if each is not request]
        if request is self._asked:
            self._close_details()
        self._refresh()

    # What a network lacks

    def _ask_next(self) -> None:
        if self.details is not None or self.question is not None or not self._lacking:
            return
        request, error = self._lacking.pop(0)
        if isinstance(error, ImportNeedsDetails) and error.reason.why is Why.IMPORT_ID_TAKEN:
            self._ask_to_replace(request, str(dict(error.reason.values)["id"]))
            return
        self._replace = request.replace
        like = self._downloads.spec(id_of(request.path)) if request.replace else None
        self._open(ImportDialog(request.path, self._downloads.trying, error, like=like, parent=self.window()))

    def change_details(self, spec: ModelSpec) -> None:
        """Open the form with what an imported network has."""
        if self.details is None:
            path = self._downloads.folder(spec.id) / spec.filename
            fit = self._downloads.fits.fit(spec)
            self._open(ImportDialog(path, self._downloads.trying, known=spec, fit=fit, parent=self.window()))

    def _open(self, dialog: ImportDialog) -> None:
        self.details = dialog
        dialog.importRequested.connect(self._try_again)
        dialog.rejected.connect(self._give_up)
        fit_on_screen(dialog)
        dialog.open()

    @Slot()
    def _try_again(self) -> None:
        if self.details is None:
            return
        said, known = self.details.details(), self.details.known
        if known is not None:
            self._asked = self._downloads.change_details(known, said)
        else:
            self._asked = self._downloads.import_file(self.details.path, said, replace=bool(self._replace))
        self._refresh()

    def _ask_to_replace(self, request: Import, id: str) -> None:
        """Ask whether a network takes the place of the one that has its name."""
        taken = self._downloads.spec(id)
        name = taken.title if taken is not None else id
        box = self.question = QMessageBox(self.window())
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Import a network"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("You have imported another network called {name}.").format(name=name))
        box.setInformativeText(
            self.tr("Replace it, for instance after more training? Its labels and preprocessing stay.")
        )
        roles = QMessageBox.ButtonRole
        replace = box.addButton(self.tr("Replace {name}").format(name=name), roles.DestructiveRole)
        both = box.addButton(self.tr("Keep both"), roles.AcceptRole)
        box.setDefaultButton(both)
        box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))

        def answer() -> None:
            pressed, self.question = box.clickedButton(), None
            box.deleteLater()
            if pressed in (replace, both):
                self._downloads.import_file(request.path, request.details, replace=pressed is replace)
            else:
                self.finished.emit(None)
            self._ask_next()

        box.finished.connect(answer)
        box.open()

    @Slot()
    def _give_up(self) -> None:
        if self._asked is not None:
            self._downloads.cancel_import(self._asked)
        self._close_details()
        self.finished.emit(None)
        self._ask_next()

    def _close_details(self) -> None:
        details, self.details, self._asked = self.details, None, None
        if details is not None:
            details.rejected.disconnect(self._give_up)
            details.close()
            details.deleteLater()
