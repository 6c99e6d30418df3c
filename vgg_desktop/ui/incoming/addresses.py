"""Finds addresses of pictures in what browsers, terminals and file managers hand over as text."""

import base64
import binascii
import os
import socket
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QUrl

MAX_BYTES = 100_000_000  # of a picture inside a `data:` address
_MAX_ADDRESS = 3 * MAX_BYTES + 1000  # every byte may be written as %XX
_MAX_TEXT = 20_000_000  # characters: a hundred thousand long paths
_FIRST_PIECE = 1 << 16
# What neither names a file nor can be copied by a file manager.
_OF_BROWSERS = frozenset(("http", "https", "data", "blob", "about", "javascript", "mailto", "tel", "chrome"))
_LISTS = ("x-special/nautilus-clipboard", "copy", "cut")  # what file managers put before their paths


def is_inline(address: str) -> bool:
    """Return whether an address is a `data:` one that claims to hold a picture."""
    return address[:11].lower() == "data:image/"


def is_local(url: QUrl) -> bool:
    """Return whether an address is that of a file or folder of this computer or its shares."""
    return url.isLocalFile() and not is_elsewhere(url) and is_absolute(local_path(url))


def is_elsewhere(url: QUrl) -> bool:
    """Return whether an address is that of a file that only file managers can open: `smb:`, `mtp:`, another host's."""
    if url.isLocalFile():
        return os.name == "posix" and bool(url.host()) and not _is_own_host(url)
    # One letter is a drive of Windows.
    return len(url.scheme()) > 1 and url.path() not in ("", "/") and url.scheme() not in _OF_BROWSERS


def place(address: str) -> str:
    """Return where an address leads, without passwords or names of files: `smb://server`."""
    url = QUrl(address)
    return f"{url.scheme()}://{url.host()}" if url.host() else f"{url.scheme()}:"


def is_absolute(path: str) -> bool:
    """Return whether a path begins at a root; as text, since many thousands may be dropped at once."""
    return path.startswith("/") if os.name == "posix" else Path(path).is_absolute()


def is_plain(path: str) -> bool:
    """Return whether Qt's local path of an address is its path, without a host and with every letter known."""
    return path[:1] == "/" and path[1:2] != "/" and "\ufffd" not in path and os.name == "posix"


def is_link(url: QUrl) -> bool:
    """Return whether an address is one to fetch from."""
    return url.scheme() in ("http", "https") and bool(url.host())


def encoded(url: QUrl) -> str:
    """Return an address as it is written in ASCII."""
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def local_path(url: QUrl) -> str:
    """Return the path of a `file:` address, as this system writes it."""
    if _is_own_host(url):
        url = QUrl(url)
        url.setHost("")
    text = url.toLocalFile()
    if "\ufffd" in text and os.name == "posix":  # a name that is not UTF-8, which Qt cannot represent
        text = os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))
    if os.name == "nt":
        if text.startswith("///"):  # file://///server/share, as browsers write a share
            text = f"//{text.lstrip('/')}"
        text = text.replace("/", "\\")
    return text


def _is_own_host(url: QUrl) -> bool:
    return url.host() in ("localhost", socket.gethostname().lower())


def decode_inline(address: str) -> bytes | None:
    """Return the bytes inside a `data:image/...` address, or None where it is malformed or too large."""
    head, comma, body = address.partition(",")
    if not comma or not is_inline(head) or len(address) > _MAX_ADDRESS:
        return None
    data = unquote_to_bytes(body.encode("utf-8", "replace"))
    if head.rstrip().lower().endswith(";base64"):
        data = data.translate(None, b" \t\n\f\r").rstrip(b"=")
        try:
            data = base64.b64decode(data + b"=" * (-len(data) % 4), validate=True)
        except binascii.Error:
            return None
    return data if 0 < len(data) <= MAX_BYTES else None


def image_sources(markup: str) -> list[str]:
    """Return the addresses of the pictures in HTML up to the first that can be opened; relative ones cannot."""
    parser = _ImageParser()
    start, piece = 0, _FIRST_PIECE
    try:
        # A tag that is not complete yet is parsed again with each piece: doubling them keeps that cheap.
        while start < min(len(markup), _MAX_ADDRESS) and not parser.sources:
            parser.feed(markup[start : start + piece])
            start, piece = start + piece, 2 * piece
    except AssertionError:  # its way of refusing some declarations
        return []
    return parser.sources


class _ImageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "img" or self.sources:
            return
        source = (dict(attrs).get("src") or "").strip()
        if source.startswith("//"):
            source = f"https:{source}"
        if is_inline(source) or is_link(url := QUrl(source)) or is_local(url):
            self.sources.append(source)


def moz_addresses(data: bytes) -> list[str]:
    """Return the addresses in Firefox's `text/x-moz-url`: UTF-16, each followed by a line with its title."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-16-be" if data.startswith(b"\0") else "utf-16-le"
    return data.decode(encoding, "replace").rstrip("\0").splitlines()[::2]


def text_addresses(text: str) -> list[str]:
    """Return the lines of a text of which each is an address or an absolute path, as addresses; else nothing.

    Paths become `file:` addresses, whether there is such a file or not.
    """
    if is_inline(text.lstrip()[:11]):
        return [text.strip()]
    if len(text) > _MAX_TEXT:
        return []
    lines = [line.strip() for line in text.rstrip("\0").splitlines() if line.strip()]
    while lines and lines[0] in _LISTS:
        del lines[0]
    addresses = []
    for line in lines:
        address = _line_address(line)
        if not address:
            return []
        addresses.append(address)
    return addresses


def _line_address(line: str) -> str:
    """Return the address that a line is, empty for other text."""
    if len(line) > 2 and line[0] == line[-1] and line[0] in "\"'":  # terminals and Windows quote paths
        line = line[1:-1]
    if Path(line).is_absolute():
        return encoded(QUrl.fromLocalFile(line))
    url = QUrl(line)
    if is_inline(line) or is_local(url):
        return line
    is_address = is_link(url) or (is_elsewhere(url) and ":/" in line)
    return encoded(url) if is_address and len(line.split()) == 1 else ""
