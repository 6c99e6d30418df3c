"""What is open and what was chosen: turns requests of the window into work, and answers into rows."""

import gc
import itertools
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vgg_desktop import settings as settings_file
from vgg_desktop.errors import ModelError
from vgg_desktop.export import Failed, Outcome
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.settings import Settings
from vgg_desktop.ui.device_choice import DeviceChoice
from vgg_desktop.ui.devices.measurements import Measurements
from vgg_desktop.ui.fast import Fast
from vgg_desktop.ui.inference_worker import InferenceWorker
from vgg_desktop.ui.networks.downloads import Downloads, Phase
from vgg_desktop.ui.pictures.pace import Pace
from vgg_desktop.ui.pictures.results_model import ResultRow, ResultsModel, RowState
from vgg_desktop.ui.requests import (
    ClassifyRequest,
    Exported,
    ExportKind,
    ExportRequest,
    Failure,
    FindRequest,
    Found,
    JobResult,
    Loaded,
    LoadRequest,
    Preview,
    PreviewRequest,
    Thumbnail,
    ThumbnailRequest,
    Ticket,
)
from vgg_desktop.ui.workers import FilesWorker

if TYPE_CHECKING:
    from vgg_desktop.inference.results import Precision

MOST_OWN = 64  # pictures of the user's own on which Fast is calibrated and compared
MANY = 500  # rows at once that are kept from the garbage collector
RECENT_RUNS = 15  # pictures whose median is the speed of a network


class Session(QObject):
    """The pictures, the network in use and the settings; outlives the window, which may be built again."""

    specChanged = Signal(object)  # noqa: N815 - Qt's way of naming; the ModelSpec now in use
    settingsChanged = Signal(object)  # noqa: N815
    previewReady = Signal(object)  # noqa: N815 - Preview
    previewFailed = Signal(object)  # noqa: N815 - Failure
    loadedChanged = Signal(object)  # noqa: N815 - Loaded
    networkFailed = Signal(object)  # noqa: N815 - the exception that keeps the network from working
    picturesAdded = Signal(object)  # noqa: N815 - tuple of rows: the first of those that were asked for
    findFailed = Signal(object)  # noqa: N815 - Failure
    nothingFound = Signal(object)  # noqa: N815 - FindRequest
    exported = Signal(object)  # Exported
    exportFailed = Signal(object)  # noqa: N815 - Failure

    def __init__(
        self, downloads: Downloads, inference: InferenceWorker, files: FilesWorker, chosen: Settings
    ) -> None:
        super().__init__()
        self.downloads = downloads
        self.model = ResultsModel()
        self.settings = chosen
        self.pace = Pace()
        self.paused = False
        self.loaded: Loaded | None = None
        self._inference = inference
        self._files = files
        self._numbers = itertools.count()
        self._finding: dict[int, int] = {}  # pictures found so far, by the number of the request
        self._announced = -1  # the request whose pictures were told of last
        self._runs: deque[float] = deque(maxlen=RECENT_RUNS)
        self._preview: Ticket | None = None
        self.spec = self._installed(chosen.model) or downloads.specs()[0]
        self.fast = Fast(inference, self)
        self.fast.made.connect(self._use_fast)
        self.devices = DeviceChoice(inference, self)
        self.devices.lost.connect(lambda _lost: self.fast.look(self.spec))  # it is another one there
        self.measurements = Measurements(inference, self)
        self.measurements.ended.connect(self.load)  # measuring took its memory
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(500)  # a spin box held down changes the settings many times
        self._saving.timeout.connect(self.save_settings)
        self._connect()

    def _installed(self, id: str) -> ModelSpec | None:
        spec = self.downloads.spec(id)
        return spec if spec and self.downloads.state(id).phase is Phase.INSTALLED else None

    def _connect(self) -> None:
        files, inference = self._files, self._inference
        files.found.connect(self._take_found)
        files.preview_ready.connect(self._take_preview)
        files.thumbnail_ready.connect(self._take_thumbnail)
        files.exported.connect(self._take_exported)
        files.failed.connect(self._take_file_failure)
        inference.started_job.connect(self._mark_running)
        inference.classified.connect(self._take_result)
        inference.loaded.connect(self._take_loaded)
        inference.failed.connect(self._take_failure)
        self.model.thumbnailsWanted.connect(self._ask_for_thumbnails)
        self.downloads.installed.connect(self._use_if_better)
        self.downloads.imported.connect(self.use)
        self.downloads.removed.connect(self._leave_removed)

    # Pictures

    def open(self, paths: Iterable[Path | str]) -> None:
        """Find the pictures in files and folders, add and classify them."""
        request = FindRequest(next(self._numbers), tuple(paths))
        if request.paths:
            self._finding[request.number] = 0
            self._files.submit(request, urgent=True)

    def retry(self, rows: Iterable[ResultRow]) -> None:
        """Classify pictures again."""
        self._classify(self.model.renew(rows))

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Take pictures off the list."""
        gone = tuple(rows)
        ids = {row.job_id for row in gone}
        self._inference.take_back(lambda request: getattr(request, "job_id", None) in ids)
        self.model.remove(gone)

    def clear(self) -> None:
        """Forget every picture."""
        self._files.take_back(lambda request: not isinstance(request, ExportRequest))
        self._inference.take_back(lambda request: isinstance(request, ClassifyRequest))
        self._finding.clear()
        self.model.clear()
        gc.unfreeze()
        self.pause(False)

    def stop(self) -> None:
        """Take back every picture that waits; those that are done stay."""
        self._inference.take_back(lambda request: isinstance(request, ClassifyRequest))
        self.model.stop_open()
        self.pause(False)

    def pause(self, paused: bool) -> None:
        """Let pictures wait, or go on."""
        self.paused = paused
        self.pace.restart()
        self._inference.set_paused(paused)
        self.model.countsChanged.emit()

    def look_at(self, row: ResultRow) -> None:
        """Read a picture for the view, and classify it before the others that wait."""
        if self._preview is not None:
            self._preview.cancel.set()
        request = PreviewRequest(row.job_id, row.path, self.spec)
        self._preview = self._files.submit(request, urgent=True)
        if row.state is RowState.WAITING:
            self._inference.hasten(lambda each: getattr(each, "job_id", None) == row.job_id)

    def _classify(self, rows: list[ResultRow]) -> None:
        if self.model.counts.open <= len(rows):
            self.pace.restart()
        spec, top_k, precision, device = self.spec, self.settings.top_k, self.precision, self.settings.device
        self._inference.submit_all(
            ClassifyRequest(row.job_id, row.path, spec, top_k, precision, device) for row in rows
        )
        if len(rows) >= MANY:
            # They live as long as the list. Looking through hundreds of thousands for garbage stops every thread for
            # up to a fifth of a second, a dozen times while they are added.
            gc.freeze()

    def _classify_all_again(self) -> None:
        self._inference.take_back(lambda request: isinstance(request, ClassifyRequest))
        self._classify(self.model.renew(self.model.rows()))

    # Network and settings

    @Slot(object)
    def use(self, spec: ModelSpec) -> None:
        """Classify with this network from now on, also the pictures that are there."""
        if spec.id == self.spec.id:
            return
        self.spec = spec
        self.loaded = None
        self._runs.clear()
        self.change_settings(replace(self.settings, model=spec.id))
        self.specChanged.emit(spec)
        self.load()
        self._classify_all_again()

    @Slot()
    def load(self, *, test_again: bool = False) -> None:
        """Load the network while the user looks for a picture, and try the devices out again if asked to."""
        request = LoadRequest(self.spec, self.precision, self.settings.device, test_again)
        self._inference.submit(request, urgent=True)
        self.fast.look(self.spec)

    @Slot()
    def test_devices_again(self) -> None:
        """Find out again which devices there are and which of them run the network; no answer changes."""
        self.load(test_again=True)

    def choose_device(self, id: str) -> None:
        """Classify on this device from now on, also the pictures that are there; "auto" is the best."""
        self.change_settings(replace(self.settings, device=id))

    @property
    def precision(self) -> "Precision":
        """The precision the user chose; where Fast was not made, Exact answers and says so."""
        return "fast" if self.settings.precision == "fast" else "exact"

    def choose_precision(self, precision: str) -> None:
        """Use Exact or Fast; Fast is made first where it was not, on the pictures that are there."""
        if precision == "fast" and self.fast.model is None:
            done = [row.path for row in self.model.rows() if row.state is RowState.DONE]
            self.fast.make(self.spec, done[:MOST_OWN])
            return
        self.fast.cancel()
        self.change_settings(replace(self.settings, precision=precision))

    @Slot(object)
    def _use_fast(self, _model: object) -> None:
        if self.precision == "fast":  # it was requested before it could be had here
            self._classify_all_again()
        self.change_settings(replace(self.settings, precision="fast"))

    def change_settings(self, chosen: Settings) -> None:
        """Take over other settings, and save them soon."""
        before, self.settings = self.settings, chosen
        self._saving.start()
        self.settingsChanged.emit(chosen)
        if chosen.threads != before.threads:
            self._inference.set_threads(chosen.threads)
        if chosen.model != self.spec.id and (spec := self._installed(chosen.model)) is not None:
            self.use(spec)
        elif chosen.device != before.device:
            self.load()
            self._classify_all_again()
        elif chosen.top_k != before.top_k or chosen.precision != before.precision:
            self._classify_all_again()

    def remember(self, opened: Iterable[Path]) -> None:
        """Put files and folders that were opened at the head of the recent ones."""
        chosen = self.settings
        for path in opened:
            chosen = chosen.with_recent(path)
        self.change_settings(chosen)

    @Slot()
    def forget_recent(self) -> None:
        """Empty the list of recent files and folders."""
        self.change_settings(replace(self.settings, recent=()))

    def change_models_folder(self, folder: str) -> None:
        """Note where the networks are now, "" being the usual place."""
        self.change_settings(replace(self.settings, models_folder=folder))

    def agree_to_links(self) -> None:
        """Note that pictures may be fetched from links from now on."""
        self.change_settings(replace(self.settings, fetch_links=True))

    @Slot()
    def save_settings(self) -> None:
        """Write the settings now."""
        self._saving.stop()
        settings_file.save(self.settings)

    # Saving results

    def outcomes(self, rows: Iterable[ResultRow]) -> tuple[Outcome, ...]:
        """Return what is known of some pictures, those that failed included."""
        found: list[Outcome] = []
        for row in rows:
            if row.state is RowState.DONE and row.classification is not None:
                found.append(row.classification)
            elif row.error is not None:
                found.append(Failed(row.path, row.error))
        return tuple(found)

    def export(self, kind: ExportKind, target: Path, rows: Iterable[ResultRow]) -> None:
        """Save results; `exported` or `exportFailed` tells how it went."""
        self._files.submit(ExportRequest(kind, target, self.outcomes(rows)), urgent=True)

    # Answers

    @Slot(object)
    def _take_found(self, found: Found) -> None:
        if found.request.number not in self._finding:
            return
        if found.files:
            self._finding[found.request.number] += len(found.files)
            rows = self.model.add(found.files)
            self._classify(rows)
            if found.request.number != self._announced:  # thousands come in several parts
                self._announced = found.request.number
                self.picturesAdded.emit(tuple(rows))
        if found.last and not self._finding.pop(found.request.number):
            self.nothingFound.emit(found.request)

    @Slot(object)
    def _take_preview(self, preview: Preview) -> None:
        self.previewReady.emit(preview)

    @Slot(object)
    def _take_thumbnail(self, thumbnail: Thumbnail) -> None:
        self.model.set_thumbnail(thumbnail.job_id, thumbnail.image)

    @Slot(object)
    def _ask_for_thumbnails(self, rows: tuple[ResultRow, ...]) -> None:
        # Only those in view now: whoever scrolls through thousands waits for none of the others.
        self._files.take_back(lambda request: isinstance(request, ThumbnailRequest))
        self._files.submit_all(ThumbnailRequest(row.job_id, row.path) for row in rows)

    @Slot(object)
    def _take_exported(self, exported: Exported) -> None:
        self.exported.emit(exported)

    @Slot(object)
    def _take_file_failure(self, failure: Failure) -> None:
        if isinstance(failure.request, ExportRequest):
            self.exportFailed.emit(failure)
        elif isinstance(failure.request, PreviewRequest):
            self.previewFailed.emit(failure)
        elif isinstance(failure.request, FindRequest):
            if failure.request.number in self._finding:
                self._finding[failure.request.number] += 1  # "no pictures found" would be one notice too many
            self.findFailed.emit(failure)

    @Slot(object)
    def _mark_running(self, request: ClassifyRequest) -> None:
        row = self.model.row_of(request.job_id)
        if row is not None and row.state is RowState.WAITING:  # it may have been stopped meanwhile
            self.model.set_state(request.job_id, RowState.RUNNING)

    @Slot(object)
    def _take_result(self, result: JobResult) -> None:
        self.pace.note()
        self.model.set_thumbnail(result.job_id, result.thumbnail)
        self.model.set_result(result.job_id, result.classification)
        if result.classification.model == self.spec.id and result.classification.precision == "exact":
            self._note_speed(sum(result.classification.milliseconds.values()))

    def _note_speed(self, milliseconds: float) -> None:
        # Not above: it brings fractions, decimals and random numbers, and the first paint would wait for them.
        from statistics import median

        self._runs.append(milliseconds)
        counted = len(self._runs)
        # The first pictures after loading are slower than the rest.
        if counted == RECENT_RUNS or counted in (3, 8):
            self.settings = self.settings.with_speed(self.spec.id, round(median(self._runs), 1))
            self._saving.start()

    @Slot(object)
    def _take_loaded(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.loadedChanged.emit(loaded)

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        request, error = failure.request, failure.error
        if isinstance(request, ClassifyRequest):
            self.model.set_state(request.job_id, RowState.FAILED, error)
        # What a network that was left meanwhile, or removed, has to say is of no concern any more.
        is_in_use = isinstance(request, ClassifyRequest | LoadRequest) and request.spec.id == self.spec.id
        if is_in_use and isinstance(error, ModelError):
            # It would fail for every other picture too: say so once, and keep them for another network.
            self.stop()
            self.networkFailed.emit(error)

    @Slot(object)
    def _use_if_better(self, spec: ModelSpec) -> None:
        # Whoever works with a network of their choice is not moved to another by a download that ends.
        if self.spec.origin == "bundled":
            self.use(spec)

    @Slot(object)
    def _leave_removed(self, spec: ModelSpec) -> None:
        if spec.id == self.spec.id:
            self.use(self.downloads.specs()[0])
