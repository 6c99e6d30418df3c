"""Starting the program a second time, with real second processes."""

import ctypes
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vgg_desktop.ui import win32
from vgg_desktop.ui.incoming.single_instance import OpenFileFilter, SingleInstance, instance_name

WAIT = 20_000
posix = pytest.mark.skipif(sys.platform == "win32", reason="sockets with files and these signals are POSIX")

HAND_OVER = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from vgg_desktop.ui.incoming.single_instance import SingleInstance
application = QCoreApplication([])
name, *paths = json.load(sys.stdin)
print(SingleInstance(name).send_files([path if '://' in path else Path(path) for path in paths]))
"""
LISTEN = """
import sys
from PySide6.QtCore import QCoreApplication
from vgg_desktop.ui.incoming.single_instance import SingleInstance
application = QCoreApplication([])
single = SingleInstance(sys.argv[1])
sys.stdin.readline()
print(single.listen(), flush=True)
single.serve()
application.exec()
"""


LISTEN_AS_NOBODY = """
import os, socket, sys, time
os.setuid(65534)
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[1])
server.listen()
print("listening", flush=True)
client, _ = server.accept()
received = b""
try:
    client.sendall(b"VGG Desktop 1\\n")
    received = client.recv(1000)
    client.sendall(b"taken\\n")
except OSError:
    pass
print(received, flush=True)
"""


@pytest.fixture
def name(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return a name that no other test uses; without a folder of one's own it is short everywhere."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    name = instance_name()
    yield name
    QLocalServer.removeServer(name)  # a killed window leaves it


@pytest.fixture
def single(name: str, qapp: QApplication) -> Iterator[SingleInstance]:
    instance = SingleInstance(name)
    yield instance
    instance.close()


@pytest.fixture
def start() -> Iterator["Starter"]:
    starter = Starter()
    yield starter
    for process in starter.processes:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            assert stream is not None
            stream.close()


class Starter:
    """Starts programs, which end with the test at the latest."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[str]] = []

    def __call__(self, program: str, *arguments: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        return process

    def send_files(self, *arguments: str) -> "subprocess.Popen[str]":
        process = self(HAND_OVER)
        assert process.stdin is not None
        process.stdin.write(json.dumps(arguments))
        process.stdin.close()
        return process

    def listening(self, name: str) -> "subprocess.Popen[str]":
        process = self(LISTEN, name)
        assert self.listens(process)
        return process

    @staticmethod
    def listens(process: "subprocess.Popen[str]") -> bool:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("now\n")
        process.stdin.flush()
        return process.stdout.readline() == "True\n"


def ended(process: "subprocess.Popen[str]", qtbot: QtBot) -> str:
    """Let the window work until a second start has ended, and give what that printed."""
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=WAIT)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stderr.read() == ""
    return process.stdout.read().strip()


# --- handing over


def test_a_second_start_hands_its_files_over(
    single: SingleInstance, name: str, start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    assert single.listen()
    single.serve()
    paths = [tmp_path / "ein Bild, 一张图 🐱.png", tmp_path / "line\nbreak.jpg", tmp_path / "odd\udcff.png"]
    with qtbot.waitSignal(single.received, timeout=WAIT) as received:
        process = start.send_files(name, *map(str, paths))
    assert received.args == [tuple(paths)]
    assert ended(process, qtbot) == "True"


def test_relative_paths_are_of_the_second_start(
    single: SingleInstance, name: str, start: Starter, qtbot: QtBot
) -> None:
    assert single.listen()
    single.serve()
    with qtbot.waitSignal(single.received, timeout=WAIT) as received:
        start.send_files(name, "cat.png")
    assert received.args == [(Path.cwd() / "cat.png",)]


def test_addresses_are_handed_over_as_they_are(
    single: SingleInstance, name: str, start: Starter, qtbot: QtBot
) -> None:
    assert single.listen()
    single.serve()
    with qtbot.waitSignal(single.received, timeout=WAIT) as received:
        start.send_files(name, "https://example.org//a.jpg?b=c", "cat.png")
    assert received.args == [("https://example.org//a.jpg?b=c", Path.cwd() / "cat.png")]


def test_without_files_the_window_is_only_raised(
    single: SingleInstance, name: str, start: Starter, qtbot: QtBot
) -> None:
    assert single.listen()
    single.serve()
    with qtbot.waitSignal(single.received, timeout=WAIT) as received:
        process = start.send_files(name)
    assert received.args == [()]
    assert ended(process, qtbot) == "True"


def test_a_hundred_thousand_files_arrive(
    single: SingleInstance, name: str, start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    assert single.listen()
    single.serve()
    paths = [str(tmp_path / f"a rather long name of a picture {number}.jpg") for number in range(100_000)]
    with qtbot.waitSignal(single.received, timeout=60_000) as received:
        start.send_files(name, *paths)
    assert received.args is not None
    assert [str(path) for path in received.args[0]] == paths


def test_several_starts_at_once_all_get_through(
    single: SingleInstance, name: str, start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    assert single.listen()
    single.serve()
    got: list[tuple[Path, ...]] = []
    single.received.connect(got.append)
    processes = [start.send_files(name, str(tmp_path / f"{number}.png")) for number in range(4)]
    assert [ended(process, qtbot) for process in processes] == ["True"] * 4
    assert sorted(path.name for paths in got for path in paths) == ["0.png", "1.png", "2.png", "3.png"]


@pytest.mark.skipif(sys.platform != "win32", reason="the foreground of Windows")
def test_the_window_may_come_to_the_foreground(
    single: SingleInstance, name: str, start: Starter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = start.listening(name)
    allowed: list[int] = []
    monkeypatch.setattr(win32, "allow_foreground", allowed.append)
    assert single.send_files([tmp_path / "cat.png"])
    assert allowed == [first.pid]


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere the socket's owner is asked for")
def test_a_pipe_of_another_user_gets_no_files_on_windows(
    single: SingleInstance, name: str, start: Starter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = start.listening(name)
    known = win32._user
    monkeypatch.setattr(win32, "_user", lambda process: b"" if process == first.pid else known(process))
    assert not single.send_files([tmp_path / "cat.png"])


def test_nobody_takes_files_where_no_window_is_open(single: SingleInstance, tmp_path: Path) -> None:
    assert not single.send_files([tmp_path / "cat.png"])


def hang(process: "subprocess.Popen[str]", *, awake: bool = False) -> None:
    """Let a process do nothing any more, or go on."""
    if sys.platform == "win32":
        change = ctypes.WinDLL("ntdll")["NtResumeProcess" if awake else "NtSuspendProcess"]
        assert change(ctypes.c_void_p(int(process._handle))) == 0  # type: ignore[attr-defined] # not in the stub
    else:
        process.send_signal(signal.SIGCONT if awake else signal.SIGSTOP)


def test_a_hung_window_swallows_no_files(single: SingleInstance, name: str, start: Starter) -> None:
    first = start.listening(name)
    hang(first)
    assert not single.send_files([Path.cwd() / "cat.png"])
    assert not single.listen()  # it may yet wake up
    hang(first, awake=True)
    assert single.send_files([Path.cwd() / "cat.png"])


# --- who listens


def test_what_a_killed_window_left_is_taken_over(
    single: SingleInstance, name: str, start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    first = start.listening(name)
    first.kill()
    first.wait()
    server = QLocalSocket()
    server.connectToServer(name)
    assert sys.platform == "win32" or Path(server.fullServerName()).exists()  # a pipe ends with its process
    assert not single.send_files([tmp_path / "cat.png"])
    assert single.listen()
    single.serve()
    with qtbot.waitSignal(single.received, timeout=WAIT):
        process = start.send_files(name, str(tmp_path / "cat.png"))
    assert ended(process, qtbot) == "True"


def test_of_starts_at_the_same_moment_one_listens(name: str, start: Starter) -> None:
    processes = [start(LISTEN, name) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("now\n")
    for process in processes:
        assert process.stdin is not None
        process.stdin.flush()
    answers = [process.stdout.readline().strip() for process in processes if process.stdout is not None]
    assert sorted(answers) == ["False", "False", "False", "True"]


def test_a_second_window_does_not_listen(single: SingleInstance, name: str) -> None:
    assert single.listen()
    single.serve()
    other = SingleInstance(name)
    assert not other.listen()
    single.close()
    assert other.listen()
    other.serve()
    other.close()


@posix
def test_only_this_user_may_connect(single: SingleInstance, name: str) -> None:
    assert single.listen()
    single.serve()
    probe = QLocalSocket()
    probe.connectToServer(name)
    assert Path(probe.fullServerName()).stat().st_mode & 0o077 == 0


# --- other programs


def connect(name: str) -> socket.socket:
    probe = QLocalSocket()
    probe.connectToServer(name)
    client = socket.socket(socket.AF_UNIX)
    client.connect(probe.fullServerName())
    client.settimeout(10)
    return client


def frame(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


@posix
@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff\xff\xff\xff",
        frame(b""),
        frame(b"\xff\xfe"),
        frame(b"[1, 2]"),
        frame(b'{"paths": 3}'),
        frame(b'{"paths": [1]}'),
        frame(b'{"paths": ["relative.png"]}'),
        frame(b"[" * 100_000),
        frame(b'{"paths": []}') + b"more",
    ],
)
def test_garbage_is_ignored(
    garbage: bytes, single: SingleInstance, name: str, start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    assert single.listen()
    single.serve()
    got: list[tuple[Path, ...]] = []
    single.received.connect(got.append)
    with connect(name) as client:
        client.sendall(garbage)
        client.setblocking(False)
        answer = bytearray()

        def is_cut_off() -> bool:
            try:
                data = client.recv(1000)
            except BlockingIOError:
                return False
            except ConnectionError:
                return True
            answer.extend(data)
            return not data

        qtbot.waitUntil(is_cut_off, timeout=WAIT)
    assert b"taken" not in answer
    assert got == []
    with qtbot.waitSignal(single.received, timeout=WAIT):
        start.send_files(name, str(tmp_path / "cat.png"))


@posix
def test_who_lost_patience_is_not_answered_twice(
    single: SingleInstance, name: str, qtbot: QtBot, tmp_path: Path
) -> None:
    assert single.listen()
    single.serve()
    got: list[tuple[Path, ...]] = []
    single.received.connect(got.append)
    # What a start sends that gives up before the busy window comes to reading it.
    with connect(name) as impatient:
        qtbot.waitUntil(lambda: bool(select.select([impatient], [], [], 0)[0]), timeout=WAIT)
        assert impatient.recv(100).startswith(b"VGG Desktop")
        impatient.sendall(frame(json.dumps({"paths": [str(tmp_path / "first.png")]}).encode()))
    with connect(name) as patient:
        patient.sendall(frame(json.dumps({"paths": [str(tmp_path / "second.png")]}).encode()))
        qtbot.waitUntil(lambda: bool(got), timeout=WAIT)
    assert got == [(tmp_path / "second.png",)]


def test_another_program_under_the_name_gets_no_files(name: str, start: Starter, qtbot: QtBot) -> None:
    server = QLocalServer()
    received = bytearray()

    def answer() -> None:
        client = server.nextPendingConnection()
        client.setParent(server)
        client.readyRead.connect(lambda: received.extend(client.readAll().data()))
        client.write(b"220 mail.example ESMTP\n")

    server.newConnection.connect(answer)
    assert server.listen(name)
    process = start.send_files(name, "cat.png")
    assert ended(process, qtbot) == "False"
    assert received == b""
    server.close()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs root, to become another user")
def test_another_user_who_listens_gets_no_files(tmp_path: Path, start: Starter, qtbot: QtBot) -> None:
    tmp_path.chmod(0o777)
    for folder in tmp_path.parents:
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    path = tmp_path / "socket"
    listener = start(LISTEN_AS_NOBODY, str(path))
    assert listener.stdout is not None
    assert listener.stdout.readline() == "listening\n"
    os.chown(path, os.getuid(), os.getgid())  # what the file says is not who listens
    process = start.send_files(str(path), "cat.png")
    assert ended(process, qtbot) == "False"
    assert listener.stdout.readline() == "b''\n"


# --- the name


def test_names_are_short_and_differ_by_folder_and_screen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    first = instance_name()
    assert instance_name() == first
    assert len(first) < 40
    if sys.platform == "win32":
        monkeypatch.setattr(win32, "session_id", lambda: 99)
    else:
        monkeypatch.setenv("DISPLAY", ":1")
    second = instance_name()
    monkeypatch.setenv("VGG_DESKTOP_HOME", str(tmp_path / "another"))
    assert len({first, second, instance_name()}) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has this folder")
def test_the_socket_is_put_into_the_persons_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/tmp")
    assert os.path.dirname(instance_name()) == "/tmp"  # noqa: PTH120 - it is text
    for unusable in ("/tmp/" + "long" * 30, "/no such folder", "relative"):
        monkeypatch.setenv("XDG_RUNTIME_DIR", unusable)
        assert "/" not in instance_name()


# --- macOS


def test_files_opened_by_double_click_come_in_one_piece(qapp: QApplication, qtbot: QtBot) -> None:
    opened = OpenFileFilter()
    qapp.installEventFilter(opened)
    paths = [Path.cwd() / "a b.png", Path.cwd() / "c.png"]
    with qtbot.waitSignal(opened.received, timeout=WAIT) as received:
        for path in paths:
            assert QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(path))))
    assert received.args == [tuple(paths)]
    qapp.removeEventFilter(opened)
