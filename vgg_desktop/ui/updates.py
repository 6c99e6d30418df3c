"""Checks for updates, only on request: one GET to one address, without identification."""

import json
import logging
import os
import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtNetwork import QNetworkAccessManager

from vgg_desktop import __version__, paths, settings
from vgg_desktop.errors import UpdateUnknown
from vgg_desktop.http_client import Transfer
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

logger = logging.getLogger(__name__)

ADDRESS_VARIABLE = "VGG_DESKTOP_UPDATES"
_LARGEST = 65_536  # bytes
_TIMEOUT = 15.0  # seconds without an answer


@dataclass(frozen=True, slots=True)
class Release:
    """A published version and its web page."""

    version: str
    page: str


def update_address() -> str:
    """Return the address of the newest version: the environment's, else this build's; "" where it has none.

    Where the administrator decides about updates, the environment does not count.
    """
    chosen = os.environ.get(ADDRESS_VARIABLE)
    if chosen is not None and "check_updates" not in settings.load().locked:
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
        raise ValueError("not a release") from error
    if not isinstance(version, str) or not isinstance(page, str) or QUrl(page).scheme() != "https":
        raise ValueError("not a release")
    _numbers(version)
    return Release(version, page)


def is_newer(version: str, than: str = __version__) -> bool:
    """Return whether a version, numbers with dots, comes after another. Raises `ValueError`."""
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    if re.fullmatch(r"\d{1,6}(\.\d{1,6}){0,3}", version) is None:
        raise ValueError("not a release")
    numbers = [int(each) for each in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


class UpdateCheck(QObject):
    """One check at a time. No cookies, identification or version is sent. Thread: the window's."""

    newer = Signal(object)  # Release
    current = Signal()  # this is the newest version
    failed = Signal(object)  # UpdateUnknown

    def __init__(self, address: str, parent: QObject | None = None, *, is_off: bool = False) -> None:
        """`is_off` tells that the administrator does not want it."""
        super().__init__(parent)
        self.is_off = is_off
        self._address = address
        self._manager: QNetworkAccessManager | None = None
        self._is_asking = False

    @property
    def is_possible(self) -> bool:
        """Return whether this build has an update address."""
        return bool(self._address)

    @Slot()
    def start(self) -> None:
        """Check now, unless a check is running; one of the signals follows."""
        if self._is_asking or self.is_off or not self.is_possible:
            return
        self._is_asking = True
        if self._manager is None:
            self._manager = QNetworkAccessManager(self)
        transfer = Transfer(self._manager, self._address, limit=_LARGEST, stall=_TIMEOUT, parent=self)
        transfer.ended.connect(self._end)

    @Slot(object)
    def _end(self, result: bytes | Reason | Release) -> None:
        self._is_asking = False
        if isinstance(result, bytes):
            try:
                result = parse_release(result)
            except ValueError:
                result = Why.UPDATE_UNEXPECTED()
        if isinstance(result, Reason):
            error = UpdateUnknown(self._address, result)
            logger.info("%s", error)
            self.failed.emit(error)
        elif is_newer(result.version):
            self.newer.emit(result)
        else:
            self.current.emit()
