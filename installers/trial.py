"""What the trials of the installed program share: claims that are checked, and what is seen on the screen."""

import time
from collections.abc import Callable

from PIL import Image

PATIENCE = 60  # seconds


class Failed(Exception):
    """The package did not do what it should."""


def check(true: bool, claim: str) -> None:
    """Show that a claim holds. Raises `Failed`."""
    if not true:
        raise Failed(f"not so: {claim}")
    print(f"ok: {claim}", flush=True)


def longest_bar(image: Image.Image) -> int:
    """Return the longest run of one strong colour in the lower right, where the bars are, in pixels."""
    part = image.crop((image.width // 2, image.height // 2, image.width, image.height)).convert("HSV")
    saturation, value = part.getchannel("S").tobytes(), part.getchannel("V").tobytes()
    strong = bytes(
        ord("x") if s > 100 and v > 80 else ord(" ") for s, v in zip(saturation, value, strict=True)
    )
    rows = (strong[start : start + part.width] for start in range(0, len(strong), part.width))
    return max(len(run) for row in rows for run in row.split(b" "))


def wait_for(what: str, happened: Callable[[], bool]) -> None:
    """Wait until a function returns true. Raises `Failed`."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            raise Failed(f"waited in vain for {what}")
        time.sleep(0.3)
