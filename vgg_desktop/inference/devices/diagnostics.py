"""Facts about this computer for a request for help: one block of text, in English."""

import ctypes
import logging
import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from vgg_desktop import __version__, settings
from vgg_desktop.errors import VggDesktopError
from vgg_desktop.formatting import format_bytes
from vgg_desktop.inference import runtime
from vgg_desktop.inference.devices.listing import (
    DeviceStatus,
    device_statuses,
    processor_name,
    usable_devices,
)
from vgg_desktop.inference.devices.measuring import FormFacts, find_facts
from vgg_desktop.models.store import InstalledModel

logger = logging.getLogger(__name__)


def diagnose(
    networks: Sequence[InstalledModel], statuses: Sequence[DeviceStatus] | None = None, qt: str = ""
) -> str:
    """Return the block to copy, with what is known of these networks on the devices. Raises nothing.

    Without `statuses` the devices are found first, which loads their libraries. `qt` is the version of a Qt that is
    loaded, else that of the installed PySide6 is used.
    """
    lines = [
        f"VGG Desktop {__version__}",
        f"System: {platform.platform()}",
        f"Processor: {processor_name()}",
        f"Memory: {format_bytes(_memory_bytes())}",
        f"Python: {platform.python_version()} ({'bundled' if hasattr(sys, 'frozen') else sys.executable})",
        f"Qt: {qt or _qt_version()}",
        f"Administrator's settings: {settings.read_machine()}",
    ]
    tests: list[str] = []
    try:
        known = device_statuses() if statuses is None else statuses
        lines += _onnxruntime(known)
        tests = _self_tests(find_facts(networks, usable_devices(known)))
    except VggDesktopError as error:
        lines.append(str(error))
    lines += ["Self-tests:", *(f"  {each}" for each in tests or ("none yet",))]
    return "\n".join(lines)


def log_diagnostics(networks: Sequence[InstalledModel], statuses: Sequence[DeviceStatus]) -> None:
    """Write the block to the log. Thread: one that may take seconds."""
    logger.info("diagnostics:\n%s", diagnose(networks, statuses))


def _onnxruntime(statuses: Sequence[DeviceStatus]) -> list[str]:
    builds = runtime.installed_builds()
    lines = [f"onnxruntime: {runtime.version()} ({', '.join(builds) or 'bundled'})"]
    if (reason := runtime.conflict(builds)) is not None:
        lines.append(f"  {reason}")
    if cuda := runtime.cuda_version():
        lines.append(f"CUDA needed: {cuda}")
    lines += [f"Providers: {', '.join(runtime.available_providers())}", "Devices:"]
    lines += [f"  {_line(each)}" for each in statuses]
    listed = runtime.listed_devices()
    lines += ["Listed by onnxruntime:"] if listed else []
    for each in listed:
        facts = ", ".join(f"{key} {value}" for key, value in {**each.options, **each.metadata}.items())
        lines.append(f"  {each.provider}, {each.vendor} {each.kind} ({facts})")
    return lines


def _line(status: DeviceStatus) -> str:
    device = status.device
    driver = f", driver {device.driver}" if device.driver else ""
    state = "usable" if status.usable else f"not usable: {status.reason}"
    return f"{device.id}: {device.name}, {device.provider}{driver}, {state}"


def _qt_version() -> str:
    try:
        return version("PySide6-Essentials")
    except PackageNotFoundError:
        return "unknown"


def _self_tests(found: Sequence[FormFacts]) -> list[str]:
    """Return in English what the self-tests and measurements found, one line per form that was tried."""
    return [line for each in found if (line := _as_line(each))]


def _as_line(facts: FormFacts) -> str:
    head = f"{facts.model} on {facts.device.id}, {facts.precision}"
    if facts.reason is not None:
        return f"{head}: not used, {facts.reason}"
    parts = []
    if facts.verdict is not None:
        parts.append(f"passed, scores within {facts.verdict.difference * 100:.2g} % of the CPU's")
    if (measured := facts.measurement) is not None:
        parts.append(f"{measured.images_per_second:.1f} pictures/s at {measured.batch}, {measured.when}")
    return f"{head}: {'; '.join(parts)}" if parts else ""


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in ("total", "free", "c", "d", "e", "f", "g")),
    )


def _memory_bytes() -> int:
    """Return the size of the main memory in bytes, 0 if unknown."""
    if sys.platform == "win32":
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        done = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.total) if done else 0
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
