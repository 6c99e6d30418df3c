"""Finding, reading and writing pictures, and saving results. Thread: that of a job."""

import contextlib
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QImage

from vgg_desktop import export, sorting
from vgg_desktop.errors import Cancelled, ImageUnreadable, VggDesktopError
from vgg_desktop.export import Outcome
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.paths import extended
from vgg_desktop.reasons import Reason
from vgg_desktop.sorting import Sorted, Sorting, SortPlan
from vgg_desktop.ui.incoming.mime import decode
from vgg_desktop.ui.incoming.session_folder import PictureData, SessionFolder
from vgg_desktop.ui.jobs import Report

if TYPE_CHECKING:
    from vgg_desktop.images.reading import Picture

THUMBNAIL = 128  # pixels of the longer side
PREVIEW = 2400
FOUND_AT_ONCE = 1000  # pictures in one report, so that a long list begins to fill at once
FOUND_AT_LEAST = 0.2  # seconds after which fewer are reported too
PART_PAUSE = 0.01  # seconds


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a picture's file: bytes, seconds since 1970, upright pixels; None, 0 or "" where unknown.

    `camera`, `taken` and `note` are those of `images.reading.Picture`.
    """

    size: int | None = None
    modified: float | None = None
    width: int = 0
    height: int = 0
    camera: str = ""
    taken: str = ""
    note: Reason | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture for the view, and the square that the network sees as fractions of its width and height.

    The image is null where the picture cannot be read.
    """

    image: QImage
    square: tuple[float, float, float, float]
    file: FileFacts


def to_qimage(picture: "Picture", side: int) -> QImage:
    """Copy a picture, shrunk to fit `side` pixels, into an image of Qt. Thread: any."""
    image = picture.image
    if max(image.size) > side:
        # `reducing_gap` first shrinks by whole numbers: far faster on large photos, and no worse to the eye.
        scale = side / max(image.size)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, reducing_gap=2.0)
    data = image.tobytes()
    # The copy owns its pixels; without it Qt would read memory that Python has freed.
    return QImage(data, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888).copy()


def find(paths: Iterable[Path | str], cancel: threading.Event, report: Report) -> None:
    """Find the pictures in files and folders; reports tuples of paths, and `ImageUnreadable` for a folder.

    Raises `Cancelled`.
    """
    from vgg_desktop.images.finding import find_pictures

    found: list[Path] = []
    told = time.monotonic()

    def fail(error: ImageUnreadable) -> None:  # a folder that may not be read costs only itself
        report(error.without_traceback())

    for path in paths:
        try:
            for picture in find_pictures(Path(path), recursive=True, cancel=cancel, failed=fail):
                found.append(picture)
                is_late = len(found) % 16 == 0 and time.monotonic() - told > FOUND_AT_LEAST
                if len(found) >= FOUND_AT_ONCE or is_late:
                    report(tuple(found))
                    found.clear()
                    told = time.monotonic()
                    # Parts that come faster than the window takes them would keep it from everything else.
                    cancel.wait(PART_PAUSE)
        except ImageUnreadable as error:
            fail(error)
        if cancel.is_set():
            raise Cancelled
    if found:
        report(tuple(found))


def write(
    folder: SessionFolder,
    pictures: Iterable[PictureData | str],
    cancel: threading.Event,
    report: Report,
) -> list[Path] | None:
    """Write pictures that came without a file, `data:` addresses among them, and return their paths.

    None where none of them held a picture. Reports the error of each that cannot be written. Raises `Cancelled`.
    """
    written: list[Path] | None = None
    for each in pictures:
        if cancel.is_set():
            raise Cancelled
        picture = decode(each) if isinstance(each, str) else each
        if picture is not None:
            written = written or []
            try:
                written.append(folder.write(picture.name, picture.data))
            except VggDesktopError as error:
                report(error.without_traceback())
    return written


def load_preview(path: Path, spec: ModelSpec, cancel: threading.Event, _report: Report) -> Preview:
    """Read one picture for the view, and what is known of its file. Raises `Cancelled`."""
    from vgg_desktop.images.preprocessing import crop_box
    from vgg_desktop.images.reading import read

    file = FileFacts()
    with contextlib.suppress(OSError, ValueError):  # the row has the error
        status = extended(path).stat()
        file = FileFacts(status.st_size, status.st_mtime)
    try:
        picture = read(path, draft=PREVIEW, cancel=cancel)
    except VggDesktopError:
        return Preview(QImage(), (0.0, 0.0, 1.0, 1.0), file)
    width, height = picture.width, picture.height
    left, top, right, bottom = crop_box(width, height, spec.preprocessing)
    square = (left / width, top / height, right / width, bottom / height)
    file = replace(
        file, width=width, height=height, camera=picture.camera, taken=picture.taken, note=picture.note
    )
    return Preview(to_qimage(picture, PREVIEW), square, file)


def load_thumbnail(path: Path, side: int = THUMBNAIL, cancel: threading.Event | None = None) -> QImage:
    """Read one picture for the list, to fit a side. Raises `ImageUnreadable`, `ImageTooLarge`, `Cancelled`."""
    from vgg_desktop.images.reading import read

    return to_qimage(read(path, draft=2 * side, cancel=cancel), side)


ExportKind = Literal["csv", "json"]  # a table, or JSON Lines


def save(
    kind: ExportKind, target: Path, outcomes: tuple[Outcome, ...], cancel: threading.Event, report: Report
) -> int:
    """Save results and return how many; reports how many are done.

    Raises `StorageError`, `NotEnoughSpace`, `Cancelled`; a file that was there before then stays as it was.
    """
    write = export.write_csv if kind == "csv" else export.write_json_lines
    write(target, outcomes, cancel=cancel, progress=report)
    return len(outcomes)


def plan_sorting(
    folder: Path, outcomes: tuple[Outcome, ...], how: Sorting, cancel: threading.Event, _report: Report
) -> SortPlan:
    """Return what sorting would do. Raises `Cancelled`."""
    return sorting.plan_sorting(folder, outcomes, how, cancel=cancel)


def sort_into_folders(
    folder: Path, outcomes: tuple[Outcome, ...], how: Sorting, cancel: threading.Event, report: Report
) -> Sorted:
    """Sort pictures into folders; reports how many are done. Raises `StorageError`, `NotEnoughSpace`, `Cancelled`."""
    return sorting.sort_into_folders(folder, outcomes, how, cancel=cancel, progress=report)
