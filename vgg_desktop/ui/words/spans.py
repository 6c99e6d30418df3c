"""How long something still takes, in a few words."""

from PySide6.QtCore import QCoreApplication


def time_left(seconds: float) -> str:
    """Return a number of seconds roughly, as nobody needs it to the second."""
    whole = max(1, round(seconds))
    if whole < 60:
        return QCoreApplication.translate("Spans", "{0} s left").format(whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return QCoreApplication.translate("Spans", "{0}:{1:02} min left").format(minutes, rest)
    hours, minutes = divmod(minutes, 60)
    return QCoreApplication.translate("Spans", "{0}:{1:02} h left").format(hours, minutes)
