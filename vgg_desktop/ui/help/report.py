"""The text of a report: facts about the program and this computer, without what is private. In English."""

import os
import re
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from vgg_desktop import logs, paths
from vgg_desktop.settings import Settings

# Those whose values are the user's own; only whether they are set matters.
_PRIVATE = ("models_folder", "shared_networks", "mirror", "recent")


def make_report(settings: Settings, diagnosis: str) -> str:
    """Return the whole text; `diagnosis` is the block of `diagnostics.diagnose`, which may come later."""
    parts = [diagnosis, _display(), _settings(settings)]
    crash = logs.last_crash()
    parts.append(f"Last crash:\n{crash.rstrip()}" if crash else "Last crash: none")
    return without_private("\n\n".join(filter(None, parts)))


def without_private(text: str) -> str:
    """Return a text without the home folder and the user's name in paths."""
    homes = {Path.home(), paths.resolve(Path.home())}
    if home := os.environ.get(paths.HOME_VARIABLE):
        homes |= {Path(home).absolute(), paths.resolve(Path(home))}
    names = {Path.home().name, os.environ.get("USER", ""), os.environ.get("USERNAME", "")}
    for each in sorted(map(str, homes), key=len, reverse=True):
        if len(each) > 1:  # not the root of a disk
            for written in {each, each.replace("\\", "/"), each.replace("\\", "\\\\")}:
                text = re.sub(rf"{re.escape(written)}(?![\w.-])", "~", text, flags=re.IGNORECASE)
    for name in filter(None, names):
        text = re.sub(rf"(?<=[/\\]){re.escape(name)}(?=[/\\])", "user", text, flags=re.IGNORECASE)
    return text


def _display() -> str:
    screens = (
        f"{each.size().width()} x {each.size().height()} at {each.devicePixelRatio():g}"
        for each in QGuiApplication.screens()
    )
    return "\n".join(
        (
            f"Window system: {QGuiApplication.platformName()}",
            f"Screens: {', '.join(screens)}",
            f"Language of the system: {QLocale.system().name()}",
        )
    )


def _settings(settings: Settings) -> str:
    lines = ["Settings:"]
    for name in Settings.__dataclass_fields__:
        value = getattr(settings, name)
        if name in _PRIVATE:
            value = f"{len(value)} entries" if isinstance(value, tuple) else "set" if value else "not set"
        elif isinstance(value, tuple | frozenset):
            value = ", ".join(map(str, sorted(value))) or "none"
        lines.append(f"  {name}: {value!s}")
    return "\n".join(lines)
