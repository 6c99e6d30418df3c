"""One window for a user: a second start sends its files to the window that is open already.

Over a local socket the window identifies itself, the second start then sends one frame (four bytes of length, then
JSON), and the window confirms it. Nothing is sent to a window that does not answer, so no file gets lost in it.
"""

import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QDeadlineTimer, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from vgg_desktop.errors import StoreBusy
from vgg_desktop.files import exclusive_lock
from vgg_desktop.paths import APP_NAME, config_folder

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|data:")
_GREETING = b"VGG Desktop 1\n"
_TAKEN = b"taken\n"
_LENGTH = 4
_LONGEST_LINE = 100
_MAX_FRAME = 64_000_000  # bytes; a hundred thousand paths take about ten million
_PIECE = 1 << 16  # bytes
_TIMEOUT = 1500  # milliseconds without a sign of the window
_RATE = 1000  # bytes of a frame that even a slow computer reads and examines in a millisecond
_SILENCE = 10_000  # milliseconds after which an unfinished connection is closed
_LOCK_TIMEOUT = 1000
_LONGEST_SOCKET = 100  # bytes; systems end between 104 and 108

_NOBODY = (
    QLocalSocket.LocalSocketError.ConnectionRefusedError,
    QLocalSocket.LocalSocketError.ServerNotFoundError,
)


def instance_name() -> str:
    """Return the name under which this user's window is found: one per user, screen and folder of settings."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "")
    if sys.platform == "win32":
        import getpass

        from vgg_desktop.ui import win32

        # Pipes have names of the whole computer, on which a user may have several sessions, each with its screen.
        user, screen = getpass.getuser(), str(win32.session_id())
    else:
        user = str(os.getuid())
    facts = "\0".join((user, screen, str(config_folder())))
    # Qt's own hash: it is there already, and the window waits for this.
    algorithm = QCryptographicHash.Algorithm.Sha256
    digest = bytes(
        QCryptographicHash.hash(facts.encode("utf-8", "surrogateescape"), algorithm).toHex().data()
    )
    name = f"{APP_NAME}-{digest[:16].decode()}"
    # A folder that is the user's own is better than the common one; Qt takes whole paths too.
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    path = os.path.join(own, name)  # noqa: PTH118 - Qt wants text
    usable = sys.platform == "linux" and Path(own).is_absolute() and os.access(own, os.W_OK | os.X_OK)
    return path if usable and len(os.fsencode(path)) <= _LONGEST_SOCKET else name


class SingleInstance(QObject):
    """Either end of the connection: the window listens, a later start sends its files. Thread: the window's."""

    received = Signal(object)  # tuple[Path | str, ...], of paths and addresses; empty: only show the window

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

    def send_files(self, given: Sequence[Path | str]) -> bool:
        """Send files, made absolute, and addresses to the window that is open, and return whether it took them.

        Blocks; False if the window did not respond for 1.5 seconds. Needs a `QCoreApplication`.
        """
        words = [each if isinstance(each, str) else str(each.absolute()) for each in given]
        content = json.dumps({"paths": words}).encode()
        if len(content) > _MAX_FRAME:
            return False
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        taken = (
            socket.waitForConnected(_TIMEOUT)
            and _is_own(socket)
            and _read_line(socket) == _GREETING
            and _let_come_forward(socket)
            and _send(socket, len(content).to_bytes(_LENGTH, "big") + content)
            and _read_line(socket, _TIMEOUT + len(content) // _RATE) == _TAKEN
        )
        socket.abort()
        return taken

    def listen(self) -> bool:
        """Become the window that others send their files to; False where another one is already, or hangs.

        They wait for `serve`, 1.5 seconds at most. After a False, `send_files` once more: another start may have
        been faster by a moment.
        """
        # One start at a time may check and then take the name, or both would find it free.
        try:
            # Among the app's own files: beside the socket it would stay in a folder that all users share.
            folder = config_folder()
            folder.mkdir(parents=True, exist_ok=True)
            with exclusive_lock(folder / f".{Path(self._name).name}.lock", timeout=_LOCK_TIMEOUT / 1000):
                probe = QLocalSocket()
                probe.connectToServer(self._name)
                if probe.waitForConnected(_LOCK_TIMEOUT) or probe.error() not in _NOBODY:
                    return False
                QLocalServer.removeServer(self._name)  # a crash leaves the socket's file
                return self._server.listen(self._name)
        except (StoreBusy, OSError):
            return False

    def serve(self) -> None:
        """Begin to take files from others, those that wait first; `received` must be connected by now."""
        self._server.newConnection.connect(self._accept)
        self._accept()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    @Slot()
    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Connection(socket, self)


class _Connection(QObject):
    """One connection to the listening window: greets, reads a frame, confirms it. Anything else closes it."""

    def __init__(self, socket: QLocalSocket, instance: SingleInstance) -> None:
        super().__init__(instance)
        self._socket = socket
        self._instance = instance
        self._data = bytearray()
        socket.setParent(self)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self.deleteLater)
        if not socket.isOpen():  # gone again already
            self.deleteLater()
            return
        QTimer.singleShot(_SILENCE, self, socket.abort)
        socket.write(_GREETING)
        socket.flush()

    @Slot()
    def _read(self) -> None:
        self._data += self._socket.readAll().data()
        length = int.from_bytes(self._data[:_LENGTH], "big")
        if len(self._data) < _LENGTH or (length <= _MAX_FRAME and len(self._data) < _LENGTH + length):
            return
        paths = _paths_in(bytes(self._data[_LENGTH:])) if len(self._data) == _LENGTH + length else None
        if paths is None:
            self._socket.abort()
            return
        self._socket.write(_TAKEN)
        self._socket.flush()
        # A start that stopped waiting has opened a window of its own and must not be answered twice.
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.disconnectFromServer()
            self._instance.received.emit(paths)


def _paths_in(content: bytes) -> tuple[Path | str, ...] | None:
    """Return the paths and addresses in a frame, or None where it is none of ours."""
    from vgg_desktop.ui.incoming.addresses import is_absolute  # the first paint does not wait for it

    try:
        names = json.loads(content)["paths"]
        if not all(_ADDRESS.match(name) or is_absolute(name) for name in names):
            return None
        return tuple(Path(name) if is_absolute(name) else name for name in names)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _is_own(socket: QLocalSocket) -> bool:
    """Return whether the process at the other end belongs to this user.

    In a common folder anyone may put a socket, and the owner of its file need not be who listens: the system knows.
    """
    if sys.platform == "win32":
        from vgg_desktop.ui import win32

        return win32.is_own_process(win32.pipe_server(int(socket.socketDescriptor())))
    # The first paint does not wait for these: without a window that is open already they are not needed.
    import ctypes
    import socket as sockets
    import struct

    descriptor = os.dup(int(socket.socketDescriptor()))
    with sockets.socket(fileno=descriptor) as peer:
        try:
            if sys.platform == "darwin":
                user, group = ctypes.c_uint32(), ctypes.c_uint32()
                failed = ctypes.CDLL(None).getpeereid(descriptor, ctypes.byref(user), ctypes.byref(group))
                return not failed and user.value == os.getuid()
            # unix(7): process, user and group of the process that called listen.
            credentials = peer.getsockopt(sockets.SOL_SOCKET, sockets.SO_PEERCRED, struct.calcsize("3i"))
            return bool(struct.unpack("3i", credentials)[1] == os.getuid())
        except OSError:
            return False


def _let_come_forward(socket: QLocalSocket) -> bool:
    """Let the window come to the foreground on Windows: only the program that a user has just started may."""
    if sys.platform == "win32":
        from vgg_desktop.ui import win32

        win32.allow_foreground(win32.pipe_server(int(socket.socketDescriptor())))
    return True


def _read_line(socket: QLocalSocket, milliseconds: int = _TIMEOUT) -> bytes:
    """Wait for a line; empty where none came in time."""
    deadline = QDeadlineTimer(milliseconds)
    while not socket.canReadLine():
        if not socket.waitForReadyRead(deadline.remainingTime()):
            break
    return bytes(socket.readLine(_LONGEST_LINE).data())


def _send(socket: QLocalSocket, data: bytes) -> bool:
    # In pieces: Windows tells only of the end of a whole one, and the window may need longer for all of them.
    for start in range(0, len(data), _PIECE):
        socket.write(data[start : start + _PIECE])
        while socket.bytesToWrite():
            if not socket.waitForBytesWritten(_TIMEOUT):
                return False
    return True


class OpenFileFilter(QObject):
    """Turns what macOS sends for a double click or a drop on the Dock's icon into `received`.

    Every event of the application passes through: install it on macOS only.
    """

    received = Signal(object)  # tuple[Path, ...]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: list[Path] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Collect the files of a gesture, which come one event each."""
        if event.type() != QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return super().eventFilter(watched, event)
        if name := event.file():
            if not self._paths:
                QTimer.singleShot(0, self, self._send)
            self._paths.append(Path(name))
        return True

    @Slot()
    def _send(self) -> None:
        paths, self._paths = tuple(self._paths), []
        self.received.emit(paths)
