"""Logging: the rotating log file with its header, and the crash file."""

import contextlib
import faulthandler
import logging
import os
import platform
import sys
import time
from pathlib import Path
from typing import IO, Any, Final

from vgg_desktop import __version__, paths
from vgg_desktop.files import LOCKED_BYTE, make_private, open_private, take_lock

logger = logging.getLogger(__name__)

FILE_NAME: Final = "vgg-desktop.log"
# "qt" gets the messages of Qt itself (`ui.qt_messages`).
_LOGGERS: Final = ("vgg_desktop", "qt")
_CRASH_PATTERN: Final = "crash-[0-9]*.log"
_PREVIOUS: Final = "crash-previous.log"
_LONGEST: Final = 200_000  # characters of one crash: a recursion without end is long enough with that


class _LogFile(logging.Handler):
    """The log, opened with its first line, so that the window need not wait for what opening it loads."""

    def __init__(self) -> None:
        super().__init__()
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        if self._file is None:
            self._file = _open()
        self._file.handle(record)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()


def _open() -> logging.Handler:
    """Open the rotating file; a folder that cannot be written costs the log and nothing else."""
    from logging.handlers import RotatingFileHandler

    class PrivateFile(RotatingFileHandler):
        """A rotating file that nobody but the user can read: it has names of pictures."""

        def _open(self) -> Any:  # noqa: ANN401 - as the original
            return open(self.baseFilename, self.mode, -1, self.encoding, self.errors, opener=open_private)

    try:
        folder = paths.log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        for each in folder.glob("*.log*"):  # older versions let others read them
            make_private(each)
        found = PrivateFile(
            folder / FILE_NAME,
            maxBytes=1_000_000,
            backupCount=3,
            encoding="utf-8",
            delay=True,
            errors="backslashreplace",  # names of files may be no Unicode
        )
    except OSError:
        return logging.NullHandler()
    found.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    # A line that cannot be written (a full disk, a rotation on Windows) is lost: the standard way prints a
    # traceback, and a windowed program has no stderr.
    found.handleError = lambda record: None  # type: ignore[method-assign]
    return found


def set_up() -> None:
    """Send the log to `vgg-desktop.log`."""
    if logging.getLogger("vgg_desktop").handlers:
        return
    handler = _LogFile()
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.INFO)
        logging.getLogger(name).addHandler(handler)


def log_versions() -> None:
    """Log what is running."""
    logger.info(_running())


def _running() -> str:
    known = ", ".join(f"{name} {version}" for name, version in versions().items())
    return f"{known}, {platform.platform()}"


def versions() -> dict[str, str]:
    """Return the versions of the program, of Python, and of the libraries loaded so far; loads none."""
    found = {"VGG Desktop": __version__, "Python": platform.python_version()}
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        found["Qt"] = str(core.qVersion())
    for name in ("PySide6", "onnxruntime", "numpy", "PIL"):
        version = getattr(sys.modules.get(name), "__version__", None)
        if version is not None:
            found["Pillow" if name == "PIL" else name] = str(version)
    return found


def last_crash() -> str:
    """Return what is kept of the last crash, with its date, or "" if there was none."""
    path = paths.log_folder() / _PREVIOUS
    try:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime))
        return f"{when}\n{path.read_text('utf-8', 'backslashreplace')}"
    except OSError:
        return ""


class CrashFile:
    """`crash-<pid>.log`, into which Python writes every thread's stack when the process dies of a fault.

    The file is locked as long as the process lives, which is more reliable than its number: in a sandbox every process
    has the same one. Nothing here raises; without a folder that can be written there is no crash file.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is the log folder unless given."""
        self._folder = folder or paths.log_folder()
        self._file: IO[str] | None = None
        self._path = self._folder / f"crash-{os.getpid()}.log"

    def start(self) -> None:
        """Begin to watch; ask for `previous_crash` first, or a process of the same number is forgotten."""
        file = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # Appending, so that the lines of the fault never overwrite the first one.
            file = open(self._path, "a", encoding="utf-8", opener=open_private)  # noqa: SIM115 - closed by `stop`
            if not take_lock(file, LOCKED_BYTE):
                raise BlockingIOError(f"{self._path.name} is another process's")
            file.write(f"# {_running()}\n")
            file.flush()
            faulthandler.enable(file, all_threads=True)
        except (OSError, ValueError, RuntimeError) as error:
            logger.warning("no crash file: %s", error)
            if file is not None:
                file.close()
        else:
            self._file = file

    def stop(self) -> None:
        """Stop watching at a proper end, and leave nothing behind."""
        if self._file is None:
            return
        faulthandler.disable()
        with contextlib.suppress(OSError):
            self._file.close()
        self._file = None
        with contextlib.suppress(OSError):
            self._path.unlink()

    def previous_crash(self) -> str | None:
        """Return, once, what processes wrote that have died of a fault since, and keep it as `crash-previous.log`.

        A process that was terminated from outside, for instance by a log-out, leaves no fault and is not reported.
        """
        found = [text for path in sorted(self._folder.glob(_CRASH_PATTERN)) if (text := self._take(path))]
        if not found:
            return None
        text = "\n".join(found)
        try:
            previous = self._folder / _PREVIOUS
            with open(previous, "w", -1, "utf-8", "backslashreplace", opener=open_private) as file:
                file.write(text)
            make_private(previous)
        except OSError as error:
            logger.warning("crash not kept: %s", error)
        logger.error("an earlier run died:\n%s", text)
        return text

    def _take(self, path: Path) -> str:
        """Return what a dead process left and remove it; nothing for a living one, or when another took it first."""
        taken = self._folder / f".{path.stem}-of-{os.getpid()}"
        try:
            if path == self._path and self._file is not None:
                return ""
            with path.open("a") as file:
                if not take_lock(file, LOCKED_BYTE):
                    return ""
            path.replace(taken)
            text = taken.read_text("utf-8", "backslashreplace")[:_LONGEST]
            taken.unlink()
        except OSError:
            return ""
        is_fault = any(line.strip() and not line.startswith("#") for line in text.splitlines())
        return text if is_fault else ""
