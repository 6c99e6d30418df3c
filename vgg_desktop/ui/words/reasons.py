"""Reasons in the user's language."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from vgg_desktop.reasons import Reason
from vgg_desktop.ui.words.formats import value_text

if TYPE_CHECKING:
    from vgg_desktop.inference.results import Fallback


def translate_core(text: str) -> str:
    """Translate a text of `errors` or `reasons`, which know no Qt. Thread: any."""
    return QCoreApplication.translate("Errors", text)


def reason_text(reason: Reason) -> str:
    """Return a reason in the user's language. Thread: any."""
    return reason.format(translate_core, value_text)


def fallback_text(fallback: "Fallback") -> str:
    """Return why other devices do not answer, in the user's language; `format_fallback` has it in English."""
    return "; ".join(
        reason_text(each.reason) if each.device is None else f"{each.device.name}: {reason_text(each.reason)}"
        for each in fallback
    )
