"""What a server's status and headers say about a file, in the words of RFC 9110."""

import email.utils
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from vgg_desktop.models.partial_file import is_strong_etag

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,18}")
# With this much between them both dates need not come from one clock (RFC 9110, 8.8.2.2).
_DATES_APART = 60.0


@dataclass(frozen=True, slots=True)
class ContentRange:
    """Which bytes a 206 holds, first and last; `total` is None where the server does not know it (14.4)."""

    first: int
    last: int
    total: int | None


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A status and its headers, whose names are in small letters."""

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
    def content_range(self) -> ContentRange | None:
        """The `Content-Range`, or None when it is missing or makes no sense."""
        match = _CONTENT_RANGE.fullmatch(self.headers.get("content-range", "").strip())
        if match is None:
            return None
        first, last, total = match.groups()
        return ContentRange(int(first), int(last), None if total == "*" else int(total))

    @property
    def validator(self) -> str:
        """What a later `If-Range` may carry: a strong entity tag, or else an old enough date (13.1.5)."""
        etag = self.headers.get("etag")
        if etag is not None:
            return etag if is_strong_etag(etag) else ""
        modified = self.headers.get("last-modified", "")
        changed, sent = _moment(modified), _moment(self.headers.get("date", ""))
        if changed is None or sent is None or (sent - changed).total_seconds() < _DATES_APART:
            return ""
        return modified

    def retry_after(self, now: datetime) -> float | None:
        """The pause in seconds that the server asks for, given as a number or as a date (10.2.3)."""
        text = self.headers.get("retry-after", "").strip()
        if _NUMBER.fullmatch(text):
            return float(text)
        moment = _moment(text)
        return None if moment is None else max(0.0, (moment - now).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
