"""Kills the window at random moments while it classifies, and shows that nothing that was shown is lost.

    python -m benchmarks.attack_history [--kills 100] [--pictures 2000] [--seed N]

The real window (offscreen) goes on with the list of the start before it each time, and writes down what it shows. After
each kill (SIGKILL) every answer that was shown more than a second before must be in the store, the same as it was
shown, the list must be complete, and the store must be whole. When everything is computed a new run begins. It is a
failure if one thing is not so, or if too few kills hit in the middle; then the exit code is 1.
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from vgg_desktop import paths

NETWORK = "starter"
AGE = 1.0  # seconds after which what was shown must not be lost
LONGEST = 4.0  # seconds of work before a kill, at most
START = 60.0  # seconds until the window shows its first answer


def make_pictures(folder: Path, count: int) -> None:
    """Write small pictures, each another one."""
    import numpy as np
    from PIL import Image

    folder.mkdir()
    random_numbers = np.random.default_rng(0)
    for number in range(count):
        noise = random_numbers.integers(0, 256, (24, 32, 3), dtype=np.uint8)
        path = folder / f"{number:05}.png"
        Image.fromarray(noise).save(path, compress_level=1)
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))


def show(folder: Path) -> None:
    """Open the window, go on with the last list or open the folder, and write down each answer that is shown."""
    from PySide6.QtCore import QTimer

    from vgg_desktop.settings import Settings
    from vgg_desktop.ui.app import App
    from vgg_desktop.ui.frame import Frame
    from vgg_desktop.ui.pictures.rows import ResultRow, RowState
    from vgg_desktop.ui.start import make_application

    application, chosen = make_application(), Settings(model=NETWORK)
    app = App(Frame(application, chosen), chosen)
    pictures, shown = app.session.pictures, set[ResultRow]()

    def note(row: ResultRow | None) -> None:
        for each in pictures.model.rows() if row is None else (row,):
            if each.state is RowState.DONE and each.classification is not None and each not in shown:
                shown.add(each)
                best = each.classification.predictions[0]
                text = f"{each.path.name} {best.index} {best.probability:.6f} {time.monotonic()}\n"
                os.write(1, text.encode())

    pictures.model.rowUpdated.connect(note)
    app.start()
    app.frame.show()
    if app.history.listed():
        pictures.restore()
    app.intake.take_paths([folder])  # the search may have been killed
    QTimer.singleShot(600_000, application.quit)
    application.exec()


@dataclass
class Run:
    """What was shown in one run through all pictures: class, probability and when, by name of the file."""

    shown: dict[str, tuple[int, float, float]] = field(default_factory=dict)
    kills: int = 0


def start(folder: Path, run: Run, seconds: float) -> bool:
    """Start the window, kill it after a while, note what it showed, and return whether it was in the middle."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        program = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.attack_history", "--show", str(folder)],
            stdout=output,
            stderr=errors,
        )
        begun = time.monotonic()
        while not os.fstat(output.fileno()).st_size and time.monotonic() < begun + START:
            if program.poll() is not None:
                errors.seek(0)
                raise RuntimeError(f"the window ended by itself: {errors.read().decode()[-2000:]}")
            time.sleep(0.02)
        time.sleep(seconds)
        program.send_signal(signal.SIGKILL)
        program.wait()
        killed = time.monotonic()
        output.seek(0)
        lines = output.read().decode().splitlines()
    before = len(run.shown)
    for line in lines:
        name, index, probability, moment = line.split()
        run.shown.setdefault(name, (int(index), float(probability), float(moment)))
        if (int(index), f"{float(probability):.4f}") != (run.shown[name][0], f"{run.shown[name][1]:.4f}"):
            raise AssertionError(f"{name} was {run.shown[name]} and is now {index} {probability}")
    run.kills += 1
    # What was shown in the last second before the kill may be computed again.
    run.shown = {name: each for name, each in run.shown.items() if each[2] < killed - AGE}
    return before < len(run.shown)


def check(folder: Path, run: Run) -> int:
    """Assert that the store is whole and has everything that was shown, and return how many answers it has."""
    from vgg_desktop.history.answers import Producer
    from vgg_desktop.history.history import History
    from vgg_desktop.inference.results import FORMS_OF
    from vgg_desktop.models.catalog import find, load_catalog

    history = History()
    with closing(sqlite3.connect(history.path)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()
        assert found == ("ok",), found
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    files = sorted(folder.iterdir())
    listed = {path.name for path in history.listed()}
    assert listed >= run.shown.keys(), f"{run.shown.keys() - listed} were shown and are not listed"
    producer = Producer(find(load_catalog(), NETWORK), FORMS_OF["exact"], "draft")
    known = {path.name: each for part in history.find(producer, files, 5) for path, each in part}
    history.close()
    for name, (index, probability, _) in run.shown.items():
        assert name in known, f"{name} was shown and is lost"
        best = known[name].predictions[0]
        assert best.index == index, (name, best)
        assert abs(best.probability - probability) < 1e-5, (name, best)
    return len(known)


def main() -> int:
    """Kill, check, repeat, and print the totals."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pictures", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if options.show is not None:
        show(options.show)
        return 0
    moments = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        os.environ[paths.HOME_VARIABLE] = str(Path(name) / "home")
        folder = Path(name) / "pictures"
        make_pictures(folder, options.pictures)
        from vgg_desktop.history.history import History

        run, in_the_middle, runs = Run(), 0, 1
        for kill in range(1, options.kills + 1):
            in_the_middle += start(folder, run, moments.uniform(0, LONGEST))
            known = check(folder, run)
            print(f"kill {kill}: {len(run.shown)} shown, {known} of {options.pictures} kept", flush=True)
            if known == options.pictures:
                History().clear()
                run, runs = Run(), runs + 1
    print(f"{options.kills} kills in {runs} runs, {in_the_middle} in the middle: nothing shown was lost")
    return int(in_the_middle < options.kills // 2)


if __name__ == "__main__":
    sys.exit(main())
