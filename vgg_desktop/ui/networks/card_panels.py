"""The parts of a network's card: progress, failure and facts."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from vgg_desktop.ui.look.appearance import Tone, tone
from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import (
    TOP,
    Symbol,
    TonedLabel,
    fill,
    plain_label,
    plain_tool_tip,
    push_button,
    scaled,
)
from vgg_desktop.ui.networks.network_facts import Fact, phase_texts
from vgg_desktop.ui.networks.state import NetworkState, Phase
from vgg_desktop.ui.words.formats import as_sentence
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import reason_text


class FactLabel(QWidget):
    """A small caption over a value."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        caption = TonedLabel(text=fact.caption, smaller=True, wrap=False)
        value = plain_label(fact.value, wrap=False)
        self.setToolTip(plain_tool_tip(fact.hint))
        value.setAccessibleName(f"{fact.caption}: {fact.value}")
        value.setAccessibleDescription(fact.hint)
        spacing = self.fontMetrics().height() // 8
        fill(QVBoxLayout(self), caption, value, spacing=spacing, margins=(0, 0, 0, 0))
        # So that the values of several cards stand below each other.
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 20)


def set_primary(button: QPushButton, primary: bool, symbol: str) -> None:
    """Style a button as the primary one of its window or as a plain one, with its icon."""
    roles = QPalette.ColorRole
    if (button.property("primary"), button.property("symbol")) == (primary, symbol):
        return
    button.setProperty("symbol", symbol)
    button.setIcon(icon(symbol, roles.HighlightedText if primary else roles.ButtonText))
    if button.property("primary") != primary:
        button.setProperty("primary", primary)
        button.style().unpolish(button)  # a style sheet looks at properties only then
        button.style().polish(button)


class ProgressPanel(QWidget):
    """A thin progress bar with the amount, the speed and the current phase."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of {name}").format(name=title))
        self.left = TonedLabel()
        self.right = TonedLabel(wrap=False)
        self.note = TonedLabel(Tone.WARNING)
        self._warning = Symbol("warning", Tone.WARNING)
        texts = fill(QHBoxLayout(), (self.left, 1), self.right)
        notes = fill(QHBoxLayout(), (self._warning, TOP), (self.note, 1))
        spacing = self.fontMetrics().height() // 3
        fill(QVBoxLayout(self), self.bar, texts, notes, spacing=spacing, margins=(0, 0, 0, 0))

    def show_state(self, state: NetworkState) -> None:
        """Show the progress of a network, or hide."""
        progress = state.progress
        left, right = phase_texts(state)
        self.setVisible(bool(left))
        # Without a number the bar only moves; the self-test and a comparison take seconds.
        known = progress is not None and state.phase is not Phase.TESTING
        self.bar.setRange(0, 1000 if known or state.phase is Phase.WAITING else 0)
        if self.bar.maximum():
            self.bar.setValue(round(progress.fraction * 1000) if progress is not None else 0)
        self.left.setText(left)
        self.right.setText(right)
        self.bar.setAccessibleDescription(f"{left} {right}".strip())
        note = progress.note if progress is not None else None
        self.note.setText(as_sentence(reason_text(note)) if note else "")
        self.note.setVisible(bool(note))
        self._warning.setVisible(bool(note))


class FailurePanel(QFrame):
    """Why something failed, on amber with a warning sign, and what can be done now."""

    def __init__(self) -> None:
        super().__init__()
        self._details = ""
        self.title = TonedLabel(Tone.WARNING)
        self.title.setFont(scaled(self.title.font()))
        self.text = plain_label()
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.retry = push_button("")
        set_primary(self.retry, False, "retry")
        self.other = push_button(self.tr("Try another server"))
        self.other.setToolTip(self.tr("Try the next server that offers the same file"))
        self.from_file = push_button(self.tr("Import file…"), symbol="open")
        self.from_file.setToolTip(self.tr("Choose the file on this computer, if you obtained it another way"))
        self.copy = push_button(self.tr("Copy details"), self._copy_details, "copy")
        self.dismiss = push_button(self.tr("Dismiss"))
        unit = self.fontMetrics().height() // 2
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, across=unit, down=unit)
        for button in (self.retry, self.other, self.from_file, self.copy, self.dismiss):
            flow.addWidget(button)
        gap = unit // 2
        texts = fill(QVBoxLayout(), self.title, self.text, gap, self._buttons, spacing=gap)
        symbol = Symbol("warning", Tone.WARNING)
        fill(QHBoxLayout(self), (symbol, TOP), (texts, 1), spacing=unit, margins=(unit * 3 // 2,) * 4)

    def show_error(
        self,
        error: Exception | None,
        *,
        retry: str = "",
        other_address: bool = False,
        import_file: bool = False,
        dismiss: bool = False,
    ) -> None:
        """Show why something failed, with the buttons that help; hidden for None.

        `retry` is the text of the main button; without one there is none.
        """
        self.setVisible(error is not None)
        if error is None:
            return
        message = describe(error)
        self._details = message.details
        self.title.setText(message.title)
        self.text.setText(message.text)
        self.setAccessibleName(message.title)
        self.setAccessibleDescription(message.text)
        self.retry.setText(retry)
        self.retry.setVisible(bool(retry))
        self.other.setVisible(other_address)
        self.from_file.setVisible(import_file)
        self.dismiss.setVisible(dismiss)

    @property
    def offers_retry(self) -> bool:
        """Whether there is an error, and another attempt may help."""
        return not self.isHidden() and not self.retry.isHidden()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a faint amber ground with an amber line."""
        colour = tone(self.palette(), Tone.WARNING)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1))
        colour.setAlphaF(0.09)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.end()
