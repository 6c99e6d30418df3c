"""Networks from the window's side: dropped, moved, removed, broken."""

import sys
import weakref
import zipfile
from pathlib import Path

import onnx
import pytest
from onnx import helper
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.classifiers import classifier, write_details
from tests.support.waiting import WAIT, answer_question, drop, states, wait_until_done, wait_until_idle
from tests.ui.conftest import MakePicture, StartApp
from tests.ui.networks.test_downloads import own_network
from vgg_desktop import settings
from vgg_desktop.errors import ModelUnusable
from vgg_desktop.inference.results import Prediction
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.details import Details, read_details
from vgg_desktop.models.labels import Label
from vgg_desktop.settings import Settings
from vgg_desktop.ui.app import App
from vgg_desktop.ui.networks.networks_page import NetworksPage
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.pictures.inspector import Inspector
from vgg_desktop.ui.pictures.rows import RowState
from vgg_desktop.ui.work.engine import Setup
from vgg_desktop.why import Why


def download(app: App, qtbot: QtBot, id: str) -> None:
    app.downloads.start(id)
    qtbot.waitUntil(lambda: app.session.choice.spec.id == id, timeout=WAIT)
    wait_until_idle(app.queues.inference, qtbot)  # nothing more is done with its files


def test_dropped_network_is_installed_and_used(
    app: App, qtbot: QtBot, make_picture: MakePicture, tiny_networks: Path
) -> None:
    drop(app, make_picture("a.png"), tiny_networks / "vgg16-7.onnx")
    qtbot.waitUntil(lambda: app.session.choice.spec.id == "tiny-vgg16", timeout=WAIT)
    (row,) = app.session.pictures.model.rows()
    # The network before it may have been faster.
    qtbot.waitUntil(lambda: (row.classification and row.classification.model) == "tiny-vgg16", timeout=WAIT)
    assert app.window.network_button.text() == "Tiny vgg16"


def test_dropped_archive_of_a_network_is_installed_and_used(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    details = write_details(tmp_path)
    onnx.save(classifier(), tmp_path / "model.onnx")
    with zipfile.ZipFile(tmp_path / "fruit.zip", "w") as archive:
        for path in (tmp_path / "model.onnx", *details.values()):
            archive.write(path, path.name)
    drop(app, tmp_path / "fruit.zip")
    qtbot.waitUntil(lambda: app.session.choice.spec.id == "fruit", timeout=WAIT)
    assert not list(app.session.pictures.model.rows())


def test_networks_move_with_everything(
    app: App,
    start_app: StartApp,
    qtbot: QtBot,
    tmp_path: Path,
    make_picture: MakePicture,
) -> None:
    download(app, qtbot, "tiny-vgg16")
    target = tmp_path / "other disk"
    asked = answer_question("Cancel")
    app.window.pages.folderChosen.emit(target)
    assert asked == [f"Move the downloaded networks to {target}?"]
    assert app.session.settings.value.models_folder == ""
    answer_question("Move")
    with qtbot.waitSignal(app.downloads.moved, timeout=WAIT):
        app.window.pages.folderChosen.emit(target)
    qtbot.waitUntil(lambda: app.session.settings.value.models_folder == str(target), timeout=WAIT)
    assert app.downloads.state("tiny-vgg16").phase is Phase.INSTALLED
    assert str(target) in app.window.info_bar.text.text()
    app.session.settings.save()
    # The next start finds it there.
    again = start_app(settings.load())
    assert again.session.choice.spec.id == "tiny-vgg16"
    drop(again, make_picture("a.png"))
    wait_until_done(again, qtbot, 1)
    assert states(again) == [RowState.DONE]


def test_a_folder_that_cannot_be_used_costs_nothing(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    download(app, qtbot, "tiny-vgg16")
    (tmp_path / "a file").write_text("in the way")
    answer_question("Move")
    with qtbot.waitSignal(app.downloads.moveFailed, timeout=WAIT):
        app.window.pages.folderChosen.emit(tmp_path / "a file")
    assert "a file" in app.window.info_bar.text.text()
    assert app.downloads.state("tiny-vgg16").phase is Phase.INSTALLED
    assert app.session.settings.value.models_folder == ""


def test_removing_the_network_in_use_goes_back_to_the_everyday_network(
    app: App, qtbot: QtBot, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    download(app, qtbot, "tiny-vgg16")
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    remove, in_use = app.store.remove, weakref.ref(app.engine._classifier)
    found: list[object] = []

    def remove_and_tell(spec: ModelSpec) -> bool:
        found.append(in_use())
        return remove(spec)

    monkeypatch.setattr(app.store, "remove", remove_and_tell)
    with qtbot.waitSignal(app.downloads.removed, timeout=WAIT):
        app.downloads.remove("tiny-vgg16")
    assert found == [None]  # Windows deletes no file that is mapped into memory
    qtbot.waitUntil(lambda: app.session.choice.spec.id == "everyday", timeout=WAIT)
    wait_until_done(app, qtbot, 1)
    (row,) = app.session.pictures.model.rows()
    assert row.classification is not None
    assert row.classification.model == "everyday"


def test_a_network_that_was_left_disturbs_nothing_any_more(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    download(app, qtbot, "tiny-vgg16")
    left = app.session.choice.spec
    app.session.choice.use(app.downloads.specs()[0])
    told: list[object] = []
    app.session.choice.networkFailed.connect(told.append)
    app.session.pictures.pause(True)
    drop(app, make_picture("a.png"))
    qtbot.waitUntil(lambda: app.session.pictures.model.counts.open == 1, timeout=WAIT)
    gone = ModelUnusable(Path("vgg16-7.onnx"), Why.LIBRARY(text="it is gone"))
    app.session.choice.take_failure(Setup(left), gone)
    app.session.pictures.pause(False)
    wait_until_done(app, qtbot, 1)
    assert told == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses to delete a network in use")
def test_a_network_that_vanished_says_so_once_and_keeps_the_pictures(
    app: App, start_app: StartApp, qtbot: QtBot, make_picture: MakePicture
) -> None:
    download(app, qtbot, "tiny-vgg16")
    spec = app.session.choice.spec
    again = start_app(Settings(model="tiny-vgg16"))
    again.session.pictures.pause(True)
    drop(again, *(make_picture(f"{name}.png") for name in "abc"))
    qtbot.waitUntil(lambda: len(states(again)) == 3, timeout=WAIT)
    (again.store.folder(spec) / spec.filename).unlink()
    # Another number of threads needs another session, and its file is gone.
    again.session.settings.change(threads=1)
    again.session.pictures.pause(False)
    qtbot.waitUntil(lambda: RowState.FAILED in states(again), timeout=WAIT)
    wait_until_done(again, qtbot, 3)
    # Those that the thread had not come to by then are stopped, not failed.
    assert set(states(again)) <= {RowState.FAILED, RowState.CANCELLED}
    assert spec.title in again.window.info_bar.text.text()
    # With the everyday network all of them have their answer.
    again.session.choice.use(again.downloads.specs()[0])
    wait_until_done(again, qtbot, 3)
    assert set(states(again)) == {RowState.DONE}


def test_reset_goes_back_to_the_everyday_network(app: App, qtbot: QtBot) -> None:
    download(app, qtbot, "tiny-vgg16")
    app.session.settings.update(lambda _before: Settings())
    assert app.session.choice.spec.id == "everyday"


def test_finished_download_does_not_take_the_choice_away(app: App, qtbot: QtBot) -> None:
    download(app, qtbot, "tiny-vgg16")
    with qtbot.waitSignal(app.downloads.installed, timeout=WAIT):
        app.downloads.start("tiny-vgg19")
    assert app.session.choice.spec.id == "tiny-vgg16"
    (use,) = app.window.info_bar.buttons
    use.click()
    assert app.session.choice.spec.id == "tiny-vgg19"


def test_another_number_of_threads_counts_from_the_next_pictures_on(
    app: App, qtbot: QtBot, make_picture: MakePicture
) -> None:
    loaded: list[object] = []
    app.engine.loaded.connect(loaded.append)
    # In the thread that classifies, as nobody could choose at that moment by hand.
    app.engine.loaded.connect(
        lambda _loaded: setattr(app.engine, "threads", 1), Qt.ConnectionType.DirectConnection
    )
    drop(app, *(make_picture(f"{number}.png", number) for number in range(30)))
    wait_until_done(app, qtbot, 30)
    assert len(loaded) == 2
    assert set(states(app)) == {RowState.DONE}


def test_pictures_are_classified_again_after_a_change_of_names(
    app: App, qtbot: QtBot, make_picture: MakePicture, tmp_path: Path
) -> None:
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    app.downloads.import_file(own_network(tmp_path / "flowers.onnx"), read_details(labels, how))
    qtbot.waitUntil(lambda: app.session.choice.spec.id == "flowers", timeout=WAIT)
    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    (row,) = app.session.pictures.model.rows()
    assert row.classification is not None
    before = row.classification.predictions[0]
    names = [Label(index, str(index), f"new {index}") for index in range(3)]
    with qtbot.waitSignal(app.session.choice.answersOutdated, timeout=WAIT):
        app.downloads.change_details(app.session.choice.spec, Details(labels=tuple(names)))
    assert app.session.choice.spec.revision == 1

    def first() -> Prediction | None:
        (row,) = app.session.pictures.model.rows()
        done = row.state is RowState.DONE and row.classification is not None
        return row.classification.predictions[0] if done and row.classification else None

    qtbot.waitUntil(lambda: (now := first()) is not None and now.label == f"new {before.index}", timeout=WAIT)
    now = first()
    assert now is not None
    assert now.probability == pytest.approx(before.probability)


def test_the_card_of_an_imported_network_comes_into_view(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    page = app.window.show_page("networks")
    assert isinstance(page, NetworksPage)
    onnx.save(classifier("N", 1000, side=64), tmp_path / "mine.onnx")
    app.downloads.import_file(tmp_path / "mine.onnx")
    qtbot.waitUntil(lambda: app.session.choice.spec.id == "mine", timeout=WAIT)
    card, area = page.card("mine"), page.viewport()
    qtbot.waitUntil(lambda: area.rect().contains(card.mapTo(area, card.rect().center())), timeout=WAIT)


def test_a_change_of_another_network_leaves_the_one_in_use(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    app.downloads.import_file(own_network(tmp_path / "flowers.onnx"), read_details(labels, how))
    qtbot.waitUntil(lambda: app.session.choice.spec.id == "flowers", timeout=WAIT)
    flowers = app.session.choice.spec
    app.session.choice.use(app.downloads.specs()[0])
    with qtbot.waitSignal(app.downloads.revised, timeout=WAIT):
        app.downloads.change_details(flowers, Details(outputs="independent"))
    assert app.session.choice.spec.id == "everyday"
    changed = app.downloads.spec("flowers")
    assert changed is not None
    assert changed.outputs == "independent-logits"


def test_independent_classes_are_told_below_their_bars(
    app: App, qtbot: QtBot, make_picture: MakePicture, tmp_path: Path
) -> None:
    def line_of(name: str, *, sigmoid: bool) -> bool:
        """Import a network, and return whether its answer is said to be of independent classes."""
        network = classifier(seed=4)
        if sigmoid:
            (output,) = network.graph.output
            network.graph.node.append(helper.make_node("Sigmoid", [output.name], ["shares"]))
            output.name = "shares"
        path = tmp_path / f"{name}.onnx"
        onnx.save(network, path)
        app.downloads.import_file(path, read_details(**write_details(tmp_path)))
        qtbot.waitUntil(lambda: app.session.choice.spec.id == name, timeout=WAIT)

        def is_shown() -> bool:
            (row,) = app.session.pictures.model.rows()
            answer = row.classification
            return row.state is RowState.DONE and answer is not None and answer.model == name

        qtbot.waitUntil(is_shown, timeout=WAIT)
        panel = app.window.findChild(Inspector)
        assert isinstance(panel, Inspector)
        qtbot.waitUntil(lambda: bool(panel.bars.predictions), timeout=WAIT)
        return panel.answer.independent.isVisible()

    drop(app, make_picture("a.png"))
    wait_until_done(app, qtbot, 1)
    assert line_of("tags", sigmoid=True)
    assert not line_of("fruit", sigmoid=False)
