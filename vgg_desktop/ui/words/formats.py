"""Numbers, sizes, times and the values of errors in the user's language; `formatting` has the core's English ones."""

from PySide6.QtCore import QCoreApplication, QLocale

from vgg_desktop.reasons import Bytes, Value

_DATA_UNITS = QLocale.DataSizeFormat.DataSizeSIFormat


def number(value: float, digits: int = 3) -> str:
    """Return a number of at least 0 with so many significant digits, at most two of them after the point."""
    exponent = int(f"{value:.{digits - 1}e}".partition("e")[2])
    return QLocale().toString(float(value), "f", min(2, max(0, digits - 1 - exponent)))


def data_size(count: float) -> str:
    """Return a number of bytes with three digits in decimal units, as download pages do: `553 MB`."""
    rounded = float(f"{count:.3g}")  # first, or 999 999 would become 1000 kB
    leading = rounded
    while leading >= 1000:
        leading /= 1000
    return QLocale().formattedDataSize(int(rounded), 0 if leading >= 100 else 1, _DATA_UNITS)


def data_rate(bytes_per_second: float) -> str:
    """Return the speed of a transfer: `8.2 MB/s`."""
    return QCoreApplication.translate("Formats", "{size}/s").format(size=data_size(bytes_per_second))


def percent(share: float, digits: int = 1) -> str:
    """Return a share, 0 to 1, in percent, `93.1 %`; never 0 for what is not zero."""
    least = 10.0**-digits
    if 0 < share * 100 < least / 2:
        return f"< {QLocale().toString(least, 'f', digits)} %"
    return f"{QLocale().toString(share * 100.0, 'f', digits)} %"


def percent_done(fraction: float) -> str:
    """Return the progress of a job, 0 to 1, in whole percent; 100 % only at the end."""
    return f"{QLocale().toString(int(fraction * 100))} %"


def time_left(seconds: float) -> str:
    """Return how long something still takes: `53 s left`, `1:02 min left`."""
    whole = max(1, round(seconds))
    if whole < 60:
        return QCoreApplication.translate("Formats", "{0} s left").format(whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return QCoreApplication.translate("Formats", "{0}:{1:02} min left").format(minutes, rest)
    hours, minutes = divmod(minutes, 60)
    return QCoreApplication.translate("Formats", "{0}:{1:02} h left").format(hours, minutes)


def capitalized(text: str) -> str:
    """Return a text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def as_sentence(clause: str) -> str:
    """Return a clause, such as a reason, as a sentence: with a capital letter and a full stop."""
    sentence = QCoreApplication.translate("Formats", "{0}.", "a whole sentence")
    return sentence.format(capitalized(clause)) if clause else ""


def value_text(value: Value) -> str:
    """Return a value of an error or a reason in the user's language."""
    if isinstance(value, Bytes):
        return data_size(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return QLocale().toString(value)
    return str(value)
