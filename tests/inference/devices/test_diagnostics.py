"""The block of text for whoever is asked for help."""

import logging
import platform

import pytest

from vgg_desktop import __version__
from vgg_desktop.inference import runtime
from vgg_desktop.inference.devices import listing as devices
from vgg_desktop.inference.devices.diagnostics import diagnose, log_diagnostics
from vgg_desktop.inference.devices.listing import Device, DeviceStatus
from vgg_desktop.why import Why

CUDA = Device("cuda:0", "RTX 4070 (CUDA)", "CUDAExecutionProvider", {}, "gpu", "580.65.06")
KNOWN = [DeviceStatus(CUDA, Why.DEVICE_NO_CUDNN(version="9")), DeviceStatus(devices.CPU)]


def test_it_tells_everything_and_what_cannot_be_used() -> None:
    text = diagnose([], KNOWN, qt="6.99")
    lines = text.splitlines()
    assert lines[0] == f"VGG Desktop {__version__}"
    assert "Qt: 6.99" in lines
    assert any(line.startswith(f"Python: {platform.python_version()}") for line in lines)
    assert f"onnxruntime: {runtime.version()} (onnxruntime" in text
    assert f"Providers: {', '.join(runtime.available_providers())}" in lines
    assert (
        "  cuda:0: RTX 4070 (CUDA), CUDAExecutionProvider, driver 580.65.06, not usable: cuDNN 9 was not found"
        in lines
    )
    assert "  cpu: CPU, CPUExecutionProvider, usable" in lines
    assert lines[-2:] == ["Self-tests:", "  none yet"]
    memory = next(line for line in lines if line.startswith("Memory: "))
    assert memory.endswith("GB")


def test_it_goes_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        log_diagnostics([], KNOWN)
    assert "not usable: cuDNN 9" in caplog.text
