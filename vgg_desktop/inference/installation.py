"""Bring a network onto this computer and prove that it works: download or import, then the self-test."""

import re
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vgg_desktop import paths
from vgg_desktop.errors import ImportNeedsDetails, ModelUnusable, StorageError, WrongContent
from vgg_desktop.inference.classifier import CLASSIFY_GRAPH, Network
from vgg_desktop.models.catalog import (
    IMAGENET_PREPROCESSING,
    ModelSpec,
    Outputs,
    Preprocessing,
    read_preprocessing,
)
from vgg_desktop.models.content import recognise_wrong_content
from vgg_desktop.models.graphs import classify_graph, read_source, write_aligned_weights
from vgg_desktop.models.labels import read_labels
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.models.store import Fetch, InstalledModel, ModelStore, all_models, sha256_of

ALIGNED_WEIGHTS = "weights.bin"
TOLERANCE = 1e-3  # of the largest score; two kernels for the same sums differ by about 1e-5


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
    aligned copy of the weights is tried, else the file itself is used. Raises `ModelUnusable`, `StorageError`.
    """
    graph = installed.path.with_name(CLASSIFY_GRAPH)
    if installed.graph == "published" or (installed.graph is not None and graph.exists()):
        return installed
    image = _probe(installed.spec.preprocessing.crop)
    expected = Network(installed.path).scores(image)
    aligned = installed.path.with_name(ALIGNED_WEIGHTS)
    try:
        for kind in ("mapped", "aligned"):
            if kind == "aligned":
                write_aligned_weights(installed.path, aligned)
            graph.write_bytes(
                classify_graph(installed.path, aligned=aligned.name if kind == "aligned" else None)
            )
            if agrees(graph, image, expected):
                if kind == "mapped":
                    aligned.unlink(missing_ok=True)
                return store.record(installed.spec, kind)
        graph.unlink(missing_ok=True)
        aligned.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(Path(error.filename or graph), error.strerror or str(error)) from error
    return store.record(installed.spec, "published")


def agrees(graph: Path, image: NDArray[np.float32], expected: NDArray[np.float32]) -> bool:
    """Say whether a graph gives the expected scores (1, C) for an image (1, 3, H, W), alone and in a batch."""
    try:
        network = Network(graph, map_weights=True)
        scores = network.scores(np.concatenate([image, image]))
    except ModelUnusable:
        return False
    worst = float(np.abs(scores - expected).max())
    return worst <= TOLERANCE * float(np.abs(expected).max())


def _probe(side: int) -> NDArray[np.float32]:
    """Give a picture's worth of seeded noise, shape (1, 3, side, side)."""
    return np.random.default_rng(0).standard_normal((1, 3, side, side), dtype=np.float32)


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
    are taken for a network with 1000 classes. Raises `ImportNeedsDetails`, `ModelUnusable`, `WrongContent`,
    `CatalogInvalid`, `StorageError`, `StoreBusy`, `Cancelled`; then nothing was installed.
    """
    try:
        with path.open("rb") as file:
            found = recognise_wrong_content(file.read(512))
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    if found is not None:
        raise WrongContent(str(path), found)
    digest = sha256_of(path, cancel)
    for spec in catalog:
        if spec.sha256 == digest and spec.origin == "download":
            return prepare(store, store.find(spec) or store.adopt(spec, path))
    external = read_source(path).external_files
    _check_external(path, external)
    described = _describe(path, labels, preprocessing)
    spec = replace(described, id=id or _new_id(path), sha256=digest)
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", spec.id):
        raise ImportNeedsDetails(path, f"`{spec.id}` is no id; use small letters, digits, dots and dashes")
    taken = {each.id: each for each in all_models(store, catalog)}.get(spec.id)
    if taken is not None:
        if taken.sha256 == digest and taken.origin == "imported":
            return prepare(store, store.get(taken))
        raise ImportNeedsDetails(path, f"the id {spec.id} is taken; choose another with --id")
    try:
        return prepare(store, store.import_files(spec, path, sorted(external)))
    except BaseException:
        shutil.rmtree(store.folder(spec), ignore_errors=True)
        raise


def _check_external(path: Path, names: frozenset[str]) -> None:
    """Refuse weights that lie outside the network's own folder, and those that are missing."""
    folder = path.parent.resolve()
    for name in names:
        file = (folder / name).resolve()
        if not name or not file.is_relative_to(folder):
            raise ModelUnusable(path, f"it wants to read {name or 'a file'} outside its own folder")
        if not file.is_file():
            raise ModelUnusable(path, f"its weights are missing: {file.name} is not beside it")


def _describe(path: Path, labels: Path | None, preprocessing: Path | None) -> ModelSpec:
    """Try the network out and find how it is to be used; the result's id and SHA-256 are still to be set."""
    network = Network(path)
    chosen, outputs = _given_preprocessing(path, network, preprocessing)
    side = chosen.crop if chosen is not None else network.size or IMAGENET_PREPROCESSING.crop
    if network.size is not None and network.size != side:
        raise ImportNeedsDetails(path, f"its input is {network.size} pixels wide, and `crop` says {side}")
    scores = network.scores(_probe(side))
    classes = scores.shape[1]
    if classes != 1000:
        missing = [
            name for name, given in (("labels", labels), ("preprocessing", preprocessing)) if given is None
        ]
        if missing:
            raise ImportNeedsDetails(
                path, f"it has {classes} classes, not ImageNet's 1000; give its {' and its '.join(missing)}"
            )
    if chosen is None:
        # The usual ratio of resize to crop, 256 to 224, at the network's own size.
        chosen = replace(IMAGENET_PREPROCESSING, crop=side, resize=side * 256 // 224)
        # Scores that are no logits show themselves: they are not negative and sum to one.
        is_softmax = bool(scores.min() >= 0) and abs(float(scores.sum()) - 1) < 1e-3
        outputs = "probabilities" if is_softmax else "logits"
    label_file = labels or paths.resource("labels/imagenet.tsv")
    count = len(read_labels(label_file))
    if count != classes:
        raise ImportNeedsDetails(path, f"it has {classes} classes, and {label_file.name} names {count}")
    return ModelSpec(
        id="",
        title=path.stem,
        description="Imported by you.",
        filename=f"{re.sub(r'[^A-Za-z0-9_-]+', '-', path.stem).strip('-') or 'network'}.onnx",
        size=path.stat().st_size,
        sha256="",
        origin="imported",
        labels=label_file,
        preprocessing=chosen,
        outputs=outputs,
    )


def _given_preprocessing(
    path: Path, network: Network, file: Path | None
) -> tuple[Preprocessing | None, Outputs]:
    if file is None:
        if network.size is not None and network.size < 16:
            raise ImportNeedsDetails(
                path, f"its input is only {network.size} pixels wide; give its preprocessing"
            )
        return None, "logits"
    return read_preprocessing(file)


def _new_id(path: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:64] or "network"
