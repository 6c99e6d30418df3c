"""Faults in Direct3D itself, under the real DirectML: functions in the tables of its objects, replaced for a while.

All devices have one table, as all command queues have: what is replaced for one holds for those that onnxruntime makes.
"""

import ctypes
import functools
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from vgg_desktop.inference.devices.dxgi import call, guid
from vgg_desktop.inference.devices.listing import Device, device_statuses

OUT_OF_MEMORY = 0x8007000E
_FEATURE_LEVEL = 0xB000
_DEVICE = uuid.UUID("189819f1-1db6-4b57-be54-1821339b85f7")  # ID3D12Device
_QUEUE = uuid.UUID("0ec870a6-5d7e-4c22-8cfc-5baae07616ed")  # ID3D12CommandQueue
# The places of the functions in the tables of COM.
_RELEASE, _CREATE_QUEUE, _CREATE_RESOURCE, _REMOVED_REASON, _SIGNAL = 2, 8, 27, 37, 14
_WRITABLE = 4  # PAGE_READWRITE
_INT, _POINTER, _LONG = ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint64
_WIDTH = 16  # the bytes before the size of a buffer in D3D12_RESOURCE_DESC


@functools.cache
def directml() -> Device | None:
    """Return this computer's first device of DirectML; None where there is none."""
    found = (
        each.device for each in device_statuses() if each.usable and each.device.id.startswith("directml")
    )
    return next(found, None)


needs_directml = pytest.mark.skipif(
    sys.platform != "win32" or directml() is None, reason="no device with DirectML on this computer"
)


class Direct3D:
    """Direct3D with faults: `removed` is a result code, `limit` the bytes that a buffer may have; 0 is none.

    `buffers` are the sizes in bytes of those that are in use, by their addresses.
    """

    def __init__(self) -> None:
        self.removed = self.limit = 0
        self.calls: Counter[str] = Counter()  # how often a fault was returned, by function
        self.buffers: dict[int, int] = {}
        self._kept: list[tuple[int, int, Any]] = []  # the place of a function, the real one, ours
        self._watched = False
        self._device = _POINTER()
        direct3d = ctypes.CDLL("d3d12")
        interface = ctypes.byref(guid(_DEVICE))
        assert direct3d.D3D12CreateDevice(None, _FEATURE_LEVEL, interface, ctypes.byref(self._device)) >= 0
        self._queue = _POINTER()
        kind = (ctypes.c_uint32 * 4)()  # a direct queue of normal priority
        interface = ctypes.byref(guid(_QUEUE))
        assert call(self._device, _CREATE_QUEUE, kind, interface, ctypes.byref(self._queue)) >= 0
        self._replace(self._device, _REMOVED_REASON, self._reason, _POINTER)
        self._replace(
            self._device, _CREATE_RESOURCE, self._resource,
            _POINTER, _POINTER, ctypes.c_uint32, _POINTER, ctypes.c_uint32, _POINTER, _POINTER, _POINTER,
        )  # fmt: skip
        self._replace(self._queue, _SIGNAL, self._signal, _POINTER, _POINTER, _LONG)

    def close(self) -> None:
        """Put the real functions back."""
        for place, real, _ in self._kept:
            _write(place, real)
        call(self._queue, _RELEASE)
        call(self._device, _RELEASE)

    def _replace(self, thing: ctypes.c_void_p, number: int, fault: Callable[..., int], *kinds: Any) -> None:  # noqa: ANN401
        """Put a function of ours into a table; it is given the real one before the arguments."""
        table = ctypes.cast(thing, ctypes.POINTER(_POINTER))[0] or 0
        place = table + number * ctypes.sizeof(_POINTER)
        real = _POINTER.from_address(place).value or 0
        kind = ctypes.CFUNCTYPE(_INT, *kinds)
        ours = kind(functools.partial(fault, kind(real)))
        self._kept.append((place, real, ours))
        _write(place, ctypes.cast(ours, _POINTER).value or 0)

    def _fail(self, name: str, code: int) -> int:
        self.calls[name] += 1
        return _INT(code).value

    def _reason(self, real: Callable[..., int], this: int) -> int:
        return self._fail("GetDeviceRemovedReason", self.removed) if self.removed else real(this)

    def _resource(self, real: Callable[..., int], *arguments: int) -> int:
        if self.removed:
            return self._fail("CreateCommittedResource", self.removed)
        size = _LONG.from_address(arguments[3] + _WIDTH).value
        if self.limit and size > self.limit:
            return self._fail("CreateCommittedResource", OUT_OF_MEMORY)
        result = real(*arguments)
        made = _POINTER.from_address(arguments[7]).value if result >= 0 and arguments[7] else None
        if made is not None:
            if not self._watched:
                self._watched = True
                self._replace(_POINTER(made), _RELEASE, self._released, _POINTER)
            self.buffers[made] = size
        return result

    def _released(self, real: Callable[..., int], this: int) -> int:
        left = real(this)
        if left == 0:
            self.buffers.pop(this, None)
        return left

    def _signal(self, real: Callable[..., int], *arguments: int) -> int:
        result = real(*arguments)  # what waits for it must not wait for ever
        return self._fail("Signal", self.removed) if self.removed else result


def _write(place: int, value: int) -> None:
    before = ctypes.c_uint32()
    protect = ctypes.CDLL("kernel32").VirtualProtect
    size = ctypes.c_size_t(ctypes.sizeof(_POINTER))
    assert protect(_POINTER(place), size, _WRITABLE, ctypes.byref(before))
    _POINTER.from_address(place).value = value
    protect(_POINTER(place), size, before.value, ctypes.byref(before))
