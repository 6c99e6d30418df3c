"""What was found out about a network on each device, kept beside it until what it depends on changes."""

import json
import logging
from typing import Any

from vgg_desktop.errors import StorageError
from vgg_desktop.files import storage_errors, write_json
from vgg_desktop.inference.devices.listing import Device
from vgg_desktop.inference.results import Precision
from vgg_desktop.inference.runtime import version
from vgg_desktop.models.descriptions import DEVICES
from vgg_desktop.models.store import InstalledModel

logger = logging.getLogger(__name__)
FORMAT = 1  # of the records; another number finds everything out again
Values = dict[str, Any]


def find_record(
    installed: InstalledModel, section: str, device: Device, precision: Precision
) -> Values | None:
    """Return what was kept, if device, driver, onnxruntime and network are still the same."""
    entry = _read(installed).get(_key(section, device, precision))
    if not isinstance(entry, dict) or entry.get("made_for") != _conditions(installed, device):
        return None
    found = entry.get("found")
    return found if isinstance(found, dict) else None


def keep_record(
    installed: InstalledModel, section: str, device: Device, precision: Precision, values: Values
) -> None:
    """Keep what was found; where the folder cannot be written it is found out again the next time."""
    entries = _read(installed)
    entries[_key(section, device, precision)] = {
        "made_for": _conditions(installed, device),
        "found": values,
    }
    _write(installed, entries)


def forget_record(installed: InstalledModel, section: str, device: Device, precision: Precision) -> None:
    """Find it out again the next time."""
    entries = _read(installed)
    if entries.pop(_key(section, device, precision), None) is not None:
        _write(installed, entries)


def _key(section: str, device: Device, precision: Precision) -> str:
    return " ".join((section, device.id, precision))


def _conditions(installed: InstalledModel, device: Device) -> Values:
    return {
        "format": FORMAT,
        "onnxruntime": version(),
        "provider": device.provider,
        "options": dict(device.options),
        "driver": device.driver,
        "sha256": installed.spec.sha256,
        "revision": installed.spec.revision,
    }


def _read(installed: InstalledModel) -> Values:
    path = installed.derived / DEVICES
    try:
        entries = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        logger.info("%s is skipped: %s", path, error)
        return {}
    return entries if isinstance(entries, dict) else {}


def _write(installed: InstalledModel, entries: Values) -> None:
    path = installed.derived / DEVICES
    try:
        with storage_errors(path):
            if installed.spec.origin == "bundled":  # the folder of a network that was removed stays so
                path.parent.mkdir(parents=True, exist_ok=True)
            write_json(path, entries)
    except StorageError as error:
        logger.info("what was found out about devices is not kept: %s", error)
