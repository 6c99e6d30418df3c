"""Bring a network onto this computer and prove that it works: download or import, then the self-test."""

import contextlib
import logging
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.content import HEAD_BYTES, recognise_other
from vgg_desktop.errors import ImportNeedsDetails, ModelUnusable, StorageError, StoreBusy, WrongContent
from vgg_desktop.files import NEW, storage_errors
from vgg_desktop.inference.examination import examine, probe
from vgg_desktop.inference.network import Network, agrees
from vgg_desktop.inference.winograd import decide, is_decided
from vgg_desktop.models.catalog import ExternalFile, ModelSpec, is_id
from vgg_desktop.models.descriptions import (
    ALIGNED_WEIGHTS,
    CLASSIFY_GRAPH,
    file_name,
    id_of,
    is_absolute,
    is_own_name,
)
from vgg_desktop.models.graphs import classify_graph, read_source, write_aligned_weights
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.models.storage import sha256_of
from vgg_desktop.models.store import Fetch, InstalledModel, ModelStore, all_models

logger = logging.getLogger(__name__)


def install(
    store: ModelStore,
    spec: ModelSpec,
    fetch: Fetch,
    progress: Callable[[DownloadProgress], None],
    cancel: threading.Event,
) -> InstalledModel:
    """Download a network unless it is here, and choose its graph. Raises `Cancelled` and every `ModelError`."""
    return prepare(store, store.install(spec, fetch, progress, cancel))


def prepare(store: ModelStore, installed: InstalledModel) -> InstalledModel:
    """Choose the graph through which an installed network runs, unless that was done.

    The graph that points into the file must give the scores of the unchanged file, else one that points into an
    aligned copy of the weights is tried, else the file itself is used; so it is, for this time, while another process
    changes the store. A form with fewer multiplications is made as well where it is faster. Raises `ModelUnusable`,
    `StorageError`.
    """
    image = probe(installed.spec.preprocessing.crop)
    if not _is_prepared(installed):
        installed = _with_graph(store, installed, image)
    if installed.graph == "mapped" and not is_decided(installed):
        try:
            with store.changing(installed.spec):
                decide(installed, image)
        except (StoreBusy, StorageError) as error:  # it is only slower without
            logger.warning("%s", error)
    return installed


def _with_graph(store: ModelStore, installed: InstalledModel, image: NDArray[np.float32]) -> InstalledModel:
    """Choose the graph of a network that has none. Raises `ModelUnusable`, `StorageError`."""
    expected = Network(installed.path).scores(image)
    try:
        with store.changing(installed.spec):
            done = store.find(installed.spec)
            if done is not None and _is_prepared(done):
                return done
            return store.record(installed.spec, _choose_graph(installed.path, image, expected))
    except StoreBusy:
        return replace(installed, graph="published")


def _is_prepared(installed: InstalledModel) -> bool:
    graph = installed.path.with_name(CLASSIFY_GRAPH)
    return installed.graph == "published" or (installed.graph is not None and graph.exists())


def _choose_graph(path: Path, image: NDArray[np.float32], expected: NDArray[np.float32]) -> str:
    """Make the graph beside a network, and return its kind. Raises `ModelUnusable`, `OSError`."""
    graph, aligned = path.with_name(CLASSIFY_GRAPH), path.with_name(ALIGNED_WEIGHTS)
    trial, weights = graph.with_name(graph.name + NEW), aligned.with_name(aligned.name + NEW)
    try:
        trial.write_bytes(classify_graph(path))
        if agrees(lambda: Network(trial, map_weights=True), image, expected):
            trial.replace(graph)
            aligned.unlink(missing_ok=True)
            return "mapped"
        write_aligned_weights(path, weights)
        weights.replace(aligned)
        trial.write_bytes(classify_graph(path, aligned=aligned.name))
        if agrees(lambda: Network(trial, map_weights=True), image, expected):
            trial.replace(graph)
            return "aligned"
        graph.unlink(missing_ok=True)
        aligned.unlink(missing_ok=True)
        return "published"
    finally:
        trial.unlink(missing_ok=True)
        weights.unlink(missing_ok=True)


def import_model(
    store: ModelStore,
    catalog: tuple[ModelSpec, ...],
    path: Path,
    *,
    id: str | None = None,
    labels: Path | None = None,
    preprocessing: Path | None = None,
    cancel: threading.Event | None = None,
) -> InstalledModel:
    """Install a network from a file: one of the catalog's, known by its SHA-256, or any ONNX classifier.

    `labels` is a text file with one class a line, `preprocessing` a TOML file; without them the ImageNet ones
    are taken for a network with 1000 classes. A network that was imported before is mended if it is damaged, and
    used with other labels or preprocessing if these are given. Raises `ImportNeedsDetails`, `ModelUnusable`,
    `WrongContent`, `CatalogInvalid`, `StorageError`, `StoreBusy`, `Cancelled`; then nothing was installed.
    """
    cancel = cancel or threading.Event()
    with storage_errors(path), path.open("rb") as file:
        found = recognise_other(file.read(HEAD_BYTES))
    if found is not None:
        raise WrongContent(str(path), found)
    digest = sha256_of(path, cancel)
    for spec in catalog:
        if spec.sha256 == digest and spec.origin == "bundled":
            return store.get(spec)
        if spec.sha256 == digest and spec.origin == "download":
            return prepare(store, store.find(spec) or store.adopt(spec, path))
    external = _external_files(path, cancel)
    specs = all_models(store, catalog)
    for spec in specs:
        is_same = spec.sha256 == digest and spec.external in (external, ())
        if is_same and spec.origin == "imported" and id in (None, spec.id):
            return _import_again(store, spec, path, external, labels, preprocessing, cancel)
    id = _checked_id(store, specs, path, id) if id is not None else _new_id(store, specs, path)
    usage = examine(path, labels, preprocessing)
    spec = ModelSpec(
        id=id,
        title=path.stem,
        description="Imported by you.",
        filename=file_name(path),
        size=_size_of(path),
        sha256=digest,
        origin="imported",
        labels=usage.labels,
        preprocessing=usage.preprocessing,
        outputs=usage.outputs,
        external=external,
    )
    return _prepare_import(store, store.import_files(spec, path))


def _import_again(
    store: ModelStore,
    known: ModelSpec,
    path: Path,
    external: tuple[ExternalFile, ...],
    labels: Path | None,
    preprocessing: Path | None,
    cancel: threading.Event,
) -> InstalledModel:
    """Mend an imported network from the file it came from, and describe it again where details are given."""
    intact = None
    if known.external == external:  # else its record is of a version that did not note them
        with contextlib.suppress(ModelUnusable):
            store.verify(known, cancel)
            intact = store.find(known)
    if intact is not None and labels is None and preprocessing is None:
        return prepare(store, intact)
    usage = examine(path, labels, preprocessing, known)
    spec = replace(
        known,
        labels=usage.labels,
        preprocessing=usage.preprocessing,
        outputs=usage.outputs,
        external=external,
        revision=known.revision if usage.is_that_of(known) else known.revision + 1,
    )
    if intact is None:
        return _prepare_import(store, store.import_files(spec, path, replacing=True))
    if spec.revision == known.revision:
        return prepare(store, intact)
    return prepare(store, replace(intact, spec=store.describe(spec)))


def _prepare_import(store: ModelStore, installed: InstalledModel) -> InstalledModel:
    """Prepare a network that has just been imported; it is gone again when that fails."""
    try:
        return prepare(store, installed)
    except BaseException:
        shutil.rmtree(store.folder(installed.spec), ignore_errors=True)
        raise


def _external_files(path: Path, cancel: threading.Event) -> tuple[ExternalFile, ...]:
    """Return the files with weights beside a network.

    Raises `ModelUnusable` for those that are missing, lie outside the network's own folder, or would lie where the
    app keeps a file of its own.
    """
    folder = path.parent.resolve()
    found = []
    for name in sorted(read_source(path).external_files):
        place = Path(os.path.realpath(folder / name)) if name and "\0" not in name else Path()
        if is_absolute(name) or not place.is_relative_to(folder):
            raise ModelUnusable(path, f"it wants to read {name or 'a file'} outside its own folder")
        file = folder / name
        with storage_errors(file):
            if not file.is_file():
                raise ModelUnusable(path, f"its weights are missing: {file.name} is not beside it")
            own = file_name(path)
            if is_own_name(name, own) and not (name == own and file.samefile(path)):
                reason = (
                    f"its weights are in {name}, a name that the app needs itself; give that file another"
                )
                raise ModelUnusable(path, reason)
            found.append(ExternalFile(name, file.stat().st_size, sha256_of(file, cancel)))
    return tuple(found)


def _size_of(path: Path) -> int:
    with storage_errors(path):
        return path.stat().st_size


def _checked_id(store: ModelStore, specs: tuple[ModelSpec, ...], path: Path, id: str) -> str:
    """Return the id that was asked for. Raises `ImportNeedsDetails`."""
    if not is_id(id):
        raise ImportNeedsDetails(path, f"`{id}` is no id; use small letters, digits, dots and dashes")
    if id in {spec.id for spec in specs} or not store.has_room_for(id):
        raise ImportNeedsDetails(path, f"the id {id} is taken; choose another with --id")
    return id


def _new_id(store: ModelStore, specs: tuple[ModelSpec, ...], path: Path) -> str:
    """Make an id of a file's name, with a number where it is taken: many files are called `model.onnx`."""
    name = id_of(path)
    taken = {spec.id for spec in specs}
    id, number = name, 1
    while id in taken or not store.has_room_for(id):
        number += 1
        id = f"{name}-{number}"
    return id
