"""Execution providers of this computer, in the order of preference, and what is really used."""

import sys
from dataclasses import dataclass, field
from typing import Literal

from vgg_desktop.errors import DeviceUnavailable
from vgg_desktop.inference import runtime


@dataclass(frozen=True, slots=True)
class Device:
    """One way to run a network: an execution provider with its options."""

    id: str
    name: str
    provider: str
    options: dict[str, str] = field(default_factory=dict, hash=False)
    kind: Literal["cpu", "gpu", "npu"] = "cpu"
    driver: str = ""


CPU = Device("cpu", "CPU", "CPUExecutionProvider")
_ACCELERATORS = (
    Device(
        "directml",
        "GPU (DirectML)",
        "DmlExecutionProvider",
        {"performance_preference": "high_performance", "device_filter": "gpu"},
        kind="gpu",
    ),
    Device("cuda", "GPU (CUDA)", "CUDAExecutionProvider", kind="gpu"),
)


def available_devices() -> tuple[Device, ...]:
    """Give the devices the installed onnxruntime offers, the preferred one first and the CPU last."""
    offered = runtime.available_providers()
    if "CUDAExecutionProvider" in offered and sys.platform != "darwin":
        # The libraries of CUDA come in packages of their own, which only this call finds.
        runtime.load_onnxruntime().preload_dlls(directory="")
    return (*(each for each in _ACCELERATORS if each.provider in offered), CPU)


def find_device(id: str) -> Device:
    """Give the device of this id. Raises `DeviceUnavailable`."""
    offered = available_devices()
    for device in offered:
        if device.id == id:
            return device
    raise DeviceUnavailable(id, [device.id for device in offered])
