"""On small and dense screens the window with its pages and its dialogs are no larger than the screen."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from vgg_desktop import paths

PROGRAM = """
import json, os, sys
# Here: Wine keeps what begins with QT_ from its programs.
_, os.environ["QT_QPA_PLATFORM"], os.environ["QT_SCALE_FACTOR"], *pictures = sys.argv
from vgg_desktop.inference.runtime import load_onnxruntime
load_onnxruntime()  # on Windows before Qt
from PySide6.QtTest import QTest
from vgg_desktop import settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import TITLE_BAR, Frame
from vgg_desktop.ui.start import make_application

application = make_application()
chosen = settings.load()
app = App(Frame(application, chosen), chosen)
app.start()
app.frame.show()
app.session.pictures.open(pictures)
model = app.session.pictures.model
while not (model.counts.total and model.counts.open == 0):
    QTest.qWait(20)
QTest.qWait(200)
room = app.frame.screen().availableSize() - TITLE_BAR
panel, browser = app.window.result_panel, app.window.list_panel
bars = panel.bars
def height_in_sight(widget):
    return widget.visibleRegion().boundingRect().height()
def bottom_of(widget):
    return widget.mapTo(app.frame, widget.rect().bottomLeft()).y()
found = {
    "room": room.toTuple(),
    "window": app.frame.size().toTuple(),
    "bottoms": [bars.visualRect(bars.model().index(each, 0)).bottom() for each in (0, 4)],
    "in sight": [bars.viewport().height(), height_in_sight(bars)],
    "picture": height_in_sight(panel.view),
    "strip": [browser.geometry().top() > panel.geometry().top(), height_in_sight(browser.list),
              app.window.status.isVisible() and bottom_of(app.window.statusBar()) <= app.frame.height()],
}
panel.toggle_full_screen()
QTest.qWait(200)
whole = panel.full_screen
found["whole"] = [whole.geometry().getRect(), whole.caption.bars.visualRect(
    whole.caption.bars.model().index(2, 0)).bottom() <= whole.caption.bars.viewport().height()]
whole.close()
beside = {}
for name in ("networks", "devices", "settings"):
    page = app.window.show_page(name)
    QTest.qWait(300)
    found[name] = app.frame.size().expandedTo(app.frame.minimumSizeHint()).toTuple()
    beside[name] = page.widget().width() - page.viewport().width()
for name in app.window.dialogs.names:
    dialog = app.window.dialogs.show(name)
    QTest.qWait(100)
    found[name] = dialog.size().toTuple()
    dialog.close()
found["beside"] = beside
print(json.dumps(found))
app.frame.close()
app.stop()
"""


# Opens the frame, makes it as large as it is told, closes it, and prints its first size.
FRAME = """
import json, os, sys
_, os.environ["QT_QPA_PLATFORM"], os.environ["QT_SCALE_FACTOR"], *wanted = sys.argv
from vgg_desktop import settings
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.start import make_application

application = make_application()
frame = Frame(application, settings.load())
frame.show()
application.processEvents()
first = [frame.screen().name(), *frame.size().toTuple()]
if wanted:
    left, top, width, height = map(int, wanted)
    frame.setGeometry(left, top, width, height)
application.processEvents()
frame.close()
frame.places.sync()
print(json.dumps(first))
"""
Screen = tuple[str, int, int]  # name, width, height


def run(folder: Path, program: str, screens: Sequence[Screen], *arguments: str) -> Any:  # noqa: ANN401 - JSON
    """Run a program on screens beside each other, and return what it prints."""
    left, described = 0, []
    for name, width, height in screens:
        size = {"x": left, "y": 0, "width": width, "height": height}
        described.append({"name": name, **size, "logicalDpi": 96, "dpr": 1})
        left += width
    config = folder / "screens.json"
    config.write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": described}))
    done = subprocess.run(
        [sys.executable, "-c", program, f"offscreen:configfile={config.name}", *arguments],
        cwd=folder,  # Qt takes the colon of a drive for the end of the name
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("width", "height", "scale", "all_bars"),
    [
        (1366, 768, 1, True),
        (1920, 1080, 2, True),
        (2560, 1440, 1, True),
        (976, 648, 1, True),  # a window of 960 x 600
        (640, 480, 1, False),
    ],
)
def test_everything_is_on_the_screen(
    tmp_path: Path, app_home: Path, width: int, height: int, scale: int, all_bars: bool
) -> None:
    pictures = [str(paths.resource(f"examples/{name}.jpg")) for name in ("ship", "truck")]
    found = run(tmp_path, PROGRAM, [("only", width, height)], str(scale), *pictures)
    room = found.pop("room")
    first, fifth = found.pop("bottoms")
    in_sight, picture = min(found.pop("in sight")), found.pop("picture")
    is_strip, strip, has_status = found.pop("strip")
    # Nothing is cut off at the side.
    assert found.pop("beside") == {"networks": 0, "devices": 0, "settings": 0}
    assert found.pop("whole") == [[0, 0, width // scale, height // scale], True]
    assert room == [width // scale - 16, height // scale - 48]
    too_large = {name: size for name, size in found.items() if size[0] > room[0] or size[1] > room[1]}
    assert too_large == {}
    assert (fifth if all_bars else first) <= in_sight
    assert picture >= 90  # a job in its strip may take some
    assert has_status
    assert is_strip == (room[0] < 720)
    assert strip >= 60


def test_each_screen_has_a_size_and_a_place_of_its_own(tmp_path: Path, app_home: Path) -> None:
    laptop, desk = ("laptop", 1366, 768), ("desk", 2560, 1440)
    assert run(tmp_path, FRAME, [laptop], "1") == ["laptop", 1120, 720]
    assert run(tmp_path, FRAME, [laptop], "1", "20", "30", "800", "500") == ["laptop", 1120, 720]
    # Another screen is another matter, and so are both, and one at another scale.
    assert run(tmp_path, FRAME, [desk], "1", "100", "100", "1500", "1000") == ["desk", 1280, 860]
    assert run(tmp_path, FRAME, [laptop, desk], "1", "1500", "100", "1600", "1000") == ["laptop", 1120, 720]
    assert run(tmp_path, FRAME, [desk], "2") == ["desk", 1120, 672]
    assert run(tmp_path, FRAME, [laptop], "1") == ["laptop", 800, 500]
    assert run(tmp_path, FRAME, [desk], "1") == ["desk", 1500, 1000]
    assert run(tmp_path, FRAME, [laptop, desk], "1") == ["desk", 1600, 1000]


TWO_SCREENS = """
import json, os, sys
_, os.environ["QT_QPA_PLATFORM"], picture = sys.argv
from vgg_desktop.inference.runtime import load_onnxruntime
load_onnxruntime()
from PySide6.QtTest import QTest
from vgg_desktop import settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.start import make_application

application = make_application()
app = App(Frame(application, settings.load()), settings.load())
app.start()
app.frame.move(application.screens()[1].geometry().topLeft())
app.frame.show()
app.session.pictures.open([picture])
panel = app.window.result_panel
while panel.row is None:
    QTest.qWait(20)
panel.toggle_full_screen()
QTest.qWait(200)
print(json.dumps(panel.full_screen.geometry().getRect()))
app.frame.close()
app.stop()
"""


def test_full_screen_is_where_the_window_is(tmp_path: Path, app_home: Path) -> None:
    picture = str(paths.resource("examples/ship.jpg"))
    screens = [("first", 800, 600), ("second", 1000, 700)]
    assert run(tmp_path, TWO_SCREENS, screens, picture) == [800, 0, 1000, 700]
