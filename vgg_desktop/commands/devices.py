"""`vgg-desktop devices` and `diagnostics`: what of this computer can run networks, and all that a helper asks for."""

import argparse
import json
import sys
import threading

OK = 0


def run(options: argparse.Namespace, _cancel: threading.Event) -> int:
    """Print every device, and why one cannot be used."""
    from vgg_desktop.inference.devices.distributions import conflict
    from vgg_desktop.inference.devices.listing import device_statuses

    statuses = device_statuses()
    width = max(len(each.device.id) for each in statuses)
    for each in statuses:
        device = each.device
        if options.json:
            values = {
                "id": device.id,
                "name": device.name,
                "provider": device.provider,
                "usable": each.usable,
                "reason": each.reason,
                "kind": device.kind,
                "driver": device.driver,
            }
            print(json.dumps(values, ensure_ascii=False), flush=True)
        else:
            state = "" if each.usable else f"  cannot be used: {each.reason}"
            print(f"{device.id:{width}}  {device.name}{state}", flush=True)
    if sentence := conflict():
        print(f"{sentence[0].upper()}{sentence[1:]}.", file=sys.stderr)
    return OK


def diagnose(_options: argparse.Namespace, _cancel: threading.Event) -> int:
    """Print the block that somebody who is asked for help needs."""
    from vgg_desktop import settings
    from vgg_desktop.errors import VggDesktopError
    from vgg_desktop.inference.devices.facts import diagnose_networks
    from vgg_desktop.models.catalog import load_catalog
    from vgg_desktop.models.store import ModelStore, all_models

    store = ModelStore(settings.load().models_cache)
    try:
        found = [*map(store.find, all_models(store, load_catalog()))]
    except VggDesktopError:  # the rest of the block is the more needed
        found = []
    print(diagnose_networks([each for each in found if each is not None]))
    return OK
