"""Takes what is dropped, pasted, opened or sent by a second start, and passes it to the session."""

import functools
import itertools
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal

from vgg_desktop.errors import LinkFailed
from vgg_desktop.settings import RECENT, Settings
from vgg_desktop.ui.incoming.links import LinkFetcher
from vgg_desktop.ui.incoming.mime import Incoming, examine, from_words
from vgg_desktop.ui.session.picture_list import PictureList
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.why import Why


class Intake(QObject):
    """The single entry for all pictures; links wait until the user has agreed that they are fetched."""

    began = Signal()  # something new was dropped, pasted or opened
    permissionWanted = Signal(object)  # noqa: N815 - Qt's way of naming; the tuple of links that wait
    picturesOffered = Signal()  # noqa: N815 - pictures, folders or links to them came, and are being opened
    networksOffered = Signal(object)  # noqa: N815 - tuple of .onnx and .zip files
    unreachable = Signal(object)  # addresses of files on other computers and devices among what came last
    failed = Signal(object)  # the exception
    fetchingChanged = Signal(int)  # noqa: N815 - how many links are still being fetched

    def __init__(self, pictures: PictureList, settings: SettingsKeeper, fetcher: LinkFetcher) -> None:
        super().__init__()
        self._pictures = pictures
        self._settings = settings
        self._fetcher = fetcher
        self.waiting: tuple[str, ...] = ()  # links that the user has not agreed to yet
        fetcher.fetched.connect(lambda picture: pictures.open_data([picture]))
        fetcher.failed.connect(self.failed)
        fetcher.changed.connect(lambda: self.fetchingChanged.emit(fetcher.pending))

    def take_mime(self, mime: QMimeData) -> bool:
        """Take what was dropped or pasted, and return whether it was something, even if it cannot be opened."""
        incoming = examine(mime)
        self.remember(map(Path, incoming.paths))
        self._take(incoming)
        return not incoming.is_empty or bool(incoming.elsewhere)

    def remember(self, paths: Iterable[Path]) -> None:
        """Note files and folders among those that were opened last."""
        newest = list(itertools.islice(paths, RECENT))
        self._settings.update(lambda value: functools.reduce(Settings.with_recent, reversed(newest), value))

    def take_paths(self, given: Iterable[Path | str]) -> None:
        """Take files and folders, and addresses as text; networks among them are offered for import."""
        self._take(from_words(each if isinstance(each, str) else each.absolute() for each in given))

    @property
    def fetching(self) -> int:
        """Return how many links are being fetched."""
        return self._fetcher.pending

    def cancel_fetching(self) -> None:
        """Stop fetching links; pictures that have arrived stay."""
        self._fetcher.cancel_all()

    def agree(self, *, always: bool) -> None:
        """Fetch the links that wait; `always` also in the future."""
        if always:
            self._settings.change(fetch_links=True)
        links, self.waiting = self.waiting, ()
        self._fetch(links)

    def refuse(self) -> None:
        """Forget the links that wait."""
        self.waiting = ()

    def _take(self, incoming: Incoming) -> None:
        self.began.emit()
        if incoming.paths or incoming.pictures or incoming.inline or incoming.links:
            self.picturesOffered.emit()
        self._pictures.open(incoming.paths)
        if incoming.pictures or incoming.inline:
            self._pictures.open_data([*incoming.pictures, *incoming.inline])
        if incoming.networks:
            self.networksOffered.emit(incoming.networks)
        if incoming.links and self._settings.value.fetch_links:
            self._fetch(incoming.links)
        elif incoming.links and self._settings.value.is_off("fetch_links"):
            link = QUrl(incoming.links[0]).toDisplayString()
            self.failed.emit(LinkFailed(link, Why.LINK_OFF()))
        elif incoming.links:
            self.waiting += incoming.links
            self.permissionWanted.emit(self.waiting)
        self.unreachable.emit(incoming.elsewhere)

    def _fetch(self, links: Iterable[str]) -> None:
        for link in links:
            self._fetcher.fetch(link)
