"""Text files that a user wrote: catalogs, labels, preprocessing."""

from pathlib import Path

from vgg_desktop.errors import CatalogInvalid
from vgg_desktop.reasons import system_reason


def read_text(path: Path) -> str:
    """Read a file of UTF-8 text, with or without a byte order mark. Raises `CatalogInvalid` in plain words."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogInvalid(path, "it is no text in UTF-8; save it as UTF-8 and try again") from error
    except IsADirectoryError as error:
        raise CatalogInvalid(path, "it is a folder") from error
    except (OSError, ValueError) as error:  # ValueError: names that no file can have
        raise CatalogInvalid(path, system_reason(error)) from error
