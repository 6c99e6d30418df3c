"""The store of networks, and the network that a command classifies with; stderr reports the device in use."""

import argparse
import sys
import threading
from typing import TYPE_CHECKING

from vgg_desktop.errors import DeviceUnavailable, FormUnavailable, stop_if_cancelled
from vgg_desktop.why import Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vgg_desktop.inference.classifier import Classifier
    from vgg_desktop.inference.devices.listing import Device
    from vgg_desktop.inference.results import FormId, Precision
    from vgg_desktop.models.catalog import ModelSpec
    from vgg_desktop.models.store import InstalledModel, ModelStore


def add_network_to(command: argparse.ArgumentParser) -> None:
    """Add the options that `open_classifier` needs."""
    command.add_argument("--model", metavar="ID", help="the network (default: the one chosen in the window)")
    command.add_argument(
        "--device", default="auto", help="auto, or an id that `devices` prints (default: auto)"
    )
    command.add_argument(
        "--precision",
        choices=("exact", "fast"),
        default="exact",
        help="fast: in 8 bits on the CPU, else half precision; created on first use (default: exact)",
    )


def open_store() -> tuple["ModelStore", tuple["ModelSpec", ...]]:
    """Return the store in the configured folder, and every network; stderr tells of a `models.toml` that is invalid."""
    from vgg_desktop import settings
    from vgg_desktop.models.catalog import load_catalog
    from vgg_desktop.models.shared import find_shared
    from vgg_desktop.models.store import ModelStore, all_models

    chosen = settings.load()
    store = ModelStore(chosen.models_cache, find_shared(chosen.shared_folder))
    store.tidy()
    catalog = load_catalog(lambda error: print(f"Warning: {error}", file=sys.stderr))
    return store, all_models(store, catalog)


def open_classifier(
    options: argparse.Namespace, cancel: threading.Event, form: "FormId | None" = None
) -> "Classifier":
    """Open the network, on the device and in the precision of `options`; in `form`, or in the best one.

    Raises every `ModelError`, `Cancelled`.
    """
    from vgg_desktop import settings
    from vgg_desktop.inference import opening
    from vgg_desktop.inference.devices import listing
    from vgg_desktop.inference.forms.registry import FORMS, ensure_runtime_graph
    from vgg_desktop.inference.results import format_fallback
    from vgg_desktop.models.catalog import find

    store, specs = open_store()
    chosen = settings.load()
    spec = find(specs, options.model or chosen.model)
    requested = options.device
    if is_locked := "device" in chosen.locked:
        if requested not in (opening.AUTO, chosen.device):
            raise DeviceUnavailable(requested, chosen.device, Why.DEVICE_LOCKED())
        requested = chosen.device
    # The CPU needs none of the libraries of other devices.
    cpu = listing.CPU
    statuses = [listing.DeviceStatus(cpu)] if requested == cpu.id else listing.device_statuses()
    # Where it is locked no other can be asked for, so the CPU is used where it is missing.
    is_there = not is_locked or requested in {each.id for each in listing.usable_devices(statuses)}
    device = listing.find_device(requested, statuses) if requested != opening.AUTO and is_there else None
    installed = ensure_runtime_graph(store.get(spec))
    stop_if_cancelled(cancel)
    precision: Precision = options.precision if form is None else FORMS[form].precision
    if form is not None and options.precision == "fast" and precision != "fast":
        raise FormUnavailable(spec.title, form, Why.FORM_EXACT())
    if form is not None or precision == "fast":
        devices = [device] if device is not None else listing.usable_devices(statuses)
        _make_forms(installed, devices, form, cancel)
    classifier = opening.open_classifier(
        installed,
        device,
        precision,
        statuses,
        form=form,
        on_test=lambda each: print(f"Testing {each.name}", file=sys.stderr),
        on_lost=lambda lost: print(
            f"{lost.device.name} failed, continuing on the CPU: {lost.reason}", file=sys.stderr
        ),
        cancel=cancel,
    )
    if opening.should_warn(classifier.fallback, requested, statuses):
        print(f"Using {classifier.device.name}: {format_fallback(classifier.fallback)}", file=sys.stderr)
    return classifier


def _make_forms(
    installed: "InstalledModel", devices: "Sequence[Device]", form: "FormId | None", cancel: threading.Event
) -> None:
    """Make a form of a network, or those for Fast, unless they exist; print how 8 bits compare with Exact.

    Raises every `ModelError`, `Cancelled`.
    """
    from vgg_desktop.inference.devices.listing import CPU
    from vgg_desktop.inference.forms.registry import FORMS, fast_form, find_form, make_form
    from vgg_desktop.terminal import agreement_text, fast_bar

    if form is not None:
        reasons = [FORMS[form].why_not_on(each) for each in devices]
        if all(reasons) and reasons[0] is not None:
            raise FormUnavailable(installed.spec.title, form, reasons[0])
    for id in dict.fromkeys([form] if form is not None else map(fast_form, devices)):
        if id is not None and find_form(installed, id, chosen=form is not None) is None:
            with fast_bar(installed.spec.title) as show:
                made = make_form(installed, id, progress=show, cancel=cancel, chosen=form is not None)
            if made.reason is not None and not made.files:
                raise FormUnavailable(installed.spec.title, id, made.reason)
    eight_bits = find_form(installed, "int8") if CPU in devices and form in (None, "int8") else None
    if eight_bits is not None:
        print(agreement_text(eight_bits), file=sys.stderr)
