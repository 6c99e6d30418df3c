"""Keeps what decoders say aside, in warnings and on the standard error stream, from the user."""

import contextlib
import logging
import os
import re
import sys
import threading
import warnings
from collections.abc import Iterator

from PIL import ImageFile

_DECODERS = r"(PIL|pi_heif)\b"
_IGNORE_DECODERS = ("ignore", None, Warning, re.compile(_DECODERS), 0)
_STDERR = 2

# The standard error stream belongs to the whole process, so one decoder at a time may have it silenced.
_STDERR_LOCK = threading.Lock()


def quiet_warnings() -> None:
    """Ignore warnings that come from within the decoders, in every thread and from now on.

    They speak of metadata or of limits that are checked elsewhere. `warnings.catch_warnings` would be the
    obvious means, but before Python 3.14 two threads in it can leave the process with wrong filters; a
    filter by module needs no undoing. Called before each picture, as others may have put theirs before it.
    """
    if tuple(warnings.filters[:1]) != (_IGNORE_DECODERS,):
        warnings.filterwarnings("ignore", module=_DECODERS)
    # Pillow logs as an error what it then raises.
    logging.getLogger("PIL").setLevel(logging.CRITICAL)


@contextlib.contextmanager
def quiet_decoding(image: ImageFile.ImageFile) -> Iterator[None]:
    """Silence file descriptor 2 while libtiff decodes: alone among the decoders, it writes its errors there.

    Pillow offers no means to stop it. What other threads write meanwhile is lost too, so this is limited to
    pictures that libtiff decodes, and to the time that takes.
    """
    # Python has no `__stderr__` where the process had none at its start: the picture's own file may be number 2.
    if sys.__stderr__ is None or not any(tile[0] == "libtiff" for tile in image.tile):
        yield
        return
    with _STDERR_LOCK:
        try:
            saved = os.dup(_STDERR)
        except OSError:  # it was closed since
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            try:
                os.dup2(nowhere, _STDERR)
            finally:
                os.close(nowhere)
            yield
        finally:
            os.dup2(saved, _STDERR)
            os.close(saved)
