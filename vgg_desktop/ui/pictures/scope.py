"""What a command acts on: all pictures, those shown, or those selected."""

import enum
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from vgg_desktop.ui.look.widgets import fill
from vgg_desktop.ui.words.formats import number


class Scope(enum.Enum):
    """What a command acts on."""

    ALL = enum.auto()
    SHOWN = enum.auto()
    SELECTED = enum.auto()


Scopes = Mapping[Scope, int]  # how many pictures each is


def default_scope(scopes: Scopes) -> Scope:
    """Return the pictures selected, or those shown where one or none is: one is nearly always."""
    return Scope.SELECTED if scopes[Scope.SELECTED] > 1 else Scope.SHOWN


def is_choice(scopes: Scopes) -> bool:
    """Return whether it makes a difference."""
    return scopes[Scope.SHOWN] != scopes[Scope.ALL] or 1 < scopes[Scope.SELECTED] != scopes[Scope.ALL]


class ScopeChoice(QWidget):
    """Radio buttons with the number of pictures of each scope; what is the same as all is not offered."""

    changed = Signal()

    def __init__(self, scopes: Scopes) -> None:
        super().__init__()
        texts = {
            Scope.ALL: self.tr("All {0}"),
            Scope.SHOWN: self.tr("{0} shown"),
            Scope.SELECTED: self.tr("{0} selected"),
        }
        self.buttons: dict[Scope, QRadioButton] = {}
        group, chosen = QButtonGroup(self), default_scope(scopes)
        group.buttonClicked.connect(lambda _button: self.changed.emit())
        for scope, text in texts.items():
            button = self.buttons[scope] = QRadioButton(text.format(number(scopes[scope], 1)))
            button.setEnabled(scopes[scope] > 0)
            button.setChecked(scope is chosen)
            group.addButton(button)
        if scopes[Scope.SHOWN] == scopes[Scope.ALL]:  # nothing is filtered out
            self.buttons[Scope.SHOWN].hide()
            self.buttons[Scope.ALL].setChecked(chosen is Scope.SHOWN)
        fill(QVBoxLayout(self), *self.buttons.values(), spacing=2, margins=(0, 0, 0, 0))

    @property
    def scope(self) -> Scope:
        """What is chosen."""
        return next(scope for scope, button in self.buttons.items() if button.isChecked())

    def set_focus(self) -> None:
        """Let the keyboard begin at what is chosen, once the window is there."""
        self.buttons[self.scope].setFocus()


class ScopeDialog(QDialog):
    """Asks what a command is to act on before its own dialog comes."""

    chosen = Signal(object)  # the Scope

    def __init__(self, window: QWidget, title: str, action: str, scopes: Scopes) -> None:
        super().__init__(window)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choice = ScopeChoice(scopes)
        buttons = QDialogButtonBox()
        self.proceed = buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole)
        self.proceed.setProperty("primary", True)
        self.proceed.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        unit = self.fontMetrics().height() // 2
        fill(QVBoxLayout(self), self.choice, unit, buttons, margins=(2 * unit,) * 4)
        self.choice.set_focus()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 50)

    def _accept(self) -> None:
        scope = self.choice.scope
        self.accept()
        self.chosen.emit(scope)
