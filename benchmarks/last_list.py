"""How long it takes until a long list of the last start is there again, with every answer.

    python -m benchmarks.last_list [--pictures 20000]

A history of so many pictures is made (small files, random probabilities of a thousand classes), the real window
(offscreen) is opened, and the button of the empty window is clicked. The alternative is to open the folder once more
and to classify everything, which is measured for a second and multiplied.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks import full_size
from benchmarks.attack_history import make_pictures
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.start import make_application

LIMIT = 120.0  # seconds
LOOK_MS = 10  # more often, it would keep the other threads from working
WARM = 100  # pictures, until the network works on its largest batches
RATE = 3.0  # seconds in which pictures are classified for comparison
AIM = 2.0  # seconds


def fill_history(folder: Path, network: str) -> float:
    """Put an answer for each picture of a folder into the history, and return the milliseconds that each took."""
    import numpy as np

    from vgg_desktop.history.history import History
    from vgg_desktop.images.identity import identify
    from vgg_desktop.inference.results import Classification
    from vgg_desktop.models.catalog import find, load_catalog

    spec, history = find(load_catalog(), network), History()
    probabilities = [np.random.default_rng(seed).dirichlet(np.full(1000, 0.05)) for seed in range(50)]
    result = Classification(
        folder, spec.id, spec.sha256, "cpu", "CPUExecutionProvider", "exact", (), 160, 120,
        {"read": 1.0, "prepare": 1.0, "run": 150.0}, form="mapped", decode="draft",
        preprocessing=spec.preprocessing,
    )  # fmt: skip
    files = sorted(folder.iterdir())
    identities = [each for path in files if (each := identify(path)) is not None]
    begun = time.perf_counter()
    for number, identity in enumerate(identities):
        history.put(identity, spec, result, probabilities[number % 50])
    history.add_listed(files, first=True)
    while history.usage().pictures < len(files):
        time.sleep(0.1)
    took = time.perf_counter() - begun
    usage = history.usage()
    history.close()
    print(f"{usage.pictures} pictures in {usage.bytes / 1e6:.1f} MB")
    return took / len(files) * 1000


def wait_until(condition: Callable[[], bool]) -> float:
    """Let the window live until something is so, and return for how many seconds it was unresponsive at most."""
    loop, timer = QEventLoop(), QTimer(interval=LOOK_MS)
    longest, last = 0.0, time.perf_counter()
    until = last + LIMIT

    def look() -> None:
        nonlocal longest, last
        now = time.perf_counter()
        longest, last = max(longest, now - last - LOOK_MS / 1000), now
        if condition() or now > until:
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
    if not condition():
        raise TimeoutError("it was not so in time")
    return longest


def main() -> None:
    """Fill, open, click, and print the seconds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pictures", type=int, default=20_000)
    parser.add_argument("--network", default="everyday", help="one with a thousand classes")
    parser.add_argument("--home", type=Path, help="folder in which the network is kept for the next time")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with full_size.home(options.home, options.network), tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "pictures"
        make_pictures(folder, options.pictures)
        model = full_size.find(options.network).spec.id
        each_ms = fill_history(folder, model)
        begun = time.perf_counter()
        application = make_application()
        chosen = Settings(model=model)
        app = App(Frame(application, chosen), chosen)
        app.start()
        app.frame.show()
        pictures, welcome = app.session.pictures, app.window.welcome
        wait_until(welcome.resume_button.isVisible)
        offered = time.perf_counter()
        pictures.pause(True)  # nothing is computed: everything is known
        welcome.resume_button.click()
        longest = wait_until(lambda: pictures.model.counts.done == options.pictures)
        app.window.list_panel.list.viewport().repaint()
        there = time.perf_counter()
        pictures.clear()
        app.session.settings.change(history=False)
        app.intake.take_paths([folder])
        wait_until(lambda: pictures.model.counts.done > WARM)
        before, until = pictures.model.counts.done, time.perf_counter() + RATE
        wait_until(lambda: time.perf_counter() > until)
        again = options.pictures / (pictures.model.counts.done - before) * RATE
        app.frame.close_at_once()
        app.stop()
    print(f"start until the list is offered: {offered - begun:.2f} s")
    print(f"click until every answer is there: {there - offered:.2f} s (aim: {AIM:g} s)")
    print(f"event loop away at most: {longest * 1000:.0f} ms")
    print(f"an answer is written in {each_ms:.2f} ms")
    print(f"computing all again: {again:.0f} s, {again / (there - offered):.0f} times as long")


if __name__ == "__main__":
    main()
