"""Recognises what is saved in place of a network when its host is out of quota, gone or behind a log-in."""

import re

# Enough for every sign below, a licence comment before the first tag included.
HEAD_BYTES = 512

_GIT_LFS = (b"version https://git-lfs.github.com/spec/", b"version https://hawser.github.com/spec/")
_JSON = re.compile(rb'[\[{]\s*["\[{}\]]')


def recognise_wrong_content(first_bytes: bytes) -> str | None:
    """Return what a file is that is recognisably no network, with an article (`a web page`), or return None.

    The first `HEAD_BYTES` bytes are enough. None means "perhaps a network", never "certainly one".
    """
    text = first_bytes[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(_GIT_LFS):
        return "a Git LFS pointer"
    markup = text.lower()
    if markup.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "a web page"
    if markup.startswith((b"<!--", b"<?xml")) and b"<html" in markup:
        return "a web page"
    if markup.startswith(b"<error") or (markup.startswith(b"<?xml") and b"<error" in markup):
        return "an error message of the server"
    if markup.startswith(b"<?xml"):
        return "an XML document"
    # An ONNX file starts with byte 8, the key of its first protobuf field, and so with none of these.
    if _JSON.match(text):
        return "a JSON document"
    return None
