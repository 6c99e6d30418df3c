"""Reasons as data: identifiers with values, in English, as JSON, and from the operating system's errors."""

import errno
import json
import os
import string
import sys

import pytest

from vgg_desktop.reasons import Bytes, Reason, Value
from vgg_desktop.system_errors import system_reason
from vgg_desktop.why import Why, reason_from_json


def fields(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def sample(why: Why) -> Reason:
    """Return a reason with values of every kind in turn."""
    kinds: tuple[Value, ...] = (Bytes(553_437_328), 404, 0.25, "käse {0}.bin", Why.FOUND_PDF())
    return why(**{name: kinds[place % len(kinds)] for place, name in enumerate(fields(why.value))})


@pytest.mark.parametrize("why", Why, ids=lambda why: why.id)
def test_every_reason_is_a_clause_and_survives_json(why: Why) -> None:
    reason = sample(why)
    assert reason_from_json(json.loads(json.dumps(reason.as_json()))) == reason
    assert str(reason_from_json(reason.as_json())) == str(reason)
    assert why.value == why.value.strip()
    assert not why.value.endswith(".")
    assert not why.value[0].isupper() or why.value.startswith(("CUDA", "SHA", "TensorRT"))
    assert "{" not in str(reason).replace("{0}", "")
    for name in fields(why.value):
        with pytest.raises(KeyError):
            why(**{each: "x" for each in fields(why.value) if each != name})


def test_values_are_shown_in_english_and_reasons_inside_reasons() -> None:
    assert str(Why.FILE_EMPTY()) == "it is empty"
    too_large = Why.NETWORK_INPUT_BYTES(size=Bytes(2_000_000_000), limit=Bytes(1_000_000_000))
    assert str(too_large) == "its input takes 2.0 GB; the limit is 1.0 GB"
    assert str(Why.LINK_NOT_PICTURE(found=Why.FOUND_WEB_PAGE())) == "it is a web page, not a picture"
    waiting = Why.HTTP_NEXT(reason=Why.HTTP_STATUS(status=503), host="example.org")
    assert str(waiting) == "the server answered 503; trying example.org"


def test_a_sizes_kind_survives_json() -> None:
    read = reason_from_json(Why.HTTP_TOO_LARGE(limit=Bytes(20_000_000)).as_json())
    assert isinstance(dict(read.values)["limit"], Bytes)
    assert str(read) == "it has more than 20.0 MB"


@pytest.mark.parametrize(
    "given",
    [
        None,
        "it is empty",
        [],
        {},
        {"id": 7},
        {"id": "file-eaten"},
        {"id": "link-too-large"},
        {"id": "link-too-large", "values": []},
        {"id": "link-too-large", "values": {"limit": None}},
        {"id": "link-too-large", "values": {"limit": {"bytes": "many"}}},
        {"id": "link-too-large", "values": {"limit": {"bytes": None}}},
    ],
)
def test_what_is_no_reason_is_refused(given: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any text
        reason_from_json(given)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.EACCES, Why.SYSTEM_PERMISSION),
        (errno.EPERM, Why.SYSTEM_NOT_PERMITTED),
        (errno.ENOENT, Why.SYSTEM_NO_FILE),
        (errno.EISDIR, Why.SYSTEM_IS_FOLDER),
        (errno.ENOTDIR, Why.SYSTEM_NOT_FOLDER),
        (errno.EEXIST, Why.SYSTEM_EXISTS),
        (errno.ENAMETOOLONG, Why.SYSTEM_NAME_TOO_LONG),
        (errno.EROFS, Why.SYSTEM_READ_ONLY),
        (errno.ENOSPC, Why.SYSTEM_DISK_FULL),
        (errno.EIO, Why.SYSTEM_INPUT_OUTPUT),
        (errno.EMFILE, Why.SYSTEM_TOO_MANY_FILES),
        (errno.ENFILE, Why.SYSTEM_TOO_MANY_FILES),
        (errno.ETIMEDOUT, Why.SYSTEM_TIMED_OUT),
    ],
)
def test_the_systems_errors_are_reasons(number: int, why: Why) -> None:
    assert system_reason(OSError(number, os.strerror(number), "/a b")) == why()


def test_the_systems_other_errors_keep_its_words() -> None:
    number = errno.EDEADLK
    assert system_reason(OSError(number, "x")) == Why.SYSTEM_SAYS(text=os.strerror(number))
    assert system_reason(OSError("cannot be told")) == Why.SYSTEM_SAYS(text="cannot be told")
    assert system_reason(OSError()) == Why.SYSTEM_UNKNOWN()
    assert system_reason(ValueError("embedded null byte")) == Why.SYSTEM_IMPOSSIBLE_NAME()


@pytest.mark.parametrize(
    ("windows", "number", "reason"),
    [
        (5, errno.EACCES, Why.SYSTEM_PERMISSION()),
        (32, errno.EACCES, Why.SYSTEM_IN_USE()),
        (112, errno.ENOSPC, Why.SYSTEM_DISK_FULL()),
        (123, errno.EINVAL, Why.SYSTEM_IMPOSSIBLE_NAME()),
        (206, errno.ENOENT, Why.SYSTEM_NAME_TOO_LONG()),
        (21, errno.EACCES, Why.SYSTEM_SAYS(text="The device is not ready")),
        (362, errno.EINVAL, Why.SYSTEM_SAYS(text="The cloud file provider is not running")),
    ],
)
def test_windows_tells_more_than_python_s_numbers(windows: int, number: int, reason: Reason) -> None:
    text = dict(reason.values).get("text", "x")
    error = OSError(number, text, "a.jpg", windows)
    if sys.platform != "win32":
        error.winerror = windows  # type: ignore[attr-defined]
    assert error.errno == number
    assert system_reason(error) == reason
