"""Whether the preprocessing of an imported network is right, by pictures whose classes are known."""

from dataclasses import replace
from pathlib import Path

import onnx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.classifiers import classifier, own_everyday
from tests.ui.networks.test_downloads import WAIT, own_network
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING
from vgg_desktop.models.details import Details, read_details
from vgg_desktop.settings import load
from vgg_desktop.ui.app import App
from vgg_desktop.ui.networks.fits import FitPanel, fit_text
from vgg_desktop.ui.networks.networks_page import NetworksPage
from vgg_desktop.ui.networks.state import Fit
from vgg_desktop.why import Why

LEFT = Qt.MouseButton.LeftButton
BYTES = replace(IMAGENET_PREPROCESSING, scale=1.0, mean=(0.0,) * 3, std=(1.0,) * 3)
TEXT = Why.LIBRARY(text="right on 11")
SYMMETRIC = replace(IMAGENET_PREPROCESSING, mean=(0.5,) * 3, std=(0.5,) * 3)


@pytest.mark.parametrize(
    ("fit", "text", "offered"),
    [
        (Fit(SYMMETRIC, fits=True, is_better=True, reason=TEXT), "Right on 11.", True),
        (Fit(BYTES, fits=True, is_better=False, reason=TEXT), "Right on 11.", False),
        (
            Fit(BYTES, fits=False, is_better=False, reason=TEXT),
            "Right on 11. Its answers are probably",
            False,
        ),
    ],
)
def test_a_fit_is_said_and_a_better_one_offered(fit: Fit, text: str, offered: bool, qtbot: QtBot) -> None:
    panel = FitPanel()
    qtbot.addWidget(panel)
    assert panel.isHidden()
    panel.show_fit(fit)
    assert fit_text(fit).startswith(text)
    assert panel.text.text() == fit_text(fit)
    assert panel.use.isVisible() == offered
    if offered:
        with qtbot.waitSignal(panel.useRequested) as used:
            QTest.mouseClick(panel.use, LEFT)
        assert used.args == [SYMMETRIC]


def import_own(app: App, qtbot: QtBot, path: Path, details: Details) -> None:
    app.downloads.import_file(path, details)
    qtbot.waitUntil(lambda: app.session.choice.spec.id == path.stem, timeout=WAIT)


def test_what_fits_better_is_used_with_consent(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    path = own_everyday(tmp_path / "mine.onnx")
    import_own(app, qtbot, path, Details(preprocessing=BYTES))
    bar = app.window.info_bar
    qtbot.waitUntil(lambda: bar.notice is not None and bar.notice.key == "fit", timeout=WAIT)
    assert "fits better" in bar.text.text()
    assert app.session.choice.spec.preprocessing == BYTES  # nothing was changed without being asked
    dialog = app.window.show_page("networks")
    assert isinstance(dialog, NetworksPage)
    card = dialog.card("mine")
    assert card.fit.text.text()[1:-1] in bar.text.text()
    dialog.strip.change_details(card.spec)
    form = dialog.strip.details
    assert form is not None
    QTest.mouseClick(form.fit.use, LEFT)
    qtbot.waitUntil(
        lambda: [each.label for each in form.trial.bars.predictions][:1] == ["running shoe"], timeout=WAIT
    )
    found = app.downloads.fits.fit(card.spec)
    assert found is not None
    assert form.preprocessing.preprocessing() == found.best
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert app.session.choice.spec.preprocessing == BYTES
    with qtbot.waitSignal(app.downloads.revised, timeout=WAIT):
        QTest.mouseClick(card.fit.use, LEFT)
    now = app.session.choice.spec
    assert now.revision == 1
    assert now.preprocessing != BYTES
    qtbot.waitUntil(lambda: "its preprocessing fits" in card.fit.text.text().lower(), timeout=WAIT)
    assert not card.fit.use.isVisible()
    assert bar.notice is None or bar.notice.key != "fit"


def test_a_network_that_nothing_fits_is_doubted_until_the_user_confirms(
    app: App, qtbot: QtBot, tmp_path: Path
) -> None:
    onnx.save(classifier("N", 1000, side=64), tmp_path / "odd.onnx")  # of random weights
    import_own(app, qtbot, tmp_path / "odd.onnx", Details())
    bar = app.window.info_bar
    qtbot.waitUntil(lambda: bar.notice is not None and bar.notice.key == "fit", timeout=WAIT)
    assert "No usual preprocessing fits odd" in bar.text.text()
    app.session.settings.save()
    assert load().doubted == ("odd",)
    app.session.choice.use(app.downloads.specs()[0])
    assert bar.notice is None or bar.notice.key != "fit"
    odd = app.downloads.spec("odd")
    assert odd is not None
    app.session.choice.use(odd)
    change, _confirm = bar.buttons
    QTest.mouseClick(change, LEFT)
    dialog = app.window.show_page("networks")
    assert isinstance(dialog, NetworksPage)
    assert dialog.strip.details is not None
    assert dialog.strip.details.known == odd
    QTest.keyClick(dialog.strip.details, Qt.Key.Key_Escape)
    app.session.choice.use(app.downloads.specs()[0])
    app.session.choice.use(odd)
    QTest.mouseClick(bar.buttons[1], LEFT)
    assert app.session.settings.value.doubted == ()
    app.session.choice.use(app.downloads.specs()[0])
    app.session.choice.use(odd)
    assert bar.notice is None or bar.notice.key != "fit"


def test_networks_of_other_classes_are_not_judged(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    labels, how = tmp_path / "names.txt", tmp_path / "how.toml"
    labels.write_text("rose\ntulip\ndaisy\n", "utf-8")
    how.write_text("crop = 16\n", "utf-8")
    import_own(app, qtbot, own_network(tmp_path / "flowers.onnx"), read_details(labels, how))
    qtbot.wait(1500)
    assert app.downloads.fits.fit(app.session.choice.spec) is None
    notice = app.window.info_bar.notice
    assert notice is None or notice.key != "fit"
