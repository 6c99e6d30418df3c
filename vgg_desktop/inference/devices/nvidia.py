"""What NVIDIA's CUDA needs on this computer: the driver, the graphics cards, and each library by its name."""

import ctypes
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Load = Callable[[str], Any]
_NO_DEVICE = 100  # CUDA_ERROR_NO_DEVICE


@dataclass(frozen=True, slots=True)
class Nvidia:
    """The graphics cards in the order that CUDA counts them, the driver, and why CUDA cannot be used (or "")."""

    cards: tuple[str, ...]
    driver: str
    reason: str


def load_library(name: str) -> Any:  # noqa: ANN401 - a library has whatever functions it has
    """Load a shared library from wherever the system looks for one, the PATH of Windows included. Raises `OSError`."""
    return ctypes.CDLL(name, winmode=0)


def examine(cuda: str, load: Load = load_library, system: str = sys.platform) -> Nvidia:
    """Find the cards and what is missing for this version of CUDA, such as "13.0"; loads libraries on the way."""
    try:
        driver = load("nvcuda.dll" if system == "win32" else "libcuda.so.1")
    except OSError:
        return Nvidia((), "", "the NVIDIA driver was not found")
    error = driver.cuInit(0)
    if error == _NO_DEVICE:
        return Nvidia((), "", "no NVIDIA graphics card was found")
    if error:
        return Nvidia((), "", f"the NVIDIA driver did not start (error {error})")
    cards = _cards(driver)
    text = _driver_text(load, system)
    supported = ctypes.c_int()
    driver.cuDriverGetVersion(ctypes.byref(supported))
    major = cuda.split(".")[0]
    if major and supported.value // 1000 < int(major):
        known = f"{supported.value // 1000}.{supported.value % 1000 // 10}"
        return Nvidia(
            cards, text, f"the NVIDIA driver supports CUDA up to {known}, and CUDA {major} is needed"
        )
    reason = "" if cards else "no NVIDIA graphics card was found"
    return Nvidia(cards, text, reason or missing_library(cuda, load, system))


def missing_library(cuda: str, load: Load = load_library, system: str = sys.platform) -> str:
    """Name the first library of CUDA or cuDNN that does not load, as a reason; "" when all do."""
    for name in _libraries(cuda.split(".")[0], system):
        try:
            load(name)
        except OSError as error:
            return name_library(name, str(error))
    return ""


def missing_tensorrt(load: Load = load_library, system: str = sys.platform) -> str:
    """Return the reason why TensorRT does not load; "" when it does."""
    name = "nvinfer_10.dll" if system == "win32" else "libnvinfer.so.10"
    try:
        load(name)
    except OSError as error:
        return name_library(name, str(error))
    return ""


def name_library(name: str, words: str) -> str:
    """Turn the system's words on a library that does not load into a reason that names the missing one.

    `name` is the library asked for; the words may speak of another, which that one needs.
    """
    if not re.search("cannot open shared object file|Could not find module", words):
        return f"the system says: {words}"
    found = re.search(r"lib[\w.+-]+\.so[.\d]*|[\w.+-]+\.dll", words)
    plain = (found[0] if found else name).removeprefix("lib").removesuffix(".dll").removesuffix(".so")
    stem, _, version = plain.replace(".so.", "_").rpartition("_")
    if stem.startswith("onnxruntime"):  # Windows does not say which
        return "a library that onnxruntime needs for it was not found"
    if stem.startswith("cudnn"):
        return f"cuDNN {version} was not found"
    if stem.startswith("nvinfer"):
        return f"TensorRT {version} was not found"
    if stem.startswith(("cublas", "cudart", "cufft", "curand", "nvrtc")):
        return f"CUDA's library {stem}_{version} was not found"
    return f"the library {plain} was not found"


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
    """Return the driver's version such as "580.65.06"; "" when its own library does not tell."""
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
