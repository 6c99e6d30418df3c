"""What the app keeps beside an imported network, for want of a catalog: its labels and `spec.json`."""

import json
import logging
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, get_args

from vgg_desktop.files import NEW, write_json
from vgg_desktop.models.catalog import (
    ExternalFile,
    ModelSpec,
    Outputs,
    Preprocessing,
    parse_preprocessing,
)

logger = logging.getLogger(__name__)

RECORD = "record.json"
SPEC = "spec.json"
LABELS = "labels.txt"
DEVICES = "devices.json"  # what is known of each device
LOCK = ".lock"
_TEXTS = ("id", "title", "description", "filename", "sha256", "license")


def is_reserved(name: str, reserved: Iterable[str]) -> bool:
    """Return whether external data of this name would lie where the app keeps a file or folder of its own.

    `reserved` are further names that are taken. Capitals do not count, as on Windows and macOS.
    """
    own = {each + end for each in (RECORD, SPEC, LABELS, DEVICES, LOCK, *reserved) for end in ("", NEW)}
    first = os.path.normpath(name).replace("\\", "/").split("/")[0]
    return first.casefold() in {each.casefold() for each in own}


def is_absolute(name: str) -> bool:
    """Return whether a name of external data begins at the root of a disk, on any system."""
    windows = PureWindowsPath(name)
    return PurePosixPath(name).is_absolute() or bool(windows.drive or windows.root)


def file_name(path: Path) -> str:
    """Return the name under which a network's file is kept."""
    return f"{re.sub(r'[^A-Za-z0-9_-]+', '-', path.stem).strip('-') or 'network'}.onnx"


def write_description(folder: Path, spec: ModelSpec) -> None:
    """Write or replace labels and description; `spec.labels` is the file to copy. Raises `OSError`."""
    labels = folder / LABELS
    if spec.labels != labels:
        shutil.copyfile(spec.labels, folder / (LABELS + NEW))
        (folder / (LABELS + NEW)).replace(labels)
    values = asdict(spec)
    del values["labels"], values["origin"]
    write_json(folder / SPEC, values)


def read_description(folder: Path) -> ModelSpec | None:
    """Return the network that a folder describes, or None where that cannot be understood.

    What a newer version added is skipped.
    """
    try:
        return _parse(json.loads((folder / SPEC).read_text("utf-8")), folder)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        logger.info("%s is skipped: %s", folder, error)
        return None


def _parse(values: Mapping[str, Any], folder: Path) -> ModelSpec:
    known = _known(ModelSpec, values)
    if not all(isinstance(known.get(key, ""), str) for key in _TEXTS) or type(known["size"]) is not int:
        raise TypeError
    if known["id"] != folder.name or known["outputs"] not in get_args(Outputs):
        raise ValueError
    preprocessing, _ = parse_preprocessing(_known(Preprocessing, known["preprocessing"]), folder.name)
    return ModelSpec(
        **{
            **known,
            "preprocessing": preprocessing,
            "addresses": (),
            "external": tuple(
                ExternalFile(str(each["name"]), int(each["size"]), str(each["sha256"]))
                for each in known.get("external", ())
            ),
            "labels": folder / LABELS,
            "origin": "imported",
        }
    )


def _known(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    names = {each.name for each in fields(kind)}
    return {key: value for key, value in values.items() if key in names}
