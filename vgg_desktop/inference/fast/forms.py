"""Which form of a network answers on which device: the network itself, its 8-bit form, or half precision."""

from vgg_desktop.errors import FastUnavailable
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.fast.half import find_half
from vgg_desktop.inference.fast.model import CPU_ONLY, NOT_MADE, find_fast
from vgg_desktop.inference.network import Network, Scorer, open_fast, open_network
from vgg_desktop.inference.results import Precision
from vgg_desktop.models.store import InstalledModel

PRECISIONS: tuple[Precision, ...] = ("exact", "fast")


def why_no_form(installed: InstalledModel, device: Device, precision: Precision) -> str:
    """Return why a network cannot be had on a device in a precision, or "" where it can."""
    if precision == "exact":
        return ""
    if device == CPU:
        return "" if find_fast(installed) is not None else NOT_MADE
    if device.kind == "cpu":
        return CPU_ONLY
    return "" if find_half(installed) is not None else NOT_MADE


def made_forms(installed: InstalledModel, device: Device) -> tuple[Precision, ...]:
    """Return the precisions in which a network can be had on a device: Exact always, Fast where it was made."""
    return tuple(each for each in PRECISIONS if not why_no_form(installed, device, each))


def open_form(installed: InstalledModel, device: Device, precision: Precision, *, threads: int = 0) -> Scorer:
    """Load the form of a network that belongs to a device and a precision.

    Fast is the 8-bit form on the CPU and half precision elsewhere. Raises `FastUnavailable` where that was not made,
    `ModelUnusable`.
    """
    if precision == "exact":
        return open_network(installed, device, threads=threads)
    if reason := why_no_form(installed, device, precision):
        raise FastUnavailable(installed.spec.title, reason)
    made, half = find_fast(installed), find_half(installed)
    if device == CPU and made is not None:
        return open_fast(made.graph, threads=threads)
    if device != CPU and half is not None:
        return Network(half.graph, device, threads=threads)
    raise FastUnavailable(installed.spec.title, NOT_MADE)
