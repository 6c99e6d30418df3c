"""The picture by gesture: zoom, pan, and the square that the network saw."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vgg_desktop.ui.pictures.overlays import CropOverlay
from vgg_desktop.ui.pictures.picture_view import PictureView

NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def quarters(width: int, height: int) -> QImage:
    """Make an image of four colours: red, green above blue, yellow."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    for left, top, colour in ((1, 0, "lime"), (0, 1, "blue"), (1, 1, "yellow")):
        for x in range(left * width // 2, (left + 1) * width // 2):
            for y in range(top * height // 2, (top + 1) * height // 2):
                image.setPixelColor(x, y, QColor(colour))
    return image


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(408, 308)  # 400 x 300 within the margin
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def seen(view: PictureView, x: int, y: int) -> str:
    return view.grab().toImage().pixelColor(x, y).name()


def turn_wheel(view: PictureView, place: QPointF, steps: float, *, pixels: int = 0) -> None:
    phase = Qt.ScrollPhase.ScrollUpdate if pixels else Qt.ScrollPhase.NoScrollPhase
    delta, exact = QPoint(0, round(120 * steps)), QPoint(0, pixels)
    event = QWheelEvent(
        place, QPointF(view.mapToGlobal(place)), exact, delta, Qt.MouseButton.NoButton, NO_KEYS, phase, False
    )
    QApplication.sendEvent(view, event)


def test_image_is_fitted_and_centred(view: PictureView) -> None:
    view.show_image(quarters(200, 100))
    frame = view.frame()
    assert (frame.width(), frame.height()) == (400, 200)
    assert frame.center() == QPointF(204, 154)
    assert view.fitted
    assert view.zoom == pytest.approx(2.0)
    assert [seen(view, *place) for place in ((100, 100), (300, 100), (100, 200), (300, 200))] == [
        "#ff0000", "#00ff00", "#0000ff", "#ffff00",
    ]  # fmt: skip


def test_rest_is_dimmed_beside_the_square_until_switched_off(view: PictureView) -> None:
    crop = CropOverlay()
    crop.changed.connect(view.update)
    view.overlays.append(crop)
    view.show_image(quarters(400, 300))
    crop.set_square((0.125, 0, 0.875, 1))
    assert QColor(seen(view, 20, 100)).red() < 170
    assert seen(view, 150, 100) == "#ff0000"
    crop.set_shown(False)
    assert not crop.shown
    assert seen(view, 20, 100) == "#ff0000"
    crop.set_shown(True)
    assert QColor(seen(view, 20, 100)).red() < 170
    view.show_image(quarters(400, 300))  # of which no square is known yet
    assert seen(view, 20, 100) == "#ff0000"


def test_wheel_zooms_towards_the_pointer(view: PictureView, qtbot: QtBot) -> None:
    view.show_image(quarters(400, 300))
    place = QPointF(104, 79)
    before = (place - view.frame().topLeft()) / view.zoom
    with qtbot.waitSignal(view.zoomChanged) as told:
        turn_wheel(view, place, 2)
    assert told.args == [pytest.approx(1.5625)]
    after = (place - view.frame().topLeft()) / view.zoom
    assert (after - before).manhattanLength() < 0.01
    turn_wheel(view, place, -9)
    assert view.fitted


def test_touch_pad_zooms_smoothly(view: PictureView) -> None:
    view.show_image(quarters(400, 300))
    turn_wheel(view, QPointF(204, 154), 0.1, pixels=10)
    assert 1.0 < view.zoom < 1.1


def test_pinch_zooms(view: PictureView) -> None:
    view.show_image(quarters(400, 300))
    place = QPointF(204, 154)
    device = QPointingDevice.primaryPointingDevice()

    def gesture(kind: Qt.NativeGestureType, value: float) -> None:
        event = QNativeGestureEvent(kind, device, 2, place, place, place, value, QPointF())
        QApplication.sendEvent(view, event)

    gesture(Qt.NativeGestureType.ZoomNativeGesture, 0.5)
    assert view.zoom == pytest.approx(1.5)
    gesture(Qt.NativeGestureType.SmartZoomNativeGesture, 0)
    assert view.fitted
    gesture(Qt.NativeGestureType.SmartZoomNativeGesture, 0)
    assert view.zoom == pytest.approx(2.0)


def test_keys_zoom(view: PictureView) -> None:
    view.show_image(quarters(800, 600))
    assert view.zoom == pytest.approx(0.5)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(0.625)
    QTest.keyClick(view, Qt.Key.Key_1)
    assert view.zoom == 1.0
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(0.8)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.fitted


def test_small_image_can_be_shown_at_its_size(view: PictureView) -> None:
    view.show_image(quarters(32, 24))
    assert view.zoom > 10
    QTest.keyClick(view, Qt.Key.Key_1)
    assert view.frame().width() == 32


def test_double_click_fits(view: PictureView) -> None:
    view.show_image(quarters(400, 300))
    view.zoom_in()
    assert not view.fitted
    QTest.mouseDClick(view, LEFT, pos=QPoint(200, 150))
    assert view.fitted


def test_zoom_has_limits(view: PictureView) -> None:
    view.show_image(quarters(400, 300))
    for _ in range(40):
        view.zoom_in()
    assert view.zoom == 16
    for _ in range(40):
        view.zoom_out()
    assert view.fitted


def test_enlarged_pixels_are_crisp(view: PictureView) -> None:
    view.show_image(quarters(20, 15))
    image = view.grab().toImage()
    middle = {image.pixelColor(x, 60).name() for x in range(150, 260)}
    assert middle == {"#ff0000", "#00ff00"}  # nothing in between


def test_drag_moves_a_zoomed_picture(view: PictureView) -> None:
    view.show_image(quarters(400, 300))
    view.fit()
    assert view.cursor().shape() is Qt.CursorShape.ArrowCursor
    for _ in range(4):
        view.zoom_in()
    assert view.cursor().shape() is Qt.CursorShape.OpenHandCursor
    before = view.frame().topLeft()
    QTest.mousePress(view, LEFT, pos=QPoint(200, 150))
    assert view.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(view, QPoint(230, 140))
    QTest.mouseRelease(view, LEFT, pos=QPoint(230, 140))
    assert view.frame().topLeft() - before == QPointF(30, -10)
    assert view.cursor().shape() is Qt.CursorShape.OpenHandCursor


def test_picture_cannot_be_dragged_away(view: PictureView) -> None:
    view.show_image(quarters(400, 300))
    view.zoom_in()
    for _ in range(5):
        QTest.mousePress(view, LEFT, pos=QPoint(10, 10))
        QTest.mouseMove(view, QPoint(400, 300))
        QTest.mouseRelease(view, LEFT, pos=QPoint(400, 300))
    assert view.frame().topLeft() == QPointF(4, 4)


class Outer(QWidget):
    """Counts the keys that its child left to it."""

    passed = 0

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        self.passed += 1


def test_arrows_pan_when_zoomed_and_step_or_are_left_to_others_otherwise(
    view: PictureView, qtbot: QtBot
) -> None:
    outer = Outer()
    qtbot.addWidget(outer)
    view.setParent(outer)
    outer.show()
    view.show()
    view.show_image(quarters(400, 300))
    steps: list[int] = []
    view.stepRequested.connect(steps.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(view, key)
    assert steps == [1, -1, 1, -1]
    assert outer.passed == 0
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert outer.passed == 1
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert len(steps) == 4
    passed = outer.passed
    view.zoom_in()
    left = view.frame().left()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.frame().left() < left
    assert (outer.passed, len(steps)) == (passed, 4)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert steps[4:] == [1]
    view.setParent(None)


def test_a_picture_that_cannot_be_read_is_stepped_over(view: PictureView) -> None:
    steps: list[int] = []
    view.stepRequested.connect(steps.append)
    view.show_image(quarters(400, 300))
    view.show_missing()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert steps == [1]
    empty = view.palette().color(view.backgroundRole()).name()
    middle = view.rect().center()
    around = {
        seen(view, middle.x() + x, middle.y() + y) for x in range(-30, 30, 2) for y in range(-30, 30, 2)
    }
    assert len(around - {empty}) > 0, "no symbol is shown"
    view.show_image(None)
    assert {seen(view, middle.x() + x, middle.y()) for x in range(-30, 30)} == {empty}


def test_another_picture_is_fitted_again(view: PictureView) -> None:
    view.show_image(quarters(400, 300))
    view.zoom_in()
    view.show_image(quarters(200, 300))
    assert view.fitted
    view.resize(208, 308)
    assert view.frame().width() == pytest.approx(200)


def test_no_image_and_empty_image_show_nothing_and_take_no_gestures(view: PictureView, qtbot: QtBot) -> None:
    for image in (None, QImage()):
        view.show_image(image)
        with qtbot.assertNotEmitted(view.zoomChanged):
            view.zoom_in()
            turn_wheel(view, QPointF(100, 100), 1)
            QTest.keyClick(view, Qt.Key.Key_Plus)
        assert view.image is None


def test_wait_is_shown_when_it_takes_a_moment_and_ends_with_the_image(
    view: PictureView, qtbot: QtBot
) -> None:
    empty = view.grab().toImage()
    view.show_waiting("Reading holiday.jpg…")
    assert view.grab().toImage() == empty
    qtbot.waitUntil(lambda: view.grab().toImage() != empty)
    view.show_image(quarters(400, 300))
    assert seen(view, 100, 100) == "#ff0000"
    view.show_image(None)
    assert view.grab().toImage() == empty


def test_focus_is_seen_and_the_view_has_a_name(view: PictureView) -> None:
    view.show_image(quarters(400, 300))
    with_focus = view.grab().toImage()
    view.clearFocus()
    assert view.grab().toImage() != with_focus
    assert view.accessibleName()


def test_dense_screens_get_their_pixels(view: PictureView) -> None:
    view.show_image(quarters(800, 600))
    image = QImage(view.size() * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    view.render(image)
    assert image.pixelColor(200, 200).name() == "#ff0000"
    assert image.pixelColor(600, 400).name() == "#ffff00"
