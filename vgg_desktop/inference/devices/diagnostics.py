"""What somebody who is asked for help needs to know of this computer: one block of text, in English."""

import logging
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from vgg_desktop import __version__
from vgg_desktop.errors import VggDesktopError
from vgg_desktop.formatting import format_bytes
from vgg_desktop.inference import runtime
from vgg_desktop.inference.devices import computer, distributions
from vgg_desktop.inference.devices.listing import DeviceStatus, device_statuses

logger = logging.getLogger(__name__)


def diagnose(
    statuses: Sequence[DeviceStatus] | None = None, self_tests: Sequence[str] = (), qt: str = ""
) -> str:
    """Return the block to copy; finds the devices unless given, which loads their libraries. Raises nothing.

    `self_tests` are lines to add, `qt` the version of a Qt that is loaded; else that of the installed PySide6 is told.
    """
    lines = [
        f"VGG Desktop {__version__}",
        f"System: {platform.platform()}",
        f"Processor: {computer.processor_name()}",
        f"Memory: {format_bytes(computer.memory_bytes())}",
        f"Python: {platform.python_version()} ({'bundled' if hasattr(sys, 'frozen') else sys.executable})",
        f"Qt: {qt or _qt_version()}",
    ]
    try:
        lines += _onnxruntime(device_statuses() if statuses is None else statuses)
    except VggDesktopError as error:
        lines.append(str(error))
    lines += ["Self-tests:", *(f"  {each}" for each in self_tests or ("none yet",))]
    return "\n".join(lines)


def log_diagnostics(statuses: Sequence[DeviceStatus] | None = None, self_tests: Sequence[str] = ()) -> None:
    """Write the block to the log. Thread: one that may take seconds."""
    logger.info("diagnostics:\n%s", diagnose(statuses, self_tests))


def _onnxruntime(statuses: Sequence[DeviceStatus]) -> list[str]:
    builds = distributions.installed_builds()
    lines = [f"onnxruntime: {runtime.version()} ({', '.join(builds) or 'bundled'})"]
    if sentence := distributions.conflict(builds):
        lines.append(f"  {sentence}")
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
