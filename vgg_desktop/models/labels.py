"""The names of a network's classes."""

import functools
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vgg_desktop import paths
from vgg_desktop.errors import CatalogInvalid
from vgg_desktop.files import replacing, safe_name
from vgg_desktop.models import label_files
from vgg_desktop.models.label_tables import WORDNET_ID as WORDNET_ID
from vgg_desktop.models.label_tables import Entry
from vgg_desktop.system_errors import system_reason
from vgg_desktop.tables import TableInvalid

LONGEST_FOLDER = 100  # bytes of UTF-8: an id is added to some names


@dataclass(frozen=True, slots=True)
class Label:
    """One class: its index in the output, its WordNet id (or the index as text), and its names."""

    index: int
    id: str
    name: str


def comparable(name: str) -> str:
    """Return a name without what does not distinguish names of folders: case, and how accents are written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def short_name(label: str) -> str:
    """Return a class's first name, without the synonyms after the comma."""
    return label.partition(",")[0].strip()


def synonyms(label: str) -> str:
    """Return what follows the first name, or nothing."""
    return label.partition(",")[2].strip()


def folder_name(id: str, name: str, *, with_id: bool = False) -> str:
    """Return the name of the folder for a class's pictures; `with_id` distinguishes those of one name."""
    first = short_name(name) if WORDNET_ID.fullmatch(id) else name  # the others are its synonyms
    folder = safe_name(first, LONGEST_FOLDER) or safe_name(id) or "class"
    return f"{folder} ({safe_name(id)})" if with_id else folder


def read_labels(path: Path) -> tuple[Label, ...]:
    """Read class names: `index TAB id TAB names` as `write_labels` writes, or a file of another program.

    `label_files` says which forms these are, and what decides where a file could be read in two ways. A list of
    WordNet ids gets the names that ImageNet's classes have. Raises `CatalogInvalid`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(label_files.LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: names that no file can have
        raise CatalogInvalid(path, system_reason(error)) from error
    try:
        return _read_own(data) or _labels(label_files.read_entries(data, path.suffix))
    except TableInvalid as error:
        raise CatalogInvalid(path, error.reason) from error


@functools.cache
def imagenet_labels() -> tuple[Label, ...]:
    """Return the names of ImageNet's 1000 classes, with their WordNet ids."""
    return read_labels(paths.resource("labels/imagenet.tsv"))


def write_labels(path: Path, labels: Iterable[Label]) -> None:
    """Write class names as lines `index TAB id TAB names`, in one step. Raises `OSError`."""
    with replacing(path) as file:
        for label in labels:
            id, name = label_files.in_one_line(label.id), label_files.in_one_line(label.name)
            file.write(f"{label.index}\t{id}\t{name}\n")


def labels_in(metadata: Mapping[str, str]) -> tuple[Label, ...] | None:
    """Return the class names in the metadata of an ONNX file, or None where there are none."""
    entries = label_files.read_metadata(metadata)
    return None if entries is None else _labels(entries)


def _read_own(data: bytes) -> tuple[Label, ...] | None:
    """Return the labels of a file in the form of `write_labels`; None for other files."""
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        return None
    rows = [line.rstrip("\r").split("\t") for line in lines if line.strip()]
    if any(len(row) != 3 or row[0] != str(index) for index, row in enumerate(rows)):
        return None
    entries = label_files.checked([(row[1], row[2]) for row in rows])
    return tuple(Label(index, id or "", name) for index, (id, name) in enumerate(entries))


def _labels(entries: list[Entry]) -> tuple[Label, ...]:
    if all(WORDNET_ID.fullmatch(name) for _, name in entries):
        known = {label.id: label.name for label in imagenet_labels()}
        entries = [(wordnet, known.get(wordnet, wordnet)) for _, wordnet in entries]
    return tuple(Label(index, id or str(index), name) for index, (id, name) in enumerate(entries))
