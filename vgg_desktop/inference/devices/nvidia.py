"""What NVIDIA's CUDA needs on this computer: the driver, the graphics cards, and each library by its name."""

import ctypes
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

Load = Callable[[str], Any]
_NO_DEVICE = 100  # CUDA_ERROR_NO_DEVICE


@dataclass(frozen=True, slots=True)
class Nvidia:
    """The graphics cards in the order that CUDA counts them, the driver, and why CUDA cannot be used, if so."""

    cards: tuple[str, ...]
    driver: str
    reason: Reason | None = None


def load_library(name: str) -> Any:  # noqa: ANN401 - a library has whatever functions it has
    """Load a shared library from wherever the system looks for one, the PATH of Windows included. Raises `OSError`."""
    return ctypes.CDLL(name, winmode=0)


def examine(cuda: str, load: Load = load_library, system: str = sys.platform) -> Nvidia:
    """Find the cards and what is missing for this version of CUDA, such as "13.0"; loads libraries on the way."""
    try:
        driver = load("nvcuda.dll" if system == "win32" else "libcuda.so.1")
    except OSError:
        return Nvidia((), "", Why.DEVICE_NO_DRIVER())
    error = driver.cuInit(0)
    if error == _NO_DEVICE:
        return Nvidia((), "", Why.DEVICE_NO_CARD())
    if error:
        return Nvidia((), "", Why.DEVICE_DRIVER_START(code=str(error)))
    cards = _cards(driver)
    text = _driver_text(load, system)
    supported = ctypes.c_int()
    driver.cuDriverGetVersion(ctypes.byref(supported))
    major = cuda.split(".")[0]
    if major and supported.value // 1000 < int(major):
        known = f"{supported.value // 1000}.{supported.value % 1000 // 10}"
        return Nvidia(cards, text, Why.DEVICE_DRIVER_OLD(supported=known, needed=major))
    if not cards:
        return Nvidia(cards, text, Why.DEVICE_NO_CARD())
    return Nvidia(cards, text, _first_missing(_libraries(major, system), load))


def missing_tensorrt(load: Load = load_library, system: str = sys.platform) -> Reason | None:
    """Return why TensorRT does not load, or None when it does."""
    return _first_missing(("nvinfer_10.dll" if system == "win32" else "libnvinfer.so.10",), load)


def _first_missing(names: Sequence[str], load: Load) -> Reason | None:
    """Return why the first of some libraries that does not load does not, or None when all do."""
    for name in names:
        try:
            load(name)
        except OSError as error:
            return name_library(name, str(error))
    return None


def name_library(name: str, words: str) -> Reason:
    """Turn the system's words on a library that does not load into a reason that names the missing one.

    `name` is the library asked for; the words may speak of another, which that one needs.
    """
    if not re.search("cannot open shared object file|Could not find module", words):
        return Why.SYSTEM_SAYS(text=words)
    found = re.search(r"lib[\w.+-]+\.so[.\d]*|[\w.+-]+\.dll", words)
    plain = (found[0] if found else name).removeprefix("lib").removesuffix(".dll").removesuffix(".so")
    stem, _, version = plain.replace(".so.", "_").rpartition("_")
    if stem.startswith("onnxruntime"):  # Windows does not name it
        return Why.DEVICE_NO_SOME_LIBRARY()
    if stem.startswith("cudnn"):
        return Why.DEVICE_NO_CUDNN(version=version)
    if stem.startswith("nvinfer"):
        return Why.DEVICE_NO_TENSORRT(version=version)
    if stem.startswith(("cublas", "cudart", "cufft", "curand", "nvrtc")):
        return Why.DEVICE_NO_CUDA_LIBRARY(name=f"{stem}_{version}")
    return Why.DEVICE_NO_LIBRARY(name=plain)


def _libraries(major: str, system: str) -> tuple[str, ...]:
    """Name what onnxruntime's CUDA provider is linked with, in the order in which one needs another."""
    cufft = "12" if major.isdigit() and int(major) >= 13 else "11"
    if system == "win32":
        stems = (
            f"cublasLt64_{major}",
            f"cublas64_{major}",
            f"cufft64_{cufft}",
            f"cudart64_{major}",
            "cudnn64_9",
        )
        return tuple(f"{each}.dll" for each in stems)
    return (
        f"libcublasLt.so.{major}",
        f"libcublas.so.{major}",
        "libcurand.so.10",
        f"libcufft.so.{cufft}",
        f"libcudart.so.{major}",
        "libcudnn.so.9",
    )


def _cards(driver: Any) -> tuple[str, ...]:  # noqa: ANN401 - a library of the driver
    count = ctypes.c_int()
    if driver.cuDeviceGetCount(ctypes.byref(count)):
        return ()
    names = []
    for index in range(count.value):
        card, name = ctypes.c_int(), ctypes.create_string_buffer(256)
        failed = driver.cuDeviceGet(ctypes.byref(card), index) or driver.cuDeviceGetName(name, 256, card)
        names.append("NVIDIA GPU" if failed else name.value.decode("utf-8", "replace"))
    return tuple(names)


def _driver_text(load: Load, system: str) -> str:
    """Return the driver's version such as "580.65.06"; "" if its library does not report it."""
    try:
        nvml = load("nvml.dll" if system == "win32" else "libnvidia-ml.so.1")
    except OSError:
        return ""
    if nvml.nvmlInit_v2():
        return ""
    text = ctypes.create_string_buffer(80)
    failed = nvml.nvmlSystemGetDriverVersion(text, 80)
    nvml.nvmlShutdown()
    return "" if failed else text.value.decode("ascii", "replace")
