"""Take the pictures of the window that the README shows.

QT_QPA_PLATFORM=offscreen python -m scripts.screenshots docs
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from vgg_desktop import paths
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.main_window import EXAMPLES
from vgg_desktop.ui.pictures.rows import RowState
from vgg_desktop.ui.start import make_application

PATIENCE_MS = 20_000


def wait(milliseconds: int = 300, until: Callable[[], bool] = lambda: True) -> None:
    """Let the window live for a moment, and then until something is true."""
    for _ in range(0, PATIENCE_MS, milliseconds):
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        if until():
            return
    raise TimeoutError("the window did not get ready")


def pictures(folder: Path) -> list[Path]:
    """Make a small collection of pictures: the examples, a long name, and a damaged one."""
    examples = [paths.resource(f"examples/{name}.jpg") for name in EXAMPLES]
    copies = [Path(shutil.copy(each, folder / each.name)) for each in examples]
    long = Path(
        shutil.copy(examples[2], folder / "the sandals that we bought on the islands last summer (2).jpg")
    )
    broken = folder / "broken.jpg"
    broken.write_bytes(examples[0].read_bytes()[:5000])
    return [copies[2], copies[0], copies[1], broken, long]


def take(name: str, chosen: Settings, show: Callable[[App, Path], QWidget]) -> None:
    """Open the window with some settings, bring it into a state, and save what is seen."""
    with tempfile.TemporaryDirectory() as home:
        os.environ[paths.HOME_VARIABLE] = home
        app = App(Frame(make_application(), chosen), chosen)
        app.start()
        app.frame.resize(1120, 760)
        app.frame.show()
        wait()
        widget = show(app, Path(home))
        wait()
        widget.grab().save(str(Path(sys.argv[1]) / f"{name}.png"))
        app.frame.close()
        app.stop()
        app.frame.deleteLater()


def with_pictures(app: App, folder: Path) -> QWidget:
    """The window with pictures, one of them damaged."""
    given = pictures(folder)
    app.intake.take_paths(given)
    model = app.session.pictures.model
    wait(until=lambda: model.counts.total == len(given) and not model.counts.open)
    app.window.list_panel.select(next(row for row in model.rows() if row.state is RowState.DONE))
    return app.frame


def empty(app: App, _folder: Path) -> QWidget:
    """The window as it opens."""
    return app.frame


def networks(app: App, folder: Path) -> QWidget:
    """The choice of networks."""
    with_pictures(app, folder)
    app.window.show_networks()
    return app.frame


def main() -> None:
    """Take them all."""
    light = Settings(appearance="light", language="en")
    take("window", light, with_pictures)
    take("empty", replace(light, appearance="dark"), empty)
    take("networks", replace(light, language="de"), networks)


if __name__ == "__main__":
    main()
