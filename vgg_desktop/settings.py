"""The settings: sparse JSON whose loading never fails."""

import contextlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from vgg_desktop import paths
from vgg_desktop.files import make_private, write_json

logger = logging.getLogger(__name__)

APPEARANCES: Final = ("system", "light", "dark")
LANGUAGES: Final = ("", "en", "de", "ja", "xx")  # xx is the pseudo translation that shows texts left out
PRECISIONS: Final = ("exact", "fast")
TOP_K: Final = range(1, 21)
UNSURE: Final = range(100)  # percent
THREADS: Final = range(65)
RECENT: Final = 12


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; changed with `dataclasses.replace`."""

    model: str = "everyday"
    top_k: int = 5
    unsure_below: int = 30  # percent that the best class must have not to be called unsure
    appearance: str = "system"
    language: str = ""  # "" is the system's
    precision: str = "exact"  # or "fast", in 8 bits or in half precision
    device: str = "auto"  # or a device's id
    threads: int = 0  # 0 leaves it to onnxruntime
    models_folder: str = ""  # "" is the user's cache
    fetch_links: bool = False
    check_updates: bool = False
    recent: tuple[str, ...] = ()  # the newest first
    doubted: tuple[str, ...] = ()  # ids of imported networks that no preprocessing seems to fit
    speeds: tuple[tuple[str, float], ...] = ()  # milliseconds per picture by a network's id, sorted

    @property
    def models_cache(self) -> Path | None:
        """Return the folder chosen for downloaded networks, or `None` for the user's cache."""
        return Path(self.models_folder) if self.models_folder else None

    def speed(self, model: str) -> float | None:
        """Return the measured milliseconds per picture of a network, or `None` when it has not been measured."""
        return dict(self.speeds).get(model)

    def with_speed(self, model: str, milliseconds: float) -> "Settings":
        """Return the same settings with the speed of one network."""
        return replace(self, speeds=tuple(sorted({**dict(self.speeds), model: milliseconds}.items())))

    def with_doubt(self, model: str, doubted: bool) -> "Settings":
        """Return the same settings with a network among those that are doubted, or not."""
        others = tuple(id for id in self.doubted if id != model)
        return replace(self, doubted=(*others, model) if doubted else others)

    def with_recent(self, path: Path) -> "Settings":
        """Return the same settings with a file or folder as the most recent one."""
        others = [entry for entry in self.recent if entry != str(path)]
        return replace(self, recent=(str(path), *others)[:RECENT])


def _file() -> Path:
    return paths.config_folder() / "settings.json"


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_folder(value: object) -> bool:
    return isinstance(value, str) and (not value or (Path(value).is_absolute() and "\0" not in value))


def _is_a(kind: type, value: object) -> bool:
    return isinstance(value, kind)


def _is_in(numbers: range, value: object) -> bool:
    return type(value) is int and value in numbers


def _texts(value: list[object], most: int | None = None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry for entry in value if isinstance(entry, str) and entry))[:most]


def _speeds(value: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    # Here, since without measurements the first paint needs no tables.
    from vgg_desktop.tables import is_finite

    known = {key: float(entry) for key, entry in value.items() if is_finite(entry) and entry > 0}
    return tuple(sorted(known.items()))


_IS_VALID: Final[dict[str, Callable[[Any], bool]]] = {
    "model": _is_name,
    "top_k": partial(_is_in, TOP_K),
    "unsure_below": partial(_is_in, UNSURE),
    "appearance": APPEARANCES.__contains__,
    "language": LANGUAGES.__contains__,
    "threads": partial(_is_in, THREADS),
    "models_folder": _is_folder,
    "precision": PRECISIONS.__contains__,
    "device": _is_name,
    "fetch_links": partial(_is_a, bool),
    "check_updates": partial(_is_a, bool),
    "recent": partial(_is_a, list),
    "doubted": partial(_is_a, list),
    "speeds": partial(_is_a, dict),
}
_CONVERTED: Final[dict[str, Callable[[Any], Any]]] = {
    "recent": partial(_texts, most=RECENT),
    "doubted": _texts,
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
    make_private(path)  # older versions let others read it
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
    for name, is_valid in _IS_VALID.items():
        if name in values and is_valid(values[name]):
            known[name] = _CONVERTED.get(name, lambda value: value)(values[name])
        elif name in values:
            logger.warning("setting %s left at its default, not %.80r", name, values[name])
    return Settings(**known)


def save(settings: Settings) -> None:
    """Write what differs from the defaults, and keep what a newer version has in the file.

    A folder that cannot be written is logged and costs nothing else.
    """
    path = _file()
    values: dict[str, object] = {}
    with contextlib.suppress(OSError, ValueError):
        values = {key: value for key, value in _read(path).items() if key not in _IS_VALID}
    chosen, defaults = asdict(settings), asdict(Settings())
    values |= {key: value for key, value in chosen.items() if value != defaults[key]}
    if settings.speeds:
        values["speeds"] = dict(settings.speeds)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, values, private=True)  # it has the names of pictures
    except OSError as error:
        logger.warning("settings not saved: %s", error)
