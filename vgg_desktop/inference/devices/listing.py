"""The devices of this computer: which can run a network, why others cannot, and which one a session uses."""

import ctypes
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from vgg_desktop import settings
from vgg_desktop.errors import DeviceUnavailable
from vgg_desktop.inference import runtime
from vgg_desktop.inference.devices import dxgi, nvidia
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

Kind = Literal["cpu", "gpu", "npu"]


@dataclass(frozen=True, slots=True)
class Device:
    """One way to run a network: an execution provider with its options. Two of the same id are the same.

    `driver` is a version where one is known, "" otherwise.
    """

    id: str
    name: str = field(compare=False)
    provider: str = field(compare=False)
    options: dict[str, str] = field(default_factory=dict, compare=False)
    kind: Kind = field(default="cpu", compare=False)
    driver: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """A device that the installed onnxruntime knows, and why it cannot be used here, if so."""

    device: Device
    reason: Reason | None = None

    @property
    def usable(self) -> bool:
        """Return whether it can be used."""
        return self.reason is None


CPU = Device("cpu", "CPU", runtime.CPU_PROVIDER)
# The automatic choice, in this order. Not TensorRT, which takes minutes to prepare a network at every start, nor
# OpenVINO's NPU, which knows 16-bit numbers only.
_AUTOMATIC = ("cuda", "directml", "coreml", "openvino:gpu", "openvino:cpu")
# Providers without rules of their own here.
_OTHER_KINDS: dict[str, Kind] = {"qnn": "npu", "vitisai": "npu", "xnnpack": "cpu", "dnnl": "cpu"}
_NO_DEVICES = ("AzureExecutionProvider",)  # calls a service in the network


def processor_name() -> str:
    """Return the processor's name such as "AMD Ryzen 7 5800X"; the kind of machine when the system has none."""
    try:
        name = _processor_name()
    except OSError:
        name = ""
    return " ".join(name.replace("(R)", "").replace("(TM)", "").split()) or platform.machine() or "processor"


def _processor_name() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(
            winreg.HKEY_LOCAL_MACHINE, r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        ) as key:
            return str(winreg.QueryValueEx(key, "ProcessorNameString")[0])
    if sys.platform == "darwin":
        text, size = ctypes.create_string_buffer(256), ctypes.c_size_t(256)
        failed = ctypes.CDLL(None).sysctlbyname(
            b"machdep.cpu.brand_string", text, ctypes.byref(size), None, ctypes.c_size_t(0)
        )
        return "" if failed else text.value.decode("utf-8", "replace")
    for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value
    return ""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the devices are found from: the installed onnxruntime and the system."""

    providers: tuple[str, ...]
    system: str = sys.platform
    processor: Callable[[], str] = processor_name
    adapters: Callable[[], tuple[dxgi.Adapter, ...]] = dxgi.adapters
    openvino: Callable[[], tuple[str, ...]] = runtime.openvino_ids
    cuda_version: Callable[[], str] = runtime.cuda_version
    preload: Callable[[], None] = runtime.load_nvidia_libraries
    load: nvidia.Load = nvidia.load_library


def device_statuses(environment: Environment | None = None) -> tuple[DeviceStatus, ...]:
    """Return every device of the installed onnxruntime, the preferred ones first and the CPU last.

    Where the administrator has locked a device, only that one and the CPU can be used. Loads the libraries of CUDA
    where onnxruntime has it, which takes seconds the first time.
    """
    environment = environment or Environment(runtime.available_providers())
    found = _disambiguate(
        (
            *_cuda(environment),
            *_directml(environment),
            *_coreml(environment),
            *_openvino(environment),
            *_others(environment),
            DeviceStatus(replace(CPU, name=f"{environment.processor()} (CPU)")),
        )
    )
    chosen = settings.load()
    if "device" not in chosen.locked or chosen.device == "auto":
        return found
    return tuple(
        each
        if each.device == CPU or _belongs(each.device, chosen.device)
        else replace(each, reason=Why.DEVICE_LOCKED())
        for each in found
    )


def _disambiguate(statuses: tuple[DeviceStatus, ...]) -> tuple[DeviceStatus, ...]:
    """Append numbers to equal device names, as with several cards of one model."""
    names = [each.device.name for each in statuses]
    return tuple(
        replace(each, device=replace(each.device, name=f"{name} {names[: place + 1].count(name)}"))
        if names.count(name) > 1
        else each
        for place, (each, name) in enumerate(zip(statuses, names, strict=True))
    )


def usable_devices(statuses: Sequence[DeviceStatus]) -> list[Device]:
    """Return the devices that can be used, in the same order."""
    return [each.device for each in statuses if each.usable]


def find_device(id: str, statuses: Sequence[DeviceStatus]) -> Device:
    """Return the device of this id; "cuda" stands for the first of CUDA's. Raises `DeviceUnavailable`."""
    matching = [each for each in statuses if each.device.id == id]
    matching = matching or [each for each in statuses if _belongs(each.device, id)]
    for device in usable_devices(matching):
        return device
    reason = matching[0].reason if matching else runtime.conflict()
    offered = ", ".join(each.id for each in usable_devices(statuses))
    raise DeviceUnavailable(id, offered, reason or Why.DEVICE_MISSING())


def automatic(statuses: Sequence[DeviceStatus]) -> list[DeviceStatus]:
    """Return the devices of the automatic choice, the preferred ones first, without the CPU."""
    return [each for name in _AUTOMATIC for each in statuses if _belongs(each.device, name)]


def _belongs(device: Device, name: str) -> bool:
    return device.id == name or device.id.startswith((f"{name}:", f"{name}."))


def why_not_used(device: Device) -> Reason:
    """Return why a session is not on the device it was made for, which onnxruntime only logs."""
    words = runtime.why_not_loaded(device.provider)
    return nvidia.name_library(device.provider, words) if words else Why.DEVICE_NOT_ACTIVATED()


def _cuda(environment: Environment) -> Iterator[DeviceStatus]:
    """Return CUDA's devices, then TensorRT's on the same cards."""
    if "CUDAExecutionProvider" not in environment.providers:
        return
    environment.preload()
    found = nvidia.examine(environment.cuda_version(), environment.load, environment.system)
    cards = found.cards or ("GPU",)
    for index, card in enumerate(cards):
        options = {
            "device_id": str(index),
            "arena_extend_strategy": "kSameAsRequested",  # the other one takes up to twice what is needed
            "cudnn_conv_algo_search": "HEURISTIC",  # trying all takes seconds at every new size of a batch
            "use_tf32": "0",  # 10 bits of precision would not be Exact
        }
        device = Device(
            f"cuda:{index}", f"{card} (CUDA)", "CUDAExecutionProvider", options, "gpu", found.driver
        )
        yield DeviceStatus(device, found.reason)
    if "TensorrtExecutionProvider" not in environment.providers:
        return
    reason = found.reason or nvidia.missing_tensorrt(environment.load, environment.system)
    for index, card in enumerate(cards):
        # Its cache of prepared networks stays off: it knows them by their layers, not by their weights.
        options = {"device_id": str(index)}
        name = f"{card} (TensorRT)"
        device = Device(f"tensorrt:{index}", name, "TensorrtExecutionProvider", options, "gpu", found.driver)
        yield DeviceStatus(device, reason)


def _directml(environment: Environment) -> Iterator[DeviceStatus]:
    """Return DirectML's devices, the one with most memory of its own first: number 0 is often the slow one."""
    provider = "DmlExecutionProvider"
    if provider not in environment.providers:
        return
    try:
        adapters = environment.adapters()
    except OSError:
        adapters = ()
    for each in sorted(adapters, key=lambda adapter: -adapter.memory):
        id, options = f"directml:{each.index}", {"device_id": str(each.index)}
        yield DeviceStatus(Device(id, f"{each.name} (DirectML)", provider, options, "gpu", each.driver))
    if not adapters:
        device = Device("directml:0", "GPU (DirectML)", provider, {"device_id": "0"}, "gpu")
        yield DeviceStatus(device, Why.DEVICE_NO_DIRECTX())


def _coreml(environment: Environment) -> Iterator[DeviceStatus]:
    if "CoreMLExecutionProvider" not in environment.providers or environment.system != "darwin":
        return
    # The older format of networks aborts some of them. No cache: it knows a network by its place, not its content.
    options = {"ModelFormat": "MLProgram", "MLComputeUnits": "ALL"}
    name = f"{environment.processor()} (Core ML)"
    version = platform.mac_ver()[0]
    driver = f"macOS {version}" if version else ""
    yield DeviceStatus(Device("coreml", name, "CoreMLExecutionProvider", options, "gpu", driver))


def _openvino(environment: Environment) -> Iterator[DeviceStatus]:
    """Return OpenVINO's devices: graphics cards, then the processor, then NPUs."""
    provider = "OpenVINOExecutionProvider"
    if provider not in environment.providers:
        return
    order = ("GPU", "CPU", "NPU")
    for id in sorted(
        environment.openvino(), key=lambda id: (order.index(_family(id)) if _family(id) in order else 9, id)
    ):
        family = _family(id)
        if family not in order:
            continue  # AUTO and its like choose among the others, and do not report which
        kind: Kind = "gpu" if family == "GPU" else "npu" if family == "NPU" else "cpu"
        options = {"device_type": id}
        if kind != "npu":
            options["precision"] = "FP32"  # what is Exact; a graphics card would take 16 bits
        name = environment.processor() if kind == "cpu" else f"Intel {id}"
        yield DeviceStatus(Device(f"openvino:{id.lower()}", f"{name} (OpenVINO)", provider, options, kind))


def _family(id: str) -> str:
    return id.partition(".")[0]


def _others(environment: Environment) -> Iterator[DeviceStatus]:
    own = ("CUDA", "Tensorrt", "Dml", "CoreML", "OpenVINO", "CPU")
    for provider in environment.providers:
        short = provider.removesuffix("ExecutionProvider")
        if short in own or provider in _NO_DEVICES:
            continue
        kind = _OTHER_KINDS.get(short.lower(), "gpu")
        yield DeviceStatus(Device(short.lower(), f"{kind.upper()} ({short})", provider, {}, kind))
