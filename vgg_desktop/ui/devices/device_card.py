"""One device as a short card: its name, what drives it, whether it is in use or can be, and why not."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from vgg_desktop.reasons import Reason
from vgg_desktop.ui.devices.words import joined, precision_name
from vgg_desktop.ui.look.appearance import Tone
from vgg_desktop.ui.look.widgets import TOP, Symbol, TonedLabel, fill, plain_label, push_button, scaled
from vgg_desktop.ui.words.reasons import reason_text

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.listing import DeviceStatus
    from vgg_desktop.inference.devices.measuring import FormFacts


class DeviceCard(QFrame):
    """Shows one device; its button repeats the self-tests that it did not pass."""

    testAgainRequested = Signal(str)  # noqa: N815 - Qt's way of naming; the device's id

    def __init__(self, id: str) -> None:
        super().__init__()
        self.id = id
        self.setProperty("card", True)
        self.name = plain_label()
        self.name.setFont(scaled(self.name.font()))
        self._symbol = Symbol("check", Tone.GOOD)
        self.state = TonedLabel()
        self.facts = TonedLabel(smaller=True)
        self.failures = TonedLabel(Tone.WARNING)
        self.button = push_button(self.tr("Test again"), self._ask, "retry")
        unit = self.fontMetrics().height() // 2
        texts = fill(QVBoxLayout(), self.name, self.state, self.facts, self.failures, spacing=unit // 2)
        fill(
            QHBoxLayout(self),
            (self._symbol, TOP),
            (texts, 1),
            (self.button, TOP),
            spacing=unit * 3 // 2,
            margins=(unit * 2, unit * 3 // 2, unit * 2, unit * 3 // 2),
        )

    def show_device(
        self, status: "DeviceStatus", found: Sequence["FormFacts"], titles: Mapping[str, str], *, in_use: bool
    ) -> None:
        """Show a device and what is known of the networks on it."""
        device = status.device
        self.name.setText(device.name)
        symbol, colour, state = self._state(status, found, in_use=in_use)
        self._symbol.show_symbol(symbol, colour)
        self.state.setText(state)
        self.facts.setText(self._facts(status, found))
        lines = _failures(found, titles)
        self.failures.setText("\n".join(lines))
        self.failures.setVisible(bool(lines))
        self.button.setVisible(bool(lines))
        self.button.setAccessibleName(self.tr("Test {device} again").format(device=device.name))
        self.setAccessibleName(device.name)
        self.setAccessibleDescription(". ".join([state, self.facts.text(), *lines]))

    def _state(
        self, status: "DeviceStatus", found: Sequence["FormFacts"], *, in_use: bool
    ) -> tuple[str, Tone, str]:
        failed = [each for each in found if each.reason is not None]
        if status.reason is not None:
            why = reason_text(status.reason)
            return "error", Tone.WARNING, self.tr("Unavailable: {reason}").format(reason=why)
        if in_use:
            return "check", Tone.GOOD, self.tr("In use")
        if failed and len(failed) == len(found):
            return "warning", Tone.WARNING, self.tr("Not used: it failed its self-test")
        if failed:
            return "warning", Tone.WARNING, self.tr("Available for some networks")
        return "info", Tone.QUIET, self.tr("Available")

    def _facts(self, status: "DeviceStatus", found: Sequence["FormFacts"]) -> str:
        device = status.device
        parts = [device.provider]
        if device.driver:
            parts.append(self.tr("driver {version}").format(version=device.driver))
        if device.id == "cpu":
            parts.append(self.tr("reference for the other devices"))
        elif status.usable:
            passed = sum(each.verdict is not None and each.reason is None for each in found)
            parts.append(
                self.tr("%n self-test(s) passed", "", passed) if passed else self.tr("not tested yet")
            )
        return joined(parts)

    @Slot()
    def _ask(self) -> None:
        self.testAgainRequested.emit(self.id)


def _failures(found: Sequence["FormFacts"], titles: Mapping[str, str]) -> list[str]:
    """Return for which networks a device is not used, one line per reason."""
    networks: dict[Reason, list[str]] = {}
    for each in found:
        if each.reason is not None:
            name = f"{titles.get(each.model, each.model)} ({precision_name(each.precision)})"
            networks.setdefault(each.reason, []).append(name)
    return [f"{', '.join(names)}: {reason_text(why)}" for why, names in networks.items()]
