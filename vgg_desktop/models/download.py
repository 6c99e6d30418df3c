"""Several addresses -> one verified file: resume, mirrors, retries.

The only module outside `ui` that imports PySide6. QtNetwork brings the system's proxy, found automatically
where that is configured, the operating system's trusted certificates and HTTP/2 without another dependency.
"""

import functools
import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from vgg_desktop.errors import Cancelled, ChecksumMismatch, NetworkError
from vgg_desktop.models.content import HEAD_BYTES
from vgg_desktop.models.http_answer import HttpAnswer
from vgg_desktop.models.negotiation import (
    Failure,
    RangeRefused,
    continues,
    request_headers,
    require_file,
)
from vgg_desktop.models.network_reasons import network_reason
from vgg_desktop.models.partial_file import BLOCK, Origin, PartialFile
from vgg_desktop.models.progress import DownloadProgress, Phase
from vgg_desktop.models.reporting import Reporter

__all__ = ["DownloadProgress", "Limits", "fetch"]

log = logging.getLogger(__name__)

_TICK = 50  # milliseconds after which a silent connection looks at `cancel` again
_READ_BUFFER = 4 << 20  # without a limit Qt holds the whole file in memory and is slower

_Code = QNetworkReply.NetworkError
_HOPELESS = {  # what another attempt at the same address would only repeat
    _Code.SslHandshakeFailedError,
    _Code.TooManyRedirectsError,
    _Code.InsecureRedirectError,
    _Code.ProxyAuthenticationRequiredError,
    _Code.ProtocolUnknownError,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient a download is; times in seconds, `reserve` in bytes.

    `attempts` counts those in a row at one address that brought nothing new. Pauses between them double from
    `first_pause` to `longest_pause`; a server that asks for a longer one is left for the next address.
    """

    stall: float = 20.0
    attempts: int = 5
    first_pause: float = 1.0
    longest_pause: float = 30.0
    reserve: int = 64 << 20


def fetch(
    addresses: Sequence[str],
    target: Path,
    *,
    size: int,
    sha256: str,
    progress: Callable[[DownloadProgress], None],
    cancel: threading.Event,
    limits: Limits = Limits(),
) -> None:
    """Download a file of known size and SHA-256 from the first address that gives it, and block meanwhile.

    What arrives is kept in `<name>.part` beside the target, also after a failure, and the next call goes on
    from there. The target appears, or is replaced, in one step and only when right. `progress` is called from
    the calling thread, at most ten times a second and at each change of phase; `cancel` is honoured within a
    tenth of a second, except while the system looks up its proxy or flushes the finished file to disk.

    Thread: any, but without a `QCoreApplication` only the main thread, where one is made.

    Raises `Cancelled`, `NetworkError`, `DownloadRejected`, `WrongContent`, `ChecksumMismatch`,
    `NotEnoughSpace` and `StorageError`.
    """
    if not addresses:
        raise ValueError("a download needs an address")
    with PartialFile(target, size=size, sha256=sha256) as part:
        _Download(part, Reporter(progress, size), cancel, limits).run(addresses)


class _Download:
    """One call of `fetch`: which address is asked for what, and what becomes of the answers."""

    def __init__(self, part: PartialFile, report: Reporter, cancel: threading.Event, limits: Limits) -> None:
        self._part = part
        self._report = report
        self._cancel = cancel
        self._limits = limits

    def run(self, addresses: Sequence[str]) -> None:
        if self._part.size:
            self._recheck(addresses[0])
        address = addresses[0]
        if self._part.missing:
            self._part.require_space(self._limits.reserve)
            address = self._from_any(addresses)
        self._report("verifying", self._part.size, address, at_once=True)
        self._stop_if_cancelled()
        self._part.install()

    def _recheck(self, address: str) -> None:
        """Hash what an earlier run left; a complete but wrong file is dropped."""

        def step(done: int) -> None:
            self._stop_if_cancelled()
            self._report("verifying", done, address)

        self._part.rehash(step)
        if not self._part.missing:
            try:
                self._part.check(str(self._part.path))
            except ChecksumMismatch as error:
                log.info("starting over: %s", error)
                self._part.discard()

    def _from_any(self, addresses: Sequence[str]) -> str:
        """Try each address and return the one that had the file; else raise the most telling error."""
        failures: list[Failure] = []
        for address in addresses:
            try:
                self._from_one(address)
            except Failure as failure:
                log.info("giving up on %s: %s", address, failure)
                failures.append(failure)
            else:
                return address
        raise max(failures, key=lambda each: each.telling).error

    def _from_one(self, address: str) -> None:
        """Ask one address until the file is here and right. Raises `Failure` when it is time for another."""
        attempts, furthest = 0, self._part.size
        ranges, fresh = True, False
        while True:
            try:
                self._attempt(address, ranges=ranges, fresh=fresh)
                self._part.check(address)
            except RangeRefused:
                ranges = False
            except ChecksumMismatch as error:
                # Bytes of several addresses or days may have been joined, so it gets one chance in one piece.
                self._part.discard()
                if fresh:
                    raise Failure(error, again=False) from error
                log.info("starting over: %s", error)
                attempts, furthest, fresh = 0, 0, True
            except Failure as failure:
                # Only more than ever before counts: a server without ranges that always breaks off at the
                # same place brings bytes each time and would be asked for ever.
                if self._part.size > furthest:
                    attempts, furthest = 0, self._part.size
                attempts += 1
                if not failure.again or attempts >= self._limits.attempts:
                    raise
                self._pause(address, failure, attempts)
            else:
                return

    def _pause(self, address: str, failure: Failure, attempts: int) -> None:
        limits = self._limits
        pause = min(limits.first_pause * 2 ** (attempts - 1), limits.longest_pause)
        if failure.pause is not None:
            if failure.pause > limits.longest_pause:
                raise failure
            pause = max(pause, failure.pause)
        reason = failure.error.reason if isinstance(failure.error, NetworkError) else str(failure.error)
        note = f"{reason}; attempt {attempts + 1} of {limits.attempts} in {pause:.0f} s"
        log.info("%s: %s", address, note)
        self._report("waiting", self._part.size, address, note)
        if self._cancel.wait(pause):
            raise Cancelled

    def _attempt(self, address: str, *, ranges: bool, fresh: bool) -> None:
        """Ask once and add what arrives to the part. Returns only when no byte is missing."""
        self._stop_if_cancelled()
        part = self._part
        start = part.size if ranges else 0
        headers = request_headers(part, address, start=start, fresh=fresh)
        with _Exchange(address, headers) as exchange:
            blocks = self._blocks(address, exchange)
            data = next(blocks, b"")
            answer = exchange.answer()
            if not continues(address, answer, start=start, size=part.expected_size):
                # A log-in page, say, must not cost what arrived before: look first, then drop the old part.
                enough = min(HEAD_BYTES, part.expected_size)
                while len(data) < enough and (more := next(blocks, b"")):
                    data += more
                require_file(address, answer, data, size=part.expected_size)
                if len(data) < enough:
                    raise exchange.failure()
                part.discard()
            part.origin = Origin(address, answer.validator)
            for block in itertools.chain([data], blocks):
                # Bytes beyond the end are never written; whether those before it are right, the SHA-256 says.
                part.append(block[: part.missing])
                if not part.missing:
                    return
            raise exchange.failure()

    def _blocks(self, address: str, exchange: "_Exchange") -> Iterator[bytes]:
        """Return the body as it arrives, until the reply is finished for whatever reason."""
        phase: Phase = "connecting"
        heard = time.monotonic()
        while True:
            self._stop_if_cancelled()
            self._report(phase, self._part.size, address)
            finished = exchange.is_finished()
            if block := exchange.read():
                phase = "downloading"
                yield block
                heard = time.monotonic()
            elif finished:
                return
            elif time.monotonic() - heard > self._limits.stall:
                # Not Qt's own transfer timeout, which would also count the time that a slow disk takes.
                reason = f"nothing arrived for {self._limits.stall:.0f} seconds"
                raise Failure(NetworkError(address, reason), again=True)
            else:
                exchange.wait()

    def _stop_if_cancelled(self) -> None:
        if self._cancel.is_set():
            raise Cancelled


class _Exchange:
    """One request and its reply, whose Qt objects live and die in the calling thread.

    No Python function is connected to a signal: `wait` returns when anything happened, and the caller looks.
    So errors are raised where they are handled, and nothing can call back into a finished download.
    """

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        _require_application()
        self._address = address
        request = QNetworkRequest(QUrl(address))
        for name, value in headers.items():
            request.setRawHeader(name.encode(), value.encode())
        # From https to http would be a downgrade; Qt's default, said because it matters.
        request.setAttribute(
            QNetworkRequest.Attribute.RedirectPolicyAttribute,
            QNetworkRequest.RedirectPolicy.NoLessSafeRedirectPolicy,
        )
        request.setMaximumRedirectsAllowed(10)
        self._loop: QEventLoop | None = QEventLoop()
        self._timer: QTimer | None = QTimer()
        self._timer.start(_TICK)
        # One per request: a connection that just failed is never used again.
        self._manager: QNetworkAccessManager | None = QNetworkAccessManager()
        self._reply: QNetworkReply | None = self._manager.get(request)
        self._reply.setReadBufferSize(_READ_BUFFER)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        # Dropping the last references destroys the objects here and now, with their sockets and Qt's own
        # thread; a traceback that outlives this call keeps this object but none of them. No abort() before:
        # Qt warns of a second error when the first one is a status that has just arrived.
        self._reply = None
        self._manager = None
        self._timer = None
        self._loop = None

    def wait(self) -> None:
        """Let Qt work until something happened, or `_TICK` milliseconds."""
        assert self._loop is not None
        # Not exec(): that returns at once, for ever, in a QThread that was asked to quit.
        self._loop.processEvents(
            QEventLoop.ProcessEventsFlag.WaitForMoreEvents
            | QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
        )

    def is_finished(self) -> bool:
        """Return whether nothing more will arrive than what `read` still gives."""
        return self._get().isFinished()

    def read(self) -> bytes:
        """Return up to `BLOCK` bytes of the body, or none."""
        reply = self._get()
        return bytes(reply.read(BLOCK).data()) if reply.bytesAvailable() else b""

    def answer(self) -> HttpAnswer:
        """Return status and headers once the body has begun or all is over. Raises `Failure` without them."""
        reply = self._get()
        status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if status is None or reply.error() in _HOPELESS:
            raise self.failure()
        headers = {
            bytes(name.data()).decode("latin-1").lower(): bytes(value.data()).decode("latin-1")
            for name, value in reply.rawHeaderPairs()
        }
        return HttpAnswer(int(status), headers)

    def failure(self) -> Failure:
        """Return in words for a user why the file is not here."""
        reply = self._get()
        code = reply.error()
        reason = network_reason(code.name, reply.errorString())
        return Failure(NetworkError(self._address, reason), again=code not in _HOPELESS)

    def _get(self) -> QNetworkReply:
        assert self._reply is not None, "used after it was closed"
        return self._reply


@functools.cache  # Qt allows one per process, and it must outlive every object of Qt
def _make_application() -> QCoreApplication:
    return QCoreApplication(["vgg-desktop"])


def _require_application() -> None:
    if QCoreApplication.instance() is None:
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("fetch in a thread needs a QCoreApplication, which belongs to the main thread")
        _make_application()
