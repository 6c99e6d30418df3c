"""The device in use, beside the network: why no better one is used, and the choice of another."""

import re
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from vgg_desktop.ui.device_choice import AUTO, CPU
from vgg_desktop.ui.look.icons import icon
from vgg_desktop.ui.look.widgets import ElidedButton, plain_tool_tip, without_mnemonic
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.settings_form import set_by_administrator
from vgg_desktop.ui.words.reasons import fallback_text, reason_text
from vgg_desktop.why import Why

LONGEST = 100  # characters of a line of the menu; the whole of it is in the tool tip
# What stands before the part in which the names of cards differ.
_MAKERS: Final = re.compile(r"\b(?:NVIDIA|GeForce|AMD) ")


class DeviceChip(ElidedButton):
    """Shows the device in use and opens the menu of all devices."""

    devicesWanted = Signal()  # noqa: N815 - Qt's way of naming; the page about them

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._choice = session.devices
        menu = QMenu(self.tr("&Device"), self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._choice.changed.connect(self._refresh)
        session.settings.changed.connect(self._refresh)
        self._refresh()
        self._fill()

    @Slot()
    def _refresh(self) -> None:
        choice, requested = self._choice, self._session.settings.value.device
        loaded = choice.loaded if choice.loaded is not None and choice.loaded.requested == requested else None
        name = loaded.device if loaded is not None else "" if requested == AUTO else choice.name_of(requested)
        if name and requested == AUTO and choice.others_usable():
            name = self.tr("Auto: {0}").format(name)
        name = name or self.tr("Auto")
        text = self.tr("Running on {0}").format(name)
        if choice.testing is not None:
            name = self.tr("Testing {0}…").format(choice.testing.device)
            text = self.tr("First use: checking this device (a few seconds).")
        elif loaded is not None and loaded.fallback:
            why = fallback_text(loaded.fallback)
            text = self.tr("Running on {0}. Other devices are unavailable: {1}.").format(loaded.device, why)
        is_warning = loaded is not None and loaded.is_warning
        self.setIcon(icon("warning" if is_warning else "device"))
        self.set_name(_MAKERS.sub("", name))
        self.setToolTip(plain_tool_tip(text if name in text else f"{name}\n{text}"))
        self.setAccessibleName(self.tr("Device: {0}").format(name))
        self.setAccessibleDescription(self.tr("Warning: {0}").format(text) if is_warning else text)

    @Slot()
    def _fill(self) -> None:
        """List every device, and why some are unavailable."""
        menu, choice, requested = self.menu(), self._choice, self._session.settings.value.device
        menu.clear()
        group = QActionGroup(menu)
        self._add_device(group, AUTO, self.tr("Auto (the fastest that passes its test)"), requested)
        for status in choice.statuses:
            why = choice.unused_reason(status)
            name = status.device.name
            text = self.tr("{0} – {1}").format(name, why) if why else name
            self._add_device(group, status.device.id, text, requested).setEnabled(status.usable)
        if "device" in self._session.settings.value.locked:
            for action in group.actions():
                action.setEnabled(action.isChecked())
            self._add_note(set_by_administrator())
        if not choice.statuses:
            self._add_device(group, CPU, self.tr("CPU"), requested)
            self._add_note(self.tr("Looking for other devices…"))
        elif len(choice.statuses) == 1:
            self._add_note(self.tr("No other device: {0}").format(reason_text(Why.DEVICE_NO_OTHER())))
        if group.checkedAction() is None:  # what was chosen is gone
            group.actions()[0].setChecked(True)
        menu.addSeparator()
        again = menu.addAction(icon("retry"), self.tr("&Test again"))
        again.triggered.connect(self._session.choice.test_devices_again)
        menu.addAction(icon("device"), self.tr("De&vices")).triggered.connect(self.devicesWanted)

    def _add_note(self, text: str) -> None:
        self.menu().addAction(without_mnemonic(text)).setEnabled(False)

    def _add_device(self, group: QActionGroup, id: str, text: str, requested: str) -> QAction:
        metrics = self.menu().fontMetrics()
        width = metrics.averageCharWidth() * LONGEST
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        action = self.menu().addAction(without_mnemonic(shown))
        action.setToolTip(plain_tool_tip(text))
        action.setData(id)
        action.setCheckable(True)
        action.setChecked(id == requested)
        group.addAction(action)
        action.triggered.connect(lambda _checked=False: self._session.choice.choose_device(id))
        return action
