"""What goes to the threads and what comes back: frozen dataclasses, one to a signal."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtGui import QImage

from vgg_desktop.export import Outcome
from vgg_desktop.inference.results import Classification, Precision
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.progress import DownloadProgress

if TYPE_CHECKING:  # these bring numpy, which the window does not wait for
    from vgg_desktop.inference.devices.listing import DeviceStatus
    from vgg_desktop.inference.devices.measuring import FormFacts
    from vgg_desktop.inference.forms.form import Agreement
    from vgg_desktop.inference.results import Fallback

# Networks


@dataclass(frozen=True, slots=True)
class InstallRequest:
    """Download a network; `spec.addresses` are asked in their order."""

    spec: ModelSpec


@dataclass(frozen=True, slots=True)
class InstallProgress:
    """How far the download of a network is."""

    spec: ModelSpec
    progress: DownloadProgress


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """Compare a network's file with its published SHA-256."""

    spec: ModelSpec


@dataclass(frozen=True, slots=True)
class RemoveRequest:
    """Delete a network from this computer."""

    spec: ModelSpec


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Install a network from a file, with its labels and preprocessing where it needs them."""

    path: Path
    labels: Path | None = None
    preprocessing: Path | None = None


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Move the downloaded networks into another folder; None is the usual place."""

    folder: Path | None


# Files


@dataclass(frozen=True, slots=True)
class FindRequest:
    """Find the pictures in what was dropped: files, and folders with everything in them.

    `number` tells two drops of the same files apart; of thousands only the text of the paths is known yet.
    """

    number: int
    paths: tuple[Path | str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the pictures that were found; `last` says that no more will come for this request."""

    request: FindRequest
    files: tuple[Path, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """Read one picture for the view."""

    job_id: int
    path: Path
    spec: ModelSpec


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture for the view, and the square that the network sees as fractions of its width and height.

    `width` and `height` are the picture's own, upright, in pixels.
    """

    job_id: int
    image: QImage
    square: tuple[float, float, float, float]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ThumbnailRequest:
    """Read one picture for the list."""

    job_id: int
    path: Path


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture for the list."""

    job_id: int
    image: QImage


ExportKind = Literal["csv", "json", "folders"]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Save results as a table, as JSON Lines, or the pictures themselves sorted into a folder per class."""

    kind: ExportKind
    target: Path
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """Results that were saved."""

    request: ExportRequest
    count: int


# Classification


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """Load a network ahead of its first picture; `test_again` tries every device out again."""

    spec: ModelSpec
    precision: Precision = "exact"
    device: str = "auto"
    test_again: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A network that is ready, on which device (its name), and which were skipped.

    `wish` is the device that was asked for; `is_warning` tells that the user should see why another answers.
    """

    spec: ModelSpec
    device: str
    fallback: "Fallback"
    wish: str = "auto"
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class DeviceTest:
    """A device (its name) that is tried out with a network for the first time, which takes seconds."""

    spec: ModelSpec
    device: str


@dataclass(frozen=True, slots=True)
class ClassifyRequest:
    """Classify one picture with one network; the answer carries the job's id."""

    job_id: int
    path: Path
    spec: ModelSpec
    top_k: int
    precision: Precision = "exact"
    device: str = "auto"


@dataclass(frozen=True, slots=True)
class JobResult:
    """One classified picture with its thumbnail."""

    job_id: int
    classification: Classification
    thumbnail: QImage


@dataclass(frozen=True, slots=True)
class FastRequest:
    """Look for the form of a network that is Fast on the device in use, or make it.

    `pictures` are the user's own, to calibrate 8 bits on.
    """

    spec: ModelSpec
    pictures: tuple[Path, ...] = ()
    make: bool = False


@dataclass(frozen=True, slots=True)
class FastProgressed:
    """How far the making of Fast is, 0 to 1."""

    spec: ModelSpec
    fraction: float


@dataclass(frozen=True, slots=True)
class FastForm:
    """What Fast is worth; `speedup` over Exact was measured for 8 bits only."""

    agreement: "Agreement"
    speedup: float | None = None


@dataclass(frozen=True, slots=True)
class FastKnown:
    """Fast, if it was made for the device in use; `reason` says why there can be none (or ""), in English.

    `asked` tells that it was asked to be made; `device` is its name where Fast is half precision there, else "".
    """

    spec: ModelSpec
    made: FastForm | None
    reason: str
    asked: bool
    device: str = ""


# Every request


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that failed, and why."""

    request: Any
    error: Exception


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request in a queue; setting `cancel` takes it back."""

    request: Any
    cancel: threading.Event


# Devices


@dataclass(frozen=True, slots=True)
class FactsRequest:
    """Find out which devices there are, and what was kept of these networks on them."""

    specs: tuple[ModelSpec, ...]


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """Measure these networks on every device."""

    specs: tuple[ModelSpec, ...]


@dataclass(frozen=True, slots=True)
class RetestRequest:
    """Repeat the self-tests of these networks that a device did not pass."""

    specs: tuple[ModelSpec, ...]
    device: str


@dataclass(frozen=True, slots=True)
class DiagnoseRequest:
    """Write what somebody who is asked for help needs to know."""

    specs: tuple[ModelSpec, ...]


DevicesRequest = FactsRequest | MeasureRequest | RetestRequest | DiagnoseRequest


@dataclass(frozen=True, slots=True)
class MeasurementsKnown:
    """The devices of this computer, and what is known of every form that the networks have on them."""

    request: DevicesRequest
    statuses: "tuple[DeviceStatus, ...]"
    facts: "tuple[FormFacts, ...]"
