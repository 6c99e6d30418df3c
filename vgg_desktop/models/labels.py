"""The names of a network's classes."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from vgg_desktop.errors import CatalogInvalid
from vgg_desktop.files import safe_name
from vgg_desktop.reasons import Why
from vgg_desktop.tables import read_text

WORDNET_ID = re.compile(r"n\d{8}")
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
    """Read class names: `index TAB id TAB names`, or plain text with one class per line, in the output's order.

    A plain line may begin with a WordNet id, as in the zoo's synset list. Raises `CatalogInvalid`.
    """
    lines = read_text(path).splitlines()
    while lines and not lines[-1].strip():
        lines.pop()
    labels = []
    for index, line in enumerate(lines):
        columns = line.split("\t")
        if len(columns) == 3 and columns[0] == str(index):
            labels.append(Label(index, columns[1], columns[2]))
            continue
        synset = re.fullmatch(r"(n\d{8})\s+(\S.*)", line.strip())
        id, name = synset.groups() if synset else (str(index), line.strip())
        if not name:
            raise CatalogInvalid(path, Why.LABELS_EMPTY_LINE(number=index + 1))
        labels.append(Label(index, id, name))
    if len(labels) < 2:
        raise CatalogInvalid(path, Why.LABELS_TOO_FEW())
    return tuple(labels)
