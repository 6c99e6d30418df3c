"""Fills the manifests of winget and Homebrew for installers that lie in `dist`; writes SHA-256 sums and `version.json`.

    python -m installers.channels HOMEPAGE ADDRESS

ADDRESS is where the installers can be downloaded, without their names. Everything is written into `dist`.
"""

import hashlib
import json
import sys
from pathlib import Path

from vgg_desktop import __version__

HERE = Path(__file__).resolve().parent
# What is filled in, and for which installer.
MANIFESTS = {"windows/winget/*.yaml": "*-windows-x64.exe", "macos/*.rb": "*-macos-arm64.dmg"}


def fill(form: str, installer: Path, homepage: str, address: str) -> str:
    """Fill one manifest."""
    values = {
        "@VERSION@": __version__,
        "@SHA256@": hashlib.sha256(installer.read_bytes()).hexdigest(),
        "@ADDRESS@": f"{address.rstrip('/')}/{installer.name}",
        "@HOMEPAGE@": homepage,
    }
    for name, value in values.items():
        form = form.replace(name, value)
    return form


def write(folder: Path, homepage: str, address: str) -> None:
    """Write the manifests of the installers that lie in a folder, and the sums of all its files, into it."""
    for forms, pattern in MANIFESTS.items():
        for installer in folder.glob(pattern):
            for form in HERE.glob(forms):
                text = fill(form.read_text("utf-8"), installer, homepage, address)
                (folder / form.name).write_text(text, "utf-8")
    # What the program asks for when a user wants to know whether there is a newer version.
    release = {"version": __version__, "page": f"{homepage}/releases/tag/v{__version__}"}
    (folder / "version.json").write_text(json.dumps(release), "utf-8")
    files = sorted(each for each in folder.iterdir() if each.is_file() and each.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files]
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")


if __name__ == "__main__":
    write(HERE.parent / "dist", sys.argv[1], sys.argv[2])
