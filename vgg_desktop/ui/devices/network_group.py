"""One network with a bar for every device and precision: how fast, how good, or why not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vgg_desktop.ui.devices.words import as_table, details, precision_name, rate, spoken_facts
from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.widgets import (
    TOP,
    Symbol,
    TonedLabel,
    discard,
    draw_bar,
    draw_ring,
    fill,
    plain_label,
    scaled,
)
from vgg_desktop.ui.words.formats import capitalized
from vgg_desktop.ui.words.reasons import reason_text

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.measuring import FormFacts, Measurement, MeasuringProgress


class SpeedBar(QWidget):
    """A bar on a track that stands for the fastest of its group."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Be half a line of text high."""
        line = self.fontMetrics().height()
        return QSize(line * 8, max(6, line // 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track and the bar, from the start of reading."""
        painter, track = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(2.0, track.width() * self.share)
        left = track.right() - width if self.isRightToLeft() else 0.0
        colours = tone(self.palette(), Tone.LINE), tone(self.palette(), Tone.ACCENT)
        draw_bar(painter, track, QRectF(left, 0, width, track.height()), colours)
        painter.end()


class FormRow(QWidget):
    """One device in one precision."""

    def __init__(self, facts: "FormFacts", fastest: float, *, is_measured_now: bool) -> None:
        super().__init__()
        self.facts = facts
        self.bar: SpeedBar | None = None
        self.name = plain_label(f"{facts.device.name}, {precision_name(facts.precision)}")
        is_known = facts.measurement is not None and facts.reason is None and not is_measured_now
        self.value = plain_label(wrap=False) if is_known else TonedLabel(wrap=False)
        self.details = TonedLabel(Tone.WARNING if facts.reason else Tone.QUIET, smaller=not facts.reason)
        unit = self.fontMetrics().height() // 4
        head = fill(QHBoxLayout(), (self.name, 1), (self.value, TOP), spacing=unit * 4)
        self._column = fill(QVBoxLayout(self), head, spacing=unit, margins=(0, 0, 0, 0))
        if is_measured_now:
            self.value.setText(self.tr("Being measured…"))
        elif facts.reason is not None:
            self._show_reason(reason_text(facts.reason), unit)
        elif facts.measurement is None:
            self.value.setText(self.tr("Not measured yet"))
        else:
            self._show_speed(facts.measurement, fastest)

    def _show_reason(self, why: str, unit: int) -> None:
        self.details.setText(self.tr("Not used: {reason}").format(reason=why))
        symbol = Symbol("warning", Tone.WARNING, lines=1)
        self._column.addLayout(fill(QHBoxLayout(), (symbol, TOP), (self.details, 1), spacing=unit * 2))

    def _show_speed(self, measured: "Measurement", fastest: float) -> None:
        self.value.setFont(scaled(self.value.font()))
        self.value.setText(rate(measured))
        self.bar = SpeedBar(measured.images_per_second / fastest)
        self.details.setText(capitalized(details(measured)))
        fill(self._column, self.bar, self.details)


class NetworkGroup(QFrame):
    """A network's rows; one stop for the keyboard, read out as a whole, copied with the usual keys."""

    def __init__(self, id: str, title: str) -> None:
        super().__init__()
        self.id, self.title = id, title
        self.rows: tuple[FormRow, ...] = ()
        self._facts: tuple[FormFacts, ...] = ()
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)
        self.heading = plain_label(title)
        self.note = TonedLabel(smaller=True)
        side = self.fontMetrics().height() // 2 * 2
        self._body = fill(QVBoxLayout(), spacing=side)
        column = QVBoxLayout(self)
        fill(column, self.heading, self._body, self.note, spacing=side * 3 // 4, margins=(side,) * 4)
        self._set_heading_font()

    def show_facts(self, found: Sequence["FormFacts"], progress: "MeasuringProgress | None") -> None:
        """Show what is known, and what is being measured now."""
        self._facts = tuple(found)
        for row in self.rows:
            discard(row, self._body)
        rates = [each.measurement.images_per_second for each in found if each.measurement and not each.reason]
        fastest = max(rates, default=0.0) or 1.0
        now = (progress.model, progress.device, progress.precision) if progress is not None else None
        self.rows = tuple(
            FormRow(each, fastest, is_measured_now=(each.model, each.device.id, each.precision) == now)
            for each in found
        )
        for row in self.rows:
            self._body.addWidget(row)
        reasons = [each.fast_reason for each in found if each.fast_reason is not None]
        self.note.setText(
            self.tr("Fast is not available here: {0}.").format(reason_text(reasons[0]))
            if reasons
            else self.tr(
                "The fast version of this network does not exist yet. It is prepared when you first choose Fast."
            )
        )
        self.note.setVisible(bool(found) and all(each.precision == "exact" for each in found))
        self.setAccessibleDescription(". ".join(map(spoken_facts, found)))

    def _set_heading_font(self) -> None:
        self.heading.setFont(scaled(self.font(), 1.15))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_heading_font()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the rows; the other keys scroll."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(as_table(self._facts, {self.id: self.title}))
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, and a ring around it while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            draw_ring(painter, self, 2, 7)
            painter.end()
