"""The threads: what becomes of requests, and in which order."""

import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.support.waiting import WAIT
from vgg_desktop.errors import Cancelled, ImageUnreadable
from vgg_desktop.ui.workers import Worker


class Recorder(Worker):
    """Notes what it is asked; functions are called."""

    def __init__(self) -> None:
        super().__init__("test")
        self.done: list[Any] = []

    def handle(self, request: Any, cancel: threading.Event) -> None:  # noqa: ANN401 - as in the class itself
        if callable(request):
            request(cancel)
        self.done.append(request)


@pytest.fixture
def worker() -> Iterator[Recorder]:
    worker = Recorder()
    yield worker
    worker.request_stop()
    assert worker.wait(WAIT)


def test_urgent_first_then_in_turn(worker: Recorder, qtbot: QtBot) -> None:
    worker.submit_all(["a", "b"])
    worker.submit("urgent", urgent=True)
    worker.submit("c")
    worker.hasten(lambda request: request == "c")
    worker.start()
    qtbot.waitUntil(lambda: worker.done == ["urgent", "c", "a", "b"], timeout=WAIT)


def test_a_pause_holds_all_but_the_urgent(worker: Recorder, qtbot: QtBot) -> None:
    worker.set_paused(True)
    worker.start()
    worker.submit("a")
    worker.submit("urgent", urgent=True)
    qtbot.waitUntil(lambda: worker.done == ["urgent"], timeout=WAIT)
    worker.set_paused(False)
    qtbot.waitUntil(lambda: worker.done == ["urgent", "a"], timeout=WAIT)


def test_each_outcome_has_its_signal_and_the_thread_lives_on(worker: Recorder, qtbot: QtBot) -> None:
    def fail(_cancel: threading.Event) -> None:
        raise ImageUnreadable(Path("x"), "it is empty")

    def give_up(_cancel: threading.Event) -> None:
        raise Cancelled

    def mistake(_cancel: threading.Event) -> None:
        raise ZeroDivisionError

    worker.start()
    with qtbot.waitSignal(worker.failed, timeout=WAIT) as failed:
        worker.submit(fail)
    assert isinstance(failed.args[0].error, ImageUnreadable)
    with qtbot.waitSignal(worker.cancelled, timeout=WAIT) as cancelled:
        worker.submit(give_up)
    assert cancelled.args == [give_up]
    with qtbot.captureExceptions() as mistakes, qtbot.waitSignal(worker.failed, timeout=WAIT):
        worker.submit(mistake)
    assert [kind for kind, _, _ in mistakes] == [ZeroDivisionError]
    worker.submit("after all that")
    qtbot.waitUntil(lambda: worker.done == ["after all that"], timeout=WAIT)


def test_what_was_taken_back_is_not_done(worker: Recorder, qtbot: QtBot) -> None:
    running = threading.Event()

    def last_until_cancelled(cancel: threading.Event) -> None:
        running.set()
        assert cancel.wait(WAIT / 1000)
        raise Cancelled

    worker.start()
    worker.submit(last_until_cancelled)
    assert running.wait(WAIT / 1000)
    worker.submit_all(["a", "b", "c"])
    worker.take_back(lambda request: request == "b")
    with qtbot.waitSignal(worker.cancelled, timeout=WAIT):
        worker.take_back(callable)
    qtbot.waitUntil(lambda: worker.done == ["a", "c"], timeout=WAIT)


def test_a_ticket_takes_back_its_own_request(worker: Recorder, qtbot: QtBot) -> None:
    ticket = worker.submit("a")
    ticket.cancel.set()
    with qtbot.waitSignal(worker.cancelled, timeout=WAIT) as cancelled:
        worker.start()
    assert cancelled.args == ["a"]
    assert worker.done == []


def test_after_the_stop_nothing_is_taken(worker: Recorder) -> None:
    worker.start()
    worker.submit_all(range(1000))
    worker.request_stop()
    assert worker.wait(WAIT)
    assert worker.submit("late").cancel.is_set()
    worker.submit_all(["late"])
    assert "late" not in worker.done


def test_a_failure_keeps_nothing_of_what_was_at_hand(worker: Recorder, qtbot: QtBot) -> None:
    class Large:
        pass

    there: list[weakref.ref[Large]] = []

    def fail(_cancel: threading.Event) -> None:
        large = Large()
        there.append(weakref.ref(large))
        try:
            raise OSError
        except OSError as error:
            raise ImageUnreadable(Path("x"), "it is empty") from error

    kept: list[object] = []
    worker.failed.connect(kept.append)
    worker.submit(fail)
    worker.start()
    qtbot.waitUntil(lambda: len(kept) == 1, timeout=WAIT)
    assert there[0]() is None
