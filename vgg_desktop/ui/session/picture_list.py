"""The pictures: finding, classifying, reading them for the view, and saving what was found out."""

import functools
import itertools
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from vgg_desktop.errors import ImageUnreadable
from vgg_desktop.export import Failed, Outcome
from vgg_desktop.settings import Settings
from vgg_desktop.sorting import Sorted, Sorting, SortPlan
from vgg_desktop.ui import garbage
from vgg_desktop.ui.incoming.session_folder import PictureData, SessionFolder
from vgg_desktop.ui.jobs import Job, JobQueue, Series
from vgg_desktop.ui.pictures.pace import Pace
from vgg_desktop.ui.pictures.results_model import ResultsModel
from vgg_desktop.ui.pictures.rows import OPEN, RETRYABLE, ResultRow, RowState
from vgg_desktop.ui.session.activities import Activities, Activity
from vgg_desktop.ui.session.history_keeper import HistoryKeeper
from vgg_desktop.ui.session.network_choice import NetworkChoice
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.ui.work import pictures
from vgg_desktop.ui.work.engine import Engine, Setup
from vgg_desktop.ui.work.history import Found
from vgg_desktop.ui.work.pictures import ExportKind, Preview

if TYPE_CHECKING:
    from vgg_desktop.inference.results import Classification

MANY = 500  # rows that are worth keeping from the garbage collector
RECENT_RUNS = 15  # pictures whose median is the speed of a network


@dataclass(frozen=True, slots=True)
class Queues:
    """The threads that work for the list; none waits for another."""

    opening: JobQueue
    viewing: JobQueue
    saving: JobQueue
    inference: JobQueue
    history: JobQueue


class PictureList(QObject):
    """The rows with their answers, and the work on them."""

    previewReady = Signal(object)  # noqa: N815 - Qt's way of naming; Preview of what is looked at, or None
    added = Signal(object)  # tuple of rows: the first of those that were asked for
    restored = Signal()  # the list that was open when the program ended
    openFailed = Signal(object)  # noqa: N815 - the exception
    nothingFound = Signal(object)  # noqa: N815 - tuple of the paths that were searched
    exported = Signal(
        str, object, int, int
    )  # the ExportKind, the Path, how many results are in it, and of how many
    sorted = Signal(object, object)  # the Path of the folder, and the Sorted pictures in it
    exportFailed = Signal(object)  # noqa: N815 - the exception

    def __init__(
        self,
        settings: SettingsKeeper,
        choice: NetworkChoice,
        history: HistoryKeeper,
        engine: Engine,
        queues: Queues,
        folder: SessionFolder,
    ) -> None:
        super().__init__()
        self.model = ResultsModel()
        self.pace = Pace()
        self.paused = False
        self.activities = Activities()
        self._settings = settings
        self._choice = choice
        self._history = history
        self._engine = engine
        self._queues = queues
        self._folder = folder
        self._runs: deque[float] = deque(maxlen=RECENT_RUNS)
        self._preview: Job | None = None
        self._previewed: ResultRow | None = None  # the one whose preview is wanted
        self._unfrozen = 0  # rows that the garbage collector still looks through
        self._series: dict[tuple[Setup, int], Series] = {}  # the last one only
        self._thumbnails = Series(self._read_thumbnail, done=self._take_thumbnail)
        self.model.thumbnailsWanted.connect(self._ask_for_thumbnails)
        settings.changed.connect(self._follow_settings)
        self._follow_settings(settings.value)
        choice.specChanged.connect(lambda _spec: self._runs.clear())
        choice.answersOutdated.connect(self._classify_all_again)
        # It would fail for every other picture too: they are kept for another network.
        choice.networkFailed.connect(self.stop)

    # What is on the list

    def open(self, paths: Iterable[Path | str]) -> None:
        """Find the pictures in files and folders, add and classify them."""
        given = tuple(paths)
        if not given:
            return
        search = Activity(given)

        def end(_nothing: None) -> None:
            if not search.is_answered:
                self.nothingFound.emit(given)

        self.activities.start(
            search,
            self._queues.opening,
            functools.partial(pictures.find, given),
            progress=lambda found: self._take_found(search, found),
            done=end,
            failed=self.openFailed.emit,
        )

    def open_data(self, given: Iterable[PictureData | str]) -> None:
        """Open pictures that came without a file, `data:` addresses among them."""
        self.activities.start(
            Activity(),
            self._queues.opening,
            functools.partial(pictures.write, self._folder, tuple(given)),
            progress=self.openFailed.emit,
            done=lambda written: self.nothingFound.emit(()) if written is None else self.open(written),
            failed=self.openFailed.emit,
        )

    def retry(self, rows: Iterable[ResultRow]) -> None:
        """Classify pictures again."""
        if again := self.model.wait_again(rows):
            self._classify(again)

    def restore(self) -> None:
        """Go on with the list that was open when the program ended."""
        self._history.restore(self._take_last_list)

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Take pictures off the list."""
        removed = set(rows)
        self._history.remove_listed(row.path for row in removed)
        self._queues.inference.cancel_matching(lambda row: row in removed)
        self.model.remove(removed)

    def clear(self) -> None:
        """Forget every picture, and stop searching for more; what is being saved goes on."""
        for activity in [each for each in self.activities.running if each.target is None]:
            self.activities.end(activity)
            activity.stop()
        self._queues.viewing.cancel_matching()
        self._cancel_classifying()
        self._history.remove_listed()
        self.model.clear()
        garbage.release()
        self.pause(False)

    @Slot()
    def stop(self) -> None:
        """Cancel every waiting picture; finished ones stay."""
        self._cancel_classifying()
        self.model.stop_open()
        self.pause(False)

    def pause(self, paused: bool) -> None:
        """Pause or resume."""
        self.paused = paused
        self.pace.restart()
        self._queues.inference.set_paused(paused)
        self.model.countsChanged.emit()

    def look_at(self, row: ResultRow) -> None:
        """Read a picture for the view, and classify it before the others that wait."""
        if self._preview is not None:
            self._preview.stop()
        self._previewed = row
        self._preview = self._queues.viewing.submit(
            functools.partial(pictures.load_preview, row.path, self._choice.spec),
            done=functools.partial(self._take_preview, row),
            failed=lambda _error: self._take_preview(row, None),
            urgent=True,
        )
        if row.state is RowState.WAITING:
            self._queues.inference.prioritize(row)

    def classified(self, most: int) -> list[Path]:
        """Return the files of the first pictures that have an answer."""
        done = (row.path for row in self.model.rows() if row.state is RowState.DONE)
        return list(itertools.islice(done, most))

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
        """Save results; `exported` or `exportFailed` follows."""
        chosen = tuple(rows)
        outcomes = self.outcomes(chosen)
        saving = Activity(target=target, total=len(outcomes))
        self.activities.start(
            saving,
            self._queues.saving,
            functools.partial(pictures.save, kind, target, outcomes),
            progress=lambda done: setattr(saving, "done", done),
            done=lambda count: self.exported.emit(kind, target, count, len(chosen)),
            failed=self.exportFailed.emit,
        )

    def plan_sorting(
        self, folder: Path, rows: Iterable[ResultRow], how: Sorting, done: Callable[[SortPlan], object]
    ) -> Job:
        """Find out what sorting would do."""
        work = functools.partial(pictures.plan_sorting, folder, self.outcomes(rows), how)
        return self._queues.opening.submit(work, done=done)

    def sort(self, folder: Path, rows: Iterable[ResultRow], how: Sorting) -> None:
        """Sort pictures into folders by class; `sorted` or `exportFailed` follows."""
        chosen = tuple(rows)
        outcomes = self.outcomes(chosen)
        waiting = len(chosen) - len(outcomes)

        def end(done: Sorted) -> None:
            done.left_out += waiting
            self.sorted.emit(folder, done)

        saving = Activity(target=folder, total=len(outcomes))
        self.activities.start(
            saving,
            self._queues.saving,
            functools.partial(pictures.sort_into_folders, folder, outcomes, how),
            progress=lambda done: setattr(saving, "done", done),
            done=end,
            failed=self.exportFailed.emit,
        )

    # What was found

    def _take_found(self, search: Activity, found: tuple[Path, ...] | ImageUnreadable) -> None:
        if search not in self.activities.running:
            return  # the list was cleared meanwhile
        is_first, search.is_answered = search.done == 0, True
        if isinstance(found, ImageUnreadable):
            self.openFailed.emit(found)
            return
        search.done += len(found)
        known = [row for path in found if (row := self.model.row_of(path)) is not None]
        rows = self.model.add(found)
        self._history.add_listed(path for path in found if not self._folder.holds(path))
        self._classify(rows)
        # A picture that is opened once more on its own may have been changed meanwhile.
        is_alone = len(search.paths) == len(found) == 1
        self.retry(row for row in known if is_alone or row.state in RETRYABLE)
        self._freeze(len(rows))
        if is_first:  # thousands come in several parts
            self.added.emit(tuple(rows or known))

    def _take_last_list(self, pictures: tuple[Path, ...]) -> None:
        if rows := self.model.add(pictures):
            self._classify(rows)
            self._freeze(len(rows))
            self.restored.emit()

    def _freeze(self, added: int) -> None:
        self._unfrozen += added
        if self._unfrozen >= MANY:
            self._unfrozen = 0
            garbage.freeze(1)

    # Classifying

    @Slot(object)
    def _follow_settings(self, chosen: Settings) -> None:
        self.model.set_unsure_below(chosen.unsure_below / 100)

    def _classify(self, rows: list[ResultRow]) -> None:
        """Show what is known of some pictures, and compute the others."""
        if self.model.counts.open <= len(rows):
            self.pace.restart()
        key = self._choice.setup, self._settings.value.top_k
        self._history.find(*key, rows, functools.partial(self._take_known, key))

    def _take_known(self, key: tuple[Setup, int], found: Found) -> None:
        self.model.set_results((row, known) for row, known in found.known if row.state in OPEN)
        if waiting := [row for row in found.missing if row.state is RowState.WAITING and self._holds(row)]:
            self._compute(key, waiting)

    def _holds(self, row: ResultRow) -> bool:
        return self.model.row_of(row.path) is row

    def _compute(self, key: tuple[Setup, int], rows: list[ResultRow]) -> None:
        if key not in self._series:
            self._series = {
                key: Series(
                    functools.partial(self._engine.classify, *key),
                    done=self._take_result,
                    failed=functools.partial(self._take_failure, key[0]),
                    started=self._mark_running,
                )
            }
        self._queues.inference.submit_series(self._series[key], rows)

    @Slot()
    def _classify_all_again(self) -> None:
        self._cancel_classifying()
        self._classify(self.model.wait_again(self.model.rows()))

    def _cancel_classifying(self) -> None:
        self._history.cancel()
        self._queues.inference.cancel_matching()

    def _mark_running(self, row: ResultRow) -> None:
        if row.state is RowState.WAITING:  # it may have been stopped meanwhile
            self.model.set_state(row, RowState.RUNNING)

    def _take_result(self, row: ResultRow, answer: tuple["Classification", QImage]) -> None:
        result, thumbnail = answer
        self.pace.note()
        self.model.set_thumbnail(row, thumbnail)
        self.model.set_result(row, result)
        if result.model == self._choice.spec.id and result.precision == "exact":
            self._note_speed(sum(result.milliseconds.values()))

    def _take_failure(self, setup: Setup, row: ResultRow, error: Exception) -> None:
        self.model.set_state(row, RowState.FAILED, error)
        self._choice.take_failure(setup, error)

    def _note_speed(self, milliseconds: float) -> None:
        # Not above: it brings fractions, decimals and random numbers, and the first paint would wait for them.
        from statistics import median

        self._runs.append(milliseconds)
        counted = len(self._runs)
        # The first pictures after loading are slower than the rest.
        if counted == RECENT_RUNS or counted in (3, 8):
            spec, speed = self._choice.spec, round(median(self._runs), 1)
            self._settings.update(lambda value: value.with_speed(spec.id, speed))

    # Reading for the view and the list

    def _take_preview(self, row: ResultRow, preview: Preview | None) -> None:
        if row is self._previewed:
            self.previewReady.emit(preview)

    @Slot(object)
    def _ask_for_thumbnails(self, rows: tuple[ResultRow, ...]) -> None:
        # Only those in view: while scrolling through thousands, the others are not waited for.
        self._queues.viewing.cancel_matching()
        self._queues.viewing.submit_series(self._thumbnails, rows)

    def _read_thumbnail(self, job: Job) -> None:
        side = self.model.thumbnail_side
        self._queues.viewing.answer(job, (pictures.load_thumbnail(job.subject.path, side, job.cancel), side))

    def _take_thumbnail(self, row: ResultRow, answer: tuple[QImage, int]) -> None:
        self.model.set_thumbnail(row, *answer)
