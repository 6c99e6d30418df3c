"""Progress bars of the command line, and how Fast compares with Exact; all of it for stderr."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vgg_desktop.formatting import format_bytes, format_duration, format_percent

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.measuring import MeasuringProgress
    from vgg_desktop.inference.forms.form import FormProgress, FormRecord
    from vgg_desktop.models.progress import DownloadProgress

_WIDTH = 24  # characters


@contextmanager
def _line() -> Iterator[Callable[..., None]]:
    """Yield a function that draws a bar between a title and texts, each time in the same line of a terminal."""
    is_drawn = False

    def draw(title: str, fraction: float | None, *parts: str) -> None:
        nonlocal is_drawn
        if sys.stderr is None or not sys.stderr.isatty():
            return
        is_drawn = True
        if fraction is None:  # nobody knows how much there is
            sys.stderr.write(f"\r{title}  {', '.join(parts)}\x1b[K")
            sys.stderr.flush()
            return
        done = round(fraction * _WIDTH)
        bar = "#" * done + "." * (_WIDTH - done)
        text = ", ".join([f"{fraction * 100:3.0f} %", *parts])
        sys.stderr.write(f"\r{title} [{bar}] {text}\x1b[K")
        sys.stderr.flush()

    try:
        yield draw
    finally:
        if is_drawn:
            sys.stderr.write("\n")


@contextmanager
def download_bar(title: str) -> Iterator[Callable[["DownloadProgress"], None]]:
    """Show the progress of a download."""
    with _line() as draw:

        def show(progress: "DownloadProgress") -> None:
            parts = [f"{format_bytes(progress.received)} of {format_bytes(progress.total)}"]
            if progress.speed:
                parts.append(f"{format_bytes(progress.speed)}/s")
            if progress.seconds_left is not None:
                parts.append(f"{format_duration(progress.seconds_left)} left")
            if progress.note or progress.phase != "downloading":
                parts.append(str(progress.note or progress.phase))
            draw(title, progress.fraction, *parts)

        yield show


@contextmanager
def fast_bar(title: str) -> Iterator[Callable[["FormProgress"], None]]:
    """Show the progress of making one of a network's forms."""
    with _line() as draw:
        yield lambda progress: draw(f"{title}, Fast", progress.fraction, progress.phase)


@contextmanager
def measuring_bar() -> Iterator[Callable[["MeasuringProgress"], None]]:
    """Show what is being measured."""
    with _line() as draw:
        yield lambda each: draw(f"{each.model}, {each.device}", each.fraction, each.precision)


@contextmanager
def count_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many items of a total are done."""
    with _line() as draw:
        yield lambda done, total: draw(title, done / total, f"{done} of {total}")


@contextmanager
def search_bar(title: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show how many pictures are done and how fast, and of how many once all are found (before, the total is None)."""
    started = time.monotonic()
    with _line() as draw:

        def show(done: int, total: int | None) -> None:
            rate = done / max(time.monotonic() - started, 1e-3)
            if total is None:
                draw(title, None, f"{done} pictures", f"{rate:.1f} per second")
            else:
                left = format_duration((total - done) / rate)
                draw(title, done / total, f"{done} of {total}", f"{rate:.1f} per second", f"{left} left")

        yield show


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
