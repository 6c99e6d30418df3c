"""What the user chose: sparse JSON that never fails to load."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from vgg_desktop import paths
from vgg_desktop.files import write_json
from vgg_desktop.tables import is_finite

logger = logging.getLogger(__name__)

APPEARANCES: Final = ("system", "light", "dark")
LANGUAGES: Final = ("", "en", "de", "ja", "xx")  # xx is the pseudo translation that shows texts left out
PRECISIONS: Final = ("exact", "fast")
TOP_K: Final = range(1, 21)
THREADS: Final = range(65)
RECENT: Final = 12


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices; changed with `dataclasses.replace`."""

    model: str = "starter"
    top_k: int = 5
    appearance: str = "system"
    language: str = ""  # "" is the system's
    precision: str = "exact"  # or "fast", in 8 bits or in half precision
    device: str = "auto"  # or a device's id
    threads: int = 0  # 0 leaves it to onnxruntime
    models_folder: str = ""  # "" is the user's cache
    fetch_links: bool = False
    check_updates: bool = False
    recent: tuple[str, ...] = ()  # the newest first
    speeds: tuple[tuple[str, float], ...] = ()  # milliseconds per picture by a network's id, sorted

    @property
    def models_cache(self) -> Path | None:
        """Return the folder chosen for downloaded networks, or `None` for the user's cache."""
        return Path(self.models_folder) if self.models_folder else None

    def speed(self, model: str) -> float | None:
        """Return the measured milliseconds per picture of a network, or `None` when it has not been measured."""
        return dict(self.speeds).get(model)

    def with_speed(self, model: str, milliseconds: float) -> "Settings":
        """Return the same choices with the speed of one network noted."""
        return replace(self, speeds=tuple(sorted({**dict(self.speeds), model: milliseconds}.items())))

    def with_recent(self, path: Path) -> "Settings":
        """Return the same choices with a file or folder at the head of those used last."""
        others = [entry for entry in self.recent if entry != str(path)]
        return replace(self, recent=(str(path), *others)[:RECENT])


def _file() -> Path:
    return paths.config_folder() / "settings.json"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not text")
    return value


def _name(value: object) -> str:
    if not _text(value).strip():
        raise ValueError("empty")
    return _text(value)


def _folder(value: object) -> str:
    text = _text(value)
    if text and (not Path(text).is_absolute() or "\0" in text):
        raise ValueError("not an absolute path")
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value


def _recent(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return tuple(dict.fromkeys(entry for entry in value if isinstance(entry, str) and entry))[:RECENT]


def _speeds(value: object) -> tuple[tuple[str, float], ...]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    known = {str(key): float(entry) for key, entry in value.items() if is_finite(entry) and entry > 0}
    return tuple(sorted(known.items()))


def _one_of(*choices: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if _text(value) not in choices:
            raise ValueError(f"not one of {', '.join(map(repr, choices))}")
        return _text(value)

    return read


def _within(numbers: range) -> Callable[[object], int]:
    def read(value: object) -> int:
        if type(value) is not int or value not in numbers:
            raise ValueError(f"not a whole number from {numbers[0]} to {numbers[-1]}")
        return value

    return read


_READERS: Final[dict[str, Callable[[object], Any]]] = {
    "model": _name,
    "top_k": _within(TOP_K),
    "appearance": _one_of(*APPEARANCES),
    "language": _one_of(*LANGUAGES),
    "threads": _within(THREADS),
    "models_folder": _folder,
    "precision": _one_of(*PRECISIONS),
    "device": _name,
    "fetch_links": _flag,
    "check_updates": _flag,
    "recent": _recent,
    "speeds": _speeds,
}


def _read(path: Path) -> dict[str, object]:
    """Read the file's object; raises `OSError` when it cannot be read, `ValueError` when it is broken."""
    try:
        values = json.loads(path.read_text("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(values, dict):
        raise ValueError("not an object")
    return values


def load() -> Settings:
    """Read the settings; what is missing or makes no sense gets its default, a broken file is set aside."""
    path = _file()
    try:
        values = _read(path)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        logger.warning("settings not read: %s", error)
        return Settings()
    except ValueError as error:
        logger.warning("settings set aside as %s.bad: %s", path.name, error)
        try:
            path.replace(path.with_suffix(".json.bad"))
        except OSError:
            logger.warning("broken settings not set aside")
        return Settings()
    known = {}
    for name, read in _READERS.items():
        if name in values:
            try:
                known[name] = read(values[name])
            except (ValueError, OverflowError) as error:
                logger.warning("setting %s left at its default: %s", name, error)
    return Settings(**known)


def _unknown(path: Path) -> dict[str, object]:
    """Return what a newer version keeps in the file, so that saving here does not lose it there."""
    try:
        return {key: value for key, value in _read(path).items() if key not in _READERS}
    except (OSError, ValueError):
        return {}


def _sparse(settings: Settings) -> dict[str, object]:
    defaults = Settings()
    values = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    values = {name: value for name, value in values.items() if value != getattr(defaults, name)}
    if "speeds" in values:
        values["speeds"] = dict(settings.speeds)
    return values


def save(settings: Settings) -> None:
    """Write what differs from the defaults; a folder that cannot be written is noted and costs nothing else."""
    path = _file()
    values = {**_unknown(path), **_sparse(settings)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, values)
    except OSError as error:
        logger.warning("settings not saved: %s", error)


def reset() -> Settings:
    """Forget every choice, those of a newer version too, and return the defaults."""
    try:
        _file().unlink(missing_ok=True)
    except OSError as error:
        logger.warning("settings not removed: %s", error)
    return Settings()
