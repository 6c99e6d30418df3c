"""The fields of the preprocessing form: numbers that stay exact, one per channel, and sizes."""

import math

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from vgg_desktop.models.catalog import MAX_SIDE, Size, height_and_width
from vgg_desktop.ui.look.widgets import fill


def number_text(value: float) -> str:
    """Return a number of a preset as the user's language writes it, with at most six digits."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(value, "g", 6)


def parse_number(text: str) -> float | None:
    """Return the number that a user wrote, with a point or as the language does; None where it is none."""
    try:
        value = float(text)  # first: in German "1.234" would be a thousand, which no deviation is
    except ValueError:
        value, is_number = QLocale().toDouble(text.strip())
        if not is_number:
            return None
    return value if math.isfinite(value) else None


class NumberEdit(QLineEdit):
    """A line with a number; until it is changed it keeps the digits that are not shown."""

    def __init__(self) -> None:
        super().__init__()
        self._exact = 0.0
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 9)

    def set_value(self, value: float) -> None:
        """Show a number."""
        self._exact = value
        with QSignalBlocker(self):
            self.setText(number_text(value))

    def value(self) -> float | None:
        """Return the number, or None where the text is none."""
        return self._exact if self.text() == number_text(self._exact) else parse_number(self.text())


class ChannelNumbers(QWidget):
    """One number for each channel."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.edits = tuple(NumberEdit() for _ in range(3))
        for edit in self.edits:
            edit.textEdited.connect(self.changed)
        self.setFocusProxy(self.edits[0])
        row = QHBoxLayout(self)
        fill(row, *self.edits, spacing=self.fontMetrics().height() // 3, margins=(0, 0, 0, 0))

    def set_channels(self, names: tuple[str, ...]) -> None:
        """Ask for a number for each of these channels."""
        for place, edit in enumerate(self.edits):
            edit.setVisible(place < len(names))
            if place < len(names):
                edit.setAccessibleName(f"{self._name}, {names[place]}")
                edit.setToolTip(names[place])

    def set_values(self, values: tuple[float, ...]) -> None:
        """Show the numbers; of grey there is one."""
        for edit, value in zip(self.edits, values, strict=False):
            edit.set_value(value)

    def values(self) -> tuple[float | None, ...]:
        """Return the numbers of the channels."""
        return tuple(edit.value() for edit in self.edits if not edit.isHidden())


class SizeField(QWidget):
    """Width and height in pixels; the texts beside them are in the order in which people say them."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.width_box, self.height_box = QSpinBox(), QSpinBox()
        for box, side in ((self.width_box, self.tr("width")), (self.height_box, self.tr("height"))):
            box.setRange(1, MAX_SIDE)
            box.setAccessibleName(f"{name}, {side}")
            box.setToolTip(side)
            box.setKeyboardTracking(True)
            box.valueChanged.connect(self.changed)
        self.setFocusProxy(self.width_box)
        times, pixels = QLabel("×"), QLabel(self.tr("pixels"))
        row = QHBoxLayout(self)
        spacing = self.fontMetrics().height() // 3
        fill(row, self.width_box, times, self.height_box, pixels, None, spacing=spacing, margins=(0, 0, 0, 0))

    def set_size(self, size: Size) -> None:
        """Show a size."""
        height, width = height_and_width(size)
        for box, value in ((self.width_box, width), (self.height_box, height)):
            with QSignalBlocker(box):
                box.setValue(value)

    def size_in_pixels(self) -> Size:
        """Return the side of a square, or height and width."""
        height, width = self.height_box.value(), self.width_box.value()
        return height if height == width else (height, width)

    def set_fixed(self, fixed: tuple[bool, bool], why: str) -> None:
        """Let height and width be changed only where the network does not fix them."""
        for box, is_fixed in zip((self.height_box, self.width_box), fixed, strict=True):
            box.setReadOnly(is_fixed)
            box.setAccessibleDescription(why if is_fixed else "")
