"""What only Windows can do for a window: task bar, title bar, foreground, Explorer, and who has the end of a pipe.

Elsewhere, and where a call fails, nothing happens.
"""

import contextlib
import enum
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform == "win32" or TYPE_CHECKING:
    import ctypes  # nowhere else, as the first paint would wait for it

_TASK_BAR = "{56fdf344-fd6d-11d0-958a-006097c9a090}"  # the class TaskbarList
_TASK_BAR_3 = "{ea1afb91-9e28-4b86-90e9-9e9f8a5eefaf}"  # its interface ITaskbarList3
_IN_PROCESS = 1
# The places of the functions in the interface's table.
_INITIALIZE, _SET_VALUE, _SET_STATE = 3, 9, 10
_STEPS = 1000
_DARK_FRAME = 20  # DWMWA_USE_IMMERSIVE_DARK_MODE
_QUERY_PROCESS, _QUERY_TOKEN, _TOKEN_USER = 0x1000, 8, 1
_LONGEST_USER = 256  # bytes of what Windows knows of a process's user; the longest identifier has 68


class Progress(enum.IntEnum):
    """How the task bar shows progress, by Windows' own numbers: not at all, green, red, yellow."""

    NONE = 0
    NORMAL = 2
    ERROR = 4
    PAUSED = 8


class TaskBar:
    """The progress on the button of one window. Thread: the window's."""

    def __init__(self) -> None:
        self._list: ctypes.c_void_p | None = None
        self._shown = (Progress.NONE, 0)
        self._usable = sys.platform == "win32"

    def show(self, window: int, state: Progress, fraction: float = 0.0) -> None:
        """Show the progress on the button of a window, which is named by its handle."""
        wanted = (state, int(fraction * _STEPS) if state else 0)
        if not self._usable or wanted == self._shown:
            return
        try:
            self._set(window, *wanted)
            self._shown = wanted
        except OSError:
            self._usable = False  # such as on a server without the shell

    def _set(self, window: int, state: Progress, value: int) -> None:
        if sys.platform == "win32":
            if self._list is None:
                ole, found = ctypes.OleDLL("ole32"), ctypes.c_void_p()
                kind, interface = ctypes.create_string_buffer(16), ctypes.create_string_buffer(16)
                ole.CLSIDFromString(ctypes.c_wchar_p(_TASK_BAR), kind)
                ole.CLSIDFromString(ctypes.c_wchar_p(_TASK_BAR_3), interface)
                ole.CoCreateInstance(kind, None, _IN_PROCESS, interface, ctypes.byref(found))
                ctypes.WINFUNCTYPE(ctypes.HRESULT)(_INITIALIZE, "HrInit")(found)
                self._list = found
            handle, count = ctypes.c_void_p, ctypes.c_uint64
            set_state = ctypes.WINFUNCTYPE(ctypes.HRESULT, handle, ctypes.c_int)(
                _SET_STATE, "SetProgressState"
            )
            set_value = ctypes.WINFUNCTYPE(ctypes.HRESULT, handle, count, count)(
                _SET_VALUE, "SetProgressValue"
            )
            set_state(self._list, window, state)
            if state:
                set_value(self._list, window, value, _STEPS)


def set_app_id(name: str) -> None:
    """Group the windows of this process under a name of their own in the task bar, and not under Python's.

    Not in the packaged program: Windows names it by its file, as it does the shortcuts that pin it.
    """
    if sys.platform == "win32" and not getattr(sys, "frozen", False):
        ctypes.WinDLL("shell32").SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(name))


def set_dark_frame(window: int, dark: bool) -> None:
    """Draw the title bar of a window, which is named by its handle, dark or light."""
    if sys.platform == "win32":
        value = ctypes.c_int(dark)
        change = ctypes.WinDLL("dwmapi").DwmSetWindowAttribute
        change(ctypes.c_void_p(window), _DARK_FRAME, ctypes.byref(value), ctypes.sizeof(value))


def select_in_explorer(path: Path) -> bool:
    """Open the folder of a file with the file selected, and return whether that could be done."""
    if sys.platform == "win32":
        shell = ctypes.WinDLL("shell32")
        shell.ILCreateFromPathW.restype = ctypes.c_void_p
        # By no command line of Explorer's: that takes a comma in a name for the end of it.
        item = ctypes.c_void_p(shell.ILCreateFromPathW(ctypes.c_wchar_p(str(path))))
        if item:
            try:
                return int(shell.SHOpenFolderAndSelectItems(item, 0, None, 0)) >= 0
            finally:
                shell.ILFree(item)
    return False


def session_id(process: int | None = None) -> int:
    """Return the number of the session, of which a user may have several, in which a process (this one) runs."""
    if sys.platform == "win32":
        number = ctypes.c_uint32(0)
        process = os.getpid() if process is None else process
        ctypes.WinDLL("kernel32").ProcessIdToSessionId(process, ctypes.byref(number))
        return number.value
    return 0


def pipe_server(pipe: int) -> int:
    """Return the number of the process that made the other end of a pipe, 0 where it is not known."""
    if sys.platform == "win32":
        number = ctypes.c_uint32(0)
        ctypes.WinDLL("kernel32").GetNamedPipeServerProcessId(ctypes.c_void_p(pipe), ctypes.byref(number))
        return number.value
    return 0


def is_own_process(process: int) -> bool:
    """Return whether a process belongs to the user of this one."""
    other, own = _user(process), _user(os.getpid())
    return bool(own) and own == other


def allow_foreground(process: int) -> None:
    """Pass on to a process the right to come to the foreground, which this one has from the user's start of it."""
    if sys.platform == "win32":
        ctypes.WinDLL("user32").AllowSetForegroundWindow(process)


def _user(process: int) -> bytes:
    """Return the security identifier of a process's user; empty where Windows refuses to tell."""
    if sys.platform == "win32":
        kernel, security = ctypes.WinDLL("kernel32"), ctypes.WinDLL("advapi32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        with contextlib.ExitStack() as handles:
            opened = ctypes.c_void_p(kernel.OpenProcess(_QUERY_PROCESS, 0, process))
            if not opened:
                return b""
            handles.callback(kernel.CloseHandle, opened)
            token = ctypes.c_void_p()
            if not security.OpenProcessToken(opened, _QUERY_TOKEN, ctypes.byref(token)):
                return b""
            handles.callback(kernel.CloseHandle, token)
            facts, size = ctypes.create_string_buffer(_LONGEST_USER), ctypes.c_uint32()
            if security.GetTokenInformation(token, _TOKEN_USER, facts, len(facts), ctypes.byref(size)):
                identifier = ctypes.c_void_p.from_buffer(
                    facts
                )  # what it points to follows in the same buffer
                return ctypes.string_at(identifier, security.GetLengthSid(identifier))
    return b""
