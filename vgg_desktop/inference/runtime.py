"""The one door to onnxruntime: its telemetry switched off, then imported; sessions made and errors translated."""

import os
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import ModelUnusable

_MODULE = r"onnxruntime\b"
_IGNORE = ("ignore", None, Warning, re.compile(_MODULE), 0)
SILENT = 4  # onnxruntime's "fatal": it prints nothing; what it raises is told to the person


def load_onnxruntime() -> ModuleType:
    """Import onnxruntime with its telemetry off and give the module.

    Since 1.29 it reports to its maker from the import on, unless this variable is set before. On Windows it must
    be imported before Qt, whose older C++ library would otherwise be taken.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # the Windows builds have a switch of their own
    onnxruntime.set_default_logger_severity(SILENT)
    return onnxruntime  # type: ignore[no-any-return] # the library ships no types


def version() -> str:
    """Give onnxruntime's version."""
    return str(load_onnxruntime().__version__)


def available_providers() -> tuple[str, ...]:
    """Give the execution providers that the installed onnxruntime was built with."""
    return tuple(load_onnxruntime().get_available_providers())


@dataclass(frozen=True, slots=True)
class Port:
    """One input or output of a network; unknown and symbolic dimensions are None."""

    name: str
    shape: tuple[int | None, ...]
    type: str


class Session:
    """One network ready to run on one execution provider."""

    def __init__(
        self,
        path: Path,
        provider: str,
        options: Mapping[str, str] | None = None,
        *,
        map_weights: bool = False,
        threads: int = 0,
    ) -> None:
        """Load the network at `path`; `threads` 0 lets onnxruntime choose.

        `map_weights` leaves external weights in the page cache instead of copying them. Raises `ModelUnusable`.
        """
        onnxruntime = load_onnxruntime()
        settings = onnxruntime.SessionOptions()
        settings.log_severity_level = SILENT
        settings.intra_op_num_threads = threads
        # Threads that wait in a loop take the cores from those that decode, and from another network that runs: with
        # one beside it, Fast took 67 to 74 ms a picture instead of 43; alone it loses nothing measurable.
        settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if map_weights:
            settings.add_session_config_entry("session.disable_prepacking", "1")
        if provider == "DmlExecutionProvider":
            settings.enable_mem_pattern = False  # DirectML supports neither patterns nor parallel execution
        self._path = path
        chosen: list[Any] = [(provider, dict(options or {}))]
        if provider != "CPUExecutionProvider":
            chosen.append("CPUExecutionProvider")
        try:
            _quiet_warnings()
            self._session = onnxruntime.InferenceSession(str(path), settings, providers=chosen)
        except Exception as error:  # its exceptions have no common base
            raise ModelUnusable(path, _first_line(error)) from error
        self.provider: str = self._session.get_providers()[0]

    @property
    def inputs(self) -> tuple[Port, ...]:
        """Give the inputs a caller must feed."""
        return _ports(self._session.get_inputs())

    @property
    def outputs(self) -> tuple[Port, ...]:
        """Give the outputs."""
        return _ports(self._session.get_outputs())

    def run(self, feeds: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Run once and give every output. Raises `ModelUnusable`."""
        try:
            return [np.asarray(each) for each in self._session.run(None, dict(feeds))]
        except Exception as error:  # its exceptions have no common base
            raise ModelUnusable(self._path, _first_line(error)) from error


def _quiet_warnings() -> None:
    """Ignore onnxruntime's warnings from now on: a missing provider only warns, and `provider` tells the truth.

    Not with `warnings.catch_warnings`, in which two threads can leave the process with wrong filters (before
    Python 3.14). Called before each session, as others may have put their filters before this one.
    """
    if tuple(warnings.filters[:1]) != (_IGNORE,):
        warnings.filterwarnings("ignore", module=_MODULE)


def _first_line(error: Exception) -> str:
    text = (str(error).strip().splitlines() or [type(error).__name__])[0]
    # "[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : ..." says the same twice.
    return f"onnxruntime says: {text.split(' : ', 2)[-1].rstrip('.')[:300]}"


def _ports(arguments: Sequence[Any]) -> tuple[Port, ...]:
    return tuple(
        # Some exporters write -1 for a dimension that is open.
        Port(
            each.name,
            tuple(dim if isinstance(dim, int) and dim > 0 else None for dim in each.shape),
            each.type,
        )
        for each in arguments
    )
