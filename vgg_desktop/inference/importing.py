"""Make of a file, within the child process of `isolation`, a network that is installed."""

import contextlib
import dataclasses
import threading
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from vgg_desktop.errors import ImportNeedsDetails, ModelUnusable
from vgg_desktop.files import storage_errors
from vgg_desktop.inference.examination import Examination, Usage
from vgg_desktop.inference.forms.registry import ensure_runtime_graph, improve, reserved_names
from vgg_desktop.inference.installation import Fit, Imported
from vgg_desktop.inference.isolation import Isolation
from vgg_desktop.inference.known_pictures import known_pictures, pictures_of
from vgg_desktop.inference.preprocessing_search import Search
from vgg_desktop.models.catalog import ExternalFile, ModelSpec, is_id, read_preprocessing
from vgg_desktop.models.descriptions import LABELS, file_name, id_of, is_absolute, is_reserved
from vgg_desktop.models.details import Details
from vgg_desktop.models.labels import read_labels
from vgg_desktop.models.storage import sha256_of
from vgg_desktop.models.store import InstalledModel, ModelStore, all_models
from vgg_desktop.paths import resolve
from vgg_desktop.why import Why


class Finding(NamedTuple):
    """Whether to look for a preprocessing that fits better, and a folder of labelled pictures to look with."""

    fit: Fit = "unknown"
    pictures: Path | None = None


_STILL_MISSING = (Why.IMPORT_NEEDS_LABELS, Why.IMPORT_NEEDS_PREPROCESSING, Why.IMPORT_NEEDS_BOTH)
# Files of labels and of preprocessing that lie beside a network.
Beside: TypeAlias = tuple[Path | None, Path | None]


def make_ready(installed: InstalledModel, cancel: threading.Event) -> InstalledModel:
    """Return a network that is here once it runs as fast as it can. Raises `ModelUnusable`."""
    improve(ensure_runtime_graph(installed), cancel)
    return installed


def import_in(
    store: ModelStore,
    catalog: tuple[ModelSpec, ...],
    isolation: Isolation,
    id: str | None,
    details: Details,
    beside: Beside,
    finding: Finding,
    cancel: threading.Event,
    *,
    replace: bool,
) -> Imported:
    """Install a network as `installation.import_model` does, and raise what it raises."""
    path = isolation.path
    digest = sha256_of(path, cancel)
    for spec in catalog:
        if spec.sha256 == digest and spec.origin != "imported":
            is_used = id in (None, spec.id) and details == Details() and finding.fit != "used"
            notes = () if is_used else (Why.IMPORT_KNOWN(title=spec.title),)
            if spec.origin == "bundled":
                return Imported(store.get(spec), notes)
            return Imported(make_ready(store.find(spec) or store.install_file(spec, path), cancel), notes)
    external = _external_files(isolation, cancel)
    isolation.size += sum(each.size for each in external)
    specs = all_models(store, catalog)
    for spec in specs:
        is_same = spec.sha256 == digest and spec.external in (external, ())
        if is_same and spec.origin == "imported" and id in (None, spec.id):
            return _import_again(store, spec, isolation, external, details, beside, finding, cancel)
    known = None
    if replace:
        known = next((each for each in specs if each.id == (id or id_of(path))), None)
    if known is None:
        id = _checked_id(store, specs, path, id) if id is not None else _new_id(store, specs, path)
    elif known.origin != "imported":
        raise ImportNeedsDetails(path, Why.IMPORT_ID_TAKEN(id=known.id))
    usage, found = _fitting_usage(isolation, details, known, beside, finding, cancel)
    spec = ModelSpec(
        id=known.id if known is not None else id or "",
        title=known.title if known is not None else path.stem,
        description="Imported by you.",
        filename=file_name(path),
        size=isolation.size - sum(each.size for each in external),
        sha256=digest,
        origin="imported",
        labels=Path(LABELS),
        preprocessing=usage.preprocessing,
        outputs=usage.outputs,
        external=external,
        revision=known.revision + 1 if known is not None else 0,
        interface=usage.interface,
    )
    make = partial(ensure_runtime_graph, isolation=isolation)
    installed = store.import_files(spec, usage.labels, path, make, replacing=known is not None)
    return Imported(make_ready(installed, cancel), usage.notes, found)


def _import_again(
    store: ModelStore,
    known: ModelSpec,
    isolation: Isolation,
    external: tuple[ExternalFile, ...],
    details: Details,
    beside: Beside,
    finding: Finding,
    cancel: threading.Event,
) -> Imported:
    """Repair an imported network from its original file, and update its labels and preprocessing if given."""
    intact = None
    if known.external == external:  # else its record is of a version that did not note them
        with contextlib.suppress(ModelUnusable):
            store.verify(known, cancel)
            intact = store.find(known)
    is_same = details == Details() and finding.fit != "used"
    if intact is not None and is_same:
        return Imported(make_ready(intact, cancel))
    finding = Finding() if is_same else finding  # what is only repaired is not judged again
    usage, found = _fitting_usage(isolation, details, known, beside, finding, cancel)
    is_same = usage.is_that_of(known)
    spec = dataclasses.replace(
        known,
        preprocessing=usage.preprocessing,
        outputs=usage.outputs,
        external=external,
        revision=known.revision if is_same else known.revision + 1,
        interface=usage.interface,
    )
    if intact is None or (store.is_shared(known) and not is_same):
        make = partial(ensure_runtime_graph, isolation=isolation)
        intact = store.import_files(spec, usage.labels, isolation.path, make, replacing=True)
    elif not is_same:
        intact = dataclasses.replace(intact, spec=store.describe(spec, usage.labels))
    return Imported(make_ready(intact, cancel), usage.notes, found)


def _fitting_usage(
    isolation: Isolation,
    details: Details,
    known: ModelSpec | None,
    beside: Beside,
    finding: Finding,
    cancel: threading.Event,
) -> tuple[Usage, Search | None]:
    """Find how a network is to be used, and whether another preprocessing fits better.

    Raises what `Examination.usage` does, `FolderNotLabelled` for a folder of pictures, and `ImportNeedsDetails` where
    there are no pictures for what was asked.
    """
    examination, is_used = Examination(isolation), finding.fit == "used"
    usage = find_usage(examination, details, known, beside, assume=is_used)
    if finding.fit == "unknown":
        return usage, None
    if finding.pictures is not None:
        pictures = pictures_of(finding.pictures, usage.labels, usage.preprocessing, cancel=cancel)
    else:
        pictures = known_pictures(usage.labels)
    if not pictures:
        if is_used:
            raise ImportNeedsDetails(isolation.path, Why.IMPORT_NEEDS_FOLDER())
        return usage, None
    found = examination.search(
        pictures, usage.preprocessing, usage.outputs, usage.interface, len(usage.labels), cancel
    )
    notes = usage.notes
    if is_used and found.is_better:
        notes = tuple(each for each in notes if each.why is not Why.ASSUMED_PREPROCESSING)
        usage = dataclasses.replace(usage, preprocessing=found.best.preprocessing)
    return dataclasses.replace(usage, notes=(*notes, found.reason(applied=is_used))), found


def find_usage(
    examination: Examination,
    details: Details,
    known: ModelSpec | None,
    beside: Beside,
    *,
    assume: bool = False,
) -> Usage:
    """Find how a network is to be used; what is not said may lie beside it, where that fits. Raises as `usage` does."""
    labels, preprocessing = beside
    notes = []
    filled = details
    if labels is not None and details.labels is None and known is None:
        filled = dataclasses.replace(filled, labels=read_labels(labels))
        notes.append(Why.FOUND_LABELS(file=labels.name))
    if preprocessing is not None and details.preprocessing is None and known is None:
        found, outputs = read_preprocessing(preprocessing)
        filled = dataclasses.replace(filled, preprocessing=found, outputs=details.outputs or outputs)
        notes.append(Why.FOUND_PREPROCESSING(file=preprocessing.name))
    if notes:
        try:
            usage = examination.usage(filled, known, assume=assume)
            return dataclasses.replace(usage, notes=(*notes, *usage.notes))
        except ImportNeedsDetails as error:
            if error.reason.why in _STILL_MISSING:
                raise
            # Else they belong to another network.
    return examination.usage(details, known, assume=assume)


def _external_files(isolation: Isolation, cancel: threading.Event) -> tuple[ExternalFile, ...]:
    """Return the files with weights beside a network.

    Raises `ModelUnusable` for those that are missing, lie outside the network's own folder, or would lie where the
    app keeps a file of its own.
    """
    path = isolation.path
    folder, own = resolve(path.parent), file_name(path)
    reserved = {own, *reserved_names()}
    found = []
    for name in isolation.external_files():
        place = resolve(folder / name) if name and "\0" not in name else Path()
        # By this name, which a file may have, onnxruntime means its own memory.
        if "_ORT_MEM_ADDR_" in name or is_absolute(name) or not place.is_relative_to(folder):
            raise ModelUnusable(path, Why.IMPORT_OUTSIDE(name=name) if name else Why.IMPORT_OUTSIDE_UNNAMED())
        file = folder / name
        with storage_errors(file):
            if not file.is_file():
                raise ModelUnusable(path, Why.IMPORT_WEIGHTS_MISSING(name=file.name))
            if is_reserved(name, reserved) and not (name == own and file.samefile(path)):
                raise ModelUnusable(path, Why.IMPORT_RESERVED_NAME(name=name))
            found.append(ExternalFile(name, file.stat().st_size, sha256_of(file, cancel)))
    return tuple(found)


def _checked_id(store: ModelStore, specs: tuple[ModelSpec, ...], path: Path, id: str) -> str:
    """Return the id that was asked for. Raises `ImportNeedsDetails`."""
    if not is_id(id):
        raise ImportNeedsDetails(path, Why.IMPORT_BAD_ID(id=id))
    if id in {spec.id for spec in specs} or not store.is_free_id(id):
        raise ImportNeedsDetails(path, Why.IMPORT_ID_TAKEN(id=id))
    return id


def _new_id(store: ModelStore, specs: tuple[ModelSpec, ...], path: Path) -> str:
    """Make an id of a file's name, with a number where it is taken: many files are called `model.onnx`."""
    name = id_of(path)
    taken = {spec.id for spec in specs}
    id, number = name, 1
    while id in taken or not store.is_free_id(id):
        number += 1
        id = f"{name}-{number}"
    return id
