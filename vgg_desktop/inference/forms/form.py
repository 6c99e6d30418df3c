"""What a form of a network is, and the record of one that was made on this computer.

A form is whatever runs in place of the published file and was made from it: another graph over its weights, or other
weights. It can be made again, and is as soon as something that it depends on has changed.
"""

import contextlib
import hashlib
import json
import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeAlias

from vgg_desktop.errors import Cancelled
from vgg_desktop.files import sync, write_json
from vgg_desktop.forms.graph_writer import ALIGNMENT
from vgg_desktop.forms.sequential import SequentialNet, read_sequential
from vgg_desktop.inference.devices.listing import CPU, Device
from vgg_desktop.inference.network import Scorer
from vgg_desktop.inference.results import FormId, Precision
from vgg_desktop.inference.runtime import version
from vgg_desktop.models.store import InstalledModel
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why, reason_from_json

logger = logging.getLogger(__name__)

# Share of pictures with the same most probable class from which on there is nothing to warn of.
TRUSTED = 0.97
WORTHWHILE = 1.1  # times as fast as Exact

Phase: TypeAlias = Literal["calibrating", "converting", "comparing"]


@dataclass(frozen=True, slots=True)
class FormProgress:
    """How far the making of a form is; `fraction`, 0 to 1, is of the whole."""

    phase: Phase
    fraction: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a form said the same as Exact, on pictures it was not calibrated on.

    `same_top1` is the share of pictures with the same most probable class, `same_top5` the share of Exact's five
    most probable classes that are among the form's five, `largest_difference` that of one class's probability.
    """

    pictures: int
    same_top1: float
    same_top5: float
    largest_difference: float

    @property
    def is_trusted(self) -> bool:
        """Return whether the form may be used without a warning."""
        return self.same_top1 >= TRUSTED


@dataclass(frozen=True, slots=True)
class FormRecord:
    """What is known of a form of a network, as it was measured on this computer.

    `reason` says why the form is not used, None where it is. `milliseconds` and `exact_ms` are of one picture, in this
    form and in Exact; `own_pictures` counts those of the user's own that it was calibrated on. `fingerprint` is all
    that it depends on, `files` what tells whether a file, by its name, is the one that was made.
    """

    reason: Reason | None = None
    agreement: Agreement | None = None
    milliseconds: float | None = None
    exact_ms: float | None = None
    own_pictures: int = 0
    fingerprint: Mapping[str, Any] = field(default_factory=dict, hash=False)
    files: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def speedup(self) -> float | None:
        """Return how many times as fast as Exact it is, None where that was not measured."""
        return self.exact_ms / self.milliseconds if self.exact_ms and self.milliseconds else None

    @property
    def is_faster(self) -> bool:
        """Return whether it is worth offering."""
        return self.speedup is None or self.speedup >= WORTHWHILE


@dataclass(frozen=True, slots=True)
class Making:
    """One making of a form: where its files go, and what it may be compared with.

    `exact` loads the network in Exact on the CPU; `graph` is the file through which it runs. `pictures` are the
    user's own.
    """

    installed: InstalledModel
    folder: Path
    exact: Callable[[], Scorer]
    graph: Path
    pictures: Sequence[Path]
    progress: Callable[[FormProgress], None]
    cancel: threading.Event

    def show(self, phase: Phase, fraction: float) -> None:
        """Report progress. Raises `Cancelled`."""
        self.stop_if_cancelled()
        self.progress(FormProgress(phase, fraction))

    def stop_if_cancelled(self) -> None:
        """Raise `Cancelled` where that was asked for."""
        if self.cancel.is_set():
            raise Cancelled

    def net(self) -> SequentialNet:
        """Return the network's layers, where its form needs such. Raises `ModelUnusable`, `StorageError`."""
        net = read_sequential(self.installed.path)
        assert isinstance(net, SequentialNet)  # or the form would be impossible
        return net


class Form(ABC):
    """One kind of form: what is particular to it; `registry` does what all have in common."""

    id: ClassVar[FormId]
    precision: ClassVar[Precision] = "exact"
    format: ClassVar[int] = 1  # of the files; another number makes them again
    files: ClassVar[tuple[str, ...]] = ()
    record: ClassVar[str] = ""
    folder: ClassVar[str] = ""  # of its own, which is replaced as a whole; "" is beside the published file
    devices: ClassVar[Literal["all", "CPU", "others"]] = "all"
    sequential: ClassVar[bool] = False  # whether it is one of sequential CNNs only
    weight_bytes: ClassVar[int] = 0  # in its files, of each weight

    def why_not_on(self, device: Device) -> Reason | None:
        """Return why the form does not run on a device, or None."""
        if self.devices == "CPU" and device != CPU:
            return Why.FORM_CPU_ONLY()
        return Why.FORM_NOT_ON_CPU() if self.devices == "others" and device.kind == "cpu" else None

    def why_impossible(self, installed: InstalledModel) -> Reason | None:
        """Return why a network has no such form, or None. Raises `ModelUnusable`, `StorageError`."""
        # Its graph would lie beside the published file. What another computer has on its disk is not mapped either: a
        # connection that breaks would end the program.
        if self.files and not self.folder and installed.derived != installed.path.parent:
            return Why.FORM_BUNDLED() if installed.spec.origin == "bundled" else Why.FORM_SHARED()
        if not self.sequential:
            return None
        channels, height, width = installed.spec.preprocessing.shape
        if channels != 3 or height != width:
            return Why.FORM_PICTURES()
        net = read_sequential(installed.path)
        return net if isinstance(net, Reason) else None

    def depends_on(self, installed: InstalledModel) -> dict[str, Any]:
        """Return what the form depends on, beside the network's file and onnxruntime."""
        return {}

    def needed(self, installed: InstalledModel) -> int:
        """Return how many bytes its files take at most, 0 where that is not worth asking."""
        net = read_sequential(installed.path) if self.weight_bytes else None
        if not isinstance(net, SequentialNet):
            return 0
        return net.weights * self.weight_bytes + ALIGNMENT * len(net.layers)

    @abstractmethod
    def make(self, making: Making) -> FormRecord:
        """Write the files and find out what they are worth. Raises `Cancelled`, `ModelUnusable`, `OSError`."""

    @abstractmethod
    def open(self, installed: InstalledModel, device: Device, threads: int) -> Scorer:
        """Load the form. Raises `ModelUnusable`."""

    def place(self, installed: InstalledModel) -> Path:
        """Return the folder of its files."""
        return installed.derived / self.folder


def fingerprint(form: Form, installed: InstalledModel) -> dict[str, Any]:
    """Return all that a form depends on, as JSON has it."""
    values = {
        "format": form.format,
        "onnxruntime": version(),
        "sha256": installed.spec.sha256,
        **form.depends_on(installed),
    }
    loaded: dict[str, Any] = json.loads(json.dumps(values))
    return loaded


def read_record(form: Form, installed: InstalledModel) -> FormRecord | None:
    """Return what is known of a form, if nothing that it depends on has changed and its files are intact."""
    folder = form.place(installed)
    try:
        values = json.loads((folder / form.record).read_text("utf-8"))
        values = _upgraded(form, values) if "made_for" in values else values
        if values["fingerprint"] != fingerprint(form, installed):
            return None
        if values["files"] != {name: _state(folder / name) for name in values["files"]}:
            return None
        reason, agreement = values.pop("reason", None), values.pop("agreement", None)
        return FormRecord(
            reason=reason_from_json(reason) if reason is not None else None,
            agreement=Agreement(**agreement) if agreement is not None else None,
            **values,
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        logger.info("%s is skipped: %s", folder / form.record, error)
        return None


def _upgraded(form: Form, values: dict[str, Any]) -> dict[str, Any]:
    """Return a record of 8 bits or half precision as the first versions wrote it, with the keys of today."""
    states = (values["files"]["graph"], values["files"]["weights"])
    return {
        "fingerprint": values["made_for"],
        "files": dict(zip(form.files, states, strict=True)),
        "agreement": values["agreement"],
        "milliseconds": values.get("fast_ms"),
        "exact_ms": values.get("exact_ms"),
        "own_pictures": values.get("own_pictures", 0),
    }


def write_record(form: Form, installed: InstalledModel, folder: Path, made: FormRecord) -> FormRecord:
    """Write what was found out about a form beside its files in `folder`, and return it whole. Raises `OSError`."""
    there = [name for name in form.files if (folder / name).exists()]
    for name in there:
        with contextlib.suppress(PermissionError):  # Windows, while one is still mapped
            sync(folder / name)  # the record must not outlive them
    files = {name: _state(folder / name) for name in there}
    written = replace(made, fingerprint=fingerprint(form, installed), files=files)
    values = asdict(written)
    values["reason"] = made.reason.as_json() if made.reason is not None else None
    write_json(folder / form.record, values)
    return written


def _state(path: Path) -> Any:  # noqa: ANN401 - JSON
    """Return what tells whether a file is the one that was made. Raises `OSError`."""
    if path.suffix == ".onnx":
        return hashlib.sha256(path.read_bytes()).hexdigest()
    status = path.stat()  # of weights, as hashing them takes long
    return [status.st_size, status.st_mtime_ns]
