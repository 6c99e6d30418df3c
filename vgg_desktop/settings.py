"""The settings: sparse JSON whose loading never fails.

What the administrator of the computer writes in a file of the same kind (`paths.machine_settings`) is the default of
all users; its list `locked` names the keys that users cannot change.
"""

import contextlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from vgg_desktop import paths
from vgg_desktop.errors import SettingsInvalid
from vgg_desktop.files import make_private, write_json

logger = logging.getLogger(__name__)

APPEARANCES: Final = ("system", "light", "dark")
LANGUAGES: Final = ("", "en", "de", "ja", "xx")  # xx is the pseudo translation that shows texts left out
PRECISIONS: Final = ("exact", "fast")
TOP_K: Final = range(1, 21)
UNSURE: Final = range(100)  # percent
THREADS: Final = range(65)
HISTORY_LIMIT: Final = range(10, 100_001)  # megabytes
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
    downloads: bool = True  # whether networks may be downloaded
    mirror: str = ""  # the base address that is tried before a network's own
    shared_networks: str = ""  # a folder of networks that is only read; "" is none
    history: bool = True  # whether `recent`, the results and the open pictures are kept
    history_limit: int = 1000  # megabytes that the results may take
    recent: tuple[str, ...] = ()  # the newest first
    doubted: tuple[str, ...] = ()  # ids of imported networks that no preprocessing seems to fit
    speeds: tuple[tuple[str, float], ...] = ()  # milliseconds per picture by a network's id, sorted
    locked: frozenset[str] = frozenset()  # the fields that the administrator keeps as they are

    def __post_init__(self) -> None:
        """Forget what was opened where that is not to be kept."""
        if not self.history:
            object.__setattr__(self, "recent", ())

    @property
    def models_cache(self) -> Path | None:
        """Return the folder chosen for downloaded networks, or `None` for the user's cache."""
        return Path(self.models_folder) if self.models_folder else None

    @property
    def shared_folder(self) -> Path | None:
        """Return the folder of networks that is only read, or `None`."""
        return Path(self.shared_networks) if self.shared_networks else None

    def is_off(self, switch: str) -> bool:
        """Return whether the administrator has switched something off: one of `SWITCHES`."""
        return switch in self.locked and not getattr(self, switch)

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
    return paths.config_folder() / paths.SETTINGS


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_folder(value: object) -> bool:
    return isinstance(value, str) and (not value or (Path(value).is_absolute() and "\0" not in value))


def _is_a(kind: type, value: object) -> bool:
    return isinstance(value, kind)


def _is_address(value: object) -> bool:
    return isinstance(value, str) and (not value or value.startswith(("https://", "http://")))


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
    "downloads": partial(_is_a, bool),
    "mirror": _is_address,
    "shared_networks": _is_folder,
    "history": partial(_is_a, bool),
    "history_limit": partial(_is_in, HISTORY_LIMIT),
    "recent": partial(_is_a, list),
    "doubted": partial(_is_a, list),
    "speeds": partial(_is_a, dict),
}
_CONVERTED: Final[dict[str, Callable[[Any], Any]]] = {
    "recent": partial(_texts, most=RECENT),
    "doubted": _texts,
    "speeds": _speeds,
}


# What the administrator can forbid: locked without a value, these are off.
SWITCHES: Final = ("fetch_links", "downloads", "check_updates", "history")
_OF_USERS: Final = ("recent", "doubted", "speeds")  # found out, not chosen
_OPEN: Final = ("model", "precision")  # only defaults: every import and removal of a network changes them


@dataclass(frozen=True, slots=True)
class Machine:
    """What the administrator set: values and locked keys; `path` is None where there is no such file."""

    path: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    problem: SettingsInvalid | None = None  # why the file cannot be used

    def __str__(self) -> str:
        """Return in English where they come from and what is locked."""
        if self.path is None:
            return "none"
        state = "cannot be used" if self.problem is not None else "used"
        return f"{self.path} ({state}; locked: {', '.join(sorted(self.locked)) or 'nothing'})"


def read_machine() -> Machine:
    """Read what the administrator set for all users.

    Of a file that cannot be used nobody knows what it forbids: all that it could is then switched off, and the rest is
    as if there was none.
    """
    path = paths.machine_settings()
    if path is None:
        return Machine()
    try:
        values = _read(path)
        locked = values.pop("locked", [])
        if not isinstance(locked, list) or not all(isinstance(each, str) for each in locked):
            raise ValueError("locked is not a list of keys")
        keys = _IS_VALID.keys() - set(_OF_USERS)
        if wrong := [
            key for key in locked if key in keys & values.keys() and not _IS_VALID[key](values[key])
        ]:
            raise ValueError(f"{wrong[0]} is locked and cannot be {values[wrong[0]]!r:.80}")
    except (OSError, ValueError) as error:
        from vgg_desktop.system_errors import system_reason  # here, since few starts need it
        from vgg_desktop.why import Why

        reason = system_reason(error) if isinstance(error, OSError) else Why.LIBRARY(text=str(error))
        problem = SettingsInvalid(path, reason)
        _warn_once(str(problem))
        # What was opened last is not shown meanwhile, and stays in the user's file.
        return Machine(path, dict.fromkeys(SWITCHES, False), frozenset((*SWITCHES, "recent")), problem)
    for key in values.keys() - keys:
        _warn_once(f"{path}: {key} is unknown and has no effect")
    for key in set(locked) - keys | set(locked) & set(_OPEN):
        _warn_once(f"{path}: {key} cannot be locked")
    found = _known({key: value for key, value in values.items() if key in keys}, path)
    off = {key: False for key in SWITCHES if key in locked}
    return Machine(path, {**off, **found}, frozenset(locked) & keys - set(_OPEN))


@cache
def _warn_once(text: str) -> None:
    """Log what every reading of the same file would say."""
    logger.warning("%s", text)


def defaults() -> Settings:
    """Return what a user has who has chosen nothing."""
    machine = read_machine()
    return Settings(**machine.values, locked=machine.locked)


def _known(values: Mapping[str, object], path: Path, skipped: Iterable[str] = ()) -> dict[str, Any]:
    """Return the fields that a file sets; what makes no sense is logged."""
    known = {}
    for name in [each for each in _IS_VALID if each in values and each not in skipped]:
        if _IS_VALID[name](values[name]):
            known[name] = _CONVERTED.get(name, lambda value: value)(values[name])
        else:
            _warn_once(f"{path}: setting {name} left at its default, not {values[name]!r:.80}")
    return known


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
    path, base = _file(), defaults()
    make_private(path)  # older versions let others read it
    try:
        values = _read(path)
    except FileNotFoundError:
        return base
    except OSError as error:
        logger.warning("settings not read: %s", error)
        return base
    except ValueError as error:
        logger.warning("settings set aside as %s.bad: %s", path.name, error)
        try:
            path.replace(path.with_suffix(".json.bad"))
        except OSError:
            logger.warning("broken settings not set aside")
        return base
    return replace(base, **_known(values, path, base.locked))


def save(settings: Settings) -> None:
    """Write what differs from the defaults, and keep what a newer version has in the file, or what is locked now.

    A folder that cannot be written is logged and costs nothing else.
    """
    path, base = _file(), defaults()
    own = _IS_VALID.keys() - base.locked
    values: dict[str, object] = {}
    with contextlib.suppress(OSError, ValueError):
        values = {key: value for key, value in _read(path).items() if key not in own}
    chosen, usual = asdict(settings), asdict(base)
    values |= {key: chosen[key] for key in _IS_VALID if key in own and chosen[key] != usual[key]}
    if settings.speeds:
        values["speeds"] = dict(settings.speeds)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, values, private=True)  # it has the names of pictures
    except OSError as error:
        logger.warning("settings not saved: %s", error)
