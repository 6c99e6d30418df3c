"""Examines a network in its child process: how it takes pictures, what its outputs mean, what is still missing."""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vgg_desktop.errors import CatalogInvalid, ImportNeedsDetails, ModelUnusable
from vgg_desktop.inference.inputs import Way, fitted, ways
from vgg_desktop.inference.isolation import Isolation
from vgg_desktop.inference.known_pictures import KnownPicture
from vgg_desktop.inference.outputs import class_count, find_outputs, probabilities
from vgg_desktop.inference.preprocessing_search import Search, describe, search
from vgg_desktop.inference.runtime import Port
from vgg_desktop.inference.trial import Trial
from vgg_desktop.models.catalog import (
    IMAGENET_PREPROCESSING,
    MAX_SIDE,
    Interface,
    ModelSpec,
    Outputs,
    Preprocessing,
    preprocessing_in,
)
from vgg_desktop.models.details import Details
from vgg_desktop.models.labels import (
    WORDNET_ID,
    Label,
    comparable,
    imagenet_labels,
    labels_in,
    read_labels,
    short_name,
)
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

_FLOATS = ("tensor(float)", "tensor(float16)", "tensor(double)")
_SAME_NAMES = 0.9  # of the names, from which on labels are taken for ImageNet's
_USUAL_NAME = re.compile(r"logit|prob|softmax|predict|score", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Usage:
    """How a network is to be used; `notes` tell what was found or assumed without being said."""

    preprocessing: Preprocessing
    outputs: Outputs
    interface: Interface
    labels: tuple[Label, ...]
    notes: tuple[Reason, ...] = ()

    def is_that_of(self, spec: ModelSpec) -> bool:
        """Return whether a network has this usage already; labels are compared by content."""
        used = (self.preprocessing, self.outputs, self.interface)
        return used == (spec.preprocessing, spec.outputs, spec.interface) and self.labels == _labels_of(spec)


def _with_wordnet_ids(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """Return ImageNet's names with their WordNet ids, by which folders of pictures are named; others as they are."""
    known = imagenet_labels()
    if len(labels) != len(known) or any(WORDNET_ID.fullmatch(each.id) for each in labels):
        return labels
    same = sum(
        comparable(short_name(one.name)) == comparable(short_name(other.name))
        for one, other in zip(labels, known, strict=True)
    )
    if same < _SAME_NAMES * len(known):
        return labels
    return tuple(replace(one, id=other.id) for one, other in zip(labels, known, strict=True))


def _labels_of(spec: ModelSpec) -> tuple[Label, ...] | None:
    try:
        return read_labels(spec.labels)
    except CatalogInvalid:
        return None


@dataclass(frozen=True, slots=True)
class _Tried:
    """An output that has one row of scores for each picture, with the way in which pictures were given."""

    way: Way
    interface: Interface
    trial: Trial

    @property
    def classes(self) -> int:
        return class_count(self.trial.scores.shape[1])


class Examination:
    """A network in its child process: its header, its answers, and how it is to be used."""

    def __init__(self, isolation: Isolation) -> None:
        """Load the network in the child. Raises `ModelUnusable`, `Cancelled`."""
        self._isolation, self.path = isolation, isolation.path
        header = isolation.load()
        self.input = _port(header["input"])
        self.metadata: Mapping[str, str] = header["metadata"]
        self._single: bool = header["single"]
        self._zip_maps: Mapping[str, Any] = {each["output"]: each for each in header["zip_maps"]}
        self._all_outputs = tuple(map(_port, header["outputs"]))

    @property
    def _outputs(self) -> tuple[str, ...]:
        """Return the tensors that may be the scores: outputs of floating-point numbers, or what feeds a ZipMap."""
        return tuple(
            self._zip_maps[each.name]["tensor"] if each.name in self._zip_maps else each.name
            for each in self._all_outputs
            if each.type in _FLOATS or each.name in self._zip_maps
        )

    def usage(self, details: Details, known: ModelSpec | None = None, *, assume: bool = False) -> Usage:
        """Find how the network is to be used: as is said, else as before, else as its file tells, else as ImageNet's.

        With `assume`, the usual preprocessing is a start for classes other than ImageNet's too. Raises
        `ImportNeedsDetails` for what does not fit or is missing, `ModelUnusable`, `Cancelled`.
        """
        notes: list[Reason] = []
        said, outputs = self._said(details, known, notes)
        labels = details.labels or (_labels_of(known) if known is not None else None)
        tried = self._chosen(self._trials(said), labels, notes)
        labels = self._labels(labels, tried.classes, notes, is_prepared=assume or said is not None)
        preprocessing = self._preprocessing(tried.way, said, notes)
        found = find_outputs(tried.trial.scores, tried.trial.extremes, outputs)
        if isinstance(found, Reason):
            raise ImportNeedsDetails(self.path, found)
        notes += self._found(tried, found)
        return Usage(preprocessing, found, tried.interface, labels, tuple(notes))

    def _said(
        self, details: Details, known: ModelSpec | None, notes: list[Reason]
    ) -> tuple[Preprocessing | None, Outputs | None]:
        if details.preprocessing is not None:
            return details.preprocessing, details.outputs
        if known is not None:
            # Logits may have been assumed only.
            return known.preprocessing, details.outputs or (
                known.outputs if known.outputs != "logits" else None
            )
        sides = self.input.shape[2:] if self.input.shape[1:2] in ((1,), (3,)) else self.input.shape[1:3]
        height, width = sides if len(sides) == 2 else (None, None)
        inside = preprocessing_in(self.metadata, (height, width) if height and width else None)
        if inside is None:
            return None, details.outputs
        notes.append(Why.FOUND_PREPROCESSING(file=self.path.name))
        return inside[0], details.outputs or inside[1]

    def _trials(self, said: Preprocessing | None) -> list[_Tried]:
        """Try every output in the first way to take pictures that works. Raises what the first one raised."""
        if not self._outputs:
            raise ModelUnusable(self.path, Why.NETWORK_OUTPUTS(count=len(self._all_outputs)))
        failures: list[ModelUnusable] = []
        for way in ways(self.path, self.input, said):
            found = []
            for output in self._outputs:
                is_only = len(self._all_outputs) == 1 and output == self._all_outputs[0].name
                interface = Interface(way.layout, output="" if is_only else output, single=self._single)
                try:
                    trial = self._isolation.try_out(interface, way.shape, said)
                except ModelUnusable as error:
                    if not self._isolation.is_running:
                        raise
                    failures.append(error)
                else:
                    found.append(_Tried(way, replace(interface, batch=trial.batch), trial))
            if found:
                return found
        raise failures[0]

    def _chosen(
        self, tried: Sequence[_Tried], labels: tuple[Label, ...] | None, notes: list[Reason]
    ) -> _Tried:
        """Return the output with as many classes as there are labels, the one with a usual name, or the first."""

        def order(each: _Tried) -> tuple[bool, bool]:
            fits = each.classes == len(labels) if labels is not None else each.classes in (1000, 1001)
            return not fits, _USUAL_NAME.search(each.interface.output) is None

        chosen = min(tried, key=order)
        if chosen.interface.output:
            notes.append(Why.FOUND_OUTPUT(count=len(self._all_outputs), name=chosen.interface.output))
        return chosen

    def _labels(
        self,
        labels: tuple[Label, ...] | None,
        classes: int,
        notes: list[Reason],
        *,
        is_prepared: bool,
    ) -> tuple[Label, ...]:
        if labels is None and (inside := self._labels_inside()) is not None and len(inside) == classes:
            labels = inside
            notes.append(Why.FOUND_LABELS(file=self.path.name))
        is_imagenet = classes in (1000, 1001)
        if labels is not None and len(labels) != classes and not (classes == 1001 and len(labels) == 1000):
            raise ImportNeedsDetails(self.path, Why.IMPORT_LABEL_COUNT(classes=classes, labels=len(labels)))
        if not is_imagenet and (labels is None or not is_prepared):
            needed = (
                Why.IMPORT_NEEDS_PREPROCESSING
                if labels is not None
                else Why.IMPORT_NEEDS_LABELS
                if is_prepared
                else Why.IMPORT_NEEDS_BOTH
            )
            raise ImportNeedsDetails(self.path, needed(classes=classes))
        if labels is None:
            labels = imagenet_labels()
            notes.append(Why.ASSUMED_LABELS())
        if classes == 1001 and labels == imagenet_labels():
            labels = (
                Label(0, "background", "background"),
                *(replace(each, index=each.index + 1) for each in labels),
            )
            notes.append(Why.FOUND_BACKGROUND())
        labels = _with_wordnet_ids(labels)
        if len(labels) != classes:
            raise ImportNeedsDetails(self.path, Why.IMPORT_LABEL_COUNT(classes=classes, labels=len(labels)))
        return labels

    def _labels_inside(self) -> tuple[Label, ...] | None:
        """Return the names of classes that the file itself has."""
        for each in self._zip_maps.values():
            names = each["labels"]
            if names and not all(name == str(index) for index, name in enumerate(names)):
                return tuple(Label(index, str(index), name) for index, name in enumerate(names))
        return labels_in(self.metadata)

    def _preprocessing(self, way: Way, said: Preprocessing | None, notes: list[Reason]) -> Preprocessing:
        takes_bytes = self.input.type == "tensor(uint8)"
        channels, height, width = way.shape
        if said is not None:
            said = fitted(self.path, said, channels)
            if takes_bytes and (said.scale != 1 or any(said.mean) or set(said.std) != {1.0}):
                raise ImportNeedsDetails(self.path, Why.IMPORT_BYTES())
            return said
        # The usual ratio of resize to crop, 256 to 224, at the network's own size.
        resize = tuple(min(side * 256 // 224, MAX_SIDE) for side in (height, width))
        usual = replace(
            IMAGENET_PREPROCESSING,
            crop=height if height == width else (height, width),
            resize=resize[0] if height == width else (resize[0], resize[1]),
        )
        if takes_bytes:
            usual = replace(usual, scale=1.0, mean=(0.0,) * 3, std=(1.0,) * 3)
        if channels == 1:
            mean, std = (sum(each) / 3 for each in (usual.mean, usual.std))
            usual = replace(usual, channels="grey", mean=(mean,), std=(std,))
        notes.append(Why.ASSUMED_PREPROCESSING(preprocessing=describe(usual)))
        return usual

    def _found(self, tried: _Tried, outputs: Outputs) -> list[Reason]:
        """Return what is told of how the network takes pictures and what it returns."""
        notes = []
        if tried.way.layout == "channels-last":
            notes.append(Why.FOUND_CHANNELS_LAST())
        if tried.way.shape[0] == 1:
            notes.append(Why.FOUND_GREY())
        if self.input.type == "tensor(uint8)":
            notes.append(Why.FOUND_BYTES())
        if self._single:
            notes.append(Why.FOUND_SINGLE())
        if tried.interface.batch is not None:
            notes.append(Why.FOUND_BATCH(count=tried.interface.batch))
        if "percent" in outputs:
            notes.append(Why.FOUND_PERCENT())
        if tried.trial.scores.shape[1] == 1:
            notes.append(Why.FOUND_BINARY())
        elif outputs.startswith("independent"):
            notes.append(Why.FOUND_INDEPENDENT())
        return notes

    def probabilities(
        self,
        images: Sequence[Image.Image],
        preprocessing: Preprocessing,
        outputs: Outputs,
        interface: Interface,
    ) -> NDArray[np.float64]:
        """Return the probabilities (N, K) of pictures of mode RGB. Raises `ModelUnusable`, `Cancelled`."""
        scores = [self._isolation.scores(each, preprocessing, interface) for each in images]
        return probabilities(np.concatenate(scores), outputs)

    def search(
        self,
        pictures: Sequence[KnownPicture],
        preprocessing: Preprocessing,
        outputs: Outputs,
        interface: Interface,
        classes: int,
        cancel: threading.Event | None = None,
    ) -> Search:
        """Look for a preprocessing that fits better, on pictures of known classes. Raises as `probabilities`."""

        def answer(images: Sequence[Image.Image], tried: Preprocessing) -> NDArray[np.float64] | None:
            try:
                return self.probabilities(images, tried, outputs, interface)
            except ModelUnusable:
                if not self._isolation.is_running:
                    raise
                return None

        takes_bytes = self.input.type == "tensor(uint8)"
        return search(answer, pictures, preprocessing, classes, cancel, takes_bytes=takes_bytes)


def _port(values: Mapping[str, Any]) -> Port:
    return Port(values["name"], tuple(values["shape"]), values["type"])
