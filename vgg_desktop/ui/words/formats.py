"""Sizes and the values of errors in the user's language; `formatting` has the core's English ones."""

from PySide6.QtCore import QLocale

from vgg_desktop.reasons import Bytes, Value


def size_text(count: int) -> str:
    """Return a number of bytes in the user's language and in decimal units (`553.4 MB`)."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def value_text(value: Value) -> str:
    """Return a value of an error or a reason in the user's language."""
    if isinstance(value, Bytes):
        return size_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return QLocale().toString(value)
    return str(value)
