"""The dialog that sorts pictures into a folder for each class."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from vgg_desktop.settings import UNSURE
from vgg_desktop.sorting import Sorting, SortPlan
from vgg_desktop.ui.frame import fit_on_screen
from vgg_desktop.ui.jobs import Job
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.widgets import TonedLabel, VerticalArea, fill, push_button, scaled
from vgg_desktop.ui.pictures.rows import ResultRow
from vgg_desktop.ui.pictures.scope import Scope, ScopeChoice, Scopes
from vgg_desktop.ui.words.formats import data_size, number

SETTLE_MS = 200  # after a change, before the disk is asked again

# Rows, a folder and how to sort -> the job that calls back with what this would do.
Plan = Callable[[Path, Iterable[ResultRow], Sorting, Callable[[SortPlan], object]], Job]


class SortDialog(QDialog):
    """Which pictures, into which folder, what of those unsure, copies or hard links; and what this would do."""

    sortRequested = Signal(object, object, object)  # noqa: N815 - Qt's way of naming; folder, rows and Sorting

    def __init__(
        self,
        window: QWidget,
        plan: Plan,
        scopes: Scopes,
        rows_of: Callable[[Scope], list[ResultRow]],
        folder: Path,
        unsure_below: int,
    ) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Sort into folders"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plan, self._rows_of = plan, rows_of
        self._job: Job | None = None
        self._planning = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._planning.timeout.connect(self._ask_for_plan)
        self.scope = ScopeChoice(scopes)
        self.scope.changed.connect(self._plan_soon)
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.textChanged.connect(self._plan_soon)
        self.choose = push_button(self.tr("Choose…"), self._choose_folder, "folder")
        self._make_threshold(unsure_below)
        self._make_manner()
        self.preview = TonedLabel(Tone.QUIET)
        self._lay_out()
        self.scope.set_focus()
        fit_on_screen(self)
        self._plan_soon()

    def _make_threshold(self, unsure_below: int) -> None:
        self.threshold = QCheckBox(self.tr("Pictures below"))
        self.threshold.setChecked(unsure_below > 0)
        self.percent = QSpinBox()
        self.percent.setRange(1, UNSURE.stop - 1)
        self.percent.setSuffix(" %")
        self.percent.setValue(unsure_below or 50)
        self.percent.setAccessibleName(self.tr("Probability below which a picture is unsure"))
        self.unsure = QComboBox()
        self.unsure.setAccessibleName(self.tr("What to do with unsure pictures"))
        self.unsure.addItem(self.tr("go into the folder “not sure”"), self.tr("not sure", "name of a folder"))
        self.unsure.addItem(self.tr("are left out"), "")
        for part in (self.percent, self.unsure):
            part.setEnabled(self.threshold.isChecked())
            self.threshold.toggled.connect(part.setEnabled)
        self.threshold.toggled.connect(self._plan_soon)
        self.percent.valueChanged.connect(self._plan_soon)
        self.unsure.currentIndexChanged.connect(self._plan_soon)

    def _make_manner(self) -> None:
        self.copy = QRadioButton(self.tr("Copy"))
        self.copy.setChecked(True)
        self.link = QRadioButton(self.tr("Hard link (takes no space)"))
        self.link.setToolTip(self.tr("A picture and its hard link are one file: editing one changes both."))
        self.link.setEnabled(False)  # until it is known to be possible
        self.why_not = TonedLabel(
            Tone.QUIET, self.tr("Hard links need a folder on the disk of the pictures."), smaller=True
        )
        group = QButtonGroup(self)
        for button in (self.copy, self.link):
            group.addButton(button)
            button.toggled.connect(self._show_plan)
        self._known: SortPlan | None = None

    def _lay_out(self) -> None:
        def section(title: str) -> QLabel:
            label = QLabel(title)
            label.setFont(scaled(label.font()))
            return label

        unit = self.fontMetrics().height() // 2
        unsure = QWidget()
        line = FlowLayout(unsure, across=unit, down=unit // 2)
        for part in (self.threshold, self.percent, self.unsure):
            line.addWidget(part)
        buttons = QDialogButtonBox()
        self.sort = buttons.addButton(self.tr("Sort"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.sort.setProperty("primary", True)
        self.sort.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        page = QWidget()
        fill(
            QVBoxLayout(page),
            section(self.tr("Which pictures")),
            self.scope,
            unit,
            section(self.tr("Into a sub-folder per class in")),
            fill(QHBoxLayout(), (self.folder, 1), self.choose, spacing=unit),
            unit,
            section(self.tr("Unsure")),
            unsure,
            unit,
            section(self.tr("How")),
            self.copy,
            self.link,
            self.why_not,
            None,
            spacing=unit // 2,
            margins=(2 * unit, 2 * unit, 2 * unit, unit),
        )
        area = VerticalArea()
        area.setWidget(page)
        foot = fill(
            QVBoxLayout(), self.preview, buttons, spacing=unit, margins=(2 * unit, 0, 2 * unit, 2 * unit)
        )
        fill(QVBoxLayout(self), (area, 1), foot, margins=(0, 0, 0, 0), spacing=unit)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 50)
        self.resize(self.sizeHint().expandedTo(page.sizeHint() + buttons.sizeHint() * 2))

    # What is chosen

    def sorting(self) -> Sorting:
        """Return how the pictures are to be sorted."""
        link = self.link.isChecked()
        if not self.threshold.isChecked():
            return Sorting(link=link)
        return Sorting(self.percent.value() / 100, str(self.unsure.currentData()), link)

    def target(self) -> Path | None:
        """Return the folder, or None where what is written is none."""
        path = Path(self.folder.text().strip()).expanduser()
        return path if path.is_absolute() else None

    @Slot()
    def _choose_folder(self) -> None:
        target = self.target()
        start = next((each for each in (target, *target.parents) if each.is_dir()), None) if target else None
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), str(start or Path.home()))
        if name:
            self.folder.setText(str(Path(name)))

    @Slot()
    def _accept(self) -> None:
        target = self.target()
        if target is not None:
            self.sortRequested.emit(target, self._rows_of(self.scope.scope), self.sorting())
            self.accept()

    def done(self, result: int) -> None:
        """Stop what is still being found out."""
        self._planning.stop()
        if self._job is not None:
            self._job.stop()
        super().done(result)

    # What it would do

    @Slot()
    def _plan_soon(self) -> None:
        if self._job is not None:
            self._job.stop()
        self._known = None
        self.sort.setEnabled(self.target() is not None)
        self._show_plan()
        self._planning.start()

    @Slot()
    def _ask_for_plan(self) -> None:
        if (target := self.target()) is not None:
            self._job = self._plan(target, self._rows_of(self.scope.scope), self.sorting(), self._take_plan)

    @Slot(object)
    def _take_plan(self, plan: SortPlan) -> None:
        self._known = plan
        if not plan.can_link:
            with QSignalBlocker(self.copy), QSignalBlocker(self.link):
                self.copy.setChecked(True)
        self.link.setEnabled(plan.can_link)
        self.why_not.setVisible(not plan.can_link and plan.pictures > 0)
        self.sort.setEnabled(plan.pictures > 0)
        self._show_plan()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.preview.text()))

    @Slot()
    def _show_plan(self) -> None:
        plan = self._known
        if self.target() is None:
            self.preview.setText(self.tr("Choose a folder."))
            return
        if plan is None:
            self.preview.setText(self.tr("Counting…"))
            return
        size = self.tr("no extra space") if self.link.isChecked() else data_size(plan.bytes)
        pictures = self.tr("%n picture(s)", "", plan.pictures).replace(
            str(plan.pictures), number(plan.pictures, 1)
        )
        folders = self.tr("%n folder(s)", "", plan.folders)
        parts = [
            self.tr("{pictures} into {folders}, {size}").format(pictures=pictures, folders=folders, size=size)
        ]
        if plan.left_out:
            parts.append(self.tr("%n left out", "", plan.left_out))
        self.preview.setText(" · ".join(parts))
