"""What winget, Homebrew and the users who check sums read."""

import hashlib
import plistlib
import re
import subprocess
import sys
from pathlib import Path

from installers import bundle, channels, parts
from vgg_desktop import __version__
from vgg_desktop.ui.updates import Release, parse_release

HOMEPAGE, ADDRESS = "https://example.org/vgg-desktop", "https://example.org/vgg-desktop/download/"


def test_manifests_name_the_installers_and_their_sums(tmp_path: Path) -> None:
    windows = tmp_path / f"VGG-Desktop-{__version__}-windows-x64.exe"
    mac = tmp_path / f"VGG-Desktop-{__version__}-macos-arm64.dmg"
    windows.write_bytes(b"MZ")
    mac.write_bytes(b"koly")
    channels.write(tmp_path, HOMEPAGE, ADDRESS)
    for name, installer in (("VggDesktop.VggDesktop.installer.yaml", windows), ("vgg-desktop.rb", mac)):
        text = (tmp_path / name).read_text("utf-8")
        assert f'"{ADDRESS}{installer.name}"' in text
        assert hashlib.sha256(installer.read_bytes()).hexdigest() in text
    assert len(list(tmp_path.glob("VggDesktop.VggDesktop*.yaml"))) == 3
    for made in (*tmp_path.glob("*.yaml"), *tmp_path.glob("*.rb")):
        text = made.read_text("utf-8")
        assert __version__ in text
        assert re.findall("@[A-Z0-9]+@", text) == []


def test_every_file_has_its_sum(tmp_path: Path) -> None:
    (tmp_path / "a.deb").write_bytes(b"!<arch>")
    channels.write(tmp_path, HOMEPAGE, ADDRESS)
    channels.write(tmp_path, HOMEPAGE, ADDRESS)
    lines = (tmp_path / "SHA256SUMS").read_text("utf-8").splitlines()
    assert [line.partition("  ")[2] for line in lines] == ["a.deb", "version.json"]
    assert lines[0].startswith(hashlib.sha256(b"!<arch>").hexdigest())


def test_the_app_understands_what_tells_of_the_release(tmp_path: Path) -> None:
    channels.write(tmp_path, HOMEPAGE, ADDRESS)
    release = parse_release((tmp_path / "version.json").read_bytes())
    assert release == Release(__version__, f"{HOMEPAGE}/releases/tag/v{__version__}")


def test_channels_need_no_other_package() -> None:
    heavy = ("PIL", "PySide6", "platformdirs")
    code = f"import sys, installers.channels; print(*(each for each in {heavy} if each in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=bundle.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_the_bill_of_materials_names_what_the_program_needs_and_no_more() -> None:
    names = {each.name.lower() for each in parts.needed()}
    assert {"numpy", "pillow", "pyside6-essentials", "platformdirs"} <= {
        name.replace("_", "-") for name in names
    }
    assert not names & {"pytest", "mypy", "vgg-desktop"}
    listed = parts.bill_of_materials()["components"]
    assert isinstance(listed, list)
    assert len(listed) == len(names) + 1
    assert any(str(each.get("purl")).startswith("pkg:pypi/numpy@") for each in listed)


def test_the_entitlements_can_be_read() -> None:
    rights = plistlib.loads((bundle.ROOT / "installers/macos/entitlements.plist").read_bytes())
    assert all(rights.values())
