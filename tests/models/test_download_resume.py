"""What arrived is kept and continued: after faults, in a later run, and after the process was killed."""

import time
from pathlib import Path

import pytest

from tests.support.downloads import (
    DATA,
    HALF,
    HASTY,
    HTML,
    NAME,
    OTHER,
    SIZE,
    assert_complete,
    fetch_data,
    leave_part,
    part_of,
    resuming_request,
    serving,
    start_program,
)
from tests.support.http_server import Fault, breaks_off, drips, instead, stalls, status
from vgg_desktop.errors import ModelError
from vgg_desktop.models.progress import DownloadProgress


def test_resumes_with_a_plain_range(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as server:
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert resuming_request(server).range == f"bytes={HALF}-"
    # The SHA-256 says whether the parts belong together; no validator could say more.
    assert "if-range" not in resuming_request(server).headers


def test_resumes_what_an_earlier_run_left(tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    with serving() as server:
        leave_part(tmp_path / NAME, DATA[:HALF])
        fetch_data(server.url(NAME), tmp_path / NAME, progress=reports.append)
    assert_complete(tmp_path / NAME)
    assert [each.range for each in server.requests] == [f"bytes={HALF}-"]
    assert reports[0].phase == "verifying"
    assert next(each for each in reports if each.phase == "connecting").received == HALF


def test_what_an_older_version_noted_beside_a_part_is_removed(tmp_path: Path) -> None:
    leave_part(tmp_path / NAME, DATA[:HALF])
    (tmp_path / f"{NAME}.part.json").write_bytes(b'{"address": "http://127.0.0.1/", "validator": ""}')
    with serving() as server:
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert server.requests[0].range == f"bytes={HALF}-"


@pytest.mark.parametrize("left", [DATA + b"more", OTHER], ids=["too large", "complete but wrong"])
def test_a_hopeless_part_is_dropped(tmp_path: Path, left: bytes) -> None:
    leave_part(tmp_path / NAME, left)
    with serving() as server:
        fetch_data(server.url(NAME), tmp_path / NAME)
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
            fetch_data(server.url(NAME), tmp_path / NAME, limits=HASTY)
        assert part_of(tmp_path / NAME).read_bytes() == DATA[:HALF]
        server.otherwise = Fault()
        server.requests.clear()
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert server.requests[0].range == f"bytes={HALF}-"


def test_resumes_after_the_process_was_killed(tmp_path: Path) -> None:
    target = tmp_path / NAME
    with serving(drips(200_000)) as server:
        with start_program(server.url(NAME), target) as process:
            deadline = time.monotonic() + 60
            while not (part_of(target).exists() and part_of(target).stat().st_size > 60_000):
                assert time.monotonic() < deadline, process.communicate()
                assert process.poll() is None, process.communicate()
                time.sleep(0.02)
            process.kill()
        arrived = part_of(target).stat().st_size
        assert arrived < SIZE
        fetch_data(server.url(NAME), target)
    assert_complete(target)
    assert [each.range for each in server.requests] == [None, f"bytes={arrived}-"]
