"""The whole program in a process of its own, as a user starts it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from tests.support.http_server import HttpServer
from vgg_desktop import settings
from vgg_desktop.logs import CrashFile
from vgg_desktop.settings import Settings
from vgg_desktop.ui.incoming.single_instance import SingleInstance, instance_name

MakePicture = Callable[[str], Path]


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "vgg_desktop", *arguments],
        env={key: value for key, value in {**os.environ, **environment}.items() if value},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_without_a_display_one_clear_sentence() -> None:
    nothing = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    with start(**nothing) as process:
        _, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "no display" in complaint
    assert "vgg-desktop classify" in complaint
    assert len(complaint.splitlines()) == 1


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[str]:
    """Return the DISPLAY of a virtual screen."""
    program = shutil.which("Xvfb")
    assert program is not None, "install xvfb: make test does"
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "1000x700x24", "-fbdir", str(tmp_path)]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        yield f":{number}"
        process.terminate()


def read_screen(folder: Path) -> Image.Image:
    """Read the frame buffer that Xvfb keeps in X's window dump format (version 7, 24 bits)."""
    data = (folder / "Xvfb_screen0").read_bytes()
    header = [int.from_bytes(data[place : place + 4], "big") for place in range(0, 100, 4)]
    header_size, width, height, stride, colours = header[0], header[4], header[5], header[12], header[19]
    pixels = data[header_size + 12 * colours :]
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", stride, 1)


def test_bars_on_a_real_screen(screen: str, make_picture: MakePicture, tmp_path: Path) -> None:
    picture = make_picture("a picture.png")
    with start(str(picture), DISPLAY=screen, QT_QPA_PLATFORM="xcb", WAYLAND_DISPLAY="") as process:
        try:
            deadline = time.monotonic() + 60
            bar = 0
            while bar < 30 and time.monotonic() < deadline:
                time.sleep(0.5)
                image = read_screen(tmp_path)
                # The longest run of one strong colour in the lower right quarter: the first bar.
                part = image.crop((400, 350, image.width, image.height))
                bar = longest_run(part)
                assert process.poll() is None
            image.save(tmp_path / "screen.png")
            assert bar >= 30
        finally:
            process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=60)
    assert process.returncode == 0, complaint
    assert complaint == ""


def test_a_second_start_hands_its_pictures_over(make_picture: MakePicture, qtbot: QtBot) -> None:
    with start() as first:
        try:
            name = instance_name()
            qtbot.waitUntil(lambda: SingleInstance(name).send_files([]), timeout=60_000)
            with start(str(make_picture("a picture.png"))) as second:
                _, complaint = second.communicate(timeout=60)
            assert second.returncode == 0, complaint
            assert first.poll() is None
        finally:
            first.send_signal(signal.SIGINT)
        _, complaint = first.communicate(timeout=60)
    assert first.returncode == 0, complaint


def test_links_of_the_command_line_are_fetched(make_picture: MakePicture, qtbot: QtBot) -> None:
    settings.save(Settings(fetch_links=True))
    with (
        HttpServer({"a//b.png": make_picture("b.png").read_bytes()}) as server,
        start(server.url("a//b.png")) as first,
    ):

        def asked() -> list[str]:
            return [request.path for request in server.requests]

        try:
            qtbot.waitUntil(lambda: asked() == ["/a//b.png"], timeout=60_000)
            with start("gui", server.url("a//b.png?2")) as second:  # to the window that is open
                _, complaint = second.communicate(timeout=60)
            assert second.returncode == 0, complaint
            qtbot.waitUntil(lambda: len(asked()) == 2, timeout=60_000)
        finally:
            first.send_signal(signal.SIGINT)
        _, complaint = first.communicate(timeout=60)
    assert first.returncode == 0, complaint


def test_a_crash_is_told_at_the_next_start(app_home: Path) -> None:
    script = (
        "import faulthandler, os, signal, threading, time; from vgg_desktop.ui import start;"
        "threading.Timer(3, lambda: os.kill(os.getpid(), signal.SIGSEGV)).start(); start.run([])"
    )
    died = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False)
    assert died.returncode == -signal.SIGSEGV
    text = CrashFile().previous_crash()
    assert text is not None
    assert "Segmentation fault" in text
    assert CrashFile().previous_crash() is None


def longest_run(image: Image.Image) -> int:
    """Return the longest horizontal run of one saturated colour, in pixels."""
    best = 0
    data = image.convert("HSV").load()
    assert data is not None
    for y in range(0, image.height, 2):
        run = 0
        for x in range(image.width):
            pixel = data[x, y]
            assert isinstance(pixel, tuple)
            run = run + 1 if pixel[1] > 100 and pixel[2] > 80 else 0
            best = max(best, run)
    return best
