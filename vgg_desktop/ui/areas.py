"""The areas of the window, between which F6 goes: the rail, the notices, the parts of a page, the tool bar."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def _takes_keyboard(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def keyboard_place(area: QWidget) -> QWidget | None:
    """Return what had the keyboard last in an area, or else the first that takes it; None if nothing does."""
    last = area.focusWidget()
    if last is not None and area.isAncestorOf(last) and _takes_keyboard(last):
        return last
    if _takes_keyboard(area):
        return area
    each = area.nextInFocusChain()
    while each is not None and each is not area:
        if area.isAncestorOf(each) and _takes_keyboard(each):
            return each
        each = each.nextInFocusChain()
    return None


def go_to_next(areas: Sequence[QWidget], step: int) -> None:
    """Move the keyboard by `step` areas, 1 or -1, of those in which something takes it."""
    places = [(area, place) for area in areas if (place := keyboard_place(area)) is not None]
    focused = QApplication.focusWidget()
    here = [
        index
        for index, (area, _) in enumerate(places)
        if focused is not None and (area is focused or area.isAncestorOf(focused))
    ]
    if places:
        start = here[0] if here else -1 if step > 0 else 0
        reason = Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
        places[(start + step) % len(places)][1].setFocus(reason)
