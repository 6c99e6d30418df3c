"""The log and the crash file, with processes that really die."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vgg_desktop import __version__, logs
from vgg_desktop.logs import CrashFile

DIES = """
import faulthandler, sys
from pathlib import Path
from vgg_desktop.logs import CrashFile
file = CrashFile(Path(sys.argv[1]))
file.start()
print("started", flush=True)
if sys.argv[2] == "fault":
    faulthandler._sigsegv()
sys.stdin.read()
if sys.argv[2] == "proper":
    file.stop()
"""


@pytest.fixture
def fresh_logging() -> Iterator[None]:
    """Let a test set the log up, and take its handlers away again."""
    before = {name: (logging.getLogger(name).handlers[:], logging.getLogger(name).level) for name in LOGGERS}
    for name in LOGGERS:
        logging.getLogger(name).handlers.clear()
    yield
    for name, (handlers, level) in before.items():
        for handler in logging.getLogger(name).handlers:
            handler.close()
        logging.getLogger(name).handlers[:] = handlers
        logging.getLogger(name).setLevel(level)


LOGGERS = ("vgg_desktop", "qt")


def run(folder: Path, how: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", DIES, str(folder), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


def finish(folder: Path, how: str) -> int:
    with run(folder, how) as process:
        process.communicate("", timeout=60)
    return process.pid


@pytest.mark.usefixtures("fresh_logging")
def test_the_log_begins_with_what_is_running(app_home: Path) -> None:
    logs.set_up()
    logs.set_up()
    logs.log_versions()
    logging.getLogger("qt").warning("from Qt")
    logging.getLogger("vgg_desktop.x").warning("a name that is no Unicode: \udcff")
    lines = (app_home / "log" / logs.FILE_NAME).read_text("utf-8").splitlines()
    assert f"VGG Desktop {__version__}, Python {sys.version.split()[0]}, Qt 6." in lines[0]
    assert "onnxruntime" in lines[0]
    assert [line.split(": ", 1)[1] for line in lines[1:]] == [
        "from Qt",
        "a name that is no Unicode: \\udcff",
    ]


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
@pytest.mark.usefixtures("fresh_logging")
def test_only_the_user_can_read_the_log(app_home: Path) -> None:
    folder = app_home / "log"
    folder.mkdir(parents=True)
    names = [logs.FILE_NAME, f"{logs.FILE_NAME}.1", "crash-previous.log"]
    for name in names:
        (folder / name).write_text("of an older version\n")
        (folder / name).chmod(0o644)
    logs.set_up()
    for _ in range(12):  # until the files rotate
        logging.getLogger("vgg_desktop").warning("x" * 100_000)
    assert (folder / f"{logs.FILE_NAME}.2").exists()
    crash = CrashFile()
    crash.start()
    try:
        modes = {each.name: each.stat().st_mode & 0o777 for each in folder.iterdir()}
    finally:
        crash.stop()
    assert len(modes) == 5
    assert set(modes.values()) == {0o600}


@pytest.mark.usefixtures("fresh_logging")
def test_a_folder_that_cannot_be_written_costs_only_the_log(
    app_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app_home.mkdir()
    (app_home / "log").write_text("in the way")
    logs.set_up()
    logging.getLogger("vgg_desktop").warning("lost")
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("fresh_logging")
def test_a_log_that_stops_being_writable_says_nothing(
    app_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up()
    logs.log_versions()
    for handler in logging.getLogger("vgg_desktop").handlers:
        handler.close()
    (app_home / "log" / logs.FILE_NAME).unlink()
    (app_home / "log" / logs.FILE_NAME).mkdir()
    logging.getLogger("vgg_desktop").warning("lost")
    assert capsys.readouterr() == ("", "")


def test_versions_load_no_library() -> None:
    code = (
        "import sys; from vgg_desktop import logs; print(*logs.versions())\n"
        "print(*(name for name in ('PySide6', 'onnxruntime', 'numpy', 'PIL') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["VGG Desktop Python", ""]


def test_a_fault_is_told_once_at_the_next_start(tmp_path: Path) -> None:
    pid = finish(tmp_path, "fault")
    assert (tmp_path / f"crash-{pid}.log").exists()
    text = CrashFile(tmp_path).previous_crash()
    assert text is not None
    assert text.startswith(f"# VGG Desktop {__version__}")
    assert "Fatal Python error: Segmentation fault" in text
    assert "<string>" in text
    assert CrashFile(tmp_path).previous_crash() is None
    assert [path.name for path in tmp_path.iterdir()] == ["crash-previous.log"]
    assert (tmp_path / "crash-previous.log").read_text("utf-8") == text


def test_several_that_died_are_told_together(tmp_path: Path) -> None:
    finish(tmp_path, "fault")
    finish(tmp_path, "fault")
    text = CrashFile(tmp_path).previous_crash()
    assert text is not None
    assert text.count("Segmentation fault") == 2


def test_a_proper_end_leaves_nothing(tmp_path: Path) -> None:
    finish(tmp_path, "proper")
    assert list(tmp_path.iterdir()) == []


def test_one_that_was_ended_from_outside_is_not_spoken_of(tmp_path: Path) -> None:
    with run(tmp_path, "waits") as process:
        process.kill()
    assert CrashFile(tmp_path).previous_crash() is None
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_alive_keeps_its_file(tmp_path: Path) -> None:
    with run(tmp_path, "proper") as process:
        file = tmp_path / f"crash-{process.pid}.log"
        assert CrashFile(tmp_path).previous_crash() is None
        assert file.exists()
        process.communicate("", timeout=60)
    assert not file.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file keeps its name there")
def test_another_of_the_same_number_is_left_alone(tmp_path: Path) -> None:
    """In sandboxes every program has the same process number."""
    file = tmp_path / f"crash-{os.getpid()}.log"
    with run(tmp_path, "waits") as process:
        (tmp_path / f"crash-{process.pid}.log").rename(file)
        mine = CrashFile(tmp_path)
        mine.start()
        mine.stop()
        assert file.exists()
        process.kill()


def test_without_a_folder_there_is_no_crash_file(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way")
    file = CrashFile(tmp_path / "log")
    assert file.previous_crash() is None
    file.start()
    file.stop()
