"""Runs the tests with Windows' Python under Wine, with and without a graphics card.

    python -m scripts.windows.suite [--graphics yes|no] [--jobs N] [TEST_FILE_OR_FOLDER...]

The tests run in parts, each in a fresh copy of the computer, which is ended when it takes too much memory or time. The
outputs are in build/windows-tests.
"""

import argparse
import os
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from scripts.windows import computer

FOLDER = computer.ROOT / "build/windows-tests"
FILES = 8  # in a part
MEMORY = 6_000_000_000  # bytes that a part may take
SECONDS = 1200  # that a part may take
ELSEWHERE = {"exporters", "openvino"}  # folders of tests that need environments of their own
PYTEST = ("-m", "pytest", "-p", "no:cacheprovider", "--tb=short", "-o", "faulthandler_exit_on_timeout=true")


@dataclass
class Outcome:
    """What became of one part, or of several together; `memory` is the most that one took, in bytes."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)  # tests with reasons
    memory: int = 0

    def add(self, other: "Outcome") -> None:
        """Take in what became of another part."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.memory = max(self.memory, other.memory)


def parts(paths: Iterable[Path]) -> Iterator[tuple[str, list[Path]]]:
    """Return the test files in groups of the same folder, each with a name."""
    folders: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        for file in sorted(path.rglob("test_*.py")) if path.is_dir() else [path]:
            folders[file.parent].append(file)
    for folder, files in folders.items():
        if folder.name in ELSEWHERE:
            continue
        name = "-".join(folder.relative_to(computer.ROOT).parts)
        for start in range(0, len(files), FILES):
            yield f"{name}-{start // FILES + 1}", files[start : start + FILES]


def run_part(name: str, files: list[Path], graphics: str) -> Outcome:
    """Run the tests of some files; a part that does not come to its end is a failure."""
    folder = FOLDER / f"graphics-{graphics}"
    folder.mkdir(parents=True, exist_ok=True)
    log, report = folder / f"{name}.log", folder / f"{name}.xml"
    report.unlink(missing_ok=True)
    outcome = Outcome()
    arguments = [*PYTEST, f"--junitxml={_windows(report)}", *map(_windows, files)]
    with computer.copy_of_computer() as (enter, _), log.open("w", encoding="utf-8") as output:
        program = subprocess.Popen(
            [*enter, "wine", computer.PYTHON, *arguments],
            env={**os.environ, "GRAPHICS": graphics},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        ended_for = ""
        started = time.monotonic()
        while program.poll() is None:
            time.sleep(0.5)
            outcome.memory = max(outcome.memory, memory_inside(program.pid))
            if outcome.memory > MEMORY:
                ended_for = f"took more than {MEMORY / 1e9:.0f} GB"
            elif time.monotonic() - started > SECONDS:
                ended_for = f"took longer than {SECONDS} seconds"
            if ended_for:
                program.kill()
                program.wait()
    if report.exists():
        read_report(report, outcome)
    if not report.exists() or (program.returncode != 0 and not outcome.failed):
        lines = log.read_text("utf-8", "replace").splitlines()
        outcome.failed.append(
            f"{name} {ended_for or 'did not come to its end'}; see {log}: {' | '.join(lines[-2:])}"
        )
    return outcome


def memory_inside(program: int) -> int:
    """Return the bytes of memory that the processes of a namespace take, whose first is a child of a program."""
    try:
        (first, *_) = Path(f"/proc/{program}/task/{program}/children").read_text("ascii").split()
        namespace = Path(f"/proc/{first}/ns/pid").readlink()
    except (OSError, ValueError):  # it is being started, or has ended
        return 0
    pages = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "ns/pid").readlink() == namespace:
                pages += int((process / "statm").read_text("ascii").split()[1])
        except OSError:  # it has ended
            continue
    return pages * os.sysconf("SC_PAGE_SIZE")


def read_report(report: Path, outcome: Outcome) -> None:
    """Add what pytest's report in the form of JUnit says."""
    for test in ElementTree.parse(report).iter("testcase"):
        name = f"{test.get('classname', '').replace('.', '/')}::{test.get('name')}"
        if test.find("failure") is not None or test.find("error") is not None:
            outcome.failed.append(name)
        elif (skipped := test.find("skipped")) is not None:
            outcome.skipped.append((name, skipped.get("message", "")))
        else:
            outcome.passed += 1


def run(paths: list[Path], graphics: str, jobs: int) -> Outcome:
    """Run the tests of some files and folders and print what became of them."""
    print(
        f"Windows' tests under Wine, {'with' if graphics == 'yes' else 'without'} a graphics card", flush=True
    )
    total, started, lock = Outcome(), time.monotonic(), threading.Lock()

    def one(part: tuple[str, list[Path]]) -> None:
        outcome = run_part(*part, graphics)
        with lock:
            total.add(outcome)
            text = f"{outcome.passed} passed, {len(outcome.skipped)} skipped, {len(outcome.failed)} failed"
            print(
                f"  {part[0]}: {text}, {outcome.memory / 1e9:.1f} GB",
                *outcome.failed,
                sep="\n    ",
                flush=True,
            )

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, parts(paths)))
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, reason in total.skipped:
        if reason.startswith("Wine:"):
            reasons[reason].append(name.rpartition("/")[2])
    for reason, names in sorted(reasons.items()):
        print(f"  {reason}: {', '.join(names)}")
    print(
        f"{total.passed} passed, {len(total.skipped)} skipped ({sum(map(len, reasons.values()))} because of Wine), "
        f"{len(total.failed)} failed in {(time.monotonic() - started) / 60:.0f} minutes, "
        f"at most {total.memory / 1e9:.1f} GB in one part",
        flush=True,
    )
    return total


def _windows(path: Path) -> str:
    return "E:\\" + str(path.resolve().relative_to(computer.ROOT)).replace("/", "\\")


def main() -> int | str:
    """Run what the command line says and return the exit code, or a message."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--graphics", choices=["yes", "no"], help="only with, or only without a graphics card"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="parts at the same time")
    parser.add_argument("paths", nargs="*", type=Path, default=[computer.ROOT / "tests"])
    options = parser.parse_args()
    try:
        computer.set_up()
    except (computer.CannotSetUp, subprocess.CalledProcessError) as error:
        return f"Windows under Wine was not set up: {error}"
    paths = [each.resolve() for each in options.paths]
    modes = [options.graphics] if options.graphics else ["no", "yes"]
    outcomes = [run(paths, each, options.jobs) for each in modes]
    return int(any(each.failed for each in outcomes))


if __name__ == "__main__":
    sys.exit(main())
