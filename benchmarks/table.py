"""Measures in turn, and prints medians, spreads and ratios as Markdown, which is readable in a terminal too."""

import statistics
from collections.abc import Callable, Mapping, Sequence

Values = Mapping[str, Sequence[float]]


def in_turn(
    measures: Mapping[str, Callable[[], float]], rounds: int, *, warm_up: int = 1
) -> dict[str, list[float]]:
    """Take every measure once a round, one after the other, so that a busy moment of the machine meets all of them.

    The first `warm_up` rounds, which fill caches, are not counted.
    """
    results: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(warm_up + rounds):
        for name, measure in measures.items():
            value = measure()
            if number >= warm_up:
                results[name].append(value)
    return results


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile."""
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def ratio(values: Sequence[float], base: Sequence[float]) -> float:
    """Return the median of the ratios of each round: what slowed one round down slowed both of its halves."""
    return statistics.median(each / other for each, other in zip(values, base, strict=True))


def show(
    title: str, unit: str, results: Values, base: str, *, times_base: bool = False, note: str = ""
) -> None:
    """Print a table whose last column is how many times faster or smaller than `base` each is.

    With `times_base` it is the reverse: how many times as long or as much as `base`.
    """
    last = f"times {base}" if times_base else f"better than {base} by"
    print(f"\n**{title}**\n\n| | median, {unit} | middle half | {last} |\n|---|---:|---:|---:|")
    for name, values in results.items():
        low, middle, high = spread(values)
        factor = ratio(values, results[base]) if times_base else ratio(results[base], values)
        print(f"| {name} | {number(middle)} | {number(low)} to {number(high)} | {factor:.2f} x |")
    if note:
        print(f"\n{note}")


def number(value: float) -> str:
    """Write a number with three digits."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
