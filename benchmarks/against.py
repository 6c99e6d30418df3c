"""This checkout against another one, an earlier commit say: every program in both in turn, and the ratios between them.

    python -m benchmarks.against CHECKOUT [--rounds N] [--full] [--only NAME ...]

The other checkout needs its own environment: `git worktree add CHECKOUT COMMIT`, then `make test` there. Each keeps the
networks it works with in a folder of its own.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks.report import AT_HOME, PROGRAMS
from benchmarks.table import number, ratio, spread

ROOT = Path(__file__).resolve().parents[1]
COMPARED = ("choosing", "one picture", "folders", "start", "10,000 files", "100,000 files")
_TITLE, _ROW = re.compile(r"\*\*(.+)\*\*"), re.compile(r"\| ([^|]+) \| ([\d.]+)[^|]*\|")
Found = dict[tuple[str, str], list[float]]


def rows(text: str) -> dict[tuple[str, str], float]:
    """Return the first number of every row of the tables that a program printed, by title and name."""
    found, title = {}, ""
    for line in text.splitlines():
        if match := _TITLE.match(line):
            title = match[1]
        elif match := _ROW.match(line):
            found[title, match[1].strip()] = float(match[2])
    return found


def measure(checkout: Path, name: str, home: Path, *, full: bool) -> dict[tuple[str, str], float]:
    """Run one program in a checkout and return its numbers. Raises `CalledProcessError`."""
    program, arguments, short = PROGRAMS[name]
    command = [
        str(checkout / ".venv" / "bin" / "python"), "-m", f"benchmarks.{program}", *(arguments if full else short)
    ]  # fmt: skip
    if program in AT_HOME:
        command += ["--home", str(home)]
    done = subprocess.run(command, cwd=checkout, stdout=subprocess.PIPE, text=True, check=True)
    return rows(done.stdout)


def main() -> None:
    """Measure in turn, and print the medians and the median of the ratios of each round."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--full", action="store_true", help="the programs' own rounds, not the few of --quick"
    )
    parser.add_argument("--only", nargs="*", default=list(COMPARED), choices=list(PROGRAMS), metavar="NAME")
    options = parser.parse_args()
    checkouts = {"before": options.checkout.resolve(), "now": ROOT}
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only:
            found: dict[str, Found] = {each: defaultdict(list) for each in checkouts}
            for round_ in range(options.rounds):
                # The other way round every second time: what the first one warms up, the second one finds warm.
                order = list(checkouts.items())[:: 1 if round_ % 2 else -1]
                for which, checkout in order:
                    print(f"{name}: {which}, round {round_ + 1}", file=sys.stderr, flush=True)
                    home = Path(folder, which)
                    for row, value in measure(checkout, name, home, full=options.full).items():
                        found[which][row].append(value)
            show(name, found["before"], found["now"])


def show(name: str, before: Found, now: Found) -> None:
    """Print the rows that both have."""
    print(f"\n**{name}**\n\n| | before | now | now / before |\n|---|---:|---:|---:|")
    for row, values in now.items():
        others = before.get(row, [])
        if len(others) == len(values) and all(others):
            medians = (number(spread(each)[1]) for each in (others, values))
            print(f"| {': '.join(row)} | {' | '.join(medians)} | {ratio(values, others):.3f} |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
