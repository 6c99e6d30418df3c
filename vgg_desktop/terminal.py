"""Progress bars of the command line, and how Fast compares with Exact; all of it for stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vgg_desktop.formatting import format_bytes, format_duration, format_percent

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.measuring import MeasuringProgress
    from vgg_desktop.inference.forms.form import FormProgress, FormRecord
    from vgg_desktop.models.progress import DownloadProgress

_WIDTH = 24  # characters


class _Line:
    """A progress line that is redrawn in place; silent if stderr is not a terminal."""

    def __init__(self) -> None:
        self._drawn = False

    def draw(self, title: str, fraction: float, parts: list[str]) -> None:
        """Draw a bar and the text beside it."""
        if sys.stderr is None or not sys.stderr.isatty():
            return
        self._drawn = True
        done = round(fraction * _WIDTH)
        bar = "#" * done + "." * (_WIDTH - done)
        text = ", ".join([f"{fraction * 100:3.0f} %", *parts])
        sys.stderr.write(f"\r{title} [{bar}] {text}\x1b[K")
        sys.stderr.flush()

    def end(self) -> None:
        """Move below the line, if one was drawn."""
        if self._drawn:
            sys.stderr.write("\n")


@contextmanager
def download_bar(title: str) -> Iterator[Callable[["DownloadProgress"], None]]:
    """Show the progress of a download."""
    line = _Line()

    def show(progress: "DownloadProgress") -> None:
        parts = [f"{format_bytes(progress.received)} of {format_bytes(progress.total)}"]
        if progress.speed and progress.phase == "downloading":
            parts.append(f"{format_bytes(progress.speed)}/s")
        if progress.seconds_left is not None and progress.phase == "downloading":
            parts.append(f"{format_duration(progress.seconds_left)} left")
        if progress.phase != "downloading":
            parts.append(str(progress.note or progress.phase))
        line.draw(title, progress.fraction, parts)

    try:
        yield show
    finally:
        line.end()


@contextmanager
def fast_bar(title: str) -> Iterator[Callable[["FormProgress"], None]]:
    """Show how far the making of one of a network's forms is."""
    line = _Line()
    try:
        yield lambda progress: line.draw(f"{title}, Fast", progress.fraction, [progress.phase])
    finally:
        line.end()


@contextmanager
def measuring_bar() -> Iterator[Callable[["MeasuringProgress"], None]]:
    """Show what is being measured."""
    line = _Line()
    try:
        yield lambda each: line.draw(f"{each.model}, {each.device}", each.fraction, [each.precision])
    finally:
        line.end()


@contextmanager
def count_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many items of a total are done."""
    line = _Line()
    try:
        yield lambda done, total: line.draw(title, done / total, [f"{done} of {total}"])
    finally:
        line.end()


def agreement_text(fast: "FormRecord") -> str:
    """Return the agreement and speed of Fast against Exact, with a warning if the agreement is low."""
    found = fast.agreement
    assert found is not None
    assert fast.milliseconds is not None
    assert fast.exact_ms is not None
    text = (
        f"Fast gives the same class as Exact on {format_percent(found.same_top1)} of {found.pictures} pictures; "
        f"probabilities differ by at most {format_percent(found.largest_difference)}. "
        f"It takes {fast.milliseconds:.0f} ms per picture, Exact {fast.exact_ms:.0f} ms."
    )
    if not found.is_trusted:
        text += " Warning: the class differs too often; rely on Exact."
    if not fast.is_faster:
        text += " Fast is not faster on this computer."
    return text
