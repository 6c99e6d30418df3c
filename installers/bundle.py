"""Makes the program's folder with PyInstaller, refuses one that lacks a library, and measures it.

    python -m installers.bundle [--no-measuring]

The folder is `build/bundle/vgg-desktop`, on Windows `build/bundle-windows/vgg-desktop`, on macOS also `build/bundle/VGG
Desktop.app`.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from installers import first_paint, parts

ROOT = Path(__file__).resolve().parent.parent
# Not the same, as Windows under Wine shares the project's folder with Linux.
WINDOWS_FOLDER = ROOT / "build/bundle-windows/vgg-desktop"
FOLDER = WINDOWS_FOLDER if sys.platform == "win32" else ROOT / "build/bundle/vgg-desktop"
CONSOLE = FOLDER / ("vgg-desktop.exe" if sys.platform == "win32" else "vgg-desktop")


class IncompleteBundle(Exception):
    """The folder would not run on another computer."""


def build() -> None:
    """Run PyInstaller. Raises `IncompleteBundle`, `CalledProcessError`."""
    places = ["--distpath", str(FOLDER.parent), "--workpath", f"{FOLDER.parent}-work"]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}  # the icons are drawn by Qt
    subprocess.run([*command, str(ROOT / "pyinstaller.spec")], cwd=ROOT, env=environment, check=True)
    missing = missing_libraries(FOLDER) if sys.platform == "linux" else []
    if missing:
        raise IncompleteBundle("These libraries are missing on this computer:\n" + "\n".join(missing))


def missing_libraries(folder: Path) -> list[str]:
    """Return what the libraries in a folder ask for and neither the folder nor this Linux system has.

    PyInstaller only warns of it, and the window of such a program does not open.
    """
    internal = folder / "_internal"
    environment = {**os.environ, "LD_LIBRARY_PATH": str(internal)}
    found = []
    for library in sorted(internal.rglob("*.so*")):
        if library.is_symlink() and not library.exists():
            found.append(f"{library.relative_to(folder)}: leads nowhere")
        if library.is_symlink():
            continue
        told = subprocess.run(
            ["ldd", str(library)], env=environment, capture_output=True, text=True, check=False
        )
        for line in told.stdout.splitlines():
            if "not found" in line:
                found.append(f"{library.relative_to(folder)}: {line.split()[0]}")
    return found


def size(files: list[Path]) -> int:
    """Return the size of files on the disk together, in bytes."""
    return sum(each.lstat().st_size for each in files if not each.is_dir() or each.is_symlink())


def plain_files() -> list[Path]:
    """Return the files of the program and of the installed packages that it needs, without Python's own."""
    installed = [Path(str(each.locate_file(file))) for each in parts.needed() for file in each.files or ()]
    own = [*(ROOT / "vgg_desktop").rglob("*.py"), *(ROOT / "resources").rglob("*")]
    return [each for each in installed if each.exists()] + own


def report() -> str:
    """Measure the folder against the plain environment and print a table."""
    bundle, plain = list(FOLDER.rglob("*")), plain_files()
    rows: list[tuple[str, ...]] = [("", "bundle", "plain environment")]
    rows.append(("on disk", f"{size(bundle) / 1e6:.0f} MB", f"{size(plain) / 1e6:.0f} MB and Python"))
    if sys.platform == "linux":
        commands = [[str(CONSOLE)], [sys.executable, "-m", "vgg_desktop"]]
        warm, cold = first_paint.medians(commands), first_paint.medians(commands, forget=bundle + plain)
        rows.append(("window painted", *(f"{each:.2f} s" for each in warm)))
        rows.append(("with its files not in memory", *(f"{each:.2f} s" for each in cold)))
    return "\n".join(f"{name:30} {ours:>10} {theirs:>22}" for name, ours, theirs in rows)


def main() -> None:
    """Build, check and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--no-measuring", action="store_true", help="only build and check")
    options = parser.parse_args()
    build()
    print(FOLDER)
    if not options.no_measuring:
        print(report())


if __name__ == "__main__":
    main()
