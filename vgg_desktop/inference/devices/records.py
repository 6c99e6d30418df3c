"""What self-tests and measurements found, kept beside the network until what it depends on changes."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vgg_desktop.errors import NotEnoughSpace, StorageError, StoreBusy
from vgg_desktop.files import storage_errors, write_json
from vgg_desktop.inference.devices.listing import Device
from vgg_desktop.inference.results import Precision
from vgg_desktop.inference.runtime import version
from vgg_desktop.models.descriptions import DEVICES
from vgg_desktop.models.store import InstalledModel, network_lock

logger = logging.getLogger(__name__)
FORMAT = 2  # of the records; those of another are not used
_TIMEOUT = 5.0  # seconds to wait for another process that changes the network
Values = dict[str, Any]


def find_record(
    installed: InstalledModel, section: str, device: Device, precision: Precision
) -> Values | None:
    """Return what was kept, if device, driver, onnxruntime and network are still the same."""
    entry = _read(installed).get(_key(section, device, precision))
    if not isinstance(entry, dict) or entry.get("made_for") != _fingerprint(installed, device):
        return None
    found = entry.get("found")
    return found if isinstance(found, dict) else None


def keep_record(
    installed: InstalledModel, section: str, device: Device, precision: Precision, values: Values | None
) -> None:
    """Keep what was found, None to forget it; waits for others that change the network.

    Where that is impossible, the device is tested or measured again the next time.
    """
    if values is None and _key(section, device, precision) not in _read(installed):
        return
    with _logged(), network_lock(installed, timeout=_TIMEOUT):
        write_record(installed, section, device, precision, values)


def write_record(
    installed: InstalledModel, section: str, device: Device, precision: Precision, values: Values | None
) -> None:
    """Keep or forget a record as `keep_record` does, for those who hold the lock."""
    entries = _read(installed)
    key = _key(section, device, precision)
    if values is None:
        entries.pop(key, None)
    else:
        entries[key] = {"made_for": _fingerprint(installed, device), "found": values}
    path = installed.derived / DEVICES
    with _logged(), storage_errors(path):
        write_json(path, entries)


@contextmanager
def _logged() -> Iterator[None]:
    """Log why a record cannot be kept, and go on without."""
    try:
        yield
    except (NotEnoughSpace, StorageError, StoreBusy) as error:
        logger.info("a record of a device is not kept: %s", error)


def _key(section: str, device: Device, precision: Precision) -> str:
    return " ".join((section, device.id, precision))


def _fingerprint(installed: InstalledModel, device: Device) -> Values:
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
