"""The window as a screen reader of Linux sees it: through AT-SPI, over the bus, on a real screen."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ui.conftest import MakePicture
from tests.ui.test_app import screen as screen

NEEDED = ("dbus-run-session", "dbus-send", "Xvfb")
SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
WAIT = 60.0  # seconds
SHOWING = 25  # the bit of this state

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)) or not SERVICE.exists(), reason="needs D-Bus, at-spi2-core and Xvfb"
)


@dataclass(frozen=True)
class Node:
    """One object of the tree; `is_showing` is whether it can be seen."""

    role: str
    name: str
    is_showing: bool


class Bus:
    """Reads the tree of a program with `dbus-send`."""

    def __init__(self) -> None:
        reply = self._send("--session", "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
        (self._address,) = re.findall(r'string "(.*)"', reply)

    def program(self, name: str) -> tuple[str, str] | None:
        """Return the root of a program by its name, once it is there."""
        root = "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"
        return next((each for each in self.children(*root) if self.name(*each) == name), None)

    def children(self, owner: str, path: str) -> list[tuple[str, str]]:
        reply = self._ask(owner, path, "org.a11y.atspi.Accessible.GetChildren")
        return re.findall(r'string "([^"]*)"\s+object path "([^"]*)"', reply)

    def name(self, owner: str, path: str) -> str:
        wanted = ("string:org.a11y.atspi.Accessible", "string:Name")
        reply = self._ask(owner, path, "org.freedesktop.DBus.Properties.Get", *wanted)
        found = re.search(r'variant\s+string "(.*)"', reply, re.DOTALL)
        return found[1] if found else ""

    def walk(self, owner: str, path: str) -> Iterator[Node]:
        """Yield an object and all below it."""
        role = re.findall(r'string "(.*)"', self._ask(owner, path, "org.a11y.atspi.Accessible.GetRoleName"))
        states = re.findall(r"uint32 (\d+)", self._ask(owner, path, "org.a11y.atspi.Accessible.GetState"))
        is_showing = bool(states) and bool(int(states[0]) >> SHOWING & 1)
        yield Node(role[0] if role else "", self.name(owner, path), is_showing)
        for child in self.children(owner, path):
            yield from self.walk(*child)

    def _ask(self, owner: str, path: str, method: str, *values: str) -> str:
        return self._send(f"--bus={self._address}", owner, path, method, *values)

    @staticmethod
    def _send(bus: str, owner: str, path: str, method: str, *values: str) -> str:
        command = ["dbus-send", bus, "--print-reply", f"--dest={owner}", path, method, *values]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.fixture
def session_bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this test have a bus of its own."""
    command = ["dbus-run-session", "--", "sh", "-c", "echo $DBUS_SESSION_BUS_ADDRESS; exec sleep 600"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", process.stdout.readline().strip())
        yield
        os.killpg(process.pid, 15)


def test_the_tree_has_names_and_what_is_shown(
    screen: str, session_bus: None, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = [make_picture("a picture.png", 1), make_picture("another.png", 2)]
    monkeypatch.setenv("DISPLAY", screen)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
    bus = Bus()
    with subprocess.Popen([sys.executable, "-m", "vgg_desktop", *map(str, pictures)]) as program:
        try:
            until = time.monotonic() + WAIT
            nodes: list[Node] = []
            while not any("another.png:" in node.name and "%" in node.name for node in nodes):
                assert time.monotonic() < until, nodes
                time.sleep(1)
                root = bus.program("vgg-desktop")
                nodes = list(bus.walk(*root)) if root is not None else []
        finally:
            program.terminate()
    showing = [node for node in nodes if node.is_showing]

    def names(role: str) -> list[str]:
        return [node.name for node in showing if node.role == role]

    assert names("page tab")[:4] == ["Pictures", "Networks", "Devices", "Settings"]  # those of the rail
    assert {"Answer", "Facts"} <= set(names("page tab"))
    assert {"Pictures", "Most probable classes"} <= set(names("list"))
    items = names("list item")
    bars = [name for name in items if not name.startswith(("a picture.png: ", "another.png: "))]
    assert len(items) == 7
    assert all(name.endswith("%") for name in items)
    assert len(bars) == 5
    assert {"Filter by name or class"} <= set(names("text"))
    menus = {node.name for node in nodes if node.role == "menu item"}
    assert {"File", "Full screen", "Save 2 results…", "Keys", "Report a problem…"} <= menus
    assert any(name.startswith("Everyday") and "ms" in name for name in names("label"))
    controls = (
        "push button",
        "check box",
        "button menu",
        "page tab",
        "text",
        "list",
        "list item",
        "radio button",
    )
    assert [node for node in showing if node.role in controls and not node.name.strip()] == []
