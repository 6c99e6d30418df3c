"""Every failure a user may be told about, on one screen.

Attributes carry the facts; `str()` is the text for a user: what happened, to which file or address, and
what to do next. `kind` is the stable name used in JSON. Exceptions of other libraries are translated into
these once, where the library is called; whatever else is raised is a bug and must look like one.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self


def format_bytes(count: float) -> str:
    """Return a number of bytes the way download pages do: decimal units, three digits (`553 MB`)."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            break
        count /= 1000
    digits = 0 if unit == "bytes" or count >= 100 else 1
    return f"{count:.{digits}f} {unit}"


def reason_of_system(error: OSError | ValueError) -> str:
    """Return why a file cannot be opened or read, the usual causes in plain words."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "there is no permission to read it"
    if isinstance(error, OSError) and error.errno is not None:
        return f"the system says: {os.strerror(error.errno)}"
    return "no file can have this name"


class Cancelled(Exception):
    """The user asked to stop; shown to nobody."""


class VggDesktopError(Exception):
    """A failure with a cause outside the program, told to the user in one or two sentences."""

    kind: ClassVar[str] = "error"

    def without_traceback(self) -> Self:
        """Return the error without the calls it went through: they hold networks and pictures, and lists keep errors.

        What it came from stays: details are told of it.
        """
        each: BaseException | None = self
        while each is not None and each.__traceback__ is not None:
            each = each.with_traceback(None).__cause__ or each.__context__
        return self


class ModelError(VggDesktopError):
    """A failure of a network, its file or its download, as opposed to one picture."""


@dataclass(eq=False)
class NetworkError(ModelError):
    """The server could not be reached or broke off; trying again may help."""

    kind = "network"
    url: str
    reason: str

    def __str__(self) -> str:
        return f"The download from {self.url} failed: {self.reason}. Check the connection and try again."


@dataclass(eq=False)
class DownloadRejected(ModelError):
    """The server answered that this address will not give the file (a 4xx status)."""

    kind = "download-rejected"
    url: str
    status: int

    def __str__(self) -> str:
        return f"{self.url} answered {self.status} instead of the file. Try again later or import the file."


@dataclass(eq=False)
class WrongContent(ModelError):
    """Something that is recognisably not a network arrived or was chosen, such as an HTML page."""

    kind = "wrong-content"
    source: str
    found: str

    def __str__(self) -> str:
        return f"{self.source} is not a network but {self.found}. Download the file itself and try again."


@dataclass(eq=False)
class ChecksumMismatch(ModelError):
    """A file's size or SHA-256 differs from the one published for it."""

    kind = "checksum"
    source: str
    expected: str
    actual: str

    def __str__(self) -> str:
        return (
            f"{self.source} is damaged or not the published file: expected {self.expected}, "
            f"found {self.actual}. Download it again."
        )


@dataclass(eq=False)
class NotEnoughSpace(ModelError):
    """The disk has too little room for what is about to be written; sizes in bytes."""

    kind = "disk-full"
    path: Path
    needed: int
    free: int

    def __str__(self) -> str:
        return (
            f"{self.path} needs {format_bytes(self.needed)} more, but the disk has only "
            f"{format_bytes(self.free)} free. Make room and try again."
        )


@dataclass(eq=False)
class StorageError(ModelError):
    """The operating system refused to read or write one of the app's files."""

    kind = "storage"
    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path} could not be read or written: {self.reason}. Check the folder's permissions."


@dataclass(eq=False)
class StoreBusy(ModelError):
    """Another copy of the program is installing or removing a network."""

    kind = "store-busy"
    path: Path

    def __str__(self) -> str:
        return f"Another VGG Desktop is changing {self.path}. Wait until it has finished, then try again."


@dataclass(eq=False)
class CatalogInvalid(ModelError):
    """A models.toml cannot be used as it is."""

    kind = "catalog"
    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path} cannot be used: {self.reason}. Correct the file."


@dataclass(eq=False)
class UnknownModel(ModelError):
    """No network of this id is in the catalog."""

    kind = "unknown-model"
    id: str
    known: Sequence[str]

    def __str__(self) -> str:
        return f"There is no network called {self.id}. Known: {', '.join(self.known)}."


@dataclass(eq=False)
class ModelNotInstalled(ModelError):
    """The network is known, but its file is not on this computer."""

    kind = "model-not-installed"
    id: str
    title: str

    def __str__(self) -> str:
        return f"{self.title} is not on this computer yet. Download it first: vgg-desktop download {self.id}"


@dataclass(eq=False)
class ModelUnusable(ModelError):
    """The file is no network that classifies pictures, or onnxruntime would not load or run it."""

    kind = "model-unusable"
    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path} cannot be used as a network: {self.reason}."


@dataclass(eq=False)
class FastUnavailable(ModelError):
    """The 8-bit form of a network does not exist, or would be of no use."""

    kind = "fast-unavailable"
    title: str
    reason: str

    def __str__(self) -> str:
        return f"{self.title} cannot be used in its fast form: {self.reason}."


@dataclass(eq=False)
class DeviceUnavailable(ModelError):
    """The device asked for is not one that the installed onnxruntime offers here; `reason` where one is known."""

    kind = "device-unavailable"
    id: str
    offered: Sequence[str]
    reason: str = ""

    def __str__(self) -> str:
        known = f"Available: {', '.join(self.offered)}."
        if self.reason:
            return f"The device {self.id} cannot be used: {self.reason}. {known}"
        return f"There is no device called {self.id} here. {known}"


@dataclass(eq=False)
class OnnxruntimeUnusable(ModelError):
    """The library that runs the networks is missing or damaged; nothing can be classified."""

    kind = "onnxruntime"
    reason: str

    def __str__(self) -> str:
        return (
            f"onnxruntime cannot be used: {self.reason}. Uninstall every build of it and install one again."
        )


@dataclass(eq=False)
class DeviceFailed(ModelError):
    """A device did not pass its self-test with a network, or cannot run it at all."""

    kind = "device-failed"
    device: str
    reason: str

    def __str__(self) -> str:
        return f"{self.device} is not used: {self.reason}. Choose another device, or let the app choose."


@dataclass(eq=False)
class ImportNeedsDetails(ModelError):
    """An imported network cannot be used before its labels or preprocessing are given."""

    kind = "import-needs-details"
    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path} needs more before it can be used: {self.reason}."


@dataclass(eq=False)
class ImageUnreadable(VggDesktopError):
    """A picture's file is missing, damaged, or of a kind that is not supported."""

    kind = "image-unreadable"
    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path} could not be read: {self.reason}."


@dataclass(eq=False)
class ImageTooLarge(VggDesktopError):
    """A picture has more pixels than are safe to decode."""

    kind = "image-too-large"
    path: Path
    width: int
    height: int
    limit: int

    def __str__(self) -> str:
        megapixels = self.width * self.height / 1e6
        return (
            f"{self.path} has {self.width} x {self.height} pixels ({megapixels:.0f} megapixels); the limit is "
            f"{self.limit / 1e6:.0f}. Save it smaller and try again."
        )


@dataclass(eq=False)
class FolderNotLabelled(VggDesktopError):
    """A folder of pictures is not sorted into the classes of the network that is to be evaluated on it."""

    kind = "folder-not-labelled"
    path: Path
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.path} cannot be used to evaluate a network: {self.reason}. Give a folder with one sub-folder a "
            "class, named by WordNet id, by index or by name."
        )


@dataclass(eq=False)
class LinkFailed(VggDesktopError):
    """A picture could not be fetched from the address that was dropped or pasted."""

    kind = "link"
    url: str
    reason: str

    def __str__(self) -> str:
        return f"{self.url} could not be fetched: {self.reason}. Save the picture and open the file."


@dataclass(eq=False)
class UpdateUnknown(VggDesktopError):
    """Whether there is a newer version of the app could not be found out."""

    kind = "update"
    url: str
    reason: str

    def __str__(self) -> str:
        return f"{self.url} did not tell whether there is a newer version: {self.reason}. Try again later."


@dataclass(eq=False)
class NoDisplay(VggDesktopError):
    """There is no screen to open a window on."""

    kind = "no-display"

    def __str__(self) -> str:
        return (
            "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "Without one, use: vgg-desktop classify PICTURE"
        )
