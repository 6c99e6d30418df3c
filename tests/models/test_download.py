"""Every fault of a server ends in the verified file or in an error that says what happened; never in a wrong file."""

import errno
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtNetwork import (
    QNetworkProxyFactory,
    QSslCertificate,
    QSslConfiguration,
)

from tests.support import http_server
from tests.support.http_server import Fault, HttpServer, breaks_off, drips, instead, redirect, stalls, status
from vgg_desktop import __version__
from vgg_desktop.errors import (
    Cancelled,
    ChecksumMismatch,
    DownloadRejected,
    ModelError,
    NetworkError,
    NotEnoughSpace,
    WrongContent,
)
from vgg_desktop.models import download
from vgg_desktop.models.download import DownloadProgress, Limits, fetch
from vgg_desktop.models.partial_file import Origin, PartialFile

ROOT = Path(__file__).parents[2]
NAME = "net.onnx"
DATA = b"\x08\x03" + random.Random(1).randbytes(300_000)
SIZE = len(DATA)
SHA256 = hashlib.sha256(DATA).hexdigest()
HALF = SIZE // 2
OTHER = bytes(reversed(DATA))

PATIENT = Limits(stall=20, attempts=3, first_pause=0.01, longest_pause=0.05, reserve=0)
HASTY = replace(PATIENT, stall=0.4)

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 553437328\n"
HTML = b"<!doctype html><html><title>Sign in to the network</title>" + b" " * 2000
S3_ERROR = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>'
JSON = b'{"error": "Repository not found"}'


@pytest.fixture(autouse=True)
def _local_only(monkeypatch: pytest.MonkeyPatch, qapp: QCoreApplication) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def ignore(progress: DownloadProgress) -> None:
    pass


def get(
    addresses: str | Sequence[str],
    target: Path,
    *,
    progress: Callable[[DownloadProgress], None] = ignore,
    cancel: threading.Event | None = None,
    limits: Limits = PATIENT,
) -> None:
    addresses = [addresses] if isinstance(addresses, str) else addresses
    cancel = cancel or threading.Event()
    fetch(addresses, target, size=SIZE, sha256=SHA256, progress=progress, cancel=cancel, limits=limits)


def serving(*faults: Fault) -> HttpServer:
    return HttpServer({NAME: DATA}, *faults)


def part_of(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def leave_part(target: Path, data: bytes, address: str = "", validator: str = "") -> None:
    """Put there what an earlier run would have left."""
    part_of(target).write_bytes(data)
    if address:
        with PartialFile(target, size=SIZE, sha256=SHA256) as part:
            part.origin = Origin(address, validator)


def resumed(server: HttpServer) -> http_server.Request:
    """Give the request that continues a part.

    It need not be the second: when a connection breaks off, Qt at times both reports that and sends the same
    request again on its way out.
    """
    return next(each for each in server.requests if each.range)


def assert_complete(target: Path) -> None:
    assert target.read_bytes() == DATA
    assert [each.name for each in target.parent.iterdir()] == [target.name]


# --- what is sent, and the plain case


def test_downloads_and_says_who_asks(tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    with serving() as server:
        get(server.url(NAME), tmp_path / NAME, progress=reports.append)
    assert_complete(tmp_path / NAME)
    (request,) = server.requests
    assert request.headers["user-agent"] == f"vgg-desktop/{__version__}"
    assert request.headers["accept-encoding"] == "identity"
    assert "range" not in request.headers
    assert "if-range" not in request.headers
    assert reports[0].phase == "connecting"
    assert reports[0].received == 0
    assert (reports[-1].phase, reports[-1].received, reports[-1].fraction) == ("verifying", SIZE, 1.0)
    assert {each.address for each in reports} == {server.url(NAME)}


def test_replaces_an_older_target_and_touches_nothing_else(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    (tmp_path / "other.onnx.part").write_bytes(b"not ours")
    with serving() as server:
        get(server.url(NAME), tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == DATA
    assert (tmp_path / "other.onnx.part").read_bytes() == b"not ours"


def test_a_failure_leaves_the_older_target_alone(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    with serving(status(404)) as server, pytest.raises(DownloadRejected):
        get(server.url(NAME), tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == b"old"


def test_a_complete_part_needs_no_connection(tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    leave_part(tmp_path / NAME, DATA)
    get("http://127.0.0.1:1/", tmp_path / NAME, progress=reports.append)
    assert_complete(tmp_path / NAME)
    assert {each.phase for each in reports} == {"verifying"}
    assert reports[-1].received == SIZE


def test_needs_an_address(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="address"):
        get([], tmp_path / NAME)


# --- faults of one address that end well


@pytest.mark.parametrize(
    ("faults", "requests"),
    [
        pytest.param([Fault(framing="none")], 1, id="no Content-Length"),
        pytest.param([Fault(framing="chunked")], 1, id="chunked"),
        pytest.param([Fault(etag="")], 1, id="no ETag"),
        pytest.param([Fault(headers={"Content-Encoding": "identity"})], 1, id="encoding identity"),
        pytest.param([status(503)], 2, id="503 then 200"),
        pytest.param([status(500), status(502)], 3, id="500, 502 then 200"),
        pytest.param([status(408)], 2, id="408 then 200"),
        pytest.param([status(425)], 2, id="425 then 200"),
        pytest.param([status(429, headers={"Retry-After": "0"})], 2, id="429 then 200"),
        pytest.param([status(503, headers={"Retry-After": "soon"})], 2, id="503 with junk Retry-After"),
        pytest.param([redirect(f"/{NAME}?signed=1")], 2, id="redirect"),
        pytest.param([breaks_off(HALF)], 2, id="breaks off"),
        pytest.param([breaks_off(10)], 2, id="breaks off at once"),
        pytest.param([breaks_off(SIZE - 1)], 2, id="breaks off one byte early"),
        pytest.param(
            [breaks_off(n) for n in (50_000, 50_000, 50_000, 50_000, 50_000)], 6, id="breaks off often"
        ),
        pytest.param([Fault(framing="none", after=HALF)], 2, id="no length, breaks off"),
        pytest.param([Fault(framing="chunked", after=HALF)], 2, id="chunked, breaks off"),
        pytest.param([Fault(framing="broken chunks", after=HALF)], 2, id="broken chunks"),
        pytest.param([http_server.resets(HALF)], 2, id="reset"),
        pytest.param([instead(OTHER)], 2, id="wrong bytes once"),
        pytest.param([breaks_off(HALF), Fault(ranges=False)], 2, id="range ignored"),
        pytest.param([breaks_off(HALF), Fault(etag='"second"')], 2, id="changed ETag"),
        pytest.param(
            [breaks_off(HALF), Fault(content_range=f"bytes 5-{SIZE - 1}/{SIZE}")], 3, id="wrong start"
        ),
        pytest.param([breaks_off(HALF), Fault(content_range="bytes")], 3, id="junk Content-Range"),
        pytest.param(
            [breaks_off(HALF), Fault(content_range=f"bytes {HALF}-{SIZE - 1}/*")], 2, id="unknown total"
        ),
        pytest.param(
            [breaks_off(HALF), Fault(after=1000), Fault(after=1000)], 4, id="resumed, breaks off again"
        ),
        pytest.param([breaks_off(HALF), status(416)], 3, id="416"),
    ],
)
def test_faults_that_end_in_the_file(tmp_path: Path, faults: list[Fault], requests: int) -> None:
    with serving(*faults) as server:
        get(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert not server.script
    assert len(server.requests) >= requests  # more where Qt asked again of itself


def test_the_right_bytes_and_more_are_cut_to_the_file(tmp_path: Path) -> None:
    with serving(Fault(body=DATA + b"more", framing="none")) as server:
        get(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)


def test_goes_on_after_a_stall(tmp_path: Path) -> None:
    notes: list[str] = []
    with serving(stalls(HALF)) as server:
        get(server.url(NAME), tmp_path / NAME, limits=HASTY, progress=lambda each: notes.append(each.note))
    assert_complete(tmp_path / NAME)
    assert server.requests[1].range == f"bytes={HALF}-"
    assert any("nothing arrived" in note and "attempt 2 of 3" in note for note in notes)


# --- faults of one address that end in an error


@pytest.mark.parametrize(
    ("fault", "kind", "words", "requests"),
    [
        pytest.param(status(400), DownloadRejected, "400", 1, id="400"),
        pytest.param(status(401), DownloadRejected, "401", 1, id="401"),
        pytest.param(status(403), DownloadRejected, "403", 1, id="403"),
        pytest.param(status(404, body=b""), DownloadRejected, "404", 1, id="404"),
        pytest.param(status(404, body=HTML), DownloadRejected, "404", 1, id="404 with a page"),
        pytest.param(status(410), DownloadRejected, "410", 1, id="410"),
        pytest.param(status(416), DownloadRejected, "416", 1, id="416 without a range"),
        pytest.param(status(429), DownloadRejected, "429", 3, id="429"),
        pytest.param(status(503), NetworkError, "503", 3, id="503"),
        pytest.param(status(304), NetworkError, "304", 1, id="304"),
        pytest.param(status(204, body=b""), NetworkError, "204", 1, id="204"),
        pytest.param(
            status(429, headers={"Retry-After": "3600"}), DownloadRejected, "429", 1, id="429 for an hour"
        ),
        pytest.param(redirect(f"/{NAME}"), NetworkError, "circles", None, id="redirect loop"),
        pytest.param(redirect("ftp://127.0.0.1/x"), NetworkError, "begins neither", None, id="redirect to ftp"),
        pytest.param(instead(LFS), WrongContent, "a Git LFS pointer", 1, id="LFS pointer"),
        pytest.param(instead(HTML), WrongContent, "a web page", 1, id="HTML page"),
        pytest.param(Fault(body=HTML, framing="none"), WrongContent, "a web page", 1, id="HTML, no length"),
        pytest.param(
            instead(b"<html>".ljust(SIZE)), WrongContent, "a web page", 1, id="HTML of the right length"
        ),
        pytest.param(instead(S3_ERROR), WrongContent, "an error message", 1, id="XML error"),
        pytest.param(instead(JSON), WrongContent, "a JSON document", 1, id="JSON error"),
        pytest.param(instead(OTHER), ChecksumMismatch, "SHA-256", 2, id="wrong bytes"),
        pytest.param(instead(DATA[:-1]), ChecksumMismatch, f"{SIZE - 1} bytes", 1, id="too few bytes"),
        pytest.param(instead(DATA + b"!"), ChecksumMismatch, f"{SIZE + 1} bytes", 1, id="too many bytes"),
        pytest.param(
            Fault(body=OTHER * 2, framing="chunked"), ChecksumMismatch, "SHA-256", 2, id="too many, chunked"
        ),
        pytest.param(instead(b""), ChecksumMismatch, "0 bytes", 1, id="no bytes"),
        pytest.param(
            Fault(headers={"Content-Encoding": "gzip"}), NetworkError, "compressed", 1, id="gzip"
        ),
        pytest.param(breaks_off(0), NetworkError, "broke off", None, id="always breaks off at the start"),
        # Without ranges the same bytes come again and again: they must not reset the number of attempts.
        pytest.param(
            Fault(ranges=False, after=HALF), NetworkError, "broke off", None, id="always breaks off half-way"
        ),
        pytest.param(
            Fault(status=206, content_range=f"bytes 7-{SIZE - 1}/{SIZE}"), NetworkError, "another part", 1,
            id="206 not asked for",
        ),
        pytest.param(
            Fault(status=206, content_range=f"bytes 0-{SIZE}/{SIZE + 1}"), ChecksumMismatch, "bytes", 1,
            id="206 of another size",
        ),
        pytest.param(Fault(raw=b"SSH-2.0-OpenSSH_9.2\r\n"), NetworkError, "failed", None, id="garbage"),
        pytest.param(Fault(raw=b"HTTP/1.1 abc\r\n\r\n"), NetworkError, "failed", None, id="garbage status line"),
        pytest.param(Fault(raw=b""), NetworkError, "broke off", None, id="empty reply"),
    ],
)  # fmt: skip
def test_faults_that_end_in_an_error(
    tmp_path: Path, fault: Fault, kind: type[ModelError], words: str, requests: int | None
) -> None:
    with serving() as server:
        server.otherwise = fault
        with pytest.raises(kind, match=words) as caught:
            get(server.url(NAME), tmp_path / NAME)
    assert type(caught.value) is kind
    assert server.url(NAME) in str(caught.value)
    assert not (tmp_path / NAME).exists()
    if requests is not None:
        assert len(server.requests) == requests


@pytest.mark.parametrize(
    "fault",
    [stalls(0), replace(stalls(HALF), ranges=False), Fault(raw=b"", then="stall")],
    ids=["after the headers", "half-way", "before the answer"],
)
def test_always_stalling_is_an_error(tmp_path: Path, fault: Fault) -> None:
    with serving() as server:
        server.otherwise = fault
        with pytest.raises(NetworkError, match="nothing arrived"):
            get(server.url(NAME), tmp_path / NAME, limits=replace(HASTY, attempts=2))
    assert not (tmp_path / NAME).exists()


def test_a_closed_port_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="refused"):
        get(f"http://127.0.0.1:{http_server.unused_port()}/{NAME}", tmp_path / NAME)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "no address", "http://[/"])
def test_a_strange_address_is_an_error(tmp_path: Path, address: str) -> None:
    with pytest.raises(NetworkError):
        get(address, tmp_path / NAME)


# --- several addresses


@pytest.mark.parametrize(
    "fault",
    [
        status(404),
        status(503),
        instead(LFS),
        instead(HTML),
        instead(OTHER),
        breaks_off(0),
        redirect(f"/{NAME}"),
        Fault(headers={"Content-Encoding": "gzip"}),
        Fault(raw=b"garbage\r\n\r\n"),
        status(503, headers={"Retry-After": "86400"}),
    ],
    ids=lambda fault: f"{fault.status}-{(fault.raw or fault.body or b'')[:12]!r}",
)
def test_the_next_address_is_tried(tmp_path: Path, fault: Fault) -> None:
    with serving() as first, serving() as second:
        first.otherwise = fault
        get([first.url(NAME), second.url(NAME)], tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert len(second.requests) == 1


def test_the_next_address_continues_the_part(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as first, serving() as second:
        first.otherwise = status(404)
        get([first.url(NAME), second.url(NAME)], tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert second.requests[0].range == f"bytes={HALF}-"
    # The validator of one server says nothing to another.
    assert "if-range" not in second.requests[0].headers


def test_a_part_joined_from_different_files_is_fetched_afresh(tmp_path: Path) -> None:
    leave_part(tmp_path / NAME, OTHER[:HALF], "http://127.0.0.1:1/old", '"first"')
    with serving() as server:
        get(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert [each.range for each in server.requests] == [f"bytes={HALF}-", None]
    assert server.requests[1].headers["cache-control"] == "no-cache"


def test_the_most_telling_error_is_raised(tmp_path: Path) -> None:
    closed = f"http://127.0.0.1:{http_server.unused_port()}/{NAME}"
    with serving(status(404), instead(LFS)) as server:
        with pytest.raises(DownloadRejected):
            get([closed, server.url(NAME), closed], tmp_path / NAME)
        server.script.extend([status(404), instead(LFS)])
        server.script.popleft()
        with pytest.raises(WrongContent):
            get([closed, server.url(NAME), server.url(NAME)], tmp_path / NAME)


# --- resuming


def test_resumes_with_range_and_validator(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as server:
        get(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert resumed(server).range == f"bytes={HALF}-"
    assert resumed(server).headers["if-range"] == '"first"'


def test_resumes_by_date_when_there_is_no_tag(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as server:
        server.etag = ""
        get(server.url(NAME), tmp_path / NAME)
    assert resumed(server).headers["if-range"] == http_server.LAST_MODIFIED


def test_a_weak_tag_is_not_sent(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as server:
        server.etag = 'W/"weak"'
        get(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert resumed(server).range == f"bytes={HALF}-"
    assert "if-range" not in resumed(server).headers


def test_resumes_what_an_earlier_run_left(tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    with serving() as server:
        leave_part(tmp_path / NAME, DATA[:HALF], server.url(NAME), '"first"')
        get(server.url(NAME), tmp_path / NAME, progress=reports.append)
    assert_complete(tmp_path / NAME)
    assert [each.range for each in server.requests] == [f"bytes={HALF}-"]
    assert server.requests[0].headers["if-range"] == '"first"'
    assert reports[0].phase == "verifying"
    assert next(each for each in reports if each.phase == "connecting").received == HALF


@pytest.mark.parametrize("junk", [b"", b"{", b"\xff" * 100, b'{"address": 3, "validator": "\\r\\nX: y"}'])
def test_resumes_despite_a_junk_sidecar(tmp_path: Path, junk: bytes) -> None:
    leave_part(tmp_path / NAME, DATA[:HALF])
    (tmp_path / f"{NAME}.part.json").write_bytes(junk)
    with serving() as server:
        get(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert server.requests[0].range == f"bytes={HALF}-"


@pytest.mark.parametrize("left", [DATA + b"more", OTHER], ids=["too large", "complete but wrong"])
def test_a_hopeless_part_is_dropped(tmp_path: Path, left: bytes) -> None:
    leave_part(tmp_path / NAME, left)
    with serving() as server:
        get(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert [each.range for each in server.requests] == [None]


@pytest.mark.parametrize(
    "fault",
    [
        instead(HTML),
        Fault(body=HTML, framing="none", ranges=False),
        status(404),
        Fault(content_range=f"bytes {HALF}-{SIZE}/{SIZE + 1}"),
        instead(DATA[:-1]),
        stalls(0),
    ],
    ids=["page", "page without length", "404", "wrong total", "wrong length", "stall"],
)
def test_a_failure_keeps_what_arrived_before(tmp_path: Path, fault: Fault) -> None:
    leave_part(tmp_path / NAME, DATA[:HALF])
    with serving() as server:
        server.otherwise = fault
        with pytest.raises(ModelError):
            get(server.url(NAME), tmp_path / NAME, limits=HASTY)
        assert part_of(tmp_path / NAME).read_bytes() == DATA[:HALF]
        server.otherwise = Fault()
        server.requests.clear()
        get(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert server.requests[0].range == f"bytes={HALF}-"


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


def run_program(address: str, target: Path, before: str = "") -> "subprocess.Popen[str]":
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


def test_resumes_after_the_process_was_killed(tmp_path: Path) -> None:
    target = tmp_path / NAME
    with serving(drips(200_000)) as server:
        with run_program(server.url(NAME), target) as process:
            deadline = time.monotonic() + 60
            while not (part_of(target).exists() and part_of(target).stat().st_size > 60_000):
                assert time.monotonic() < deadline, process.communicate()
                assert process.poll() is None, process.communicate()
                time.sleep(0.02)
            process.kill()
        arrived = part_of(target).stat().st_size
        assert arrived < SIZE
        get(server.url(NAME), target)
    assert_complete(target)
    assert [each.range for each in server.requests] == [None, f"bytes={arrived}-"]
    assert server.requests[1].headers["if-range"] == '"first"'


# --- threads


def test_works_from_the_command_line_without_an_application(tmp_path: Path) -> None:
    with serving() as server, run_program(server.url(NAME), tmp_path / NAME) as process:
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (0, "done\n", "")
    assert_complete(tmp_path / NAME)


def test_a_thread_without_an_application_is_a_bug(tmp_path: Path) -> None:
    before = (
        "import functools\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "inner = fetch\n"
        "fetch = lambda *a, **k: ThreadPoolExecutor().submit(functools.partial(inner, *a, **k)).result()"
    )
    with run_program("http://127.0.0.1:1/", tmp_path / NAME, before) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "RuntimeError: fetch in a thread needs a QCoreApplication" in errors


def test_works_in_a_python_thread(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as server:
        thread = threading.Thread(target=get, args=(server.url(NAME), tmp_path / NAME))
        thread.start()
        thread.join(60)
    assert_complete(tmp_path / NAME)


class _Worker(QThread):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


def test_works_in_a_qthread_even_one_asked_to_quit(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as server:
        worker = _Worker(lambda: get(server.url(NAME), tmp_path / NAME))
        worker.start()
        worker.quit()
        assert worker.wait(60_000)
    assert_complete(tmp_path / NAME)


def test_progress_comes_from_the_calling_thread(tmp_path: Path) -> None:
    threads: set[threading.Thread] = set()
    with serving() as server:
        get(server.url(NAME), tmp_path / NAME, progress=lambda _: threads.add(threading.current_thread()))
    assert threads == {threading.current_thread()}


def test_nothing_of_qt_outlives_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replies: list[object] = []

    class Remembered(download._Exchange):
        def __enter__(self) -> "Remembered":
            replies.append(self._reply)
            return self

    monkeypatch.setattr(download, "_Exchange", Remembered)
    kept: list[BaseException] = []  # and with it the traceback and its frames
    with serving(stalls(HALF), status(404)) as server:
        try:
            get(server.url(NAME), tmp_path / NAME, limits=HASTY)
        except DownloadRejected as error:
            kept.append(error)
    assert kept
    assert len(replies) == 2
    # The wrappers above are still here, so the objects behind them were destroyed and not merely forgotten.
    assert not any(shiboken6.isValid(each) for each in replies)


# --- cancelling and progress


@pytest.mark.parametrize(
    ("fault", "phase"),
    [
        pytest.param(Fault(raw=b"", then="stall"), "connecting", id="connecting"),
        pytest.param(stalls(HALF), "downloading", id="stalled"),
        pytest.param(drips(20_000), "downloading", id="dripping"),
        pytest.param(status(503), "waiting", id="pausing"),
    ],
)
def test_cancels_at_any_moment(tmp_path: Path, fault: Fault, phase: str) -> None:
    cancel = threading.Event()
    asked: list[float] = []
    limits = Limits(first_pause=30, reserve=0)

    def progress(report: DownloadProgress) -> None:
        if report.phase == phase and not asked:
            asked.append(time.monotonic())
            threading.Timer(0.2, cancel.set).start()

    with serving() as server:
        server.otherwise = fault
        with pytest.raises(Cancelled):
            get(server.url(NAME), tmp_path / NAME, progress=progress, cancel=cancel, limits=limits)
        took = time.monotonic() - asked[0]
    assert took < 5  # about 0.25; the stall limit and the pause are 20 and 30 seconds
    assert not (tmp_path / NAME).exists()
    if phase == "downloading":
        arrived = part_of(tmp_path / NAME).read_bytes()
        assert arrived
        assert arrived == DATA[: len(arrived)]


def test_cancels_while_hashing_what_is_there(tmp_path: Path) -> None:
    leave_part(tmp_path / NAME, DATA[:HALF])
    cancel = threading.Event()
    with pytest.raises(Cancelled):
        get("http://127.0.0.1:1/", tmp_path / NAME, progress=lambda _: cancel.set(), cancel=cancel)
    assert part_of(tmp_path / NAME).read_bytes() == DATA[:HALF]


def test_a_cancelled_job_connects_to_nothing(tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    with serving() as server, pytest.raises(Cancelled):
        get(server.url(NAME), tmp_path / NAME, cancel=cancel)
    assert server.requests == []


def test_reports_at_most_ten_times_a_second(tmp_path: Path) -> None:
    reports: list[tuple[float, DownloadProgress]] = []
    with serving(drips(SIZE / 1.5)) as server:
        get(server.url(NAME), tmp_path / NAME, progress=lambda each: reports.append((time.monotonic(), each)))
    running = [(moment, each) for moment, each in reports if each.phase == "downloading"]
    elapsed = running[-1][0] - running[0][0]
    assert 3 <= len(running) <= elapsed * 10 + 1
    received = [each.received for _, each in running]
    assert received == sorted(received)
    last = running[-1][1]
    assert last.speed is not None
    assert 0 < last.speed < SIZE * 2
    assert last.seconds_left is not None
    assert last.total == SIZE


def test_says_why_it_waits(tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    with serving(status(503)) as server:
        get(server.url(NAME), tmp_path / NAME, progress=reports.append)
    (waiting,) = [each for each in reports if each.phase == "waiting"]
    assert "503" in waiting.note
    assert "attempt 2 of 3" in waiting.note


def test_waits_as_long_as_the_server_asks(tmp_path: Path) -> None:
    limits = replace(PATIENT, longest_pause=5)
    start = time.monotonic()
    with serving(status(429, headers={"Retry-After": "1"})) as server:
        get(server.url(NAME), tmp_path / NAME, limits=limits)
    assert time.monotonic() - start >= 1


# --- the disk


def test_asks_for_room_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_part(tmp_path / NAME, DATA[:HALF])
    missing = SIZE - HALF
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=missing + 99))
    with serving() as server:
        with pytest.raises(NotEnoughSpace) as caught:
            get(server.url(NAME), tmp_path / NAME, limits=replace(PATIENT, reserve=100))
        assert server.requests == []
        assert (caught.value.path, caught.value.needed, caught.value.free) == (
            tmp_path / NAME,
            missing + 100,
            missing + 99,
        )
        assert part_of(tmp_path / NAME).read_bytes() == DATA[:HALF]
        get(server.url(NAME), tmp_path / NAME, limits=replace(PATIENT, reserve=99))
    assert_complete(tmp_path / NAME)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the always full device is Linux's")
def test_a_disk_that_fills_up_is_told(tmp_path: Path) -> None:
    part_of(tmp_path / NAME).symlink_to("/dev/full")
    with serving() as server, pytest.raises(NotEnoughSpace) as caught:
        get([server.url(NAME), server.url(NAME)], tmp_path / NAME)
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.ENOSPC
    assert len(server.requests) == 1  # another address would not help


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_write_that_fails_keeps_what_arrived(tmp_path: Path) -> None:
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({HALF}, {HALF}))"
    with serving() as server:
        with run_program(server.url(NAME), tmp_path / NAME, limit) as process:
            output, errors = process.communicate(timeout=60)
        assert output.startswith("StorageError")
        assert errors == ""
        assert part_of(tmp_path / NAME).read_bytes() == DATA[:HALF]
        get(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert server.requests[1].range == f"bytes={HALF}-"


@pytest.mark.skipif(sys.platform == "win32", reason="folders there are not read-only by mode")
def test_a_read_only_folder_is_told() -> None:
    # Permissions do not bind root, so the program gives that up; pytest's own folder would be closed to it then.
    drop = "import os\nif os.geteuid() == 0:\n    os.setegid(65534)\n    os.seteuid(65534)"
    with tempfile.TemporaryDirectory() as name, serving() as server:
        folder = Path(name)
        folder.chmod(0o555)
        with run_program(server.url(NAME), folder / NAME, drop) as process:
            output, errors = process.communicate(timeout=60)
        folder.chmod(0o755)
        assert output.startswith("StorageError")
        assert NAME in output
        assert errors == ""
        assert list(folder.iterdir()) == []
    assert server.requests == []


# --- proxies and certificates


def test_an_untrusted_certificate_is_refused_by_name(tmp_path: Path) -> None:
    with HttpServer({NAME: DATA}, tls=True) as server, pytest.raises(NetworkError) as caught:
        get(server.url(NAME), tmp_path / NAME)
    assert "certificate is not trusted" in caught.value.reason
    assert "self-signed" in caught.value.reason
    assert server.requests == []
    assert list(tmp_path.iterdir()) == []


def test_a_certificate_that_the_computer_trusts_is_accepted(tmp_path: Path) -> None:
    before = QSslConfiguration.defaultConfiguration()
    trusting = QSslConfiguration(before)
    trusting.addCaCertificates(QSslCertificate.fromPath(str(http_server.CERTIFICATE)))
    QSslConfiguration.setDefaultConfiguration(trusting)
    try:
        with HttpServer({NAME: DATA}, breaks_off(HALF), tls=True) as server:
            get(server.url(NAME), tmp_path / NAME)
    finally:
        QSslConfiguration.setDefaultConfiguration(before)
    assert_complete(tmp_path / NAME)


def test_https_is_never_left_for_http(tmp_path: Path) -> None:
    before = QSslConfiguration.defaultConfiguration()
    trusting = QSslConfiguration(before)
    trusting.addCaCertificates(QSslCertificate.fromPath(str(http_server.CERTIFICATE)))
    QSslConfiguration.setDefaultConfiguration(trusting)
    try:
        with serving() as plain, HttpServer({}, redirect(plain.url(NAME)), tls=True) as server:
            with pytest.raises(NetworkError, match="unprotected"):
                get(server.url(NAME), tmp_path / NAME)
            assert plain.requests == []
    finally:
        QSslConfiguration.setDefaultConfiguration(before)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the proxy is a setting of the system")
def test_uses_the_system_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert QNetworkProxyFactory.usesSystemConfiguration()
    with serving() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        get(f"http://models.invalid/{NAME}", tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert proxy.requests[0].path == f"http://models.invalid/{NAME}"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the proxy is a setting of the system")
def test_a_proxy_that_wants_a_password_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        proxy.otherwise = status(407, headers={"Proxy-Authenticate": 'Basic realm="office"'})
        monkeypatch.setenv("http_proxy", proxy.url(""))
        with pytest.raises(NetworkError, match="proxy asks for a name and a password"):
            get(f"http://models.invalid/{NAME}", tmp_path / NAME)
    assert len(proxy.requests) == 1


# --- the server itself, which other tests lean on


def test_the_server_serves_a_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / NAME).write_bytes(DATA)
    (tmp_path / "secret").write_bytes(DATA)
    with HttpServer(tmp_path / "in") as server:
        get(server.url(NAME), tmp_path / "out" / NAME)
        with pytest.raises(DownloadRejected):
            get(server.url("%2e%2e/secret"), tmp_path / "out" / "secret")
    assert_complete(tmp_path / "out" / NAME)
