"""No download of a test asks the proxy of the computer it runs on."""

import os

import pytest
from PySide6.QtCore import QCoreApplication


@pytest.fixture(autouse=True)
def _local_only(monkeypatch: pytest.MonkeyPatch, qapp: QCoreApplication) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
