"""What a user reads when something failed: each error of the core in the user's language, with the next step."""

import platform
import traceback
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from vgg_desktop import errors, logs
from vgg_desktop.ui.words.formats import value_text
from vgg_desktop.ui.words.reasons import translate_core


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
    if isinstance(error, errors.VggDesktopError):
        title, text = translate_core(error.title), error.format(translate_core, value_text)
    else:
        title, text = _internal()
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


def _internal() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Messages", "Something went wrong inside VGG Desktop"),
        QCoreApplication.translate(
            "Messages",
            "This is a mistake in the program, not yours. The window stays usable; if it behaves oddly, close it "
            "and open it again. The details help to mend it. Nothing is sent anywhere.",
        ),
    )
