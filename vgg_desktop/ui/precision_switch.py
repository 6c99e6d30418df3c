"""The choice between exact and fast arithmetic, beside the network."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from vgg_desktop.ui.look.widgets import plain_tool_tip
from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import number, percent_done
from vgg_desktop.ui.words.reasons import reason_text

MOST_OWN = 64  # pictures of the user's own on which Fast is calibrated and compared


class PrecisionSwitch(QWidget):
    """Two buttons of which one is down; what Fast means here, or why there is none, is in its tool tip."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setAccessibleName(self.tr("Precision"))
        self.exact, self.fast = QToolButton(), QToolButton()
        self.exact.setText(self.tr("Exact"))
        self.exact.setToolTip(self.tr("The published network, in 32-bit floating point"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button, name in ((self.exact, "exact"), (self.fast, "fast")):
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, name=name: self._choose(name))
            row.addWidget(button)
        session.fast.changed.connect(self._refresh)
        session.settings.changed.connect(self._refresh)
        self._refresh()

    def _choose(self, precision: str) -> None:
        self._session.choice.choose_precision(precision, self._session.pictures.classified(MOST_OWN))
        self._refresh()  # what is down is what is in use, not what was pressed

    @Slot()
    def _refresh(self) -> None:
        fast = self._session.fast
        use_fast = self._session.choice.precision == "fast" and fast.model is not None
        (self.fast if use_fast else self.exact).setChecked(True)
        self.fast.setEnabled(fast.reason is None)  # also while it is prepared: its progress is to be read
        self.fast.setText(self.tr("Fast"))
        if fast.fraction is not None:
            self.fast.setText(self.tr("Fast: {0}").format(percent_done(fast.fraction)))
            text = self.tr("Preparing the fast version. Choose Exact to cancel.")
        elif fast.reason is not None:
            text = self.tr("Not available here: {0}.").format(reason_text(fast.reason))
        elif fast.device:
            text = self.tr("In half precision on {0}")
            if fast.model is None:
                text = self.tr("In half precision on {0}; prepared once on this computer (about 15 seconds)")
            text = text.format(fast.device)
        elif fast.model is None or fast.model.speedup is None:
            text = self.tr("In 8-bit integers; prepared once on this computer (about half a minute)")
        else:
            speedup = number(fast.model.speedup, 2)
            text = self.tr("In 8-bit integers; {0} times as fast as Exact").format(speedup)
        self.fast.setToolTip(plain_tool_tip(text))
        self.fast.setAccessibleDescription(text)
