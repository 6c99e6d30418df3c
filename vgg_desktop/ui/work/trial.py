"""A network tried out on a picture while its details are being chosen. Thread: that of a job."""

import contextlib
import threading
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from vgg_desktop.errors import Cancelled, CatalogInvalid, ImportNeedsDetails, ModelUnusable
from vgg_desktop.files import storage_errors
from vgg_desktop.inference.results import Prediction
from vgg_desktop.models.catalog import ModelSpec, Outputs, Preprocessing, read_preprocessing
from vgg_desktop.models.details import Details
from vgg_desktop.models.labels import Label, read_labels
from vgg_desktop.ui.jobs import Report
from vgg_desktop.why import Why

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    from vgg_desktop.inference.examination import Examination, Usage

SHOWN = 3  # classes
_DRAFT = 1024  # pixels to which a JPEG is decoded at least
_WITHOUT_NAMES = (Why.IMPORT_NEEDS_LABELS, Why.IMPORT_NEEDS_BOTH, Why.IMPORT_LABEL_COUNT)


class Fixed(NamedTuple):
    """What a network's input fixes; None is left open."""

    channels: int | None
    height: int | None
    width: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a network sees of a picture, with the smallest and the largest number, and its most probable classes.

    `classes` is how many it has, `labels` are their names if they are known, and `preprocessing` and `outputs` how it
    was used.
    """

    image: QImage
    range: tuple[float, float]
    predictions: tuple[Prediction, ...]
    classes: int
    labels: tuple[Label, ...]
    preprocessing: Preprocessing
    outputs: Outputs


def read_names(path: Path, _cancel: threading.Event, _report: Report) -> tuple[Label, ...]:
    """Return the names of classes in a file. Raises `CatalogInvalid`."""
    return read_labels(path)


def read_settings(
    path: Path, _cancel: threading.Event, _report: Report
) -> tuple[Preprocessing, Outputs | None]:
    """Return the preprocessing in a file, and what it says about the outputs. Raises `CatalogInvalid`."""
    return read_preprocessing(path)


def read_both(
    path: Path, cancel: threading.Event, report: Report
) -> tuple[tuple[Label, ...] | None, Preprocessing | None, Outputs | None]:
    """Return what a file holds of names and preprocessing. Raises `CatalogInvalid` where it is neither."""
    labels = preprocessing = outputs = None
    with contextlib.suppress(CatalogInvalid):
        preprocessing, outputs = read_settings(path, cancel, report)
    try:
        labels = read_names(path, cancel, report)
    except CatalogInvalid:
        if preprocessing is None:
            raise
    return labels, preprocessing, outputs


class NetworkTrial:
    """A network in a child process of its own, which ends with `end`; started at the first picture."""

    def __init__(self, path: Path, known: ModelSpec | None = None) -> None:
        self.path, self._known = path, known
        self._cancel, self._ending = threading.Event(), threading.Event()
        self._end: Callable[[], object] = lambda: None
        self._examination: Examination | None = None
        self._beside: tuple[Path | None, Path | None] = None, None
        self._picture: tuple[Path, Image.Image] | None = None
        self._usages: dict[object, tuple[Usage, bool]] = {}  # the last one

    def look(
        self,
        picture: Path,
        details: Details,
        reference: Preprocessing,
        cancel: threading.Event,
        report: Report,
    ) -> Seen:
        """Let the network look at a picture, with names or without; `reference` is what turns numbers into colours.

        Reports the `Fixed` first.
        Raises `ImportNeedsDetails`, `ModelUnusable`, `ImageUnreadable`, `ImageTooLarge`, `Cancelled`.
        """
        from vgg_desktop.images.preprocessing import preprocess
        from vgg_desktop.inference.classifier import top_k

        self._cancel = cancel
        image = self._read(picture, cancel)
        try:
            examination = self._examined()
            report(_fixed(examination.input.shape))
            usage, is_named = self._usage(examination, details)
            (row,) = examination.probabilities([image], usage.preprocessing, usage.outputs, usage.interface)
        except (Cancelled, ModelUnusable):
            self._close()  # where it has not ended
            raise
        known = usage.labels if is_named else ()
        labels = _numbered(details.labels or known, len(usage.labels))
        predictions = tuple(
            Prediction(labels[each].index, labels[each].id, labels[each].name, float(row[each]))
            for each in top_k(row, SHOWN)
        )
        tensor = preprocess(image, usage.preprocessing)
        extremes = float(tensor.min()), float(tensor.max())
        shown = _as_colours(tensor, reference)
        return Seen(
            shown,
            extremes,
            predictions,
            len(labels),
            known,
            usage.preprocessing,
            usage.outputs,
        )

    @property
    def is_running(self) -> bool:
        """Whether there is a child process. Thread: any."""
        return self._examination is not None

    def stop(self) -> None:
        """Let a picture that is being looked at end at once; `end` must follow. Thread: any."""
        self._ending.set()

    def end(self, _cancel: threading.Event, _report: Report) -> None:
        """End the child process; another picture starts a new one."""
        self._close()
        self._ending.clear()

    def _is_stopped(self) -> bool:
        return self._cancel.is_set() or self._ending.is_set()

    def _read(self, path: Path, cancel: threading.Event) -> "Image.Image":
        from vgg_desktop.images.reading import read

        if self._picture is None or self._picture[0] != path:
            self._picture = path, read(path, draft=_DRAFT, cancel=cancel).image
        return self._picture[1]

    def _examined(self) -> "Examination":
        """Return the network in its child process, started where there is none."""
        if self._examination is None:
            from vgg_desktop.inference.examination import Examination
            from vgg_desktop.inference.installation import opened
            from vgg_desktop.inference.isolation import Isolation

            stack = contextlib.ExitStack()
            self._end = weakref.finalize(self, stack.close)  # also where the program ends with a form open
            network, self._beside = stack.enter_context(opened(self.path, self._cancel))
            with storage_errors(network):
                size = network.stat().st_size
            isolation = Isolation(network, size, self._is_stopped)
            stack.callback(isolation.end)
            for name in isolation.external_files():
                with contextlib.suppress(OSError):  # the import says what is missing
                    isolation.size += (network.parent / name).stat().st_size
            self._examination = Examination(isolation)
        return self._examination

    def _close(self) -> None:
        self._end()
        self._examination = None

    def _usage(self, examination: "Examination", details: Details) -> tuple["Usage", bool]:
        """Return how the network is used, and whether its classes have names; without any they are numbered."""
        preprocessing = details.preprocessing
        if preprocessing is None or examination.input.type == "tensor(uint8)":
            return self._find_usage(examination, details)
        key = details.outputs, preprocessing.shape, len(details.labels or ())
        if key not in self._usages:
            self._usages = {key: self._find_usage(examination, details)}
        # With other numbers or names it takes pictures the same way: finding out takes a dozen runs.
        usage, is_named = self._usages[key]
        return replace(usage, preprocessing=preprocessing), is_named

    def _find_usage(self, examination: "Examination", details: Details) -> tuple["Usage", bool]:
        from vgg_desktop.inference.importing import find_usage

        try:
            return find_usage(examination, details, self._known, self._beside), True
        except ImportNeedsDetails as error:
            classes = dict(error.reason.values).get("classes")
            if error.reason.why not in _WITHOUT_NAMES or not isinstance(classes, int):
                raise
        details = replace(details, labels=_numbered((), classes))
        return find_usage(examination, details, self._known, self._beside), False


def _numbered(labels: Sequence[Label], count: int) -> tuple[Label, ...]:
    """Return so many labels; those without a name are numbered."""
    text = QCoreApplication.translate("NetworkTrial", "Class {number}")
    missing = range(len(labels), count)
    return (*labels[:count], *(Label(index, str(index), text.format(number=index + 1)) for index in missing))


def _fixed(shape: Sequence[int | None]) -> Fixed:
    """Return what the shape of an input fixes: (N, C, H, W), (N, H, W, C), or one without channels."""
    if len(shape) != 4:
        return Fixed(None, None, None)
    _, first, second, third = shape
    is_last = first not in (1, 3) and (third in (1, 3))
    return Fixed(third, first, second) if is_last else Fixed(first, second, third)


def _as_colours(tensor: "NDArray[np.float32]", reference: Preprocessing) -> QImage:
    """Return a prepared picture (C, H, W) in the colours that it has for a network used to other numbers."""
    import numpy as np

    count, height, width = tensor.shape
    mean, std = (np.array(each, np.float32)[:, None, None] for each in (reference.mean, reference.std))
    if count == 1:
        mean, std = mean.mean(), std.mean()
    pixels = (np.broadcast_to(tensor, (3, height, width)) * std + mean) * reference.scale
    if reference.channels == "BGR" and count == 3:
        pixels = pixels[::-1]
    rows = np.ascontiguousarray(np.rint(pixels).clip(0, 255).astype(np.uint8).transpose(1, 2, 0))
    # The copy owns its pixels.
    return QImage(rows.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
