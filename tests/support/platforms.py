"""Where tests run: what Wine cannot do is skipped by name, with the reason."""

import ctypes
import sys

import pytest


def _is_wine() -> bool:
    return sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


WINE = _is_wine()


def not_on_wine(reason: str) -> pytest.MarkDecorator:
    """Return a mark that skips a test under Wine: the reason says what Wine does differently from Windows."""
    return pytest.mark.skipif(WINE, reason=f"Wine: {reason}")


needs_usage = not_on_wine("knows neither the time nor the memory of another process, and limits no memory")
