"""The networks of a folder that is only read, such as a network share: found once, and not waited for.

The folder is one that `VGG_DESKTOP_HOME` named when the networks were downloaded and imported into it.
"""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from vgg_desktop.errors import StorageError
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.descriptions import SPEC, read_description
from vgg_desktop.system_errors import system_reason
from vgg_desktop.why import Why

logger = logging.getLogger(__name__)
TIMEOUT = 3.0  # seconds; the start waits for it


@dataclass(frozen=True, slots=True)
class Shared:
    """What a shared folder had: the files in the folders of downloaded networks, and the imported networks."""

    folder: Path | None = None
    files: frozenset[Path] = frozenset()
    imported: tuple[ModelSpec, ...] = ()
    problem: StorageError | None = None  # why it cannot be used

    def find(self, spec: ModelSpec) -> Path | None:
        """Return the folder in which the file of a network is shared, or None. Reads nothing."""
        if self.folder is None:
            return None
        if spec.origin == "imported":
            is_there = any(each.id == spec.id for each in self.imported)
            return _imported(self.folder) / spec.id if is_there else None
        place = _downloaded(self.folder) / spec.id
        return place if place / spec.filename in self.files else None


def find_shared(folder: Path | None) -> Shared:
    """Return what a shared folder has; nothing, with the problem, where it does not answer in time."""
    if folder is None:
        return Shared()
    found: list[Shared] = []
    # Nothing can interrupt a system that waits for a server.
    thread = threading.Thread(target=lambda: found.append(_look(folder)), name="shared networks", daemon=True)
    thread.start()
    thread.join(TIMEOUT)
    shared = found[0] if found else Shared(problem=StorageError(folder, Why.SYSTEM_TIMED_OUT()))
    if shared.problem is not None:
        logger.warning("%s", shared.problem)
    return shared


def _look(folder: Path) -> Shared:
    try:
        folder.stat()
        files = frozenset(_downloaded(folder).glob("[!.]*/*"))
        imported = [read_description(each.parent) for each in sorted(_imported(folder).glob(f"[!.]*/{SPEC}"))]
    except OSError as error:
        return Shared(problem=StorageError(folder, system_reason(error)))
    return Shared(folder, files, tuple(each for each in imported if each is not None))


def _downloaded(folder: Path) -> Path:
    return folder / "cache" / "models"


def _imported(folder: Path) -> Path:
    return folder / "data" / "models"
