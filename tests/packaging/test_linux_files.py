"""What a Linux desktop reads: the entry, the description for software centres, the manual; and the spec itself."""

import gzip
import mimetypes
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from installers import bundle, deb, icons
from vgg_desktop import __version__, cli
from vgg_desktop.images.kinds import EXTENSIONS

ENTRY = deb.SOURCES / "vgg-desktop.desktop"


def entry() -> dict[str, str]:
    lines = [line for line in ENTRY.read_text("utf-8").splitlines() if "=" in line]
    return dict(line.split("=", 1) for line in lines)


def test_the_desktop_offers_the_program_for_every_kind_of_picture() -> None:
    offered = set(entry()["MimeType"].rstrip(";").split(";"))
    # For these Python has another name, or none; an animated PNG is a PNG to the desktop.
    ours = {".heif": "image/heif", ".webp": "image/webp", ".bmp": "image/bmp", ".apng": "image/png"}
    known = {extension: ours.get(extension) or mimetypes.types_map.get(extension) for extension in EXTENSIONS}
    assert {kind for kind in known.values() if kind} <= offered


def test_the_entry_starts_the_window_and_speaks_every_language() -> None:
    words = entry()
    assert words["Exec"] == "vgg-desktop gui %F"
    assert all(f"Comment[{language}]" in words for language in ("de", "ja"))


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not here")
def test_the_entry_is_valid() -> None:
    done = subprocess.run(["desktop-file-validate", str(ENTRY)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_description_states_this_version() -> None:
    release = ElementTree.fromstring(deb.metainfo()).find("releases/release")
    assert release is not None
    assert release.get("version") == __version__


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstream is not here")
def test_the_description_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "io.github.vgg_desktop.VggDesktop.metainfo.xml"
    file.write_text(deb.metainfo(), "utf-8")
    command = ["appstreamcli", "validate", "--no-net", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_manual_names_every_command(tmp_path: Path) -> None:
    deb.put(tmp_path / "vgg-desktop.1.gz", deb.man_page())
    text = gzip.decompress((tmp_path / "vgg-desktop.1.gz").read_bytes()).decode("utf-8")
    assert all(f".SS {command}\n" in text for command in cli.COMMANDS)
    assert "\n'" not in text


def test_icons_have_their_sizes(tmp_path: Path) -> None:
    with Image.open(icons.draw(48, tmp_path / "icon.png")) as image:
        assert image.size == (48, 48)
    with Image.open(icons.windows_icon(tmp_path)) as image:
        assert {(side, side) for side in icons.WINDOWS_SIDES} == image.info["sizes"]
    with Image.open(icons.mac_icon(tmp_path)) as image:
        assert image.format == "ICNS"


def test_the_spec_is_short_and_never_strips() -> None:
    text = (bundle.ROOT / "pyinstaller.spec").read_text("utf-8")
    assert len(text.splitlines()) < 90
    assert "strip=True" not in text
    assert "upx=True" not in text


@pytest.mark.skipif(sys.platform != "linux", reason="ldd is Linux's")
def test_a_missing_library_is_found(tmp_path: Path) -> None:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no compiler here")
    internal = tmp_path / "_internal"
    internal.mkdir()
    source = tmp_path / "empty.c"
    source.write_text("int empty(void) { return 0; }\n", "utf-8")
    needed, needing = tmp_path / "libneeded.so", internal / "libneeding.so"
    subprocess.run([compiler, "-shared", "-o", str(needed), str(source)], check=True)
    words = [
        compiler,
        "-shared",
        "-Wl,--no-as-needed",
        "-o",
        str(needing),
        str(source),
        f"-L{tmp_path}",
        "-lneeded",
    ]
    subprocess.run(words, check=True)
    assert bundle.missing_libraries(tmp_path) == ["_internal/libneeding.so: libneeded.so"]
    shutil.move(needed, internal)
    assert bundle.missing_libraries(tmp_path) == []
