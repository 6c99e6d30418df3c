"""The life of the Debian package in a clean Debian without Python: older version, upgrade, window, removal.

    unshare --mount --pid --fork --kill-child --mount-proc python -m installers.try_deb

Needs root, mmdebstrap and Xvfb. The screenshot is left in `build/installed.png`.
"""

import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from installers import bundle, first_paint
from installers.trial import Failed, check, longest_bar, wait_for

ROOT = bundle.ROOT / "build/clean-root"
WORK = bundle.ROOT / "build/try-deb"
SHOT = bundle.ROOT / "build/installed.png"
HOME = "home/person"
OLD_VERSION = "0.0.1-1"
LEFTOVER = "usr/lib/vgg-desktop/_internal/only-in-the-old-version"
# What every desktop has: it starts programs from their entries and knows which opens what.
DESKTOP = "libglib2.0-bin,shared-mime-info,desktop-file-utils,hicolor-icon-theme"


def inside(*command: str, person: bool = False, display: str = "") -> str:
    """Run a command in the clean root and return its output."""
    words = [
        "env",
        "-i",
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG=C.UTF-8",
        "DEBIAN_FRONTEND=noninteractive",
    ]
    if person:
        words = ["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", *words, f"HOME=/{HOME}"]
    if display:
        words += [f"DISPLAY={display}"]
    done = subprocess.run(
        ["chroot", str(ROOT), *words, *command], capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout


def make_root() -> None:
    """Make the clean root, from the addresses this computer's own packages come from."""
    shutil.rmtree(ROOT, ignore_errors=True)
    sources = next(
        each
        for each in (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list"))
        if each.is_file()
    )
    suite = platform.freedesktop_os_release()["VERSION_CODENAME"]
    command = [
        "mmdebstrap",
        "--quiet",
        "--variant=minbase",
        f"--include={DESKTOP}",
        suite,
        str(ROOT),
        str(sources),
    ]
    subprocess.run(command, check=True)
    shutil.copy("/etc/resolv.conf", ROOT / "etc/resolv.conf")
    # The package lists again, which mmdebstrap cleans away.
    for place in ("proc", "dev", "tmp/.X11-unix"):
        (ROOT / place).mkdir(parents=True, exist_ok=True)
        Path("/", place).mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "--bind", f"/{place}", str(ROOT / place)], check=True)
    inside("apt-get", "update")
    inside("useradd", "--create-home", "--uid", "1000", "person")


def older(package: Path) -> Path:
    """Make an older version of a package, with a file that the new one has no more."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    tree = WORK / "old"
    subprocess.run(["dpkg-deb", "-R", str(package), str(tree)], check=True)
    control = tree / "DEBIAN/control"
    lines = control.read_text("utf-8").splitlines()
    control.write_text(
        "\n".join(f"Version: {OLD_VERSION}" if each.startswith("Version:") else each for each in lines)
        + "\n",
        "utf-8",
    )
    (tree / LEFTOVER).write_text("old", "utf-8")
    target = ROOT / "tmp/old.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(tree), str(target)],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return target


def install(package: Path) -> None:
    """Install a package file as a user would, with what it depends on."""
    if package.parent != ROOT / "tmp":
        shutil.copy(package, ROOT / "tmp")
    inside("apt-get", "install", "-y", "--no-install-recommends", f"/tmp/{package.name}")


def have_things_of_ones_own() -> None:
    """Have settings, and a network that was imported."""
    home = ROOT / HOME
    examples = bundle.ROOT / "resources/examples"
    shutil.copy(examples / "sandals.jpg", home / "my sandals.jpg")
    shutil.copy(bundle.ROOT / "tests/images/quarters.heic", home)
    settings = home / ".config/vgg-desktop/settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"top_k": 4}', "utf-8")
    starter = (bundle.ROOT / "resources/models/starter.onnx").read_bytes()
    # Another name of its maker (protobuf's field 2) makes it another network than the one that is there already.
    (home / "mine.onnx").write_bytes(starter + b"\x12\x04mine")
    (home / "names.txt").write_text("\n".join(f"class {number}" for number in range(10)), "utf-8")
    (home / "how.toml").write_text("crop = 32\nresize = 32\n", "utf-8")
    inside("chown", "-R", "person:person", f"/{HOME}")
    files = [f"/{HOME}/{name}" for name in ("mine.onnx", "names.txt", "how.toml")]
    command = ["vgg-desktop", "import", files[0], "--labels", files[1], "--preprocessing", files[2]]
    inside(*command, person=True)


def mine() -> tuple[str, bool]:
    """Return the user's settings, and whether the imported network is there."""
    settings = (ROOT / HOME / ".config/vgg-desktop/settings.json").read_text("utf-8")
    models = inside("vgg-desktop", "models", person=True).splitlines()
    return settings, any(line.startswith("mine ") and line.endswith("installed") for line in models)


def own_files() -> dict[str, bytes]:
    """Return the names of the files in the user's folder."""
    return {str(each): each.read_bytes() for each in (ROOT / HOME).rglob("*") if each.is_file()}


def processes() -> list[int]:
    """Return the numbers of the processes that run the installed program."""
    found = []
    for each in Path("/proc").glob("[0-9]*/exe"):
        try:
            target = each.readlink()
        except OSError:  # it has ended, or is the system's own
            continue
        if target.is_relative_to(ROOT / "usr/lib/vgg-desktop"):
            found.append(int(each.parent.name))
    return found


def open_window() -> None:
    """Start the program from its desktop entry with a picture, look at the screen, and end it."""
    entry = "/usr/share/applications/vgg-desktop.desktop"
    told = inside("gio", "mime", "image/jpeg", person=True)
    check("vgg-desktop.desktop" in told, "the desktop offers the program for pictures")
    with tempfile.TemporaryDirectory() as folder, first_paint.screen(Path(folder)) as display:
        # The program keeps what it was given open; waiting for its end is not meant.
        launch = ["sh", "-c", 'gio launch "$@" >/dev/null 2>&1', "launch", entry, f"/{HOME}/my sandals.jpg"]
        inside(*launch, person=True, display=display)
        wait_for("the bars", lambda: longest_bar(first_paint.look(Path(folder))) > 100)
        time.sleep(1)  # the picture and its thumbnail are painted at their leisure
        first_paint.look(Path(folder)).save(SHOT)
        check(True, f"the window shows the picture's bars: {SHOT}")
        running = processes()
        check(len(running) == 1, "one process runs")
        subprocess.run(["kill", f"-{int(signal.SIGINT)}", str(running[0])], check=True)
        wait_for("the program's end", lambda: not processes())
    told = "".join(
        each.read_text("utf-8") for each in (ROOT / HOME / ".local/state/vgg-desktop/log").iterdir()
    )
    check("Traceback" not in told, "the log contains no error")


def traces() -> list[str]:
    """Return what is left of the program outside the user's own folder and the package manager's logs."""
    named = inside("find", "/", "-xdev", "-iname", "*vgg*desktop*").split("\n")
    searched = inside(
        "sh", "-c", "grep -rIl --exclude-dir=log vgg-desktop /etc /usr /var /opt /root /tmp || true"
    ).split()
    return sorted(each for each in {*named, *searched} if each and not each.startswith(f"/{HOME}"))


def main() -> None:
    """Run the whole trial and return the exit code."""
    package = max((bundle.ROOT / "dist").glob("*.deb"), key=lambda each: each.stat().st_mtime)
    make_root()
    check(not list(ROOT.glob("usr/bin/python*")), "the clean system has no Python")
    install(older(package))
    have_things_of_ones_own()
    before = mine()
    check(before[1], "the older version runs and has imported a network")
    install(package)
    check(not (ROOT / LEFTOVER).exists(), "the upgrade removes what only the older version had")
    check(mine() == before, "settings and networks outlive the upgrade")
    answer = inside("vgg-desktop", "classify", f"/{HOME}/my sandals.jpg", person=True)
    check("sandal" in answer.splitlines()[1], "the command line sees sandals")
    inside("vgg-desktop", "classify", f"/{HOME}/quarters.heic", person=True)
    check(True, "HEIC is read too")
    print(inside("vgg-desktop", "--self-test", person=True), end="")
    open_window()
    check(not list(ROOT.glob("usr/bin/python*")), "the system still has no Python")
    own = own_files()
    inside("apt-get", "purge", "-y", "--autoremove", "vgg-desktop")
    for each in (ROOT / "tmp").glob("*.deb"):
        each.unlink()
    check(not traces(), f"nothing is left outside the person's folder {traces()}")
    check(own_files() == own, f"the person's own {len(own)} files are still there, settings and networks too")


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(str(failure))
