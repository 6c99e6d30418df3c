"""What programs share that feed us files changed at random: changes of bytes, a watch over child processes, a table.

A child gets `--work=STEP --first=N --count=N` and does every file from the first on, in steps. For each it calls
`begin` and `end`, and what it prints beside that on the standard error stream counts as a failure where asked.
"""

import json
import queue
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


def _flip(data: bytearray, place: int, chance: random.Random) -> None:
    data[place] ^= 1 << chance.randrange(8)


def _overwrite(data: bytearray, place: int, chance: random.Random) -> None:
    data[place : place + chance.randrange(1, 12)] = chance.randbytes(chance.randrange(1, 12))


def _cut(data: bytearray, place: int, _chance: random.Random) -> None:
    del data[max(1, place) :]


def _double(data: bytearray, place: int, chance: random.Random) -> None:
    data[place:place] = data[place : place + chance.randrange(1, 400)]


BYTES = (_flip, _flip, _flip, _overwrite, _overwrite, _cut, _double)


def begin(number: int) -> None:
    """Tell, within a child, that a file is about to be used."""
    print(json.dumps({"begun": number}), flush=True)


def end(outcome: str, seconds: float, wrong: str) -> None:
    """Tell, within a child, how that ended; `wrong` is empty where all is well."""
    print(json.dumps({"outcome": outcome, "seconds": seconds, "wrong": wrong}), flush=True)


def tell_peaks(*peaks: int) -> None:
    """Tell, within a child, the most memory so far, in bytes."""
    print(json.dumps({"peaks": peaks}), flush=True)


@dataclass
class Found:
    """What children told: seconds by outcome, what is wrong by number, the most memory, and the errors' lines."""

    times: dict[str, list[float]]
    wrong: dict[int, str] = field(default_factory=dict)
    peaks: list[int] = field(default_factory=lambda: [0, 0])
    noise: str = ""


def watch(
    module: str,
    first: int,
    count: int,
    outcomes: Sequence[str],
    *,
    jobs: int = 1,
    patience: float,
    options: Sequence[str] = (),
) -> Found:
    """Have children of a module do all files; one that says nothing for `patience` seconds is killed and replaced."""
    lines: queue.SimpleQueue[tuple[int, dict[str, object]]] = queue.SimpleQueue()
    found = Found({each: [] for each in outcomes})
    with tempfile.TemporaryFile("w+") as told:

        def start(job: int, place: int) -> subprocess.Popen[str]:
            work = [f"--work={jobs}", f"--first={place}", f"--count={first + count - place}", *options]
            command = [sys.executable, "-m", module, *work]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True)

            def read() -> None:
                assert process.stdout is not None
                for line in process.stdout:
                    lines.put((job, json.loads(line)))
                lines.put((job, {"ended": process.wait()}))

            threading.Thread(target=read, daemon=True).start()
            return process

        running = {job: start(job, first + job) for job in range(min(jobs, count))}
        current: dict[int, int] = {}
        heard = dict.fromkeys(running, time.monotonic())
        while running:
            try:
                job, line = lines.get(timeout=5)
            except queue.Empty:
                for job, process in running.items():
                    if time.monotonic() - heard[job] > patience:
                        process.kill()
                continue
            heard[job] = time.monotonic()
            if "begun" in line:
                current[job] = int(str(line["begun"]))
            elif "outcome" in line:
                number = current.pop(job)
                found.times[str(line["outcome"])].append(float(str(line["seconds"])))
                if line["wrong"]:
                    found.wrong[number] = str(line["wrong"])
                if (done := sum(map(len, found.times.values()))) % 100 == 0:
                    print(f"{done} of {count}", file=sys.stderr, flush=True)
            elif "peaks" in line:
                found.peaks = [max(pair) for pair in zip(found.peaks, line["peaks"], strict=True)]  # type: ignore[call-overload] # JSON
            else:
                del running[job]
                begun = current.pop(job, None)
                if begun is not None or line["ended"]:
                    found.wrong[-1 - job if begun is None else begun] = (
                        f"the program ended with {line['ended']}"
                    )
                if begun is not None and begun + jobs < first + count:
                    running[job] = start(job, begun + jobs)
        told.seek(0)
        found.noise = told.read()
    return found


def show(what: str, count: int, found: Found, *, is_noise_wrong: bool) -> int:
    """Print a table, and return the exit code."""
    print(f"\n**{count} {what} that were changed at random**\n")
    print(f"| | {what} | median, s | longest, s |\n|---|---:|---:|---:|")
    for outcome, values in found.times.items():
        if values:
            print(f"| {outcome} | {len(values)} | {statistics.median(values):.3f} | {max(values):.2f} |")
    print(f"| the program died, hung, had a bug or left something | {len(found.wrong)} | | |")
    own, children = (f"{each / 1e6:.0f} MB" for each in found.peaks)
    lines = len(found.noise.splitlines())
    print(f"\nMost memory: {own} in the program, {children} in a child of it. Standard error: {lines} lines.")
    for text, many in Counter(found.wrong.values()).most_common(20):
        numbers = [str(number) for number, each in found.wrong.items() if each == text]
        print(f"\n{many} x ({', '.join(numbers[:10])}): {text}")
    print(found.noise[:2000])
    return 1 if found.wrong or (is_noise_wrong and found.noise) else 0
