"""The files that replace a catalog entry for an imported network: its labels and `spec.json`."""

import json
import logging
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, get_args

from vgg_desktop.files import NEW, safe_name, write_json
from vgg_desktop.models.catalog import (
    ExternalFile,
    Interface,
    Layout,
    ModelSpec,
    Outputs,
    Preprocessing,
    is_id,
    parse_preprocessing,
)
from vgg_desktop.models.labels import Label, write_labels
from vgg_desktop.tables import Table

logger = logging.getLogger(__name__)

RECORD = "record.json"
SPEC = "spec.json"
LABELS = "labels.txt"
DEVICES = "devices.json"  # what is known of each device


def is_reserved(name: str, reserved: Iterable[str]) -> bool:
    """Return whether external data of this name would lie where the app keeps a file or folder of its own.

    `reserved` are further names that are taken. Capitals do not count, as on Windows and macOS.
    """
    first = os.path.normpath(name).replace("\\", "/").split("/")[0].casefold()
    own = {
        (each + end).casefold() for each in (RECORD, SPEC, LABELS, DEVICES, *reserved) for end in ("", NEW)
    }
    return first.startswith(".") or first in own  # with a dot begin the names of what is not whole yet


def is_absolute(name: str) -> bool:
    """Return whether a name of external data begins at the root of a disk, on any system."""
    windows = PureWindowsPath(name)
    return PurePosixPath(name).is_absolute() or bool(windows.drive or windows.root)


def file_name(path: Path) -> str:
    """Return the name under which a network's file is kept."""
    return safe_name(f"{re.sub(r'[^A-Za-z0-9_-]+', '-', path.stem).strip('-') or 'network'}.onnx")


def id_of(path: Path) -> str:
    """Return the id that a network gets by its file's name."""
    id = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:50].rstrip("-")
    return id if is_id(id) else f"network-{id}".rstrip("-")  # Windows has no folder `con`


def write_description(folder: Path, spec: ModelSpec, labels: Sequence[Label]) -> None:
    """Write or replace labels and description. Raises `OSError`."""
    write_labels(folder / LABELS, labels)
    write_json(folder / SPEC, describe(spec))


def describe(spec: ModelSpec) -> dict[str, Any]:
    """Return an object as JSON has it that `parse_description` reads."""
    values = asdict(spec)
    del values["labels"], values["origin"]
    return values


def read_description(folder: Path) -> ModelSpec | None:
    """Return the network that a folder describes, or None where that cannot be understood.

    What a newer version added is skipped.
    """
    try:
        return parse_description(json.loads((folder / SPEC).read_text("utf-8")), folder)
    except (OSError, ValueError, RecursionError) as error:
        logger.info("%s is skipped: %s", folder, error)
        return None


def parse_description(values: object, folder: Path) -> ModelSpec:
    """Return the imported network of a folder. Raises `TableInvalid` for what `describe` did not return."""
    table = Table(values, SPEC)
    preprocessing = table.take("preprocessing", dict)
    known = {each.name for each in fields(Preprocessing)}
    return ModelSpec(
        id=table.choice("id", (folder.name,)),
        title=table.take("title", str),
        description=table.take("description", str),
        filename=table.take("filename", str),
        size=table.take("size", int),
        sha256=table.take("sha256", str),
        origin="imported",
        labels=folder / LABELS,
        preprocessing=parse_preprocessing({k: v for k, v in preprocessing.items() if k in known}, SPEC)[0],
        outputs=table.choice("outputs", get_args(Outputs)),
        top1=table.number("top1", None),
        top5=table.number("top5", None),
        license=table.take("license", str, ""),
        external=tuple(_parse_external(each) for each in table.take("external", list, [])),
        revision=table.take("revision", int, 0),
        interface=_parse_interface(table.take("interface", dict, {})),
    )


def _parse_interface(values: object) -> Interface:
    table = Table(values, SPEC)
    return Interface(
        layout=table.choice("layout", get_args(Layout), "channels-first"),
        batch=table.take("batch", int, None),
        output=table.take("output", str, ""),
        single=table.take("single", bool, False),
    )


def _parse_external(values: object) -> ExternalFile:
    table = Table(values, SPEC)
    return ExternalFile(table.take("name", str), table.take("size", int), table.take("sha256", str))
