"""How pictures are prepared for a network: a drop-down of the usual ways, and every number for who needs it."""

from dataclasses import fields, replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop.models.catalog import (
    IMAGENET_PREPROCESSING,
    MAX_SIDE,
    Channels,
    Outputs,
    Preprocessing,
    Size,
    height_and_width,
)
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.widgets import TonedLabel, fill, push_button, scaled
from vgg_desktop.ui.networks.preprocessing_fields import ChannelNumbers, NumberEdit, SizeField
from vgg_desktop.ui.networks.presets import CUSTOM, PRESETS, preset_hint, preset_of, preset_title

LEFT = Qt.AlignmentFlag.AlignLeft
SUFFIXES = (".toml", ".json")


class PreprocessingForm(QWidget):
    """A preset, and the fields that it fills; without a preset chosen the preprocessing is not known yet."""

    changed = Signal()
    fileChosen = Signal(object)  # noqa: N815 - Qt's way of naming; the Path of a file to be read

    def __init__(self) -> None:
        super().__init__()
        self._shown = IMAGENET_PREPROCESSING  # where fields are invalid, what was valid last
        self._failure = self._source = ""
        self._make_preset()
        self._make_fields()
        self._lay_out()
        self.show_preprocessing(None)

    # Building

    def _make_preset(self) -> None:
        self.title = QLabel(self.tr("&Preprocessing"))
        self.title.setFont(scaled(self.title.font()))
        self.preset = QComboBox()
        self.preset.setAccessibleName(self.tr("Preprocessing"))
        self.preset.setPlaceholderText(self.tr("Choose how it was trained…"))
        self.preset.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.preset.setMinimumContentsLength(22)
        for id in (*PRESETS, CUSTOM):
            self.preset.addItem(preset_title(id), id)
        self.title.setBuddy(self.preset)
        self.choose = push_button(self.tr("From a file…"), self._choose, "open")
        self.choose.setAccessibleName(self.tr("Preprocessing from a file…"))
        self.hint = TonedLabel()
        self.problem = TonedLabel(Tone.BAD)
        self.toggle = QToolButton()
        self.toggle.setText(self.tr("All settings"))
        self.toggle.setCheckable(True)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.preset.activated.connect(self._take_preset)
        self.toggle.toggled.connect(self._show_fields)

    def _make_fields(self) -> None:
        self.size_field = SizeField(self.tr("Size"))
        self.keep_aspect = self._choices(
            (True, self.tr("Keep the aspect ratio and crop the middle")),
            (False, self.tr("Squash to the size")),
        )
        self.resize_field = SizeField(self.tr("Resize first to"))
        self.interpolation = self._choices(
            ("nearest", self.tr("Nearest")),
            ("bilinear", self.tr("Bilinear")),
            ("bicubic", self.tr("Bicubic")),
            ("lanczos", "Lanczos"),
        )
        self.channels = self._choices(
            ("RGB", self.tr("RGB: red, green, blue")),
            ("BGR", self.tr("BGR: blue, green, red")),
            ("grey", self.tr("Grey")),
        )
        self.scale = NumberEdit()
        self.mean, self.std = ChannelNumbers(self.tr("Mean")), ChannelNumbers(self.tr("Deviation"))
        self.outputs = self._choices(
            (None, self.tr("Found by trial")),
            ("logits", self.tr("Logits")),
            ("probabilities", self.tr("Probabilities")),
            ("percent", self.tr("Percent")),
            ("independent", self.tr("Independent classes")),
        )
        self.size_field.changed.connect(self._take_size)
        for field in (self.resize_field, self.mean, self.std):
            field.changed.connect(self._take_field)
        self.scale.textEdited.connect(self._take_field)
        for box in (self.keep_aspect, self.interpolation, self.outputs):
            box.activated.connect(self._take_field)
        self.channels.activated.connect(self._take_channels)

    @staticmethod
    def _choices(*items: tuple[object, str]) -> QComboBox:
        box = QComboBox()
        for value, text in items:
            box.addItem(text, value)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        return box

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height() // 2
        self.fields = QWidget()
        form = QFormLayout(self.fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(unit)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in (
            (self.tr("Size"), self.size_field),
            (self.tr("Shape"), self.keep_aspect),
            (self.tr("Resize first to"), self.resize_field),
            (self.tr("Interpolation"), self.interpolation),
            (self.tr("Channels"), self.channels),
            (self.tr("Divide by"), self.scale),
            (self.tr("Mean"), self.mean),
            (self.tr("Deviation"), self.std),
            (self.tr("Outputs"), self.outputs),
        ):
            form.addRow(text, field)
            if isinstance(field, QComboBox | NumberEdit):
                field.setAccessibleName(text)
        head = fill(QHBoxLayout(), (self.title, 1), self.choose, spacing=unit)
        column = QVBoxLayout(self)
        fill(column, head, self.preset, self.hint, self.problem, (self.toggle, LEFT), self.fields)
        fill(column, spacing=unit // 2, margins=(0, 0, 0, 0))
        self._show_fields(False)

    # What is said

    def preprocessing(self) -> Preprocessing | None:
        """Return the preprocessing, or None where none is chosen or a field is invalid."""
        return None if self.preset.currentIndex() < 0 or self._problem() else self._shown

    def output_meaning(self) -> Outputs | None:
        """Return what the outputs mean, or None where that is found by trial."""
        return cast(Outputs | None, self.outputs.currentData())

    def is_valid(self) -> bool:
        """Return whether no field has an error."""
        return not self._problem()

    def _problem(self) -> str:
        if self._failure:
            return self._failure
        numbers = (self.scale.value(), *self.mean.values(), *self.std.values())
        if None in numbers:
            return self.tr("This is not a number: {text}").format(text=self._wrong_text())
        if cast(float, self.scale.value()) < 1:
            return self.tr("Pixels are divided by a number of at least 1.")
        if any(cast(float, each) <= 0 for each in self.std.values()):
            return self.tr("Each deviation must be above 0.")
        return ""

    def _wrong_text(self) -> str:
        edits = (self.scale, *self.mean.edits, *self.std.edits)
        wrong = next(edit for edit in edits if not edit.isHidden() and edit.value() is None)
        return wrong.text().strip() or "–"

    # What is shown

    def show_preprocessing(
        self, preprocessing: Preprocessing | None, outputs: Outputs | None = None, *, source: str = ""
    ) -> None:
        """Fill the fields; None leaves the choice open. `source` names the file that said so."""
        self._failure, self._source = "", source
        with QSignalBlocker(self.outputs):
            # Whether those of independent classes are logits or in percent is found by trial.
            kind = "independent" if (outputs or "").startswith("independent") else outputs
            self.outputs.setCurrentIndex(self.outputs.findData(kind))
        if preprocessing is None:
            self._fill(self._shown)
            self.preset.setCurrentIndex(-1)
        else:
            self._fill(preprocessing)
            self._select(preset_of(preprocessing))
        self._refresh()

    def show_failure(self, sentence: str, source: str) -> None:
        """Show why a file could not be read."""
        self._failure = f"{source}: {sentence}"
        self._refresh()
        self.changed.emit()

    def set_input(self, channels: int | None, height: int | None, width: int | None) -> None:
        """Follow what the network's input fixes; None is what it leaves open."""
        before = self._shown
        down, across = height_and_width(before.crop)
        size = height or down, width or across
        if height is not None or width is not None:
            self._set_size(size[0] if size[0] == size[1] else size)
        fixed = self.tr("The network fixes it.")
        self.size_field.set_fixed((height is not None, width is not None), fixed)
        is_grey = self._shown.channels == "grey"
        if channels is not None and (channels == 1) != is_grey:
            self._set_channels("grey" if channels == 1 else "RGB")
        self.channels.setEnabled(channels != 1)
        self._offer_presets()
        if self._shown != before:
            self._fill(self._shown)
            self._refresh()
            self.changed.emit()

    def _fill(self, preprocessing: Preprocessing) -> None:
        self._shown = preprocessing
        self._ratios = _ratios(preprocessing)
        self.size_field.set_size(preprocessing.crop)
        self._limit_resize()
        self.resize_field.set_size(preprocessing.resize)
        for box, value in (
            (self.keep_aspect, preprocessing.keep_aspect),
            (self.interpolation, preprocessing.interpolation),
            (self.channels, preprocessing.channels),
        ):
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(value))
        red, green, blue = self.tr("red"), self.tr("green"), self.tr("blue")
        names = {"RGB": (red, green, blue), "BGR": (blue, green, red), "grey": (self.tr("grey"),)}
        for numbers, values in ((self.mean, preprocessing.mean), (self.std, preprocessing.std)):
            numbers.set_channels(names[preprocessing.channels])
            numbers.set_values(values)
        self.scale.set_value(preprocessing.scale)
        self._offer_presets()

    def _limit_resize(self) -> None:
        """The crop is never larger than what it is cut out of."""
        height, width = height_and_width(self._shown.crop)
        for box, side in ((self.resize_field.height_box, height), (self.resize_field.width_box, width)):
            with QSignalBlocker(box):
                box.setRange(side, MAX_SIDE)

    def _offer_presets(self) -> None:
        """Offer for grey only what is the same for all channels."""
        model = cast(QStandardItemModel, self.preset.model())
        for id, scaling in PRESETS.items():
            is_offered = scaling.is_uniform or self._shown.channels != "grey"
            model.item(self.preset.findData(id)).setEnabled(is_offered)

    def _select(self, id: str) -> None:
        self.preset.setCurrentIndex(self.preset.findData(id))

    def _refresh(self) -> None:
        problem, chosen = self._problem(), self.preset.currentData()
        hint = preset_hint(chosen)
        if self._source:
            hint = self.tr("From {file}.").format(file=self._source)
        elif chosen == CUSTOM and not self.toggle.isChecked():
            hint = self.tr("The numbers are under “All settings”.")
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint) and not problem)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.preset.setAccessibleDescription(problem or hint)

    # What a user does

    @Slot(int)
    def _take_preset(self, place: int) -> None:
        id = self.preset.itemData(place)
        self._failure = ""
        if id == CUSTOM:
            self.toggle.setChecked(True)
        else:
            grey = self._shown.channels == "grey"
            chosen = PRESETS[id].for_channels("grey") if grey else PRESETS[id]
            scaled = {each.name: getattr(chosen, each.name) for each in fields(chosen)}
            self._fill(replace(self._shown, **scaled))
        self._end_change()

    @Slot()
    def _take_size(self) -> None:
        self._set_size(self.size_field.size_in_pixels())
        self._limit_resize()
        self.resize_field.set_size(self._shown.resize)
        self._end_change()

    def _set_size(self, crop: Size) -> None:
        """Change the size; what the picture is resized to before keeps its ratio to it."""
        # Not that of the sizes there are now: 320 is typed as 3, 32, 320.
        sides = zip(height_and_width(crop), self._ratios, strict=True)
        height, width = (min(MAX_SIDE, round(side * ratio)) for side, ratio in sides)
        self._shown = replace(self._shown, crop=crop, resize=height if height == width else (height, width))

    @Slot()
    def _take_channels(self) -> None:
        self._set_channels(self.channels.currentData())
        self._fill(self._shown)
        self._take_field()

    def _set_channels(self, channels: Channels) -> None:
        """Change the channels; their numbers stay with their colours."""
        before = self._shown
        mean, std = before.mean, before.std
        if "grey" in (channels, before.channels):
            count = 1 if channels == "grey" else 3
            mean, std = ((sum(each) / len(each),) * count for each in (mean, std))
        elif channels != before.channels:
            mean, std = mean[::-1], std[::-1]
        self._shown = replace(before, channels=channels, mean=mean, std=std)

    @Slot()
    def _take_field(self) -> None:
        self._failure = ""
        if not self._problem():
            numbers = [cast(tuple[float, ...], each.values()) for each in (self.mean, self.std)]
            self._shown = replace(
                self._shown,
                resize=self.resize_field.size_in_pixels(),
                keep_aspect=self.keep_aspect.currentData(),
                interpolation=self.interpolation.currentData(),
                scale=cast(float, self.scale.value()),
                mean=numbers[0],
                std=numbers[1],
            )
            self._ratios = _ratios(self._shown)
            self._select(preset_of(self._shown))
        self._end_change()

    def _end_change(self) -> None:
        self._source = ""
        self._refresh()
        self.changed.emit()

    @Slot(bool)
    def _show_fields(self, shown: bool) -> None:
        self.fields.setVisible(shown)
        self.toggle.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self._refresh()

    def _choose(self) -> None:
        files, all_files = self.tr("Preprocessing"), self.tr("All files")
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            self, self.preset.accessibleName(), "", f"{files} ({patterns});;{all_files} (*)"
        )
        if name:
            self.fileChosen.emit(Path(name))

    def tab_order(self) -> tuple[QWidget, ...]:
        """Return what takes the keyboard, from top to bottom."""
        size, resize = self.size_field, self.resize_field
        return (
            *(self.preset, self.choose, self.toggle, size.width_box, size.height_box, self.keep_aspect),
            *(resize.width_box, resize.height_box, self.interpolation, self.channels, self.scale),
            *(*self.mean.edits, *self.std.edits, self.outputs),
        )


def _ratios(preprocessing: Preprocessing) -> list[float]:
    """Return the height and the width that a picture is resized to, as multiples of the size."""
    sides = zip(height_and_width(preprocessing.resize), height_and_width(preprocessing.crop), strict=True)
    return [resized / cropped for resized, cropped in sides]
