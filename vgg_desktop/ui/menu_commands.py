"""What the actions do: each command of the menus as a method."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QTextEdit, QWidget

from vgg_desktop import export, paths
from vgg_desktop.images.kinds import EXTENSIONS
from vgg_desktop.sorting import Sorting
from vgg_desktop.ui.actions import Actions
from vgg_desktop.ui.file_manager import open_own_folder, show_in_folder
from vgg_desktop.ui.incoming.intake import Intake
from vgg_desktop.ui.look.widgets import confirm, plain_tool_tip, without_mnemonic
from vgg_desktop.ui.networks.state import SUFFIXES
from vgg_desktop.ui.notices import Notices
from vgg_desktop.ui.pictures.inspector import Inspector
from vgg_desktop.ui.pictures.list_panel import ListPanel
from vgg_desktop.ui.pictures.rows import RETRYABLE, ResultRow
from vgg_desktop.ui.pictures.scope import Scope, ScopeDialog, default_scope, is_choice
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.session.settings_keeper import SettingsKeeper
from vgg_desktop.ui.words import class_names

ASK_ABOVE = 20  # pictures that are not thrown away without a question


class MenuCommands(QObject):
    """Dialogs, clipboard and files behind the menus; `window` is the parent of every dialog."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        intake: Intake,
        pictures: ListPanel,
        result: Inspector,
        notices: Notices,
        open_networks: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._open_networks = open_networks
        self._window = window
        self._session = session
        self._intake = intake
        self._pictures = pictures
        self._result = result
        self._notices = notices
        self._sorted_into: Path | None = None  # the last time

    # Opening

    def open_files(self) -> None:
        """Ask for pictures."""
        patterns = " ".join(f"*{each}" for each in EXTENSIONS)
        kinds = f"{self.tr('Pictures')} ({patterns});;{self.tr('All files')} (*)"
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Open pictures"), self._start(), kinds)
        self.open_paths(Path(name) for name in names)

    def open_folder(self) -> None:
        """Ask for a folder of pictures."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Open folder"), self._start())
        if name:
            self.open_paths([Path(name)])

    def open_paths(self, chosen: Iterable[Path]) -> None:
        """Open files and folders, and remember them."""
        opened = list(chosen)
        self._intake.remember(opened)
        self._intake.take_paths(opened)

    def _start(self) -> str:
        recent = self._session.settings.value.recent
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        start = Path(recent[0]).parent if recent else Path(pictures)
        return str(start if start.is_dir() else Path.home())  # Qt would take its name for that of a file

    def paste(self) -> None:
        """Take what is on the clipboard: a picture, copied files, an address."""
        if isinstance(field := QApplication.focusWidget(), QLineEdit | QTextEdit):
            field.paste()
        elif not self._intake.take_mime(QGuiApplication.clipboard().mimeData()):
            self._notices.nothing_to_take()

    # The list

    def show_scope(self, actions: Actions) -> None:
        """Write into the menus on how many pictures the commands act."""
        scopes = self._pictures.scopes()
        chosen, selected = scopes[default_scope(scopes)], scopes[Scope.SELECTED]
        if chosen:
            actions["save"].setText(self.tr("&Save %n result(s)…", "", chosen))
            actions["sort_folders"].setText(self.tr("Sort %n picture(s) into fol&ders…", "", chosen))
        if selected:
            actions["remove"].setText(self.tr("&Remove %n picture(s) from list", "", selected))

    def copy(self) -> None:
        """Copy the results of the selected pictures; of one picture all its classes."""
        if isinstance(field := QApplication.focusWidget(), QLineEdit | QTextEdit):
            field.copy()
            return
        rows = self._pictures.selected()
        if len(rows) > 1:
            outcomes = self._session.pictures.outcomes(rows)
            QGuiApplication.clipboard().setText(export.as_text(outcomes, class_names.language()))
        elif self._result.classification is not None:
            self._result.copy()

    def save(self) -> None:
        """Save the results of the pictures chosen as a table or as JSON, after a question where there is a choice."""
        scopes = self._pictures.scopes()
        if not is_choice(scopes):
            self._save(Scope.ALL)
            return
        dialog = ScopeDialog(self._window, self.tr("Save results"), self.tr("Save…"), scopes)
        dialog.chosen.connect(self._save)
        dialog.open()

    def _save(self, scope: Scope) -> None:
        rows = self._pictures.rows_of(scope)
        table, lines = self.tr("Table for spreadsheets (*.csv)"), self.tr("JSON Lines (*.jsonl)")
        suggested = str(Path(self._start()) / self.tr("results.csv"))
        name, kind = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the results of %n picture(s)", "", len(rows)),
            suggested,
            f"{table};;{lines}",
        )
        if not name:
            return
        target, as_json = Path(name), kind == lines
        if not target.suffix:
            target = target.with_suffix(".jsonl" if as_json else ".csv")
        as_json = as_json or target.suffix.lower() in (".json", ".jsonl")
        self._session.pictures.export("json" if as_json else "csv", target, rows)

    def sort_into_folders(self) -> None:
        """Ask how pictures are to be sorted into a folder for each best class."""
        from vgg_desktop.ui.pictures.sort_dialog import SortDialog

        pictures = self._session.pictures
        dialog = SortDialog(
            self._window,
            pictures.plan_sorting,
            self._pictures.scopes(),
            self._pictures.rows_of,
            self._sorted_into or Path(self._start()) / self.tr("sorted"),
            self._session.settings.value.unsure_below,
        )
        dialog.sortRequested.connect(self._sort)
        dialog.open()

    def _sort(self, folder: Path, rows: list[ResultRow], how: Sorting) -> None:
        self._sorted_into = folder
        self._session.pictures.sort(folder, rows, how)

    def remove(self) -> None:
        """Take the selected pictures off the list; the files stay."""
        rows = self._pictures.selected()
        places = self._session.pictures.model.arrangement.places_of(rows)
        self._session.pictures.remove(rows)
        if places:
            self._pictures.select_near(places[0])

    def clear(self) -> None:
        """Empty the list, after a question when that would throw much work away."""
        total = self._session.pictures.model.counts.total
        question = self.tr("Remove all %n picture(s) from the list? Your files are not deleted.", "", total)
        title, action = self.tr("Clear list"), self.tr("Remove")
        if total <= ASK_ABOVE or confirm(self._window, title, question, action):
            self._session.pictures.clear()

    def retry(self) -> None:
        """Classify the selected pictures again, or all that failed or were stopped."""
        self._retry(self._pictures.selected()) or self._retry(self._session.pictures.model.rows())

    def retry_shown(self) -> None:
        """Classify all shown pictures again that failed or were stopped."""
        self._retry(self._session.pictures.model.shown())

    def _retry(self, rows: Iterable[ResultRow]) -> bool:
        """Classify those of some pictures again that failed or were stopped, and return whether there are any."""
        again = [row for row in rows if row.state in RETRYABLE]
        self._session.pictures.retry(again)
        self._result.show_row(self._pictures.current())
        return bool(again)

    def show_folder(self) -> None:
        """Open the folder of the picture shown."""
        row = self._pictures.current()
        if row is not None:
            show_in_folder(row.path)

    # The program

    def import_network(self) -> None:
        """Ask for a network's file, and install it."""
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Import a network"), "", f"{self.tr('Networks')} ({patterns})"
        )
        if name:
            self.import_networks((Path(name),))

    def import_networks(self, files: Iterable[Path]) -> None:
        """Install networks from files; the choice of networks shows how it goes."""
        self._open_networks()
        for file in files:
            self._session.downloads.import_file(file)

    def show_logs(self) -> None:
        """Open the folder of the logs."""
        open_own_folder(paths.log_folder())


class RecentMenu(QMenu):
    """The pictures and folders that were opened last."""

    def __init__(
        self, settings: SettingsKeeper, open_paths: Callable[[Iterable[Path]], object], parent: QWidget
    ) -> None:
        super().__init__(self.tr("Open &recent"), parent)
        self._settings, self._open_paths = settings, open_paths
        self.aboutToShow.connect(self._fill)

    @Slot()
    def _fill(self) -> None:
        self.clear()
        for name in self._settings.value.recent:
            path = Path(name)
            action = self.addAction(without_mnemonic(path.name))
            action.setToolTip(plain_tool_tip(name))
            action.triggered.connect(lambda _checked=False, path=path: self._open_paths([path]))
        self.addSeparator()
        forget = self.addAction(self.tr("Clear list"))
        forget.setEnabled(bool(self._settings.value.recent))
        forget.triggered.connect(lambda: self._settings.change(recent=()))
