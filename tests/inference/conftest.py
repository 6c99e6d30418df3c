"""What most tests of inference start from."""

import pytest

from tests.support.devices import Devices
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import InstalledModel, ModelStore


@pytest.fixture
def starter() -> InstalledModel:
    return ModelStore().get(find(load_catalog(), "starter"))


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Devices:
    return Devices(monkeypatch)
