"""Execution providers of this computer, in the order of preference, and what is really used."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from vgg_desktop.errors import DeviceUnavailable, ModelUnusable
from vgg_desktop.inference import runtime


@dataclass(frozen=True, slots=True)
class Device:
    """One way to run a network: an execution provider with its options."""

    id: str
    name: str
    provider: str
    options: dict[str, str] = field(default_factory=dict, hash=False)


CPU = Device("cpu", "CPU", "CPUExecutionProvider")
Made = TypeVar("Made")
_ACCELERATORS = (
    Device(
        "directml",
        "GPU (DirectML)",
        "DmlExecutionProvider",
        {"performance_preference": "high_performance", "device_filter": "gpu"},
    ),
    Device("cuda", "GPU (CUDA)", "CUDAExecutionProvider"),
)


def available_devices() -> tuple[Device, ...]:
    """Give the devices the installed onnxruntime offers, the preferred one first and the CPU last."""
    offered = runtime.available_providers()
    if "CUDAExecutionProvider" in offered and sys.platform != "darwin":
        # The libraries of CUDA come in packages of their own, which only this call finds.
        runtime.load_onnxruntime().preload_dlls(directory="")
    return (*(each for each in _ACCELERATORS if each.provider in offered), CPU)


def choose_device(make: Callable[[Device], Made], used: Callable[[Made], str]) -> tuple[Made, Device, str]:
    """Make something on the best device that really takes it.

    `used` tells the provider in use. Gives the thing, its device, and why a better one was passed over (or "").
    Raises `ModelUnusable` when not even the CPU takes it.
    """
    reasons: list[str] = []
    for device in available_devices()[:-1]:
        try:
            made = make(device)
        except ModelUnusable as error:
            reasons.append(f"{device.name}: {error.reason}")
            continue
        if used(made) == device.provider:
            return made, device, "; ".join(reasons)
        reasons.append(f"{device.name} was not taken into use")
    return make(CPU), CPU, "; ".join(reasons)


def find_device(id: str) -> Device:
    """Give the device of this id. Raises `DeviceUnavailable`."""
    offered = available_devices()
    for device in offered:
        if device.id == id:
            return device
    raise DeviceUnavailable(id, [device.id for device in offered])
