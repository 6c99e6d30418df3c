"""How far a download is."""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["connecting", "downloading", "waiting", "verifying"]


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """How far a download is: sizes in bytes, `speed` in bytes per second over the last few seconds.

    `received` counts what is on disk, and while verifying what of it was checked. `note` says why it waits.
    """

    phase: Phase
    received: int
    total: int
    speed: float | None
    seconds_left: float | None
    address: str
    note: str = ""

    @property
    def fraction(self) -> float:
        """The part that is done, from 0 to 1."""
        return self.received / self.total if self.total else 1.0
