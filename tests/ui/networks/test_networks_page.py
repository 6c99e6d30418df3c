"""The networks by gesture: what a user presses, and what the cards then show."""

import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import onnx
import pytest
from PySide6.QtCore import QLocale, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QDesktopServices, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from tests.support.classifiers import classifier, own_starter, write_details
from tests.support.hostile import HOSTILE, HOSTILE_NAMES, endless
from tests.support.http_server import Fault, HttpServer, breaks_off, drips, status
from tests.ui.networks.test_downloads import WAIT, Networks, own_network, running_networks
from tests.ui.networks.test_import_dialog import CIFAR
from tests.ui.networks.test_labels_form import type_names
from tests.ui.networks.test_preprocessing_form import choose
from vgg_desktop.errors import StoreBusy, WrongContent
from vgg_desktop.inference import isolation
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.details import read_details
from vgg_desktop.models.labels import read_labels
from vgg_desktop.models.progress import DownloadProgress
from vgg_desktop.settings import Settings
from vgg_desktop.ui.look import appearance
from vgg_desktop.ui.networks.import_dialog import ImportDialog
from vgg_desktop.ui.networks.network_card import NetworkCard
from vgg_desktop.ui.networks.network_facts import arrived, facts, pace, purpose
from vgg_desktop.ui.networks.network_menu import LicenceDialog
from vgg_desktop.ui.networks.networks_page import NetworksPage
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.why import Why

LEFT = Qt.MouseButton.LeftButton
# Other processors than those of PCs have a result for every division of integers.
DIVISION_IS_DEFINED = () if platform.machine() in ("x86_64", "AMD64") else ("dividing",)


@dataclass
class Shown:
    page: NetworksPage
    networks: Networks
    qtbot: QtBot

    def card(self, id: str) -> NetworkCard:
        return self.page.card(id)

    def press(self, button: QAbstractButton) -> None:
        assert button.isVisible()
        self.page.ensureWidgetVisible(button)
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
        self.qtbot.waitUntil(lambda: bool(self.page.findChildren(QMessageBox)), timeout=WAIT)
        (box,) = self.page.findChildren(QMessageBox)
        assert box.isVisible()
        return box

    def details(self) -> ImportDialog:
        """Return the form that asks for labels and preprocessing."""
        strip = self.page.strip
        self.qtbot.waitUntil(lambda: strip.details is not None, timeout=WAIT)
        assert strip.details is not None
        return strip.details


@pytest.fixture
def shown(server: HttpServer, qtbot: QtBot) -> Iterator[Shown]:
    with running_networks(server) as networks:
        page = NetworksPage(networks.downloads)
        qtbot.addWidget(page)
        page.take_spec(networks.downloads.specs()[0])
        page.resize(900, 700)
        page.show()
        qtbot.waitExposed(page)
        yield Shown(page, networks, qtbot)


@pytest.fixture(autouse=True)
def _english_numbers() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def test_network_in_use_is_first_of_its_group_and_the_rest_is_offered(shown: Shown) -> None:
    first, second, *others = shown.page.cards()
    assert [first.spec.id, second.spec.id] == ["everyday", "starter"]
    assert first.in_use.isVisible()
    assert not first.button.isVisible()
    assert second.button.text() == "Use"
    assert [card.button.text() for card in others] == ["Download"] * len(others)
    primary = [card.spec.id for card in others if card.button.property("primary")]
    assert primary == [others[0].spec.id]
    assert shown.page.first() is others[0].button
    shown.page.hide()
    shown.page.take_spec(others[2].spec)
    shown.page.show()
    assert shown.page.cards()[:3] == (first, second, others[2])


def test_networks_stand_in_groups(shown: Shown, tmp_path: Path) -> None:
    page = shown.page

    def visible() -> list[str]:
        """Return the headings and the origins of the cards from top to bottom."""
        widgets: list[QLabel | NetworkCard] = [*page.headings.values(), *page.cards()]
        in_order = sorted(widgets, key=lambda each: each.mapTo(page, QPoint()).y())
        return [
            each.text() if isinstance(each, QLabel) else each.spec.origin
            for each in in_order
            if each.isVisible()
        ]

    bundled, offered = ["bundled"] * 2, ["download"] * (len(page.cards()) - 2)
    without = ["Comes with the app", *bundled, "To download", *offered]
    assert visible() == without
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    own = own_network(tmp_path / "flowers.onnx")
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.networks.downloads.import_file(own, read_details(labels, how))
    # A card that was added is shown with the next layout.
    shown.qtbot.waitUntil(lambda: visible() == [*without, "Yours", "imported"], timeout=WAIT)
    imported = page.cards()[-1].spec
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
    assert shown.page.disk_use.text().startswith("2")
    assert card.button.text() == "Use"
    with shown.qtbot.waitSignal(shown.page.useRequested) as used:
        shown.press(card.button)
    assert used.args == [card.spec]
    shown.page.take_spec(shown.card("tiny-vgg16").spec)
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
    shown.qtbot.waitUntil(lambda: not shown.page.findChildren(QMessageBox), timeout=WAIT)
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
    shown.page.take_spec(shown.card("tiny-vgg16").spec)
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
    (dialog,) = shown.page.findChildren(LicenceDialog)
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


def test_own_network_is_imported_with_names_and_a_preset(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own_starter(tmp_path / "things.onnx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    shown.press(shown.page.import_button)
    assert "things.onnx" in shown.page.strip.text.text()
    details = shown.details()
    assert "10 classes" in details.reason.text()
    type_names(details.labels, *CIFAR[:9])
    choose(details.preprocessing.preset, "imagenet")
    assert details.labels.problem.text().startswith("1 name")
    assert not details.import_button.isEnabled()
    type_names(details.labels, "", CIFAR[9])
    shown.qtbot.waitUntil(
        lambda: [each.label for each in details.trial.bars.predictions][:1] == ["airplane"], timeout=WAIT
    )
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        QTest.keyClick(details.preprocessing.preset, Qt.Key.Key_Return)
    assert not details.isVisible()
    card = shown.card("things")
    assert card.purpose.text() == "Imported from a file."
    assert shown.page.focusWidget() is card.button
    assert card.spec.preprocessing.crop == 32
    assert [label.name for label in read_labels(card.spec.labels)] == list(CIFAR)
    shown.choose(card, lambda card: card.menu.delete)
    assert "cannot be downloaded again" in shown.question().informativeText()
    with shown.qtbot.waitSignal(shown.networks.downloads.removed, timeout=WAIT):
        shown.press(shown.question().button(QMessageBox.StandardButton.Yes))
    assert "things" not in [card.spec.id for card in shown.page.cards()]


def import_flowers(shown: Shown, folder: Path) -> NetworkCard:
    """Import a network called flowers with details that are complete."""
    labels, how = folder / "names.txt", folder / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    path = own_network(folder / "flowers.onnx")
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.networks.downloads.import_file(path, read_details(labels, how))
    return shown.card("flowers")


def test_names_and_preprocessing_are_changed_later(shown: Shown, tmp_path: Path) -> None:
    card = import_flowers(shown, tmp_path)
    before = card.spec
    shown.choose(card, lambda card: card.menu.change_details)
    details = shown.details()
    shown.qtbot.waitUntil(lambda: details.labels.text.toPlainText() == "rose\ntulip\ndaisy", timeout=WAIT)
    assert details.preprocessing.preprocessing() == before.preprocessing
    assert details.preprocessing.preset.currentData() == "unit"
    assert details.import_button.text() == "Save"
    type_names(details.labels, "Dog ")
    choose(details.preprocessing.preset, "caffe")
    shown.qtbot.waitUntil(details.import_button.isEnabled, timeout=WAIT)
    with shown.qtbot.waitSignal(shown.networks.downloads.revised, timeout=WAIT):
        shown.press(details.import_button)
    assert not details.isVisible()
    changed = shown.card("flowers").spec
    assert changed.revision == before.revision + 1
    assert changed.preprocessing.channels == "BGR"
    assert [label.name for label in read_labels(changed.labels)] == ["Dog rose", "tulip", "daisy"]
    assert shown.networks.store.imported() == (changed,)
    shown.choose(card, lambda card: card.menu.change_details)
    QTest.keyClick(shown.details(), Qt.Key.Key_Escape)
    assert shown.networks.store.imported() == (changed,)


def test_a_new_card_is_scrolled_into_view(shown: Shown, tmp_path: Path) -> None:
    card = import_flowers(shown, tmp_path)
    area = shown.page.viewport()

    def is_in_view() -> bool:
        return area.rect().contains(card.mapTo(area, card.rect().center()))

    shown.qtbot.waitUntil(is_in_view, timeout=WAIT)


def test_only_imported_networks_have_details_to_change(shown: Shown) -> None:
    assert not shown.card("starter").menu.change_details.isVisible()


def train_again(path: Path) -> Path:
    """Change the weights of a network in its file."""
    model = onnx.load(path)
    weights = onnx.numpy_helper.to_array(model.graph.initializer[0])
    model.graph.initializer[0].CopyFrom(onnx.numpy_helper.from_array(weights * 2, "weights"))
    onnx.save(model, path)
    return path


@pytest.mark.parametrize("answer", ["Replace flowers", "Keep both", "Cancel"])
def test_another_file_of_the_same_name(shown: Shown, tmp_path: Path, answer: str) -> None:
    first = import_flowers(shown, tmp_path).spec
    path = train_again(tmp_path / "flowers.onnx")
    shown.networks.downloads.import_file(path)
    box = shown.question()
    assert "flowers" in box.text()
    assert [each.text() for each in (box.defaultButton(),) if each] == ["Keep both"]
    (button,) = (each for each in box.buttons() if each.text().replace("&", "") == answer)
    shown.press(button)
    imported = shown.networks.store.imported
    if answer == "Cancel":
        shown.qtbot.wait(100)
        assert imported() == (first,)
        return
    if answer == "Keep both":
        details = shown.details()
        type_names(details.labels, "a", "b", "c")
        choose(details.preprocessing.preset, "unit")
        shown.qtbot.waitUntil(details.import_button.isEnabled, timeout=WAIT)
        shown.press(details.import_button)
        shown.qtbot.waitUntil(
            lambda: [each.id for each in imported()] == ["flowers", "flowers-2"], timeout=WAIT
        )
        return
    shown.qtbot.waitUntil(lambda: [each.sha256 for each in imported()] != [first.sha256], timeout=WAIT)
    (now,) = imported()
    assert now.id == "flowers"
    assert read_labels(now.labels)[0].name == "rose"
    assert now.preprocessing == first.preprocessing
    shown.qtbot.waitUntil(lambda: shown.card("flowers").spec == now, timeout=WAIT)


def test_a_file_that_replaces_one_of_another_size_is_asked_about(shown: Shown, tmp_path: Path) -> None:
    first = import_flowers(shown, tmp_path).spec
    shown.networks.downloads.import_file(own_network(tmp_path / "flowers.onnx", side=8))
    box = shown.question()
    (button,) = (each for each in box.buttons() if each.text().startswith("Replace"))
    shown.press(button)
    details = shown.details()
    shown.qtbot.waitUntil(details.import_button.isEnabled, timeout=WAIT)
    assert details.labels.text.toPlainText() == "rose\ntulip\ndaisy"
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.press(details.import_button)
    (now,) = shown.networks.store.imported()
    assert (now.id, now.preprocessing) == ("flowers", replace(first.preprocessing, crop=8, resize=8))


def test_the_same_file_is_imported_again_without_a_question(shown: Shown, tmp_path: Path) -> None:
    import_flowers(shown, tmp_path)
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.networks.downloads.import_file(tmp_path / "flowers.onnx")
    assert len(shown.networks.store.imported()) == 1


def test_what_an_import_found_out_is_on_the_card(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "things.onnx"
    onnx.save(classifier(1, 1000, side=64), path)
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.networks.downloads.import_file(path)
    notes = shown.card("things").notes
    shown.qtbot.waitUntil(notes.isVisible, timeout=WAIT)  # with the next layout
    assert "usual one of ImageNet" in notes.text()
    assert notes.text().endswith(".")


def test_import_can_be_given_up(shown: Shown, tmp_path: Path) -> None:
    shown.networks.downloads.import_file(own_network(tmp_path / "a.onnx"))
    shown.networks.downloads.import_file(own_network(tmp_path / "b.onnx"))
    strip = shown.page.strip

    def asks_about(name: str) -> bool:
        return strip.details is not None and strip.details.path.name == name

    for name in ("a.onnx", "b.onnx"):  # one question after the other
        shown.qtbot.waitUntil(partial(asks_about, name), timeout=WAIT)
        assert strip.details is not None
        QTest.keyClick(strip.details, Qt.Key.Key_Escape)
    assert strip.details is None
    assert not strip.running.isVisible()
    assert shown.page.isVisible()
    assert not shown.networks.store.imported()


def test_file_that_is_no_network_is_refused_with_a_reason(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.onnx"
    page.write_text("<!DOCTYPE html><html></html>")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(page), ""))
    shown.press(shown.page.import_button)
    failure = shown.page.strip.failure
    shown.qtbot.waitUntil(failure.isVisible, timeout=WAIT)
    assert "web page" in failure.text.text()
    assert not shown.page.strip.running.isVisible()
    shown.press(failure.dismiss)
    assert not failure.isVisible()
    shown.page.strip.show_error(WrongContent("x.onnx", Why.FOUND_JSON()))
    assert "JSON" in failure.text.text()


def test_a_file_that_has_vanished_is_told_as_missing(shown: Shown, tmp_path: Path) -> None:
    shown.networks.downloads.import_file(tmp_path / "vanished.onnx")
    failure = shown.page.strip.failure
    shown.qtbot.waitUntil(failure.isVisible, timeout=WAIT)
    assert "vanished.onnx could not be read or written: there is no such file" in failure.text.text()
    assert "permission" not in failure.title.text() + failure.text.text()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_network_that_does_harm_is_refused_and_the_window_goes_on(
    name: str, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 3.0)
    monkeypatch.setattr(isolation, "MEMORY", 1_000_000_000)
    labels, how = write_details(tmp_path).values()
    onnx.save(HOSTILE[name](), tmp_path / "bad.onnx")
    shown.networks.downloads.import_file(tmp_path / "bad.onnx", read_details(labels, how))
    strip = shown.page.strip
    shown.qtbot.waitUntil(lambda: strip.failure.isVisible() or name in DIVISION_IS_DEFINED, timeout=WAIT)
    if strip.failure.isVisible():
        assert "cannot be used as a network" in strip.failure.text.text()
        assert not shown.networks.store.imported()
    onnx.save(classifier(), tmp_path / "good.onnx")
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.networks.downloads.import_file(tmp_path / "good.onnx", read_details(labels, how))


def test_cancel_ends_an_import_that_hangs_and_the_next_one_starts(shown: Shown, tmp_path: Path) -> None:
    labels, how = write_details(tmp_path).values()
    onnx.save(endless(), tmp_path / "bad.onnx")
    onnx.save(classifier(), tmp_path / "good.onnx")
    shown.networks.downloads.import_file(tmp_path / "bad.onnx", read_details(labels, how))
    strip = shown.page.strip
    shown.qtbot.waitUntil(strip.running.isVisible, timeout=WAIT)
    shown.qtbot.wait(3000)  # until onnxruntime is in the loop
    assert strip.running.isVisible()
    shown.press(strip.cancel_button)
    assert not strip.running.isVisible()
    started = time.monotonic()
    with shown.qtbot.waitSignal(shown.networks.downloads.imported, timeout=WAIT):
        shown.networks.downloads.import_file(tmp_path / "good.onnx", read_details(labels, how))
    assert time.monotonic() - started < 20  # well before the limit of 30 seconds
    assert [each.id for each in shown.networks.store.imported()] == ["good"]


def test_tab_goes_down_the_cards(shown: Shown) -> None:
    cards = shown.page.cards()
    shown.page.first().setFocus()
    assert shown.page.focusWidget() is cards[2].button
    # Offscreen no window is active, so Qt is asked for the next one instead of pressing Tab.
    shown.page.focusNextChild()
    assert shown.page.focusWidget() is cards[2].more
    shown.page.focusNextChild()
    assert shown.page.focusWidget() is cards[3].button


def test_speeds_and_schemes_are_followed(shown: Shown, qapp: QApplication) -> None:
    shown.page.take_settings(Settings(speeds=(("starter", 81.0),)))
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
            shown.qtbot.waitUntil(partial(has_colour, wanted), timeout=WAIT)
    finally:
        qapp.setPalette(before)


def test_every_control_has_a_name(shown: Shown) -> None:
    for button in shown.page.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.text() or button.accessibleName(), button


def test_numbers_follow_the_language() -> None:
    progress = DownloadProgress("downloading", 123_000_000, 553_437_328, 8_200_000.0, 53.4)
    assert arrived(progress) == "123 MB of 553 MB (22 %)"
    assert pace(progress) == "8.2 MB/s · 53 s left"
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
