"""Where the app keeps its files, and where its bundled resources are. Nothing is computed at import."""

import errno
import os
import sys
from pathlib import Path

import platformdirs

from vgg_desktop.errors import NoHome

APP_NAME = "vgg-desktop"
HOME_VARIABLE = "VGG_DESKTOP_HOME"
MACHINE_VARIABLE = "VGG_DESKTOP_MACHINE"
SETTINGS = "settings.json"
_COMMON_APPDATA = 0x23  # CSIDL


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


def machine_settings() -> Path | None:
    """Return the file in which the administrator sets something for all users, or None where there is none.

    A user's environment does not decide where it is, or they could escape from its locks: neither `XDG_CONFIG_DIRS` nor
    `ProgramData` counts, and `VGG_DESKTOP_MACHINE`, which names another folder for trials, only where there is none. A
    file that this user may not look at is there too.
    """
    trial = os.environ.get(MACHINE_VARIABLE)
    for folder in (_machine_folder(), *([Path(trial).absolute()] if trial else [])):
        try:
            (folder / SETTINGS).lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            pass
        return folder / SETTINGS
    return None


def _machine_folder() -> Path:
    if sys.platform == "win32":
        import ctypes

        name = ctypes.create_unicode_buffer(260)
        found = ctypes.windll.shell32.SHGetFolderPathW(None, _COMMON_APPDATA, None, 0, name) == 0
        place = name.value if found else r"C:\ProgramData"
    elif sys.platform == "darwin":
        place = "/Library/Application Support"
    else:
        place = "/etc/xdg"
    return Path(place) / APP_NAME


def log_folder() -> Path:
    """Return the folder of the rotating logs and the crash file."""
    return _user_folder("log")


def resolve(path: Path) -> Path:
    """Return where a path leads to; itself where that cannot be found out."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # RuntimeError: links that go round
        return Path(os.path.abspath(path))  # noqa: PTH100 - without `..`


def target_of(path: Path) -> Path:
    """Return the file that a path leads to, or would. Raises `OSError` where it can be none."""
    target = resolve(path)
    if not target.name:  # the root of a disk, or one of Windows' devices such as NUL
        number, windows = (errno.EISDIR, None) if target.is_dir() else (errno.EINVAL, 123)
        raise OSError(number, os.strerror(number), str(path), windows)
    return target


def extended(path: Path, room: int = 0) -> Path:
    """Return a path as Windows takes it whatever its length; where it is short, and elsewhere, the path itself.

    `room` is how many characters names below it may have. Without the prefix, most installations of Windows take files
    of 259 characters and folders of 247.
    """
    if sys.platform == "win32":
        text = os.path.abspath(path)  # noqa: PTH100 - what has the prefix must have no `..` in it
        if len(text) + room > 247 and not text.startswith(("\\\\?\\", "\\\\.\\")):
            return Path(f"\\\\?\\UNC{text[1:]}" if text.startswith("\\\\") else f"\\\\?\\{text}")
    return path


def plain(path: Path | str) -> Path:
    """Return a path as the user knows it, without the prefix of `extended`."""
    text = str(path)
    if text.startswith("\\\\?\\UNC\\"):
        return Path(f"\\{text[7:]}")
    return Path(text.removeprefix("\\\\?\\"))


def resource(name: str) -> Path:
    """Return the path of a bundled file, such as `labels/imagenet.tsv`, in a checkout, a wheel or a frozen program."""
    package = Path(__file__).resolve().parent
    bundled = package / "resources"
    root = bundled if bundled.is_dir() else package.parent / "resources"
    return root / name
