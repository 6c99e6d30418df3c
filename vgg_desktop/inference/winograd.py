"""The form of a network whose convolutions take fewer multiplications: made once, used where right and faster."""

import contextlib
import logging
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import StorageError
from vgg_desktop.files import write_json
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.network import (
    SplitNetwork,
    agrees,
    median_ms,
    open_whole,
    winograd_conditions,
)
from vgg_desktop.models.chain import Unsupported, read_chain
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.models.winograd import (
    WinogradFiles,
    dense_graph,
    find_winograd,
    read_record,
    transforms,
    weights_mark,
    winograd_files,
    write_features,
)

logger = logging.getLogger(__name__)
_WORTHWHILE = 1.03  # times as fast as without


def is_decided(installed: InstalledModel) -> bool:
    """Return whether it is known for this file, onnxruntime and machine what is the faster way."""
    record, conditions = read_record(installed.path), winograd_conditions(installed)
    is_whole = "weights" not in record or find_winograd(installed.path, conditions) is not None
    return is_whole and record.get("made_for") == conditions


def decide(installed: InstalledModel, image: NDArray[np.float32]) -> bool:
    """Make the form of a network, try it on an image (1, 3, H, W), and keep it if it is right and faster.

    Returns whether it is. Some seconds for a VGG network; nobody else may change the network's folder. Raises
    `ModelUnusable` for the network itself, `StorageError`.
    """
    files = winograd_files(installed.path)
    record: dict[str, Any] = {"made_for": winograd_conditions(installed)}
    try:
        if make(installed.path, image.shape[2]):
            whole = open_whole(installed, CPU)
            if agrees(lambda: SplitNetwork(files), image, whole.scores(image)):
                # One after the other: the threads of one that has just run would hold up the other.
                record["milliseconds"] = [
                    round(median_ms(each, image), 1) for each in (whole, SplitNetwork(files))
                ]
                if record["milliseconds"][0] >= _WORTHWHILE * record["milliseconds"][1]:
                    record["weights"] = weights_mark(installed.path)
        if "weights" not in record:
            _clear(files)
        write_json(files.record, record)
    except BaseException as error:
        with contextlib.suppress(OSError):
            _clear(files)  # a disk that is full stays so otherwise
        if isinstance(error, OSError):
            raise StorageError(installed.path, error.strerror or str(error)) from error
        raise
    logger.info("%s: %s", installed.spec.id, record)
    return "weights" in record


def make(published: Path, side: int) -> bool:
    """Write the form of a network for pictures of this side beside its file; return False if nothing is gained.

    Raises `ModelUnusable`, `StorageError`, `OSError`.
    """
    chain = read_chain(published)
    chosen = None if isinstance(chain, Unsupported) else transforms(chain, side)
    if isinstance(chain, Unsupported) or chosen is None:
        return False
    files = winograd_files(published)
    _clear(files)
    with files.weights.open("wb") as weights:
        files.features.write_bytes(write_features(chain, side, chosen, weights, files.weights.name))
        weights.flush()
        os.fsync(weights.fileno())  # the record must not outlive them
    files.dense.write_bytes(dense_graph(chain))
    return True


def _clear(files: WinogradFiles) -> None:
    """Remove what was made. Raises `OSError`."""
    # Removed and not overwritten: another process, which took another onnxruntime, may have the weights mapped.
    for each in (files.record, files.features, files.dense, files.weights):
        each.unlink(missing_ok=True)
