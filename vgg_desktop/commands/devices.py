"""`vgg-desktop devices` and `diagnostics`: what can run networks on this computer, and facts for a request for help."""

import argparse
import sys
import threading

from vgg_desktop.commands import OK, print_result
from vgg_desktop.commands.opening import open_store


def run(options: argparse.Namespace, _cancel: threading.Event) -> int:
    """Print every device, why one cannot be used, and on stderr why there is no other where that is known."""
    from vgg_desktop.inference.devices.listing import device_statuses
    from vgg_desktop.inference.runtime import conflict
    from vgg_desktop.why import Why

    statuses = device_statuses()
    width = max(len(each.device.id) for each in statuses)
    for each in statuses:
        device = each.device
        values = {
            "id": device.id,
            "name": device.name,
            "provider": device.provider,
            "usable": each.usable,
            "reason": str(each.reason or ""),
            "kind": device.kind,
            "driver": device.driver,
        }
        state = "" if each.usable else f"  cannot be used: {each.reason}"
        print_result(options, values, f"{device.id:{width}}  {device.name}{state}")
    reason = conflict()
    if reason is None and len(statuses) == 1 and not options.json:
        reason = Why.DEVICE_NO_OTHER()
    if reason is not None:
        print(f"No other device: {reason}." if len(statuses) == 1 else f"Note: {reason}.", file=sys.stderr)
    return OK


def diagnose(_options: argparse.Namespace, _cancel: threading.Event) -> int:
    """Print the facts for a request for help."""
    from vgg_desktop.errors import VggDesktopError
    from vgg_desktop.inference.devices.diagnostics import diagnose as diagnose_devices

    try:
        store, specs = open_store()
        found = [*map(store.find, specs)]
    except VggDesktopError:  # the rest of the diagnostics is still useful
        found = []
    print(diagnose_devices([each for each in found if each is not None]))
    return OK
