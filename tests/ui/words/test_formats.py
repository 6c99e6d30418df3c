"""Numbers, sizes, shares and times as the window shows them, in the user's language."""

from collections.abc import Callable

import pytest

from vgg_desktop.reasons import Bytes, Value
from vgg_desktop.ui.words.formats import (
    as_sentence,
    capitalized,
    data_rate,
    data_size,
    number,
    percent,
    percent_done,
    time_left,
    value_text,
)
from vgg_desktop.ui.words.languages import Languages


@pytest.fixture(autouse=True)
def _english(languages: Languages) -> None:
    languages.apply("en")


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (999_999, "1.0 MB"), (8_299_277, "8.3 MB"), (553_437_328, "553 MB")],
)
def test_sizes_have_three_digits(count: int, text: str) -> None:
    assert data_size(count) == text


@pytest.mark.parametrize(
    ("value", "three", "two"),
    [
        (0, "0.00", "0.0"),
        (0.0123, "0.01", "0.01"),
        (1.236, "1.24", "1.2"),
        (9.96, "9.96", "10"),
        (9.996, "10.0", "10"),
        (43.21, "43.2", "43"),
        (99.96, "100", "100"),
        (1234.4, "1,234", "1,234"),
    ],
)
def test_numbers_have_three_digits_or_two(value: float, three: str, two: str) -> None:
    assert (number(value), number(value, 2)) == (three, two)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.931, "93.1 %"), (1.0, "100.0 %"), (0.0004, "< 0.1 %"), (0.0005, "0.1 %"), (0.0, "0.0 %")],
)
def test_shares_are_in_percent_and_never_zero_for_something(share: float, text: str) -> None:
    assert percent(share) == text


def test_shares_can_have_more_digits() -> None:
    assert percent(0.0123, 2) == "1.23 %"
    assert percent(0.00003, 2) == "< 0.01 %"


@pytest.mark.parametrize(("fraction", "text"), [(0, "0 %"), (0.2299, "22 %"), (0.9999, "99 %"), (1, "100 %")])
def test_nothing_is_complete_before_its_end(fraction: float, text: str) -> None:
    assert percent_done(fraction) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "1 s left"), (53.4, "53 s left"), (65, "1:05 min left"), (3723, "1:02 h left")],
)
def test_time_left_is_rough(seconds: float, text: str) -> None:
    assert time_left(seconds) == text


def test_a_clause_becomes_a_sentence() -> None:
    assert as_sentence("it broke") == "It broke."
    assert as_sentence("") == ""
    assert capitalized("one picture 3 ms") == "One picture 3 ms"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Bytes(553_437_328), "553 MB"), (20_000, "20,000"), (0.25, "0.25"), ("20000", "20000")],
)
def test_values_of_errors_are_shown_by_their_kind(value: Value, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: data_size(8_299_277), "8,3 MB"),
        (lambda: data_rate(8_200_000), "8,2 MB/s"),
        (lambda: number(1.236), "1,24"),
        (lambda: percent(0.931), "93,1 %"),
        (lambda: percent(0.00001), "< 0,1 %"),
        (lambda: time_left(65), "noch 1:05 min"),
        (lambda: value_text(20_000), "20.000"),
    ],
)
def test_german(languages: Languages, make: Callable[[], str], text: str) -> None:
    languages.apply("de")
    assert make().replace("\u00a0", " ") == text
