"""The list of graphics cards on Windows, read out of tables of functions that are laid out as COM lays them out."""

import ctypes
import uuid
from typing import Any

import pytest

from vgg_desktop.inference.devices.dxgi import Adapter, adapters

FACTORY1 = uuid.UUID("770aae78-f26f-4dba-a829-253c83d1b387")
NOT_FOUND = -2005270526  # DXGI_ERROR_NOT_FOUND


class Table:
    """A COM object: a pointer to a table of functions, by their documented places."""

    def __init__(self, functions: dict[int, Any]) -> None:
        self.released = 0
        self._kept = dict(functions)
        self._kept[2] = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p)(self._release)
        table = (ctypes.c_void_p * 14)()
        for place, function in self._kept.items():
            table[place] = ctypes.cast(function, ctypes.c_void_p).value
        self._table = table
        self._object = ctypes.c_void_p(ctypes.addressof(table))
        self.address = ctypes.addressof(self._object)

    def _release(self, _this: int) -> int:
        self.released += 1
        return 0


def card(
    name: str, memory: int, *, vendor: int = 0x10DE, device: int = 1, flags: int = 0, version: int = 0
) -> Table:
    def describe(_this: int, target: int) -> int:
        ctypes.memmove(target, name.encode("utf-16-le") + b"\0\0", 2 * len(name) + 2)
        # vendor and device follow the 256 bytes of the name; memory and flags as DXGI_ADAPTER_DESC1 has them
        ctypes.memmove(target + 256, bytes(ctypes.c_uint32(vendor)) + bytes(ctypes.c_uint32(device)), 8)
        ctypes.memmove(target + 272, bytes(ctypes.c_uint64(memory)), 8)
        ctypes.memmove(target + 304, bytes(ctypes.c_uint32(flags)), 4)
        return 0

    def check(_this: int, _interface: int, target: int) -> int:
        ctypes.memmove(target, bytes(ctypes.c_int64(version)), 8)
        return 0 if version else NOT_FOUND

    pointer = ctypes.c_void_p
    return Table(
        {
            9: ctypes.CFUNCTYPE(ctypes.c_int32, pointer, pointer, pointer)(check),
            10: ctypes.CFUNCTYPE(ctypes.c_int32, pointer, pointer)(describe),
        }
    )


def factory(*cards: Table) -> Table:
    def enumerate_adapters(_this: int, index: int, target: int) -> int:
        if index >= len(cards):
            return NOT_FOUND
        ctypes.memmove(target, bytes(ctypes.c_void_p(cards[index].address)), 8)
        return 0

    kind = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p)
    return Table({12: kind(enumerate_adapters)})


def test_cards_keep_the_numbers_that_directml_gives_them() -> None:
    cards = (
        card("Intel(R) UHD Graphics", 128 << 20, version=(31 << 48) + (101 << 16) + 2125),
        card("Microsoft Basic Render Driver", 0, vendor=0x1414, device=0x8C),
        card("A card of a remote desktop", 0, flags=2),
        card("NVIDIA GeForce RTX 4070", 12 << 30),
    )
    made = factory(*cards)
    asked = []

    def create(interface: Any, result: Any) -> int:  # noqa: ANN401 - pointers
        asked.append(bytes(interface._obj))
        result._obj.value = made.address
        return 0

    assert adapters(create) == (
        Adapter(0, "Intel(R) UHD Graphics", 128 << 20, "31.0.101.2125"),
        Adapter(3, "NVIDIA GeForce RTX 4070", 12 << 30, ""),
    )
    assert asked == [FACTORY1.bytes_le]
    assert [each.released for each in (made, *cards)] == [1] * 5


def test_a_system_without_directx_says_so() -> None:
    with pytest.raises(OSError, match="DirectX"):
        adapters(lambda _interface, _result: -1)
