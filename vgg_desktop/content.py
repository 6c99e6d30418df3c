"""Recognises what a file is instead of the network or the picture that was expected, by its first bytes.

Such files arrive when a host is out of quota, gone or behind a log-in, and when the wrong one was chosen.
"""

import re

from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

# Enough for every sign below, a licence comment before the first tag included.
HEAD_BYTES = 512

_SIGNATURES = (
    (b"%PDF", Why.FOUND_PDF),
    (b"PK\x03\x04", Why.FOUND_ARCHIVE),
    (b"\xff\x0a", Why.FOUND_JPEG_XL),
    (b"\0\0\0\x0cJXL \r\n\x87\n", Why.FOUND_JPEG_XL),
    (b"8BPS", Why.FOUND_PHOTOSHOP),
    (b"\0\0\x01\0", Why.FOUND_ICON),
    (b"%!PS", Why.FOUND_POSTSCRIPT),
    (b"version https://git-lfs.github.com/spec/", Why.FOUND_GIT_LFS),
    (b"version https://hawser.github.com/spec/", Why.FOUND_GIT_LFS),
)
_JSON = re.compile(rb'[\[{]\s*["\[{}\]]')


def recognise_other(head: bytes) -> Reason | None:
    """Return what a file is that is certainly neither a network nor a picture that can be read, or None.

    The first `HEAD_BYTES` bytes are enough; kinds of pictures that can be read must have been ruled out.
    """
    head = head[:HEAD_BYTES]
    for signature, why in _SIGNATURES:
        if head.startswith(signature):
            return why()
    if head[4:8] == b"ftyp":
        return Why.FOUND_VIDEO()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    is_xml = text.startswith(b"<?xml")
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return Why.FOUND_WEB_PAGE()
    if (is_xml or text.startswith(b"<!--")) and b"<html" in text:
        return Why.FOUND_WEB_PAGE()
    if text.startswith(b"<error") or (is_xml and b"<error" in text):
        return Why.FOUND_SERVER_ERROR()
    if text.startswith(b"<svg") or (is_xml and b"<svg" in text):
        return Why.FOUND_SVG()
    if is_xml:
        return Why.FOUND_XML()
    # An ONNX file starts with byte 8, the key of its first protobuf field, and so with none of these.
    return Why.FOUND_JSON() if _JSON.match(text) else None
