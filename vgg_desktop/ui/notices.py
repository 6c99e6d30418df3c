"""The notices above the pictures: events that the user should not miss, each with its next step."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from vgg_desktop.models.catalog import ModelSpec
from vgg_desktop.reasons import Reason
from vgg_desktop.ui.incoming.intake import Intake
from vgg_desktop.ui.info_bar import InfoBar, Kind, Notice
from vgg_desktop.ui.look.icons import app_icon
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import number, percent
from vgg_desktop.ui.words.messages import describe
from vgg_desktop.ui.words.reasons import reason_text
from vgg_desktop.ui.work.fast import FastKnown

NOTIFICATION_MS = 10_000  # as long as a notification stays

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.failover import DeviceLost


class Notices(QObject):
    """Watches the session and the intake, and shows notices in the bar."""

    def __init__(
        self,
        session: Session,
        intake: Intake,
        bar: InfoBar,
        *,
        open_networks: Callable[[], object],
        show_file: Callable[[Path], object],
    ) -> None:
        super().__init__(bar)
        self._session = session
        self._intake = intake
        self._bar = bar
        self._open_networks = open_networks
        self._show_file = show_file
        session.choice.specChanged.connect(self._about_starter)
        session.choice.specChanged.connect(lambda _spec: bar.withdraw("download"))
        session.choice.networkFailed.connect(self._network_failed)
        session.devices.networkLoaded.connect(lambda: bar.withdraw("network"))
        session.pictures.added.connect(lambda _rows: bar.withdraw("nothing"))
        session.downloads.changed.connect(self._follow_downloads)
        session.pictures.nothingFound.connect(self._nothing_found)
        session.pictures.openFailed.connect(self._open_failed)
        session.pictures.exported.connect(self._exported)
        session.pictures.exportFailed.connect(self._export_failed)
        session.downloads.installed.connect(self._installed)
        session.downloads.failed.connect(self._download_failed)
        session.downloads.moved.connect(self._moved)
        session.downloads.moveFailed.connect(self._move_failed)
        session.fast.made.connect(self._fast_made)
        session.fast.unavailable.connect(self._fast_unavailable)
        session.fast.failed.connect(self._fast_failed)
        session.devices.lost.connect(self._device_lost)
        intake.permissionWanted.connect(self._ask_about_links)
        intake.failed.connect(self._intake_failed)
        intake.fetchingChanged.connect(self._fetching)
        self._notification = Notification(self)
        self._about_starter()
        if intake.waiting:  # they were asked about in a window that is gone
            self._ask_about_links(intake.waiting)

    def tell(self, key: str, kind: Kind, text: str, *actions: tuple[str, Callable[[], object]]) -> None:
        """Show a notice; each action also takes it away."""

        def and_withdraw(act: Callable[[], object]) -> Callable[[], object]:
            def both() -> None:
                self._bar.withdraw(key)
                act()

            return both

        self._bar.show_notice(
            Notice(key, kind, text, tuple((name, and_withdraw(act)) for name, act in actions))
        )

    def tell_error(self, key: str, error: Exception, *actions: tuple[str, Callable[[], object]]) -> None:
        """Show what went wrong, with a button that copies the details."""
        message = describe(error)
        copy = (self.tr("Copy details"), lambda: QGuiApplication.clipboard().setText(message.details))
        text = self.tr("{0}. {1}").format(message.title, message.text)
        self.tell(key, Kind.WARNING, text, *actions, copy)

    def change_text(self, key: str, text: str) -> None:
        """Say how far it is in a notice, if it is still there."""
        self._bar.change_text(key, text)

    def withdraw(self, key: str) -> None:
        """Remove a notice that no longer applies."""
        self._bar.withdraw(key)

    def nothing_to_take(self) -> None:
        """Show that what was pasted or dropped is no picture."""
        self.tell(
            "nothing",
            Kind.INFO,
            self.tr("Nothing to classify there. Drop pictures, folders or links to pictures."),
        )

    @Slot(object)
    def _moved(self, folder: Path | None) -> None:
        """Show that the networks were moved."""
        place = str(folder) if folder is not None else self.tr("the default folder")
        self.tell("move", Kind.GOOD, self.tr("The networks are now stored in {0}.").format(place))

    def previous_crash(self, show_details: Callable[[], object]) -> None:
        """Show once that the program did not end properly the last time."""
        self.tell(
            "crash",
            Kind.WARNING,
            self.tr("VGG Desktop closed unexpectedly last time."),
            (self.tr("Show details"), show_details),
        )

    @Slot()
    def _about_starter(self) -> None:
        self._bar.withdraw("network")
        if self._session.choice.spec.origin != "bundled":
            self._bar.withdraw("starter")
            return
        self.tell(
            "starter",
            Kind.INFO,
            self.tr(
                "The starter network recognises ten everyday things: airplane, automobile, bird, cat, deer, dog, "
                "frog, horse, ship, truck. The VGG networks recognise a thousand."
            ),
            (self.tr("Choose a network…"), self._open_networks),
        )

    @Slot(object)
    def _network_failed(self, error: Exception) -> None:
        choose = (self.tr("Choose a network…"), self._open_networks)
        self.tell_error("network", error, choose)

    @Slot(object)
    def _nothing_found(self, paths: tuple[Path | str, ...]) -> None:
        if not paths:
            self.nothing_to_take()
            return
        names = ", ".join(Path(path).name for path in paths[:3])
        self.tell("nothing", Kind.INFO, self.tr("No pictures were found in {0}.").format(names))

    @Slot(object)
    def _open_failed(self, error: Exception) -> None:
        self.tell_error("nothing", error)

    @Slot(str)
    def _follow_downloads(self, _id: str) -> None:
        if self._session.downloads.overall() is not None:  # another try has begun
            self._bar.withdraw("download")

    @Slot(str, object, int, int)
    def _exported(self, kind: str, target: Path, count: int, total: int) -> None:
        if kind == "folders":
            text = self.tr("Copied %n picture(s) into class folders in {0}.", "", count)
        else:
            text = self.tr("%n result(s) saved in {0}.", "", count)
        text = text.format(target.name)
        if total > count:
            text += " " + self.tr("%n picture(s) without a result are not among them.", "", total - count)
        show = (self.tr("Show in folder"), lambda: self._show_file(target))
        self.tell("export", Kind.GOOD, text, show)

    @Slot(object)
    def _export_failed(self, error: Exception) -> None:
        self.tell_error("export", error)

    @Slot(object)
    def _installed(self, spec: ModelSpec) -> None:
        window = self._bar.window()
        text = self.tr("{0} is ready.").format(spec.title)
        if spec.id == self._session.choice.spec.id:
            self.tell("installed", Kind.GOOD, text)
        else:
            use = (self.tr("Use it"), lambda: self._session.choice.use(spec))
            self.tell("installed", Kind.GOOD, text, use)
        if not window.isActiveWindow():
            QApplication.alert(window)
            self._notification.show(text)

    @Slot(object)
    def _download_failed(self, error: Exception) -> None:
        self.tell_error("download", error, (self.tr("Networks…"), self._open_networks))

    @Slot(object)
    def _move_failed(self, error: Exception) -> None:
        self.tell_error("move", error)

    @Slot(object)
    def _fast_made(self, known: FastKnown) -> None:
        if known.made is None:
            return
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
        self.tell("fast", Kind.GOOD if agreement.is_trusted else Kind.WARNING, text)

    @Slot(object)
    def _fast_unavailable(self, why: Reason) -> None:
        text = self.tr("Fast is not available here: {0}.").format(reason_text(why))
        self.tell("fast", Kind.INFO, text)

    @Slot(object)
    def _device_lost(self, lost: "DeviceLost") -> None:
        text = self.tr("{0} failed: {1}. Continuing on the CPU; no picture is skipped.").format(
            lost.device.name, reason_text(lost.reason)
        )
        again = (self.tr("Test again"), self._session.choice.test_devices_again)
        self.tell("device", Kind.WARNING, text, again)

    @Slot(object)
    def _fast_failed(self, error: Exception) -> None:
        self.tell_error("fast", error)

    @Slot(object)
    def _ask_about_links(self, links: tuple[str, ...]) -> None:
        self.tell(
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
        )

    @Slot(object)
    def _intake_failed(self, error: Exception) -> None:
        self.tell_error("intake", error)

    @Slot(int)
    def _fetching(self, pending: int) -> None:
        if pending:
            self.tell("fetching", Kind.INFO, self.tr("Fetching %n picture(s)…", "", pending))
        else:
            self._bar.withdraw("fetching")


class Notification(QObject):
    """Tells through the system's notifications, where it has them, that something long has ended.

    Its one icon in the tray is there while a notification is, for Qt shows none without.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None
        self._over = QTimer(self, singleShot=True, interval=NOTIFICATION_MS)
        self._over.timeout.connect(self._end)

    def show(self, text: str) -> None:
        """Show a text for some seconds."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(app_icon(), self)
            self._tray.messageClicked.connect(self._end)
            self._tray.activated.connect(self._end)
        self._tray.show()
        self._tray.showMessage(
            QGuiApplication.applicationDisplayName(), text, app_icon(), msecs=NOTIFICATION_MS
        )
        self._over.start()

    @Slot()
    def _end(self, _reason: object = None) -> None:
        self._over.stop()
        if self._tray is not None:
            self._tray.hide()
