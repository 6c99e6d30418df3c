"""Many pictures: the same answers as one by one, in order, with bounded reading ahead."""

import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.images import noise_on_gradient
from vgg_desktop.errors import ImageUnreadable, ModelUnusable, VggDesktopError
from vgg_desktop.inference import batch
from vgg_desktop.inference.batch import LONGEST, Answer, classify_many, next_size
from vgg_desktop.inference.classifier import Classifier
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.results import Classification, Decode
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import ModelStore


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return open_classifier(ModelStore().get(find(load_catalog(), "starter")))


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    found = []
    for seed in range(23):
        path = tmp_path / f"{seed}.jpg"
        if seed % 7 == 3:
            path.write_bytes(b"no picture")
        else:
            Image.fromarray(noise_on_gradient(60 + seed, 40, seed)).save(path)
        found.append(path)
    return found


def same(path: Path) -> Path:
    return path


def test_same_answers_as_one_by_one_in_order(classifier: Classifier, pictures: list[Path]) -> None:
    answers = list(classify_many(classifier, pictures, same, 3))
    assert [answer.item for answer in answers] == pictures
    for answer in answers:
        try:
            alone: Classification | VggDesktopError = classifier.classify_file(answer.item, 3)
        except ImageUnreadable as error:
            alone = error
        assert type(answer.outcome) is type(alone)
        if isinstance(answer.outcome, Classification) and isinstance(alone, Classification):
            assert [each.index for each in answer.outcome.predictions] == [
                each.index for each in alone.predictions
            ]
            np.testing.assert_allclose(
                [each.probability for each in answer.outcome.predictions],
                [each.probability for each in alone.predictions],
                atol=1e-5,
            )
            assert answer.outcome.path == answer.item
            assert answer.outcome.width == alone.width


def test_reads_no_further_ahead_than_it_must(classifier: Classifier, pictures: list[Path]) -> None:
    asked = 0

    def endless() -> Iterator[Path]:
        nonlocal asked
        while True:
            asked += 1
            yield pictures[0]

    answers = classify_many(classifier, endless(), same, 1, batch=4)
    next(answers)
    threads = batch.decoding_threads()
    assert asked <= 1 + threads  # the first answer waits for one picture, not for a whole batch
    for _ in range(30):
        next(answers)
    assert asked <= 31 + 2 * 4 + threads
    answers.close()


def test_the_unwanted_get_no_answer(classifier: Classifier, pictures: list[Path]) -> None:
    answers = classify_many(
        classifier, pictures, same, 1, wanted=lambda path: path.name in ("1.jpg", "3.jpg", "20.jpg")
    )
    assert [answer.item.name for answer in answers] == ["1.jpg", "3.jpg", "20.jpg"]


def test_what_is_kept_of_a_picture_comes_with_its_answer(
    classifier: Classifier, pictures: list[Path]
) -> None:
    answers: list[Answer[Path]] = list(
        classify_many(classifier, pictures[:4], same, 1, keep=lambda picture: picture.image.size)
    )
    assert [answer.kept for answer in answers] == [(60, 40), (61, 40), (62, 40), None]


def test_every_result_says_how_it_came_about(classifier: Classifier, pictures: list[Path]) -> None:
    own = classifier.spec.preprocessing
    squash = replace(own, keep_aspect=False)
    decoded: Decode = "draft"
    usual, other = (
        [
            answer.outcome
            for answer in classify_many(
                classifier, pictures[:3], same, 1, decode=decoded, preprocessing=preprocessing
            )
            if isinstance(answer.outcome, Classification)
        ]
        for preprocessing in (None, squash)
    )
    assert [(each.form, each.decode, each.preprocessing) for each in usual] == [
        ("published", "draft", own)
    ] * 3
    assert {each.preprocessing for each in other} == {squash}
    assert all(one.predictions != two.predictions for one, two in zip(usual, other, strict=True))
    assert set(usual[0].versions) == {"vgg-desktop", "onnxruntime", "numpy", "pillow"}
    assert usual[0].versions is other[0].versions  # what is constant costs nothing per picture
    assert classifier.spec.preprocessing == own


def test_no_pictures_no_answers(classifier: Classifier) -> None:
    assert list(classify_many(classifier, [], same, 1)) == []


def test_a_network_that_fails_ends_it(tmp_path: Path, pictures: list[Path]) -> None:
    classifier = open_classifier(ModelStore().get(find(load_catalog(), "starter")))
    classifier.labels = classifier.labels[:3]
    with pytest.raises(ModelUnusable):
        list(classify_many(classifier, pictures, same, 1))


def test_errors_that_are_kept_keep_nothing_else(pictures: list[Path]) -> None:
    network = open_classifier(ModelStore().get(find(load_catalog(), "starter")))
    there = weakref.ref(network)
    gc.disable()
    try:
        answers = list(classify_many(network, pictures, same, 3))
        del network
        assert there() is None
    finally:
        gc.enable()
    errors = [each.outcome for each in answers if isinstance(each.outcome, VggDesktopError)]
    assert [type(each) for each in errors] == [ImageUnreadable] * 3


def test_draft_decoding_is_close_to_full(classifier: Classifier, tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    smooth = Image.fromarray(noise_on_gradient(90, 60)).resize((1800, 1200), Image.Resampling.BICUBIC)
    smooth.save(path, quality=92)
    full, draft = (classifier.load_input(path, decode=decode) for decode in ("full", "draft"))
    scale = np.array(classifier.spec.preprocessing.std).max() * 255
    difference = np.abs(full.tensor - draft.tensor) * scale
    assert 0 < difference.mean() < 1
    assert (full.width, full.height) == (draft.width, draft.height) == (1800, 1200)


def test_batches_grow_by_doubling_and_none_takes_too_long() -> None:
    assert [next_size(1, 8, 10.0), next_size(2, 8, 10.0), next_size(8, 8, 10.0)] == [2, 4, 8]
    assert next_size(8, 8, LONGEST / 3) == 2
    assert next_size(1, 8, 10 * LONGEST) == 1
    assert next_size(4, 8, 0.0) == 8  # no picture of the batch could be read
