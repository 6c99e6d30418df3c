"""The pictures of the list: their states, what they are sorted by, and which of them are shown."""

import enum
import functools
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vgg_desktop.inference.results import Classification, Prediction
from vgg_desktop.models.class_names import class_name, names_in
from vgg_desktop.ui.words.class_names import language, name_of

MATCHING = 0.05  # the least probability with which a class below the first one matches the filter


class RowState(enum.Enum):
    """The state of one picture."""

    WAITING = enum.auto()
    RUNNING = enum.auto()
    DONE = enum.auto()
    FAILED = enum.auto()
    CANCELLED = enum.auto()


OPEN = (RowState.WAITING, RowState.RUNNING)
RETRYABLE = (RowState.FAILED, RowState.CANCELLED)


class Kind(enum.Enum):
    """Which pictures the list shows; those unsure are among those done."""

    ALL = enum.auto()
    DONE = enum.auto()
    UNSURE = enum.auto()
    FAILED = enum.auto()
    STOPPED = enum.auto()
    OPEN = enum.auto()


class Order(enum.Enum):
    """What the list is sorted by."""

    ADDED = enum.auto()
    NAME = enum.auto()
    CLASS = enum.auto()
    SUREST = enum.auto()
    LEAST_SURE = enum.auto()


class Grouping(enum.Enum):
    """Whether the list has a group for each class, and in which order."""

    NONE = enum.auto()
    LARGEST = enum.auto()
    NAME = enum.auto()


ClassKey = tuple[str, str]  # the id of a class and its published label


@dataclass(slots=True, eq=False)
class ResultRow:
    """One picture of the list; changed by the model only, and compared by identity.

    `classification` may be an earlier one, perhaps of another network, until the picture is classified again.
    """

    path: Path
    state: RowState = RowState.WAITING
    classification: Classification | None = None
    error: Exception | None = None
    number: int = 0  # in the order in which pictures were added

    @property
    def answer(self) -> Classification | None:
        """The classification, or None where there is none yet by the network in use."""
        return self.classification if self.state is RowState.DONE else None

    @property
    def previous(self) -> Classification | None:
        """The earlier classification of a picture that waits for another one or was stopped."""
        return None if self.state in (RowState.DONE, RowState.FAILED) else self.classification

    @property
    def label(self) -> str:
        """The name of the most probable class in the user's language, or "" before there is one."""
        return name_of(self.classification.predictions[0]) if self.classification else ""

    @property
    def probability(self) -> float:
        """The probability of the most probable class, or 0 before there is one."""
        return self.classification.predictions[0].probability if self.classification else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pictures there are in all, and in which state; those `unsure` are among those `done`."""

    total: int
    open: int
    done: int
    failed: int
    stopped: int
    unsure: int

    @classmethod
    def of_states(cls, states: Mapping[RowState, int], unsure: int) -> "Counts":
        """Return the numbers of pictures in the states."""
        numbers = {state: states.get(state, 0) for state in RowState}
        return cls(
            total=sum(numbers.values()),
            open=numbers[RowState.WAITING] + numbers[RowState.RUNNING],
            done=numbers[RowState.DONE],
            failed=numbers[RowState.FAILED],
            stopped=numbers[RowState.CANCELLED],
            unsure=unsure,
        )

    def of(self, kind: Kind) -> int:
        """Return how many pictures of a kind there are."""
        return {
            Kind.ALL: self.total,
            Kind.DONE: self.done,
            Kind.UNSURE: self.unsure,
            Kind.FAILED: self.failed,
            Kind.STOPPED: self.stopped,
            Kind.OPEN: self.open,
        }[kind]

    @property
    def ended(self) -> int:
        """How many need no more work."""
        return self.total - self.open


@functools.lru_cache(4096)  # asked again for every picture of a list that is sorted
def in_order(name: str) -> str:
    """Return what a name is compared by: without case, and an umlaut beside its vowel instead of after z."""
    return unicodedata.normalize("NFKD", name.casefold())


def sort_key(order: Order) -> Callable[[ResultRow], tuple[object, ...]]:
    """Return what rows are compared by; those without a class come last, equals stay as they were added."""
    if order is Order.NAME:
        return lambda row: (row.path.name.casefold(),)
    spoken, sign = language(), 1 if order is Order.LEAST_SURE else -1

    def key(row: ResultRow) -> tuple[object, ...]:
        answer = row.answer
        if answer is None:
            return (True, "", 0.0)
        best = answer.predictions[0]
        name = in_order(class_name(best.id, best.label, spoken)) if order is Order.CLASS else ""
        return (False, name, sign * best.probability)

    return key


_STATES = {
    Kind.DONE: (RowState.DONE,),
    Kind.UNSURE: (RowState.DONE,),
    Kind.FAILED: (RowState.FAILED,),
    Kind.STOPPED: (RowState.CANCELLED,),
    Kind.OPEN: OPEN,
}


@functools.lru_cache(8)  # the filter asks for every picture of the list
def _ids_named(text: str, language: str) -> frozenset[str]:
    """Return the ids of the classes whose name in a language contains a text in lower case."""
    return frozenset(id for id, name in names_in(language).items() if text in name.casefold())


@dataclass(slots=True)
class Filter:
    """Which rows are shown: those of a kind whose name or probable classes contain `text`, in lower case.

    With a class, only those of which it is the most probable one, the unsure ones left out.
    """

    text: str = ""
    kind: Kind = Kind.ALL
    chosen: ClassKey | None = None
    unsure_below: float = 0.0  # the probability that the best class must have not to be called unsure

    @property
    def is_active(self) -> bool:
        """Return whether some rows may not be shown."""
        return bool(self.text) or self.kind is not Kind.ALL or self.chosen is not None

    def is_unsure(self, row: ResultRow) -> bool:
        """Return whether the best class of a picture, be it an earlier one, is less probable than the threshold."""
        return row.classification is not None and row.probability < self.unsure_below

    def passes(self, row: ResultRow) -> bool:
        """Return whether a row is shown."""
        if self.kind is not Kind.ALL and not self._is_of_kind(row):
            return False
        if self.chosen is not None and self.group_of(row) != self.chosen:
            return False
        return not self.text or self.text in row.path.name.casefold() or bool(self.matching_class(row))

    def _is_of_kind(self, row: ResultRow) -> bool:
        is_of_kind = row.state in _STATES[self.kind]
        return is_of_kind and (self.kind is not Kind.UNSURE or self.is_unsure(row))

    def group_of(self, row: ResultRow) -> "ClassKey | Kind":
        """Return to which group of the list a row belongs: its class, or why it has none."""
        if row.state is RowState.DONE and row.classification is not None:  # the quickest way, for every row
            best = row.classification.predictions[0]
            return Kind.UNSURE if best.probability < self.unsure_below else (best.id, best.label)
        if row.state is RowState.FAILED:
            return Kind.FAILED
        return Kind.STOPPED if row.state is RowState.CANCELLED else Kind.OPEN

    def matching_class(self, row: ResultRow) -> Prediction | None:
        """Return the most probable class that contains the text, in the user's language or as published.

        Improbable ones below the first do not count.
        """
        if not self.text or (answer := row.answer) is None:
            return None
        best = answer.predictions
        probable = (each for each in best if each is best[0] or each.probability >= MATCHING)
        found = _ids_named(self.text, language())
        return next(
            (each for each in probable if self.text in each.label.casefold() or each.id in found), None
        )
