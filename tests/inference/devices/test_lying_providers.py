"""Providers that fail, lie or fall back as onnxruntime's issues record: each case ends on a device that works."""

import threading
from pathlib import Path

import numpy as np
import onnx
import pytest

from tests.support.classifiers import bring_in, classifier, write_details
from tests.support.scripted_onnxruntime import CPU, Behaviour, ScriptedOnnxruntime, ScriptedSession
from vgg_desktop.errors import ModelUnusable
from vgg_desktop.inference import runtime
from vgg_desktop.inference.devices import choosing
from vgg_desktop.inference.devices import listing as devices
from vgg_desktop.inference.devices.listing import Device, DeviceStatus
from vgg_desktop.inference.results import format_fallback
from vgg_desktop.inference.runtime import Session
from vgg_desktop.why import Why

PICTURES = {"image": np.ones((2, 3, 32, 32), np.float32)}
DML, CUDA, COREML = "DmlExecutionProvider", "CUDAExecutionProvider", "CoreMLExecutionProvider"


@pytest.fixture
def network(tmp_path: Path) -> Path:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    return path


def script(
    monkeypatch: pytest.MonkeyPatch, provider: str, behave: Behaviour, words: str = ""
) -> ScriptedOnnxruntime:
    """Put the scripted onnxruntime in; `words` are the system's on the provider's own library."""
    scripted = ScriptedOnnxruntime(provider, behave)
    monkeypatch.setattr(runtime, "why_not_loaded", lambda _provider: words)
    monkeypatch.setattr(runtime, "load_onnxruntime", lambda: scripted)
    monkeypatch.setattr(runtime, "_removed_devices", set())
    return scripted


def honest(_session: ScriptedSession) -> None:
    pass


def falls_back_silently(session: ScriptedSession) -> None:
    """onnxruntime 23372: libraries are missing, the session is made all the same, only the log knows."""
    session.providers = [CPU]


def takes_nothing(session: ScriptedSession) -> None:
    """onnxruntime 16934: Core ML is listed by the session, and every part of the network is on the CPU."""
    session.takers = [CPU, CPU]


def fails_when_made(_session: ScriptedSession) -> None:
    """onnxruntime 21424: with CUDA_PATH set, missing libraries raise, and so does onnxruntime's own second try."""
    raise RuntimeError("CUDA_PATH is set but CUDA wasn't able to be loaded")


def fails_to_set_up(_session: ScriptedSession) -> None:
    """onnxruntime 20575: DirectML refuses a network with nothing but a code."""
    raise RuntimeError(
        r"[ONNXRuntimeError] : 1 : FAIL : E:\_work\1\s\onnxruntime\core\AbiCustomRegistry.cpp(519)"
        r"\onnxruntime_pybind11_state.pyd!00006FFFF6A9388A: (caller: 00006FFFF6A922E4) "
        "Exception(1) tid(ae54) 80070057 The parameter is incorrect.\r\n"
    )


def choose(folder: Path, provider: str, *, requested: bool = False) -> choosing.Chosen:
    """Load an imported network as the window does, with one card there."""
    path = folder / "net.onnx"
    onnx.save(classifier(), path)
    id = {DML: "directml:1", CUDA: "cuda:0", COREML: "coreml"}[provider]
    device = Device(id, "A card", provider, {"device_id": "1"}, "gpu")
    return choosing.choose(
        bring_in(path, **write_details(folder)),
        device if requested else None,
        "exact",
        [DeviceStatus(device), DeviceStatus(devices.CPU)],
        may_fall_back=True,
    )


@pytest.mark.parametrize("requested", [False, True])
@pytest.mark.parametrize(
    ("provider", "behave", "reason"),
    [
        (CUDA, falls_back_silently, "A card: it could not be activated"),
        (COREML, takes_nothing, "A card: it could not be activated"),
        (
            CUDA,
            fails_when_made,
            "A card: onnxruntime says: CUDA_PATH is set but CUDA wasn't able to be loaded",
        ),
        (
            DML,
            fails_to_set_up,
            "A card: onnxruntime says: FAIL : 80070057 The parameter is incorrect",
        ),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_the_cpu_answers_and_the_reason_is_true(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    provider: str,
    behave: Behaviour,
    reason: str,
    requested: bool,
) -> None:
    script(monkeypatch, provider, behave)
    chosen = choose(tmp_path, provider, requested=requested)
    assert (chosen.device, chosen.network.provider) == (devices.CPU, CPU)
    assert format_fallback(chosen.fallback) == reason
    assert chosen.network.scores(PICTURES["image"]).shape == (2, 4)
    assert capfd.readouterr() == ("", "")


def test_a_silent_fallback_is_explained_by_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "libcublasLt.so.13: cannot open shared object file: No such file or directory"
    script(monkeypatch, CUDA, falls_back_silently, words)
    (skipped,) = choose(tmp_path, CUDA).fallback
    assert skipped.reason == Why.DEVICE_NO_CUDA_LIBRARY(name="cublasLt_13")


def test_an_honest_provider_is_used(network: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted = script(monkeypatch, CUDA, honest)
    assert Session(network, CUDA, {"device_id": "1"}).provider == CUDA
    # What a provider cannot compute is the CPU's; onnxruntime's own fallback would print to stdout and tell nobody.
    ((_settings, providers, more),) = scripted.asked
    assert providers == [(CUDA, {"device_id": "1"}), CPU]
    assert more == {"enable_fallback": 0}


def test_a_device_lost_in_the_middle_is_an_error_and_no_silent_fallback(
    network: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """onnxruntime 26606: DirectML's device is removed while the network runs."""

    def is_removed(session: ScriptedSession) -> None:
        session.fail_run = RuntimeError(
            "DmlCommandRecorder.cpp(371) 887A0005 The GPU device instance is suspended."
        )

    script(monkeypatch, DML, is_removed)
    session = Session(network, DML)
    with pytest.raises(ModelUnusable, match="887A0005"):
        session.run(PICTURES)
    assert session.provider == DML
    assert capfd.readouterr() == ("", "")
    # Windows returns the removed device to everyone in this process, so only another card is tried.
    with pytest.raises(ModelUnusable) as caught:
        Session(network, DML)
    assert caught.value.reason == Why.DEVICE_RESTART()
    assert Session(network, DML, {"device_id": "1"}).provider == DML


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b"FAIL : CommandQueue.cpp(29) 887A0006 Das Ger\xe4t antwortet nicht", "its driver stopped"),
        (b"RUNTIME_EXCEPTION : 8007000E Nicht gen\xfcgend Speicher", "not enough memory"),
        (
            b"FAIL : 80070057 Der Parameter ist ung\xfcltig.",
            "onnxruntime says: FAIL : 80070057 Der Parameter",
        ),
    ],
)
def test_words_of_windows_in_another_language_hide_no_reason(
    message: bytes, reason: str, network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """onnxruntime hands them on in the encoding of Windows, which Python cannot read as UTF-8."""

    def fails(session: ScriptedSession) -> None:
        with pytest.raises(UnicodeDecodeError) as caught:
            (b"[ONNXRuntimeError] : 1 : " + message).decode()
        session.fail_run = caught.value

    script(monkeypatch, DML, fails)
    with pytest.raises(ModelUnusable, match=reason):
        Session(network, DML).run(PICTURES)


def test_directml_runs_one_at_a_time_in_sequence_without_patterns(
    network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, most, lock = 0, 0, threading.Lock()

    def counts(session: ScriptedSession) -> None:
        run = session._session.run

        def watched(*arguments: object) -> object:
            nonlocal inside, most
            with lock:
                inside += 1
                most = max(most, inside)
            for _ in range(20):
                outputs = run(*arguments)
            with lock:
                inside -= 1
            return outputs

        session.run = watched  # type: ignore[method-assign] # this one counts

    scripted = script(monkeypatch, DML, counts)
    sessions = [Session(network, DML) for _ in range(2)]  # in one process they share a queue
    threads = [threading.Thread(target=each.run, args=(PICTURES,)) for each in sessions * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    settings = scripted.asked[0][0]
    assert not settings.enable_mem_pattern
    assert settings.execution_mode == runtime.load_onnxruntime().ExecutionMode.ORT_SEQUENTIAL


def test_tensorrt_falls_back_to_cuda_on_the_same_card(network: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted = script(monkeypatch, "TensorrtExecutionProvider", honest)
    Session(network, "TensorrtExecutionProvider", {"device_id": "1"})
    assert scripted.asked[0][1] == [
        ("TensorrtExecutionProvider", {"device_id": "1"}),
        (CUDA, {"device_id": "1"}),
        CPU,
    ]
