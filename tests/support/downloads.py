"""What the tests of a download share: a small file, patience for milliseconds, and ways to call `fetch`."""

import hashlib
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.support import http_server
from tests.support.http_server import Fault, HttpServer
from vgg_desktop.models.download import Limits, fetch
from vgg_desktop.models.progress import DownloadProgress

ROOT = Path(__file__).parents[2]
NAME = "net.onnx"
DATA = b"\x08\x03" + random.Random(1).randbytes(300_000)
SIZE = len(DATA)
SHA256 = hashlib.sha256(DATA).hexdigest()
HALF = SIZE // 2
OTHER = bytes(reversed(DATA))

PATIENT = Limits(stall=20, attempts=3, first_pause=0.01, longest_pause=0.05, reserve=0)
HASTY = replace(PATIENT, stall=0.4)

HTML = b"<!doctype html><html><title>Sign in to the network</title>" + b" " * 2000


def ignore(progress: DownloadProgress) -> None:
    pass


def fetch_data(
    addresses: str | Sequence[str],
    target: Path,
    *,
    progress: Callable[[DownloadProgress], None] = ignore,
    cancel: threading.Event | None = None,
    limits: Limits = PATIENT,
) -> None:
    """Download `DATA`, as it is known by its size and SHA-256, and block meanwhile."""
    addresses = [addresses] if isinstance(addresses, str) else addresses
    cancel = cancel or threading.Event()
    fetch(addresses, target, size=SIZE, sha256=SHA256, progress=progress, cancel=cancel, limits=limits)


def serving(*faults: Fault) -> HttpServer:
    """Return a server of `DATA` under `NAME`, with one fault a request until they are used up."""
    return HttpServer({NAME: DATA}, *faults)


def part_of(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def leave_part(target: Path, data: bytes) -> None:
    """Put there what an earlier run would have left."""
    part_of(target).write_bytes(data)


def resuming_request(server: HttpServer) -> http_server.Request:
    """Return the request that continues a part.

    It need not be the second: when a connection breaks off, Qt at times both reports that and sends the same
    request again on its way out.
    """
    return next(each for each in server.requests if each.range)


def assert_complete(target: Path) -> None:
    """The file is right, and nothing else lies beside it."""
    assert target.read_bytes() == DATA
    assert [each.name for each in target.parent.iterdir()] == [target.name]


# A program of its own, without a window: what the command line does, and what can be killed.
PROGRAM = """
import sys, threading
from pathlib import Path
from vgg_desktop.errors import ModelError
from vgg_desktop.models.download import Limits, fetch
{before}
try:
    fetch([sys.argv[1]], Path(sys.argv[2]), size=int(sys.argv[3]), sha256=sys.argv[4],
          progress=lambda each: None, cancel=threading.Event(),
          limits=Limits(attempts=1, reserve=0))
except ModelError as error:
    print(type(error).__name__, error)
else:
    print("done")
"""


def start_program(address: str, target: Path, before: str = "") -> "subprocess.Popen[str]":
    """Start `fetch` of `DATA` in a process of its own, after the statements `before`."""
    return subprocess.Popen(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            PROGRAM.format(before=before),
            address,
            str(target),
            str(SIZE),
            SHA256,
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
