"""Makes the Debian package from the folder that `installers.bundle` made; needs dpkg-dev, but not root.

    python -m installers.deb

The package is `dist/vgg-desktop_VERSION_ARCHITECTURE.deb`.
"""

import gzip
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from installers import bundle, icons
from vgg_desktop import __version__, cli

SOURCES = Path(__file__).resolve().parent / "linux"
STAGE = bundle.ROOT / "build/deb"
MAINTAINER = "The VGG Desktop contributors <vgg-desktop@users.noreply.github.com>"
# What Qt opens by name when it needs it; everything else is read out of the libraries.
OPENED_BY_NAME = ("libssl3",)
CONTROL = """Package: vgg-desktop
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: xdg-utils
Section: graphics
Priority: optional
Description: see what a neural network sees in a picture
 Drop a picture on the window and see the classes that a neural network finds
 most probable, as bars. It is worked out on your own computer; nothing leaves
 it. A network that recognises a thousand things comes with the program; the
 four VGG networks of the ONNX Model Zoo are downloaded on request, and ONNX
 classifiers can be imported.
"""


def now() -> datetime:
    """Return the time that the package states; `SOURCE_DATE_EPOCH` fixes it for builds that are to be the same."""
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(stated), UTC) if stated else datetime.now(UTC)


def fill(root: Path) -> None:
    """Lay out every file of the package but its control file."""
    share = root / "usr/share"
    shutil.copytree(bundle.FOLDER, root / "usr/lib/vgg-desktop", symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/vgg-desktop").symlink_to("../lib/vgg-desktop/vgg-desktop")
    for side in icons.LINUX_SIDES:
        icons.draw(side, share / f"icons/hicolor/{side}x{side}/apps/vgg-desktop.png")
    drawing = bundle.ROOT / "resources/icons/app.svg"
    put(share / "icons/hicolor/scalable/apps/vgg-desktop.svg", drawing.read_text("utf-8"))
    put(share / "applications/vgg-desktop.desktop", (SOURCES / "vgg-desktop.desktop").read_text("utf-8"))
    put(share / "metainfo/io.github.vgg_desktop.VggDesktop.metainfo.xml", metainfo())
    put(share / "man/man1/vgg-desktop.1.gz", man_page())
    put(share / "doc/vgg-desktop/copyright", (SOURCES / "copyright").read_text("utf-8"))
    put(share / "doc/vgg-desktop/changelog.gz", (bundle.ROOT / "CHANGELOG.md").read_text("utf-8"))
    put(share / "doc/vgg-desktop/changelog.Debian.gz", debian_changelog())
    put(share / "lintian/overrides/vgg-desktop", (SOURCES / "lintian-overrides").read_text("utf-8"))
    for each in root.rglob("*"):
        if not each.is_symlink():
            program = each.is_dir() or each.parent == root / "usr/lib/vgg-desktop"
            each.chmod(0o755 if program else 0o644)


def put(target: Path, text: str) -> None:
    """Write a text, compressed when the name ends in `.gz`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode("utf-8")
    target.write_bytes(gzip.compress(data, mtime=0) if target.suffix == ".gz" else data)


def metainfo() -> str:
    """Return the description for software centres, with this version."""
    form = (SOURCES / "vgg-desktop.metainfo.xml").read_text("utf-8")
    return form.replace("@VERSION@", __version__).replace("@DATE@", f"{now():%Y-%m-%d}")


def debian_changelog() -> str:
    """Return the package's own changelog, which only points at the program's."""
    entry = f"  * Version {__version__}; see changelog.gz."
    signed = f" -- {MAINTAINER}  {format_datetime(now())}"
    return f"vgg-desktop ({__version__}-1) stable; urgency=medium\n\n{entry}\n\n{signed}\n"


def man_page() -> str:
    """Return the manual page, made from the command line's help."""
    sections = [("vgg-desktop", told("--help")), *((each, told(each, "--help")) for each in cli.COMMANDS)]
    body = "".join(f".SS {name}\n.nf\n{_roff(text)}.fi\n" for name, text in sections)
    return (
        f'.TH VGG-DESKTOP 1 "{now():%Y-%m-%d}" "VGG Desktop {__version__}" "User Commands"\n'
        ".SH NAME\nvgg-desktop \\- see what a neural network sees in a picture\n"
        ".SH SYNOPSIS\n.B vgg-desktop\n[\\fIPICTURE\\fR ...]\n.br\n"
        ".B vgg-desktop\n\\fICOMMAND\\fR [\\fIOPTION\\fR ...]\n"
        ".SH DESCRIPTION\nWithout a command the window opens, with the pictures that are named.\n"
        f".SH COMMANDS\n{body}"
        ".SH FILES\nDownloaded networks are in the user's cache folder, imported ones in the user's data folder.\n"
        ".SH ENVIRONMENT\n.TP\n.B VGG_DESKTOP_HOME\nA folder that holds all of the program's files.\n"
        ".TP\n.B VGG_DESKTOP_MIRROR\nA base address that is asked for networks before the published ones.\n"
    )


def told(*arguments: str) -> str:
    """Return what the program prints."""
    command = [sys.executable, "-m", "vgg_desktop", *arguments]
    environment = {**os.environ, "COLUMNS": "76"}
    return subprocess.run(
        command, cwd=bundle.ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "".join(f"\\&{line}\n" if line[:1] in (".", "'") else f"{line}\n" for line in escaped.splitlines())


def dependencies(root: Path) -> str:
    """Return the system's packages that the program's libraries need, as dpkg reads it out of them."""
    home = root / "usr/lib/vgg-desktop"
    put(STAGE / "debian/control", "Source: vgg-desktop\n\nPackage: vgg-desktop\nArchitecture: any\n")
    libraries = [
        each for each in home.rglob("*") if each.is_file() and not each.is_symlink() and _is_elf(each)
    ]
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", f"-l{home}/_internal", *map(str, libraries)]
    done = subprocess.run(command, cwd=STAGE, capture_output=True, text=True, check=True)
    found = done.stdout.strip().removeprefix("shlibs:Depends=").split(", ")
    return ", ".join(
        sorted({*found, *OPENED_BY_NAME} - {name for name in OPENED_BY_NAME if _has(found, name)})
    )


def _has(found: list[str], name: str) -> bool:
    return any(each.split()[0] == name for each in found)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def build() -> Path:
    """Make the package and return its path."""
    shutil.rmtree(STAGE, ignore_errors=True)
    root = STAGE / "root"
    fill(root)
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    control = CONTROL.format(
        version=f"{__version__}-1",
        architecture=architecture,
        maintainer=MAINTAINER,
        kilobytes=bundle.size(list(root.rglob("*"))) // 1024,
        depends=dependencies(root),
    )
    put(root / "DEBIAN/control", control)
    target = bundle.ROOT / f"dist/vgg-desktop_{__version__}-1_{architecture}.deb"
    target.parent.mkdir(exist_ok=True)
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target)], check=True)
    return target


if __name__ == "__main__":
    made = build()
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
