from datetime import UTC, datetime

import pytest

from vgg_desktop.models.http_answer import HttpAnswer

NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


def answer(**headers: str) -> HttpAnswer:
    return HttpAnswer(
        "http://127.0.0.1/net.onnx", 200, {name.replace("_", "-"): value for name, value in headers.items()}
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bytes 5-9/10", (5, 10)),
        (" Bytes 0-0/* ", (0, None)),
        ("bytes */10", None),
        ("bytes 5-9", None),
        ("lines 5-9/10", None),
        ("bytes 5-9/" + "9" * 40, None),
        ("", None),
    ],
)
def test_reads_content_range(text: str, expected: tuple[int, int | None] | None) -> None:
    assert answer(content_range=text).content_range == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120", 120.0),
        ("Thu, 01 Jan 2026 12:00:30 GMT", 30.0),
        ("Thu, 01 Jan 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_reads_retry_after(text: str, expected: float | None) -> None:
    assert answer(retry_after=text).retry_after(NOW) == expected


def test_reads_length_and_encoding() -> None:
    assert answer(content_length="12").length == 12
    assert answer(content_length="twelve").length is None
    assert answer(content_encoding="GZip").encoding == "gzip"
    assert answer(content_encoding="identity").encoding == ""
