"""What is written for other programs: tables, JSON, the clipboard's text, and pictures in folders."""

import csv
import errno
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PIL import Image

from vgg_desktop import export, sorting
from vgg_desktop.cli import main
from vgg_desktop.errors import Cancelled, ImageUnreadable, NotEnoughSpace, StorageError
from vgg_desktop.export import Failed, Outcome, as_json
from vgg_desktop.inference.devices.listing import Device
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.results import Classification, Prediction, Skipped
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import ModelStore
from vgg_desktop.sorting import Sorting, SortPlan, plan_sorting
from vgg_desktop.why import Why

HUSKY = ("n02110185", "Siberian husky")
TABBY = ("n02123045", "tabby, tabby cat")
CRANES = (("n02012849", "crane"), ("n03126707", "crane"))
SHA256 = "1c" * 32

# Without anybody who looks on or cancels.
write_csv, write_json_lines, sort_into_folders = (
    partial(cast("Callable[..., Any]", each), cancel=threading.Event(), progress=lambda _done: None)
    for each in (export.write_csv, export.write_json_lines, sorting.sort_into_folders)
)


def result(path: Path, *classes: tuple[str, str]) -> Classification:
    """Return a result whose classes follow each other at 75, 12.5 ... percent."""
    predictions = tuple(
        Prediction(248 + rank, id, label, 0.75 if rank == 0 else 0.25 / 2**rank)
        for rank, (id, label) in enumerate(classes)
    )
    times = {"read": 12.34567, "prepare": 5.0, "run": 160.0}
    return Classification(
        path, "vgg16", SHA256, "cpu", "CPUExecutionProvider", "exact", predictions, 640, 480, times,
        form="mapped", decode="draft", versions={"vgg-desktop": "1.0", "numpy": "2.3.4"},
    )  # fmt: skip


def failed(path: Path) -> Failed:
    return Failed(path, ImageUnreadable(path, Why.IMAGE_CUT_OFF_AT(percent=40)))


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[str], Path]:
    """Make pictures, each with pixels of its own, in a folder that other files do not share."""

    def make(name: str) -> Path:
        path = tmp_path / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 6), f"#{zlib.crc32(name.encode()) & 0xFFFFFF:06x}").save(path, "PNG")
        return path

    return make


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def files_under(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def sort(*outcomes: Outcome, into: Path) -> int:
    return int(sort_into_folders(into, outcomes).sorted)


# --- what a pipe gets: a contract


def test_rows_and_objects_of_a_pipe() -> None:
    path = Path("=a.jpg")
    fine, broken = result(path, HUSKY, TABBY), failed(path)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(export.CSV_HEADER)
    table.writerows(export.csv_rows(fine))
    table.writerows(export.csv_rows(broken))
    assert text.getvalue() == (
        "path,rank,index,id,label,probability,error\r\n"
        "=a.jpg,1,248,n02110185,Siberian husky,0.750000,\r\n"
        '=a.jpg,2,249,n02123045,"tabby, tabby cat",0.125000,\r\n'
        "=a.jpg,,,,,,=a.jpg could not be read: it is cut off after about 40 %.\r\n"
    )
    assert json.dumps(as_json(result(path, HUSKY))) == (
        '{"path": "=a.jpg", "model": "vgg16", "sha256": "' + SHA256 + '", "device": "cpu", '
        '"precision": "exact", "predictions": [{"index": 248, "id": "n02110185", "label": "Siberian husky", '
        '"probability": 0.75}], "milliseconds": {"read": 12.346, "prepare": 5.0, "run": 160.0}, '
        '"form": "mapped", "decode": "draft", "preprocessing": {"resize": 256, "crop": 224, '
        '"interpolation": "bilinear", "keep_aspect": true, "channels": "RGB", "scale": 255.0, '
        '"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}, '
        '"versions": {"vgg-desktop": "1.0", "numpy": "2.3.4"}}'
    )
    assert as_json(broken) == {
        "path": "=a.jpg",
        "error": {
            "kind": "image-unreadable",
            "message": "=a.jpg could not be read: it is cut off after about 40 %.",
        },
    }


def test_why_another_device_answered_is_in_the_json(tmp_path: Path) -> None:
    reason = Why.DEVICE_NO_CUDNN(version="9")
    device = Device("cuda:0", "A card", "CUDAExecutionProvider")
    skipped = (Skipped(device, reason), Skipped(None, Why.FORM_NOT_MADE()))
    answered = replace(result(tmp_path, *CRANES), fallback=skipped)
    told = "A card: cuDNN 9 was not found; it has not been prepared on this computer yet"
    assert as_json(answered)["fallback"] == told
    assert "fallback" not in as_json(result(tmp_path, *CRANES))


def test_a_bug_is_called_internal() -> None:
    values = as_json(Failed(Path("a.jpg"), AssertionError()))
    assert values["error"] == {"kind": "internal", "message": "AssertionError"}


def test_starts_without_heavy_libraries() -> None:
    code = "import sys, vgg_desktop.export; print(*{'numpy', 'PIL', 'onnxruntime', 'PySide6'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


# --- files


def test_a_file_of_json_lines_holds_what_the_command_line_prints(
    picture: Callable[[str], Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fine, broken = picture("Käse 🐱.png"), tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG")
    assert main(["classify", "--json", "--model", "starter", str(fine), str(broken)]) == 1
    printed = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    store = ModelStore()
    classifier = open_classifier(store.get(find(load_catalog(), "starter")))
    outcomes: list[Outcome] = [classifier.classify_file(fine, 5, decode="draft")]
    try:
        classifier.classify_file(broken, 5)
    except ImageUnreadable as error:
        outcomes.append(Failed(broken, error))
    write_json_lines(tmp_path / "results.jsonl", outcomes)
    data = (tmp_path / "results.jsonl").read_bytes()
    written = [json.loads(line) for line in data.decode("utf-8").splitlines()]
    assert data.endswith(b"\n")
    assert b"\r" not in data
    del written[0]["milliseconds"], printed[0]["milliseconds"]
    assert written == printed


def test_a_table_tells_how_its_results_came_about(tmp_path: Path) -> None:
    target = tmp_path / "results.csv"
    classified = result(Path("ä 🐱.jpg"), HUSKY, TABBY)
    outcomes: list[Outcome] = [classified, failed(Path("b.jpg"))]
    write_csv(target, outcomes)
    assert target.read_bytes().startswith(b"\xef\xbb\xbfpath,rank,")
    first, second, third = rows_of(target)
    assert tuple(first)[: len(export.CSV_HEADER)] == export.CSV_HEADER
    assert first == {
        **dict(zip(export.CSV_HEADER, export.csv_rows(result(Path("ä 🐱.jpg"), HUSKY))[0], strict=True)),
        "model": "vgg16",
        "sha256": SHA256,
        "device": "cpu",
        "precision": "exact",
        "read_ms": "12.346",
        "prepare_ms": "5.000",
        "run_ms": "160.000",
        "form": "mapped",
        "decode": "draft",
        "preprocessing": json.dumps(as_json(classified)["preprocessing"]),
        "versions": "vgg-desktop=1.0 numpy=2.3.4",
    }
    assert (second["rank"], second["label"], second["model"]) == ("2", "tabby, tabby cat", "vgg16")
    assert third["error"].startswith("b.jpg could not be read")
    assert {third[name] for name in ("rank", "label", "model", "run_ms")} == {""}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_becomes_a_formula(tmp_path: Path, sign: str) -> None:
    text = f'{sign}CONCAT("a";1,2)'
    target = tmp_path / "results.csv"
    write_csv(target, [result(Path(text), (text, text)), failed(Path(text))])
    fine, broken = rows_of(target)
    assert fine["path"] == fine["label"] == fine["id"] == broken["path"] == f"'{text}"
    assert broken["error"].startswith(f"'{sign}")
    write_json_lines(target, [result(Path(text), (text, text))])
    assert json.loads(target.read_text("utf-8"))["path"] == text


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file name is text")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(b"caf\xe9.jpg"))
    write_json_lines(tmp_path / "results.jsonl", [result(path, HUSKY)])
    write_csv(tmp_path / "results.csv", [result(path, HUSKY)])
    (line,) = (tmp_path / "results.jsonl").read_text("utf-8").splitlines()
    assert os.fsencode(json.loads(line)["path"]) == b"caf\xe9.jpg"
    assert "caf\\udce9.jpg" in (tmp_path / "results.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("write", [write_csv, write_json_lines])
def test_an_older_file_is_replaced_only_by_a_whole_one(tmp_path: Path, write: Callable[..., None]) -> None:
    target = tmp_path / "results"
    target.write_bytes(b"older")

    def breaks_off() -> Iterator[Outcome]:
        yield result(Path("a.jpg"), HUSKY)
        assert target.read_bytes() == b"older"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(target, breaks_off())
    assert target.read_bytes() == b"older"
    assert files_under(tmp_path) == ["results"]
    write(target, iter([result(Path("a.jpg"), HUSKY)]))
    assert b"Siberian husky" in target.read_bytes()
    assert files_under(tmp_path) == ["results"]


@pytest.mark.parametrize("write", [write_csv, write_json_lines])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, write: Callable[..., None]) -> None:
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "missing" / "results.csv", tmp_path / "folder"):
        with pytest.raises(StorageError) as caught:
            write(target, [result(Path("a.jpg"), HUSKY)])
        assert caught.value.path == target
    assert files_under(tmp_path) == []


@pytest.mark.parametrize("write", [write_csv, write_json_lines])
def test_a_disk_that_becomes_full_is_told_as_such(tmp_path: Path, write: Callable[..., None]) -> None:
    def outcomes() -> Iterator[Outcome]:
        yield result(Path("a.jpg"), HUSKY)
        raise OSError(errno.ENOSPC, "as the system says it")

    with pytest.raises(NotEnoughSpace) as caught:
        write(tmp_path / "results", outcomes())
    assert str(caught.value).startswith(f"{tmp_path / 'results'} could not be written: the disk is full.")
    assert files_under(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "deep" / "results.csv")
    write_csv(tmp_path / "link.csv", [])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "deep" / "results.csv").stat().st_size
    assert (tmp_path / "deep" / "results.csv").stat().st_mode & 0o600 == 0o600


def test_text_for_the_clipboard() -> None:
    folder = Path("photos")
    outcomes: list[Outcome] = [
        result(folder / "husky.jpg", HUSKY, TABBY),
        result(folder / "a\tb\n.jpg", TABBY),
        Failed(folder / "c.jpg", ValueError("no\tway")),
        result(folder / "nothing.jpg"),
    ]
    assert export.as_text(outcomes).splitlines() == [
        "husky.jpg\tSiberian husky\t75.0 %",
        "a b .jpg\ttabby, tabby cat\t75.0 %",
        "c.jpg\tno way",
        "nothing.jpg",
    ]


# --- pictures in folders


def test_pictures_go_where_their_best_class_says(picture: Callable[[str], Path], tmp_path: Path) -> None:
    into = tmp_path / "new" / "sorted"
    husky, tabby, both = picture("husky.png"), picture("tabby.png"), picture("both.png")
    outcomes: list[Outcome] = [
        result(husky, HUSKY),
        result(tabby, TABBY),
        failed(tmp_path / "gone"),
        result(both, TABBY, HUSKY),
    ]
    assert sort(*outcomes, into=into) == 3
    assert files_under(into) == ["Siberian husky/husky.png", "tabby/both.png", "tabby/tabby.png"]
    copy = into / "Siberian husky" / "husky.png"
    assert copy.read_bytes() == husky.read_bytes()
    assert copy.stat().st_mtime == pytest.approx(husky.stat().st_mtime, abs=2)
    assert husky.exists()


def test_nothing_is_overwritten(picture: Callable[[str], Path], tmp_path: Path) -> None:
    into = tmp_path / "sorted"
    paths = [picture(f"{folder}/a.png") for folder in "xyz"]
    (into / "Siberian husky").mkdir(parents=True)
    (into / "Siberian husky" / "a.png").write_bytes(b"there before")
    assert sort(*(result(path, HUSKY) for path in paths), into=into) == 3
    assert (into / "Siberian husky" / "a.png").read_bytes() == b"there before"
    for number, path in enumerate(paths, 2):
        assert (into / "Siberian husky" / f"a ({number}).png").read_bytes() == path.read_bytes()


def test_a_second_run_copies_only_what_is_not_there(picture: Callable[[str], Path], tmp_path: Path) -> None:
    into = tmp_path / "sorted"
    same = [picture(f"{folder}/a.png") for folder in "xy"]
    other = picture("z/a.png")
    other.write_bytes(other.read_bytes() + b"other")
    outcomes = [result(path, HUSKY) for path in (*same, other)]
    assert sort(*outcomes[:2], into=into) == 2  # and then it was killed
    assert sort(*outcomes, into=into) == 3
    assert sort(*outcomes, into=into) == 3
    assert files_under(into) == [f"Siberian husky/a{end}.png" for end in (" (2)", " (3)", "")]
    assert (into / "Siberian husky" / "a (3).png").read_bytes() == other.read_bytes()


def test_a_picture_that_lies_there_already_stays(picture: Callable[[str], Path], tmp_path: Path) -> None:
    path = picture("Siberian husky/a.png")
    before = path.read_bytes()
    assert sort(result(path, HUSKY), into=path.parents[1]) == 1
    assert files_under(path.parents[1]) == ["Siberian husky/a.png"]
    assert path.read_bytes() == before


def test_classes_of_one_name_stay_apart(picture: Callable[[str], Path], tmp_path: Path) -> None:
    bird, machine = picture("bird.png"), picture("machine.png")
    sort(result(bird, CRANES[0]), into=tmp_path / "sorted")
    sort(result(machine, CRANES[1]), into=tmp_path / "sorted")  # each time only one of the two is there
    assert files_under(tmp_path / "sorted") == ["crane (n02012849)/bird.png", "crane (n03126707)/machine.png"]
    sort(result(bird, ("0", "Other")), result(machine, ("7", "other")), into=tmp_path / "own")
    assert files_under(tmp_path / "own") == ["Other (0)/bird.png", "other (7)/machine.png"]


def test_one_index_of_two_networks_is_two_classes(picture: Callable[[str], Path], tmp_path: Path) -> None:
    first, second = picture("1.png"), picture("2.png")
    sort(result(first, ("0", "red, small")), result(second, ("0", "red, large")), into=tmp_path / "sorted")
    assert files_under(tmp_path / "sorted") == ["red, large/2.png", "red, small/1.png"]


@pytest.mark.parametrize(
    ("label", "folder"),
    [
        ("../../etc", "etc"),
        ("..", "5"),
        ("a/b\\c", "a b c"),
        ('<What?> a "b": c|d*', "What a b c d"),
        ("line\nbreak\x00", "line break"),
        ("  ends badly. . ", "ends badly"),
        (".hidden", "hidden"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1 .x", "_Com1.x"),
        ("console", "console"),
        ("\u202egnp.exe", "gnp.exe"),
        ("ねこ " * 40, ("ねこ " * 40)[:42].strip()),
        ("🐱" * 80, "🐱" * 25),
        ("judge's robe", "judge's robe"),
    ],
)
def test_folders_can_have_their_names_everywhere(
    picture: Callable[[str], Path], tmp_path: Path, label: str, folder: str
) -> None:
    sort(result(picture("a.png"), ("5", label)), into=tmp_path / "sorted")
    assert files_under(tmp_path / "sorted") == [f"{folder}/a.png"]
    assert files_under(tmp_path) == ["pictures/a.png", f"sorted/{folder}/a.png"]


def test_a_picture_that_is_gone_costs_only_itself(picture: Callable[[str], Path], tmp_path: Path) -> None:
    gone, folder = tmp_path / "gone.png", tmp_path / "folder.png"
    folder.mkdir()
    outcomes = [result(path, HUSKY) for path in (gone, picture("a.png"), folder)]
    done = sort_into_folders(tmp_path / "sorted", outcomes)
    assert (done.copied, done.sorted, done.folders) == (1, 1, 1)
    assert files_under(tmp_path / "sorted") == ["Siberian husky/a.png"]
    assert [each.path for each in done.failed] == [gone, folder]
    assert done.failed[0].message == f"{gone} could not be read: there is no such file or folder."


@pytest.mark.skipif(sys.platform == "win32", reason="there files have no such permissions")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_picture_that_may_not_be_read_costs_only_itself(
    picture: Callable[[str], Path], tmp_path: Path
) -> None:
    secret = picture("secret.png")
    secret.chmod(0)
    done = sort_into_folders(tmp_path / "sorted", [result(secret, HUSKY), result(picture("a.png"), HUSKY)])
    assert (done.copied, [each.path for each in done.failed]) == (1, [secret])


@pytest.mark.parametrize(("unsure", "files"), [("not sure", ["not sure/b.png"]), ("", [])])
def test_pictures_below_a_threshold_go_elsewhere_or_nowhere(
    picture: Callable[[str], Path], tmp_path: Path, unsure: str, files: list[str]
) -> None:
    sure, doubtful = result(picture("a.png"), HUSKY), result(picture("b.png"), TABBY)
    doubtful = replace(doubtful, predictions=(replace(doubtful.predictions[0], probability=0.4),))
    how = Sorting(threshold=0.5, unsure=unsure)
    outcomes: list[Outcome] = [sure, doubtful, failed(tmp_path / "c.png")]
    into = tmp_path / "sorted"
    size = sure.path.stat().st_size + (doubtful.path.stat().st_size if unsure else 0)
    plan = plan_sorting(into, outcomes, how, cancel=threading.Event())
    assert plan == SortPlan(1 + len(files), 1 + len(files), size, 2 - len(files), can_link=True)
    done = sort_into_folders(into, outcomes, how)
    assert files_under(into) == ["Siberian husky/a.png", *files]
    assert (done.copied, done.left_out, done.folders) == (plan.pictures, plan.left_out, plan.folders)


def test_hard_links_take_no_room_and_keep_both_of_one_name(
    picture: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into, paths = tmp_path / "sorted", [picture(f"{folder}/a.png") for folder in "xy"]
    outcomes = [result(path, HUSKY) for path in paths]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    done = sort_into_folders(into, outcomes, Sorting(link=True))
    assert (done.linked, done.copied, done.not_linked) == (2, 0, 0)
    for name, path in zip(("a.png", "a (2).png"), paths, strict=True):
        assert (into / "Siberian husky" / name).samefile(path)
    again = sort_into_folders(into, outcomes, Sorting(link=True))
    assert (again.kept, again.sorted) == (2, 2)
    assert len(files_under(into)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_a_picture_becomes_a_hard_link_to_it(
    picture: Callable[[str], Path], tmp_path: Path
) -> None:
    path, link = picture("a.png"), tmp_path / "b.png"
    link.symlink_to(path)
    assert sort_into_folders(tmp_path / "sorted", [result(link, HUSKY)], Sorting(link=True)).linked == 1
    made = tmp_path / "sorted" / "Siberian husky" / "b.png"
    assert not made.is_symlink()
    assert made.samefile(path)


def other_disk() -> Path | None:
    """Return a folder that can be written to on another disk than the temporary files are, where there is one."""
    shared = Path("/dev/shm")
    is_other = shared.is_dir() and shared.stat().st_dev != Path(tempfile.gettempdir()).stat().st_dev
    return shared if is_other and os.access(shared, os.W_OK) else None


@pytest.mark.skipif(other_disk() is None, reason="there is only one disk")
def test_on_another_disk_pictures_are_copied(picture: Callable[[str], Path]) -> None:
    path = picture("a.png")
    with tempfile.TemporaryDirectory(dir=other_disk()) as name:
        into, outcomes = Path(name), [result(path, HUSKY)]
        assert not plan_sorting(into, outcomes, Sorting(link=True), cancel=threading.Event()).can_link
        done = sort_into_folders(into, outcomes, Sorting(link=True))
        assert (done.linked, done.copied, done.not_linked) == (0, 1, 1)
        assert (into / "Siberian husky" / "a.png").read_bytes() == path.read_bytes()


def test_a_plan_leaves_nothing_behind_and_can_be_stopped(
    picture: Callable[[str], Path], tmp_path: Path
) -> None:
    outcomes = [result(picture("a.png"), HUSKY), result(tmp_path / "gone.png", TABBY)]
    into = tmp_path / "new" / "sorted"
    plan = plan_sorting(into, outcomes, Sorting(), cancel=threading.Event())
    assert (plan.pictures, plan.folders, plan.bytes) == (2, 2, outcomes[0].path.stat().st_size)
    assert files_under(tmp_path) == ["pictures/a.png"]
    assert not into.parent.exists()
    with pytest.raises(Cancelled):
        plan_sorting(into, outcomes, Sorting(), cancel=_SetAfter(1))


def test_a_file_in_the_way_is_told(picture: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "sorted").mkdir()
    (tmp_path / "sorted" / "Siberian husky").write_bytes(b"a file")
    with pytest.raises(StorageError) as caught:
        sort(result(picture("a.png"), HUSKY), into=tmp_path / "sorted")
    assert caught.value.path == tmp_path / "sorted" / "Siberian husky"


def test_asks_for_room_first(
    picture: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = picture("a.png")
    size = path.stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2 * size - 1))
    with pytest.raises(NotEnoughSpace) as caught:
        sort(result(path, HUSKY), result(path, TABBY), into=tmp_path / "sorted")
    assert (caught.value.needed, caught.value.free) == (2 * size, 2 * size - 1)
    assert files_under(tmp_path / "sorted") == []


class _SetAfter(threading.Event):
    """Is set once it was looked at so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._looks = looks

    def is_set(self) -> bool:
        self._looks -= 1
        return self._looks < 0


def test_stops_in_the_middle_of_a_picture(picture: Callable[[str], Path], tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    large.write_bytes(bytes(3 << 20))
    outcomes = [result(picture("a.png"), HUSKY), result(large, TABBY)]
    with pytest.raises(Cancelled):
        sort_into_folders(tmp_path / "sorted", outcomes, cancel=_SetAfter(4))
    assert files_under(tmp_path / "sorted") == ["Siberian husky/a.png"]
    with pytest.raises(Cancelled):
        sort_into_folders(tmp_path / "other", outcomes, cancel=_SetAfter(0))
    assert files_under(tmp_path / "other") == []


def test_a_picture_appears_whole_or_not_at_all(picture: Callable[[str], Path], tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    large.write_bytes(bytes(5 << 20))
    into = tmp_path / "sorted"
    code = (
        "import os, sys, threading\n"
        "from pathlib import Path\n"
        "from tests.test_export import HUSKY, result, sort_into_folders\n"
        "class Killed(threading.Event):\n"
        "    looks = 0\n"
        "    def is_set(self):\n"
        "        self.looks += 1\n"
        "        if self.looks == 4: os._exit(9)\n"
        "        return False\n"
        "sort_into_folders(Path(sys.argv[2]), [result(Path(sys.argv[1]), HUSKY)], cancel=Killed())"
    )
    done = subprocess.run([sys.executable, "-c", code, str(large), str(into)], cwd=Path(__file__).parents[1])
    assert done.returncode == 9
    (left,) = files_under(into)
    assert Path(left).name.startswith(".")
    ModelStore().tidy()
    assert files_under(into) == []
    assert sort(result(large, HUSKY), into=into) == 1
    assert (into / "Siberian husky" / "large.png").read_bytes() == large.read_bytes()


@pytest.mark.parametrize("write", [write_csv, write_json_lines])
def test_writing_can_be_stopped_and_tells_how_far_it_is(tmp_path: Path, write: Callable[..., None]) -> None:
    target = tmp_path / "results"
    outcomes = [result(Path(f"{number}.jpg"), HUSKY) for number in range(5)]
    done: list[int] = []
    write(target, outcomes, progress=done.append)
    assert done == [1, 2, 3, 4, 5]
    before = target.read_bytes()
    with pytest.raises(Cancelled):
        write(target, outcomes, cancel=_SetAfter(3))
    assert target.read_bytes() == before
    assert files_under(tmp_path) == ["results"]
