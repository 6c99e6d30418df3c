"""What CUDA lacks is named: driver, card, version, or the very library."""

import ctypes
from typing import Any

import pytest

from vgg_desktop.inference.devices.nvidia import Nvidia, examine, missing_tensorrt, name_library
from vgg_desktop.why import Why

LINUX = ("libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libcufft.so.12", "libcudart.so.13")
WINDOWS = ("cublasLt64_12.dll", "cublas64_12.dll", "cufft64_11.dll", "cudart64_12.dll", "cudnn64_9.dll")


class Driver:
    """A driver's library with two cards; `error` is what its start gives, `version` the CUDA that it supports."""

    def __init__(self, error: int = 0, version: int = 13000) -> None:
        self._error, self._version = error, version

    def cuInit(self, _flags: int) -> int:  # noqa: N802 - the driver's name
        return self._error

    def cuDriverGetVersion(self, version: Any) -> int:  # noqa: ANN401, N802
        version._obj.value = self._version
        return 0

    def cuDeviceGetCount(self, count: Any) -> int:  # noqa: ANN401, N802
        count._obj.value = 2
        return 0

    def cuDeviceGet(self, card: Any, index: int) -> int:  # noqa: ANN401, N802
        card._obj.value = index
        return 0

    def cuDeviceGetName(self, name: Any, _size: int, card: ctypes.c_int) -> int:  # noqa: ANN401, N802
        name.value = (b"NVIDIA RTX 4070", b"NVIDIA T400")[card.value]
        return 0

    def nvmlInit_v2(self) -> int:  # noqa: N802
        return 0

    def nvmlSystemGetDriverVersion(self, text: Any, _size: int) -> int:  # noqa: ANN401, N802
        text.value = b"580.65.06"
        return 0

    def nvmlShutdown(self) -> int:  # noqa: N802
        return 0


def loads(*names: str, driver: Driver | None = None, windows: bool = False) -> Any:  # noqa: ANN401 - a function
    drivers = ("nvcuda.dll", "nvml.dll") if windows else ("libcuda.so.1", "libnvidia-ml.so.1")

    def load(name: str) -> Any:  # noqa: ANN401 - a library
        if driver is not None and name in drivers:
            return driver
        if name in names:
            return object()
        if windows:
            raise FileNotFoundError(f"Could not find module '{name}' (or one of its dependencies). Try ...")
        raise OSError(f"{name}: cannot open shared object file: No such file or directory")

    return load


CARDS = ("NVIDIA RTX 4070", "NVIDIA T400")


def test_with_everything_there_cards_are_named_in_cudas_order() -> None:
    found = examine("13.0", loads(*LINUX, "libcudnn.so.9", driver=Driver()), "linux")
    assert found == Nvidia(CARDS, "580.65.06")
    found = examine("12.8", loads(*WINDOWS, driver=Driver(), windows=True), "win32")
    assert found == Nvidia(CARDS, "580.65.06")


@pytest.mark.parametrize(
    ("hidden", "reason"),
    [
        ("libcudnn.so.9", "cuDNN 9 was not found"),
        ("libcublasLt.so.13", "CUDA's library cublasLt_13 was not found"),
        ("libcufft.so.12", "CUDA's library cufft_12 was not found"),
    ],
)
def test_the_missing_library_is_named_on_linux(hidden: str, reason: str) -> None:
    there = {*LINUX, "libcudnn.so.9"} - {hidden}
    found = examine("13.0", loads(*there, driver=Driver()), "linux")
    assert (found.cards, found.driver, str(found.reason)) == (CARDS, "580.65.06", reason)


@pytest.mark.parametrize(
    ("hidden", "reason"),
    [
        ("cudnn64_9.dll", "cuDNN 9 was not found"),
        ("cublasLt64_12.dll", "CUDA's library cublasLt64_12 was not found"),
    ],
)
def test_the_missing_library_is_named_on_windows(hidden: str, reason: str) -> None:
    there = {*WINDOWS} - {hidden}
    found = examine("12.8", loads(*there, driver=Driver(), windows=True), "win32")
    assert str(found.reason) == reason


@pytest.mark.parametrize(
    ("driver", "reason"),
    [
        (None, "the NVIDIA driver was not found"),
        (Driver(error=100), "no NVIDIA graphics card was found"),
        (Driver(error=803), "the NVIDIA driver did not start (error 803)"),
        (Driver(version=12040), "the NVIDIA driver supports CUDA up to 12.4, and CUDA 13 is needed"),
    ],
)
def test_what_is_wrong_with_the_driver_is_said(driver: Driver | None, reason: str) -> None:
    found = examine("13.0", loads(*LINUX, "libcudnn.so.9", driver=driver), "linux")
    assert str(found.reason) == reason


def test_tensorrt_is_named() -> None:
    assert missing_tensorrt(loads(), "linux") == Why.DEVICE_NO_TENSORRT(version="10")
    assert missing_tensorrt(loads("nvinfer_10.dll", windows=True), "win32") is None


def test_other_words_of_the_system_are_kept() -> None:
    assert name_library("libcudnn.so.9", "libcudnn.so.9: file too short") == Why.SYSTEM_SAYS(
        text="libcudnn.so.9: file too short"
    )
    # Windows names the library asked for, and not the one that this needs.
    words = (
        r"Could not find module 'C:\x\onnxruntime_providers_cuda.dll' (or one of its dependencies). Try ..."
    )
    assert name_library("CUDA", words) == Why.DEVICE_NO_SOME_LIBRARY()
    words = "libnvonnxparser.so.10: cannot open shared object file: No such file or directory"
    assert str(name_library("TensorRT", words)) == "the library nvonnxparser.so.10 was not found"
