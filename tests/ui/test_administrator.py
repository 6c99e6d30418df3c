"""What the administrator has locked, in the window: the controls are off and say why."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.http_server import HttpServer
from tests.support.machine import write_machine_settings
from tests.ui.conftest import StartApp
from vgg_desktop import settings
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.networks.networks_page import NetworksPage
from vgg_desktop.ui.settings_page import SettingsPage
from vgg_desktop.ui.updates import ADDRESS_VARIABLE, update_address

REASON = "Set by your administrator."


@pytest.fixture
def start(start_app: StartApp, qtbot: QtBot) -> StartApp:
    """Return what makes apps and waits until their network is loaded: the end of one would wait for that."""

    def start_and_wait(chosen: Settings | None = None) -> App:
        app = start_app(chosen)
        qtbot.waitUntil(lambda: app.session.devices.loaded is not None, timeout=60_000)
        return app

    return start_and_wait


def texts(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel)]


def shown(app: App) -> str:
    return " ".join(texts(app.window.info_bar))


def open_settings(app: App) -> SettingsPage:
    dialog = app.window.show_page("settings")
    assert isinstance(dialog, SettingsPage)
    return dialog


def test_locked_controls_are_off_and_say_why(start: StartApp, tmp_path: Path) -> None:
    switches = ("fetch_links", "history", "check_updates")
    locked = ["language", "top_k", "threads", "models_folder", "mirror", "downloads", *switches]
    write_machine_settings(mirror="https://mirror.example", top_k=7, locked=locked)
    app = start()
    dialog = open_settings(app)
    controls = (dialog.language, dialog.top_k, dialog.threads, dialog.fetch_links, dialog.history.enabled)
    for control in (*controls, dialog.change_button, dialog.default_button):
        assert not control.isEnabled()
        assert control.accessibleDescription() == REASON
    assert dialog.appearance.isEnabled()
    assert texts(dialog).count(REASON) == len(locked) - 1  # this build has no address to ask for updates
    assert "https://mirror.example" in texts(dialog)
    assert dialog.top_k.value() == 7
    dialog.unsure.setValue(50)  # what is open is changed and saved as always
    app.session.settings.change(top_k=3, fetch_links=True)
    app.session.settings.save()
    chosen = settings.load()
    assert (chosen.unsure_below, chosen.top_k, chosen.fetch_links) == (50, 7, False)


def test_without_administrator_everything_is_open(start: StartApp) -> None:
    app = start()
    dialog = open_settings(app)
    assert all(each.isEnabled() for each in (dialog.language, dialog.fetch_links, dialog.history.enabled))
    assert REASON not in texts(dialog)
    app.intake.remember([Path("/pictures/cat.jpg").absolute()])
    dialog.history.enabled.click()
    assert app.session.settings.value.recent == ()


def test_a_link_is_not_fetched_and_the_user_is_told(
    qtbot: QtBot, start: StartApp, server: HttpServer
) -> None:
    settings.save(Settings(fetch_links=True))  # the lock holds against it
    write_machine_settings(locked=["fetch_links"])
    app = start()
    mime = QMimeData()
    mime.setUrls([QUrl(server.url("cat.png"))])
    assert app.intake.take_mime(mime)
    app.receive((server.url("dog.png"),))  # of a second start, and so of the command line
    qtbot.waitUntil(lambda: "your administrator has switched this off" in shown(app))
    assert app.intake.waiting == ()
    assert app.fetcher.pending == 0
    assert server.requests == []


def test_downloads_are_off_on_every_card(start: StartApp, server: HttpServer) -> None:
    write_machine_settings(locked=["downloads"])
    app = start()
    dialog = app.window.show_page("networks")
    assert isinstance(dialog, NetworksPage)
    card = dialog.card("tiny-vgg16")
    off = "Downloads are switched off by your administrator."
    assert not card.button.isEnabled()
    assert card.note.text() == off
    assert card.note.isVisible()
    assert card.button.accessibleDescription() == off
    assert not card.offers_something
    app.session.downloads.start("tiny-vgg16")
    assert app.session.downloads.overall() is None
    assert dialog.card("starter").button.isEnabled()  # to use it
    assert server.requests == []


def test_updates_are_not_asked_for(
    start: StartApp, server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_machine_settings(locked=["check_updates"])
    monkeypatch.setenv(ADDRESS_VARIABLE, server.url("version.json"))
    assert update_address() == ""  # the environment does not count any more
    monkeypatch.setattr("vgg_desktop.ui.app.update_address", lambda: server.url("version.json"))
    app = start()
    action = app.window.actions_["updates"]
    assert not action.isEnabled()
    assert action.text() == "Check for updates (switched off by your administrator)"
    app.updates.start()
    dialog = open_settings(app)
    assert not dialog.check_updates.isEnabled()
    assert server.requests == []


def test_the_locked_device_cannot_be_left(start: StartApp) -> None:
    write_machine_settings(device="cpu", locked=["device"])
    app = start()
    chip = app.window.device_chip
    chip.menu().aboutToShow.emit()
    devices = [each for each in chip.menu().actions() if each.isCheckable()]
    assert [each.isEnabled() for each in devices] == [each.data() == "cpu" for each in devices]
    assert REASON in [each.text() for each in chip.menu().actions()]
    app.session.choice.choose_device("auto")
    assert app.session.settings.value.device == "cpu"


def test_shared_networks_are_used_and_stay(
    qtbot: QtBot, start: StartApp, tmp_path: Path, tiny_networks: Path
) -> None:
    share = tmp_path / "share"
    place = share / "cache/models/tiny-vgg16/vgg16-7.onnx"
    place.parent.mkdir(parents=True)
    place.write_bytes((tiny_networks / place.name).read_bytes())
    write_machine_settings(shared_networks=str(share), model="tiny-vgg16")
    app = start()
    assert app.session.choice.spec.id == "tiny-vgg16"
    dialog = app.window.show_page("networks")
    assert isinstance(dialog, NetworksPage)
    card = dialog.card("tiny-vgg16")
    assert card.note.text() == "In a shared folder, which is only read."
    dialog.useRequested.emit(dialog.card("starter").spec)
    card.menu.aboutToShow.emit()
    assert not card.menu.delete.isEnabled()
    assert card.menu.delete.toolTip() == "It is in a shared folder, which is only read"
    assert card.menu.verify.isEnabled()
    app.session.downloads.remove("tiny-vgg16")
    app.session.downloads.verify("tiny-vgg16")
    qtbot.waitUntil(lambda: card.note.text() == "Verified: the file is intact.", timeout=20_000)
    assert [each.name for each in place.parent.iterdir()] == [place.name]
    assert str(share) in texts(open_settings(app))


def test_a_shared_folder_that_is_missing_is_told(start: StartApp, tmp_path: Path) -> None:
    write_machine_settings(shared_networks=str(tmp_path / "offline"))
    app = start()
    assert str(tmp_path / "offline") in shown(app)
    assert app.session.choice.spec.id == "everyday"


def test_a_file_that_cannot_be_used_is_told(start: StartApp) -> None:
    file = write_machine_settings()
    file.write_text('{"locked": ["downloads"', "utf-8")
    app = start()
    assert str(file) in shown(app)
    assert "downloads, updates and history are off" in shown(app)
    assert app.session.settings.value.is_off("downloads")
