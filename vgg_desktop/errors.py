"""Every error that a user may see.

Attributes carry the facts. Each class has its texts once, in English: `title` is what happened, in a line; `text`, with
the attributes as fields, which file or address and what to do next. `str` fills it in; the window translates.
`kind` is the stable name used in JSON. Exceptions of other libraries are translated into these once, where the library
is called; any other exception is a bug and must look like one.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PureWindowsPath
from typing import ClassVar, Self

from vgg_desktop.reasons import Bytes, Reason, Value, english


class Cancelled(Exception):
    """The user cancelled; never shown."""


def stop_if_cancelled(cancel: threading.Event | None) -> None:
    """Raise `Cancelled` if the event is set."""
    if cancel is not None and cancel.is_set():
        raise Cancelled


class VggDesktopError(Exception):
    """An error with a cause outside the program, shown to the user in one or two sentences."""

    kind: ClassVar[str] = "error"
    title: ClassVar[str] = "That did not work"
    text: ClassVar[str] = "That did not work."
    hint: ClassVar[str] = ""  # what to type on the command line; not shown in the window

    def values(self) -> Mapping[str, Value]:
        """Return the values of the fields of `text`."""
        names = [each.name for each in fields(self)]  # type: ignore[arg-type] # each class with a text is a dataclass
        values = {name: getattr(self, name) for name in names}
        return {name: str(each) if isinstance(each, Path) else each for name, each in values.items()}

    def format(self, translate: Callable[[str], str], show: Callable[[Value], str]) -> str:
        """Return `text` filled in: `translate` gets English texts, `show` each value that is no reason."""
        return Reason.fill(self.text, self.values(), translate, show)

    def __str__(self) -> str:
        text = self.format(lambda text: text, english)
        return text + Reason.fill(self.hint, self.values(), lambda hint: hint, english) if self.hint else text

    def for_log(self) -> str:
        """Return the English text with the names of files and hosts only: a log is shown to others."""

        def short(value: Value) -> str:
            text = english(value)
            if "://" in text:
                return text.partition("://")[2].partition("/")[0].rpartition("@")[2]
            path = PureWindowsPath(text)  # it knows both separators, and roots with and without a drive
            return path.name or text if path.root else text

        return self.format(lambda text: text, short)

    def without_traceback(self) -> Self:
        """Return the error without its traceback, whose frames keep networks and pictures alive; its causes stay."""
        each: BaseException | None = self
        while each is not None and each.__traceback__ is not None:
            each = each.with_traceback(None).__cause__ or each.__context__
        return self


class ModelError(VggDesktopError):
    """A failure of a network, its file or its download, as opposed to one picture."""


@dataclass(eq=False)
class _AboutFile:
    """What an error about a file or a folder has."""

    path: Path
    reason: Reason


@dataclass(eq=False)
class NetworkError(ModelError):
    """The server could not be reached or the connection was interrupted; a retry may help."""

    kind = "network"
    title = "The download failed"
    text = (
        "The download from {url} failed: {reason}. What has arrived is kept. "
        "Check the connection and try again."
    )
    url: str
    reason: Reason


@dataclass(eq=False)
class DownloadRejected(ModelError):
    """The server answered that this address will not serve the file (a 4xx status)."""

    kind = "download-rejected"
    title = "The server does not offer the file"
    text = (
        "{url} answered {status} instead of the file. Try again later, or download the file with a browser "
        "and import it."
    )
    url: str
    status: int


@dataclass(eq=False)
class WrongContent(ModelError):
    """Something that is recognisably not a network arrived or was chosen, such as an HTML page."""

    kind = "wrong-content"
    title = "This is not a network"
    text = "{source} is not a network but {found}. Download the file itself and try again."
    source: str
    found: Reason


@dataclass(eq=False)
class DownloadsOff(ModelError):
    """Downloads of networks are switched off in the settings."""

    kind = "downloads-off"
    title = "Downloads are switched off"
    text = "{name} is not downloaded: your administrator has switched this off. Its file can be imported."
    name: str


@dataclass(eq=False)
class ChecksumMismatch(ModelError):
    """A file's size or SHA-256 differs from the one published for it."""

    kind = "checksum"
    title = "The file is damaged or not the published one"
    text = (
        "{source} is damaged or not the published file: expected {expected}, found {actual}. "
        "It is not used; download it again."
    )
    source: str
    expected: Reason
    actual: Reason


@dataclass(eq=False)
class NotEnoughSpace(ModelError):
    """The disk has too little space for what is about to be written."""

    kind = "disk-full"
    title = "There is not enough space on the disk"
    text = (
        "{path} needs {needed} more, but the disk has only {free} free. Free some space, or choose "
        "another folder, and try again."
    )
    path: Path
    needed: Bytes
    free: Bytes


@dataclass(eq=False)
class DiskFull(NotEnoughSpace):
    """The disk became full, and how much was still to be written is not known."""

    text = "{path} could not be written: the disk is full. Free some space, or choose another folder."


class StorageError(_AboutFile, ModelError):
    """The operating system refused to read or write a file."""

    kind = "storage"
    title = "A file could not be read or written"
    text = "{path} could not be read or written: {reason}."


@dataclass(eq=False)
class StoreBusy(ModelError):
    """Another process, or another operation of this one, is changing a network."""

    kind = "store-busy"
    title = "Another operation is in progress"
    text = "{path} is being changed by another operation. Wait until it has finished, then try again."
    path: Path


class CatalogInvalid(_AboutFile, ModelError):
    """A models.toml is invalid."""

    kind = "catalog"
    title = "A file that describes networks is invalid"
    text = "{path} cannot be used: {reason}. Correct the file."


@dataclass(eq=False)
class UnknownModel(ModelError):
    """No network of this id is in the catalog."""

    kind = "unknown-model"
    title = "There is no such network"
    text = "There is no network called {id}. Known: {known}."
    id: str
    known: str  # ids


@dataclass(eq=False)
class ModelNotInstalled(ModelError):
    """The network is known, but its file is not on this computer."""

    kind = "model-not-installed"
    title = "The network is not on this computer"
    text = "{name} is not on this computer yet. Download it first."
    hint = " Type: vgg-desktop download {id}"
    id: str
    name: str


class ModelUnusable(_AboutFile, ModelError):
    """The file is not an image classifier, or onnxruntime cannot load or run it."""

    kind = "model-unusable"
    title = "The network cannot be used"
    text = "{path} cannot be used as a network: {reason}."


@dataclass(eq=False)
class FastUnavailable(ModelError):
    """The fast form of a network does not exist, or is not faster."""

    kind = "fast-unavailable"
    title = "Fast is not available for this network"
    text = "{name} cannot be used in its fast form: {reason}."
    name: str
    reason: Reason


@dataclass(eq=False)
class FormUnavailable(ModelError):
    """A network cannot be used in the form that was requested; `form` is its id."""

    kind = "form-unavailable"
    title = "The network cannot be used in this form"
    text = "{name} cannot be used in the form {form}: {reason}."
    name: str
    form: str
    reason: Reason


@dataclass(eq=False)
class DeviceUnavailable(ModelError):
    """The requested device is not one that the installed onnxruntime offers on this computer."""

    kind = "device-unavailable"
    title = "This device cannot be used"
    text = "The device {id} cannot be used: {reason}. Available: {offered}."
    id: str
    offered: str  # ids
    reason: Reason


@dataclass(eq=False)
class OnnxruntimeUnusable(ModelError):
    """The library that runs the networks is missing or damaged; nothing can be classified."""

    kind = "onnxruntime"
    title = "The networks cannot be run"
    text = "onnxruntime cannot be used: {reason}. Uninstall every build of it and install one again."
    reason: Reason


@dataclass(eq=False)
class DeviceFailed(ModelError):
    """A device did not pass its self-test with a network, or cannot run it at all."""

    kind = "device-failed"
    title = "The device is not used"
    text = "{device} is not used: {reason}. Choose another device, or let the app choose."
    device: str
    reason: Reason


class ImportNeedsDetails(_AboutFile, ModelError):
    """An imported network cannot be used before its labels or preprocessing are known."""

    kind = "import-needs-details"
    title = "The network needs more details"
    text = "{path} needs more before it can be used: {reason}."


class ImageUnreadable(_AboutFile, VggDesktopError):
    """A picture's file is missing, damaged, or of a kind that is not supported."""

    kind = "image-unreadable"
    title = "The picture could not be read"
    text = "{path} could not be read: {reason}."


@dataclass(eq=False)
class ImageTooLarge(VggDesktopError):
    """A picture has more pixels than are safe to decode."""

    kind = "image-too-large"
    title = "The picture is too large"
    text = (
        "{path} has {width} x {height} pixels ({megapixels} megapixels); the limit is {limit}. Make a "
        "smaller copy and try again."
    )
    path: Path
    width: int
    height: int
    limit: int

    def values(self) -> Mapping[str, Value]:
        """Return the values of the fields of `text`."""
        sides = {"width": str(self.width), "height": str(self.height)}  # texts, so without separators
        megapixels = {"megapixels": round(self.width * self.height / 1e6), "limit": round(self.limit / 1e6)}
        return {**super().values(), **sides, **megapixels}


class FolderNotLabelled(_AboutFile, VggDesktopError):
    """A folder of pictures is not sorted into the classes of the network that is to be evaluated on it."""

    kind = "folder-not-labelled"
    title = "The folder has no sub-folders per class"
    text = (
        "{path} cannot be used to evaluate a network: {reason}. Choose a folder with one sub-folder per class, "
        "named by WordNet id, by index or by name."
    )


@dataclass(eq=False)
class LinkFailed(VggDesktopError):
    """A picture could not be fetched from the address that was dropped or pasted."""

    kind = "link"
    title = "The picture could not be fetched"
    text = "Fetching {url} failed: {reason}. Check the link, or save the picture and open the file."
    url: str
    reason: Reason


@dataclass(eq=False)
class UpdateUnknown(VggDesktopError):
    """The check for updates failed."""

    kind = "update"
    title = "The check for updates failed"
    text = "Checking {url} for updates failed: {reason}. Try again later."
    url: str
    reason: Reason


class SettingsInvalid(_AboutFile, VggDesktopError):
    """The file with the administrator's settings cannot be used."""

    kind = "settings"
    title = "Your administrator's settings cannot be used"
    text = "{path} cannot be used: {reason}. Until it is corrected, links, downloads, updates and history are off."


class HistoryUnusable(_AboutFile, VggDesktopError):
    """The file of the results that were computed before cannot be used or written."""

    kind = "history"
    title = "Results are not remembered"
    text = "{path} cannot be used: {reason}. What is computed now is shown, but not remembered."


@dataclass(eq=False)
class NoDisplay(VggDesktopError):
    """There is no screen to open a window on."""

    kind = "no-display"
    title = "There is no display"
    text = "There is no display to open a window on. Without one, use: vgg-desktop classify PICTURE"


@dataclass(eq=False)
class NoHome(VggDesktopError):
    """The user has no home folder, and no other place for the app's files is known."""

    kind = "no-home"
    title = "There is no home folder"
    text = (
        "There is no home folder for the files of the app (HOME is not set). "
        "Set the environment variable VGG_DESKTOP_HOME to a folder that may be written to."
    )


@dataclass(eq=False)
class LibraryMissing(ModelError):
    """A library of the operating system that downloads need is missing; `name` names it."""

    kind = "library-missing"
    title = "A library of the system is missing"
    text = (
        "Nothing can be downloaded, for a library of the system is missing: {name}. "
        "Install it and try again (libgssapi_krb5 is in the package libgssapi-krb5-2 of Debian and Ubuntu)."
    )
    name: str
