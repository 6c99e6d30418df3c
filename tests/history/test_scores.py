"""Probabilities as bytes and back."""

import numpy as np
import pytest
from numpy.typing import NDArray

from vgg_desktop.history.scores import BEST, pack_best, pack_scores, unpack_best, unpack_scores
from vgg_desktop.inference.outputs import softmax
from vgg_desktop.inference.results import FORMS_OF


def some_probabilities(seed: int, classes: int = 1000) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    return softmax(random.normal(0, 4, (1, classes))).ravel()


@pytest.mark.parametrize("seed", range(5))
def test_probabilities_come_back_within_what_half_precision_allows(seed: int) -> None:
    probabilities = some_probabilities(seed)
    found = np.exp(unpack_scores(pack_scores(probabilities)).astype(np.float64))
    allowed = np.abs(np.log(probabilities)) / 2048 * probabilities + 1e-7
    assert (np.abs(found - probabilities) <= allowed * 1.01).all()


def test_a_thousand_classes_take_less_than_two_kilobytes() -> None:
    assert len(pack_scores(some_probabilities(1))) < 1_950


@pytest.mark.parametrize("classes", [1, 2, 10, 21841])
def test_any_number_of_classes(classes: int) -> None:
    probabilities = some_probabilities(3, classes)
    assert len(unpack_scores(pack_scores(probabilities))) == classes
    assert len(unpack_best(pack_best(probabilities), BEST)) == min(classes, BEST)


def test_probabilities_of_zero_and_one() -> None:
    found = np.exp(unpack_scores(pack_scores(np.array([1.0, 0.0, 1e-300, 0.0]))))
    assert found.tolist() == [1.0, 0.0, 0.0, 0.0]


def test_the_best_classes_are_those_that_are_shown() -> None:
    probabilities = np.array([0.1, 0.4, 0.1, 0.3, 0.1])
    assert [index for index, _ in unpack_best(pack_best(probabilities), 4)] == [1, 3, 0, 2]
    assert [probability for _, probability in unpack_best(pack_best(probabilities), 2)] == pytest.approx(
        [0.4, 0.3], abs=1e-7
    )


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="header"):
        unpack_scores(b"no scores")
    with pytest.raises(ValueError, match="multiple"):
        unpack_best(b"123", 5)


def test_every_form_has_a_precision() -> None:
    from vgg_desktop.inference.forms.registry import FORMS

    by_form = {form: precision for precision, forms in FORMS_OF.items() for form in forms}
    assert {id: form.precision for id, form in FORMS.items()} == {id: by_form[id] for id in FORMS}
    assert set(by_form) == {"published", *FORMS}
