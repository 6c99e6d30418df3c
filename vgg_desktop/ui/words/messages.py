"""What a user reads when something failed: each error of the core in the user's language, with the next step."""

import platform
import traceback
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from vgg_desktop import errors, logs
from vgg_desktop.ui.words.reasons import reason


@dataclass(frozen=True, slots=True)
class Message:
    """One failure in words.

    `title` says in a line what happened; `text` to which file or address, and what to do next; `details` is for
    "Copy details": English, for whoever is asked for help.
    """

    title: str
    text: str
    details: str


def describe(error: Exception) -> Message:
    """Put an error into words; what is none of the core's own is called an internal error. Thread: any."""
    title, text = _words(error)
    # A per cent sign alone at the start of a line looks like a mistake.
    return Message(title, text.replace(" %", "\u00a0%"), details(error))


def details(error: BaseException) -> str:
    """Return the facts about an error for a report: its kind, its text and causes, and the versions in use."""
    kind = getattr(error, "kind", type(error).__name__)
    lines = [f"{kind}: {error}"]
    cause = error.__cause__ or error.__context__
    seen = {id(error)}
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"caused by {type(cause).__name__}: {cause}")
        cause = cause.__cause__ or cause.__context__
    if not isinstance(error, errors.VggDesktopError):
        lines += ["", "".join(traceback.format_exception(error)).rstrip()]
    return "\n".join([*lines, "", environment()])


def environment() -> str:
    """Name the program, what it runs on and the libraries loaded by now, one per line."""
    versions = "\n".join(f"{name} {version}" for name, version in logs.versions().items())
    return f"{versions}\n{platform.platform()} ({platform.machine()})"


def size_text(count: int) -> str:
    """Return a number of bytes in the user's language and in decimal units (`553.4 MB`)."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _words(error: Exception) -> tuple[str, str]:
    match error:
        case errors.VggDesktopError() if not isinstance(error, errors.ModelError):
            return _of_pictures(error)
        case errors.NetworkError() | errors.DownloadRejected() | errors.WrongContent():
            return _of_downloads(error)
        case errors.ChecksumMismatch() | errors.NotEnoughSpace() | errors.StorageError() | errors.StoreBusy():
            return _of_files(error)
        case errors.ModelError():
            return _of_networks(error)
        case _:
            return _internal()


def _of_pictures(error: errors.VggDesktopError) -> tuple[str, str]:
    translate = QCoreApplication.translate
    match error:
        case errors.ImageUnreadable(path, why):
            return (
                translate("Messages", "The picture could not be read"),
                translate("Messages", "{path} could not be read: {reason}.").format(
                    path=path, reason=reason(why)
                ),
            )
        case errors.ImageTooLarge(path, width, height, limit):
            text = translate(
                "Messages",
                "{path} has {width} x {height} pixels ({megapixels} megapixels); the limit is {limit}. "
                "Save it smaller and try again.",
            )
            numbers = QLocale()
            return (
                translate("Messages", "The picture is too large"),
                text.format(
                    path=path,
                    width=width,
                    height=height,
                    megapixels=numbers.toString(round(width * height / 1e6)),
                    limit=numbers.toString(round(limit / 1e6)),
                ),
            )
        case errors.LinkFailed(url, why):
            return (
                translate("Messages", "The picture could not be fetched"),
                translate(
                    "Messages",
                    "Fetching {address} failed: {reason}. Check the link, or save the picture and open the file.",
                ).format(address=url, reason=reason(why)),
            )
        case errors.UpdateUnknown(url, why):
            return (
                translate("Messages", "Whether there is a newer version is not known"),
                translate(
                    "Messages",
                    "{address} did not tell whether there is a newer version: {reason}. Try again later.",
                ).format(address=url, reason=reason(why)),
            )
        case errors.FolderNotLabelled(path, why):
            return (
                translate("Messages", "The folder is not sorted by class"),
                translate(
                    "Messages",
                    "{path} cannot be used to evaluate a network: {reason}. Give a folder with one sub-folder a class, "
                    "named by WordNet id, by index or by name.",
                ).format(path=path, reason=reason(why)),
            )
        case errors.NoDisplay():
            return (
                translate("Messages", "There is no display"),
                translate(
                    "Messages",
                    "There is no display to open a window on. Without one, use: vgg-desktop classify PICTURE",
                ),
            )
        case _:
            return _other(error)


def _of_downloads(error: errors.ModelError) -> tuple[str, str]:
    translate = QCoreApplication.translate
    match error:
        case errors.NetworkError(url, why):
            return (
                translate("Messages", "The download failed"),
                translate(
                    "Messages",
                    "The download from {address} failed: {reason}. What has arrived is kept. "
                    "Check the connection and try again.",
                ).format(address=url, reason=reason(why)),
            )
        case errors.DownloadRejected(url, status):
            return (
                translate("Messages", "The server does not give the file"),
                translate(
                    "Messages",
                    "{address} answered {status} instead of the file. Try again later, or download the file "
                    "with a browser and import it.",
                ).format(address=url, status=status),
            )
        case errors.WrongContent(source, found):
            return (
                translate("Messages", "This is not a network"),
                translate(
                    "Messages",
                    "{source} is not a network but {found}. Download the file itself and try again.",
                ).format(source=source, found=reason(found)),
            )
        case _:
            return _other(error)


def _of_files(error: errors.ModelError) -> tuple[str, str]:
    translate = QCoreApplication.translate
    match error:
        case errors.ChecksumMismatch(source):
            return (
                translate("Messages", "The file is damaged or not the published one"),
                translate(
                    "Messages",
                    "{source} does not have the published size and checksum, so it is not used. "
                    "Download it again.",
                ).format(source=source),
            )
        case errors.NotEnoughSpace(path, needed, free):
            return (
                translate("Messages", "There is not enough room on the disk"),
                translate(
                    "Messages",
                    "{path} needs {needed} more, but the disk has only {free} free. Make room, or keep the "
                    "networks elsewhere, and try again.",
                ).format(path=path, needed=size_text(needed), free=size_text(free)),
            )
        case errors.StorageError(path, why):
            return (
                translate("Messages", "A file could not be read or written"),
                translate(
                    "Messages",
                    "{path} could not be read or written: {reason}. Check the folder's permissions.",
                ).format(path=path, reason=reason(why)),
            )
        case errors.StoreBusy(path):
            return (
                translate("Messages", "Another VGG Desktop is at work"),
                translate(
                    "Messages",
                    "Another VGG Desktop is changing {path}. Wait until it has finished, then try again.",
                ).format(path=path),
            )
        case _:
            return _other(error)


def _of_networks(error: errors.ModelError) -> tuple[str, str]:
    translate = QCoreApplication.translate
    match error:
        case errors.CatalogInvalid(path, why):
            return (
                translate("Messages", "A file with details of networks is not right"),
                translate("Messages", "{path} cannot be used: {reason}. Correct the file.").format(
                    path=path, reason=reason(why)
                ),
            )
        case errors.UnknownModel(id, known):
            return (
                translate("Messages", "There is no such network"),
                translate("Messages", "There is no network called {id}. Known: {known}.").format(
                    id=id, known=", ".join(known)
                ),
            )
        case errors.ModelNotInstalled(_, title):
            return (
                translate("Messages", "The network is not on this computer"),
                translate("Messages", "{title} is not on this computer yet. Download it first.").format(
                    title=title
                ),
            )
        case errors.ModelUnusable(path, why):
            return (
                translate("Messages", "The network cannot be used"),
                translate("Messages", "{path} cannot be used as a network: {reason}.").format(
                    path=path, reason=reason(why)
                ),
            )
        case errors.FastUnavailable(title, why):
            return (
                translate("Messages", "There is no Fast for this network"),
                translate("Messages", "{title} cannot be used in its fast form: {reason}.").format(
                    title=title, reason=reason(why)
                ),
            )
        case errors.OnnxruntimeUnusable(why):
            return (
                translate("Messages", "The networks cannot be run"),
                translate(
                    "Messages",
                    "onnxruntime cannot be used: {reason}. Uninstall every build of it and install one again.",
                ).format(reason=reason(why)),
            )
        case errors.DeviceUnavailable(id, offered, why) if why:
            return (
                translate("Messages", "This device cannot be used"),
                translate("Messages", "{id}: {reason}. Available: {offered}.").format(
                    id=id, reason=reason(why), offered=", ".join(offered)
                ),
            )
        case errors.DeviceUnavailable(id, offered):
            return (
                translate("Messages", "There is no such device"),
                translate("Messages", "There is no device called {id} here. Available: {offered}.").format(
                    id=id, offered=", ".join(offered)
                ),
            )
        case errors.DeviceFailed(device, why):
            return (
                translate("Messages", "The device is not used"),
                translate(
                    "Messages",
                    "{device} is not used: {reason}. Choose another device, or let the app choose.",
                ).format(device=device, reason=reason(why)),
            )
        case errors.ImportNeedsDetails(path, why):
            return (
                translate("Messages", "The network needs more details"),
                translate("Messages", "{path} needs more before it can be used: {reason}.").format(
                    path=path, reason=reason(why)
                ),
            )
        case _:
            return _other(error)


def _other(error: errors.VggDesktopError) -> tuple[str, str]:
    """Speak of a failure that has no branch yet: its own English is better than nothing."""
    return QCoreApplication.translate("Messages", "That did not work"), str(error)


def _internal() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Messages", "Something went wrong inside VGG Desktop"),
        QCoreApplication.translate(
            "Messages",
            "This is a mistake in the program, not yours. The window stays usable; if it behaves oddly, close it "
            "and open it again. The details help to mend it. Nothing is sent anywhere.",
        ),
    )
