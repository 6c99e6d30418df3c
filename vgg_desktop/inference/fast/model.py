"""Fast, the 8-bit form of a network: what is known of the one that was made, and whether there can be one."""

import hashlib
import json
import logging
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vgg_desktop.inference.fast.saturation import weight_limit
from vgg_desktop.inference.runtime import version
from vgg_desktop.models.chain import Unsupported, read_chain
from vgg_desktop.models.descriptions import FAST
from vgg_desktop.models.store import InstalledModel

logger = logging.getLogger(__name__)

FORMAT = 1  # of the files; another number makes them again
FAST_GRAPH, FAST_WEIGHTS, FAST_RECORD = "fast.onnx", "fast.weights", "fast.json"
TRUSTED = (
    0.97  # share of pictures with the same most probable class from which on there is nothing to warn of
)
WORTHWHILE = 1.1  # times as fast as Exact
NOT_MADE = "it has not been made on this computer yet"
NOT_FASTER = "it is not faster on this computer"
CPU_ONLY = "it runs on the CPU only"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often Fast said the same as Exact, on pictures it was not calibrated on.

    `same_top1` is the share of pictures with the same most probable class, `same_top5` the share of Exact's five
    most probable classes that are among Fast's five, `largest_difference` that of one class's probability.
    """

    pictures: int
    same_top1: float
    same_top5: float
    largest_difference: float

    @property
    def is_trusted(self) -> bool:
        """Return whether Fast may be used without a warning."""
        return self.same_top1 >= TRUSTED


@dataclass(frozen=True, slots=True)
class FastModel:
    """A network's 8-bit form that is ready for use, as it was measured on this computer.

    Milliseconds are of one picture; `own_pictures` counts those of the user's own that it was calibrated on.
    """

    graph: Path
    agreement: Agreement
    exact_ms: float
    fast_ms: float
    own_pictures: int

    @property
    def speedup(self) -> float:
        """Return how many times as fast as Exact it is."""
        return self.exact_ms / self.fast_ms

    @property
    def is_faster(self) -> bool:
        """Return whether it is worth offering."""
        return self.speedup >= WORTHWHILE


def why_no_fast(installed: InstalledModel) -> Unsupported | None:
    """Return why Fast is not offered for a network, or None: it can be made, or was made and is faster.

    Reads the network's structure, a few milliseconds, and onnxruntime's version. Raises `ModelUnusable`,
    `StorageError`.
    """
    chain = read_chain(installed.path)
    if isinstance(chain, Unsupported):
        return chain
    made = find_fast(installed)
    return Unsupported(NOT_FASTER) if made is not None and not made.is_faster else None


def find_fast(installed: InstalledModel) -> FastModel | None:
    """Return the 8-bit form of a network, if it was made from this file for this onnxruntime and is intact."""
    folder = installed.derived / FAST
    try:
        values = json.loads((folder / FAST_RECORD).read_text("utf-8"))
        if values["made_for"] != _conditions(installed) or values["files"] != _files(folder):
            return None
        return FastModel(
            graph=folder / FAST_GRAPH,
            agreement=Agreement(**values["agreement"]),
            exact_ms=float(values["exact_ms"]),
            fast_ms=float(values["fast_ms"]),
            own_pictures=int(values["own_pictures"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        logger.info("%s is skipped: %s", folder, error)
        return None


def record_of(installed: InstalledModel, made: FastModel) -> dict[str, Any]:
    """Return what is written beside a network's 8-bit form, so that `find_fast` knows it again. Raises `OSError`."""
    values = asdict(made)
    del values["graph"]
    return {"made_for": _conditions(installed), "files": _files(made.graph.parent), **values}


def _conditions(installed: InstalledModel) -> dict[str, Any]:
    """Return all that the 8-bit form depends on, as JSON gives it back."""
    conditions = {
        "format": FORMAT,
        "onnxruntime": version(),
        "machine": platform.machine(),
        "weight_limit": weight_limit(),
        "sha256": installed.spec.sha256,
        "preprocessing": asdict(installed.spec.preprocessing),
    }
    loaded: dict[str, Any] = json.loads(json.dumps(conditions))
    return loaded


def _files(folder: Path) -> dict[str, Any]:
    return file_states(folder / FAST_GRAPH, folder / FAST_WEIGHTS)


def file_states(graph: Path, weights: Path) -> dict[str, Any]:
    """Return what tells whether two files are those that were made. Raises `OSError`.

    Of the weights it is their time, as hashing them takes long.
    """
    status = weights.stat()
    digest = hashlib.sha256(graph.read_bytes()).hexdigest()
    return {"graph": digest, "weights": [status.st_size, status.st_mtime_ns]}
