"""What runs now, one line per job: the one place that knows every kind of job of the window."""

import functools
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.ui.incoming.intake import Intake
from vgg_desktop.ui.networks.network_facts import phase_texts
from vgg_desktop.ui.networks.state import Import, NetworkState, Phase
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import number, percent_done, time_left

PATIENCE = 1.0  # seconds before a job is shown: most are over by then
AGAIN_MS = 250  # between two looks while something runs


@dataclass(frozen=True, slots=True)
class JobAction:
    """A button of a line: its icon, its text and what it does."""

    symbol: str
    text: str
    act: Callable[[], object]


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job; lines of the same job have the same `key`. `page` is where in the window it belongs.

    `fraction` is the part that is done, 0 to 1, or None while that is not known. `end` is said when it has ended, where
    nothing else in the window says so.
    """

    key: Hashable
    page: str
    symbol: str
    name: str
    text: str = ""
    fraction: float | None = None
    actions: tuple[JobAction, ...] = ()
    end: str = ""


class JobLines(QObject):
    """Watches the session, and keeps a line for each job that takes longer than a moment. Thread: the window's."""

    changed = Signal()

    def __init__(self, session: Session, intake: Intake) -> None:
        super().__init__()
        self.lines: tuple[JobLine, ...] = ()  # the oldest job first
        self._session, self._intake = session, intake
        self._since: dict[Hashable, float] = {}  # when each was seen first, also those that are not shown yet
        self._ended_before = (
            session.pictures.model.counts.ended
        )  # pictures that needed no work when classifying began
        self._downloading: set[str] = set()
        self._paused: set[str] = set()  # downloads that were paused since the window was opened
        self._sources: tuple[Callable[[], Iterator[JobLine]], ...] = (
            self._classifying,
            self._of_the_list,
            self._fetching,
            self._networks,
            self._paused_downloads,
            self._fits,
            self._moving,
            self._fast,
            self._measuring,
            self._testing,
        )
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        pictures, downloads, measurements = session.pictures, session.downloads, session.measurements
        for signal in (
            *(pictures.model.countsChanged, pictures.activities.changed, intake.fetchingChanged),
            *(downloads.changed, downloads.importing, downloads.importCancelled, downloads.importFailed),
            *(downloads.movingChanged, downloads.fits.changed, session.fast.changed),
            *(measurements.changed, measurements.progressed, session.devices.changed),
        ):
            signal.connect(self._look_soon)
        pictures.model.countsChanged.connect(self._count_before)
        self.refresh()

    @Slot()
    def _look_soon(self) -> None:
        # Not at once: hundreds of pictures per second would make the same lines hundreds of times.
        if not self._again.isActive():
            self._again.start()

    @Slot()
    def refresh(self) -> None:
        """Look at what runs."""
        found = {line.key: line for source in self._sources for line in source()}
        now = time.monotonic()
        self._since = {key: since for key, since in self._since.items() if key in found}
        for key in found:
            self._since.setdefault(key, now)
        lines = tuple(found[key] for key, since in self._since.items() if now - since >= PATIENCE)
        if found:
            self._look_soon()
        else:
            self._again.stop()
        if lines or self.lines:
            self.lines = lines
            self.changed.emit()

    def _cancel(self, act: Callable[[], object]) -> tuple[JobAction, ...]:
        return (JobAction("close", self.tr("Cancel"), act),)

    # The kinds of jobs

    @Slot()
    def _count_before(self) -> None:
        """Note how many pictures were done before: of ten new ones beside a thousand, none is done yet."""
        counts = self._session.pictures.model.counts
        self._ended_before = min(self._ended_before, counts.ended) if counts.open else counts.ended

    def _classifying(self) -> Iterator[JobLine]:
        pictures, counts = self._session.pictures, self._session.pictures.model.counts
        if not counts.open:
            return
        done, total = counts.ended - self._ended_before, counts.total - self._ended_before
        parts = [self.tr("{0} of {1}").format(number(done, 1), number(total, 1))]
        is_held_up = self._session.measurements.activity or self._session.fast.fraction is not None
        if pictures.paused:
            parts.append(self.tr("paused"))
        elif is_held_up:
            parts.append(self.tr("waiting"))
        elif speed := pictures.pace.per_second:
            parts += [self.tr("{0} per second").format(number(speed, 2)), time_left(counts.open / speed)]
        pause = JobAction("pause", self.tr("Pause"), functools.partial(pictures.pause, True))
        resume = JobAction("play", self.tr("Resume"), functools.partial(pictures.pause, False))
        yield JobLine(
            "pictures",
            "pictures",
            "picture",
            self.tr("Classifying"),
            _joined(*parts),
            done / total if done or pictures.paused or is_held_up else None,
            (resume if pictures.paused else pause, JobAction("stop", self.tr("Stop"), pictures.stop)),
            self.tr("Classifying has ended."),
        )

    def _of_the_list(self) -> Iterator[JobLine]:
        for each in self._session.pictures.activities.running:
            if each.target is None:
                name, fraction = self.tr("Searching for pictures"), None
                text = self.tr("%n found so far", "", each.done)
            else:
                name = self.tr("Saving in {0}").format(each.target.name)
                fraction = each.done / each.total if each.total else None
                counts = number(each.done, 1), number(each.total, 1)
                text = self.tr("{0} of {1}").format(*counts) if each.total else ""
            symbol = "search" if each.target is None else "folder"
            yield JobLine(each, "pictures", symbol, name, text, fraction, self._cancel(each.stop))

    def _fetching(self) -> Iterator[JobLine]:
        if pending := self._intake.fetching:
            cancel = self._cancel(self._intake.cancel_fetching)
            text = self.tr("%n to go", "", pending)
            yield JobLine("links", "pictures", "link", self.tr("Fetching pictures"), text, actions=cancel)

    def _networks(self) -> Iterator[JobLine]:
        downloading: set[str] = set()
        for spec, asked, state in self._session.downloads.running():
            if asked is not None:
                yield self._import(asked, state)
            elif spec is not None:
                yield self._of_network(spec, state)
                if state.progress is not None:
                    downloading.add(spec.id)
        self._paused = (self._paused | self._downloading) - downloading
        self._downloading = downloading

    def _import(self, asked: Import, state: NetworkState) -> JobLine:
        name = asked.known.title if asked.known is not None else asked.path.name
        is_waiting = state.phase is Phase.WAITING
        text = self.tr("Waiting in the queue") if is_waiting else self.tr("Importing and testing it…")
        cancel = self._cancel(functools.partial(self._session.downloads.cancel_import, asked))
        return JobLine(asked, "networks", "network", name, text, 0.0 if is_waiting else None, cancel)

    def _of_network(self, spec: ModelSpec, state: NetworkState) -> JobLine:
        stop = functools.partial(self._session.downloads.cancel, spec.id)
        actions = self._cancel(stop)
        if state.phase in (Phase.DOWNLOADING, Phase.RECONNECTING):
            actions = (JobAction("pause", self.tr("Pause"), stop),)
        elif state.phase in (Phase.TESTING, Phase.REMOVING):
            actions = ()  # nothing to stop any more
        fraction = 0.0 if state.phase is Phase.WAITING else None
        if state.progress is not None and state.phase is not Phase.TESTING:
            fraction = state.progress.fraction
        text = _joined(*phase_texts(state))
        return JobLine(("network", spec.id), "networks", "download", spec.title, text, fraction, actions)

    def _paused_downloads(self) -> Iterator[JobLine]:
        """Yield those that can be resumed; what was left by an earlier run stays with its network."""
        downloads = self._session.downloads
        for id in sorted(self._paused):
            spec = downloads.spec(id)
            if spec is None or (state := downloads.state(id)).phase is not Phase.PARTIAL:
                self._paused.discard(id)
                continue
            resume = JobAction("play", self.tr("Resume"), functools.partial(downloads.start, id))
            close = JobAction("close", self.tr("Close"), functools.partial(self._forget, id))
            fraction = state.progress.fraction if state.progress is not None else 0.0
            text = _joined(*phase_texts(state))
            key, actions = ("network", id), (resume, close)
            yield JobLine(key, "networks", "download", spec.title, text, fraction, actions)

    def _forget(self, id: str) -> None:
        self._paused.discard(id)
        self.refresh()

    def _fits(self) -> Iterator[JobLine]:
        fits = self._session.downloads.fits
        for spec in fits.searching():
            text = self.tr("Looking for the preprocessing that fits…")
            cancel = self._cancel(functools.partial(fits.stop, spec.id))
            yield JobLine(("fit", spec.id), "networks", "network", spec.title, text, actions=cancel)

    def _moving(self) -> Iterator[JobLine]:
        downloads = self._session.downloads
        if downloads.is_moving:
            cancel = self._cancel(downloads.cancel_move)
            yield JobLine("move", "settings", "folder", self.tr("Moving the networks"), actions=cancel)

    def _fast(self) -> Iterator[JobLine]:
        fast = self._session.fast
        if (fraction := fast.fraction) is not None:
            name = self.tr("Preparing Fast")
            text, cancel = percent_done(fraction), self._cancel(fast.cancel)
            yield JobLine("fast", "devices", "network", name, text, fraction, cancel)

    def _measuring(self) -> Iterator[JobLine]:
        measurements = self._session.measurements
        if measurements.activity:
            from vgg_desktop.ui.devices.words import activity_text  # of a page that need not be there yet

            name = self.tr("Measuring") if measurements.activity == "measuring" else self.tr("Testing")
            fraction = measurements.progress.fraction if measurements.progress is not None else None
            text = activity_text(self._session)
            cancel = () if measurements.is_stopping else self._cancel(measurements.cancel)
            yield JobLine("measuring", "devices", "device", name, text, fraction, cancel)

    def _testing(self) -> Iterator[JobLine]:
        if (tested := self._session.devices.testing) is not None:
            name = self.tr("Testing {0}").format(tested.device)
            yield JobLine("testing", "devices", "device", name, tested.spec.title)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
