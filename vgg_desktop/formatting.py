"""Sizes, times and percentages as English text; `ui.words.formats` has them in the user's language.

And `visible`, which makes texts from outside harmless on a terminal.
"""

import unicodedata

_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def format_bytes(count: float) -> str:
    """Return a number of bytes in decimal units with at most one digit after the point: `553 MB`, `7.4 MB`."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            break
        count /= 1000
    digits = 0 if unit == "bytes" or count >= 100 else 1
    return f"{count:.{digits}f} {unit}"


def format_duration(seconds: float) -> str:
    """Return a span of time in seconds as on a clock: `0:53`, `12:05`, `1:02:03`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def format_percent(share: float) -> str:
    """Return a share, 0 to 1, in percent: `93.1 %`."""
    return f"{share * 100:.1f} %"


def visible(text: str) -> str:
    """Return a text with escapes in place of what controls a terminal or reorders what follows (U+202E)."""
    return "".join(
        each.encode("unicode_escape").decode()
        if unicodedata.category(each) in ("Cc", "Zl", "Zp") or each in _REORDERING
        else each
        for each in text
    )
