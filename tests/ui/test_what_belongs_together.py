"""Through every change of setting, what is shown belongs to the picture that is selected."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.waiting import drop, wait_until_done
from vgg_desktop.ui.app import App
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.pictures.rows import OPEN, Kind, Order, RowState

COUNT = 1000
LONG = 120_000


@pytest.fixture
def coloured(tmp_path: Path) -> dict[str, tuple[int, int, int]]:
    """Write a thousand small pictures, and return the colour in the middle of each by its name."""
    random, colours = np.random.default_rng(7), {}
    for number in range(COUNT):
        pixels = random.integers(0, 256, (8, 8, 3), dtype=np.uint8)
        pixels[2:6, 2:6] = colour = (number % 256, 16 * (number // 256), 255 - number % 256)
        name = f"{number:04}.png"
        Image.fromarray(pixels).resize((32, 32), Image.Resampling.NEAREST).save(tmp_path / name)
        colours[name] = colour
    return colours


def compare(app: App, qtbot: QtBot, colours: dict[str, tuple[int, int, int]], key: Qt.Key) -> None:
    """Press a key in the list, and compare all that is shown with what belongs to the row."""
    window = app.window
    if not app.session.pictures.model.shown_count:
        return  # none of that kind: what is known is there at once
    QTest.keyClick(window.list_panel.list, key)
    row, panel = window.list_panel.current(), window.result_panel
    assert row is not None
    assert panel.row is row
    assert window.list_panel.selected() == [row]
    result = row.classification
    assert panel.bars.predictions == (result.predictions if result is not None else ())
    assert result is None or result.path == row.path
    assert panel.bars.isEnabled() == (row.state is RowState.DONE)
    if result is not None:
        spec = app.downloads.spec(result.model)
        assert spec is not None
        assert spec.title in window.status.text()
        assert window.status.text().startswith(window.tr("Previous result")) == (
            row.state is not RowState.DONE
        )
        assert panel.bars.is_unsure == (row.probability < app.session.settings.value.unsure_below / 100)

    def shows_it() -> bool:
        image = panel.view.image
        if image is None:
            return False
        colour = image.pixelColor(16, 16)
        return (colour.red(), colour.green(), colour.blue()) == colours[row.path.name]

    qtbot.waitUntil(shows_it, timeout=LONG)


def test_a_thousand_pictures_through_every_setting(
    app: App, qtbot: QtBot, tmp_path: Path, coloured: dict[str, tuple[int, int, int]]
) -> None:
    with qtbot.waitSignal(app.downloads.installed, timeout=LONG):
        app.downloads.start("tiny-vgg16")
    assert app.downloads.state("tiny-vgg16").phase is Phase.INSTALLED
    starter = app.downloads.specs()[0]
    session, settings, model = app.session, app.session.settings, app.session.pictures.model
    drop(app, *sorted(path for path in tmp_path.glob("*.png") if path.name in coloured))
    qtbot.waitUntil(lambda: model.counts.total == COUNT and model.counts.open == 0, timeout=LONG)
    changes: list[Callable[[], object]] = [
        lambda: settings.change(top_k=9),
        lambda: session.choice.use(starter),
        lambda: settings.change(unsure_below=90),
        lambda: settings.change(threads=1),
        lambda: settings.change(device="cpu"),
        lambda: settings.change(precision="fast"),
        lambda: settings.change(appearance="dark"),
        lambda: settings.change(language="de"),
        lambda: settings.change(language="en"),
        lambda: settings.change(precision="exact"),
        lambda: model.set_order(Order.LEAST_SURE),
        lambda: settings.change(model="tiny-vgg16", top_k=3),
        lambda: model.set_kind(Kind.STOPPED),
        lambda: model.set_kind(Kind.ALL),
        lambda: app.window.list_panel.filter.setText("77"),
        lambda: app.window.list_panel.filter.clear(),
        lambda: model.set_order(Order.ADDED),
        lambda: settings.update(lambda _now: type(_now)()),
    ]
    for number, change in enumerate(changes):
        if number % 3 == 2:
            session.pictures.pause(True)
        change()
        qtbot.wait(1)  # for another language the window is built again
        if number % 3 == 1:
            session.pictures.pause(True)
        for key in (Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_Down):
            compare(app, qtbot, coloured, key)
        if number % 4 == 3:
            session.pictures.stop()
            compare(app, qtbot, coloured, Qt.Key.Key_Down)
        session.pictures.pause(False)
    session.pictures.retry(row for row in model.rows() if row.state is RowState.CANCELLED)
    qtbot.waitUntil(lambda: not any(row.state in OPEN for row in model.rows()), timeout=LONG)
    wait_until_done(app, qtbot, COUNT)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up):
        compare(app, qtbot, coloured, key)
    assert model.counts.done == COUNT
    assert {row.classification.model for row in model.rows() if row.classification} == {starter.id}
