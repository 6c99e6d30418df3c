"""What one picture may cost, and all that are decoded at once: time, memory, and a decoder that does not return.

Most decoders ask for their data in small parts, and can be ended there: `TimedReader`. The others run in a thread that
is left behind where it takes too long; what it holds of the memory is counted until it ends.
"""

import io
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from vgg_desktop.errors import ImageUnreadable, stop_if_cancelled
from vgg_desktop.why import Why

T = TypeVar("T")

# Of processor time: a picture of 200 megapixels takes 1 to 5 seconds, and a busy computer makes none of them worse.
SECONDS = 10.0
# Of the clock, for decoders with threads of their own, and where a thread's processor time is not known.
CLOCK_SECONDS = 30.0
_POLL = 0.05  # seconds


class Budget:
    """The time that decoding one picture may take in its thread, and whether it is still wanted."""

    def __init__(self, path: Path, cancel: threading.Event | None = None) -> None:
        self._path, self.cancel = path, cancel
        self.begin()

    def begin(self) -> None:
        """Let the time begin now, in the thread that decodes."""
        self._end = time.thread_time() + SECONDS

    def check(self) -> None:
        """Raise `Cancelled`, and `ImageUnreadable` where the time is used up."""
        stop_if_cancelled(self.cancel)
        if time.thread_time() > self._end:
            raise too_slow(self._path)


def too_slow(path: Path) -> ImageUnreadable:
    """Return the error of a picture that takes too long to decode."""
    return ImageUnreadable(path, Why.IMAGE_TIME(seconds=int(SECONDS)))


class TimedReader(io.BufferedReader):
    """An open file that checks a budget at each read."""

    def __init__(self, path: Path, budget: Budget) -> None:
        super().__init__(io.FileIO(path))
        self._check = budget.check

    def read(self, size: int | None = -1, /) -> bytes:
        """Read like any file. Raises what `Budget.check` raises, and `OSError`."""
        self._check()
        return super().read(size)


class MemoryBudget:
    """Lets threads continue in their order as long as what they hold together stays within a limit, in bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def hold(self, amount: int, check: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Wait until `amount` fits; one that is larger than the limit has all of it to itself.

        Raises what `check` raises, which is called again and again meanwhile.
        """
        turn = object()
        with self._changed:
            self._waiting.append(turn)
            try:
                while not self._changed.wait_for(
                    lambda: self._waiting[0] is turn and self._fits(amount), _POLL
                ):
                    check()
            finally:
                self._waiting.remove(turn)
                self._changed.notify_all()
            self._held += amount
        try:
            yield
        finally:
            with self._changed:
                self._held -= amount
                self._changed.notify_all()

    def _fits(self, amount: int) -> bool:
        return not self._held or self._held + amount <= self._limit


class _Work(threading.Thread, Generic[T]):
    """A thread that does one thing, and ends with the process; `result` or `error` is its outcome."""

    def __init__(self, function: Callable[[], T]) -> None:
        super().__init__(name="decoder", daemon=True)
        self._function = function
        self.result: T | None = None
        self.error: BaseException | None = None
        self.ended = threading.Event()
        self.clock: int | None = None

    def run(self) -> None:
        if hasattr(time, "pthread_getcpuclockid"):  # not on Windows, not on macOS
            self.clock = time.pthread_getcpuclockid(threading.get_ident())
        try:
            self.result = self._function()
        except BaseException as error:  # noqa: BLE001 - raised in the thread that waits for it
            self.error = error
        self.ended.set()


def leave_if_slow(function: Callable[[], T], path: Path, cancel: threading.Event | None) -> T:
    """Return the result of a function that cannot be ended; one that takes too long is left behind.

    Raises what it raises, `Cancelled`, and `ImageUnreadable` where the time is used up.
    """
    work = _Work(function)
    latest = time.monotonic() + CLOCK_SECONDS
    work.start()
    while not work.ended.wait(_POLL):
        stop_if_cancelled(cancel)
        if time.monotonic() > latest or _processor_time(work) > SECONDS:
            raise too_slow(path)
    if work.error is not None:
        raise work.error
    return work.result  # type: ignore[return-value]  # there is no error, so there is a result


def _processor_time(work: _Work[T]) -> float:
    """Return the seconds that a thread has computed; 0 where that is not known, or it has just ended."""
    try:
        return time.clock_gettime(work.clock) if work.clock is not None else 0.0
    except (OSError, AttributeError):
        return 0.0
