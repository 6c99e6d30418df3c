"""What comes out of a classification. Loads no numpy: the window needs this at its start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, Preprocessing

Precision = Literal["exact", "fast"]
Decode = Literal["full", "draft"]  # every pixel of a JPEG, or one that is decoded at a reduced size
# What runs: the published file, a graph over its weights, or weights made from it.
FormId = Literal["published", "mapped", "winograd", "int8", "half"]


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
    `form`, `decode`, `preprocessing` and `versions` (of the app and of the libraries that take part, by name) are what
    it takes to get the same numbers again. `fallback` is why another device answered than was wanted, or than would be
    faster, or "".
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
    form: FormId = "published"
    decode: Decode = "full"
    preprocessing: Preprocessing = IMAGENET_PREPROCESSING
    versions: Mapping[str, str] = field(default_factory=dict, hash=False)
