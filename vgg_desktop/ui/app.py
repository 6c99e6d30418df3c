"""Builds every object of the window, passes them on, and shuts them down."""

import logging
import os
import sys
from pathlib import Path
from typing import cast

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QComboBox

from vgg_desktop import logs, paths
from vgg_desktop.errors import CatalogInvalid
from vgg_desktop.history.history import History
from vgg_desktop.logs import CrashFile
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.shared import find_shared
from vgg_desktop.models.store import Fetch, ModelStore, all_models
from vgg_desktop.settings import Settings, read_machine
from vgg_desktop.ui import garbage
from vgg_desktop.ui.crash import CrashReporter
from vgg_desktop.ui.device_choice import DeviceChoice
from vgg_desktop.ui.devices.measurements import Measurements
from vgg_desktop.ui.fast import Fast
from vgg_desktop.ui.frame import Frame
from vgg_desktop.ui.incoming.intake import Intake
from vgg_desktop.ui.incoming.links import LinkFetcher
from vgg_desktop.ui.incoming.session_folder import SessionFolder
from vgg_desktop.ui.incoming.single_instance import OpenFileFilter, SingleInstance
from vgg_desktop.ui.jobs import JobQueue
from vgg_desktop.ui.look.appearance import Choice
from vgg_desktop.ui.look.widgets import confirm
from vgg_desktop.ui.main_window import MainWindow
from vgg_desktop.ui.menu_commands import ASK_ABOVE
from vgg_desktop.ui.networks.downloads import Downloads
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.session.history_keeper import MEGABYTE, HistoryKeeper
from vgg_desktop.ui.session.network_choice import NetworkChoice
from vgg_desktop.ui.session.picture_list import PictureList, Queues
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.ui.updates import UpdateCheck, update_address
from vgg_desktop.ui.words.formats import number
from vgg_desktop.ui.words.languages import Languages
from vgg_desktop.ui.work.engine import Engine
from vgg_desktop.ui.work.networks import NetworkFiles

logger = logging.getLogger(__name__)
HUNG = 71
# Until what is in the window is painted too, and what that brings about: focus, the mouse's place, a second layout.
SETTLE_MS = 100
# How long the end waits for threads that write the user's files, and for those that do not.
STOP_TIMEOUT_MS, READ_TIMEOUT_MS = 15_000, 4_000


def load_fetch() -> Fetch:
    """Return `download.fetch`; its module is loaded with the first download only."""
    from vgg_desktop.models.download import fetch

    return fetch


class App(QObject):
    """Every long-lived object, made in the order in which they need each other."""

    def __init__(self, frame: Frame, chosen: Settings) -> None:
        super().__init__()
        self.frame = frame
        self.collector = garbage.Collector()
        self.languages = Languages(frame.application)
        self.languages.apply(chosen.language)
        problems: list[CatalogInvalid] = []
        catalog = load_catalog(problems.append)
        self.store = ModelStore(chosen.models_cache, find_shared(chosen.shared_folder))
        self.store.tidy()  # before the networks are listed: one may have been renamed aside
        queues = [JobQueue(name) for name in ("opening", "viewing", "saving", "inference", "history")]
        self.queues = Queues(*queues)
        of_networks = [JobQueue(name) for name in ("downloads", "networks", "trials")]
        self.workers = (*queues, *of_networks)
        inference = self.queues.inference
        self.history = History(enabled=chosen.history, limit=chosen.history_limit * MEGABYTE)
        self.engine = Engine(self.store, inference, self.history, threads=chosen.threads)
        specs = all_models(self.store, catalog)
        files = NetworkFiles(self.store, catalog, load_fetch, self.engine, inference)
        on_disk = {spec.id: files.look(spec, count=False) for spec in specs}
        self.downloads = Downloads(specs, files, on_disk, *of_networks, may_download=chosen.downloads)
        self.folder = SessionFolder()
        self.session = self._make_session(chosen)
        self.fetcher = LinkFetcher()
        self.intake = Intake(self.session.pictures, self.session.settings, self.fetcher)
        self.updates = UpdateCheck(update_address(), self, is_off=chosen.is_off("check_updates"))
        self.window = self._make_window()
        frame.may_close = self._may_close
        for each in problems:
            logger.warning(each)
            self.window.notices.show_error("catalog", each)
        if (problem := read_machine().problem) is not None:
            self.window.notices.show_error("settings", problem)
        if self.store.shared.problem is not None:
            self.window.notices.show_error("shared", self.store.shared.problem)
        settings = self.session.settings
        settings.changed.connect(self._follow_settings)
        self.downloads.moved.connect(lambda folder: settings.change(models_folder=str(folder or "")))

    def _make_session(self, chosen: Settings) -> Session:
        engine, inference = self.engine, self.queues.inference
        settings = SettingsKeeper(chosen)
        devices, fast = DeviceChoice(engine), Fast(engine, inference)
        choice = NetworkChoice(settings, self.downloads, engine, inference, fast)
        choice.specChanged.connect(devices.forget_loaded)
        measurements = Measurements(engine, inference)
        measurements.ended.connect(choice.load)  # measuring took its memory
        history = HistoryKeeper(self.history, self.queues.history, settings)
        pictures = PictureList(settings, choice, history, engine, self.queues, self.folder)
        return Session(settings, self.downloads, devices, fast, choice, history, measurements, pictures)

    def start(self) -> None:
        """Start the threads, and once the window is there load the network while the user looks for a picture."""
        self.collector.start()
        for worker in self.workers:
            worker.start()
        if self.session.settings.value.is_off("history") and read_machine().problem is None:
            self.session.history.clear()  # the administrator wants nothing to be kept
        # Threads that import take turns with the one that paints. A picture that comes sooner loads it too.
        self.frame.painted.connect(self._load_soon, Qt.ConnectionType.SingleShotConnection)

    def stop(self) -> bool:
        """End the threads and save the settings; returns whether every thread ended."""
        self.fetcher.cancel_all()
        for worker in self.workers:
            worker.request_stop()
        ended, writing, reading = True, QDeadlineTimer(STOP_TIMEOUT_MS), QDeadlineTimer(READ_TIMEOUT_MS)
        # They may hang in a folder or a picture of a network drive; what they keep is replaced as a whole.
        queues = self.queues
        readers = (queues.opening, queues.viewing, queues.inference, queues.history)
        for worker in self.workers:
            if not worker.wait(reading if worker in readers else writing):
                logger.critical("%s did not stop", worker.objectName())
                ended = False
        self.history.close()
        if ended:
            self.collector.stop()
        # A move may have ended after the last event that tells of it.
        self.session.settings.change(models_folder=str(self.store.chosen or ""))
        self.session.settings.save()
        self.languages.remove()
        self.folder.close()
        return ended

    @Slot(object)
    def receive(self, given: tuple[Path | str, ...]) -> None:
        """Open files and addresses sent by a second start, and raise the window."""
        frame = self.frame
        state = frame.windowState()
        frame.setWindowState(state ^ (state & Qt.WindowState.WindowMinimized))
        frame.show()
        frame.raise_()
        frame.activateWindow()
        self.intake.take_paths(given)

    def _may_close(self) -> bool:
        """Ask the user before many pictures are left that wait."""
        counts = self.session.pictures.model.counts
        if counts.open <= ASK_ABOVE:
            return True
        if self.history.enabled:
            text = self.tr("{0} of {1} pictures are done; they are kept. Quit now?")
        else:
            text = self.tr("{0} of {1} pictures are done; results are not remembered. Quit now?")
        question = text.format(number(counts.ended, 1), number(counts.total, 1))
        return confirm(self.window, self.tr("Quit"), question, self.tr("Quit"))

    @Slot()
    def _load_soon(self) -> None:
        QTimer.singleShot(SETTLE_MS, self.session.choice, self.session.choice.load)
        QTimer.singleShot(SETTLE_MS, self, self._look_for_last_list)
        if self.session.settings.value.check_updates:
            QTimer.singleShot(SETTLE_MS, self.updates, self.updates.start)

    @Slot()
    def _look_for_last_list(self) -> None:
        self.session.history.look_for_last_list(self.session.choice.setup)

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.session, self.intake, self.frame.places, self.updates)
        window.pages.folderChosen.connect(self._move_networks)
        self.frame.closing.connect(window.save_places)
        self.frame.fill(window)
        return window

    @Slot()
    def _rebuild(self) -> None:
        """Build the window again in another language, with everything that is in it."""
        old = self.window
        old.save_places()
        shown = old.list_panel.view_state()
        self.languages.apply(self.session.settings.value.language)
        self.window = self._make_window()
        self.window.list_panel.restore_view_state(shown)  # classes have other names, and another order
        # The keyboard stays where the language was chosen.
        if (box := self.window.show_page(old.pages.current).findChild(QComboBox, "language")) is not None:
            box.setFocus()

    @Slot(object, object)
    def _follow_settings(self, chosen: Settings, before: Settings) -> None:
        self.frame.appearance.apply(cast(Choice, chosen.appearance))
        if chosen.language != before.language:
            QTimer.singleShot(0, self, self._rebuild)  # what shows it is part of the window

    @Slot(object)
    def _move_networks(self, folder: Path | None) -> None:
        question = self.tr("Move the downloaded networks to {0}?").format(folder or paths.cache_folder())
        if confirm(self.window, self.tr("Move the networks"), question, self.tr("Move")):
            self.downloads.move(folder)


def run_app(frame: Frame, instance: SingleInstance, chosen: Settings, files: list[Path | str]) -> int:
    """Run the app: fill the window, classify these files, and return the exit code."""
    logs.log_versions()
    crash_file, reporter = CrashFile(), CrashReporter()
    crashed = crash_file.previous_crash()
    crash_file.start()
    reporter.install()
    try:
        app = App(frame, chosen)
        app.start()
        if crashed is not None:
            app.window.notices.previous_crash(lambda: reporter.show_previous(crashed))
        instance.received.connect(app.receive)
        instance.serve()
        return _run_event_loop(app, files)
    finally:
        reporter.uninstall()
        crash_file.stop()


def _run_event_loop(app: App, files: list[Path | str]) -> int:
    """Run the event loop until the window is closed, and end the threads."""
    application = app.frame.application
    if sys.platform == "darwin":  # a filter costs time at every event, and only there files come as events
        opened = OpenFileFilter(app)
        application.installEventFilter(opened)
        opened.received.connect(app.receive)
    # Python sees Ctrl+C between two of Qt's events only; the timer of the collector makes some.
    app.intake.take_paths(files)
    garbage.freeze()
    # Closed by Ctrl+C while it was filled, it would not end the event loop.
    code = application.exec() if app.frame.isVisible() else 0
    if not app.stop():
        logging.shutdown()
        os._exit(HUNG)  # returning would abort the process: a QThread may not be alive at exit
    return code
