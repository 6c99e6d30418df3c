"""What comes out of a classification. Loads no numpy: the window needs this at its start."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Precision = Literal["exact", "fast"]


@dataclass(frozen=True, slots=True)
class Prediction:
    """One class with its probability, 0 to 1."""

    index: int
    id: str
    label: str
    probability: float


def short_name(label: str) -> str:
    """Return a class's first name, without the synonyms after the comma."""
    return label.partition(",")[0].strip()


def synonyms(label: str) -> str:
    """Return what follows the first name, or nothing."""
    return label.partition(",")[2].strip()


@dataclass(frozen=True, slots=True)
class Classification:
    """The most probable classes of one picture, and how they came about.

    `milliseconds` by stage: read, prepare, run. `width` and `height` are the upright picture's, in pixels.
    `fallback` is why another device answered than was wanted, or than would be faster, or "".
    """

    path: Path
    model: str
    sha256: str
    device: str
    provider: str
    precision: Precision
    predictions: tuple[Prediction, ...]
    width: int
    height: int
    milliseconds: dict[str, float] = field(hash=False)
    fallback: str = ""
