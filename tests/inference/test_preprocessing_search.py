"""Finding how pictures are to be prepared for a network, on pictures whose classes are known."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from tests.support.classifiers import classifier
from tests.support.prepared import PREPARATIONS, SYMMETRIC, drawn, made_for
from vgg_desktop import paths
from vgg_desktop.errors import Cancelled, FolderNotLabelled, VggDesktopError
from vgg_desktop.images.preprocessing import preprocess
from vgg_desktop.inference.known_pictures import KnownPicture, known_pictures, pictures_of
from vgg_desktop.inference.network import Network
from vgg_desktop.inference.outputs import softmax
from vgg_desktop.inference.preprocessing_search import Answer, describe, search
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING as USUAL
from vgg_desktop.models.catalog import Preprocessing, find, load_catalog
from vgg_desktop.models.labels import Label, read_labels

IMAGENET = read_labels(paths.resource("labels/imagenet.tsv"))
KNOWN = known_pictures(IMAGENET)
SMALL = replace(USUAL, resize=36, crop=32)
EVERYDAY, STARTER = (find(load_catalog(), id) for id in ("everyday", "starter"))


def answers(path: Path) -> Answer:
    """Return the function that answers with the probabilities of a network of logits."""
    network = Network(path, threads=2)

    def answer(images: Sequence[Image.Image], preprocessing: Preprocessing) -> NDArray[np.float64]:
        return softmax(network.scores(np.stack([preprocess(each, preprocessing) for each in images])))

    return answer


def test_the_known_pictures_are_few_small_and_of_many_classes() -> None:
    folder = paths.resource("known")
    names = {
        line.split("\t")[0]: line.split("\t")[1]
        for line in (folder / "pictures.tsv").read_text().splitlines()
    }
    assert len(KNOWN) == len(names) >= 12
    assert max(Counter(names.values()).values()) <= 2
    assert {path.name for path in folder.glob("*.jpg")} == {name for name in names if "/" not in name}
    assert sum(path.stat().st_size for path in folder.iterdir()) < 260_000
    assert all(min(each.image.size) >= 256 for each in KNOWN)


def test_the_everyday_network_is_right_on_all_known_pictures() -> None:
    found = search(answers(paths.resource("models/everyday.onnx")), KNOWN, EVERYDAY.preprocessing, 1000)
    assert found.best == found.usual
    assert found.usual.preprocessing == EVERYDAY.preprocessing
    assert found.usual.right == found.count == len(KNOWN)
    assert found.fits
    assert not found.is_better
    assert str(found.reason(applied=False)).startswith(
        "its preprocessing fits: right on 15 of 15 known pictures, with 72 %"
    )


@pytest.mark.parametrize("name", PREPARATIONS)
def test_each_usual_preparation_is_found(name: str, tmp_path: Path) -> None:
    wanted = PREPARATIONS[name]
    found = search(answers(made_for(wanted, "everyday", tmp_path)), KNOWN, USUAL, 1000)
    best, usual = found.best, found.usual
    assert str(describe(best.preprocessing)) == str(describe(wanted))
    assert best.right == len(KNOWN)
    assert found.is_better == (wanted != USUAL)
    if found.is_better:
        assert usual.right <= best.right - 3
        assert usual.probability < best.probability - 0.1
        text = str(found.reason(applied=False))
        assert f"right on {best.right} of {found.count} known pictures" in text
        assert f"the one in use on {usual.right}" in text


@pytest.mark.parametrize("told", ["ImageNet", "0 to 255", "-1 to 1, BGR"])
def test_what_is_right_already_stays(told: str, tmp_path: Path) -> None:
    wanted = PREPARATIONS[told]
    found = search(answers(made_for(wanted, "everyday", tmp_path)), KNOWN, wanted, 1000)
    assert found.best.preprocessing == wanted


def test_what_makes_no_difference_stays(tmp_path: Path) -> None:
    lite = replace(USUAL, scale=1.0, mean=(127.0,) * 3, std=(128.0,) * 3)
    found = search(answers(made_for(SYMMETRIC, "everyday", tmp_path)), KNOWN, lite, 1000)
    assert found.best.preprocessing == lite
    assert str(describe(lite)).startswith("values less 127, divided by 128")


def test_a_little_better_counts_by_probability(tmp_path: Path) -> None:
    """From 0 to 1 instead of -1 to 1 is hardly ever wrong, but less sure on most pictures."""
    found = search(answers(made_for(SYMMETRIC, "everyday", tmp_path)), KNOWN, PREPARATIONS["0 to 1"], 1000)
    assert found.best.right - found.usual.right < 3
    assert str(describe(found.best.preprocessing)) == str(describe(SYMMETRIC))


def test_for_a_network_that_knows_nothing_nothing_fits(tmp_path: Path) -> None:
    path = tmp_path / "random.onnx"
    path.write_bytes(classifier("N", 1000, side=224).SerializeToString())
    found = search(answers(path), KNOWN, USUAL, 1000)
    assert not found.fits
    assert found.best.preprocessing == USUAL
    assert str(found.reason(applied=True)).startswith("no usual preprocessing fits: right on ")


def test_squashing_is_found() -> None:
    """The pictures are made much wider, so that only what is squashed has its own proportions again."""
    wide = [
        KnownPicture(
            ImageOps.fit(each.image, (256, 256)).resize((1024, 256)),
            each.classes,
        )
        for each in KNOWN
    ]
    found = search(answers(paths.resource("models/everyday.onnx")), wide, EVERYDAY.preprocessing, 1000)
    assert found.is_better
    assert not found.best.preprocessing.keep_aspect
    assert found.best.preprocessing.mean == EVERYDAY.preprocessing.mean
    assert "squashed to 224" in str(describe(found.best.preprocessing))


def test_where_the_network_fails_another_is_found(tmp_path: Path) -> None:
    network = answers(made_for(SYMMETRIC, "everyday", tmp_path))

    def answer(images: Sequence[Image.Image], preprocessing: Preprocessing) -> NDArray[np.float64] | None:
        fails = preprocessing.mean == USUAL.mean or preprocessing.scale == 1
        return None if fails else network(images, preprocessing)

    found = search(answer, KNOWN, USUAL, 1000)
    assert (found.usual.right, found.best.right) == (0, len(KNOWN))
    assert found.best.preprocessing == SYMMETRIC
    nothing = search(lambda _images, _preprocessing: None, KNOWN, USUAL, 1000)
    assert not nothing.fits
    assert nothing.best.preprocessing == USUAL


def test_a_network_of_bytes_keeps_its_values(tmp_path: Path) -> None:
    bytes_, reversed_ = PREPARATIONS["0 to 255"], replace(PREPARATIONS["0 to 255"], channels="BGR")
    tried: list[Preprocessing] = []
    network = answers(made_for(reversed_, "everyday", tmp_path))

    def answer(images: Sequence[Image.Image], preprocessing: Preprocessing) -> NDArray[np.float64] | None:
        tried.append(preprocessing)
        return network(images, preprocessing)

    found = search(answer, KNOWN, bytes_, 1000, takes_bytes=True)
    assert found.best.preprocessing == reversed_
    assert {(each.scale, each.mean, each.std) for each in tried} == {(1.0, (0.0,) * 3, (1.0,) * 3)}


def test_a_search_can_be_cancelled() -> None:
    cancel = threading.Event()
    network = answers(paths.resource("models/everyday.onnx"))
    calls = []

    def answer(images: Sequence[Image.Image], preprocessing: Preprocessing) -> NDArray[np.float64] | None:
        calls.append(len(images))
        cancel.set()
        return network(images, preprocessing)

    with pytest.raises(Cancelled):
        search(answer, KNOWN, USUAL, 1000, cancel)
    assert len(calls) == 1


def test_known_pictures_are_for_imagenets_classes_only() -> None:
    assert known_pictures(read_labels(STARTER.labels)) == ()
    background = (
        Label(0, "n00000000", "background"),
        *(replace(each, index=each.index + 1) for each in IMAGENET),
    )
    assert [each.classes for each in known_pictures(background)] == [
        frozenset(index + 1 for index in each.classes) for each in KNOWN
    ]
    plain = tuple(Label(each.index, str(each.index), each.name.split(",")[0].upper()) for each in IMAGENET)
    assert [each.classes for each in known_pictures(plain)] == [each.classes for each in KNOWN]
    assert known_pictures(plain[:700]) == ()
    other_words = tuple(replace(each, name="tee") if each.name == "JERSEY" else each for each in plain)
    assert len(known_pictures(other_words)) == len(KNOWN) - 1


def test_a_labelled_folder_serves_for_any_classes(tmp_path: Path) -> None:
    path = made_for(
        replace(STARTER.preprocessing, scale=1.0, mean=(0.0,) * 3, std=(1.0,) * 3), "starter", tmp_path
    )
    labels = read_labels(STARTER.labels)
    usual = SMALL
    (drawn(tmp_path / "sorted") / "truck" / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    failed: list[VggDesktopError] = []
    pictures = pictures_of(tmp_path / "sorted", labels, usual, failed=failed.append)
    assert ["broken.jpg" in str(error) for error in failed] == [True]
    assert len(pictures) == 9
    assert {min(each.classes) for each in pictures[:3]} == {0, 8, 9}  # one of each class comes first
    found = search(answers(path), pictures, usual, len(labels))
    assert found.is_better
    assert str(describe(found.best.preprocessing)).startswith("values from 0 to 255, channels RGB; ")
    assert found.best.right == 9


def test_of_many_pictures_some_of_each_class_are_taken(tmp_path: Path) -> None:
    for name, count in (("cat", 210), ("dog", 3)):
        (tmp_path / name).mkdir()
        for number in range(count):
            Image.new("RGB", (400, 300), (number, 0, 0)).save(tmp_path / name / f"{number}.png")
    pictures = pictures_of(tmp_path, read_labels(STARTER.labels), SMALL)
    assert Counter(min(each.classes) for each in pictures) == {3: 197, 5: 3}
    assert pictures[0].image.size == (100, 75)


def test_a_folder_without_a_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cat").mkdir()
    (tmp_path / "cat" / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    with pytest.raises(FolderNotLabelled):
        pictures_of(tmp_path, read_labels(STARTER.labels), SMALL)


def test_a_slow_network_gets_fewer_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vgg_desktop.inference.preprocessing_search._SECONDS_EACH", 0.0)
    pictures = KNOWN * 3
    found = search(answers(paths.resource("models/everyday.onnx")), pictures, EVERYDAY.preprocessing, 1000)
    assert found.count == len(KNOWN)


@pytest.mark.parametrize(
    "usual",
    [
        replace(USUAL, resize=32, crop=28, channels="grey", mean=(0.5,), std=(0.5,)),
        replace(USUAL, resize=(109, 182), crop=(96, 160)),
    ],
    ids=["grey", "not square"],
)
def test_other_inputs_have_their_usual_values(usual: Preprocessing) -> None:
    pictures = [KnownPicture(each.image, frozenset([0])) for each in KNOWN]

    def answer(images: Sequence[Image.Image], preprocessing: Preprocessing) -> NDArray[np.float64]:
        inputs = np.stack([preprocess(each, preprocessing) for each in images])
        assert inputs.shape == (len(images), *usual.shape)
        is_right = inputs.min() >= 0 and inputs.max() > 2  # with values from 0 to 255
        return np.tile([1.0, 0.0] if is_right else [0.0, 1.0], (len(images), 1))

    found = search(answer, pictures, usual, 2)
    assert str(describe(found.best.preprocessing)).startswith("values from 0 to 255")
    assert found.best.preprocessing.channels == usual.channels
    assert found.best.preprocessing.crop == usual.crop
