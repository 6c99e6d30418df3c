"""Counting what a network gets right on a folder sorted by class."""

import json
import math
import os
import shutil
import threading
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from tests.support.devices import GPU, Devices, nan
from vgg_desktop import paths, sorting
from vgg_desktop.cli import main
from vgg_desktop.errors import Cancelled, FolderNotLabelled, ImageUnreadable, VggDesktopError
from vgg_desktop.evaluation import evaluate, share
from vgg_desktop.images.labelled import class_indices
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.results import Prediction
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.labels import Label, read_labels
from vgg_desktop.models.store import ModelStore

EXAMPLES = [paths.resource(f"examples/{name}.jpg") for name in ("airplane", "ship", "truck")]


@pytest.fixture(autouse=True)
def _home_elsewhere(
    app_home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep the app's files out of the folder that is evaluated, where they would be taken for a class."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path_factory.mktemp(app_home.name)))


@pytest.fixture
def starter() -> Classifier:
    return open_classifier(ModelStore().get(find(load_catalog(), "starter")))


def sort_into(folder: Path, classes: dict[str, list[Path]]) -> Path:
    for name, pictures in classes.items():
        (folder / name).mkdir(parents=True)
        for picture in pictures:
            shutil.copy(picture, folder / name)
    return folder


def seen_in(starter: Classifier, picture: Path) -> tuple[str, ...]:
    """Return the names of the classes from the most to the least probable."""
    return tuple(each.label for each in starter.classify_file(picture, 10).predictions)


def test_right_and_wrong_are_counted(starter: Classifier, tmp_path: Path) -> None:
    first, second, third = EXAMPLES[:3]
    by_name = sort_into(
        tmp_path,
        {seen_in(starter, first)[0]: [first], seen_in(starter, second)[9].upper(): [second]},
    )
    report = evaluate(starter, by_name)
    assert (report.images, report.failed) == (2, 0)
    assert (report.top1.percent, report.top5.percent) == (50.0, 50.0)
    sort_into(by_name, {seen_in(starter, third)[3]: [third]})
    report = evaluate(starter, by_name)
    assert report.top1.percent == pytest.approx(100 / 3)
    assert report.top5.percent == pytest.approx(200 / 3)


@pytest.mark.parametrize("kind", ["index", "id"])
def test_folders_are_known_by_index_and_id(kind: str, starter: Classifier, tmp_path: Path) -> None:
    best = starter.classify_file(EXAMPLES[0], 1).predictions[0]
    folder = sort_into(tmp_path, {str(getattr(best, kind)): [EXAMPLES[0]]})
    assert evaluate(starter, folder).top1.percent == 100.0


def test_squash_sees_what_the_centre_crop_does_not(starter: Classifier, tmp_path: Path) -> None:
    with Image.open(EXAMPLES[0]) as picture:
        wide = Image.new("RGB", (picture.width * 3, picture.height))
        wide.paste(picture.convert("RGB"), (0, 0))  # at the left, outside the centre
    wide.save(tmp_path / "wide.png")
    squashed = wide.resize((32, 32), Image.Resampling.BILINEAR)
    squashed.save(tmp_path / "squashed.png")
    sought = seen_in(starter, tmp_path / "squashed.png")[0]
    assert sought != seen_in(starter, tmp_path / "wide.png")[0]
    folder = sort_into(tmp_path / "sorted", {sought: [tmp_path / "wide.png"]})
    assert evaluate(starter, folder, "centre").top1.percent == 0.0
    assert evaluate(starter, folder, "squash").top1.percent == 100.0
    assert evaluate(starter, folder, "centre").top1.percent == 0.0  # the network is as it was


def test_thumbnails_and_leftovers_of_archives_are_no_classes(starter: Classifier, tmp_path: Path) -> None:
    folder = sort_into(
        tmp_path,
        {"cat": [EXAMPLES[0]], "cat/@eaDir": [EXAMPLES[1]], "@eaDir": [EXAMPLES[1]], "__MACOSX": []},
    )
    assert evaluate(starter, folder).images == 1


def test_pictures_that_cannot_be_read_are_told_and_not_counted(starter: Classifier, tmp_path: Path) -> None:
    name = seen_in(starter, EXAMPLES[0])[0]
    folder = sort_into(tmp_path, {name: [EXAMPLES[0]]})
    (folder / name / "broken.jpg").write_bytes(b"no picture")
    told: list[VggDesktopError] = []
    progress: list[tuple[int, int]] = []
    report = evaluate(starter, folder, failed=told.append, progress=lambda *done: progress.append(done))
    assert (report.images, report.failed) == (1, 1)
    assert report.top1.percent == 100.0
    assert [type(each) for each in told] == [ImageUnreadable]
    assert progress == [(1, 2), (2, 2)]
    (folder / name / EXAMPLES[0].name).unlink()
    with pytest.raises(FolderNotLabelled, match="could be read"):
        evaluate(starter, folder)


def test_folders_that_are_not_sorted_are_told(starter: Classifier, tmp_path: Path) -> None:
    with pytest.raises(FolderNotLabelled, match="no sub-folders"):
        evaluate(starter, tmp_path)
    (tmp_path / "cat").mkdir()
    with pytest.raises(FolderNotLabelled, match="contain no pictures"):
        evaluate(starter, tmp_path)
    (tmp_path / "unicorn").mkdir()
    with pytest.raises(FolderNotLabelled, match="unicorn is not a class"):
        evaluate(starter, tmp_path)
    with pytest.raises(FolderNotLabelled, match="there is no such file"):
        evaluate(starter, tmp_path / "missing")


def test_it_can_be_stopped(starter: Classifier, tmp_path: Path) -> None:
    folder = sort_into(tmp_path, {"cat": EXAMPLES})
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        evaluate(starter, folder, cancel=cancel)


# From the formula by hand, and both ends of the scale, where simpler intervals leave 0 to 100.
@pytest.mark.parametrize(
    ("count", "total", "interval"),
    [(9114, 10_000, (90.568, 91.681)), (0, 10, (0.0, 27.753)), (10, 10, (72.247, 100.0))],
)
def test_intervals(count: int, total: int, interval: tuple[float, float]) -> None:
    found = share(count, total)
    assert found.percent == pytest.approx(100 * count / total)
    assert found.interval95 == pytest.approx(interval, abs=5e-3)
    # Wilson's interval holds exactly the shares p for which the count is less than z standard deviations away.
    for edge in found.interval95:
        if 1e-6 < edge < 100 - 1e-6:
            deviation = math.sqrt(edge / 100 * (1 - edge / 100) / total)
            assert abs(count / total - edge / 100) == pytest.approx(1.959964 * deviation, rel=1e-5)


def test_the_command_tells_which_device_answers_and_why(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    devices = Devices(monkeypatch)
    folder = sort_into(tmp_path / "sorted", {"cat": EXAMPLES[:2]})
    command = ["evaluate", str(folder), "--model", "starter", "--json"]
    assert main([*command, "--device", GPU.id]) == 0
    devices.faults[GPU.provider] = nan
    assert main([*command, "--device", GPU.id]) == 0  # lost in the middle
    assert main(command) == 0  # does not pass its test
    out, err = capfd.readouterr()
    assert [json.loads(line)["device"] for line in out.splitlines()] == [GPU.id, "cpu", "cpu"]
    assert f"Testing {GPU.name}" in err
    assert f"{GPU.name} failed, continuing on the CPU: its results are not finite numbers" in err
    assert f"Using CPU: {GPU.name}: its results are not finite numbers" in err


IMAGENET = read_labels(paths.resource("labels") / "imagenet.tsv")
FLOWERS = tuple(Label(index, str(index), str(index + 1)) for index in range(102))


def test_classes_of_imagenet_by_id_index_and_name() -> None:
    names = {"n02012849": 134, "517": 517, "great_white_shark": 2, "White Shark": 2, "crane (n02012849)": 134}
    assert class_indices(Path("sorted"), names, IMAGENET) == names
    with pytest.raises(FolderNotLabelled, match="crane is the name of several classes"):
        class_indices(Path("sorted"), ["crane"], IMAGENET)
    with pytest.raises(FolderNotLabelled, match="1000 is not a class"):
        class_indices(Path("sorted"), ["1000", "n02012849"], IMAGENET)


def test_what_sorting_calls_its_folders_is_understood() -> None:
    best = [Prediction(each.index, each.id, each.name, 1.0) for each in IMAGENET]
    for (id, _), folder in sorting._folder_names(best).items():
        (index,) = class_indices(Path("sorted"), [folder], IMAGENET).values()
        assert IMAGENET[index].id == id


AWKWARD = (
    "cats & dogs", "Horse/Pony", "Horse Pony", "what?", "AC: outdoor unit", "CON", "con", "tabby, grey", "tabby", "...",
    "a very long description of a class of machine parts that goes on and on, " * 3, "Straße 5.", "STRASSE 5",
    "Caf\u00e9", "Cafe\u0301", "Polish", "polish", "12", "-1", "\u202egpj", ".hidden", "名前", "a\tb",
)  # fmt: skip


def test_sorting_writes_what_evaluation_reads_whatever_classes_are_called() -> None:
    labels = tuple(Label(index, str(index), name) for index, name in enumerate(AWKWARD))
    best = [Prediction(each.index, each.id, each.name, 1.0) for each in labels]
    folders = sorting._folder_names(best)
    names = {
        unicodedata.normalize("NFD", folder): int(id) for (id, _), folder in folders.items()
    }  # as macOS did
    assert len(names) == len(labels)
    assert class_indices(Path("sorted"), names, labels) == names
    # Where only one of two occurs, sorting cannot know of the other.
    assert class_indices(Path("sorted"), ["Polish"], labels) == {"Polish": AWKWARD.index("Polish")}


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root may read all"
)
def test_a_locked_class_is_told_and_costs_only_itself(starter: Classifier, tmp_path: Path) -> None:
    folder = sort_into(
        tmp_path, {"cat": [EXAMPLES[0]], "dog": [EXAMPLES[1]], "ship": [], "ship/deep": [EXAMPLES[2]]}
    )
    locked = [folder / "dog", folder / "ship" / "deep"]
    for each in locked:
        each.chmod(0o300)
    told: list[VggDesktopError] = []
    report = evaluate(starter, folder, failed=told.append)
    for each in locked:
        each.chmod(0o700)
    assert (report.images, report.failed) == (1, 2)
    assert all("permission was denied" in str(each) for each in told)


def test_class_names_that_are_numbers_are_names() -> None:
    everything = [str(number) for number in range(1, 103)]
    assert class_indices(Path("sorted"), everything, FLOWERS) == {name: int(name) - 1 for name in everything}
    assert class_indices(Path("sorted"), ["102", "5"], FLOWERS) == {"102": 101, "5": 4}
    # "0" is no name, so that all of them are indices.
    assert class_indices(Path("sorted"), ["0", "1"], FLOWERS) == {"0": 0, "1": 1}


def test_numbers_that_may_be_names_or_indices_are_not_guessed() -> None:
    with pytest.raises(FolderNotLabelled, match="1 is the name of one class and the index of another"):
        class_indices(Path("sorted"), ["1", "5"], FLOWERS)
    with pytest.raises(FolderNotLabelled, match="1 is the name"):
        class_indices(Path("sorted"), ["1", "0", "102"], FLOWERS)
    digits = tuple(Label(index, str(index), str(index)) for index in range(10))
    assert class_indices(Path("sorted"), ["3", "7"], digits) == {"3": 3, "7": 7}  # both mean the same


def test_numbers_as_class_names_are_counted_right(starter: Classifier, tmp_path: Path) -> None:
    best = starter.classify_file(EXAMPLES[0], 1).predictions[0].index
    starter.labels = tuple(Label(each.index, str(each.index), str(each.index + 1)) for each in starter.labels)
    # The name 10 is no index, which decides what the other is.
    folder = sort_into(tmp_path, {str(best + 1): [EXAMPLES[0]]} | {"10": []})
    assert evaluate(starter, folder).top1.percent == 100.0


def test_the_command_prints_what_was_found(
    starter: Classifier, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name = seen_in(starter, EXAMPLES[0])[0]
    folder = sort_into(tmp_path, {name: [EXAMPLES[0]]})
    assert main(["evaluate", str(folder), "--model", "starter", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert (found["model"], found["images"], found["top1"]) == ("starter", 1, 100.0)
    assert found["interval95"]["top1"] == pytest.approx([20.65, 100], abs=0.01)
    assert found["published"] == {"top1": 91.14, "top5": 99.58}
    assert (found["protocol"], found["device"], found["precision"]) == ("centre", "cpu", "exact")
    (folder / name / "broken.jpg").write_bytes(b"no picture")
    assert main(["evaluate", str(folder), "--model", "starter"]) == 1
    printed = capfd.readouterr()
    assert "1 pictures, 1 could not be read" in printed.out
    assert "published 91.14 %, within the interval" in printed.out
    assert "broken.jpg" in printed.err
    assert main(["evaluate", str(tmp_path / "missing")]) == 1
    assert "one sub-folder per class" in capfd.readouterr().err
