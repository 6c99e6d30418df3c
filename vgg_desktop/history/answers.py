"""Answers in the tables of the history: put in, found again by the picture, and removed when there are too many."""

import json
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from os import fsencode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.history.scores import pack_best, pack_scores, unpack_best
from vgg_desktop.images.identity import FileIdentity, FileState
from vgg_desktop.inference.results import FORMS_OF, Classification, Decode, FormId, Prediction
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.labels import Label
from vgg_desktop.why import reason_from_json

if TYPE_CHECKING:
    from vgg_desktop.reasons import Reason

DAY = 86400  # seconds
# A file that is written again within this time may have the same size and time, on disks that count in 2 seconds.
RECENT_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Producer:
    """What determines the answers for pictures, except which of several forms with the same precision computed them."""

    spec: ModelSpec
    forms: tuple[FormId, ...]
    decode: Decode

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what the table distinguishes beside the form."""
        preprocessing = json.dumps(asdict(self.spec.preprocessing), sort_keys=True)
        return self.spec.sha256, self.decode, preprocessing, self.spec.outputs


def today() -> int:
    """Return the day, counted from 1970 in UTC."""
    return int(time.time()) // DAY


def put_answer(
    connection: sqlite3.Connection,
    identity: FileIdentity,
    spec: ModelSpec,
    result: Classification,
    probabilities: NDArray[np.float64],
) -> None:
    """Keep the probabilities (C,) of a picture, in place of former ones."""
    picture = _id(
        connection,
        "INSERT INTO picture (sha256, bytes, width, height, seen) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET seen = excluded.seen RETURNING id",
        (identity.sha256, identity.state.size, result.width, result.height, today()),
    )
    put_file(connection, identity, picture)
    network, decode, preprocessing, outputs = Producer(spec, (), result.decode).key
    producer = _id(
        connection,
        "INSERT INTO producer (network, form, decode, preprocessing, outputs) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET form = form RETURNING id",
        (network, result.form, decode, preprocessing, outputs),
    )
    environment = _id(
        connection,
        "INSERT INTO environment (device, provider, versions) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET device = device RETURNING id",
        (result.device, result.provider, json.dumps(dict(result.versions), sort_keys=True)),
    )
    note = json.dumps(result.note.as_json()) if result.note is not None else None
    times = (result.milliseconds.get(stage, 0.0) for stage in ("read", "prepare", "run"))
    packed = pack_best(probabilities), pack_scores(probabilities)
    connection.execute(
        "INSERT OR REPLACE INTO answer"
        " (picture, producer, environment, best, scores, note, read_ms, prepare_ms, run_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (picture, producer, environment, *packed, note, *times),
    )


def put_file(connection: sqlite3.Connection, identity: FileIdentity, picture: int) -> None:
    """Keep where a picture is, unless the file is so new that its next content may have the same size and time."""
    if identity.state.mtime_ns < time.time_ns() - RECENT_NS:
        connection.execute(
            "INSERT OR REPLACE INTO file (path, size, mtime_ns, picture) VALUES (?, ?, ?, ?)",
            (fsencode(identity.path), identity.state.size, identity.state.mtime_ns, picture),
        )


def _id(connection: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> int:
    return int(connection.execute(statement, values).fetchone()[0])


def pictures_by_path(connection: sqlite3.Connection, states: Mapping[Path, FileState]) -> dict[Path, int]:
    """Return the ids of the pictures in files that are as they were, without reading one."""
    by_name = {fsencode(path): path for path in states}
    found = {}
    for name, size, mtime_ns, picture in connection.execute(
        f"SELECT path, size, mtime_ns, picture FROM file WHERE path IN ({_marks(by_name)})", tuple(by_name)
    ):
        path = by_name[name]
        if states[path] == FileState(size, mtime_ns):
            found[path] = picture
    return found


def known_sizes(connection: sqlite3.Connection, sizes: Collection[int]) -> frozenset[int]:
    """Return those of some sizes in bytes that a known picture has."""
    distinct = tuple(set(sizes))
    rows = connection.execute(
        f"SELECT DISTINCT bytes FROM picture WHERE bytes IN ({_marks(distinct)})", distinct
    )
    return frozenset(size for (size,) in rows)


def picture_by_content(connection: sqlite3.Connection, sha256: bytes) -> int | None:
    """Return the id of the picture with this SHA-256."""
    row = connection.execute("SELECT id FROM picture WHERE sha256 = ?", (sha256,)).fetchone()
    return row and int(row[0])


def find_answers(
    connection: sqlite3.Connection,
    producer: Producer,
    labels: Sequence[Label],
    pictures: Mapping[Path, int],
    k: int,
) -> Iterator[tuple[Path, Classification]]:
    """Yield what is known of some pictures by their ids; of several forms the answer of the first in order."""
    forms = {
        id: form
        for id, form in connection.execute(
            "SELECT id, form FROM producer WHERE network = ? AND decode = ? AND preprocessing = ? AND outputs = ?",
            producer.key,
        )
        if form in producer.forms
    }
    ids = tuple(set(pictures.values()))
    answers: dict[int, tuple[Any, ...]] = {}
    for row in connection.execute(
        "SELECT picture, producer, device, provider, versions, best, note, read_ms, prepare_ms, run_ms, width, height"
        " FROM answer JOIN environment ON environment.id = environment JOIN picture ON picture.id = picture"
        f" WHERE picture IN ({_marks(ids)}) AND producer IN ({_marks(forms)})",
        (*ids, *forms),
    ):
        former = answers.get(row[0])
        order = producer.forms.index
        if former is None or order(forms[row[1]]) < order(forms[former[1]]):
            answers[row[0]] = row
    versions: dict[str, dict[str, str]] = {}
    for path, picture in pictures.items():
        if (row := answers.get(picture)) is None:
            continue
        _, by, device, provider, text, packed, note, read, prepare, run, width, height = row
        best = unpack_best(packed, k)
        if any(index >= len(labels) for index, _ in best):
            continue  # the labels are those of another network
        form = forms[by]
        if text not in versions:
            versions[text] = json.loads(text)
        yield (
            path,
            Classification(
                path=path,
                model=producer.spec.id,
                sha256=producer.spec.sha256,
                device=device,
                provider=provider,
                precision="fast" if form in FORMS_OF["fast"] else "exact",
                predictions=tuple(
                    Prediction(index, labels[index].id, labels[index].name, probability)
                    for index, probability in best
                ),
                width=width,
                height=height,
                milliseconds={"read": read, "prepare": prepare, "run": run},
                form=form,
                decode=producer.decode,
                preprocessing=producer.spec.preprocessing,
                versions=versions[text],
                note=_note(note),
                independent=producer.spec.outputs.startswith("independent"),
            ),
        )


def count_listed(producer: Producer) -> tuple[str, tuple[object, ...]]:
    """Return the statement, with its values, that counts the pictures of the list with an answer."""
    return (
        "SELECT count(DISTINCT listed.path) FROM listed JOIN file ON file.path = listed.path"
        " JOIN answer ON answer.picture = file.picture JOIN producer ON producer.id = answer.producer"
        " WHERE network = ? AND decode = ? AND preprocessing = ? AND outputs = ?"
        f" AND form IN ({_marks(producer.forms)})",
        (*producer.key, *producer.forms),
    )


def _note(text: str | None) -> "Reason | None":
    try:
        return reason_from_json(json.loads(text)) if text is not None else None
    except ValueError:  # another version's
        return None


def touch(connection: sqlite3.Connection, pictures: Iterable[int]) -> None:
    """Note that pictures were looked at today."""
    day = today()
    connection.executemany(
        "UPDATE picture SET seen = ? WHERE id = ? AND seen < ?", ((day, each, day) for each in pictures)
    )


def forget(connection: sqlite3.Connection, network: str, form: FormId) -> None:
    """Remove the answers of a network in one form."""
    connection.execute(
        "DELETE FROM answer WHERE producer IN (SELECT id FROM producer WHERE network = ? AND form = ?)",
        (network, form),
    )


def used_bytes(connection: sqlite3.Connection) -> int:
    """Return how many bytes of the file are in use."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def shrink(connection: sqlite3.Connection, limit: int) -> None:
    """Remove the pictures that were not looked at for longest, until no more than `limit` bytes are in use."""
    while (used := used_bytes(connection)) > limit:
        count = int(connection.execute("SELECT count(*) FROM picture").fetchone()[0])
        if not count:
            break
        most = max(1, count * min(used - limit, used) // used)
        connection.execute(
            "DELETE FROM picture WHERE id IN (SELECT id FROM picture ORDER BY seen, id LIMIT ?)", (most,)
        )
    connection.execute("PRAGMA incremental_vacuum").fetchall()


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
