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
