"""A live preview of a network that is being imported: what it sees of a picture, and what it answers."""

import functools
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vgg_desktop.errors import ImportNeedsDetails
from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, Preprocessing
from vgg_desktop.models.details import Details
from vgg_desktop.ui.jobs import Job, JobQueue
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.widgets import TOP, Symbol, TonedLabel, fill, plain_label, push_button, scaled
from vgg_desktop.ui.networks.preprocessing_fields import number_text
from vgg_desktop.ui.networks.presets import scaling_of
from vgg_desktop.ui.pictures.bars import Bars
from vgg_desktop.ui.words.formats import as_sentence
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import reason_text
from vgg_desktop.ui.work.trial import Fixed, NetworkTrial, Seen

WAIT_MS = 200  # after the last change: not at each key


class SeenPicture(QWidget):
    """A prepared picture, enlarged so that its pixels can be told apart where they are few."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        self._lines = 10  # of text, as high as the picture
        self.setAccessibleName(self.tr("The picture as the network sees it"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage | None) -> None:
        """Show a picture."""
        self.image = image
        self.update()

    def set_lines(self, lines: int) -> None:
        """Be as high as so many lines of text."""
        self._lines = lines
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return a square."""
        side = self.fontMetrics().height() * self._lines
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture as large as it fits."""
        if self.image is None:
            return
        painter = QPainter(self)
        painter.setOpacity(1.0 if self.isEnabled() else 0.6)
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        is_small = size.width() * self.devicePixelRatio() > 3 * self.image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_small)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), self.image)
        painter.end()


class TrialPanel(QWidget):
    """Shows what a network sees and answers with the details of a form, a moment after each change of them."""

    inputKnown = Signal(object)  # noqa: N815 - Qt's way of naming; Fixed
    seen = Signal(object)  # Seen: what was found out about the network on the way
    failed = Signal(object)  # the exception, after which the network is not known better

    def __init__(self, queue: JobQueue, trial: NetworkTrial, picture: Path) -> None:
        super().__init__()
        self._queue, self._trial, self.picture = queue, trial, picture
        self._details: Details | None = None
        self._job: Job | None = None
        self._number = 0  # of the last question; answers to others are stale
        self._reference = IMAGENET_PREPROCESSING
        self._strange = self.tr(
            "Strange colours mean: other numbers than ImageNet's. Whether they fit, the answer tells."
        )
        self.answer: Seen | None = None
        self._is_low = False
        self._soon = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._soon.timeout.connect(self._ask)
        self._make_widgets()

    def _make_widgets(self) -> None:
        self._title = plain_label(self.tr("What the network sees and answers"))
        self._title.setFont(scaled(self._title.font()))
        self.image = SeenPicture()
        self.facts = TonedLabel(smaller=True)
        self.bars = Bars(largest=1.4)
        self.bars.setAccessibleName(self.tr("Answer for the picture"))
        self.message = plain_label()
        self._symbol = Symbol("warning", Tone.WARNING)
        self._message = QWidget()
        unit = self.fontMetrics().height() // 2
        none = (0, 0, 0, 0)
        fill(QHBoxLayout(self._message), (self._symbol, TOP), (self.message, 1), spacing=unit, margins=none)
        self.choose = push_button(self.tr("Another picture…"), self._choose, "open")
        # Picture and answer stand beside each other where the panel is wide, as in a low window.
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        fill(self._pair, self.image, (self.bars, 1), spacing=unit)
        self.bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column = fill(QVBoxLayout(self), self._title, spacing=unit, margins=none)
        column.addLayout(self._pair)
        fill(column, self._message, self.facts, (self.choose, Qt.AlignmentFlag.AlignLeft))
        column.addStretch(1)
        self._clear()
        self._show_message("", is_error=False)

    def set_low(self, low: bool) -> None:
        """Take little height, with picture and answer beside each other, or little width."""
        directions = QBoxLayout.Direction
        self._pair.setDirection(directions.LeftToRight if low else directions.TopToBottom)
        self.image.set_lines(6 if low else 10)
        self._title.setHidden(low)
        self.facts.setHidden(low or self.answer is None)
        self._is_low = low

    def set_saved(self, preprocessing: Preprocessing) -> None:
        """Show the colours as a network sees them that was trained with what is saved."""
        self._reference = preprocessing
        self._strange = self.tr("Strange colours mean: other numbers than those saved.")

    # Questions

    def ask(self, details: Details) -> None:
        """Ask the network a moment later, unless the details change again before."""
        if details != self._details:
            self._details = details
            self._outdate()
            self._soon.start()

    def ask_again(self, picture: Path) -> None:
        """Ask about another picture."""
        self.picture = picture
        if self._details is not None:
            self._outdate()
            self._soon.start()

    def show_hint(self, text: str) -> None:
        """Show what is needed before the network can be asked."""
        self._soon.stop()
        self._outdate()
        self._details = None
        self._clear()
        self._show_message(text, is_error=False)

    @property
    def is_running(self) -> bool:
        """Whether there is a child process with the network."""
        return self._trial.is_running

    def stop(self) -> None:
        """Ask no more, and end the child process of the network."""
        self._soon.stop()
        self._outdate()
        self._details = None
        self._trial.stop()
        self._queue.submit(self._trial.end, urgent=True)

    def _outdate(self) -> None:
        """Dim the answer; one that is on its way is dropped."""
        self._number += 1
        if self._job is not None and not self._job.started:
            self._job.stop()
        self._job = None
        self.bars.setEnabled(False)
        self.image.setEnabled(False)

    @Slot()
    def _ask(self) -> None:
        if self._details is None:
            return
        if self.answer is None:
            self._show_message(self.tr("The network is being tried…"), is_error=False)
        self._job = self._queue.submit(
            functools.partial(self._trial.look, self.picture, self._details, self._reference),
            progress=functools.partial(self._take_fixed, self._number),
            done=functools.partial(self._take, self._number),
            failed=functools.partial(self._take_failure, self._number),
        )

    # Answers

    def _take_fixed(self, number: int, fixed: Fixed) -> None:
        if number == self._number:
            self.inputKnown.emit(fixed)

    def _take(self, number: int, answer: Seen) -> None:
        if number != self._number:
            return
        self.answer = answer
        self.bars.show_predictions(answer.predictions)
        for widget in (self.bars, self.image):
            widget.setEnabled(True)
            widget.show()
        self.image.show_image(answer.image)
        low, high = (number_text(float(f"{each:.3g}")) for each in answer.range)
        size = f"{answer.image.width()} × {answer.image.height()}"
        facts = self.tr("{size} pixels, numbers from {low} to {high}.").format(size=size, low=low, high=high)
        if scaling_of(answer.preprocessing) != scaling_of(self._reference):
            facts = f"{facts} {self._strange}"
        self.facts.setText(facts)
        self.facts.setHidden(self._is_low)
        self.image.setToolTip(facts)
        self.image.setAccessibleDescription(self.facts.text())
        self._show_message("", is_error=False)
        event = QAccessibleAnnouncementEvent(self.bars, self.bars.accessibleDescription())
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
        self.seen.emit(answer)

    def _take_failure(self, number: int, error: Exception) -> None:
        if number != self._number:
            return
        self._clear()
        if isinstance(error, ImportNeedsDetails) and self._details and self._details.preprocessing is None:
            self._show_message(
                self.tr("Choose the preprocessing to see what the network answers."), is_error=False
            )
        elif isinstance(error, ImportNeedsDetails):
            self._show_message(as_sentence(reason_text(error.reason)), is_error=True)
        else:
            self._show_message(describe(error).text, is_error=True)
        self.failed.emit(error)

    def _clear(self) -> None:
        self.answer = None
        self.bars.show_predictions(())
        self.image.show_image(None)
        for widget in (self.bars, self.image, self.facts):
            widget.hide()

    def _show_message(self, text: str, *, is_error: bool) -> None:
        self.message.setText(text)
        self._symbol.show_symbol(*(("warning", Tone.WARNING) if is_error else ("info", Tone.ACCENT)))
        self._message.setVisible(bool(text))

    @Slot()
    def _choose(self) -> None:
        title = self.choose.text().rstrip("…")
        name, _ = QFileDialog.getOpenFileName(self, title, str(self.picture.parent))
        if name:
            self.ask_again(Path(name))
