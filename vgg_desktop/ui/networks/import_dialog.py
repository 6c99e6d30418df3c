"""The form for a network's labels and preprocessing, with a preview of what it sees and answers."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop import paths
from vgg_desktop.errors import CatalogInvalid, ImportNeedsDetails
from vgg_desktop.models.catalog import ModelSpec, Outputs, Preprocessing
from vgg_desktop.models.details import Details
from vgg_desktop.models.labels import Label
from vgg_desktop.ui.jobs import JobQueue
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.widgets import (
    TOP,
    ElidedLabel,
    Symbol,
    VerticalArea,
    fill,
    plain_label,
    push_button,
    scaled,
    set_tab_order,
)
from vgg_desktop.ui.networks import labels_form, preprocessing_form
from vgg_desktop.ui.networks.card_panels import FailurePanel
from vgg_desktop.ui.networks.fits import FitPanel
from vgg_desktop.ui.networks.labels_form import LabelsForm
from vgg_desktop.ui.networks.preprocessing_form import PreprocessingForm
from vgg_desktop.ui.networks.state import NO_DETAILS, SUFFIXES, Fit
from vgg_desktop.ui.networks.trial_panel import TrialPanel
from vgg_desktop.ui.words.formats import as_sentence
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import reason_text
from vgg_desktop.ui.work.trial import Fixed, NetworkTrial, Seen, read_both, read_names, read_settings
from vgg_desktop.why import Why

# What networks of ten classes know, and those of a thousand.
_EXAMPLE, _EXAMPLE_OF_MANY = (
    paths.resource(f"examples/{name}.jpg") for name in ("airplane", "running-shoes")
)
_MANY = 1000  # classes
_WITHOUT_PREPROCESSING = (Why.IMPORT_NEEDS_BOTH, Why.IMPORT_NEEDS_PREPROCESSING)
_WIDE = 96  # characters from which the preview stands beside the form


class ImportDialog(QDialog):
    """Asks for what a network that is imported lacks, or changes what an imported one has.

    Pressing the main button only emits `importRequested`; the receiver calls `show_error` or, when done, `accept`.
    """

    importRequested = Signal()  # noqa: N815 - Qt's way of naming

    def __init__(
        self,
        path: Path,
        queue: JobQueue,
        error: Exception | None = None,
        *,
        known: ModelSpec | None = None,
        like: ModelSpec | None = None,
        fit: Fit | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`known` is the imported network whose file is at `path`; otherwise `error` says what is lacking.

        `like` is the network that the file replaces, whose labels and preprocessing are proposed, and `fit` what was
        found about those of `known`.
        """
        super().__init__(parent)
        self.path, self.known = path, known
        self._queue = queue
        self._attempts = 0
        self._is_busy = False
        self._needs_preprocessing = False  # neither its file nor what lies beside it says how
        self._is_tried = False  # whether the input's size is known, which the fields must have
        self.setAcceptDrops(True)
        self.labels = LabelsForm()
        self.preprocessing = PreprocessingForm()
        self.trial = TrialPanel(queue, NetworkTrial(path, known), _EXAMPLE)
        self._make_widgets()
        self._lay_out()
        self._connect()
        if (filled := known or like) is not None:
            self._fill(filled)
        self.fit.show_fit(fit)
        self.fit.useRequested.connect(self._use_fit)
        if error is not None:
            self.show_error(error)
        self._follow()
        self.labels.text.setFocus()

    # Building

    def _make_widgets(self) -> None:
        if self.known is None:
            title = self.tr("Import a network")
            heading = self.tr("{file} needs more information").format(file=self.path.name)
            action = self.tr("Import")
        else:
            title = self.tr("Labels and preprocessing")
            heading = self.tr("Labels and preprocessing of {name}").format(name=self.known.title)
            action = self.tr("Save")
        self.setWindowTitle(title)
        self.heading = ElidedLabel(heading)
        self.heading.setFont(scaled(self.heading.font(), 1.2))
        self.reason = plain_label()
        self._info = Symbol("info", Tone.ACCENT)
        self.failure = FailurePanel()
        self.failure.show_error(None)
        self.fit = FitPanel()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(self.tr("The network is being tested"))
        self.busy.hide()
        self.import_button = QPushButton(action)
        self.import_button.setProperty("primary", True)
        self.import_button.setDefault(True)
        self.cancel_button = push_button(self.tr("Cancel"), self.reject)
        self._show_reason("")

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height() // 2
        reason = fill(QHBoxLayout(), (self._info, TOP), (self.reason, 1), spacing=unit)
        page = QWidget()
        column = fill(QVBoxLayout(page), spacing=unit * 3 // 2, margins=(unit * 2, unit * 2, unit, unit))
        fill(column, self.heading, reason, self.failure, self.labels, self.preprocessing, self.fit, None)
        self.area = VerticalArea()
        self.area.setWidget(page)
        side = QWidget()
        self._side = fill(QVBoxLayout(side), self.trial)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        fill(self._halves, (self.area, 3), (side, 2), spacing=0)
        buttons = fill(
            QHBoxLayout(), (self.busy, 1), None, self.cancel_button, self.import_button, spacing=unit
        )
        buttons.setContentsMargins(unit * 2, 0, unit * 2, unit * 2)
        whole = fill(QVBoxLayout(self), spacing=unit, margins=(0, 0, 0, 0))
        whole.addLayout(self._halves, 1)
        whole.addLayout(buttons)
        set_tab_order(
            (
                *self.labels.tab_order(),
                *self.preprocessing.tab_order(),
                self.fit.use,
                self.trial.bars,
                self.trial.choose,
                self.cancel_button,
                self.import_button,
            )
        )
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 130, metrics.height() * 38)

    def _connect(self) -> None:
        self.labels.changed.connect(self._follow)
        self.preprocessing.changed.connect(self._follow)
        self.labels.fileChosen.connect(self.read_names)
        self.preprocessing.fileChosen.connect(self.read_settings)
        self.trial.inputKnown.connect(self._take_input)
        self.trial.seen.connect(self._take_seen)
        self.trial.failed.connect(self._take_trial_failure)
        self.import_button.clicked.connect(self._import)
        self.finished.connect(self.trial.stop)
        # In the field of names Enter begins a line.
        both = Qt.Modifier.CTRL | Qt.Key.Key_Return
        QShortcut(QKeySequence(both), self, self.import_button.click)

    def _fill(self, known: ModelSpec) -> None:
        """Show what a network has."""
        self.preprocessing.show_preprocessing(known.preprocessing, known.outputs)
        self.trial.set_saved(known.preprocessing)
        self._read(read_names, known.labels, self.labels.show_labels, self.labels.show_failure)

    # What was said, and what is missing

    def details(self) -> Details:
        """Return what the fields say."""
        form = self.preprocessing
        return Details(self.labels.labels(), form.preprocessing(), form.output_meaning())

    @Slot()
    def _follow(self) -> None:
        """Let the network answer with what the fields say now, and allow the import if none is wrong."""
        valid = self.labels.is_valid() and self.preprocessing.is_valid() and self.details() != NO_DETAILS
        if self._needs_preprocessing and self.preprocessing.preprocessing() is None:
            valid = False
        self.import_button.setEnabled(valid and not self._is_busy and self._is_tried)
        if self._is_busy:
            return
        if self.preprocessing.is_valid():
            self.trial.ask(self.details())
        else:
            self.trial.show_hint(self.tr("The settings are not complete."))

    @Slot(object)
    def _take_input(self, fixed: Fixed) -> None:
        self._is_tried = True
        self.preprocessing.set_input(*fixed)
        self._follow()

    @Slot(object)
    def _use_fit(self, preprocessing: Preprocessing) -> None:
        self.preprocessing.show_preprocessing(preprocessing, self.preprocessing.output_meaning())
        self._follow()
        self.import_button.setFocus()

    @Slot(object)
    def _take_seen(self, seen: Seen) -> None:
        self.labels.set_needed(seen.classes)
        if seen.classes >= _MANY and self.trial.picture == _EXAMPLE:
            self.trial.ask_again(_EXAMPLE_OF_MANY)
        if self.labels.labels() is None:
            self.labels.set_known(seen.labels)
        if self.preprocessing.preprocessing() is None and self.preprocessing.is_valid():
            self.preprocessing.show_preprocessing(seen.preprocessing)
        self._follow()

    @Slot(object)
    def _take_trial_failure(self, error: Exception) -> None:
        self._is_tried = True  # as far as it goes; the import says what is wrong
        self._take_failure(error)

    def _take_failure(self, error: Exception) -> None:
        """Take from an error how many classes the network has, and whether it needs a preprocessing."""
        if isinstance(error, ImportNeedsDetails) and error.reason.why in _WITHOUT_PREPROCESSING:
            self._needs_preprocessing = True
        classes = dict(error.reason.values).get("classes") if isinstance(error, ImportNeedsDetails) else None
        if isinstance(classes, int):
            self.labels.set_needed(classes)
        self._follow()

    # Files

    @Slot(object)
    def read_names(self, path: Path) -> None:
        """Fill the field of names from a file."""
        show, fail = (
            functools.partial(each, source=path.name)
            for each in (self.labels.show_labels, self.labels.show_failure)
        )
        self._read(read_names, path, show, fail)

    @Slot(object)
    def read_settings(self, path: Path) -> None:
        """Fill the fields of the preprocessing from a file."""

        def show(found: tuple[Preprocessing, Outputs | None]) -> None:
            self.preprocessing.show_preprocessing(*found, source=path.name)
            self._follow()

        fail = functools.partial(self.preprocessing.show_failure, source=path.name)
        self._read(read_settings, path, show, fail)

    def _read(
        self,
        read: Callable[..., Any],
        path: Path,
        done: Callable[[Any], object],
        failed: Callable[[str], object],
    ) -> None:
        """Read a file in a job; `failed` gets the reason as a sentence."""

        def fail(error: Exception) -> None:
            failed(
                as_sentence(reason_text(error.reason))
                if isinstance(error, CatalogInvalid)
                else describe(error).text
            )

        self._queue.submit(functools.partial(read, path), done=done, failed=fail, urgent=True)

    def _details_in(self, urls: list[QUrl]) -> list[Path]:
        found = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        return [] if self._is_busy else [path for path in found if path.suffix.lower() not in SUFFIXES]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files with names or settings, and pictures to try."""
        if self._details_in(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the files that were dropped into their fields, or try the network on a picture."""
        event.acceptProposedAction()
        for path in self._details_in(event.mimeData().urls()):
            suffix = path.suffix.lower()
            if suffix in preprocessing_form.SUFFIXES and suffix not in labels_form.SUFFIXES:
                self.read_settings(path)
            elif suffix in preprocessing_form.SUFFIXES:
                self._read_either(path)
            elif suffix in labels_form.SUFFIXES:
                self.read_names(path)
            else:
                self.trial.ask_again(path)

    def _read_either(self, path: Path) -> None:
        """Read a file that may hold names, settings or both, as `config.json` does."""

        def show(found: tuple[tuple[Label, ...] | None, Preprocessing | None, Outputs | None]) -> None:
            labels, preprocessing, outputs = found
            if labels is not None:
                self.labels.show_labels(labels, path.name)
            if preprocessing is not None:
                self.preprocessing.show_preprocessing(preprocessing, outputs, source=path.name)
            self._follow()

        self._read(read_both, path, show, functools.partial(self.labels.show_failure, source=path.name))

    # The import

    def show_error(self, error: Exception) -> None:
        """Show why the network could not be imported: at first as what is needed, later as a failure."""
        self._set_busy(False)
        self.area.verticalScrollBar().setValue(0)
        if self._attempts == 0 and isinstance(error, ImportNeedsDetails):
            self._show_reason(as_sentence(reason_text(error.reason)))
            self._take_failure(error)
            return
        self._show_reason("")
        self.failure.show_error(error)
        self.labels.text.setFocus()

    def _show_reason(self, text: str) -> None:
        self.reason.setText(text)
        for widget in (self.reason, self._info):
            widget.setVisible(bool(text))

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.busy.setVisible(busy)
        for widget in (self.labels, self.preprocessing, self.trial.choose):
            widget.setEnabled(not busy)
        self._follow()

    @Slot()
    def _import(self) -> None:
        self._attempts += 1
        self.failure.show_error(None)
        self.trial.stop()  # the memory of two processes with the network is not needed
        self._set_busy(True)
        self.importRequested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the preview stand below the form where there is no room beside it."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.fontMetrics().averageCharWidth() * _WIDE
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self.trial.set_low(not is_wide)
        self._halves.setStretch(1, 2 if is_wide else 0)
        unit = self.fontMetrics().height()
        self._side.setContentsMargins(unit // 2 if is_wide else unit, unit if is_wide else 0, unit, 0)
