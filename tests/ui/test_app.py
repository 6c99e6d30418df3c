"""The whole program in a process of its own, as a user starts it."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from tests.support.http_server import HttpServer
from vgg_desktop import settings
from vgg_desktop.logs import CrashFile
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import HUNG
from vgg_desktop.ui.incoming.single_instance import SingleInstance, instance_name

MakePicture = Callable[[str], Path]


CRASH = """
import faulthandler, os, threading, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from vgg_desktop.inference.runtime import load_onnxruntime
load_onnxruntime()
from vgg_desktop.ui import start
def crash():
    while not faulthandler.is_enabled():
        time.sleep(0.1)
    faulthandler._read_null()
threading.Thread(target=crash, daemon=True).start()
start.run([])
"""
WM_CLOSE, WM_QUERYENDSESSION, WM_ENDSESSION = 0x10, 0x11, 0x16
linux = pytest.mark.skipif(sys.platform != "linux", reason="screens of X")


@contextmanager
def start(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Start the program, on Windows on its real screen; it is ended with the test at the latest."""
    if sys.platform == "win32":
        environment = {"QT_QPA_PLATFORM": "windows", **environment}
    with subprocess.Popen(
        [sys.executable, "-m", "vgg_desktop", *arguments],
        env={key: value for key, value in {**os.environ, **environment}.items() if value},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def close(process: subprocess.Popen[Any]) -> None:
    """Close the window: by Ctrl+C, on Windows as its button does."""
    if sys.platform == "win32":
        ctypes.WinDLL("user32").PostMessageW(window_of(process), WM_CLOSE, 0, 0)
    else:
        process.send_signal(signal.SIGINT)


def window_of(process: subprocess.Popen[Any]) -> ctypes.c_void_p:
    """Return the handle of a program's visible window on Windows."""
    found: list[int] = []
    if sys.platform == "win32":
        user = ctypes.WinDLL("user32")

        def look(window: int, _value: int) -> bool:
            owner = ctypes.c_uint32()
            user.GetWindowThreadProcessId(ctypes.c_void_p(window), ctypes.byref(owner))
            if owner.value == process.pid and user.IsWindowVisible(ctypes.c_void_p(window)):
                found.append(window)
            return True

        user.EnumWindows(ctypes.WINFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)(look), 0)
    (window,) = found
    return ctypes.c_void_p(window)


@linux
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


@linux
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
            close(process)
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
            close(first)
        _, complaint = first.communicate(timeout=60)
    assert first.returncode == 0, complaint


@pytest.mark.skipif(sys.platform != "win32", reason="programs without a console")
def test_the_windowed_program_has_no_streams(make_picture: MakePicture, app_home: Path, qtbot: QtBot) -> None:
    windowed = str(Path(sys.executable).with_name("pythonw.exe"))
    script = (
        # As it is when nobody redirects them: here they may be those of the tests.
        "import sys, warnings; sys.stdin = sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None;"
        "print('lost'); warnings.warn('lost');"
        "from vgg_desktop.cli import main; code = main(sys.argv[1:]); sys.exit(code)"
    )
    command = [windowed, "-c", script, "gui", str(make_picture("a.png"))]
    environment = {**os.environ, "QT_QPA_PLATFORM": "windows"}
    with subprocess.Popen(command, env=environment) as process:
        try:
            qtbot.waitUntil(lambda: SingleInstance(instance_name()).send_files([]), timeout=60_000)
            log = app_home / "log" / "vgg-desktop.log"
            qtbot.waitUntil(lambda: log.exists() and "Python" in log.read_text("utf-8"), timeout=60_000)
            close(process)
            assert process.wait(timeout=60) in (0, HUNG)
        finally:
            process.kill()
    assert "Traceback" not in log.read_text("utf-8")


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
            close(first)
        _, complaint = first.communicate(timeout=60)
    assert first.returncode == 0, complaint


@pytest.mark.skipif(sys.platform != "win32", reason="the end of a session of Windows")
def test_logging_off_closes_the_window_while_it_works(
    make_picture: MakePicture, qtbot: QtBot, app_home: Path, tmp_path: Path
) -> None:
    for number in range(300):
        make_picture(f"many/{number}.png")
    with start(str(tmp_path / "pictures")) as process:
        qtbot.waitUntil(lambda: SingleInstance(instance_name()).send_files([]), timeout=60_000)
        if sys.platform == "win32":
            user, window = ctypes.WinDLL("user32"), window_of(process)
            assert (
                user.SendMessageW(window, WM_QUERYENDSESSION, 0, 0) == 1
            )  # nothing is asked, nothing held up
            user.SendMessageW(window, WM_ENDSESSION, 1, 0)
        _, complaint = process.communicate(timeout=60)
    assert complaint == ""
    assert process.returncode in (0, HUNG)  # a network that is being loaded is not waited for to its end
    assert "geometry" in (app_home / "config" / "window.ini").read_text("utf-8")
    assert (app_home / "config" / "settings.json").exists()


def test_a_crash_is_told_at_the_next_start(app_home: Path) -> None:
    died = subprocess.run([sys.executable, "-c", CRASH], capture_output=True, timeout=60, check=False)
    assert died.returncode == (0xC0000005 if sys.platform == "win32" else -signal.SIGSEGV)
    text = CrashFile().previous_crash()
    assert text is not None
    assert ("access violation" if sys.platform == "win32" else "Segmentation fault") in text
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
