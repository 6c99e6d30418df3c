"""A download that goes well: what is sent, what is reported, and how it is taken back."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.downloads import (
    DATA,
    HALF,
    NAME,
    PATIENT,
    SIZE,
    assert_complete,
    fetch_data,
    leave_part,
    part_of,
    serving,
)
from tests.support.http_server import Fault, HttpServer, drips, stalls, status
from vgg_desktop.errors import Cancelled, DownloadRejected
from vgg_desktop.http_client import USER_AGENT
from vgg_desktop.models.download import Limits
from vgg_desktop.models.progress import DownloadProgress


def test_downloads_and_says_who_asks(tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    with serving() as server:
        fetch_data(server.url(NAME), tmp_path / NAME, progress=reports.append)
    assert_complete(tmp_path / NAME)
    (request,) = server.requests
    assert request.headers["user-agent"] == USER_AGENT
    assert request.headers["accept-encoding"] == "identity"
    assert "range" not in request.headers
    assert reports[0].phase == "connecting"
    assert reports[0].received == 0
    assert (reports[-1].phase, reports[-1].received, reports[-1].fraction) == ("verifying", SIZE, 1.0)


def test_replaces_an_older_target_and_touches_nothing_else(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    (tmp_path / "other.onnx.part").write_bytes(b"not ours")
    with serving() as server:
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == DATA
    assert (tmp_path / "other.onnx.part").read_bytes() == b"not ours"


def test_a_failure_leaves_the_older_target_alone(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    with serving(status(404)) as server, pytest.raises(DownloadRejected):
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == b"old"


def test_a_complete_part_needs_no_connection(tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    leave_part(tmp_path / NAME, DATA)
    fetch_data("http://127.0.0.1:1/", tmp_path / NAME, progress=reports.append)
    assert_complete(tmp_path / NAME)
    assert {each.phase for each in reports} == {"verifying"}
    assert reports[-1].received == SIZE


def test_needs_an_address(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="address"):
        fetch_data([], tmp_path / NAME)


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
            fetch_data(server.url(NAME), tmp_path / NAME, progress=progress, cancel=cancel, limits=limits)
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
        fetch_data("http://127.0.0.1:1/", tmp_path / NAME, progress=lambda _: cancel.set(), cancel=cancel)
    assert part_of(tmp_path / NAME).read_bytes() == DATA[:HALF]


def test_a_cancelled_job_connects_to_nothing(tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    with serving() as server, pytest.raises(Cancelled):
        fetch_data(server.url(NAME), tmp_path / NAME, cancel=cancel)
    assert server.requests == []


def test_reports_at_most_ten_times_a_second(tmp_path: Path) -> None:
    reports: list[tuple[float, DownloadProgress]] = []
    with serving(drips(SIZE / 1.5)) as server:
        fetch_data(
            server.url(NAME), tmp_path / NAME, progress=lambda each: reports.append((time.monotonic(), each))
        )
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
        fetch_data(server.url(NAME), tmp_path / NAME, progress=reports.append)
    (waiting,) = [each for each in reports if each.phase == "waiting"]
    assert "503" in str(waiting.note)
    assert "attempt 2 of 3" in str(waiting.note)


def test_waits_as_long_as_the_server_asks(tmp_path: Path) -> None:
    limits = replace(PATIENT, longest_pause=5)
    start = time.monotonic()
    with serving(status(429, headers={"Retry-After": "1"})) as server:
        fetch_data(server.url(NAME), tmp_path / NAME, limits=limits)
    assert time.monotonic() - start >= 1


def test_the_server_serves_a_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / NAME).write_bytes(DATA)
    (tmp_path / "secret").write_bytes(DATA)
    with HttpServer(tmp_path / "in") as server:
        fetch_data(server.url(NAME), tmp_path / "out" / NAME)
        with pytest.raises(DownloadRejected):
            fetch_data(server.url("%2e%2e/secret"), tmp_path / "out" / "secret")
    assert_complete(tmp_path / "out" / NAME)
