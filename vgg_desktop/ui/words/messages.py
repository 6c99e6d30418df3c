"""Errors as the user reads them: what happened and what to do next, in the user's language."""

import platform
import traceback
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from vgg_desktop import errors, logs
from vgg_desktop.ui.words.formats import value_text
from vgg_desktop.ui.words.reasons import translate_core


@dataclass(frozen=True, slots=True)
class Message:
    """An error as text."""

    title: str  # what happened, in a line
    text: str  # which file or address, and what to do next
    details: str  # for a report, in English


def describe(error: Exception) -> Message:
    """Return an error as a message; anything but an error of the core is an internal error. Thread: any."""
    if isinstance(error, errors.VggDesktopError):
        title, text = translate_core(error.title), error.format(translate_core, value_text)
    else:
        title = QCoreApplication.translate("Messages", "Something went wrong inside VGG Desktop")
        text = QCoreApplication.translate(
            "Messages",
            "This is a bug in VGG Desktop, not something you did. The window stays usable; if it behaves oddly, close "
            "it and open it again. Please send us the details so we can fix it; nothing is sent automatically.",
        )
    # A percent sign alone at the start of a line looks like a typo.
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
    """Return the versions of the program, the loaded libraries and the system, one per line."""
    versions = "\n".join(f"{name} {version}" for name, version in logs.versions().items())
    return f"{versions}\n{platform.platform()} ({platform.machine()})"
