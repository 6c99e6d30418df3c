"""The history in the window: finds answers that were computed before, and keeps the list for the next start."""

import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from vgg_desktop.history.history import History, Usage
from vgg_desktop.settings import Settings
from vgg_desktop.ui.jobs import Job, JobQueue
from vgg_desktop.ui.pictures.rows import ResultRow
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.ui.work import history as work
from vgg_desktop.ui.work.engine import Setup
from vgg_desktop.ui.work.history import Found, LastList

MEGABYTE = 1_000_000


class HistoryKeeper(QObject):
    """Owns the history and follows the settings about it. Thread: the window's."""

    failed = Signal(object)  # the exception: nothing is remembered, or it was not deleted
    changed = Signal(object)  # Usage, after `look`
    lastListChanged = Signal()  # noqa: N815 - Qt's way of naming; `last_list` is another

    def __init__(self, history: History, queue: JobQueue, settings: SettingsKeeper) -> None:
        super().__init__()
        self.history = history
        history.failed = self.failed.emit  # from another thread: it arrives in this one
        self._queue = queue
        self._lookups: set[Job] = set()
        self._is_listed = False  # whether the pictures of this list are those that are kept
        self.last_list: LastList | None = None  # that was open when the program ended, until another is begun
        settings.changed.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """Return whether something is remembered."""
        return self.history.enabled

    # Answers

    def find(
        self,
        setup: Setup,
        top_k: int,
        rows: Sequence[ResultRow],
        take: Callable[[Found], object],
    ) -> None:
        """Look up the answers of some pictures; `take` gets them in parts."""
        if not self.is_on:
            take(Found((), tuple(rows)))
            return

        def end(*_result: object) -> None:
            self._lookups.discard(job)

        job = self._queue.submit(
            functools.partial(work.find_answers, self.history, setup, top_k, tuple(rows)),
            progress=lambda found: job in self._lookups and take(found),
            done=end,
            cancelled=end,
        )
        self._lookups.add(job)

    def cancel(self) -> None:
        """Stop looking up; nothing more is told of it."""
        lookups, self._lookups = self._lookups, set()
        for job in lookups:
            job.stop()

    # The list

    def add_listed(self, pictures: Iterable[Path]) -> None:
        """Keep that pictures are open; the first of a list take the place of those of the list before."""
        self.history.add_listed(pictures, first=not self._is_listed)
        self._begin_list()

    def remove_listed(self, pictures: Iterable[Path] | None = None) -> None:
        """Keep that some pictures, or all of them, are no longer open."""
        self.history.remove_listed(pictures)

    def keep_view(self, view: dict[str, object]) -> None:
        """Keep how the list is shown."""
        if self._is_listed:
            self.history.set_view(work.VIEW, view)

    def look_for_last_list(self, setup: Setup) -> None:
        """Look for the list that was open when the program ended; `lastListChanged` follows where there is one."""
        if self.is_on:
            self._queue.submit(
                functools.partial(work.find_last_list, self.history, setup), done=self._take_last_list
            )

    def restore(self, take: Callable[[tuple[Path, ...]], object]) -> None:
        """Go on with the list that was open when the program ended."""
        self._begin_list()
        self._queue.submit(lambda _cancel, _report: self.history.listed(), done=take)

    def _begin_list(self) -> None:
        self._is_listed = True
        self._set_last_list(None)

    def _take_last_list(self, found: LastList) -> None:
        if found.pictures and not self._is_listed:
            self._set_last_list(found)

    def _set_last_list(self, found: LastList | None) -> None:
        if found != self.last_list:
            self.last_list = found
            self.lastListChanged.emit()

    # The whole

    def look(self) -> None:
        """Find out how much is kept; `changed` follows."""
        self._queue.submit(lambda _cancel, _report: self.history.usage(), done=self._take_usage)

    def clear(self) -> None:
        """Delete everything that is kept; `changed` or `failed` follows."""
        self._queue.submit(
            lambda _cancel, _report: self.history.clear(), done=self._take_cleared, failed=self.failed.emit
        )

    def _take_usage(self, usage: Usage) -> None:
        self.changed.emit(usage)

    def _take_cleared(self, _nothing: None) -> None:
        self._is_listed = False
        self._set_last_list(None)
        self.look()

    @Slot(object, object)
    def _follow(self, chosen: Settings, before: Settings) -> None:
        self.history.limit = chosen.history_limit * MEGABYTE
        if chosen.history != before.history:
            self.history.enabled = chosen.history
            self._is_listed = False
            if not chosen.history:
                self.clear()
