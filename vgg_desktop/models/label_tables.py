"""Class names in rows and columns, and in the lists and dicts of JSON and Python.

An entry is a class's id, where it has one of its own, and its name; entries are in the order of the network's output.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from vgg_desktop.reasons import Reason
from vgg_desktop.tables import TableInvalid
from vgg_desktop.why import Why

Entry: TypeAlias = tuple[str | None, str]

WORDNET_ID = re.compile(r"n\d{8}")
INTEGER = re.compile(r"-?[0-9]{1,9}(?:\.0+)?")  # with the nought that pandas adds
# An id in our own three columns; any other text there may as well be a second name.
_ID = re.compile(r"[A-Za-z]{0,2}[0-9]+")
# What a column is called, in small letters without punctuation. Names come first by this order.
_NAMES = (
    *("name", "classname", "labelname", "displayname", "label", "labels", "class", "classes", "names"),
    *(
        "classnames",
        "category",
        "categoryname",
        "tag",
        "tagname",
        "title",
        "species",
        "commonname",
        "classlabel",
    ),
)
_INDICES = (
    *("index", "idx", "classindex", "classidx", "classid", "labelid", "labelindex", "id", "ids", "number"),
    *("no", "nr", "key", "target", "categoryid", "", "unnamed0", "label2id"),
)
# Keys of objects that hold the names, the most definite ones first.
_HOLDERS = (
    *("id2label", "idx2label", "label2id", "label2idx", "idxtoclass", "classtoidx", "indextoname"),
    *("classindices", "names", "classnames", "labelnames", "labels", "classlabels", "classes", "categories"),
    *("label", "labelmap", "labellist", "vocab", "pretrainedcfg"),
)
_DEEPEST = 4


def plain(word: object) -> str:
    """Return the name of a key or a column without case and punctuation."""
    return re.sub(r"[\W_]", "", str(word).casefold())


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a first line names columns, one of which has the names of the classes."""
    words = [plain(cell) for cell in cells]
    return any(word in _NAMES for word in words) and (
        len(words) == 1 or not any(INTEGER.fullmatch(cell) for cell in cells)
    )


def is_index(word: str) -> bool:
    """Return whether a column of this name has indices."""
    return plain(word) in _INDICES


def sort_by_index(indices: Sequence[int], entries: Sequence[Entry]) -> list[Entry]:
    """Return entries in the order of their indices, which begin at 0 or 1. Raises `TableInvalid`."""
    if reason := _why_no_indices(indices):
        raise TableInvalid(reason)
    return [entry for _, entry in sorted(zip(indices, entries, strict=True), key=lambda pair: pair[0])]


def _why_no_indices(indices: Sequence[int]) -> Reason | None:
    first, seen = min(indices), set[int]()
    for index in indices:
        if index in seen:
            return Why.LABELS_INDEX_TWICE(index=index)
        seen.add(index)
    if first not in (0, 1):
        return Why.LABELS_INDEX_START(index=first)
    missing = next((index for index in range(first, first + len(indices)) if index not in seen), None)
    return None if missing is None else Why.LABELS_INDEX_GAP(index=missing)


def read_rows(rows: Sequence[Sequence[str]], header: Sequence[str] | None) -> list[Entry]:
    """Return the entries of a table: a column of names, and perhaps of indices and of WordNet ids, in any order.

    Without a header there must be one column only that is neither integers nor WordNet ids. Raises `TableInvalid`.
    """
    width = len(header or rows[0])
    for number, row in enumerate(rows, 2 if header else 1):
        if len(row) != width:
            raise TableInvalid(Why.LABELS_RAGGED(number=number, count=len(row), expected=width))
    columns = list(zip(*rows, strict=True))
    integers = [n for n, cells in enumerate(columns) if all(map(INTEGER.fullmatch, cells))]
    wordnet = [n for n, cells in enumerate(columns) if all(map(WORDNET_ID.fullmatch, cells))]
    texts = [n for n in range(width) if n not in integers and n not in wordnet]
    names, indices, ids = _roles(columns, header, texts, integers, wordnet)
    if names is None:
        raise TableInvalid(Why.LABELS_COLUMNS(count=width))
    keys = columns[ids] if ids is not None and len(set(columns[ids])) == len(rows) else [None] * len(rows)
    entries: list[Entry] = list(zip(keys, columns[names], strict=True))
    orders = {tuple(int(float(cell)) for cell in columns[n]) for n in indices}
    if len(orders) > 1:
        orders = {order for order in orders if _why_no_indices(order) is None} or orders
    if len(orders) > 1:
        raise TableInvalid(Why.LABELS_COLUMNS(count=width))
    return sort_by_index(orders.pop(), entries) if orders else entries


def _roles(
    columns: Sequence[Sequence[str]],
    header: Sequence[str] | None,
    texts: list[int],
    integers: list[int],
    wordnet: list[int],
) -> tuple[int | None, list[int], int | None]:
    """Return which column has the names, which have indices, and which has ids."""
    ids = wordnet[0] if wordnet else None
    if header is not None:
        words = [plain(cell) for cell in header]
        known = sorted(
            (n for n in range(len(words)) if words[n] in _NAMES), key=lambda n: _NAMES.index(words[n])
        )
        # A column called "class" may have the index, and one called "label" the WordNet id.
        names = next((n for n in known if n in texts), None)
        if names is None:
            names = next((n for n in known if n in integers), ids if ids in known else None)
        roles = (*_INDICES, *_NAMES)
        return names, [n for n in integers if n != names and words[n] in roles], ids
    if len(texts) == 1:
        return texts[0], integers, ids
    if texts == [1, 2] and all(map(_ID.fullmatch, columns[1])):
        return 2, integers, 1
    if texts:
        return None, [], None
    if ids is not None:
        return ids, integers, ids
    return integers[-1], integers[:-1], None  # names that are numbers, after their index


def read_values(values: Any, depth: int = 0) -> list[Entry]:  # noqa: ANN401 - JSON
    """Return the entries of a list, of names by index, of indices by name, or of an object that holds one of them.

    A dict from text to integers has indices by name, as Keras writes; other keys that are integers are indices.
    Raises `TableInvalid`.
    """
    if depth <= _DEEPEST:
        if isinstance(values, Mapping) and values:
            return _read_mapping(values, depth)
        if isinstance(values, list | tuple) and values:
            return _read_list(values, depth)
    raise TableInvalid(Why.LABELS_NO_NAMES())


def _read_list(values: Sequence[Any], depth: int) -> list[Entry]:
    if all(isinstance(value, str | int | float) and not isinstance(value, bool) for value in values):
        return [(None, str(value)) for value in values]
    if all(isinstance(value, Mapping) for value in values):
        header = list(values[0])
        rows = [[_cell(value.get(key)) for key in header] for value in values]
        return read_rows(rows, [str(key) for key in header])
    if len(values) == 1:
        return read_values(values[0], depth + 1)
    if all(isinstance(value, list | tuple) and value for value in values):
        return read_rows([[_cell(each) for each in value] for value in values], None)
    raise TableInvalid(Why.LABELS_NO_NAMES())


def _read_mapping(values: Mapping[Any, Any], depth: int) -> list[Entry]:
    held = {plain(key): value for key, value in values.items() if isinstance(value, Mapping | list | tuple)}
    if holder := next((key for key in _HOLDERS if key in held), None):
        entries = read_values(held[holder], depth + 1)
        longer = held.get("labeldescriptions")  # timm: what the WordNet ids mean
        return (
            [(id, _cell(longer.get(name, name))) for id, name in entries]
            if isinstance(longer, Mapping)
            else entries
        )
    keys, contents = [str(key) for key in values], list(values.values())
    are_indices = all(INTEGER.fullmatch(key) for key in keys)
    has_numbers = all(isinstance(value, int) and not isinstance(value, bool) for value in contents)
    if has_numbers and all(isinstance(key, str) for key in values):
        return sort_by_index(contents, [(None, key) for key in keys])
    if are_indices:
        return sort_by_index([int(float(key)) for key in keys], _named(contents, depth))
    if all(isinstance(value, str) for value in contents):
        if all(map(INTEGER.fullmatch, contents)):
            return sort_by_index([int(float(value)) for value in contents], [(None, key) for key in keys])
        if all(map(WORDNET_ID.fullmatch, keys)):
            return list(zip(keys, contents, strict=True))
    raise TableInvalid(Why.LABELS_NO_NAMES())


def _named(values: Sequence[Any], depth: int) -> list[Entry]:
    """Return the entries of what has an index already: names, synonyms, or a WordNet id with a name."""
    rows = [value for value in values if isinstance(value, list | tuple) and value]
    if len(rows) < len(values):
        return _read_list(values, depth)
    found = [WORDNET_ID.fullmatch(str(row[0])) and len(row) > 1 for row in rows]
    return [
        (str(row[0]), ", ".join(map(_cell, row[1:]))) if has_id else (None, ", ".join(map(_cell, row)))
        for row, has_id in zip(rows, found, strict=True)
    ]


def _cell(value: object) -> str:
    """Return a value as the text of a cell; one that has parts of its own is empty."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
