"""Many pictures: decoding in threads ahead of the network, which takes several at once.

Used by the window, the command line and `evaluate`.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import Cancelled, VggDesktopError, stop_if_cancelled
from vgg_desktop.images.identity import FileIdentity
from vgg_desktop.images.reading import Picture
from vgg_desktop.inference import activity
from vgg_desktop.inference.classifier import Classifier, LoadedInput
from vgg_desktop.inference.results import Classification, Decode
from vgg_desktop.models.catalog import Preprocessing

Item = TypeVar("Item")

# Measured (benchmarks/batches.py): the weights of the fully connected layers are read once a batch, which gains up to
# a third by 8 and no more by 16. Longer than this no batch takes, since none can be stopped in its middle.
MAX_BATCH = 8
LONGEST = 1500.0  # milliseconds
_POLL = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class Answer(Generic[Item]):
    """The outcome of one item: its classification or error; `kept` is what `keep` returned for its picture.

    `probabilities` (C,) are those of all classes; `identity` is the file's, where it was asked for.
    """

    item: Item
    outcome: Classification | VggDesktopError
    kept: object = None
    probabilities: NDArray[np.float64] | None = None
    identity: FileIdentity | None = None


@dataclass(frozen=True, slots=True)
class _Reading(Generic[Item]):
    """An item whose picture is being decoded, or waits for that; `cancel` ends it."""

    item: Item
    future: Future[LoadedInput]
    cancel: threading.Event


def decoding_threads() -> int:
    """Return how many pictures to decode at the same time."""
    return max(1, min(8, os.cpu_count() or 1))


def next_size(size: int, most: int, each_ms: float) -> int:
    """Return the size of the next batch: twice the last one's, or half where a picture has begun to take too long.

    Powers of two, since onnxruntime plans its memory again for each size.
    """
    size = min(most, size * 2)
    while size > 1 and size * each_ms > LONGEST:
        size //= 2
    return size


def classify_many(
    classifier: Classifier,
    items: Iterable[Item],
    path_of: Callable[[Item], Path],
    k: int,
    *,
    decode: Decode = "full",
    preprocessing: Preprocessing | None = None,
    batch: int = MAX_BATCH,
    keep: Callable[[Picture], object] = lambda _picture: None,
    with_identity: bool = False,
    wanted: Callable[[Item], bool] = lambda _item: True,
    cancel: threading.Event | None = None,
) -> Generator[Answer[Item], None, None]:
    """Classify items in their order; a picture that cannot be read costs only itself.

    `items` is asked for no more than are needed to keep the decoders busy, so memory is bounded and a queue may
    stand behind it. `preprocessing` takes the place of the network's own. What `keep` makes of a picture, in the
    decoding thread, comes with its answer, and `with_identity` which file it was. Those no longer `wanted` when their
    turn comes, or while they are decoded, get no answer. The first answer comes after one picture; batches grow from
    there. Raises `ModelUnusable`, and `Cancelled` soon after `cancel` was set; errors of pictures are in their answers.
    """
    source = iter(items)
    threads = decoding_threads()
    waiting: deque[_Reading[Item]] = deque()
    taken: list[_Reading[Item]] = []
    pool = ThreadPoolExecutor(threads, "decode")

    def fill(count: int) -> None:
        while len(waiting) < count:
            for item in source:
                ends = threading.Event()
                future = pool.submit(
                    classifier.load_input,
                    path_of(item),
                    decode=decode,
                    preprocessing=preprocessing,
                    keep=keep,
                    with_identity=with_identity,
                    cancel=ends,
                )
                waiting.append(_Reading(item, future, ends))
                break
            else:
                return

    size = 1
    with activity.running():
        try:
            while True:
                fill(size + threads)
                if not waiting:
                    return
                taken = [waiting.popleft() for _ in range(min(size, len(waiting)))]
                each_ms = 0.0
                for answer in _run(classifier, taken, k, wanted, cancel):
                    if isinstance(answer.outcome, Classification):
                        each_ms = answer.outcome.milliseconds["run"]
                    yield answer
                size = next_size(size, batch, each_ms)
        finally:
            for each in (*taken, *waiting):
                each.cancel.set()
            pool.shutdown(wait=True, cancel_futures=True)


def _run(
    classifier: Classifier,
    taken: list[_Reading[Item]],
    k: int,
    wanted: Callable[[Item], bool],
    cancel: threading.Event | None,
) -> Iterator[Answer[Item]]:
    """Wait for the pictures of one batch, run it, and return the answers in order."""
    outcomes: list[tuple[Item, LoadedInput | VggDesktopError]] = []
    for each in taken:
        try:
            outcomes.append((each.item, _wait(each, wanted, cancel)))
        except VggDesktopError as error:
            outcomes.append((each.item, error.without_traceback()))
        except Cancelled:
            stop_if_cancelled(cancel)  # else it was this picture alone
    loaded = [outcome for _, outcome in outcomes if isinstance(outcome, LoadedInput)]
    results = iter(classifier.classify_fully(loaded, k) if loaded else ())
    for item, outcome in outcomes:
        if isinstance(outcome, LoadedInput):
            result, probabilities = next(results)
            yield Answer(item, result, outcome.kept, probabilities, outcome.identity)
        else:
            yield Answer(item, outcome)


def _wait(
    reading: _Reading[Item], wanted: Callable[[Item], bool], cancel: threading.Event | None
) -> LoadedInput:
    """Return a picture once it is decoded. Raises its error, and `Cancelled` where it is not wanted any more."""
    while True:
        if not wanted(reading.item):
            reading.cancel.set()
            reading.future.cancel()
            raise Cancelled
        stop_if_cancelled(cancel)
        if wait((reading.future,), _POLL).done:
            return reading.future.result()
