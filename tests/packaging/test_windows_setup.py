"""The Windows installer: compiled with a stand-in for the programs, and under Wine installed, upgraded and removed."""

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from installers import signing, windows_setup, windows_version
from vgg_desktop.images.kinds import EXTENSIONS

KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\VGG Desktop"
UNINSTALL, UNINSTALL_ALL = rf"HKCU\{KEY}", rf"HKLM\{KEY}"
needs_nsis = pytest.mark.skipif(shutil.which("makensis") is None, reason="there is no makensis here")
needs_wine = pytest.mark.skipif(shutil.which("wine") is None, reason="there is no Wine here")


def make_payload(folder: Path, *extra: str) -> Path:
    for name in ("VGG Desktop.exe", "vgg-desktop.exe", "_internal/vgg_desktop/resources/a $name.txt", *extra):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a stand-in", "utf-8")
    return folder


def test_what_is_inside_a_folder_is_deleted_before_it(tmp_path: Path) -> None:
    text = windows_setup.generated(make_payload(tmp_path))
    file = text.index(r'Delete "$INSTDIR\_internal\vgg_desktop\resources\a $$name.txt"')
    inner = text.index(r'RMDir "$INSTDIR\_internal\vgg_desktop\resources"')
    outer = text.index(r'RMDir "$INSTDIR\_internal"')
    assert file < inner < outer
    assert "/r" not in text
    assert all(f'"{each}"' in text for each in EXTENSIONS)


def test_windows_compares_four_numbers() -> None:
    assert windows_version.numbers("1.20.3") == (1, 20, 3, 0)
    assert windows_version.numbers("0.2.0rc1+local.7") == (0, 2, 0, 0)
    assert "filevers=(" in windows_version.text("vgg-desktop")
    assert "vgg-desktop.exe" in windows_version.text("vgg-desktop")


def test_nothing_is_signed_without_a_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(signing.CERTIFICATE, raising=False)
    program = make_payload(tmp_path) / "vgg-desktop.exe"
    signing.sign(program)
    assert "not signed" in capsys.readouterr().out
    assert program.read_text("utf-8") == "a stand-in"


def test_no_password_is_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(signing.CERTIFICATE, "a certificate")
    monkeypatch.setenv("WINDOWS_CERTIFICATE_PASSWORD", "correct horse")
    command = signing.command(tmp_path / "a.exe", tmp_path / "b.exe", tmp_path / "password")
    assert not any("correct horse" in each for each in command)


@pytest.mark.skipif(
    sys.platform == "win32" or not (shutil.which("osslsigncode") and shutil.which("openssl")),
    reason="needs osslsigncode and openssl",
)
def test_a_program_is_signed_with_a_certificate_behind_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate, both = (tmp_path / name for name in ("key.pem", "certificate.pem", "both.pfx"))
    monkeypatch.setenv(signing.CERTIFICATE, str(both))
    monkeypatch.setenv("WINDOWS_CERTIFICATE_PASSWORD", "correct horse")
    subject = ["-subj", "/CN=A trial", "-addext", "extendedKeyUsage=codeSigning"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), *subject]
    subprocess.run([*make, "-out", str(certificate)], check=True, capture_output=True)
    join = ["openssl", "pkcs12", "-export", "-inkey", str(key), "-in", str(certificate), "-out", str(both)]
    subprocess.run([*join, "-passout", "env:WINDOWS_CERTIFICATE_PASSWORD"], check=True)
    program = tmp_path / "program.exe"
    program.write_bytes(small_windows_program())
    signing.sign(program)
    shown = subprocess.run(
        ["osslsigncode", "verify", "-in", str(program)], capture_output=True, text=True, check=False
    )
    assert "CN=A trial" in shown.stdout
    assert {each.name for each in tmp_path.glob("program*")} == {"program.exe"}


def small_windows_program() -> bytes:
    """Return the headers of a 64-bit program without any code, which is all that a signature looks at."""
    header = b"MZ" + bytes(58) + (64).to_bytes(4, "little")
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 0, 0, 0, 0, 240, 0x22)
    optional = struct.pack("<H", 0x20B).ljust(108, b"\0") + struct.pack("<I", 16) + bytes(128)
    return (header + coff + optional).ljust(1024, b"\0")


@needs_nsis
def test_the_installer_compiles_without_a_warning(tmp_path: Path) -> None:
    made = windows_setup.build(make_payload(tmp_path / "payload"), folder=tmp_path)
    assert made.read_bytes()[:2] == b"MZ"


class Windows:
    """A Windows of its own, as far as Wine is one."""

    def __init__(self, folder: Path) -> None:
        self.environment = {**os.environ, "WINEPREFIX": str(folder), "WINEDEBUG": "-all"}
        self.environment |= {"WINEDLLOVERRIDES": "winemenubuilder.exe,mscoree,mshtml=", "WINEARCH": "win64"}
        self.environment.pop("DISPLAY", None)
        # Without it Wine would put the shortcuts into the menus of this computer, too.
        self.run("wineboot", "--init")
        self.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10")
        self.local = next((folder / "drive_c/users").glob("*/AppData/Local"))
        self.home = self.local / "Programs/VGG Desktop"
        self.shortcuts = self.local.parent / "Roaming/Microsoft/Windows/Start Menu/Programs"
        self.home_of_all = folder / "drive_c/Program Files/VGG Desktop"
        self.data_of_all = folder / "drive_c/ProgramData"
        self.shortcuts_of_all = self.data_of_all / "Microsoft/Windows/Start Menu/Programs"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end."""
        words = ["wine", *command]
        return subprocess.run(
            words,
            env=self.environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=170,
            check=False,
        )

    def registry(self, key: str, value: str = "") -> str:
        """Return one value of the registry with its name and type, or "" where there is none."""
        return self.run("reg", "query", key, *(("/v", value) if value else ("/ve",))).stdout

    def left(self, root: str, file: Path) -> list[str]:
        """Return the lines of the registry that have the program's name."""
        assert self.run("reg", "export", root, str(file), "/y").returncode == 0
        return [each for each in file.read_bytes().decode("utf-16").splitlines() if "VGG" in each.upper()]

    def wait(self) -> None:
        """Wait until every program has ended: an uninstaller goes on as a copy of itself."""
        subprocess.run(["wineserver", "--wait"], env=self.environment, timeout=170, check=True)


@pytest.mark.slow
@needs_nsis
@needs_wine
def test_install_upgrade_and_remove(tmp_path: Path) -> None:
    windows = Windows(tmp_path / "wine")
    old = make_payload(tmp_path / "old", "_internal/only in the old version.txt")
    new = make_payload(tmp_path / "new", "_internal/only in the new version.txt")

    setup = windows_setup.build(old, version="0.0.9", folder=tmp_path)
    assert windows.run(str(setup), "/S").returncode == 0
    assert (windows.home / "_internal/only in the old version.txt").is_file()
    assert "0.0.9" in windows.registry(UNINSTALL, "DisplayVersion")
    own = windows.local / "vgg-desktop/Cache/models/vgg16.onnx"
    own.parent.mkdir(parents=True)
    own.write_text("553 MB", "utf-8")
    (windows.home / "notes of the person.txt").write_text("mine", "utf-8")

    setup = windows_setup.build(new, version="0.1.0", folder=tmp_path)
    assert windows.run(str(setup), "/S").returncode == 0
    assert not (windows.home / "_internal/only in the old version.txt").exists()
    assert (windows.home / "_internal/only in the new version.txt").is_file()
    assert (windows.shortcuts / "VGG Desktop.lnk").is_file()
    assert own.is_file()
    check_registry(windows, "HKCU")

    assert windows.run(str(windows.home / "uninstall.exe"), "/S").returncode == 0
    windows.wait()
    assert [each.name for each in windows.home.iterdir()] == ["notes of the person.txt"]
    assert not (windows.shortcuts / "VGG Desktop.lnk").exists()
    assert own.read_text("utf-8") == "553 MB"
    assert windows.left("HKCU", tmp_path / "left.reg") == []


@pytest.mark.slow
@needs_nsis
@needs_wine
def test_for_all_users_beside_one_user(tmp_path: Path) -> None:
    windows = Windows(tmp_path / "wine")
    old = windows_setup.build(
        make_payload(tmp_path / "1", "_internal/old.txt"), version="0.0.9", folder=tmp_path
    )
    assert windows.run(str(old), "/S").returncode == 0
    assert windows.run(str(old), "/S", "/ALLUSERS").returncode == 0
    assert (windows.home / "_internal/old.txt").is_file()
    assert (windows.home_of_all / "_internal/old.txt").is_file()
    policy, own = windows.data_of_all / "vgg-desktop/settings.json", windows.local / "vgg-desktop/own.txt"
    for each in (policy, own):
        each.parent.mkdir()
        each.write_text("{}", "utf-8")

    # An upgrade of one leaves the other as it is, and is found again where it is.
    new = windows_setup.build(make_payload(tmp_path / "2"), version="0.1.0", folder=tmp_path)
    assert windows.run(str(new), "/S", "/ALLUSERS").returncode == 0
    assert not (windows.home_of_all / "_internal/old.txt").exists()
    assert (windows.home / "_internal/old.txt").is_file()
    assert "0.0.9" in windows.registry(UNINSTALL, "DisplayVersion")
    check_registry(windows, "HKLM")
    assert (windows.shortcuts / "VGG Desktop.lnk").is_file()
    assert (windows.shortcuts_of_all / "VGG Desktop.lnk").is_file()

    assert windows.run(str(windows.home_of_all / "uninstall.exe"), "/S").returncode == 0
    windows.wait()
    assert not windows.home_of_all.exists()
    assert not (windows.shortcuts_of_all / "VGG Desktop.lnk").exists()
    assert windows.left("HKLM", tmp_path / "left.reg") == []
    assert policy.is_file()
    assert (windows.home / "VGG Desktop.exe").is_file()
    assert "0.0.9" in windows.registry(UNINSTALL, "DisplayVersion")

    elsewhere = tmp_path / "wine/drive_c/Apps/VGG"
    assert windows.run(str(old), "/S", "/ALLUSERS", r"/D=C:\Apps\VGG").returncode == 0
    assert windows.run(str(new), "/S", "/ALLUSERS").returncode == 0
    assert not (elsewhere / "_internal/old.txt").exists()
    assert r"C:\Apps\VGG" in windows.registry(UNINSTALL_ALL, "InstallLocation")
    assert windows.run(str(windows.home / "uninstall.exe"), "/S").returncode == 0
    windows.wait()
    assert windows.left("HKCU", tmp_path / "left.reg") == []
    assert (elsewhere / "VGG Desktop.exe").is_file()
    assert own.is_file()


def check_registry(windows: Windows, root: str) -> None:
    command = r'VGG Desktop.exe" gui "%1"'
    classes = rf"{root}\Software\Classes"
    assert "0.1.0" in windows.registry(rf"{root}\{KEY}", "DisplayVersion")
    assert "/S" in windows.registry(rf"{root}\{KEY}", "QuietUninstallString")
    assert command in windows.registry(rf"{classes}\Applications\VGG Desktop.exe\shell\open\command")
    assert command in windows.registry(rf"{classes}\VggDesktop.Picture\shell\open\command")
    registered = windows.registry(rf"{root}\Software\RegisteredApplications", "VGG Desktop")
    assert r"Software\VGG Desktop\Capabilities" in registered
    for extension in (".jpg", ".heic"):
        assert "VggDesktop.Picture" in windows.registry(
            rf"{classes}\{extension}\OpenWithProgids", "VggDesktop.Picture"
        )
        assert "VggDesktop.Picture" in windows.registry(
            rf"{root}\Software\VGG Desktop\Capabilities\FileAssociations", extension
        )
