"""The real window with thousands of files dropped while a network classifies: how long is it not there for a person?

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
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from benchmarks import full_size
from benchmarks.pictures import SMALL, make_pictures
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.start import make_application

DISTINCT = 20


def resident_bytes() -> int:
    """Give this process's memory that is not backed by files (Linux)."""
    found = re.search(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) * 1024 if found else 0


class Watch(QObject):
    """Notes by how much a timer of one millisecond is late."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(1)
        self._last = time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


def run_until(application: QApplication, done: float) -> None:
    """Let the window live until a moment of `time.perf_counter`."""
    QTimer.singleShot(max(0, round((done - time.perf_counter()) * 1000)), application.quit)
    application.exec()


def dragged(files: list[Path]) -> QMimeData:
    """Give what a file manager drags."""
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


def measure(app: App, application: QApplication, files: list[Path], seconds: float) -> dict[str, float]:
    """Drop the files, watch the window for a while, close it in the middle, and give what was measured."""
    first, others = files[:DISTINCT], files[DISTINCT:]
    drop(app, dragged(first))  # until then memory grows for the network, not for the rows
    while app.session.model.counts.done < len(first):
        application.processEvents()
    data = dragged(others)
    before, watch = resident_bytes(), Watch()
    begun = time.perf_counter()
    drop(app, data)
    returned = time.perf_counter()
    while app.session.model.rowCount() == len(first):
        application.processEvents()
    app.window.list_panel.list.viewport().repaint()
    usable = time.perf_counter()
    while app.session.model.rowCount() < len(files):
        application.processEvents()
    complete = time.perf_counter()
    run_until(application, complete + 2)
    grown = resident_bytes() - before
    bar = app.window.list_panel.list.verticalScrollBar()
    scroll = QTimer()
    scroll.timeout.connect(lambda: bar.setValue((bar.value() + 120) % max(1, bar.maximum())))
    scroll.start(16)
    run_until(application, complete + seconds)
    scroll.stop()
    done = app.session.model.counts.ended
    closing = time.perf_counter()
    app.frame.close()
    ended = app.stop()
    closed = time.perf_counter()
    gaps = sorted(watch.gaps)
    return {
        "the drop itself, ms": (returned - begun) * 1000,
        "first rows on the screen, s": usable - begun,
        "all rows in the list, s": complete - begun,
        "event loop away, 99.9th percentile, ms": gaps[int(len(gaps) * 0.999)],
        "event loop away at most, ms": gaps[-1],
        "of it more than 50 ms, times": sum(each > 50 for each in gaps),
        "memory per row, kB": grown / len(others) / 1000,
        "pictures classified meanwhile": done - len(first),
        "closing in the middle, s": closed - closing if ended else float("inf"),
    }


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
        model = "starter" if options.network == "starter" else full_size.find(options.network).spec.id
        chosen = Settings(model=model)
        app = App(Frame(application, chosen), chosen)
        app.start()
        app.frame.show()
        profile = cProfile.Profile()
        if options.profile:
            profile.enable()
        results = measure(app, application, files, options.seconds)
        profile.disable()
    print(f"\n**{options.files} files dropped while {options.network} classifies**\n\n| | |\n|---|---:|")
    for what, value in results.items():
        print(f"| {what} | {value:.2f} |")
    if options.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
