"""A real window with its two workers, a real server, and pictures to drop."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from tests.support.catalogs import write_own_catalog
from tests.support.http_server import HttpServer
from vgg_desktop import settings
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.store import ModelStore, all_models
from vgg_desktop.ui.app import load_fetch
from vgg_desktop.ui.main_window import MainWindow
from vgg_desktop.ui.workers import DownloadWorker, InferenceWorker


@dataclass
class App:
    window: MainWindow
    store: ModelStore
    downloads: DownloadWorker
    inference: InferenceWorker
    server: HttpServer


@pytest.fixture
def app(qtbot: QtBot, tiny_networks: Path, app_home: Path) -> Iterator[App]:
    with HttpServer(tiny_networks) as server:
        write_own_catalog(tiny_networks, server.url(""), home=app_home)
        store = ModelStore()
        downloads, inference = DownloadWorker(store, load_fetch), InferenceWorker(store)
        window = MainWindow(all_models(store, load_catalog()), store, downloads, inference, settings.load())
        qtbot.addWidget(window)
        workers = (downloads, inference)
        for worker in workers:
            worker.start()
        window.show()
        yield App(window, store, downloads, inference, server)
        for worker in workers:
            worker.request_stop()
        assert all(worker.wait(20_000) for worker in workers)


@pytest.fixture
def make_picture(tmp_path: Path) -> Callable[[str], Path]:
    def make(name: str, seed: int = 0) -> Path:
        path = tmp_path / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        random = np.random.default_rng(seed)
        small = Image.fromarray(random.integers(0, 256, (6, 8, 3), dtype=np.uint8))
        small.resize((400, 300), Image.Resampling.BICUBIC).save(path)
        return path

    return make
