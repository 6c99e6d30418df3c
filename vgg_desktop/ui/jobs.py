"""Background jobs: each queue is a thread that does one job after another and answers in the window's thread.

A job is a function `work(cancel, report)`. It ends in exactly one way: `done(result)`, `failed(error)` or
`cancelled()`, and after `cancel` was set only in the last; a bug goes to `sys.excepthook` as well, and the thread lives
on. Callbacks are called in the window's thread; those of a `QObject` that has been deleted are not called. The signal
that carries them is declared on the QThread object, which lives in the window's thread.
"""

import functools
import logging
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from shiboken6 import isValid

from vgg_desktop.errors import Cancelled, VggDesktopError

logger = logging.getLogger(__name__)

_ANSWERS = ("done", "failed")

Report = Callable[[Any], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """What jobs with different subjects have in common; every callback gets the job's subject first."""

    work: Callable[["Job"], Any]
    done: Callable[..., object] | None = None
    failed: Callable[..., object] | None = None
    cancelled: Callable[..., object] | None = None
    started: Callable[..., object] | None = None
    progress: Callable[..., object] | None = None


class Job:
    """One piece of work in a queue. `cancel` is set to stop it; `started` is True if nothing is before it."""

    __slots__ = ("_queue", "cancel", "series", "started", "subject")

    def __init__(self, queue: "JobQueue", series: Series, subject: Any = None) -> None:  # noqa: ANN401 - any job's
        self._queue = queue
        self.series = series
        self.subject = subject
        self.cancel = threading.Event()
        self.started = False

    def stop(self) -> None:
        """Remove it while it waits, else set `cancel`; `cancelled` follows. Thread: any."""
        self._queue.stop_job(self)

    def report(self, value: Any) -> None:  # noqa: ANN401 - the job's own
        """Call `progress` with a value. Thread: any."""
        self._queue.call(self, "progress", value)


class JobQueue(QThread):
    """A thread with a queue of jobs; urgent ones go first, also during a pause."""

    _called = Signal(object, str, object)  # the job, the name of the callback and its arguments

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._waiting: deque[Job | tuple[Series, deque[Any]]] = deque()
        self._urgent: deque[Job] = deque()
        self._running: dict[Job, None] = {}  # the job at hand, and those taken along that have no answer yet
        self._changed = threading.Condition()
        self._paused = False
        self._stopping = False
        # Queued also where the window's thread itself cancels a job: no callback runs within a call of the queue.
        self._called.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        work: Callable[[threading.Event, Report], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        started: Callable[[], object] | None = None,
        progress: Callable[[Any], object] | None = None,
        urgent: bool = False,
    ) -> Job:
        """Queue a job. After `request_stop` it is cancelled at once without a callback. Thread: any."""
        series = Series(lambda job: work(job.cancel, job.report), done, failed, cancelled, started, progress)
        job = Job(self, series)
        with self._changed:
            if self._stopping:
                job.cancel.set()
                return job
            job.started = not (self._running or self._urgent or self._waiting or self._paused)
            (self._urgent if urgent else self._waiting).append(job)
            self._changed.notify()
        return job

    def submit_series(self, series: Series, subjects: Iterable[Any]) -> None:
        """Queue one job for each subject.

        `series.work` does the job it is called with and may take those that follow along with `next_of`; it calls
        `answer` or `fail` for each, and those without either were cancelled. Thread: any.
        """
        # An event takes a kilobyte: of a hundred thousand, jobs are made when their turn comes.
        waiting = deque(subjects)
        with self._changed:
            if waiting and not self._stopping:
                self._waiting.append((series, waiting))
                self._changed.notify()

    def cancel_matching(self, which: Callable[[Any], bool] = lambda _subject: True) -> None:
        """Remove the waiting jobs of series whose subject matches, and cancel those that run. Thread: any."""
        with self._changed:
            waiting, self._waiting = self._waiting, deque()
            for each in waiting:
                if isinstance(each, Job):
                    self._waiting.append(each)
                elif kept := deque(subject for subject in each[1] if not which(subject)):
                    self._waiting.append((each[0], kept))
            for job in self._running:
                if job.subject is not None and which(job.subject):
                    job.cancel.set()

    def prioritize(self, subject: object) -> None:
        """Move the first waiting job of a series with this subject to the front. Thread: any."""
        with self._changed:
            for each in self._waiting:
                if not isinstance(each, Job) and subject in each[1]:
                    each[1].remove(subject)
                    if not each[1]:
                        self._waiting.remove(each)
                    self._waiting.appendleft((each[0], deque([subject])))
                    return

    def set_paused(self, paused: bool) -> None:
        """Pause or resume what is not urgent; the running job is finished. Thread: any."""
        with self._changed:
            self._paused = paused
            self._changed.notify()

    def stop_job(self, job: Job) -> None:
        """Remove a job that waits, else set its `cancel`. Thread: any."""
        with self._changed:
            job.cancel.set()
            for queue in (self._urgent, self._waiting):
                if job in queue:
                    queue.remove(job)
                    self.call(job, "cancelled")

    def request_stop(self) -> None:
        """Refuse new jobs, forget those that wait, cancel those that run, and end. Thread: any."""
        with self._changed:
            self._stopping = True
            self._urgent.clear()
            self._waiting.clear()
            for job in self._running:
                job.cancel.set()
            self._changed.notify()

    # Within the thread

    def run(self) -> None:
        """Do one job after another until asked to stop. Thread: this one."""
        while (job := self._next()) is not None:
            try:
                if job.cancel.is_set():
                    raise Cancelled
                self.call(job, "started")
                result = job.series.work(job)
                if job.subject is None:
                    self.answer(job, result)
            except Cancelled:
                pass  # reported below
            except VggDesktopError as error:
                self._fail_all(error)
            except Exception as error:  # noqa: BLE001 - a bug: shown by the hook, and reported to the job's owner
                sys.excepthook(type(error), error, error.__traceback__)
                self._fail_all(error)
            for left in tuple(self._running):
                self._end(left, "cancelled")
            del job  # while it waits for the next one it keeps nothing of this one

    def next_of(self, series: Series) -> Job | None:
        """Return the next job too, if its turn has come and it is one of this series. Thread: this one."""
        with self._changed:
            if self._urgent or self._paused or not self._waiting:
                return None
            first = self._waiting[0]
            if isinstance(first, Job) or first[0] is not series:
                return None
            job = self._begin_waiting()
        self.call(job, "started")
        return job

    def answer(self, job: Job, result: Any) -> None:  # noqa: ANN401 - the job's own
        """End a job with its result. Thread: this one."""
        self._end(job, "done", result)

    def fail(self, job: Job, error: Exception) -> None:
        """End a job with an error. Thread: this one."""
        if isinstance(error, VggDesktopError):
            logger.info("%s: %s", self.objectName(), error.for_log())
            error = error.without_traceback()
        self._end(job, "failed", error)

    def call(self, job: Job, name: str, *values: Any) -> None:  # noqa: ANN401 - the callback's own
        """Call a callback of a job in the window's thread. Thread: any."""
        if getattr(job.series, name) is not None or name in _ANSWERS:
            self._called.emit(job, name, values)

    def _begin(self, job: Job) -> Job:
        job.started = True
        self._running[job] = None
        return job

    def _begin_waiting(self) -> Job:
        first = self._waiting[0]
        if isinstance(first, Job):
            self._waiting.popleft()
            return self._begin(first)
        series, subjects = first
        job = Job(self, series, subjects.popleft())
        if not subjects:
            self._waiting.popleft()
        return self._begin(job)

    def _next(self) -> Job | None:
        """Wait for the next job and return it; None at the end."""
        with self._changed:
            while not self._stopping:
                if self._urgent:
                    return self._begin(self._urgent.popleft())
                if self._waiting and not self._paused:
                    return self._begin_waiting()
                self._changed.wait()
            return None

    def _fail_all(self, error: Exception) -> None:
        for job in tuple(self._running):
            self.fail(job, error)

    def _end(self, job: Job, name: str, *values: Any) -> None:  # noqa: ANN401 - the callback's own
        with self._changed:
            if self._running.pop(job, job) is job:
                return  # it has ended
        self.call(job, name, *values)

    # Within the window's thread

    @Slot(object, str, object)
    def _deliver(self, job: Job, name: str, values: tuple[Any, ...]) -> None:
        if name in _ANSWERS and job.cancel.is_set():
            name, values = "cancelled", ()
        elif name == "started" and job.cancel.is_set():
            return
        callback = getattr(job.series, name)
        function = callback.func if isinstance(callback, functools.partial) else callback
        owner = getattr(function, "__self__", None)
        if callback is not None and (not isinstance(owner, QObject) or isValid(owner)):
            callback(*(values if job.subject is None else (job.subject, *values)))
