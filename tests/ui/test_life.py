"""The whole life of a session, through the program's own entrance."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from tests.support.http_server import Fault, HttpServer, breaks_off, drips, status
from tests.support.waiting import answer_question, drag_over, let_go, urls
from tests.ui.conftest import MakePicture
from vgg_desktop import settings
from vgg_desktop.ui import start
from vgg_desktop.ui.main_window import MainWindow
from vgg_desktop.ui.networks.network_card import NetworkCard
from vgg_desktop.ui.networks.networks_page import NetworksPage
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.pictures.rows import OPEN, ResultRow, RowState

LEFT, NONE, CTRL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)
PATIENCE_MS = 60_000
Step = tuple[str, Callable[[], object]]


@dataclass
class Person:
    """Looks at the window and acts; each step of `life` yields what it waits for."""

    tmp: Path
    server: HttpServer
    make_picture: MakePicture

    @staticmethod
    def windows() -> list[MainWindow]:
        return [each for each in QApplication.allWidgets() if isinstance(each, MainWindow)]

    @property
    def window(self) -> MainWindow:
        (found,) = self.windows()
        return found

    @property
    def networks(self) -> NetworksPage:
        (found,) = self.window.findChildren(NetworksPage)
        return found

    def card(self, id: str) -> NetworkCard:
        return self.networks.card(id)

    def rows(self) -> tuple[ResultRow, ...]:
        return self.window.list_panel._session.pictures.model.rows()

    def ended(self, count: int) -> bool:
        rows = self.rows()
        return len(rows) == count and not any(row.state in OPEN for row in rows)

    def classified_by(self, model: str) -> bool:
        done = [row.classification for row in self.rows() if row.state is RowState.DONE]
        return bool(done) and all(each is not None and each.model == model for each in done)

    def phase(self, id: str) -> Phase:
        return self.networks._downloads.state(id).phase

    def drop(self, *paths: Path) -> None:
        data = urls(paths)
        drag_over(self.window, data)
        let_go(self.window, data)

    def press(self, button: QAbstractButton) -> None:
        assert button.isVisible()
        QTest.mouseClick(button, LEFT)

    def life(self) -> Iterator[Step]:
        yield "the window's content", lambda: bool(self.windows())  # the frame is shown first
        yield "the empty window", self.window.welcome.isVisible
        broken = self.tmp / "broken.jpg"
        broken.write_bytes(b"\xff\xd8\xff\xe0 and no more")
        self.drop(self.make_picture("a.png"), self.make_picture("b.png"), broken)
        yield "three pictures", lambda: self.ended(3)
        assert self.classified_by("everyday")
        yield from self._downloads()
        yield from self._saves()
        # A walk through the settings, then the end with much work waiting.
        self.window.list_panel.filter.setText("a.png")
        yield "the filter", lambda: self.window.list_panel.list.model().rowCount() == 1
        self.window.list_panel.filter.clear()
        self.drop(*(self.make_picture(f"many/{number}.png") for number in range(60)))
        yield "work that waits", lambda: len(self.rows()) == 63
        asked = answer_question("Quit")
        self.window.window().close()
        assert len(asked) == 1

    def _downloads(self) -> Iterator[Step]:
        QTest.keyClick(self.window, Qt.Key.Key_N, CTRL)
        yield "the networks", lambda: self.window.pages.current == "networks"
        # The connection is cut in the middle, and the download goes on by itself.
        self.server.script.append(breaks_off(60_000))
        self.press(self.card("tiny-vgg16-bn").button)
        yield "the network in use", lambda: self.classified_by("tiny-vgg16-bn") and self.ended(3)
        # Another is cancelled, and resumed.
        self.server.script.append(drips(60_000))
        self.press(self.card("tiny-vgg19").button)
        yield "some progress", lambda: self.card("tiny-vgg19").progress.bar.value() > 0
        self.press(self.card("tiny-vgg19").button)
        yield "a partial file", lambda: self.phase("tiny-vgg19") is Phase.PARTIAL
        self.press(self.card("tiny-vgg19").button)
        yield "the second network", lambda: self.phase("tiny-vgg19") is Phase.INSTALLED
        assert any(request.range for request in self.server.requests)
        # It was asked for, but the one in use is the user's choice by now.
        assert self.window.network_button.text() == "Tiny vgg16-bn"
        self.server.otherwise = status(404)
        self.press(self.card("tiny-vgg16").button)
        yield "an error on screen", lambda: self.phase("tiny-vgg16") is Phase.FAILED
        assert "404" in self.card("tiny-vgg16").failure.text.text()
        self.server.otherwise = Fault()
        self.press(self.card("tiny-vgg19").button)
        yield "the other network's answers", lambda: self.classified_by("tiny-vgg19") and self.ended(3)
        QTest.keyClick(self.networks, Qt.Key.Key_Escape)

    def _saves(self) -> Iterator[Step]:
        self.window.activateWindow()
        yield "the window in front", self.window.isActiveWindow
        QTest.keyClick(self.window, Qt.Key.Key_S, CTRL)
        yield "the saved table", (self.tmp / "out.csv").exists


class Stage(QObject):
    """Runs a user's life beside the event loop; a step that never comes true ends it."""

    def __init__(self, steps: Iterator[Step]) -> None:
        super().__init__()
        self._steps = steps
        self._waiting: Step | None = None
        self._patience = PATIENCE_MS
        self.error: BaseException | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(20)

    def _look(self) -> None:
        self._timer.stop()  # a step may run an event loop of its own
        try:
            if self._waiting is None or self._waiting[1]():
                self._waiting = next(self._steps)
                self._patience = PATIENCE_MS
            else:
                self._patience -= 20
                assert self._patience > 0, f"{self._waiting[0]} did not come"
        except StopIteration:
            return
        except BaseException as error:  # noqa: BLE001 - told by the test, after the program has ended
            self.error = error
            # Again and again: before the program's event loop has begun, it changes nothing.
            self._timer.timeout.disconnect()
            self._timer.timeout.connect(QCoreApplication.quit)
        self._timer.start(20)


def test_from_the_empty_window_to_the_end(
    server: HttpServer, make_picture: MakePicture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    stage = Stage(Person(tmp_path, server, make_picture).life())
    code = start.run([])
    if stage.error is not None:
        raise stage.error
    assert code == 0
    assert not [each for each in QApplication.instance().findChildren(QThread) if each.isRunning()]  # type: ignore[union-attr] # it is there
    with target.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert {line["model"] for line in table if line["model"]} == {"tiny-vgg19"}
    assert sum(bool(line["error"]) for line in table) == 1
    assert settings.load().model == "tiny-vgg19"
