"""The answer of a server to a download: its headers (RFC 9110), and whether it is the file. Needs no Qt."""

import email.utils
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from vgg_desktop.content import recognise_other
from vgg_desktop.errors import ChecksumMismatch, DownloadRejected, ModelError, NetworkError, WrongContent
from vgg_desktop.why import Why

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18}|\*)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,18}")
_TRANSIENT_4XX = {408, 425, 429}
# When every address failed, the user is shown the failure that came nearest to the file.
_BY_RELEVANCE = (NetworkError, DownloadRejected, WrongContent, ChecksumMismatch)


class Failure(Exception):
    """An error at one address, and whether to try there again, after `pause` seconds if the server requested them."""

    def __init__(self, error: ModelError, *, again: bool, pause: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.again = again
        self.pause = pause

    @property
    def relevance(self) -> tuple[int, bool]:
        """The severity of a failure: of several, the greatest is reported."""
        return _BY_RELEVANCE.index(type(self.error)), not self.again


class RangeRefused(Exception):
    """The server cannot continue the partial file; the whole one must be requested."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A status and its headers, whose names are in small letters, from `address`."""

    address: str
    status: int
    headers: Mapping[str, str]

    @property
    def length(self) -> int | None:
        """The announced number of bytes of this body (8.6)."""
        text = self.headers.get("content-length", "")
        return int(text) if _NUMBER.fullmatch(text) else None

    @property
    def encoding(self) -> str:
        """The compression of the body, empty for none (8.4)."""
        text = self.headers.get("content-encoding", "").strip().lower()
        return "" if text == "identity" else text

    @property
    def content_range(self) -> tuple[int, int | None] | None:
        """The first byte of a 206 and the file's size, if the server knows it (14.4); None without a valid header."""
        match = _CONTENT_RANGE.fullmatch(self.headers.get("content-range", "").strip())
        if match is None:
            return None
        first, total = match.groups()
        return int(first), None if total == "*" else int(total)

    def retry_after(self, now: datetime) -> float | None:
        """Return the pause in seconds that the server requests, as a number or as a date (10.2.3)."""
        text = self.headers.get("retry-after", "").strip()
        if _NUMBER.fullmatch(text):
            return float(text)
        try:
            moment = email.utils.parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())

    def continues(self, start: int, size: int) -> bool:
        """Return whether the body continues at byte `start` of a file of `size` bytes; else it is the whole file.

        Raises `Failure` when it is neither, and `RangeRefused` when asking for the whole file may help.
        """
        if self.status == 416 and start:
            raise RangeRefused
        if self.status not in (200, 206):
            raise self._rejection()
        if self.encoding:
            reason = Why.HTTP_COMPRESSED(encoding=self.encoding)
            raise Failure(NetworkError(self.address, reason), again=False)
        if self.status == 200:
            return False
        first, total = self.content_range or (None, None)
        if total not in (None, size):
            raise self._wrong_size(size, total)
        if first != start:
            if start:
                raise RangeRefused
            raise Failure(NetworkError(self.address, Why.HTTP_OTHER_PART()), again=False)
        return start > 0

    def require_file(self, head: bytes, size: int) -> None:
        """Raise `Failure` when the first bytes or the length of a whole body show that it is not the file."""
        if found := recognise_other(head):
            raise Failure(WrongContent(self.address, found), again=False)
        if self.status == 200 and self.length is not None and self.length != size:
            raise self._wrong_size(size, self.length)

    def _rejection(self) -> Failure:
        status = self.status
        if status == 407:  # the proxy's own answer, about no address in particular
            return Failure(NetworkError(self.address, Why.HTTP_PROXY_PASSWORD()), again=False)
        pause = self.retry_after(datetime.now(UTC))
        if 400 <= status < 500:
            rejected = DownloadRejected(self.address, status)
            return Failure(rejected, again=status in _TRANSIENT_4XX, pause=pause)
        error = NetworkError(self.address, Why.HTTP_STATUS(status=status))
        return Failure(error, again=status >= 500, pause=pause)

    def _wrong_size(self, expected: int, found: int) -> Failure:
        error = ChecksumMismatch(
            self.address, Why.CONTENT_BYTES(count=expected), Why.CONTENT_BYTES(count=found)
        )
        return Failure(error, again=False)
