"""Whether the preprocessing of imported networks is right: found on pictures whose classes are known."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vgg_desktop.models.catalog import ModelSpec, Preprocessing
from vgg_desktop.ui.jobs import Job, JobQueue, Report
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.widgets import TOP, Symbol, fill, plain_label, push_button
from vgg_desktop.ui.networks.state import Fit
from vgg_desktop.ui.words.formats import as_sentence
from vgg_desktop.ui.words.reasons import reason_text

translate = QCoreApplication.translate
# Tries a network out; None where no pictures of its classes are known.
FindFit = Callable[[ModelSpec, threading.Event, Report], Fit | None]


class Fits(QObject):
    """Tries networks out after they were imported or changed, and keeps what was found. Thread: the window's."""

    found = Signal(str)  # the id of a network
    changed = Signal()  # which networks are being tried out

    def __init__(self, find: FindFit, queue: JobQueue) -> None:
        super().__init__()
        self._find, self._queue = find, queue
        self._found: dict[str, tuple[ModelSpec, Fit]] = {}
        self._jobs: dict[str, tuple[ModelSpec, Job]] = {}  # the search of each network

    def fit(self, spec: ModelSpec) -> Fit | None:
        """Return what was found with the preprocessing and the labels that a network has now."""
        known, fit = self._found.get(spec.id, (None, None))
        return fit if known == spec else None

    def search(self, spec: ModelSpec) -> None:
        """Try a network out in the background; what keeps it from that is told where it is used."""

        def end(fit: Fit | None = None) -> None:
            if self._jobs.get(spec.id) == (spec, job):
                del self._jobs[spec.id]
                self.changed.emit()
            if fit is not None:
                self._found[spec.id] = spec, fit
                self.found.emit(spec.id)

        self.stop(spec.id)
        job = self._queue.submit(
            lambda cancel, report: self._find(spec, cancel, report), done=end, failed=lambda _error: end()
        )
        if not job.cancel.is_set():  # else the thread is being stopped and will not answer
            self._jobs[spec.id] = spec, job
            self.changed.emit()

    def searching(self) -> tuple[ModelSpec, ...]:
        """Return the networks that are being tried out, or wait for it."""
        return tuple(spec for spec, _ in self._jobs.values())

    def stop(self, id: str) -> None:
        """Stop trying a network out, which is removed or changed, or at the user's request."""
        if (found := self._jobs.pop(id, None)) is not None:
            found[1].stop()
            self.changed.emit()


class FitPanel(QWidget):
    """Says how well the preprocessing of a network fits, and offers the one that fits better."""

    useRequested = Signal(object)  # noqa: N815 - Qt's way of naming; the Preprocessing that fits better

    def __init__(self) -> None:
        super().__init__()
        self._best: Preprocessing | None = None
        self._symbol = Symbol("check", Tone.GOOD)
        self.text = plain_label()
        self.use = push_button(self.tr("Use it"), self._use, "check")
        unit = self.fontMetrics().height() // 2
        texts = fill(QVBoxLayout(), self.text, (self.use, Qt.AlignmentFlag.AlignLeft), spacing=unit)
        row = QHBoxLayout(self)
        fill(row, (self._symbol, TOP), (texts, 1), spacing=unit, margins=(0, 0, 0, 0))
        self.show_fit(None)

    def show_fit(self, fit: Fit | None) -> None:
        """Show what was found; hidden for None."""
        self.setVisible(fit is not None)
        if fit is None:
            return
        self._best = fit.best
        self.text.setText(fit_text(fit))
        self._symbol.show_symbol(
            *(("check", Tone.GOOD) if fit.fits and not fit.is_better else ("warning", Tone.WARNING))
        )
        self.use.setVisible(fit.is_better)

    def _use(self) -> None:
        self.useRequested.emit(self._best)


def fit_text(fit: Fit) -> str:
    """Return how well the preprocessing of a network fits."""
    text = as_sentence(reason_text(fit.reason))
    return text if fit.fits else f"{text} {translate('Fits', 'Its answers are probably wrong.')}"
