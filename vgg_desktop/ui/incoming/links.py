"""Fetches pictures from addresses that the user dropped or pasted, without blocking the window."""

import logging
from collections import deque
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtNetwork import QNetworkAccessManager

from vgg_desktop.content import recognise_other
from vgg_desktop.errors import LinkFailed
from vgg_desktop.http_client import Transfer
from vgg_desktop.images.kinds import EXTENSIONS, HEAD_SIZE, recognise
from vgg_desktop.reasons import Reason
from vgg_desktop.ui.incoming.addresses import is_link
from vgg_desktop.ui.incoming.session_folder import PictureData, picture_name
from vgg_desktop.why import Why

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LinkLimits:
    """What is fetched at most: `size` in bytes, `stall` in seconds without any, `least_speed` in bytes per second."""

    size: int = 50_000_000
    stall: float = 30.0
    least_speed: int = 1000
    at_once: int = 4


class LinkFetcher(QObject):
    """Fetches some links at once; the others wait their turn. Thread: the window's.

    The system's proxy and trusted certificates are used. No cookies, passwords or referrers are sent.
    """

    fetched = Signal(object)  # PictureData
    failed = Signal(object)  # LinkFailed
    changed = Signal()  # `pending` has changed

    def __init__(self, limits: LinkLimits = LinkLimits()) -> None:
        super().__init__()
        self._limits = limits
        self._waiting: deque[str] = deque()
        self._running: dict[str, Transfer] = {}
        self._manager: QNetworkAccessManager | None = None

    @property
    def pending(self) -> int:
        """The number of links that wait or are being fetched."""
        return len(self._waiting) + len(self._running)

    def fetch(self, address: str) -> None:
        """Request a picture unless it is pending; `fetched` or `failed` follows, never before this returns."""
        if address in self._waiting or address in self._running:
            return
        self._waiting.append(address)
        QTimer.singleShot(0, self, self._start)
        self.changed.emit()

    def cancel_all(self) -> None:
        """Forget every link that waits or is being fetched; nothing more is heard of them."""
        if not self.pending:
            return
        self._waiting.clear()
        for transfer in self._running.values():
            transfer.cancel()
        self._running.clear()
        self.changed.emit()

    @Slot()
    def _start(self) -> None:
        while self._waiting and len(self._running) < self._limits.at_once:
            address = self._waiting.popleft()
            if not is_link(QUrl(address)):
                self._fail(address, Why.HTTP_PROTOCOL())
                continue
            if self._manager is None:
                self._manager = QNetworkAccessManager(self)
            transfer = Transfer(
                self._manager,
                address,
                limit=self._limits.size,
                stall=self._limits.stall,
                least_speed=self._limits.least_speed,
                check=_check,
                headers={"Accept": "image/*, */*;q=0.5"},
                parent=self,
            )
            transfer.ended.connect(partial(self._end, address))
            self._running[address] = transfer

    def _end(self, address: str, result: bytes | Reason) -> None:
        transfer = self._running.pop(address)
        if isinstance(result, bytes):
            name = _name(QUrl(address), transfer.address, result[:HEAD_SIZE])
            self.fetched.emit(PictureData(name, result))
            self.changed.emit()
        else:
            self._fail(address, result)
        self._start()

    def _fail(self, address: str, reason: Reason) -> None:
        # Without the password that may be in it.
        error = LinkFailed(QUrl(address).toDisplayString() or address, reason)
        logger.info("%s", error.for_log())
        self.failed.emit(error)
        self.changed.emit()


def _check(head: bytes) -> Reason | None:
    """Return why the first bytes are not those of a picture that can be read; a log-in page comes instead of many."""
    if recognise(head) is not None:
        return None
    other = recognise_other(head)
    return Why.LINK_NOT_PICTURE(found=other) if other else Why.LINK_UNKNOWN()


def _name(requested: QUrl, final: QUrl, head: bytes) -> str:
    """Return the name that an address ends in, before or after being redirected, with a true extension."""
    names = [url.fileName(QUrl.ComponentFormattingOption.FullyDecoded) for url in (requested, final)]
    pictures = [name for name in names if name.lower().endswith(EXTENSIONS)]
    return picture_name(next(filter(None, pictures + names), requested.host()), head)
