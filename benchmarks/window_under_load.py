"""The real window with thousands of files dropped while a network classifies: for how long is it not there?

    python -m benchmarks.window_under_load [--files 10000] [--seconds 30] [--network vgg16|starter] [--profile]

The files are links to a few pictures. A timer of one millisecond inside the app notes how late it comes.
`--profile` also prints what the window's thread spent its time on; the numbers are then worse.
"""

import argparse
import cProfile
import os
import pstats
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from benchmarks import full_size
from benchmarks.pictures import SMALL, make_pictures
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.pictures.result_delegate import Mode
from vgg_desktop.ui.pictures.rows import Grouping, Kind, Order
from vgg_desktop.ui.start import make_application

DISTINCT = 20
WARM = 64  # pictures, until the network works on its largest batches


def private_bytes(app: App) -> int:
    """Return this process's memory that is not backed by files (Linux), without the thumbnails, which are bounded."""
    found = re.search(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) * 1024 - app.session.pictures.model.thumbnails.bytes if found else 0


class Watch(QObject):
    """Notes by how much a timer of one millisecond is late."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: dict[float, float] = {}  # milliseconds, by the moment at which each ended
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(1)
        self._last = time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps[now] = (now - self._last) * 1000
        self._last = now

    def longest(self, since: float) -> float:
        """Return the longest absence that ended after a moment, in milliseconds."""
        return max((gap for moment, gap in self.gaps.items() if moment > since), default=0.0)


def run_until(application: QApplication, done: float) -> None:
    """Let the window live until a moment of `time.perf_counter`."""
    QTimer.singleShot(max(0, round((done - time.perf_counter()) * 1000)), application.quit)
    application.exec()


def dragged(files: list[Path]) -> QMimeData:
    """Return what a file manager drags."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    return data


def drop(app: App, data: QMimeData) -> None:
    """Drag something over the window, and drop it a moment later."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(app.window, QDragEnterEvent(QPoint(50, 50), copy, data, buttons, keys))
    QApplication.processEvents()
    QApplication.sendEvent(app.window, QDropEvent(QPointF(50, 50), copy, data, buttons, keys))


def warm_up(app: App, application: QApplication, files: list[Path]) -> None:
    """Let the network classify until it works on its largest batches: what it takes is not the rows' memory."""
    drop(app, dragged(files))
    while app.session.pictures.model.counts.done < len(files):
        application.processEvents()


def fill(app: App, application: QApplication, files: list[Path], watch: Watch) -> dict[str, float]:
    """Drop the files, and return how long the list takes to appear."""
    data, before = dragged(files), app.session.pictures.model.rowCount()
    begun = time.perf_counter()
    drop(app, data)
    returned = time.perf_counter()
    while app.session.pictures.model.rowCount() == before:
        application.processEvents()
    app.window.list_panel.list.viewport().repaint()
    usable = time.perf_counter()
    while app.session.pictures.model.rowCount() < before + len(files):
        application.processEvents()
    return {
        "the drop itself, ms": (returned - begun) * 1000,
        "first rows on the screen, s": usable - begun,
        "all rows in the list, s": time.perf_counter() - begun,
        "event loop away at most while they come, ms": watch.longest(begun),
    }


def scroll(app: App, application: QApplication, seconds: float, watch: Watch) -> dict[str, float]:
    """Scroll through the list for a while, sixty steps per second."""
    begun = time.perf_counter()
    bar = app.window.list_panel.list.verticalScrollBar()
    timer = QTimer()
    timer.timeout.connect(lambda: bar.setValue((bar.value() + 120) % max(1, bar.maximum())))
    timer.start(16)
    run_until(application, begun + seconds)
    timer.stop()
    return {"event loop away at most while scrolling, ms": watch.longest(begun)}


def in_groups_and_grid(app: App, application: QApplication, seconds: float, watch: Watch) -> dict[str, float]:
    """Scroll through the grid and through groups in both, and return how long the window is unresponsive."""
    panel, model, away = app.window.list_panel, app.session.pictures.model, {}
    for mode, grouping in (
        (Mode.GRID, Grouping.NONE),
        (Mode.GRID, Grouping.LARGEST),
        (Mode.LIST, Grouping.LARGEST),
    ):
        name = f"{mode.name.lower()}{', grouped' if grouping is not Grouping.NONE else ''}"
        begun = time.perf_counter()
        panel.set_mode(mode)
        model.set_grouping(grouping)
        run_until(application, time.perf_counter() + 0.5)
        away[f"{name}: shown, ms"] = watch.longest(begun)
        (scrolled,) = scroll(app, application, seconds / 3, watch).values()
        away[f"{name}: event loop away at most while scrolling, ms"] = scrolled
    model.set_grouping(Grouping.NONE)
    return away


def command(app: App, application: QApplication, watch: Watch) -> dict[str, float]:
    """Do what a user does with a long list, and return how long the window is unresponsive after each."""
    session, panel = app.session, app.window.list_panel
    every: dict[str, Callable[[], object]] = {
        "select all": panel.list.selectAll,
        "copy the results": app.window.commands.copy,
        "type into the filter": lambda: panel.filter.setText("9"),
        "empty the filter": panel.filter.clear,
        "sort by probability": lambda: session.pictures.model.set_order(Order.SUREST),
        "sort as they came": lambda: session.pictures.model.set_order(Order.ADDED),
        "group by class": lambda: session.pictures.model.set_grouping(Grouping.LARGEST),
        "look at the first": lambda: panel.select(session.pictures.model.shown()[0]),
        "fold the largest group": lambda: session.pictures.model.fold(Kind.OPEN, True),
        "end the groups": lambda: session.pictures.model.set_grouping(Grouping.NONE),
        "look at the last": lambda: panel.select(session.pictures.model.shown()[-1]),
        "pause": lambda: session.pictures.pause(True),
        "go on": lambda: session.pictures.pause(False),
        "ask for other classes": lambda: session.settings.change(top_k=3),
        "stop": session.pictures.stop,
        "try again": app.window.commands.retry,
        "clear": session.pictures.clear,
    }
    away = {}
    for name, do in every.items():
        begun = time.perf_counter()
        do()
        run_until(application, time.perf_counter() + 0.5)
        away[f"{name}, ms"] = watch.longest(begun)
    return away


def measure(app: App, application: QApplication, files: list[Path], seconds: float) -> dict[str, float]:
    """Drop the files, use the window for a while, close it while it works, and return the measurements."""
    warm_up(app, application, files[:WARM])
    dropped = files[WARM:]
    before, watch = private_bytes(app), Watch()
    results = fill(app, application, dropped, watch)
    results |= scroll(app, application, seconds, watch)
    gaps = sorted(watch.gaps.values())
    results |= {
        "event loop away, 99.9th percentile, ms": gaps[int(len(gaps) * 0.999)],
        "of it more than 50 ms, times": sum(each > 50 for each in gaps),
        "memory per row without thumbnails, kB": (private_bytes(app) - before) / len(dropped) / 1000,
        "pictures classified meanwhile": app.session.pictures.model.counts.ended - WARM,
    }
    results |= in_groups_and_grid(app, application, seconds, watch)
    results |= command(app, application, watch)
    fill(app, application, dropped, watch)
    closing = time.perf_counter()
    app.frame.close_at_once()
    ended = app.stop()
    results["closing in the middle, s"] = time.perf_counter() - closing if ended else float("inf")
    return results


def targets(files: int) -> dict[str, float]:
    """Return what is aimed at: all of it with ten thousand files, and that the list is there with many more."""
    if files > 10_000:
        return {"first rows on the screen, s": 2, "closing in the middle, s": 2}
    return {
        "first rows on the screen, s": 0.3,
        "event loop away, 99.9th percentile, ms": 50,
        "memory per row without thumbnails, kB": 2,
        "closing in the middle, s": 2,
    }


def show(results: dict[str, float], files: int, network: str) -> None:
    """Print a table."""
    print(
        f"\n**{files} files dropped while {network} classifies**\n\n| | | at most | met |\n|---|---:|---:|---|"
    )
    aimed = targets(files)
    for what, value in results.items():
        most = aimed.get(what)
        rest = " | |" if most is None else f" {most:g} | {'yes' if value <= most else '**no**'} |"
        print(f"| {what} | {value:.2f} |{rest}")


def main() -> None:
    """Open the app on a folder of links, measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--network", default="vgg16")
    parser.add_argument("--home", type=Path, help="folder in which the network is kept for the next time")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with full_size.home(options.home, options.network), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        originals = make_pictures(folder / "originals", DISTINCT, SMALL)
        files = [folder / f"picture {number:06}.jpg" for number in range(options.files)]
        for number, path in enumerate(files):
            path.hardlink_to(originals[number % DISTINCT])
        application = make_application()
        model = full_size.find(options.network).spec.id
        chosen = Settings(model=model)
        app = App(Frame(application, chosen), chosen)
        app.start()
        app.frame.show()
        profile = cProfile.Profile()
        if options.profile:
            profile.enable()
        results = measure(app, application, files, options.seconds)
        profile.disable()
    show(results, options.files, options.network)
    if options.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
