"""Class names in files of other programs: plain lines, CSV and TSV, JSON, Python literals, the `names:` of YAML.

What decides where a file could be read in two ways:

- Lines that are nothing but numbers are names. Otherwise an integer before each name, or after it behind a colon, an
  equals sign or in a column of its own, is an index, and indices decide the order. They begin at 0 or 1 and have
  neither gaps nor duplicates; other numbers are refused, since they might be part of the names ("2 euro").
- After a space or a dot, numbers from 0 on in the order of the lines are indices; others only if the names differ
  without them and they are not sorted as text (1, 10, 2), as folders are.
- Numbers at the end behind a space are part of the name ("class 1"), unless they are all from 0 on and what comes
  before them differs.
- A first line that says "label", "name", "class" or the like is a header. Leading lines with # or // are comments.
- One line with commas, semicolons or tabs is a list of names.
- A comma in each line separates columns where one of them has integers or there is a header; otherwise it separates
  synonyms. Tabs and semicolons in each line always separate columns.
- Bytes that are not UTF-8 are read as Windows-1252 if that makes words of a western language.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from vgg_desktop.content import HEAD_BYTES, recognise_other
from vgg_desktop.models.label_tables import (
    INTEGER,
    WORDNET_ID,
    Entry,
    is_header,
    is_index,
    plain,
    read_rows,
    read_values,
    sort_by_index,
)
from vgg_desktop.reasons import Bytes
from vgg_desktop.tables import TableInvalid
from vgg_desktop.why import Why

LARGEST = 50_000_000  # bytes
_MOST = 1_000_000  # classes
_LONGEST_LITERAL = 5_000_000  # characters: Python's parser takes about 100 bytes for each

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_INDEX = r"(-?[0-9]{1,9})"
_FIRST_DEFINITE = re.compile(rf"['\"]?{_INDEX}['\"]?\s*(?:->|=>|[:=,;|\t])\s*(.*)")
_FIRST = re.compile(rf"{_INDEX}(?:\s*[.)]\s+|\s+-\s+|\s+)(\S.*)")
_LAST_DEFINITE = re.compile(rf"(.*?\S)\s*(?:->|=>|[:=])\s*{_INDEX}")
_LAST = re.compile(rf"(.*\S)\s+{_INDEX}")
_SYNSET = re.compile(rf"({WORDNET_ID.pattern})(?:\s*[:,;\t]\s*|\s+)(\S.*)")
_MAPPING = re.compile(rf"({WORDNET_ID.pattern})\s+{_INDEX}\s+(\S.*)")  # the challenge's map_clsloc.txt
_QUOTED = re.compile(r"(['\"])(.*)\1,?")
# Also `names = [...]` and `export const NAMES = {...}`, after comments.
_STRUCTURE = re.compile(
    r"\s*(?:(?:#|//)[^\r\n]*[\r\n]\s*)*(?:[A-Za-z_][\w. ]*=\s*|export default\s+)?(?=[\[{])"
)
_YAML_NAMES = re.compile(r"(?:names|labels|classes|class_names|id2label|label_list)\s*:\s*([\[{].*|#.*)?")
_YAML_ITEM = re.compile(rf"(?:-\s+|['\"]?{_INDEX}['\"]?\s*:\s+)(\S.*)")
# Custom Vision writes names as web pages do.
_ESCAPES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}
# What no name begins or ends with, but source code and markup does.
_NO_NAME = re.compile(r"[\[\]{}<].*|.*\{")
_NO_TEXT = ("Cn", "Co", "Cs")  # categories of what no text has: unassigned, private use, halves of pairs
# Windows-1252 has punctuation and rare signs here, and other encodings the first halves of their characters.
_HIGH = re.compile(r"[\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e]")
_ALLOWED = frozenset(
    "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac\xa0\xab\xbb\xb0\xb2\xb3\xb4\xb5\xb7\xa7\xbd"
)


def read_entries(data: bytes, suffix: str) -> list[Entry]:
    """Return the classes that a file names, in the network's order; `suffix` is that of its name, `.csv`.

    Raises `TableInvalid`, which says what was found and what would work.
    """
    if len(data) > LARGEST:
        raise TableInvalid(Why.FILE_BYTES(size=Bytes(len(data)), limit=Bytes(LARGEST)))
    found = recognise_other(data[:HEAD_BYTES])
    if found is not None and found.why is not Why.FOUND_JSON:
        raise TableInvalid(Why.LABELS_OTHER(found=found))
    return checked(read_text(decode(data), suffix.casefold()))


def checked(entries: list[Entry]) -> list[Entry]:
    """Return entries whose names are in one line each. Raises `TableInvalid` for empty names, and too few or many."""
    if len(entries) > _MOST:
        raise TableInvalid(Why.LABELS_TOO_MANY(limit=_MOST))
    cleaned = [(id, in_one_line(name)) for id, name in entries]
    empty = next((index for index, (_, name) in enumerate(cleaned) if not name), None)
    if empty is not None:
        raise TableInvalid(Why.LABELS_EMPTY_NAME(index=empty))
    if len(cleaned) < 2:
        raise TableInvalid(Why.LABELS_TOO_FEW())
    return cleaned


def in_one_line(name: str) -> str:
    """Return a name with a space for each run of control characters and line ends."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", name).strip()


def decode(data: bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 or Windows-1252. Raises `TableInvalid` for anything else."""
    encodings = ["utf-8-sig"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        halves = [data[start:1000:2] for start in (1, 0)]
        wide = zip(("utf-16-le", "utf-16-be"), halves, strict=True)
        encodings = [encoding for encoding, half in wide if 2 * half.count(0) > len(half)]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            break
        characters = set(text)
        if "\0" not in characters and not any(unicodedata.category(each) in _NO_TEXT for each in characters):
            return text
    text = data.decode("cp1252", "replace")
    foreign = {each for each in text if not each.isascii() and not _HIGH.match(each)} - _ALLOWED
    if b"\0" in data or foreign or re.search(f"{_HIGH.pattern}{{3}}", text):
        raise TableInvalid(Why.TABLE_NOT_UTF8() if b"\0" not in data else Why.LABELS_NOT_TEXT())
    return text


def read_text(text: str, suffix: str = "") -> list[Entry]:
    """Return the entries of a text of any form. Raises `TableInvalid`."""
    if start := _STRUCTURE.match(text):
        return read_values(_read_literal(text[start.end() :]))
    text = re.sub("|".join(_ESCAPES), lambda found: _ESCAPES[found[0]], text)
    lines = [line.strip(" \f\v\xa0\ufeff") for line in _LINE_ENDS.split(text)]
    if (names := _read_yaml(lines)) is not None:
        return names
    if suffix in (".yaml", ".yml") and not all(_YAML_ITEM.fullmatch(line) for line in lines if line):
        raise TableInvalid(Why.LABELS_YAML())
    lines = [line for line in lines if line.strip()]
    comments = next((n for n, line in enumerate(lines) if not line.startswith(("#", "//"))), 0)
    return _read_lines(lines[comments:], suffix)


def _read_literal(text: str) -> Any:  # noqa: ANN401 - JSON
    """Return the value of JSON, of JSON Lines or of a Python literal. Raises `TableInvalid`."""
    try:
        try:
            return json.loads(text, object_pairs_hook=_without_duplicates)
        except json.JSONDecodeError as error:
            if error.msg == "Extra data" and text[error.pos] == "{":
                lines = filter(str.strip, _LINE_ENDS.split(text))
                return [json.loads(line, object_pairs_hook=_without_duplicates) for line in lines]
            raise
    except RecursionError as error:
        raise TableInvalid(Why.TABLE_NESTED()) from error
    except TableInvalid:
        raise
    except ValueError as error:
        return _read_python(text, str(error))


def _read_python(text: str, why_not_json: str) -> Any:  # noqa: ANN401 - any literal
    import ast  # here, since few files need them
    import warnings

    if len(text) > _LONGEST_LITERAL:
        raise TableInvalid(Why.FILE_BYTES(size=Bytes(len(text)), limit=Bytes(_LONGEST_LITERAL)))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `'\\d'` is read as it stands
            tree = ast.parse(text.strip().rstrip(";"), mode="eval")
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                _without_duplicates([(key.value, None) for key in node.keys if isinstance(key, ast.Constant)])
        return ast.literal_eval(tree)
    except TableInvalid:
        raise
    except (RecursionError, MemoryError) as error:
        raise TableInvalid(Why.TABLE_NESTED()) from error
    except (ValueError, SyntaxError, TypeError) as error:
        raise TableInvalid(Why.LABELS_STRUCTURE(text=why_not_json)) from error


def _without_duplicates(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        raise TableInvalid(Why.LABELS_KEY_TWICE(key=str(next(key for key in keys if keys.count(key) > 1))))
    return values


def _read_yaml(lines: Sequence[str]) -> list[Entry] | None:
    """Return the names of the simple forms of YAML, as Ultralytics writes them; None where there are none."""
    start = next((n for n, line in enumerate(lines) if _YAML_NAMES.fullmatch(line)), None)
    if start is None:
        return None
    head = lines[start].partition(":")[2].strip()
    if head[:1] in "[{" and head:
        text = " ".join(lines[start:]).partition(":")[2].strip()
        text = text[: text.find("]" if head[0] == "[" else "}") + 1]
        try:
            return read_values(_read_literal(text))
        except TableInvalid:  # words need no quotes
            items = [item.strip() for item in text[1:-1].split(",") if item.strip()]
            return _read_lines(items, "") if head[0] == "{" else [(None, _unquoted(item)) for item in items]
    found = []
    for line in lines[start + 1 :]:
        text = line.partition(" #")[0].strip()
        if text.startswith("#") or not text:
            continue
        if not (item := _YAML_ITEM.fullmatch(text)):
            break
        found.append(item)
    if not found:
        raise TableInvalid(Why.LABELS_YAML())
    entries: list[Entry] = [(None, _unquoted(item[2])) for item in found]
    indices = [int(item[1]) for item in found if item[1] is not None]
    return sort_by_index(indices, entries) if len(indices) == len(found) else entries


def _read_lines(lines: list[str], suffix: str) -> list[Entry]:
    if len(lines) == 1 and len(names := re.split("[,;\t]", lines[0].strip(",;\t"))) > 1:
        lines = [name.strip() for name in names]
    if len(lines) < 2:
        raise TableInvalid(Why.LABELS_TOO_FEW())
    if all(line.endswith(",") for line in lines[:-1]):
        lines = [line.rstrip(", ") for line in lines]
    if all(re.match(r"[-*]\s+\S", line) for line in lines):
        lines = [line[1:].strip() for line in lines]
    if all(INTEGER.fullmatch(line) for line in lines):
        return [(None, line) for line in lines]
    for delimiter in "\t;,":
        in_all = all(delimiter in line for line in lines)
        if (in_all or _names_columns(lines[0], delimiter)) and (
            found := _read_table(lines, delimiter, suffix)
        ):
            return found
    if is_header(lines[:1]) and len(lines) > 2:
        lines = lines[1:]
    if found := _read_indexed(lines):
        return found
    if all(_QUOTED.fullmatch(line) for line in lines):
        return [(None, _unquoted(line)) for line in lines]
    for number, line in enumerate(lines, 1):
        if _NO_NAME.fullmatch(line):
            raise TableInvalid(Why.LABELS_LINE(number=number, text=line[:60]))
    return [_with_id(line) for line in lines]


def _names_columns(line: str, delimiter: str) -> bool:
    """Return whether a line names several columns, all of kinds that are known."""
    cells = line.split(delimiter)
    return len(cells) > 1 and is_header(cells) and all(is_header([cell]) or is_index(cell) for cell in cells)


def _read_table(lines: list[str], delimiter: str, suffix: str) -> list[Entry] | None:
    """Return the entries of lines that all have a delimiter; None where commas separate synonyms."""
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        ]
    except csv.Error as error:
        raise TableInvalid(Why.LIBRARY(text=str(error))) from error
    if len(rows) != len(lines):  # a quotation mark that does not end
        rows = [[cell.strip() for cell in line.split(delimiter)] for line in lines]
    if len(rows) > 2 and is_header(rows[0]):
        return _without_quotes(read_rows(rows[1:], rows[0]))
    integers, below = _columns_of_integers(rows), _columns_of_integers(rows[1:])
    if len(rows) > 2 and integers < below:  # a header in another language
        return _without_quotes(read_rows(rows[1:], None))
    if delimiter == ",":
        if all(WORDNET_ID.match(row[0]) for row in rows):
            return None
        # Without a quotation mark a comma before a space is one between synonyms.
        indexed = [_FIRST_DEFINITE.fullmatch(line) for line in lines]
        if all(each and (_QUOTED.fullmatch(each[2]) or not re.search(r",\S", each[2])) for each in indexed):
            return None
        if not integers and suffix != ".csv":
            return None
    return _without_quotes(read_rows(rows, None))


def _columns_of_integers(rows: Sequence[Sequence[str]]) -> set[int]:
    return {n for n, cells in enumerate(zip(*rows, strict=False)) if all(map(INTEGER.fullmatch, cells))}


def _without_quotes(entries: list[Entry]) -> list[Entry]:
    """Return entries without the single quotation marks that all have."""
    return (
        [(id, _unquoted(name)) for id, name in entries]
        if all(_QUOTED.fullmatch(name) for _, name in entries)
        else entries
    )


def _read_indexed(lines: list[str]) -> list[Entry] | None:
    """Return the entries of lines with an index each, first or last; None where there are none."""
    for pattern, name, index in ((_FIRST_DEFINITE, 2, 1), (_LAST_DEFINITE, 1, 2)):
        found = [each for line in lines if (each := pattern.fullmatch(line))]
        if len(found) == len(lines):
            return sort_by_index(
                [int(each[index]) for each in found], [_with_id(each[name]) for each in found]
            )
    mapped = [each for line in lines if (each := _MAPPING.fullmatch(line))]
    if len(mapped) == len(lines):
        return sort_by_index([int(each[2]) for each in mapped], [(each[1], each[3]) for each in mapped])
    matches = [_FIRST.fullmatch(line) or _FIRST_DEFINITE.fullmatch(line) for line in lines]
    found = [each for each in matches if each]
    indices = [int(each[1]) for each in found]
    if 2 * len(found) > len(lines) > len(found) and indices == list(
        range(indices[0], indices[0] + len(indices))
    ):
        raise TableInvalid(Why.LABELS_INDEX_MISSING(number=matches.index(None) + 1))
    if len(found) == len(lines):
        entries = [_with_id(each[2]) for each in found]
        is_as_folders = indices != sorted(indices) and [each[1] for each in found] == sorted(
            each[1] for each in found
        )
        if indices != list(range(len(indices))) and (is_as_folders or len(set(entries)) < len(entries)):
            raise TableInvalid(Why.LABELS_NUMBERS())
        return sort_by_index(indices, entries)
    found = [each for line in lines if (each := _LAST.fullmatch(line))]
    if len(found) == len(lines) == len({each[1] for each in found}):
        indices = [int(each[2]) for each in found]
        if sorted(indices) == list(range(len(lines))):
            return sort_by_index(indices, [_with_id(each[1]) for each in found])
    return None


def _with_id(line: str) -> Entry:
    """Return the entry of a line without its index: a name, perhaps after a WordNet id."""
    synset = _SYNSET.fullmatch(line)
    return (synset[1], _unquoted(synset[2])) if synset else (None, _unquoted(line))


def _unquoted(text: str) -> str:
    """Return a text without the quotation marks around it."""
    quoted = _QUOTED.fullmatch(text.strip())
    return quoted[2].replace(quoted[1] * 2, quoted[1]) if quoted else text.strip()


def read_metadata(metadata: Mapping[str, str]) -> list[Entry] | None:
    """Return the entries that the metadata of an ONNX file holds; None where there are none that can be understood.

    `names` of Ultralytics is a Python dict; other programs write JSON, lines or a list with commas.
    """
    known = {plain(key): value.strip() for key, value in metadata.items()}
    for key in ("names", "id2label", "classnames", "labels", "labelnames", "classlabels", "classes", "vocab"):
        text = known.get(key, "")
        if text and len(text) <= _LONGEST_LITERAL:
            separated = (
                "\n".join(text.split(",")) if "\n" not in text and not _STRUCTURE.match(text) else text
            )
            try:
                return checked(read_text(separated))
            except TableInvalid:
                continue
    return None
