"""Fetches pictures by their addresses while the window stays alive; only what a user dropped or pasted."""

import logging
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from vgg_desktop import __version__
from vgg_desktop.errors import LinkFailed
from vgg_desktop.formatting import format_bytes
from vgg_desktop.images.kinds import KINDS, describe_other, recognise
from vgg_desktop.models.content import HEAD_BYTES, recognise_wrong_content
from vgg_desktop.models.network_reasons import network_reason
from vgg_desktop.ui.incoming.addresses import is_link
from vgg_desktop.ui.incoming.session_folder import picture_name

logger = logging.getLogger(__name__)

USER_AGENT = f"VGG-Desktop/{__version__}"
_READ_BUFFER = 1 << 20  # without a limit Qt would hold whatever a server sends
_EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)

_Attribute = QNetworkRequest.Attribute


@dataclass(frozen=True, slots=True)
class LinkLimits:
    """What is fetched at most: `size` in bytes, `stall` in seconds without any, redirects, and links at once."""

    size: int = 50_000_000
    stall: float = 30.0
    redirects: int = 10
    at_once: int = 4


@dataclass(frozen=True, slots=True)
class FetchedPicture:
    """A picture that arrived: its address as it was asked for, a name for a file, and the file's bytes."""

    address: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FailedLink:
    """An address that gave no picture, and why."""

    address: str
    error: LinkFailed


class LinkFetcher(QObject):
    """Fetches some links at once; the others wait their turn. Thread: the window's.

    The system's proxy and trusted certificates are used. No cookies, passwords or referrers are sent.
    """

    fetched = Signal(object)  # FetchedPicture
    failed = Signal(object)  # FailedLink
    changed = Signal()  # `pending` is another number
    finished = Signal()  # nothing is pending any more

    def __init__(self, limits: LinkLimits = LinkLimits(), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limits = limits
        self._waiting: deque[str] = deque()
        self._running: dict[str, _Transfer] = {}
        self._manager: QNetworkAccessManager | None = None

    @property
    def pending(self) -> int:
        """The number of links that wait or are being fetched."""
        return len(self._waiting) + len(self._running)

    def fetch(self, address: str) -> None:
        """Ask for a picture; `fetched` or `failed` follows, never before this returns.

        An address that is pending already is not asked for twice.
        """
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
            transfer.forget()
        self._running.clear()
        self.changed.emit()
        self.finished.emit()

    @Slot()
    def _start(self) -> None:
        while self._waiting and len(self._running) < self._limits.at_once:
            address = self._waiting.popleft()
            if not is_link(QUrl(address)):
                self._tell(FailedLink(address, LinkFailed(_shown(address), network_reason(_UNKNOWN, ""))))
                continue
            if self._manager is None:
                self._manager = QNetworkAccessManager(self)
            transfer = _Transfer(address, self._manager, self._limits, self)
            transfer.ended.connect(self._end)
            self._running[address] = transfer

    @Slot(object)
    def _end(self, result: FetchedPicture | FailedLink) -> None:
        self._running.pop(result.address, None)
        self._tell(result)
        self._start()

    def _tell(self, result: FetchedPicture | FailedLink) -> None:
        if isinstance(result, FetchedPicture):
            self.fetched.emit(result)
        else:
            logger.info("%s", result.error)
            self.failed.emit(result)
        self.changed.emit()
        if not self.pending:
            self.finished.emit()


class _Transfer(QObject):
    """One address being fetched; deletes itself when it is over."""

    ended = Signal(object)  # FetchedPicture or FailedLink

    def __init__(
        self, address: str, manager: QNetworkAccessManager, limits: LinkLimits, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._address = address
        self._limits = limits
        self._data = bytearray()
        self._announced = 0
        self._is_picture = False
        self._over = False
        # Not Qt's own transfer timeout: that cannot be told from being cancelled.
        self._patience = QTimer(self, singleShot=True, interval=round(limits.stall * 1000))
        self._patience.timeout.connect(self._lose_patience)
        self._patience.start()
        self._reply = manager.get(_request(address, limits))
        self._reply.setReadBufferSize(_READ_BUFFER)
        self._reply.redirected.connect(self._patience.start)
        self._reply.metaDataChanged.connect(self._look_at_headers)
        self._reply.readyRead.connect(self._read)
        self._reply.finished.connect(self._finish)

    def forget(self) -> None:
        """Stop without a word."""
        if self._over:
            return
        self._over = True
        self._patience.stop()
        # No abort(): Qt warns of a second error where the first has just arrived.
        self._reply.deleteLater()
        self.deleteLater()

    def _end(self, result: FetchedPicture | FailedLink) -> None:
        self.forget()
        self.ended.emit(result)

    def _fail(self, reason: str) -> None:
        self._end(FailedLink(self._address, LinkFailed(_shown(self._address), reason)))

    @property
    def _status(self) -> int:
        return int(self._reply.attribute(_Attribute.HttpStatusCodeAttribute) or 0)

    @Slot()
    def _lose_patience(self) -> None:
        self._fail(f"nothing arrived for {self._limits.stall:.0f} seconds")

    @Slot()
    def _look_at_headers(self) -> None:
        if self._over:
            return
        self._patience.start()
        length = int(self._reply.header(QNetworkRequest.KnownHeaders.ContentLengthHeader) or 0)
        self._announced = length  # Qt takes the header away where it unpacks what comes
        if self._status >= 400 and self._status not in (401, 407):  # those two Qt has better words for
            self._fail(f"the server answered {self._status}")
        elif length > self._limits.size:
            self._fail(f"it has {format_bytes(length)}; the limit is {format_bytes(self._limits.size)}")

    @Slot()
    def _read(self) -> None:
        if self._over:
            return
        self._patience.start()
        self._data += self._reply.readAll().data()
        if len(self._data) > self._limits.size:
            self._fail(f"it has more than {format_bytes(self._limits.size)}")
        elif len(self._data) >= HEAD_BYTES:
            self._require_picture()

    @Slot()
    def _finish(self) -> None:
        self._read()
        if self._over:
            return
        code = self._reply.error()
        if self._status >= 300 and code not in _ANSWERLESS:
            self._fail(f"the server answered {self._status}")
        elif code != QNetworkReply.NetworkError.NoError or len(self._data) < self._announced:
            self._fail(network_reason(code.name, self._reply.errorString()))
        elif not self._data:
            self._fail("the server sent nothing")
        elif self._require_picture():
            self._end(FetchedPicture(self._address, self._name(), bytes(self._data)))

    def _require_picture(self) -> bool:
        """Refuse by the first bytes what is no picture, a log-in page for instance."""
        if self._is_picture:
            return True
        head = bytes(self._data[:HEAD_BYTES])
        self._is_picture = recognise(head) is not None
        if not self._is_picture:
            found = describe_other(head) or recognise_wrong_content(head)
            self._fail(
                f"it is {found}, not a picture" if found else "it is not a picture of a supported kind"
            )
        return self._is_picture

    def _name(self) -> str:
        """Return the name that the address ends in, before or after being redirected, with a true extension."""
        asked, given = QUrl(self._address), self._reply.url()
        names = [url.fileName(QUrl.ComponentFormattingOption.FullyDecoded) for url in (asked, given)]
        telling = [name for name in names if name.lower().endswith(_EXTENSIONS)]
        name = next(filter(None, telling + names), asked.host())
        return picture_name(name, bytes(self._data[:HEAD_BYTES]))


_UNKNOWN = QNetworkReply.NetworkError.ProtocolUnknownError.name
# Of these errors the last redirect's status says less than Qt does.
_ANSWERLESS = {
    QNetworkReply.NetworkError.TooManyRedirectsError,
    QNetworkReply.NetworkError.InsecureRedirectError,
    QNetworkReply.NetworkError.ProtocolUnknownError,
    QNetworkReply.NetworkError.ProxyAuthenticationRequiredError,
}


def _shown(address: str) -> str:
    """Return an address as a user may see it: without the password in it."""
    return QUrl(address).toDisplayString() or address


def _request(address: str, limits: LinkLimits) -> QNetworkRequest:
    request = QNetworkRequest(QUrl(address))
    request.setRawHeader(b"User-Agent", USER_AGENT.encode())
    request.setRawHeader(b"Accept", b"image/*, */*;q=0.5")
    for attribute in (
        _Attribute.CookieLoadControlAttribute,
        _Attribute.CookieSaveControlAttribute,
        _Attribute.AuthenticationReuseAttribute,
    ):
        request.setAttribute(attribute, QNetworkRequest.LoadControl.Manual.value)
    # From https to http would be a downgrade; Qt's default, said because it matters.
    request.setAttribute(
        _Attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.NoLessSafeRedirectPolicy
    )
    request.setMaximumRedirectsAllowed(limits.redirects)
    return request
