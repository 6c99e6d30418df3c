"""What the person chose: sparse JSON that never fails to load."""

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from vgg_desktop import paths

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices; changed with `dataclasses.replace`."""

    model: str = "starter"
    top_k: int = 5


def _file() -> Path:
    return paths.config_folder() / "settings.json"


def load() -> Settings:
    """Read the settings; what is missing or of the wrong type gets its default, a broken file is set aside."""
    path = _file()
    try:
        values = json.loads(path.read_text("utf-8"))
        if not isinstance(values, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        logger.warning("settings not read: %s", error)
        try:
            path.replace(path.with_suffix(".json.bad"))
        except OSError:
            logger.warning("broken settings not set aside")
        return Settings()
    defaults = Settings()
    known = {
        field.name: values[field.name]
        for field in fields(Settings)
        if type(values.get(field.name)) is type(getattr(defaults, field.name))
    }
    if not 1 <= known.get("top_k", 5) <= 20:
        del known["top_k"]
    return Settings(**known)


def save(settings: Settings) -> None:
    """Write what differs from the defaults; a folder that cannot be written is noted and costs nothing else."""
    defaults = asdict(Settings())
    values = {key: value for key, value in asdict(settings).items() if value != defaults[key]}
    path = _file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".json.new")
        temporary.write_text(json.dumps(values, indent=1), "utf-8")
        temporary.replace(path)
    except OSError as error:
        logger.warning("settings not saved: %s", error)
