"""Background jobs: what becomes of them, and in which order."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT
from vgg_desktop.errors import Cancelled, ImageUnreadable, LinkFailed, VggDesktopError
from vgg_desktop.ui.jobs import Job, JobQueue, Report, Series
from vgg_desktop.why import Why


@pytest.fixture
def queue() -> Iterator[JobQueue]:
    queue = JobQueue("test")
    yield queue
    queue.request_stop()
    assert queue.wait(WAIT)


@pytest.fixture
def done() -> list[Any]:
    return []


def note(done: list[Any], what: object) -> Callable[[threading.Event, Report], None]:
    return lambda _cancel, _report: done.append(what)


def until_cancelled(running: threading.Event) -> Callable[[threading.Event, Report], None]:
    def work(cancel: threading.Event, _report: Report) -> None:
        running.set()
        assert cancel.wait(WAIT / 1000)
        raise Cancelled

    return work


def test_urgent_first_then_in_turn(queue: JobQueue, done: list[Any], qtbot: QtBot) -> None:
    queue.submit_series(Series(lambda job: done.append(job.subject)), ["a", "b", "c"])
    queue.submit(note(done, "last"))
    queue.submit(note(done, "urgent"), urgent=True)
    queue.prioritize("c")
    queue.start()
    qtbot.waitUntil(lambda: done == ["urgent", "c", "a", "b", "last"], timeout=WAIT)


def test_a_pause_holds_all_but_the_urgent(queue: JobQueue, done: list[Any], qtbot: QtBot) -> None:
    queue.set_paused(True)
    queue.start()
    queue.submit(note(done, "a"))
    queue.submit(note(done, "urgent"), urgent=True)
    qtbot.waitUntil(lambda: done == ["urgent"], timeout=WAIT)
    queue.set_paused(False)
    qtbot.waitUntil(lambda: done == ["urgent", "a"], timeout=WAIT)


def test_each_outcome_is_told_in_the_windows_thread_and_the_thread_lives_on(
    queue: JobQueue, qtbot: QtBot
) -> None:
    told: list[tuple[object, ...]] = []

    def tell(name: str) -> Callable[..., None]:
        def take(*values: object) -> None:
            assert QThread.currentThread() is QApplication.instance().thread()  # type: ignore[union-attr]
            told.append((name, *values))

        return take

    def submit(work: Callable[[threading.Event, Report], object]) -> list[tuple[object, ...]]:
        told.clear()
        names = ("done", "failed", "cancelled", "started", "progress")
        queue.submit(work, **{name: tell(name) for name in names})  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: len(told) > 1 and told[-1][0] != "progress", timeout=WAIT)
        return told

    def fail(_cancel: threading.Event, _report: Report) -> None:
        raise ImageUnreadable(Path("x"), Why.FILE_EMPTY())

    def give_up(_cancel: threading.Event, _report: Report) -> None:
        raise Cancelled

    def mistake(_cancel: threading.Event, _report: Report) -> None:
        raise ZeroDivisionError

    def succeed(_cancel: threading.Event, report: Report) -> int:
        report(0.5)
        return 7

    queue.start()
    assert submit(succeed) == [("started",), ("progress", 0.5), ("done", 7)]
    (_, (name, error)) = submit(fail)
    assert name == "failed"
    assert isinstance(error, ImageUnreadable)
    assert submit(give_up) == [("started",), ("cancelled",)]
    with qtbot.captureExceptions() as mistakes:
        (_, (name, error)) = submit(mistake)
    assert name == "failed"
    assert isinstance(error, ZeroDivisionError)
    assert [kind for kind, _, _ in mistakes] == [ZeroDivisionError]
    assert submit(succeed)[-1] == ("done", 7)


def test_what_was_taken_back_is_not_done(queue: JobQueue, done: list[Any], qtbot: QtBot) -> None:
    running = threading.Event()
    queue.start()
    cancelled: list[bool] = []
    job = queue.submit(until_cancelled(running), cancelled=lambda: cancelled.append(True))
    assert running.wait(WAIT / 1000)
    queue.submit_series(Series(lambda job: done.append(job.subject)), ["a", "b", "c"])
    queue.cancel_matching(lambda subject: subject == "b")
    job.stop()
    qtbot.waitUntil(lambda: done == ["a", "c"], timeout=WAIT)
    assert cancelled == [True]


def test_a_job_that_waits_is_cancelled_at_once(queue: JobQueue, done: list[Any], qtbot: QtBot) -> None:
    cancelled: list[bool] = []
    job = queue.submit(note(done, "a"), done=done.append, cancelled=lambda: cancelled.append(True))
    job.stop()
    assert not cancelled  # never within the call
    qtbot.waitUntil(lambda: cancelled == [True], timeout=WAIT)
    queue.start()
    queue.submit(note(done, "b"))
    qtbot.waitUntil(lambda: done == ["b"], timeout=WAIT)


def test_an_answer_that_comes_after_the_cancel_is_not_told(queue: JobQueue, qtbot: QtBot) -> None:
    told: list[str] = []
    ended = threading.Event()

    def work(_cancel: threading.Event, _report: Report) -> None:
        ended.set()

    job = queue.submit(
        work, done=lambda _result: told.append("done"), cancelled=lambda: told.append("cancelled")
    )
    queue.start()
    assert ended.wait(WAIT / 1000)
    job.stop()
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == ["cancelled"]


def test_a_receiver_that_is_gone_is_not_called(queue: JobQueue, qtbot: QtBot) -> None:
    called: list[object] = []

    class Receiver(QObject):
        def take(self, result: object) -> None:
            called.append(result)

    receiver, other = Receiver(), Receiver()
    queue.submit(lambda _cancel, _report: 1, done=receiver.take)
    queue.submit(lambda _cancel, _report: 2, done=other.take)
    with qtbot.waitSignal(receiver.destroyed, timeout=WAIT):
        receiver.deleteLater()
    queue.start()
    qtbot.waitUntil(lambda: called == [2], timeout=WAIT)


def test_after_the_stop_nothing_is_taken(queue: JobQueue, done: list[Any]) -> None:
    queue.start()
    queue.submit_series(Series(lambda job: done.append(job.subject)), range(1000))
    queue.request_stop()
    assert queue.wait(WAIT)
    assert queue.submit(note(done, "late")).cancel.is_set()
    queue.submit_series(Series(lambda job: done.append(job.subject)), ["late"])
    assert "late" not in done


def test_a_failure_keeps_nothing_of_what_was_at_hand(queue: JobQueue, qtbot: QtBot) -> None:
    class Large:
        pass

    there: list[weakref.ref[Large]] = []

    def fail(_cancel: threading.Event, _report: Report) -> None:
        large = Large()
        there.append(weakref.ref(large))
        try:
            raise OSError
        except OSError as error:
            raise ImageUnreadable(Path("x"), Why.FILE_EMPTY()) from error

    kept: list[object] = []
    queue.submit(fail, failed=kept.append)
    queue.start()
    qtbot.waitUntil(lambda: len(kept) == 1, timeout=WAIT)
    assert there[0]() is None


def together(queue: JobQueue, seen: list[int]) -> Callable[[Job], None]:
    """Return work that takes all that follow along, noting how many jobs there are meanwhile."""

    def work(first: Job) -> None:
        job: Job | None = first
        while job is not None:
            if job.subject % 10_000 == 0:
                seen.append(sum(isinstance(each, Job) for each in gc.get_objects()))
            queue.answer(job, job.subject)
            job = queue.next_of(first.series)

    return work


def test_a_long_series_keeps_no_job_that_has_its_answer(queue: JobQueue, qtbot: QtBot) -> None:
    seen: list[int] = []
    queue.submit_series(Series(together(queue, seen)), range(100_000))
    queue.start()
    qtbot.waitUntil(lambda: len(seen) == 10, timeout=WAIT)
    assert max(seen) < 30_000  # their last signals wait for the window


def test_what_a_series_leaves_unanswered_was_cancelled_or_fails_with_it(
    queue: JobQueue, qtbot: QtBot
) -> None:
    told: list[tuple[str, int]] = []

    def work(first: Job) -> None:
        second = queue.next_of(series)
        assert second is not None
        queue.answer(second, "")
        if first.subject:
            raise ImageUnreadable(Path("x"), Why.FILE_EMPTY())

    series = Series(
        work,
        done=lambda subject, _result: told.append(("done", subject)),
        failed=lambda subject, _error: told.append(("failed", subject)),
        cancelled=lambda subject: told.append(("cancelled", subject)),
    )
    queue.submit_series(series, [0, 1, 2, 3])
    queue.start()
    qtbot.waitUntil(lambda: len(told) == 4, timeout=WAIT)
    assert told == [("done", 1), ("cancelled", 0), ("done", 3), ("failed", 2)]


def test_the_start_of_a_job_that_was_cancelled_meanwhile_is_not_heard(queue: JobQueue, qtbot: QtBot) -> None:
    told: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(_job: Job) -> None:
        begun.set()
        go_on.wait(WAIT / 1000)

    series = Series(work, started=lambda _subject: told.append("started"), cancelled=told.append)
    queue.submit_series(series, ["a"])
    queue.start()
    assert begun.wait(WAIT / 1000)  # its start is on the way to the window, which has not looked yet
    queue.cancel_matching()
    go_on.set()
    qtbot.waitUntil(lambda: told != [], timeout=WAIT)
    assert told == ["a"]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            ImageUnreadable(Path("/home/me/private/cat.jpg"), Why.FILE_EMPTY()),
            "cat.jpg could not be read: it is empty.",
        ),
        (
            LinkFailed("https://me:pw@example.org/private?x=1", Why.HTTP_EMPTY()),
            "Fetching example.org failed",
        ),
        (
            ImageUnreadable(Path("a.png"), Why.LIBRARY(text="I/O error")),
            "a.png could not be read: I/O error.",
        ),
    ],
)
def test_the_log_names_no_folders(
    queue: JobQueue, qtbot: QtBot, caplog: pytest.LogCaptureFixture, error: VggDesktopError, text: str
) -> None:
    def work(_cancel: threading.Event, _report: Report) -> None:
        raise error

    failed: list[Exception] = []
    caplog.set_level("INFO")
    queue.start()
    queue.submit(work, failed=failed.append)
    qtbot.waitUntil(lambda: failed == [error], timeout=WAIT)
    assert text in caplog.text
    assert "private" not in caplog.text
