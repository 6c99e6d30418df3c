"""Tables of values that users and older versions wrote: UTF-8 text, TOML, and a reader that checks key by key."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vgg_desktop.errors import CatalogInvalid
from vgg_desktop.reasons import Bytes, Reason
from vgg_desktop.system_errors import system_reason
from vgg_desktop.why import Why

_LONGEST_TOML = 1_000_000  # characters
_LONGEST_JSON = 20_000_000  # those of Hugging Face have the names of up to 22,000 classes
_MOST_DOTS = 1000  # in a line: keys have no line feeds


class TableInvalid(ValueError):
    """A table is invalid."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Table:
    """A table, read key by key; what is missing, of the wrong type or left over raises `TableInvalid`."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, Mapping):
            raise TableInvalid(Why.TABLE_NOT_TABLE(where=where))
        self._values = dict(values)
        self._where = where

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:  # noqa: ANN401 - any type
        """Remove and return one value; without a default the key must be there, and numbers must fit a float."""
        value = self._values.pop(key, default)
        if value is ...:
            raise TableInvalid(Why.TABLE_MISSING_KEY(where=self._where, key=key))
        allowed = kind if isinstance(kind, tuple) else (kind,)
        is_bad_number = isinstance(value, int | float) and bool not in allowed and not is_finite(value)
        if value is not default and (is_bad_number or not isinstance(value, allowed)):
            raise TableInvalid(Why.TABLE_TYPE(key=key, where=self._where))
        return value

    def number(self, key: str, default: float | None) -> Any:  # noqa: ANN401 - the default's type or a float
        """Take a number."""
        value = self.take(key, (int, float), default)
        return value if value is default else float(value)

    def numbers(self, key: str, count: int, default: float) -> tuple[float, ...]:
        """Take several numbers, or one that stands for all."""
        value = self.take(key, (list, tuple, int, float), default)
        values = value if isinstance(value, list | tuple) else [value] * count
        if len(values) != count or not all(map(is_finite, values)):
            raise TableInvalid(Why.TABLE_NUMBERS(key=key))
        return tuple(map(float, values))

    def choice(self, key: str, allowed: tuple[str, ...], default: Any = ...) -> Any:  # noqa: ANN401 - a literal
        """Take one of several words."""
        value = self.take(key, str, default)
        if value is not default and value not in allowed:
            raise TableInvalid(Why.TABLE_CHOICE(key=key, where=self._where, choices=", ".join(allowed)))
        return value

    def finish(self) -> None:
        """Refuse keys that were not taken: most are spelling mistakes."""
        if self._values:
            key = str(next(iter(self._values)))
            raise TableInvalid(Why.TABLE_UNKNOWN_KEY(where=self._where, key=key))


def is_finite(value: object) -> bool:
    """Return whether a value is a number that a float can hold; TOML has `inf`, `nan` and integers of any size."""
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        return False


def read_text(path: Path) -> str:
    """Read a file of UTF-8 text, with or without a byte order mark. Raises `CatalogInvalid`."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogInvalid(path, Why.TABLE_NOT_UTF8()) from error
    except (OSError, ValueError) as error:  # ValueError: names that no file can have
        raise CatalogInvalid(path, system_reason(error)) from error


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises `CatalogInvalid`."""
    text = read_text(path)
    try:
        return _parse_toml(text)
    except TableInvalid as error:
        raise CatalogInvalid(path, error.reason) from error


def parse_table(text: str) -> dict[str, Any]:
    """Return the object of a JSON text, or the table of a TOML text. Raises `TableInvalid`."""
    if not text.lstrip().startswith("{"):
        return _parse_toml(text)
    if len(text) > _LONGEST_JSON:
        raise TableInvalid(Why.FILE_BYTES(size=Bytes(len(text)), limit=Bytes(_LONGEST_JSON)))
    try:
        values: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise TableInvalid(Why.LIBRARY(text=str(error))) from error
    except RecursionError as error:
        raise TableInvalid(Why.TABLE_NESTED()) from error
    return values


def _parse_toml(text: str) -> dict[str, Any]:
    import tomllib  # here, since the window's first paint waits for this module

    if len(text) > _LONGEST_TOML:
        raise TableInvalid(Why.FILE_BYTES(size=Bytes(len(text)), limit=Bytes(_LONGEST_TOML)))
    # Dotted keys take tomllib a time that grows with the square of their parts: 100,000 of them more than 40 seconds.
    if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
        raise TableInvalid(Why.TABLE_NESTED())
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise TableInvalid(Why.LIBRARY(text=str(error))) from error
    except RecursionError as error:
        raise TableInvalid(Why.TABLE_NESTED()) from error
