"""Bring a network onto this computer and prove that it works: download or import."""

import threading
from collections.abc import Callable
from pathlib import Path

from vgg_desktop.content import HEAD_BYTES, recognise_other
from vgg_desktop.errors import WrongContent
from vgg_desktop.files import storage_errors
from vgg_desktop.inference.isolation import Isolation
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.models.store import Fetch, InstalledModel, ModelStore


def install(
    store: ModelStore,
    spec: ModelSpec,
    fetch: Fetch,
    progress: Callable[[DownloadProgress], None],
    cancel: threading.Event,
) -> InstalledModel:
    """Download a network unless it is here, and make the graphs through which it runs.

    Raises `Cancelled` and every `ModelError`.
    """
    from vgg_desktop.inference.importing import make_ready

    return make_ready(store.install(spec, fetch, progress, cancel), cancel)


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
    are taken for a network with 1000 classes. A network that was imported before is repaired if it is damaged, and
    used with other labels or preprocessing if these are given. Raises `ImportNeedsDetails`, `ModelUnusable`,
    `WrongContent`, `CatalogInvalid`, `StorageError`, `StoreBusy`, `Cancelled`; then nothing was installed.
    """
    cancel = cancel or threading.Event()
    with storage_errors(path), path.open("rb") as file:
        found = recognise_other(file.read(HEAD_BYTES))
        size = path.stat().st_size
    if found is not None:
        raise WrongContent(str(path), found)
    with Isolation(path, size, cancel.is_set) as isolation:
        # Only here: it takes as long as the start of the child, which goes on meanwhile.
        from vgg_desktop.inference.importing import import_in

        return import_in(store, catalog, isolation, id, labels, preprocessing, cancel)
