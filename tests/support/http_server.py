"""A real HTTP server on 127.0.0.1 that misbehaves as told, and remembers what it was asked."""

import contextlib
import io
import os
import re
import socket
import ssl
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, Self, cast
from urllib.parse import unquote, urlsplit

# Self-signed for 127.0.0.1, with its key, for tests only. Made with:
# openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 \
#   -subj "/CN=VGG Desktop tests" -addext subjectAltName=IP:127.0.0.1 -keyout - -out -
CERTIFICATE = Path(__file__).with_name("self_signed.pem")

LAST_MODIFIED = "Mon, 01 Jan 2024 00:00:00 GMT"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Fault:
    """How one answer differs from a good one; without arguments it does not differ.

    `body` replaces the file. After `after` bytes of what should be sent, `then` happens. `speed` is in bytes per
    second. `raw` replaces the whole answer, status line included; `then` happens after it.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    ranges: bool = True
    etag: str | None = None
    content_range: str | None = None
    framing: Literal["length", "none", "chunked", "broken chunks"] = "length"
    after: int | None = None
    then: Literal["close", "reset", "stall"] = "close"
    speed: float | None = None
    raw: bytes | None = None


def status(code: int, *, headers: Mapping[str, str] | None = None, body: bytes = b"no") -> Fault:
    return Fault(status=code, headers=headers or {}, body=body)


def redirect(location: str) -> Fault:
    return status(302, headers={"Location": location})


def instead(body: bytes) -> Fault:
    """Status 200 and something else than the file."""
    return Fault(body=body, ranges=False)


def breaks_off(after: int) -> Fault:
    return Fault(after=after)


def resets(after: int) -> Fault:
    """Ends with an RST instead of an orderly end."""
    return Fault(after=after, then="reset")


def stalls(after: int) -> Fault:
    """Goes silent, but keeps the connection until the server stops."""
    return Fault(after=after, then="stall")


def drips(bytes_per_second: float) -> Fault:
    return Fault(speed=bytes_per_second)


@dataclass(frozen=True)
class Request:
    """What the server was asked; the names of headers are in small letters."""

    path: str
    headers: Mapping[str, str]

    @property
    def range(self) -> str | None:
        return self.headers.get("range")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = cast(HttpServer, self.server)
        headers = {name.lower(): value for name, value in self.headers.items()}
        fault = server.next_fault(Request(self.path, headers))
        # A client that goes away in the middle is what many of these tests are about.
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            self._answer(server, fault)

    def _answer(self, server: "HttpServer", fault: Fault) -> None:
        if fault.raw is not None:
            self.wfile.write(fault.raw)
            self._end(server, fault)
            return
        with contextlib.ExitStack() as stack:
            if fault.body is not None:
                source: BinaryIO | None = io.BytesIO(fault.body)
            else:
                source = server.open_file(unquote(urlsplit(self.path).path).lstrip("/"))
            code = fault.status or (404 if source is None else 200)
            source = stack.enter_context(source or io.BytesIO(b"not found"))
            total = source.seek(0, os.SEEK_END)
            etag = server.etag if fault.etag is None else fault.etag
            first, length = 0, total
            asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            current = self.headers.get("If-Range") in (None, etag, LAST_MODIFIED if not etag else None)
            content_range = fault.content_range
            if code == 200 and asked and fault.ranges and current:
                first = int(asked[1])
                code, length = (206, total - first) if first < total else (416, 0)
                content_range = content_range or (
                    f"bytes {first}-{total - 1}/{total}" if length else f"bytes */{total}"
                )
            source.seek(first)
            self._send_head(fault, code, length, etag, content_range)
            self._send_body(server, fault, source, length)

    def _send_head(self, fault: Fault, code: int, length: int, etag: str, content_range: str | None) -> None:
        self.send_response(code)
        if code in (200, 206):
            self.send_header("Last-Modified", LAST_MODIFIED)
            if etag:
                self.send_header("ETag", etag)
        if content_range and code in (206, 416):
            self.send_header("Content-Range", content_range)
        if fault.framing == "length":
            self.send_header("Content-Length", str(length))
        elif fault.framing == "none":
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Transfer-Encoding", "chunked")
        for name, value in fault.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_body(self, server: "HttpServer", fault: Fault, source: BinaryIO, length: int) -> None:
        chunked = fault.framing in ("chunked", "broken chunks")
        left = length if fault.after is None else min(length, fault.after)
        step = _BLOCK if fault.speed is None else max(1, int(fault.speed / 50))
        while left and (block := source.read(min(step, left))):
            if chunked:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(block), block))
            else:
                self.wfile.write(block)
            left -= len(block)
            if fault.speed is not None and server.closing.wait(len(block) / fault.speed):
                break
        if fault.framing == "chunked" and fault.after is None:
            self.wfile.write(b"0\r\n\r\n")
        elif fault.framing == "broken chunks":
            self.wfile.write(b"this is no number of bytes\r\n")
        if fault.after is not None or fault.framing in ("none", "broken chunks"):
            self._end(server, fault)

    def _end(self, server: "HttpServer", fault: Fault) -> None:
        self.close_connection = True
        if fault.then == "stall":
            server.closing.wait(60)
            return
        # What was sent must have been read before: an RST throws away what waits at the other end, and after an
        # end that overtakes the headers Qt asks once more of its own accord.
        time.sleep(0.2)
        if fault.then == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            # shutdown() would say an orderly goodbye first; the RST is sent when the last reference is closed.
            self.rfile.close()
            self.connection.close()

    def finish(self) -> None:
        with contextlib.suppress(ConnectionError, ssl.SSLError, ValueError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet; `HttpServer.requests` has it all."""


class HttpServer(ThreadingHTTPServer):
    """Serves bytes by name, or the files of a folder, after the faults in `script` are used up one per request.

    A context manager: it listens from the start and stops at the end, with every connection.
    """

    daemon_threads = False  # joined at the end, so that no thread outlives its test

    def __init__(self, files: Mapping[str, bytes] | Path, *faults: Fault, tls: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = deque(faults)
        self.otherwise = Fault()
        self.requests: list[Request] = []
        self.etag = '"first"'
        self.closing = threading.Event()
        self._files = files
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._scheme = "https" if tls else "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            # The handshake belongs into the connection's own thread, not into accept().
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        # The pause between looks at the stop flag is what stopping costs every test.
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="test-http-server")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.shutdown()
        self._thread.join()
        with self._lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def url(self, name: str) -> str:
        return f"{self._scheme}://127.0.0.1:{self.server_address[1]}/{name}"

    def next_fault(self, request: Request) -> Fault:
        with self._lock:
            self.requests.append(request)
            return self.script.popleft() if self.script else self.otherwise

    def open_file(self, name: str) -> BinaryIO | None:
        if isinstance(self._files, Path):
            path = self._files / name
            inside = path.resolve().is_relative_to(self._files.resolve())
            return path.open("rb") if inside and path.is_file() else None
        return io.BytesIO(self._files[name]) if name in self._files else None

    def process_request_thread(self, request: object, client_address: object) -> None:
        connection = cast(socket.socket, request)
        with self._lock:
            self._connections.add(connection)
        try:
            super().process_request_thread(connection, client_address)
        finally:
            with self._lock:
                self._connections.discard(connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a lost client pass; anything else is a bug of this server and fails the test."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            raise


def unused_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
