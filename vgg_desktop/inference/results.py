"""The result of a classification. Does not import numpy: the window needs this at its start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, Preprocessing
from vgg_desktop.reasons import Reason

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.listing import Device

Precision = Literal["exact", "fast"]
Decode = Literal["full", "draft"]  # every pixel of a JPEG, or one that is decoded at a reduced size
# What runs: the published file, a graph over its weights, or weights made from it.
FormId = Literal["published", "mapped", "winograd", "int8", "half"]
FORMS_OF: dict[Precision, tuple[FormId, ...]] = {
    "exact": ("published", "mapped", "winograd"),
    "fast": ("int8", "half"),
}


@dataclass(frozen=True, slots=True)
class Prediction:
    """One class with its probability, 0 to 1."""

    index: int
    id: str
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Skipped:
    """A device that was requested or may be faster and does not answer, and why; None for all but the CPU."""

    device: "Device | None"
    reason: Reason

    def __str__(self) -> str:
        return str(self.reason) if self.device is None else f"{self.device.name}: {self.reason}"


Fallback: TypeAlias = tuple[Skipped, ...]


def format_fallback(fallback: Fallback) -> str:
    """Return in English why other devices do not answer; "" where none was skipped."""
    return "; ".join(map(str, fallback))


@dataclass(frozen=True, slots=True)
class Classification:
    """The most probable classes of one picture, and their provenance.

    Where the classes are `independent`, they do not exclude each other, and each has a probability of its own.
    `milliseconds` by stage: read, prepare, run. `width` and `height` are the upright picture's, in pixels.
    `form`, `decode`, `preprocessing` and `versions` (of the app and of the libraries that take part, by name) are what
    it takes to get the same numbers again. `fallback` lists the devices that were requested or may be faster and did
    not answer. `note` tells that the file has more pages or frames than the one that was classified.
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
    fallback: Fallback = ()
    form: FormId = "published"
    decode: Decode = "full"
    preprocessing: Preprocessing = IMAGENET_PREPROCESSING
    versions: Mapping[str, str] = field(default_factory=dict, hash=False)
    independent: bool = False
    note: Reason | None = None
