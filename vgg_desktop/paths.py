"""Where the app keeps its files, and where its bundled resources are. Nothing is computed at import."""

import os
from pathlib import Path

import platformdirs

from vgg_desktop.errors import NoHome

APP_NAME = "vgg-desktop"
HOME_VARIABLE = "VGG_DESKTOP_HOME"


def _user_folder(kind: str) -> Path:
    """Return one user folder: under `VGG_DESKTOP_HOME` when it is set, else the platform's default folder.

    Raises `NoHome`.
    """
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home).absolute() / kind
    try:
        folder = Path(getattr(platformdirs.PlatformDirs(APP_NAME, appauthor=False), f"user_{kind}_path"))
    except RuntimeError as error:  # a user without a home, as in some containers
        raise NoHome from error
    if not folder.is_absolute():  # older platformdirs leave "~" then
        raise NoHome
    return folder


def cache_folder() -> Path:
    """Return the folder of downloaded networks and what is derived from them: it can be downloaded again."""
    return _user_folder("cache")


def data_folder() -> Path:
    """Return the folder of imported networks: they cannot be downloaded again."""
    return _user_folder("data")


def config_folder() -> Path:
    """Return the folder of `settings.json` and the user's own `models.toml`."""
    return _user_folder("config")


def log_folder() -> Path:
    """Return the folder of the rotating logs and the crash file."""
    return _user_folder("log")


def resource(name: str) -> Path:
    """Return the path of a bundled file, such as `labels/imagenet.tsv`, in a checkout, a wheel or a frozen program."""
    package = Path(__file__).resolve().parent
    bundled = package / "resources"
    root = bundled if bundled.is_dir() else package.parent / "resources"
    return root / name
