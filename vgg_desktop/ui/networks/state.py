"""The state of a network as the window shows it."""

import enum
from dataclasses import dataclass
from pathlib import Path

from vgg_desktop.models.catalog import ModelSpec, Preprocessing
from vgg_desktop.models.details import Details
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.reasons import Reason

NO_DETAILS = Details()
SUFFIXES = (".onnx", ".zip")  # of networks to import


class Phase(enum.Enum):
    """The phase of a network: not installed, downloading, verifying, installed."""

    ABSENT = enum.auto()
    PARTIAL = enum.auto()  # some of it arrived earlier and waits for being resumed
    WAITING = enum.auto()  # queued behind another
    DOWNLOADING = enum.auto()
    RECONNECTING = enum.auto()
    VERIFYING = enum.auto()
    TESTING = enum.auto()  # verified; the self-test runs
    REMOVING = enum.auto()
    INSTALLED = enum.auto()
    FAILED = enum.auto()


BUSY = frozenset(
    {Phase.WAITING, Phase.DOWNLOADING, Phase.RECONNECTING, Phase.VERIFYING, Phase.TESTING, Phase.REMOVING}
)


@dataclass(frozen=True, slots=True)
class NetworkState:
    """The state of a network. `progress` is set while it is downloaded and for a partial file.

    `error` is why the last operation failed; an INSTALLED network can have one, for instance after a failed removal.
    """

    phase: Phase
    progress: DownloadProgress | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Import:
    """A network to be installed from a file, with its labels and preprocessing where it needs them.

    `replace` says whether it takes the place of the imported one that has its name; None asks if there is one. `known`
    is the imported network whose details are changed, instead of a file that is imported.
    """

    path: Path
    details: Details = NO_DETAILS
    replace: bool | None = None
    known: ModelSpec | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the preprocessing of a network fits, on pictures whose classes are known.

    `fits` tells whether the best one is much better than guessing, `is_better` whether it should be used instead of
    the present one, and `reason` on how many pictures they are right.
    """

    best: Preprocessing
    fits: bool
    is_better: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Overall:
    """All downloads together: how many are still going on, and the part that is done, from 0 to 1."""

    count: int
    fraction: float
