import pytest

from vgg_desktop.content import recognise_other

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 553437328\n"


@pytest.mark.parametrize(
    ("first_bytes", "found"),
    [
        (LFS, "a Git LFS pointer"),
        (b"<!DOCTYPE html><title>Sign in</title>", "a web page"),
        (b"\xef\xbb\xbf\r\n <HTML lang='en'>", "a web page"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE x>\n<html xmlns="http://www.w3.org/1999/xhtml">', "a web page"),
        (b"<!-- saved from elsewhere -->\n<html>", "a web page"),
        (b'<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code>', "an error message of the server"),
        (b"<Error><Code>AccessDenied</Code></Error>", "an error message of the server"),
        (b'<?xml version="1.0"?><feed/>', "an XML document"),
        (b'{"error": "Not Found"}', "a JSON document"),
        (b'[ {"message": 1}]', "a JSON document"),
        (b'<?xml version="1.0"?><svg/>', "an SVG drawing"),
        (b"PK\x03\x04", "an archive or an office document"),
    ],
)
def test_says_what_was_saved_instead_of_a_network(first_bytes: bytes, found: str) -> None:
    assert str(recognise_other(first_bytes)) == found


@pytest.mark.parametrize(
    "first_bytes",
    [
        b"",
        b"\x08\x03\x12\x06pytorch\x1a\x031.1:\xa0",  # how an ONNX file begins
        b"{\x01\x02",
        b"\x00" * 600 + b"<html>",
        bytes(range(256)),
    ],
)
def test_lets_anything_else_pass(first_bytes: bytes) -> None:
    assert recognise_other(first_bytes) is None
