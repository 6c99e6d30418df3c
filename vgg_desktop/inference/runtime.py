"""The only module that imports onnxruntime: disables its telemetry, creates sessions and translates its errors."""

import contextlib
import ctypes
import functools
import io
import os
import re
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from vgg_desktop.errors import ModelUnusable, OnnxruntimeUnusable
from vgg_desktop.reasons import Reason
from vgg_desktop.why import Why

if TYPE_CHECKING:
    from importlib.metadata import Distribution

CPU_PROVIDER = "CPUExecutionProvider"
_OWN = b"onnxruntime"  # what its messages contain: a code of its own, or the path of its source
_MODULE = r"onnxruntime\b"
_PACKAGE = "onnxruntime/__init__.py"
_IGNORE = ("ignore", None, Warning, re.compile(_MODULE), 0)
_DIRECTML = "DmlExecutionProvider"
# DXGI's results for a device that was removed, hung, was reset, or whose driver failed.
_REMOVED = re.compile(r"\b887A00(?:05|06|07|20)\b")
_OUT_OF_MEMORY = re.compile(r"\b8007000E\b")
# Where in onnxruntime's own source, and where in memory, an error of DirectML arose.
_PLACE = re.compile(
    r"\S+\.\w+\(\d+\)\\\S+!\w+: (?:\(caller: \w+\) )?(?:Exception|ReturnHr)\(\d+\) tid\(\w+\) "
)
# Devices of DirectML that were removed, by their numbers. One stays so until the process ends: onnxruntime keeps its
# queue and DirectML's device in the private data of the Direct3D device, and Windows returns that one to all.
_removed_devices: set[str] = set()
_directml_turn = threading.Lock()  # of all sessions, which share that queue
SILENT = 4  # onnxruntime's "fatal": it prints nothing; what it raises is shown to the user


def load_onnxruntime() -> ModuleType:
    """Import onnxruntime with its telemetry off and return the module.

    Since 1.29 it reports to its maker from the import on, unless this variable is set before. On Windows it must
    be imported before Qt, whose older C++ library would otherwise be taken. Raises `OnnxruntimeUnusable`.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError as error:  # also when one of its own libraries does not load
        raise OnnxruntimeUnusable(Why.LIBRARY(text=str(error).strip())) from error
    if not hasattr(onnxruntime, "InferenceSession"):
        raise OnnxruntimeUnusable(Why.RUNTIME_GONE())
    onnxruntime.disable_telemetry_events()  # the Windows builds have a switch of their own
    onnxruntime.set_default_logger_severity(SILENT)
    return onnxruntime  # type: ignore[no-any-return] # the library ships no types


def version() -> str:
    """Return onnxruntime's version."""
    return str(load_onnxruntime().__version__)


def installed_builds(among: Iterable["Distribution"] | None = None) -> tuple[str, ...]:
    """Return the builds of onnxruntime as "name version"; none in a bundle, which keeps no record of them."""
    found = set()
    for each in _candidates() if among is None else among:
        # Others only begin alike: onnxruntime-extensions, or a plug-in with a module of its own. The list is read as
        # text: `files` looks on the disk for each of hundreds of files, which took seconds on Windows.
        listed = (each.read_text("RECORD") or "").replace("\\", "/")
        if any(line.partition(",")[0] == _PACKAGE for line in listed.splitlines()):
            facts = each.metadata
            found.add(f"{facts['Name']} {facts['Version']}")
    return tuple(sorted(found))


def _candidates() -> Iterator["Distribution"]:
    """Return what is installed under a name that begins like onnxruntime's; reading all that is there takes longer."""
    # Not above: on Windows this module is imported before Qt, and the first paint would wait for it.
    from importlib.metadata import Distribution

    for folder in dict.fromkeys(map(Path, sys.path)):
        for record in folder.glob("onnxruntime*.*-info"):
            yield Distribution.at(record)


def conflict(builds: Iterable[str] | None = None) -> Reason | None:
    """Return the reason that several builds are installed: each has the same module inside, so only one may be."""
    names = [each.partition(" ")[0] for each in (installed_builds() if builds is None else builds)]
    return Why.RUNTIME_CONFLICT(names=", ".join(names)) if len(names) > 1 else None


def available_providers() -> tuple[str, ...]:
    """Return the execution providers that the installed onnxruntime was built with."""
    return tuple(load_onnxruntime().get_available_providers())


def cuda_version() -> str:
    """Return the version of CUDA that the installed onnxruntime needs, such as "13.0"; "" when it needs none."""
    return str(getattr(load_onnxruntime(), "cuda_version", ""))


@functools.cache
def load_nvidia_libraries() -> None:
    """Load CUDA's and cuDNN's libraries from their own Python packages, where no provider would look for them.

    Takes seconds, once per process.
    """
    # It prints what it does not find, and stdout is for results.
    with contextlib.redirect_stdout(io.StringIO()):
        load_onnxruntime().preload_dlls(directory="")


def openvino_ids() -> tuple[str, ...]:
    """Return the devices that OpenVINO counts here, such as CPU, GPU.0 and NPU."""
    list_ids = getattr(load_onnxruntime().capi._pybind_state, "get_available_openvino_device_ids", None)
    return tuple(list_ids()) if list_ids is not None else ("CPU",)


@dataclass(frozen=True, slots=True)
class ListedDevice:
    """A device as onnxruntime's plug-in interface lists it, once for each provider that can use it."""

    provider: str
    kind: str
    vendor: str
    options: Mapping[str, str]
    metadata: Mapping[str, str]


def listed_devices() -> tuple[ListedDevice, ...]:
    """Return what onnxruntime's plug-in interface lists; nothing where the installed version has none."""
    list_devices = getattr(load_onnxruntime(), "get_ep_devices", None)
    return tuple(
        ListedDevice(
            each.ep_name,
            each.device.type.name.lower(),
            each.device.vendor,
            dict(each.ep_options),
            dict(each.device.metadata),
        )
        for each in (list_devices() if list_devices is not None else ())
    )


def why_not_loaded(provider: str) -> str:
    """Return the system's own words on why the library of a provider does not load; "" when it does.

    Only after onnxruntime has tried it itself: loaded before that, the library would look for an onnxruntime that is
    not there yet.
    """
    stem = f"onnxruntime_providers_{provider.removesuffix('ExecutionProvider').lower()}"
    name = f"{stem}.dll" if sys.platform == "win32" else f"lib{stem}.so"
    library = Path(load_onnxruntime().capi.__file__).with_name(name)
    if not library.exists():
        return ""
    try:
        ctypes.CDLL(str(library))
    except OSError as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True)
class Port:
    """One input or output of a network; unknown and symbolic dimensions are None."""

    name: str
    shape: tuple[int | None, ...]
    type: str


class Session:
    """One network ready to run on one execution provider; `inputs` are what a caller must feed.

    `provider` is the one that really computes: the CPU's when the requested one was not made or took no part of the
    network. Memory on a graphics card is freed when the session is dropped; what the driver keeps for the
    process, some hundred megabytes with CUDA, is only freed at its end.
    """

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
        # From the second run on it would take all it needs at once, beside what the first one took: 22 MB with VGG 16,
        # for no time that can be measured.
        settings.enable_mem_pattern = False
        # Threads that wait in a loop take the cores from those that decode, and from another network that runs: with
        # one beside it, Fast took 67 to 74 ms a picture instead of 43; alone it loses nothing measurable.
        settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Else another ending of the file's name would make it another kind of file, which nobody has checked.
        settings.add_session_config_entry("session.load_model_format", "ONNX")
        settings.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
        if map_weights:
            settings.add_session_config_entry("session.disable_prepacking", "1")
        self._turn: contextlib.AbstractContextManager[object] = contextlib.nullcontext()
        self._directml_id = (options or {}).get("device_id", "0") if provider == _DIRECTML else None
        if self._directml_id in _removed_devices:
            raise ModelUnusable(path, Why.DEVICE_RESTART())
        if provider == _DIRECTML:
            # DirectML supports neither memory patterns nor parallel execution, and one run at a time.
            settings.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
            self._turn = _directml_turn
        self._path = path
        try:
            _quiet_warnings()
            # Without its own fallback, which prints to stdout, changes the provider in the middle, and hides why.
            self._session = onnxruntime.InferenceSession(
                str(path), settings, providers=_chain(provider, options or {}, threads), enable_fallback=0
            )
            self.inputs, self.outputs = (
                _ports(self._session.get_inputs()),
                _ports(self._session.get_outputs()),
            )
            self.provider: str = _used(self._session)
        except Exception as error:  # its exceptions have no common base
            raise self._unusable(error) from error

    def run(
        self, feeds: Mapping[str, NDArray[Any]], outputs: Sequence[str] | None = None
    ) -> list[NDArray[Any]]:
        """Run once and return the outputs of these names, or all. Raises `ModelUnusable`."""
        try:
            with self._turn:
                found = self._session.run(outputs, dict(feeds))
            return [np.asarray(each) for each in found]
        except Exception as error:  # its exceptions have no common base
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> ModelUnusable:
        reason = _reason(error)
        if reason.why is Why.DEVICE_REMOVED and self._directml_id is not None:
            _removed_devices.add(self._directml_id)
        return ModelUnusable(self._path, reason)


def _chain(provider: str, options: Mapping[str, str], threads: int) -> list[Any]:
    """Return the providers to try in turn: what the first cannot compute, the next one does."""
    own = dict(options)
    if provider == CPU_PROVIDER:
        return [(provider, own)]
    if provider == "OpenVINOExecutionProvider" and threads:
        own["num_of_threads"] = str(threads)
    if provider == "TensorrtExecutionProvider":
        return [(provider, own), ("CUDAExecutionProvider", own), CPU_PROVIDER]
    return [(provider, own), CPU_PROVIDER]


def _used(session: Any) -> str:  # noqa: ANN401 - onnxruntime has no types
    """Return the provider that computes: a session may list one that took no part of the network."""
    first = str(session.get_providers()[0])
    parts = getattr(session, "get_provider_graph_assignment_info", list)  # since 1.24
    takers = {str(part.ep_name) for part in parts()}
    return first if not takers or first in takers else CPU_PROVIDER


def _quiet_warnings() -> None:
    """Ignore onnxruntime's warnings from now on: a missing provider only warns, and `provider` is correct.

    Not with `warnings.catch_warnings`, in which two threads can leave the process with wrong filters (before
    Python 3.14). Called before each session, as others may have put their filters before this one.
    """
    if tuple(warnings.filters[:1]) != (_IGNORE,):
        warnings.filterwarnings("ignore", module=_MODULE)


def _reason(error: Exception) -> Reason:
    if isinstance(error, UnicodeDecodeError) and _OWN not in error.object.lower():
        return Why.ONNX_NO_TEXT()
    # Windows describes errors in the user's language, which onnxruntime hands on in the encoding of the system.
    system = "mbcs" if sys.platform == "win32" else "latin-1"
    message = error.object.decode(system, "replace") if isinstance(error, UnicodeDecodeError) else str(error)
    if (removed := _REMOVED.search(message)) is not None:
        return Why.DEVICE_REMOVED(code=removed[0])
    if _OUT_OF_MEMORY.search(message) is not None:
        return Why.DEVICE_MEMORY()
    text = (_PLACE.sub("", message).strip().splitlines() or [type(error).__name__])[0]
    # "[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : ..." says the same twice.
    return Why.NETWORK_ONNXRUNTIME(text=text.split(" : ", 2)[-1].rstrip(".")[:300])


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
