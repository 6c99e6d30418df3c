"""What was computed is found again: by the file without reading it, by the content, and after a kill."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.images import noise_on_gradient
from vgg_desktop.errors import HistoryUnusable
from vgg_desktop.history import answers, database
from vgg_desktop.history import history as history_module
from vgg_desktop.history.answers import Producer
from vgg_desktop.history.history import History
from vgg_desktop.history.scores import unpack_scores
from vgg_desktop.images.identity import file_state
from vgg_desktop.inference.batch import Answer, classify_many
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.results import FORMS_OF, Classification
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import ModelStore
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

OLD_NS = 1_700_000_000_000_000_000  # long ago


@pytest.fixture
def classifier() -> Classifier:
    return open_classifier(ModelStore().get(find(load_catalog(), "starter")))


def raising(error: HistoryUnusable) -> None:
    raise AssertionError(str(error))


def reporting(failed: Callable[[HistoryUnusable], object]) -> History:
    history = History()
    history.failed = failed
    return history


@pytest.fixture
def history() -> History:
    return reporting(raising)


def make_pictures(folder: Path, count: int, *, mtime_ns: int = OLD_NS) -> list[Path]:
    folder.mkdir(exist_ok=True)
    made = [folder / f"{number}.png" for number in range(count)]
    for number, path in enumerate(made):
        Image.fromarray(noise_on_gradient(40, 30, number)).save(path)
        os.utime(path, ns=(mtime_ns, mtime_ns))
    return made


def classify(classifier: Classifier, pictures: list[Path]) -> list[Answer[Path]]:
    """Classify pictures as the window does."""
    items = classify_many(classifier, pictures, lambda path: path, 5, decode="draft", with_identity=True)
    return list(items)


def keep(history: History, classifier: Classifier, pictures: list[Path]) -> dict[Path, Classification]:
    """Classify pictures and put the answers into the history."""
    found = {}
    for answer in classify(classifier, pictures):
        assert isinstance(answer.outcome, Classification)
        assert answer.identity is not None
        assert answer.probabilities is not None
        history.put(answer.identity, classifier.spec, answer.outcome, answer.probabilities)
        found[answer.item] = answer.outcome
    return found


def look_up(
    history: History, classifier: Classifier, pictures: list[Path], k: int = 5
) -> dict[Path, Classification]:
    producer = Producer(classifier.spec, FORMS_OF["exact"], "draft")
    return {path: each for part in history.find(producer, pictures, k) for path, each in part}


def assert_same(found: Classification, computed: Classification) -> None:
    """Assert that two classifications differ by the rounding of probabilities to single precision only."""
    for one, other in zip(found.predictions, computed.predictions, strict=True):
        assert (one.index, one.id, one.label) == (other.index, other.id, other.label)
        assert one.probability == pytest.approx(other.probability, rel=1e-6)
    # Which devices did not answer is not kept: it may be otherwise by now.
    assert replace(found, predictions=()) == replace(computed, predictions=(), fallback=())
    assert found.milliseconds == computed.milliseconds
    assert dict(found.versions) == dict(computed.versions)


def test_a_known_picture_has_the_same_answer_without_being_read(
    history: History, classifier: Classifier, tmp_path: Path
) -> None:
    pictures = make_pictures(tmp_path / "p", 3)
    computed = keep(history, classifier, pictures)
    history.close()
    # Other bytes of the same size and time: nobody looked.
    for path in pictures:
        path.write_bytes(bytes(path.stat().st_size))
        os.utime(path, ns=(OLD_NS, OLD_NS))
    found = look_up(History(), classifier, pictures)
    assert found.keys() == computed.keys()
    for path in pictures:
        assert_same(found[path], computed[path])


def test_a_picture_that_was_renamed_is_found_by_its_content(
    history: History, classifier: Classifier, tmp_path: Path
) -> None:
    (picture,) = make_pictures(tmp_path / "p", 1)
    computed = keep(history, classifier, [picture])[picture]
    moved = picture.rename(tmp_path / "moved.png")
    found = look_up(history, classifier, [moved])
    assert found[moved] == replace(computed, path=moved, predictions=found[moved].predictions, fallback=())
    # From now on it is known where it is, too.
    size = moved.stat().st_size
    history.flush()
    moved.write_bytes(bytes(size))
    os.utime(moved, ns=(OLD_NS, OLD_NS))
    assert look_up(history, classifier, [moved]).keys() == {moved}


def test_a_changed_picture_is_not_known(history: History, classifier: Classifier, tmp_path: Path) -> None:
    one, other = make_pictures(tmp_path / "p", 2)
    keep(history, classifier, [one])
    one.write_bytes(other.read_bytes())
    assert look_up(history, classifier, [one]) == {}
    one.unlink()
    assert look_up(history, classifier, [one, tmp_path]) == {}


def test_a_file_that_was_just_written_is_known_by_its_content_only(
    history: History, classifier: Classifier, tmp_path: Path
) -> None:
    now = time.time_ns()
    (picture,) = make_pictures(tmp_path / "p", 1, mtime_ns=now)
    keep(history, classifier, [picture])
    assert look_up(history, classifier, [picture]).keys() == {picture}
    picture.write_bytes(bytes(picture.stat().st_size))  # at once, as a camera or a program may
    os.utime(picture, ns=(now, now))
    assert look_up(history, classifier, [picture]) == {}


def test_a_picture_that_changes_while_it_is_read_is_not_kept(classifier: Classifier, tmp_path: Path) -> None:
    (picture,) = make_pictures(tmp_path / "p", 1)

    def change(_picture: object) -> None:
        os.utime(picture, ns=(OLD_NS + 1000, OLD_NS + 1000))

    loaded = classifier.load_input(picture, with_identity=True, keep=change)
    assert loaded.identity is None
    assert classifier.load_input(picture, with_identity=True).identity is not None
    assert classifier.load_input(picture).identity is None


def test_fewer_and_more_classes_are_views(history: History, classifier: Classifier, tmp_path: Path) -> None:
    pictures = make_pictures(tmp_path / "p", 1)
    keep(history, classifier, pictures)
    for k in (1, 3, 10):
        (found,) = look_up(history, classifier, pictures, k).values()
        (computed,) = classifier.classify([classifier.load_input(pictures[0], decode="draft")], k)
        assert [each.index for each in found.predictions] == [each.index for each in computed.predictions]


def test_all_probabilities_are_kept(history: History, classifier: Classifier, tmp_path: Path) -> None:
    pictures = make_pictures(tmp_path / "p", 1)
    (answer,) = classify(classifier, pictures)
    keep(history, classifier, pictures)
    history.close()
    with closing(sqlite3.connect(history.path)) as connection:
        ((scores,),) = connection.execute("SELECT scores FROM answer").fetchall()
    assert answer.probabilities is not None
    assert np.exp(unpack_scores(scores)) == pytest.approx(answer.probabilities, rel=0.01, abs=1e-7)


def test_answers_of_another_network_preprocessing_or_form_are_others(
    history: History, classifier: Classifier, tmp_path: Path
) -> None:
    pictures = make_pictures(tmp_path / "p", 1)
    keep(history, classifier, pictures)
    spec = classifier.spec
    exact = FORMS_OF["exact"]
    others = (
        Producer(replace(spec, sha256="0" * 64), exact, "draft"),
        Producer(replace(spec, preprocessing=replace(spec.preprocessing, resize=99)), exact, "draft"),
        Producer(replace(spec, outputs="independent-logits"), exact, "draft"),
        Producer(spec, FORMS_OF["fast"], "draft"),
        Producer(spec, exact, "full"),
    )
    for other in others:
        assert [each for part in history.find(other, pictures, 5) for each in part] == []
    # The same network under another name is the same.
    (found,) = history.find(Producer(replace(spec, id="mine"), exact, "draft"), pictures, 5)
    assert found[0][1].model == "mine"


def test_the_note_of_a_picture_is_kept(history: History, classifier: Classifier, tmp_path: Path) -> None:
    (picture,) = make_pictures(tmp_path / "p", 1)
    (answer,) = classify(classifier, [picture])
    assert isinstance(answer.outcome, Classification)
    assert answer.identity is not None
    assert answer.probabilities is not None
    note: Reason = Why.IMAGE_FIRST_PAGE()
    history.put(answer.identity, classifier.spec, replace(answer.outcome, note=note), answer.probabilities)
    assert look_up(history, classifier, [picture])[picture].note == note


def test_answers_of_a_form_that_is_made_again_are_forgotten(
    history: History, classifier: Classifier, tmp_path: Path
) -> None:
    pictures = make_pictures(tmp_path / "p", 1)
    (computed,) = keep(history, classifier, pictures).values()
    history.forget(classifier.spec, "int8")
    assert look_up(history, classifier, pictures)
    history.forget(classifier.spec, computed.form)
    assert not look_up(history, classifier, pictures)


def test_while_it_is_off_nothing_is_kept_and_nothing_found(
    history: History, classifier: Classifier, tmp_path: Path
) -> None:
    pictures = make_pictures(tmp_path / "p", 1)
    keep(history, classifier, pictures)
    history.add_listed(pictures)
    history.flush()
    history.enabled = False
    assert look_up(history, classifier, pictures) == {}
    assert history.listed() == ()
    history.add_listed([tmp_path / "other"])
    history.set_view("order", 1)
    keep(history, classifier, make_pictures(tmp_path / "q", 1))
    history.enabled = True
    assert history.listed() == tuple(pictures)
    assert history.view("order") is None
    assert history.usage().pictures == 1


def test_the_list_keeps_its_order(history: History, tmp_path: Path) -> None:
    names = [tmp_path / name for name in ("b", "a", "c", "ä", "日本")]
    if os.name == "posix":
        names.append(tmp_path / os.fsdecode(b"no utf-8 \xff"))
    history.add_listed(names[:3], first=True)
    history.add_listed(names[2:])  # one of them a second time
    history.remove_listed([names[1]])
    history.close()
    assert History().listed() == tuple(each for each in names if each is not names[1])
    history.add_listed(names[:1], first=True)
    assert history.listed() == (names[0],)
    history.remove_listed()
    assert history.listed() == ()


def test_how_many_pictures_of_the_list_are_known(
    history: History, classifier: Classifier, tmp_path: Path
) -> None:
    pictures = make_pictures(tmp_path / "p", 5)
    keep(history, classifier, pictures[1:4])
    history.add_listed(pictures[:3])
    assert history.count_listed() == 3
    assert history.count_known(Producer(classifier.spec, FORMS_OF["exact"], "draft")) == 2
    assert history.count_known(Producer(classifier.spec, FORMS_OF["fast"], "draft")) == 0


def test_which_form_answered_for_fast_is_kept(history: History, classifier: Classifier) -> None:
    assert history.fast_form(classifier.spec, "auto") is None
    history.set_fast_form(classifier.spec, "auto", "int8")
    assert history.fast_form(classifier.spec, "auto") == "int8"
    history.set_fast_form(classifier.spec, "auto", "mapped")  # Exact as the fallback
    history.close()
    assert History().fast_form(classifier.spec, "auto") == "mapped"
    assert History().fast_form(classifier.spec, "cpu") is None


def test_how_the_list_is_shown_is_kept(history: History) -> None:
    assert history.view("browser") is None
    history.set_view("browser", {"order": 3, "filter": "é"})
    history.close()
    assert History().view("browser") == {"order": 3, "filter": "é"}


def test_clearing_leaves_no_file_and_no_name(
    history: History, classifier: Classifier, tmp_path: Path
) -> None:
    pictures = make_pictures(tmp_path / "a secret name", 2)
    keep(history, classifier, pictures)
    history.add_listed(pictures)
    assert history.usage().pictures == 2
    assert history.usage().bytes > 0
    (history.path.parent / "results.sqlite.v1").write_bytes(b"a secret name")
    history.clear()
    assert [each.name for each in history.path.parent.glob("results.sqlite*")] == []
    assert history.usage().pictures == 0
    assert look_up(history, classifier, pictures) == {}
    keep(history, classifier, pictures)
    assert look_up(history, classifier, pictures).keys() == set(pictures)


def test_the_pictures_not_seen_for_longest_go_first(
    classifier: Classifier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "CHECK_EVERY", 20)
    history = History(limit=300_000)
    (picture,) = make_pictures(tmp_path / "p", 1)
    (answer,) = classify(classifier, [picture])
    assert isinstance(answer.outcome, Classification)
    first, old, recent = (
        Path("first"),
        [Path(f"old {n}") for n in range(150)],
        [Path(f"{n}") for n in range(30)],
    )

    def put(*paths: Path) -> None:
        assert isinstance(answer.outcome, Classification)
        assert answer.identity is not None
        for path in paths:
            identity = replace(answer.identity, path=path, sha256=hashlib.sha256(path.name.encode()).digest())
            history.put(
                identity, classifier.spec, answer.outcome, np.random.default_rng(1).dirichlet([1.0] * 1000)
            )
        history.flush()

    def kept() -> set[Path]:
        with closing(sqlite3.connect(history.path)) as connection:
            return {Path(os.fsdecode(path)) for (path,) in connection.execute("SELECT path FROM file")}

    monkeypatch.setattr(answers, "today", lambda: 10)
    put(first, *old[:100])
    assert kept() == {first, *old[:100]}
    monkeypatch.setattr(answers, "today", lambda: 11)
    put(first)  # it is looked at again
    put(*old[100:], *recent)
    assert kept() >= {first, *old[100:], *recent}
    assert old[0] not in kept()
    assert len(kept()) < 150
    history.close()
    assert history.path.stat().st_size < 400_000


def test_its_file_can_be_read_by_the_user_only(history: History, tmp_path: Path) -> None:
    history.add_listed([tmp_path / "a"])
    history.flush()
    if os.name == "posix":
        for each in history.path.parent.glob("results.sqlite*"):
            assert each.stat().st_mode & 0o077 == 0, each


def test_a_damaged_file_is_set_aside(history: History, classifier: Classifier, tmp_path: Path) -> None:
    history.path.parent.mkdir(parents=True)
    history.path.write_bytes(b"no database at all" * 100)
    pictures = make_pictures(tmp_path / "p", 1)
    assert look_up(history, classifier, pictures) == {}
    keep(history, classifier, pictures)
    assert look_up(history, classifier, pictures).keys() == set(pictures)
    assert history.path.with_name("results.sqlite.bad").read_bytes().startswith(b"no database")


def test_an_answer_that_is_damaged_is_computed_again(
    history: History, classifier: Classifier, tmp_path: Path
) -> None:
    pictures = make_pictures(tmp_path / "p", 2)
    keep(history, classifier, pictures)
    history.close()
    with closing(sqlite3.connect(history.path)) as connection:
        connection.execute("UPDATE answer SET best = x'010203'")
        connection.commit()
    assert look_up(history, classifier, pictures) == {}
    keep(history, classifier, pictures)
    assert look_up(history, classifier, pictures).keys() == set(pictures)


def test_a_newer_file_is_left_as_it_is(classifier: Classifier, tmp_path: Path) -> None:
    failures: list[HistoryUnusable] = []
    history = reporting(failures.append)
    history.add_listed([tmp_path / "a"])
    history.close()
    with closing(sqlite3.connect(history.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    history.add_listed([tmp_path / "b"])
    history.add_listed([tmp_path / "c"])
    history.close()
    (failure,) = failures  # told once
    assert failure.reason == Why.HISTORY_NEWER()
    with closing(sqlite3.connect(history.path)) as connection:
        assert connection.execute("SELECT count(*) FROM listed").fetchone() == (1,)


def test_a_folder_that_cannot_be_written_is_told_once(classifier: Classifier, tmp_path: Path) -> None:
    failures: list[HistoryUnusable] = []
    history = reporting(failures.append)
    history.path.parent.parent.mkdir(parents=True)
    history.path.parent.write_bytes(b"a file where a folder should be")
    pictures = make_pictures(tmp_path / "p", 2)
    keep(history, classifier, pictures)
    assert look_up(history, classifier, pictures) == {}
    history.close()
    assert len(failures) == 1


def test_a_migration_copies_the_file_before(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.add_listed([tmp_path / "a"])
    history.close()
    step = "ALTER TABLE listed ADD COLUMN marked INTEGER NOT NULL DEFAULT 7;"
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, step))
    history.add_listed([tmp_path / "b"])
    history.close()
    with closing(sqlite3.connect(history.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT marked FROM listed").fetchall() == [(7,), (7,)]
    with closing(sqlite3.connect(history.path.with_name("results.sqlite.v1"))) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM listed").fetchone() == (1,)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[HistoryUnusable] = []
    history = reporting(failures.append)
    history.add_listed([tmp_path / "a"])
    history.close()
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, "DELETE FROM listed; no SQL;"))
    history.add_listed([tmp_path / "b"])
    history.close()
    assert len(failures) == 1
    with closing(sqlite3.connect(history.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM listed").fetchone() == (1,)


_WRITER = """
import sys, time
from pathlib import Path
from tests.history.test_history import classify, make_pictures
from vgg_desktop.history.history import History
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import ModelStore

classifier = open_classifier(ModelStore().get(find(load_catalog(), "starter")))
history = History()
pictures = [Path(each) for each in sys.argv[1:]]
history.add_listed(pictures, first=True)
answers = classify(classifier, pictures)
for answer in answers:
    history.put(answer.identity, classifier.spec, answer.outcome, answer.probabilities)
    print(answer.item, time.monotonic(), flush=True)
    time.sleep(0.005)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal that cannot be caught")
def test_a_kill_loses_nothing_that_is_older_than_a_second(classifier: Classifier, tmp_path: Path) -> None:
    pictures = make_pictures(tmp_path / "p", 150)
    program = subprocess.Popen(
        [sys.executable, "-c", _WRITER, *map(str, pictures)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert program.stdout is not None
    shown = [program.stdout.readline().rpartition(" ") for _ in range(120)]
    killed = time.monotonic()
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()
    old = [Path(path) for path, _, at in shown if float(at) < killed - 1]
    history = reporting(raising)
    found = look_up(history, classifier, pictures)
    assert found.keys() >= set(old)
    assert len(found) >= 100  # in fact nearly all
    assert history.listed() == tuple(pictures)
    with closing(sqlite3.connect(history.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_state_of_what_is_no_file(tmp_path: Path) -> None:
    assert file_state(tmp_path) is None
    assert file_state(tmp_path / "none") is None
    assert file_state(Path("a\0b")) is None
