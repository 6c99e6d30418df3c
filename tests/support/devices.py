"""A device that fails or lies as real ones were reported to: the CPU's session under another provider's name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from vgg_desktop.inference import network, opening
from vgg_desktop.inference.devices import diagnostics
from vgg_desktop.inference.devices import listing as devices_module
from vgg_desktop.inference.devices.listing import CPU, Device, DeviceStatus
from vgg_desktop.inference.runtime import Session

GPU = Device("cuda:0", "Test GPU", "TestExecutionProvider", kind="gpu", driver="1.0")
OTHER_GPU = Device("cuda:1", "Second GPU", "SecondExecutionProvider", kind="gpu")
# What onnxruntime raised on users's computers, shortened: microsoft/onnxruntime#22700, diffusers#552,
# onnxruntime#22702, #26312, #28495.
MESSAGES = {
    "DirectML removed": "[ONNXRuntimeError] : 1 : FAIL : ExecutionProvider.cpp(962) Exception(3) tid(5a68) 887A0005 "
    "The GPU device instance has been suspended. Use GetDeviceRemovedReason to determine the appropriate action.",
    "DirectML hung": "[ONNXRuntimeError] : 1 : FAIL : DmlGraphFusionHelper.cpp(1078) 887A0006 The GPU will not respond "
    "to more commands, most likely because of an invalid command passed by the calling application.",
    "DirectML driver": "[ONNXRuntimeError] : 1 : FAIL : DmlCommandRecorder.cpp(371) 887A0020 An internal driver error",
    "CUDA 700": "[ONNXRuntimeError] : 1 : FAIL : CUDA failure 700: an illegal memory access was encountered ; GPU=0",
    "cuDNN": "[ONNXRuntimeError] : 1 : FAIL : CUDNN failure 8: CUDNN_STATUS_EXECUTION_FAILED ; GPU=0",
}
OUT_OF_MEMORY = {
    "DirectML": "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : MLOperatorAuthorImpl.cpp 8007000E Not enough memory "
    "resources are available to complete this operation.",
    "CUDA": "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code returned while running Conv node. "
    "BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 2830172160",
}
Scores = NDArray[Any]
Fault = Callable[[Scores, int], Scores]  # scores and the number of the run; may raise


class _Faulty:
    """onnxruntime's session, except that its answers pass through the fault."""

    def __init__(self, session: Any, fault: Fault) -> None:  # noqa: ANN401 - the library ships no types
        self._session, self._fault, self._runs = session, fault, 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._session, name)

    def run(self, names: None, feeds: dict[str, Scores]) -> list[Scores]:
        self._runs += 1
        return [self._fault(np.array(each), self._runs) for each in self._session.run(names, feeds)]


class Devices:
    """The devices of one test: `faults` by provider; `opened` lists what was loaded on which provider."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *present: Device) -> None:
        self.faults: dict[str, Fault] = {}
        self.opened: list[tuple[str, str]] = []
        self.refuse: dict[str, str] = {}  # providers that cannot be used, and the one that is then
        those = self

        class FaultySession(Session):
            def __init__(
                self,
                path: Path,
                provider: str,
                options: Mapping[str, str] | None = None,
                *,
                map_weights: bool = False,
                threads: int = 0,
            ) -> None:
                super().__init__(path, CPU.provider, map_weights=map_weights, threads=threads)
                those.opened.append((provider, path.name))
                self.provider = those.refuse.get(provider, provider)
                if provider in those.faults:
                    self._session = _Faulty(self._session, those.faults[provider])

        monkeypatch.setattr(network, "Session", FaultySession)
        self.statuses = [DeviceStatus(each) for each in (*(present or (GPU,)), CPU)]
        for module in (opening, diagnostics, devices_module):
            monkeypatch.setattr(module, "device_statuses", lambda: tuple(self.statuses))

    def tests_of(self, device: Device) -> int:
        """Return how often a network was loaded on a device."""
        return sum(provider == device.provider for provider, _ in self.opened)


def after(runs: int, fault: Fault) -> Fault:
    """Return a fault that begins after some runs."""
    return lambda scores, run: fault(scores, run) if run > runs else scores


def raising(message: str) -> Fault:
    """Return a fault that raises what onnxruntime does."""

    def fail(_scores: Scores, _run: int) -> Scores:
        raise RuntimeError(message)

    return fail


def nan(scores: Scores, _run: int) -> Scores:
    """Half precision overflowed."""
    return scores * np.float32(np.nan)


def zeros(scores: Scores, _run: int) -> Scores:
    """Nothing came back (microsoft/onnxruntime#13545)."""
    return scores * np.float32(0)


def stuck(scores: Scores, _run: int) -> Scores:
    """Every picture gets the same answer, which is none's."""
    row = np.arange(scores.shape[1], dtype=np.float32)
    return np.broadcast_to(row, scores.shape).copy()


def shifted(scores: Scores, _run: int) -> Scores:
    """The rows of a batch get each other's answers; alone a picture gets its own."""
    return np.roll(scores, 1, axis=0)


def rounded(share: float) -> Fault:
    """Return a fault that changes one score by a share of the largest."""

    def change(scores: Scores, _run: int) -> Scores:
        scores[:, 0] += np.float32(share) * np.abs(scores).max()
        return scores

    return change
