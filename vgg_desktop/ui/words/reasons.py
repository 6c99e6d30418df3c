"""Reasons in the user's language."""

from PySide6.QtCore import QCoreApplication

from vgg_desktop.reasons import Reason
from vgg_desktop.ui.words.formats import value_text


def translate_core(text: str) -> str:
    """Translate a text of `errors` or `reasons`, which know no Qt. Thread: any."""
    return QCoreApplication.translate("Errors", text)


def reason_text(reason: Reason | str) -> str:
    """Return a reason in the user's language. Thread: any."""
    return reason if isinstance(reason, str) else reason.format(translate_core, value_text)


def device_reason(text: str) -> str:
    """Return why better devices were skipped."""
    return text
