"""Makes the Windows installer from a folder with the programs; needs NSIS's `makensis`, on Windows or Linux.

    python -m installers.windows_setup [FOLDER]

The installer is `dist/VGG-Desktop-VERSION-windows-ARCHITECTURE.exe`. With a certificate in the environment (see
`installers.signing`) the programs, the installer and the uninstaller are signed.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from installers import bundle, icons, signing, windows_version
from vgg_desktop import __version__
from vgg_desktop.images.kinds import EXTENSIONS

SCRIPT = Path(__file__).resolve().parent / "windows/setup.nsi"
WORK = bundle.ROOT / "build/windows"


def generated(payload: Path) -> str:
    """Return the macros that name every extension, and every file to delete: the user's own are never touched."""
    files: list[str] = []
    folders: list[str] = []
    for each in sorted(payload.rglob("*"), reverse=True):  # what is inside a folder comes before it
        place = "$INSTDIR\\" + str(each.relative_to(payload)).replace("/", "\\").replace("$", "$$")
        (folders if each.is_dir() else files).append(place)
    return _macro(
        "DeletePayload", [f'Delete "{each}"' for each in files] + [f'RMDir "{each}"' for each in folders]
    ) + (_macro("Extensions do", [f'!insertmacro ${{do}} "{each}"' for each in EXTENSIONS]))


def _macro(name: str, lines: Iterable[str]) -> str:
    return "\n".join([f"!macro {name}", *(f"  {line}" for line in lines), "!macroend", ""])


def build(
    payload: Path,
    *,
    version: str = __version__,
    folder: Path = bundle.ROOT / "dist",
    compressor: str = "/SOLID lzma",
) -> Path:
    """Compile the installer of a payload into a folder and return its path. Raises `CalledProcessError`."""
    WORK.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"VGG-Desktop-{version}-windows-{_architecture()}.exe"
    include = WORK / "generated.nsh"
    include.write_text(generated(payload), "utf-8")
    values = {
        "VERSION": version,
        "FOUR_PART_VERSION": ".".join(map(str, windows_version.numbers(version))),
        "PAYLOAD": payload,
        "ICON": icons.windows_icon(WORK),
        "SIDE_PICTURE": icons.installer_picture(WORK),
        "COMPRESSOR": compressor,
        "KILOBYTES": bundle.size(list(payload.rglob("*"))) // 1024,
        "OUTPUT": target,
        "GENERATED": include,
    }
    if signing.has_certificate():
        for program in sorted(payload.glob("*.exe")):
            signing.sign(program)
        values["SIGN"] = f'"{sys.executable}" -m installers.signing'
    defines = [f"-D{name}={value}" for name, value in values.items()]
    environment = {**os.environ, "PYTHONPATH": str(bundle.ROOT)}
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defines, str(SCRIPT)]
    subprocess.run(command, env=environment, check=True)
    return target


def _architecture() -> str:
    return "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x64"


if __name__ == "__main__":
    made = build(Path(sys.argv[1]).resolve() if sys.argv[1:] else bundle.WINDOWS_FOLDER)
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
