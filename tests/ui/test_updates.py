"""Whether there is a newer version: asked for once, from one address, and believed only when it makes sense."""

import json
from functools import partial

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.http_server import Fault, HttpServer, breaks_off, redirect, stalls, status, unused_port
from tests.support.platforms import not_on_wine
from tests.ui.conftest import StartApp
from vgg_desktop import __version__
from vgg_desktop.errors import UpdateUnknown
from vgg_desktop.settings import Settings
from vgg_desktop.ui import updates
from vgg_desktop.ui.app import App
from vgg_desktop.ui.settings_page import SettingsPage
from vgg_desktop.ui.updates import ADDRESS_VARIABLE, Release, UpdateCheck, is_newer, update_address

PAGE = "https://example.org/new"


def answer(version: object = "99.0", page: object = PAGE) -> bytes:
    return json.dumps({"version": version, "page": page}).encode()


def ask(qtbot: QtBot, address: str) -> object:
    """Return the release that is newer, None when there is none, or the error."""
    check = UpdateCheck(address)
    heard: list[object] = []
    check.newer.connect(heard.append)
    check.current.connect(lambda: heard.append(None))
    check.failed.connect(heard.append)
    check.start()
    check.start()  # once at a time
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
    assert len(heard) == 1
    return heard[0]


def test_a_newer_version_is_told_and_nothing_is_given_away(qtbot: QtBot) -> None:
    with HttpServer({"version.json": answer()}) as server:
        assert ask(qtbot, server.url("version.json")) == Release("99.0", PAGE)
        (request,) = server.requests
        assert request.path == "/version.json"
        assert request.headers["user-agent"] == "VGG-Desktop"
        assert not request.headers.keys() & {"cookie", "referer", "authorization"}


def test_the_newest_version_is_told_so(qtbot: QtBot) -> None:
    with HttpServer({"version.json": answer(__version__)}) as server:
        assert ask(qtbot, server.url("version.json")) is None


def test_redirects_are_followed(qtbot: QtBot) -> None:
    # Twice: while it follows a redirect, Qt at times sends the same request once more.
    with HttpServer({"there": answer()}, redirect("/there"), redirect("/there")) as server:
        assert ask(qtbot, server.url("version.json")) == Release("99.0", PAGE)


@pytest.mark.parametrize(
    "fault",
    [
        status(404),
        status(500),
        breaks_off(5),
        Fault(body=b"<html>log in</html>"),
        Fault(body=b""),
        Fault(body=b"[" * 60_000),
        Fault(body=b" " * 1_000_000),
        Fault(body=answer("new")),
        Fault(body=answer("1." * 20 + "0")),
        Fault(body=answer(7)),
        Fault(body=answer(page="file:///etc/passwd")),
        Fault(body=answer(page="http://example.org")),
    ],
    ids=[
        "404",
        "500",
        "cut off",
        "html",
        "empty",
        "nested",
        "large",
        "word",
        "long",
        "number",
        "file",
        "http",
    ],
)
def test_what_makes_no_sense_is_an_error(fault: Fault, qtbot: QtBot) -> None:
    with HttpServer({}) as server:
        server.otherwise = fault
        error = ask(qtbot, server.url("version.json"))
    assert isinstance(error, UpdateUnknown)
    assert error.reason
    assert "try again later" in str(error).lower()


@not_on_wine("Qt's socket never learns that a connection was refused")
def test_a_server_that_is_not_there(qtbot: QtBot) -> None:
    error = ask(qtbot, f"http://127.0.0.1:{unused_port()}/version.json")
    assert isinstance(error, UpdateUnknown)
    assert str(error.reason) == "the server refused the connection"


def test_a_server_that_is_silent(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "_TIMEOUT", 0.3)
    with HttpServer({"version.json": answer()}, stalls(3)) as server:
        error = ask(qtbot, server.url("version.json"))
    assert isinstance(error, UpdateUnknown)
    assert str(error.reason).startswith("nothing arrived for")


@pytest.mark.parametrize(
    ("version", "than", "expected"),
    [("0.1.1", "0.1.0", True), ("0.10", "0.9.9", True), ("1", "1.0.0", False), ("0.1.0", "0.2", False)],
)
def test_versions_are_compared_by_their_numbers(version: str, than: str, expected: bool) -> None:
    assert is_newer(version, than) is expected


def test_a_build_without_an_address_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    assert update_address() == ""
    assert not UpdateCheck(update_address()).is_possible
    monkeypatch.setenv(ADDRESS_VARIABLE, "https://example.org/version.json")
    assert update_address() == "https://example.org/version.json"


def shown(app: App) -> str:
    return " ".join(each.text() for each in app.window.info_bar.findChildren(QLabel))


def is_shown(app: App, text: str) -> bool:
    return text in shown(app)


def test_whoever_asks_hears_what_came_out(
    qtbot: QtBot, start_app: StartApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    with HttpServer({"version.json": answer()}, status(500), Fault(body=answer(__version__))) as server:
        monkeypatch.setenv(ADDRESS_VARIABLE, server.url("version.json"))
        app = start_app(Settings())
        ask = app.window.actions_["updates"]
        assert ask.isVisible()
        for text in ("the server answered 500", "VGG Desktop is up to date.", "VGG Desktop 99.0"):
            ask.trigger()
            qtbot.waitUntil(partial(is_shown, app, text), timeout=20_000)
        assert len(server.requests) == 3


def test_nobody_is_asked_unless_a_person_wants_it(
    qtbot: QtBot, start_app: StartApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    with HttpServer({"version.json": answer()}) as server:
        monkeypatch.setenv(ADDRESS_VARIABLE, server.url("version.json"))
        app = start_app(Settings())
        qtbot.waitUntil(lambda: app.session.devices.loaded is not None, timeout=20_000)
        assert server.requests == []
        app.window.show_page("settings")
        (dialog,) = app.window.findChildren(SettingsPage)
        assert not dialog.check_updates.isChecked()
        dialog.check_updates.click()
        assert app.session.settings.value.check_updates
        assert server.requests == []  # from the next start on


def test_every_start_asks_once_it_was_wanted(
    qtbot: QtBot, start_app: StartApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    with HttpServer({"version.json": answer()}, status(500)) as server:
        monkeypatch.setenv(ADDRESS_VARIABLE, server.url("version.json"))
        app = start_app(Settings(check_updates=True))
        with qtbot.waitSignal(app.updates.failed, timeout=20_000):
            pass
        assert "newer version" not in shown(app)  # it may just be that there is no connection
        with qtbot.waitSignal(app.updates.newer, timeout=20_000):
            app.updates.start()
        assert "VGG Desktop 99.0" in shown(app)


def test_a_build_without_an_address_offers_nothing(
    start_app: StartApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    app = start_app(Settings(check_updates=True))
    assert not app.window.actions_["updates"].isVisible()
    app.window.show_page("settings")
    (dialog,) = app.window.findChildren(SettingsPage)
    assert not dialog.check_updates.isVisible()
