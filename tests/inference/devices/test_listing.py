"""Which devices there are, and why not."""

from collections.abc import Callable
from typing import Any

import pytest

from vgg_desktop.errors import DeviceUnavailable
from vgg_desktop.inference.devices import listing as devices
from vgg_desktop.inference.devices.dxgi import Adapter
from vgg_desktop.inference.devices.listing import (
    Device,
    DeviceStatus,
    Environment,
    find_device,
    usable_devices,
)
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

CPU = "CPUExecutionProvider"


def nothing_loads(name: str) -> Any:  # noqa: ANN401 - a library
    raise OSError(f"{name}: cannot open shared object file: No such file or directory")


def no_directx() -> tuple[Adapter, ...]:
    raise OSError("there is no DirectX on this system")


def found(*providers: str, **facts: Any) -> tuple[DeviceStatus, ...]:  # noqa: ANN401 - of any kind
    given: dict[str, Any] = {
        "processor": lambda: "A Processor",
        "preload": lambda: None,
        "load": nothing_loads,
    }
    return devices.device_statuses(Environment((*providers, CPU), **(given | facts)))


def test_this_computers_cpu_is_always_there_under_its_name() -> None:
    statuses = devices.device_statuses()
    last = statuses[-1]
    assert last.usable
    assert last.device == devices.CPU
    assert last.device.name.endswith(" (CPU)")
    assert usable_devices(statuses)[-1].id == "cpu"


def test_directml_names_its_cards_and_prefers_the_one_with_memory() -> None:
    cards = (Adapter(0, "Intel UHD", 128, "31.0"), Adapter(3, "RTX 4070", 12_000, "32.0"))
    first, second, _cpu = found("DmlExecutionProvider", system="win32", adapters=lambda: cards)
    assert (first.device.id, first.device.name) == ("directml:3", "RTX 4070 (DirectML)")
    assert first.device.options == {"device_id": "3"}
    assert (first.device.kind, first.device.driver) == ("gpu", "32.0")
    assert second.device.id == "directml:0"


def test_cards_of_one_kind_are_told_apart() -> None:
    cards = tuple(Adapter(index, name, 1, "") for index, name in enumerate(("RTX 4090", "Intel", "RTX 4090")))
    names = {
        each.device.id: each.device.name for each in found("DmlExecutionProvider", adapters=lambda: cards)
    }
    assert names["directml:0"] == "RTX 4090 (DirectML) 1"
    assert names["directml:1"] == "Intel (DirectML)"
    assert names["directml:2"] == "RTX 4090 (DirectML) 2"


@pytest.mark.parametrize("adapters", [lambda: (), no_directx])
def test_directml_without_a_card_says_so(adapters: Callable[[], tuple[Adapter, ...]]) -> None:
    (status, _cpu) = found("DmlExecutionProvider", adapters=adapters)
    assert (status.device.id, status.usable) == ("directml:0", False)
    assert status.reason == Why.DEVICE_NO_DIRECTX()


def test_cuda_without_a_driver_is_known_but_not_usable() -> None:
    cuda, tensorrt, _cpu = found(
        "TensorrtExecutionProvider", "CUDAExecutionProvider", cuda_version=lambda: "13.0"
    )
    assert [cuda.device.id, tensorrt.device.id] == ["cuda:0", "tensorrt:0"]
    assert [cuda.usable, tensorrt.usable] == [False, False]
    assert cuda.reason == tensorrt.reason == Why.DEVICE_NO_DRIVER()


def test_openvino_has_a_device_for_each_that_it_counts() -> None:
    statuses = found("OpenVINOExecutionProvider", openvino=lambda: ("CPU", "GPU.0", "GPU.1", "NPU"))
    assert [(each.device.id, each.device.kind) for each in statuses] == [
        ("openvino:gpu.0", "gpu"),
        ("openvino:gpu.1", "gpu"),
        ("openvino:cpu", "cpu"),
        ("openvino:npu", "npu"),
        ("cpu", "cpu"),
    ]
    assert statuses[0].device.options == {"device_type": "GPU.0", "precision": "FP32"}
    assert find_device("openvino:gpu", statuses).id == "openvino:gpu.0"
    assert find_device("openvino", statuses).id == "openvino:gpu.0"


def test_coreml_is_macs_only_and_others_are_listed_under_their_names() -> None:
    assert [each.device.id for each in found("CoreMLExecutionProvider", system="darwin")] == ["coreml", "cpu"]
    statuses = found(
        "AzureExecutionProvider", "QNNExecutionProvider", "CoreMLExecutionProvider", system="win32"
    )
    assert [(each.device.id, each.device.kind) for each in statuses] == [("qnn", "npu"), ("cpu", "cpu")]


def status(id: str, reason: Reason | None = None) -> DeviceStatus:
    return DeviceStatus(Device(id, f"The {id}", "SomeExecutionProvider"), reason)


def test_a_device_is_found_by_its_id_and_by_the_short_form() -> None:
    known = [status("cuda:0"), status("cuda:1"), status("cpu")]
    assert [find_device(id, known).id for id in ("cuda", "cuda:1", "cpu")] == ["cuda:0", "cuda:1", "cpu"]
    with pytest.raises(
        DeviceUnavailable,
        match=r"gpu cannot be used: it was not found .* Available: cuda:0, cuda:1, cpu",
    ):
        find_device("gpu", known)


def test_a_device_that_cannot_be_used_tells_why() -> None:
    known = [status("cuda:0", Why.DEVICE_NO_CUDNN(version="9")), status("cpu")]
    with pytest.raises(
        DeviceUnavailable, match=r"cuda cannot be used: cuDNN 9 was not found. Available: cpu"
    ):
        find_device("cuda", known)


def test_auto_tries_some_in_their_order() -> None:
    names = (
        "tensorrt:0",
        "openvino:npu",
        "openvino:cpu",
        "openvino:gpu.1",
        "directml:1",
        "directml:0",
        "cuda:0",
    )
    known = [status(each) for each in (*names, "cpu")]
    assert [each.device.id for each in devices.automatic(known)] == [
        "cuda:0", "directml:1", "directml:0", "openvino:gpu.1", "openvino:cpu",
    ]  # fmt: skip
