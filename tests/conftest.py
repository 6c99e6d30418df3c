"""Set-up for every test: the app's files in a folder of the test's own, and nothing reaches the outside."""

import os

# Before anything else loads them: onnxruntime must come before Qt on Windows, its telemetry must be off.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.support import networks
from vgg_desktop.inference.runtime import load_onnxruntime

load_onnxruntime()


@pytest.fixture(autouse=True)
def app_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that holds the app's files during one test."""
    home = tmp_path / "app home"
    monkeypatch.setenv("VGG_DESKTOP_HOME", str(home))
    monkeypatch.setenv("VGG_DESKTOP_MACHINE", str(tmp_path / "machine"))
    monkeypatch.delenv("VGG_DESKTOP_MIRROR", raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(autouse=True)
def _deliver_deferred_deletes() -> Iterator[None]:
    """Let Qt delete what a test left for later before the next one begins."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def tiny_networks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the zoo's four files, tiny and seeded, under their real names."""
    folder = tmp_path_factory.mktemp("zoo")
    for id, name in networks.FILENAMES.items():
        (folder / name).write_bytes(networks.zoo_vgg(id).SerializeToString())
    return folder


@pytest.fixture(scope="session", autouse=True)
def _application(qapp: QApplication) -> None:
    """Make the one application with widgets first; a download would make one without, which cannot be changed."""
