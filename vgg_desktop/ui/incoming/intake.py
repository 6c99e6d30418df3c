"""Takes in whatever is dropped, pasted, opened or handed over, and gives it to the session."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot

from vgg_desktop.errors import VggDesktopError
from vgg_desktop.ui.incoming.links import FailedLink, FetchedPicture, LinkFetcher
from vgg_desktop.ui.incoming.mime import Incoming, examine
from vgg_desktop.ui.incoming.session_folder import SessionFolder
from vgg_desktop.ui.session import Session


class Intake(QObject):
    """One way in for all pictures; links wait until the user has agreed once that they are fetched."""

    permissionWanted = Signal(object)  # noqa: N815 - Qt's way of naming; the tuple of links that wait
    networksOffered = Signal(object)  # noqa: N815 - tuple of .onnx files
    failed = Signal(object)  # the exception
    fetchingChanged = Signal(int)  # noqa: N815 - how many links are still being fetched

    def __init__(self, session: Session, folder: SessionFolder, fetcher: LinkFetcher) -> None:
        super().__init__()
        self._session = session
        self._folder = folder
        self._fetcher = fetcher
        self._waiting: tuple[str, ...] = ()
        fetcher.fetched.connect(self._take_fetched)
        fetcher.failed.connect(self._take_failed)
        fetcher.changed.connect(lambda: self.fetchingChanged.emit(fetcher.pending))

    def take_mime(self, mime: QMimeData) -> bool:
        """Take what was dropped or pasted; says whether there was anything to take."""
        incoming = examine(mime)
        self._take(incoming)
        return not incoming.is_empty

    def take_paths(self, paths: Iterable[Path]) -> None:
        """Take files and folders; networks among them are offered for import."""
        given = tuple(path.absolute() for path in paths)
        networks = tuple(path for path in given if path.suffix.lower() == ".onnx")
        self._take(Incoming(tuple(str(path) for path in given if path not in networks), networks))

    def agree(self, *, always: bool) -> None:
        """Fetch the links that wait; `always` also in the future."""
        if always:
            self._session.agree_to_links()
        links, self._waiting = self._waiting, ()
        self._fetch(links)

    def refuse(self) -> None:
        """Forget the links that wait."""
        self._waiting = ()

    def _take(self, incoming: Incoming) -> None:
        paths: list[Path | str] = list(incoming.paths)
        try:
            paths += [self._folder.write(each.name, each.data) for each in incoming.pictures]
        except VggDesktopError as error:
            self.failed.emit(error)
        self._session.open(paths)
        if incoming.networks:
            self.networksOffered.emit(incoming.networks)
        if incoming.links and self._session.settings.fetch_links:
            self._fetch(incoming.links)
        elif incoming.links:
            self._waiting += incoming.links
            self.permissionWanted.emit(self._waiting)

    def _fetch(self, links: Iterable[str]) -> None:
        for link in links:
            self._fetcher.fetch(link)

    @Slot(object)
    def _take_fetched(self, picture: FetchedPicture) -> None:
        try:
            path = self._folder.write(picture.name, picture.data)
        except VggDesktopError as error:
            self.failed.emit(error)
        else:
            self._session.open([path])

    @Slot(object)
    def _take_failed(self, link: FailedLink) -> None:
        self.failed.emit(link.error)
