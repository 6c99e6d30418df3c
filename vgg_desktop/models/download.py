"""Several addresses -> one verified file: resume, mirrors, retries."""

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vgg_desktop.content import HEAD_BYTES
from vgg_desktop.errors import Cancelled, ChecksumMismatch, DownloadRejected, NetworkError, stop_if_cancelled
from vgg_desktop.http_client import Exchange
from vgg_desktop.models.http_answer import Failure, HttpAnswer, RangeRefused
from vgg_desktop.models.partial_file import PartialFile
from vgg_desktop.models.progress import DownloadProgress, Phase, Reporter
from vgg_desktop.reasons import Bytes, Reason
from vgg_desktop.why import Why

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient a download is; times in seconds, `reserve` in bytes, speeds in bytes per second.

    An address that is slower than `min_speed` for `stall` seconds is left, the last one only below `least_speed`.
    `attempts` counts those in a row at one address that brought nothing new. Pauses between them double from
    `first_pause` to `longest_pause`; a server that asks for a longer one is left for the next address.
    """

    stall: float = 20.0
    attempts: int = 5
    first_pause: float = 1.0
    longest_pause: float = 30.0
    reserve: int = 64 << 20
    min_speed: int = 5000
    least_speed: int = 1000


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
    """Download a file of known size and SHA-256 from the first address that serves it, and block meanwhile.

    The partial file `<name>.part` beside the target is kept after a failure, and the next call resumes it. The target
    appears, or is replaced, in one step and only when right. `progress` is called from
    the calling thread, at most ten times per second and at each change of phase; `cancel` is honoured within 0.1 s,
    except while the system looks up its proxy or flushes the finished file to disk.

    Thread: any, but without a `QCoreApplication` only the main thread, where one is made.

    Raises `Cancelled`, `NetworkError`, `DownloadRejected`, `WrongContent`, `ChecksumMismatch`,
    `NotEnoughSpace` and `StorageError`.
    """
    if not addresses:
        raise ValueError("a download needs an address")
    with PartialFile(target, size=size, sha256=sha256) as part:
        _Download(part, Reporter(progress, size), cancel, limits).run(addresses)


class _Download:
    """The state of one call of `fetch`."""

    def __init__(self, part: PartialFile, report: Reporter, cancel: threading.Event, limits: Limits) -> None:
        self._part = part
        self._report = report
        self._cancel = cancel
        self._limits = limits
        self._is_last = True
        self._note: Reason | None = None  # why it connects again
        self._starts_over = False  # because of the checksum, which explains why less is there than before

    def run(self, addresses: Sequence[str]) -> None:
        if self._part.size:
            self._recheck()
        if self._part.missing:
            self._part.require_space(self._limits.reserve)
            self._from_any(addresses)
        self._report("verifying", self._part.size, at_once=True)
        stop_if_cancelled(self._cancel)
        self._part.install()

    def _recheck(self) -> None:
        """Hash what an earlier run left; a complete but wrong file is dropped."""

        def step(done: int) -> None:
            stop_if_cancelled(self._cancel)
            self._report("verifying", done)

        self._part.rehash(step)
        if not self._part.missing:
            try:
                self._part.check(str(self._part.path))
            except ChecksumMismatch as error:
                log.info("starting over: %s", error)
                self._part.discard()

    def _from_any(self, addresses: Sequence[str]) -> None:
        """Try each address until one had the file; else raise the most relevant error."""
        failures: list[Failure] = []
        for number, address in enumerate(addresses, 1):
            self._is_last = number == len(addresses)
            try:
                return self._from_one(address)
            except Failure as failure:
                log.info("giving up on %s: %s", address, failure)
                failures.append(failure)
                if not self._is_last:
                    self._starts_over = isinstance(failure.error, ChecksumMismatch)
                    self._note = Why.HTTP_NEXT(reason=_reason(failure), host=_host(addresses[number]))
        error = max(failures, key=lambda each: each.relevance).error
        others = [host for host in dict.fromkeys(map(_host, addresses)) if host not in str(error)]
        if others and isinstance(error, NetworkError):
            error = NetworkError(error.url, Why.HTTP_NOR_OTHERS(reason=error.reason, hosts=", ".join(others)))
        raise error

    def _from_one(self, address: str) -> None:
        """Download from one address until the file is complete and verified. Raises `Failure` to try the next."""
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
                self._starts_over, self._note = True, Why.HTTP_ONCE_MORE(host=_host(address))
            except Failure as failure:
                # Only more than ever before counts: a server without ranges that always disconnects at the same place
                # sends bytes each time and would be retried for ever.
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
        note = Why.HTTP_WAITING(
            reason=_reason(failure),
            host=_host(address),
            attempt=attempts + 1,
            attempts=limits.attempts,
            seconds=round(pause),
        )
        log.info("%s: %s", address, note)
        self._report("waiting", self._part.size, note)
        if self._cancel.wait(pause):
            raise Cancelled

    def _attempt(self, address: str, *, ranges: bool, fresh: bool) -> None:
        """Ask once and add what arrives to the part. Returns only when no byte is missing."""
        stop_if_cancelled(self._cancel)
        part = self._part
        start = part.size if ranges else 0
        # A compressed body would make nonsense of sizes and ranges.
        headers = {"Accept-Encoding": "identity"}
        if fresh:
            headers["Cache-Control"] = "no-cache"  # a proxy between may hold the damaged copy
        if start:
            headers["Range"] = f"bytes={start}-"
        with Exchange(address, headers) as exchange:
            blocks = self._blocks(address, exchange)
            data = next(blocks, b"")
            if not exchange.status:
                raise _broken(address, exchange)
            answer = HttpAnswer(address, exchange.status, exchange.headers)
            if not answer.continues(start, part.expected_size):
                # A log-in page, for instance, must not cost what arrived before: look first, then drop the old part.
                enough = min(HEAD_BYTES, part.expected_size)
                while len(data) < enough and (more := next(blocks, b"")):
                    data += more
                answer.require_file(data, part.expected_size)
                if len(data) < enough:
                    raise _broken(address, exchange)
                part.discard()
            for block in itertools.chain([data], blocks):
                # Bytes beyond the end are never written; the SHA-256 verifies those before it.
                part.append(block[: part.missing])
                if not part.missing:
                    return
            raise _broken(address, exchange)

    def _blocks(self, address: str, exchange: Exchange) -> Iterator[bytes]:
        """Return the body as it arrives, until the reply is finished for whatever reason."""
        limits = self._limits
        phase: Phase = "connecting"
        heard = counted = time.monotonic()
        count = 0
        while True:
            stop_if_cancelled(self._cancel)
            note = self._note if phase == "connecting" or self._starts_over else None
            self._report(phase, self._part.size, note)
            finished = exchange.is_finished
            if block := exchange.read():
                phase = "downloading"
                count += len(block)
                yield block
                heard = time.monotonic()
            elif finished:
                return
            elif time.monotonic() - heard > limits.stall:
                # Not Qt's own transfer timeout, which would also count the time that a slow disk takes.
                reason = Why.HTTP_STALLED(seconds=round(limits.stall))
                raise Failure(NetworkError(address, reason), again=True)
            else:
                exchange.wait()
            if (seconds := time.monotonic() - counted) > limits.stall:
                slowest = limits.least_speed if self._is_last else limits.min_speed
                if count < slowest * seconds and (count or not self._is_last):
                    reason = Why.HTTP_TOO_SLOW(speed=Bytes(slowest))
                    raise Failure(NetworkError(address, reason), again=False)
                counted, count = time.monotonic(), 0


def _broken(address: str, exchange: Exchange) -> Failure:
    """Return the failure of a reply that ended too early."""
    return Failure(NetworkError(address, exchange.reason), again=not exchange.is_final)


def _reason(failure: Failure) -> Reason | str:
    error = failure.error
    if isinstance(error, DownloadRejected):
        return Why.HTTP_STATUS(status=error.status)
    if isinstance(error, ChecksumMismatch):
        return Why.HTTP_CHECKSUM()
    return error.reason if isinstance(error, NetworkError) else str(error)


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].rpartition("@")[2] or address
