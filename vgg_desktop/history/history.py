"""The history as the window uses it: answers that were computed before, and the list that was open.

Imports SQLite and numpy in threads only: the window does not wait for them.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from os import fsdecode, fsencode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vgg_desktop import paths
from vgg_desktop.errors import HistoryUnusable, stop_if_cancelled
from vgg_desktop.history.writer import Change, Writer
from vgg_desktop.images.identity import FileIdentity, FileState, file_state, identify
from vgg_desktop.inference.results import FORMS_OF, Classification, FormId
from vgg_desktop.models.catalog import ModelSpec

if TYPE_CHECKING:
    import sqlite3

    import numpy as np
    from numpy.typing import NDArray

    from vgg_desktop.history.answers import Producer

logger = logging.getLogger(__name__)

NAME = "results.sqlite"
CHUNK = 500  # pictures that are looked up together
CHECK_EVERY = 200  # answers between two looks at the size of the file


@dataclass(frozen=True, slots=True)
class Usage:
    """How much is kept: pictures, and bytes on the disk."""

    pictures: int
    bytes: int


class History:
    """What is kept in one file. While it is off, nothing is kept and nothing is found. Thread: any."""

    def __init__(self, *, enabled: bool = True, limit: int = 1_000_000_000) -> None:
        """`limit` is how many bytes it may take."""
        self.path = paths.data_folder() / NAME
        self.enabled = enabled
        self.limit = limit
        # Called in a thread, once, when the file cannot be used.
        self.failed: Callable[[HistoryUnusable], object] = lambda _error: None
        self._writer = Writer(self.path, lambda error: self.failed(error))
        self._put = 0  # answers
        self._fast_forms: dict[str, FormId] = {}

    # Answers

    def put(
        self,
        identity: FileIdentity,
        spec: ModelSpec,
        result: Classification,
        probabilities: "NDArray[np.float64]",
    ) -> None:
        """Keep the probabilities (C,) of all classes of a picture."""

        def change(connection: "sqlite3.Connection") -> None:
            from vgg_desktop.history import answers

            answers.put_answer(connection, identity, spec, result, probabilities)
            self._put += 1
            if self._put % CHECK_EVERY == 1:
                answers.shrink(connection, self.limit)

        self._change(change)

    def find(
        self, producer: "Producer", pictures: Sequence[Path], k: int, cancel: threading.Event | None = None
    ) -> Iterator[list[tuple[Path, Classification]]]:
        """Yield the answers of pictures with their k best classes, those of each `CHUNK` together.

        A file of the same path, size and time is not read; of the others those are whose size a known picture has.
        Raises `CatalogInvalid` where the labels cannot be read, and `Cancelled`.
        """
        import sqlite3

        from vgg_desktop.history import answers, database
        from vgg_desktop.models.labels import read_labels

        if not self._is_there():
            return
        labels = read_labels(producer.spec.labels)
        try:
            with closing(database.open_for_reading(self.path)) as connection:
                for start in range(0, len(pictures), CHUNK):
                    known = self._identify(connection, pictures[start : start + CHUNK], cancel)
                    found = list(answers.find_answers(connection, producer, labels, known, k))
                    ids = [known[path] for path, _ in found]
                    self._change(partial(answers.touch, pictures=ids))
                    yield found
        except (sqlite3.Error, ValueError) as error:  # damaged, the file or what is in it: they are computed
            logger.warning("history not read: %s", error)

    def _identify(
        self, connection: "sqlite3.Connection", pictures: Sequence[Path], cancel: threading.Event | None
    ) -> dict[Path, int]:
        """Return the ids of those of some pictures that are known."""
        from vgg_desktop.history import answers

        states: dict[Path, FileState] = {}
        for path in pictures:
            stop_if_cancelled(cancel)
            if (state := file_state(path)) is not None:
                states[path] = state
        known = answers.pictures_by_path(connection, states)
        others = {path: state for path, state in states.items() if path not in known}
        sizes = answers.known_sizes(connection, [state.size for state in others.values()])
        for path, state in others.items():
            identity = identify(path, state, cancel) if state.size in sizes else None
            if identity is None:
                continue
            picture = answers.picture_by_content(connection, identity.sha256)
            if picture is not None:
                known[path] = picture
                self._change(partial(answers.put_file, identity=identity, picture=picture))
        return known

    def forget(self, spec: ModelSpec, form: FormId) -> None:
        """Forget the answers of a form that was made again, from other pictures perhaps."""
        from vgg_desktop.history import answers

        self._change(partial(answers.forget, network=spec.sha256, form=form))

    def set_fast_form(self, spec: ModelSpec, device: str, form: FormId) -> None:
        """Keep which form answers where Fast was requested on a device: its own, or one of Exact as a fallback."""
        key = f"{spec.sha256} {device}"
        if self._fast_forms.get(key) != form:
            self._fast_forms[key] = form
            self.set_view(f"fast {key}", form)

    def fast_form(self, spec: ModelSpec, device: str) -> FormId | None:
        """Return the form that answered last where Fast was requested, or `None`."""
        known = self.view(f"fast {spec.sha256} {device}")
        return next((form for forms in FORMS_OF.values() for form in forms if form == known), None)

    # The list

    def add_listed(self, pictures: Iterable[Path], *, first: bool = False) -> None:
        """Keep that pictures are open; with `first` they are the first of a new list."""
        rows = [(fsencode(path),) for path in pictures]

        def change(connection: "sqlite3.Connection") -> None:
            if first:
                connection.execute("DELETE FROM listed")
            connection.executemany("INSERT OR IGNORE INTO listed (path) VALUES (?)", rows)

        self._change(change)

    def remove_listed(self, pictures: Iterable[Path] | None = None) -> None:
        """Keep that pictures, or all, are no longer open."""
        rows = None if pictures is None else [(fsencode(path),) for path in pictures]

        def change(connection: "sqlite3.Connection") -> None:
            if rows is None:
                connection.execute("DELETE FROM listed")
            else:
                connection.executemany("DELETE FROM listed WHERE path = ?", rows)

        self._change(change)

    def listed(self) -> tuple[Path, ...]:
        """Return the pictures that are open, or were when the program ended."""
        rows = self._read("SELECT path FROM listed ORDER BY position")
        return tuple(Path(fsdecode(path)) for (path,) in rows)

    def count_listed(self) -> int:
        """Return how many pictures are open, or were when the program ended."""
        rows = self._read("SELECT count(*) FROM listed")
        return int(rows[0][0]) if rows else 0

    def count_known(self, producer: "Producer") -> int:
        """Return how many of the pictures that are open, or were, have an answer; no file is looked at."""
        from vgg_desktop.history import answers

        rows = self._read(*answers.count_listed(producer))
        return int(rows[0][0]) if rows else 0

    def set_view(self, name: str, value: object) -> None:
        """Keep how the list is shown; `value` is what JSON can hold."""
        text = json.dumps(value)
        self._change(
            lambda connection: connection.execute("INSERT OR REPLACE INTO view VALUES (?, ?)", (name, text))
        )

    def view(self, name: str) -> object:
        """Return what `set_view` kept, or `None`."""
        rows = self._read("SELECT value FROM view WHERE name = ?", (name,))
        return json.loads(rows[0][0]) if rows else None

    # The whole

    def usage(self) -> Usage:
        """Return how much is kept."""
        rows = self._read("SELECT count(*) FROM picture")
        files = [each.stat().st_size for each in self.path.parent.glob(f"{NAME}*")]
        return Usage(rows[0][0] if rows else 0, sum(files))

    def exists(self) -> bool:
        """Return whether something was ever kept."""
        return self.path.exists()

    def clear(self) -> None:
        """Delete everything that is kept. Raises `HistoryUnusable`."""
        from vgg_desktop.history import database

        if not self.path.exists():
            return
        self._writer.apply(database.empty, wait=True)
        self._writer.close()
        with database.translated(self.path):
            database.delete(self.path)

    def flush(self) -> None:
        """Return when everything is on the disk."""
        self._writer.flush()

    def close(self) -> None:
        """Write what is left, and close the file."""
        self._writer.close()

    def _change(self, change: Change) -> None:
        if self.enabled:
            self._writer.apply(change)

    def _is_there(self) -> bool:
        """Return whether there is something to read; what was put last is then in the file."""
        if not self.enabled:
            return False
        self._writer.flush()
        return self.path.exists()

    def _read(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        import sqlite3

        from vgg_desktop.history import database

        if self._is_there():
            try:
                with closing(database.open_for_reading(self.path)) as connection:
                    return connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                logger.warning("history not read: %s", error)
        return []
