"""What the operating system tells and does about a child process: its time, its memory, and its end with ours."""

import contextlib
import ctypes
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple


class Usage(NamedTuple):
    """CPU time in seconds, of all threads together, and memory in bytes that no file backs."""

    seconds: float
    memory: int


def usage(process: "subprocess.Popen[bytes]") -> Usage | None:
    """Return what a running child has used so far; None where the system does not tell, or it has ended."""
    try:
        # Windows tells of an ended process as long as somebody has its handle.
        return _usage(process) if process.returncode is None else None
    except (OSError, ValueError, IndexError, AttributeError):
        return None


def start(command: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start a child with pipes as its input and output, which no window and no Ctrl+C reaches. Raises `OSError`."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=flags,
        start_new_session=True,  # else the terminal's Ctrl+C would end it before its answer is read
    )


def end_with_parent() -> None:
    """Within the child: leave no core file, be the first to go when memory runs out, and end with the parent.

    Where the system cannot do the last, the end of the pipe tells.
    """
    if sys.platform == "win32":
        # No dialog of the system about a crash: SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX.
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL


if sys.platform == "win32":
    from ctypes import wintypes

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Limits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    class _Memory(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
            ("PrivateUsage", ctypes.c_size_t),
        )

    class Guard:
        """A Job Object: the child ends when this process does, and its allocations fail beyond a limit."""

        def __init__(self, process: "subprocess.Popen[bytes]") -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = wintypes.HANDLE
            self._job = wintypes.HANDLE(self._kernel.CreateJobObjectW(None, None))
            self._kernel.AssignProcessToJobObject(self._job, wintypes.HANDLE(int(process._handle)))  # type: ignore[attr-defined]

        def limit_memory(self, limit: int) -> None:
            """Let allocations beyond `limit` bytes fail."""
            # JOB_OBJECT_LIMIT_PROCESS_MEMORY, _DIE_ON_UNHANDLED_EXCEPTION, _KILL_ON_JOB_CLOSE
            limits = _Limits(_BasicLimits(LimitFlags=0x100 | 0x400 | 0x2000), ProcessMemoryLimit=limit)
            self._kernel.SetInformationJobObject(self._job, 9, ctypes.byref(limits), ctypes.sizeof(limits))

        def close(self) -> None:
            """End the child. A second call does nothing."""
            self._kernel.CloseHandle(self._job)
            self._job = wintypes.HANDLE()

    def _usage(process: "subprocess.Popen[bytes]") -> Usage | None:
        handle = wintypes.HANDLE(int(process._handle))  # type: ignore[attr-defined]
        kernel = ctypes.WinDLL("kernel32")
        made, ended, system, user = (wintypes.FILETIME() for _ in range(4))
        memory = _Memory(cb=ctypes.sizeof(_Memory))
        if not (
            kernel.GetProcessTimes(handle, *(ctypes.byref(each) for each in (made, ended, system, user)))
            and kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(memory), ctypes.sizeof(memory))
        ):
            return None
        ticks = sum((each.dwHighDateTime << 32) + each.dwLowDateTime for each in (system, user))
        return Usage(ticks / 1e7, memory.PrivateUsage)

else:

    class Guard:
        """Nothing: `end_with_parent` and the watch over `usage` do it here."""

        def __init__(self, process: "subprocess.Popen[bytes]") -> None: ...

        def limit_memory(self, limit: int) -> None:
            """Do nothing."""

        def close(self) -> None:
            """Do nothing."""

    if sys.platform == "darwin":

        class _TaskInfo(ctypes.Structure):
            # struct proc_taskinfo of <sys/proc_info.h>
            _fields_ = (
                ("virtual_size", ctypes.c_uint64),
                ("resident_size", ctypes.c_uint64),
                ("total_user", ctypes.c_uint64),
                ("total_system", ctypes.c_uint64),
                ("threads_user", ctypes.c_uint64),
                ("threads_system", ctypes.c_uint64),
                ("counts", ctypes.c_int32 * 12),
            )

        class _Timebase(ctypes.Structure):
            _fields_ = (("numer", ctypes.c_uint32), ("denom", ctypes.c_uint32))

        def _usage(process: "subprocess.Popen[bytes]") -> Usage | None:
            system: Any = ctypes.CDLL(None)
            info, timebase = _TaskInfo(), _Timebase()
            size = ctypes.sizeof(info)
            # PROC_PIDTASKINFO; its times are in ticks, which are no nanoseconds on Apple's own processors.
            if system.proc_pidinfo(process.pid, 4, ctypes.c_uint64(0), ctypes.byref(info), size) != size:
                return None
            system.mach_timebase_info(ctypes.byref(timebase))
            ticks = info.total_user + info.total_system
            return Usage(ticks * timebase.numer / timebase.denom / 1e9, info.resident_size)

    else:

        def _usage(process: "subprocess.Popen[bytes]") -> Usage | None:
            folder = Path("/proc", str(process.pid))
            # After the name in brackets, which may hold anything: fields 14 and 15 of proc(5), from the third on.
            times = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[11:13]
            resident, shared = map(int, (folder / "statm").read_text().split()[1:3])
            ticks = os.sysconf("SC_CLK_TCK")
            return Usage(sum(map(int, times)) / ticks, (resident - shared) * os.sysconf("SC_PAGE_SIZE"))
