"""What is going on with a network, as the window is told."""

import enum
from dataclasses import dataclass
from pathlib import Path

from vgg_desktop.models.progress import DownloadProgress


class Phase(enum.Enum):
    """What is going on with a network."""

    ABSENT = enum.auto()
    PARTIAL = enum.auto()  # some of it arrived earlier and waits for being resumed
    WAITING = enum.auto()  # queued behind another
    DOWNLOADING = enum.auto()
    RECONNECTING = enum.auto()
    VERIFYING = enum.auto()
    TESTING = enum.auto()  # all of it is here and right; the self-test runs
    REMOVING = enum.auto()
    INSTALLED = enum.auto()
    FAILED = enum.auto()


BUSY = frozenset(
    {
        Phase.WAITING,
        Phase.DOWNLOADING,
        Phase.RECONNECTING,
        Phase.VERIFYING,
        Phase.TESTING,
        Phase.REMOVING,
    }
)


@dataclass(frozen=True, slots=True)
class NetworkState:
    """How far a network is. `progress` is there while something arrives and for a partial file.

    `error` says why the last attempt failed; a network can be INSTALLED and have one, after a failed deletion say.
    """

    phase: Phase
    progress: DownloadProgress | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Import:
    """A network to be installed from a file, with its labels and preprocessing where it needs them."""

    path: Path
    labels: Path | None = None
    preprocessing: Path | None = None


@dataclass(frozen=True, slots=True)
class Overall:
    """All downloads together: how many are still going on, and the part that is done, from 0 to 1."""

    count: int
    fraction: float
