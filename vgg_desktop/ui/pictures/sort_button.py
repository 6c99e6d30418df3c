"""The button whose menu sorts and groups the pictures."""

import functools

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.pictures.results_model import ResultsModel
from vgg_desktop.ui.pictures.rows import Grouping, Order


class SortButton(QToolButton):
    """A menu of orders and groupings."""

    def __init__(self, model: ResultsModel) -> None:
        super().__init__()
        self._model = model
        self._actions: dict[Order | Grouping, QAction] = {}
        menu = QMenu(self)
        orders = {
            Order.ADDED: self.tr("Order added"),
            Order.NAME: self.tr("By name"),
            Order.CLASS: self.tr("By class"),
            Order.SUREST: self.tr("Most certain first"),
            Order.LEAST_SURE: self.tr("Least certain first"),
        }
        groupings = {
            Grouping.NONE: self.tr("No groups"),
            Grouping.LARGEST: self.tr("Group by class, largest first"),
            Grouping.NAME: self.tr("Group by class, in alphabetical order"),
        }
        self._add(menu, orders)
        menu.addSeparator()
        self._add(menu, groupings)
        menu.addSeparator()
        self.update_order = menu.addAction(self.tr("Update order"), model.arrange)
        menu.aboutToShow.connect(self.show_choice)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIcon(icon("sort"))
        self.setToolTip(self.tr("Sort and group"))
        self.setAccessibleName(self.tr("Sort and group the pictures"))
        self.show_choice()

    def _add(self, menu: QMenu, texts: dict[Order, str] | dict[Grouping, str]) -> None:
        group = QActionGroup(menu)
        for value, text in texts.items():
            action = self._actions[value] = menu.addAction(text)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.triggered.connect(functools.partial(self._choose, value))

    def _choose(self, value: Order | Grouping, _checked: bool = False) -> None:
        if isinstance(value, Order):
            self._model.set_order(value)
        else:
            self._model.set_grouping(value)

    def show_choice(self) -> None:
        """Show what is chosen, and whether answers have come since that belong elsewhere."""
        self._actions[self._model.order].setChecked(True)
        self._actions[self._model.grouping].setChecked(True)
        self.update_order.setEnabled(bool(self._model.stale))
