"""The HTTP client of downloads, links and the update check: policy of requests, and translation of errors.

The only module outside `ui` that imports PySide6. QtNetwork brings the system's proxy, found automatically where that
is configured, the operating system's trusted certificates and HTTP/2 without another dependency. `Exchange` blocks the
thread it is used in; `Transfer` works in the window's thread while that stays alive.
"""

import functools
import threading
import time
from collections.abc import Callable, Mapping
from typing import Self

from vgg_desktop.content import HEAD_BYTES
from vgg_desktop.errors import LibraryMissing
from vgg_desktop.reasons import Bytes, Reason
from vgg_desktop.why import Why

try:
    from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, QUrl, Signal, Slot
    from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest
except ImportError as error:  # QtNetwork needs libgssapi_krb5, which small containers lack
    raise LibraryMissing(str(error)) from error

USER_AGENT = "VGG-Desktop"  # without a version: no server needs to know
BLOCK = 1 << 20

_REDIRECTS = 10
_TICK = 50  # milliseconds after which a silent connection looks at `cancel` again
_READ_BUFFER = 4 << 20  # without a limit Qt holds whatever a server sends, and is slower

_Attribute = QNetworkRequest.Attribute
_Code = QNetworkReply.NetworkError
_REASONS = {
    _Code.NoError: Why.HTTP_BROKE_OFF,  # the answer ended well for HTTP, but not all of it came
    _Code.ConnectionRefusedError: Why.HTTP_REFUSED,
    _Code.RemoteHostClosedError: Why.HTTP_BROKE_OFF,
    _Code.HostNotFoundError: Why.HTTP_NO_HOST,
    _Code.TimeoutError: Why.HTTP_TIMEOUT,
    _Code.TemporaryNetworkFailureError: Why.HTTP_LOST,
    _Code.NetworkSessionFailedError: Why.HTTP_OFFLINE,
    _Code.TooManyRedirectsError: Why.HTTP_REDIRECT_LOOP,
    _Code.InsecureRedirectError: Why.HTTP_REDIRECT_INSECURE,
    _Code.ProxyConnectionRefusedError: Why.HTTP_PROXY_REFUSED,
    _Code.ProxyConnectionClosedError: Why.HTTP_PROXY_CLOSED,
    _Code.ProxyNotFoundError: Why.HTTP_PROXY_NOT_FOUND,
    _Code.ProxyTimeoutError: Why.HTTP_PROXY_TIMEOUT,
    _Code.ProxyAuthenticationRequiredError: Why.HTTP_PROXY_PASSWORD,
    _Code.ProtocolUnknownError: Why.HTTP_PROTOCOL,
    _Code.ProtocolFailure: Why.HTTP_INVALID,
}
# What another attempt would only repeat; these matter more than the status of an answer.
_FINAL = {
    _Code.SslHandshakeFailedError,
    _Code.TooManyRedirectsError,
    _Code.InsecureRedirectError,
    _Code.ProxyAuthenticationRequiredError,
    _Code.ProtocolUnknownError,
}


def _send(manager: QNetworkAccessManager, address: str, headers: Mapping[str, str]) -> QNetworkReply:
    """Request an address: without cookies and passwords, and never from https to http."""
    request = QNetworkRequest(QUrl(address))
    for name, value in {"User-Agent": USER_AGENT, **headers}.items():
        request.setRawHeader(name.encode(), value.encode())
    for attribute in (
        _Attribute.CookieLoadControlAttribute,
        _Attribute.CookieSaveControlAttribute,
        _Attribute.AuthenticationReuseAttribute,
    ):
        request.setAttribute(attribute, QNetworkRequest.LoadControl.Manual.value)
    # Qt's default, explicit because it matters.
    policy = QNetworkRequest.RedirectPolicy.NoLessSafeRedirectPolicy
    request.setAttribute(_Attribute.RedirectPolicyAttribute, policy)
    request.setMaximumRedirectsAllowed(_REDIRECTS)
    reply = manager.get(request)
    reply.setReadBufferSize(_READ_BUFFER)
    return reply


def _status(reply: QNetworkReply) -> int:
    """Return the status of the answer; 0 where there is none, or where the error matters more."""
    return 0 if reply.error() in _FINAL else int(reply.attribute(_Attribute.HttpStatusCodeAttribute) or 0)


def _reason(reply: QNetworkReply) -> Reason:
    """Return why a reply failed, or ended early."""
    code, text = reply.error(), reply.errorString()
    if code == _Code.SslHandshakeFailedError:
        return Why.HTTP_CERTIFICATE(text=text)
    return _REASONS[code]() if code in _REASONS else Why.LIBRARY(text=text)


class Exchange:
    """One request and its reply, whose Qt objects live and die in the calling thread; a context manager.

    No Python function is connected to a signal: `wait` returns when anything happened, and the caller looks.
    So errors are raised where they are handled, and nothing can call back into a finished download.

    Thread: any, but without a `QCoreApplication` only the main thread, where one is made.
    """

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        if QCoreApplication.instance() is None:
            _make_application()
        self._loop = QEventLoop()
        self._timer = QTimer()
        self._timer.start(_TICK)
        # One per request: a connection that just failed is never used again.
        self._manager = QNetworkAccessManager()
        self._reply = _send(self._manager, address, headers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        # Dropping the last references destroys the objects here and now, with their sockets and Qt's own
        # thread; a traceback that outlives this call keeps this object but none of them. No abort() before:
        # Qt warns of a second error when the first one is a status that has just arrived.
        del self._reply, self._manager, self._timer, self._loop

    def wait(self) -> None:
        """Let Qt work until something happened, or 50 milliseconds."""
        # Not exec(): that returns at once, for ever, in a QThread that was asked to quit.
        self._loop.processEvents(
            QEventLoop.ProcessEventsFlag.WaitForMoreEvents
            | QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
        )

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will arrive than what `read` still returns."""
        return self._reply.isFinished()

    def read(self) -> bytes:
        """Return up to `BLOCK` bytes of the body, or none."""
        return bytes(self._reply.read(BLOCK).data()) if self._reply.bytesAvailable() else b""

    @property
    def status(self) -> int:
        """The status once the body has begun or all is over; 0 without an answer, or without a usable one."""
        return _status(self._reply)

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer, their names in small letters."""
        return {
            bytes(name.data()).decode("latin-1").lower(): bytes(value.data()).decode("latin-1")
            for name, value in self._reply.rawHeaderPairs()
        }

    @property
    def reason(self) -> Reason:
        """Why the body is not whole."""
        return _reason(self._reply)

    @property
    def is_final(self) -> bool:
        """Whether asking again would only repeat the failure."""
        return self._reply.error() in _FINAL


class Transfer(QObject):
    """A small file fetched into memory; deletes itself when it is over. Thread: the window's.

    `limit` is how many bytes are taken at most, `stall` how many seconds without any are waited, and after as many it
    must have sent `least_speed` bytes per second. `check` gets the first bytes, `HEAD_BYTES` of them if there are so
    many, and returns a reason to stop, or None.
    """

    ended = Signal(object)  # the bytes, or the Reason why there are none

    def __init__(
        self,
        manager: QNetworkAccessManager,
        address: str,
        *,
        limit: int,
        stall: float,
        check: Callable[[bytes], Reason | None] = lambda _head: None,
        headers: Mapping[str, str] | None = None,
        least_speed: int = 1000,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit = limit
        self._check = check
        self._data = bytearray()
        self._announced = 0
        self._is_over = False
        self._stall, self._least_speed = stall, least_speed
        self._begin = time.monotonic()
        # Not Qt's own transfer timeout: that cannot be distinguished from a cancel.
        self._stall_timer = QTimer(self, singleShot=True, interval=round(stall * 1000))
        self._stall_timer.timeout.connect(self._time_out)
        self._stall_timer.start()
        self._reply = _send(manager, address, headers or {})
        self._reply.redirected.connect(self._stall_timer.start)
        self._reply.metaDataChanged.connect(self._check_headers)
        self._reply.readyRead.connect(self._read)
        self._reply.finished.connect(self._finish)

    @property
    def address(self) -> QUrl:
        """The address that answers, after redirects."""
        return self._reply.url()

    def cancel(self) -> None:
        """Stop without a signal."""
        if self._is_over:
            return
        self._is_over = True
        self._stall_timer.stop()
        # No abort(): Qt warns of a second error where the first has just arrived.
        self._reply.deleteLater()
        self.deleteLater()

    def _end(self, result: bytes | Reason) -> None:
        self.cancel()
        self.ended.emit(result)

    @Slot()
    def _time_out(self) -> None:
        self._end(Why.HTTP_STALLED(seconds=round(self._stall_timer.interval() / 1000)))

    @Slot()
    def _check_headers(self) -> None:
        if self._is_over:
            return
        self._stall_timer.start()
        length = int(self._reply.header(QNetworkRequest.KnownHeaders.ContentLengthHeader) or 0)
        self._announced = length  # Qt removes the header where it decompresses the body
        status = _status(self._reply)
        if status >= 400 and status not in (401, 407):  # for those two Qt may yet find a password
            self._end(Why.HTTP_STATUS(status=status))
        elif length > self._limit:
            self._end(Why.FILE_BYTES(size=Bytes(length), limit=Bytes(self._limit)))

    @Slot()
    def _read(self) -> None:
        if self._is_over:
            return
        self._stall_timer.start()
        self._data += self._reply.readAll().data()
        if len(self._data) > self._limit:
            self._end(Why.HTTP_TOO_LARGE(limit=Bytes(self._limit)))
        elif (
            not self._reply.isFinished()
            and (seconds := time.monotonic() - self._begin) > self._stall
            and len(self._data) < self._least_speed * seconds
        ):
            self._end(Why.HTTP_TOO_SLOW(speed=Bytes(self._least_speed)))
        elif len(self._data) >= HEAD_BYTES:
            self._is_refused()

    @Slot()
    def _finish(self) -> None:
        self._read()
        if self._is_over:
            return
        status = _status(self._reply)
        if status >= 300:
            self._end(Why.HTTP_STATUS(status=status))
        elif self._reply.error() != _Code.NoError or len(self._data) < self._announced:
            self._end(_reason(self._reply))
        elif not self._data:
            self._end(Why.HTTP_EMPTY())
        elif not self._is_refused():
            self._end(bytes(self._data))

    def _is_refused(self) -> bool:
        """Check the first bytes, end if they are refused, and return whether they were."""
        reason = self._check(bytes(self._data[:HEAD_BYTES]))
        if reason is not None:
            self._end(reason)
        return reason is not None


@functools.cache  # Qt allows one per process, and it must outlive every object of Qt
def _make_application() -> QCoreApplication:
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("a request in a thread needs a QCoreApplication, which belongs to the main thread")
    return QCoreApplication(["vgg-desktop"])
