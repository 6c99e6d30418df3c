"""The computer itself: its processor and its memory, as its system names them."""

import ctypes
import os
import platform
import sys
from pathlib import Path


def processor_name() -> str:
    """Return the processor's name such as "AMD Ryzen 7 5800X"; the kind of machine when the system has none."""
    try:
        name = _processor_name()
    except OSError:
        name = ""
    return " ".join(name.replace("(R)", "").replace("(TM)", "").split()) or platform.machine() or "processor"


def _processor_name() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(
            winreg.HKEY_LOCAL_MACHINE, r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        ) as key:
            return str(winreg.QueryValueEx(key, "ProcessorNameString")[0])
    if sys.platform == "darwin":
        text, size = ctypes.create_string_buffer(256), ctypes.c_size_t(256)
        failed = ctypes.CDLL(None).sysctlbyname(
            b"machdep.cpu.brand_string", text, ctypes.byref(size), None, ctypes.c_size_t(0)
        )
        return "" if failed else text.value.decode("utf-8", "replace")
    for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value
    return ""


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in ("total", "free", "c", "d", "e", "f", "g")),
    )


def memory_bytes() -> int:
    """Return the size of the main memory; 0 when the system does not say."""
    if sys.platform == "win32":
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        done = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.total) if done else 0
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
