"""Runs every program and writes what they print into the marked part of README.md, with the machine and the versions.

python -m benchmarks.report [--quick] [--peers PYTHON ...] [--only NAME ...]
"""

import argparse
import datetime
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
LIBRARIES = ("onnxruntime", "numpy", "pillow", "PySide6-Essentials")
PEER_LIBRARIES = ("onnxruntime", "torch", "opencv-python-headless", "openvino")
# By name: the program, its arguments, and those of a quick run.
PROGRAMS: dict[str, tuple[str, list[str], list[str]]] = {
    "limits": ("limits", [], []),
    "choosing": ("load_and_run", ["--rounds", "5"], ["--rounds", "1"]),
    "one picture": ("peers", ["--rounds", "5"], ["--rounds", "1"]),
    "folders": ("folders", [], ["--large", "80", "--small", "160", "--parts", "4"]),
    "folders, everyday network": (
        "folders",
        ["--network", "everyday", "--large", "0"],
        ["--network", "everyday", "--large", "0", "--small", "200"],
    ),
    "start": ("startup", [], ["--rounds", "3"]),
    "start, X": ("startup", ["--screen", "xvfb"], ["--screen", "xvfb", "--rounds", "3"]),
    "10,000 files": ("window_under_load", [], ["--seconds", "8"]),
    "10,000 files, fast network": (
        "window_under_load",
        ["--network", "starter"],
        ["--network", "starter", "--seconds", "8"],
    ),
    "100,000 files": ("window_under_load", ["--files", "100000"], ["--files", "100000", "--seconds", "8"]),
}
AT_HOME = ("load_and_run", "peers", "folders", "window_under_load")


def processor() -> str:
    """Return the processor's name and what of it matters here."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor()
    name = re.search(r"model name\s*: (.+)", text)
    flags = set(text.split())
    known = [each for each in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8") if each in flags]
    return f"{name[1] if name else platform.processor()} ({', '.join(known)})"


def versions(names: tuple[str, ...]) -> str:
    """Return the versions of libraries that are installed here."""
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def versions_of_peers(interpreter: str) -> str:
    """Return the versions that another interpreter has."""
    code = (
        "from importlib.metadata import distributions as d;"
        f"print(*(f'{{e.name}} {{e.version}}' for e in d() if e.name in {PEER_LIBRARIES}), sep=', ')"
    )
    return subprocess.run(
        [interpreter, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def machine(peers: list[str]) -> str:
    """Print the computer and the versions of the measurement."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    lines = [
        f"Measured on {datetime.datetime.now(datetime.UTC):%Y-%m-%d}: {os.cpu_count()} cores, {processor()}, "
        f"{memory:.0f} GB, {platform.system()} {platform.release()}; Python {platform.python_version()}, "
        f"{versions(LIBRARIES)}. At the start {os.getloadavg()[0]:.1f} other processes wanted the cores."
    ]
    lines += [f"Peers: {versions_of_peers(each)}." for each in peers]
    return "\n".join(lines) + "\n"


def run(name: str, home: str, peers: list[str], *, quick: bool) -> str:
    """Run one program and return its output."""
    program, full, short = PROGRAMS[name]
    command = [sys.executable, "-m", f"benchmarks.{program}", *(short if quick else full)]
    if program in AT_HOME:
        command += ["--home", home]
    if program == "peers":
        command += ["--peers", *peers]
    print(f"{name}: {' '.join(command[1:])}", file=sys.stderr, flush=True)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout if done.returncode == 0 else f"\n`{program}` failed here.\n"


def main() -> None:
    """Run, print, and put it into the README."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", nargs="*", metavar="NAME", help="few rounds of these, or of all")
    parser.add_argument("--home", type=Path, help="folder in which the network is kept for the next time")
    parser.add_argument(
        "--peers", nargs="*", default=[], metavar="PYTHON", help="interpreters that have the peers"
    )
    parser.add_argument("--only", nargs="*", default=list(PROGRAMS), choices=list(PROGRAMS), metavar="NAME")
    options = parser.parse_args()
    names = [name for name in options.only if name != "start, X" or shutil.which("Xvfb")]
    quick = set(PROGRAMS if options.quick == [] else options.quick or ())
    with tempfile.TemporaryDirectory() as folder:
        home = str(options.home or folder)
        parts = [machine(options.peers)]
        parts += [run(name, home, options.peers, quick=name in quick) for name in names]
    text = README.read_text("utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(before + BEGIN + "\n" + "".join(parts) + "\n" + END + after, "utf-8")
    print("".join(parts))


if __name__ == "__main__":
    main()
