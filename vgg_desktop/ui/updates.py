"""Looks whether there is a newer version, only when asked to: one request to one address, which learns nothing else."""

import json
import logging
import os
import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from vgg_desktop import __version__, paths
from vgg_desktop.errors import UpdateUnknown
from vgg_desktop.models.network_reasons import network_reason

logger = logging.getLogger(__name__)

ADDRESS_VARIABLE = "VGG_DESKTOP_UPDATES"
_LARGEST = 65_536  # bytes
_PATIENCE = 15_000  # milliseconds
_NO_ANSWER = "the answer is not what was expected"


@dataclass(frozen=True, slots=True)
class Release:
    """A version that was published, and the page that tells of it."""

    version: str
    page: str


def update_address() -> str:
    """Return the address of the newest version: the environment's, else this build's; "" where it has none."""
    chosen = os.environ.get(ADDRESS_VARIABLE)
    if chosen is not None:
        return chosen
    try:
        return str(json.loads(paths.resource("release.json").read_text("utf-8"))["updates"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def parse_release(data: bytes) -> Release:
    """Read `{"version": "1.2.3", "page": "https://..."}`. Raises `ValueError`."""
    try:
        values = json.loads(data)
        version, page = values["version"], values["page"]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(_NO_ANSWER) from error
    if not isinstance(version, str) or not isinstance(page, str) or QUrl(page).scheme() != "https":
        raise ValueError(_NO_ANSWER)
    _numbers(version)
    return Release(version, page)


def is_newer(version: str, than: str = __version__) -> bool:
    """Return whether a version, numbers with dots, comes after another. Raises `ValueError`."""
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    if re.fullmatch(r"\d{1,6}(\.\d{1,6}){0,3}", version) is None:
        raise ValueError(_NO_ANSWER)
    numbers = [int(each) for each in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


class UpdateCheck(QObject):
    """Asks once at a time. No cookies, no identification, no version is sent. Thread: the window's."""

    newer = Signal(object)  # Release
    current = Signal()  # this is the newest version
    failed = Signal(object)  # UpdateUnknown

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = address
        self._manager: QNetworkAccessManager | None = None
        self._reply: QNetworkReply | None = None
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._lose_patience)

    @property
    def is_possible(self) -> bool:
        """Return whether this build has an address to ask."""
        return bool(self._address)

    @Slot()
    def look(self) -> None:
        """Ask now, unless that is being done; one of the signals follows."""
        if self._reply is not None or not self.is_possible:
            return
        if self._manager is None:
            self._manager = QNetworkAccessManager(self)
        request = QNetworkRequest(QUrl(self._address))
        request.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, "VGG-Desktop")
        attribute = QNetworkRequest.Attribute
        for each in (attribute.CookieLoadControlAttribute, attribute.CookieSaveControlAttribute):
            request.setAttribute(each, QNetworkRequest.LoadControl.Manual.value)
        request.setMaximumRedirectsAllowed(5)
        self._reply = self._manager.get(request)
        self._reply.setReadBufferSize(_LARGEST + 1)
        self._reply.readyRead.connect(self._read)
        self._reply.finished.connect(self._finish)
        self._patience.start()

    @Slot()
    def _read(self) -> None:
        if self._reply is not None and self._reply.bytesAvailable() > _LARGEST:
            self._end(reason=_NO_ANSWER)

    @Slot()
    def _lose_patience(self) -> None:
        self._end(reason="the server did not answer in time")

    @Slot()
    def _finish(self) -> None:
        if self._reply is None:
            return
        status = self._reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if isinstance(status, int) and status != 200:
            self._end(reason=f"the server answered {status}")
        elif self._reply.error() != QNetworkReply.NetworkError.NoError:
            self._end(reason=network_reason(self._reply.error().name, self._reply.errorString()))
        else:
            try:
                self._end(found=parse_release(bytes(self._reply.readAll().data())))
            except ValueError:
                self._end(reason=_NO_ANSWER)

    def _end(self, *, found: Release | None = None, reason: str = "") -> None:
        reply, self._reply = self._reply, None
        self._patience.stop()
        if reply is not None:
            reply.deleteLater()
        if found is None:
            error = UpdateUnknown(self._address, reason)
            logger.info("%s", error)
            self.failed.emit(error)
        elif is_newer(found.version):
            self.newer.emit(found)
        else:
            self.current.emit()
