"""The devices page: true numbers and bars in proportion, reasons instead of them, kept and copied."""

import dataclasses
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.devices import GPU, OTHER_GPU, Devices, Scores, rounded, zeros
from tests.support.waiting import WAIT, wait_until_done
from tests.ui.conftest import MakePicture, StartApp
from tests.ui.devices.conftest import OpenPage, end_of_measuring
from tests.ui.test_networks_in_use import download
from vgg_desktop.inference.devices.listing import CPU, DeviceStatus
from vgg_desktop.inference.devices.measuring import (
    FormFacts,
    Measurement,
    MeasuringProgress,
    find_measurement,
)
from vgg_desktop.inference.forms.form import Agreement
from vgg_desktop.inference.results import Precision
from vgg_desktop.ui.app import App
from vgg_desktop.ui.devices.devices_page import DevicesPage
from vgg_desktop.ui.devices.network_group import FormRow, NetworkGroup
from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.words.formats import number
from vgg_desktop.why import Why

LEFT = Qt.MouseButton.LeftButton


def row(page: DevicesPage, network: str, device: str, precision: str = "exact") -> FormRow:
    (found,) = [
        each
        for each in page.view.groups[network].rows
        if (each.facts.device.id, each.facts.precision) == (device, precision)
    ]
    return found


def measurement(page: DevicesPage, network: str, device: str) -> Measurement:
    found = row(page, network, device).facts.measurement
    assert found is not None
    return found


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_nothing_is_measured_unasked(devices: Devices, app: App, open_page: OpenPage) -> None:
    page = open_page(app)
    assert list(page.view.cards) == [GPU.id, "cpu"]
    assert page.view.note.isVisible()
    assert row(page, "everyday", GPU.id).value.text() == "Not measured yet"
    assert row(page, "everyday", GPU.id).bar is None
    assert not page.table_button.isEnabled()
    assert not page.view.groups["everyday"].note.isHidden()  # there is no Fast yet


def test_true_numbers_and_bars_in_proportion(
    devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage
) -> None:
    devices.faults[GPU.provider] = rounded(0.0005)
    page = open_page(app)
    QTest.mouseClick(page.measure_button, LEFT)
    assert page.panel.isVisible()
    assert page.panel.cancel_button.hasFocus()
    assert not page.measure_button.isEnabled()
    end_of_measuring(app, qtbot)
    assert not page.panel.isVisible()
    assert page.measure_button.hasFocus()
    installed = app.store.get(app.session.choice.spec)
    both = {id: measurement(page, "everyday", id) for id in (GPU.id, "cpu")}
    assert both == {
        GPU.id: find_measurement(installed, GPU, "exact"),
        "cpu": find_measurement(installed, CPU, "exact"),
    }
    fastest = max(each.images_per_second for each in both.values())
    for id, found in both.items():
        shown = row(page, "everyday", id)
        assert shown.bar is not None
        assert shown.bar.share == found.images_per_second / fastest
        assert shown.value.text() == f"{number(found.images_per_second)} /s"
        assert f"{number(found.median_ms)} ms" in shown.details.text()
        assert f"{number(found.p95_ms)} ms" in shown.details.text()
        assert f"{number(found.load_ms)} ms" in shown.details.text()
    assert "4 of 4" in row(page, "everyday", GPU.id).details.text()
    assert "reference" in row(page, "everyday", "cpu").details.text()
    assert "passed" in page.view.cards[GPU.id].facts.text()


def test_the_bar_is_painted_as_long_as_it_says(
    devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage
) -> None:
    page = open_page(app)
    page.measure()
    end_of_measuring(app, qtbot)
    for each in page.view.groups["everyday"].rows:
        bar = each.bar
        assert bar is not None
        image = bar.grab().toImage()
        middle = image.height() // 2
        accent = tone(bar.palette(), Tone.ACCENT)
        colours = [image.pixelColor(x, middle) for x in range(image.width())]
        assert colours.count(accent) == pytest.approx(bar.share * image.width(), abs=6)


def test_a_device_that_lies_has_a_reason_and_no_bar(
    devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage
) -> None:
    devices.faults[GPU.provider] = rounded(0.5)
    page = open_page(app)
    page.measure()
    end_of_measuring(app, qtbot)
    shown, card = row(page, "everyday", GPU.id), page.view.cards[GPU.id]
    assert shown.bar is None
    assert "differ from the CPU's by 50 %" in shown.details.text()
    assert "Everyday (Exact)" in card.failures.text()
    assert "Not used" in card.state.text()
    assert row(page, "everyday", "cpu").bar is not None
    # Once the driver is mended, the device is believed again.
    del devices.faults[GPU.provider]
    QTest.mouseClick(card.button, LEFT)
    end_of_measuring(app, qtbot)
    assert not card.failures.isVisible()
    assert not card.button.isVisible()
    assert row(page, "everyday", GPU.id).value.text() == "Not measured yet"


def test_a_device_that_cannot_be_used_says_why(devices: Devices, app: App, open_page: OpenPage) -> None:
    devices.statuses[0] = DeviceStatus(GPU, Why.DEVICE_NO_CUDNN(version="9"))
    page = open_page(app)
    card = page.view.cards[GPU.id]
    assert card.state.text() == "Unavailable: cuDNN 9 was not found"
    assert "1.0" in card.facts.text()  # its driver
    assert not card.button.isVisible()
    assert [each.facts.device.id for each in page.view.groups["everyday"].rows] == ["cpu"]


def test_the_device_in_use_is_marked(devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage) -> None:
    qtbot.waitUntil(lambda: app.session.devices.loaded is not None, timeout=WAIT)
    page = open_page(app)
    assert app.session.devices.loaded is not None
    in_use = [card.name.text() for card in page.view.cards.values() if card.state.text() == "In use"]
    assert in_use == [app.session.devices.loaded.device]
    assert app.session.devices.loaded.device in page.now.text()


def test_cancelled_in_the_middle(
    devices: Devices, app: App, start_app: StartApp, qtbot: QtBot, open_page: OpenPage
) -> None:
    page = open_page(app)

    measurements = app.session.measurements

    def stop() -> None:
        progress = measurements.progress
        if progress is not None and progress.device == "cpu" and not measurements.is_stopping:
            QTest.mouseClick(page.panel.cancel_button, LEFT)

    measurements.changed.connect(stop)
    with qtbot.waitSignal(measurements.ended, timeout=WAIT):
        page.measure()
    end_of_measuring(app, qtbot)
    done = measurement(page, "everyday", GPU.id)
    assert row(page, "everyday", "cpu").value.text() == "Not measured yet"
    again = open_page(start_app())
    assert measurement(again, "everyday", GPU.id) == done
    assert row(again, "everyday", GPU.id).bar is not None


def test_it_goes_on_while_another_page_is_in_view(
    devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage
) -> None:
    page = open_page(app)
    with qtbot.waitSignal(app.session.measurements.ended, timeout=WAIT):
        page.measure()
        QTest.keyClick(page, Qt.Key.Key_Escape)
        assert app.window.pages.current == "pictures"
        assert app.session.measurements.activity
    app.window.show_page("devices")
    assert row(page, "everyday", "cpu").bar is not None  # and all of it was measured


def test_pictures_wait_and_the_page_says_so(
    devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage, make_picture: MakePicture
) -> None:
    gate = threading.Event()

    def hold(scores: Scores, _run: int) -> Scores:
        gate.wait(WAIT / 1000)
        return scores

    page = open_page(app)
    devices.faults[GPU.provider] = hold
    page.measure()
    app.session.pictures.open([make_picture("a.png")])  # as a folder that is still being searched does
    qtbot.waitUntil(page.panel.waiting.isVisible, timeout=WAIT)
    assert page.panel.waiting.text() == "1 picture waiting until this finishes."
    gate.set()
    end_of_measuring(app, qtbot)
    wait_until_done(app, qtbot, 1)
    qtbot.waitUntil(lambda: app.session.devices.loaded is not None, timeout=WAIT)


def test_one_of_several_networks(devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage) -> None:
    download(app, qtbot, "tiny-vgg16")
    page = open_page(app)
    assert list(page.view.groups) == ["everyday", "starter", "tiny-vgg16"]
    page.choice.setCurrentText("Tiny vgg16")
    page.measure()
    end_of_measuring(app, qtbot)
    assert row(page, "tiny-vgg16", "cpu").bar is not None
    assert row(page, "everyday", "cpu").bar is None


def test_copied_as_a_table(devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage) -> None:
    devices.faults[GPU.provider] = zeros
    page = open_page(app)
    page.measure()
    end_of_measuring(app, qtbot)
    QTest.mouseClick(page.table_button, LEFT)
    head, gpu, cpu, *_ = (line.split("\t") for line in clipboard().split("\n"))
    assert len(head) == len(gpu) == len(cpu)
    measured = measurement(page, "everyday", "cpu")
    assert cpu[:4] == ["Everyday", "CPU", "Exact", f"{measured.images_per_second:.2f}"]
    assert gpu[:4] == ["Everyday", GPU.name, "Exact", ""]
    assert gpu[-1] == "it returned the same score for every class"
    network = "\n".join(clipboard().split("\n")[:3])
    QGuiApplication.clipboard().clear()
    QTest.keyClick(page.view.groups["everyday"], Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == network


def test_diagnostics_are_copied(devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage) -> None:
    page = open_page(app)
    page.measure()
    end_of_measuring(app, qtbot)
    with qtbot.waitSignal(app.session.measurements.diagnosed, timeout=WAIT):
        QTest.mouseClick(page.text_button, LEFT)
    qtbot.waitUntil(lambda: "VGG Desktop" in clipboard(), timeout=WAIT)
    text = clipboard()
    assert f"{GPU.id}: {GPU.name}, {GPU.provider}, driver 1.0, usable" in text
    assert f"everyday on {GPU.id}, exact: passed" in text
    assert "pictures/s" in text


def test_without_a_mouse(devices: Devices, app: App, qtbot: QtBot, open_page: OpenPage) -> None:
    page = open_page(app)
    page.measure_button.setFocus()
    QTest.keyClick(page.measure_button, Qt.Key.Key_Return)
    end_of_measuring(app, qtbot)
    group = page.view.groups["everyday"]
    assert group.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert group.accessibleName() == "Everyday"
    assert "Test GPU, Exact: " in group.accessibleDescription()
    assert "pictures per second" in group.accessibleDescription()
    card = page.view.cards[GPU.id]
    assert (card.accessibleName(), "Test GPU" in card.button.accessibleName()) == (GPU.name, True)


def test_a_device_that_comes_and_goes(devices: Devices, app: App, open_page: OpenPage) -> None:
    page = open_page(app)
    app.window.show_page("pictures")
    devices.statuses.insert(1, DeviceStatus(OTHER_GPU))
    open_page(app)
    assert list(page.view.cards) == [GPU.id, OTHER_GPU.id, "cpu"]
    app.window.show_page("pictures")
    del devices.statuses[0]
    open_page(app)
    assert list(page.view.cards) == [OTHER_GPU.id, "cpu"]


def test_facts_tell_the_newer_failure() -> None:
    lost = Why.DEVICE_SAME_ANSWER()
    facts = FormFacts("m", GPU, "exact", None, Measurement("m", GPU.id, "exact", lost))
    assert facts.reason == lost
    assert dataclasses.replace(facts, measurement=None).reason is None


def test_both_precisions_share_a_scale(qtbot: QtBot) -> None:
    group = NetworkGroup("m", "Network")
    qtbot.addWidget(group)
    agreement = Agreement(16, 0.9375, 1.0, 0.031)
    speeds: dict[Precision, float] = {"exact": 50.0, "fast": 200.0}
    found = [
        FormFacts(
            "m",
            GPU,
            each,
            None,
            Measurement("m", GPU.id, each, images_per_second=speed, batch=8, agreement=agreement),
        )
        for each, speed in speeds.items()
    ]
    group.show_facts(found, None)
    assert [each.bar.share for each in group.rows if each.bar] == [0.25, 1.0]
    assert [each.name.text() for each in group.rows] == ["Test GPU, Exact", "Test GPU, Fast"]
    assert "15 of 16 pictures, probabilities differ by at most 3.10 %" in group.rows[1].details.text()
    assert group.note.isHidden()
    group.show_facts(found, MeasuringProgress("m", GPU.id, "fast", 0.5))
    assert group.rows[1].value.text() == "Being measured…"
    assert group.rows[1].bar is None


def test_a_network_that_can_have_no_fast_says_why(qtbot: QtBot) -> None:
    group = NetworkGroup("mine", "Mine")
    qtbot.addWidget(group)
    group.show_facts([FormFacts("mine", CPU, "exact", fast_reason=Why.FORM_NOT_FASTER())], None)
    assert not group.note.isHidden()
    assert group.note.text().startswith("Fast is not available here: ")
    group.show_facts([FormFacts("mine", CPU, "exact")], None)
    assert "first choose Fast" in group.note.text()
