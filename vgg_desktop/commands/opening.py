"""Opens the network that a command classifies with, and reports on stderr which device answers."""

import argparse
import sys
import threading
from typing import TYPE_CHECKING

from vgg_desktop.commands.networks import known
from vgg_desktop.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vgg_desktop.inference.classifier import Classifier
    from vgg_desktop.inference.devices.listing import Device
    from vgg_desktop.models.store import InstalledModel


def open_classifier(options: argparse.Namespace, cancel: threading.Event) -> "Classifier":
    """Open the network, on the device and in the precision of `options`. Raises every `ModelError`, `Cancelled`."""
    from vgg_desktop import settings
    from vgg_desktop.inference import opening
    from vgg_desktop.inference.devices.listing import (
        CPU,
        DeviceStatus,
        device_statuses,
        find_device,
        usable_devices,
    )
    from vgg_desktop.inference.installation import prepare
    from vgg_desktop.inference.results import format_fallback
    from vgg_desktop.models.catalog import find

    store, specs = known()
    spec = find(specs, options.model or settings.load().model)
    # The CPU needs none of the libraries of other devices.
    statuses = [DeviceStatus(CPU)] if options.device == CPU.id else device_statuses()
    device = None if options.device == opening.AUTO else find_device(options.device, statuses)
    installed = prepare(store, store.get(spec))
    if cancel.is_set():
        raise Cancelled
    if options.precision == "fast":
        _prepare_fast(installed, [device] if device is not None else usable_devices(statuses), cancel)
    classifier = opening.open_classifier(
        installed,
        device,
        options.precision,
        statuses,
        on_test=lambda each: print(f"Testing {each.name}", file=sys.stderr),
        on_lost=lambda lost: print(
            f"{lost.device.name} failed, continuing on the CPU: {lost.reason}", file=sys.stderr
        ),
        cancel=cancel,
    )
    if classifier.fallback:
        print(f"Using {classifier.device.name}: {format_fallback(classifier.fallback)}", file=sys.stderr)
    return classifier


def _prepare_fast(installed: "InstalledModel", devices: "Sequence[Device]", cancel: threading.Event) -> None:
    """Make the forms of a network for Fast unless they exist, and print how far the 8-bit one can be trusted."""
    from vgg_desktop.inference.devices.listing import CPU
    from vgg_desktop.inference.fast.half import find_half, make_half
    from vgg_desktop.inference.fast.making import make_fast
    from vgg_desktop.inference.fast.model import find_fast
    from vgg_desktop.terminal import agreement_text, fast_bar

    if any(each.kind != "cpu" for each in devices) and find_half(installed) is None:
        with fast_bar(installed.spec.title) as show:
            make_half(installed, progress=show, cancel=cancel)
    if CPU not in devices:
        return
    made = find_fast(installed)
    if made is None:
        with fast_bar(installed.spec.title) as show:
            made = make_fast(installed, progress=show, cancel=cancel)
    print(agreement_text(made), file=sys.stderr)
