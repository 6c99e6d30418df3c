"""The time from starting a command until its window is seen on a screen, on Linux with Xvfb."""

import os
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

PATIENCE = 60  # seconds
ROUNDS = 5


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """Run an X server that keeps its picture in a folder, and return its DISPLAY."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x860x24", "-fbdir", str(folder)]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        try:
            os.close(writing)
            with os.fdopen(reading) as answer:
                yield f":{answer.readline().strip()}"
        finally:
            server.terminate()


def look(folder: Path) -> Image.Image:
    """Read what is on the screen: X's window dump, version 7, 24 bits."""
    data = (folder / "Xvfb_screen0").read_bytes()
    header = [int.from_bytes(data[place : place + 4], "big") for place in range(0, 100, 4)]
    size, width, height, stride, colours = header[0], header[4], header[5], header[12], header[19]
    pixels = data[size + 12 * colours :]
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", stride, 1)


def forget_files(files: Iterable[Path]) -> None:
    """Let the system drop files from memory, as if they had not been read since the computer was started."""
    for each in files:
        if each.is_file():
            with each.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def seconds(command: list[str]) -> float:
    """Start a command on a new screen and return the seconds until anything is seen. Raises `TimeoutError`."""
    with tempfile.TemporaryDirectory() as home, screen(Path(home)) as display:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "VGG_DESKTOP_HOME": f"{home}/app",
        }
        environment.pop("WAYLAND_DISPLAY", None)
        started = time.monotonic()
        with subprocess.Popen(command, env=environment) as program:
            try:
                while look(Path(home)).getbbox() is None:
                    if time.monotonic() - started > PATIENCE or program.poll() is not None:
                        raise TimeoutError(f"{command[0]} showed no window")
                return time.monotonic() - started
            finally:
                program.send_signal(signal.SIGINT)
                try:
                    program.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    program.kill()
                    raise


def medians(commands: list[list[str]], forget: Iterable[Path] = ()) -> list[float]:
    """Return the median of some starts of each command, in turn; with these files dropped from memory before."""
    found: list[list[float]] = [[] for _ in commands]
    for number in range(ROUNDS + 1):
        for command, times in zip(commands, found, strict=True):
            forget_files(forget)
            taken = seconds(command)
            if number > 0:  # the first one fills the memory
                times.append(taken)
    return [statistics.median(times) for times in found]
