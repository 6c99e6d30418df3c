"""How many pictures there are of each kind, as chips that show only these."""

import functools

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from vgg_desktop.ui.look.flow_layout import FlowLayout
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import without_mnemonic
from vgg_desktop.ui.pictures.results_model import ResultsModel
from vgg_desktop.ui.pictures.rows import Counts, Kind
from vgg_desktop.ui.words.formats import number


class Chips(QWidget):
    """One chip for each kind of which there are pictures, and one for the class that is shown alone."""

    kindChosen = Signal(object)  # noqa: N815 - Qt's way of naming
    classRemoved = Signal()  # noqa: N815

    def __init__(self, model: ResultsModel) -> None:
        super().__init__()
        self._model = model
        line = FlowLayout(self, across=4, down=4)
        self.kinds = {kind: QToolButton() for kind in Kind}
        for kind, button in self.kinds.items():
            button.setCheckable(True)
            button.clicked.connect(functools.partial(self.kindChosen.emit, kind))
        self.of_class = QToolButton()
        self.of_class.setIcon(icon("close"))
        self.of_class.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.of_class.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross comes after the name
        self.of_class.setCheckable(True)
        self.of_class.clicked.connect(self.classRemoved)
        for button in (*self.kinds.values(), self.of_class):
            button.setProperty("chip", True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            line.addWidget(button)
        self._fit_icon()

    def show_counts(self, counts: Counts) -> None:
        """Show how many pictures of each kind there are, and what of them is shown."""
        shown, chosen = self._model.filter.kind, self._model.filter.chosen
        texts = {
            Kind.ALL: self.tr("All {0}"),
            Kind.DONE: self.tr("Done {0}"),
            Kind.UNSURE: self.tr("Unsure {0}"),
            Kind.FAILED: self.tr("Failed {0}"),
            Kind.STOPPED: self.tr("Stopped {0}"),
            Kind.OPEN: self.tr("Waiting {0}"),
        }
        for kind, button in self.kinds.items():
            text = texts[kind].format(number(counts.of(kind), 1))
            button.setText(text)
            button.setAccessibleName(self.tr("{0}, show only these").format(text))
            button.setToolTip(self.tr("Show all") if kind is Kind.ALL else self.tr("Show only these"))
            button.setChecked(kind is shown and (kind is not Kind.ALL or chosen is None))
            # What all pictures are says no more than their number, and the progress says how many wait.
            is_new = kind is not Kind.OPEN and 0 < counts.of(kind) < counts.total
            button.setVisible(kind in (Kind.ALL, shown) or is_new)
        if chosen is not None:
            name = self._model.texts.group_name(chosen)
            self.of_class.setText(without_mnemonic(name))
            self.of_class.setAccessibleName(self.tr("Only {0}, show all classes").format(name))
            self.of_class.setToolTip(self.tr("Show all classes"))
        self.of_class.setChecked(True)
        self.of_class.setVisible(chosen is not None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_icon()

    def _fit_icon(self) -> None:
        side = self.fontMetrics().height() * 3 // 4
        self.of_class.setIconSize(
            self.of_class.iconSize().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        )
