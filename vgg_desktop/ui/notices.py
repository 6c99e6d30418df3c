"""The notices above the pictures: events that the user should not miss, each with its next step."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from vgg_desktop.errors import UpdateUnknown
from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.models.details import Details
from vgg_desktop.reasons import Reason
from vgg_desktop.settings import Settings
from vgg_desktop.sorting import Sorted
from vgg_desktop.ui.file_manager import show_in_folder
from vgg_desktop.ui.incoming.addresses import place
from vgg_desktop.ui.incoming.intake import Intake
from vgg_desktop.ui.info_bar import InfoBar, Kind
from vgg_desktop.ui.networks.state import Phase
from vgg_desktop.ui.notification import Notification
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.updates import Release, UpdateCheck
from vgg_desktop.ui.words.formats import number, percent
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import reason_text
from vgg_desktop.ui.work.fast import FastKnown

REASONS = 2  # in a notice; all of them are copied with the details

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.failover import DeviceLost


class Notices(QObject):
    """Watches the session and the intake, and shows notices in the bar."""

    def __init__(
        self,
        session: Session,
        intake: Intake,
        bar: InfoBar,
        open_networks: Callable[[], object],
        change_details: Callable[[ModelSpec], object],
    ) -> None:
        super().__init__(bar)
        self._session = session
        self._intake = intake
        self.bar = bar
        self._open_networks, self._change_details = open_networks, change_details
        self._failed: set[str] = set()  # the keys of downloads that failed
        self._lost = ""  # the name of the device that failed
        self._follow_session(session)
        session.pictures.nothingFound.connect(self._nothing_found)
        session.pictures.openFailed.connect(self._open_failed)
        session.pictures.exported.connect(self._exported)
        session.pictures.sorted.connect(self._sorted)
        session.pictures.exportFailed.connect(self._export_failed)
        session.choice.networkFailed.connect(self._network_failed)
        session.downloads.fits.found.connect(self._take_fit)
        session.downloads.installed.connect(self._installed)
        session.downloads.imported.connect(self._installed)
        session.downloads.failed.connect(self._download_failed)
        session.downloads.moved.connect(self._moved)
        session.downloads.moveFailed.connect(self._move_failed)
        session.fast.made.connect(self._fast_made)
        session.fast.unavailable.connect(self._fast_unavailable)
        session.fast.failed.connect(self._fast_failed)
        session.devices.lost.connect(self._device_lost)
        session.history.failed.connect(self._history_failed)
        intake.permissionWanted.connect(self._ask_about_links)
        intake.unreachable.connect(self._unreachable)
        intake.failed.connect(self._intake_failed)
        self._notification = Notification(self)
        if intake.waiting:  # they were asked about in a window that is gone
            self._ask_about_links(intake.waiting)
        self._show_fit()

    def _follow_session(self, session: Session) -> None:
        """Withdraw each notice when what it says is tried again or no longer true."""
        pictures, downloads = session.pictures, session.downloads
        for retried in (
            *(session.fast.changed, session.measurements.changed),
            *(downloads.movingChanged, pictures.activities.changed),
        ):
            retried.connect(self._withdraw_retried)
        session.choice.specChanged.connect(self._follow_network)
        session.choice.testingAgain.connect(self._forget_device)
        session.devices.networkLoaded.connect(self._take_loaded)
        session.settings.changed.connect(self._follow_settings)
        downloads.changed.connect(self._follow_download)
        downloads.removed.connect(self._forget_installed)
        self._intake.began.connect(self._forget_intake)
        pictures.added.connect(self._pictures_added)
        pictures.model.modelReset.connect(self._forget_intake)

    @Slot()
    def _withdraw_retried(self) -> None:
        session = self._session
        if session.fast.fraction is not None:
            self._withdraw("fast")
        if session.measurements.activity:
            self._withdraw("device")
        if session.downloads.is_moving:
            self._withdraw("move")
        if any(each.target is not None for each in session.pictures.activities.running):
            self._withdraw("export")

    @Slot()
    def _follow_network(self) -> None:
        self._withdraw("network", "installed", "fast", *self._failed)
        self._show_fit()

    @Slot()
    def _forget_device(self) -> None:
        self._withdraw("device")

    @Slot(object, object)
    def _follow_settings(self, chosen: Settings, before: Settings) -> None:
        if chosen.device != before.device:
            self._withdraw("device")

    @Slot()
    def _forget_installed(self) -> None:
        self._withdraw("installed")

    @Slot()
    def _forget_intake(self) -> None:
        self._withdraw("nothing", "unreadable", "intake", "elsewhere")

    @Slot()
    def _pictures_added(self) -> None:
        self._withdraw("nothing")

    def _withdraw(self, *keys: str) -> None:
        for key in keys:
            self.bar.withdraw(key)

    def show_error(self, key: str, error: Exception, *actions: tuple[str, Callable[[], object]]) -> None:
        """Show what went wrong, with a button that copies the details."""
        message = describe(error)
        copy = (self.tr("Copy details"), lambda: QGuiApplication.clipboard().setText(message.details))
        text = self.tr("{0}. {1}").format(message.title, message.text)
        self.bar.show_notice(key, Kind.WARNING, text, *actions, copy)

    def nothing_to_take(self) -> None:
        """Show that what was pasted or dropped is no picture."""
        text = self.tr("Nothing to classify there. Drop pictures, folders or links to pictures.")
        self.bar.show_notice("nothing", Kind.INFO, text)

    @Slot(object)
    def _moved(self, folder: Path | None) -> None:
        """Show that the networks were moved."""
        place = str(folder) if folder is not None else self.tr("the default folder")
        self.bar.show_notice("move", Kind.GOOD, self.tr("The networks are now stored in {0}.").format(place))

    def previous_crash(self, show_details: Callable[[], object]) -> None:
        """Show once that the program did not end properly the last time."""
        text = self.tr("VGG Desktop closed unexpectedly last time.")
        self.bar.show_notice("crash", Kind.WARNING, text, (self.tr("Show details"), show_details))

    @Slot()
    def _take_loaded(self) -> None:
        self._withdraw("network")
        loaded = self._session.devices.loaded
        if loaded is not None and loaded.device == self._lost:  # it works again
            self._withdraw("device")

    @Slot(str)
    def _take_fit(self, id: str) -> None:
        """Doubt a network that no preprocessing fits, until the user confirms that it is as it should be."""
        spec = self._session.downloads.spec(id)
        fit = self._session.downloads.fits.fit(spec) if spec is not None else None
        if fit is not None:
            self._session.settings.update(lambda value: value.with_doubt(id, not fit.fits))
        self._show_fit()

    @Slot()
    def _show_fit(self) -> None:
        """Warn that the network in use is doubted, or offer what fits it better."""
        spec, settings = self._session.choice.spec, self._session.settings
        downloads = self._session.downloads
        fit = downloads.fits.fit(spec)
        change = (self.tr("Labels and preprocessing…"), lambda: self._change_details(spec))
        if spec.id in settings.value.doubted:
            text = self.tr(
                "No usual preprocessing fits {name}: on pictures whose classes are known it is mostly wrong."
            ).format(name=spec.title)
            confirm = (
                self.tr("Use it anyway"),
                lambda: settings.update(lambda value: value.with_doubt(spec.id, False)),
            )
            self.bar.show_notice("fit", Kind.WARNING, text, change, confirm)
        elif fit is not None and fit.is_better:
            text = f"{spec.title}: {reason_text(fit.reason)}"
            use = (
                self.tr("Use it"),
                lambda: downloads.change_details(spec, Details(preprocessing=fit.best)),
            )
            self.bar.show_notice("fit", Kind.WARNING, text, use, change)
        else:
            self.bar.withdraw("fit")

    @Slot(object)
    def _network_failed(self, error: Exception) -> None:
        self.show_error("network", error, (self.tr("Choose a network…"), self._open_networks))

    @Slot(object)
    def _nothing_found(self, paths: tuple[Path | str, ...]) -> None:
        if not paths:
            self.nothing_to_take()
            return
        names = ", ".join(Path(path).name for path in paths[:3])
        self.bar.show_notice("nothing", Kind.INFO, self.tr("No pictures were found in {0}.").format(names))

    @Slot(object)
    def _open_failed(self, error: Exception) -> None:
        self.show_error("unreadable", error)

    @Slot(str)
    def _follow_download(self, id: str) -> None:
        downloads, key = self._session.downloads, f"download {id}"
        if key in self._failed and (downloads.spec(id) is None or downloads.state(id).error is None):
            self._failed.discard(key)
            self._withdraw(key)

    @Slot(str, object, int, int)
    def _exported(self, kind: str, target: Path, count: int, total: int) -> None:
        text = self.tr("%n result(s) saved in {0}.", "", count)
        text = text.format(target.name)
        if total > count:
            text += " " + self.tr("%n picture(s) without a result are not among them.", "", total - count)
        show = (self.tr("Show in folder"), lambda: show_in_folder(target))
        self.bar.show_notice("export", Kind.GOOD, text, show)

    @Slot(object, object)
    def _sorted(self, folder: Path, done: Sorted) -> None:
        """Show what sorting did, and which pictures failed."""
        parts = (
            (done.copied, self.tr("Copied %n picture(s) into class folders in {0}.", "", done.copied)),
            (done.linked, self.tr("Linked %n picture(s) into class folders in {0}.", "", done.linked)),
            (done.not_linked, self.tr("%n of those copied could not be linked.", "", done.not_linked)),
            (done.kept, self.tr("%n picture(s) were there already.", "", done.kept)),
            (done.left_out, self.tr("%n picture(s) were left out.", "", done.left_out)),
            (len(done.failed), self.tr("%n picture(s) failed:", "", len(done.failed))),
        )
        text = " ".join(part.format(folder.name) for count, part in parts if count)
        actions = [(self.tr("Show in folder"), lambda: show_in_folder(folder))]
        if done.failed:
            reasons = [describe(each.error).text for each in done.failed]
            text = f"{text} {' '.join(reasons[:REASONS])}{' …' if len(reasons) > REASONS else ''}"
            everything = "\n".join(reasons)
            actions.append((self.tr("Copy details"), lambda: QGuiApplication.clipboard().setText(everything)))
        kind = Kind.WARNING if done.failed else Kind.GOOD
        self.bar.show_notice("export", kind, text, *actions)

    @Slot(object)
    def _export_failed(self, error: Exception) -> None:
        self.show_error("export", error)

    @Slot(object)
    def _installed(self, spec: ModelSpec) -> None:
        window = self.bar.window()
        text = self.tr("{0} is ready.").format(spec.title)
        use = (self.tr("Use it"), lambda: self._session.choice.use(spec))
        is_used = spec.id == self._session.choice.spec.id
        self.bar.show_notice("installed", Kind.GOOD, text, *(() if is_used else (use,)))
        if not window.isActiveWindow():
            QApplication.alert(window)
            self._notification.show(text)

    @Slot(object)
    def _download_failed(self, error: Exception) -> None:
        downloads = self._session.downloads
        actions = [(self.tr("Networks…"), self._open_networks)]
        states = {spec.id: downloads.state(spec.id) for spec in downloads.specs()}
        id = next((id for id, state in states.items() if state.error is error), "")
        if id and states[id].phase is Phase.FAILED and downloads.may_download:
            actions.insert(0, (self.tr("Try again"), lambda: downloads.start(id)))
        key = f"download {id}"
        self._failed.add(key)
        self.show_error(key, error, *actions)

    @Slot(object)
    def _move_failed(self, error: Exception) -> None:
        self.show_error("move", error)

    @Slot(object)
    def _fast_made(self, known: FastKnown) -> None:
        assert known.made is not None
        agreement, speedup = known.made.agreement, known.made.speedup
        if speedup is None:
            lead = known.device
            text = self.tr(
                "Fast is ready in half precision on {0}: same best class as Exact on {1} of {2} pictures, "
                "probabilities differ by at most {3}."
            )
        else:
            lead = number(speedup, 2)
            text = self.tr(
                "Fast is ready: {0} times as fast as Exact, same best class on {1} of {2} pictures, probabilities"
                " differ by at most {3}."
            )
        text = text.format(
            lead,
            round(agreement.same_top1 * agreement.pictures),
            agreement.pictures,
            percent(agreement.largest_difference),
        )
        self.bar.show_notice("fast", Kind.GOOD if agreement.is_trusted else Kind.WARNING, text)

    @Slot(object)
    def _fast_unavailable(self, why: Reason) -> None:
        text = self.tr("Fast is not available here: {0}.").format(reason_text(why))
        self.bar.show_notice("fast", Kind.INFO, text)

    @Slot(object)
    def _device_lost(self, lost: "DeviceLost") -> None:
        text = self.tr("{0} failed: {1}. Continuing on the CPU; no picture is skipped.").format(
            lost.device.name, reason_text(lost.reason)
        )
        self._lost = lost.device.name
        again = (self.tr("Test again"), self._session.choice.test_devices_again)
        self.bar.show_notice("device", Kind.WARNING, text, again)

    @Slot(object)
    def _fast_failed(self, error: Exception) -> None:
        self.show_error("fast", error)

    @Slot(object)
    def _history_failed(self, error: Exception) -> None:
        self.show_error("history", error)

    @Slot(object)
    def _ask_about_links(self, links: tuple[str, ...]) -> None:
        self.bar.show_notice(
            "links",
            Kind.INFO,
            self.tr(
                "Fetch %n picture(s) from {0}? The site will see your IP address; nothing else is sent.",
                "",
                len(links),
            ).format(", ".join(sorted({QUrl(link).host() for link in links}))),
            (self.tr("Fetch"), lambda: self._intake.agree(always=False)),
            (self.tr("Always fetch"), lambda: self._intake.agree(always=True)),
            (self.tr("Do not fetch"), self._intake.refuse),
            closed=self._intake.refuse,
        )

    @Slot(object)
    def _unreachable(self, addresses: tuple[str, ...]) -> None:
        if not addresses:
            return
        text = self.tr(
            "Files on {0} cannot be opened directly. Copy them to this computer, or mount the share as a folder, "
            "and open them from there."
        ).format(", ".join(sorted(set(map(place, addresses)))))
        self.bar.show_notice("elsewhere", Kind.INFO, text)

    @Slot(object)
    def _intake_failed(self, error: Exception) -> None:
        self.show_error("intake", error)


class UpdateNotices(QObject):
    """Shows that a newer version is available, and the result of a check that the user started, whatever it is."""

    def __init__(self, check: UpdateCheck, notices: Notices) -> None:
        super().__init__(notices)
        self._check, self._notices = check, notices
        self._is_asked = False
        check.newer.connect(self._newer)
        check.current.connect(self._current)
        check.failed.connect(self._failed)

    @Slot()
    def ask(self) -> None:
        """Check now, and show the result whatever it is."""
        self._is_asked = True
        self._notices.bar.withdraw("update")
        self._check.start()

    @Slot(object)
    def _newer(self, release: Release) -> None:
        text = self.tr("VGG Desktop {0} is available.").format(release.version)
        page = QUrl(release.page)
        show = (self.tr("Open web page"), lambda: QDesktopServices.openUrl(page))
        self._notices.bar.show_notice("update", Kind.INFO, text, show)

    @Slot()
    def _current(self) -> None:
        if self._is_asked:
            self._notices.bar.show_notice("update", Kind.GOOD, self.tr("VGG Desktop is up to date."))

    @Slot(object)
    def _failed(self, error: UpdateUnknown) -> None:
        if self._is_asked:
            self._notices.show_error("update", error)
