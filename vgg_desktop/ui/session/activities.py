"""What goes on for the list beside classifying: searches for pictures, and the saving of results."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from vgg_desktop.ui.jobs import Job, JobQueue, Report

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Activity:
    """Something that goes on for the list and can be stopped: a search in `paths`, or the saving into `target`."""

    paths: tuple[Path | str, ...] = ()
    target: Path | None = None
    total: int = 0  # results to save
    done: int = 0  # pictures found, or results saved
    since: float = field(default_factory=time.monotonic)
    job: Job | None = None
    is_answered: bool = False  # something was found or told, so that nothing found is no news

    def stop(self) -> None:
        """Stop it; the results that are saved stay."""
        if self.job is not None:
            self.job.stop()


class Activities(QObject):
    """Those that are running, the oldest first."""

    changed = Signal()  # one has begun or ended

    def __init__(self) -> None:
        super().__init__()
        self.running: list[Activity] = []

    def start(
        self,
        activity: Activity,
        queue: JobQueue,
        work: Callable[[threading.Event, Report], T],
        *,
        progress: Callable[[Any], object],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Begin something that is told of while it goes on, and of which nothing is heard once it is forgotten."""
        activity.job = queue.submit(
            work,
            progress=progress,
            done=lambda result: self.end(activity) and done(result),
            failed=lambda error: self.end(activity) and failed(error),
            cancelled=lambda: self.end(activity),
        )
        self.running.append(activity)
        self.changed.emit()

    def end(self, activity: Activity) -> bool:
        """Forget something that went on, and return whether it was not forgotten before."""
        if activity not in self.running:
            return False
        self.running.remove(activity)
        self.changed.emit()
        return True
