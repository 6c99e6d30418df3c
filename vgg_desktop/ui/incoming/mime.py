"""What can be dropped or pasted: files, folders, networks, links, and pictures without a file.

Nothing is decoded and no folder is searched here. `summary` is for the time of a drag and leaves the bytes of
pictures where they are.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QImageWriter, QPixmap

from vgg_desktop.images.kinds import HEAD_SIZE, recognise
from vgg_desktop.ui.incoming import addresses
from vgg_desktop.ui.incoming.session_folder import PictureData, picture_name

# Best first: PNG loses nothing, and those who offer several formats converted one picture into all of them.
_FORMATS = (
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/gif",
    "image/bmp",
    "image/tiff",
    "image/avif",
    "image/heic",
    "image/heif",
    "image/jp2",
)
_COPIED_FILES = ("x-special/gnome-copied-files", "x-special/mate-copied-files")
_MOZ_URL = "text/x-moz-url"
_MAX_STATS = 300  # a file may lie on a slow share, and the window waits meanwhile
_QUICK_PNG = 85  # on Qt's scale; zlib's level 1


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was dropped or pasted, each in its order and once.

    `paths` are local files and folders, as text since they may be a hundred thousand, `networks` local *.onnx files
    and *.zip archives that hold a network,
    `links` http and https addresses that may be pictures, `inline` `data:` addresses that claim to hold one,
    `elsewhere` addresses of files on other computers and devices, which cannot be opened.
    """

    paths: tuple[str, ...] = ()
    networks: tuple[Path, ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[PictureData, ...] = ()
    inline: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that can be opened."""
        return not (self.paths or self.networks or self.links or self.pictures or self.inline)


@dataclass(frozen=True, slots=True)
class Summary:
    """How much of what is being dragged.

    `elsewhere` is what cannot be opened, `only_text` tells that it is text and nothing that can be opened.
    """

    files: int = 0
    folders: int = 0
    networks: int = 0
    pictures: int = 0
    links: int = 0
    elsewhere: int = 0
    only_text: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that can be opened."""
        return not (self.files or self.folders or self.networks or self.pictures or self.links)


@dataclass(slots=True)
class _Found:
    """Where things are, before any byte of a picture is read."""

    # As text: a path takes ten times as long to make and compare.
    local: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)  # `data:` addresses
    elsewhere: list[str] = field(default_factory=list)
    image: bool = False
    more: int = 0  # addresses that were not examined

    def __bool__(self) -> bool:
        return bool(self.local or self.links or self.inline or self.image)

    def add(self, urls: Iterable[QUrl | str]) -> None:
        for address in urls:
            # Not every address becomes a QUrl: a picture written into one has a hundred million characters.
            if isinstance(address, str) and addresses.is_inline(address):
                self.inline.append(address)
                continue
            url = QUrl(address) if isinstance(address, str) else address
            path = url.toLocalFile()
            if addresses.is_plain(path):  # as nearly all are, and there may be a hundred thousand
                self.local.append(path)
            elif addresses.is_local(url):
                self.local.append(addresses.local_path(url))
            elif addresses.is_link(url):
                self.links.append(addresses.encoded(url))
            elif url.scheme() == "data" and addresses.is_inline(text := addresses.encoded(url)):
                self.inline.append(text)
            elif addresses.is_elsewhere(url):
                self.elsewhere.append(addresses.encoded(url))


def examine(mime: QMimeData | None) -> Incoming:
    """Return all that can be opened of what was dropped or pasted. Thread: the window's."""
    found = _find(mime)
    pictures: tuple[PictureData, ...] = ()
    if mime is not None and found.image:
        if content := _image_bytes(mime):
            pictures = (_pasted(content),)
        else:
            found = _find(mime, with_image=False)
    return _incoming(found, pictures)


def from_words(words: Iterable[Path | str]) -> Incoming:
    """Return what can be opened of what a command line names: absolute paths, and addresses as text."""
    found = _Found()
    for word in words:
        if isinstance(word, Path):
            found.local.append(str(word))
        else:
            found.add([word])
    return _incoming(found)


def _incoming(found: _Found, pictures: tuple[PictureData, ...] = ()) -> Incoming:
    local = _once(found.local)
    networks = dict.fromkeys(
        name
        for place, name in enumerate(local)
        if _is_network(name, place) and not (place < _MAX_STATS and _is_folder(Path(name)))
    )
    paths = tuple(name for name in local if name not in networks)
    links, inline = tuple(_once(found.links)), tuple(_once(found.inline))
    return Incoming(paths, tuple(map(Path, networks)), links, pictures, inline, tuple(_once(found.elsewhere)))


def _is_network(name: str, place: int) -> bool:
    """Return whether a local file is a network; only the first archives are looked into."""
    if name[-4:].lower() == ".zip":
        from vgg_desktop.models.archives import holds_network  # only here: a window starts without

        return place < _MAX_STATS and holds_network(Path(name))
    return name[-5:].lower() == ".onnx"


def decode(address: str) -> PictureData | None:
    """Return the picture inside a `data:` address, None where it is malformed or too large. Thread: any."""
    data = addresses.decode_inline(address)
    return _pasted(data) if data is not None else None


def summary(mime: QMimeData | None) -> Summary:
    """Count what a drag carries; beyond some hundred files all are taken for files. Thread: the window's."""
    found = _find(mime, most=_MAX_STATS)
    local = _once(found.local)
    folders = networks = 0
    for place, path in enumerate(local):
        if place < _MAX_STATS and _is_folder(Path(path)):
            folders += 1
        elif _is_network(path, place):
            networks += 1
    return Summary(
        files=len(local) + found.more - folders - networks,
        folders=folders,
        networks=networks,
        pictures=len(_once(found.inline)) + found.image,
        links=len(_once(found.links)),
        elsewhere=len(_once(found.elsewhere)),
        only_text=mime is not None and not (found or found.elsewhere) and (mime.hasText() or mime.hasHtml()),
    )


def describe(counted: Summary) -> str:
    """Return what would be opened ("3 files and 1 folder"), or why nothing can be."""
    translate = QCoreApplication.translate
    if counted.is_empty:
        if counted.elsewhere:
            return translate(
                "Incoming",
                "This is on another computer or device. Copy it to this computer, or mount the share as a folder, "
                "and open it from there.",
            )
        if counted.only_text:
            return translate(
                "Incoming", "Text cannot be opened. Drop pictures, folders or links to pictures."
            )
        return translate("Incoming", "This cannot be opened. Drop pictures, folders or links to pictures.")
    counts = (
        (counted.files, translate("Incoming", "%n file(s)", "", counted.files)),
        (counted.folders, translate("Incoming", "%n folder(s)", "", counted.folders)),
        (counted.networks, translate("Incoming", "%n network(s)", "", counted.networks)),
        (counted.pictures, translate("Incoming", "%n picture(s)", "", counted.pictures)),
        (counted.links, translate("Incoming", "%n link(s)", "", counted.links)),
    )
    *most, last = [text for count, text in counts if count]
    if not most:
        return last
    comma = translate("Incoming", "{first}, {second}", "items of a list")
    text = functools.reduce(lambda first, second: comma.format(first=first, second=second), most)
    return translate("Incoming", "{first} and {second}", "end of a list").format(first=text, second=last)


def _find(mime: QMimeData | None, *, with_image: bool = True, most: int | None = None) -> _Found:
    """Find things, the most valuable first: local files, a picture's bytes, what has to be fetched, text.

    At most `most` local files are examined: other programs wait while something is only dragged.
    """
    if mime is None:  # an empty clipboard
        return _Found()
    formats = set(mime.formats())
    listed = _Found()
    urls = mime.urls()
    rest = [] if most is None else urls[most:]
    listed.add(urls[: len(urls) - len(rest)])
    if listed.local:
        listed.more = len(rest)
    else:
        listed.add(rest)
    for name in _COPIED_FILES:
        if name in formats and not listed.local:
            listed.add(addresses.text_addresses(bytes(mime.data(name).data()).decode("utf-8", "replace")))
    if listed.local:
        return listed
    if with_image and (mime.hasImage() or formats.intersection(_FORMATS)):
        return _Found(image=True)
    found = _Found()
    # Before the list: with a picture inside a link, that has the link's address, the markup the picture's.
    if mime.hasHtml() and len(listed.links) <= 1:
        found.add(addresses.image_sources(mime.html()))
    if found or listed or listed.elsewhere:
        return found or listed
    if _MOZ_URL in formats:
        found.add(addresses.moz_addresses(bytes(mime.data(_MOZ_URL).data())))
    if not found and mime.hasText():
        found.add(addresses.text_addresses(mime.text()))
        found.local = [*filter(_exists, found.local[:_MAX_STATS]), *found.local[_MAX_STATS:]]
    return found


def _once(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # no permission to look: reading it will fail with the reason
        return False


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # too long or impossible for a name
        return False


def _pasted(data: bytes) -> PictureData:
    return PictureData(picture_name(QCoreApplication.translate("Incoming", "Pasted picture"), data), data)


def _image_bytes(mime: QMimeData) -> bytes:
    """Return a picture as the bytes of a file: as offered if a format can be read, else its pixels as PNG."""
    offered = set(mime.formats())
    for name in _FORMATS:
        if name in offered:
            data = bytes(mime.data(name).data())
            if recognise(data[:HEAD_SIZE]) is not None:
                return data
    image = mime.imageData()
    if isinstance(image, QPixmap):
        image = image.toImage()
    if not isinstance(image, QImage) or image.isNull():
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setQuality(_QUICK_PNG)
    writer.write(image)
    return bytes(buffer.data().data())
