"""Sizes, times and percentages as English text; `ui.words.formats` has them in the user's language."""


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
