"""Opens the network that a command was asked to classify with, and says on stderr which device answers."""

import argparse
import sys
import threading
from typing import TYPE_CHECKING

from vgg_desktop.commands.networks import known

if TYPE_CHECKING:
    from vgg_desktop.inference.classifier import Classifier
    from vgg_desktop.inference.devices.listing import Device
    from vgg_desktop.models.store import InstalledModel


def open_classifier(options: argparse.Namespace, cancel: threading.Event) -> "Classifier":
    """Open the network, on the device and in the precision of `options`. Raises every `ModelError`, `Cancelled`."""
    from vgg_desktop import settings
    from vgg_desktop.inference.classifier import Classifier
    from vgg_desktop.inference.devices.listing import find_device
    from vgg_desktop.inference.installation import prepare
    from vgg_desktop.models.catalog import find

    store, specs = known()
    spec = find(specs, options.model or settings.load().model)
    device = None if options.device == "auto" else find_device(options.device)
    installed = prepare(store, store.get(spec))
    if options.precision == "fast":
        _prepare_fast(installed, device, cancel)
    classifier = Classifier(
        installed,
        device=device,
        precision=options.precision,
        on_test=lambda each: print(f"Testing {each.name}", file=sys.stderr),
        on_lost=lambda lost: print(
            f"{lost.device.name} failed, continuing on the CPU: {lost.reason}", file=sys.stderr
        ),
    )
    if classifier.fallback:
        print(f"Using {classifier.device.name}: {classifier.fallback}", file=sys.stderr)
    return classifier


def _prepare_fast(installed: "InstalledModel", device: "Device | None", cancel: threading.Event) -> None:
    """Make the forms of a network for Fast unless they are there, and say how far the 8-bit one can be trusted."""
    from vgg_desktop.inference.devices.listing import CPU, available_devices
    from vgg_desktop.inference.fast.half import find_half, make_half
    from vgg_desktop.inference.fast.making import make_fast
    from vgg_desktop.inference.fast.model import find_fast
    from vgg_desktop.terminal import agreement_text, fast_bar

    devices = (device,) if device is not None else available_devices()
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
