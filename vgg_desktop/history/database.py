"""The file of the history: its tables, and how it is opened, migrated and set aside.

SQLite in WAL mode: readers never wait for the writer, and after a kill it is as it was after the last commit.
"""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from vgg_desktop.errors import HistoryUnusable
from vgg_desktop.files import make_private, remove_file, rename
from vgg_desktop.paths import extended
from vgg_desktop.system_errors import system_reason
from vgg_desktop.why import Why

logger = logging.getLogger(__name__)

BUSY = 5.0  # seconds that one process waits for the writer of another

# Each brings the tables from one version to the next: `user_version` is how many of them a file has.
MIGRATIONS = (
    """
    CREATE TABLE picture (
        id INTEGER PRIMARY KEY,
        sha256 BLOB NOT NULL UNIQUE,
        bytes INTEGER NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        seen INTEGER NOT NULL -- the day on which an answer was computed or shown, since 1970
    );
    CREATE INDEX picture_bytes ON picture (bytes);
    CREATE INDEX picture_seen ON picture (seen);
    CREATE TABLE file ( -- where a picture was: as long as size and time are the same, it is not read again
        path BLOB PRIMARY KEY,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        picture INTEGER NOT NULL REFERENCES picture ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE INDEX file_picture ON file (picture);
    CREATE TABLE producer ( -- what determines an answer
        id INTEGER PRIMARY KEY,
        network TEXT NOT NULL, -- SHA-256
        form TEXT NOT NULL,
        decode TEXT NOT NULL,
        preprocessing TEXT NOT NULL, -- JSON
        outputs TEXT NOT NULL,
        UNIQUE (network, form, decode, preprocessing, outputs)
    );
    CREATE TABLE environment ( -- what an answer was computed with beside that
        id INTEGER PRIMARY KEY,
        device TEXT NOT NULL,
        provider TEXT NOT NULL,
        versions TEXT NOT NULL, -- JSON
        UNIQUE (device, provider, versions)
    );
    CREATE TABLE answer (
        picture INTEGER NOT NULL REFERENCES picture ON DELETE CASCADE,
        producer INTEGER NOT NULL REFERENCES producer,
        environment INTEGER NOT NULL REFERENCES environment,
        best BLOB NOT NULL, -- see scores.py
        scores BLOB NOT NULL,
        note TEXT, -- a reason as JSON
        read_ms REAL NOT NULL,
        prepare_ms REAL NOT NULL,
        run_ms REAL NOT NULL,
        UNIQUE (picture, producer)
    );
    CREATE TABLE listed ( -- the pictures that are open
        position INTEGER PRIMARY KEY,
        path BLOB NOT NULL UNIQUE
    );
    CREATE TABLE view ( -- how they are shown
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL -- JSON
    ) WITHOUT ROWID;
    """,
)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise what SQLite and the disk raise as `HistoryUnusable`."""
    try:
        yield
    except sqlite3.Error as error:
        raise HistoryUnusable(path, Why.LIBRARY(text=str(error))) from error
    except OSError as error:
        raise HistoryUnusable(path, system_reason(error)) from error


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the file, made or migrated where that is needed; a damaged one is set aside as `.bad`.

    Raises `HistoryUnusable`, also for a file of a newer version, which is left as it is.
    """
    with translated(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _open(path)
        except sqlite3.DatabaseError as error:
            if isinstance(
                error, sqlite3.OperationalError
            ):  # locked, read-only, no space: not the file's fault
                raise
            logger.warning("history set aside as %s.bad: %s", path.name, error)
            set_aside(path)
            return _open(path)


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the file, which exists, for a thread that only reads. Raises `sqlite3.Error`."""
    connection = sqlite3.connect(extended(path), timeout=BUSY, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(extended(path), timeout=BUSY, isolation_level=None, check_same_thread=False)
    try:
        make_private(path)  # it has the names of pictures
        if (version := _version(connection)) == 0:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # before the first table
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what the user has deleted is not left in the file
        if version > len(MIGRATIONS):
            raise HistoryUnusable(path, Why.HISTORY_NEWER())
        _migrate(connection, path, version)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring the tables to the present version, each step as a whole; what was there is copied before."""
    if 0 < version < len(MIGRATIONS):
        copy = path.with_name(f"{path.name}.v{version}")
        remove_file(copy)
        with closing(sqlite3.connect(extended(copy))) as target:
            connection.backup(target)
        make_private(copy)
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")


def set_aside(path: Path) -> None:
    """Rename a damaged file, so that it is kept; the log of its changes goes with it. Raises `OSError`."""
    rename(path, path.with_name(f"{path.name}.bad"), replace=True)
    for suffix in ("-wal", "-shm"):
        remove_file(path.with_name(path.name + suffix))


def empty(connection: sqlite3.Connection) -> None:
    """Delete what is in the tables. Raises `sqlite3.Error`."""
    for table in ("listed", "view", "file", "answer", "picture", "producer", "environment"):
        connection.execute(f"DELETE FROM {table}")


def delete(path: Path) -> None:
    """Delete the file with all that belongs to it, earlier copies among them. Raises `OSError`."""
    for each in path.parent.glob(f"{path.name}*"):
        remove_file(each)
