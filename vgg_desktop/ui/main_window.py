"""The window: turns gestures into requests, and shows what the workers answer."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QListView,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop import settings
from vgg_desktop.errors import format_bytes
from vgg_desktop.images.reading import EXTENSIONS, FORMAT_NAMES, find_pictures
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.store import ModelStore
from vgg_desktop.ui.bars import Bars
from vgg_desktop.ui.download_bar import DownloadBar
from vgg_desktop.ui.picture_view import PictureView
from vgg_desktop.ui.result_delegate import ResultDelegate
from vgg_desktop.ui.results_model import ResultsModel, Role, RowState
from vgg_desktop.ui.workers import (
    ClassifyRequest,
    DownloadWorker,
    Failure,
    InferenceWorker,
    InstallProgress,
    InstallRequest,
    JobResult,
    Preview,
    PreviewRequest,
    Ticket,
)


class MainWindow(QMainWindow):
    """Pictures on the left, the selected one with its bars on the right, the choice of network above."""

    def __init__(
        self,
        specs: tuple[ModelSpec, ...],
        store: ModelStore,
        downloads: DownloadWorker,
        inference: InferenceWorker,
        chosen: settings.Settings,
    ) -> None:
        super().__init__()
        self._specs = {spec.id: spec for spec in specs}
        self._store = store
        self._downloads = downloads
        self._inference = inference
        self._settings = chosen
        self._download: Ticket | None = None
        wanted = self._specs.get(chosen.model, specs[0])
        self.spec = wanted if store.find(wanted) is not None else specs[0]
        self._device_name = ""
        self.model = ResultsModel()
        self._build()
        downloads.progressed.connect(self._show_download)
        downloads.installed.connect(self._use_installed)
        downloads.failed.connect(self._show_download_failure)
        downloads.cancelled.connect(self._end_download)
        inference.started_job.connect(self._mark_running)
        inference.classified.connect(self._take_result)
        inference.preview_ready.connect(self._take_preview)
        inference.failed.connect(self._take_failure)
        inference.cancelled.connect(self._mark_cancelled)
        self._show_choice()
        self._show_counts()

    # Building

    def _build(self) -> None:
        self.setWindowTitle(self.tr("VGG Desktop"))
        self.setAcceptDrops(True)
        self.resize(1000, 680)
        bar = QToolBar(self.tr("Main"))
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.addToolBar(bar)
        for text, shortcut, slot in (
            (self.tr("Open pictures…"), QKeySequence.StandardKey.Open, self._open_files),
            (self.tr("Open folder…"), QKeySequence("Ctrl+Shift+O"), self._open_folder),
            (self.tr("Clear"), QKeySequence("Ctrl+L"), self.clear),
        ):
            action = QAction(text, self)
            action.setShortcut(shortcut)
            action.setToolTip(
                f"{text} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
            )
            action.triggered.connect(slot)
            bar.addAction(action)
        bar.addSeparator()
        label = QLabel(self.tr(" &Network: "))
        self.picker = QComboBox()
        label.setBuddy(self.picker)
        self.picker.setAccessibleName(self.tr("Network"))
        for spec in self._specs.values():
            self.picker.addItem("", spec.id)
        self.picker.activated.connect(self._choose)
        bar.addWidget(label)
        bar.addWidget(self.picker)

        self.download_bar = DownloadBar()
        self.download_bar.downloadRequested.connect(self._start_download)
        self.download_bar.cancelRequested.connect(self._cancel_download)

        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ResultDelegate(self.model))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Pictures"))
        self.list.selectionModel().currentChanged.connect(self._select)
        self.view = PictureView()
        self.bars = Bars()
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self.message)
        column.addWidget(self.bars)
        splitter = QSplitter()
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([300, 700])
        splitter.setChildrenCollapsible(False)

        formats = ", ".join(FORMAT_NAMES)
        self.empty = QLabel(
            self.tr(
                "<h2>Drop pictures here</h2><p>or press {shortcut} to choose some.</p><p>{formats}</p>"
            ).format(
                shortcut=QKeySequence(QKeySequence.StandardKey.Open).toString(
                    QKeySequence.SequenceFormat.NativeText
                ),
                formats=formats,
            )
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(splitter)
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.addWidget(self.download_bar)
        rows.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        self.counts = QLabel()
        self.statusBar().addPermanentWidget(self.counts)

    # Gestures

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Classify what was dropped."""
        event.acceptProposedAction()
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def add_paths(self, paths: list[Path]) -> None:
        """Add pictures and the pictures in folders, and classify them."""
        files = [file for path in paths for file in find_pictures(path, recursive=True)]
        if not files:
            if paths:
                self.statusBar().showMessage(self.tr("No pictures found in {0}.").format(paths[0].name), 8000)
            return
        rows = self.model.add(files)
        for row in rows:
            self._inference.submit(ClassifyRequest(row.job_id, row.path, self.spec, self._settings.top_k))
        self.stack.setCurrentIndex(1)
        first = self.model.index(self.model.rowCount() - len(rows))
        self.list.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._show_counts()

    @Slot()
    def _open_files(self) -> None:
        patterns = " ".join(f"*{each}" for each in EXTENSIONS)
        pictures, everything = self.tr("Pictures"), self.tr("All files")
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Open pictures"), "", f"{pictures} ({patterns});;{everything} (*)"
        )
        self.add_paths([Path(name) for name in names])

    @Slot()
    def _open_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Open folder"))
        if name:
            self.add_paths([Path(name)])

    @Slot()
    def clear(self) -> None:
        """Forget every picture."""
        self._inference.cancel_all()
        self.model.clear()
        self.view.show_image(None)
        self.bars.show_predictions(())
        self.message.clear()
        self.stack.setCurrentIndex(0)
        self._show_counts()

    @Slot(int)
    def _choose(self, place: int) -> None:
        spec = self._specs[self.picker.itemData(place)]
        if self._store.find(spec) is None:
            if self._download is None:
                self._start_download(spec)
            self._show_choice()
            return
        self._use(spec)

    def _use(self, spec: ModelSpec) -> None:
        if spec.id == self.spec.id:
            return
        self.spec = spec
        self._settings = replace(self._settings, model=spec.id)
        settings.save(self._settings)
        self._inference.cancel_all()
        for row in self.model.renew():
            self._inference.submit(ClassifyRequest(row.job_id, row.path, spec, self._settings.top_k))
        self._show_choice()
        self._show_selected()
        self._show_counts()

    # Downloads

    @Slot(object)
    def _start_download(self, spec: ModelSpec) -> None:
        self._download = self._downloads.submit(InstallRequest(spec))
        self.download_bar.start(spec)

    @Slot()
    def _cancel_download(self) -> None:
        if self._download is not None:
            self._download.cancel.set()

    @Slot(object)
    def _show_download(self, report: InstallProgress) -> None:
        if self._download is not None:
            self.download_bar.report(report)

    @Slot(object)
    def _use_installed(self, spec: ModelSpec) -> None:
        self._end_download(None)
        self._use(spec)

    @Slot(object)
    def _show_download_failure(self, failure: Failure) -> None:
        self._end_download(None)
        self.download_bar.offer(failure.request.spec, str(failure.error))

    @Slot(object)
    def _end_download(self, _request: object) -> None:
        self._download = None
        self._show_choice()

    def _show_choice(self) -> None:
        """Bring the picker and the offer in line with what is installed and chosen."""
        for place, spec in enumerate(self._specs.values()):
            here = self._store.find(spec) is not None
            state = "" if here else self.tr(" (download, {0})").format(format_bytes(spec.size))
            self.picker.setItemText(place, f"{spec.title}{state}")
            if spec.id == self.spec.id:
                self.picker.setCurrentIndex(place)
        if self._download is not None:
            return
        if self.spec.origin != "bundled":
            self.download_bar.offer(None, "")
            return
        offered = next((each for each in self._specs.values() if self._store.find(each) is None), None)
        self.download_bar.offer(
            offered,
            self.tr(
                "The starter network knows ten everyday things: airplane, automobile, bird, cat, deer, dog, frog, "
                "horse, ship, truck. The VGG networks know a thousand."
            ),
        )

    # Answers

    @Slot(object)
    def _mark_running(self, request: ClassifyRequest) -> None:
        self.model.set_state(request.job_id, RowState.RUNNING)
        self._show_if_selected(request.job_id)

    @Slot(object)
    def _take_result(self, result: JobResult) -> None:
        self._device_name = result.device
        self.model.set_result(result.job_id, result.classification, result.thumbnail)
        self._show_if_selected(result.job_id)
        self._show_counts()

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        if isinstance(failure.request, ClassifyRequest):
            self.model.set_state(failure.request.job_id, RowState.FAILED, failure.error)
            self._show_if_selected(failure.request.job_id)
            self._show_counts()

    @Slot(object)
    def _mark_cancelled(self, request: ClassifyRequest | PreviewRequest) -> None:
        if isinstance(request, ClassifyRequest):
            self.model.set_state(request.job_id, RowState.CANCELLED)
            self._show_counts()

    @Slot(object)
    def _take_preview(self, preview: Preview) -> None:
        if preview.job_id == self._selected_id():
            self.view.show_image(preview.image, preview.square)

    # The selected picture

    def _selected_id(self) -> int | None:
        row = self.list.currentIndex().data(Role.ROW)
        return None if row is None else row.job_id

    @Slot(QModelIndex, QModelIndex)
    def _select(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_selected()

    def _show_selected(self) -> None:
        row = self.list.currentIndex().data(Role.ROW)
        if row is None:
            return
        self.view.show_image(None)
        self._inference.submit(PreviewRequest(row.job_id, row.path, self.spec), urgent=True)
        self._show_if_selected(row.job_id)

    def _show_if_selected(self, job_id: int) -> None:
        row = self.model.row_of(job_id)
        if row is None or job_id != self._selected_id():
            return
        result = row.classification if row.state is RowState.DONE else None
        self.bars.show_predictions(result.predictions if result is not None else ())
        self.message.setText(str(row.error) if row.error is not None else self.model.summary(row))
        self.message.setVisible(result is None)
        self.bars.setVisible(result is not None)
        self.view.setVisible(row.error is None)  # an error gets the whole room
        if result is None:
            self.statusBar().clearMessage()
        if result is not None:
            title = self._specs[result.model].title
            stages = " + ".join(f"{stage} {value:.0f}" for stage, value in result.milliseconds.items())
            self.statusBar().showMessage(f"{title} | {self._device_name} | {stages} ms")

    def _show_counts(self) -> None:
        rows = self.model.rows()
        open_ = sum(row.state in (RowState.WAITING, RowState.RUNNING) for row in rows)
        failed = sum(row.state is RowState.FAILED for row in rows)
        parts = [self.tr("{0} of {1}").format(len(rows) - open_, len(rows))] if rows else []
        if failed:
            parts.append(self.tr("{0} failed").format(failed))
        self.counts.setText(", ".join(parts))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once; what runs is stopped by the program's end."""
        self._inference.cancel_all()
        self._downloads.cancel_all()
        event.accept()
