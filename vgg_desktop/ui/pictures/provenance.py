"""What is known of a picture's file and of its answer, as captions and values in the user's language."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from vgg_desktop.inference.results import Classification
from vgg_desktop.models.catalog import Preprocessing, Size, height_and_width
from vgg_desktop.ui.pictures.rows import OPEN, ResultRow, RowState
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import as_sentence, capitalized, data_size
from vgg_desktop.ui.words.reasons import fallback_text, reason_text
from vgg_desktop.ui.work.pictures import FileFacts

Fact = tuple[str, str]  # a caption and its value, which may have several lines
translate = QCoreApplication.translate


def title_of(model: str, session: Session) -> str:
    """Return the title of a network, or its id where it was removed meanwhile."""
    spec = session.downloads.spec(model)
    return spec.title if spec is not None else model


def previous(row: ResultRow, session: Session) -> str:
    """Return what a previous answer is and what happens to it, in a line; "" where there is none."""
    if row.classification is None or row.state not in (*OPEN, RowState.CANCELLED):
        return ""
    asked = session.choice.spec
    old, new = title_of(row.classification.model, session), asked.title
    is_same = row.classification.model == asked.id
    if row.state is RowState.CANCELLED:
        text = (
            translate("Provenance", "Previous answer; {1} was stopped")
            if is_same
            else translate("Provenance", "{0}'s answer; {1} was stopped")
        )
    elif session.pictures.paused:
        text = (
            translate("Provenance", "Previous answer; {1} is paused")
            if is_same
            else translate("Provenance", "{0}'s answer; {1} is paused")
        )
    else:
        text = (
            translate("Provenance", "Previous answer; {1} is computing…")
            if is_same
            else translate("Provenance", "{0}'s answer; {1} is computing…")
        )
    return text.format(old, new)


def about_file(path: Path, file: FileFacts | None, result: Classification | None) -> Iterator[Fact]:
    """Yield what is known of a picture's file; `file` is None until it was read."""
    yield translate("Provenance", "File"), path.name
    yield translate("Provenance", "Folder"), str(path.parent)
    file = file or FileFacts()
    if file.size is not None:
        yield translate("Provenance", "Size"), data_size(file.size)
    width, height = file.width, file.height
    if not width and result is not None:
        width, height = result.width, result.height
    if width:
        yield translate("Provenance", "Dimensions"), _pixels((height, width))
    if file.modified is not None:
        yield translate("Provenance", "Modified"), _moment(QDateTime.fromSecsSinceEpoch(int(file.modified)))
    if (taken := QDateTime.fromString(file.taken, "yyyy:MM:dd hh:mm:ss")).isValid():
        yield translate("Provenance", "Taken"), _moment(taken)
    if file.camera:
        yield translate("Provenance", "Camera"), file.camera
    note = file.note or (result.note if result is not None else None)
    if note is not None:
        yield translate("Provenance", "Remark"), as_sentence(reason_text(note))


def about_answer(result: Classification, session: Session) -> Iterator[Fact]:
    """Yield the provenance of a classification: all that it takes to get the same numbers again."""
    title = title_of(result.model, session)
    yield translate("Provenance", "Network"), title if title == result.model else f"{title} ({result.model})"
    yield "SHA-256", result.sha256
    yield translate("Provenance", "Device"), session.devices.name_of(result.device)
    yield translate("Provenance", "Execution provider"), result.provider
    is_exact = result.precision == "exact"
    yield (
        translate("Provenance", "Precision"),
        translate("Provenance", "Exact") if is_exact else translate("Provenance", "Fast"),
    )
    yield translate("Provenance", "Form"), _form(result)
    yield (
        translate("Provenance", "Decoding"),
        translate("Provenance", "All pixels")
        if result.decode == "full"
        else translate("Provenance", "JPEG decoded at a reduced size (draft)"),
    )
    yield translate("Provenance", "Preprocessing"), "\n".join(_steps(result.preprocessing))
    stages = [result.milliseconds.get(stage, 0.0) for stage in ("read", "prepare", "run")]
    text = translate("Provenance", "{0} ms: decode {1} ms, resize {2} ms, network {3} ms")
    yield translate("Provenance", "Time"), text.format(*(_short(each) for each in (sum(stages), *stages)))
    if result.fallback:
        # The device in use may have been requested: then this says why nothing faster is.
        yield translate("Provenance", "Other devices"), as_sentence(fallback_text(result.fallback))
    yield (
        translate("Provenance", "Versions"),
        ", ".join(f"{name} {version}" for name, version in result.versions.items()),
    )


def _form(result: Classification) -> str:
    return {
        "published": translate("Provenance", "Published file"),
        "mapped": translate("Provenance", "Graph over the published file's weights"),
        "winograd": translate("Provenance", "Winograd convolutions"),
        "int8": translate("Provenance", "8-bit integers"),
        "half": translate("Provenance", "Half precision (16-bit)"),
    }[result.form]


def _steps(made: Preprocessing) -> Iterator[str]:
    """Yield in words how a picture becomes the network's input, a line for each step."""
    interpolation = {
        "nearest": translate("Provenance", "nearest pixel"),
        "bilinear": translate("Provenance", "bilinear"),
        "bicubic": translate("Provenance", "bicubic"),
        "lanczos": "Lanczos",
    }[made.interpolation]
    if not made.keep_aspect:
        text = translate("Provenance", "squashed to {0} ({1})")
    elif isinstance(made.resize, int):
        text = translate("Provenance", "shorter side resized to {0} ({1})")
    else:
        text = translate("Provenance", "resized to cover {0} ({1})")
    is_side = made.keep_aspect and isinstance(made.resize, int)
    size = translate("Provenance", "{0} pixels").format(made.resize) if is_side else _pixels(made.resize)
    yield capitalized(text.format(size, interpolation))
    if made.keep_aspect or made.crop != made.resize:
        yield translate("Provenance", "Cropped to the middle {0}").format(_pixels(made.crop))
    colours = translate("Provenance", "grey") if made.channels == "grey" else made.channels
    scaled = translate("Provenance", "values / {0}").format(_numbers((made.scale,)))
    yield capitalized(f"{colours}, {scaled}")
    yield translate("Provenance", "Mean {0}; standard deviation {1}").format(
        _numbers(made.mean), _numbers(made.std)
    )


def _pixels(size: Size) -> str:
    height, width = height_and_width(size)
    return translate("Provenance", "{0} × {1} pixels").format(width, height)


def _numbers(values: tuple[float, ...]) -> str:
    """Return numbers as they are written in files of preprocessing, for use elsewhere."""
    return ", ".join(f"{value:g}" for value in values)


def _moment(when: QDateTime) -> str:
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


def _short(milliseconds: float) -> str:
    return QLocale().toString(milliseconds, "f", 0 if milliseconds >= 10 else 1)
