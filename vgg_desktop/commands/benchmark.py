"""`vgg-desktop benchmark`: how fast the networks are on the devices of this computer."""

import argparse
import threading
from typing import TYPE_CHECKING, Any

from vgg_desktop.commands import OK, SOME_FAILED, print_result
from vgg_desktop.commands.opening import open_store
from vgg_desktop.errors import stop_if_cancelled

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.measuring import Measurement


def add_to(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    command.add_argument("--model", metavar="ID", help="the network (default: all that are installed)")
    command.add_argument("--device", metavar="ID", help="the device (default: all)")


def run(options: argparse.Namespace, cancel: threading.Event) -> int:
    """Measure and print line by line; 1 where a device does not pass. Raises every `ModelError`, `Cancelled`."""
    from vgg_desktop.inference.devices.listing import device_statuses, find_device, usable_devices
    from vgg_desktop.inference.devices.measuring import measure_all
    from vgg_desktop.inference.forms.registry import ensure_runtime_graph, improve
    from vgg_desktop.models.catalog import find
    from vgg_desktop.terminal import measuring_bar

    store, specs = open_store()
    found = [store.get(find(specs, options.model))] if options.model else store.get_all(specs)
    statuses = device_statuses()
    devices = [find_device(options.device, statuses)] if options.device else usable_devices(statuses)
    networks = []
    for each in found:
        stop_if_cancelled(cancel)
        networks.append(ensure_runtime_graph(each))
        improve(networks[-1], cancel)
    failed = False
    with measuring_bar() as show:
        for measured in measure_all(networks, devices, progress=show, cancel=cancel):
            print_result(options, as_json(measured), as_text(measured))
            failed = failed or measured.reason is not None
    return SOME_FAILED if failed else OK


def as_json(found: "Measurement") -> dict[str, Any]:
    """Return the JSON object of one measurement; `reason` instead of numbers where the device did not pass."""
    values: dict[str, Any] = {"model": found.model, "device": found.device, "precision": found.precision}
    if found.reason is not None:
        return {**values, "reason": str(found.reason)}
    agreement = found.agreement
    return {
        **values,
        "load_ms": round(found.load_ms, 1),
        "median_ms": round(found.median_ms, 2),
        "p95_ms": round(found.p95_ms, 2),
        "images_per_second": round(found.images_per_second, 2),
        "batch": found.batch,
        "peak_mb": None if found.peak_mb is None else round(found.peak_mb),
        "agreement": agreement
        and {"same_top1": agreement.same_top1, "largest_difference": agreement.largest_difference},
    }


def as_text(found: "Measurement") -> str:
    """Return one measurement as a line."""
    head = f"{found.model:12} {found.device:10} {found.precision:5}"
    if found.reason is not None or found.agreement is None:
        return f"{head}  not used: {found.reason}"
    memory = "" if found.peak_mb is None else f"  {found.peak_mb:5.0f} MB"
    return (
        f"{head}  load {found.load_ms:6.0f} ms  picture {found.median_ms:7.1f} ms (p95 {found.p95_ms:7.1f})  "
        f"{found.images_per_second:7.1f}/s at {found.batch:2}{memory}  "
        f"same class {found.agreement.same_top1 * 100:5.1f} %"
    )
