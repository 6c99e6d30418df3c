"""How much memory all threads together take to decode pictures."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class MemoryBudget:
    """Lets threads go on in their order as long as what they hold stays within a limit, in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._held = 0
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def hold(self, amount: int) -> Iterator[None]:
        """Wait until there is room for `amount`; one that is larger than the limit has all of it to itself."""
        turn = object()
        with self._changed:
            self._waiting.append(turn)
            try:
                self._changed.wait_for(lambda: self._waiting[0] is turn and self._has_room(amount))
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

    def _has_room(self, amount: int) -> bool:
        return not self._held or self._held + amount <= self.limit
