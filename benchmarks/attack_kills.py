"""Kills the program at random moments, and shows that the next start is right.

    python -m benchmarks.attack_kills [--kills N] [--seed N] [--only NAME]

Each operation runs in a process of its own, which is killed (SIGKILL, with its children) at a moment between its
beginning and its usual end. Then the program is started as by a user, and everything is looked at: the networks must
be intact, a file must be whole or not there, and nothing may be left that is not whole. It is a failure if one thing
is not so, or if too few kills hit in the middle; then the exit code is 1. `--other-disk` is a folder on another disk,
for moves that copy.
"""

import argparse
import csv
import dataclasses
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import networks
from vgg_desktop import paths, settings

if TYPE_CHECKING:
    from vgg_desktop.export import Outcome

IDS = ("net-0", "net-1", "net-2", "net-3")  # to be downloaded
FILLING = 12_000_000  # bytes beside each of them, so that a move takes a moment
PICTURES, ROWS, CLASSIFIED = 150, 12_000, 40
ATTEMPTS = 3  # for each kill, of which some come too late
LEFT = (".new", ".old", ".removed", ".copy")
_ENTRY = """
[[model]]
id = "{id}"
title = "{id}"
file = "{id}.onnx"
bytes = {size}
sha256 = "{sha256}"
labels = "labels.tsv"
preprocessing = "p"
addresses = ["http://127.0.0.1:1/{id}.onnx"]
"""


def make_home(folder: Path) -> None:
    """Make a home with networks that were downloaded, one that was imported, settings, and pictures beside it."""
    os.environ[paths.HOME_VARIABLE] = str(folder / "home")
    from vgg_desktop.inference.installation import import_model
    from vgg_desktop.models.catalog import find, load_catalog
    from vgg_desktop.models.store import ModelStore

    config = folder / "home/config"
    config.mkdir(parents=True)
    shutil.copyfile(paths.resource("labels/imagenet.tsv"), config / "labels.tsv")
    data = networks.zoo_vgg("vgg16").SerializeToString()
    entries = ["[preprocessing.p]\nresize = 256\ncrop = 224\n"]
    for number, id in enumerate(IDS):
        content = data + b"\xa2\x06\x01" + bytes([65 + number])  # a field that no reader knows
        (folder / f"{id}.onnx").write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        entries.append(_ENTRY.format(id=id, size=len(content), sha256=digest))
    (config / "models.toml").write_text("".join(entries))
    store, catalog = ModelStore(), load_catalog()
    for id in IDS:
        store.install_file(find(catalog, id), folder / f"{id}.onnx")
        (store.folder(find(catalog, id)) / "filling").write_bytes(os.urandom(FILLING))
    (folder / "mine.onnx").write_bytes(data)
    import_model(store, catalog, folder / "mine.onnx", id="mine")
    settings.save(dataclasses.replace(settings.Settings(), recent=("a" * 2000,) * 2))
    (folder / "pictures").mkdir()
    example = paths.resource("examples/ship.jpg").read_bytes()
    for number in range(PICTURES):
        (folder / f"pictures/{number:04}.jpg").write_bytes(example + os.urandom(200_000))


# What is killed. Each is called in a process of its own and begins after its first `yield`.


def _outcomes(folder: Path, count: int) -> "list[Outcome]":
    from vgg_desktop.inference.opening import open_classifier
    from vgg_desktop.models.catalog import find, load_catalog
    from vgg_desktop.models.store import ModelStore

    classifier = open_classifier(ModelStore().get(find(load_catalog(), "starter")))
    pictures = sorted((folder / "pictures").iterdir())
    one = classifier.classify_file(pictures[0], 5)
    return [dataclasses.replace(one, path=pictures[number % PICTURES]) for number in range(count)]


def _run(*arguments: str) -> None:
    from vgg_desktop.cli import main

    if code := main([*arguments]):
        raise SystemExit(code)


def _some(folder: Path) -> list[str]:
    return [str(folder / f"pictures/{number:04}.jpg") for number in range(CLASSIFIED)]


def classify(folder: Path) -> Iterator[None]:
    """Classify pictures; the results go to a pipe."""
    yield
    _run("classify", "--json", *_some(folder))


def classify_into_file(folder: Path) -> Iterator[None]:
    """Classify pictures into a table, in place of an older one."""
    yield
    _run("classify", "-o", str(folder / "out/classified.csv"), *_some(folder))


def import_(folder: Path) -> Iterator[None]:
    """Import a network."""
    yield
    _run("import", str(folder / "net-0.onnx"), "--id", "another")


def fast(folder: Path) -> Iterator[None]:
    """Make Fast of a network."""
    from vgg_desktop.inference.forms import make_int8

    make_int8.COMPARED_ON = make_int8.CALIBRATED_ON = 8
    yield
    _run("classify", "--model=mine", "--device=cpu", "--precision=fast", _some(folder)[0])


def export_csv(folder: Path) -> Iterator[None]:
    """Write a table in place of an older one."""
    from vgg_desktop.export import write_csv

    outcomes = _outcomes(folder, ROWS)
    yield
    write_csv(folder / "out/table.csv", outcomes, cancel=threading.Event(), progress=lambda _done: None)


def export_json(folder: Path) -> Iterator[None]:
    """Write JSON Lines in place of an older file."""
    from vgg_desktop.export import write_json_lines

    outcomes = _outcomes(folder, ROWS)
    yield
    write_json_lines(
        folder / "out/lines.jsonl", outcomes, cancel=threading.Event(), progress=lambda _done: None
    )


def sort(folder: Path) -> Iterator[None]:
    """Sort pictures into folders."""
    from vgg_desktop.sorting import sort_into_folders

    outcomes = _outcomes(folder, PICTURES)
    yield
    sort_into_folders(folder / "out/sorted", outcomes, cancel=threading.Event(), progress=lambda _done: None)


def save_settings(folder: Path) -> Iterator[None]:
    """Write the settings many times."""
    yield
    for number in range(200):
        settings.save(dataclasses.replace(settings.load(), top_k=1 + number % 20))


def remove(folder: Path) -> Iterator[None]:
    """Remove a network, whose folder has many files."""
    many = folder / "home/data/models/mine/many"
    many.mkdir()
    for number in range(2000):
        (many / str(number)).write_bytes(bytes(1000))
    yield
    _run("remove", "mine")


def _move(folder: Path, target: Path) -> None:
    from vgg_desktop.models.store import ModelStore

    def commit() -> None:
        settings.save(dataclasses.replace(settings.load(), models_folder=str(target)))

    ModelStore(settings.load().models_cache).move(target, threading.Event(), commit)


def move(folder: Path) -> Iterator[None]:
    """Move the networks within one disk."""
    yield
    _move(folder, folder / "elsewhere")


def move_to_other_disk(folder: Path) -> Iterator[None]:
    """Move the networks to another disk."""
    yield
    _move(folder, Path((folder / "other-disk").read_text()))


ACTIONS: dict[str, Callable[[Path], Iterator[None]]] = {
    "classify": classify,
    "classify -o": classify_into_file,
    "import": import_,
    "Fast": fast,
    "CSV": export_csv,
    "JSON": export_json,
    "sort": sort,
    "settings": save_settings,
    "remove": remove,
    "move": move,
    "move to another disk": move_to_other_disk,
}


# What is looked at afterwards


class Attack:
    """One folder for all kills: what an operation changes is restored from a copy before each."""

    def __init__(self, folder: Path, other: Path) -> None:
        self.folder, self.other = folder, other
        self.home = folder / "home"
        make_home(folder)
        (folder / "other-disk").write_text(str(other))
        shutil.copytree(self.home, folder / "kept")
        self.digests = {path.name: _digest(path) for path in folder.glob("*.onnx")}

    def reset(self) -> None:
        """Restore what was there at first."""
        for each in (self.home, self.folder / "out", self.folder / "elsewhere", self.other):
            shutil.rmtree(each, ignore_errors=True)
        shutil.copytree(self.folder / "kept", self.home)  # with the times, by which networks are known
        (self.folder / "out").mkdir()
        for name in ("table.csv", "lines.jsonl", "classified.csv"):
            (self.folder / "out" / name).write_text("older")
        self.other.mkdir()

    def run(self, name: str, after: float | None) -> tuple[bool, float]:
        """Run an operation, kill it `after` seconds unless None; return whether it was hit, and how long it took."""
        command = [
            sys.executable,
            "-m",
            "benchmarks.attack_kills",
            f"--act={name}",
            f"--folder={self.folder}",
        ]
        with (self.folder / "stdout").open("wb") as out, (self.folder / "stderr").open("wb") as errors:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=out, stderr=errors, start_new_session=True
            )
            begun = self.folder / "begun"
            while not begun.exists() and process.poll() is None:
                time.sleep(0.002)
            start = time.monotonic()
            begun.unlink(missing_ok=True)
            try:
                process.wait(after)
                is_hit = False
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                is_hit = True
            assert process.stdin is not None
            process.stdin.close()
        took = time.monotonic() - start
        if not is_hit and process.returncode:
            raise RuntimeError((self.folder / "stderr").read_text()[-2000:])
        return is_hit, took

    def start(self, *arguments: str) -> tuple[int, str]:
        """Start the program as a user does."""
        done = subprocess.run(
            [sys.executable, "-m", "vgg_desktop", *arguments], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def look(self, name: str) -> Iterator[str]:
        """Start the program, and yield what is wrong."""
        code, said = self.start("models", "--json")
        if code:
            yield f"models: exit {code}: {said[-300:]}"
        installed = [each["id"] for each in map(json.loads, said.splitlines()) if each["installed"]]
        may_miss = {"remove": {"mine"}}.get(name, set())
        for id in {"starter", "mine", *IDS} - set(installed) - may_miss:
            yield f"{id} is not installed"
        # Parts of a form beside the published file go when the network is opened.
        opened = "starter" if "mine" not in installed else "mine"
        code, said = self.start("classify", "--model", opened, str(self.folder / "pictures/0000.jpg"))
        if code:
            yield f"classify: exit {code}: {said[-300:]}"
        code, said = self.start("verify", *installed)
        if code:
            yield f"verify: exit {code}: {said[-300:]}"
        yield from self._left()
        yield from self._results(name)

    def _left(self) -> Iterator[str]:
        roots = [self.home, self.folder / "out", self.folder / "elsewhere", self.other]
        for path in (each for root in roots if root.exists() for each in root.rglob("*")):
            hidden = path.name.startswith(".") and path.name != ".locks"
            unnamed = (
                path.suffix in LEFT or path.name in ("fast-float.onnx",) or "unfinished" in path.parts[-2:-1]
            )
            if ".locks" not in path.parts and (hidden or unnamed):
                yield f"left: {path.relative_to(path.parents[1])}"
        places = [self.home / "cache/models", self.folder / "elsewhere/models", self.other / "models"]
        for id in IDS:
            copies = [each for each in places if (each / id).exists()]
            if len(copies) != 1:
                yield f"{id} is in {len(copies)} places"

    def _results(self, name: str) -> Iterator[str]:
        for table, rows in (("table.csv", ROWS), ("classified.csv", CLASSIFIED)):
            text = (self.folder / "out" / table).read_text("utf-8-sig")
            if text != "older" and len(list(csv.reader(text.splitlines()))) != 1 + 5 * rows:
                yield f"{table} is cut"
        text = (self.folder / "out/lines.jsonl").read_text("utf-8")
        if (
            text != "older"
            and [len(json.loads(line)["predictions"]) for line in text.splitlines()] != [5] * ROWS
        ):
            yield "the JSON Lines are cut"
        json.loads((self.home / "config/settings.json").read_text())
        if name == "classify":
            lines = (self.folder / "stdout").read_text().split("\n")[:-1]
            if not all("predictions" in json.loads(line) for line in lines):
                yield "a line of JSON is wrong"
        if name == "sort":
            for copy in (each for each in (self.folder / "out/sorted").rglob("*") if each.is_file()):
                if copy.read_bytes() != (self.folder / "pictures" / copy.name).read_bytes():
                    yield f"{copy.name} is cut"
            self.run("sort", None)
            names = sorted(each.name for each in (self.folder / "out/sorted").rglob("*") if each.is_file())
            if names != sorted(each.name for each in (self.folder / "pictures").iterdir()):
                yield f"sorted again, there are {len(names)} pictures"
        if name in ("import", "Fast", "move", "move to another disk"):
            self.run(name, None)  # it can be repeated
            yield from self._left()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def attack(folder: Path, other: Path, kills: int, names: list[str], chance: random.Random) -> int:
    """Kill, look, and print a table; return the exit code."""
    attacked = Attack(folder, other)
    usual: dict[str, float] = {}
    for name in names:
        attacked.reset()
        usual[name] = attacked.run(name, None)[1]
    hits, wrong = dict.fromkeys(names, 0), {name: list[str]() for name in names}
    counts = dict.fromkeys(names, 0)
    for _ in range(ATTEMPTS * kills):
        done = sum(hits.values())
        if done == kills:
            break
        name = min(names, key=hits.__getitem__)
        attacked.reset()
        after = chance.uniform(0, usual[name])
        counts[name] += 1
        is_hit, took = attacked.run(name, after)
        hits[name] += is_hit
        found = list(dict.fromkeys(attacked.look(name)))
        wrong[name] += [f"after {took:.3f} s: {each}" for each in found]
        print(
            f"{done + is_hit} of {kills}: {name}, {'; '.join(found) or 'right'}", file=sys.stderr, flush=True
        )
    print("\n| | usual time, s | runs | killed in the middle | faults |\n|---|---:|---:|---:|---:|")
    for name in names:
        print(f"| {name} | {usual[name]:.2f} | {counts[name]} | {hits[name]} | {len(wrong[name])} |")
    total = sum(map(len, wrong.values()))
    print(f"| all | | {sum(counts.values())} | {sum(hits.values())} | {total} |\n")
    for name, texts in wrong.items():
        for text in texts:
            print(f"{name}, {text}")
    return 1 if total or sum(hits.values()) < kills else 0


def act(name: str, folder: Path) -> None:
    """Run one operation, and tell when it begins."""
    steps = ACTIONS[name](folder)
    next(steps)
    (folder / "begun").touch()
    next(steps, None)


def main() -> int:
    """Attack and print, and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=ACTIONS, action="append")
    parser.add_argument("--other-disk", type=Path, default=Path("/dev/shm"))
    parser.add_argument("--act", choices=ACTIONS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.act:
        act(options.act, options.folder)
        return 0
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory(dir=options.other_disk) as other,
    ):
        names = options.only or list(ACTIONS)
        return attack(Path(folder), Path(other) / "disk", options.kills, names, random.Random(options.seed))


if __name__ == "__main__":
    sys.exit(main())
