"""What to ask a server for, and what its answer is worth."""

from datetime import UTC, datetime

from vgg_desktop import __version__
from vgg_desktop.errors import ChecksumMismatch, DownloadRejected, ModelError, NetworkError, WrongContent
from vgg_desktop.models.content import recognise_wrong_content
from vgg_desktop.models.http_answer import HttpAnswer
from vgg_desktop.models.network_reasons import PROXY_PASSWORD
from vgg_desktop.models.partial_file import PartialFile

USER_AGENT = f"vgg-desktop/{__version__}"

_TRANSIENT_4XX = {408, 425, 429}
# When every address failed, the user is told of the failure that came nearest to the file.
_TELLING = (NetworkError, DownloadRejected, WrongContent, ChecksumMismatch)


class Failure(Exception):
    """An error at one address, and whether to try there again, after `pause` seconds if it asked for them."""

    def __init__(self, error: ModelError, *, again: bool, pause: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.again = again
        self.pause = pause

    @property
    def telling(self) -> tuple[int, bool]:
        """How much this says about why there is no file; greater is more."""
        return _TELLING.index(type(self.error)), not self.again


class RangeRefused(Exception):
    """The server cannot continue our part; it must be asked for the whole file."""


def request_headers(part: PartialFile, address: str, *, start: int, fresh: bool) -> dict[str, str]:
    """Return the headers that ask for the file from byte `start`, past any cache between when `fresh`."""
    # A compressed body would make nonsense of sizes and ranges.
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    if fresh:
        headers["Cache-Control"] = "no-cache"  # a proxy between may hold the damaged copy
    if start:
        headers["Range"] = f"bytes={start}-"
        origin = part.origin
        # A validator means nothing to another address; there the SHA-256 alone shows if the files agree.
        if origin and origin.address == address and origin.validator:
            headers["If-Range"] = origin.validator
    return headers


def continues(address: str, answer: HttpAnswer, *, start: int, size: int) -> bool:
    """Return whether the body goes on at byte `start` of the file; otherwise it is the whole file.

    Raises `Failure` when it is neither, and `RangeRefused` when asking for the whole file may help.
    """
    status = answer.status
    if status == 416 and start:
        raise RangeRefused
    if status not in (200, 206):
        if status == 407:  # the proxy's own answer, about no address in particular
            raise Failure(NetworkError(address, PROXY_PASSWORD), again=False)
        pause = answer.retry_after(datetime.now(UTC))
        if 400 <= status < 500:
            raise Failure(DownloadRejected(address, status), again=status in _TRANSIENT_4XX, pause=pause)
        raise Failure(
            NetworkError(address, f"the server answered {status}"), again=status >= 500, pause=pause
        )
    if answer.encoding:
        reason = f"the server sent the file compressed ({answer.encoding}), which was not asked for"
        raise Failure(NetworkError(address, reason), again=False)
    if status == 200:
        return False
    found = answer.content_range
    if found and found.total not in (None, size):
        raise _wrong_size(address, size, found.total)
    if found is None or found.first != start:
        if start:
            raise RangeRefused
        reason = "the server sent another part of the file than was asked for"
        raise Failure(NetworkError(address, reason), again=False)
    return start > 0


def require_file(address: str, answer: HttpAnswer, head: bytes, *, size: int) -> None:
    """Raise `Failure` when the first bytes or the announced length of a body show that it is not the file."""
    if found := recognise_wrong_content(head):
        raise Failure(WrongContent(address, found), again=False)
    if answer.status == 200 and answer.length not in (None, size):
        raise _wrong_size(address, size, answer.length)


def _wrong_size(address: str, expected: int, found: int | None) -> Failure:
    return Failure(ChecksumMismatch(address, f"{expected} bytes", f"{found} bytes"), again=False)
