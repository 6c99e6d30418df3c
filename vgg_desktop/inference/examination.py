"""Examines a network: its preprocessing, its labels, and the meaning of its outputs."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vgg_desktop import paths
from vgg_desktop.errors import CatalogInvalid, ImportNeedsDetails
from vgg_desktop.inference.isolation import Isolation
from vgg_desktop.models.catalog import (
    IMAGENET_PREPROCESSING,
    MAX_SIDE,
    ModelSpec,
    Outputs,
    Preprocessing,
    read_preprocessing,
)
from vgg_desktop.models.labels import read_labels
from vgg_desktop.reasons import Why

_TOLERANCE = 5e-3  # of a sum of probabilities: 16-bit floats are rounded to 1/2048


@dataclass(frozen=True, slots=True)
class Usage:
    """How a network is to be used; `labels` is the file of class names."""

    preprocessing: Preprocessing
    outputs: Outputs
    labels: Path

    def is_that_of(self, spec: ModelSpec) -> bool:
        """Return whether a network has this usage already; labels are compared by content."""
        if (self.preprocessing, self.outputs) != (spec.preprocessing, spec.outputs):
            return False
        return self.labels == spec.labels or (
            _is_readable(spec.labels) and read_labels(self.labels) == read_labels(spec.labels)
        )


def examine(
    network: Isolation, labels: Path | None, preprocessing: Path | None, known: ModelSpec | None = None
) -> Usage:
    """Find how a network is to be used, from the files given, else as `known` is, else as for ImageNet.

    Raises `ImportNeedsDetails`, `ModelUnusable`, `CatalogInvalid`, `Cancelled`.
    """
    path, size = network.path, network.load()
    chosen, outputs = _preprocessing(path, size, preprocessing, known)
    if labels is None and known is not None and _is_readable(known.labels):
        labels = known.labels
    side = chosen.shape[1] if chosen is not None else size or 224
    if size is not None and size != side:
        raise ImportNeedsDetails(path, Why.IMPORT_CROP(side=size, crop=side))
    scores = network.probe(side)
    classes = scores.shape[1]
    if classes != 1000 and (labels is None or chosen is None):
        needed = (
            Why.IMPORT_NEEDS_PREPROCESSING
            if labels is not None
            else Why.IMPORT_NEEDS_LABELS
            if chosen is not None
            else Why.IMPORT_NEEDS_BOTH
        )
        raise ImportNeedsDetails(path, needed(classes=classes))
    labels = labels or paths.resource("labels/imagenet.tsv")
    count = len(read_labels(labels))
    if count != classes:
        raise ImportNeedsDetails(
            path, Why.IMPORT_LABEL_COUNT(classes=classes, file=labels.name, labels=count)
        )
    if chosen is None:
        # The usual ratio of resize to crop, 256 to 224, at the network's own size.
        chosen = replace(IMAGENET_PREPROCESSING, crop=side, resize=min(side * 256 // 224, MAX_SIDE))
    return Usage(chosen, _outputs(path, scores, outputs), labels)


def _is_readable(labels: Path) -> bool:
    try:
        read_labels(labels)
    except CatalogInvalid:
        return False
    return True


def _preprocessing(
    path: Path, size: int | None, file: Path | None, known: ModelSpec | None
) -> tuple[Preprocessing | None, Outputs | None]:
    if file is not None:
        return read_preprocessing(file)
    if known is not None:
        # Logits may have been assumed only.
        return known.preprocessing, "probabilities" if known.outputs == "probabilities" else None
    if size is not None and size < 16:
        raise ImportNeedsDetails(path, Why.IMPORT_SMALL_INPUT(side=size))
    return None, None


def _outputs(path: Path, scores: NDArray[np.float32], said: Outputs | None) -> Outputs:
    """Return what the scores (N, C) of some pictures mean, and check it against what was declared."""
    # Scores that are no logits show themselves: they are not negative and sum to one.
    is_softmax = bool(scores.min() >= 0 and (np.abs(scores.sum(axis=1) - 1) < _TOLERANCE).all())
    if said == "logits" and is_softmax:
        raise ImportNeedsDetails(path, Why.IMPORT_PROBABILITIES())
    # If declared, values from 0 to 1 suffice: the classes may not exclude each other.
    if said == "probabilities" and (scores.min() < -_TOLERANCE or scores.max() > 1 + _TOLERANCE):
        raise ImportNeedsDetails(path, Why.IMPORT_LOGITS())
    return said or ("probabilities" if is_softmax else "logits")
