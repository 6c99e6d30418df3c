"""Bring a network onto this computer and prove that it works: download or import."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from vgg_desktop.content import HEAD_BYTES, recognise_other
from vgg_desktop.errors import ImportNeedsDetails, ModelUnusable, WrongContent
from vgg_desktop.files import storage_errors
from vgg_desktop.inference.isolation import Isolation
from vgg_desktop.models.archives import companions, is_archive, open_archive
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.details import Details
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.models.store import Fetch, InstalledModel, ModelStore
from vgg_desktop.paths import extended
from vgg_desktop.reasons import Reason

if TYPE_CHECKING:
    from vgg_desktop.inference.preprocessing_search import Search

Fit: TypeAlias = Literal["unknown", "told", "used"]


class Imported(NamedTuple):
    """A network that was imported, what was found or assumed about it, and the search for its preprocessing."""

    installed: InstalledModel
    notes: tuple[Reason, ...] = ()
    search: "Search | None" = None


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


@contextlib.contextmanager
def opened(
    path: Path, cancel: threading.Event | None = None
) -> Iterator[tuple[Path, tuple[Path | None, Path | None]]]:
    """Give the file of a network, unpacked meanwhile from a zip archive, and those of labels and preprocessing with it.

    Raises `WrongContent`, `StorageError` and what `archives.open_archive` does.
    """
    path = extended(path)
    with storage_errors(path), path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if is_archive(head):
        with TemporaryDirectory(prefix="vgg-desktop-", ignore_cleanup_errors=True) as folder:
            contents = open_archive(path, Path(folder), cancel)
            try:
                # By the archive's name, since most are called `model.onnx` inside.
                network = contents.model.rename(contents.model.with_name(f"{path.stem}.onnx"))
                yield network, (contents.labels, contents.preprocessing)
            except (ImportNeedsDetails, ModelUnusable) as error:
                raise type(error)(path, error.reason) from error
    elif (found := recognise_other(head)) is not None:
        raise WrongContent(str(path), found)
    else:
        yield path, companions(path)


def import_model(
    store: ModelStore,
    catalog: tuple[ModelSpec, ...],
    path: Path,
    *,
    id: str | None = None,
    details: Details = Details(),  # noqa: B008 - a constant
    replace: bool = False,
    fit: Fit = "unknown",
    pictures: Path | None = None,
    cancel: threading.Event | None = None,
) -> Imported:
    """Install a network from a file: one of the catalog's, known by its SHA-256, or any ONNX classifier.

    The file may be a zip archive of one. What `details` do not say is found by trial, in the file or beside it, or
    assumed as usual for a network with ImageNet's 1000 classes. A network that was imported before is repaired if it is
    damaged, and used with other labels or preprocessing if these are given; `replace` puts another file in the place of
    the network of its id. With a `fit`, another preprocessing that answers better is looked for on pictures of known
    classes, the app's own or those of the folder `pictures` with one sub-folder per class: it is told, or used. Raises
    `ImportNeedsDetails`, `FolderNotLabelled`, `ModelUnusable`, `WrongContent`, `StorageError`, `StoreBusy`,
    `Cancelled`; then nothing was installed.
    """
    cancel = cancel or threading.Event()
    with opened(path, cancel) as (network, beside):
        with storage_errors(network):
            size = network.stat().st_size
        with Isolation(network, size, cancel.is_set) as isolation:
            # Only here: it takes as long as the start of the child, which goes on meanwhile.
            from vgg_desktop.inference.importing import Finding, import_in

            finding = Finding(fit, pictures)
            return import_in(store, catalog, isolation, id, details, beside, finding, cancel, replace=replace)
