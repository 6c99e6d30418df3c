"""The version resource of the Windows programs, shown by their properties and the task manager."""

import re
import sys
from pathlib import Path

from vgg_desktop import __version__

_FORM = """VSVersionInfo(
    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1),
    kids=[
        StringFileInfo([StringTable("040904B0", [{strings}])]),
        VarFileInfo([VarStruct("Translation", [0x409, 1200])]),
    ],
)
"""


def numbers(version: str) -> tuple[int, int, int, int]:
    """Return a version as the four numbers that Windows compares; what follows the third is left out."""
    first, second, third = re.findall(r"\d+", version)[:3]
    return int(first), int(second), int(third), 0


def text(name: str) -> str:
    """Return the resource of one program in PyInstaller's form."""
    facts = {
        "ProductName": "VGG Desktop",
        "FileDescription": "VGG Desktop",
        "ProductVersion": __version__,
        "FileVersion": __version__,
        "OriginalFilename": f"{name}.exe",
        "LegalCopyright": "Apache-2.0",
    }
    strings = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in facts.items())
    return _FORM.format(numbers=numbers(__version__), strings=strings)


def write(folder: Path, name: str) -> str | None:
    """Write the resource of one program into a folder and return its path; None where programs carry none."""
    if sys.platform == "win32":
        target = folder / f"{name}.version.txt"
        target.write_text(text(name), "utf-8")
        return str(target)
    return None
