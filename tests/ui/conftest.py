"""The real app with its threads, a real server, and pictures to drop."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.catalogs import write_own_catalog
from tests.support.http_server import HttpServer
from tests.support.waiting import end_workers
from vgg_desktop import settings
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.start import make_application
from vgg_desktop.ui.words.languages import Languages

MakePicture = Callable[..., Path]
ManyPictures = Callable[[int], list[Path]]
StartApp = Callable[..., App]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Return the application the style that the program gives it."""
    return ["vgg-desktop", "-style", "Fusion"]


@pytest.fixture
def no_garbage() -> None:
    """Delete here what earlier windows left: the collector might run in a thread, where Qt's objects cannot be."""
    gc.collect()


@pytest.fixture
def server(no_garbage: None, tiny_networks: Path, app_home: Path) -> Iterator[HttpServer]:
    """Serve the tiny networks, which the catalog of this test's app names."""
    with HttpServer(tiny_networks) as server:
        write_own_catalog(tiny_networks, server.url(""), home=app_home)
        yield server


@pytest.fixture
def start_app(server: HttpServer) -> Iterator[StartApp]:
    """Return what makes apps; every one is ended after the test, and no thread may be left."""
    started: list[App] = []

    def start(chosen: Settings | None = None, *, show: bool = True) -> App:
        chosen = chosen or settings.load()
        app = App(Frame(make_application(), chosen), chosen)
        started.append(app)
        app.start()
        if show:
            app.frame.show()
        return app

    yield start
    for app in started:
        app.frame.close_at_once()
        end_workers(app)
        app.frame.deleteLater()
    # Here: later the collector might run in a thread, where Qt's objects cannot be destroyed.
    started.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def app(start_app: StartApp, qtbot: QtBot) -> App:
    """Return the app with its window open."""
    app = start_app()
    qtbot.waitExposed(app.window)
    return app


@pytest.fixture(autouse=True)
def _plain_look(qapp: QApplication) -> Iterator[None]:
    """Leave the application as it was to the next test: an app changes the palette of the whole process."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    yield
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.fixture
def make_picture(tmp_path: Path) -> MakePicture:
    """Return what makes picture files."""

    def make(name: str, seed: int = 0) -> Path:
        path = tmp_path / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        random = np.random.default_rng(seed)
        small = Image.fromarray(random.integers(0, 256, (6, 8, 3), dtype=np.uint8))
        small.resize((400, 300), Image.Resampling.BICUBIC).save(path)
        return path

    return make


@pytest.fixture
def many_pictures(make_picture: MakePicture, tmp_path: Path) -> ManyPictures:
    """Return what makes many files of one picture, quickly."""

    def make(count: int) -> list[Path]:
        picture, folder = make_picture("one.png", 99), tmp_path / "many"
        folder.mkdir()
        names = [folder / f"{number:05}.png" for number in range(count)]
        for name in names:
            os.link(picture, name)
        return names

    return make


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    """Return the languages, and leave none of them behind."""
    languages = Languages(qapp)
    yield languages
    languages.remove()
    languages.deleteLater()
