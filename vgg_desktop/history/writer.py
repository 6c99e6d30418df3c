"""The one thread that writes the history: changes are queued, and committed within a moment.

Does not import SQLite before: the window does not wait for it.
"""

import contextlib
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from vgg_desktop.errors import HistoryUnusable

if TYPE_CHECKING:
    import sqlite3

logger = logging.getLogger(__name__)

Change: TypeAlias = Callable[["sqlite3.Connection"], object]
TOGETHER = 200  # changes in one commit at most, so that none waits long for its own
TIMEOUT = 10.0  # seconds that others wait for this thread


@dataclass(frozen=True, slots=True)
class _Queued:
    """A change that waits; `committed` is set when it is in the file, or has failed."""

    change: Change
    committed: threading.Event | None = None


class Writer:
    """Applies changes in their order. One that fails costs those of the same commit only."""

    def __init__(self, path: Path, failed: Callable[[HistoryUnusable], object]) -> None:
        """`failed` is called in this thread, once, when the file cannot be used or written."""
        self._path = path
        self._failed = failed
        self._has_failed = False
        self._queue: queue.SimpleQueue[_Queued | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def apply(self, change: Change, *, wait: bool = False) -> None:
        """Queue a change, and return at once, or with `wait` when it is committed. Thread: any other."""
        committed = threading.Event() if wait else None
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="history", daemon=True)
                self._thread.start()
            self._queue.put(_Queued(change, committed))
        if committed is not None:
            committed.wait(TIMEOUT)

    def flush(self) -> None:
        """Return when what was queued is committed. Thread: any other."""
        if self._thread is not None:
            self.apply(lambda _connection: None, wait=True)

    def close(self) -> None:
        """Commit what was queued, close the file and end; a later change opens it again. Thread: any other."""
        with self._starting:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._queue.put(None)
                thread.join(TIMEOUT)

    def _run(self) -> None:
        from vgg_desktop.history import database

        connection: sqlite3.Connection | None = None
        while (first := self._queue.get()) is not None:
            queued = [first]
            with contextlib.suppress(queue.Empty):
                while len(queued) < TOGETHER:
                    if (following := self._queue.get_nowait()) is None:
                        self._queue.put(None)
                        break
                    queued.append(following)
            try:
                if connection is None:
                    connection = database.open_for_writing(self._path)
                self._commit(connection, queued)
            except HistoryUnusable as error:
                self._report(error)
            for each in queued:
                if each.committed is not None:
                    each.committed.set()
        if connection is not None:
            connection.close()

    def _commit(self, connection: "sqlite3.Connection", queued: list[_Queued]) -> None:
        from vgg_desktop.history import database

        with database.translated(self._path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                for each in queued:
                    each.change(connection)
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _report(self, error: HistoryUnusable) -> None:
        if not self._has_failed:
            self._has_failed = True
            logger.warning("%s", error.for_log())
            self._failed(error)
