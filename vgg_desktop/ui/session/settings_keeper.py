"""The one place that holds the settings; everybody changes them through it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vgg_desktop import settings as settings_file
from vgg_desktop.settings import Settings

SAVE_AFTER_MS = 500  # a spin box held down changes the settings many times


class SettingsKeeper(QObject):
    """Changes are made to the present value, never to a copy that may be old; they are saved soon."""

    changed = Signal(object, object)  # the Settings of now, and those of before

    def __init__(self, value: Settings) -> None:
        super().__init__()
        self._value = value
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)

    @property
    def value(self) -> Settings:
        """Return the settings of now."""
        return self._value

    def change(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of `Settings`
        """Change some fields."""
        self.update(lambda value: replace(value, **changes))

    def update(self, change: Callable[[Settings], Settings]) -> None:
        """Change the settings to what a function makes of them; what the administrator has locked stays."""
        before, changed = self._value, change(self._value)
        self._value = replace(changed, **{name: getattr(before, name) for name in before.locked})
        if self._value != before:
            self._saving.start()
            self.changed.emit(self._value, before)

    @Slot()
    def save(self) -> None:
        """Write the settings now."""
        self._saving.stop()
        settings_file.save(self._value)
