"""Every fault of a server ends in the verified file or in an error that says what happened; never in a wrong file."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import http_server
from tests.support.downloads import (
    DATA,
    HALF,
    HASTY,
    HTML,
    NAME,
    OTHER,
    PATIENT,
    SIZE,
    assert_complete,
    fetch_data,
    leave_part,
    serving,
)
from tests.support.http_server import Fault, breaks_off, drips, instead, redirect, stalls, status
from tests.support.platforms import not_on_wine
from vgg_desktop.errors import ChecksumMismatch, DownloadRejected, ModelError, NetworkError, WrongContent
from vgg_desktop.models.progress import DownloadProgress

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 553437328\n"
S3_ERROR = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>'
JSON = b'{"error": "Repository not found"}'


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
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert not server.script
    assert len(server.requests) >= requests  # more where Qt asked again of itself


def test_the_right_bytes_and_more_are_cut_to_the_file(tmp_path: Path) -> None:
    with serving(Fault(body=DATA + b"more", framing="none")) as server:
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)


def test_goes_on_after_a_stall(tmp_path: Path) -> None:
    notes: list[str] = []
    with serving(stalls(HALF)) as server:
        fetch_data(
            server.url(NAME),
            tmp_path / NAME,
            limits=HASTY,
            progress=lambda each: notes.append(str(each.note)),
        )
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
        pytest.param(redirect(f"/{NAME}"), NetworkError, "in a circle", None, id="redirect loop"),
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
        pytest.param(breaks_off(0), NetworkError, "interrupted", None, id="always breaks off at the start"),
        # Without ranges the same bytes come again and again: they must not reset the number of attempts.
        pytest.param(
            Fault(ranges=False, after=HALF), NetworkError, "interrupted", None, id="always breaks off half-way"
        ),
        pytest.param(
            Fault(status=206, content_range=f"bytes 7-{SIZE - 1}/{SIZE}"), NetworkError, "a different part", 1,
            id="206 not asked for",
        ),
        pytest.param(
            Fault(status=206, content_range=f"bytes 0-{SIZE}/{SIZE + 1}"), ChecksumMismatch, "bytes", 1,
            id="206 of another size",
        ),
        pytest.param(Fault(raw=b"SSH-2.0-OpenSSH_9.2\r\n"), NetworkError, "failed", None, id="garbage"),
        pytest.param(Fault(raw=b"HTTP/1.1 abc\r\n\r\n"), NetworkError, "failed", None, id="garbage status line"),
        pytest.param(Fault(raw=b""), NetworkError, "interrupted", None, id="empty reply"),
    ],
)  # fmt: skip
def test_faults_that_end_in_an_error(
    tmp_path: Path, fault: Fault, kind: type[ModelError], words: str, requests: int | None
) -> None:
    with serving() as server:
        server.otherwise = fault
        with pytest.raises(kind, match=words) as caught:
            fetch_data(server.url(NAME), tmp_path / NAME)
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
            fetch_data(server.url(NAME), tmp_path / NAME, limits=replace(HASTY, attempts=2))
    assert not (tmp_path / NAME).exists()


@not_on_wine("Qt is never told of a refused connection")
def test_a_closed_port_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="refused"):
        fetch_data(f"http://127.0.0.1:{http_server.unused_port()}/{NAME}", tmp_path / NAME)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.qt_log_ignore("Failed to enumerate ciphers")  # Wine's
@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "no address", "http://[/"])
def test_a_strange_address_is_an_error(tmp_path: Path, address: str) -> None:
    with pytest.raises(NetworkError):
        fetch_data(address, tmp_path / NAME)


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
        fetch_data([first.url(NAME), second.url(NAME)], tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert len(second.requests) == 1


def test_the_next_address_continues_the_part(tmp_path: Path) -> None:
    with serving(breaks_off(HALF)) as first, serving() as second:
        first.otherwise = status(404)
        fetch_data([first.url(NAME), second.url(NAME)], tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert second.requests[0].range == f"bytes={HALF}-"


@pytest.mark.parametrize("second", [Fault(), status(404)], ids=["to a fast one", "to a dead one"])
def test_a_server_that_drips_is_left_while_another_is_there(tmp_path: Path, second: Fault) -> None:
    limits = replace(PATIENT, stall=0.5, min_speed=20_000)
    with serving() as first, serving(second) as other:
        first.otherwise = drips(2000)
        addresses = [first.url(NAME), other.url(NAME)]
        if second.status is None:
            fetch_data(addresses, tmp_path / NAME, limits=limits)
            assert_complete(tmp_path / NAME)
        else:
            with pytest.raises(DownloadRejected):
                fetch_data(addresses, tmp_path / NAME, limits=limits)
    assert len(first.requests) == 1


def test_the_only_address_may_be_slow(tmp_path: Path) -> None:
    limits = replace(PATIENT, stall=0.3, min_speed=10 * SIZE)
    with serving(drips(SIZE / 1.5)) as server:
        fetch_data(server.url(NAME), tmp_path / NAME, limits=limits)
    assert_complete(tmp_path / NAME)


def test_the_only_address_is_left_if_it_sends_next_to_nothing(tmp_path: Path) -> None:
    limits = replace(PATIENT, stall=0.5, least_speed=1000)
    with serving() as server:
        server.otherwise = drips(100)
        with pytest.raises(NetworkError, match=r"it sends less than 1\.0 kB per second"):
            fetch_data(server.url(NAME), tmp_path / NAME, limits=limits)
        assert len(server.requests) == 1


def test_the_user_is_told_why_it_starts_over_and_where_it_goes_on(tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    with serving() as first, serving() as second:
        first.otherwise = instead(b"\x08\x03" + bytes(SIZE - 2))
        fetch_data([first.url(NAME), second.url(NAME)], tmp_path / NAME, progress=reports.append)
    hosts = [each.url("").removeprefix("http://").strip("/") for each in (first, second)]
    notes = [str(each.note) for each in reports if each.phase in ("connecting", "downloading")]
    assert list(dict.fromkeys(notes)) == [
        "None",
        f"the checksum is wrong; trying {hosts[0]} once more, from the start",
        f"the checksum is wrong; trying {hosts[1]}",
    ]


@not_on_wine("Qt is never told of a refused connection")
def test_each_address_is_named(tmp_path: Path) -> None:
    reports: list[DownloadProgress] = []
    hosts = [f"127.0.0.1:{http_server.unused_port()}" for _ in range(2)]
    with pytest.raises(NetworkError) as caught:
        fetch_data([f"http://{host}/{NAME}" for host in hosts], tmp_path / NAME, progress=reports.append)
    assert all(host in str(caught.value) for host in hosts)
    waiting = dict.fromkeys(str(each.note).partition("; ")[2] for each in reports if each.phase == "waiting")
    assert [each.rpartition(" in ")[0] for each in waiting] == [
        f"attempt {attempt} of 3 at {host}" for host in hosts for attempt in (2, 3)
    ]
    connecting = {str(each.note) for each in reports if each.phase == "connecting"}
    assert f"the server refused the connection; trying {hosts[1]}" in connecting


def test_a_part_joined_from_different_files_is_fetched_afresh(tmp_path: Path) -> None:
    leave_part(tmp_path / NAME, OTHER[:HALF])
    with serving() as server:
        fetch_data(server.url(NAME), tmp_path / NAME)
    assert_complete(tmp_path / NAME)
    assert [each.range for each in server.requests] == [f"bytes={HALF}-", None]
    assert server.requests[1].headers["cache-control"] == "no-cache"


@not_on_wine("Qt is never told of a refused connection")
def test_the_most_telling_error_is_raised(tmp_path: Path) -> None:
    closed = f"http://127.0.0.1:{http_server.unused_port()}/{NAME}"
    with serving(status(404), instead(LFS)) as server:
        with pytest.raises(DownloadRejected):
            fetch_data([closed, server.url(NAME), closed], tmp_path / NAME)
        server.script.extend([status(404), instead(LFS)])
        server.script.popleft()
        with pytest.raises(WrongContent):
            fetch_data([closed, server.url(NAME), server.url(NAME)], tmp_path / NAME)
