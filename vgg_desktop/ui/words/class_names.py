"""The names of classes in the user's language."""

from PySide6.QtCore import QLocale

from vgg_desktop.inference.results import Prediction
from vgg_desktop.models import class_names


def language() -> str:
    """Return the language of class names, which is that of numbers: `Languages` sets it."""
    code = QLocale().name()[:2]
    return code if code in class_names.LANGUAGES else "en"


def name_of(prediction: Prediction) -> str:
    """Return the name of a class as the window shows it."""
    return class_names.class_name(prediction.id, prediction.label, language())


def other_names_of(prediction: Prediction) -> str:
    """Return the published names of a class beside the one that is shown; "" if there is no other."""
    return class_names.other_names(prediction.id, prediction.label, language())


def full_name_of(prediction: Prediction) -> str:
    """Return the name of a class for the clipboard and screen readers: in English with its synonyms."""
    return class_names.full_name(prediction.id, prediction.label, language())
