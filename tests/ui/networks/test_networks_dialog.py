"""The networks by gesture: what a user presses, and what the cards then show."""

import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import onnx
import pytest
from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QDesktopServices, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from tests.support.classifiers import classifier, write_details
from tests.support.hostile import HOSTILE, endless
from tests.support.http_server import Fault, HttpServer, breaks_off, drips, status
from tests.support.waiting import drag_over, let_go, urls
from tests.ui.networks.test_downloads import WAIT, Networks, own_network, running_networks
from vgg_desktop.errors import StoreBusy, WrongContent
from vgg_desktop.inference import isolation
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.reasons import Why
from vgg_desktop.settings import Settings
from vgg_desktop.ui.look import appearance
from vgg_desktop.ui.networks.import_dialog import ImportDialog
from vgg_desktop.ui.networks.network_card import NetworkCard
from vgg_desktop.ui.networks.network_facts import arrived, facts, pace, purpose
from vgg_desktop.ui.networks.network_menu import LicenceDialog
from vgg_desktop.ui.networks.networks_dialog import NetworksDialog
from vgg_desktop.ui.networks.state import Phase

LEFT = Qt.MouseButton.LeftButton
# Other processors than those of PCs have a result for every division of integers.
DIVISION_IS_DEFINED = () if platform.machine() in ("x86_64", "AMD64") else ("dividing",)


@dataclass
class Shown:
    dialog: NetworksDialog
    networks: Networks
    qtbot: QtBot

    def card(self, id: str) -> NetworkCard:
        return self.dialog.card(id)

    def press(self, button: QAbstractButton) -> None:
        assert button.isVisible()
        self.dialog.area.ensureWidgetVisible(button)
        QTest.mouseClick(button, LEFT)

    def wait_for(self, id: str, phase: Phase) -> None:
        self.networks.wait_for(self.qtbot, id, phase)

    def get(self, id: str) -> NetworkCard:
        self.press(self.card(id).button)
        self.wait_for(id, Phase.INSTALLED)
        return self.card(id)

    def choose(self, card: NetworkCard, pick: Callable[[NetworkCard], QAction]) -> None:
        """Take something from the card's menu, when it is not greyed."""
        card.menu.aboutToShow.emit()
        assert pick(card).isEnabled()
        pick(card).trigger()

    def question(self) -> QMessageBox:
        (box,) = self.dialog.findChildren(QMessageBox)
        assert box.isVisible()
        return box


@pytest.fixture
def shown(server: HttpServer, qtbot: QtBot) -> Iterator[Shown]:
    with running_networks(server) as networks:
        dialog = NetworksDialog(networks.downloads)
        qtbot.addWidget(dialog)
        dialog.take_spec(networks.downloads.specs()[0])
        dialog.show()
        qtbot.waitExposed(dialog)
        yield Shown(dialog, networks, qtbot)


@pytest.fixture(autouse=True)
def _english_numbers() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def test_network_in_use_is_first_of_its_group_and_the_rest_is_offered(shown: Shown) -> None:
    first, second, *others = shown.dialog.cards()
    assert [first.spec.id, second.spec.id] == ["everyday", "starter"]
    assert first.in_use.isVisible()
    assert not first.button.isVisible()
    assert second.button.text() == "Use"
    assert [card.button.text() for card in others] == ["Download"] * len(others)
    primary = [card.spec.id for card in others if card.button.property("primary")]
    assert primary == [others[0].spec.id]
    assert shown.dialog.focusWidget() is others[0].button
    shown.dialog.hide()
    shown.dialog.take_spec(others[2].spec)
    shown.dialog.show()
    assert shown.dialog.cards()[:3] == (first, second, others[2])


def test_networks_stand_in_groups(shown: Shown, tmp_path: Path) -> None:
    dialog = shown.dialog
    content = dialog.area.widget()
    assert content is not None
    column = content.layout()
    assert column is not None

    def visible() -> list[str]:
        items = (column.itemAt(place) for place in range(column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [
            each.text() if isinstance(each, QLabel) else each.spec.origin
            for each in widgets
            if isinstance(each, QLabel | NetworkCard) and each.isVisible()
        ]

    bundled, offered = ["bundled"] * 2, ["download"] * (len(dialog.cards()) - 2)
    without = ["Comes with the app", *bundled, "To download", *offered]
    assert visible() == without
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    own = own_network(tmp_path / "flowers.onnx")
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.networks.downloads.import_file(own, labels, how)
    # A card that was added is shown with the next layout.
    shown.qtbot.waitUntil(lambda: visible() == [*without, "Yours", "imported"], timeout=WAIT)
    imported = dialog.cards()[-1].spec
    with shown.qtbot.waitSignal(shown.networks.downloads.removed, timeout=WAIT):
        shown.networks.downloads.remove(imported.id)
    shown.qtbot.waitUntil(lambda: visible() == without, timeout=WAIT)


def test_download_shows_its_progress_and_then_can_be_used(shown: Shown) -> None:
    card = shown.card("tiny-vgg16")
    shown.networks.server.script.append(drips(200_000))
    shown.press(card.button)
    shown.qtbot.waitUntil(lambda: "/s" in card.progress.right.text(), timeout=WAIT)
    assert card.button.text() == "Cancel"
    assert "of 217 kB" in card.progress.left.text()
    assert card.progress.bar.value() > 0
    assert card.progress.bar.accessibleDescription().startswith(card.progress.left.text())
    shown.wait_for("tiny-vgg16", Phase.INSTALLED)
    assert not card.progress.isVisible()
    assert shown.dialog.disk_use.text().startswith("2")
    assert card.button.text() == "Use"
    with shown.qtbot.waitSignal(shown.dialog.useRequested) as used:
        shown.press(card.button)
    assert used.args == [card.spec]
    shown.dialog.take_spec(shown.card("tiny-vgg16").spec)
    assert card.in_use.isVisible()
    assert not card.button.isVisible()
    assert shown.card("starter").button.text() == "Use"


def test_cancelled_download_is_resumed(shown: Shown) -> None:
    card = shown.card("tiny-vgg19")
    shown.networks.server.script.append(drips(60_000))
    shown.press(card.button)
    shown.qtbot.waitUntil(lambda: card.progress.bar.value() > 50, timeout=WAIT)
    with shown.qtbot.waitSignal(shown.networks.downloads.sizesChanged, timeout=WAIT):
        shown.press(card.button)
    assert card.button.text() == "Resume"
    assert card.progress.right.text() == "Paused"
    QTest.keyClick(card.button, Qt.Key.Key_Return)
    shown.wait_for("tiny-vgg19", Phase.INSTALLED)
    assert shown.networks.server.requests[-1].range is not None


def test_broken_connection_is_told_and_taken_up_again(shown: Shown) -> None:
    card = shown.card("tiny-vgg16")
    shown.networks.server.script.append(breaks_off(150_000))
    shown.press(card.button)
    shown.qtbot.waitUntil(card.progress.note.isVisible, timeout=WAIT)
    host = shown.networks.server.url("").removeprefix("http://").strip("/")
    assert card.progress.note.text() == f"The connection was interrupted; attempt 2 of 5 at {host} in 1 s."
    assert card.progress.right.text() == "Reconnecting…"
    shown.wait_for("tiny-vgg16", Phase.INSTALLED)
    assert not card.progress.note.isVisible()


def test_refused_download_says_why_and_retry_works(shown: Shown) -> None:
    card = shown.card("tiny-vgg16")
    shown.networks.server.otherwise = status(404)
    shown.press(card.button)
    shown.qtbot.waitUntil(card.failure.isVisible, timeout=WAIT)
    assert not card.button.isVisible()
    assert "404" in card.failure.text.text()
    assert not card.failure.other.isVisible()  # it has one address
    shown.press(card.failure.copy)
    assert QGuiApplication.clipboard().text().startswith("download-rejected: ")
    shown.networks.server.otherwise = Fault()
    shown.press(card.failure.retry)
    shown.wait_for("tiny-vgg16", Phase.INSTALLED)
    assert not card.failure.isVisible()
    assert card.button.text() == "Use"


def test_downloads_wait_in_turn(shown: Shown) -> None:
    first, second = shown.card("tiny-vgg16"), shown.card("tiny-vgg19")
    shown.networks.server.script.append(drips(60_000))
    shown.press(first.button)
    shown.press(second.button)
    assert second.progress.left.text() == "Waiting in the queue"
    assert second.button.text() == "Cancel"
    shown.press(second.button)
    assert second.button.text() == "Download"
    assert not second.progress.isVisible()
    shown.press(second.button)
    shown.press(first.button)
    shown.wait_for("tiny-vgg19", Phase.INSTALLED)


def test_deleting_asks_first_and_no_is_the_default(shown: Shown) -> None:
    card = shown.get("tiny-vgg16")
    shown.choose(card, lambda card: card.menu.delete)
    box = shown.question()
    assert "downloaded again" in box.informativeText()
    assert "kB" in box.informativeText()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert shown.networks.phase("tiny-vgg16") is Phase.INSTALLED
    shown.qtbot.waitUntil(lambda: not shown.dialog.findChildren(QMessageBox), timeout=WAIT)
    shown.choose(card, lambda card: card.menu.delete)
    with shown.qtbot.waitSignal(shown.networks.downloads.removed, timeout=WAIT):
        shown.press(shown.question().button(QMessageBox.StandardButton.Yes))
    assert card.button.text() == "Download"


def test_what_cannot_be_done_now_is_greyed(shown: Shown) -> None:
    starter, absent = shown.card("starter"), shown.card("tiny-vgg16")
    for card in (starter, absent):
        card.menu.aboutToShow.emit()
        assert not card.menu.delete.isEnabled()
    assert starter.menu.verify.isEnabled()
    assert not starter.menu.copy_address.isVisible()
    assert not absent.menu.verify.isEnabled()
    assert not absent.menu.show_folder.isEnabled()
    shown.get("tiny-vgg16")
    shown.dialog.take_spec(shown.card("tiny-vgg16").spec)
    absent.menu.aboutToShow.emit()
    assert not absent.menu.delete.isEnabled()
    assert absent.menu.delete.toolTip() == "Use another network first"


def test_menu_shows_folder_address_and_licence(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    card = shown.get("tiny-vgg16")
    opened: list[Path] = []

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    shown.choose(card, lambda card: card.menu.show_folder)
    assert opened == [shown.networks.store.folder(card.spec)]
    shown.choose(card, lambda card: card.menu.copy_address)
    assert QGuiApplication.clipboard().text() == card.spec.addresses[0]
    shown.choose(card, lambda card: card.menu.licence)
    (dialog,) = shown.dialog.findChildren(LicenceDialog)
    assert "Apache-2.0" in dialog.sentence.text()
    assert "TERMS AND CONDITIONS" in dialog.text.toPlainText()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_verify_finds_a_damaged_file(shown: Shown) -> None:
    card = shown.get("tiny-vgg16")
    shown.choose(card, lambda card: card.menu.verify)
    shown.qtbot.waitUntil(card.note.isVisible, timeout=WAIT)
    assert card.note.text().startswith("Verified")
    shown.networks.damage("tiny-vgg16")
    shown.choose(card, lambda card: card.menu.verify)
    shown.qtbot.waitUntil(card.failure.isVisible, timeout=WAIT)
    assert not card.note.isVisible()
    assert card.failure.retry.text() == "Download again"
    shown.press(card.failure.retry)
    shown.wait_for("tiny-vgg16", Phase.INSTALLED)


def test_failed_deletion_leaves_the_network_and_can_be_dismissed(shown: Shown) -> None:
    card = shown.get("tiny-vgg16")
    downloads = shown.networks.downloads
    with shown.networks.store.lock(card.spec):  # as another program does
        downloads.remove("tiny-vgg16")
        shown.qtbot.waitUntil(card.failure.isVisible, timeout=WAIT)
    assert isinstance(downloads.state("tiny-vgg16").error, StoreBusy)
    assert card.button.text() == "Use"
    assert not card.failure.retry.isVisible()
    shown.press(card.failure.dismiss)
    assert not card.failure.isVisible()


def test_own_network_is_imported_with_its_details(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own_network(tmp_path / "flowers.onnx")
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("rose\ntulip\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    data = urls([path])
    drag_over(shown.dialog, data)
    let_go(shown.dialog, data)
    assert "flowers.onnx" in shown.dialog.strip.text.text()
    shown.qtbot.waitUntil(lambda: shown.dialog.strip.details is not None, timeout=WAIT)
    details = shown.dialog.strip.details
    assert isinstance(details, ImportDialog)
    assert "3 classes" in details.reason.text()
    details.labels_field.set_path(labels)
    details.preprocessing_field.set_path(how)
    shown.press(details.import_button)
    shown.qtbot.waitUntil(details.failure.isVisible, timeout=WAIT)  # there are three classes, not two
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.press(details.import_button)
    assert not details.isVisible()
    card = shown.card("flowers")
    assert card.purpose.text() == "Imported by you."
    assert shown.dialog.focusWidget() is card.button
    shown.choose(card, lambda card: card.menu.delete)
    assert "cannot be downloaded again" in shown.question().informativeText()
    with shown.qtbot.waitSignal(shown.networks.downloads.removed, timeout=WAIT):
        shown.press(shown.question().button(QMessageBox.StandardButton.Yes))
    assert "flowers" not in [card.spec.id for card in shown.dialog.cards()]


def test_import_can_be_given_up(shown: Shown, tmp_path: Path) -> None:
    shown.dialog.import_file(own_network(tmp_path / "a.onnx"))
    shown.dialog.import_file(own_network(tmp_path / "b.onnx"))
    strip = shown.dialog.strip

    def asks_about(name: str) -> bool:
        return strip.details is not None and strip.details.path.name == name

    for name in ("a.onnx", "b.onnx"):  # one question after the other
        shown.qtbot.waitUntil(partial(asks_about, name), timeout=WAIT)
        assert strip.details is not None
        QTest.keyClick(strip.details, Qt.Key.Key_Escape)
    assert strip.details is None
    assert not strip.running.isVisible()
    assert shown.dialog.isVisible()
    assert not shown.networks.store.imported()


def test_file_that_is_no_network_is_refused_with_a_reason(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.onnx"
    page.write_text("<!DOCTYPE html><html></html>")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(page), ""))
    shown.press(shown.dialog.import_button)
    failure = shown.dialog.strip.failure
    shown.qtbot.waitUntil(failure.isVisible, timeout=WAIT)
    assert "web page" in failure.text.text()
    assert not shown.dialog.strip.running.isVisible()
    shown.press(failure.dismiss)
    assert not failure.isVisible()
    shown.dialog.strip.show_error(WrongContent("x.onnx", Why.FOUND_JSON()))
    assert "JSON" in failure.text.text()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_network_that_does_harm_is_refused_and_the_window_goes_on(
    name: str, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 3.0)
    monkeypatch.setattr(isolation, "MEMORY", 1_000_000_000)
    labels, how = write_details(tmp_path).values()
    onnx.save(HOSTILE[name](), tmp_path / "bad.onnx")
    shown.networks.downloads.import_file(tmp_path / "bad.onnx", labels, how)
    strip = shown.dialog.strip
    shown.qtbot.waitUntil(lambda: strip.failure.isVisible() or name in DIVISION_IS_DEFINED, timeout=WAIT)
    if strip.failure.isVisible():
        assert "cannot be used as a network" in strip.failure.text.text()
        assert not shown.networks.store.imported()
    onnx.save(classifier(), tmp_path / "good.onnx")
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.networks.downloads.import_file(tmp_path / "good.onnx", labels, how)


def test_cancel_ends_an_import_that_hangs_and_the_next_one_starts(shown: Shown, tmp_path: Path) -> None:
    labels, how = write_details(tmp_path).values()
    onnx.save(endless(), tmp_path / "bad.onnx")
    onnx.save(classifier(), tmp_path / "good.onnx")
    shown.networks.downloads.import_file(tmp_path / "bad.onnx", labels, how)
    strip = shown.dialog.strip
    shown.qtbot.waitUntil(strip.running.isVisible, timeout=WAIT)
    shown.qtbot.wait(3000)  # until onnxruntime is in the loop
    assert strip.running.isVisible()
    shown.press(strip.cancel_button)
    assert not strip.running.isVisible()
    started = time.monotonic()
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.networks.downloads.import_file(tmp_path / "good.onnx", labels, how)
    assert time.monotonic() - started < 20  # well before the limit of 30 seconds
    assert [each.id for each in shown.networks.store.imported()] == ["good"]


def test_escape_closes_and_tab_goes_down_the_cards(shown: Shown) -> None:
    cards = shown.dialog.cards()
    assert shown.dialog.focusWidget() is cards[2].button
    # Offscreen no window is active, so Qt is asked for the next one instead of pressing Tab.
    shown.dialog.focusNextChild()
    assert shown.dialog.focusWidget() is cards[2].more
    shown.dialog.focusNextChild()
    assert shown.dialog.focusWidget() is cards[3].button
    QTest.keyClick(shown.dialog, Qt.Key.Key_Escape)
    assert not shown.dialog.isVisible()


def test_speeds_and_schemes_are_followed(shown: Shown, qapp: QApplication) -> None:
    shown.dialog.take_settings(Settings(speeds=(("starter", 81.0),)))
    labels = [label.text() for label in shown.card("starter").facts.findChildren(QLabel)]
    assert "12 pictures per second (81 ms each)" in labels
    before = QPalette(qapp.palette())
    label = shown.card("starter").purpose

    def has_colour(wanted: QColor) -> bool:
        return label.palette().color(label.foregroundRole()) == wanted

    try:
        for dark in (False, True):
            qapp.setPalette(appearance.palette(dark))
            wanted = appearance.tone(qapp.palette(), appearance.Tone.QUIET)
            shown.qtbot.waitUntil(partial(has_colour, wanted))
    finally:
        qapp.setPalette(before)


def test_every_control_has_a_name(shown: Shown) -> None:
    for button in shown.dialog.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.text() or button.accessibleName(), button


def test_numbers_follow_the_language() -> None:
    progress = DownloadProgress("downloading", 123_000_000, 553_437_328, 8_200_000.0, 53.4)
    assert arrived(progress) == "123 MB of 553 MB (22 %)"
    assert pace(progress) == "8.2 MB/s  ·  53 s left"
    QLocale.setDefault(QLocale(QLocale.Language.German))
    assert pace(progress).startswith("8,2 MB/s")


def test_facts_are_those_of_the_catalog() -> None:
    specs = {spec.id: spec for spec in load_catalog()}
    values = [fact.value for fact in facts(specs["vgg16"], None)]
    assert values == ["553 MB", "72.6 % / 91.1 %", "690 MB", "–"]
    # What the sentences claim.
    four = [specs[id] for id in ("vgg16", "vgg16-bn", "vgg19", "vgg19-bn")]
    assert sorted(four, key=lambda spec: spec.size) == four
    assert sorted(four, key=lambda spec: spec.top1 or 0) == four
    assert len({purpose(spec) for spec in specs.values()}) == len(specs)
