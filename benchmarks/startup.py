"""From the start of the process to the first painted window, against an empty one; and the command line.

    python -m benchmarks.startup [--rounds N] [--screen offscreen|xvfb|own]

Every measurement is a process of its own, the kinds in turn; the first round fills the page cache and is not counted.
What is measured is the moment when Qt has painted the window and comes back to its event loop. Ours appears with its
title, size and colours but empty ("first painted"), is then filled, and takes no drop and no key before it is painted
with all its parts ("complete"): the wait of a user who wants to do something is the second number.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial

from benchmarks.table import in_turn, show

# All print the moment on the clock that all processes share; the empty window is what PySide6 itself costs.
AFTER_PAINT = """
import os, time
from PySide6.QtCore import QTimer
def paintEvent(window, event, seen=[]):
    if not seen:
        seen.append(True)
        QTimer.singleShot(0, lambda: (print(time.monotonic(), flush=True), os._exit(0)))
"""
EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
{after_paint}
class Window(QMainWindow): pass
Window.paintEvent = paintEvent
application = QApplication([])
window = Window()
window.resize(1120, 760)
window.show()
application.exec()
"""
FIRST = """
from vgg_desktop import cli
import vgg_desktop.ui.frame as frame
{after_paint}
frame.Frame.paintEvent = paintEvent
cli.main(["gui"])
"""
COMPLETE = """
from vgg_desktop import cli
import vgg_desktop.ui.frame as frame
{after_paint}
fill = frame.Frame.fill
def fill_and_watch(window, contents):
    type(contents).paintEvent = paintEvent
    fill(window, contents)
frame.Frame.fill = fill_and_watch
cli.main(["gui"])
"""
COMMANDS = {
    "--help": ["-m", "vgg_desktop", "--help"],
    "models": ["-m", "vgg_desktop", "models"],
    "python -c pass": ["-c", "pass"],
}


@contextmanager
def xvfb() -> Iterator[dict[str, str]]:
    """Run an X server without a screen, and return the environment in which windows open on it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(write)
        with os.fdopen(read) as answer:
            yield {"DISPLAY": f":{answer.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


def first_paint(code: str, environment: dict[str, str]) -> float:
    """Return the milliseconds from before the process is made until its window is painted."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code.format(after_paint=AFTER_PAINT)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return (float(done.stdout.split()[-1]) - started) * 1000


def whole_process(arguments: list[str], environment: dict[str, str]) -> float:
    """Return the milliseconds a command takes from start to end."""
    started = time.monotonic()
    subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True)
    return (time.monotonic() - started) * 1000


def main() -> None:
    """Measure in turn and print medians, spreads and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--screen", choices=("offscreen", "xvfb", "own"), default="offscreen")
    options = parser.parse_args()
    screens: dict[str, AbstractContextManager[dict[str, str]]] = {
        "offscreen": nullcontext({"QT_QPA_PLATFORM": "offscreen"}),
        "xvfb": xvfb(),
        "own": nullcontext({}),
    }
    with tempfile.TemporaryDirectory() as home, screens[options.screen] as screen:
        # Compiled modules as in an installed program, for both sides.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{home}/compiled"}
        environment = {**os.environ, **screen, **compiled, "VGG_DESKTOP_HOME": home}
        windows = in_turn(
            {
                "an empty QMainWindow": partial(first_paint, EMPTY, environment),
                "VGG Desktop, first painted": partial(first_paint, FIRST, environment),
                "VGG Desktop, complete": partial(first_paint, COMPLETE, environment),
            },
            options.rounds,
        )
        commands = in_turn(
            {name: partial(whole_process, each, environment) for name, each in COMMANDS.items()},
            options.rounds,
        )
    show(
        f"Start to the first painted window ({options.screen})",
        "ms",
        windows,
        "an empty QMainWindow",
        times_base=True,
    )
    show("Command line", "ms", commands, "python -c pass", times_base=True)


if __name__ == "__main__":
    main()
