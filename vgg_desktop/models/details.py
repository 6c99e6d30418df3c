"""What a user says about a network that is imported."""

from dataclasses import dataclass
from pathlib import Path

from vgg_desktop.models.catalog import Outputs, Preprocessing, read_preprocessing
from vgg_desktop.models.labels import Label, read_labels


@dataclass(frozen=True, slots=True)
class Details:
    """The names of the classes, the preprocessing, and what the outputs mean; None where nothing is said."""

    labels: tuple[Label, ...] | None = None
    preprocessing: Preprocessing | None = None
    outputs: Outputs | None = None


def read_details(labels: Path | None, preprocessing: Path | None) -> Details:
    """Read the files that a user named. Raises `CatalogInvalid`."""
    found, outputs = read_preprocessing(preprocessing) if preprocessing is not None else (None, None)
    return Details(read_labels(labels) if labels is not None else None, found, outputs)
