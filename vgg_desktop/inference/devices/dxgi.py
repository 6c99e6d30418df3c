"""The graphics cards of Windows as DirectML counts them: by their place in DXGI's own list.

onnxruntime lists the same cards with the same numbers (`get_ep_devices`), but only those that were there when it was
imported, and without the versions of their drivers, on which the records of self-tests depend. The other options of its
provider (`performance_preference`, `device_filter`) leave the choice to it and do not report which card it took; and
NPUs, which the latter offers, know 16-bit numbers only.
"""

import ctypes
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_FACTORY = uuid.UUID("770aae78-f26f-4dba-a829-253c83d1b387")  # IDXGIFactory1
_DEVICE = uuid.UUID(
    "54ec77fa-1377-44e6-8c32-88fd5f44c84c"
)  # IDXGIDevice, whose driver's version is asked for
_SOFTWARE = 2
_BASIC_RENDER_DRIVER = (0x1414, 0x8C)  # Microsoft's, which computes on the processor
_MOST = 64  # a list that never ends is not believed
# The places of the functions in the tables of COM.
_RELEASE, _CHECK_INTERFACE, _DESCRIBE, _ENUMERATE = 2, 9, 10, 12


@dataclass(frozen=True, slots=True)
class Adapter:
    """One graphics card; `index` is DirectML's `device_id`, `memory` its own, in bytes, `driver` its version or ""."""

    index: int
    name: str
    memory: int
    driver: str


class _Description(ctypes.Structure):
    """DXGI_ADAPTER_DESC1."""

    _fields_ = (
        ("description", ctypes.c_uint16 * 128),
        ("vendor", ctypes.c_uint32),
        ("device", ctypes.c_uint32),
        ("subsystem", ctypes.c_uint32),
        ("revision", ctypes.c_uint32),
        ("dedicated_video_memory", ctypes.c_size_t),
        ("dedicated_system_memory", ctypes.c_size_t),
        ("shared_system_memory", ctypes.c_size_t),
        ("luid", ctypes.c_uint64),
        ("flags", ctypes.c_uint32),
    )


def create_factory(interface: Any, result: Any) -> int:  # noqa: ANN401 - pointers
    """Call the `CreateDXGIFactory1` of Windows and return its result code. Raises `OSError` elsewhere."""
    if sys.platform == "win32":
        return int(ctypes.WinDLL("dxgi").CreateDXGIFactory1(interface, result))
    raise OSError("there is no DirectX on this system")


def adapters(create: Callable[[Any, Any], int] = create_factory) -> tuple[Adapter, ...]:
    """Return the graphics cards, those that compute in software left out but counted. Raises `OSError`.

    Not by preference: DirectML takes the number for the place in the plain list, and another order would name one
    card and use another.
    """
    factory = ctypes.c_void_p()
    if create(ctypes.byref(guid(_FACTORY)), ctypes.byref(factory)) < 0 or not factory:
        raise OSError("DirectX gives no list of graphics cards")
    found = []
    try:
        for index in range(_MOST):
            adapter = ctypes.c_void_p()
            if call(factory, _ENUMERATE, ctypes.c_uint32(index), ctypes.byref(adapter)) < 0:
                break
            try:
                description = _describe(adapter, index)
            finally:
                call(adapter, _RELEASE)
            if description is not None:
                found.append(description)
    finally:
        call(factory, _RELEASE)
    return tuple(found)


def _describe(adapter: ctypes.c_void_p, index: int) -> Adapter | None:
    text = _Description()
    if call(adapter, _DESCRIBE, ctypes.byref(text)) < 0:
        return None
    if text.flags & _SOFTWARE or (text.vendor, text.device) == _BASIC_RENDER_DRIVER:
        return None
    name = bytes(text.description).decode("utf-16-le", "replace").partition("\0")[0].strip()
    version = ctypes.c_int64()
    failed = call(adapter, _CHECK_INTERFACE, ctypes.byref(guid(_DEVICE)), ctypes.byref(version)) < 0
    parts = (version.value >> shift & 0xFFFF for shift in (48, 32, 16, 0))
    return Adapter(
        index, name or "GPU", text.dedicated_video_memory, "" if failed else ".".join(map(str, parts))
    )


def call(thing: ctypes.c_void_p, place: int, *arguments: Any) -> int:  # noqa: ANN401 - whatever the function takes
    """Call a function of a COM object by its place; the result is negative when it failed."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))[0]
    # Of the two ways to call, 64-bit Windows has only one.
    function = ctypes.CFUNCTYPE(ctypes.c_int32)(table[place] or 0)
    return int(function(thing, *arguments))


def guid(value: uuid.UUID) -> Any:  # noqa: ANN401 - an array of ctypes
    """Return the identifier of an interface as COM takes it, by reference."""
    return (ctypes.c_ubyte * 16).from_buffer_copy(value.bytes_le)
