"""The life of the Windows installer under Wine: older version, upgrade, start menu, window, self-test, removal.

    python -m installers.try_windows

Needs what `scripts.windows.computer` needs, and makensis. The screenshots are left in `build/installed-windows`.
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image

from installers import bundle, windows_setup
from installers.trial import Failed, check, longest_bar, wait_for
from scripts.windows import computer
from vgg_desktop import __version__

SHOTS = bundle.ROOT / "build/installed-windows"
WORK = bundle.ROOT / "build/try-windows"
OLD_VERSION = "0.0.1"
LEFTOVER = "_internal/only in the old version.txt"
LOCAL = "users/root/AppData/Local"
PROGRAMS = f"{LOCAL}/Programs/VGG Desktop"
OWN = f"{LOCAL}/vgg-desktop"
SHORTCUT = "users/root/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/VGG Desktop.lnk"
PICTURE = "users/root/Pictures/My shoes ä & ö/my sandals.jpg"
OPEN_WITH = r"HKCU\Software\Classes\VggDesktop.Picture\shell\open\command"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\VGG Desktop"


def windows_path(place: str) -> str:
    """Return the path that a place on C: has in Windows."""
    return "C:\\" + place.replace("/", "\\")


CONSOLE = windows_path(f"{PROGRAMS}/vgg-desktop.exe")


class Windows:
    """The computer on which everything happens."""

    def __init__(self, shell: computer.Shell) -> None:
        self.shell = shell

    def file(self, place: str) -> Path:
        """Return where a place on C: lies on this computer, if something was written there."""
        return self.shell.drive / place

    def run(self, program: str, *words: str, seconds: float = 300) -> str:
        """Run a program of Windows to its end and return its output."""
        return self.shell(f"cd /project; wine '{program}' {' '.join(words)}", seconds=seconds)

    def start(self, *words: str) -> None:
        """Start a program of Windows and go on."""
        self.shell(f"cd /project; wine {' '.join(words)} >/dev/null 2>&1 &")

    def screenshot(self, name: str) -> Image.Image:
        """Return what is on the screen, and leave it as a file."""
        self.shell(f"import -window root /project/{name}.png")
        shutil.copy(WORK / f"{name}.png", SHOTS)
        with Image.open(SHOTS / f"{name}.png") as image:
            return image.convert("RGB")

    def titles(self) -> list[str]:
        """Return the titles of the windows on the screen."""
        search = (
            "xdotool search --onlyvisible --name . | while read -r each; do xdotool getwindowname $each; done"
        )
        return self.shell(f"{search} || true").splitlines()

    def wait_for_window(self, title: str) -> None:
        """Wait until a window with a title is on the screen, and painted."""
        wait_for(f"a window named {title}", lambda: any(title in each for each in self.titles()))
        time.sleep(2)

    def press(self, title: str, *keys: str) -> None:
        """Press keys in a window, which may disappear then."""
        found = self.shell(f"xdotool search --onlyvisible --name '{title}'").split()
        self.shell(f"xdotool windowactivate --sync {found[0]} key {' '.join(keys)} || true")

    def runs(self) -> bool:
        """Return whether the installed program runs."""
        return "VGG Desktop.exe" in self.shell("ps -e -o args || cat /proc/[0-9]*/cmdline | tr '\\0' ' '")

    def registry(self, key: str, value: str = "") -> str:
        """Return a value of the registry, or "" where there is none."""
        name = f"/v '{value}'" if value else "/ve"
        lines = self.shell(f"wine reg query '{key}' {name} || true").splitlines()
        return next((line.partition("REG_SZ")[2].strip() for line in lines if "REG_SZ" in line), "")

    def own_files(self) -> tuple[int, dict[str, bytes]]:
        """Return what the user set, and the networks."""
        folder = self.file(OWN)
        settings = json.loads((folder / "settings.json").read_text("utf-8"))
        networks = {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("mine.onnx")}
        return settings["top_k"], networks


def prepare() -> None:
    """Compile an older version, with a file that the new one has no more; lay out what the user has."""
    for folder in (SHOTS, WORK):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    old = WORK / "old"
    shutil.copytree(bundle.WINDOWS_FOLDER, old)
    (old / LEFTOVER).write_text("old", "utf-8")
    # Compressing it well takes minutes.
    older = windows_setup.build(old, version=OLD_VERSION, folder=WORK, compressor="zlib")
    older.rename(WORK / "old.exe")
    shutil.rmtree(old)
    shutil.copy(bundle.ROOT / f"dist/VGG-Desktop-{__version__}-windows-x64.exe", WORK / "new.exe")
    for picture in ("resources/examples/sandals.jpg", "tests/images/quarters.heic"):
        shutil.copy(bundle.ROOT / picture, WORK)
    # Another name of its maker (protobuf's field 2) makes it another network than the one that is there already.
    starter = (bundle.ROOT / "resources/models/starter.onnx").read_bytes()
    (WORK / "mine.onnx").write_bytes(starter + b"\x12\x04mine")
    (WORK / "names.txt").write_text("\n".join(f"class {number}" for number in range(10)), "utf-8")
    (WORK / "how.toml").write_text("crop = 32\nresize = 32\n", "utf-8")


def have_things_of_ones_own(windows: Windows) -> None:
    """Have a picture, settings, and a network that was imported."""
    picture = f"/windows/prefix/drive_c/{PICTURE}"
    windows.shell(f"mkdir -p '{Path(picture).parent}'; cp /project/sandals.jpg '{picture}'")
    windows.run(CONSOLE, "import mine.onnx --labels names.txt --preprocessing how.toml")
    windows.shell(f"echo '{{\"top_k\": 4}}' >'/windows/prefix/drive_c/{OWN}/settings.json'")


def install_by_its_pages(windows: Windows) -> None:
    """Install as one does who double-clicks; the program starts at the end, and is closed."""
    windows.start("new.exe")
    windows.wait_for_window("VGG Desktop Setup")
    wait_for("the last page", lambda: windows.registry(UNINSTALL, "DisplayVersion") == __version__)
    time.sleep(3)
    windows.screenshot("installer")
    windows.press("VGG Desktop Setup", "Return")
    wait_for("the program", lambda: "VGG Desktop" in windows.titles())
    time.sleep(5)
    windows.screenshot("first-start")
    close(windows)


def close(windows: Windows) -> None:
    """Close the window, and wait for the end of the program."""
    windows.press("VGG Desktop$", "ctrl+q")
    wait_for("the program's end", lambda: not windows.runs())


def see_bars(windows: Windows, name: str) -> None:
    """See the bars of a picture in the window."""
    wait_for("the bars", lambda: longest_bar(windows.screenshot(name)) > 100)
    time.sleep(2)  # the picture and its thumbnail are painted at their leisure
    windows.screenshot(name)
    check(True, f"the window shows the picture's bars: {SHOTS / name}.png")


def try_it(windows: Windows) -> None:
    """Do all that happens to an installed program."""
    windows.run("old.exe", "/S", seconds=600)
    check(
        windows.registry(UNINSTALL, "DisplayVersion") == OLD_VERSION,
        "the older version is installed silently",
    )
    have_things_of_ones_own(windows)
    before = windows.own_files()
    check(len(before[1]) == 1, f"it runs and has imported a network: {list(before[1])}")

    install_by_its_pages(windows)
    check(
        not windows.file(f"{PROGRAMS}/{LEFTOVER}").exists(),
        "the upgrade removes what only the older version had",
    )
    check(windows.own_files() == before, "settings and networks outlive the upgrade")
    check("mine" in windows.run(CONSOLE, "models"), "the imported network is still known")
    answer = windows.run(CONSOLE, "classify", f"'{windows_path(PICTURE)}'")
    check("sandal" in answer.splitlines()[1], "the command line sees sandals")
    windows.run(CONSOLE, "classify", "quarters.heic")
    check(True, "HEIC is read too")
    print(windows.run(CONSOLE, "--self-test"))

    windows.start("start", f"'{windows_path(SHORTCUT)}'", f"'{windows_path(PICTURE)}'")
    see_bars(windows, "start-menu")
    close(windows)
    command = windows.registry(OPEN_WITH).replace("%1", windows_path(PICTURE))
    check(command.count('"') == 4, f"Explorer offers it for pictures: {command}")
    windows.start(command.replace('"', "'"))
    see_bars(windows, "open-with")
    close(windows)
    logs = "".join(each.read_text("utf-8", "replace") for each in windows.file(OWN).rglob("*.log"))
    check("Traceback" not in logs, "the log contains no error")

    own = windows.own_files()
    windows.start(f"'{windows_path(PROGRAMS)}\\uninstall.exe'")
    windows.wait_for_window("VGG Desktop Uninstall")
    windows.screenshot("uninstaller")
    windows.press("VGG Desktop Uninstall", "Return")
    wait_for("the question about own files", lambda: not windows.registry(UNINSTALL, "DisplayVersion"))
    time.sleep(3)
    windows.screenshot("own-files")
    windows.press("VGG Desktop Uninstall", "Return")  # no, which is the default
    wait_for("the uninstaller's end", lambda: not windows.file(f"{PROGRAMS}/uninstall.exe").exists())
    left = (
        [str(each) for each in windows.file(PROGRAMS).rglob("*")] if windows.file(PROGRAMS).exists() else []
    )
    check(not left, f"nothing of the program is left {left}")
    check(not windows.file(SHORTCUT).exists(), "the start menu has it no more")
    windows.shell("wine regedit /E /project/left.reg 'HKEY_CURRENT_USER\\Software'")
    left = [line for line in (WORK / "left.reg").read_text("utf-16").splitlines() if "vgg" in line.lower()]
    check(not left, f"the registry has it no more {left}")
    check(windows.own_files() == own, "the user's settings and networks are still there")


def try_for_all_users(windows: Windows) -> None:
    """Install silently for all users, beside nothing else, and remove it."""
    windows.run("new.exe", "/S", "/ALLUSERS", seconds=600)
    machine = UNINSTALL.replace("HKCU", "HKLM")
    check(windows.registry(machine, "DisplayVersion") == __version__, "it is installed for all users")
    check(not windows.registry(UNINSTALL, "DisplayVersion"), "and not for the one user")
    folder = windows_path("Program Files/VGG Desktop")
    answer = windows.run(f"{folder}\\vgg-desktop.exe", "classify", f"'{windows_path(PICTURE)}'")
    check("sandal" in answer.splitlines()[1], "its command line sees sandals")
    windows.run(f"{folder}\\uninstall.exe", "/S")
    wait_for("the end of its removal", lambda: not windows.file("Program Files/VGG Desktop").exists())
    check(not windows.registry(machine, "DisplayVersion"), "it is removed again")


def main() -> str | None:
    """Run the whole trial and return the reason when it failed."""
    prepare()
    try:
        computer.set_up()
        with computer.shell(WORK) as shell:
            windows = Windows(shell)
            try:
                try_it(windows)
                try_for_all_users(windows)
            except (Failed, subprocess.CalledProcessError):
                windows.screenshot("failed")
                raise
    except Failed as failure:
        return str(failure)
    except subprocess.CalledProcessError as error:
        return f"{error}\n{error.output or ''}"
    return None


if __name__ == "__main__":
    sys.exit(main())
